<?xml version="1.0" encoding="UTF-8"?>
<!-- Lists: query, tabs, tools, table, pager.
     SPDX-License-Identifier: MulanPSL-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="query">
<div class="card"><form class="query" method="get" action="{@action}" role="search" aria-label="查询条件"><xsl:if test="@method='post'"><xsl:attribute name="method">post</xsl:attribute></xsl:if>
<xsl:if test="@key"><input type="hidden" name="key" value="{@key}"/></xsl:if>
<xsl:for-each select="hidden"><input type="hidden" name="{@n}" value="{@v}"/></xsl:for-each>
<xsl:for-each select="f"><div class="q w{@w} k-{@type}"><label for="{@id}"><xsl:value-of select="@t"/></label><xsl:apply-templates select="." mode="ask"/></div></xsl:for-each>
<div class="go"><button class="btn pri">查询</button><a class="btn" href="{@action}">重置</a></div>
</form></div>
</xsl:template>
<xsl:template match="f" mode="ask"><xsl:apply-templates select="." mode="control"/></xsl:template>
<xsl:template match="f[o]" mode="ask"><select id="{@id}" name="{@id}"><xsl:if test="not(o[@v=''])"><option value="">全部</option></xsl:if><xsl:for-each select="o"><option value="{@v}"><xsl:if test="@sel"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if><xsl:value-of select="."/></option></xsl:for-each></select></xsl:template>

<xsl:template match="tabs">
<nav class="tabs" aria-label="办理状态"><xsl:if test="@label"><xsl:attribute name="aria-label"><xsl:value-of select="@label"/></xsl:attribute></xsl:if><xsl:for-each select="t"><a href="{@href}"><xsl:if test="@cur"><xsl:attribute name="aria-current">page</xsl:attribute></xsl:if><xsl:value-of select="@t"/><xsl:if test="@n"><span class="num"><xsl:value-of select="concat(' ', @n)"/></span></xsl:if></a></xsl:for-each></nav>
</xsl:template>

<xsl:template match="tools">
<div class="bar"><xsl:apply-templates select="a" mode="button"/><xsl:if test="@note"><span class="push"><xsl:value-of select="@note"/></span></xsl:if></div>
</xsl:template>

<!-- in a form a table stands in a card under its caption -->
<xsl:template match="form/table"><div class="card"><xsl:if test="@caption"><h2><xsl:value-of select="@caption"/></h2></xsl:if><xsl:call-template name="table"/></div></xsl:template>
<xsl:template match="table"><xsl:call-template name="table"/></xsl:template>
<!-- rows that can be ticked: a GET to the page that asks once more -->
<xsl:template match="table[@pick]"><xsl:choose>
<xsl:when test="r/@pick"><form method="get" action="{@pick}"><xsl:call-template name="table"/><div class="bar"><button class="btn"><xsl:value-of select="@pick-t"/></button><span class="sub">先勾选，确认后办理</span></div></form></xsl:when>
<xsl:otherwise><xsl:call-template name="table"/></xsl:otherwise></xsl:choose></xsl:template>

<!-- data-t: what a cell stands for, where a narrow window has no room for columns;
     the server puts it there (view.c).  What is asked of every cell costs the
     most, so a plain one is seen by one question.  The address of a row is its
     first cell's, unless a cell has one. -->
<xsl:template name="table"><xsl:variable name="picks" select="(@pick or parent::form) and r/@pick"/>
<div class="wide"><table class="list"><xsl:if test="@groups"><xsl:attribute name="class">list groups</xsl:attribute></xsl:if><xsl:copy-of select="@id"/><caption class="vh"><xsl:value-of select="@caption"/></caption>
<thead><xsl:choose><xsl:when test="@groups"><xsl:variable name="deep" select="2 + boolean(col/@s)"/>
<tr><xsl:for-each select="col"><xsl:choose>
<xsl:when test="not(@g)"><th scope="col" rowspan="{$deep}"><xsl:value-of select="@t"/></th></xsl:when>
<xsl:when test="not(@g = preceding-sibling::col[1]/@g)"><th scope="colgroup" class="c"><xsl:attribute name="colspan"><xsl:value-of select="count(../col[@g = current()/@g])"/></xsl:attribute><xsl:value-of select="@g"/></th></xsl:when>
</xsl:choose></xsl:for-each></tr>
<tr><xsl:for-each select="col[@g]"><xsl:choose>
<xsl:when test="not(@s)"><th scope="col"><xsl:if test="$deep = 3"><xsl:attribute name="rowspan">2</xsl:attribute></xsl:if><xsl:if test="@c"><xsl:attribute name="class"><xsl:value-of select="@c"/></xsl:attribute></xsl:if><xsl:value-of select="@t"/></th></xsl:when>
<xsl:when test="not(@s = preceding-sibling::col[1]/@s)"><th scope="colgroup" class="c" colspan="{count(../col[@s = current()/@s])}"><xsl:value-of select="@s"/></th></xsl:when>
</xsl:choose></xsl:for-each></tr>
<xsl:if test="$deep = 3"><tr><xsl:for-each select="col[@s]"><th scope="col"><xsl:if test="@c"><xsl:attribute name="class"><xsl:value-of select="@c"/></xsl:attribute></xsl:if><xsl:value-of select="@t"/></th></xsl:for-each></tr></xsl:if></xsl:when>
<xsl:otherwise><tr><xsl:if test="$picks"><th scope="col" class="n"><span class="vh">勾选</span></th></xsl:if><xsl:for-each select="col"><th scope="col"><xsl:if test="@c"><xsl:attribute name="class"><xsl:value-of select="@c"/></xsl:attribute></xsl:if><xsl:value-of select="@t"/></th></xsl:for-each></tr></xsl:otherwise></xsl:choose></thead>
<tbody><xsl:choose>
<xsl:when test="r"><xsl:for-each select="r"><tr><xsl:if test="@off"><xsl:attribute name="class">off</xsl:attribute></xsl:if><xsl:if test="$picks"><td class="c" data-t="勾选"><xsl:if test="@pick"><input type="checkbox" name="pick" value="{@pick}" aria-label="{c[1]}"><xsl:if test="@on"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if></input></xsl:if></td></xsl:if><xsl:choose>
<xsl:when test="@href[not(../c/@href)]">
<xsl:for-each select="c[1]"><xsl:choose>
<xsl:when test="@do or @tone"><xsl:call-template name="cell"/></xsl:when>
<xsl:otherwise><td><xsl:if test="@c"><xsl:attribute name="class"><xsl:value-of select="@c"/></xsl:attribute></xsl:if><xsl:copy-of select="@data-t"/><a><xsl:copy-of select="../@href"/><xsl:value-of select="."/></a></td></xsl:otherwise></xsl:choose></xsl:for-each>
<xsl:for-each select="c[position() &gt; 1]"><xsl:call-template name="cell"/></xsl:for-each></xsl:when>
<xsl:otherwise><xsl:for-each select="c"><xsl:choose>
<xsl:when test="@*[2]"><xsl:call-template name="cell"/></xsl:when>
<xsl:otherwise><td><xsl:copy-of select="@data-t"/><xsl:value-of select="."/></td></xsl:otherwise></xsl:choose></xsl:for-each></xsl:otherwise></xsl:choose></tr></xsl:for-each></xsl:when>
<xsl:otherwise><tr><td class="none" colspan="{count(col)}"><xsl:choose><xsl:when test="@empty"><xsl:value-of select="@empty"/></xsl:when><xsl:otherwise>暂无记录</xsl:otherwise></xsl:choose></td></tr></xsl:otherwise></xsl:choose></tbody></table></div>
</xsl:template>
<xsl:template name="cell"><xsl:choose>
<xsl:when test="@href and not(@*[3])"><td><xsl:copy-of select="@data-t"/><a><xsl:copy-of select="@href"/><xsl:value-of select="."/></a></td></xsl:when>
<xsl:when test="@c and not(@*[3])"><td class="{@c}"><xsl:copy-of select="@data-t"/><xsl:value-of select="."/></td></xsl:when>
<xsl:otherwise><td><xsl:if test="@c"><xsl:attribute name="class"><xsl:value-of select="@c"/></xsl:attribute></xsl:if><xsl:copy-of select="@data-t"/><xsl:choose>
<xsl:when test="@href"><a href="{@href}"><xsl:value-of select="."/></a></xsl:when>
<xsl:when test="@do"><button class="lnk" name="do" value="{@do}"><xsl:value-of select="."/><xsl:if test="@of"><span class="vh"><xsl:value-of select="@of"/></span></xsl:if></button></xsl:when>
<xsl:when test="@tone"><span class="tag {@tone}"><xsl:value-of select="."/></span></xsl:when>
<xsl:otherwise><xsl:value-of select="."/></xsl:otherwise></xsl:choose></td></xsl:otherwise></xsl:choose></xsl:template>

<xsl:template match="pager">
<div class="pager"><span><xsl:if test="@total">共 <b class="num"><xsl:value-of select="@total"/></b> 条</xsl:if><xsl:if test="@from">，本页第 <xsl:value-of select="@from"/> 至 <xsl:value-of select="@to"/> 条</xsl:if></span>
<xsl:choose>
<!-- the pages of a search that posts: its filters go along, hidden -->
<xsl:when test="@action"><form method="post" action="{@action}"><input type="hidden" name="key" value="{@key}"/><xsl:for-each select="hidden"><input type="hidden" name="{@n}" value="{@v}"/></xsl:for-each><xsl:call-template name="pages"/></form></xsl:when>
<xsl:otherwise><xsl:call-template name="pages"/></xsl:otherwise></xsl:choose></div>
</xsl:template>
<xsl:template name="pages"><xsl:if test="@prev or @next or b or @first[not(../@from)]">
<nav aria-label="分页"><ul>
<xsl:call-template name="turn"><xsl:with-param name="to">first</xsl:with-param><xsl:with-param name="href" select="@first"/><xsl:with-param name="t">第一页</xsl:with-param></xsl:call-template>
<xsl:call-template name="turn"><xsl:with-param name="to">prev</xsl:with-param><xsl:with-param name="href" select="@prev"/><xsl:with-param name="t">上一页</xsl:with-param></xsl:call-template>
<xsl:call-template name="turn"><xsl:with-param name="to">next</xsl:with-param><xsl:with-param name="href" select="@next"/><xsl:with-param name="t">下一页</xsl:with-param></xsl:call-template>
</ul></nav></xsl:if>
</xsl:template>
<xsl:template name="turn"><xsl:param name="to"/><xsl:param name="href"/><xsl:param name="t"/><xsl:variable name="b" select="b[@to=$to]"/>
<li><xsl:choose>
<xsl:when test="$href"><a href="{$href}"><xsl:if test="$to != 'first'"><xsl:attribute name="rel"><xsl:value-of select="$to"/></xsl:attribute></xsl:if><xsl:value-of select="$t"/></a></xsl:when>
<xsl:when test="$b"><button class="lnk" name="{$b/@n}" value="{$b/@v}"><xsl:value-of select="$t"/></button></xsl:when>
<xsl:otherwise><span class="no"><xsl:value-of select="$t"/></span></xsl:otherwise></xsl:choose></li>
</xsl:template>
</xsl:stylesheet>
