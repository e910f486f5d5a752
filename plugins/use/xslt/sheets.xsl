<?xml version="1.0" encoding="UTF-8"?>
<!-- 机关事业单位编制使用单 in the browser, a sheet for each copy.  Its PDF:
     sheets-pdf.xsl.  SPDX-License-Identifier: MulanPSL-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:import href="bz:sheet.xsl"/>

<!-- one cell: what it is called, then what it is -->
<xsl:template name="pair"><xsl:param name="t"/><xsl:param name="v"/><xsl:param name="span" select="1"/><th scope="row"><xsl:value-of select="$t"/></th><td><xsl:if test="$span &gt; 1"><xsl:attribute name="colspan"><xsl:value-of select="$span"/></xsl:attribute></xsl:if><xsl:value-of select="$v"/></td></xsl:template>

<xsl:template match="slip" mode="paper"><xsl:for-each select="copy"><xsl:apply-templates select=".." mode="page"><xsl:with-param name="copy" select="."/></xsl:apply-templates></xsl:for-each></xsl:template>

<xsl:template match="slip" mode="page"><xsl:param name="copy"/>
<section class="sheet" aria-label="第{$copy/@n}联 {$copy/@t}">
<xsl:apply-templates select="." mode="again"/>
<div class="copy"><b>第<xsl:value-of select="$copy/@n"/>联</b><xsl:value-of select="$copy/@t"/></div>
<xsl:apply-templates select="." mode="head"><xsl:with-param name="right" select="concat('有效期至：', slip/@until)"/></xsl:apply-templates>
<table class="form"><caption class="vh">用编单位和申请</caption><tbody>
<tr><xsl:call-template name="pair"><xsl:with-param name="t">用编单位</xsl:with-param><xsl:with-param name="v" select="@unit"/><xsl:with-param name="span" select="3"/></xsl:call-template><xsl:call-template name="pair"><xsl:with-param name="t">机构规格</xsl:with-param><xsl:with-param name="v" select="unit/@level"/></xsl:call-template></tr>
<tr><xsl:call-template name="pair"><xsl:with-param name="t">主管部门</xsl:with-param><xsl:with-param name="v" select="unit/@supervisor"/><xsl:with-param name="span" select="3"/></xsl:call-template><xsl:call-template name="pair"><xsl:with-param name="t">经费形式</xsl:with-param><xsl:with-param name="v" select="unit/@funding"/></xsl:call-template></tr>
<tr><xsl:call-template name="pair"><xsl:with-param name="t">申请文件</xsl:with-param><xsl:with-param name="v" select="head/apply_title"/><xsl:with-param name="span" select="3"/></xsl:call-template><xsl:call-template name="pair"><xsl:with-param name="t">文号、日期</xsl:with-param><xsl:with-param name="v" select="concat(head/apply_no, ' ', head/apply_date)"/></xsl:call-template></tr>
</tbody></table>
<table class="use"><caption class="vh">编制情况</caption>
<thead><tr><th scope="col">编制类型</th><th scope="col">核定编制数</th><th scope="col">实有人数</th><th scope="col">已批未用数</th><th scope="col">可用空编数</th><th scope="col">本次核准数</th></tr></thead>
<tbody><xsl:for-each select="quota"><tr><td><xsl:value-of select="@kind"/></td><td class="num"><xsl:value-of select="@cap"/></td><td class="num"><xsl:value-of select="@have"/></td><td class="num"><xsl:value-of select="@granted"/></td><td class="num"><xsl:value-of select="@free"/></td><td class="num"><xsl:value-of select="@now"/></td></tr></xsl:for-each>
<tr><th scope="row">合计</th><td colspan="5">核准使用编制 <xsl:value-of select="granted/@all"/> 名（大写：<xsl:value-of select="granted/@capitals"/>名）</td></tr></tbody></table>
<table class="persons"><caption class="vh">用编形式</caption>
<thead><tr><th scope="col" class="w38">用编形式</th><th scope="col" class="w13">人数</th><th scope="col" class="w28">编制类型</th><th scope="col" class="w28">拟用岗位（编制结构）</th><th scope="col">学历、专业、资格等条件</th><th scope="col" class="w17">备注</th></tr></thead>
<tbody><xsl:for-each select="item"><tr><td><xsl:value-of select="entry_mode"/></td><td class="num"><xsl:value-of select="amount"/></td><td><xsl:value-of select="staffing_type"/></td><td><xsl:value-of select="structure"/></td><td><xsl:value-of select="conditions"/></td><td><xsl:value-of select="note"/></td></tr></xsl:for-each></tbody></table>
<table class="form"><caption class="vh">领导职数和用编计划</caption><tbody><tr><xsl:call-template name="pair"><xsl:with-param name="t">领导职数</xsl:with-param><xsl:with-param name="v" select="concat('核定 ', leads/@cap, '，实配 ', leads/@have)"/></xsl:call-template><xsl:call-template name="pair"><xsl:with-param name="t">是否年度用编</xsl:with-param><xsl:with-param name="v" select="head/annual"/></xsl:call-template></tr></tbody></table>
<table class="form"><caption class="vh">各环节意见</caption><thead><tr><th scope="col" class="w24">环节</th><th scope="col">意见</th><th scope="col" class="w24">姓名</th><th scope="col" class="w24">日期</th></tr></thead>
<tbody><xsl:for-each select="move[not(following-sibling::move/@from = @from)]"><tr class="step"><td><xsl:value-of select="@step"/></td><td><xsl:choose><xsl:when test="string(@opinion) != ''"><xsl:value-of select="@opinion"/></xsl:when><xsl:otherwise><xsl:value-of select="@act"/></xsl:otherwise></xsl:choose></td><td><xsl:apply-templates select="@who" mode="name"/></td><td class="num"><xsl:value-of select="@at"/></td></tr></xsl:for-each></tbody></table>
<ol class="notes"><li>主管部门凭本单到组织、人社部门办理考录（聘用）、人才引进、调入等手续，只能按核准的用编形式在有效期内使用。</li><li>涂改、复印无效；扫码或<xsl:apply-templates select="." mode="check"/>输入校验码查验真伪。</li></ol>
<div class="end"><xsl:apply-templates select="." mode="code"/><xsl:apply-templates select="." mode="seal"/></div>
</section></xsl:template>
</xsl:stylesheet>
