<?xml version="1.0" encoding="UTF-8"?>
<!-- One picture as wide as the frame that it stands in; a click shows it in its
     own size.  SPDX-License-Identifier: MulanPSL-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:output method="xml" encoding="UTF-8" indent="no"/>
<xsl:variable name="shell" select="/page/shell"/>
<xsl:template match="/">
<html lang="zh-CN"><head>
<meta http-equiv="Content-Type" content="text/html; charset=UTF-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<title><xsl:value-of select="/page/@title"/></title>
<link rel="stylesheet" href="{$shell/@static}app.css?v={$shell/@v}"/>
</head>
<body class="picture"><main><h1 class="vh"><xsl:value-of select="/page/@title"/></h1>
<a href="{/page/picture/@src}?inline=whole"><img src="{/page/picture/@src}" alt="附件：{/page/@title}（点击看原图）"/></a></main></body></html>
</xsl:template>
</xsl:stylesheet>
