<?xml version="1.0" encoding="UTF-8"?>
<!-- The tables of a page on paper: A3 across, or A4 upright where all of them are
     narrow; the head on each sheet.  SPDX-License-Identifier: MulanPSL-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:import href="bz:table.xsl"/>
<xsl:output method="xml" encoding="UTF-8" indent="no"/>
<xsl:variable name="shell" select="/page/shell"/>
<xsl:variable name="narrow" select="not(/page/table[count(col) &gt; 8])"/>
<xsl:template match="/">
<html lang="zh-CN"><head>
<meta http-equiv="Content-Type" content="text/html; charset=UTF-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<title><xsl:value-of select="/page/@title"/></title>
<link rel="stylesheet" href="{$shell/@static}print.css?v={$shell/@v}"/>
<link rel="icon" type="image/svg+xml" href="{$shell/@static}app.svg?v={$shell/@v}"/>
</head>
<body><main><xsl:if test="$narrow"><xsl:attribute name="class">upright</xsl:attribute></xsl:if><p class="tool"><a href="{/page/tools/@back}">返回</a>请用浏览器“打印”，纸张 <xsl:choose><xsl:when test="$narrow">A4</xsl:when><xsl:otherwise>A3 横向</xsl:otherwise></xsl:choose>。</p>
<h1><xsl:value-of select="/page/@title"/></h1>
<p class="by"><span><xsl:value-of select="$shell/@office"/></span><span><xsl:value-of select="/page/@made"/></span></p>
<xsl:apply-templates select="/page/table | /page/section"/>
</main></body></html>
</xsl:template>
<xsl:template match="/page/section"><p class="sum"><b><xsl:value-of select="@t"/></b><xsl:for-each select="kv"><span><xsl:value-of select="concat(@t, '：', .)"/></span></xsl:for-each></p></xsl:template>
<!-- one of several is called by its name -->
<xsl:template match="/page/table[../table[2]]"><h2><xsl:value-of select="@caption"/></h2><xsl:call-template name="table"/></xsl:template>
</xsl:stylesheet>
