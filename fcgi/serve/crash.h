/* Faults to order, for tests.  SPDX-License-Identifier: MulanPSL-2.0
 *
 * BZ_CRASH_AT names a FIFO into which a test writes orders, CRASH_ORDER bytes
 * each, with zeros at the end: "committed:1" ends the worker when the request
 * that took the order comes to that point for the first time.  One request takes
 * an order, and it ends with that request.  Without the variable nothing of this
 * does anything; a server that is no demo does not start with it. */
#ifndef SERVE_CRASH_H
#define SERVE_CRASH_H
#include <stdbool.h>

enum { CRASH_ORDER = 32 };

/* Before the fork, and before the sandbox closes.  false: the variable is there and FORBIDDEN holds. */
bool crash_init (bool forbidden);
/* A request begins: take the order, if there is one. */
void crash_take (void);
/* Is it POINT's turn now?  It is said in the log. */
bool crash_due (const char *point);
/* End this process as a power cut would; with "committed:1:stop" stop it. */
void crash_now (void);
/* Both. */
void crash_at (const char *point);
#endif
