/* The master: keeps the workers; never reads a request, opens no database.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef SERVE_MASTER_H
#define SERVE_MASTER_H
#include "serve/conf.h"

/* Serve LISTENING until told to end.  The exit status. */
int master_run (const struct conf *, int listening);
#endif
