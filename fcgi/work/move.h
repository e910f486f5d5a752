/* Moves of a case: who may do which, and what each does.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef WORK_MOVE_H
#define WORK_MOVE_H
#include "work/case.h"

enum move_kind {
  MOVE_ON,   /* to a later step                                        */
  MOVE_DONE, /* the approving move                                     */
  MOVE_BACK, /* to an earlier step: return, withdraw                   */
  MOVE_END,  /* rejected, cancelled                                    */
};
enum move_kind move_kind (const struct process *, const struct process_move *);
/* BZ_OK with *RET, or the refusal as a sentence. */
int move_decide (struct bz_req *, const struct bz_case *, const char *move,
                 bool has_opinion, const struct process_move **ret);
/* Where it leads, without the steps that the case does not need: a step or an end. */
int move_target (struct bz_req *, struct bz_case *, const struct process_move *,
                 const char **ret);
/* A move that nothing refuses, as it is about to be made. */
struct move_plan {
  const struct process_move *move;
  const char *opinion; /* trimmed                                         */
  GPtrArray *rest;     /* of a part: struct bz_item that go back; or NULL */
  GPtrArray *all;      /* the items of the case before it is parted       */
};
/* Decision and checks, not whether the operator has seen what they find: that is
 * for the page (findings_unseen).  Nothing is changed that is stored.  BZ_OK:
 * c->items are now those that the move is for; else what case_move returns, and
 * the case is as it was.  *RET belongs to the request. */
int move_plan (struct bz_req *, struct bz_case *, const char *move,
               const char *opinion, struct move_plan *ret);
/* Its effects; as case_move. */
int move_make (struct bz_req *, struct bz_case *, const struct move_plan *);
/* Is the operator at a step that puts right fields of items itself? */
bool move_may_correct (struct bz_req *, const struct bz_case *);
/* BZ_CONFLICT with who did what when, to a case that has moved meanwhile. */
int move_changed (struct bz_req *, const struct bz_case *);
/* The events of a move that was made: NAME.submitted, NAME.passed,
 * NAME.returned, NAME.withdrawn (body <case opened="1"/> when a reviewer had
 * opened it: SEEN), NAME.rejected, NAME.cancelled once, NAME.approved for each
 * item. */
int case_tell (struct bz_req *, const struct bz_case *,
               const struct process_move *, bool seen);
/* -- Parts of a move, for cases that end together (work/pair-move.c). */
/* Effects in order of the items; the number is drawn after those of both. */
int move_effects (struct bz_req *, struct bz_case *);
int move_number (struct bz_req *, struct bz_case *);
/* The office has one term for all its steps, from the day that the case reaches it;
 * another step has its own; a return stops it (A5.1). */
int move_clock (struct bz_req *, struct bz_case *, const char *from,
                const struct process_step *to);
int move_store (struct bz_req *, struct bz_case *);
/* The row of the history; the event is in the audit. */
int move_insert (struct bz_req *, const struct bz_case *,
                 const struct process_move *, const char *to,
                 const char *opinion, int64_t *id);
/* The end of a move that has had its effects: columns, history, events. */
int move_finish (struct bz_req *, struct bz_case *, const struct process_move *,
                 const char *opinion);
/* The moves that would not be refused now; struct process_move, borrowed.
 * Free with g_ptr_array_unref. */
GPtrArray *move_allowed (struct bz_req *, const struct bz_case *);
/* Does the request choose this item (take=17)? */
bool move_takes (const struct bz_req *, int64_t item_id);
/* May the operator work on the case as its clerk (edit, hand in)? */
bool move_may_edit (struct bz_req *, const struct bz_case *);
/* Does the operator stand where the case waits for review? */
bool move_may_review (struct bz_req *, const struct bz_case *);
#endif
