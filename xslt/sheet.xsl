<?xml version="1.0" encoding="UTF-8"?>
<!-- Base of all paper sheets in the browser: frame, tool line, head, seal, check
     code and receipt.  A pack's stylesheet imports it and draws mode "paper" of
     each sheet: the children of the page that have a number.
     SPDX-License-Identifier: MulanPSL-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:output method="xml" encoding="UTF-8" indent="no"/>
<xsl:variable name="shell" select="/page/shell"/>

<xsl:template match="/">
<html lang="zh-CN"><head>
<meta http-equiv="Content-Type" content="text/html; charset=UTF-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<title><xsl:value-of select="concat(/page/@title, ' ', /page/*[@no][1]/@no)"/></title>
<link rel="stylesheet" href="{$shell/@static}sheet.css?v={$shell/@v}"/>
<link rel="icon" type="image/svg+xml" href="{$shell/@static}app.svg?v={$shell/@v}"/>
</head>
<body><main><h1 class="tool"><xsl:value-of select="/page/@title"/></h1>
<p class="tool"><xsl:if test="/page/tool/@back"><a href="{/page/tool/@back}">返回</a></xsl:if><xsl:if test="/page/tool/@pdf"><a href="{/page/tool/@pdf}">下载 PDF</a></xsl:if>请用浏览器“打印”，纸张 A4，比例 100%。</p>
<xsl:apply-templates select="/page/*[@no]" mode="paper"/>
</main></body></html>
</xsl:template>

<!-- "2026-11-20" as it stands on paper -->
<xsl:template match="@*|*" mode="date"><xsl:choose>
<xsl:when test="string-length(.) = 10 and substring(., 5, 1) = '-'"><xsl:value-of select="concat(substring(., 1, 4), '年', number(substring(., 6, 2)), '月', number(substring(., 9, 2)), '日')"/></xsl:when>
<xsl:otherwise><xsl:value-of select="."/></xsl:otherwise></xsl:choose></xsl:template>

<!-- a name of two characters is set as wide as one of three -->
<xsl:template match="@*|*" mode="name"><xsl:choose>
<xsl:when test="string-length(.) = 2"><xsl:value-of select="concat(substring(., 1, 1), '　', substring(., 2, 1))"/></xsl:when>
<xsl:otherwise><xsl:value-of select="."/></xsl:otherwise></xsl:choose></xsl:template>

<xsl:template match="*" mode="again"><xsl:if test="@again &gt; 0"><p class="again">补打第 <xsl:value-of select="@again"/> 次</p></xsl:if><xsl:if test="@void"><p class="void"><xsl:value-of select="@void"/></p></xsl:if></xsl:template>

<!-- number at the left, RIGHT and the page at the right, title, red line -->
<xsl:template match="*" mode="head"><xsl:param name="right"/><xsl:param name="page" select="1"/><xsl:param name="pages" select="1"/>
<div class="no"><span><xsl:value-of select="@no"/></span><span><xsl:value-of select="$right"/><xsl:if test="$pages &gt; 1">　第 <xsl:value-of select="$page"/> 页　共 <xsl:value-of select="$pages"/> 页</xsl:if></span></div>
<h2><xsl:value-of select="@title"/></h2><div class="rule"></div></xsl:template>

<xsl:template match="*" mode="code"><xsl:if test="qr"><div class="qr"><svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -4 {qr/@n + 8} {qr/@n + 8}" role="img" aria-label="查验二维码"><path d="{qr/@d}"/></svg><span>校验码<br/><b><xsl:value-of select="@code"/></b><br/>扫码查验真伪</span></div></xsl:if></xsl:template>

<!-- where a check code can be typed: [product] url; without it there is no address to print -->
<xsl:template match="*" mode="check"><xsl:if test="starts-with(@check, 'http')">在 <xsl:value-of select="@check"/><xsl:text> </xsl:text></xsl:if></xsl:template>

<xsl:template match="*" mode="seal"><div class="sign"><i>（盖章）</i><p><xsl:value-of select="@issuer"/></p><p><xsl:apply-templates select="@date" mode="date"/></p></div></xsl:template>

<xsl:template match="*" mode="receipt"><div class="take"><span>领取人：</span><span>联系电话：</span><span>领取日期：　　　　年　　月　　日</span></div></xsl:template>
</xsl:stylesheet>
