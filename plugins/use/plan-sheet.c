/* 事业单位编制使用计划申报表: the plan of one unit on paper.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "plan.h"
#include <string.h>

/* What the form calls 单位性质: the wide one of a code of funding_form. */
static const char *
wide_funding (struct bz_req *req, const char *code)
{
  const char *parent = bz_code_extra (req, "funding_form", code, "parent");

  return parent != NULL && *parent != '\0' ? parent : code;
}

/* What the book said before the plan was granted. */
static int
figures_add (struct bz_req *req, const struct bz_case *c, struct bz_node *plan)
{
  static const char *const figure[] = { "approved", "occupied",  "reserved",
                                        "lead_cap", "lead_have", "lead_other" };
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "use.sheet_plan",
                       BZ_ARGS (BZ_INT (bz_case_scope (c)),
                                BZ_INT (bz_case_id (c))));

  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc <= 0)
    return rc;
  bz_node_set (plan, "fund",
               wide_funding (req, bz_db_text (rows, "funding_form")));
  for (size_t i = 0; i < G_N_ELEMENTS (figure); i++)
    bz_node_setf (plan, figure[i], "%lld",
                  (long long) bz_db_int (rows, figure[i]));
  return BZ_OK;
}

/* The row of the form that holds what the case asks for by WAY; how many.  In the
 * last one, 其他, the note says what they are. */
static int64_t
way_add (struct bz_req *req, const struct bz_case *c, size_t way,
         struct bz_node *plan)
{
  g_autoptr (GString) conditions = g_string_new (NULL);
  g_autoptr (GString) note = g_string_new (NULL);
  struct bz_node *row = bz_node_add (plan, "way");
  int64_t n = 0;

  for (size_t i = 0; i < bz_case_items (c); i++) {
    const struct bz_item *item = bz_case_item (c, i);
    const char *mode = bz_item_get (item, "entry_mode");

    if (use_plan_way (req, mode) != way)
      continue;
    n += bz_item_int (item, "amount");
    use_plan_join (conditions, bz_item_get (item, "conditions"));
    if (way == USE_PLAN_WAYS - 1)
      use_plan_join (note, bz_code_name (req, "entry_mode", mode));
    use_plan_join (note, bz_item_get (item, "note"));
  }
  bz_node_set (row, "t",
               bz_code_name (req, "plan_way", bz_format (req, "%zu", way + 1)));
  if (n > 0)
    bz_node_setf (row, "n", "%lld", (long long) n);
  bz_node_set (row, "conditions", bz_format (req, "%s", conditions->str));
  bz_node_set (row, "note", bz_format (req, "%s", note->str));
  return n;
}

int
use_plan_sheet (struct bz_req *req, const struct bz_case *c,
                struct bz_node *sheet)
{
  struct bz_node *plan = bz_node_add (sheet, "plan");
  int64_t all = 0;

  bz_node_setf (plan, "year", "%.4s", bz_case_get (c, "apply_date"));
  for (size_t way = 0; way < USE_PLAN_WAYS; way++)
    all += way_add (req, c, way, plan);
  bz_node_setf (plan, "all", "%lld", (long long) all);
  return figures_add (req, c, plan);
}
