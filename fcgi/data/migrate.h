/* Numbered, forward-only changes of the schema.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef DATA_MIGRATE_H
#define DATA_MIGRATE_H
#include "data/db.h"

/* Run sql/NNNN-*.sql of each pack that bz_migration does not know yet, in order
 * of packs and numbers, then make the secret of the form keys if there is none,
 * then the rights of sql/grants.xml.  A file whose checksum changed since it
 * ran is refused, so is one that began and did not end.  DRY prints the
 * statements only.  (Code tables are read from their files, not stored.) */
int migrate_run (const struct conf *, struct db *owner, bool dry,
                 GError **error);
#endif
