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

/* What the lines before ITEM make of the balance: they are posted in their order. */
static void
add_lines_before (const struct bz_case *c, const struct bz_item *item,
                  struct bz_balance *b)
{
  for (size_t i = 0; i < bz_case_items (c); i++) {
    const struct bz_item *line = bz_case_item (c, i);
    const struct action *a = action_of (line);
    int n;

    if (line == item || bz_item_id (line) == bz_item_id (item))
      return;
    if (a == NULL || !same_account (line, item))
      continue;
    n = a->sign * amount_of (line);
    if (a->account == BZ_QUOTA_APPROVED)
      b->approved += n;
    else
      b->frozen += n;
    b->free += a->account == BZ_QUOTA_APPROVED ? n : -n;
    b->room += a->account == BZ_QUOTA_APPROVED ? n : -n;
  }
}

/* What taking back AMOUNT leaves: fewer than are there, or than are promised. */
static int
warn_over (struct bz_req *req, const struct bz_balance *b, int amount)
{
  struct bz_balance after = *b;

  after.approved -= amount;
  after.free -= amount;
  after.room -= amount;
  if (after.occupied > after.approved)
    return bz_warn (req, "amount", "核减后超编 %d 名，只能出不能进",
                    after.occupied - after.approved);
  if (after.free < 0)
    return bz_warn (req, "amount", "核减后%s，请核对编制使用单",
                    bz_balance_text (req, &after));
  return BZ_OK;
}

/* More is taken back, frozen or set free than there is. */
static int
check_enough (struct bz_req *req, const struct action *a,
              const struct bz_balance *b, int amount)
{
  if (a->account == BZ_QUOTA_APPROVED && a->sign < 0)
    return amount > b->approved
           ? bz_mark (req, "amount", "核定 %d 名，不能核减 %d 名，请核对",
                      b->approved, amount)
           : warn_over (req, b, amount);
  if (a->account == BZ_QUOTA_FROZEN && a->sign > 0 && amount > b->free)
    return bz_mark (req, "amount", "空编 %d 名，不能冻结 %d 名，请核对",
                    MAX (b->free, 0), amount);
  if (a->account == BZ_QUOTA_FROZEN && a->sign < 0 && amount > b->frozen)
    return bz_mark (req, "amount", "已冻结 %d 名，不能解冻 %d 名，请核对",
                    b->frozen, amount);
  return BZ_OK;
}

static int
quota_check (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  const struct action *a = item != NULL ? action_of (item) : NULL;
  const char *code = a != NULL ? code_of (item) : NULL;
  struct bz_balance b = { 0 };
  int rc;

  if (code == NULL)
    return BZ_OK;
  rc = bz_quota_balance (req, bz_case_scope (c), bz_item_get (item, "book"),
                         code, &b);
  if (rc < 0)
    return rc;
  add_lines_before (c, item, &b);
  return check_enough (req, a, &b, amount_of (item));
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
