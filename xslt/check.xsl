<?xml version="1.0" encoding="UTF-8"?>
<!-- The public page of check codes: the answer, then the question again.
     SPDX-License-Identifier: MulanPSL-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:import href="bz:frame.xsl"/>
<xsl:template match="page" mode="body">
<div class="narrow">
<xsl:apply-templates select="." mode="top"/>
<xsl:apply-templates select="section"/>
<xsl:apply-templates select="query"/>
</div>
</xsl:template>
</xsl:stylesheet>
