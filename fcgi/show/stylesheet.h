/* Stylesheets: found in packs, layered, compiled.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * xslt/list.xsl of the platform is view "list", xslt/sheets.xsl of pack entry is
 * "entry/sheets".  xslt/entry/sheets.xsl of a later pack stands over that one,
 * xslt/bz/frame.xsl over the platform's "frame", so a province changes how a page looks
 * and we stay as we are.  bz:NAME.xsl or bz:PACK/NAME.xsl in xsl:import is the topmost
 * sheet of that view; within a sheet that stands over it the one below, so that it may
 * say only what differs.  document(), xsl:include and what passes by escaping are refused. */
#ifndef SHOW_STYLESHEET_H
#define SHOW_STYLESHEET_H
#include <glib.h>
#include <stdbool.h>

#define STYLESHEET_ERROR (g_quark_from_static_string ("bz-stylesheet"))

/* The sheets of a pack's folder; packs come in their order, the platform ("bz") first. */
int stylesheet_find (const char *dir, const char *pack, GError **error);
bool stylesheet_exists (const char *view);
/* All views: name -> xsltStylesheet, the caller's.  NULL: ERROR names the file. */
GHashTable *stylesheet_compile (GError **error);
/* xsltSecurityPrefs by which nothing may be read, written or asked for; the caller's. */
struct _xsltSecurityPrefs *stylesheet_forbid (void);
/* An error function of libxslt that collects into a GString. */
void stylesheet_collect (void *into, const char *format, ...)
  G_GNUC_PRINTF (2, 3);
void stylesheet_clear (void);
#endif
