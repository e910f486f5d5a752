/* The workbench: what waits for this operator, over all businesses.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <string.h>
#include "data/xml.h"
#include "serve/route.h"
#include "show/page.h"
#include "work/desk-page.h"
#include "work/desk.h"
#include "work/list.h"

enum { WORKBENCH_ROWS = 20 };

struct bench { struct bz_req *req; GHashTable *counts; };

static void
add_card (const struct business *b, void *data)
{
  const struct bench *bench = data;
  struct bz_req *req = bench->req;
  const char *n = g_hash_table_lookup (bench->counts, b->name);
  xmlNode *card;

  if (bz_may (req, bz_format (req, "%s.view", b->name), 0) <= 0)
    return;
  card = xml_add (desk_root (req), "card", NULL);
  xml_set (card, "t", bz_format (req, "%s待办", b->title));
  xml_set (card, "n", n != NULL ? n : "0");
  xml_set (card, "href", bz_href (req, "/%s/?tab=todo", b->name));
}

static int
bench_cards (struct bz_req *req, const struct desk_waits *w)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  struct bench bench = { req, counts };
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "bz.todo_counts",
                       BZ_ARGS (BZ_STR (w->own), BZ_STR (w->parent),
                                BZ_STR (w->office)));

  if (rc < 0)
    return rc;
  while ((rc = bz_db_next (rows)) > 0)
    g_hash_table_insert (counts, (void *) bz_db_text (rows, "business"),
                         (void *) bz_db_text (rows, "n"));
  if (rc == 0)
    business_foreach (add_card, &bench);
  return rc;
}

static int
bench_table (struct bz_req *req, const struct desk_waits *w)
{
  xmlNode *table = xml_add (desk_root (req), "table", NULL);
  struct bz_rows *rows;
  int rc;

  xml_set (table, "id", "todo");
  xml_set (table, "caption", "待办事项");
  xml_set (table, "empty", "暂无待办。新的业务请从左边的菜单进入办理");
  list_columns (table, true);
  rc = bz_db_open (req, &rows, "bz.todo",
                   BZ_ARGS (BZ_STR (w->own), BZ_STR (w->parent),
                            BZ_STR (w->office), BZ_INT (WORKBENCH_ROWS)));
  if (rc < 0)
    return rc;
  while ((rc = bz_db_next (rows)) > 0) {
    const struct business *b = business_find (bz_db_text (rows, "business"));

    if (b != NULL)
      list_row (req, b, rows, true, table);
  }
  return rc;
}

static int
workbench_get (struct bz_req *req)
{
  struct desk_waits w;
  int rc;

  bz_title (req, "工作台");
  bz_crumb (req, "首页", NULL);
  desk_waits (req, NULL, &w);
  rc = bench_cards (req, &w);
  return rc < 0 ? rc : bench_table (req, &w);
}

int
workbench_routes (GError **error)
{
  static const struct bz_route row = {
    .method = "GET", .path = "/", .permission = "session",
    .view = "workbench", .handle = workbench_get,
  };

  page_frame (near_shell);
  return route_add (&row, "bz", NULL, error);
}
