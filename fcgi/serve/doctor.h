/* bianzhi doctor: the rehearsal of an upgrade.  SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef SERVE_DOCTOR_H
#define SERVE_DOCTOR_H
#include <glib.h>
#include "serve/conf.h"

/* This program is the new build, CONF its configuration, whose [database] is an empty one
 * on the server of the other; TODAY is the configuration that works now.  All
 * definitions of both are loaded and compared; today's database is copied with masked
 * persons (data/masked.h), migrated, and verified; each case that is under way is looked
 * for in the definitions that it would go on with.  Today's installation and database are
 * only read.  How many findings, or <0 with ERROR. */
int doctor_run (const struct conf *, const char *today, GError **error);
#endif
