/* Numbered, forward-only changes of the schema.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef DATA_MIGRATE_H
#define DATA_MIGRATE_H
#include "data/db.h"

/* The queries of migrations, from CONF's definitions; migrate_run does it itself. */
int migrate_load (const struct conf *, GError **error);
/* Run sql/NNNN-*.sql of each pack that bz_migration does not know yet, in order
 * of packs and numbers, then make the secret of the form keys if there is none,
 * then the rights of sql/grants.xml.  A file whose checksum changed since it
 * ran is refused, so is one that began and did not end.  DRY prints the
 * statements only.  (Code tables are read from their files, not stored.) */
int migrate_run (const struct conf *, struct db *owner, bool dry,
                 GError **error);
/* Does the database have TABLE?  1, 0, <0.  After migrate_load. */
int migrate_table_known (struct db *, const char *table);
/* Would the migrations of a province's plugin in the folder DIR be taken?  No database is
 * asked.  0, or <0 with file, line and what to do. */
int migrate_look (const char *pack, const char *dir, GError **error);
#endif
