/* Answers kept inside a transaction; seen by fcgi/data alone.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * A transaction sees one state of the database (REPEATABLE READ) until it
 * writes itself: the same plain SELECT with the same arguments gives the same
 * rows, so a page that looks at two hundred persons asks for their unit once.
 * db.c drops everything with the first statement that is no plain SELECT, and
 * at either end of the transaction (decisions/0027-one-question-once.md). */
#ifndef DATA_MEMO_H
#define DATA_MEMO_H
#include "data/driver.h"

/* A digest of all that an answer depends on: what was typed does not stay in
 * memory.  g_bytes_unref. */
GBytes *memo_digest (const struct ask *);
/* What was kept for ASK, to be freed with table_free; NULL: nothing. */
struct table *memo_find (GHashTable *memo, const struct ask *);
/* Keep T too, unless it is large; *MEMO is made when it is NULL. */
void memo_add (GHashTable **memo, const struct ask *, struct table *t);
#endif
