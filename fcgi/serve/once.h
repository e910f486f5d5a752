/* One request as plain CGI: variables from the environment, body on standard
 * input, reply on standard output.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef SERVE_ONCE_H
#define SERVE_ONCE_H
#include "serve/worker.h"

/* The exit status. */
int once_run (struct worker *);
#endif
