<?xml version="1.0" encoding="UTF-8"?>
<!-- The papers of 人员入编 as boxes in millimetres: sheets.xsl for the PDF.
     SPDX-License-Identifier: MulanPSL-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:import href="bz:boxes.xsl"/>
<xsl:variable name="rows" select="10"/>

<xsl:template match="notice" mode="paper"><xsl:for-each select="copy"><xsl:apply-templates select=".." mode="pages"><xsl:with-param name="copy" select="."/></xsl:apply-templates></xsl:for-each></xsl:template>

<xsl:template match="notice" mode="pages"><xsl:param name="copy"/>
<xsl:variable name="pages" select="ceiling(count(item) div $rows)"/>
<xsl:for-each select="item[position() mod $rows = 1]">
<xsl:apply-templates select=".." mode="page"><xsl:with-param name="copy" select="$copy"/><xsl:with-param name="page" select="position()"/><xsl:with-param name="pages" select="$pages"/></xsl:apply-templates></xsl:for-each></xsl:template>

<xsl:template match="notice" mode="page"><xsl:param name="copy"/><xsl:param name="page"/><xsl:param name="pages"/>
<xsl:variable name="here" select="item[position() &gt; ($page - 1) * $rows and position() &lt;= $page * $rows]"/>
<page w="210" h="297">
<xsl:apply-templates select="." mode="head"><xsl:with-param name="right" select="concat('一式', @copies, '联')"/><xsl:with-param name="page" select="$page"/><xsl:with-param name="pages" select="$pages"/></xsl:apply-templates>
<xsl:call-template name="copy"><xsl:with-param name="nth" select="$copy/@n"/><xsl:with-param name="for" select="$copy/@t"/></xsl:call-template>
<t x="26" y="51" w="162" h="8" pt="14" font="fang" single="1"><xsl:value-of select="@unit"/>：</t>
<t x="26" y="60" w="162" h="16" pt="14" font="fang" indent="2" spacing="1.3">经审核，核准下列 <xsl:value-of select="count(item)"/> 名人员以“<xsl:value-of select="head/entry_mode"/>”方式入编，请凭本通知单办理有关手续。</t>
<row x="26" y="79" h="8.6" font="hei"><c w="9">序号</c><c w="17">姓名</c><c w="9">性别</c><c w="16">出生年月</c><c w="36">身份证号</c><c w="16">编制类型</c><c w="14">进入形式</c><c w="28">原工作单位</c><c w="17">职务</c></row>
<xsl:for-each select="$here"><row x="26" y="{79 + 8.6 * position()}" h="8.6"><c w="9"><xsl:value-of select="@n"/></c><c w="17"><xsl:apply-templates select="name" mode="name"/></c><c w="9"><xsl:value-of select="sex"/></c><c w="16" single="1"><xsl:value-of select="substring(birth_date, 1, 7)"/></c><c w="36" single="1"><xsl:value-of select="id_number"/></c><c w="16"><xsl:value-of select="staffing_type"/></c><c w="14"><xsl:apply-templates select="." mode="way"/></c><c w="28"><xsl:value-of select="from_unit"/><xsl:if test="string(from_staffing_type) != ''">（<xsl:value-of select="from_staffing_type"/>）</xsl:if></c><c w="17"><xsl:for-each select="duty"><xsl:if test="position() &gt; 1">、</xsl:if><xsl:value-of select="post"/></xsl:for-each></c></row></xsl:for-each>
<xsl:if test="$page = $pages and count($here) &lt; $rows"><row x="26" y="{79 + 8.6 * (count($here) + 1)}" h="8.6"><c w="162">（以下空白）</c></row></xsl:if>
<xsl:choose><xsl:when test="$page = $pages"><xsl:apply-templates select="." mode="last"/></xsl:when>
<xsl:otherwise><t x="26" y="178" w="162" h="6" pt="11" align="right">（接下页）<xsl:if test="@code">校验码 <xsl:value-of select="@code"/></xsl:if></t></xsl:otherwise></xsl:choose>
</page></xsl:template>

<!-- below the last persons: quota, notes, code, seal, receipt -->
<xsl:template match="notice" mode="last"><xsl:variable name="n" select="count(quota)"/><xsl:variable name="here" select="(count(item) - 1) mod $rows + 1"/>
<xsl:variable name="y" select="85 + 8.6 * ($here + 1 + number($here &lt; $rows))"/>
<xsl:variable name="h"><xsl:choose><xsl:when test="$n &gt; 3"><xsl:value-of select="23 div $n"/></xsl:when><xsl:otherwise>7.6</xsl:otherwise></xsl:choose></xsl:variable>
<xsl:if test="quota"><row x="26" y="{$y}" h="7.6" font="hei"><c w="28">编制类型</c><c w="26">经费形式</c><c w="20">核定数</c><c w="24">入编前实有</c><c w="20">本次入编</c><c w="24">入编后实有</c><c w="20">空编</c></row></xsl:if>
<xsl:for-each select="quota"><row x="26" y="{$y + 7.6 + $h * (position() - 1)}" h="{$h}"><c w="28"><xsl:value-of select="@kind"/></c><c w="26"><xsl:value-of select="../item[1]/funding"/></c><c w="20"><xsl:value-of select="@cap"/></c><c w="24"><xsl:value-of select="@before"/></c><c w="20"><xsl:value-of select="@add"/></c><c w="24"><xsl:value-of select="@after"/></c><c w="20"><xsl:value-of select="@left"/></c></row></xsl:for-each>
<t x="26" y="213" w="162" h="13" pt="11" spacing="1.25">1. 凭本单到组织、人社、财政部门办理工资、经费手续。
2. 涂改、复印无效；扫码或<xsl:apply-templates select="." mode="check"/>输入校验码查验真伪。</t>
<xsl:apply-templates select="." mode="end"><xsl:with-param name="y" select="229"/></xsl:apply-templates>
<xsl:call-template name="receipt"><xsl:with-param name="y" select="266"/></xsl:call-template>
</xsl:template>

<xsl:template match="approval" mode="paper"><xsl:variable name="i" select="item"/><xsl:variable name="since" select="$i/unit_entry_date[@amended] | @date[not($i/unit_entry_date/@amended)]"/><xsl:variable name="steps" select="move[not(following-sibling::move/@from = @from)]"/>
<page w="210" h="297">
<xsl:apply-templates select="." mode="head"><xsl:with-param name="right" select="concat($i/@n, ' / ', count(/page/approval))"/></xsl:apply-templates>
<row x="26" y="50" h="9" pt="10"><c w="18" font="hei" pt="9.5">入编单位</c><c w="60"><xsl:value-of select="@unit"/></c><c w="20" font="hei" pt="9.5">主管部门</c><c w="64"><xsl:value-of select="unit/@supervisor"/></c></row>
<row x="26" y="59" h="9" pt="10"><c w="18" font="hei" pt="9.5">单位类别</c><c w="24"><xsl:value-of select="unit/@category"/></c><c w="18" font="hei" pt="9.5">机构规格</c><c w="18"><xsl:value-of select="unit/@level"/></c><c w="20" font="hei" pt="9.5">经费形式</c><c w="20"><xsl:value-of select="$i/funding"/></c><c w="18" font="hei" pt="9.5">统一社会信用代码</c><c w="26" single="1"><xsl:value-of select="unit/@uscc"/></c></row>
<row x="26" y="68" h="9" pt="10"><c w="18" font="hei" pt="9.5">姓名</c><c w="24" pt="11"><xsl:apply-templates select="$i/name" mode="name"/></c><c w="18" font="hei" pt="9.5">性别</c><c w="18"><xsl:value-of select="$i/sex"/></c><c w="20" font="hei" pt="9.5">民族</c><c w="20"><xsl:value-of select="$i/ethnic"/></c><c w="18" font="hei" pt="9.5">出生日期</c><c w="26" single="1"><xsl:value-of select="$i/birth_date"/></c></row>
<row x="26" y="77" h="9" pt="10"><c w="18" font="hei" pt="9.5">身份证号</c><c w="60" pt="11" single="1"><xsl:value-of select="$i/id_number"/></c><c w="20" font="hei" pt="9.5">政治面貌</c><c w="20"><xsl:value-of select="$i/political"/></c><c w="18" font="hei" pt="9.5">参加工作时间</c><c w="26" single="1"><xsl:value-of select="$i/work_start"/></c></row>
<row x="26" y="86" h="9" pt="10"><c w="18" font="hei" pt="9.5">学历</c><c w="24"><xsl:value-of select="$i/education"/></c><c w="18" font="hei" pt="9.5">学位</c><c w="18"><xsl:value-of select="$i/degree"/></c><c w="20" font="hei" pt="9.5">毕业院校</c><c w="20"><xsl:value-of select="$i/school"/></c><c w="18" font="hei" pt="9.5">专业</c><c w="26"><xsl:value-of select="$i/major"/></c></row>
<row x="26" y="95" h="9" pt="10"><c w="18" font="hei" pt="9.5">人员身份</c><c w="24"><xsl:value-of select="$i/identity"/></c><c w="18" font="hei" pt="9.5">编制类型</c><c w="18"><xsl:value-of select="$i/staffing_type"/></c><c w="20" font="hei" pt="9.5">编制结构</c><c w="20"><xsl:value-of select="$i/structure"/></c><c w="18" font="hei" pt="9.5">岗位类别</c><c w="26"><xsl:value-of select="$i/post_category"/></c></row>
<row x="26" y="104" h="9" pt="10"><c w="18" font="hei" pt="9.5">原工作单位</c><c w="60"><xsl:value-of select="$i/from_unit"/></c><c w="20" font="hei" pt="9.5">原编制类型</c><c w="20"><xsl:value-of select="$i/from_staffing_type"/></c><c w="18" font="hei" pt="9.5">进入形式</c><c w="26"><xsl:apply-templates select="$i" mode="way"/></c></row>
<row x="26" y="113" h="9" pt="10"><c w="18" font="hei" pt="9.5">拟任职务</c><c w="24"><xsl:for-each select="$i/duty"><xsl:if test="position() &gt; 1">、</xsl:if><xsl:value-of select="post"/></xsl:for-each></c><c w="18" font="hei" pt="9.5">职级</c><c w="18"><xsl:value-of select="$i/civil_rank"/></c><c w="20" font="hei" pt="9.5">所在内设机构</c><c w="20"><xsl:value-of select="$i/organ"/></c><c w="18" font="hei" pt="9.5">行政编制用途</c><c w="26"><xsl:value-of select="$i/admin_use"/></c></row>
<row x="26" y="122" h="9" pt="10"><c w="18" font="hei" pt="9.5">用编核准文号</c><c w="60"><xsl:value-of select="head/entry_paper"/></c><c w="20" font="hei" pt="9.5">本单位入编时间</c><c w="20" single="1"><xsl:value-of select="$since"/></c><c w="18" font="hei" pt="9.5">任职文号</c><c w="26"><xsl:value-of select="$i/duty[string(doc_no) != ''][1]/doc_no"/></c></row>
<row x="26" y="131" h="9" pt="10"><c w="18" font="hei" pt="9.5">单位编制情况</c><c w="24" font="hei" pt="9.5">核定</c><c w="18"><xsl:value-of select="quota/@cap"/></c><c w="18" font="hei" pt="9.5">入编前实有</c><c w="20"><xsl:value-of select="quota/@before"/></c><c w="20" font="hei" pt="9.5">入编后实有</c><c w="18"><xsl:value-of select="quota/@after"/></c><c w="26">空编 <xsl:value-of select="quota/@left"/></c></row>
<row x="26" y="140" h="9" pt="10"><c w="18" font="hei" pt="9.5">业务事由</c><c w="144" align="left" pad="1.2"><xsl:value-of select="case/@reason"/></c></row>
<row x="26" y="149" h="52" pt="10"><c w="18" font="hei" pt="9.5">核准意见</c><c w="144"></c></row>
<t x="47" y="152" w="138" h="14" pt="12" font="fang" indent="2" spacing="1.3">经审核，同意<xsl:value-of select="$i/name"/>同志以“<xsl:apply-templates select="$i" mode="way"/>”方式使用<xsl:value-of select="@unit"/><xsl:value-of select="$i/staffing_type"/> 1 名，自<xsl:apply-templates select="$since" mode="date"/>起入编。</t>
<xsl:if test="qr"><qr x="48" y="172" w="25" n="{qr/@n}" d="{qr/@d}"/><t x="76" y="176" w="30" h="18" pt="9" spacing="1.3">校验码
<xsl:value-of select="@code"/>
扫码查验真伪</t></xsl:if>
<xsl:if test="starts-with(@check, 'http')"><t x="47" y="196.6" w="138" h="4" pt="8" single="1"><xsl:apply-templates select="." mode="check"/>输入校验码查验</t></xsl:if>
<t x="105" y="171" w="80" h="5" pt="9" align="center" color="grey">（盖章）</t>
<t x="105" y="180" w="80" h="7" pt="12" align="center" single="1"><xsl:value-of select="@issuer"/></t>
<t x="105" y="188" w="80" h="7" pt="12" align="center"><xsl:apply-templates select="@date" mode="date"/></t>
<row x="26" y="201" h="9" pt="10"><c w="18" font="hei" pt="9.5">备注</c><c w="144"></c></row>
<xsl:variable name="h"><xsl:choose><xsl:when test="count($steps) &gt; 4"><xsl:value-of select="48 div count($steps)"/></xsl:when><xsl:otherwise>12</xsl:otherwise></xsl:choose></xsl:variable>
<row x="26" y="214" h="7.5" pt="10" font="hei"><c w="26">环节</c><c w="58">意见</c><c w="24">姓名</c><c w="24">日期</c><c w="30">盖章处</c></row>
<xsl:for-each select="$steps"><row x="26" y="{221.5 + $h * (position() - 1)}" h="{$h}" pt="10"><c w="26"><xsl:value-of select="@step"/></c><c w="58"><xsl:choose><xsl:when test="string(@opinion) != ''"><xsl:value-of select="@opinion"/></xsl:when><xsl:otherwise><xsl:value-of select="@act"/></xsl:otherwise></xsl:choose></c><c w="24"><xsl:apply-templates select="@who" mode="name"/></c><c w="24" single="1"><xsl:value-of select="@at"/></c><c w="30"></c></row></xsl:for-each>
<t x="26" y="274" w="80" h="6" pt="11">经办人：<xsl:value-of select="move[1]/@who"/></t>
<t x="108" y="274" w="80" h="6" pt="11" align="right">审核人：<xsl:value-of select="move[last()]/@who"/></t>
</page></xsl:template>
<!-- What was put right since (fcgi/work/amend.h) is said instead of what the case said. -->
<xsl:template match="item" mode="way"><xsl:choose><xsl:when test="entry_mode/@amended"><xsl:value-of select="entry_mode"/></xsl:when><xsl:otherwise><xsl:value-of select="../head/entry_mode"/></xsl:otherwise></xsl:choose></xsl:template>
</xsl:stylesheet>
