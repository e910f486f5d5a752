/* The log: whole lines to standard error, which the service manager keeps.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * Only the edge logs (worker, master, app, and db.c the database's own words).
 * No personal data, no query strings, no values of fields. */
#ifndef SERVE_LOG_H
#define SERVE_LOG_H
#include <stdbool.h>
#include "bianzhi/plugin.h"
#include "serve/message.h"

/* "bianzhi-fcgi" or "bianzhi", in front of each line. */
void log_name (const char *name);
/* One message of message.def: log_line (BZ0006_FORK, why).  Control characters
 * in it become blanks, so that nobody can forge a second line. */
void log_line (const char *, ...) BZ_PRINTF (1, 2);
/* A line without a number: one request, or what a plugin says. */
void log_plain (const char *, ...) BZ_PRINTF (1, 2);
/* Only where the environment's BZ_DEBUG is set. */
void log_debug (const char *, ...) BZ_PRINTF (1, 2);
bool log_debugs (void);
#endif
