<?xml version="1.0" encoding="UTF-8"?>
<!-- 机关事业单位编制使用单 and 事业单位编制使用计划申报表 as boxes in millimetres: sheets.xsl for the PDF.
     SPDX-License-Identifier: MulanPSL-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:import href="bz:boxes.xsl"/>

<xsl:template match="slip" mode="paper"><xsl:for-each select="copy"><xsl:apply-templates select=".." mode="page"><xsl:with-param name="copy" select="."/></xsl:apply-templates></xsl:for-each></xsl:template>

<xsl:template match="slip" mode="page"><xsl:param name="copy"/>
<xsl:variable name="q" select="count(quota)"/><xsl:variable name="n" select="count(item)"/>
<xsl:variable name="items" select="77 + 8 * ($q + 2) + 3"/><xsl:variable name="leads" select="$items + 8 + 10 * $n"/><xsl:variable name="steps" select="$leads + 11"/>
<xsl:variable name="moves" select="move[not(following-sibling::move/@from = @from)]"/>
<page w="210" h="297">
<xsl:apply-templates select="." mode="head"><xsl:with-param name="right" select="concat('有效期至：', slip/@until)"/></xsl:apply-templates>
<xsl:call-template name="copy"><xsl:with-param name="nth" select="$copy/@n"/><xsl:with-param name="for" select="$copy/@t"/></xsl:call-template>
<row x="26" y="50" h="8" pt="10"><c w="22" font="hei" pt="9.5">用编单位</c><c w="80"><xsl:value-of select="@unit"/></c><c w="22" font="hei" pt="9.5">机构规格</c><c w="38"><xsl:value-of select="unit/@level"/></c></row>
<row x="26" y="58" h="8" pt="10"><c w="22" font="hei" pt="9.5">主管部门</c><c w="80"><xsl:value-of select="unit/@supervisor"/></c><c w="22" font="hei" pt="9.5">经费形式</c><c w="38"><xsl:value-of select="unit/@funding"/></c></row>
<row x="26" y="66" h="8" pt="10"><c w="22" font="hei" pt="9.5">申请文件</c><c w="80"><xsl:value-of select="head/apply_title"/></c><c w="22" font="hei" pt="9.5">文号、日期</c><c w="38"><xsl:value-of select="head/apply_no"/><xsl:text> </xsl:text><xsl:value-of select="head/apply_date"/></c></row>
<row x="26" y="77" h="8" font="hei"><c w="32">编制类型</c><c w="26">核定编制数</c><c w="26">实有人数</c><c w="26">已批未用数</c><c w="26">可用空编数</c><c w="26">本次核准数</c></row>
<xsl:for-each select="quota"><row x="26" y="{77 + 8 * position()}" h="8"><c w="32"><xsl:value-of select="@kind"/></c><c w="26"><xsl:value-of select="@cap"/></c><c w="26"><xsl:value-of select="@have"/></c><c w="26"><xsl:value-of select="@granted"/></c><c w="26"><xsl:value-of select="@free"/></c><c w="26"><xsl:value-of select="@now"/></c></row></xsl:for-each>
<row x="26" y="{77 + 8 * ($q + 1)}" h="8"><c w="32" font="hei">合计</c><c w="130" align="left" pad="1.2">核准使用编制 <xsl:value-of select="granted/@all"/> 名（大写：<xsl:value-of select="granted/@capitals"/>名）</c></row>
<row x="26" y="{$items}" h="8" font="hei"><c w="36">用编形式</c><c w="12">人数</c><c w="26">编制类型</c><c w="26">拟用岗位</c><c w="44">学历、专业、资格等条件</c><c w="18">备注</c></row>
<xsl:for-each select="item"><row x="26" y="{$items + 8 + 10 * (position() - 1)}" h="10"><c w="36"><xsl:value-of select="entry_mode"/></c><c w="12"><xsl:value-of select="amount"/></c><c w="26"><xsl:value-of select="staffing_type"/></c><c w="26"><xsl:value-of select="structure"/></c><c w="44"><xsl:value-of select="conditions"/></c><c w="18"><xsl:value-of select="note"/></c></row></xsl:for-each>
<row x="26" y="{$leads}" h="8"><c w="36" font="hei">领导职数</c><c w="52">核定 <xsl:value-of select="leads/@cap"/>，实配 <xsl:value-of select="leads/@have"/></c><c w="36" font="hei">是否年度用编</c><c w="38"><xsl:value-of select="head/annual"/></c></row>
<row x="26" y="{$steps}" h="7" font="hei"><c w="32">环节</c><c w="70">意见</c><c w="30">姓名</c><c w="30">日期</c></row>
<xsl:for-each select="$moves"><row x="26" y="{$steps + 7 * position()}" h="7"><c w="32"><xsl:value-of select="@step"/></c><c w="70"><xsl:choose><xsl:when test="string(@opinion) != ''"><xsl:value-of select="@opinion"/></xsl:when><xsl:otherwise><xsl:value-of select="@act"/></xsl:otherwise></xsl:choose></c><c w="30"><xsl:apply-templates select="@who" mode="name"/></c><c w="30" single="1"><xsl:value-of select="@at"/></c></row></xsl:for-each>
<t x="26" y="236" w="162" h="16" pt="11" spacing="1.25">1. 主管部门凭本单到组织、人社部门办理考录（聘用）、人才引进、调入等手续，只能按核准的用编形式在有效期内使用。
2. 涂改、复印无效；扫码或<xsl:apply-templates select="." mode="check"/>输入校验码查验真伪。</t>
<xsl:apply-templates select="." mode="end"><xsl:with-param name="y" select="258"/></xsl:apply-templates>
</page></xsl:template>

<!-- == 申报表: front and back == -->
<xsl:template match="plan" mode="paper"><xsl:for-each select="copy"><xsl:apply-templates select=".." mode="front"><xsl:with-param name="copy" select="."/></xsl:apply-templates><xsl:apply-templates select=".." mode="back"><xsl:with-param name="copy" select="."/></xsl:apply-templates></xsl:for-each></xsl:template>

<!-- rows with much to read share what the others leave -->
<xsl:template match="plan" mode="front"><xsl:param name="copy"/><xsl:variable name="p" select="plan"/>
<xsl:variable name="much" select="60"/><xsl:variable name="k" select="count($p/way[string-length(@conditions) &gt; $much])"/><xsl:variable name="low"><xsl:choose><xsl:when test="$k = 0"><xsl:value-of select="154 div count($p/way)"/></xsl:when><xsl:otherwise>12</xsl:otherwise></xsl:choose></xsl:variable><xsl:variable name="high"><xsl:choose><xsl:when test="$k = 0">0</xsl:when><xsl:otherwise><xsl:value-of select="(154 - $low * (count($p/way) - $k)) div $k"/></xsl:otherwise></xsl:choose></xsl:variable>
<page w="210" h="297">
<xsl:apply-templates select="." mode="head"><xsl:with-param name="right" select="concat('一式', @copies, '份')"/><xsl:with-param name="pages" select="2"/></xsl:apply-templates>
<xsl:call-template name="copy"><xsl:with-param name="nth" select="$copy/@n"/><xsl:with-param name="for" select="$copy/@t"/></xsl:call-template>
<t x="26" y="48" w="162" h="7" pt="13" font="fang" align="center" single="1">（<xsl:value-of select="$p/@year"/> 年度）</t>
<row x="26" y="57" h="9" pt="10.5"><c w="35" font="hei" pt="9.5">单位全称</c><c w="73"><xsl:value-of select="@unit"/></c><c w="35" font="hei" pt="9.5">机构级别</c><c w="19"><xsl:value-of select="unit/@level"/></c></row>
<row x="26" y="66" h="9" pt="10.5"><c w="35" font="hei" pt="9.5">单位性质</c><c w="127" single="1"><xsl:apply-templates select="." mode="fund"/></c></row>
<row x="26" y="75" h="9" pt="10.5"><c w="35" font="hei" pt="9.5">核定编制数（名）</c><c w="19"><xsl:value-of select="$p/@approved"/></c><c w="35" font="hei" pt="9.5">在编人数（人）</c><c w="19"><xsl:value-of select="$p/@occupied"/></c><c w="35" font="hei" pt="9.5">未使用计划数（人）</c><c w="19"><xsl:value-of select="$p/@reserved"/></c></row>
<row x="26" y="84" h="9" pt="10.5"><c w="35" font="hei" pt="9.5">核定单位领导职数</c><c w="19"><xsl:value-of select="$p/@lead_cap"/></c><c w="35" font="hei" pt="9.5">实配单位领导人数</c><c w="19"><xsl:value-of select="$p/@lead_have"/></c><c w="35" font="hei" pt="9.5">实配单位其他领导人数</c><c w="19"><xsl:value-of select="$p/@lead_other"/></c></row>
<row x="26" y="97" h="9" font="hei" pt="9.5"><c w="40">用编形式</c><c w="30">使用编制数（名）</c><c w="66">学历、专业（大类）、从业资格等相关条件</c><c w="26">备注</c></row>
<xsl:for-each select="$p/way"><xsl:variable name="used" select="count(preceding-sibling::way[string-length(@conditions) &gt; $much])"/><xsl:variable name="h"><xsl:choose><xsl:when test="string-length(@conditions) &gt; $much"><xsl:value-of select="$high"/></xsl:when><xsl:otherwise><xsl:value-of select="$low"/></xsl:otherwise></xsl:choose></xsl:variable>
<row x="26" y="{106 + $high * $used + $low * (position() - 1 - $used)}" h="{$h}" pt="10.5"><c w="40" font="hei" pt="9.5"><xsl:value-of select="@t"/></c><c w="30"><xsl:value-of select="@n"/></c><c w="66" align="left" pad="1.2"><xsl:value-of select="@conditions"/></c><c w="26"><xsl:value-of select="@note"/></c></row></xsl:for-each>
<row x="26" y="260" h="9" pt="10.5"><c w="40" font="hei" pt="9.5">合计</c><c w="30"><xsl:value-of select="$p/@all"/></c><c w="66"></c><c w="26"></c></row>
</page></xsl:template>

<xsl:template match="plan" mode="back"><xsl:param name="copy"/>
<page w="210" h="297">
<xsl:if test="@void"><t x="35" y="110" w="130" h="60" pt="84" font="hei" align="center" valign="middle" color="pale" rotate="-24" single="1"><xsl:value-of select="@void"/></t></xsl:if>
<xsl:call-template name="copy"><xsl:with-param name="nth" select="$copy/@n"/><xsl:with-param name="for" select="$copy/@t"/></xsl:call-template>
<t x="26" y="19" w="90" h="7" pt="12" single="1"><xsl:value-of select="@no"/></t>
<t x="108" y="19" w="80" h="7" pt="12" align="right" single="1">第 2 页　共 2 页</t>
<row x="26" y="28" h="60" pt="10.5"><c w="22" font="hei">使用编制
单位意见</c><c w="140"></c></row>
<xsl:call-template name="blank"><xsl:with-param name="y" select="68"/></xsl:call-template>
<row x="26" y="88" h="60" pt="10.5"><c w="22" font="hei">主管部门
意见</c><c w="140"></c></row>
<t x="52" y="93" w="132" h="30" pt="12" font="fang" indent="2" spacing="1.3"><xsl:value-of select="move[@from = 'parent'][last()]/@opinion"/></t>
<xsl:call-template name="blank"><xsl:with-param name="y" select="128"/></xsl:call-template>
<row x="26" y="148" h="66" pt="10.5"><c w="22" font="hei">编办审批
意见</c><c w="140"></c></row>
<t x="52" y="153" w="132" h="18" pt="12" font="fang" indent="2" spacing="1.3">经审核，同意<xsl:value-of select="@unit"/>使用编制 <xsl:value-of select="plan/@all"/> 名，使用单编号<xsl:value-of select="@no"/>。</t>
<xsl:if test="qr"><qr x="52" y="180" w="25" n="{qr/@n}" d="{qr/@d}"/><t x="80" y="184" w="30" h="18" pt="9" spacing="1.3">校验码
<xsl:value-of select="@code"/>
扫码查验真伪</t></xsl:if>
<t x="112" y="180" w="74" h="5" pt="9" align="center" color="grey">（公章）</t>
<t x="112" y="190" w="74" h="7" pt="12" align="center" single="1"><xsl:value-of select="@issuer"/></t>
<t x="112" y="198" w="74" h="7" pt="12" align="center"><xsl:apply-templates select="@date" mode="date"/></t>
<t x="26" y="220" w="60" h="7" pt="11">申报单位负责人签字：</t>
<t x="94" y="220" w="46" h="7" pt="11" single="1">填报人：<xsl:value-of select="move[@from = 'draft'][last()]/@who"/></t>
<t x="142" y="220" w="46" h="7" pt="11">联系电话：</t>
<t x="26" y="234" w="162" h="24" pt="11" spacing="1.25">说明：1. 计划仅在有效期内有效（有效期至 <xsl:value-of select="slip/@until"/>），批准后作为组织、人社部门办理手续的凭证。
2. 未使用计划数指已批复计划中尚未办理进编的人数。
3. 涂改、复印无效；扫码或<xsl:apply-templates select="." mode="check"/>输入校验码查验真伪。</t>
<rect x="26" y="271" w="162" h=".18" color="black"/>
<t x="26" y="273" w="162" h="6" pt="10.5" align="right" single="1"><xsl:value-of select="@issuer"/>印制</t>
</page></xsl:template>

<!-- to be signed and sealed by hand -->
<xsl:template name="blank"><xsl:param name="y"/>
<t x="112" y="{$y}" w="74" h="5" pt="9" align="center" color="grey">（公章）</t>
<t x="112" y="{$y + 10}" w="74" h="7" pt="12" align="center" single="1">　　　　年　　月　　日</t></xsl:template>

<!-- the three that the form names, and another one where it is that -->
<xsl:template match="plan" mode="fund"><xsl:variable name="f" select="plan/@fund"/>全额拨款（<xsl:choose><xsl:when test="$f = '1'">√</xsl:when><xsl:otherwise>　</xsl:otherwise></xsl:choose>）　　差额拨款（<xsl:choose><xsl:when test="$f = '2'">√</xsl:when><xsl:otherwise>　</xsl:otherwise></xsl:choose>）　　自收自支（<xsl:choose><xsl:when test="$f = '3'">√</xsl:when><xsl:otherwise>　</xsl:otherwise></xsl:choose>）<xsl:if test="not($f = '1' or $f = '2' or $f = '3')">　　<xsl:value-of select="unit/@funding"/>（√）</xsl:if></xsl:template>
</xsl:stylesheet>
