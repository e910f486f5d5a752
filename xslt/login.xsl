<?xml version="1.0" encoding="UTF-8"?>
<!-- Log-in: one calm card.  Values of an interrupted form go along, hidden.
     SPDX-License-Identifier: MulanPSL-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:import href="bz:frame.xsl"/>
<xsl:template match="page" mode="body">
<div class="narrow">
<div class="head"><h1><xsl:value-of select="@title"/></h1><xsl:if test="@note"><span class="meta"><xsl:value-of select="@note"/></span></xsl:if></div>
<xsl:apply-templates select="." mode="said"/>
<xsl:apply-templates select="text"/>
<xsl:apply-templates select="form"/>
<xsl:if test="$shell/@phone and not($shell/@user)"><p class="help">不能登录或忘记密码，请联系<xsl:value-of select="$shell/@office"/>，电话 <b class="num"><xsl:value-of select="$shell/@phone"/></b></p></xsl:if>
</div>
</xsl:template>
<xsl:template match="form">
<form class="card stack" method="post" action="{@action}" novalidate="novalidate">
<xsl:apply-templates select="." mode="head"/>
<xsl:for-each select="resume/hidden|../resume/hidden"><input type="hidden" name="{@n}" value="{@v}"/></xsl:for-each>
<xsl:apply-templates select="text"/>
<xsl:apply-templates select="f|section/f"/>
<xsl:apply-templates select="." mode="actions"/>
</form>
</xsl:template>
</xsl:stylesheet>
