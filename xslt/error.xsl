<?xml version="1.0" encoding="UTF-8"?>
<!-- What went wrong, what to do, and the form to send again if there is one.
     SPDX-License-Identifier: MulanPSL-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:import href="bz:frame.xsl"/>
<xsl:template match="page" mode="body">
<div class="narrow">
<div class="head"><h1><xsl:value-of select="@title"/></h1></div>
<xsl:apply-templates select="." mode="said"/>
<div class="card wrong">
<xsl:for-each select="text"><p class="what"><xsl:value-of select="."/></p></xsl:for-each>
<xsl:for-each select="todo"><p><xsl:value-of select="."/></p></xsl:for-each>
<xsl:if test="@call and $shell/@phone"><p>咨询电话：<b class="num"><xsl:value-of select="$shell/@phone"/></b>（<xsl:value-of select="$shell/@office"/>）</p></xsl:if>
<xsl:if test="not(form)"><p><xsl:for-each select="a"><a class="btn {@c}" href="{@href}"><xsl:value-of select="."/></a> </xsl:for-each><a class="btn" href="{$shell/@base}/">返回首页</a></p></xsl:if>
</div>
<xsl:apply-templates select="form"/>
</div>
</xsl:template>
</xsl:stylesheet>
