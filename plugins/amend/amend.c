/* 编制使用变更: what cannot be declared - the changes of slips.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <glib.h>
#include <stdbool.h>
#include <string.h>
#include "bianzhi/staffing.h"

/* Codes of the table slip_action. */
static const char extend[] = "1", cut[] = "2", cancel[] = "3", turn[] = "4";

static bool
is (const struct bz_item *item, const char *action)
{
  return g_strcmp0 (bz_item_get (item, "action"), action) == 0;
}

static bool
of_a_line (const struct bz_item *item)
{
  return is (item, cut) || is (item, turn);
}

static int
amend_facts (struct bz_req *req, struct bz_case *c, struct bz_item *item,
             struct bz_node *facts)
{
  return bz_unit_facts (req, bz_case_scope (c), facts);
}

/* The line that 部分核减 and 变更用编形式 speak of: that very one, not one that would do
 * for who comes. */
static int
find_line (struct bz_req *req, const struct bz_case *c,
           const struct bz_item *item, struct bz_slip_place *ret)
{
  const char *structure = bz_item_get (item, "structure");
  int rc;

  if (structure != NULL && *structure == '\0')
    structure = NULL;
  rc = bz_slip_find (req, bz_item_int (item, "slip"), bz_case_scope (c),
                     bz_item_get (item, "staffing_type"), structure,
                     bz_item_get (item, "entry_mode"), bz_today (req), ret);
  if (rc == BZ_OK && ret->fault == NULL && ret->several)
    ret->fault = bz_format (req, "编制使用单“%s”有几项符合，请选择编制结构",
                            ret->number);
  if (rc == BZ_OK && ret->fault == NULL
      && (g_strcmp0 (ret->entry_mode, bz_item_get (item, "entry_mode")) != 0
          || (structure != NULL && strcmp (ret->structure, structure) != 0)))
    ret->fault = bz_format (req,
                            "编制使用单“%s”这一项没有未用的名额，"
                            "请选择使用单上有未用名额的用编形式和编制结构",
                            ret->number);
  return rc;
}

/* -- Checks: what the effect would refuse is said before. */

/* How many places of the same line the changes before ITEM give back. */
static int
cut_before (const struct bz_case *c, const struct bz_item *item)
{
  static const char *const alike[] = { "slip", "action", "entry_mode",
                                       "staffing_type", "structure" };
  int n = 0;

  for (size_t i = 0; i < bz_case_items (c); i++) {
    const struct bz_item *other = bz_case_item (c, i);
    bool same = true;

    if (other == item || bz_item_id (other) == bz_item_id (item))
      break;
    for (size_t f = 0; f < G_N_ELEMENTS (alike); f++)
      same = same
          && g_strcmp0 (bz_item_get (other, alike[f]),
                        bz_item_get (item, alike[f]))
               == 0;
    n += same ? (int) bz_item_int (other, "amount") : 0;
  }
  return n;
}

static int
check_line (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  struct bz_slip_place place;
  int rc = find_line (req, c, item, &place), left;

  if (rc < 0)
    return rc;
  if (place.fault != NULL)
    return bz_mark (req, place.several ? "structure" : "entry_mode", "%s",
                    place.fault);
  left = place.line_left - cut_before (c, item);
  if (is (item, cut) && bz_item_int (item, "amount") > left)
    return bz_mark (req, "amount",
                    "编制使用单“%s”这一项未用 %d 名，请减少核减人数",
                    place.number, MAX (left, 0));
  return BZ_OK;
}

static int
check_slip (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  const char *until = bz_item_get (item, "until");
  struct bz_slip *slip;
  struct bz_slip_head head;
  int rc = bz_slip_read (req, bz_item_int (item, "slip"), bz_case_scope (c), "",
                         &slip);

  if (rc < 0)
    return rc;
  head = bz_slip_head (slip);
  if (head.fault != NULL)
    return bz_mark (req, "slip", "%s", head.fault);
  if (is (item, extend) && until != NULL && strcmp (until, head.until) <= 0)
    return bz_mark (req, "until",
                    "编制使用单“%s”的有效期至 %s，延期须晚于这一天",
                    head.number, head.until);
  if (is (item, cancel) && head.used > 0)
    return bz_mark (req, "action",
                    "编制使用单“%s”已使用 %d 名，不能撤销；"
                    "没有用完的请办理部分核减",
                    head.number, head.used);
  return BZ_OK;
}

static int
amend_check (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  if (item == NULL || bz_item_int (item, "slip") == 0
      || bz_item_get (item, "action") == NULL)
    return BZ_OK;
  return of_a_line (item) ? check_line (req, c, item)
                          : check_slip (req, c, item);
}

/* -- The approval. */

static int
amend_effect (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  struct bz_slip_change change = { .slip_id = bz_item_int (item, "slip"),
                                   .unit_id = bz_case_scope (c),
                                   .case_id = bz_case_id (c),
                                   .date = bz_today (req) };
  struct bz_slip_place place;
  int rc = of_a_line (item) ? find_line (req, c, item, &place) : BZ_OK;

  if (rc < 0)
    return rc;
  if (of_a_line (item) && place.fault != NULL)
    return bz_fail (req, BZ_CONFLICT, "%s", place.fault);
  if (of_a_line (item))
    change.line_id = place.line_id;
  if (is (item, extend))
    return bz_slip_extend (req, &change, bz_item_get (item, "until"));
  if (is (item, cut))
    return bz_slip_cut (req, &change, (int) bz_item_int (item, "amount"));
  if (is (item, cancel))
    return bz_slip_cancel (req, &change);
  return bz_slip_turn (req, &change, bz_item_get (item, "new_mode"));
}

static const struct bz_business businesses[] = {
  { .name = "amend",
    .facts = amend_facts,
    .check = amend_check,
    .effect = amend_effect },
};
static const char *const needs[] = { "staffing", NULL };
static const struct bz_plugin amend = {
  .head = BZ_HEAD,
  .name = "amend",
  .version = "0.1",
  .title = "编制使用变更",
  .needs = needs,
  .businesses = BZ_ROWS (businesses),
};
BZ_EXPORT (amend)
