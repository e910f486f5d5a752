<?xml version="1.0" encoding="UTF-8"?>
<!-- The sheet of a workbook (ECMA-376 part 1, 18.3): title, then each table of the
     page with its head, titles of groups over their columns.  Formats of cells:
     fcgi/show/workbook.c.  SPDX-License-Identifier: MulanPSL-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<xsl:output method="xml" encoding="UTF-8" indent="no"/>

<!-- the letters of column N, from 1 on -->
<xsl:template name="letters"><xsl:param name="n"/>
<xsl:if test="$n &gt; 26"><xsl:value-of select="substring('ABCDEFGHIJKLMNOPQRSTUVWXYZ', floor(($n - 1) div 26), 1)"/></xsl:if>
<xsl:value-of select="substring('ABCDEFGHIJKLMNOPQRSTUVWXYZ', ($n - 1) mod 26 + 1, 1)"/></xsl:template>
<xsl:template name="merge"><xsl:param name="from"/><xsl:param name="to"/><xsl:param name="top"/><xsl:param name="bottom"/>
<xsl:if test="$from != $to or $top != $bottom"><mergeCell><xsl:attribute name="ref"><xsl:call-template name="letters"><xsl:with-param name="n" select="$from"/></xsl:call-template><xsl:value-of select="concat($top, ':')"/><xsl:call-template name="letters"><xsl:with-param name="n" select="$to"/></xsl:call-template><xsl:value-of select="$bottom"/></xsl:attribute></mergeCell></xsl:if></xsl:template>
<xsl:template name="text"><xsl:param name="style"/><xsl:param name="v"/>
<c t="inlineStr" s="{$style}"><is><t xml:space="preserve"><xsl:value-of select="$v"/></t></is></c></xsl:template>

<xsl:variable name="table" select="/page/table[1]"/>
<xsl:variable name="cols" select="$table/col"/>
<!-- rows of the head: groups, groups within them, columns -->
<xsl:variable name="deep" select="1 + boolean($cols/@g) + boolean($cols/@s)"/>

<xsl:template match="/">
<worksheet>
<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>
<sheetViews><sheetView workbookViewId="0"><pane ySplit="{$deep + 1}" topLeftCell="A{$deep + 2}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>
<sheetFormatPr defaultRowHeight="15"/>
<cols><xsl:for-each select="$cols"><col min="{position()}" max="{position()}" customWidth="1"><xsl:attribute name="width"><xsl:choose><xsl:when test="contains(@c, 'num')">8</xsl:when><xsl:when test="string-length(@t) &gt; 3">26</xsl:when><xsl:otherwise>12</xsl:otherwise></xsl:choose></xsl:attribute></col></xsl:for-each></cols>
<sheetData>
<row ht="28" customHeight="1"><xsl:call-template name="text"><xsl:with-param name="style">4</xsl:with-param><xsl:with-param name="v" select="/page/@title"/></xsl:call-template></row>
<xsl:if test="$deep &gt; 1"><row><xsl:for-each select="$cols"><xsl:call-template name="text"><xsl:with-param name="style">1</xsl:with-param><xsl:with-param name="v"><xsl:choose><xsl:when test="@g"><xsl:value-of select="@g"/></xsl:when><xsl:otherwise><xsl:value-of select="@t"/></xsl:otherwise></xsl:choose></xsl:with-param></xsl:call-template></xsl:for-each></row></xsl:if>
<xsl:if test="$deep &gt; 2"><row><xsl:for-each select="$cols"><xsl:call-template name="text"><xsl:with-param name="style">1</xsl:with-param><xsl:with-param name="v"><xsl:choose><xsl:when test="@s"><xsl:value-of select="@s"/></xsl:when><xsl:when test="@g"><xsl:value-of select="@t"/></xsl:when></xsl:choose></xsl:with-param></xsl:call-template></xsl:for-each></row></xsl:if>
<row><xsl:for-each select="$cols"><xsl:call-template name="text"><xsl:with-param name="style">1</xsl:with-param><xsl:with-param name="v"><xsl:if test="$deep = 1 or @s or ($deep = 2 and @g)"><xsl:value-of select="@t"/></xsl:if></xsl:with-param></xsl:call-template></xsl:for-each></row>
<xsl:for-each select="$table/r"><row><xsl:for-each select="c"><xsl:choose>
<xsl:when test="contains(@c, 'num') and string(number(.)) != 'NaN'"><c s="3"><v><xsl:value-of select="number(.)"/></v></c></xsl:when>
<xsl:otherwise><xsl:call-template name="text"><xsl:with-param name="style">2</xsl:with-param><xsl:with-param name="v" select="."/></xsl:call-template></xsl:otherwise></xsl:choose></xsl:for-each></row></xsl:for-each>
</sheetData>
<mergeCells>
<xsl:call-template name="merge"><xsl:with-param name="from" select="1"/><xsl:with-param name="to" select="count($cols)"/><xsl:with-param name="top" select="1"/><xsl:with-param name="bottom" select="1"/></xsl:call-template>
<xsl:if test="$deep &gt; 1"><xsl:for-each select="$cols"><xsl:variable name="at" select="position()"/><xsl:choose>
<xsl:when test="not(@g)"><xsl:call-template name="merge"><xsl:with-param name="from" select="$at"/><xsl:with-param name="to" select="$at"/><xsl:with-param name="top" select="2"/><xsl:with-param name="bottom" select="$deep + 1"/></xsl:call-template></xsl:when>
<xsl:when test="not(@g = preceding-sibling::col[1]/@g)"><xsl:call-template name="merge"><xsl:with-param name="from" select="$at"/><xsl:with-param name="to" select="$at + count(../col[@g = current()/@g]) - 1"/><xsl:with-param name="top" select="2"/><xsl:with-param name="bottom" select="2"/></xsl:call-template></xsl:when></xsl:choose>
<xsl:if test="$deep &gt; 2 and @g"><xsl:choose>
<xsl:when test="not(@s)"><xsl:call-template name="merge"><xsl:with-param name="from" select="$at"/><xsl:with-param name="to" select="$at"/><xsl:with-param name="top" select="3"/><xsl:with-param name="bottom" select="4"/></xsl:call-template></xsl:when>
<xsl:when test="not(@s = preceding-sibling::col[1]/@s)"><xsl:call-template name="merge"><xsl:with-param name="from" select="$at"/><xsl:with-param name="to" select="$at + count(../col[@s = current()/@s]) - 1"/><xsl:with-param name="top" select="3"/><xsl:with-param name="bottom" select="3"/></xsl:call-template></xsl:when></xsl:choose></xsl:if></xsl:for-each></xsl:if>
</mergeCells>
<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>
<pageSetup paperSize="8" orientation="landscape" fitToHeight="0"/>
</worksheet>
</xsl:template>
</xsl:stylesheet>
