/* The page of a report that a pack declares.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "work/report-page.h"
#include <string.h>
#include "data/xml.h"
#include "define/code.h"
#include "serve/req.h"
#include "serve/route.h"
#include "work/desk-page.h"
#include "work/list.h"

/* A page shows so many rows; BZ_AS_ROWS can be printed and taken along. */
enum { REPORT_ROWS = 200 };

struct showing {
  struct bz_req *req;
  const struct report *r;
  const char **value; /* of each filter; NULL: not asked for */
  enum bz_as as;
};

/* -- Filters. */

static const char *
date_asked (struct bz_req *req, const struct report_filter *f, const char *text)
{
  g_autofree char *date = list_date (text);

  if (text == NULL || *text == '\0')
    return f->today ? bz_today (req) : NULL;
  if (date == NULL)
    (void) bz_warn (req, f->name,
                    "日期“%s”无法识别，未按它查询；请填写如 2026-11-20", text);
  return req_strdup (req, date);
}

static const char *
value_asked (struct bz_req *req, const struct report_filter *f)
{
  const char *text = bz_param (req, f->name);

  if (f->codes == NULL)
    return date_asked (req, f, text);
  return text != NULL && code_find (f->codes, text) != NULL ? text : NULL;
}

static const char *
report_href (const struct showing *s)
{
  const char *href = bz_href (s->req, "%s", s->r->path);
  char mark = '?';

  for (unsigned i = 0; i < s->r->filters->len; i++) {
    const struct report_filter *f = s->r->filters->pdata[i];
    g_autofree char *escaped = s->value[i] != NULL
                               ? g_uri_escape_string (s->value[i], NULL, FALSE)
                               : NULL;

    if (escaped == NULL)
      continue;
    href = bz_format (s->req, "%s%c%s=%s", href, mark, f->name, escaped);
    mark = '&';
  }
  return href;
}

static void
add_options (xmlNode *control, const struct report_filter *f, const char *value)
{
  const struct code_table *t = code_table (f->codes);
  xmlNode *all = xml_add (control, "o", "全部");

  xml_set (all, "v", "");
  for (unsigned i = 0; i < t->rows->len; i++) {
    const struct code *c = t->rows->pdata[i];
    xmlNode *o = xml_add (control, "o", c->name);

    xml_set (o, "v", c->code);
    if (g_strcmp0 (value, c->code) == 0)
      xml_set (o, "sel", "1");
  }
}

static void
add_query (const struct showing *s)
{
  xmlNode *query;

  if (s->r->filters->len == 0)
    return;
  query = xml_add (desk_root (s->req), "query", NULL);
  xml_set (query, "action", bz_href (s->req, "%s", s->r->path));
  for (unsigned i = 0; i < s->r->filters->len; i++) {
    const struct report_filter *f = s->r->filters->pdata[i];
    xmlNode *control = xml_add (query, "f", NULL);

    xml_set (control, "id", f->name);
    xml_set (control, "t", f->title);
    xml_set (control, "type", f->codes != NULL ? "code" : "date");
    if (f->codes != NULL)
      add_options (control, f, s->value[i]);
    else
      xml_set (control, "v", s->value[i]);
  }
}

/* -- The table. */

/* "/staffing/person/{id}" of the row; NULL: it has none.  Only a number comes in. */
static const char *
cell_href (struct bz_req *req, struct bz_rows *rows, const char *pattern)
{
  const char *open = pattern != NULL ? strchr (pattern, '{') : NULL;
  const char *close = open != NULL ? strchr (open, '}') : NULL;
  g_autofree char *column = NULL;
  const char *value;

  if (close == NULL)
    return pattern != NULL ? bz_href (req, "%s", pattern) : NULL;
  column = g_strndup (open + 1, (gsize) (close - open - 1));
  value = bz_db_text (rows, column);
  if (value == NULL || *value == '\0'
      || strspn (value, "0123456789") != strlen (value))
    return NULL;
  return bz_href (req, "%.*s%s%s", (int) (open - pattern), pattern, value,
                  close + 1);
}

static void
add_row (struct bz_req *req, const struct report *r, struct bz_rows *rows,
         struct bz_node *table, gint64 *sums)
{
  struct bz_node *row = bz_table_row (table, NULL);

  for (unsigned i = 0; i < r->columns->len; i++) {
    const struct report_column *c = r->columns->pdata[i];
    const char *text = bz_db_text (rows, c->name);
    const char *named = c->codes != NULL && text != NULL
                        ? bz_code_name (req, c->codes, text)
                        : NULL;
    struct bz_node *cell = bz_table_cell (row, named != NULL ? named : text,
                                          cell_href (req, rows, c->href));

    bz_node_set (cell, "c", c->number ? "num r" : NULL);
    sums[i] += c->sum ? bz_db_int (rows, c->name) : 0;
  }
}

static void
add_sums (struct bz_req *req, const struct report *r, struct bz_node *table,
          const gint64 *sums)
{
  struct bz_node *row;
  bool any = false;

  for (unsigned i = 0; i < r->columns->len; i++)
    any |= ((const struct report_column *) r->columns->pdata[i])->sum;
  if (!any)
    return;
  row = bz_table_row (table, NULL);
  for (unsigned i = 0; i < r->columns->len; i++) {
    const struct report_column *c = r->columns->pdata[i];
    const char *text = c->sum ? bz_format (req, "%lld", (long long) sums[i])
                     : i == 0 ? "合计"
                              : "";

    bz_node_set (bz_table_cell (row, text, NULL), "c",
                 c->number ? "num r" : NULL);
  }
}

static struct bz_node *
table_new (const struct showing *s)
{
  const struct report *r = s->r;
  struct bz_node *table = bz_table (bz_page (s->req), "report", r->title,
                                    r->empty != NULL ? r->empty
                                                     : "没有符合条件的记录",
                                    NULL, 0);

  for (unsigned i = 0; i < r->columns->len; i++) {
    const struct report_column *c = r->columns->pdata[i];
    struct bz_node *col = bz_node_add (table, "col");

    bz_node_set (col, "t", c->title);
    bz_node_set (col, "c", c->number ? "num r" : NULL);
  }
  return table;
}

static int
report_open (const struct showing *s, int limit, struct bz_rows **ret)
{
  unsigned n = s->r->filters->len;
  struct bz_arg *args = bz_alloc (s->req, (n + 1) * sizeof *args);

  for (unsigned i = 0; i < n; i++)
    args[i] = (struct bz_arg) BZ_STR (s->value[i]);
  args[n] = (struct bz_arg) BZ_INT (limit + 1);
  return bz_db_open (s->req, ret, s->r->query, args, n + 1);
}

static int
fill_table (const struct showing *s, struct bz_node *table)
{
  struct bz_req *req = s->req;
  int limit = s->as == BZ_AS_PAGE ? REPORT_ROWS : BZ_AS_ROWS, n = 0;
  gint64 *sums = bz_alloc (req, (s->r->columns->len + 1) * sizeof *sums);
  struct bz_rows *rows;
  int rc = report_open (s, limit, &rows);

  while (rc >= 0 && (rc = bz_db_next (rows)) > 0)
    if (n++ < limit)
      add_row (req, s->r, rows, table, sums);
  if (rc < 0)
    return rc;
  if (n <= limit)
    add_sums (req, s->r, table, sums);
  else if (s->as == BZ_AS_PAGE)
    desk_say (req, "warn",
              "这里只列出前 %d 行，请缩小查询条件，或者打印、导出 Excel",
              limit);
  else
    (void) bz_table_cell (bz_table_row (table, NULL),
                          "行数太多，没有全部列出，请缩小查询条件后再打印或者"
                          "导出",
                          NULL);
  return BZ_OK;
}

/* GET /PACK/report/NAME */
static int
report_get (struct bz_req *req)
{
  struct showing s = { .req = req, .r = report_find (req->route->row.path) };
  struct bz_node *table;

  s.value = bz_alloc (req, (s.r->filters->len + 1) * sizeof *s.value);
  for (unsigned i = 0; i < s.r->filters->len; i++)
    s.value[i] = value_asked (req, s.r->filters->pdata[i]);
  bz_title (req, "%s", s.r->title);
  bz_crumb (req, "首页", bz_href (req, "/"));
  bz_crumb (req, s.r->title, NULL);
  add_query (&s);
  s.as = bz_offer_tables (req, report_href (&s));
  table = table_new (&s);
  return fill_table (&s, table);
}

int
report_route (const struct report *r, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (r->path, "/", 3);
  const struct bz_route row = { .method = "GET",
                                .path = r->path,
                                .permission = r->permission,
                                .view = r->view,
                                .handle = report_get };

  return route_add (&row, g_intern_string (parts[1]), NULL, error);
}
