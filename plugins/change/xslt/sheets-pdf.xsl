<?xml version="1.0" encoding="UTF-8"?>
<!-- 人员信息异动审批表 as boxes in millimetres: sheets.xsl for the PDF.
     SPDX-License-Identifier: MulanPSL-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:import href="bz:boxes.xsl"/>
<xsl:variable name="rows" select="12"/>

<xsl:template match="approval" mode="paper"><xsl:variable name="sheet" select="."/><xsl:variable name="n" select="count(altered/d)"/>
<xsl:choose><xsl:when test="$n = 0"><xsl:apply-templates select="." mode="page"><xsl:with-param name="page" select="1"/><xsl:with-param name="pages" select="1"/></xsl:apply-templates></xsl:when>
<xsl:otherwise><xsl:for-each select="altered/d[position() mod $rows = 1]"><xsl:apply-templates select="$sheet" mode="page"><xsl:with-param name="page" select="position()"/><xsl:with-param name="pages" select="ceiling($n div $rows)"/></xsl:apply-templates></xsl:for-each></xsl:otherwise></xsl:choose></xsl:template>

<xsl:template match="approval" mode="page"><xsl:param name="page"/><xsl:param name="pages"/><xsl:variable name="i" select="item"/>
<xsl:variable name="here" select="altered/d[position() &gt; ($page - 1) * $rows and position() &lt;= $page * $rows]"/>
<xsl:variable name="moves" select="move[not(following-sibling::move/@from = @from)]"/>
<page w="210" h="297">
<xsl:apply-templates select="." mode="head"><xsl:with-param name="right" select="case/@number"/><xsl:with-param name="page" select="$page"/><xsl:with-param name="pages" select="$pages"/></xsl:apply-templates>
<row x="26" y="50" h="9" pt="10.5"><c w="24" font="hei" pt="9.5">申请单位</c><c w="66"><xsl:value-of select="@unit"/></c><c w="24" font="hei" pt="9.5">申请日期</c><c w="48" single="1"><xsl:value-of select="substring(case/@submitted, 1, 10)"/></c></row>
<row x="26" y="59" h="9" pt="10.5"><c w="24" font="hei" pt="9.5">业务事由</c><c w="138"><xsl:value-of select="case/@reason"/></c></row>
<row x="26" y="68" h="9" pt="10.5"><c w="24" font="hei" pt="9.5">姓名</c><c w="66" pt="11"><xsl:apply-templates select="$i/name" mode="name"/></c><c w="24" font="hei" pt="9.5">身份证号</c><c w="48" single="1"><xsl:value-of select="$i/id_number"/></c></row>
<row x="26" y="77" h="9" pt="10.5"><c w="24" font="hei" pt="9.5">编制类型</c><c w="66"><xsl:value-of select="$i/staffing_type"/></c><c w="24" font="hei" pt="9.5">所在内设机构</c><c w="48"><xsl:value-of select="$i/organ"/></c></row>
<row x="26" y="86" h="8" font="hei"><c w="10">序号</c><c w="30">变更项目</c><c w="46">变更前</c><c w="46">变更后</c><c w="30">依据（附件）</c></row>
<xsl:for-each select="$here"><row x="26" y="{94 + 8.5 * (position() - 1)}" h="8.5"><c w="10"><xsl:value-of select="($page - 1) * $rows + position()"/></c><c w="30"><xsl:value-of select="@t"/></c><c w="46"><xsl:value-of select="@old"/></c><c w="46"><xsl:value-of select="@new"/></c><c w="30"><xsl:value-of select="@by"/></c></row></xsl:for-each>
<xsl:if test="count($here) &lt; $rows"><row x="26" y="{94 + 8.5 * count($here)}" h="8.5"><c w="162">（以下空白）</c></row></xsl:if>
<xsl:if test="$page = $pages">
<row x="26" y="198" h="7" font="hei"><c w="34">环节</c><c w="72">意见</c><c w="28">姓名</c><c w="28">日期</c></row>
<xsl:for-each select="$moves"><row x="26" y="{198 + 7 * position()}" h="7"><c w="34"><xsl:value-of select="@step"/></c><c w="72"><xsl:choose><xsl:when test="string(@opinion) != ''"><xsl:value-of select="@opinion"/></xsl:when><xsl:otherwise><xsl:value-of select="@act"/></xsl:otherwise></xsl:choose></c><c w="28"><xsl:apply-templates select="@who" mode="name"/></c><c w="28" single="1"><xsl:value-of select="@at"/></c></row></xsl:for-each>
<row x="26" y="235" h="18" pt="10.5"><c w="24" font="hei" pt="9.5">单位意见（章）</c><c w="57">　　年　　月　　日</c><c w="24" font="hei" pt="9.5">主管部门意见（章）</c><c w="57">　　年　　月　　日</c></row>
<xsl:if test="qr"><qr x="26" y="256" w="24" n="{qr/@n}" d="{qr/@d}"/><t x="53" y="260" w="40" h="18" pt="9.5" spacing="1.3">校验码
<xsl:value-of select="@code"/>
扫码查验真伪</t></xsl:if>
<t x="108" y="256" w="78" h="5" pt="9" align="center" color="grey">（编办盖章）</t>
<t x="108" y="264" w="78" h="7" pt="12" align="center" single="1"><xsl:value-of select="@issuer"/></t>
<t x="108" y="272" w="78" h="7" pt="12" align="center"><xsl:apply-templates select="@date" mode="date"/></t></xsl:if>
</page></xsl:template>
</xsl:stylesheet>
