/* Local plugins, as their authors make and check them.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef SERVE_PLUGIN_TOOL_H
#define SERVE_PLUGIN_TOOL_H
#include <glib.h>
#include "serve/conf.h"

/* A folder NAME here, from the template (datadir/kit/pack): it checks and installs at
 * once.  0, or <0 with ERROR. */
int plugin_new (const struct conf *, const char *name, GError **error);
/* Everything that CONF names is loaded, and the plugin that lies in DIR behind it: as a
 * server would, without one.  Says ok, or <0 with ERROR: file, line and what to do.
 * CONF then has it in localdir and plugins. */
int plugin_check (struct conf *, const char *dir, GError **error);
#endif
