/* A page's tables as a workbook of Excel (ECMA-376).  SPDX-License-Identifier: MulanPSL-2.0
 *
 * xslt/workbook.xsl makes the sheet of the page document; this file puts it into
 * its package, in memory. */
#ifndef SHOW_WORKBOOK_H
#define SHOW_WORKBOOK_H
#include <glib.h>
#include <libxml/tree.h>

#define WORKBOOK_TYPE                                                          \
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

/* The file; g_bytes_unref.  NULL: ERROR. */
GBytes *workbook_make (xmlDoc *page, GError **error);
#endif
