<?xml version="1.0" encoding="UTF-8"?>
<!-- 基层服务人员登记表 in the browser.  Its PDF: sheets-pdf.xsl.  SPDX-License-Identifier: MulanPSL-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:import href="bz:sheet.xsl"/>

<xsl:template match="gansu_service" mode="paper">
<section class="sheet" aria-label="{@title}">
<xsl:apply-templates select="." mode="again"/>
<xsl:apply-templates select="." mode="head"><xsl:with-param name="right" select="case/@number"/></xsl:apply-templates>
<table class="form"><caption class="vh">人员</caption><tbody>
<tr><th scope="row">姓名</th><td><xsl:apply-templates select="item/name" mode="name"/></td><th scope="row">身份证号</th><td><xsl:value-of select="item/id_number"/></td></tr>
<tr><th scope="row">入编单位</th><td colspan="3"><xsl:value-of select="@unit"/></td></tr>
<tr><th scope="row">基层服务项目</th><td><xsl:value-of select="item/gansu_project"/></td><th scope="row">服务期满时间</th><td><xsl:value-of select="item/gansu_project_end"/></td></tr>
</tbody></table>
<div class="end"><xsl:apply-templates select="." mode="code"/><xsl:apply-templates select="." mode="seal"/></div>
</section></xsl:template>
</xsl:stylesheet>
