/* Views: stylesheets (show/stylesheet.h), applied to page documents.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef SHOW_VIEW_H
#define SHOW_VIEW_H
#include <glib.h>
#include "serve/req.h"

/* The stylesheets of a pack's folder; then, when all packs have been read, all of them
 * are compiled, before the fork. */
int view_load (const char *dir, const char *pack, GError **error);
int view_ready (GError **error);
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
