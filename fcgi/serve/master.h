/* The master: keeps the workers; never reads a request, opens no database.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef SERVE_MASTER_H
#define SERVE_MASTER_H
#include "serve/conf.h"
#include "serve/handover.h"

/* Serve until told to end; those of the generation before leave when we can.
 * The exit status.  On SIGHUP it may become another program instead. */
int master_run (const struct conf *, struct handover *);
#endif
