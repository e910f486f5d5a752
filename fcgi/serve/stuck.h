/* A request that takes too long: where it hangs, and its end.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * The master sends SIGUSR2, the worker writes its own stack into the log.  The
 * signal is let in only while a handler works: a socket with a time limit
 * breaks off its read at any signal, SA_RESTART or not (signal(7)), and a body
 * would be cut. */
#ifndef SERVE_STUCK_H
#define SERVE_STUCK_H
#include <sys/types.h>
#include "serve/conf.h"

/* Master, before the fork: what backtrace loads is loaded. */
void stuck_warm (void);
/* Worker: SIGUSR2 is answered from now on; it must be blocked. */
void stuck_watch (void);
/* Worker, around the handler: let the signal in, keep it out. */
void stuck_open (void);
void stuck_shut (void);
/* Master, every now and then: ask the worker PID in SLOT for its stack at
 * [server] slow_seconds and at its deadline; end it a second later. */
void stuck_look (const struct conf *, unsigned slot, pid_t pid);
#endif
