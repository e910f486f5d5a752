/* What the workbench warns of, and the pages that list it: slips that run out, units
 * beyond what is approved, empty posts.  SPDX-License-Identifier: MulanPSL-2.0 */
#include "part.h"
#include "show.h"

enum { A_PAGE = 50, SOON = 30 };

static const struct list {
  const char *path, *title, *query, *empty;
  const char *columns[7];
  size_t count;
} lists[] = {
  { "/staffing/warning/slips",
    "即将到期的编制使用单（60 天以内）",
    "staffing.warn_slips",
    "60 天以内没有编制使用单到期",
    { "编号", "用编单位", "有效期至", "#余天数", "#未用" },
    5 },
  { "/staffing/warning/over",
    "超编的单位",
    "staffing.warn_over",
    "没有超编的单位",
    { "单位", "编制类型", "#核定", "#实有", "#已批未用", "#超编" },
    6 },
  { "/staffing/warning/leads",
    "超职数的单位",
    "staffing.warn_leads",
    "没有超职数的单位",
    { "单位", "领导职数", "#核定", "#实有", "#超职数" },
    5 },
  { "/staffing/warning/free",
    "空编的单位",
    "staffing.warn_free",
    "没有空编的单位",
    { "单位", "编制类型", "#核定", "#实有", "#已批未用", "#冻结", "#空编" },
    7 },
};

static const char *
postings_href (struct bz_req *req, struct bz_rows *rows, const char *book)
{
  return bz_href (req, "/staffing/unit/%lld/postings?book=%s&code=%s",
                  (long long) bz_db_int (rows, "unit_id"), book,
                  show_escape (req, bz_db_text (rows, "code")));
}

/* A slip; its days stand out in the last month. */
static void
slip_row (struct bz_req *req, struct bz_rows *rows, struct bz_node *table)
{
  struct bz_node *row = bz_table_row (table, NULL);
  struct bz_node *days;

  show_cell (row, bz_db_text (rows, "number"),
             bz_href (req, "/staffing/slip/%lld",
                      (long long) bz_db_int (rows, "id")));
  show_unit (req, row, bz_db_text (rows, "name"), bz_db_int (rows, "unit_id"));
  show_whole (row, bz_db_text (rows, "valid_until"));
  days = bz_node_add (row, "c");
  bz_node_set (days, "c", "num r");
  if (bz_db_int (rows, "days") <= SOON)
    bz_node_set (days, "tone", "bad");
  bz_node_text (days, bz_db_text (rows, "days"));
  show_number (row, bz_db_text (rows, "rest"), NULL);
}

/* An account of a unit: its figures are the columns of the same number. */
static void
account_row (struct bz_req *req, struct bz_rows *rows, const struct list *l,
             struct bz_node *table)
{
  const char *book = strcmp (l->query, "staffing.warn_leads") == 0 ? "lead"
                                                                   : "type";
  struct bz_node *row = bz_table_row (table, NULL);

  show_unit (req, row, bz_db_text (rows, "name"), bz_db_int (rows, "unit_id"));
  show_cell (row, quota_name (req, book, bz_db_text (rows, "code")),
             postings_href (req, rows, book));
  for (size_t i = 2; i < l->count; i++)
    show_number (row, bz_db_text (rows, bz_format (req, "f%zu", i - 1)), NULL);
}

static int
list_rows (struct bz_req *req, const struct list *l, struct bz_node *table)
{
  struct bz_pages pages;
  struct bz_rows *rows;
  bool slips = l == &lists[0];
  int rc;

  bz_pages_read (req, A_PAGE, &pages);
  rc = bz_db_open (req, &rows, l->query,
                   BZ_ARGS (BZ_STR (bz_today (req)), BZ_INT (pages.edge),
                            BZ_INT (pages.up), BZ_INT (A_PAGE + 1)));
  while (rc >= 0 && (rc = bz_db_next (rows)) > 0) {
    if (bz_pages_row (&pages, bz_db_int (rows, "id")) == 0)
      continue;
    if (slips)
      slip_row (req, rows, table);
    else
      account_row (req, rows, l, table);
  }
  if (rc >= 0)
    (void) bz_pages_end (req, &pages, table, bz_href (req, "%s", l->path));
  return rc;
}

static int
list_show (struct bz_req *req, const struct list *l)
{
  bz_title (req, "%s", l->title);
  bz_crumb (req, "首页", bz_href (req, "/"));
  bz_crumb (req, l->title, NULL);
  return list_rows (req, l,
                    bz_table (bz_page (req), "warning", l->title, l->empty,
                              l->columns, l->count));
}

/* GET /staffing/warning/slips */
int
warning_slips (struct bz_req *req)
{
  return list_show (req, &lists[0]);
}

/* GET /staffing/warning/over */
int
warning_over (struct bz_req *req)
{
  return list_show (req, &lists[1]);
}

/* GET /staffing/warning/leads */
int
warning_leads (struct bz_req *req)
{
  return list_show (req, &lists[2]);
}

/* GET /staffing/warning/free */
int
warning_free (struct bz_req *req)
{
  return list_show (req, &lists[3]);
}
