<?xml version="1.0" encoding="UTF-8"?>
<!-- Forms: sections, fields, sub-tables, papers.  A plugin gives data, not
     markup.  SPDX-License-Identifier: MulanPSL-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:variable name="errors" select="/page/errors/e"/>

<xsl:template match="form">
<form class="form" method="post" action="{@action}" novalidate="novalidate">
<xsl:apply-templates select="." mode="head"/>
<xsl:apply-templates select="section|text|table|steps|checks|quota"/>
<xsl:apply-templates select="pager" mode="part"/>
<xsl:if test="f"><div class="card"><div class="fgrid"><xsl:apply-templates select="f"/></div></div></xsl:if>
<xsl:apply-templates select="." mode="actions"/>
</form>
</xsl:template>

<!-- encoding, key, hidden values; what Enter in a text field presses must not
     be the first button on the page, which may delete a row -->
<xsl:template match="form" mode="head">
<xsl:if test="@enc='multipart' or section/filelist[not(@ro)]"><xsl:attribute name="enctype">multipart/form-data</xsl:attribute></xsl:if>
<xsl:if test="/page/@view='form'"><xsl:attribute name="data-guard">1</xsl:attribute></xsl:if>
<xsl:if test="@key"><input type="hidden" name="key" value="{@key}"/></xsl:if>
<xsl:for-each select="hidden"><input type="hidden" name="{@n}" value="{@v}"/></xsl:for-each>
<xsl:for-each select="section/f[tree][1]"><button class="vh" tabindex="-1" aria-hidden="true" name="do" value="pick:{@id}:find"></button></xsl:for-each>
<xsl:if test="@enter"><button class="vh" tabindex="-1" aria-hidden="true" name="do" value="{@enter}"></button></xsl:if>
<xsl:if test="b and not(@enter) and not(section/f/tree) and (section/f/@btn or section/f/@btn-t or section/grid or section/filelist)"><xsl:for-each select="b[1]"><button class="vh" tabindex="-1" aria-hidden="true"><xsl:apply-templates select="." mode="name"/></button></xsl:for-each></xsl:if>
</xsl:template>

<xsl:template match="form" mode="actions">
<xsl:if test="b or a or move">
<div class="acts"><xsl:if test="/page/@view='form'"><xsl:attribute name="class">acts stick</xsl:attribute></xsl:if>
<xsl:apply-templates select="b|move|a" mode="button"/>
<xsl:if test="@note or section/f/@req or section/grid/col/@req or section/filelist/x/@req"><span class="push sub"><xsl:if test="section/f/@req or section/grid/col/@req or section/filelist/x/@req">带 <span class="req">*</span> 为必填<xsl:if test="@note">；</xsl:if></xsl:if><xsl:value-of select="@note"/></span></xsl:if>
</div></xsl:if>
</xsl:template>

<xsl:template match="b|move" mode="button"><button class="btn {@c}"><xsl:apply-templates select="." mode="name"/><xsl:value-of select="concat(@t, .)"/></button></xsl:template>
<xsl:template match="a" mode="button"><a class="btn {@c}" href="{@href}"><xsl:value-of select="."/></a></xsl:template>
<xsl:template match="b|move" mode="name"><xsl:attribute name="name"><xsl:choose><xsl:when test="@n"><xsl:value-of select="@n"/></xsl:when><xsl:when test="self::move">move</xsl:when><xsl:otherwise>do</xsl:otherwise></xsl:choose></xsl:attribute><xsl:attribute name="value"><xsl:value-of select="@do"/></xsl:attribute></xsl:template>

<!-- several short forms of one kind: a card with a line for each -->
<xsl:template match="prints">
<section class="card" aria-labelledby="print-h"><h2 id="print-h"><xsl:value-of select="@t"/><xsl:if test="form/section/f/@req"><span class="push sub">带 <span class="req">*</span> 为必填</span></xsl:if></h2>
<xsl:for-each select="form"><form class="line" method="post" action="{@action}" novalidate="novalidate" aria-labelledby="{section/@id}-h">
<xsl:apply-templates select="." mode="head"/>
<h3 id="{section/@id}-h"><xsl:value-of select="section/@t"/><small><xsl:value-of select="section/@note"/></small></h3>
<div class="fs"><xsl:apply-templates select="section/f"/></div>
<div class="do"><xsl:apply-templates select="b|a" mode="button"/></div>
</form></xsl:for-each></section>
</xsl:template>

<!-- section of a page or form; inside an item: a part of its card -->
<xsl:template match="section">
<section class="card"><xsl:if test="@id"><xsl:attribute name="id"><xsl:value-of select="@id"/></xsl:attribute><xsl:attribute name="aria-labelledby"><xsl:value-of select="@id"/>-h</xsl:attribute></xsl:if>
<xsl:if test="@t"><h2><xsl:if test="@id"><xsl:attribute name="id"><xsl:value-of select="@id"/>-h</xsl:attribute></xsl:if><xsl:value-of select="@t"/><xsl:if test="@note and not(grid/@ro) and not(f and not(f[@type!='shown' and not(@closed)]))"><small><xsl:value-of select="@note"/></small></xsl:if><xsl:if test="@href"><span class="push"><a href="{@href}">修改<span class="vh"><xsl:value-of select="@t"/></span></a></span></xsl:if></h2></xsl:if>
<xsl:apply-templates select="." mode="inside"/>
</section>
</xsl:template>
<xsl:template match="item/section">
<h3><xsl:value-of select="@t"/><xsl:apply-templates select="." mode="proof"/></h3>
<xsl:apply-templates select="." mode="inside"/>
</xsl:template>

<xsl:template match="section" mode="inside">
<xsl:apply-templates select="text"/>
<xsl:choose>
<xsl:when test="photo[@src or ancestor::form or ../f[@type!='shown']]"><div class="beside"><div><xsl:apply-templates select="." mode="fields"/></div><xsl:apply-templates select="photo"/></div></xsl:when>
<xsl:otherwise><xsl:apply-templates select="." mode="fields"/></xsl:otherwise>
</xsl:choose>

<xsl:apply-templates select="grid|filelist|table|tabs|tools|pager|checks|quota|log|steps"/>
</xsl:template>

<xsl:template match="section" mode="fields"><xsl:choose>
<xsl:when test="f[@type!='shown' and not(@closed)]"><div class="fgrid"><xsl:apply-templates select="f"/></div></xsl:when>
<xsl:when test="f"><dl class="fgrid"><xsl:apply-templates select="f" mode="shown"/></dl></xsl:when>
</xsl:choose>
<xsl:if test="kv"><dl class="fgrid"><xsl:for-each select="kv"><div class="f w{@w}"><dt class="fl"><xsl:value-of select="@t"/></dt><dd class="fv"><xsl:if test="@c"><xsl:attribute name="class">fv <xsl:value-of select="@c"/></xsl:attribute></xsl:if><xsl:value-of select="."/><xsl:if test="@href"><a class="more" href="{@href}"><xsl:value-of select="@more"/></a></xsl:if></dd></div></xsl:for-each></dl></xsl:if></xsl:template>

<!-- the picture of a person; where fields are entered, the control for another -->
<xsl:template match="photo"><xsl:variable name="e" select="$errors[@f = current()/@id]"/>
<div class="photo"><xsl:if test="$e"><xsl:attribute name="class">photo bad</xsl:attribute></xsl:if>
<xsl:choose><xsl:when test="@src"><img src="{@src}" width="116" height="143" alt="{@t}"/></xsl:when><xsl:otherwise><svg width="116" height="143" viewBox="0 0 116 143" aria-hidden="true" focusable="false"><rect class="q0" width="116" height="143"/><circle class="ph" cx="58" cy="52" r="25"/><path class="ph" d="M12 143c2-34 20-54 46-54s44 20 46 54z"/></svg></xsl:otherwise></xsl:choose>
<xsl:if test="@closed and not(@closed = /page/@shut) and ../f[@type!='shown']"><span class="hint"><xsl:value-of select="@closed"/></span></xsl:if>
<xsl:if test="not(ancestor::item or @closed) and (ancestor::form or ../f[@type!='shown'])"><label for="{@id}"><xsl:if test="@req"><span class="req" aria-hidden="true">*</span></xsl:if><xsl:choose><xsl:when test="@src">更换照片</xsl:when><xsl:otherwise><xsl:value-of select="@t"/></xsl:otherwise></xsl:choose></label>
<input type="file" id="{@id}" name="{@id}" accept=".jpg,.jpeg,.png" data-photo="{@size}"><xsl:if test="@req"><xsl:attribute name="aria-required">true</xsl:attribute></xsl:if><xsl:if test="$e"><xsl:attribute name="aria-invalid">true</xsl:attribute></xsl:if><xsl:attribute name="aria-describedby"><xsl:if test="$e"><xsl:value-of select="@id"/>-e </xsl:if><xsl:value-of select="@id"/>-t</xsl:attribute></input>
<xsl:if test="$e"><span class="err" id="{@id}-e"><xsl:value-of select="$e"/></span></xsl:if>
<span class="hint" id="{@id}-t"><xsl:value-of select="@hint"/></span></xsl:if></div>
</xsl:template>

<xsl:template match="text"><p class="text"><xsl:value-of select="."/></p></xsl:template>

<!-- one read-only field of a read-only section -->
<xsl:template match="f" mode="shown">
<div class="f w{@w}"><dt class="fl"><xsl:value-of select="@t"/></dt><dd class="fv"><xsl:if test="not(ancestor::item)"><xsl:attribute name="id"><xsl:value-of select="@id"/></xsl:attribute></xsl:if><xsl:apply-templates select="." mode="value"/><xsl:apply-templates select="." mode="proof"/>
<xsl:if test="@closed and not(@closed = /page/@shut)"><span class="hint"><xsl:value-of select="@closed"/></span></xsl:if><xsl:if test="@warn"><span class="hint warn"><xsl:value-of select="@warn"/></span></xsl:if>
<xsl:if test="$errors and not(ancestor::item)"><xsl:for-each select="$errors[@f = current()/@id]"><span class="err"><xsl:value-of select="."/></span></xsl:for-each></xsl:if></dd></div>
</xsl:template>
<!-- the paper that decides a value: review.xsl says where it opens -->
<xsl:template match="*" mode="proof"/>
<xsl:template match="f" mode="value"><xsl:choose><xsl:when test="o[@sel]"><xsl:for-each select="o[@sel]"><xsl:if test="position() &gt; 1">、</xsl:if><xsl:value-of select="."/></xsl:for-each></xsl:when><xsl:when test="@type='check' and not(o)"><xsl:choose><xsl:when test="@v='1'">是</xsl:when><xsl:otherwise>否</xsl:otherwise></xsl:choose></xsl:when><xsl:otherwise><xsl:value-of select="@v"/></xsl:otherwise></xsl:choose></xsl:template>

<!-- one field: label cell, control, error, hint; ids tie them together -->
<xsl:template match="f">
<xsl:variable name="e" select="$errors[@f = current()/@id]"/>
<xsl:variable name="fixed" select="@type='shown' or @closed"/>
<xsl:variable name="set" select="@type='radio' or @type='tree' or (@type='check' and o)"/>
<div class="f w{@w}"><xsl:if test="$e or $fixed"><xsl:attribute name="class">f w<xsl:value-of select="@w"/><xsl:if test="$e"> bad</xsl:if><xsl:if test="@closed"> closed</xsl:if></xsl:attribute></xsl:if>
<xsl:if test="$set and not($fixed)"><xsl:attribute name="role"><xsl:choose><xsl:when test="@type='radio'">radiogroup</xsl:when><xsl:otherwise>group</xsl:otherwise></xsl:choose></xsl:attribute><xsl:attribute name="aria-labelledby"><xsl:value-of select="@id"/>-l</xsl:attribute>
<xsl:if test="@type='radio'"><xsl:if test="@req"><xsl:attribute name="aria-required">true</xsl:attribute></xsl:if><xsl:if test="$e"><xsl:attribute name="aria-invalid">true</xsl:attribute></xsl:if></xsl:if>
<xsl:apply-templates select="." mode="told"><xsl:with-param name="e" select="$e"/></xsl:apply-templates></xsl:if>
<div class="fl"><xsl:if test="@req and not($fixed)"><span class="req" aria-hidden="true">*</span></xsl:if><xsl:choose>
<xsl:when test="$set or $fixed"><span class="l" id="{@id}-l"><xsl:value-of select="@t"/></span></xsl:when>
<xsl:otherwise><label for="{@id}"><xsl:value-of select="@t"/></label></xsl:otherwise></xsl:choose></div>
<div class="fv"><xsl:choose>
<xsl:when test="$fixed"><span class="v" id="{@id}"><xsl:apply-templates select="." mode="value"/></span></xsl:when>
<xsl:otherwise><xsl:apply-templates select="." mode="control"><xsl:with-param name="e" select="$e"/></xsl:apply-templates></xsl:otherwise></xsl:choose>
<xsl:if test="$e"><span class="err" id="{@id}-e"><xsl:for-each select="$e"><xsl:if test="position() &gt; 1">；</xsl:if><xsl:value-of select="."/></xsl:for-each></span></xsl:if>
<xsl:if test="@warn"><span class="hint warn"><xsl:value-of select="@warn"/></span></xsl:if>
<xsl:if test="@closed and not(@closed = /page/@shut)"><span class="hint"><xsl:value-of select="@closed"/></span></xsl:if>
<xsl:if test="@hint"><span class="hint" id="{@id}-t"><xsl:value-of select="@hint"/></span></xsl:if></div></div>
</xsl:template>

<xsl:template match="f" mode="told"><xsl:param name="e"/><xsl:if test="$e or (@hint and not(@closed))"><xsl:attribute name="aria-describedby"><xsl:if test="$e"><xsl:value-of select="@id"/>-e<xsl:if test="@hint"><xsl:text> </xsl:text></xsl:if></xsl:if><xsl:if test="@hint"><xsl:value-of select="@id"/>-t</xsl:if></xsl:attribute></xsl:if></xsl:template>

<!-- attributes that every single control has -->
<xsl:template match="f" mode="aria"><xsl:param name="e"/>
<xsl:attribute name="id"><xsl:value-of select="@id"/></xsl:attribute><xsl:attribute name="name"><xsl:value-of select="@id"/></xsl:attribute>
<xsl:if test="@req"><xsl:attribute name="aria-required">true</xsl:attribute></xsl:if>
<xsl:if test="$e"><xsl:attribute name="aria-invalid">true</xsl:attribute></xsl:if>
<xsl:apply-templates select="." mode="told"><xsl:with-param name="e" select="$e"/></xsl:apply-templates></xsl:template>

<xsl:template match="f" mode="control"><xsl:param name="e"/>
<xsl:choose><xsl:when test="@btn"><span class="with"><xsl:apply-templates select="." mode="input"><xsl:with-param name="e" select="$e"/></xsl:apply-templates><button class="btn" name="do" value="{@btn}"><xsl:value-of select="@btn-t"/></button></span></xsl:when>
<xsl:otherwise><xsl:apply-templates select="." mode="input"><xsl:with-param name="e" select="$e"/></xsl:apply-templates></xsl:otherwise></xsl:choose></xsl:template>

<xsl:template match="f" mode="input"><xsl:param name="e"/>
<input type="text" value="{@v}"><xsl:if test="@type='password'"><xsl:attribute name="type">password</xsl:attribute></xsl:if><xsl:apply-templates select="." mode="aria"><xsl:with-param name="e" select="$e"/></xsl:apply-templates>
<xsl:choose><xsl:when test="@auto"><xsl:attribute name="autocomplete"><xsl:value-of select="@auto"/></xsl:attribute></xsl:when><xsl:otherwise><xsl:attribute name="autocomplete">off</xsl:attribute></xsl:otherwise></xsl:choose>
<xsl:choose>
<xsl:when test="@type='date'"><xsl:attribute name="data-kind">date</xsl:attribute><xsl:attribute name="inputmode">numeric</xsl:attribute><xsl:attribute name="placeholder">年-月-日</xsl:attribute></xsl:when>
<xsl:when test="@type='month'"><xsl:attribute name="data-kind">date</xsl:attribute><xsl:attribute name="inputmode">numeric</xsl:attribute><xsl:attribute name="placeholder">年-月</xsl:attribute></xsl:when>
<xsl:when test="@type='int'"><xsl:attribute name="inputmode">numeric</xsl:attribute></xsl:when>
<xsl:when test="@ph"><xsl:attribute name="placeholder"><xsl:value-of select="@ph"/></xsl:attribute></xsl:when></xsl:choose><xsl:if test="s"><xsl:attribute name="list"><xsl:value-of select="@id"/>-s</xsl:attribute></xsl:if></input><xsl:apply-templates select="." mode="suggest"/></xsl:template>

<!-- names that a text may be taken from; whoever types another one may -->
<xsl:template match="f|col" mode="suggest"><xsl:if test="s"><datalist id="{@id}-s"><xsl:for-each select="s"><option value="{.}"></option></xsl:for-each></datalist></xsl:if></xsl:template>

<xsl:template match="f[@type='area']" mode="control"><xsl:param name="e"/><textarea rows="2"><xsl:apply-templates select="." mode="aria"><xsl:with-param name="e" select="$e"/></xsl:apply-templates><xsl:value-of select="@v"/></textarea></xsl:template>

<xsl:template match="f[@type='code']" mode="control"><xsl:param name="e"/><select><xsl:apply-templates select="." mode="aria"><xsl:with-param name="e" select="$e"/></xsl:apply-templates><xsl:apply-templates select="." mode="options"/></select></xsl:template>

<!-- options of a field or of a cell of a sub-table -->
<xsl:template match="f|c" mode="options">
<xsl:if test="not(o[@v=''])"><option value="">请选择</option></xsl:if>
<xsl:for-each select="o[not(@group)]"><option value="{@v}"><xsl:if test="@sel"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if><xsl:value-of select="."/></option></xsl:for-each>
<xsl:for-each select="o[@group and not(@group = preceding-sibling::o[1]/@group)]"><optgroup label="{@group}"><xsl:for-each select="../o[@group = current()/@group]"><option value="{@v}"><xsl:if test="@sel"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if><xsl:value-of select="."/></option></xsl:for-each></optgroup></xsl:for-each>
</xsl:template>

<xsl:template match="f[@type='radio']" mode="control"><xsl:param name="e"/><span class="opts"><xsl:for-each select="o"><label class="opt"><input type="radio" name="{../@id}" value="{@v}"><xsl:if test="position() = 1"><xsl:attribute name="id"><xsl:value-of select="../@id"/></xsl:attribute></xsl:if><xsl:if test="@sel"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if></input><xsl:value-of select="."/></label></xsl:for-each></span></xsl:template>

<!-- a choice from a tree: what is chosen, the button that opens the tree, and
     the tree itself; every step is a submit button of the same form -->
<xsl:template match="f[@type='tree']" mode="control"><xsl:param name="e"/><span class="with"><span class="v"><xsl:choose><xsl:when test="@v != ''"><xsl:value-of select="@shown"/></xsl:when><xsl:otherwise><span class="sub">未选择</span></xsl:otherwise></xsl:choose></span><input type="hidden" name="{@id}" value="{@v}"/>
<xsl:if test="not(@only)"><button class="btn dir" id="{@id}" name="do"><xsl:attribute name="value">pick:<xsl:value-of select="@id"/><xsl:if test="tree">:no</xsl:if></xsl:attribute><xsl:attribute name="aria-expanded"><xsl:choose><xsl:when test="tree">true</xsl:when><xsl:otherwise>false</xsl:otherwise></xsl:choose></xsl:attribute><xsl:choose><xsl:when test="tree">收起</xsl:when><xsl:when test="@btn-t"><xsl:value-of select="@btn-t"/></xsl:when><xsl:otherwise>选择</xsl:otherwise></xsl:choose></button></xsl:if></span>
<xsl:apply-templates select="tree"/></xsl:template>

<xsl:template match="f/tree"><xsl:variable name="id" select="../@id"/>
<div class="tree"><div class="find"><label for="pick.{$id}.q">查找</label><input type="text" id="pick.{$id}.q" name="pick.{$id}.q" value="{@q}" autocomplete="off" placeholder="名称、简称、代码或拼音首字母"/><button class="btn s" name="do" value="pick:{$id}:find">查找</button><xsl:if test="@found"><button class="btn s" name="do" value="pick:{$id}">全部</button></xsl:if></div>
<xsl:choose><xsl:when test="n"><xsl:call-template name="branch"><xsl:with-param name="id" select="$id"/></xsl:call-template></xsl:when>
<xsl:otherwise><p class="sub" role="status">没有找到“<xsl:value-of select="@q"/>”，请换用全称、简称、代码或拼音首字母再查找</p></xsl:otherwise></xsl:choose>
<xsl:if test="@more"><p class="sub">未全部列出，请用上面的查找</p></xsl:if></div>
</xsl:template>
<xsl:template name="branch"><xsl:param name="id"/>
<ul><xsl:for-each select="n"><li><xsl:choose>
<xsl:when test="@open"><button class="lnk tw" name="do" value="pick:{$id}:at:{../@v}" aria-expanded="true">－<span class="vh">收起<xsl:value-of select="@t"/></span></button></xsl:when>
<xsl:when test="@kids and not(../@found)"><button class="lnk tw" name="do" value="pick:{$id}:at:{@v}" aria-expanded="false">＋<span class="vh">展开<xsl:value-of select="@t"/></span></button></xsl:when>
<xsl:otherwise><span class="tw"></span></xsl:otherwise></xsl:choose><button class="lnk" name="do" value="pick:{$id}:is:{@v}"><xsl:if test="@sel"><xsl:attribute name="aria-current">true</xsl:attribute></xsl:if><xsl:value-of select="@t"/></button><xsl:if test="@note"><span class="sub"><xsl:value-of select="@note"/></span></xsl:if>
<xsl:if test="n"><xsl:call-template name="branch"><xsl:with-param name="id" select="$id"/></xsl:call-template></xsl:if></li></xsl:for-each></ul>
</xsl:template>

<xsl:template match="f[@type='check']" mode="control"><xsl:param name="e"/><span class="opts"><xsl:choose>
<xsl:when test="o"><xsl:for-each select="o"><label class="opt"><input type="checkbox" name="{../@id}" value="{@v}"><xsl:if test="position() = 1"><xsl:attribute name="id"><xsl:value-of select="../@id"/></xsl:attribute></xsl:if><xsl:if test="@sel"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if></input><xsl:value-of select="."/></label></xsl:for-each></xsl:when>
<xsl:otherwise><input type="checkbox" value="1"><xsl:apply-templates select="." mode="aria"><xsl:with-param name="e" select="$e"/></xsl:apply-templates><xsl:if test="@v='1'"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if></input></xsl:otherwise></xsl:choose></span></xsl:template>

<!-- sub-table: rows are plain inputs; add and delete are submit buttons -->
<xsl:template match="grid">
<xsl:variable name="cols" select="col"/>
<xsl:variable name="grid" select="@id"/>
<xsl:if test="@closed and not(@closed = /page/@shut)"><p class="text sub"><xsl:value-of select="@closed"/></p></xsl:if>
<div class="wide"><table class="grid"><xsl:if test="not(ancestor::item)"><xsl:attribute name="id"><xsl:value-of select="@id"/></xsl:attribute></xsl:if><caption class="vh"><xsl:value-of select="../@t"/></caption>
<thead><tr><th scope="col" class="n">序号</th><xsl:for-each select="col"><th scope="col" class="cw{@w}"><xsl:if test="@req and not(../@ro)"><span class="req" aria-hidden="true">*</span></xsl:if><xsl:value-of select="@t"/><xsl:if test="@hint and not(../@ro)"><span class="hint"><xsl:value-of select="@hint"/></span></xsl:if></th></xsl:for-each><xsl:if test="not(@ro)"><th scope="col" class="o">操作</th></xsl:if></tr></thead>
<tbody><xsl:if test="not(r)"><tr><td class="none" colspan="{count(col) + 2 - count(@ro)}">暂无记录</td></tr></xsl:if>
<xsl:for-each select="r"><xsl:variable name="n" select="position()"/><tr><td class="t num c" data-t="序号"><xsl:value-of select="$n"/></td>
<xsl:for-each select="c"><xsl:variable name="at" select="position()"/><xsl:apply-templates select="."><xsl:with-param name="col" select="$cols[$at]"/><xsl:with-param name="n" select="$n"/></xsl:apply-templates></xsl:for-each>
<xsl:if test="not(../@ro)"><td class="t nw" data-t="操作"><button class="lnk" name="do" value="del:{$grid}:{@n}">删除<span class="vh">第 <xsl:value-of select="$n"/> 行</span></button></td></xsl:if></tr></xsl:for-each></tbody></table></div>
<xsl:if test="@warn"><p class="under"><span class="hint warn"><xsl:value-of select="@warn"/></span></p></xsl:if>
<xsl:if test="not(@ro)"><xsl:if test="r"><xsl:apply-templates select="col[s]" mode="suggest"/></xsl:if>
<xsl:for-each select="$errors[@f = $grid]"><p class="under"><span class="err"><xsl:value-of select="."/></span></p></xsl:for-each>
<div class="addrow"><button class="btn s" name="do" value="add:{@id}">＋ 添加一行<span class="vh"><xsl:value-of select="../@t"/></span></button></div></xsl:if>
</xsl:template>

<xsl:template match="grid/r/c"><xsl:param name="col"/><xsl:param name="n"/>
<xsl:variable name="e" select="$errors[@f = current()/@id]"/>
<td data-t="{$col/@t}"><xsl:choose>
<xsl:when test="@closed or ../../@ro or $col/@type='shown'"><xsl:attribute name="class">t</xsl:attribute><xsl:if test="@id and not(ancestor::item)"><span id="{@id}"><xsl:apply-templates select="." mode="value"/></span></xsl:if><xsl:if test="not(@id) or ancestor::item"><xsl:apply-templates select="." mode="value"/></xsl:if><xsl:if test="@closed and not(@closed = /page/@shut)"><span class="hint"><xsl:value-of select="@closed"/></span></xsl:if></xsl:when>
<xsl:otherwise><xsl:if test="$e"><xsl:attribute name="class">bad</xsl:attribute></xsl:if><xsl:choose>
<xsl:when test="$col/@type='code' or $col/@type='radio' or o"><select><xsl:apply-templates select="." mode="aria"><xsl:with-param name="col" select="$col"/><xsl:with-param name="n" select="$n"/><xsl:with-param name="e" select="$e"/></xsl:apply-templates><xsl:apply-templates select="." mode="options"/></select></xsl:when>
<xsl:when test="$col/@type='area'"><textarea rows="1"><xsl:apply-templates select="." mode="aria"><xsl:with-param name="col" select="$col"/><xsl:with-param name="n" select="$n"/><xsl:with-param name="e" select="$e"/></xsl:apply-templates><xsl:value-of select="@v"/></textarea></xsl:when>
<xsl:when test="$col/@type='check'"><input type="checkbox" value="1"><xsl:apply-templates select="." mode="aria"><xsl:with-param name="col" select="$col"/><xsl:with-param name="n" select="$n"/><xsl:with-param name="e" select="$e"/></xsl:apply-templates><xsl:if test="@v='1'"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if></input></xsl:when>
<xsl:otherwise><input type="text" value="{@v}" autocomplete="off"><xsl:apply-templates select="." mode="aria"><xsl:with-param name="col" select="$col"/><xsl:with-param name="n" select="$n"/><xsl:with-param name="e" select="$e"/></xsl:apply-templates><xsl:if test="$col/@type='date' or $col/@type='month'"><xsl:attribute name="data-kind">date</xsl:attribute><xsl:attribute name="inputmode">numeric</xsl:attribute><xsl:attribute name="placeholder"><xsl:choose><xsl:when test="$col/@type='date'">年-月-日</xsl:when><xsl:otherwise>年-月</xsl:otherwise></xsl:choose></xsl:attribute></xsl:if><xsl:if test="$col/s"><xsl:attribute name="list"><xsl:value-of select="$col/@id"/>-s</xsl:attribute></xsl:if></input></xsl:otherwise></xsl:choose></xsl:otherwise></xsl:choose>
<xsl:if test="$e and not(ancestor::item)"><span class="err" id="{@id}-e"><xsl:for-each select="$e"><xsl:if test="position() &gt; 1">；</xsl:if><xsl:value-of select="."/></xsl:for-each></span></xsl:if></td>
</xsl:template>
<xsl:template match="grid/r/c" mode="value"><xsl:choose><xsl:when test="o[@sel]"><xsl:value-of select="o[@sel]"/></xsl:when><xsl:when test="@v"><xsl:value-of select="@v"/></xsl:when><xsl:otherwise><xsl:value-of select="text()"/></xsl:otherwise></xsl:choose></xsl:template>
<xsl:template match="grid/r/c" mode="aria"><xsl:param name="col"/><xsl:param name="n"/><xsl:param name="e"/>
<xsl:attribute name="id"><xsl:value-of select="@id"/></xsl:attribute><xsl:attribute name="name"><xsl:value-of select="@id"/></xsl:attribute>
<xsl:attribute name="aria-label">第<xsl:value-of select="$n"/>行<xsl:value-of select="$col/@t"/></xsl:attribute>
<xsl:if test="$col/@req"><xsl:attribute name="aria-required">true</xsl:attribute></xsl:if>
<xsl:if test="$e"><xsl:attribute name="aria-invalid">true</xsl:attribute><xsl:attribute name="aria-describedby"><xsl:value-of select="@id"/>-e</xsl:attribute></xsl:if></xsl:template>

<!-- papers: one row for each that is asked for -->
<!-- the first of a kind outside of the persons is the one that an error leads to -->
<xsl:key name="paper" match="x[not(ancestor::item)]" use="@id"/>
<!-- what is asked for is of no meaning where nothing says it: in an archive -->
<xsl:template match="section/filelist"><xsl:variable name="asks" select="not(@ro) or x/@hint"/>
<div class="wide"><table class="grid files"><caption class="vh"><xsl:value-of select="../@t"/></caption>
<thead><tr><th scope="col" class="n">序号</th><th scope="col">材料名称</th><xsl:if test="$asks"><th scope="col">要求</th></xsl:if><th scope="col">已上传文件</th><xsl:if test="not(@ro)"><th scope="col">上传</th></xsl:if></tr></thead>
<tbody><xsl:if test="not(x)"><tr><td class="none" colspan="{4 - count(@ro) + $asks}">不需要附件</td></tr></xsl:if>
<xsl:for-each select="x"><xsl:variable name="id" select="concat('paper.', @id)"/><xsl:variable name="e" select="$errors[@f = $id]"/>
<tr><xsl:if test="$e"><xsl:attribute name="class">bad</xsl:attribute></xsl:if><td class="t num c" data-t="序号"><xsl:value-of select="position()"/></td>
<td class="t" data-t="材料名称"><xsl:if test="@req and not(../@ro)"><span class="req" aria-hidden="true">*</span></xsl:if><xsl:choose><xsl:when test="../@ro or @closed"><span><xsl:if test="generate-id() = generate-id(key('paper', @id)[1])"><xsl:attribute name="id"><xsl:value-of select="$id"/></xsl:attribute></xsl:if><xsl:value-of select="@t"/></span></xsl:when><xsl:otherwise><label for="{$id}"><xsl:value-of select="@t"/></label></xsl:otherwise></xsl:choose></td>
<xsl:if test="$asks"><td class="t sub" data-t="要求"><span><xsl:if test="generate-id() = generate-id(key('paper', @id)[1])"><xsl:attribute name="id"><xsl:value-of select="$id"/>-t</xsl:attribute></xsl:if><xsl:value-of select="@hint"/></span></td></xsl:if>
<td class="t" data-t="已上传文件"><xsl:if test="not(file)"><span class="sub">未上传</span></xsl:if>
<xsl:for-each select="file"><div class="has"><xsl:apply-templates select="." mode="open"/><span class="sub num">（<xsl:value-of select="@type"/>，<xsl:value-of select="@size"/>）</span><xsl:if test="not(../../@ro or ../@closed)"><button class="lnk" name="do" value="rm:{@id}">移除<span class="vh"><xsl:value-of select="@name"/></span></button></xsl:if></div></xsl:for-each>
<xsl:if test="../@ro and $e and not(ancestor::item)"><span class="err"><xsl:value-of select="$e"/></span></xsl:if></td>
<xsl:if test="not(../@ro) and @closed"><td class="t" data-t="上传"><xsl:if test="not(@closed = /page/@shut)"><span class="sub"><xsl:value-of select="@closed"/></span></xsl:if></td></xsl:if><xsl:if test="not(../@ro or @closed)"><td class="t" data-t="上传"><input type="file" multiple="multiple" id="{$id}" name="{$id}" accept=".pdf,.jpg,.jpeg,.png"><xsl:if test="@req"><xsl:attribute name="aria-required">true</xsl:attribute></xsl:if><xsl:if test="$e"><xsl:attribute name="aria-invalid">true</xsl:attribute></xsl:if><xsl:attribute name="aria-describedby"><xsl:if test="$e"><xsl:value-of select="$id"/>-e </xsl:if><xsl:value-of select="$id"/>-t</xsl:attribute></input><xsl:if test="$e"><span class="err" id="{$id}-e"><xsl:for-each select="$e"><xsl:if test="position() &gt; 1">；</xsl:if><xsl:value-of select="."/></xsl:for-each></span></xsl:if></td></xsl:if></tr></xsl:for-each></tbody></table></div>
</xsl:template>
</xsl:stylesheet>
