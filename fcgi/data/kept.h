/* Answers that a worker keeps from request to request; seen by fcgi/data alone.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * A query that says kept="yes" is answered from memory as long as no table that
 * it reads was changed, on whatever host: every transaction that writes one of
 * these tables counts it up in bz_version before its COMMIT, and the request's
 * first question, who is logged in, brings the counts along
 * (decisions/0038-kept-answers.md). */
#ifndef DATA_KEPT_H
#define DATA_KEPT_H
#include "data/driver.h"

/* What this request knows of the counts, "bz_case=12,bz_scope=3" in the order of
 * names; NULL: nothing, so that nothing is kept or found until it does. */
void kept_seen (struct db *, const char *counts);
/* To be freed with table_free; NULL: not there, or older than the counts. */
struct table *kept_find (const struct db *, const struct ask *);
void kept_add (struct db *, const struct ask *, struct table *);

/* The query is no SELECT: remember which tables it changes. */
void kept_note (struct db *, const struct query *);
/* Count them up, in the transaction that changes them. */
enum db_error kept_count (struct db *);
#endif
