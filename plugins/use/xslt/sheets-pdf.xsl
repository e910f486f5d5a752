<?xml version="1.0" encoding="UTF-8"?>
<!-- 机关事业单位编制使用单 as boxes in millimetres: sheets.xsl for the PDF.
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
</xsl:stylesheet>
