/* A copy of a database in which nobody can be recognised, for the rehearsal of an upgrade.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef DATA_MASKED_H
#define DATA_MASKED_H
#include "data/db.h"

/* INTO has the tables of the database FROM on the same server, made by the same
 * migrations, and its account may read FROM.  Its rows become those of FROM.  Of a text
 * whatever is not plain ASCII or has seven digits in a row, and what is a name, a number
 * of a person or a password whatever it looks like, becomes a code that is the same for
 * the same text in all tables and cannot be turned back; XML keeps its elements.  So it
 * holds for tables of plugins as well, without a word of theirs.  Received files, the
 * sessions, the audit chain and what only the running server needs are left out.
 * How many tables, or <0 with ERROR. */
int64_t masked_copy (struct db *into, const char *from, GError **error);
#endif
