<?xml version="1.0" encoding="UTF-8"?>
<!-- The papers of 人员出编 as boxes in millimetres: sheets.xsl for the PDF.
     SPDX-License-Identifier: MulanPSL-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:import href="bz:boxes.xsl"/>
<xsl:variable name="rows" select="8"/>
<xsl:variable name="lines" select="15"/>

<xsl:template match="notice" mode="paper"><xsl:for-each select="copy"><xsl:apply-templates select=".." mode="page"><xsl:with-param name="copy" select="."/></xsl:apply-templates></xsl:for-each></xsl:template>

<xsl:template match="notice" mode="page"><xsl:param name="copy"/><xsl:variable name="i" select="item"/>
<page w="210" h="297">
<xsl:apply-templates select="." mode="head"><xsl:with-param name="right" select="concat('一式', @copies, '联')"/></xsl:apply-templates>
<xsl:call-template name="copy"><xsl:with-param name="nth" select="$copy/@n"/><xsl:with-param name="for" select="$copy/@t"/></xsl:call-template>
<row x="26" y="52" h="11" pt="10.5"><c w="20" font="hei" pt="9.5">单位</c><c w="61"><xsl:value-of select="@unit"/></c><c w="20" font="hei" pt="9.5">主管部门</c><c w="61"><xsl:value-of select="unit/@supervisor"/></c></row>
<row x="26" y="63" h="11" pt="10.5"><c w="20" font="hei" pt="9.5">姓名</c><c w="25" pt="11"><xsl:apply-templates select="$i/name" mode="name"/></c><c w="18" font="hei" pt="9.5">性别</c><c w="18"><xsl:value-of select="$i/sex"/></c><c w="20" font="hei" pt="9.5">身份证号</c><c w="61" pt="11" single="1"><xsl:value-of select="$i/id_number"/></c></row>
<row x="26" y="74" h="11" pt="10.5"><c w="20" font="hei" pt="9.5">编制类型</c><c w="25"><xsl:value-of select="$i/staffing_type"/></c><c w="18" font="hei" pt="9.5">经费形式</c><c w="18"><xsl:value-of select="$i/funding"/></c><c w="20" font="hei" pt="9.5">职务</c><c w="22"><xsl:value-of select="$i/duties"/></c><c w="17" font="hei" pt="9.5">入编时间</c><c w="22" single="1"><xsl:value-of select="$i/unit_entry_date"/></c></row>
<row x="26" y="85" h="11" pt="10.5"><c w="20" font="hei" pt="9.5">出编原因</c><c w="25"><xsl:value-of select="$i/exit_reason"/></c><c w="18" font="hei" pt="9.5">出编时间</c><c w="18" single="1"><xsl:value-of select="$i/exit_date"/></c><c w="20" font="hei" pt="9.5">出编去向</c><c w="61"><xsl:value-of select="$i/destination"/></c></row>
<row x="26" y="96" h="11" pt="10.5"><c w="20" font="hei" pt="9.5">出编文号</c><c w="61"><xsl:value-of select="$i/doc_no"/></c><c w="20" font="hei" pt="9.5">申请日期</c><c w="22" single="1"><xsl:value-of select="substring(case/@submitted, 1, 10)"/></c><c w="17" font="hei" pt="9.5">减员发生日期</c><c w="22" single="1"><xsl:value-of select="$i/left_on"/></c></row>
<row x="26" y="107" h="11" pt="10.5"><c w="20" font="hei" pt="9.5">单位编制情况</c><c w="25">核定 <xsl:value-of select="quota/@cap"/></c><c w="36">出编前 <xsl:value-of select="quota/@before"/></c><c w="42">出编后 <xsl:value-of select="quota/@after"/></c><c w="39">空编 <xsl:value-of select="quota/@left"/></c></row>
<row x="26" y="118" h="66" pt="10.5"><c w="20" font="hei" pt="9.5">核销意见</c><c w="142"></c></row>
<t x="49" y="122" w="136" h="20" pt="12" font="fang" indent="2" spacing="1.3">经审核，同意<xsl:value-of select="$i/name"/>同志因“<xsl:value-of select="$i/exit_reason"/>”自<xsl:apply-templates select="@date" mode="date"/>起出编，核销<xsl:value-of select="@unit"/><xsl:value-of select="$i/staffing_type"/>在编人员 1 名。</t>
<xsl:if test="qr"><qr x="49" y="152" w="26" n="{qr/@n}" d="{qr/@d}"/><t x="78" y="156" w="30" h="20" pt="9.5" spacing="1.3">校验码
<xsl:value-of select="@code"/>
扫码查验真伪</t></xsl:if>
<t x="108" y="152" w="78" h="5" pt="9" align="center" color="grey">（盖章）</t>
<t x="108" y="162" w="78" h="7" pt="12" align="center" single="1"><xsl:value-of select="@issuer"/></t>
<t x="108" y="170" w="78" h="7" pt="12" align="center"><xsl:apply-templates select="@date" mode="date"/></t>
<row x="26" y="184" h="13" pt="10.5"><c w="20" font="hei" pt="9.5">备注</c><c w="142"><xsl:value-of select="$i/note"/></c></row>
<t x="26" y="201" w="162" h="13" pt="11" spacing="1.25">1. 单位凭本单办理编制、工资、经费核减手续。
2. 涂改、复印无效；扫码或<xsl:apply-templates select="." mode="check"/>输入校验码查验真伪。</t>
<xsl:call-template name="receipt"><xsl:with-param name="y" select="222"/></xsl:call-template>
</page></xsl:template>

<xsl:template match="application" mode="paper"><xsl:variable name="pages" select="ceiling(count(item) div $rows)"/>
<xsl:for-each select="item[position() mod $rows = 1]"><xsl:apply-templates select=".." mode="page"><xsl:with-param name="page" select="position()"/><xsl:with-param name="pages" select="$pages"/></xsl:apply-templates></xsl:for-each></xsl:template>

<xsl:template match="application" mode="page"><xsl:param name="page"/><xsl:param name="pages"/>
<xsl:variable name="here" select="item[position() &gt; ($page - 1) * $rows and position() &lt;= $page * $rows]"/>
<xsl:variable name="moves" select="move[not(following-sibling::move/@from = @from)]"/>
<page w="210" h="297">
<xsl:apply-templates select="." mode="head"><xsl:with-param name="right" select="case/@number"/><xsl:with-param name="page" select="$page"/><xsl:with-param name="pages" select="$pages"/></xsl:apply-templates>
<row x="26" y="50" h="9" pt="10.5"><c w="20" font="hei" pt="9.5">单位名称</c><c w="61"><xsl:value-of select="@unit"/></c><c w="20" font="hei" pt="9.5">业务事由</c><c w="61"><xsl:value-of select="case/@reason"/></c></row>
<t x="26" y="61" w="162" h="7" pt="12" font="hei" align="center">出编或核减人员名单</t>
<row x="26" y="69" h="9" font="hei"><c w="9">序号</c><c w="18">姓名</c><c w="9">性别</c><c w="37">身份证号</c><c w="21">编制类型</c><c w="28">依据文号</c><c w="20">减员发生日期</c><c w="20">出编形式</c></row>
<xsl:for-each select="$here"><row x="26" y="{69 + 9 * position()}" h="9"><c w="9"><xsl:value-of select="@n"/></c><c w="18"><xsl:apply-templates select="name" mode="name"/></c><c w="9"><xsl:value-of select="sex"/></c><c w="37" single="1"><xsl:value-of select="id_number"/></c><c w="21"><xsl:value-of select="staffing_type"/></c><c w="28"><xsl:value-of select="doc_no"/></c><c w="20" single="1"><xsl:value-of select="left_on"/></c><c w="20"><xsl:value-of select="exit_reason"/></c></row></xsl:for-each>
<xsl:if test="count($here) &lt; $rows"><row x="26" y="{69 + 9 * (count($here) + 1)}" h="9"><c w="162">（以下空白）</c></row></xsl:if>
<xsl:if test="$page = $pages">
<row x="26" y="155" h="7" font="hei"><c w="34">环节</c><c w="72">意见</c><c w="28">姓名</c><c w="28">日期</c></row>
<xsl:for-each select="$moves"><row x="26" y="{155 + 7 * position()}" h="7"><c w="34"><xsl:value-of select="@step"/></c><c w="72"><xsl:choose><xsl:when test="string(@opinion) != ''"><xsl:value-of select="@opinion"/></xsl:when><xsl:otherwise><xsl:value-of select="@act"/></xsl:otherwise></xsl:choose></c><c w="28"><xsl:apply-templates select="@who" mode="name"/></c><c w="28" single="1"><xsl:value-of select="@at"/></c></row></xsl:for-each>
<row x="26" y="198" h="22" pt="10.5"><c w="22" font="hei" pt="9.5">单位意见</c><c w="140">经办人（签字）：　　　　单位负责人（签字）：　　　　（公章）　　年　　月　　日</c></row>
<row x="26" y="220" h="22" pt="10.5"><c w="22" font="hei" pt="9.5">主管部门意见</c><c w="140">（公章）　　　年　　月　　日</c></row>
<xsl:if test="qr"><qr x="26" y="248" w="26" n="{qr/@n}" d="{qr/@d}"/><t x="55" y="252" w="40" h="20" pt="10" spacing="1.35">校验码
<xsl:value-of select="@code"/>
扫码查验真伪</t></xsl:if></xsl:if>
</page></xsl:template>

<xsl:template match="clearance" mode="paper"><xsl:variable name="pages" select="ceiling(count(item) div $lines)"/>
<xsl:for-each select="copy"><xsl:variable name="copy" select="."/><xsl:for-each select="../item[position() mod $lines = 1]"><xsl:apply-templates select=".." mode="page"><xsl:with-param name="copy" select="$copy"/><xsl:with-param name="page" select="position()"/><xsl:with-param name="pages" select="$pages"/></xsl:apply-templates></xsl:for-each></xsl:for-each></xsl:template>

<xsl:template match="clearance" mode="page"><xsl:param name="copy"/><xsl:param name="page"/><xsl:param name="pages"/>
<xsl:variable name="here" select="item[position() &gt; ($page - 1) * $lines and position() &lt;= $page * $lines]"/>
<page w="210" h="297">
<xsl:apply-templates select="." mode="head"><xsl:with-param name="right" select="concat('一式', @copies, '联')"/><xsl:with-param name="page" select="$page"/><xsl:with-param name="pages" select="$pages"/></xsl:apply-templates>
<xsl:call-template name="copy"><xsl:with-param name="nth" select="$copy/@n"/><xsl:with-param name="for" select="$copy/@t"/></xsl:call-template>
<xsl:if test="$page = 1"><t x="26" y="50" w="162" h="7" pt="12" font="fang"><xsl:value-of select="@unit"/>：</t>
<t x="26" y="58" w="162" h="20" pt="12" font="fang" indent="2" spacing="1.3">你单位 <xsl:value-of select="substring(case/@submitted, 1, 10)"/> 申报的出编（核减）事项已经核准，自<xsl:apply-templates select="@date" mode="date"/>起核销下列 <xsl:value-of select="count(item)"/> 名人员的编制。请凭本回执到人力资源社会保障、财政部门办理工资、经费核减手续。</t></xsl:if>
<row x="26" y="80" h="9" font="hei"><c w="9">序号</c><c w="17">姓名</c><c w="9">性别</c><c w="37">身份证号</c><c w="20">编制类型</c><c w="18">经费形式</c><c w="27">出编原因</c><c w="25">减员发生日期</c></row>
<xsl:for-each select="$here"><row x="26" y="{80 + 9 * position()}" h="9"><c w="9"><xsl:value-of select="@n"/></c><c w="17"><xsl:apply-templates select="name" mode="name"/></c><c w="9"><xsl:value-of select="sex"/></c><c w="37" single="1"><xsl:value-of select="id_number"/></c><c w="20"><xsl:value-of select="staffing_type"/></c><c w="18"><xsl:value-of select="funding"/></c><c w="27"><xsl:value-of select="exit_reason"/></c><c w="25" single="1"><xsl:value-of select="left_on"/></c></row></xsl:for-each>
<xsl:if test="count($here) &lt; $lines"><row x="26" y="{80 + 9 * (count($here) + 1)}" h="9"><c w="162">（以下空白）</c></row></xsl:if>
<xsl:if test="$page = $pages">
<xsl:if test="qr"><qr x="30" y="232" w="26" n="{qr/@n}" d="{qr/@d}"/><t x="59" y="236" w="40" h="20" pt="9.5" spacing="1.3">校验码
<xsl:value-of select="@code"/>
扫码查验真伪</t></xsl:if>
<t x="108" y="232" w="78" h="5" pt="9" align="center" color="grey">（盖章）</t>
<t x="108" y="242" w="78" h="7" pt="12" align="center" single="1"><xsl:value-of select="@issuer"/></t>
<t x="108" y="250" w="78" h="7" pt="12" align="center"><xsl:apply-templates select="@date" mode="date"/></t>
<t x="26" y="262" w="162" h="7" pt="11">涂改、复印无效；扫码或<xsl:apply-templates select="." mode="check"/>输入校验码查验真伪。</t>
<xsl:call-template name="receipt"><xsl:with-param name="y" select="271"/></xsl:call-template></xsl:if>
</page></xsl:template>
</xsl:stylesheet>
