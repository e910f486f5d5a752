/* Stylesheets: compiled before the fork, applied to page documents.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * View "list" is xslt/list.xsl of the platform; view "entry/sheets" is
 * xslt/sheets.xsl of pack entry.  bz:NAME.xsl in xsl:import means the
 * platform's sheet; it is loaded first.  All security preferences forbid;
 * document() is refused. */
#ifndef SHOW_VIEW_H
#define SHOW_VIEW_H
#include <glib.h>
#include "serve/req.h"

int view_load (const char *dir, const char *pack, GError **error);
bool view_exists (const char *view);
/* Changes with the static files: "?v=" of their addresses. */
const char *view_static_version (void);
/* The page document through its stylesheet: HTML with doctype.  PAGE's cells
 * have their columns' titles afterwards.  g_bytes_unref; NULL: ERROR. */
GBytes *view_render (xmlDoc *page, const char *view, GError **error);
/* The same as XML text, for what is no page for a browser (show/pdf.h). */
GBytes *view_xml (xmlDoc *page, const char *view, GError **error);
void view_clear (void);
#endif
