<?xml version="1.0" encoding="UTF-8"?>
<!-- Check-answers before the case is handed in.
     SPDX-License-Identifier: MulanPSL-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:import href="bz:frame.xsl"/>
</xsl:stylesheet>
