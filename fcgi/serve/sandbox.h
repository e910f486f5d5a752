/* What a process that reads what browsers sent may ask of the kernel.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * Nobody gains privileges, and a list of calls (seccomp) says what works: all
 * that ordinary work needs, with files only below the spool, sockets only
 * within the machine, no memory to execute.  Everything else is EPERM, and
 * starting a program, tracing and the like ends the process.  Where the kernel
 * has Landlock, paths are bounded too.  There is no way out of it again: who
 * enters has opened before what it needs. */
#ifndef SERVE_SANDBOX_H
#define SERVE_SANDBOX_H
#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include "serve/conf.h"

/* Who enters; several of them may be one process. */
enum sandbox_who {
  SANDBOX_WORKER = 1, /* requests: database, spool, downloads           */
  SANDBOX_JOB = 2,    /* one picture or sheet: reads fonts, no sockets  */
  SANDBOX_PARENT = 4  /* forks and ends children, which enter by themselves */
};

/* NULL: it is used; else why it is not, for administrators. */
const char *sandbox_off (const struct conf *);
/* Enter as WHO (sandbox_who), for good.  BZ_OK, also where it is not used; <0
 * with ERROR: the process must not go on. */
int sandbox_enter (const struct conf *, unsigned who, GError **error);
/* Does it hold?  Children of this process enter and try what is forbidden.
 * BZ_OK, also where it is not used; <0 with ERROR: what did not hold. */
int sandbox_test (const struct conf *, GError **error);
/* The same of children that call ENTER instead of sandbox_enter. */
typedef int (*sandbox_fn) (const struct conf *, unsigned who, GError **error);
int sandbox_test_by (const struct conf *, sandbox_fn enter, GError **error);

/* -- Inside. */

/* A call that needs no look at its arguments, and for whom. */
struct sandbox_call {
  int call;
  unsigned who;
};
extern const struct sandbox_call sandbox_calls[];
extern const size_t sandbox_n_calls;
/* Calls that end the process whatever [server] sandbox says. */
extern const int sandbox_deadly[];
extern const size_t sandbox_n_deadly;
#endif
