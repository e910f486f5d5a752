/* Columns of the three ledgers (机构编制台账, B4.1).  SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef STAFFING_LEDGER_COLUMN_H
#define STAFFING_LEDGER_COLUMN_H
#include <stdbool.h>
#include <stddef.h>

/* Which ledgers a column stands in. */
enum ledger_kind {
  LEDGER_AGENCY = 1,
  LEDGER_CIVIL = 2,
  LEDGER_INSTITUTION = 4
};
struct ledger_column {
  unsigned kinds;
  const char *group, *within,
    *title;          /* WITHIN: a title below the group's      */
  const char *book;  /* "funding": the type's, by funding form */
  const char *codes; /* "11 13 12*"; * for all that begin so   */
};
extern const struct ledger_column ledger_columns[];
extern const size_t ledger_column_count;
/* Does what is posted under CODE of BOOK stand in the column? */
bool ledger_column_takes (const struct ledger_column *, const char *book,
                          const char *code);
#endif
