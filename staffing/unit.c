/* Units: what rules may know of one, the tree, the card, the postings.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "part.h"
#include "show.h"

enum { UNITS_A_PAGE = 100 };

/* -- Facts. */

static int
quota_facts (struct bz_req *req, int64_t unit_id, struct bz_node *facts)
{
  static const char *const copied[] = { "book", "code", "approved", "occupied",
                                        "free" };
  struct bz_rows *rows;
  int got;
  int rc = bz_db_open (req, &rows, "staffing.unit_quota",
                       BZ_ARGS (BZ_INT (unit_id)));

  if (rc < 0)
    return rc;
  while ((got = bz_db_next (rows)) > 0) {
    struct bz_node *quota = bz_node_add (facts, "quota");

    for (size_t i = 0; i < G_N_ELEMENTS (copied); i++)
      bz_node_set (quota, copied[i], bz_db_text (rows, copied[i]));
    bz_node_set (quota, "name",
                 quota_name (req, bz_db_text (rows, "book"),
                             bz_db_text (rows, "code")));
  }
  return got;
}

int
bz_unit_facts (struct bz_req *req, int64_t unit_id, struct bz_node *facts)
{
  struct bz_rows *rows;
  struct bz_node *unit;
  const char *category;
  int rc = bz_db_open (req, &rows, "staffing.unit_facts",
                       BZ_ARGS (BZ_INT (unit_id)));

  if (rc < 0)
    return rc;
  rc = bz_db_next (rows);
  if (rc == 0)
    return bz_fail (req, BZ_NOT_FOUND, "没有这个单位，请重新选择申请单位");
  if (rc < 0)
    return rc;
  category = bz_db_text (rows, "unit_category");
  unit = bz_node_add (facts, "unit");
  bz_node_setf (unit, "id", "%lld", (long long) unit_id);
  bz_node_set (unit, "code", bz_db_text (rows, "unit_code"));
  bz_node_set (unit, "name", bz_db_text (rows, "name"));
  bz_node_set (unit, "kind",
               bz_code_extra (req, "unit_category", category, "kind"));
  bz_node_set (unit, "category", category);
  bz_node_set (unit, "funding_form", bz_db_text (rows, "funding_form"));
  bz_node_set (unit, "level", bz_db_text (rows, "org_level"));
  bz_node_set (unit, "civil_like", bz_db_text (rows, "civil_like"));
  bz_node_set (unit, "review_section", bz_db_text (rows, "review_section"));
  bz_node_set (unit, "division", bz_db_text (rows, "division_code"));
  bz_node_text (unit, bz_db_text (rows, "name"));
  return quota_facts (req, unit_id, facts);
}

/* -- The list. */

/* Two full-width spaces a level: the tree shows in a table. */
static const char *
indented (struct bz_req *req, const char *name, int64_t depth)
{
  static const char *const by_depth[] = { "", "　　", "　　　　" };

  return bz_format (req, "%s%s", by_depth[CLAMP (depth, 0, 2)], name);
}

static void
list_row (struct bz_req *req, struct bz_rows *rows, struct bz_node *table,
          bool searched)
{
  const char *href = bz_href (req, "/staffing/unit/%lld",
                              (long long) bz_db_int (rows, "id"));
  struct bz_node *r = show_row (table, href);

  show_cell (r,
             indented (req, bz_db_text (rows, "name"),
                       searched ? 0 : bz_db_int (rows, "depth")),
             href);
  show_cell (r, bz_db_text (rows, "unit_code"), NULL);
  show_cell (r, bz_db_text (rows, "short_name"), NULL);
  show_cell (r,
             show_code (req, "unit_category",
                        bz_db_text (rows, "unit_category")),
             NULL);
  show_number (r, bz_db_text (rows, "approved"), NULL);
  show_number (r, bz_db_text (rows, "occupied"), NULL);
  show_number (r, bz_db_text (rows, "free"), NULL);
}

static int
list_table (struct bz_req *req, struct bz_node *page, const char *text,
            int64_t from)
{
  static const char *const columns[] = { "单位名称", "单位代码", "简称",
                                         "单位类别", "#核定",    "#实有",
                                         "#空编" };
  struct bz_node *table = show_table (page, "units", "单位",
                                      "没有符合条件的单位，请更换查询条件",
                                      columns, G_N_ELEMENTS (columns));
  struct bz_rows *rows;
  int got;
  int rc = bz_db_open (req, &rows, "staffing.unit_list",
                       BZ_ARGS (BZ_STR (text), BZ_INT (UNITS_A_PAGE),
                                BZ_INT (from)));

  if (rc < 0)
    return rc;
  while ((got = bz_db_next (rows)) > 0)
    list_row (req, rows, table, text != NULL);
  return got;
}

static int
list_pager (struct bz_req *req, struct bz_node *page, const char *text,
            int64_t from)
{
  const char *q = show_escape (req, text), *count;
  struct bz_node *pager;
  int64_t total;
  int rc = bz_db_value (req, &count, "staffing.unit_list_count",
                        BZ_ARGS (BZ_STR (text)));

  if (rc <= 0)
    return rc;
  total = g_ascii_strtoll (count, NULL, 10);
  pager = bz_node_add (page, "pager");
  bz_node_set (pager, "total", count);
  bz_node_setf (pager, "size", "%d", UNITS_A_PAGE);
  bz_node_setf (pager, "from", "%lld", (long long) MIN (from + 1, total));
  bz_node_setf (pager, "to", "%lld",
                (long long) MIN (from + UNITS_A_PAGE, total));
  bz_node_set (pager, "first", bz_href (req, "/staffing/unit/?q=%s", q));
  if (from > 0)
    bz_node_set (pager, "prev",
                 bz_href (req, "/staffing/unit/?q=%s&from=%lld", q,
                          (long long) MAX (from - UNITS_A_PAGE, 0)));
  if (from + UNITS_A_PAGE < total)
    bz_node_set (pager, "next",
                 bz_href (req, "/staffing/unit/?q=%s&from=%lld", q,
                          (long long) from + UNITS_A_PAGE));
  return BZ_OK;
}

/* GET /staffing/unit/: the tree within the scope; q searches in name, short
 * name, code and the initials of the pinyin. */
int
unit_list (struct bz_req *req)
{
  const char *text = show_text (req, "q");
  int64_t from = MIN (show_param (req, "from", 0), 1000000);
  struct bz_node *page = bz_page (req);
  struct bz_node *query;
  int rc;

  bz_title (req, "单位信息");
  bz_crumb (req, "单位信息", NULL);
  query = bz_node_add (page, "query");
  bz_node_set (query, "action", bz_href (req, "/staffing/unit/"));
  bz_node_set (show_control (query, "q", "单位", "text", text), "hint",
               "名称、简称、代码或拼音首字母");
  rc = list_table (req, page, text, from);
  return rc < 0 ? rc : list_pager (req, page, text, from);
}

/* -- The card. */

static void
card_identity (struct bz_req *req, struct bz_rows *rows, struct bz_node *page)
{
  static const struct {
    const char *title, *column, *codes;
  } values[] = {
    { "单位名称", "name", NULL },
    { "简称", "short_name", NULL },
    { "单位代码", "unit_code", NULL },
    { "统一社会信用代码", "uscc", NULL },
    { "主管部门", "parent_name", NULL },
    { "所属编办", "office_name", NULL },
    { "单位类别", "unit_category", "unit_category" },
    { "机构类别", "org_class", "org_class" },
    { "机构性质", "org_nature", "org_nature" },
    { "系统类别", "system_class", "system_class" },
    { "机构级别", "org_level", "org_level" },
    { "经费形式", "funding_form", "funding_form" },
    { "行政区划", "division_code", "division" },
    { "事业单位分类", "institution_kind", NULL },
    { "审核科室", "review_section", NULL },
    { "备注", "note", NULL },
  };
  struct bz_node *section = show_section (page, "basic", "单位基本信息");

  for (size_t i = 0; i < G_N_ELEMENTS (values); i++) {
    const char *v = bz_db_text (rows, values[i].column);

    show_value (section, values[i].title,
                values[i].codes != NULL ? show_code (req, values[i].codes, v)
                                        : v);
  }
  if (bz_db_int (rows, "civil_like") != 0)
    show_value (section, "参照公务员法管理", "是");
}

/* Each figure opens into its postings. */
static void
quota_figures (struct bz_req *req, struct bz_rows *rows, struct bz_node *r,
               int64_t unit_id)
{
  static const char *const accounts[] = { "approved", "occupied", "reserved",
                                          "incoming", "outgoing" };

  for (size_t i = 0; i < G_N_ELEMENTS (accounts); i++)
    show_number (r, bz_db_text (rows, accounts[i]),
                 bz_href (req,
                          "/staffing/unit/%lld/postings?book=%s&code=%s"
                          "&account=%s",
                          (long long) unit_id, bz_db_text (rows, "book"),
                          bz_db_text (rows, "code"), accounts[i]));
  show_number (r, bz_db_text (rows, "free"), NULL);
}

static int
card_quota (struct bz_req *req, struct bz_node *page, int64_t unit_id)
{
  static const char *const columns[] = { "账目",      "项目",  "#核定",
                                         "#实有",     "#预占", "#在途调入",
                                         "#在途调出", "#空编" };
  static const struct {
    const char *book, *title;
  } books[] = { { "type", "编制类型" },
                { "structure", "编制结构" },
                { "lead", "领导职数" } };
  struct bz_node *table = show_table (page, "quota", "编制总账", "没有核定编制",
                                      columns, G_N_ELEMENTS (columns));
  struct bz_rows *rows;
  int got;
  int rc = bz_db_open (req, &rows, "staffing.unit_quota",
                       BZ_ARGS (BZ_INT (unit_id)));

  if (rc < 0)
    return rc;
  while ((got = bz_db_next (rows)) > 0) {
    const char *book = bz_db_text (rows, "book");
    const char *href = bz_href (req,
                                "/staffing/unit/%lld/postings?book=%s"
                                "&code=%s",
                                (long long) unit_id, book,
                                bz_db_text (rows, "code"));
    struct bz_node *r = show_row (table, href);
    const char *title = book;

    for (size_t i = 0; i < G_N_ELEMENTS (books); i++)
      if (strcmp (books[i].book, book) == 0)
        title = books[i].title;
    show_cell (r, title, NULL);
    show_cell (r, quota_name (req, book, bz_db_text (rows, "code")), href);
    quota_figures (req, rows, r, unit_id);
  }
  return got;
}

static int
card_children (struct bz_req *req, struct bz_node *page, int64_t unit_id)
{
  static const char *const columns[] = { "所属单位", "单位代码" };
  struct bz_node *table = NULL;
  struct bz_rows *rows;
  int got;
  int rc = bz_db_open (req, &rows, "staffing.unit_children",
                       BZ_ARGS (BZ_INT (unit_id)));

  if (rc < 0)
    return rc;
  while ((got = bz_db_next (rows)) > 0) {
    const char *href = bz_href (req, "/staffing/unit/%lld",
                                (long long) bz_db_int (rows, "id"));
    struct bz_node *r;

    if (table == NULL)
      table = show_table (page, "children", "所属单位", NULL, columns,
                          G_N_ELEMENTS (columns));
    r = show_row (table, href);
    show_cell (r, bz_db_text (rows, "name"), href);
    show_cell (r, bz_db_text (rows, "unit_code"), NULL);
  }
  return got;
}

static int
card_organs (struct bz_req *req, struct bz_node *page, int64_t unit_id)
{
  static const char *const columns[] = { "内设机构", "级别", "#核定编制",
                                         "#现有人员" };
  struct bz_node *table = show_table (page, "organs", "内设机构情况",
                                      "没有内设机构", columns,
                                      G_N_ELEMENTS (columns));
  struct bz_rows *rows;
  int got;
  int rc = bz_db_open (req, &rows, "staffing.unit_organs",
                       BZ_ARGS (BZ_INT (unit_id)));

  if (rc < 0)
    return rc;
  while ((got = bz_db_next (rows)) > 0) {
    struct bz_node *r = show_row (table, NULL);

    show_cell (r, bz_db_text (rows, "name"), NULL);
    show_cell (r, show_code (req, "org_level", bz_db_text (rows, "org_level")),
               NULL);
    show_number (r, bz_db_text (rows, "quota"), NULL);
    show_number (r, bz_db_text (rows, "persons"), NULL);
  }
  return got;
}

static int
card_posts (struct bz_req *req, struct bz_node *page, int64_t unit_id)
{
  static const char *const columns[] = { "职务", "内设机构",  "职数类别",
                                         "级别", "#核定职数", "#已配" };
  struct bz_node *table = show_table (page, "posts", "职务列表", "没有核定职务",
                                      columns, G_N_ELEMENTS (columns));
  struct bz_rows *rows;
  int got;
  int rc = bz_db_open (req, &rows, "staffing.unit_posts",
                       BZ_ARGS (BZ_INT (unit_id)));

  if (rc < 0)
    return rc;
  while ((got = bz_db_next (rows)) > 0) {
    struct bz_node *r = show_row (table, NULL);

    show_cell (r, bz_db_text (rows, "name"), NULL);
    show_cell (r, bz_db_text (rows, "organ"), NULL);
    show_cell (r,
               show_code (req, "leader_class",
                          bz_db_text (rows, "leader_class")),
               NULL);
    show_cell (r, show_code (req, "org_level", bz_db_text (rows, "post_level")),
               NULL);
    show_number (r, bz_db_text (rows, "quota"), NULL);
    show_number (r, bz_db_text (rows, "held"), NULL);
  }
  return got;
}

static int
card_persons (struct bz_req *req, struct bz_node *page, int64_t unit_id)
{
  static const char *const columns[] = { "姓名",     "性别", "编制类型",
                                         "人员状态", "职务", "本单位入编时间" };
  struct bz_node *table = show_table (page, "persons", "在编人员（前 20 名）",
                                      "没有在编人员", columns,
                                      G_N_ELEMENTS (columns));
  struct bz_rows *rows;
  int got;
  int rc = bz_db_open (req, &rows, "staffing.unit_persons",
                       BZ_ARGS (BZ_INT (unit_id)));

  if (rc < 0)
    return rc;
  while ((got = bz_db_next (rows)) > 0) {
    const char *href = bz_href (req, "/staffing/person/%lld",
                                (long long) bz_db_int (rows, "id"));
    struct bz_node *r = show_row (table, href);

    show_cell (r, bz_db_text (rows, "name"), href);
    show_cell (r, show_code (req, "sex", bz_db_text (rows, "sex")), NULL);
    show_cell (r,
               show_code (req, "staffing_type",
                          bz_db_text (rows, "staffing_type")),
               NULL);
    show_cell (r,
               show_code (req, "person_status",
                          bz_db_text (rows, "person_status")),
               NULL);
    show_cell (r, bz_db_text (rows, "duty"), NULL);
    show_cell (r, bz_db_text (rows, "valid_from"), NULL);
  }
  return got;
}

static void
card_tools (struct bz_req *req, struct bz_node *page, int64_t unit_id)
{
  struct bz_node *tools = bz_node_add (page, "tools");
  struct bz_node *a = bz_node_add (tools, "a");

  bz_node_set (a, "href",
               bz_href (req, "/staffing/person/?unit=%lld",
                        (long long) unit_id));
  bz_node_text (a, "全部在编人员");
}

/* Find the unit within the scope; its name becomes the page's crumb. */
static int
open_card (struct bz_req *req, int64_t *ret_id, struct bz_rows **ret)
{
  int rc = bz_param_int (req, "id", ret_id);

  if (rc < 0)
    return rc;
  rc = bz_db_open (req, ret, "staffing.unit_card", BZ_ARGS (BZ_INT (*ret_id)));
  if (rc < 0)
    return rc;
  rc = bz_db_next (*ret);
  if (rc == 0)
    return bz_fail (req, BZ_NOT_FOUND, "没有这个单位，或者不在您的查询范围内");
  if (rc < 0)
    return rc;
  bz_crumb (req, "单位信息", bz_href (req, "/staffing/unit/"));
  return BZ_OK;
}

/* GET /staffing/unit/{id} */
int
unit_show (struct bz_req *req)
{
  static int (*const parts[]) (struct bz_req *, struct bz_node *, int64_t) = {
    card_quota, card_children, card_organs, card_posts, card_persons,
  };
  struct bz_node *page = bz_page (req);
  struct bz_rows *rows;
  int64_t id;
  int rc = open_card (req, &id, &rows);

  if (rc < 0)
    return rc;
  bz_title (req, "%s", bz_db_text (rows, "name"));
  bz_crumb (req, bz_db_text (rows, "short_name"), NULL);
  card_tools (req, page, id);
  card_identity (req, rows, page);
  for (size_t i = 0; i < G_N_ELEMENTS (parts) && rc >= 0; i++)
    rc = parts[i](req, page, id);
  return rc < 0 ? rc : BZ_OK;
}

/* -- Postings. */

static const char *
account_name (const char *account)
{
  static const struct {
    const char *account, *name;
  } names[] = {
    { "approved", "核定" },     { "occupied", "实有" },
    { "reserved", "预占" },     { "incoming", "在途调入" },
    { "outgoing", "在途调出" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (names[i].account, account) == 0)
      return names[i].name;
  return account;
}

static void
posting_row (struct bz_req *req, struct bz_rows *rows, struct bz_node *table)
{
  const char *person = bz_db_text (rows, "person_id");
  struct bz_node *r = show_row (table, NULL);

  show_cell (r, bz_db_text (rows, "posted_on"), NULL);
  show_cell (r, account_name (bz_db_text (rows, "account")), NULL);
  show_number (r, bz_db_text (rows, "amount"), NULL);
  show_cell (r, bz_db_text (rows, "person"),
             person != NULL ? bz_href (req, "/staffing/person/%s", person)
                            : NULL);
  show_cell (r, bz_db_text (rows, "case_number"), NULL);
  show_cell (r, bz_db_text (rows, "paper"), NULL);
  show_cell (r, bz_db_text (rows, "recorded_at"), NULL);
}

static int
posting_table (struct bz_req *req, int64_t unit_id, const char *book,
               const char *code, const char *account)
{
  static const char *const columns[] = { "业务日期", "科目",     "#数量",
                                         "人员",     "业务单号", "批准文号",
                                         "登记时间" };
  enum { A_PAGE = 50 };
  struct bz_node *table = show_table (bz_page (req), "postings", "分录",
                                      "没有分录", columns,
                                      G_N_ELEMENTS (columns));
  struct bz_rows *rows;
  int64_t last = 0;
  int got, n = 0;
  int rc = bz_db_open (req, &rows, "staffing.unit_postings",
                       BZ_ARGS (BZ_INT (unit_id), BZ_STR (book), BZ_STR (code),
                                BZ_STR (account),
                                BZ_INT (show_param (req, "before", 0))));

  if (rc < 0)
    return rc;
  while ((got = bz_db_next (rows)) > 0 && n++ < A_PAGE) {
    posting_row (req, rows, table);
    last = bz_db_int (rows, "id");
  }
  if (got > 0) /* the 51st row: there is more */
    bz_node_set (bz_node_add (bz_page (req), "pager"), "next",
                 bz_href (req,
                          "/staffing/unit/%lld/postings?book=%s&code=%s"
                          "&account=%s&before=%lld",
                          (long long) unit_id, show_escape (req, book),
                          show_escape (req, code), show_escape (req, account),
                          (long long) last));
  return got < 0 ? got : BZ_OK;
}

/* GET /staffing/unit/{id}/postings?book=&code=&account= */
int
unit_postings (struct bz_req *req)
{
  const char *book = show_text (req, "book"), *code = show_text (req, "code");
  const char *account = show_text (req, "account");
  struct bz_rows *rows;
  int64_t id;
  int rc = open_card (req, &id, &rows);

  if (rc < 0)
    return rc;
  if (book == NULL || code == NULL)
    return bz_fail (req, BZ_NOT_FOUND, "请从单位的编制总账进入分录");
  bz_crumb (req, bz_db_text (rows, "short_name"),
            bz_href (req, "/staffing/unit/%lld", (long long) id));
  bz_crumb (req, "分录", NULL);
  bz_title (req, "%s：%s%s%s", bz_db_text (rows, "short_name"),
            quota_name (req, book, code), account != NULL ? " " : "",
            account != NULL ? account_name (account) : "");
  return posting_table (req, id, book, code, account);
}
