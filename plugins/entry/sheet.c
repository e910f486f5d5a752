/* What entry's papers show beyond the case itself.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "sheet.h"

/* 编制情况: what the book said just before and after, from its postings, so
 * that a reprint years later shows the same figures. */
static int
quota_add (struct bz_req *req, struct bz_rows *rows, struct bz_node *sheet)
{
  int rc;

  while ((rc = bz_db_next (rows)) > 0) {
    struct bz_node *quota = bz_node_add (sheet, "quota");

    bz_node_set (quota, "kind",
                 bz_code_name (req, "staffing_type",
                               bz_db_text (rows, "code")));
    bz_node_set (quota, "cap", bz_db_text (rows, "approved"));
    bz_node_set (quota, "before", bz_db_text (rows, "before_count"));
    bz_node_set (quota, "add", bz_db_text (rows, "added"));
    bz_node_set (quota, "after", bz_db_text (rows, "after_count"));
    bz_node_set (quota, "left", bz_db_text (rows, "free"));
  }
  return rc;
}

static int
unit_add (struct bz_req *req, int64_t unit_id, struct bz_node *sheet)
{
  struct bz_rows *rows;
  struct bz_node *unit;
  int rc = bz_db_open (req, &rows, "entry.sheet_unit",
                       BZ_ARGS (BZ_INT (unit_id)));

  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc <= 0)
    return rc;
  unit = bz_node_add (sheet, "unit");
  bz_node_set (unit, "category",
               bz_code_name (req, "unit_category",
                             bz_db_text (rows, "unit_category")));
  bz_node_set (unit, "level",
               bz_code_name (req, "org_level", bz_db_text (rows, "org_level")));
  bz_node_set (unit, "uscc", bz_db_text (rows, "uscc"));
  bz_node_set (unit, "supervisor", bz_db_text (rows, "supervisor"));
  return BZ_OK;
}

int
entry_sheet (struct bz_req *req, struct bz_case *entry, struct bz_item *item,
             const char *print, struct bz_node *sheet)
{
  struct bz_rows *rows;
  int rc = item == NULL
           ? bz_db_open (req, &rows, "entry.notice_quota",
                         BZ_ARGS (BZ_INT (bz_case_id (entry))))
           : bz_db_open (req, &rows, "entry.approval_quota",
                         BZ_ARGS (BZ_INT (bz_case_id (entry)),
                                  BZ_INT (bz_item_subject (item))));

  if (rc == BZ_OK)
    rc = quota_add (req, rows, sheet);
  if (rc == BZ_OK && item != NULL)
    rc = unit_add (req, bz_case_scope (entry), sheet);
  return rc;
}
