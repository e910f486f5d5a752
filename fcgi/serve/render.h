/* Work that a worker must not do itself: PDF, pictures.  One job after the
 * other, each in a process of its own with limits, without database.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * Under a master the jobs go to its child bianzhi-render over a private
 * socket; in a process without one (--single, --once, command line, tests) a
 * short-lived child of the process itself does the job. */
#ifndef SERVE_RENDER_H
#define SERVE_RENDER_H
#include <glib.h>
#include <stdbool.h>
#include <sys/types.h>
#include "serve/conf.h"
#include "serve/req.h"

/* Make OUT of the SIZE bytes at IN.  0, or <0 with the reason as a sentence in
 * OUT.  It may crash, loop and eat: that costs this one job only. */
typedef int (*render_fn) (const void *in, size_t size, GByteArray *out);
enum { RENDER_KINDS = 8 };

/* Before the fork.  WARM (may be NULL) runs once in bianzhi-render, so that
 * what every job needs (fonts) is there already.  SECONDS of processor time, at
 * most what [server] render_seconds says; 0: just that. */
void render_kind (const char *name, render_fn run, void (*warm) (void),
                  int seconds);
/* Have a job of KIND done.  BZ_OK with *OUT, which belongs to the request.
 * BZ_BAD_INPUT: the job refused its input; *OUT is its sentence, with a zero
 * after it.  BZ_FAILED with a sentence: it crashed, took too long or too much.
 * BZ_AWAY with a sentence: it was not begun or not waited for, since too many
 * wait or nobody is there; the input is as good as before. */
int render_job (struct bz_req *, const char *kind, const void *in, size_t size,
                GBytes **out);

/* Load what jobs need from files, in a process that does them by children of its
 * own, before it enters the sandbox. */
void render_warm (void);
/* Master: make the socket, before any fork.  0, or <0 with errno. */
int render_open (void);
void render_close (void);
/* Fork bianzhi-render, which ends with its parent.  Its pid, or <0. */
pid_t render_spawn (const struct conf *);
#endif
