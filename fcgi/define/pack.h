/* A pack: the platform's own definitions, the staffing floor, or a plugin: a
 * shared object (optional) and a folder of definitions.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef DEFINE_PACK_H
#define DEFINE_PACK_H
#include <glib.h>
#include <stdbool.h>
#include "bianzhi/plugin.h"
#include "serve/conf.h"

struct pack {
  char *name; /* "bz", "staffing", "entry" */
  char *dir;  /* forms/ process/ sql/ xslt/ prints/ ... */
  char *so;   /* path of its shared object, or NULL */
  void *dl;
  struct bz_plugin api; /* the part that both sides know; zero else */
  struct bz_conf conf;  /* its section of bianzhi.conf               */
};
/* Open all plugins of CONF in order and read all their definitions: dictionary,
 * code lists, forms, processes, businesses, queries, menus, roles; add their
 * routes.  Everything is checked against conf/schema and against each other.
 * 0, or <0 with ERROR: file, line, what is wrong and what to do. */
int pack_load_all (const struct conf *, GError **error);
/* The shared object of pack NAME; NULL: there is none.  g_free. */
char *pack_so (const struct conf *, const char *name);
/* Order of loading; the platform ("bz") first. */
const struct pack *pack_at (unsigned n); /* NULL: no more */
const struct pack *pack_find (const char *name);
GQuark plugin_error_quark (void);
bool plugin_name_ok (const char *name); /* [a-z][a-z0-9]{1,15} */
/* Open the shared object at PATH for PACK, whose name is set: dl, so and api
 * are filled in.  The struct that two sides know is copied by size, rows by
 * stride (plugin.c).  On failure PACK stays as it was. */
int plugin_open (struct pack *, const char *path, GError **error);
/* Row N of a plugin's table, widened with zeros to ours of SIZE bytes. */
void plugin_row (const void *at, uint32_t stride, unsigned n, void *ret,
                 size_t size);
/* Forget all packs and everything that was read from them (tests).  Shared
 * objects stay open. */
void pack_clear (void);
#endif
