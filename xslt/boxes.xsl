<?xml version="1.0" encoding="UTF-8"?>
<!-- Base of all layouts (fcgi/show/pdf.h): the sheets of a page as boxes in
     millimetres.  A pack's stylesheet imports it and draws mode "paper" of each
     sheet as <page>s.  Text stands between 26 mm and 188 mm.
     SPDX-License-Identifier: MulanPSL-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:output method="xml" encoding="UTF-8" indent="no"/>

<xsl:template match="/">
<layout title="{/page/*[@no][1]/@title} {/page/*[@no][1]/@no}" date="{/page/*[@no][1]/@date}"><xsl:apply-templates select="/page/*[@no]" mode="paper"/></layout>
</xsl:template>

<xsl:template match="@*|*" mode="date"><xsl:choose>
<xsl:when test="string-length(.) = 10 and substring(., 5, 1) = '-'"><xsl:value-of select="concat(substring(., 1, 4), '年', number(substring(., 6, 2)), '月', number(substring(., 9, 2)), '日')"/></xsl:when>
<xsl:otherwise><xsl:value-of select="."/></xsl:otherwise></xsl:choose></xsl:template>

<xsl:template match="@*|*" mode="name"><xsl:choose>
<xsl:when test="string-length(.) = 2"><xsl:value-of select="concat(substring(., 1, 1), '　', substring(., 2, 1))"/></xsl:when>
<xsl:otherwise><xsl:value-of select="."/></xsl:otherwise></xsl:choose></xsl:template>

<!-- void and reprint marks, number, title and red line: down to 47 mm -->
<xsl:template match="*" mode="head"><xsl:param name="right"/><xsl:param name="page" select="1"/><xsl:param name="pages" select="1"/>
<xsl:if test="@void"><t x="35" y="110" w="130" h="60" pt="84" font="hei" align="center" valign="middle" color="pale" rotate="-24" single="1"><xsl:value-of select="@void"/></t></xsl:if>
<xsl:if test="@again &gt; 0"><t x="118" y="11" w="70" h="6" pt="10.5" align="right">补打第 <xsl:value-of select="@again"/> 次</t></xsl:if>
<t x="26" y="19" w="90" h="7" pt="12" single="1"><xsl:value-of select="@no"/></t>
<t x="108" y="19" w="80" h="7" pt="12" align="right" single="1"><xsl:value-of select="$right"/><xsl:if test="$pages &gt; 1">　第 <xsl:value-of select="$page"/> 页　共 <xsl:value-of select="$pages"/> 页</xsl:if></t>
<t x="26" y="29" w="162" h="13" pt="23" font="title" align="center" valign="middle" single="1"><xsl:value-of select="@title"/></t>
<rect x="26" y="44.4" w="162" h=".55" color="red"/><rect x="26" y="45.6" w="162" h=".18" color="red"/>
</xsl:template>

<!-- the copy's name down the right edge -->
<xsl:template name="copy"><xsl:param name="nth"/><xsl:param name="for"/>
<t x="193" y="60" w="5.2" h="22" pt="11" align="center" color="grey">第<xsl:value-of select="$nth"/>联</t>
<t x="193" y="84" w="5.2" h="60" pt="11" align="center" color="grey"><xsl:value-of select="$for"/></t>
</xsl:template>

<!-- check code at the left, seal, issuer and date at the right, from Y on: 30 mm -->
<xsl:template match="*" mode="end"><xsl:param name="y"/>
<xsl:if test="qr"><qr x="26" y="{$y}" w="26" n="{qr/@n}" d="{qr/@d}"/>
<t x="55" y="{$y + 4}" w="40" h="20" pt="10" spacing="1.35">校验码
<xsl:value-of select="@code"/>
扫码查验真伪</t></xsl:if>
<t x="98" y="{$y}" w="90" h="5" pt="10" align="center" color="grey">（盖章）</t>
<t x="98" y="{$y + 10}" w="90" h="7" pt="13" align="center" single="1"><xsl:value-of select="@issuer"/></t>
<t x="98" y="{$y + 18}" w="90" h="7" pt="13" align="center"><xsl:apply-templates select="@date" mode="date"/></t>
</xsl:template>

<!-- where a check code can be typed: [product] url; without it there is no address to print -->
<xsl:template match="*" mode="check"><xsl:if test="starts-with(@check, 'http')">在 <xsl:value-of select="@check"/><xsl:text> </xsl:text></xsl:if></xsl:template>

<xsl:template name="receipt"><xsl:param name="y"/>
<line x="26" y="{$y}" w="162" dash="1" color="grey"/>
<t x="26" y="{$y + 3}" w="50" h="6" pt="11.5">领取人：</t>
<t x="76" y="{$y + 3}" w="50" h="6" pt="11.5">联系电话：</t>
<t x="118" y="{$y + 3}" w="70" h="6" pt="11.5" align="right">领取日期：　　　　年　　月　　日</t>
</xsl:template>
</xsl:stylesheet>
