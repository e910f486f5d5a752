/* 所属编办变更: what cannot be declared - what stands in the way, the deed.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <glib.h>
#include <stdbool.h>
#include <string.h>
#include "bianzhi/staffing.h"

/* Of the table office_waiting: the former office finishes what waits. */
static const char finishes[] = "2";

/* ITEM NULL: not filled in yet. */
static struct bz_unit_change
change_of (const struct bz_case *c, const struct bz_item *item)
{
  const char *parent = item != NULL ? bz_item_get (item, "parent") : NULL;
  struct bz_unit_change x = bz_unit_change_of (c);

  x.keep = g_strcmp0 (bz_case_get (c, "waiting"), finishes) == 0;
  x.office_id = item != NULL ? bz_item_int (item, "office") : 0;
  if (x.office_id != 0)
    x.parent = parent != NULL ? parent : "";
  return x;
}

static int
reassign_facts (struct bz_req *req, struct bz_case *c, struct bz_item *item,
                struct bz_node *facts)
{
  return bz_unit_facts (req, bz_case_scope (c), facts);
}

/* -- Checks: what the effect would refuse is said before. */

static int
check_elsewhere (struct bz_req *req, const struct bz_case *c)
{
  const char *number;
  int rc = bz_db_value (req, &number, "reassign.open_elsewhere",
                        BZ_ARGS (BZ_INT (bz_case_scope (c)),
                                 BZ_INT (bz_case_id (c))));

  return rc <= 0
         ? rc
         : bz_mark (req, "unit",
                    "该单位或者它的上级、下属单位已有在办的所属编办变更 "
                    "%s，请等其办结后再办理",
                    number);
}

/* With the head what is about the day, with the line the rest. */
static int
look (struct bz_req *req, const struct bz_case *c, const struct bz_item *line,
      bool head)
{
  const struct bz_unit_change x = change_of (c, line);
  const char *field, *why;
  int rc = bz_unit_change (req, &x, BZ_UNIT_LOOK, &field, &why);

  if (rc < 0 || why == NULL || (strcmp (field, "date") == 0) != head)
    return rc;
  return bz_mark (req, field, "%s", why);
}

static int
reassign_check (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  int rc;

  if (bz_case_scope (c) == 0)
    return BZ_OK;
  if (item != NULL)
    return look (req, c, item, false);
  rc = check_elsewhere (req, c);
  return rc < 0
         ? rc
         : look (req, c, bz_case_items (c) > 0 ? bz_case_item (c, 0) : NULL,
                 true);
}

/* -- The approval. */

static int
reassign_effect (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  const struct bz_unit_change x = change_of (c, item);
  const char *field, *why;

  return bz_unit_change (req, &x, 0, &field, &why);
}

/* -- The leader sees where it comes, what waits and what has to be finished before. */

static void
add_p (struct bz_node *unit, const struct bz_item *item, const char *title,
       const char *value)
{
  struct bz_node *p = bz_node_add (unit, "p");

  bz_node_set (p, "t", title);
  bz_node_setf (p, "item", "%lld", (long long) bz_item_id (item));
  bz_node_text (p, value);
}

static int
add_line (struct bz_req *req, const struct bz_item *item, struct bz_node *unit)
{
  const char *parent = bz_item_get (item, "parent");
  const char *office;
  int rc = bz_db_value (req, &office, "reassign.office_name",
                        BZ_ARGS (BZ_INT (bz_item_int (item, "office"))));

  if (rc < 0)
    return rc;
  add_p (unit, item, "新的编办", rc > 0 ? office : "");
  add_p (unit, item, "新主管部门",
         parent != NULL && *parent != '\0' ? parent : "没有主管部门");
  return BZ_OK;
}

static int
reassign_show (struct bz_req *req, struct bz_case *c, const char *view,
               struct bz_node *page)
{
  struct bz_node *unit;
  int open, office;
  int rc = BZ_OK;

  if (strcmp (view, "review") != 0)
    return BZ_OK;
  rc = bz_scope_open (req, bz_case_scope (c), bz_case_id (c), &open, &office);
  if (rc < 0)
    return rc;
  unit = bz_node_add (page, "person");
  bz_node_set (unit, "t", "变更事项");
  bz_node_setf (unit, "note",
                "单位和下属单位在办的其他申请单 %d 张，编办自己登记的 %d 张",
                open, office);
  for (size_t i = 0; i < bz_case_items (c) && rc == BZ_OK; i++)
    rc = add_line (req, bz_case_item (c, i), unit);
  (void) bz_node_add (page, "checks");
  return rc;
}

static const struct bz_business businesses[] = {
  { .name = "reassign",
    .facts = reassign_facts,
    .check = reassign_check,
    .effect = reassign_effect,
    .show = reassign_show },
};
static const char *const needs[] = { "staffing", NULL };
static const struct bz_plugin reassignment = {
  .head = BZ_HEAD,
  .name = "reassign",
  .version = "0.1",
  .title = "所属编办变更",
  .needs = needs,
  .businesses = BZ_ROWS (businesses),
};
BZ_EXPORT (reassignment)
