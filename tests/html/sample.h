/* Sample page documents: what the render tool and the view test share.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef TESTS_SAMPLE_H
#define TESTS_SAMPLE_H
#include <glib.h>
#include <libxml/tree.h>

/* The page at PATH; without a <shell> it gets that of shell.xml beside it. */
xmlDoc *sample_load (const char *path, GError **error);
/* Its view attribute; free with xmlFree. */
char *sample_view (xmlDoc *);
/* Platform's stylesheets and plugin entry's from the source tree. */
int sample_views (const char *srcdir, GError **error);
#endif
