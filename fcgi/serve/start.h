/* The order of starting, which daemon and command line share.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef SERVE_START_H
#define SERVE_START_H
#include "serve/conf.h"

/* Clock and configuration; PATH NULL: the usual one.  NULL with ERROR. */
struct conf *start_conf (const char *path, GError **error);
/* Libraries, then all packs with their definitions, then the routes against
 * them.  0, or <0 with ERROR. */
int start_all (const struct conf *, GError **error);
/* ERROR becomes this sentence.  Always BZ_FAILED. */
int start_fail (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);
#endif
