/* bianzhi-jobs: the child of the master that runs jobs when they are due.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * Of all servers on one database one runs them: the one that holds the
 * database's lock.  Each run is a process of its own with its own connection,
 * so that what crashes, loops or leaks is one run of one job. */
#ifndef SERVE_JOBS_H
#define SERVE_JOBS_H
#include <stdbool.h>
#include "serve/conf.h"
#include "serve/job.h"

/* Is there any job that is not off? */
bool jobs_wanted (void);
/* Until told to end (SIGTERM, or end of file on LIFE): no further run is begun,
 * those that go on are waited for.  The exit status. */
int jobs_run (const struct conf *, int life);
/* One run by hand, put into the table. */
int jobs_by_hand (struct bz_req *, const struct job *);
/* All jobs with schedule, last run, result and next run to standard output. */
int jobs_print (struct bz_req *);
#endif
