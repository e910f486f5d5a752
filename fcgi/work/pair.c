/* Pairs of cases that end together: loading, locking, checks, opening, dissolving.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "work/pair.h"
#include <string.h>
#include "work/inbox.h"
#include "work/setting.h"
#include "work/workday.h"

/* -- Loading. */

struct pair *
pair_take (struct bz_req *req, struct bz_rows *rows)
{
  struct pair *p = bz_alloc (req, sizeof *p);

  *p = (struct pair){
    .id = bz_db_int (rows, "id"),
    .side = { { .business = bz_db_text (rows, "first_business"),
                .scope_id = bz_db_int (rows, "first_scope_id"),
                .case_id = bz_db_int (rows, "first_case_id") },
              { .business = bz_db_text (rows, "second_business"),
                .scope_id = bz_db_int (rows, "second_scope_id"),
                .case_id = bz_db_int (rows, "second_case_id") } },
    .until = bz_db_text (rows, "until"),
    .state = bz_db_text (rows, "state"),
    .why = bz_db_text (rows, "why"),
    .opened_at = bz_db_text (rows, "opened_at"),
    .ended_at = bz_db_text (rows, "ended_at"),
  };
  return p;
}

/* 1, 0: there is none. */
static int
pair_find (struct bz_req *req, int64_t id, bool lock, struct pair **ret)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, lock ? "bz.pair_lock" : "bz.pair_one",
                       BZ_ARGS (BZ_INT (id)));

  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc > 0)
    *ret = pair_take (req, rows);
  return rc;
}

int
pair_load (struct bz_req *req, struct bz_case *c, bool lock)
{
  int rc;

  if (c->pair_id == 0)
    return BZ_OK;
  rc = pair_find (req, c->pair_id, lock, &c->pair);
  if (rc > 0)
    c->pair->mine = c->pair->side[0].case_id == c->id ? 0 : 1;
  return MIN (rc, BZ_OK);
}

bool
pair_is_open (const struct bz_case *c)
{
  return c->pair != NULL && strcmp (c->pair->state, "open") == 0;
}

int
pair_side_case (struct bz_req *req, const struct pair_side *side, bool lock,
                struct bz_case **ret)
{
  const struct business *b = business_find (side->business);
  int64_t was = req->as_scope;
  int rc;

  if (b == NULL)
    return bz_fail (req, BZ_CONFLICT, "对方的业务暂停使用，请稍后再办理");
  req->as_scope = side->scope_id;
  rc = case_load (req, b, side->case_id, lock, ret);
  req->as_scope = was;
  return rc;
}

int
pair_other (struct bz_req *req, struct bz_case *c, bool lock,
            struct bz_case **ret)
{
  const struct pair_side *their = pair_their (c->pair);
  int rc = BZ_OK;

  *ret = NULL;
  if (their->case_id == 0)
    return BZ_OK;
  if (c->other == NULL || c->other->locked < lock)
    rc = pair_side_case (req, their, lock, &c->other);
  if (rc == BZ_OK)
    *ret = c->other;
  return rc;
}

int
pair_open_lock (struct bz_req *req, int64_t id, const char *business,
                struct pair **ret)
{
  struct bz_rows *rows;
  int rc = pair_find (req, id, false, ret);

  if (rc > 0)
    rc = bz_db_open (req, &rows, "bz.pair_cases_lock",
                     BZ_ARGS (BZ_INT ((*ret)->side[0].case_id),
                              BZ_INT ((*ret)->side[1].case_id)));
  if (rc >= 0)
    rc = pair_find (req, id, true, ret);
  if (rc < 0)
    return rc;
  if (rc == 0 || strcmp ((*ret)->state, "open") != 0)
    return bz_fail (req, BZ_CONFLICT,
                    "这项业务已经办结或者终止，请返回待办查看");
  (*ret)->mine = strcmp ((*ret)->side[0].business, business) == 0 ? 0 : 1;
  return BZ_OK;
}

int
bz_case_pair (const struct bz_case *c, int64_t *ret_other)
{
  *ret_other = pair_is_open (c) ? pair_their (c->pair)->case_id : 0;
  return pair_is_open (c);
}

/* -- Checks. */

int
pair_scope_name (struct bz_req *req, int64_t scope_id, const char **name)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "bz.pair_scope",
                       BZ_ARGS (BZ_INT (scope_id)));

  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  *name = rc > 0 ? bz_db_text (rows, "name") : "对方单位";
  return MIN (rc, BZ_OK);
}

static bool
is_about (const struct bz_case *c, int64_t subject_id)
{
  for (unsigned i = 0; i < c->items->len; i++)
    if (((struct bz_item *) c->items->pdata[i])->subject_id == subject_id)
      return true;
  return false;
}

/* Are both about the same?  Nobody stands twice in a case. */
static bool
are_about_same (const struct bz_case *a, const struct bz_case *b)
{
  for (unsigned i = 0; i < a->items->len; i++)
    if (!is_about (b, ((struct bz_item *) a->items->pdata[i])->subject_id))
      return false;
  return a->items->len == b->items->len;
}

/* SCOPE: whom the business says it needs now. */
static int
check_open (struct bz_req *req, struct bz_case *c, const struct bz_case *other,
            int64_t scope)
{
  const struct business_pair *p = c->business->pair;
  const char *name;
  int rc = pair_scope_name (req, pair_their (c->pair)->scope_id, &name);

  if (rc < 0)
    return rc;
  if (strcmp (bz_today (req), c->pair->until) > 0)
    return bz_mark (req, NULL,
                    "与%s的%s应在 %s 前办结，已经过期，请退回或者作废后"
                    "重新办理",
                    name, p->title, c->pair->until);
  if (scope != pair_their (c->pair)->scope_id)
    return bz_mark (req, NULL,
                    "本申请单是与%s的%s，现在填写的内容与此不符；请改正，"
                    "或者作废本申请单后另行办理",
                    name, p->title);
  if (other != NULL && !are_about_same (c, other))
    return bz_mark (req, NULL,
                    "与%s的申请单 %s %s不一致：本申请单 %u %s，对方 %u %s；"
                    "请双方核对，一致后再办理",
                    name, other->number, c->business->item_title, c->items->len,
                    c->business->item_word, other->items->len,
                    c->business->item_word);
  return BZ_OK;
}

int
pair_check (struct bz_req *req, struct bz_case *c)
{
  const struct business *b = c->business;
  struct bz_case *other = NULL;
  const char *name;
  int64_t scope = 0;
  int rc = BZ_OK;

  if (b->pair == NULL)
    return BZ_OK;
  if (pair_is_open (c))
    rc = pair_other (req, c, false, &other);
  if (rc == BZ_OK)
    rc = b->hooks.partner (req, c, other, &scope);
  if (rc < 0)
    return rc == BZ_BAD_INPUT ? BZ_OK : rc;
  if (pair_is_open (c))
    rc = check_open (req, c, other, scope);
  else if (scope != 0 && !case_at_start (c)) {
    rc = pair_scope_name (req, scope, &name);
    if (rc == BZ_OK)
      rc = bz_mark (req, NULL,
                    "与%s的%s没有发起或者已经终止，不能办理；"
                    "请退回申请单位重新上报或者作废",
                    name, b->pair->title);
  }
  return rc == BZ_BAD_INPUT ? BZ_OK : rc;
}

/* -- Opening. */

static int
last_day (struct bz_req *req, const struct bz_case *c, char *ret)
{
  const struct business *b = c->business;
  const char *days;
  long today;
  int rc = setting_get (req, c->office_id,
                        bz_format (req, "option.%s.%s", b->name,
                                   b->pair->within),
                        business_option (b, b->pair->within)->value, &days);

  if (rc < 0)
    return rc;
  if (!workday_parse (bz_today (req), &today))
    return BZ_FAILED;
  workday_text (today + (long) g_ascii_strtoll (days, NULL, 10), ret);
  return BZ_OK;
}

static int
pair_open (struct bz_req *req, struct bz_case *c, int64_t scope)
{
  const struct business_pair *with = c->business->pair;
  struct pair_side side[2] = { { with->with, scope, 0 },
                               { with->with, scope, 0 } };
  char until[11];
  int64_t n, id;
  int rc = last_day (req, c, until);

  if (rc < 0)
    return rc;
  side[with->first ? 0 : 1] = (struct pair_side){ c->business->name,
                                                  c->scope_id, c->id };
  n = bz_db_exec (req, "bz.pair_add",
                  BZ_ARGS (BZ_STR (side[0].business), BZ_INT (side[0].scope_id),
                           BZ_INT (side[0].case_id), BZ_STR (side[1].business),
                           BZ_INT (side[1].scope_id), BZ_INT (side[1].case_id),
                           BZ_STR (until), BZ_STR (bz_now (req))));
  if (n < 0)
    return (int) n;
  id = bz_db_last_id (req);
  n = bz_db_exec (req, "bz.case_pair", BZ_ARGS (BZ_INT (id), BZ_INT (c->id)));
  if (n >= 0)
    n = inbox_pair (req, scope, with->with, "paired", c->id);
  return n < 0 ? (int) n
               : bz_audit (req, bz_format (req, "%s.pair", c->business->name),
                           "case", c->id, c->number);
}

/* A case that was handed in: with whom it ends. */
static int
pair_hand_in (struct bz_req *req, struct bz_case *c)
{
  int64_t scope = 0;
  int rc;

  if (pair_is_open (c))
    return BZ_OK;
  rc = c->business->hooks.partner (req, c, NULL, &scope);
  return rc < 0 || scope == 0 ? rc : pair_open (req, c, scope);
}

/* -- The other one after a move. */

int
pair_dissolve (struct bz_req *req, const struct pair *p, const char *why,
               struct bz_case *by)
{
  int64_t n = bz_db_exec (req, "bz.pair_end",
                          BZ_ARGS (BZ_INT (p->id), BZ_STR ("dissolved"),
                                   BZ_STR (why), BZ_STR (bz_now (req))));

  for (int i = 0; i < 2 && n >= 0; i++) {
    const struct pair_side *side = &p->side[i], *their = &p->side[!i];
    struct bz_case *c = by;
    int rc = BZ_OK;

    if (side->case_id == 0) {
      n = inbox_pair (req, side->scope_id, side->business, "unpaired",
                      their->case_id);
      continue;
    }
    if (by == NULL || by->id != side->case_id)
      rc = pair_side_case (req, side, true, &c);
    if (rc == BZ_OK && case_is_held (c))
      rc = pair_release (req, c, why);
    if (rc < 0)
      return rc;
    n = bz_db_exec (req, "bz.case_pair", BZ_ARGS (BZ_INT (0), BZ_INT (c->id)));
    c->pair = NULL;
    c->pair_id = 0;
    if (n >= 0 && c != by)
      n = inbox_case (req, c, "unpaired");
  }
  return n < 0 ? (int) n : bz_audit (req, "pair.dissolve", "pair", p->id, NULL);
}

int
pair_follow (struct bz_req *req, struct bz_case *c, enum move_kind kind,
             bool hands_in)
{
  struct bz_case *other;
  const char *tone;
  int rc;

  if (c->business->pair == NULL)
    return BZ_OK;
  if (hands_in)
    return pair_hand_in (req, c);
  if (!pair_is_open (c) || kind == MOVE_ON || kind == MOVE_DONE)
    return BZ_OK;
  rc = pair_other (req, c, true, &other);
  if (rc < 0)
    return rc;
  if (kind == MOVE_END)
    return pair_dissolve (req, c->pair,
                          bz_format (req, "%s的申请单 %s %s", c->scope_name,
                                     c->number, case_status (c, &tone)),
                          c);
  if (other == NULL || !case_is_held (other))
    return BZ_OK;
  rc = pair_release (req, other,
                     bz_format (req, "对方申请单 %s %s", c->number,
                                strcmp (c->state, "draft") == 0 ? "已撤回"
                                                                : "已退回"));
  return rc < 0 ? rc : inbox_case (req, other, "unheld");
}

/* -- Too late. */

/* One that was not ended in time: 1; 0: there is none.  DATA: how many there were. */
static int
expire_one (struct bz_req *req, void *data)
{
  struct bz_rows *rows;
  struct pair *p;
  int rc = bz_db_open (req, &rows, "bz.pair_over",
                       BZ_ARGS (BZ_STR (bz_today (req))));

  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc <= 0)
    return rc;
  rc = pair_open_lock (req, bz_db_int (rows, "id"), "", &p);
  if (rc == BZ_CONFLICT) {
    req->fail_text = NULL;
    return 1; /* somebody has ended it meanwhile */
  }
  if (rc == BZ_OK)
    rc = pair_dissolve (req, p,
                        bz_format (req, "应在 %s 前办结，已经过期", p->until),
                        NULL);
  *(int *) data += rc == BZ_OK;
  return rc < 0 ? rc : 1;
}

int
pairs_expire (struct bz_req *req)
{
  int n = 0, rc;

  while ((rc = bz_db_atomic (req, expire_one, &n)) > 0)
    ;
  if (rc == BZ_OK)
    bz_say (req, "cases.pairs: %d pairs were not ended in time", n);
  return rc;
}
