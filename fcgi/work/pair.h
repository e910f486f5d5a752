/* Two cases of two businesses that end together or not at all
 * (doc/decisions/0055-transfer.md).
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * The first that is approved is held: what was decided is recorded, nothing of it
 * holds yet but what the business's hook says (hold).  The approval of the second ends
 * both, in one transaction.  Whoever sends the second back takes the first back to where
 * it was approved; whoever ends the second otherwise dissolves the pair.
 *
 * The operator sees one of the cases; what has to be done with the other one is done in
 * the scope of its own unit (req->as_scope).  Rows are locked in this order: the own
 * case, before anything is read, the pair, the other case, then as
 * doc/decisions/0045-one-gate.md says.  Of two who press on both sides at once the
 * database ends one, which is tried again. */
#ifndef WORK_PAIR_H
#define WORK_PAIR_H
#include "work/move.h"

struct pair_side {
  const char *business;
  int64_t scope_id, case_id; /* CASE_ID 0: not begun */
};
struct pair {
  int64_t id;
  struct pair_side side[2]; /* 0: whose effects run first                  */
  int mine;                 /* whose the case is that it was loaded for    */
  const char *until;        /* the last day to end it                      */
  const char *state;        /* open, closed, dissolved                     */
  const char *why;          /* it was dissolved                            */
  const char *opened_at, *ended_at;
};

/* c->pair.  LOCK: past the snapshot. */
int pair_load (struct bz_req *, struct bz_case *, bool lock);
/* Of the row that ROWS stands on. */
struct pair *pair_take (struct bz_req *, struct bz_rows *);
bool pair_is_open (const struct bz_case *);
/* What the unit of a side is called, whoever asks; 对方单位 where it is gone. */
int pair_scope_name (struct bz_req *, int64_t scope_id, const char **name);
static inline const struct pair_side *
pair_their (const struct pair *p)
{
  return &p->side[!p->mine];
}
/* The other case; NULL while it is not begun. */
int pair_other (struct bz_req *, struct bz_case *, bool lock,
                struct bz_case **ret);
/* The same of a pair of which the operator has no case. */
int pair_side_case (struct bz_req *, const struct pair_side *, bool lock,
                    struct bz_case **ret);
/* Marks: it fits its pair, or has one where it needs one. */
int pair_check (struct bz_req *, struct bz_case *);
/* The approving move M of a case of an open pair: hold it, or end both. */
int pair_approve (struct bz_req *, struct bz_case *,
                  const struct process_move *, const char *opinion);
/* 撤回同意: a held case goes back to where it was approved. */
int pair_release (struct bz_req *, struct bz_case *, const char *opinion);
/* After any other move of KIND: open a pair, let the other one go back, dissolve. */
int pair_follow (struct bz_req *, struct bz_case *, enum move_kind kind,
                 bool hands_in);
/* Both are free of it, and told, but BY, whose people did it; NULL: nobody did. */
int pair_dissolve (struct bz_req *, const struct pair *, const char *why,
                   struct bz_case *by);
/* The pair ID with its cases locked; BZ_CONFLICT with a sentence where it is no longer
 * open.  MINE of *RET is the side of BUSINESS. */
int pair_open_lock (struct bz_req *, int64_t id, const char *business,
                    struct pair **ret);
/* The job cases.pairs: what was not ended in time is dissolved. */
int pairs_expire (struct bz_req *);
#endif
