<?xml version="1.0" encoding="UTF-8"?>
<!-- The papers of 人员出编 in the browser: 出编通知单, a sheet for each person and copy;
     出编（核减）申请表, eight persons a page; 编制核销回执, fifteen a page.  Their PDF: sheets-pdf.xsl.
     SPDX-License-Identifier: MulanPSL-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:import href="bz:sheet.xsl"/>
<xsl:variable name="rows" select="8"/>
<xsl:variable name="lines" select="15"/>

<!-- one cell: what it is called, then what it is -->
<xsl:template name="pair"><xsl:param name="t"/><xsl:param name="v"/><xsl:param name="span" select="1"/><th scope="row"><xsl:value-of select="$t"/></th><td><xsl:if test="$span &gt; 1"><xsl:attribute name="colspan"><xsl:value-of select="$span"/></xsl:attribute></xsl:if><xsl:value-of select="$v"/></td></xsl:template>

<xsl:template match="notice" mode="paper"><xsl:for-each select="copy"><xsl:apply-templates select=".." mode="page"><xsl:with-param name="copy" select="."/></xsl:apply-templates></xsl:for-each></xsl:template>

<xsl:template match="notice" mode="page"><xsl:param name="copy"/><xsl:variable name="i" select="item"/>
<section class="sheet" aria-label="第{$copy/@n}联 {$copy/@t} {$i/name}">
<xsl:apply-templates select="." mode="again"/>
<div class="copy"><b>第<xsl:value-of select="$copy/@n"/>联</b><xsl:value-of select="$copy/@t"/></div>
<xsl:apply-templates select="." mode="head"><xsl:with-param name="right" select="concat('一式', @copies, '联')"/></xsl:apply-templates>
<table class="form"><caption class="vh"><xsl:value-of select="@title"/></caption>
<colgroup><col class="w18"/><col class="w24"/><col class="w18"/><col class="w20"/><col class="w18"/><col class="w20"/><col class="w18"/><col/></colgroup><tbody>
<tr><xsl:call-template name="pair"><xsl:with-param name="t">单位</xsl:with-param><xsl:with-param name="v" select="@unit"/><xsl:with-param name="span" select="3"/></xsl:call-template><xsl:call-template name="pair"><xsl:with-param name="t">主管部门</xsl:with-param><xsl:with-param name="v" select="unit/@supervisor"/><xsl:with-param name="span" select="3"/></xsl:call-template></tr>
<tr><th scope="row">姓名</th><td><xsl:apply-templates select="$i/name" mode="name"/></td><xsl:call-template name="pair"><xsl:with-param name="t">性别</xsl:with-param><xsl:with-param name="v" select="$i/sex"/></xsl:call-template><xsl:call-template name="pair"><xsl:with-param name="t">身份证号</xsl:with-param><xsl:with-param name="v" select="$i/id_number"/><xsl:with-param name="span" select="3"/></xsl:call-template></tr>
<tr><xsl:call-template name="pair"><xsl:with-param name="t">编制类型</xsl:with-param><xsl:with-param name="v" select="$i/staffing_type"/></xsl:call-template><xsl:call-template name="pair"><xsl:with-param name="t">经费形式</xsl:with-param><xsl:with-param name="v" select="$i/funding"/></xsl:call-template><xsl:call-template name="pair"><xsl:with-param name="t">职务</xsl:with-param><xsl:with-param name="v" select="$i/duties"/></xsl:call-template><xsl:call-template name="pair"><xsl:with-param name="t">入编时间</xsl:with-param><xsl:with-param name="v" select="$i/unit_entry_date"/></xsl:call-template></tr>
<tr><xsl:call-template name="pair"><xsl:with-param name="t">出编原因</xsl:with-param><xsl:with-param name="v" select="$i/exit_reason"/></xsl:call-template><xsl:call-template name="pair"><xsl:with-param name="t">出编时间</xsl:with-param><xsl:with-param name="v" select="$i/exit_date"/></xsl:call-template><xsl:call-template name="pair"><xsl:with-param name="t">出编去向</xsl:with-param><xsl:with-param name="v" select="$i/destination"/><xsl:with-param name="span" select="3"/></xsl:call-template></tr>
<tr><xsl:call-template name="pair"><xsl:with-param name="t">出编文号</xsl:with-param><xsl:with-param name="v" select="$i/doc_no"/><xsl:with-param name="span" select="3"/></xsl:call-template><xsl:call-template name="pair"><xsl:with-param name="t">申请日期</xsl:with-param><xsl:with-param name="v" select="substring(case/@submitted, 1, 10)"/></xsl:call-template><xsl:call-template name="pair"><xsl:with-param name="t">减员发生日期</xsl:with-param><xsl:with-param name="v" select="$i/left_on"/></xsl:call-template></tr>
<tr><th scope="row">单位编制情况</th><th scope="row">核定</th><td class="num"><xsl:value-of select="quota/@cap"/></td><th scope="row">出编前</th><td class="num"><xsl:value-of select="quota/@before"/></td><th scope="row">出编后</th><td class="num"><xsl:value-of select="quota/@after"/></td><td>空编 <xsl:value-of select="quota/@left"/></td></tr>
<tr class="tall"><th scope="row">核销意见</th><td colspan="7" class="text"><p>经审核，同意<xsl:value-of select="$i/name"/>同志因“<xsl:value-of select="$i/exit_reason"/>”自<xsl:apply-templates select="@date" mode="date"/>起出编，核销<xsl:value-of select="@unit"/><xsl:value-of select="$i/staffing_type"/>在编人员 1 名。</p><div class="end"><xsl:apply-templates select="." mode="code"/><xsl:apply-templates select="." mode="seal"/></div></td></tr>
<tr><xsl:call-template name="pair"><xsl:with-param name="t">备注</xsl:with-param><xsl:with-param name="v" select="$i/note"/><xsl:with-param name="span" select="7"/></xsl:call-template></tr>
</tbody></table>
<ol class="notes"><li>单位凭本单办理编制、工资、经费核减手续。</li><li>涂改、复印无效；扫码或<xsl:apply-templates select="." mode="check"/>输入校验码查验真伪。</li></ol>
<xsl:apply-templates select="." mode="receipt"/>
</section></xsl:template>

<xsl:template match="application" mode="paper"><xsl:variable name="pages" select="ceiling(count(item) div $rows)"/>
<xsl:for-each select="item[position() mod $rows = 1]"><xsl:apply-templates select=".." mode="page"><xsl:with-param name="page" select="position()"/><xsl:with-param name="pages" select="$pages"/></xsl:apply-templates></xsl:for-each></xsl:template>

<xsl:template match="application" mode="page"><xsl:param name="page"/><xsl:param name="pages"/>
<xsl:variable name="here" select="item[position() &gt; ($page - 1) * $rows and position() &lt;= $page * $rows]"/>
<section class="sheet" aria-label="{@title} 第 {$page} 页">
<xsl:apply-templates select="." mode="again"/>
<xsl:apply-templates select="." mode="head"><xsl:with-param name="right" select="case/@number"/><xsl:with-param name="page" select="$page"/><xsl:with-param name="pages" select="$pages"/></xsl:apply-templates>
<table class="form"><caption class="vh">单位</caption><tbody><tr><xsl:call-template name="pair"><xsl:with-param name="t">单位名称</xsl:with-param><xsl:with-param name="v" select="@unit"/></xsl:call-template><xsl:call-template name="pair"><xsl:with-param name="t">业务事由</xsl:with-param><xsl:with-param name="v" select="case/@reason"/></xsl:call-template></tr></tbody></table>
<table class="persons"><caption>出编或核减人员名单</caption>
<thead><tr><th scope="col" class="w9">序号</th><th scope="col" class="w17">姓名</th><th scope="col" class="w9">性别</th><th scope="col" class="w38">身份证号</th><th scope="col" class="w20">编制类型</th><th scope="col" class="w28">依据文号</th><th scope="col" class="w20">减员发生日期</th><th scope="col">出编（核减）形式</th></tr></thead>
<tbody><xsl:for-each select="$here"><tr><td class="num"><xsl:value-of select="@n"/></td><td><xsl:apply-templates select="name" mode="name"/></td><td><xsl:value-of select="sex"/></td><td class="num"><xsl:value-of select="id_number"/></td><td><xsl:value-of select="staffing_type"/></td><td><xsl:value-of select="doc_no"/></td><td class="num"><xsl:value-of select="left_on"/></td><td><xsl:value-of select="exit_reason"/></td></tr></xsl:for-each>
<xsl:if test="count($here) &lt; $rows"><tr><td colspan="8" class="blank">（以下空白）</td></tr></xsl:if></tbody></table>
<xsl:if test="$page = $pages">
<table class="form"><caption class="vh">各环节意见</caption><thead><tr><th scope="col" class="w28">环节</th><th scope="col">意见</th><th scope="col" class="w24">姓名</th><th scope="col" class="w24">日期</th></tr></thead>
<tbody><xsl:for-each select="move[not(following-sibling::move/@from = @from)]"><tr class="step"><td><xsl:value-of select="@step"/></td><td><xsl:choose><xsl:when test="string(@opinion) != ''"><xsl:value-of select="@opinion"/></xsl:when><xsl:otherwise><xsl:value-of select="@act"/></xsl:otherwise></xsl:choose></td><td><xsl:apply-templates select="@who" mode="name"/></td><td class="num"><xsl:value-of select="@at"/></td></tr></xsl:for-each></tbody></table>
<table class="form"><caption class="vh">签字盖章</caption><tbody>
<tr class="tall"><th scope="row" class="w28">单位意见</th><td>经办人（签字）：　　　　　　单位负责人（签字）：　　　　　　（公章）　　　　年　　月　　日</td></tr>
<tr class="tall"><th scope="row" class="w28">主管部门意见</th><td>（公章）　　　　年　　月　　日</td></tr></tbody></table>
<div class="end"><xsl:apply-templates select="." mode="code"/></div></xsl:if>
</section></xsl:template>

<xsl:template match="clearance" mode="paper"><xsl:variable name="pages" select="ceiling(count(item) div $lines)"/>
<xsl:for-each select="copy"><xsl:variable name="copy" select="."/><xsl:for-each select="../item[position() mod $lines = 1]"><xsl:apply-templates select=".." mode="page"><xsl:with-param name="copy" select="$copy"/><xsl:with-param name="page" select="position()"/><xsl:with-param name="pages" select="$pages"/></xsl:apply-templates></xsl:for-each></xsl:for-each></xsl:template>

<xsl:template match="clearance" mode="page"><xsl:param name="copy"/><xsl:param name="page"/><xsl:param name="pages"/>
<xsl:variable name="here" select="item[position() &gt; ($page - 1) * $lines and position() &lt;= $page * $lines]"/>
<section class="sheet" aria-label="{@title} 第{$copy/@n}联 {$copy/@t} 第 {$page} 页">
<xsl:apply-templates select="." mode="again"/>
<div class="copy"><b>第<xsl:value-of select="$copy/@n"/>联</b><xsl:value-of select="$copy/@t"/></div>
<xsl:apply-templates select="." mode="head"><xsl:with-param name="right" select="concat('一式', @copies, '联')"/><xsl:with-param name="page" select="$page"/><xsl:with-param name="pages" select="$pages"/></xsl:apply-templates>
<xsl:if test="$page = 1"><p><xsl:value-of select="@unit"/>：</p>
<p class="text">你单位 <xsl:value-of select="substring(case/@submitted, 1, 10)"/> 申报的出编（核减）事项已经核准，自<xsl:apply-templates select="@date" mode="date"/>起核销下列 <xsl:value-of select="count(item)"/> 名人员的编制。请凭本回执到人力资源社会保障、财政部门办理工资、经费核减手续。</p></xsl:if>
<table class="persons"><caption>核销编制人员名单</caption>
<thead><tr><th scope="col" class="w9">序号</th><th scope="col" class="w17">姓名</th><th scope="col" class="w9">性别</th><th scope="col" class="w38">身份证号</th><th scope="col" class="w20">编制类型</th><th scope="col" class="w20">经费形式</th><th scope="col">出编原因</th><th scope="col" class="w20">减员发生日期</th></tr></thead>
<tbody><xsl:for-each select="$here"><tr><td class="num"><xsl:value-of select="@n"/></td><td><xsl:apply-templates select="name" mode="name"/></td><td><xsl:value-of select="sex"/></td><td class="num"><xsl:value-of select="id_number"/></td><td><xsl:value-of select="staffing_type"/></td><td><xsl:value-of select="funding"/></td><td><xsl:value-of select="exit_reason"/></td><td class="num"><xsl:value-of select="left_on"/></td></tr></xsl:for-each>
<xsl:if test="count($here) &lt; $lines"><tr><td colspan="8" class="blank">（以下空白）</td></tr></xsl:if></tbody></table>
<xsl:if test="$page = $pages"><div class="end"><xsl:apply-templates select="." mode="code"/><xsl:apply-templates select="." mode="seal"/></div>
<ol class="notes"><li>涂改、复印无效；扫码或<xsl:apply-templates select="." mode="check"/>输入校验码查验真伪。</li></ol>
<xsl:apply-templates select="." mode="receipt"/></xsl:if>
</section></xsl:template>
</xsl:stylesheet>
