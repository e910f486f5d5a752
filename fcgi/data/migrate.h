/* Numbered, forward-only changes of the schema.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef DATA_MIGRATE_H
#define DATA_MIGRATE_H
#include "data/db.h"

/* Run sql/NNNN-*.sql of each pack that bz_migration does not know yet, then
 * load sql/codes/ *.csv into bz_code, roles and grants.  A file whose checksum
 * changed since it ran is refused.  DRY prints the statements only. */
int migrate_run (const struct conf *, struct db *owner, bool dry,
                 GError **error);
#endif
