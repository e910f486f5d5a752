<?xml version="1.0" encoding="UTF-8"?>
<!-- What waits for this operator: counts on top, the cases below.
     SPDX-License-Identifier: MulanPSL-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:import href="bz:frame.xsl"/>
<xsl:template match="page" mode="body">
<xsl:apply-templates select="." mode="top"/>
<xsl:if test="card"><ul class="counts"><xsl:for-each select="card"><li><xsl:choose>
<xsl:when test="@href"><a href="{@href}"><b class="num"><xsl:value-of select="@n"/></b><xsl:value-of select="@t"/></a></xsl:when>
<xsl:otherwise><span><b class="num"><xsl:value-of select="@n"/></b><xsl:value-of select="@t"/></span></xsl:otherwise></xsl:choose></li></xsl:for-each></ul></xsl:if>
<xsl:apply-templates select="*[not(self::card)]" mode="part"/>
</xsl:template>
</xsl:stylesheet>
