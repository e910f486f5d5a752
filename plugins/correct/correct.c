/* 信息更正: what cannot be declared - who is meant, what stands in the way, the deed.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <glib.h>
#include <string.h>
#include "bianzhi/staffing.h"

/* Who was ticked: all that the register says of them. */
static int
correct_prefill (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  static const char kept[] = "姓名、证件号等不在信息更正中修改，请办理人员异动";
  static const char *const closed[] = { "name", "sex", "id_number",
                                        "birth_date", "person_status" };
  int rc = bz_staff_load (req, bz_case_scope (c), item);

  if (rc == 0)
    return bz_mark (req, "name", "该人员已不在本单位在编，请从申请单中删除");
  for (size_t i = 0; rc > 0 && i < G_N_ELEMENTS (closed); i++)
    bz_item_close (item, closed[i], kept);
  return MIN (rc, BZ_OK);
}

static int
correct_facts (struct bz_req *req, struct bz_case *c, struct bz_item *item,
               struct bz_node *facts)
{
  return bz_unit_facts (req, bz_case_scope (c), facts);
}

/* -- Checks. */

static struct bz_change
deed (struct bz_req *req, const struct bz_case *c)
{
  return (struct bz_change){ .unit_id = bz_case_scope (c),
                             .case_id = bz_case_id (c),
                             .date = bz_today (req) };
}

static int
correct_check (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  const struct bz_change x = deed (req, c);
  const char *number, *field, *why;
  int rc;

  if (item == NULL)
    return BZ_OK;
  rc = bz_db_value (req, &number, "correct.open_elsewhere",
                    BZ_ARGS (BZ_STR (bz_item_get (item, "id_number")),
                             BZ_INT (bz_item_subject (item)),
                             BZ_INT (bz_case_id (c))));
  if (rc > 0)
    return bz_mark (req, "name",
                    "该人员在另一张在办的申请单 %s 中，"
                    "请等其办结，或由上报单位撤回后再办理",
                    number);
  if (rc == BZ_OK)
    rc = bz_staff_correct_look (req, &x, item, &field, &why);
  return rc < 0 || why == NULL ? rc : bz_mark (req, field, "%s", why);
}

/* -- The approval of one person. */

static int
correct_effect (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  const struct bz_change x = deed (req, c);

  return bz_staff_correct (req, &x, item);
}

static const struct bz_business businesses[] = {
  { .name = "correct",
    .prefill = correct_prefill,
    .facts = correct_facts,
    .check = correct_check,
    .effect = correct_effect },
};
static const char *const needs[] = { "staffing", NULL };
static const struct bz_plugin correction = {
  .head = BZ_HEAD,
  .name = "correct",
  .version = "0.1",
  .title = "信息更正",
  .needs = needs,
  .businesses = BZ_ROWS (businesses),
};
BZ_EXPORT (correction)
