<?xml version="1.0" encoding="UTF-8"?>
<!-- The frame of every screen page: head, header, menu, messages, errors; the
     default body draws the page's children in their order.
     SPDX-License-Identifier: MulanPSL-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<!-- a later import wins: section/filelist of field.xsl over filelist -->
<xsl:import href="bz:panel.xsl"/>
<xsl:import href="bz:table.xsl"/>
<xsl:import href="bz:field.xsl"/>
<xsl:output method="xml" encoding="UTF-8" indent="no"/>

<xsl:variable name="shell" select="/page/shell"/>

<xsl:template match="/">
<html lang="zh-CN">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=UTF-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="referrer" content="same-origin"/>
<title><xsl:if test="$errors">错误：</xsl:if><xsl:value-of select="concat(/page/@title, ' - ', $shell/@product)"/></title>
<link rel="stylesheet" href="{$shell/@static}app.css?v={$shell/@v}"/>
<link rel="icon" type="image/svg+xml" href="{$shell/@static}app.svg?v={$shell/@v}"/>
</head>
<body class="v-{translate(/page/@view, '/', '-')}">
<a class="skip" href="#main">跳到正文</a>
<xsl:apply-templates select="$shell" mode="header"/>
<div class="frame">
<xsl:if test="$shell/menu/g"><nav class="side" aria-label="主菜单"><xsl:apply-templates select="$shell/menu/g"/></nav></xsl:if>
<main class="main" id="main" tabindex="-1">
<xsl:apply-templates select="/page" mode="body"/>
<p class="foot"><xsl:value-of select="$shell/@office"/><xsl:if test="$shell/@phone"><xsl:value-of select="concat('　业务咨询 ', $shell/@phone)"/></xsl:if></p>
</main>
</div>
<script src="{$shell/@static}app.js?v={$shell/@v}"></script>
</body>
</html>
</xsl:template>

<xsl:template match="shell" mode="header">
<header class="top">
<span class="name"><xsl:value-of select="@product"/></span>
<xsl:if test="@unit"><span class="org"><xsl:value-of select="@unit"/></span></xsl:if>
<xsl:if test="@for"><span class="for">代 <b><xsl:value-of select="@for"/></b> 办理</span></xsl:if>
<xsl:if test="@user"><ul>
<xsl:if test="@todo"><li><a href="{@base}/">待办<xsl:if test="@todo &gt; 0"><span class="badge"><xsl:value-of select="@todo"/><span class="vh">件</span></span></xsl:if></a></li></xsl:if>
<xsl:if test="@inbox"><li><a href="{@base}/inbox/?unread=1">消息<span class="badge"><xsl:value-of select="@inbox"/><span class="vh">条未读</span></span></a></li></xsl:if>
<li><xsl:value-of select="@user"/><xsl:if test="@role">（<xsl:value-of select="@role"/>）</xsl:if></li>
<xsl:if test="@password"><li><a href="{@password}">修改密码</a></li></xsl:if>
<li><form method="post" action="{@logout}"><input type="hidden" name="key" value="{@logout-key}"/><button class="lnk">退出</button></form></li>
</ul></xsl:if>
</header>
</xsl:template>

<xsl:template match="menu/g">
<h2><xsl:value-of select="@t"/></h2>
<ul><xsl:for-each select="m"><li><a href="{@href}"><xsl:if test="@cur"><xsl:attribute name="aria-current">page</xsl:attribute></xsl:if><xsl:value-of select="@t"/><xsl:if test="@n"><i><xsl:value-of select="@n"/><span class="vh">件</span></i></xsl:if></a></li></xsl:for-each></ul>
</xsl:template>

<!-- breadcrumb, h1 with number and status, messages, errors, warnings -->
<xsl:template match="page" mode="top">
<xsl:if test="crumb/c"><nav aria-label="当前位置"><ol class="crumb"><xsl:for-each select="crumb/c"><li><xsl:choose>
<xsl:when test="@href"><a href="{@href}"><xsl:value-of select="."/></a></xsl:when>
<xsl:otherwise><span aria-current="page"><xsl:value-of select="."/></span></xsl:otherwise></xsl:choose></li></xsl:for-each></ol></nav></xsl:if>
<div class="head"><h1><xsl:value-of select="@title"/></h1>
<xsl:if test="@no"><span class="meta">业务单号 <b class="num"><xsl:value-of select="@no"/></b></span></xsl:if>
<xsl:if test="@status"><span class="tag {@tone}"><xsl:value-of select="@status"/></span></xsl:if>
<xsl:if test="@note"><span class="meta"><xsl:value-of select="@note"/></span></xsl:if>
<xsl:apply-templates select="near"/></div>
<xsl:apply-templates select="." mode="said"/>
</xsl:template>

<xsl:template match="page" mode="said">
<xsl:apply-templates select="message"/>
<xsl:apply-templates select="errors[e]"/>
<xsl:apply-templates select="warnings[e]"/>
</xsl:template>

<xsl:template match="message">
<p class="msg {@kind}"><xsl:attribute name="role"><xsl:choose><xsl:when test="@kind='stop'">alert</xsl:when><xsl:otherwise>status</xsl:otherwise></xsl:choose></xsl:attribute>
<b><xsl:choose><xsl:when test="@kind='stop'">不能办理：</xsl:when><xsl:when test="@kind='warn'">请注意：</xsl:when><xsl:when test="@kind='done'">已办理：</xsl:when><xsl:otherwise>提示：</xsl:otherwise></xsl:choose></b><xsl:value-of select="."/></p>
</xsl:template>

<xsl:template match="errors">
<div class="errsum" role="alert" aria-labelledby="errors-h"><h2 id="errors-h"><xsl:choose>
<xsl:when test="@t"><xsl:value-of select="@t"/></xsl:when>
<xsl:otherwise>有 <xsl:value-of select="count(e)"/> 处需要改正<xsl:if test="/page/form/section or /page/prints">，已填内容都保留在本页</xsl:if></xsl:otherwise></xsl:choose></h2>
<ol><xsl:for-each select="e"><li><xsl:if test="@sec"><b><xsl:value-of select="@sec"/></b></xsl:if><xsl:choose>
<xsl:when test="@href"><a href="{@href}"><xsl:value-of select="."/></a></xsl:when>
<xsl:when test="@f"><a href="#{@f}"><xsl:value-of select="."/></a></xsl:when>
<xsl:otherwise><xsl:value-of select="."/></xsl:otherwise></xsl:choose></li></xsl:for-each></ol></div>
</xsl:template>

<xsl:template match="warnings">
<section class="warnsum" aria-labelledby="warnings-h"><h2 id="warnings-h">有 <xsl:value-of select="count(e)"/> <xsl:choose><xsl:when test="/page/@view = 'list'"> 项查询条件无法识别，未按它查询</xsl:when><xsl:when test="/page/@view = 'confirm'"> 处请核对，不影响上报</xsl:when><xsl:otherwise> 处请核对，不影响保存</xsl:otherwise></xsl:choose></h2>
<ol><xsl:for-each select="e"><li><xsl:if test="@sec"><b><xsl:value-of select="@sec"/></b></xsl:if><xsl:choose>
<xsl:when test="@href"><a href="{@href}"><xsl:value-of select="."/></a></xsl:when>
<xsl:when test="@f"><a href="#{@f}"><xsl:value-of select="."/></a></xsl:when>
<xsl:otherwise><xsl:value-of select="."/></xsl:otherwise></xsl:choose></li></xsl:for-each></ol></section>
</xsl:template>

<xsl:template match="near">
<span class="act"><xsl:if test="@prev"><a class="btn s" href="{@prev}">上一件</a></xsl:if>
<xsl:if test="@next"><a class="btn s" href="{@next}">下一件<xsl:if test="@left">（还有 <xsl:value-of select="@left"/> 件）</xsl:if></a></xsl:if></span>
</xsl:template>

<xsl:template match="page" mode="body">
<xsl:apply-templates select="." mode="top"/>
<xsl:apply-templates select="*" mode="part"/>
</xsl:template>

<!-- drawn by the frame itself -->
<xsl:template match="shell|crumb|message|errors|warnings|near" mode="part"/>
<xsl:template match="*" mode="part"><xsl:apply-templates select="."/></xsl:template>
<xsl:template match="table" mode="part">
<div class="card"><xsl:if test="@caption and not(preceding-sibling::*[1][self::tools])"><h2><xsl:value-of select="@caption"/></h2></xsl:if><xsl:apply-templates select="."/></div>
</xsl:template>
<!-- tools and pager outside of a list: cards that join the table's -->
<xsl:template match="tabs|tools" mode="part"><div class="card above"><xsl:apply-templates select="."/></div></xsl:template>
<xsl:template match="tools[following-sibling::*[1][self::prints or self::log]]" mode="part"><div class="card"><xsl:apply-templates select="."/></div></xsl:template>
<!-- the table's heading stands over its tools -->
<xsl:template match="tools[following-sibling::*[1][self::table[@caption]]]" mode="part"><div class="card above"><h2><xsl:value-of select="following-sibling::table[1]/@caption"/></h2><xsl:apply-templates select="."/></div></xsl:template>
<xsl:template match="pager" mode="part"><div class="card below"><xsl:apply-templates select="."/></div></xsl:template>
</xsl:stylesheet>
