<?xml version="1.0" encoding="UTF-8"?>
<!-- A word of the province below each report; all else of a list is as ours has it.
     SPDX-License-Identifier: MulanPSL-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:import href="bz:list.xsl"/>
<xsl:template match="page[table/@id = 'report']" mode="body"><xsl:apply-imports/><p>本表口径：以人员登记的基层服务项目为准。</p></xsl:template>
</xsl:stylesheet>
