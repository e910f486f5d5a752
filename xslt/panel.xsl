<?xml version="1.0" encoding="UTF-8"?>
<!-- Steps, items, history, checks, quota, person, papers, cards.
     SPDX-License-Identifier: MulanPSL-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<!-- looked at beside each file and field: found once, for a page of two hundred
     persons has as many children -->
<xsl:variable name="scans" select="/page/scans"/>
<xsl:variable name="proofs" select="/page/filelist/x[file and @decides]"/>

<xsl:template match="steps">
<div class="card"><ol class="steps" aria-label="办理进度"><xsl:for-each select="s">
<li class="{@st}"><xsl:if test="@st='now'"><xsl:attribute name="aria-current">step</xsl:attribute></xsl:if>
<b aria-hidden="true"><xsl:choose><xsl:when test="@st='done'">✓</xsl:when><xsl:otherwise><xsl:value-of select="position()"/></xsl:otherwise></xsl:choose></b>
<strong><xsl:value-of select="@t"/></strong><span class="vh"><xsl:choose><xsl:when test="@st='done'">（已完成）</xsl:when><xsl:when test="@st='now'">（当前）</xsl:when><xsl:otherwise>（未开始）</xsl:otherwise></xsl:choose></span>
<span class="who"><xsl:value-of select="@who"/></span><xsl:if test="@at"><span class="when"><xsl:if test="@late"><xsl:attribute name="class">when warn</xsl:attribute></xsl:if><xsl:value-of select="@at"/></span></xsl:if></li></xsl:for-each></ol></div>
</xsl:template>

<!-- one person of a case, read-only; of many each is a line that opens, and
     those with findings, remarks or changes are open -->
<xsl:variable name="many" select="count(/page/item) &gt; 10"/>
<xsl:key name="found" match="/page/checks/k[@s != 'ok']" use="@item"/>

<xsl:template match="item"><xsl:choose>
<xsl:when test="$many">
<section class="card item fold" id="item-{@id}" aria-labelledby="item-{@id}-h"><xsl:variable name="n" select="count(key('found', @id))"/>
<details><xsl:if test="$n &gt; 0 or changes[@added or d or m] or section/*[@remark != ''] or section/filelist/x[@remark != '']"><xsl:attribute name="open">open</xsl:attribute></xsl:if>
<summary><h2 id="item-{@id}-h"><span class="n num"><xsl:value-of select="@n"/></span><xsl:value-of select="@t"/></h2><xsl:if test="@brief != ''"><small><xsl:value-of select="@brief"/></small></xsl:if><xsl:if test="$n &gt; 0"><span class="tag run">系统核验 <xsl:value-of select="$n"/> 项</span></xsl:if><xsl:if test="changes[@added or d or m]"><span class="tag wait">有变更</span></xsl:if></summary>
<xsl:apply-templates select="." mode="inside"/></details>
<xsl:apply-templates select="." mode="acts"/>
</section></xsl:when>
<xsl:otherwise>
<section class="card item" id="item-{@id}" aria-labelledby="item-{@id}-h">
<h2 id="item-{@id}-h"><xsl:value-of select="@t"/><xsl:if test="@note"><small><xsl:value-of select="@note"/></small></xsl:if>
<xsl:apply-templates select="." mode="acts"/></h2>
<xsl:apply-templates select="." mode="inside"/>
</section></xsl:otherwise></xsl:choose>
</xsl:template>

<xsl:template match="item" mode="acts">
<xsl:if test="@href or @take"><span class="push"><xsl:if test="@take"><label class="opt"><input type="checkbox" name="take" value="{@id}"><xsl:if test="@taken"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if></input><xsl:value-of select="@take"/><span class="vh"><xsl:value-of select="@t"/></span></label></xsl:if><xsl:if test="@href"><a href="{@href}">修改<span class="vh"><xsl:value-of select="@t"/></span></a></xsl:if></span></xsl:if>
</xsl:template>

<xsl:template match="item" mode="inside">
<xsl:apply-templates select="altered"/>
<xsl:apply-templates select="changes"/>
<xsl:choose>
<xsl:when test="altered"><details class="same"><summary>未变更的 <xsl:value-of select="altered/@same"/> 项</summary><xsl:apply-templates select="section[not(filelist)]"/></details><xsl:apply-templates select="section[filelist]"/></xsl:when>
<xsl:when test="changes and not(changes/@added)"><details class="same"><summary>未变更的 <xsl:value-of select="changes/@same"/> 项</summary><xsl:apply-templates select="section"/></details></xsl:when>
<xsl:otherwise><xsl:apply-templates select="section"/></xsl:otherwise></xsl:choose>
<xsl:if test="@remark"><details><xsl:if test="section//*[@remark != '']"><xsl:attribute name="open">open</xsl:attribute></xsl:if><summary>退回意见<span class="vh">：<xsl:value-of select="@t"/></span></summary><div class="fgrid"><xsl:apply-templates select="section/f[not(@fixed)]|section/grid[not(@fixed)]|section/photo[not(@fixed)]|section/filelist/x[not(@fixed)]" mode="remark"/></div></details></xsl:if>
</xsl:template>

<xsl:template match="f|grid|photo|x" mode="remark"><xsl:variable name="n"><xsl:value-of select="concat('remark.', ancestor::item/@id, '.')"/><xsl:if test="self::x">paper.</xsl:if><xsl:value-of select="@id"/></xsl:variable>
<div class="f"><div class="fl"><label for="{$n}"><xsl:value-of select="@t"/></label></div><div class="fv"><xsl:if test="@v != ''"><span class="v"><xsl:value-of select="@v"/></span></xsl:if><input type="text" id="{$n}" name="{$n}" value="{@remark}" autocomplete="off"/></div></div></xsl:template>

<!-- what an item changes of what is there: old and new side by side -->
<xsl:template match="altered"><xsl:choose>
<xsl:when test="not(d)"><p class="tip">没有修改任何信息</p></xsl:when>
<xsl:otherwise><div class="wide"><table class="list changes"><caption class="vh">变更对照</caption>
<thead><tr><th scope="col">变更项目</th><th scope="col">变更前</th><th scope="col">变更后</th><th scope="col">依据附件</th></tr></thead>
<tbody><xsl:for-each select="d"><tr><th scope="row"><xsl:value-of select="@t"/></th><td data-t="变更前"><xsl:if test="@old != ''"><del><xsl:value-of select="@old"/></del></xsl:if><xsl:if test="@old = ''"><span class="sub">（空）</span></xsl:if></td><td data-t="变更后"><xsl:if test="@new != ''"><ins><xsl:value-of select="@new"/></ins></xsl:if><xsl:if test="@new = ''"><span class="sub">（空）</span></xsl:if></td><td data-t="依据附件"><xsl:value-of select="@by"/></td></tr></xsl:for-each></tbody></table></div></xsl:otherwise></xsl:choose>
</xsl:template>

<!-- a second look: what changed since the case was sent back -->
<xsl:template match="changes">
<xsl:choose>
<xsl:when test="@added"><p class="tip">退回后新添加</p></xsl:when>
<xsl:when test="not(d) and not(m)"><p class="tip">退回后没有变更</p></xsl:when>
<xsl:otherwise><div class="wide"><table class="list changes"><caption class="vh">退回后的变更</caption>
<thead><tr><th scope="col"><xsl:choose><xsl:when test="m">退回意见、变更的项目</xsl:when><xsl:otherwise>退回后变更的项目</xsl:otherwise></xsl:choose></th><xsl:if test="m"><th scope="col">退回意见</th></xsl:if><th scope="col">退回时</th><th scope="col">现在</th></tr></thead>
<tbody><xsl:for-each select="m"><xsl:if test="not(../d[@f = current()/@f or starts-with(@f, concat(current()/@f, '.')) or starts-with(current()/@f, concat(@f, '.'))])"><tr><th scope="row"><xsl:value-of select="@t"/></th><td data-t="退回意见"><xsl:value-of select="."/></td><td colspan="2" data-t="现在"><span class="sub">没有变更</span></td></tr></xsl:if></xsl:for-each>
<xsl:for-each select="d"><tr><th scope="row"><xsl:value-of select="@t"/></th><xsl:if test="../m"><td data-t="退回意见"><xsl:for-each select="../m[@f = current()/@f or starts-with(@f, concat(current()/@f, '.')) or starts-with(current()/@f, concat(@f, '.'))]"><xsl:if test="position() &gt; 1">；</xsl:if><xsl:value-of select="."/></xsl:for-each></td></xsl:if><td data-t="退回时"><del><xsl:value-of select="@old"/></del><xsl:if test="@old = ''"><span class="sub">未填写</span></xsl:if></td><td data-t="现在"><ins><xsl:value-of select="@new"/></ins><xsl:if test="@new = ''"><span class="sub">已清空</span></xsl:if></td></tr></xsl:for-each></tbody></table></div></xsl:otherwise></xsl:choose>
</xsl:template>

<xsl:template match="log">
<section class="card" aria-labelledby="log-h"><h2 id="log-h">办理记录</h2><div class="wide"><table class="hist"><caption class="vh">办理记录</caption>
<thead class="vh"><tr><th scope="col">时间</th><th scope="col">办理人</th><th scope="col">办理</th><th scope="col">意见</th></tr></thead>
<tbody><xsl:if test="not(l)"><tr><td colspan="4" class="none">暂无记录</td></tr></xsl:if><xsl:for-each select="l"><tr><td class="num nw sub"><xsl:value-of select="@at"/></td><td class="nw"><xsl:value-of select="@who"/></td><td class="nw"><span class="tag {@tone}"><xsl:value-of select="@act"/></span></td><td><xsl:value-of select="."/></td></tr></xsl:for-each></tbody></table></div></section>
</xsl:template>

<xsl:template match="person">
<section class="card" aria-labelledby="person-h"><h2 id="person-h"><xsl:choose><xsl:when test="@t"><xsl:value-of select="@t"/></xsl:when><xsl:otherwise>人员</xsl:otherwise></xsl:choose><xsl:if test="@note"><small><xsl:value-of select="@note"/></small></xsl:if></h2><dl class="kv"><xsl:if test="p[@item][11]"><xsl:attribute name="class">kv long</xsl:attribute></xsl:if><xsl:for-each select="p"><div><dt><xsl:choose><xsl:when test="@item"><a href="#item-{@item}"><xsl:value-of select="@t"/></a></xsl:when><xsl:otherwise><xsl:value-of select="@t"/></xsl:otherwise></xsl:choose></dt><dd class="num"><xsl:value-of select="."/></dd></div></xsl:for-each></dl></section>
</xsl:template>

<xsl:template match="checks">
<section class="card" aria-labelledby="checks-h"><h2 id="checks-h">系统核验<xsl:if test="@note"><small><xsl:value-of select="@note"/></small></xsl:if></h2>
<ul class="chks"><xsl:for-each select="k"><li class="{@s}"><b aria-hidden="true"><xsl:choose><xsl:when test="@s='ok'">✓</xsl:when><xsl:when test="@s='no'">✕</xsl:when><xsl:otherwise>!</xsl:otherwise></xsl:choose></b><span class="vh"><xsl:choose><xsl:when test="@s='ok'">通过：</xsl:when><xsl:when test="@s='no'">不通过：</xsl:when><xsl:otherwise>请注意：</xsl:otherwise></xsl:choose></span><xsl:choose><xsl:when test="@item and @s != 'ok'"><a href="#item-{@item}"><xsl:value-of select="."/></a></xsl:when><xsl:otherwise><xsl:value-of select="."/></xsl:otherwise></xsl:choose><xsl:if test="@d"><small><xsl:value-of select="@d"/></small></xsl:if></li></xsl:for-each></ul></section>
</xsl:template>

<!-- approved against occupied: numbers in a table, a bar under each row -->
<xsl:template match="quota">
<section class="card" aria-labelledby="quota-h"><h2 id="quota-h"><xsl:choose><xsl:when test="@label"><xsl:value-of select="@label"/></xsl:when><xsl:otherwise>编制使用</xsl:otherwise></xsl:choose><small><xsl:choose><xsl:when test="@note"><xsl:value-of select="@note"/></xsl:when><xsl:otherwise>名</xsl:otherwise></xsl:choose></small></h2>
<table class="quota"><caption class="vh">编制使用情况</caption><thead><tr><th scope="col">类型</th><th scope="col" class="r">核定</th><th scope="col" class="r">实有</th><th scope="col" class="r">本次</th><th scope="col" class="r">空编</th></tr></thead>
<tbody><xsl:for-each select="row"><xsl:variable name="left"><xsl:choose><xsl:when test="@left"><xsl:value-of select="@left"/></xsl:when><xsl:otherwise><xsl:value-of select="@cap - @have - sum(@add)"/></xsl:otherwise></xsl:choose></xsl:variable>
<tr><th scope="row"><xsl:value-of select="@t"/></th><td class="r num"><xsl:value-of select="@cap"/></td><td class="r num"><xsl:value-of select="@have"/></td><td class="r num"><xsl:if test="@add &gt; 0">+<xsl:value-of select="@add"/></xsl:if><xsl:if test="@add &lt; 0">−<xsl:value-of select="-@add"/></xsl:if></td><td class="r num"><xsl:if test="$left &lt; 0"><xsl:attribute name="class">r num late</xsl:attribute></xsl:if><xsl:value-of select="$left"/></td></tr>
<tr class="qbar"><td colspan="5"><xsl:variable name="all"><xsl:choose><xsl:when test="@have + sum(@add) &gt; @cap"><xsl:value-of select="@have + sum(@add)"/></xsl:when><xsl:when test="@cap &gt; 0"><xsl:value-of select="@cap"/></xsl:when><xsl:otherwise>1</xsl:otherwise></xsl:choose></xsl:variable>
<svg width="100%" height="8" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" focusable="false" aria-label="{@t}核定{@cap}，实有{@have}，空编{$left}"><rect class="q0" width="100" height="8"></rect><rect class="q1" width="{round(@have * 1000 div $all) div 10}" height="8"></rect><xsl:if test="@add &gt; 0"><rect class="q2" x="{round(@have * 1000 div $all) div 10}" width="{round(@add * 1000 div $all) div 10}" height="8"></rect></xsl:if></svg></td></tr></xsl:for-each></tbody></table></section>
</xsl:template>

<!-- a file: where papers are shown beside the page it opens there, else it is
     saved; $t: what it is, above its name; the first of several says it -->
<xsl:template match="file" mode="open"><xsl:param name="t"/>
<a class="file" href="{@href}"><xsl:apply-templates select="." mode="where"/>
<xsl:choose><xsl:when test="$t"><xsl:value-of select="$t"/><span class="fn"><xsl:value-of select="@name"/></span></xsl:when><xsl:otherwise><xsl:value-of select="@name"/></xsl:otherwise></xsl:choose></a>
</xsl:template>

<xsl:template match="file" mode="where"><xsl:choose>
<xsl:when test="$scans/@paper"><xsl:attribute name="href"><xsl:value-of select="@href"/>?inline=1<xsl:if test="@type = 'PDF'">#navpanes=0&amp;view=FitH</xsl:if></xsl:attribute><xsl:attribute name="target">scan</xsl:attribute></xsl:when>
<xsl:when test="$scans"><xsl:attribute name="href"><xsl:value-of select="$scans/@href"/>?paper=<xsl:value-of select="@id"/></xsl:attribute></xsl:when></xsl:choose></xsl:template>

<!-- one of the page's papers in a frame; the others open there too, so that
     nothing that was typed is lost -->
<xsl:template match="scans"><xsl:variable name="file" select="//file[@id = current()/@paper][1]"/>
<section class="card scan" aria-labelledby="scan-h"><h2 id="scan-h">附件<span class="push"><xsl:if test="$file"><a href="{$file/@href}">下载</a></xsl:if><a href="{@href}">收起</a></span></h2>
<xsl:if test="count(//file) &gt; 1"><ul class="scans"><xsl:apply-templates select="/page/filelist/x/file" mode="switch"/><xsl:apply-templates select="/page/item//file" mode="switch"/></ul></xsl:if>
<xsl:choose><xsl:when test="$file"><iframe name="scan" src="{$file/@href}?inline=1#navpanes=0&amp;view=FitH" title="附件：{$file/../@t} {$file/@name}"></iframe></xsl:when>
<xsl:otherwise><p class="text">没有这份附件，请从附件列表中选择</p></xsl:otherwise></xsl:choose></section>
</xsl:template>

<xsl:template match="file" mode="switch"><li><xsl:apply-templates select="." mode="open"/></li></xsl:template>
<xsl:template match="file[not(preceding-sibling::file)]" mode="switch"><li><xsl:apply-templates select="." mode="open"><xsl:with-param name="t"><xsl:if test="ancestor::item"><xsl:value-of select="concat(ancestor::item/@t, '：')"/></xsl:if><xsl:value-of select="../@t"/></xsl:with-param></xsl:apply-templates></li></xsl:template>

<!-- papers outside of a section: to read -->
<xsl:template match="filelist">
<section class="card" aria-labelledby="papers-h"><h2 id="papers-h">附件</h2><ul class="files">
<xsl:if test="not(x/file)"><li class="sub">没有附件</li></xsl:if>
<xsl:for-each select="x/file"><li><xsl:apply-templates select="." mode="open"><xsl:with-param name="t" select="../@t[not(current()/preceding-sibling::file)]"/></xsl:apply-templates><small class="num"><xsl:value-of select="@type"/>，<xsl:value-of select="@size"/></small></li></xsl:for-each></ul></section>
</xsl:template>
</xsl:stylesheet>
