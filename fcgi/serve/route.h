/* From method and path to the row that serves them.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef SERVE_ROUTE_H
#define SERVE_ROUTE_H
#include <glib.h>
#include <stdbool.h>
#include <stdio.h>
#include "bianzhi/plugin.h"

struct business;

struct route {
  struct bz_route row; /* copied; strings borrowed from its owner */
  const char *pack;    /* plugin's name, "bz" for the platform     */
  const struct business *business; /* of a desk route, else NULL         */
  unsigned number;                 /* in the order of adding, from 0     */
};

GQuark route_error_quark (void);
/* Before the fork.  0, or <0 with ERROR: a path twice, no permission, a view
 * or form that does not exist, a path outside /PACK/. */
int route_add (const struct bz_route *, const char *pack,
               const struct business *, GError **error);
/* After all is loaded: every permission, view and form that a route names
 * exists.  0, or <0 with ERROR. */
int route_check (GError **error);
/* Is there a route for METHOD and PATH?  NULL: no. */
const struct route *route_lookup (const char *method, const char *path);
/* The route for METHOD and PATH; its {names} become parameters of REQ.
 * BZ_OK with req->route set, BZ_NOT_FOUND, or 405 as http_status with
 * BZ_NOT_FOUND. */
int route_find (struct bz_req *);
/* `bianzhi-fcgi --routes`: method, path, permission, form, view, plugin. */
void route_print (FILE *);
/* Its permission is "local": the platform's own, for who looks after the
 * machine; neither session nor database. */
bool route_is_local (const struct route *); /* NULL: no */
unsigned route_count (void);
const struct route *route_at (unsigned number); /* NULL: no such */
void route_foreach (void (*fn) (const struct route *, void *), void *);
void route_clear (void); /* tests */
#endif
