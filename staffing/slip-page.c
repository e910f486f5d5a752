/* A slip's page, and the slips of a unit.  SPDX-License-Identifier: MulanPSL-2.0 */
#include "part.h"
#include "show.h"

/* Days of a slip that are told (A5.6). */
enum { SOON = 60 };

static const char *
state_word (struct bz_req *req, struct bz_rows *rows)
{
  if (strcmp (bz_db_text (rows, "state"), "void") == 0)
    return "已撤销";
  if (strcmp (bz_db_text (rows, "state"), "expired") == 0)
    return "已到期";
  if (bz_db_int (rows, "rest") == 0)
    return "已用完";
  if (bz_db_int (rows, "hired") > 0)
    return bz_format (req, "可使用，已录用 %lld 名",
                      (long long) bz_db_int (rows, "hired"));
  if (bz_db_int (rows, "days_left") < 1)
    return "已到期";
  return bz_db_int (rows, "days_left") <= SOON
         ? bz_format (req, "可使用，余 %lld 天",
                      (long long) bz_db_int (rows, "days_left"))
         : "可使用";
}

/* -- The slips of a unit. */

int
slip_table (struct bz_req *req, struct bz_node *page, int64_t unit_id)
{
  static const char *const columns[] = { "编号",  "核准日期", "有效期至",
                                         "#核准", "#已用",    "#未用",
                                         "状态" };
  struct bz_node *table = NULL;
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "staffing.unit_slips",
                       BZ_ARGS (BZ_INT (unit_id), BZ_STR (bz_today (req))));

  while (rc >= 0 && (rc = bz_db_next (rows)) > 0) {
    const char *href = bz_href (req, "/staffing/slip/%lld",
                                (long long) bz_db_int (rows, "id"));
    struct bz_node *r;

    if (table == NULL)
      table = bz_table (page, "slips", "编制使用单", NULL, columns,
                        G_N_ELEMENTS (columns));
    r = bz_table_row (table, href);
    show_cell (r, bz_db_text (rows, "number"), href);
    show_cell (r, bz_db_text (rows, "granted_on"), NULL);
    show_cell (r, bz_db_text (rows, "valid_until"), NULL);
    show_number (r, bz_db_text (rows, "amount"), NULL);
    show_number (r, bz_db_text (rows, "used"), NULL);
    show_number (r, bz_db_text (rows, "rest"), NULL);
    show_cell (r, state_word (req, rows), NULL);
  }
  return rc;
}

/* -- One slip. */

static int
add_head (struct bz_req *req, int64_t slip_id)
{
  struct bz_node *s;
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "staffing.slip_head",
                       BZ_ARGS (BZ_INT (slip_id), BZ_STR (bz_today (req))));

  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc <= 0)
    return rc < 0 ? rc
                  : bz_fail (req, BZ_NOT_FOUND,
                             "没有这张编制使用单，请从单位信息进入");
  bz_crumb (req, bz_db_text (rows, "unit_name"),
            bz_href (req, "/staffing/unit/%lld",
                     (long long) bz_db_int (rows, "unit_id")));
  bz_crumb (req, "编制使用单", NULL);
  bz_title (req, "编制使用单 %s", bz_db_text (rows, "number"));
  s = show_section (bz_page (req), "slip", "编制使用单");
  show_value (s, "用编单位", bz_db_text (rows, "unit_name"));
  show_value (s, "编号", bz_db_text (rows, "number"));
  show_value (s, "核准日期", bz_db_text (rows, "granted_on"));
  show_value (s, "有效期至", bz_db_text (rows, "valid_until"));
  show_value (s, "状态", state_word (req, rows));
  show_value (s, "业务单号", bz_db_text (rows, "case_number"));
  return BZ_OK;
}

/* 用编形式 and 编制类型. */
static void
line_cells (struct bz_req *req, struct bz_rows *rows, struct bz_node *row)
{
  show_cell (row,
             show_code (req, "entry_mode", bz_db_text (rows, "entry_mode")),
             NULL);
  show_cell (row,
             show_code (req, "staffing_type",
                        bz_db_text (rows, "staffing_type")),
             NULL);
}

static int
add_lines (struct bz_req *req, int64_t slip_id)
{
  static const char *const columns[] = { "用编形式", "编制类型", "编制结构",
                                         "#核准",    "#已用",    "#已收回",
                                         "#未用" };
  struct bz_node *table = bz_table (bz_page (req), "lines", "用编明细",
                                    "没有明细", columns,
                                    G_N_ELEMENTS (columns));
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "staffing.slip_lines",
                       BZ_ARGS (BZ_INT (slip_id)));

  while (rc >= 0 && (rc = bz_db_next (rows)) > 0) {
    struct bz_node *r = bz_table_row (table, NULL);

    line_cells (req, rows, r);
    show_cell (r,
               show_code (req, "structure",
                          bz_db_text (rows, "quota_structure")),
               NULL);
    show_number (r, bz_db_text (rows, "amount"), NULL);
    show_number (r, bz_db_text (rows, "used"), NULL);
    show_number (r, bz_db_text (rows, "released"), NULL);
    show_number (r, bz_db_text (rows, "rest"), NULL);
  }
  return rc;
}

/* Who came in on it. */
static int
add_uses (struct bz_req *req, int64_t slip_id)
{
  static const char *const columns[] = { "入编日期", "姓名", "用编形式",
                                         "编制类型", "入编通知单编号" };
  struct bz_node *table = bz_table (bz_page (req), "uses", "使用记录",
                                    "还没有人使用", columns,
                                    G_N_ELEMENTS (columns));
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "staffing.slip_uses",
                       BZ_ARGS (BZ_INT (slip_id)));

  while (rc >= 0 && (rc = bz_db_next (rows)) > 0) {
    struct bz_node *r = bz_table_row (table, NULL);
    int64_t person = bz_db_int (rows, "person_id");

    show_cell (r, bz_db_text (rows, "used_on"), NULL);
    show_cell (r, bz_db_text (rows, "name"),
               person != 0
                 ? bz_href (req, "/staffing/person/%lld", (long long) person)
                 : NULL);
    line_cells (req, rows, r);
    show_cell (r, bz_db_text (rows, "number"), NULL);
  }
  return rc;
}

/* Who was chosen to come. */
static int
add_chosen (struct bz_req *req, int64_t slip_id)
{
  static const char *const columns[] = { "姓名", "身份证号", "登记日期",
                                         "入编日期" };
  struct bz_node *table = NULL;
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "staffing.slip_chosen",
                       BZ_ARGS (BZ_INT (slip_id)));

  while (rc >= 0 && (rc = bz_db_next (rows)) > 0) {
    const char *came = bz_db_text (rows, "came_on");
    struct bz_node *r;

    if (table == NULL)
      table = bz_table (bz_page (req), "chosen", "录用人员", NULL, columns,
                        G_N_ELEMENTS (columns));
    r = bz_table_row (table, NULL);
    show_cell (r, bz_db_text (rows, "name"), NULL);
    show_cell (r, bz_idno_masked (req, bz_db_text (rows, "id_number")), NULL);
    show_cell (r, bz_db_text (rows, "chosen_on"), NULL);
    show_cell (r, came != NULL ? came : "未入编", NULL);
  }
  return rc;
}

/* What it was changed to: "有效期至 2027-11-26 → 2028-05-26", "公开招聘 → 调入 2 名". */
static const char *
change_text (struct bz_req *req, struct bz_rows *rows)
{
  const char *mode = show_code (req, "entry_mode",
                                bz_db_text (rows, "line_mode"));
  const char *turned = show_code (req, "entry_mode",
                                  bz_db_text (rows, "entry_mode"));
  long long amount = (long long) bz_db_int (rows, "amount");

  if (bz_db_text (rows, "new_until") != NULL)
    return bz_format (req, "有效期至 %s → %s", bz_db_text (rows, "old_until"),
                      bz_db_text (rows, "new_until"));
  if (mode == NULL)
    return amount > 0 ? bz_format (req, "录用 %lld 名", amount) : "";
  return turned != NULL && *turned != '\0'
         ? bz_format (req, "%s → %s %lld 名", mode, turned, amount)
         : bz_format (req, "%s 核减 %lld 名", mode, amount);
}

static int
add_changes (struct bz_req *req, int64_t slip_id)
{
  static const char *const columns[] = { "日期", "事项", "内容", "业务单号" };
  struct bz_node *table = NULL;
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "staffing.slip_changes",
                       BZ_ARGS (BZ_INT (slip_id)));

  while (rc >= 0 && (rc = bz_db_next (rows)) > 0) {
    struct bz_node *r;

    if (table == NULL)
      table = bz_table (bz_page (req), "changes", "变更记录", NULL, columns,
                        G_N_ELEMENTS (columns));
    r = bz_table_row (table, NULL);
    show_cell (r, bz_db_text (rows, "changed_on"), NULL);
    show_cell (r, show_code (req, "slip_action", bz_db_text (rows, "action")),
               NULL);
    show_cell (r, change_text (req, rows), NULL);
    show_cell (r, bz_db_text (rows, "number"), NULL);
  }
  return rc;
}

int
slip_show (struct bz_req *req)
{
  int64_t slip_id;
  int rc = bz_param_int (req, "id", &slip_id);

  if (rc < 0)
    return bz_fail (req, BZ_NOT_FOUND, "没有这张编制使用单，请从单位信息进入");
  rc = add_head (req, slip_id);
  if (rc < 0)
    return rc;
  if (bz_offer_print (req,
                      bz_href (req, "/staffing/slip/%lld", (long long) slip_id))
      == BZ_AS_PRINT)
    bz_title (req, "编制使用单使用记录");
  rc = add_lines (req, slip_id);
  if (rc >= 0)
    rc = add_uses (req, slip_id);
  if (rc >= 0)
    rc = add_chosen (req, slip_id);
  return rc < 0 ? rc : add_changes (req, slip_id);
}
