<?xml version="1.0" encoding="UTF-8"?>
<!-- 用印情况登记表 on A4 across.  SPDX-License-Identifier: MulanPSL-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:import href="bz:sheet.xsl"/>
<xsl:template match="/">
<html lang="zh-CN"><head>
<meta http-equiv="Content-Type" content="text/html; charset=UTF-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<title><xsl:value-of select="/page/@title"/></title>
<link rel="stylesheet" href="{$shell/@static}sheet.css?v={$shell/@v}"/>
<link rel="icon" type="image/svg+xml" href="{$shell/@static}app.svg?v={$shell/@v}"/>
</head>
<body><main class="across"><p class="tool"><a href="{/page/@back}">返回</a>请用浏览器“打印”，纸张 A4 横向，比例 100%。</p>
<section class="sheet across"><h1><xsl:value-of select="/page/@title"/></h1>
<div class="no"><span><xsl:value-of select="$shell/@unit"/></span><span><xsl:value-of select="concat(/page/table/@from, ' 至 ', /page/table/@to)"/></span></div>
<table class="seals"><caption class="vh"><xsl:value-of select="/page/@title"/></caption>
<thead><tr><th scope="col" class="w11">序号</th><xsl:for-each select="/page/table/col"><th scope="col" class="s{position()}"><xsl:value-of select="@t"/></th></xsl:for-each></tr></thead>
<tbody><xsl:for-each select="/page/table/r"><tr><td class="num"><xsl:value-of select="position()"/></td><xsl:for-each select="c"><td class="{@c}"><xsl:value-of select="."/></td></xsl:for-each></tr></xsl:for-each>
<tr><td colspan="8" class="blank">（以下空白）</td></tr></tbody></table>
<div class="by"><span>合计用印 <xsl:value-of select="/page/@copies"/> 份</span><span>登记人：</span><span>负责人：</span></div>
</section></main></body></html>
</xsl:template>
</xsl:stylesheet>
