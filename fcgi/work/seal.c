/* 用印情况登记表 (HY-20): every print of the office's cases, by period; as a
 * list and as a sheet of paper.  SPDX-License-Identifier: MulanPSL-2.0 */
#include <inttypes.h>
#include <string.h>
#include "data/xml.h"
#include "define/date.h"
#include "serve/route.h"
#include "work/desk-sheet.h"
#include "work/sheet.h"

enum { PAGE_ROWS = 50, SHEET_ROWS = 2000 };

struct period {
  const char *from, *to; /* dates, both included */
};

/* A date as typed, or DEFAULT_VALUE; what is none is marked. */
static const char *
day_read (struct bz_req *req, const char *name, const char *default_value)
{
  const char *typed = bz_param (req, name);
  char day[11];

  if (typed == NULL || *typed == '\0')
    return default_value;
  if (date_read (typed, day) == DATE_DAY)
    return req_strdup (req, day);
  (void) bz_mark (req, name, "日期无法识别，请按 2026-11-20 的格式填写");
  return default_value;
}

/* The present month, if nothing else is asked for. */
static struct period
period_read (struct bz_req *req)
{
  const char *today = bz_today (req);
  struct period p = {
    .from = day_read (req, "from", bz_format (req, "%.8s01", today)),
    .to = day_read (req, "to", today),
  };

  if (strcmp (p.from, p.to) > 0)
    (void) bz_mark (req, "to", "止日早于起日，请核对");
  return p;
}

static const char *
href (struct bz_req *req, const char *path, const struct period *p)
{
  return bz_href (req, "/seal/%s?from=%s&to=%s", path, p->from, p->to);
}

static const char *
document_of (struct bz_req *req, struct bz_rows *rows)
{
  int64_t part = bz_db_int (rows, "part"), nth = bz_db_int (rows, "nth");
  const char *title = bz_db_text (rows, "title");

  if (part > 0)
    title = bz_format (req, "%s（第%s联）", title,
                       desk_numeral ((unsigned) part));
  if (nth > 1)
    title = bz_format (req, "%s（补打第 %" PRId64 " 次）", title, nth - 1);
  return title;
}

static void
row_add (struct bz_req *req, xmlNode *table, struct bz_rows *rows)
{
  xmlNode *r = xml_add (table, "r", NULL);

  xml_set (xml_add (r, "c", req_strndup (req, bz_db_text (rows, "at"), 10)),
           "c", "nw num");
  (void) xml_add (r, "c", document_of (req, rows));
  xml_set (xml_add (r, "c", bz_db_text (rows, "number")), "c", "nw");
  xml_set (xml_add (r, "c", bz_db_text (rows, "copies")), "c", "num");
  (void) xml_add (r, "c",
                  bz_format (req, "%s %s", bz_db_text (rows, "user_unit"),
                             bz_db_text (rows, "user_name")));
  xml_set (xml_add (r, "c", bz_db_text (rows, "approver")), "c", "nw");
  (void) xml_add (r, "c", bz_db_text (rows, "why"));
}

static xmlNode *
table_new (struct bz_req *req, const struct period *p)
{
  static const char *const titles[] = { "日期",   "文书",   "编号", "份数",
                                        "使用人", "批准人", "备注" };
  xmlNode *table = xml_add (desk_root (req), "table", NULL);

  xml_set (table, "id", "seals");
  xml_set (table, "caption", "用印情况登记表");
  xml_set (table, "empty", "这段时间没有用印。可改变起止日期再查");
  xml_set (table, "from", p->from);
  xml_set (table, "to", p->to);
  for (size_t i = 0; i < G_N_ELEMENTS (titles); i++)
    xml_set (xml_add (table, "col", NULL), "t", titles[i]);
  return table;
}

/* The rows of the period from row SKIP on: their count in *SHOWN. */
static int
rows_add (struct bz_req *req, const struct period *p, int64_t limit,
          int64_t skip, int64_t *shown)
{
  xmlNode *table = table_new (req, p);
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "bz.seal_list",
                       BZ_ARGS (BZ_STR (p->from), BZ_STR (p->to),
                                BZ_INT (limit), BZ_INT (skip)));

  *shown = 0;
  while (rc >= 0 && (rc = bz_db_next (rows)) > 0) {
    row_add (req, table, rows);
    ++*shown;
  }
  return rc;
}

static int
count_read (struct bz_req *req, const struct period *p, int64_t *n,
            int64_t *copies)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "bz.seal_count",
                       BZ_ARGS (BZ_STR (p->from), BZ_STR (p->to)));

  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc < 0)
    return rc;
  *n = bz_db_int (rows, "n");
  *copies = bz_db_int (rows, "copies");
  return BZ_OK;
}

static void
query_add (struct bz_req *req, const struct period *p)
{
  const char *const field[][3] = { { "from", "起日", p->from },
                                   { "to", "止日", p->to } };
  xmlNode *query = xml_add (desk_root (req), "query", NULL);

  xml_set (query, "action", bz_href (req, "/seal/"));
  for (size_t i = 0; i < G_N_ELEMENTS (field); i++) {
    xmlNode *f = xml_add (query, "f", NULL);
    const char *typed = bz_param (req, field[i][0]);

    xml_set (f, "id", field[i][0]);
    xml_set (f, "t", field[i][1]);
    xml_set (f, "type", "date");
    xml_set (f, "v", typed != NULL && *typed != '\0' ? typed : field[i][2]);
  }
}

static void
pager_add (struct bz_req *req, const struct period *p, int64_t total,
           int64_t skip, int64_t shown)
{
  xmlNode *pager = xml_add (desk_root (req), "pager", NULL);
  const char *base = href (req, "", p);

  xml_set (pager, "total", bz_format (req, "%" PRId64, total));
  if (shown > 0) {
    xml_set (pager, "from", bz_format (req, "%" PRId64, skip + 1));
    xml_set (pager, "to", bz_format (req, "%" PRId64, skip + shown));
  }
  if (skip > 0) {
    xml_set (pager, "first", base);
    xml_set (pager, "prev",
             bz_format (req, "%s&skip=%" PRId64, base,
                        MAX (skip - PAGE_ROWS, 0)));
  }
  if (skip + shown < total)
    xml_set (pager, "next",
             bz_format (req, "%s&skip=%" PRId64, base, skip + PAGE_ROWS));
}

static int64_t
skip_read (struct bz_req *req)
{
  const char *text = bz_param (req, "skip");
  gint64 n;

  return text != NULL
          && g_ascii_string_to_signed (text, 10, 0, 1000000, &n, NULL)
         ? n
         : 0;
}

/* GET /seal/ */
static int
seal_get (struct bz_req *req)
{
  struct period p = period_read (req);
  int64_t total = 0, copies = 0, shown = 0, skip = skip_read (req);
  xmlNode *tools;
  int rc = count_read (req, &p, &total, &copies);

  if (rc < 0)
    return rc;
  bz_title (req, "用印情况登记");
  bz_crumb (req, "首页", bz_href (req, "/"));
  bz_crumb (req, "用印情况登记", NULL);
  query_add (req, &p);
  tools = xml_add (desk_root (req), "tools", NULL);
  xml_set (tools, "note",
           bz_format (req, "%s 至 %s，用印 %" PRId64 " 份", p.from, p.to,
                      copies));
  desk_link (tools, href (req, "sheet", &p), "打印登记表", NULL);
  rc = rows_add (req, &p, PAGE_ROWS, skip, &shown);
  if (rc == BZ_OK)
    pager_add (req, &p, total, skip, shown);
  if (rc == BZ_OK && req_has_errors (req))
    req->http_status = 422;
  return rc;
}

/* GET /seal/sheet: the same on A4 across. */
static int
seal_sheet (struct bz_req *req)
{
  struct period p = period_read (req);
  int64_t total = 0, copies = 0, shown;
  xmlNode *page = desk_root (req);
  int rc = count_read (req, &p, &total, &copies);

  if (rc < 0)
    return rc;
  if (req_has_errors (req) || total > SHEET_ROWS)
    return bz_fail (req, BZ_CONFLICT,
                    "起止日期有误，或者超过 %d 行，请缩短起止日期后打印",
                    SHEET_ROWS);
  bz_title (req, "用印情况登记表");
  xml_set (page, "back", href (req, "", &p));
  xml_set (page, "copies", bz_format (req, "%" PRId64, copies));
  return rows_add (req, &p, SHEET_ROWS, 0, &shown);
}

int
seal_routes (GError **error)
{
  static const struct bz_route table[] = {
    { "GET", "/seal/", "seal.view", NULL, "list", seal_get },
    { "GET", "/seal/sheet", "seal.view", NULL, "seal", seal_sheet },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (table); i++) {
    int rc = route_add (&table[i], "bz", NULL, error);

    if (rc < 0)
      return rc;
  }
  return BZ_OK;
}
