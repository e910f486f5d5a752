/* A case (申请单) in memory and in bz_case, bz_item, bz_move.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef WORK_CASE_H
#define WORK_CASE_H
#include "define/business.h"
#include "serve/req.h"

struct bz_item {
  struct bz_case *of;
  int64_t id, subject_id;
  int seq, version;
  const char *label, *key;    /* 姓名, 身份证号 as stored for lists         */
  const char *state;          /* draft ready approved returned rejected     */
  xmlDoc *values;             /* <item>; freed with the request             */
  GHashTable *closed;         /* field -> reason                            */
  GPtrArray *says;            /* "kind\ttext"                               */
};
struct bz_case {
  const struct business *business;
  const struct process *process;
  int64_t id, scope_id, office_id, created_by, submitted_by;
  int version;
  const char *number, *step, *state, *reason, *result_number;
  const char *created_at, *submitted_at, *closed_at, *due_on, *opened_at;
  const char *scope_name;
  xmlDoc *head;               /* <head>                                     */
  GPtrArray *items;           /* struct bz_item, by seq                     */
};
/* The case with its items, through the scope of the session. BZ_OK,
 * BZ_NOT_FOUND (also when it lies outside the scope), <0.  LOCK: for a change,
 * inside the transaction. */
int case_load (struct bz_req *, const struct business *, int64_t id, bool lock,
               struct bz_case **ret);
int case_create (struct bz_req *, const struct business *, int64_t scope_id,
                 xmlDoc *head, struct bz_case **ret);
int case_store_head (struct bz_req *, struct bz_case *);
struct bz_item *item_new (struct bz_req *, struct bz_case *);
int item_store (struct bz_req *, struct bz_item *);    /* insert or update */
int item_remove (struct bz_req *, struct bz_item *);
/* One move, wholly: decision, checks, effects of approved items, number,
 * history, event, audit.  REMARKS come from the request (remark.ITEM.FIELD). */
int case_move (struct bz_req *, struct bz_case *, const char *move,
               const char *opinion);
#endif
