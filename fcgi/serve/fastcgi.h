/* FastCGI over one accepted connection; the only room that knows libfcgi.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * libfcgi never accepts here: it cannot be interrupted there, waits two seconds
 * for each silent peer, and has no limits.  It gets a descriptor that is ready,
 * with time limits on it. */
#ifndef SERVE_FASTCGI_H
#define SERVE_FASTCGI_H
#include "serve/cgi.h"

enum { FASTCGI_MAX_PARAMS = 300, FASTCGI_MAX_BYTES = 64 * 1024 };
struct fastcgi;
struct fastcgi *fastcgi_new (void);
void fastcgi_free (struct fastcgi *);
/* Serve the one request on FD, which is closed.  Reading the body stops at
 * DEADLINE_MS (clock_ms).  true: it was one. */
bool fastcgi_serve (struct fastcgi *, int fd, int64_t deadline_ms,
                    void (*answer) (void *state, const struct cgi *),
                    void *state);
/* What is wrong with ENVP ("NAME=value", ends with NULL): 431 too much, 400 a
 * name that matters twice; 0: nothing.  RET receives name -> value, borrowed
 * from ENVP. */
int fastcgi_params (char *const *envp, GHashTable *ret);
#endif
