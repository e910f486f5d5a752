<?xml version="1.0" encoding="UTF-8"?>
<!-- The inbox: what runs out, then one card with tabs, messages and pager.
     SPDX-License-Identifier: MulanPSL-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:import href="bz:frame.xsl"/>
<xsl:template match="page" mode="body">
<xsl:apply-templates select="." mode="top"/>
<xsl:apply-templates select="section"/>
<div class="card"><xsl:apply-templates select="tabs|form|pager"/></div>
</xsl:template>
<xsl:template match="form" mode="actions"><xsl:if test="b"><div class="bar"><xsl:apply-templates select="b" mode="button"/></div></xsl:if></xsl:template>
<xsl:template match="form/table"><xsl:call-template name="table"/></xsl:template>
</xsl:stylesheet>
