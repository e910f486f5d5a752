/* 各单位编制与人员配备表, 各单位领导职数配备情况表: the quota book of every unit of the
 * scope as of a day, from its postings.  SPDX-License-Identifier: MulanPSL-2.0 */
#include "part.h"
#include "show.h"

enum { A_PAGE = 50, GROUPS = 5 };

/* A group has so many approved and occupied posts: columns aKEY and oKEY. */
struct group {
  const char *key, *title;
};
struct report {
  const char *path, *title, *query, *total;
  bool kinds;                  /* 机构类型 stands beside 机构级别 */
  const char *columns[4];      /* of each group                   */
  struct group groups[GROUPS]; /* ends with KEY NULL, or is full */
};

static const struct report posts = {
  .path = "/staffing/report/posts",
  .title = "各单位编制与人员配备表",
  .query = "staffing.report_posts",
  .total = "staffing.report_posts_total",
  .columns = { "编制数", "实有人数", "超配", "缺配" },
  .groups = { { "1", "行政编制数" },
              { "2", "事业编制数（参公）" },
              { "3", "事业编制数（其他）" },
              { "4", "工勤编制数" },
              { "5", "其他编制数" } },
};
static const struct report leads = {
  .path = "/staffing/report/leads",
  .title = "各单位领导职数配备情况表",
  .query = "staffing.report_leads",
  .total = "staffing.report_leads_total",
  .kinds = true,
  .columns = { "应配人数", "实配人数", "超配", "缺配" },
  .groups = { { "1", "领导职数" },
              { "2", "正职领导职数" },
              { "3", "副职领导职数" } },
};

static unsigned
group_count (const struct report *r)
{
  unsigned n = 0;

  while (n < GROUPS && r->groups[n].key != NULL)
    n++;
  return n;
}

const char *
report_day (struct bz_req *req, const char **ret)
{
  const char *on = show_text (req, "on");
  const char *day = on != NULL ? show_day (req, on) : bz_today (req);

  *ret = day != NULL ? day : on;
  if (day == NULL)
    return "截至日期应为年-月-日，例如 2026-06-30，请改正后再查询";
  return strcmp (*ret, bz_today (req)) > 0
         ? "截至日期晚于今天，请改为今天或以前的日期"
         : NULL;
}

static struct bz_node *
table_new (struct bz_req *req, const struct report *r, const char *empty)
{
  static const char *const columns[] = { "机构名称", "机构级别", "机构类型" };
  struct bz_node *table = bz_table (bz_page (req), "report", r->title, empty,
                                    columns,
                                    G_N_ELEMENTS (columns) - !r->kinds);

  bz_node_set (table, "groups", "yes");
  for (unsigned i = 0; i < group_count (r); i++)
    for (size_t k = 0; k < G_N_ELEMENTS (r->columns); k++) {
      struct bz_node *col = bz_node_add (table, "col");

      bz_node_set (col, "g", r->groups[i].title);
      bz_node_set (col, "t", r->columns[k]);
      bz_node_set (col, "c", "num r");
    }
  return table;
}

static void
figures (struct bz_req *req, const struct report *r, struct bz_rows *rows,
         struct bz_node *into)
{
  for (unsigned i = 0; i < group_count (r); i++) {
    int64_t a = bz_db_int (rows, bz_format (req, "a%s", r->groups[i].key));
    int64_t o = bz_db_int (rows, bz_format (req, "o%s", r->groups[i].key));

    show_number (into, bz_format (req, "%lld", (long long) a), NULL);
    show_number (into, bz_format (req, "%lld", (long long) o), NULL);
    show_number (into, bz_format (req, "%lld", (long long) MAX (o - a, 0)),
                 NULL);
    show_number (into, bz_format (req, "%lld", (long long) MAX (a - o, 0)),
                 NULL);
  }
}

static void
unit_row (struct bz_req *req, const struct report *r, struct bz_rows *rows,
          struct bz_node *table)
{
  struct bz_node *row = bz_table_row (table, NULL);

  show_unit (req, row, bz_db_text (rows, "name"), bz_db_int (rows, "id"));
  show_coded (req, row, "org_level", bz_db_text (rows, "org_level"));
  if (r->kinds)
    show_coded (req, row, "unit_category", bz_db_text (rows, "unit_category"));
  figures (req, r, rows, row);
}

void
report_cut (const struct bz_pages *pages, struct bz_node *table)
{
  show_cut (pages, table,
            "机构太多，没有全部列出，请由下级编办分别打印或者导出");
}

static int
add_units (struct bz_req *req, const struct report *r, const char *on,
           struct bz_node *table, const char *href, enum bz_as as)
{
  int size = as == BZ_AS_PAGE ? A_PAGE : BZ_AS_ROWS;
  struct bz_pages pages;
  struct bz_rows *rows;
  int rc;

  bz_pages_read (req, size, &pages);
  rc = bz_db_open (req, &rows, r->query,
                   BZ_ARGS (BZ_STR (on), BZ_INT (pages.edge), BZ_INT (pages.up),
                            BZ_INT (size + 1)));
  while (rc >= 0 && (rc = bz_db_next (rows)) > 0)
    if (bz_pages_row (&pages, bz_db_int (rows, "id")) != 0)
      unit_row (req, r, rows, table);
  if (rc >= 0 && as == BZ_AS_PAGE)
    (void) bz_pages_end (req, &pages, table, href);
  if (rc >= 0 && as != BZ_AS_PAGE)
    report_cut (&pages, table);
  return rc;
}

/* 总计 of all units: above the pages of the table, or its last row. */
static int
total_open (struct bz_req *req, const struct report *r, const char *on,
            struct bz_rows **ret)
{
  int rc = bz_db_open (req, ret, r->total, BZ_ARGS (BZ_STR (on)));

  return rc < 0 ? rc : bz_db_next (*ret);
}

static void
total_section (struct bz_req *req, const struct report *r, struct bz_rows *rows)
{
  struct bz_node *section = show_section (bz_page (req), "total", "总计");

  show_value (section, "单位", bz_db_text (rows, "units"));
  for (unsigned i = 0; i < group_count (r); i++) {
    const char *key = r->groups[i].key;

    show_value (section, r->groups[i].title,
                bz_format (req, "%s %lld，%s %lld", r->columns[0],
                           (long long) bz_db_int (rows,
                                                  bz_format (req, "a%s", key)),
                           r->columns[1],
                           (long long) bz_db_int (rows, bz_format (req, "o%s",
                                                                   key))));
  }
}

static void
total_row (struct bz_req *req, const struct report *r, struct bz_rows *rows,
           struct bz_node *table)
{
  struct bz_node *row = bz_table_row (table, NULL);

  show_cell (row, "总计", NULL);
  show_cell (row, "", NULL);
  if (r->kinds)
    show_cell (row, "", NULL);
  figures (req, r, rows, row);
}

/* The table as it was asked for: a page of it, or the whole. */
static int
report_fill (struct bz_req *req, const struct report *r, const char *on)
{
  const char *href = bz_href (req, "%s?on=%s", r->path, on);
  enum bz_as as = bz_offer_tables (req, href);
  struct bz_node *table;
  struct bz_rows *total;
  int rc = total_open (req, r, on, &total);

  if (rc < 0)
    return rc;
  if (rc > 0 && as == BZ_AS_PAGE)
    total_section (req, r, total);
  table = table_new (req, r, "没有核定编制的单位");
  rc = add_units (req, r, on, table, href, as);
  if (rc >= 0 && as != BZ_AS_PAGE)
    total_row (req, r, total, table);
  return rc;
}

struct bz_node *
report_query (struct bz_req *req, const char *path)
{
  struct bz_node *query = bz_node_add (bz_page (req), "query");

  bz_node_set (query, "action", bz_href (req, "%s", path));
  return query;
}

static int
report_show (struct bz_req *req, const struct report *r)
{
  const char *on, *fault = report_day (req, &on);

  if (fault == NULL)
    bz_title (req, "%s（%s）", r->title, on);
  else
    bz_title (req, "%s", r->title);
  bz_crumb (req, "首页", bz_href (req, "/"));
  bz_crumb (req, r->title, NULL);
  show_control (report_query (req, r->path), "on", "截至日期", "text", on);
  if (fault != NULL) {
    table_new (req, r, fault);
    return BZ_OK;
  }
  return report_fill (req, r, on);
}

/* GET /staffing/report/posts?on=YYYY-MM-DD */
int
report_posts (struct bz_req *req)
{
  return report_show (req, &posts);
}

/* GET /staffing/report/leads?on=YYYY-MM-DD */
int
report_leads (struct bz_req *req)
{
  return report_show (req, &leads);
}
