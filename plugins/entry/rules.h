/* What 人员入编 decides without request or database: pure functions.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef ENTRY_RULES_H
#define ENTRY_RULES_H
#include "bianzhi/staffing.h"

/* The category (A B C D E) from which the person of an item comes, "X" from
 * outside (A5.2): that of the last employment if it is open or ended by a
 * transfer (exit reasons 01*), else what the clerk stated, else outside.
 * STATED_CATEGORY may be NULL or empty. */
const char *entry_origin (const struct bz_person_found *,
                          const char *stated_category);
/* What the outcome of 验证 says to the clerk of UNIT_ID, and how ("tell", "warn",
 * "stop").  MODE is the form of entry: a transfer is only offered for some. */
const char *entry_outcome (const struct bz_person_found *, int64_t unit_id,
                           const char *mode, const char **ret_kind);
/* The same for the reviewer, in few words. */
const char *entry_finding (enum bz_known);
/* May these be transferred between two units (转任, 调任, 调入, 划转)? */
int entry_mode_transfers (const char *mode);
#endif
