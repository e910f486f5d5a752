/* Local plugins, as their authors make and check them.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef SERVE_PLUGIN_TOOL_H
#define SERVE_PLUGIN_TOOL_H
#include <glib.h>
#include <stdbool.h>
#include "serve/conf.h"

/* A folder NAME in the current one, from a template (datadir/kit: definitions alone, or
 * IN_C): it checks and installs at once.  0, or <0 with ERROR. */
int plugin_new (const struct conf *, const char *name, bool in_c,
                GError **error);
/* Everything that CONF names is loaded, and the plugin that lies in DIR behind it, as a
 * server would; its migrations touch its own tables, its program (nm, objdump) calls
 * nothing that hurts a worker and has no data that can be written, the database reads
 * its queries.  Says ok, or <0 with ERROR: file, line and what to do.  CONF then has it
 * in localdir and plugins. */
int plugin_check (struct conf *, const char *dir, GError **error);
#endif
