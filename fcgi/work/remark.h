/* Remarks on single fields, given with a return.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef WORK_REMARK_H
#define WORK_REMARK_H
#include "work/case.h"

struct remark {
  int64_t item_id; /* 0: the head */
  const char *field, *text;
};
/* "remark.17.birth_date": item 17, field birth_date; "remark.17.duty.2.post": a
 * cell; "remark.0.unit": the head; "remark.0.paper.approval": a paper.  false:
 * another parameter, or not well formed. */
bool remark_name (const char *parameter, gint64 *item_id, const char **field);
/* What the unit can put right in ITEM, NULL: in the head: a set of names of
 * fields and lists that are not closed as they stand, and "paper.KIND".  Owned
 * by the request. */
int remark_places (struct bz_req *, struct bz_case *, struct bz_item *,
                   GHashTable **ret);
/* The same by FACTS of theirs that the caller has. */
GHashTable *remark_places_in (struct bz_req *, struct bz_case *,
                              struct bz_item *, xmlDoc *facts);
/* Mark what cannot be stored, before anything changes: the count of marks;
 * <0: one is for an item of another case. */
int remark_check (struct bz_req *, struct bz_case *);
/* The next remark of the request from parameter *AT on, *AT behind it; false:
 * no more. */
bool remark_next (const struct bz_req *, unsigned *at, struct remark *ret);
/* Has the request a remark on ITEM? */
bool remark_on (struct bz_req *, const struct bz_item *);
/* Store the request's remarks, which remark_check let pass, under MOVE_ID:
 * their count, or <0.  Items that got one become "returned". */
int remark_store (struct bz_req *, struct bz_case *, int64_t move_id);
/* c->remarks from the last return; nothing to do where there was none. */
int remark_load (struct bz_req *, struct bz_case *);
/* Did the last return remark anything on this item?  0: on the head. */
bool remark_of (const struct bz_case *, int64_t item_id);
/* Warn of the last return's remarks on ITEM, NULL: of the head. */
int remark_warn (struct bz_req *, const struct bz_case *,
                 const struct bz_item *);
#endif
