/* Remarks on single fields, given with a return.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef WORK_REMARK_H
#define WORK_REMARK_H
#include "work/case.h"

/* "remark.17.birth_date": item 17, field birth_date; "remark.0.unit": the head.
 * false: another parameter, or not well formed. */
bool remark_name (const char *parameter, gint64 *item_id, const char **field);
/* Mark what cannot be stored, before anything changes: the count of marks;
 * <0: one is for an item of another case. */
int remark_check (struct bz_req *, struct bz_case *);
/* Store the request's remarks, which remark_check let pass, under MOVE_ID:
 * their count, or <0.  Items that got one become "returned". */
int remark_store (struct bz_req *, struct bz_case *, int64_t move_id);
/* Warn of the last return's remarks on ITEM, NULL: of the head. */
int remark_warn (struct bz_req *, const struct bz_case *,
                 const struct bz_item *);
#endif
