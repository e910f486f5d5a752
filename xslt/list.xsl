<?xml version="1.0" encoding="UTF-8"?>
<!-- A list: the query, then one card with tabs, tools, table and pager.
     SPDX-License-Identifier: MulanPSL-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:import href="bz:frame.xsl"/>
<xsl:template match="page" mode="body">
<xsl:apply-templates select="." mode="top"/>
<xsl:apply-templates select="query"/>
<div class="card"><xsl:apply-templates select="tabs|tools|table|pager"/></div>
<xsl:apply-templates select="form|section|text"/>
</xsl:template>
</xsl:stylesheet>
