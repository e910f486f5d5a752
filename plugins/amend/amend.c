/* 编制使用变更: what cannot be declared - the changes of slips.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <glib.h>
#include <stdbool.h>
#include <string.h>
#include "bianzhi/staffing.h"

static bool
is (const struct bz_item *item, const char *action)
{
  return g_strcmp0 (bz_item_get (item, "action"), action) == 0;
}

static bool
of_a_line (const struct bz_item *item)
{
  return is (item, "2") || is (item, "4");
}

static int64_t
number_of (const struct bz_item *item, const char *field)
{
  const char *value = bz_item_get (item, field);

  return value != NULL ? g_ascii_strtoll (value, NULL, 10) : 0;
}

static int
amend_facts (struct bz_req *req, struct bz_case *c, struct bz_item *item,
             struct bz_node *facts)
{
  return bz_unit_facts (req, bz_case_scope (c), facts);
}

/* The line that 部分核减 and 变更用编形式 speak of. */
static int
find_line (struct bz_req *req, const struct bz_case *c,
           const struct bz_item *item, struct bz_slip_place *ret)
{
  return bz_slip_find (req, number_of (item, "slip"), bz_case_scope (c),
                       bz_item_get (item, "staffing_type"),
                       bz_item_get (item, "structure"),
                       bz_item_get (item, "entry_mode"), bz_today (req), ret);
}

static int
amend_check (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  struct bz_slip_place place;
  int rc;

  if (item == NULL || !of_a_line (item))
    return BZ_OK;
  rc = find_line (req, c, item, &place);
  if (rc < 0)
    return rc;
  if (place.fault != NULL)
    return bz_mark (req, "entry_mode", "%s", place.fault);
  if (is (item, "2") && number_of (item, "amount") > place.left)
    return bz_mark (req, "amount",
                    "编制使用单“%s”这一项未用 %d 名，请减少核减人数",
                    place.number, place.left);
  return BZ_OK;
}

static int
amend_effect (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  struct bz_slip_change change = { .slip_id = number_of (item, "slip"),
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
  if (is (item, "1"))
    return bz_slip_extend (req, &change, bz_item_get (item, "until"));
  if (is (item, "2"))
    return bz_slip_cut (req, &change, (int) number_of (item, "amount"));
  if (is (item, "3"))
    return bz_slip_cancel (req, &change);
  if (is (item, "5"))
    return bz_slip_hired (req, &change, (int) number_of (item, "hired"));
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
