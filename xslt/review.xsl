<?xml version="1.0" encoding="UTF-8"?>
<!-- The reviewer's page: steps; what was found comes first and stands at the
     right, or above a paper that is shown beside the data; then the persons,
     opinion and history.  SPDX-License-Identifier: MulanPSL-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:import href="bz:frame.xsl"/>
<xsl:template match="page" mode="body">
<xsl:apply-templates select="." mode="top"/>
<xsl:apply-templates select="steps"/>
<xsl:variable name="beside"><xsl:apply-templates select="person"/><xsl:apply-templates select="checks"/><xsl:apply-templates select="quota"/></xsl:variable>
<xsl:choose>
<!-- with a paper beside the data: what was found above both -->
<xsl:when test="scans/@paper">
<aside class="found" aria-label="核对资料"><xsl:copy-of select="$beside"/></aside>
<div class="cols wide"><div class="b"><xsl:apply-templates select="scans"/></div>
<div class="a"><xsl:apply-templates select="." mode="data"/></div></div></xsl:when>
<xsl:otherwise>
<div class="cols"><aside class="b" aria-label="核对资料"><xsl:copy-of select="$beside"/><xsl:apply-templates select="filelist"/></aside>
<div class="a"><xsl:apply-templates select="." mode="data"/></div></div></xsl:otherwise></xsl:choose>
</xsl:template>

<xsl:template match="page" mode="data">
<xsl:if test="changes/d"><section class="card" aria-label="申请信息的变更"><h2>申请信息</h2><xsl:apply-templates select="changes"/></section></xsl:if>
<xsl:apply-templates select="section"/>
<xsl:choose>
<xsl:when test="form[move]"><xsl:apply-templates select="form[move][1]" mode="opinion"/></xsl:when>
<xsl:otherwise><xsl:apply-templates select="item"/></xsl:otherwise></xsl:choose>
<xsl:apply-templates select="table" mode="part"/>
<xsl:apply-templates select="form[not(move)]"/>
<xsl:apply-templates select="log"/>
</xsl:template>

<!-- beside a field, or above a list, the papers that decide it -->
<xsl:template match="section/f[@v != '' or o[@sel]]|item/section[starts-with(@id, 'list-') and grid/r]" mode="proof">
<xsl:variable name="name"><xsl:choose><xsl:when test="self::section"><xsl:value-of select="substring-after(@id, 'list-')"/></xsl:when><xsl:otherwise><xsl:value-of select="@id"/></xsl:otherwise></xsl:choose></xsl:variable>
<xsl:for-each select="(ancestor-or-self::section/../section/filelist/x[file and @decides]|$proofs)[contains(concat(' ', @decides, ' '), concat(' ', $name, ' '))]/file[1]"><xsl:apply-templates select="." mode="proof"/></xsl:for-each>
</xsl:template>
<xsl:template match="file" mode="proof"><a class="proof" href="{@href}"><xsl:apply-templates select="." mode="where"/>依据<span class="vh">：<xsl:value-of select="../@t"/></span></a></xsl:template>

<!-- items and opinion in one form, so that remarks and ticks go along -->
<xsl:template match="form" mode="opinion">
<form class="form" method="post" action="{@action}" novalidate="novalidate">
<xsl:apply-templates select="." mode="head"/>
<xsl:apply-templates select="/page/item"/>
<xsl:if test="remark"><section class="card" aria-label="申请信息、附件的退回意见"><details><xsl:if test="remark[@v != '']"><xsl:attribute name="open">open</xsl:attribute></xsl:if><summary>申请信息、附件的退回意见</summary><div class="fgrid"><xsl:for-each select="remark"><div class="f"><div class="fl"><label for="{@n}"><xsl:value-of select="@t"/></label></div><div class="fv"><xsl:if test="@now != ''"><span class="v"><xsl:value-of select="@now"/></span></xsl:if><input type="text" id="{@n}" name="{@n}" value="{@v}" autocomplete="off"/></div></div></xsl:for-each></div></details></section></xsl:if>
<section class="card opinion" aria-labelledby="opinion-h"><h2 id="opinion-h">审核意见<xsl:if test="@note"><small><xsl:value-of select="@note"/></small></xsl:if></h2>
<xsl:apply-templates select="text"/>
<xsl:if test="f"><div class="fgrid"><xsl:apply-templates select="f"/></div></xsl:if>
<div class="row"><label class="k" for="opinion">意见说明</label><div class="x"><textarea id="opinion" name="opinion" rows="3" aria-describedby="opinion-t"><xsl:if test="$errors[@f='opinion']"><xsl:attribute name="aria-invalid">true</xsl:attribute><xsl:attribute name="aria-describedby">opinion-e opinion-t</xsl:attribute></xsl:if><xsl:value-of select="opinion"/></textarea>
<xsl:if test="$errors[@f='opinion']"><span class="err" id="opinion-e"><xsl:value-of select="$errors[@f='opinion']"/></span></xsl:if>
<span class="hint" id="opinion-t"><xsl:choose><xsl:when test="move/@opinion">“<xsl:for-each select="move[@opinion]"><xsl:if test="position() &gt; 1">”“</xsl:if><xsl:value-of select="@t"/></xsl:for-each>”必须写明理由和改正办法</xsl:when><xsl:otherwise>可以不填</xsl:otherwise></xsl:choose></span></div></div>
<div class="row last"><span class="k"></span><div class="x"><xsl:apply-templates select="move|b|a" mode="button"/></div></div>
</section>
</form>
</xsl:template>
</xsl:stylesheet>
