<?xml version="1.0" encoding="UTF-8"?>
<!-- 人员信息异动审批表 in the browser: a sheet for each person, what has changed alone,
     twelve rows a page.  Its PDF: sheets-pdf.xsl.
     SPDX-License-Identifier: MulanPSL-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:import href="bz:sheet.xsl"/>
<xsl:variable name="rows" select="12"/>

<!-- one cell: what it is called, then what it is -->
<xsl:template name="pair"><xsl:param name="t"/><xsl:param name="v"/><th scope="row"><xsl:value-of select="$t"/></th><td><xsl:value-of select="$v"/></td></xsl:template>

<!-- a photo that is exchanged stands in no field -->
<xsl:template match="approval" mode="paper"><xsl:variable name="sheet" select="."/><xsl:variable name="n" select="count(altered/d)"/>
<xsl:choose><xsl:when test="$n = 0"><xsl:apply-templates select="." mode="page"><xsl:with-param name="page" select="1"/><xsl:with-param name="pages" select="1"/></xsl:apply-templates></xsl:when>
<xsl:otherwise><xsl:for-each select="altered/d[position() mod $rows = 1]"><xsl:apply-templates select="$sheet" mode="page"><xsl:with-param name="page" select="position()"/><xsl:with-param name="pages" select="ceiling($n div $rows)"/></xsl:apply-templates></xsl:for-each></xsl:otherwise></xsl:choose></xsl:template>

<xsl:template match="approval" mode="page"><xsl:param name="page"/><xsl:param name="pages"/><xsl:variable name="i" select="item"/>
<section class="sheet" aria-label="{@title} {$i/name}">
<xsl:apply-templates select="." mode="again"/>
<xsl:apply-templates select="." mode="head"><xsl:with-param name="right" select="case/@number"/><xsl:with-param name="page" select="$page"/><xsl:with-param name="pages" select="$pages"/></xsl:apply-templates>
<table class="form"><caption class="vh"><xsl:value-of select="@title"/></caption><colgroup><col class="w24"/><col/><col class="w24"/><col/></colgroup><tbody>
<tr><xsl:call-template name="pair"><xsl:with-param name="t">申请单位</xsl:with-param><xsl:with-param name="v" select="@unit"/></xsl:call-template><xsl:call-template name="pair"><xsl:with-param name="t">申请日期</xsl:with-param><xsl:with-param name="v" select="substring(case/@submitted, 1, 10)"/></xsl:call-template></tr>
<tr><th scope="row">业务事由</th><td colspan="3"><xsl:value-of select="case/@reason"/></td></tr>
<tr><th scope="row">姓名</th><td><xsl:apply-templates select="$i/name" mode="name"/></td><xsl:call-template name="pair"><xsl:with-param name="t">身份证号</xsl:with-param><xsl:with-param name="v" select="$i/id_number"/></xsl:call-template></tr>
<tr><xsl:call-template name="pair"><xsl:with-param name="t">编制类型</xsl:with-param><xsl:with-param name="v" select="$i/staffing_type"/></xsl:call-template><xsl:call-template name="pair"><xsl:with-param name="t">所在内设机构</xsl:with-param><xsl:with-param name="v" select="$i/organ"/></xsl:call-template></tr></tbody></table>
<table class="persons"><caption class="vh">变更项目</caption>
<thead><tr><th scope="col" class="w9">序号</th><th scope="col" class="w28">变更项目</th><th scope="col">变更前</th><th scope="col">变更后</th><th scope="col" class="w28">依据（附件）</th></tr></thead>
<tbody><xsl:for-each select="altered/d[position() &gt; ($page - 1) * $rows and position() &lt;= $page * $rows]"><tr><td class="num"><xsl:value-of select="($page - 1) * $rows + position()"/></td><td><xsl:value-of select="@t"/></td><td><xsl:value-of select="@old"/></td><td><xsl:value-of select="@new"/></td><td><xsl:value-of select="@by"/></td></tr></xsl:for-each>
<xsl:if test="$page = $pages"><tr><td colspan="5" class="blank">（以下空白）</td></tr></xsl:if></tbody></table>
<xsl:if test="$page = $pages">
<table class="form"><caption class="vh">各环节意见</caption><thead><tr><th scope="col" class="w28">环节</th><th scope="col">意见</th><th scope="col" class="w24">姓名</th><th scope="col" class="w24">日期</th></tr></thead>
<tbody><xsl:for-each select="move[not(following-sibling::move/@from = @from)]"><tr class="step"><td><xsl:value-of select="@step"/></td><td><xsl:choose><xsl:when test="string(@opinion) != ''"><xsl:value-of select="@opinion"/></xsl:when><xsl:otherwise><xsl:value-of select="@act"/></xsl:otherwise></xsl:choose></td><td><xsl:apply-templates select="@who" mode="name"/></td><td class="num"><xsl:value-of select="@at"/></td></tr></xsl:for-each></tbody></table>
<table class="form"><caption class="vh">签字盖章</caption><tbody>
<tr class="tall"><th scope="row" class="w28">单位意见（章）</th><td>　　年　　月　　日</td><th scope="row" class="w28">主管部门意见（章）</th><td>　　年　　月　　日</td></tr></tbody></table>
<div class="end"><xsl:apply-templates select="." mode="code"/><xsl:apply-templates select="." mode="seal"/></div></xsl:if>
</section></xsl:template>
</xsl:stylesheet>
