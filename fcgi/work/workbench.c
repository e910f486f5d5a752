/* The workbench: what waits for this operator, over all businesses.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <string.h>
#include "data/query.h"
#include "data/xml.h"
#include "define/pack.h"
#include "serve/route.h"
#include "show/page.h"
#include "work/desk-page.h"
#include "work/desk.h"
#include "work/download.h"
#include "work/inbox.h"
#include "work/list.h"

enum { WORKBENCH_ROWS = 20 };

struct bench {
  struct bz_req *req;
  GHashTable *counts;
};

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
                                BZ_STR (w->office), BZ_STR (w->today)));

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
  xml_set (table, "empty",
           *w->own != '\0' ? "暂无待办。新的业务请从左边的菜单进入办理"
                           : "暂无待办");
  list_columns (req, NULL, table);
  rc = bz_db_open (req, &rows, "bz.todo",
                   BZ_ARGS (BZ_STR (w->own), BZ_STR (w->parent),
                            BZ_STR (w->office), BZ_STR (w->today),
                            BZ_INT (WORKBENCH_ROWS)));
  if (rc < 0)
    return rc;
  while ((rc = bz_db_next (rows)) > 0) {
    const struct business *b = business_find (bz_db_text (rows, "business"));

    if (b != NULL)
      list_row (req, b, rows, true, table);
  }
  return rc;
}

/* -- Roles without a step of their own look on. */

struct watch {
  struct bz_req *req;
  int rc, cards;
};

static void
add_watched (const struct business *b, void *data)
{
  static const struct {
    const char *tab, *title;
  } shown[] = {
    { "doing", "在办" },
    { "done", "已办" },
  };
  struct watch *w = data;
  const char *doing = NULL, *ended = NULL;
  struct bz_rows *rows;

  if (w->rc < 0
      || bz_may (w->req, bz_format (w->req, "%s.view", b->name), 0) <= 0)
    return;
  w->rc = bz_db_open (w->req, &rows, "bz.case_counts",
                      BZ_ARGS (BZ_STR (b->name), BZ_STR (""), BZ_STR (""),
                               BZ_STR (""), BZ_STR (bz_today (w->req))));
  if (w->rc == BZ_OK)
    w->rc = bz_db_next (rows);
  if (w->rc > 0)
    doing = bz_db_text (rows, "doing");
  if (w->rc > 0)
    w->rc = list_ended (w->req, b->name, &ended);
  for (size_t i = 0; w->rc >= 0 && i < G_N_ELEMENTS (shown); i++) {
    const char *n = i == 0 ? doing : ended;
    xmlNode *card = xml_add (desk_root (w->req), "card", NULL);

    xml_set (card, "t", bz_format (w->req, "%s%s", b->title, shown[i].title));
    xml_set (card, "n", n != NULL ? n : "0");
    xml_set (card, "href",
             bz_href (w->req, "/%s/?tab=%s", b->name, shown[i].tab));
    w->cards++;
  }
}

static int
bench_watch (struct bz_req *req)
{
  struct watch w = { req, BZ_OK, 0 };

  business_foreach (add_watched, &w);
  (void) xml_add (desk_root (req), "text",
                  w.cards > 0 ? "您没有待办环节，请从左边的菜单进入查询。"
                              : "您不办理业务，可用的功能见左边的菜单。");
  return MIN (w.rc, BZ_OK);
}

static int
bench_inbox (struct bz_req *req)
{
  const char *n;
  int rc = inbox_unread (req, &n);
  xmlNode *card;

  if (rc < 0 || n == NULL)
    return rc;
  card = xml_add (desk_root (req), "card", NULL);
  xml_set (card, "t", "未读消息");
  xml_set (card, "n", n);
  xml_set (card, "href", bz_href (req, "/inbox/?unread=1"));
  return BZ_OK;
}

/* -- What other units have opened (work/pair.h). */

struct waiting {
  struct bz_req *req;
  int rc;
};

static void
add_waiting (const struct business *b, void *data)
{
  struct waiting *w = data;
  const char *n = NULL;
  xmlNode *card;

  if (w->rc < 0 || b->pair == NULL
      || bz_may (w->req, bz_format (w->req, "%s.apply", b->name), 0) <= 0)
    return;
  w->rc = pairs_count (w->req, b, &n);
  if (n == NULL)
    return;
  card = xml_add (desk_root (w->req), "card", NULL);
  xml_set (card, "t", b->pair->waiting);
  xml_set (card, "n", n);
  xml_set (card, "href", bz_href (w->req, "/%s/pair/", b->name));
}

static int
bench_waiting (struct bz_req *req)
{
  struct waiting w = { req, BZ_OK };

  business_foreach (add_waiting, &w);
  return w.rc;
}

/* -- What the packs warn of. */

/* FN with each warning of each pack, while it gives BZ_OK. */
static int
each_warning (int (*fn) (const struct bz_warning *, void *), void *data)
{
  const struct pack *p;
  int rc = BZ_OK;

  for (unsigned n = 0; rc == BZ_OK && (p = pack_at (n)) != NULL; n++)
    for (uint32_t i = 0; rc == BZ_OK && i < p->api.warnings.count; i++) {
      struct bz_warning w;

      plugin_row (p->api.warnings.at, p->api.warnings.stride, i, &w, sizeof w);
      rc = fn (&w, data);
    }
  return rc;
}

/* A card where there is anything. */
static int
bench_warning (const struct bz_warning *w, void *data)
{
  struct bz_req *req = data;
  const char *n = NULL;
  xmlNode *card;
  int rc;

  if (bz_may (req, w->permission, 0) <= 0)
    return BZ_OK;
  rc = bz_db_value (req, &n, w->query, BZ_ARGS (BZ_STR (bz_today (req))));
  if (rc <= 0 || n == NULL || strcmp (n, "0") == 0)
    return MIN (rc, BZ_OK);
  card = xml_add (desk_root (req), "card", NULL);
  xml_set (card, "t", w->title);
  xml_set (card, "n", n);
  xml_set (card, "href", bz_href (req, "%s", w->path));
  return BZ_OK;
}

static int
warning_check (const struct bz_warning *w, void *data)
{
  if (query_find (w->query) != NULL)
    return BZ_OK;
  g_set_error ((GError **) data, g_quark_from_static_string ("warning"), 0,
               "warning \"%s\": there is no query %s", w->title, w->query);
  return BZ_FAILED;
}

static int
workbench_get (struct bz_req *req)
{
  struct desk_waits w;
  int rc;

  bz_title (req, "工作台");
  bz_crumb (req, "首页", NULL);
  desk_waits (req, NULL, &w);
  if (desk_waits_none (&w)) {
    rc = bench_inbox (req);
    return rc < 0 ? rc : bench_watch (req);
  }
  rc = bench_cards (req, &w);
  if (rc >= 0)
    rc = bench_waiting (req);
  if (rc >= 0)
    rc = bench_inbox (req);
  if (rc >= 0)
    rc = each_warning (bench_warning, req);
  return rc < 0 ? rc : bench_table (req, &w);
}

int
workbench_routes (GError **error)
{
  static const struct bz_route rows[] = {
    { "GET", "/", "session", NULL, "workbench", workbench_get },
    { "GET", "/inbox/", "session", NULL, "inbox", inbox_get },
    { "POST", "/inbox/", "session", NULL, "inbox", inbox_post },
    { "GET", "/download/", "session", NULL, "list", download_list },
    { "GET", "/download/{file}", "session", NULL, NULL, download_get },
    { "GET", "/download/{office}/{file}", "session", NULL, NULL, download_get },
  };
  int rc = each_warning (warning_check, error);

  page_frame (near_shell);
  for (size_t i = 0; i < G_N_ELEMENTS (rows) && rc >= 0; i++)
    rc = route_add (&rows[i], "bz", NULL, error);
  return rc;
}
