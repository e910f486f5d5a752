<?xml version="1.0" encoding="UTF-8"?>
<!-- A form to fill in: strip of sections on top, actions at the bottom, both
     stay in sight.  SPDX-License-Identifier: MulanPSL-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:import href="bz:frame.xsl"/>
<xsl:template match="page" mode="body">
<xsl:apply-templates select="." mode="top"/>
<xsl:if test="form/section[2]"><nav class="stripnav" aria-label="填报目录"><ol class="strip"><xsl:for-each select="form/section">
<xsl:variable name="n" select="count($errors[@sec = current()/@short])"/>
<li><a href="#{@id}"><xsl:value-of select="concat(position(), '. ', @short)"/><small><xsl:choose>
<xsl:when test="$n &gt; 0"><xsl:attribute name="class">bad</xsl:attribute><xsl:value-of select="$n"/> 处错误</xsl:when>
<xsl:when test="@done='yes'">已完成</xsl:when>
<xsl:when test="@done='opt'"><xsl:attribute name="class">no</xsl:attribute>选填</xsl:when>
<xsl:otherwise><xsl:attribute name="class">no</xsl:attribute>未填写</xsl:otherwise></xsl:choose></small></a></li></xsl:for-each></ol></nav></xsl:if>
<xsl:apply-templates select="*" mode="part"/>
</xsl:template>
</xsl:stylesheet>
