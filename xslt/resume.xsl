<?xml version="1.0" encoding="UTF-8"?>
<!-- After a new log-in: every value that was typed, hidden, and one button.
     SPDX-License-Identifier: MulanPSL-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:import href="bz:login.xsl"/>
</xsl:stylesheet>
