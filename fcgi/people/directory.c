/* The account directory (编办账号表) for staff at the counter.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "data/xml.h"
#include "people/account.h"

enum { PAGE_ROWS = 50, PAPER_ROWS = 5000 };

int64_t
directory_every (struct bz_req *req)
{
  return bz_may (req, "account.manage", 0) > 0;
}

static void
query_add (struct bz_req *req, xmlNode *page, const char *text)
{
  xmlNode *query = xml_add (page, "query", NULL), *f;

  xml_set (query, "action", bz_href (req, "/account/"));
  f = xml_add (query, "f", NULL);
  xml_set (f, "id", "q");
  xml_set (f, "t", "账号、单位名称、简称或拼音首字母");
  xml_set (f, "type", "text");
  xml_set (f, "w", "2");
  xml_set (f, "v", text);
}

static void
tools_add (struct bz_req *req, xmlNode *page)
{
  bool manages = bz_may (req, "account.manage", 0) > 0;
  xmlNode *tools = xml_add (page, "tools", NULL), *a;

  if (manages) {
    a = xml_add (tools, "a", "新建账号");
    xml_set (a, "href", bz_href (req, "/account/new"));
    xml_set (a, "c", "pri");
  }
  a = xml_add (tools, "a", "打印用账号表");
  xml_set (a, "href", bz_href (req, "/account/?paper=1"));
  xml_set (tools, "note",
           manages ? "点单位账号可以增加、停用经办人，发放初始密码"
                   : "忘记密码的，由安全管理员重新发放初始密码");
}

static void
columns_add (xmlNode *table)
{
  static const char *const titles[] = { "单位账号", "单位", "单位代码",
                                        "经办人", "状态" };

  for (size_t i = 0; i < G_N_ELEMENTS (titles); i++)
    xml_set (xml_add (table, "col", NULL), "t", titles[i]);
}

static void
row_add (struct bz_req *req, xmlNode *table, struct bz_rows *rows, bool paper)
{
  bool closed = g_strcmp0 (bz_db_text (rows, "state"), "active") != 0;
  xmlNode *r = xml_add (table, "r", NULL), *c;

  xml_set (r, "off", closed ? "1" : NULL);
  c = xml_add (r, "c", bz_db_text (rows, "name"));
  if (!paper)
    xml_set (c, "href",
             bz_href (req, "/account/%lld",
                      (long long) bz_db_int (rows, "id")));
  xml_add (r, "c", bz_db_text (rows, "unit"));
  xml_add (r, "c", bz_db_text (rows, "code"));
  xml_add (r, "c", bz_db_text (rows, "operators"));
  c = xml_add (r, "c", closed ? "停用" : "在用");
  xml_set (c, "tone", closed ? "bad" : "ok");
}

static xmlNode *
table_add (xmlNode *page)
{
  xmlNode *table = xml_add (page, "table", NULL);

  xml_set (table, "id", "accounts");
  xml_set (table, "caption", "账号目录");
  xml_set (table, "empty", "没有符合条件的账号");
  columns_add (table);
  return table;
}

/* A page in the order of names; TOTAL may be NULL. */
static int
list_add (struct bz_req *req, xmlNode *page, const char *text,
          const char *total)
{
  g_autofree char *escaped = g_uri_escape_string (text, NULL, FALSE);
  xmlNode *table = table_add (page);
  struct bz_pages pages;
  struct bz_rows *rows;
  struct bz_node *pager;
  int rc;

  bz_pages_read (req, PAGE_ROWS, &pages);
  rc = bz_db_open (req, &rows, pages.up ? "bz.directory_up" : "bz.directory",
                   BZ_ARGS (BZ_STR (text), BZ_INT (directory_every (req)),
                            BZ_INT (pages.edge), BZ_INT (PAGE_ROWS + 1)));
  while (rc >= 0 && (rc = bz_db_next (rows)) == 1)
    if (bz_pages_row (&pages, bz_db_int (rows, "id")) != 0)
      row_add (req, table, rows, false);
  if (rc < 0)
    return rc;
  pager = bz_pages_end (req, &pages, xml_bz (table),
                        bz_href (req, "/account/?q=%s", escaped));
  bz_node_set (pager, "total", total != NULL ? total : "0");
  return BZ_OK;
}

/* The whole list on paper (编办账号表): no controls, no passwords. */
static int
list_print (struct bz_req *req)
{
  xmlNode *page = xml_node (bz_page (req)), *table;
  struct bz_rows *rows;
  int rc;

  bz_title (req, "编办账号表");
  bz_crumb (req, "账号目录", bz_href (req, "/account/"));
  bz_crumb (req, "打印用账号表", NULL);
  bz_node_setf (xml_bz (page), "note", "截至 %.16s", bz_now (req));
  table = table_add (page);
  rc = bz_db_open (req, &rows, "bz.directory",
                   BZ_ARGS (BZ_STR (""), BZ_INT (directory_every (req)),
                            BZ_INT (0), BZ_INT (PAPER_ROWS)));
  while (rc >= 0 && (rc = bz_db_next (rows)) == 1)
    row_add (req, table, rows, true);
  return MIN (rc, BZ_OK);
}

int
directory_show (struct bz_req *req)
{
  const char *q = bz_param (req, "q");
  g_autofree char *text = g_strstrip (g_strdup (q != NULL ? q : ""));
  xmlNode *page = xml_node (bz_page (req));
  const char *total = NULL;
  int rc;

  if (g_strcmp0 (bz_param (req, "paper"), "1") == 0)
    return list_print (req);
  bz_title (req, "账号目录");
  bz_crumb (req, "首页", bz_href (req, "/"));
  bz_crumb (req, "账号目录", NULL);
  query_add (req, page, text);
  tools_add (req, page);
  rc = bz_db_value (req, &total, "bz.directory_count",
                    BZ_ARGS (BZ_STR (text), BZ_INT (directory_every (req))));
  if (rc >= 0)
    rc = list_add (req, page, text, total);
  return MIN (rc, BZ_OK);
}
