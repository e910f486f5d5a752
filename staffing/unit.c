/* Units: what rules may know of one, the tree, the card.
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

/* "1" a province, "2" a city, "3" a county: GB/T 2260 fills up with 00. */
static const char *
division_level (const char *code)
{
  if (code == NULL || strlen (code) != 6)
    return NULL;
  if (g_str_has_suffix (code, "0000"))
    return "1";
  return g_str_has_suffix (code, "00") ? "2" : "3";
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
  bz_node_set (unit, "division_level",
               division_level (bz_db_text (rows, "division_code")));
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
  struct bz_node *r = bz_table_row (table, href);

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
  struct bz_node *table = bz_table (page, "units", "单位",
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
  int64_t asked = show_param (req, "from", 0), from = MIN (asked, 1000000);
  struct bz_node *page = bz_page (req);
  struct bz_node *query;
  int rc;

  bz_title (req, "单位信息");
  bz_crumb (req, "首页", bz_href (req, "/"));
  bz_crumb (req, "单位信息", NULL);
  query = bz_node_add (page, "query");
  bz_node_set (query, "action", bz_href (req, "/staffing/unit/"));
  bz_node_set (show_control (query, "q", "单位", "text", text), "ph",
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
    { "编制溢出规则", "overflow", NULL },
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

static const char *
postings_href (struct bz_req *req, struct bz_rows *rows, int64_t unit_id,
               const char *account)
{
  return bz_href (req,
                  "/staffing/unit/%lld/postings?book=%s&code=%s"
                  "&account=%s",
                  (long long) unit_id, bz_db_text (rows, "book"),
                  bz_db_text (rows, "code"), account);
}

/* Each figure opens into its postings. */
static void
quota_figures (struct bz_req *req, struct bz_rows *rows, struct bz_node *r,
               int64_t unit_id)
{
  static const char *const accounts[] = { "approved", "occupied", "reserved",
                                          "incoming", "outgoing", "frozen",
                                          "free" };

  for (size_t i = 0; i < G_N_ELEMENTS (accounts); i++)
    show_number (r, bz_db_text (rows, accounts[i]),
                 postings_href (req, rows, unit_id, accounts[i]));
}

static int
card_quota (struct bz_req *req, struct bz_node *page, int64_t unit_id)
{
  static const char *const columns[] = { "账目",      "项目",      "#核定",
                                         "#实有",     "#已批未用", "#在途调入",
                                         "#在途调出", "#冻结",     "#空编" };
  static const struct {
    const char *book, *title;
  } books[] = { { "type", "编制类型" },    { "structure", "编制结构" },
                { "funding", "经费形式" }, { "lead", "领导职数" },
                { "rank", "职级职数" },    { "organ", "机构数" },
                { "other", "其他" } };
  struct bz_node *table = bz_table (page, "quota", "编制总账", "没有核定编制",
                                    columns, G_N_ELEMENTS (columns));
  struct bz_rows *rows;
  int got;
  int rc = bz_db_open (req, &rows, "staffing.unit_quota",
                       BZ_ARGS (BZ_INT (unit_id)));

  if (rc < 0)
    return rc;
  while ((got = bz_db_next (rows)) > 0) {
    const char *book = bz_db_text (rows, "book");
    struct bz_node *r = bz_table_row (table, NULL);
    const char *title = book;

    for (size_t i = 0; i < G_N_ELEMENTS (books); i++)
      if (strcmp (books[i].book, book) == 0)
        title = books[i].title;
    show_cell (r, title, NULL);
    show_cell (r, quota_name (req, book, bz_db_text (rows, "code")), NULL);
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
      table = bz_table (page, "children", "所属单位", NULL, columns,
                        G_N_ELEMENTS (columns));
    r = bz_table_row (table, href);
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
  struct bz_node *table = bz_table (page, "organs", "内设机构情况",
                                    "没有内设机构", columns,
                                    G_N_ELEMENTS (columns));
  struct bz_rows *rows;
  int got;
  int rc = bz_db_open (req, &rows, "staffing.unit_organs",
                       BZ_ARGS (BZ_INT (unit_id)));

  if (rc < 0)
    return rc;
  while ((got = bz_db_next (rows)) > 0) {
    struct bz_node *r = bz_table_row (table, NULL);

    show_cell (r, bz_db_text (rows, "name"), NULL);
    show_cell (r, show_code (req, "org_level", bz_db_text (rows, "org_level")),
               NULL);
    show_number (r, bz_db_text (rows, "quota"), NULL);
    show_number (r, bz_db_text (rows, "persons"), NULL);
  }
  return got;
}

/* What is approved: once for each post, however many sit in it. */
static void
post_cells (struct bz_req *req, struct bz_rows *rows, bool again,
            struct bz_node *r)
{
  static const struct {
    const char *column, *codes;
  } cells[] = {
    { "name", NULL },
    { "organ", NULL },
    { "leader_class", "leader_class" },
    { "post_level", "org_level" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cells); i++) {
    const char *v = again ? NULL : bz_db_text (rows, cells[i].column);

    show_cell (r,
               cells[i].codes != NULL ? show_code (req, cells[i].codes, v) : v,
               NULL);
  }
  show_number (r, again ? NULL : bz_db_text (rows, "quota"), NULL);
  show_number (r, again ? NULL : bz_db_text (rows, "held"), NULL);
}

/* Who sits in it, or how many seats are empty. */
static void
post_holder (struct bz_req *req, struct bz_rows *rows, struct bz_node *r)
{
  const char *person = bz_db_text (rows, "person_id");
  const char *name = bz_db_text (rows, "person");
  const char *lower = bz_db_text (rows, "lower"); /* 高职低配 */
  int64_t empty = bz_db_int (rows, "quota") - bz_db_int (rows, "held");

  if (person != NULL)
    show_cell (r,
               lower != NULL ? bz_format (req, "%s（低配：%s）", name, lower)
                             : name,
               bz_href (req, "/staffing/person/%s", person));
  else
    show_cell (r, bz_format (req, "空缺 %lld 名", (long long) empty), NULL);
  show_cell (r, bz_db_text (rows, "doc_no"), NULL);
  show_cell (r, bz_db_text (rows, "appoint_date"), NULL);
}

/* 领导职数: each named post and who sits in it. */
static int
card_posts (struct bz_req *req, struct bz_node *page, int64_t unit_id)
{
  static const char *const columns[] = { "职务",     "内设机构", "职数类别",
                                         "级别",     "#核定",    "#已配",
                                         "任职人员", "任职文号", "任职时间" };
  struct bz_node *table = bz_table (page, "posts", "职务列表", "没有核定职务",
                                    columns, G_N_ELEMENTS (columns));
  int64_t last = 0;
  struct bz_rows *rows;
  int got;
  int rc = bz_db_open (req, &rows, "staffing.unit_posts",
                       BZ_ARGS (BZ_INT (unit_id)));

  if (rc < 0)
    return rc;
  while ((got = bz_db_next (rows)) > 0) {
    struct bz_node *r = bz_table_row (table, NULL);

    post_cells (req, rows, bz_db_int (rows, "id") == last, r);
    post_holder (req, rows, r);
    last = bz_db_int (rows, "id");
  }
  return got;
}

static int
card_persons (struct bz_req *req, struct bz_node *page, int64_t unit_id)
{
  static const char *const columns[] = { "姓名",     "性别", "编制类型",
                                         "人员状态", "职务", "本单位入编时间" };
  struct bz_node *table = bz_table (page, "persons", "在编人员（前 20 名）",
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
    struct bz_node *r = bz_table_row (table, href);

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
  a = bz_node_add (tools, "a");
  bz_node_set (a, "href",
               bz_href (req, "/staffing/unit/%lld/papers",
                        (long long) unit_id));
  bz_node_text (a, "机构编制沿革表");
}

/* Find the unit within the scope; its name becomes the page's crumb. */
int
unit_open (struct bz_req *req, int64_t *ret_id, struct bz_rows **ret)
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
  bz_crumb (req, "首页", bz_href (req, "/"));
  bz_crumb (req, "单位信息", bz_href (req, "/staffing/unit/"));
  return BZ_OK;
}

/* GET /staffing/unit/{id} */
int
unit_show (struct bz_req *req)
{
  static int (*const parts[]) (struct bz_req *, struct bz_node *, int64_t) = {
    card_quota,  slip_table, card_children,
    card_organs, card_posts, card_persons,
  };
  struct bz_node *page = bz_page (req);
  struct bz_rows *rows;
  int64_t id;
  int rc = unit_open (req, &id, &rows);

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
