/* 编制核定: what cannot be declared - the postings of an approval paper.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <glib.h>
#include <stdbool.h>
#include <string.h>
#include "bianzhi/staffing.h"

/* Codes of the table quota_action, and what they do. */
static const struct action {
  const char *code;
  enum bz_quota_account account;
  int sign;
} actions[] = {
  { "1", BZ_QUOTA_APPROVED, 1 },  /* 核增 */
  { "2", BZ_QUOTA_APPROVED, -1 }, /* 核减 */
  { "3", BZ_QUOTA_FROZEN, 1 },    /* 冻结 */
  { "4", BZ_QUOTA_FROZEN, -1 },   /* 解冻 */
};

static const struct action *
action_of (const struct bz_item *item)
{
  for (size_t i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_strcmp0 (bz_item_get (item, "action"), actions[i].code) == 0)
      return &actions[i];
  return NULL;
}

/* The code that the line is about, in the field that is named as the table of its
 * book; NULL: not filled in yet. */
static const char *
code_of (const struct bz_item *item)
{
  const char *field = bz_quota_codes (bz_item_get (item, "book"));
  const char *code = field != NULL ? bz_item_get (item, field) : NULL;

  return code != NULL && *code != '\0' ? code : NULL;
}

static int
amount_of (const struct bz_item *item)
{
  return (int) bz_item_int (item, "amount");
}

static int
quota_facts (struct bz_req *req, struct bz_case *c, struct bz_item *item,
             struct bz_node *facts)
{
  return bz_unit_facts (req, bz_case_scope (c), facts);
}

static bool
same_account (const struct bz_item *a, const struct bz_item *b)
{
  return g_strcmp0 (bz_item_get (a, "book"), bz_item_get (b, "book")) == 0
      && g_strcmp0 (code_of (a), code_of (b)) == 0;
}

static bool
same_line (const struct bz_item *a, const struct bz_item *b)
{
  return a == b || bz_item_id (a) == bz_item_id (b);
}

/* The first line of the case about the account of ITEM. */
static const struct bz_item *
first_of (const struct bz_case *c, const struct bz_item *item)
{
  size_t i = 0;

  while (!same_account (bz_case_item (c, i), item))
    i++;
  return bz_case_item (c, i);
}

/* Does no line behind ITEM give or take posts of its account? */
static bool
is_last (const struct bz_case *c, const struct bz_item *item)
{
  bool behind = false;

  for (size_t i = 0; i < bz_case_items (c); i++) {
    const struct bz_item *line = bz_case_item (c, i);
    const struct action *a = action_of (line);

    if (behind && a != NULL && a->account == BZ_QUOTA_APPROVED
        && same_account (line, item))
      return false;
    behind = behind || same_line (line, item);
  }
  return true;
}

/* A line, and the account as it finds it. */
struct look {
  const struct action *action;
  const char *book, *code;
  int amount;
  struct bz_balance balance;
  bool opens; /* the unit has no such account yet                   */
  int before; /* posted by lines before on what the action is about */
};

/* What the lines before ITEM make of the balance: they are posted in their order. */
static void
add_lines_before (const struct bz_case *c, const struct bz_item *item,
                  struct look *look)
{
  struct bz_balance *b = &look->balance;

  for (size_t i = 0; i < bz_case_items (c); i++) {
    const struct bz_item *line = bz_case_item (c, i);
    const struct action *a = action_of (line);
    int n;

    if (same_line (line, item))
      return;
    if (a == NULL || !same_account (line, item))
      continue;
    n = a->sign * amount_of (line);
    if (a->account == BZ_QUOTA_APPROVED)
      b->approved += n;
    else
      b->frozen += n;
    if (a->account == look->action->account)
      look->before += n;
    b->free += a->account == BZ_QUOTA_APPROVED ? n : -n;
    b->room += a->account == BZ_QUOTA_APPROVED ? n : -n;
  }
}

/* Who is there where the account of ITEM opens.  A type that a line before opens
 * takes its kinds with it, and a kind that comes first keeps its own. */
static int
those_there (struct bz_req *req, const struct bz_case *c,
             const struct bz_item *item, const struct look *look, int *ret)
{
  int64_t unit = bz_case_scope (c);
  int rc = bz_quota_there (req, unit, look->book, look->code, ret), n;

  if (strcmp (look->book, "lead") == 0)
    return rc;
  for (size_t i = 0; rc == BZ_OK && i < bz_case_items (c); i++) {
    const struct bz_item *line = bz_case_item (c, i);
    const char *other = code_of (line);

    if (same_line (line, item))
      break;
    if (other == NULL || strcmp (bz_item_get (line, "book"), look->book) != 0
        || same_account (line, item) || first_of (c, line) != line)
      continue;
    if (g_str_has_prefix (look->code, other))
      *ret = 0;
    else if (g_str_has_prefix (other, look->code)) {
      rc = bz_quota_there (req, unit, look->book, other, &n);
      *ret = MAX (*ret - n, 0);
    }
  }
  return rc;
}

static int
find_balance (struct bz_req *req, const struct bz_case *c,
              const struct bz_item *item, struct look *look)
{
  struct bz_balance *b = &look->balance;
  int rc = bz_quota_balance (req, bz_case_scope (c), look->book, look->code, b);

  look->opens = rc == 0;
  if (look->opens) {
    rc = those_there (req, c, item, look, &b->occupied);
    b->free -= b->occupied;
    b->room -= b->occupied;
  }
  if (rc >= 0)
    add_lines_before (c, item, look);
  return MIN (rc, BZ_OK);
}

/* What the line leaves: fewer than are there, or than are promised. */
static int
warn_over (struct bz_req *req, const struct look *look)
{
  const char *what = strcmp (look->book, "lead") == 0 ? "超职数" : "超编";
  struct bz_balance after = look->balance;
  int n = look->action->sign * look->amount, over;

  after.approved += n;
  after.free += n;
  after.room += n;
  over = after.occupied - after.approved;
  if (over > 0 && n > 0)
    return bz_warn (req, "amount",
                    "单位现有 %d 名计入，核增后%s %d 名，只能出不能进",
                    after.occupied, what, over);
  if (over > 0)
    return bz_warn (req, "amount", "核减后%s %d 名，只能出不能进", what, over);
  if (after.free < 0 && n < 0)
    return bz_warn (req, "amount", "核减后%s，请核对编制使用单",
                    bz_balance_text (req, &after));
  return BZ_OK;
}

/* More is taken back, frozen or set free than there is. */
static int
check_enough (struct bz_req *req, const struct look *look)
{
  const struct bz_balance *b = &look->balance;
  bool approved = look->action->account == BZ_QUOTA_APPROVED;
  bool gives = look->action->sign > 0;

  if (approved && !gives && look->amount > b->approved)
    return bz_mark (req, "amount", "核定 %d 名，不能核减 %d 名，请核对",
                    b->approved, look->amount);
  if (!approved && gives && look->amount > b->free)
    return bz_mark (req, "amount", "空编 %d 名，不能冻结 %d 名，请核对",
                    MAX (b->free, 0), look->amount);
  if (!approved && !gives && look->amount > b->frozen)
    return bz_mark (req, "amount", "已冻结 %d 名，不能解冻 %d 名，请核对",
                    b->frozen, look->amount);
  return BZ_OK;
}

/* On a day since the paper's own there was less. */
static int
check_past (struct bz_req *req, const struct bz_case *c,
            const struct look *look)
{
  const struct bz_posting posting = {
    .unit_id = bz_case_scope (c),
    .book = look->book,
    .code = look->code,
    .account = look->action->account,
    .amount = look->action->sign * look->amount,
    .date = bz_case_get (c, "paper_on"),
  };
  const char *why;
  int rc;

  if (posting.date == NULL)
    return BZ_OK;
  rc = bz_quota_short (req, &posting, look->before, &why);
  return rc < 0 || why == NULL ? rc : bz_mark (req, "amount", "%s", why);
}

/* What the approval would refuse is said before the case is handed in.  Only what
 * others change meanwhile is left to the approval. */
static int
quota_check (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  struct look look = { .action = item != NULL ? action_of (item) : NULL };
  int rc;

  look.code = look.action != NULL ? code_of (item) : NULL;
  if (look.code == NULL)
    return BZ_OK;
  look.book = bz_item_get (item, "book");
  look.amount = amount_of (item);
  rc = find_balance (req, c, item, &look);
  if (rc == BZ_OK)
    rc = check_enough (req, &look);
  if (rc == BZ_OK)
    rc = check_past (req, c, &look);
  if (rc == BZ_OK && look.action->account == BZ_QUOTA_APPROVED
      && (look.action->sign < 0 || (look.opens && is_last (c, item))))
    rc = warn_over (req, &look);
  return rc;
}

static int
quota_effect (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  const struct bz_quota_paper paper = {
    .unit_id = bz_case_scope (c),
    .case_id = bz_case_id (c),
    .number = bz_case_get (c, "paper_no"),
    .date = bz_case_get (c, "paper_on"),
    .title = bz_case_get (c, "paper_title"),
    .summary = bz_case_get (c, "reason"),
  };
  const struct action *a = action_of (item);
  const char *code = code_of (item);

  if (a == NULL || code == NULL)
    return bz_fail (req, BZ_CONFLICT, "核定明细没有填写完整，请退回补填");
  return bz_quota_approve (req, &paper, bz_item_get (item, "book"), code,
                           a->account, a->sign * amount_of (item));
}

static const struct bz_business businesses[] = {
  { .name = "quota",
    .facts = quota_facts,
    .check = quota_check,
    .effect = quota_effect },
};
static const char *const needs[] = { "staffing", NULL };
static const struct bz_plugin quota = {
  .head = BZ_HEAD,
  .name = "quota",
  .version = "0.1",
  .title = "编制核定",
  .needs = needs,
  .businesses = BZ_ROWS (businesses),
};
BZ_EXPORT (quota)
