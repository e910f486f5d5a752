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

/* In which field a line of a book names its code. */
static const struct {
  const char *book, *field;
} books[] = {
  { "type", "staffing_type" }, { "structure", "structure" },
  { "lead", "leader_class" },  { "rank", "civil_rank" },
  { "organ", "organ_quota" },  { "other", "other_quota" },
};

static const struct action *
action_of (const struct bz_item *item)
{
  for (size_t i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_strcmp0 (bz_item_get (item, "action"), actions[i].code) == 0)
      return &actions[i];
  return NULL;
}

/* The code that the line is about, and its FIELD; NULL: not filled in yet. */
static const char *
code_of (const struct bz_item *item, const char **field)
{
  const char *book = bz_item_get (item, "book");

  for (size_t i = 0; i < G_N_ELEMENTS (books); i++)
    if (g_strcmp0 (book, books[i].book) == 0) {
      *field = books[i].field;
      return bz_item_get (item, books[i].field);
    }
  return NULL;
}

static int
amount_of (const struct bz_item *item)
{
  const char *amount = bz_item_get (item, "amount");

  return amount != NULL ? (int) g_ascii_strtoll (amount, NULL, 10) : 0;
}

static int
quota_facts (struct bz_req *req, struct bz_case *c, struct bz_item *item,
             struct bz_node *facts)
{
  return bz_unit_facts (req, bz_case_scope (c), facts);
}

/* More is taken back, frozen or set free than there is. */
static int
check_enough (struct bz_req *req, const struct action *a,
              const struct bz_balance *b, int amount)
{
  if (a->account == BZ_QUOTA_APPROVED && a->sign < 0 && amount > b->approved)
    return bz_mark (req, "amount", "核定 %d 名，不能核减 %d 名，请核对",
                    b->approved, amount);
  if (a->account == BZ_QUOTA_FROZEN && a->sign > 0 && amount > b->free)
    return bz_mark (req, "amount", "空编 %d 名，不能冻结 %d 名，请核对",
                    MAX (b->free, 0), amount);
  if (a->account == BZ_QUOTA_FROZEN && a->sign < 0 && amount > b->frozen)
    return bz_mark (req, "amount", "已冻结 %d 名，不能解冻 %d 名，请核对",
                    b->frozen, amount);
  if (a->account == BZ_QUOTA_APPROVED && a->sign < 0 && amount > b->free)
    return bz_warn (req, "amount", "核减后超编 %d 名，只能出不能进",
                    amount - b->free);
  return BZ_OK;
}

static int
quota_check (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  const struct action *a = item != NULL ? action_of (item) : NULL;
  const char *field = NULL, *code = a != NULL ? code_of (item, &field) : NULL;
  struct bz_balance b = { 0 };
  int rc;

  if (code == NULL || *code == '\0')
    return BZ_OK;
  rc = bz_quota_balance (req, bz_case_scope (c), bz_item_get (item, "book"),
                         code, &b);
  return rc < 0 ? rc : check_enough (req, a, &b, amount_of (item));
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
  const char *field = NULL, *code = code_of (item, &field);

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
