/* 编制使用计划汇总表: the plans of a year, a line for each unit.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "plan.h"
#include <glib.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static const char path[] = "/use/report/plan";
enum { WAYS = USE_PLAN_WAYS };

static const char *const before[] = {
  "#序号",       "单位",        "单位性质",          "机构规格",
  "#编制数",     "#实有人员",   "#核定部门领导职数", "#已配备部门领导",
  "#已批计划数", "#可用空编数",
};
/* Columns of numbers in the query, as they stand in BEFORE from the fifth on. */
static const char *const figures[] = { "approved",  "occupied", "lead_cap",
                                       "lead_have", "reserved", "room" };
enum { FIGURES = G_N_ELEMENTS (figures) };

struct line {
  int64_t unit_id; /* 0: none yet */
  const char *name, *funding, *level;
  int64_t figure[FIGURES];
  int64_t way[WAYS], all;
  GString *conditions, *notes;
};

struct plan {
  struct bz_req *req;
  struct bz_node *table;
  struct line line, sum;
  int64_t lines;
};

/* -- The table. */

static const char *
way_code (struct bz_req *req, size_t i)
{
  return bz_format (req, "%zu", i + 1);
}

static void
way_column (struct bz_node *table, const char *title)
{
  struct bz_node *col = bz_node_add (table, "col");

  bz_node_set (col, "g", "用编形式及数量");
  bz_node_set (col, "t", title);
  bz_node_set (col, "c", "num r");
}

static struct bz_node *
table_new (struct bz_req *req, const char *empty)
{
  static const char *const after[] = { "学历、专业、资格等相关条件", "备注" };
  struct bz_node *table = bz_table (bz_page (req), "plan", "编制使用计划汇总表",
                                    empty, before, G_N_ELEMENTS (before));

  bz_node_set (table, "groups", "yes");
  way_column (table, "合计");
  for (size_t i = 0; i < WAYS; i++)
    way_column (table, bz_code_name (req, "plan_way", way_code (req, i)));
  for (size_t i = 0; i < G_N_ELEMENTS (after); i++)
    bz_node_set (bz_node_add (table, "col"), "t", after[i]);
  return table;
}

static void
number (struct plan *p, struct bz_node *row, int64_t n)
{
  bz_node_set (bz_table_cell (row, bz_format (p->req, "%lld", (long long) n),
                              NULL),
               "c", "num r");
}

static void
numbers (struct plan *p, struct bz_node *row, const struct line *line)
{
  for (size_t i = 0; i < FIGURES; i++)
    number (p, row, line->figure[i]);
  number (p, row, line->all);
  for (size_t i = 0; i < WAYS; i++)
    number (p, row, line->way[i]);
}

/* The line of a unit is whole: into the table with it, and into the sum. */
static void
line_end (struct plan *p)
{
  struct line *line = &p->line;
  struct bz_node *row;

  if (line->unit_id == 0)
    return;
  row = bz_table_row (p->table, NULL);
  number (p, row, ++p->lines);
  bz_table_cell (row, line->name,
                 bz_href (p->req, "/staffing/unit/%lld",
                          (long long) line->unit_id));
  bz_table_cell (row, line->funding, NULL);
  bz_table_cell (row, line->level, NULL);
  numbers (p, row, line);
  bz_table_cell (row, line->conditions->str, NULL);
  bz_table_cell (row, line->notes->str, NULL);
  for (size_t i = 0; i < FIGURES; i++)
    p->sum.figure[i] += line->figure[i];
  for (size_t i = 0; i < WAYS; i++)
    p->sum.way[i] += line->way[i];
  p->sum.all += line->all;
}

static void
sum_row (struct plan *p)
{
  struct bz_node *row;

  if (p->lines == 0)
    return;
  row = bz_table_row (p->table, NULL);
  bz_table_cell (row, "", NULL);
  bz_table_cell (row, "合计", NULL);
  bz_table_cell (row, "/", NULL);
  bz_table_cell (row, "/", NULL);
  numbers (p, row, &p->sum);
  bz_table_cell (row, "", NULL);
  bz_table_cell (row, "", NULL);
}

/* -- What was asked for. */

static const char *
name_of (struct bz_req *req, const char *table, const char *code)
{
  const char *name = bz_code_name (req, table, code);

  return name != NULL ? name : code;
}

static void
line_begin (struct plan *p, struct bz_rows *rows)
{
  struct line *line = &p->line;

  line->unit_id = bz_db_int (rows, "id");
  line->name = bz_db_text (rows, "name");
  line->funding = name_of (p->req, "funding_form",
                           bz_db_text (rows, "funding_form"));
  line->level = name_of (p->req, "org_level", bz_db_text (rows, "org_level"));
  for (size_t i = 0; i < FIGURES; i++)
    line->figure[i] = bz_db_int (rows, figures[i]);
  memset (line->way, 0, sizeof line->way);
  line->all = 0;
  g_string_truncate (line->conditions, 0);
  g_string_truncate (line->notes, 0);
}

void
use_plan_join (GString *to, const char *text)
{
  if (text != NULL && *text != '\0')
    g_string_append_printf (to, "%s%s",
                            to->len == 0 || g_str_has_suffix (to->str, "。")
                              ? ""
                              : "；",
                            text);
}

size_t
use_plan_way (struct bz_req *req, const char *entry_mode)
{
  const char *way = bz_code_extra (req, "entry_mode", entry_mode, "plan");
  int64_t code = way != NULL ? g_ascii_strtoll (way, NULL, 10) : 0;

  return code >= 1 && code <= WAYS ? (size_t) code - 1 : WAYS - 1;
}

static void
line_add (struct plan *p, struct bz_rows *rows)
{
  int64_t amount = bz_db_int (rows, "amount");

  p->line.way[use_plan_way (p->req, bz_db_text (rows, "entry_mode"))] += amount;
  p->line.all += amount;
  use_plan_join (p->line.conditions, bz_db_text (rows, "conditions"));
  use_plan_join (p->line.notes, bz_db_text (rows, "notes"));
}

static int
fill (struct plan *p, const char *year)
{
  struct bz_rows *rows;
  int rc = bz_db_open (p->req, &rows, "use.plan", BZ_ARGS (BZ_STR (year)));

  while (rc >= 0 && (rc = bz_db_next (rows)) > 0) {
    if (bz_db_int (rows, "id") != p->line.unit_id) {
      line_end (p);
      line_begin (p, rows);
    }
    line_add (p, rows);
  }
  if (rc < 0)
    return rc;
  line_end (p);
  sum_row (p);
  return BZ_OK;
}

/* -- The page. */

/* The year that is asked of; NULL: what was typed is none. */
static const char *
year_of (struct bz_req *req)
{
  const char *year = bz_param (req, "year");

  if (year == NULL || *year == '\0')
    return bz_format (req, "%.4s", bz_today (req));
  return strlen (year) == 4 && strspn (year, "0123456789") == 4 ? year : NULL;
}

static void
query (struct bz_req *req, const char *year)
{
  struct bz_node *form = bz_node_add (bz_page (req), "query");
  struct bz_node *f = bz_node_add (form, "f");

  bz_node_set (form, "action", bz_href (req, "%s", path));
  bz_node_set (f, "id", "year");
  bz_node_set (f, "t", "年度");
  bz_node_set (f, "type", "text");
  bz_node_set (f, "v", year);
}

int
use_plan (struct bz_req *req)
{
  g_autoptr (GString) conditions = g_string_new (NULL);
  g_autoptr (GString) notes = g_string_new (NULL);
  struct plan p = { .req = req,
                    .line = { .conditions = conditions, .notes = notes } };
  const char *year = year_of (req);

  bz_crumb (req, "首页", bz_href (req, "/"));
  bz_crumb (req, "编制使用计划汇总表", NULL);
  query (req, year != NULL ? year : bz_param (req, "year"));
  if (year == NULL) {
    bz_title (req, "编制使用计划汇总表");
    (void) table_new (req, "年度应为四位数字，例如 2026，请改正后再查询");
    return BZ_OK;
  }
  bz_title (req, "编制使用计划汇总表（%s 年度）", year);
  (void) bz_offer_tables (req, bz_href (req, "%s?year=%s", path, year));
  p.table = table_new (req, "这一年没有按年度用编计划的申请");
  return fill (&p, year);
}
