/* A worker: accepts, answers one request at a time, leaves when told.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef SERVE_WORKER_H
#define SERVE_WORKER_H
#include <glib.h>
#include "serve/cgi.h"
#include "serve/conf.h"

/* Taking in and sending may last so many times as long as working. */
enum { WORKER_BODY_FACTOR = 4 };

struct worker;
/* Connects to the database if it answers; goes on without. */
struct worker *worker_new (const struct conf *);
void worker_free (struct worker *);
/* Accept on LISTENING until told to leave (SIGTERM, SIGINT, end of file on
 * PARENT, enough requests).  PARENT may be -1.  The exit status. */
int worker_run (struct worker *, int listening, int parent);
/* One request that has been taken in: from its variables to its reply and the
 * line in the log. */
void worker_answer (struct worker *, const struct cgi *);
/* The database with keys and plugins ready for a first request; NULL with
 * ERROR.  db_close. */
struct db *worker_connect (const struct conf *, GError **error);
#endif
