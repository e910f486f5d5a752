<?xml version="1.0" encoding="UTF-8"?>
<!-- 机关事业单位编制使用单 and 事业单位编制使用计划申报表 in the browser, each copy by itself.  Its PDF:
     sheets-pdf.xsl.  SPDX-License-Identifier: MulanPSL-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:import href="bz:sheet.xsl"/>

<!-- one cell: what it is called, then what it is -->
<xsl:template name="pair"><xsl:param name="t"/><xsl:param name="v"/><xsl:param name="span" select="1"/><th scope="row"><xsl:value-of select="$t"/></th><td><xsl:if test="$span &gt; 1"><xsl:attribute name="colspan"><xsl:value-of select="$span"/></xsl:attribute></xsl:if><xsl:value-of select="$v"/></td></xsl:template>

<xsl:template match="slip" mode="paper"><xsl:for-each select="copy"><xsl:apply-templates select=".." mode="page"><xsl:with-param name="copy" select="."/></xsl:apply-templates></xsl:for-each></xsl:template>

<xsl:template match="slip" mode="page"><xsl:param name="copy"/>
<section class="sheet" aria-label="第{$copy/@n}联 {$copy/@t}">
<xsl:apply-templates select="." mode="again"/>
<div class="copy"><b>第<xsl:value-of select="$copy/@n"/>联</b><xsl:value-of select="$copy/@t"/></div>
<xsl:apply-templates select="." mode="head"><xsl:with-param name="right" select="concat('有效期至：', slip/@until)"/></xsl:apply-templates>
<table class="form"><caption class="vh">用编单位和申请</caption><tbody>
<tr><xsl:call-template name="pair"><xsl:with-param name="t">用编单位</xsl:with-param><xsl:with-param name="v" select="@unit"/><xsl:with-param name="span" select="3"/></xsl:call-template><xsl:call-template name="pair"><xsl:with-param name="t">机构规格</xsl:with-param><xsl:with-param name="v" select="unit/@level"/></xsl:call-template></tr>
<tr><xsl:call-template name="pair"><xsl:with-param name="t">主管部门</xsl:with-param><xsl:with-param name="v" select="unit/@supervisor"/><xsl:with-param name="span" select="3"/></xsl:call-template><xsl:call-template name="pair"><xsl:with-param name="t">经费形式</xsl:with-param><xsl:with-param name="v" select="unit/@funding"/></xsl:call-template></tr>
<tr><xsl:call-template name="pair"><xsl:with-param name="t">申请文件</xsl:with-param><xsl:with-param name="v" select="head/apply_title"/><xsl:with-param name="span" select="3"/></xsl:call-template><xsl:call-template name="pair"><xsl:with-param name="t">文号、日期</xsl:with-param><xsl:with-param name="v" select="concat(head/apply_no, ' ', head/apply_date)"/></xsl:call-template></tr>
</tbody></table>
<table class="use"><caption class="vh">编制情况</caption>
<thead><tr><th scope="col">编制类型</th><th scope="col">核定编制数</th><th scope="col">实有人数</th><th scope="col">已批未用数</th><th scope="col">可用空编数</th><th scope="col">本次核准数</th></tr></thead>
<tbody><xsl:for-each select="quota"><tr><td><xsl:value-of select="@kind"/></td><td class="num"><xsl:value-of select="@cap"/></td><td class="num"><xsl:value-of select="@have"/></td><td class="num"><xsl:value-of select="@granted"/></td><td class="num"><xsl:value-of select="@free"/></td><td class="num"><xsl:value-of select="@now"/></td></tr></xsl:for-each>
<tr><th scope="row">合计</th><td colspan="5">核准使用编制 <xsl:value-of select="granted/@all"/> 名（大写：<xsl:value-of select="granted/@capitals"/>名）</td></tr></tbody></table>
<table class="persons"><caption class="vh">用编形式</caption>
<thead><tr><th scope="col" class="w38">用编形式</th><th scope="col" class="w13">人数</th><th scope="col" class="w28">编制类型</th><th scope="col" class="w28">拟用岗位（编制结构）</th><th scope="col">学历、专业、资格等条件</th><th scope="col" class="w17">备注</th></tr></thead>
<tbody><xsl:for-each select="item"><tr><td><xsl:value-of select="entry_mode"/></td><td class="num"><xsl:value-of select="amount"/></td><td><xsl:value-of select="staffing_type"/></td><td><xsl:value-of select="structure"/></td><td><xsl:value-of select="conditions"/></td><td><xsl:value-of select="note"/></td></tr></xsl:for-each></tbody></table>
<table class="form"><caption class="vh">领导职数和用编计划</caption><tbody><tr><xsl:call-template name="pair"><xsl:with-param name="t">领导职数</xsl:with-param><xsl:with-param name="v" select="concat('核定 ', leads/@cap, '，实配 ', leads/@have)"/></xsl:call-template><xsl:call-template name="pair"><xsl:with-param name="t">是否年度用编</xsl:with-param><xsl:with-param name="v" select="head/annual"/></xsl:call-template></tr></tbody></table>
<table class="form"><caption class="vh">各环节意见</caption><thead><tr><th scope="col" class="w24">环节</th><th scope="col">意见</th><th scope="col" class="w24">姓名</th><th scope="col" class="w24">日期</th></tr></thead>
<tbody><xsl:for-each select="move[not(following-sibling::move/@from = @from)]"><tr class="step"><td><xsl:value-of select="@step"/></td><td><xsl:choose><xsl:when test="string(@opinion) != ''"><xsl:value-of select="@opinion"/></xsl:when><xsl:otherwise><xsl:value-of select="@act"/></xsl:otherwise></xsl:choose></td><td><xsl:apply-templates select="@who" mode="name"/></td><td class="num"><xsl:value-of select="@at"/></td></tr></xsl:for-each></tbody></table>
<ol class="notes"><li>主管部门凭本单到组织、人社部门办理考录（聘用）、人才引进、调入等手续，只能按核准的用编形式在有效期内使用。</li><li>涂改、复印无效；扫码或<xsl:apply-templates select="." mode="check"/>输入校验码查验真伪。</li></ol>
<div class="end"><xsl:apply-templates select="." mode="code"/><xsl:apply-templates select="." mode="seal"/></div>
</section></xsl:template>

<!-- == 申报表: front and back == -->
<xsl:template match="plan" mode="paper"><xsl:for-each select="copy"><xsl:apply-templates select=".." mode="front"><xsl:with-param name="copy" select="."/></xsl:apply-templates><xsl:apply-templates select=".." mode="back"><xsl:with-param name="copy" select="."/></xsl:apply-templates></xsl:for-each></xsl:template>

<xsl:template match="plan" mode="front"><xsl:param name="copy"/><xsl:variable name="p" select="plan"/>
<section class="sheet" aria-label="第{$copy/@n}联 {$copy/@t} 正面">
<xsl:apply-templates select="." mode="again"/>
<div class="copy"><b>第<xsl:value-of select="$copy/@n"/>联</b><xsl:value-of select="$copy/@t"/></div>
<xsl:apply-templates select="." mode="head"><xsl:with-param name="right" select="concat('一式', @copies, '份')"/><xsl:with-param name="pages" select="2"/></xsl:apply-templates>
<p class="sub">（<xsl:value-of select="$p/@year"/> 年度）</p>
<table class="form"><caption class="vh">申请单位情况</caption><colgroup><col class="w36"/><col/><col class="w36"/><col/><col class="w36"/><col/></colgroup><tbody>
<tr><xsl:call-template name="pair"><xsl:with-param name="t">单位全称</xsl:with-param><xsl:with-param name="v" select="@unit"/><xsl:with-param name="span" select="3"/></xsl:call-template><xsl:call-template name="pair"><xsl:with-param name="t">机构级别</xsl:with-param><xsl:with-param name="v" select="unit/@level"/></xsl:call-template></tr>
<tr><th scope="row">单位性质</th><td colspan="5"><xsl:apply-templates select="." mode="fund"/></td></tr>
<tr><xsl:call-template name="pair"><xsl:with-param name="t">核定编制数（名）</xsl:with-param><xsl:with-param name="v" select="$p/@approved"/></xsl:call-template><xsl:call-template name="pair"><xsl:with-param name="t">在编人数（人）</xsl:with-param><xsl:with-param name="v" select="$p/@occupied"/></xsl:call-template><xsl:call-template name="pair"><xsl:with-param name="t">未使用计划数（人）</xsl:with-param><xsl:with-param name="v" select="$p/@reserved"/></xsl:call-template></tr>
<tr><xsl:call-template name="pair"><xsl:with-param name="t">核定单位领导职数</xsl:with-param><xsl:with-param name="v" select="$p/@lead_cap"/></xsl:call-template><xsl:call-template name="pair"><xsl:with-param name="t">实配单位领导人数</xsl:with-param><xsl:with-param name="v" select="$p/@lead_have"/></xsl:call-template><xsl:call-template name="pair"><xsl:with-param name="t">实配单位其他领导人数</xsl:with-param><xsl:with-param name="v" select="$p/@lead_other"/></xsl:call-template></tr>
</tbody></table>
<table class="form ways"><caption class="vh">用编形式</caption>
<thead><tr><th scope="col" class="w38">用编形式</th><th scope="col" class="w30">使用编制数（名）</th><th scope="col">学历、专业（大类）、从业资格等相关条件</th><th scope="col" class="w24">备注</th></tr></thead>
<tbody><xsl:for-each select="$p/way"><tr><th scope="row"><xsl:value-of select="@t"/></th><td class="num"><xsl:value-of select="@n"/></td><td><xsl:choose><xsl:when test="string-length(@conditions) &gt; 400"><xsl:attribute name="class">longer</xsl:attribute></xsl:when><xsl:when test="string-length(@conditions) &gt; 80"><xsl:attribute name="class">long</xsl:attribute></xsl:when></xsl:choose><xsl:value-of select="@conditions"/></td><td><xsl:value-of select="@note"/></td></tr></xsl:for-each>
<tr><th scope="row">合计</th><td class="num"><xsl:value-of select="$p/@all"/></td><td></td><td></td></tr></tbody></table>
</section></xsl:template>

<xsl:template match="plan" mode="back"><xsl:param name="copy"/>
<section class="sheet" aria-label="第{$copy/@n}联 {$copy/@t} 背面">
<xsl:if test="@void"><p class="void"><xsl:value-of select="@void"/></p></xsl:if>
<div class="copy"><b>第<xsl:value-of select="$copy/@n"/>联</b><xsl:value-of select="$copy/@t"/></div>
<div class="no"><span><xsl:value-of select="@no"/></span><span>第 2 页　共 2 页</span></div>
<table class="form opinions"><caption class="vh">签章</caption><colgroup><col class="w24"/><col/></colgroup><tbody>
<tr><th scope="row">使用编制<br/>单位意见</th><td class="text"><p></p><xsl:call-template name="blank"/></td></tr>
<tr><th scope="row">主管部门<br/>意见</th><td class="text"><p><xsl:value-of select="move[@from = 'parent'][last()]/@opinion"/></p><xsl:call-template name="blank"/></td></tr>
<tr><th scope="row">编办审批<br/>意见</th><td class="text"><p><xsl:apply-templates select="." mode="grant"/></p><div class="end"><xsl:apply-templates select="." mode="code"/><xsl:apply-templates select="." mode="seal"/></div></td></tr>
</tbody></table>
<p class="by"><span>申报单位负责人签字：</span><span>填报人：<xsl:value-of select="move[@from = 'draft'][last()]/@who"/></span><span>联系电话：</span></p>
<ol class="notes"><li>计划仅在有效期内有效（有效期至 <xsl:value-of select="slip/@until"/>），批准后作为组织、人社部门办理手续的凭证。</li><li>未使用计划数指已批复计划中尚未办理进编的人数。</li><li>涂改、复印无效；扫码或<xsl:apply-templates select="." mode="check"/>输入校验码查验真伪。</li></ol>
<p class="made"><xsl:value-of select="@issuer"/>印制</p>
</section></xsl:template>

<!-- to be signed and sealed by hand -->
<xsl:template name="blank"><div class="end"><span></span><div class="sign"><i>（公章）</i><p>　　　　年　　月　　日</p></div></div></xsl:template>

<xsl:template match="plan" mode="grant">经审核，同意<xsl:value-of select="@unit"/>使用编制 <xsl:value-of select="plan/@all"/> 名，使用单编号<xsl:value-of select="@no"/>。</xsl:template>

<!-- the three that the form names, and another one where it is that -->
<xsl:template match="plan" mode="fund"><xsl:variable name="f" select="plan/@fund"/>全额拨款（<xsl:choose><xsl:when test="$f = '1'">√</xsl:when><xsl:otherwise>　</xsl:otherwise></xsl:choose>）　差额拨款（<xsl:choose><xsl:when test="$f = '2'">√</xsl:when><xsl:otherwise>　</xsl:otherwise></xsl:choose>）　自收自支（<xsl:choose><xsl:when test="$f = '3'">√</xsl:when><xsl:otherwise>　</xsl:otherwise></xsl:choose>）<xsl:if test="not($f = '1' or $f = '2' or $f = '3')">　<xsl:value-of select="unit/@funding"/>（√）</xsl:if></xsl:template>
</xsl:stylesheet>
