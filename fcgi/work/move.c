/* Moves of a case: the decision, then all its effects in one transaction.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "work/amend.h"
#include "work/move.h"
#include <string.h>
#include "define/code.h"
#include "define/process.h"
#include "people/session.h"
#include "work/check.h"
#include "work/inbox.h"
#include "work/pair.h"
#include "work/remark.h"
#include "work/scope.h"
#include "work/series.h"
#include "work/setting.h"
#include "work/workday.h"

enum move_kind
move_kind (const struct process *p, const struct process_move *m)
{
  int from = process_index (p, m->from), to = process_index (p, m->to);

  if (to >= 0)
    return to > from && strcmp (m->from, PROCESS_HELD) != 0 ? MOVE_ON
                                                            : MOVE_BACK;
  return strcmp (m->to, "done") == 0 ? MOVE_DONE : MOVE_END;
}

/* -- Who may. */

static enum process_place
place_of (const struct session *s, const struct bz_case *c)
{
  if (s->scope_id == c->office_id)
    return PLACE_OFFICE;
  if (s->scope_id == c->scope_id)
    return PLACE_OWN;
  if (g_strcmp0 (s->scope_kind, "office") == 0)
    return s->scope_id == c->office_above ? PLACE_NEXT : PLACE_HIGHER;
  if (c->kept_by == 0)
    return c->above_now ? PLACE_ABOVE : PLACE_HIGHER;
  if (c->above_now)
    return c->above_kept ? PLACE_ABOVE : PLACE_SINCE;
  return c->above_kept ? PLACE_FORMER : PLACE_HIGHER;
}

static struct process_ask
ask_for (struct bz_req *req, const struct bz_case *c, const char *move)
{
  static const char *const nobody[] = { NULL };
  const struct session *s = req->session;
  struct process_ask ask = {
    .step = c->step,
    .move = move,
    .roles = nobody,
    .place = PLACE_OUTSIDE,
    .opened = c->opened_at != NULL,
    .passed = c->passed,
    .late = c->due_on != NULL && strcmp (bz_today (req), c->due_on) > 0,
    .alone = !c->has_parent,
    .top = case_is_top (c),
  };

  if (s != NULL) { /* case_load looked through the scope */
    ask.roles = s->roles;
    ask.place = place_of (s, c);
    ask.other_desk = s->desk != NULL && c->desk != NULL
                  && strcmp (s->desk, c->desk) != 0;
    ask.is_submitter = c->submitted_by == s->operator_id;
  }
  return ask;
}

/* 撤回同意: who may approve where the held case stood may take it back. */
static enum process_answer
release_ask (struct bz_req *req, const struct bz_case *c,
             const struct process_move **ret)
{
  struct process_ask ask = ask_for (req, c, NULL);
  struct process_move *release = bz_alloc (req, sizeof *release);
  enum process_answer answer = PROCESS_NO_MOVE;

  ask.step = c->held_from;
  ask.has_opinion = true;
  for (unsigned i = 0; i < c->process->moves->len && answer != PROCESS_OK;
       i++) {
    const struct process_move *m = c->process->moves->pdata[i], *found;

    if (strcmp (m->from, c->held_from) != 0
        || move_kind (c->process, m) != MOVE_DONE)
      continue;
    ask.move = m->name;
    answer = process_decide (c->process, &ask, &found);
  }
  *release = (struct process_move){ .name = "release",
                                    .from = PROCESS_HELD,
                                    .to = (char *) c->held_from,
                                    .by = (char *) c->held_from,
                                    .title = "撤回同意" };
  *ret = release;
  return answer;
}

static enum process_answer
move_ask (struct bz_req *req, const struct bz_case *c, const char *move,
          bool has_opinion, const struct process_move **ret)
{
  struct process_ask ask = ask_for (req, c, move);

  if (case_is_held (c))
    return c->held_from != NULL && strcmp (move, "release") == 0
           ? release_ask (req, c, ret)
           : PROCESS_NO_MOVE;

  ask.has_opinion = has_opinion;
  return process_decide (c->process, &ask, ret);
}

/* "2026-11-25 10:26 由林清华核准": who did what last; "" before the first
 * move. */
static int
move_last (struct bz_req *req, const struct bz_case *c, const char **ret)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "bz.moves", BZ_ARGS (BZ_INT (c->id)));

  *ret = "";
  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc > 0) {
    const char *name = bz_db_text (rows, "move");
    const char *at = bz_db_text (rows, "at"), *who = bz_db_text (rows, "who");
    const struct process_move *m = process_move (c->process,
                                                 bz_db_text (rows, "from_step"),
                                                 name);

    *ret = bz_format (req, "已于 %.16s 由%s%s，", at != NULL ? at : "",
                      who != NULL ? who : "他人", m != NULL ? m->title : name);
  }
  return MIN (rc, BZ_OK);
}

int
move_changed (struct bz_req *req, const struct bz_case *c)
{
  const char *tone, *last, *status = case_status (c, &tone);
  int rc = move_last (req, c, &last);

  return rc < 0 ? rc
                : bz_fail (req, BZ_CONFLICT,
                           "申请单 %s %s现在是“%s”，您的办理没有保存，"
                           "请重新打开申请单，核对后再办理",
                           c->number, last, status);
}

static int
move_refuse (struct bz_req *req, const struct bz_case *c,
             enum process_answer answer)
{
  const char *tone, *status = case_status (c, &tone);

  switch (answer) {
  case PROCESS_NO_MOVE:
    return move_changed (req, c);
  case PROCESS_OTHER_DESK:
    return bz_fail (req, BZ_FORBIDDEN, "申请单 %s 由%s办理，请转告该科室",
                    c->number, c->desk);
  case PROCESS_PASSED:
    return bz_fail (req, BZ_CONFLICT,
                    "申请单 %s 已审核通过并转到“%s”，不能再撤回；"
                    "需要修改的，请联系审核人退回",
                    c->number, status);
  case PROCESS_OWN_SUBMISSION:
    return bz_fail (req, BZ_FORBIDDEN,
                    "这张申请单由您本人上报，须由其他人审核");
  case PROCESS_OPENED:
    return bz_fail (
      req, BZ_CONFLICT,
      "审核人已经开始审核，不能再撤回；需要修改的，请联系审核人退回");
  case PROCESS_NEEDS_OPINION:
    return bz_mark (req, "opinion", "请填写意见说明，写明理由和改正办法");
  default:
    return bz_fail (req, BZ_FORBIDDEN,
                    "申请单 %s 现在是“%s”，您没有办理这一步的权限", c->number,
                    status);
  }
}

int
move_decide (struct bz_req *req, const struct bz_case *c, const char *move,
             bool has_opinion, const struct process_move **ret)
{
  enum process_answer answer = move_ask (req, c, move, has_opinion, ret);

  return answer == PROCESS_OK ? BZ_OK : move_refuse (req, c, answer);
}

GPtrArray *
move_allowed (struct bz_req *req, const struct bz_case *c)
{
  GPtrArray *ret = g_ptr_array_new ();

  for (unsigned i = 0; i < c->process->moves->len; i++) {
    struct process_move *m = c->process->moves->pdata[i];
    const struct process_move *found;

    if (strcmp (m->from, c->step) == 0
        && move_ask (req, c, m->name, true, &found) == PROCESS_OK)
      g_ptr_array_add (ret, m);
  }
  if (case_is_held (c)) {
    const struct process_move *release;

    if (move_ask (req, c, "release", true, &release) == PROCESS_OK)
      g_ptr_array_add (ret, (void *) release);
  }
  return ret;
}

static bool
move_any (struct bz_req *req, const struct bz_case *c, bool done_or_on)
{
  g_autoptr (GPtrArray) moves = move_allowed (req, c);

  for (unsigned i = 0; i < moves->len; i++) {
    const struct process_move *m = moves->pdata[i];
    enum move_kind kind = move_kind (c->process, m);

    if (!done_or_on || kind == MOVE_ON || kind == MOVE_DONE)
      return true;
  }
  return false;
}

bool
move_may_edit (struct bz_req *req, const struct bz_case *c)
{
  return case_at_start (c) && move_any (req, c, true);
}

bool
move_may_review (struct bz_req *req, const struct bz_case *c)
{
  return !case_at_start (c) && strcmp (c->state, "open") == 0
      && move_any (req, c, true);
}

bool
move_may_correct (struct bz_req *req, const struct bz_case *c)
{
  const struct process_step *step = process_step (c->process, c->step);

  return step != NULL && step->corrects != NULL && move_may_review (req, c);
}

/* -- What it does. */

/* The state of the case after MOVE. */
static const char *
state_after (const struct process *p, const struct process_move *m)
{
  switch (move_kind (p, m)) {
  case MOVE_ON:
    return "open";
  case MOVE_BACK:
    if (process_index (p, m->to) > 0)
      return "open";
    /* Taken back by those who sent it, or sent back by those who got it. */
    return m->by != NULL && strcmp (m->by, m->to) == 0 ? "draft" : "returned";
  default:
    return m->to;
  }
}

static int
move_items (struct bz_req *req, struct bz_case *c, const char *state)
{
  int rc = BZ_OK;

  for (unsigned i = 0; i < c->items->len && rc == BZ_OK; i++) {
    struct bz_item *item = c->items->pdata[i];

    if (strcmp (item->state, state) == 0)
      continue;
    item->state = state;
    rc = item_store (req, item);
  }
  return rc;
}

/* 通知单编号: the pattern that the table of document numbers has for the
 * business's prefix, unless the configuration has another. */
int
move_number (struct bz_req *req, struct bz_case *c)
{
  const struct business *b = c->business;
  const struct code_table *table = code_table ("document_number_format");
  const struct code *row = table != NULL ? code_find (table->name, b->prefix)
                                         : NULL;
  const char *pattern = row != NULL ? code_extra (table, row, "pattern") : NULL;

  if (b->number == NULL)
    return BZ_OK;
  return series_draw (req, c->office_id, b->number,
                      pattern != NULL ? pattern : SERIES_PATTERN,
                      &c->result_number);
}

int
move_effects (struct bz_req *req, struct bz_case *c)
{
  const struct business *b = c->business;
  int rc = BZ_OK;

  for (unsigned i = 0; i < c->items->len && rc == BZ_OK; i++) {
    struct bz_item *item = c->items->pdata[i];

    if (b->hooks.effect != NULL)
      rc = b->hooks.effect (req, c, item);
    if (rc >= 0) {
      item->state = "approved";
      rc = item_store (req, item);
    }
  }
  return rc < 0 ? rc : BZ_OK;
}

/* -- Telling. */

/* "entry.approved" of a move: the second word of its event. */
static const char *
topic_of (const struct bz_case *c, const struct process_move *m)
{
  const struct process_step *first = c->process->steps->pdata[0];

  switch (move_kind (c->process, m)) {
  case MOVE_ON:
    return strcmp (m->from, first->name) == 0 ? "submitted" : "passed";
  case MOVE_DONE:
    return "approved";
  case MOVE_BACK:
    return strcmp (c->state, "draft") == 0 ? "withdrawn" : "returned";
  default:
    return m->to; /* rejected, cancelled */
  }
}

static int
tell (struct bz_req *req, const struct bz_case *c, const char *topic,
      int64_t subject_id, const char *body)
{
  const struct bz_event event = {
    .topic = bz_format (req, "%s.%s", c->business->name, topic),
    .case_id = c->id,
    .subject_id = subject_id,
    .body = body,
  };

  return bz_emit (req, &event);
}

int
case_tell (struct bz_req *req, const struct bz_case *c,
           const struct process_move *m, bool seen)
{
  const char *topic = topic_of (c, m);
  int rc = inbox_move (req, c);

  if (rc < 0)
    return rc;
  if (strcmp (topic, "approved") != 0 || c->items->len == 0)
    return tell (req, c, topic, 0, seen ? "<case opened=\"1\"/>" : NULL);
  for (unsigned i = 0; rc >= 0 && i < c->items->len; i++) {
    const struct bz_item *item = c->items->pdata[i];

    rc = tell (req, c, topic, item->subject_id, NULL);
  }
  return rc;
}

/* -- The case's own columns. */

int
move_clock (struct bz_req *req, struct bz_case *c, const char *from,
            const struct process_step *to)
{
  const struct process_step *was = process_step (c->process, from);
  const char *key = bz_format (req, "days.%s", c->business->name);
  const char *days;
  char due[11];
  int rc, n;

  if (to == NULL || to == c->process->steps->pdata[0]) {
    c->due_on = NULL;
    return BZ_OK;
  }
  if (to->where == WHERE_OFFICE && was->where == WHERE_OFFICE)
    return BZ_OK; /* it runs on */
  n = to->where == WHERE_OFFICE ? c->process->days : to->days;
  days = bz_format (req, "%d", n);
  rc = to->where == WHERE_OFFICE
       ? setting_get (req, c->office_id, key, days, &days)
       : BZ_OK;
  n = (int) g_ascii_strtoll (days, NULL, 10);
  c->due_on = n > 0 && workday_add (bz_today (req), n, due)
              ? req_strdup (req, due)
              : NULL;
  c->term = c->due_on != NULL ? n : 0;
  return rc;
}

/* TO: where it leads in the end. */
static int
move_columns (struct bz_req *req, struct bz_case *c,
              const struct process_move *m, const char *to)
{
  const struct process_step *step = process_step (c->process, to);
  enum move_kind kind = move_kind (c->process, m);
  bool on = kind == MOVE_ON || kind == MOVE_DONE;
  bool hands_in = on && case_at_start (c);
  int rc = move_clock (req, c, m->from, step);

  if (hands_in) {
    c->submitted_by = bz_user_id (req);
    c->submitted_at = bz_now (req);
  }
  c->passed = kind == MOVE_ON && !hands_in;
  c->state = state_after (c->process, m);
  c->step = to;
  c->opened_at = NULL;
  c->closed_at = step == NULL ? bz_now (req) : NULL;
  return rc;
}

int
move_store (struct bz_req *req, struct bz_case *c)
{
  const struct bz_arg none = BZ_NULL, by = BZ_INT (c->submitted_by);
  const struct bz_arg term = BZ_INT (c->term);
  int64_t changed = bz_db_exec (
    req, "bz.case_move",
    BZ_ARGS (BZ_STR (c->step), BZ_STR (c->state), BZ_STR (c->result_number),
             c->submitted_by != 0 ? by : none, BZ_STR (c->submitted_at),
             BZ_STR (c->opened_at), BZ_STR (c->closed_at), BZ_STR (c->due_on),
             BZ_INT (c->passed), c->term > 0 ? term : none,
             BZ_STR (bz_now (req)), BZ_INT (c->id), BZ_INT (c->version)));

  if (changed < 0)
    return (int) changed;
  if (changed != 1)
    return bz_fail (req, BZ_CONFLICT,
                    "这张申请单刚刚被修改过，请重新打开后再办理");
  c->version++;
  return BZ_OK;
}

int
move_insert (struct bz_req *req, const struct bz_case *c,
             const struct process_move *m, const char *to, const char *opinion,
             int64_t *id)
{
  int64_t acting_for = req->session != NULL ? req->session->acting_for : 0;
  int64_t changed = bz_db_exec (req, "bz.move_insert",
                                BZ_ARGS (BZ_INT (c->id), BZ_STR (m->name),
                                         BZ_STR (m->from), BZ_STR (to),
                                         BZ_STR (opinion), BZ_INT (acting_for),
                                         BZ_STR (bz_now (req))));

  if (changed < 0)
    return (int) changed;
  *id = bz_db_last_id (req);
  return bz_audit (req, bz_format (req, "%s.%s", c->business->name, m->name),
                   "case", c->id, c->number);
}

/* -- Sending back. */

/* What the second look is compared with: head, items and papers as they are. */
static int
move_keep_was (struct bz_req *req, const struct bz_case *c)
{
  static const char *const queries[] = {
    "bz.items_return",   "bz.papers_was_drop", "bz.papers_was_keep",
    "bz.items_was_drop", "bz.items_was_keep",
  };
  int64_t changed = BZ_OK;

  for (size_t i = 0; i < G_N_ELEMENTS (queries) && changed >= 0; i++)
    changed = bz_db_exec (req, queries[i], BZ_ARGS (BZ_INT (c->id)));
  return (int) MIN (changed, BZ_OK);
}

/* The case was sent back by move ID: its remarks, and what it held. */
static int
move_return (struct bz_req *req, struct bz_case *c, int64_t id)
{
  int64_t changed = bz_db_exec (req, "bz.case_return",
                                BZ_ARGS (BZ_INT (id), BZ_INT (c->id)));

  if (changed >= 0)
    changed = move_keep_was (req, c);
  c->return_id = id;
  if (changed >= 0)
    changed = remark_store (req, c, id);
  return (int) MIN (changed, BZ_OK);
}

/* "核准 8 人，其余 1 人转入 RB-2026-00012 退回": the history of those who were
 * approved; the reason stands with those who were not. */
static const char *
part_text (struct bz_req *req, const struct bz_case *c,
           const struct process_move *m, const struct bz_case *new)
{
  const char *word = c->business->item_word;

  return bz_format (req, "%s %u %s，其余 %u %s转入 %s 退回",
                    process_whole (c->process, m)->title, c->items->len, word,
                    new->items->len, word, new->number);
}

/* Those of REST that are not approved with the others: a case of their own.
 * *OPINION: on them; then what is to be said of the others. */
static int
move_rest (struct bz_req *req, struct bz_case *c, const struct process_move *m,
           GPtrArray *rest, const char **opinion)
{
  const struct process_move back = { .name = m->name,
                                     .from = m->from,
                                     .to = m->rest };
  struct bz_case *new;
  int64_t id;
  int rc = case_split (req, c, rest, m->rest, &new);

  if (rc == BZ_OK)
    rc = move_insert (req, new, &back, m->rest, *opinion, &id);
  if (rc == BZ_OK)
    rc = move_return (req, new, id);
  if (rc == BZ_OK)
    rc = inbox_move (req, new);
  if (rc == BZ_OK)
    *opinion = part_text (req, c, m, new);
  return rc == BZ_OK ? tell (req, new, "returned", 0, NULL) : rc;
}

/* -- The move. */

static int
move_effect (struct bz_req *req, struct bz_case *c,
             const struct process_move *m, bool hands_in)
{
  enum move_kind kind = move_kind (c->process, m);
  int rc;

  if (kind == MOVE_DONE) { /* in order of the items, then the number */
    rc = move_effects (req, c);
    if (rc == BZ_OK)
      rc = move_number (req, c);
    return rc == BZ_OK ? amend_finish (req, c) : rc;
  }
  if (hands_in)
    return move_items (req, c, "ready");
  return kind == MOVE_END && strcmp (m->to, "rejected") == 0
         ? move_items (req, c, "rejected")
         : BZ_OK;
}

int
move_target (struct bz_req *req, struct bz_case *c,
             const struct process_move *m, const char **ret)
{
  struct process_ask ask = ask_for (req, c, m->name);
  g_autofree const char **idle = NULL;
  xmlDoc *facts;
  int rc = case_facts (req, c, NULL, &facts);

  if (rc < 0)
    return rc;
  idle = process_idle (c->process, facts);
  xmlFreeDoc (facts);
  ask.idle = idle;
  *ret = process_target (c->process, &ask, m);
  return BZ_OK;
}

int
move_finish (struct bz_req *req, struct bz_case *c,
             const struct process_move *m, const char *opinion)
{
  int64_t id;
  int rc = move_columns (req, c, m, m->to);

  if (rc == BZ_OK)
    rc = move_store (req, c);
  if (rc == BZ_OK)
    rc = move_insert (req, c, m, m->to, opinion, &id);
  return rc == BZ_OK ? case_tell (req, c, m, false) : rc;
}

/* M as the approving move, where nobody is left to look at it. */
static const struct process_move *
move_through (struct bz_req *req, const struct process_move *m)
{
  struct process_move *through = bz_alloc (req, sizeof *through);

  *through = *m;
  through->to = (char *) "done";
  return through;
}

/* P, which leads to TO in the end. */
static int
move_apply (struct bz_req *req, struct bz_case *c, const struct move_plan *p,
            const char *to, bool hands_in)
{
  const struct process_move *m = p->move;
  const char *opinion = p->opinion;
  bool seen = c->opened_at != NULL && m->by != NULL
           && strcmp (m->by, m->from) != 0;
  int64_t id;
  int rc = BZ_OK;

  if (p->rest != NULL)
    rc = move_rest (req, c, m, p->rest, &opinion);
  if (rc == BZ_OK)
    rc = move_effect (req, c, m, hands_in);
  if (rc == BZ_OK)
    rc = move_columns (req, c, m, to);
  if (rc == BZ_OK)
    rc = move_store (req, c);
  if (rc == BZ_OK)
    rc = scope_forget (req, c);
  if (rc == BZ_OK)
    rc = move_insert (req, c, m, to,
                      seen && *opinion == '\0' ? "撤回时审核人已打开" : opinion,
                      &id);
  if (rc == BZ_OK && strcmp (c->state, "returned") == 0)
    rc = move_return (req, c, id);
  if (rc == BZ_OK)
    rc = case_tell (req, c, m, seen);
  return rc == BZ_OK ? pair_follow (req, c, move_kind (c->process, m), hands_in)
                     : rc;
}

/* All that can be wrong is said before anything changes.  The count of stops,
 * or <0. */
static int
move_check (struct bz_req *req, struct bz_case *c, const struct process_move *m)
{
  int stops, loaded = 0;

  switch (move_kind (c->process, m)) {
  case MOVE_BACK:
    return remark_check (req, c);
  case MOVE_END:
    return 0;
  default:
    if (m->unchecked)
      return 0;
    stops = check_case (req, c);
  }
  if (stops >= 0 && case_at_start (c))
    loaded = check_loaded (req, c);
  return stops < 0 ? stops : loaded < 0 ? loaded : stops + loaded;
}

bool
move_takes (const struct bz_req *req, int64_t item_id)
{
  g_autofree char *id = g_strdup_printf ("%lld", (long long) item_id);

  for (unsigned i = 0; i < req->params->len; i++) {
    const struct param *p = &g_array_index (req->params, struct param, i);

    if (strcmp (p->name, "take") == 0 && strcmp (p->value, id) == 0)
      return true;
  }
  return false;
}

/* Part c->items into those chosen and *REST; marks when there is nothing to
 * part, or when a chosen one has remarks. */
static int
move_part (struct bz_req *req, struct bz_case *c, GPtrArray **rest)
{
  GPtrArray *taken = g_ptr_array_new (), *left = g_ptr_array_new ();
  const struct business *b = c->business;

  req_own (req, taken, (GDestroyNotify) g_ptr_array_unref);
  req_own (req, left, (GDestroyNotify) g_ptr_array_unref);
  for (unsigned i = 0; i < c->items->len; i++) {
    struct bz_item *item = c->items->pdata[i];
    bool is = move_takes (req, item->id);

    g_ptr_array_add (is ? taken : left, item);
    if (is && remark_on (req, item))
      return bz_mark (req, "take",
                      "%s已勾选核准，又填写了退回意见；"
                      "请去掉勾选，或者清空退回意见",
                      item->label);
  }
  if (taken->len == 0)
    return bz_mark (req, "take", "没有勾选要核准的%s，请至少勾选一%s",
                    b->item_title, b->item_word);
  if (left->len == 0)
    return bz_mark (req, "take",
                    "已勾选全部%s，没有要退回的；请去掉勾选，或者办理核准",
                    b->item_title);
  c->items = taken;
  *rest = left;
  return BZ_OK;
}

/* The items of a part, and all that can be wrong with the move.  The count of
 * stops, or <0. */
static int
plan_check (struct bz_req *req, struct bz_case *c, struct move_plan *p)
{
  int rc = BZ_OK;

  if (p->move->rest != NULL && pair_is_open (c))
    return bz_mark (req, "take",
                    "%s的%s须一并办理，不能%s；有不符合要求的请全部退回",
                    c->business->pair->title, c->business->item_title,
                    p->move->title);
  if (p->move->rest != NULL) {
    rc = remark_check (req, c);
    if (rc == 0)
      rc = move_part (req, c, &p->rest);
  }
  return rc == 0 ? move_check (req, c, p->move) : rc;
}

int
move_plan (struct bz_req *req, struct bz_case *c, const char *move,
           const char *opinion, struct move_plan *ret)
{
  char *text = g_strstrip (req_strdup (req, opinion != NULL ? opinion : ""));
  struct move_plan p = { .opinion = text, .all = c->items };
  int rc = move_decide (req, c, move, *text != '\0', &p.move);

  if (rc < 0)
    return rc;
  if (g_utf8_strlen (text, -1) > 1000)
    return bz_mark (req, "opinion", "意见说明最多 1000 字，请缩短");
  if (process_step (c->process, p.move->by != NULL ? p.move->by : p.move->from)
        ->where
      == WHERE_OWN)
    session_fills_for (req, c->scope_id, c->scope_name);
  rc = plan_check (req, c, &p);
  if (rc == 0)
    *ret = p;
  else
    c->items = p.all;
  return rc > 0 ? BZ_BAD_INPUT : rc;
}

int
move_make (struct bz_req *req, struct bz_case *c, const struct move_plan *p)
{
  struct move_plan now = *p;
  bool on, hands_in;
  const char *to;
  int rc;

  if (case_is_held (c))
    return pair_release (req, c, p->opinion);
  rc = move_target (req, c, p->move, &to);
  if (rc < 0)
    return rc;
  on = move_kind (c->process, p->move) == MOVE_ON;
  hands_in = on && case_at_start (c);
  if (on && strcmp (to, "done") == 0)
    now.move = move_through (req, p->move);
  if (pair_is_open (c) && move_kind (c->process, now.move) == MOVE_DONE)
    return pair_approve (req, c, now.move, p->opinion);
  return move_apply (req, c, &now, to, hands_in);
}

int
case_move (struct bz_req *req, struct bz_case *c, const char *move,
           const char *opinion)
{
  struct move_plan p;
  int rc = move_plan (req, c, move, opinion, &p);

  return rc == BZ_OK ? move_make (req, c, &p) : rc;
}
