<?xml version="1.0" encoding="UTF-8"?>
<!-- The papers of 人员入编 in the browser: 入编核准通知单, ten persons a page, a
     set for each copy; 入编审批单, one sheet a person.  Their PDF: sheets-pdf.xsl.
     SPDX-License-Identifier: MulanPSL-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:import href="bz:sheet.xsl"/>
<xsl:variable name="rows" select="10"/>

<xsl:template match="notice" mode="paper"><xsl:for-each select="copy"><xsl:apply-templates select=".." mode="pages"><xsl:with-param name="copy" select="."/></xsl:apply-templates></xsl:for-each></xsl:template>

<xsl:template match="notice" mode="pages"><xsl:param name="copy"/>
<xsl:variable name="pages" select="ceiling(count(item) div $rows)"/>
<xsl:for-each select="item[position() mod $rows = 1]">
<xsl:apply-templates select=".." mode="page"><xsl:with-param name="copy" select="$copy"/><xsl:with-param name="page" select="position()"/><xsl:with-param name="pages" select="$pages"/></xsl:apply-templates></xsl:for-each></xsl:template>

<xsl:template match="notice" mode="page"><xsl:param name="copy"/><xsl:param name="page"/><xsl:param name="pages"/>
<xsl:variable name="last" select="$page = $pages"/>
<section class="sheet" aria-label="第{$copy/@n}联 {$copy/@t} 第 {$page} 页">
<xsl:apply-templates select="." mode="again"/>
<div class="copy"><b>第<xsl:value-of select="$copy/@n"/>联</b><xsl:value-of select="$copy/@t"/></div>
<xsl:apply-templates select="." mode="head"><xsl:with-param name="right" select="concat('一式', @copies, '联')"/><xsl:with-param name="page" select="$page"/><xsl:with-param name="pages" select="$pages"/></xsl:apply-templates>
<p class="to"><xsl:value-of select="@unit"/>：</p>
<p class="lead">经审核，核准下列 <xsl:value-of select="count(item)"/> 名人员以“<xsl:value-of select="head/entry_mode"/>”方式入编，请凭本通知单办理有关手续。</p>
<table class="persons"><caption class="vh">核准入编人员名单</caption>
<thead><tr><th scope="col" class="w9">序号</th><th scope="col" class="w17">姓名</th><th scope="col" class="w9">性别</th><th scope="col" class="w16">出生年月</th><th scope="col" class="w38">身份证号</th><th scope="col" class="w16">编制类型</th><th scope="col" class="w13">进入形式</th><th scope="col" class="w28">原工作单位</th><th scope="col">职务</th></tr></thead>
<tbody><xsl:for-each select="item[position() &gt; ($page - 1) * $rows and position() &lt;= $page * $rows]"><tr><td class="num"><xsl:value-of select="@n"/></td><td><xsl:apply-templates select="name" mode="name"/></td><td><xsl:value-of select="sex"/></td><td class="num"><xsl:value-of select="substring(birth_date, 1, 7)"/></td><td class="num"><xsl:value-of select="id_number"/></td><td><xsl:value-of select="staffing_type"/></td><td><xsl:apply-templates select="." mode="way"/></td><td><xsl:apply-templates select="." mode="origin"/></td><td><xsl:for-each select="duty"><xsl:if test="position() &gt; 1">、</xsl:if><xsl:value-of select="post"/></xsl:for-each></td></tr></xsl:for-each>
<xsl:if test="$last and count(item) &lt; $pages * $rows"><tr><td colspan="9" class="blank">（以下空白）</td></tr></xsl:if></tbody></table>
<xsl:choose><xsl:when test="$last">
<xsl:if test="quota"><table class="use"><caption class="vh">编制使用情况</caption>
<thead><tr><th scope="col">编制类型</th><th scope="col">经费形式</th><th scope="col">核定数</th><th scope="col">入编前实有</th><th scope="col">本次入编</th><th scope="col">入编后实有</th><th scope="col">空编</th></tr></thead>
<tbody><xsl:for-each select="quota"><tr><td><xsl:value-of select="@kind"/></td><td><xsl:value-of select="../item[1]/funding"/></td><td class="num"><xsl:value-of select="@cap"/></td><td class="num"><xsl:value-of select="@before"/></td><td class="num"><xsl:value-of select="@add"/></td><td class="num"><xsl:value-of select="@after"/></td><td class="num"><xsl:value-of select="@left"/></td></tr></xsl:for-each></tbody></table></xsl:if>
<ol class="notes"><li>凭本单到组织、人社、财政部门办理工资、经费手续。</li><li>涂改、复印无效；扫码或<xsl:apply-templates select="." mode="check"/>输入校验码查验真伪。</li></ol>
<div class="end"><xsl:apply-templates select="." mode="code"/><xsl:apply-templates select="." mode="seal"/></div>
<xsl:apply-templates select="." mode="receipt"/>
</xsl:when><xsl:otherwise><p class="next">（接下页）<xsl:if test="@code">校验码 <xsl:value-of select="@code"/></xsl:if></p></xsl:otherwise></xsl:choose>
</section></xsl:template>

<!-- where a person comes from: 原工作单位（原编制类型） -->
<xsl:template match="item" mode="origin"><xsl:value-of select="from_unit"/><xsl:if test="string(from_staffing_type) != ''">（<xsl:value-of select="from_staffing_type"/>）</xsl:if></xsl:template>

<!-- one cell: what it is called, then what it is -->
<xsl:template name="pair"><xsl:param name="t"/><xsl:param name="v"/><xsl:param name="span" select="1"/><th scope="row"><xsl:value-of select="$t"/></th><td><xsl:if test="$span &gt; 1"><xsl:attribute name="colspan"><xsl:value-of select="$span"/></xsl:attribute></xsl:if><xsl:value-of select="$v"/></td></xsl:template>

<xsl:template match="approval" mode="paper"><xsl:variable name="i" select="item"/><xsl:variable name="since" select="$i/unit_entry_date[@amended] | @date[not($i/unit_entry_date/@amended)]"/>
<section class="sheet" aria-label="{@title} {$i/name}">
<xsl:apply-templates select="." mode="again"/>
<xsl:apply-templates select="." mode="head"><xsl:with-param name="right" select="concat($i/@n, ' / ', count(/page/approval))"/></xsl:apply-templates>
<table class="form"><caption class="vh"><xsl:value-of select="@title"/></caption>
<colgroup><col class="w18"/><col class="w20"/><col class="w18"/><col class="w16"/><col class="w18"/><col class="w20"/><col class="w18"/><col/></colgroup><tbody>
<tr><xsl:call-template name="pair"><xsl:with-param name="t">入编单位</xsl:with-param><xsl:with-param name="v" select="@unit"/><xsl:with-param name="span" select="3"/></xsl:call-template><xsl:call-template name="pair"><xsl:with-param name="t">主管部门</xsl:with-param><xsl:with-param name="v" select="unit/@supervisor"/><xsl:with-param name="span" select="3"/></xsl:call-template></tr>
<tr><xsl:call-template name="pair"><xsl:with-param name="t">单位类别</xsl:with-param><xsl:with-param name="v" select="unit/@category"/></xsl:call-template><xsl:call-template name="pair"><xsl:with-param name="t">机构规格</xsl:with-param><xsl:with-param name="v" select="unit/@level"/></xsl:call-template><xsl:call-template name="pair"><xsl:with-param name="t">经费形式</xsl:with-param><xsl:with-param name="v" select="$i/funding"/></xsl:call-template><xsl:call-template name="pair"><xsl:with-param name="t">统一社会信用代码</xsl:with-param><xsl:with-param name="v" select="unit/@uscc"/></xsl:call-template></tr>
<tr><th scope="row">姓名</th><td><xsl:apply-templates select="$i/name" mode="name"/></td><xsl:call-template name="pair"><xsl:with-param name="t">性别</xsl:with-param><xsl:with-param name="v" select="$i/sex"/></xsl:call-template><xsl:call-template name="pair"><xsl:with-param name="t">民族</xsl:with-param><xsl:with-param name="v" select="$i/ethnic"/></xsl:call-template><xsl:call-template name="pair"><xsl:with-param name="t">出生日期</xsl:with-param><xsl:with-param name="v" select="$i/birth_date"/></xsl:call-template></tr>
<tr><xsl:call-template name="pair"><xsl:with-param name="t">身份证号</xsl:with-param><xsl:with-param name="v" select="$i/id_number"/><xsl:with-param name="span" select="3"/></xsl:call-template><xsl:call-template name="pair"><xsl:with-param name="t">政治面貌</xsl:with-param><xsl:with-param name="v" select="$i/political"/></xsl:call-template><xsl:call-template name="pair"><xsl:with-param name="t">参加工作时间</xsl:with-param><xsl:with-param name="v" select="$i/work_start"/></xsl:call-template></tr>
<tr><xsl:call-template name="pair"><xsl:with-param name="t">学历</xsl:with-param><xsl:with-param name="v" select="$i/education"/></xsl:call-template><xsl:call-template name="pair"><xsl:with-param name="t">学位</xsl:with-param><xsl:with-param name="v" select="$i/degree"/></xsl:call-template><xsl:call-template name="pair"><xsl:with-param name="t">毕业院校</xsl:with-param><xsl:with-param name="v" select="$i/school"/></xsl:call-template><xsl:call-template name="pair"><xsl:with-param name="t">专业</xsl:with-param><xsl:with-param name="v" select="$i/major"/></xsl:call-template></tr>
<tr><xsl:call-template name="pair"><xsl:with-param name="t">人员身份</xsl:with-param><xsl:with-param name="v" select="$i/identity"/></xsl:call-template><xsl:call-template name="pair"><xsl:with-param name="t">编制类型</xsl:with-param><xsl:with-param name="v" select="$i/staffing_type"/></xsl:call-template><xsl:call-template name="pair"><xsl:with-param name="t">编制结构</xsl:with-param><xsl:with-param name="v" select="$i/structure"/></xsl:call-template><xsl:call-template name="pair"><xsl:with-param name="t">岗位类别</xsl:with-param><xsl:with-param name="v" select="$i/post_category"/></xsl:call-template></tr>
<tr><xsl:call-template name="pair"><xsl:with-param name="t">原工作单位</xsl:with-param><xsl:with-param name="v" select="$i/from_unit"/><xsl:with-param name="span" select="3"/></xsl:call-template><xsl:call-template name="pair"><xsl:with-param name="t">原编制类型</xsl:with-param><xsl:with-param name="v" select="$i/from_staffing_type"/></xsl:call-template><xsl:call-template name="pair"><xsl:with-param name="t">进入形式</xsl:with-param><xsl:with-param name="v"><xsl:apply-templates select="$i" mode="way"/></xsl:with-param></xsl:call-template></tr>
<tr><th scope="row">拟任职务</th><td><xsl:for-each select="$i/duty"><xsl:if test="position() &gt; 1">、</xsl:if><xsl:value-of select="post"/></xsl:for-each></td><xsl:call-template name="pair"><xsl:with-param name="t">职级</xsl:with-param><xsl:with-param name="v" select="$i/civil_rank"/></xsl:call-template><xsl:call-template name="pair"><xsl:with-param name="t">所在内设机构</xsl:with-param><xsl:with-param name="v" select="$i/organ"/></xsl:call-template><xsl:call-template name="pair"><xsl:with-param name="t">行政编制用途</xsl:with-param><xsl:with-param name="v" select="$i/admin_use"/></xsl:call-template></tr>
<tr><xsl:call-template name="pair"><xsl:with-param name="t">用编核准文号</xsl:with-param><xsl:with-param name="v" select="head/entry_paper"/><xsl:with-param name="span" select="3"/></xsl:call-template><xsl:call-template name="pair"><xsl:with-param name="t">本单位入编时间</xsl:with-param><xsl:with-param name="v" select="$since"/></xsl:call-template><xsl:call-template name="pair"><xsl:with-param name="t">任职文号</xsl:with-param><xsl:with-param name="v" select="$i/duty[string(doc_no) != ''][1]/doc_no"/></xsl:call-template></tr>
<tr><th scope="row">单位编制情况</th><th scope="row">核定</th><td class="num"><xsl:value-of select="quota/@cap"/></td><th scope="row">入编前实有</th><td class="num"><xsl:value-of select="quota/@before"/></td><th scope="row">入编后实有</th><td class="num"><xsl:value-of select="quota/@after"/></td><td>空编 <xsl:value-of select="quota/@left"/></td></tr>
<tr><xsl:call-template name="pair"><xsl:with-param name="t">业务事由</xsl:with-param><xsl:with-param name="v" select="case/@reason"/><xsl:with-param name="span" select="7"/></xsl:call-template></tr>
<tr class="tall"><th scope="row">核准意见</th><td colspan="7" class="text"><p>经审核，同意<xsl:value-of select="$i/name"/>同志以“<xsl:apply-templates select="$i" mode="way"/>”方式使用<xsl:value-of select="@unit"/><xsl:value-of select="$i/staffing_type"/> 1 名，自<xsl:apply-templates select="$since" mode="date"/>起入编。</p><div class="end"><xsl:apply-templates select="." mode="code"/><xsl:apply-templates select="." mode="seal"/></div><xsl:if test="starts-with(@check, 'http')"><div class="small"><xsl:apply-templates select="." mode="check"/>输入校验码查验</div></xsl:if></td></tr>
<tr><xsl:call-template name="pair"><xsl:with-param name="t">备注</xsl:with-param><xsl:with-param name="v" select="''"/><xsl:with-param name="span" select="7"/></xsl:call-template></tr>
</tbody></table>
<table class="form"><caption class="vh">各环节意见</caption><thead><tr><th scope="col" class="w24">环节</th><th scope="col">意见</th><th scope="col" class="w24">姓名</th><th scope="col" class="w24">日期</th><th scope="col" class="w30">盖章处</th></tr></thead>
<tbody><xsl:for-each select="move[not(following-sibling::move/@from = @from)]"><tr class="step"><td><xsl:value-of select="@step"/></td><td><xsl:choose><xsl:when test="string(@opinion) != ''"><xsl:value-of select="@opinion"/></xsl:when><xsl:otherwise><xsl:value-of select="@act"/></xsl:otherwise></xsl:choose></td><td><xsl:apply-templates select="@who" mode="name"/></td><td class="num"><xsl:value-of select="@at"/></td><td></td></tr></xsl:for-each></tbody></table>
<div class="by"><span>经办人：<xsl:value-of select="move[1]/@who"/></span><span>审核人：<xsl:value-of select="move[last()]/@who"/></span></div>
</section></xsl:template>
<!-- What was put right since (fcgi/work/amend.h) is said instead of what the case said. -->
<xsl:template match="item" mode="way"><xsl:choose><xsl:when test="entry_mode/@amended"><xsl:value-of select="entry_mode"/></xsl:when><xsl:otherwise><xsl:value-of select="../head/entry_mode"/></xsl:otherwise></xsl:choose></xsl:template>
</xsl:stylesheet>
