/* 单位隶属、名称变更: what cannot be declared - what stands in the way, the deed.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <glib.h>
#include <stdbool.h>
#include <string.h>
#include "bianzhi/staffing.h"

/* Codes of the tables reorganise_action and waiting_choice. */
static const char renames[] = "1", moves[] = "2", frees[] = "3";
static const char finishes[] = "2";

static bool
is (const struct bz_item *item, const char *action)
{
  return g_strcmp0 (bz_item_get (item, "action"), action) == 0;
}

/* NULL where the line does not change it. */
static const char *
filled (const struct bz_item *item, const char *field, bool meant)
{
  const char *value = meant ? bz_item_get (item, field) : NULL;

  return value != NULL && *value != '\0' ? value : NULL;
}

static struct bz_unit_change
change_of (const struct bz_case *c, const struct bz_item *item)
{
  struct bz_unit_change x = bz_unit_change_of (c);

  x.name = filled (item, "name", is (item, renames));
  x.short_name = filled (item, "short_name", is (item, renames));
  x.parent = is (item, frees) ? "" : filled (item, "parent", is (item, moves));
  x.keep = g_strcmp0 (bz_case_get (c, "waiting"), finishes) == 0;
  if (x.short_name == NULL)
    x.name = NULL; /* not filled in yet */
  return x;
}

static int
reorganise_facts (struct bz_req *req, struct bz_case *c, struct bz_item *item,
                  struct bz_node *facts)
{
  return bz_unit_facts (req, bz_case_scope (c), facts);
}

/* -- Checks: what the effect would refuse is said before. */

static int
check_elsewhere (struct bz_req *req, const struct bz_case *c)
{
  const char *number;
  int rc = bz_db_value (req, &number, "reorganise.open_elsewhere",
                        BZ_ARGS (BZ_INT (bz_case_scope (c)),
                                 BZ_INT (bz_case_id (c))));

  return rc <= 0 ? rc
                 : bz_mark (req, "unit",
                            "该单位已有在办的单位隶属、名称变更 %s，"
                            "请等其办结后再办理",
                            number);
}

/* Whether the day will do is said once, with the head. */
static int
check_date (struct bz_req *req, const struct bz_case *c)
{
  const struct bz_unit_change x = bz_unit_change_of (c);
  const char *field, *why;
  int rc = bz_unit_change (req, &x, BZ_UNIT_LOOK, &field, &why);

  return rc < 0 || why == NULL ? rc : bz_mark (req, field, "%s", why);
}

/* Is a line before ITEM about the same? */
static bool
told_before (const struct bz_case *c, const struct bz_item *item)
{
  for (size_t i = 0; i < bz_case_items (c); i++) {
    const struct bz_item *other = bz_case_item (c, i);

    if (bz_item_id (other) == bz_item_id (item))
      return false;
    if (is (other, renames) == is (item, renames))
      return true;
  }
  return false;
}

static int
check_line (struct bz_req *req, const struct bz_case *c,
            const struct bz_item *item)
{
  struct bz_unit_change x = change_of (c, item);
  const char *field, *why;
  int rc;

  if (told_before (c, item))
    return bz_mark (req, "action",
                    "前面已有一项变更名称或者主管部门，每项只登记一次，请删除");
  x.date = NULL;
  rc = bz_unit_change (req, &x, BZ_UNIT_LOOK, &field, &why);
  if (rc < 0 || why == NULL)
    return rc;
  return bz_mark (req, is (item, frees) ? "action" : field, "%s", why);
}

static int
reorganise_check (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  int rc;

  if (bz_case_scope (c) == 0)
    return BZ_OK;
  if (item != NULL)
    return bz_item_get (item, "action") != NULL ? check_line (req, c, item)
                                                : BZ_OK;
  rc = check_elsewhere (req, c);
  return rc < 0 ? rc : check_date (req, c);
}

/* -- The approval. */

static int
reorganise_effect (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  const struct bz_unit_change x = change_of (c, item);
  const char *field, *why;

  return bz_unit_change (req, &x, 0, &field, &why);
}

/* The leader sees what waits. */
static int
reorganise_show (struct bz_req *req, struct bz_case *c, const char *view,
                 struct bz_node *page)
{
  struct bz_node *unit;
  int waiting;
  int rc = BZ_OK;

  if (strcmp (view, "review") != 0)
    return BZ_OK;
  rc = bz_scope_waiting (req, bz_case_scope (c), bz_case_id (c), &waiting);
  if (rc < 0)
    return rc;
  unit = bz_node_add (page, "person");
  bz_node_set (unit, "t", "变更事项");
  bz_node_setf (unit, "note", "单位在办的其他申请单 %d 张", waiting);
  for (size_t i = 0; i < bz_case_items (c); i++) {
    struct bz_item *item = bz_case_item (c, i);
    const char *value = is (item, renames) ? bz_item_get (item, "name")
                      : is (item, moves)   ? bz_item_get (item, "parent")
                                           : "没有主管部门";
    struct bz_node *p = bz_node_add (unit, "p");

    bz_node_set (p, "t", is (item, renames) ? "新名称" : "新主管部门");
    bz_node_setf (p, "item", "%lld", (long long) bz_item_id (item));
    bz_node_text (p, value);
  }
  (void) bz_node_add (page, "checks");
  return BZ_OK;
}

static const struct bz_business businesses[] = {
  { .name = "reorganise",
    .facts = reorganise_facts,
    .check = reorganise_check,
    .effect = reorganise_effect,
    .show = reorganise_show },
};
static const char *const needs[] = { "staffing", NULL };
static const struct bz_plugin reorganisation = {
  .head = BZ_HEAD,
  .name = "reorganise",
  .version = "0.1",
  .title = "单位隶属、名称变更",
  .needs = needs,
  .businesses = BZ_ROWS (businesses),
};
BZ_EXPORT (reorganisation)
