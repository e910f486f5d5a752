/* Moves of a case that ends together with another one: held, ended, taken back.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <string.h>
#include "work/inbox.h"
#include "work/pair.h"

/* What C's business has to do with its own, wherever the operator belongs. */
static int64_t
work_for (struct bz_req *req, const struct bz_case *c)
{
  int64_t was = req->as_scope;

  req->as_scope = c->scope_id;
  return was;
}

/* -- Held. */

static int
hold_items (struct bz_req *req, struct bz_case *c, int on)
{
  int64_t was = work_for (req, c);
  int rc = BZ_OK;

  for (unsigned i = 0; i < c->items->len && rc >= 0; i++)
    rc = c->business->hooks.hold (req, c, c->items->pdata[i], on);
  req->as_scope = was;
  return MIN (rc, BZ_OK);
}

static int
held_from (struct bz_req *req, struct bz_case *c, const char *step)
{
  int64_t n = bz_db_exec (req, "bz.case_held_from",
                          BZ_ARGS (BZ_STR (step), BZ_INT (c->id)));

  c->held_from = step;
  return (int) MIN (n, BZ_OK);
}

/* Approved before the other one: nothing of it holds yet. */
static int
pair_hold (struct bz_req *req, struct bz_case *c, const struct process_move *m,
           const char *opinion, struct bz_case *other)
{
  int64_t id;
  int rc = hold_items (req, c, 1);

  c->step = PROCESS_HELD;
  c->opened_at = c->due_on = NULL;
  c->passed = true;
  if (rc == BZ_OK)
    rc = move_store (req, c);
  if (rc == BZ_OK)
    rc = held_from (req, c, m->from);
  if (rc == BZ_OK)
    rc = move_insert (req, c, m, PROCESS_HELD, opinion, &id);
  return rc == BZ_OK && other != NULL ? inbox_case (req, other, "held") : rc;
}

int
pair_release (struct bz_req *req, struct bz_case *c, const char *opinion)
{
  const struct process_step *first = c->process->steps->pdata[0];
  const struct process_step *step = process_step (c->process, c->held_from);
  const struct process_move back = { .name = "release",
                                     .from = PROCESS_HELD,
                                     .to = (char *) c->held_from };
  int64_t id;
  int rc;

  if (step == NULL)
    return bz_fail (req, BZ_FAILED, "申请单 %s 的办理流程没有定义，请联系编办",
                    c->number);
  rc = hold_items (req, c, 0);
  c->step = step->name;
  if (rc == BZ_OK)
    rc = move_clock (req, c, first->name, step);
  if (rc == BZ_OK)
    rc = move_store (req, c);
  if (rc == BZ_OK)
    rc = held_from (req, c, NULL);
  return rc == BZ_OK ? move_insert (req, c, &back, step->name, opinion, &id)
                     : rc;
}

/* -- Both. */

/* What refuses the other one is said of the other one. */
static int
of_other (struct bz_req *req, const struct bz_case *other, int rc)
{
  if (rc == BZ_CONFLICT && req->fail_text != NULL)
    req->fail_text
      = bz_format (req, "%s的申请单 %s 不能同时办结，双方都没有办结：%s",
                   other->scope_name, other->number, req->fail_text);
  return rc;
}

/* The effects of one of them, in its own unit's scope. */
static int
both_effects (struct bz_req *req, struct bz_case *c)
{
  int rc = case_is_held (c) ? hold_items (req, c, 0) : BZ_OK;
  int64_t was = work_for (req, c);

  if (rc == BZ_OK)
    rc = move_effects (req, c);
  req->as_scope = was;
  return rc;
}

/* OTHER was approved before; M approves C. */
static int
pair_close (struct bz_req *req, struct bz_case *c, const struct process_move *m,
            const char *opinion, struct bz_case *other)
{
  const struct process_move too = { .name = "close",
                                    .from = PROCESS_HELD,
                                    .to = "done" };
  bool first = c->business->pair->first;
  struct bz_case *both[] = { first ? c : other, first ? other : c };
  int64_t n, was;
  int rc = BZ_OK;

  for (size_t i = 0; i < G_N_ELEMENTS (both) && rc == BZ_OK; i++) {
    rc = both_effects (req, both[i]);
    if (both[i] == other)
      rc = of_other (req, other, rc);
  }
  for (size_t i = 0; i < G_N_ELEMENTS (both) && rc == BZ_OK; i++)
    rc = move_number (req, both[i]);
  if (rc == BZ_OK)
    rc = move_finish (req, c, m, opinion);
  was = work_for (req, other);
  if (rc == BZ_OK)
    rc = move_finish (req, other, &too, "对方已核准，同时办结");
  if (rc == BZ_OK)
    rc = held_from (req, other, NULL);
  req->as_scope = was;
  if (rc < 0)
    return rc;
  n = bz_db_exec (req, "bz.pair_end",
                  BZ_ARGS (BZ_INT (c->pair->id), BZ_STR ("closed"), BZ_STR (""),
                           BZ_STR (bz_now (req))));
  if (n == 0)
    return bz_fail (req, BZ_CONFLICT,
                    "这项业务刚刚终止，没有办结，请重新打开申请单");
  return n < 0 ? (int) n
               : bz_audit (req, "pair.close", "pair", c->pair->id, c->number);
}

int
pair_approve (struct bz_req *req, struct bz_case *c,
              const struct process_move *m, const char *opinion)
{
  struct bz_case *other;
  int rc = pair_other (req, c, true, &other);

  if (rc < 0)
    return rc;
  return other != NULL && case_is_held (other)
         ? pair_close (req, c, m, opinion, other)
         : pair_hold (req, c, m, opinion, other);
}
