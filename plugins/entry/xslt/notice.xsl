<?xml version="1.0" encoding="UTF-8"?>
<!-- 入编核准通知单: one sheet a case, ten persons a page, three copies.
     SPDX-License-Identifier: MulanPSL-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:import href="bz:sheet.xsl"/>
<xsl:variable name="rows" select="10"/>

<xsl:template match="notice" mode="paper"><xsl:choose>
<xsl:when test="copy"><xsl:for-each select="copy"><xsl:apply-templates select=".." mode="pages"><xsl:with-param name="nth" select="@n"/><xsl:with-param name="for" select="@t"/></xsl:apply-templates></xsl:for-each></xsl:when>
<xsl:otherwise>
<xsl:apply-templates select="." mode="pages"><xsl:with-param name="nth" select="'一'"/><xsl:with-param name="for" select="'用编单位'"/></xsl:apply-templates>
<xsl:apply-templates select="." mode="pages"><xsl:with-param name="nth" select="'二'"/><xsl:with-param name="for" select="'组织、人社部门'"/></xsl:apply-templates>
<xsl:apply-templates select="." mode="pages"><xsl:with-param name="nth" select="'三'"/><xsl:with-param name="for" select="'财政部门'"/></xsl:apply-templates>
</xsl:otherwise></xsl:choose></xsl:template>

<xsl:template match="notice" mode="pages"><xsl:param name="nth"/><xsl:param name="for"/>
<xsl:variable name="pages" select="ceiling(count(p) div $rows)"/>
<xsl:for-each select="p[position() mod $rows = 1]">
<xsl:apply-templates select=".." mode="page"><xsl:with-param name="nth" select="$nth"/><xsl:with-param name="for" select="$for"/><xsl:with-param name="page" select="position()"/><xsl:with-param name="pages" select="$pages"/></xsl:apply-templates></xsl:for-each></xsl:template>

<xsl:template match="notice" mode="page"><xsl:param name="nth"/><xsl:param name="for"/><xsl:param name="page"/><xsl:param name="pages"/>
<xsl:variable name="last" select="$page = $pages"/>
<section class="sheet" aria-label="第{$nth}联 {$for} 第 {$page} 页">
<xsl:apply-templates select="." mode="again"/>
<div class="copy"><b>第<xsl:value-of select="$nth"/>联</b><xsl:value-of select="$for"/></div>
<div class="no"><span><xsl:value-of select="@no"/></span><span>一式三联<xsl:if test="$pages &gt; 1">　第 <xsl:value-of select="$page"/> 页　共 <xsl:value-of select="$pages"/> 页</xsl:if></span></div>
<h2><xsl:value-of select="@title"/></h2><div class="rule"></div>
<p class="to"><xsl:value-of select="@unit"/>：</p>
<p class="lead"><xsl:value-of select="lead"/></p>
<table class="persons"><caption class="vh">核准入编人员名单</caption>
<thead><tr><th scope="col" class="w11">序号</th><th scope="col" class="w19">姓名</th><th scope="col" class="w11">性别</th><th scope="col" class="w18">出生年月</th><th scope="col" class="w40">身份证号</th><th scope="col" class="w19">编制类型</th><th scope="col" class="w18">进入形式</th><th scope="col">职务</th></tr></thead>
<tbody><xsl:for-each select="p[position() &gt; ($page - 1) * $rows and position() &lt;= $page * $rows]"><tr><td class="num"><xsl:value-of select="@n"/></td><td><xsl:apply-templates select="@name" mode="name"/></td><td><xsl:value-of select="@sex"/></td><td class="num"><xsl:value-of select="@birth"/></td><td class="num"><xsl:value-of select="@idno"/></td><td><xsl:value-of select="@kind"/></td><td><xsl:value-of select="@mode"/></td><td><xsl:value-of select="@post"/></td></tr></xsl:for-each>
<xsl:if test="$last and count(p) &lt; $pages * $rows"><tr><td colspan="8" class="blank">（以下空白）</td></tr></xsl:if></tbody></table>
<xsl:choose><xsl:when test="$last">
<xsl:if test="quota"><table class="use"><caption class="vh">编制使用情况</caption>
<thead><tr><th scope="col">编制类型</th><th scope="col">经费形式</th><th scope="col">核定数</th><th scope="col">入编前实有</th><th scope="col">本次入编</th><th scope="col">入编后实有</th><th scope="col">空编</th></tr></thead>
<tbody><xsl:for-each select="quota"><tr><td><xsl:value-of select="@kind"/></td><td><xsl:choose><xsl:when test="@fund"><xsl:value-of select="@fund"/></xsl:when><xsl:otherwise><xsl:value-of select="../p[1]/@fund"/></xsl:otherwise></xsl:choose></td><td class="num"><xsl:value-of select="@cap"/></td><td class="num"><xsl:value-of select="@before"/></td><td class="num"><xsl:value-of select="@add"/></td><td class="num"><xsl:value-of select="@after"/></td><td class="num"><xsl:value-of select="@left"/></td></tr></xsl:for-each></tbody></table></xsl:if>
<xsl:if test="note"><ol class="notes"><xsl:for-each select="note"><li><xsl:value-of select="."/></li></xsl:for-each></ol></xsl:if>
<div class="end"><xsl:apply-templates select="." mode="seal"/></div>
<xsl:apply-templates select="." mode="receipt"/></xsl:when>
<xsl:otherwise><p class="next">（接下页）</p></xsl:otherwise></xsl:choose>
</section></xsl:template>
</xsl:stylesheet>
