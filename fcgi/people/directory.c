/* The account directory (编办账号表) for staff at the counter.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <inttypes.h>
#include "data/xml.h"
#include "people/account.h"

enum { PAGE_ROWS = 50 };

static void
query_add (struct bz_req *req, xmlNode *page, const char *text)
{
  xmlNode *query = xml_add (page, "query", NULL), *f;

  xml_set (query, "action", bz_href (req, "/account/"));
  f = xml_add (query, "f", NULL);
  xml_set (f, "id", "q");
  xml_set (f, "t", "账号或单位名称");
  xml_set (f, "type", "text");
  xml_set (f, "v", text);
}

static void
columns_add (xmlNode *table)
{
  static const char *const titles[] = { "单位账号", "单位", "单位编码",
                                        "经办人", "状态" };

  for (size_t i = 0; i < G_N_ELEMENTS (titles); i++)
    xml_set (xml_add (table, "col", NULL), "t", titles[i]);
}

static void
row_add (xmlNode *table, struct bz_rows *rows)
{
  bool closed = g_strcmp0 (bz_db_text (rows, "state"), "active") != 0;
  xmlNode *r = xml_add (table, "r", NULL), *c;

  xml_set (r, "off", closed ? "1" : NULL);
  xml_add (r, "c", bz_db_text (rows, "name"));
  xml_add (r, "c", bz_db_text (rows, "unit"));
  xml_add (r, "c", bz_db_text (rows, "code"));
  xml_add (r, "c", bz_db_text (rows, "operators"));
  c = xml_add (r, "c", closed ? "停用" : "在用");
  xml_set (c, "tone", closed ? "bad" : "ok");
}

static const char *
page_href (struct bz_req *req, const char *text, int64_t from)
{
  g_autofree char *escaped = g_uri_escape_string (text, NULL, FALSE);

  return bz_href (req, "/account/?q=%s&from=%" PRId64, escaped, from);
}

static void
pager_add (struct bz_req *req, xmlNode *page, const char *text, int64_t total,
           int64_t from, int64_t shown)
{
  xmlNode *pager = xml_add (page, "pager", NULL);

  bz_node_setf (xml_bz (pager), "total", "%" PRId64, total);
  bz_node_setf (xml_bz (pager), "size", "%d", PAGE_ROWS);
  bz_node_setf (xml_bz (pager), "from", "%" PRId64, shown > 0 ? from + 1 : 0);
  bz_node_setf (xml_bz (pager), "to", "%" PRId64, from + shown);
  if (from > 0) {
    xml_set (pager, "first", page_href (req, text, 0));
    xml_set (pager, "prev", page_href (req, text, MAX (from - PAGE_ROWS, 0)));
  }
  if (from + shown < total)
    xml_set (pager, "next", page_href (req, text, from + PAGE_ROWS));
}

/* The first row to show; nonsense is the beginning. */
static int64_t
first_row (struct bz_req *req)
{
  const char *text = bz_param (req, "from");
  int64_t n;

  if (text == NULL
      || !g_ascii_string_to_signed (text, 10, 0, 1000000, &n, NULL))
    return 0;
  return n;
}

static int
table_add (struct bz_req *req, xmlNode *page, const char *text, int64_t total)
{
  xmlNode *table = xml_add (page, "table", NULL);
  int64_t from = first_row (req), shown = 0;
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "bz.directory",
                       BZ_ARGS (BZ_STR (text), BZ_INT (PAGE_ROWS),
                                BZ_INT (from)));

  if (rc < 0)
    return rc;
  xml_set (table, "id", "accounts");
  xml_set (table, "caption", "账号目录");
  xml_set (table, "empty", "没有符合条件的账号。");
  columns_add (table);
  while ((rc = bz_db_next (rows)) == 1) {
    row_add (table, rows);
    shown++;
  }
  if (rc < 0)
    return rc;
  pager_add (req, page, text, total, from, shown);
  return BZ_OK;
}

int
directory_show (struct bz_req *req)
{
  const char *q = bz_param (req, "q");
  g_autofree char *text = g_strstrip (g_strdup (q != NULL ? q : ""));
  xmlNode *page = xml_node (bz_page (req));
  const char *total = NULL;
  int rc;

  bz_title (req, "账号目录");
  bz_crumb (req, "首页", bz_href (req, "/"));
  bz_crumb (req, "账号目录", NULL);
  query_add (req, page, text);
  rc = bz_db_value (req, &total, "bz.directory_count", BZ_ARGS (BZ_STR (text)));
  if (rc < 0)
    return rc;
  return table_add (req, page, text,
                    total != NULL ? g_ascii_strtoll (total, NULL, 10) : 0);
}
