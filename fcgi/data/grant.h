/* Rights of the application's and the report's accounts in the database.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef DATA_GRANT_H
#define DATA_GRANT_H
#include "data/db.h"

/* Give conf->db_user, and [database] report_user if there is one, exactly what
 * sql/grants.xml says; take away what they have beyond it in this database. An
 * account with rights on the whole server is refused.  Nothing to do when the
 * application is the owner itself (tests).  DRY prints the statements. */
int grant_run (const struct conf *, struct db *owner, bool dry, GError **error);
#endif
