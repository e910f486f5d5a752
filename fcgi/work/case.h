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
  const char *label, *key; /* 姓名, 身份证号 as stored for lists         */
  const char *state;       /* draft ready approved returned rejected     */
  xmlDoc *values;          /* <item>; freed with the request             */
  GHashTable *closed;      /* field -> reason                            */
  GHashTable *shut;        /* the same, by a return; NULL: nothing       */
  GPtrArray *says;         /* "kind\ttext"                               */
  xmlDoc *now;             /* what the register says: before.c, or NULL  */
  GPtrArray *coming;       /* kinds of papers that this request brings   */
  int64_t undone_by;       /* bz_case that took its approval back; 0     */
  int64_t undone_sheet;    /* the last sheet that tells of it then       */
};
struct bz_case {
  const struct business *business;
  const struct process *process;
  int64_t id, scope_id, office_id, created_by, submitted_by;
  int64_t office_above; /* the office right above the case's; 0: none   */
  int version;
  int term; /* working days of the clock that this move starts; 0: none */
  const char *number, *step, *state, *reason, *result_number;
  const char *created_at, *submitted_at, *closed_at, *due_on, *opened_at;
  const char *scope_name, *desk; /* of the unit; desk NULL: any        */
  const char *split_number;      /* of the case that it was part of    */
  int64_t return_id, split_from; /* bz_move that sent it back last; bz_case */
  int undone, total;  /* items whose approval was taken back, of so many */
  bool passed;        /* on from where it was handed in             */
  bool has_parent;    /* the unit has one above it                  */
  bool above_now;     /* who asks stands above the unit, or is it   */
  int64_t kept_by;    /* bz_scope that was above it and decides; 0  */
  bool above_kept;    /* who asks stands above that one, or is it   */
  xmlDoc *head;       /* <head>                                     */
  GHashTable *shut;   /* of the head, as in struct bz_item          */
  GPtrArray *remarks; /* struct remark of return_id; NULL: not read */
  GPtrArray *items;   /* struct bz_item, by seq                     */
  const char *updated_at;
  xmlDoc *papers;        /* <papers>, once case_papers has read them   */
  GHashTable *papers_of; /* the same by item: GPtrArray of xmlNode   */
  void *notes;           /* of the business, while NOTING            */
  int64_t pair_id;       /* bz_pair that it stands in; 0: none  */
  struct pair *pair;     /* of it, open or closed; NULL: none   */
  struct bz_case *other; /* the other one, once work/pair.c has loaded it */
  const char *held_from; /* the step at which it was approved, while it
                          * waits for the other one             */
  struct bz_case
    *undoes;         /* loaded by work/undo.c: whose approval it takes back */
  bool locked, told; /* loaded for a change; its unit knows of it */
  bool noting;
};
/* The case with its items, through the scope of the session. BZ_OK,
 * BZ_NOT_FOUND (also when it lies outside the scope), <0.  LOCK: for a change,
 * inside the transaction. */
int case_load (struct bz_req *, const struct business *, int64_t id, bool lock,
               struct bz_case **ret);
int case_create (struct bz_req *, const struct business *, int64_t scope_id,
                 xmlDoc *head, struct bz_case **ret);
int case_store_head (struct bz_req *, struct bz_case *);
/* A case that is not stored yet: the page of 新建, unit SCOPE_ID (may be 0). */
struct bz_case *case_blank (struct bz_req *, const struct business *,
                            int64_t scope_id);
/* Number and items of a new case: a part of C that left it, already stored,
 * standing returned at STEP; ITEMS (struct bz_item) are its own now. */
int case_split (struct bz_req *, struct bz_case *, GPtrArray *items,
                const char *step, struct bz_case **ret);
/* The unit that the session may file such a case for: its name, and the office that
 * decides; BZ_NOT_FOUND else. */
int case_scope_find (struct bz_req *, const struct business *, int64_t scope_id,
                     const char **name, int64_t *office_id);
/* After items came or went: count, label, reason, version. */
int case_touch (struct bz_req *, struct bz_case *);
/* "周文博 等3人"; g_free. */
char *case_label (const struct bz_case *);
/* The reason that the head carries or, if it carries none, the composed one. */
int case_reason_now (struct bz_req *, struct bz_case *, const char **ret);
/* The papers of the case, read once: <papers><paper kind=...>. */
int case_papers (struct bz_req *, struct bz_case *, xmlDoc **ret);
/* Of those that case_papers has read, the <paper>s of an item; 0: of the head.
 * NULL: none. */
const GPtrArray *case_papers_of (const struct bz_case *, int64_t item_id);
/* They have changed: the next case_papers reads them anew. */
void case_papers_drop (struct bz_case *);
/* The number of a <paper> of them. */
int64_t paper_id (const xmlNode *paper);
/* Whose a <paper> of them is; 0: the head's. */
int64_t paper_item (const xmlNode *paper);
/* The facts of the case, or of ITEM in it, business's own included; xmlFreeDoc. */
int case_facts (struct bz_req *, struct bz_case *, struct bz_item *,
                xmlDoc **ret);
/* Approved, and waiting for the other one of its pair? */
bool case_is_held (const struct bz_case *);
/* Has its office no office above it? */
bool case_is_top (const struct bz_case *);
/* Does a clerk still work on it? */
bool case_at_start (const struct bz_case *);
/* 草稿, 事务中心审核, 已核准 ... and the tone of the word. */
const char *case_status (const struct bz_case *, const char **tone);
struct bz_item *case_find_item (const struct bz_case *, int64_t item_id);

/* One that is none of the case's, with no values yet. */
struct bz_item *item_beside (struct bz_req *, struct bz_case *);
struct bz_item *item_new (struct bz_req *, struct bz_case *);
/* A stored one, from the row that ROWS stands on. */
int item_from_row (struct bz_req *, struct bz_case *, struct bz_rows *);
/* Label and key anew from the values. */
void item_name (struct bz_req *, struct bz_item *);
bool item_stopped (const struct bz_item *); /* a "stop" was said       */
int item_store (struct bz_req *, struct bz_item *); /* insert or update */
int item_remove (struct bz_req *, struct bz_item *);
/* One move, wholly: decision, checks, effects of approved items, number,
 * history, event, audit.  Remarks (remark.ITEM.FIELD) and the items that are
 * approved when not all are (take=ITEM) come from the request.  That somebody has
 * seen the findings is for the caller. */
int case_move (struct bz_req *, struct bz_case *, const char *move,
               const char *opinion);
#endif
