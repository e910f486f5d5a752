/* A job: what runs at set times, declared by the platform or a plugin.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef SERVE_JOB_H
#define SERVE_JOB_H
#include <glib.h>
#include "serve/conf.h"
#include "serve/req.h"
#include "serve/schedule.h"

struct job {
  const char *name;
  const char *text; /* of its schedule: [jobs] NAME, or as declared */
  struct schedule schedule;
  int (*run) (struct bz_req *);
};
/* Before the fork, once all packs are there: read what they declare, and [jobs]
 * of the configuration.  0, or <0 with ERROR. */
int job_load (const struct conf *, GError **error);
void job_clear (void);
unsigned job_count (void);
const struct job *job_at (unsigned n);
const struct job *job_find (const char *name); /* NULL: no such */
/* Run it on REQ's connection, which holds the job's lock meanwhile.  What it
 * returned; BZ_CONFLICT with a sentence when it runs already, here or by another
 * server. */
int job_run (struct bz_req *, const struct job *);
#endif
