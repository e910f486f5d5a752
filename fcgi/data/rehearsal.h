/* What the rehearsal of an upgrade asks of its database.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * The queries are those of migrate_load. */
#ifndef DATA_REHEARSAL_H
#define DATA_REHEARSAL_H
#include "data/db.h"

/* Cases that stand alike. */
struct rehearsal_cases {
  const char *business, *process, *step;
  int version;
  int64_t count;
};

/* 1: the database has no table; 0: it has; <0 with ERROR. */
int rehearsal_is_empty (struct db *, GError **error);
/* Does it sort and compare as the database FROM of the server?  1, 0, <0 with ERROR. */
int rehearsal_is_alike (struct db *, const char *from, GError **error);
/* "PACK FILE" of all migrations that ran: a set, the caller's.  NULL with ERROR. */
GHashTable *rehearsal_migrations (struct db *, GError **error);
/* FN with each kind of cases that are under way.  0, or <0 with ERROR. */
int rehearsal_under_way (struct db *,
                         void (*fn) (const struct rehearsal_cases *, void *),
                         void *data, GError **error);
#endif
