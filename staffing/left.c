/* 减少人员: who left the roll, when, why, and whether it was handed in late (TS-20,
 * TS-36).  SPDX-License-Identifier: MulanPSL-2.0 */
#include "part.h"
#include "show.h"

/* COUNTED: up to how many are counted for a page. */
enum { A_PAGE = 50, WIDE = 50, COUNTED = 10000 };
/* The key of a row is its day and its id as one number; this one is behind all. */
#define TO_DAYS_9999_12_31 INT64_C (3652424)
#define BEHIND_ALL (TO_DAYS_9999_12_31 * 10000000000)

static const char path[] = "/staffing/left/";

struct filter {
  const char *reason, *from, *to; /* days of 出编时间; NULL: any */
  int64_t unit, late;
  const char *problem; /* why there is nothing to list, or NULL */
  bool wide;           /* a scope of many units                   */
};

/* A day of the address; NULL: none.  What is no day is said and not looked for. */
static const char *
day_asked (struct bz_req *req, const char *name)
{
  const char *text = show_text (req, name);
  const char *day = text != NULL ? show_day (req, text) : NULL;

  if (text == NULL || day != NULL)
    return day;
  (void) bz_warn (req, name,
                  "日期“%s”无法识别，未按它查询；请填写如 2026-11-20", text);
  return NULL;
}

static const char *
filter_href (struct bz_req *req, const struct filter *f)
{
  return bz_href (req, "%s?unit=%lld&reason=%s&from=%s&to=%s&late=%lld", path,
                  (long long) f->unit, show_escape (req, f->reason),
                  show_escape (req, f->from), show_escape (req, f->to),
                  (long long) f->late);
}

static int
filter_query (struct bz_req *req, struct filter *f)
{
  static const char *const reasons[] = { "01", "02", "03", "04", "05", "06",
                                         "07", "08", "09", "10", "11", "12",
                                         "13", "14", "16", "99" };
  struct bz_node *query = report_query (req, path), *control;
  const char *units;
  int rc = bz_db_value (req, &units, "staffing.scope_units",
                        BZ_ARGS (BZ_INT (WIDE)));

  f->wide = rc > 0 && g_ascii_strtoll (units, NULL, 10) >= WIDE;
  if (rc > 0)
    rc = unit_choice_put (req, query, f->wide, &f->unit, &f->problem);
  if (rc < 0)
    return rc;
  control = show_control (query, "reason", "出编原因", "code", f->reason);
  show_option (control, "", "全部", f->reason != NULL ? f->reason : "");
  for (size_t i = 0; i < G_N_ELEMENTS (reasons); i++)
    show_option (control, reasons[i],
                 show_code (req, "exit_reason", reasons[i]), f->reason);
  show_control (query, "from", "出编时间起", "date", f->from);
  show_control (query, "to", "出编时间止", "date", f->to);
  control = show_control (query, "late", "是否逾期", "code", NULL);
  show_option (control, "", "全部", f->late ? "1" : "");
  show_option (control, "1", "逾期", f->late ? "1" : "");
  return BZ_OK;
}

#define FILTER(f)                                                              \
  BZ_STR ((f)->reason), BZ_STR ((f)->from != NULL ? (f)->from : "0001-01-01"), \
    BZ_STR ((f)->to != NULL ? (f)->to : "9999-12-30"), BZ_INT ((f)->late)

/* Can this operator take back the exit of anybody at all? */
static bool
restores (struct bz_req *req)
{
  int64_t office = bz_user_scope (req);

  return bz_case_undo_href (req, 1, office, office, bz_today (req)) != NULL;
}

/* The rows, and what comes at their ends: fields of provinces, of PERSONS (0: whom another
 * unit has now), and RESTORE, where the exit is taken back, or NULL. */
struct left_rows {
  GPtrArray *rows;
  GArray *persons;
  GPtrArray *restore;
};

static const char *
restore_href (struct bz_req *req, struct bz_rows *rows)
{
  return bz_case_undo_href (req, bz_db_int (rows, "exit_case_id"),
                            bz_db_int (rows, "unit_id"),
                            bz_db_int (rows, "office_id"),
                            bz_db_text (rows, "valid_to"));
}

static void
left_row (struct bz_req *req, struct bz_rows *rows, struct bz_node *table,
          struct left_rows *into)
{
  struct bz_node *r = bz_table_row (table, NULL), *late;
  bool last = bz_db_int (rows, "last") != 0;
  int64_t id = last ? bz_db_int (rows, "id") : 0;

  show_cell (r, bz_db_text (rows, "name"),
             last ? bz_href (req, "/staffing/person/%lld", (long long) id)
                  : NULL);
  show_coded (req, r, "sex", bz_db_text (rows, "sex"));
  show_whole (r, bz_db_text (rows, "id_number"));
  show_unit (req, r, bz_db_text (rows, "unit_name"),
             bz_db_int (rows, "unit_id"));
  show_coded (req, r, "staffing_type", bz_db_text (rows, "staffing_type"));
  show_coded (req, r, "exit_reason", bz_db_text (rows, "exit_reason"));
  show_whole (r, bz_db_text (rows, "happened_on"));
  show_whole (r, bz_db_text (rows, "valid_to"));
  show_cell (r, bz_db_text (rows, "destination"), NULL);
  late = bz_table_cell (r, bz_db_int (rows, "late") != 0 ? "逾期" : "", NULL);
  if (bz_db_int (rows, "late") != 0)
    bz_node_set (late, "tone", "bad");
  g_ptr_array_add (into->rows, r);
  g_array_append_val (into->persons, id);
  g_ptr_array_add (into->restore, (char *) restore_href (req, rows));
}

static int
left_ends (struct bz_req *req, const struct left_rows *all)
{
  int rc = local_cells (req, all->persons, all->rows);

  if (rc < 0 || !restores (req))
    return rc;
  for (guint i = 0; i < all->rows->len; i++) {
    const char *href = all->restore->pdata[i];

    show_cell (all->rows->pdata[i], href != NULL ? "恢复" : "", href);
  }
  return BZ_OK;
}

/* As the roster: a scope of many units is walked along the days, a small one or
 * one unit is looked up. */
static int
left_open (struct bz_req *req, const struct filter *f,
           const struct bz_pages *pages, struct bz_rows **ret)
{
  int64_t edge = pages->edge != 0 ? MIN (pages->edge, BEHIND_ALL) : BEHIND_ALL;

  if (f->wide && f->unit == 0)
    return bz_db_open (req, ret,
                       pages->up ? "staffing.left_wide_up"
                                 : "staffing.left_wide",
                       BZ_ARGS (FILTER (f), BZ_INT (edge),
                                BZ_INT (pages->size + 1)));
  return bz_db_open (req, ret, pages->up ? "staffing.left_up" : "staffing.left",
                     BZ_ARGS (BZ_INT (f->unit), FILTER (f), BZ_INT (edge),
                              BZ_INT (pages->size + 1)));
}

static int
left_fill (struct bz_req *req, const struct filter *f, struct bz_pages *pages,
           struct bz_node *table)
{
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();
  g_autoptr (GArray) persons = g_array_new (FALSE, FALSE, sizeof (int64_t));
  g_autoptr (GPtrArray) restore = g_ptr_array_new ();
  struct left_rows all = { nodes, persons, restore };
  struct bz_rows *rows;
  int rc = left_open (req, f, pages, &rows);

  while (rc >= 0 && (rc = bz_db_next (rows)) > 0)
    if (bz_pages_row (pages, bz_db_int (rows, "key")) != 0)
      left_row (req, rows, table, &all);
  return rc < 0 ? rc : left_ends (req, &all);
}

static int
left_list (struct bz_req *req, const struct filter *f, struct bz_node *table)
{
  const char *href = filter_href (req, f);
  bool whole = bz_offer_tables (req, href) != BZ_AS_PAGE;
  struct bz_pages pages;
  int rc;

  bz_pages_read (req, whole ? BZ_AS_ROWS : A_PAGE, &pages);
  rc = left_fill (req, f, &pages, table);
  if (rc >= 0 && whole)
    show_cut (&pages, table,
              "人数太多，没有全部列出，请缩小出编时间的范围后再打印或者导出");
  else if (rc >= 0)
    (void) bz_pages_end (req, &pages, table, href);
  return rc;
}

/* "12", or "超过 10000". */
static const char *
counted (struct bz_req *req, int64_t n)
{
  return n > COUNTED ? bz_format (req, "超过 %d", COUNTED)
                     : bz_format (req, "%lld", (long long) n);
}

/* "共 12 人，其中逾期 1 人" */
static int
left_count (struct bz_req *req, const struct filter *f)
{
  struct bz_node *tools = bz_node_add (bz_page (req), "tools");
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "staffing.left_count",
                       BZ_ARGS (BZ_INT (f->unit), FILTER (f),
                                BZ_INT (COUNTED + 1)));

  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc > 0)
    bz_node_setf (tools, "note", "共 %s 人，其中逾期 %s 人",
                  counted (req, bz_db_int (rows, "n")),
                  counted (req, bz_db_int (rows, "late")));
  return MIN (rc, BZ_OK);
}

/* GET /staffing/left/?unit=&reason=&from=&to=&late= */
int
person_left (struct bz_req *req)
{
  static const char *const columns[] = { "姓名",         "性别",     "身份证号",
                                         "单位",         "编制类型", "出编原因",
                                         "减员发生日期", "出编时间", "出编去向",
                                         "是否逾期" };
  struct filter f = { .reason = show_text (req, "reason"),
                      .from = day_asked (req, "from"),
                      .to = day_asked (req, "to"),
                      .unit = show_param (req, "unit", 0),
                      .late = show_param (req, "late", 0) };
  struct bz_node *table;
  int rc;

  bz_title (req, "减少人员");
  bz_crumb (req, "首页", bz_href (req, "/"));
  bz_crumb (req, "减少人员", NULL);
  rc = filter_query (req, &f);
  if (rc >= 0 && f.problem == NULL)
    rc = left_count (req, &f);
  if (rc < 0)
    return rc;
  table = bz_table (bz_page (req), "left", "减少人员",
                    f.problem != NULL ? f.problem : "没有符合条件的减少人员",
                    columns, G_N_ELEMENTS (columns));
  local_columns (table);
  if (restores (req))
    bz_node_set (bz_node_add (table, "col"), "t", "操作");
  return f.problem != NULL ? BZ_OK : left_list (req, &f, table);
}
