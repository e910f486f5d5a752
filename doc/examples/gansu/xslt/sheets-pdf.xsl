<?xml version="1.0" encoding="UTF-8"?>
<!-- 基层服务人员登记表 as boxes in millimetres: sheets.xsl for the PDF.  SPDX-License-Identifier: MulanPSL-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:import href="bz:boxes.xsl"/>

<xsl:template match="gansu_service" mode="paper">
<page w="210" h="297">
<xsl:apply-templates select="." mode="head"><xsl:with-param name="right" select="case/@number"/></xsl:apply-templates>
<row x="26" y="50" h="10" pt="10.5"><c w="28" font="hei" pt="9.5">姓名</c><c w="53"><xsl:apply-templates select="item/name" mode="name"/></c><c w="28" font="hei" pt="9.5">身份证号</c><c w="53" single="1"><xsl:value-of select="item/id_number"/></c></row>
<row x="26" y="60" h="10" pt="10.5"><c w="28" font="hei" pt="9.5">入编单位</c><c w="134"><xsl:value-of select="@unit"/></c></row>
<row x="26" y="70" h="10" pt="10.5"><c w="28" font="hei" pt="9.5">基层服务项目</c><c w="53"><xsl:value-of select="item/gansu_project"/></c><c w="28" font="hei" pt="9.5">服务期满时间</c><c w="53" single="1"><xsl:value-of select="item/gansu_project_end"/></c></row>
<xsl:apply-templates select="." mode="end"><xsl:with-param name="y" select="90"/></xsl:apply-templates>
</page></xsl:template>
</xsl:stylesheet>
