/* Moves of a case: the decision, then all its effects in one transaction.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "work/move.h"
#include <string.h>
#include "define/code.h"
#include "define/process.h"
#include "people/session.h"
#include "work/check.h"
#include "work/remark.h"
#include "work/series.h"
#include "work/workday.h"

static int
step_index (const struct process *p, const char *name)
{
  for (unsigned i = 0; i < p->steps->len; i++)
    if (strcmp (((struct process_step *) p->steps->pdata[i])->name, name) == 0)
      return (int) i;
  return -1;
}

enum move_kind
move_kind (const struct process *p, const struct process_move *m)
{
  int from = step_index (p, m->from), to = step_index (p, m->to);

  if (to >= 0)
    return to > from ? MOVE_ON : MOVE_BACK;
  return strcmp (m->to, "done") == 0 ? MOVE_DONE : MOVE_END;
}

/* -- Who may. */

static enum process_answer
move_ask (struct bz_req *req, const struct bz_case *c, const char *move,
          bool has_opinion, const struct process_move **ret)
{
  static const char *const nobody[] = { NULL };
  const struct session *s = req->session;
  struct process_ask ask = {
    .step = c->step,
    .move = move,
    .roles = nobody,
    .in_scope = true, /* case_load looked through the scope */
    .opened = c->opened_at != NULL,
    .has_opinion = has_opinion,
  };

  if (s != NULL) {
    ask.roles = s->roles;
    ask.at_office = s->scope_id == c->office_id;
    ask.own = s->scope_id == c->scope_id;
    ask.is_submitter = c->submitted_by == s->operator_id;
  }
  return process_decide (c->process, &ask, ret);
}

static int
move_refuse (struct bz_req *req, const struct bz_case *c,
             enum process_answer answer)
{
  const char *tone, *status = case_status (c, &tone);

  switch (answer) {
  case PROCESS_NO_MOVE:
    return bz_fail (req, BZ_CONFLICT,
                    "申请单 %s 现在是“%s”，不能这样办理，"
                    "请重新打开申请单",
                    c->number, status);
  case PROCESS_OWN_SUBMISSION:
    return bz_fail (req, BZ_FORBIDDEN,
                    "这张申请单由您本人上报，须由其他人审核");
  case PROCESS_OPENED:
    return bz_fail (
      req, BZ_CONFLICT,
      "审核人已经开始审核，不能再撤回；需要修改的，请联系审核人退回");
  case PROCESS_NEEDS_OPINION:
    return bz_mark (req, "opinion", "请填写意见，写明理由和改正办法");
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

/* -- What it does. */

/* The state of the case after MOVE. */
static const char *
state_after (const struct process *p, const struct process_move *m)
{
  switch (move_kind (p, m)) {
  case MOVE_ON:
    return "open";
  case MOVE_BACK:
    if (step_index (p, m->to) > 0)
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
static int
move_number (struct bz_req *req, struct bz_case *c)
{
  const struct business *b = c->business;
  const struct code_table *table = code_table ("document_number_format");
  const struct code *row = table != NULL ? code_find (table->name, b->prefix)
                                         : NULL;
  const char *pattern = row != NULL ? code_extra (table, row, "pattern") : NULL;

  return series_draw (req, c->office_id, b->number,
                      pattern != NULL ? pattern : SERIES_PATTERN,
                      &c->result_number);
}

/* The approval itself: effects in order of the items, then the number. */
static int
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
  if (rc >= 0 && b->number != NULL)
    rc = move_number (req, c);
  return rc < 0 ? rc : BZ_OK;
}

static int
move_tell (struct bz_req *req, const struct bz_case *c)
{
  const char *topic = bz_format (req, "%s.approved", c->business->name);

  for (unsigned i = 0; i < c->items->len; i++) {
    const struct bz_item *item = c->items->pdata[i];
    const struct bz_event event = { .topic = topic,
                                    .case_id = c->id,
                                    .subject_id = item->subject_id };
    int rc = bz_emit (req, &event);

    if (rc < 0)
      return rc;
  }
  return BZ_OK;
}

/* The new values of the case's own columns. */
static void
move_columns (struct bz_req *req, struct bz_case *c,
              const struct process_move *m)
{
  const struct process_step *to = process_step (c->process, m->to);
  enum move_kind kind = move_kind (c->process, m);
  bool hands_in = kind == MOVE_ON && case_at_start (c);
  char due[11];

  if (hands_in) {
    c->submitted_by = bz_user_id (req);
    c->submitted_at = bz_now (req);
  }
  c->state = state_after (c->process, m);
  c->step = m->to;
  c->opened_at = NULL;
  c->closed_at = to == NULL ? bz_now (req) : NULL;
  c->due_on = NULL;
  if (kind == MOVE_ON && to->days > 0
      && workday_add (bz_today (req), to->days, due))
    c->due_on = req_strdup (req, due);
}

static int
move_store (struct bz_req *req, struct bz_case *c)
{
  const struct bz_arg none = BZ_NULL, by = BZ_INT (c->submitted_by);
  int64_t changed = bz_db_exec (
    req, "bz.case_move",
    BZ_ARGS (BZ_STR (c->step), BZ_STR (c->state), BZ_STR (c->result_number),
             c->submitted_by != 0 ? by : none, BZ_STR (c->submitted_at),
             BZ_STR (c->opened_at), BZ_STR (c->closed_at), BZ_STR (c->due_on),
             BZ_STR (bz_now (req)), BZ_INT (c->id), BZ_INT (c->version)));

  if (changed < 0)
    return (int) changed;
  if (changed != 1)
    return bz_fail (req, BZ_CONFLICT,
                    "这张申请单刚刚被修改过，请重新打开后再办理");
  c->version++;
  return BZ_OK;
}

static int
move_record (struct bz_req *req, struct bz_case *c,
             const struct process_move *m, const char *opinion)
{
  int64_t changed = bz_db_exec (req, "bz.move_insert",
                                BZ_ARGS (BZ_INT (c->id), BZ_STR (m->name),
                                         BZ_STR (m->from), BZ_STR (m->to),
                                         BZ_STR (opinion),
                                         BZ_STR (bz_now (req))));
  int rc = BZ_OK;

  if (changed < 0)
    return (int) changed;
  if (move_kind (c->process, m) == MOVE_BACK
      && strcmp (c->state, "returned") == 0)
    rc = remark_store (req, c, bz_db_last_id (req));
  if (rc < 0)
    return rc;
  return bz_audit (req, bz_format (req, "%s.%s", c->business->name, m->name),
                   "case", c->id, c->number);
}

static int
move_apply (struct bz_req *req, struct bz_case *c, const struct process_move *m,
            const char *opinion)
{
  enum move_kind kind = move_kind (c->process, m);
  bool hands_in = kind == MOVE_ON && case_at_start (c);
  int rc = BZ_OK;

  if (kind == MOVE_DONE)
    rc = move_effects (req, c);
  else if (hands_in)
    rc = move_items (req, c, "ready");
  else if (kind == MOVE_END && strcmp (m->to, "rejected") == 0)
    rc = move_items (req, c, "rejected");
  if (rc < 0)
    return rc;
  move_columns (req, c, m);
  rc = move_store (req, c);
  if (rc == BZ_OK)
    rc = move_record (req, c, m, opinion);
  if (rc == BZ_OK && kind == MOVE_DONE)
    rc = move_tell (req, c);
  return rc;
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
    stops = check_case (req, c);
  }
  if (stops >= 0 && case_at_start (c))
    loaded = check_loaded (req, c);
  return stops < 0 ? stops : loaded < 0 ? loaded : stops + loaded;
}

int
case_move (struct bz_req *req, struct bz_case *c, const char *move,
           const char *opinion)
{
  g_autofree char *text = g_strstrip (
    g_strdup (opinion != NULL ? opinion : ""));
  const struct process_move *m = NULL;
  int rc = move_decide (req, c, move, *text != '\0', &m);

  if (rc < 0)
    return rc;
  if (g_utf8_strlen (text, -1) > 1000)
    return bz_mark (req, "opinion", "意见最多 1000 字，请缩短");
  rc = move_check (req, c, m);
  if (rc != 0)
    return rc < 0 ? rc : BZ_BAD_INPUT;
  return move_apply (req, c, m, text);
}
