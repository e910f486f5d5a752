/* 借调、混岗人员: who works elsewhere than where they are counted; seen by both units, and
 * until when.  SPDX-License-Identifier: MulanPSL-2.0 */
#include "part.h"
#include "show.h"

enum { A_PAGE = 50, SOON = 30 };

static const char path[] = "/staffing/away/";

struct filter {
  const char
    *way;      /* "out": counted in the scope; "in": working in it; "": both */
  int64_t due; /* 1: over, or within SOON days */
  int64_t ended; /* 1: those who have come back */
};

static const char *
filter_href (struct bz_req *req, const struct filter *f)
{
  return bz_href (req, "%s?way=%s&due=%lld&ended=%lld", path,
                  show_escape (req, f->way), (long long) f->due,
                  (long long) f->ended);
}

static void
filter_query (struct bz_req *req, const struct filter *f)
{
  struct bz_node *query = report_query (req, path), *control;

  control = show_control (query, "way", "去向", "code", f->way);
  show_option (control, "", "全部", f->way);
  show_option (control, "out", "本单位的人在外单位", f->way);
  show_option (control, "in", "外单位的人在本单位", f->way);
  control = show_control (query, "due", "期限", "code", NULL);
  show_option (control, "", "全部", f->due ? "1" : "");
  show_option (control, "1", "30 天内到期和已到期", f->due ? "1" : "");
  control = show_control (query, "ended", "范围", "code", NULL);
  show_option (control, "", "在外人员", f->ended ? "1" : "");
  show_option (control, "1", "已结束", f->ended ? "1" : "");
}

static void
days_cell (struct bz_node *row, struct bz_rows *rows)
{
  const char *days = bz_db_text (rows, "days");
  struct bz_node *cell = bz_node_add (row, "c");

  bz_node_set (cell, "c", "num r");
  if (days == NULL)
    return;
  if (bz_db_int (rows, "days") <= SOON)
    bz_node_set (cell, "tone", "bad");
  bz_node_text (cell, bz_db_int (rows, "days") < 0 ? "已到期" : days);
}

/* The card is theirs who see the employment; the other unit sees the row. */
static void
away_row (struct bz_req *req, struct bz_rows *rows, const struct filter *f,
          struct bz_node *table)
{
  struct bz_node *r = bz_table_row (table, NULL);
  bool mine = bz_db_int (rows, "mine") != 0;

  show_cell (r, bz_db_text (rows, "name"),
             mine ? bz_href (req, "/staffing/person/%lld",
                             (long long) bz_db_int (rows, "person_id"))
                  : NULL);
  show_coded (req, r, "sex", bz_db_text (rows, "sex"));
  show_unit (req, r, bz_db_text (rows, "roll_name"),
             mine ? bz_db_int (rows, "roll_id") : 0);
  show_coded (req, r, "staffing_type", bz_db_text (rows, "staffing_type"));
  show_unit (req, r, bz_db_text (rows, "unit_name"),
             bz_db_int (rows, "theirs") != 0 ? bz_db_int (rows, "unit_id") : 0);
  show_cell (r, bz_db_text (rows, "post"), NULL);
  show_coded (req, r, "workplace_kind", bz_db_text (rows, "kind"));
  show_cell (r, bz_db_text (rows, "doc_no"), NULL);
  show_whole (r, bz_db_text (rows, "since"));
  show_whole (r, bz_db_text (rows, f->ended ? "ended_on" : "until"));
  if (!f->ended)
    days_cell (r, rows);
}

static int
away_rows (struct bz_req *req, const struct filter *f, struct bz_node *table)
{
  const char *href = filter_href (req, f);
  bool whole = bz_offer_tables (req, href) != BZ_AS_PAGE;
  struct bz_pages pages;
  struct bz_rows *rows;
  int rc;

  bz_pages_read (req, whole ? BZ_AS_ROWS : A_PAGE, &pages);
  rc = bz_db_open (req, &rows, "staffing.away",
                   BZ_ARGS (BZ_STR (f->way), BZ_INT (f->due), BZ_INT (f->ended),
                            BZ_STR (bz_today (req)), BZ_INT (pages.edge),
                            BZ_INT (pages.up), BZ_INT (pages.size + 1)));
  while (rc >= 0 && (rc = bz_db_next (rows)) > 0)
    if (bz_pages_row (&pages, bz_db_int (rows, "id")) != 0)
      away_row (req, rows, f, table);
  if (rc >= 0 && whole)
    show_cut (&pages, table,
              "人数太多，没有全部列出，请缩小范围后再打印或者导出");
  else if (rc >= 0)
    (void) bz_pages_end (req, &pages, table, href);
  return rc;
}

/* GET /staffing/away/?way=&due=&ended= */
int
person_away (struct bz_req *req)
{
  static const char *const now[] = { "姓名",     "性别",         "编制所在单位",
                                     "编制类型", "实际工作单位", "从事岗位",
                                     "性质",     "批准文号",     "起始日期",
                                     "截止日期", "#余天数" };
  static const char *const past[] = {
    "姓名",     "性别", "编制所在单位", "编制类型", "实际工作单位",
    "从事岗位", "性质", "批准文号",     "起始日期", "结束日期"
  };
  struct filter f = { .way = show_text (req, "way"),
                      .due = show_param (req, "due", 0),
                      .ended = show_param (req, "ended", 0) };

  if (f.way == NULL
      || (strcmp (f.way, "in") != 0 && strcmp (f.way, "out") != 0))
    f.way = "";
  bz_title (req, "借调、混岗人员");
  bz_crumb (req, "首页", bz_href (req, "/"));
  bz_crumb (req, "借调、混岗人员", NULL);
  filter_query (req, &f);
  return away_rows (req, &f,
                    bz_table (bz_page (req), "away", "借调、混岗人员",
                              "没有符合条件的借调、混岗人员",
                              f.ended ? past : now,
                              f.ended ? G_N_ELEMENTS (past)
                                      : G_N_ELEMENTS (now)));
}
