/* The list of a business: tabs, filters, keyset paging.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "work/list.h"
#include <string.h>
#include "data/xml.h"
#include "define/process.h"
#include "people/session.h"
#include "work/desk-page.h"

/* ENDED: counting stops there; WIDE: so many units make a scope wide. */
enum { LIST_PAGE = 20, LIST_TEXT_MAX = 100, LIST_ENDED = 1000, LIST_WIDE = 50 };

static const struct {
  const char *name, *title;
} tabs[] = {
  { "todo", "待办" },
  { "doing", "在办" },
  { "done", "已办" },
  { "back", "被退回" },
};
static const struct {
  const char *name, *title;
} states[] = {
  { "draft", "草稿" },        { "returned", "已退回" },
  { "open", "审核中" },       { "done", "已核准" },
  { "rejected", "不予办理" }, { "cancelled", "已作废" },
  { "undone", "撤销核准" },
};

/* What names or identifies a person is read from a posted form only, never from
 * an address. */
static bool
is_personal (const char *name)
{
  return strcmp (name, "label") == 0 || strcmp (name, "subject") == 0;
}

/* One filter, NULL when it is empty. */
static const char *
filter_text (struct bz_req *req, const char *name)
{
  bool closed = is_personal (name) && strcmp (req->method, "POST") != 0;
  const char *value = closed ? NULL : bz_param (req, name);
  g_autofree char *text = g_strstrip (g_strdup (value != NULL ? value : ""));

  if (*text == '\0' || g_utf8_strlen (text, -1) > LIST_TEXT_MAX)
    return NULL;
  return req_strdup (req, text);
}

static const char *
filter_like (struct bz_req *req, const char *name)
{
  g_autofree char *like = list_like (filter_text (req, name));

  return req_strdup (req, like);
}

static const char *
filter_date (struct bz_req *req, const char *name)
{
  const char *typed = filter_text (req, name);
  g_autofree char *date = list_date (typed);

  if (typed != NULL && date == NULL)
    (void) bz_warn (req, name,
                    "日期“%s”无法识别，未按它查询；请填写如 2026-11-20", typed);
  return req_strdup (req, date);
}

/* Compared whole, so that nobody finds a number digit by digit. */
static const char *
filter_key (struct bz_req *req, const struct business *b)
{
  const char *typed = b->key != NULL ? filter_text (req, "subject") : NULL;
  g_autofree char *upper = typed != NULL ? g_ascii_strup (typed, -1) : NULL;

  return req_strdup (req, upper);
}

/* Without a word about it: what waits, or what is under way for those whose
 * roles have no step to take. */
static const char *
known_tab (struct bz_req *req)
{
  const char *text = bz_param (req, "tab");
  struct desk_waits w;

  for (size_t i = 0; text != NULL && i < G_N_ELEMENTS (tabs); i++)
    if (strcmp (tabs[i].name, text) == 0)
      return tabs[i].name;
  desk_waits (req, req->route->business, &w);
  return tabs[desk_waits_none (&w) ? 1 : 0].name;
}

static void
filters_read (struct bz_req *req, struct list_filter *f)
{
  *f = (struct list_filter){
    .tab = known_tab (req),
    .number = filter_like (req, "number"),
    .reason = filter_like (req, "reason"),
    .label = filter_like (req, "label"),
    .key = filter_key (req, req->route->business),
    .unit = filter_like (req, "unit"),
    .state = filter_text (req, "state"),
    .from = filter_date (req, "from"),
    .to = filter_date (req, "to"),
  };
  bz_pages_read (req, LIST_PAGE, &f->pages);
}

/* The filters that go along from page to page. */
static const char *const kept[] = { "number", "reason", "label", "subject",
                                    "unit",   "state",  "from",  "to" };

/* Is somebody looked for?  Then the pages post. */
static bool
filter_asks_whom (const struct list_filter *f)
{
  return f->label != NULL || f->key != NULL;
}

static bool
filter_any (struct bz_req *req)
{
  for (size_t i = 0; i < G_N_ELEMENTS (kept); i++)
    if (filter_text (req, kept[i]) != NULL)
      return true;
  return false;
}

/* The address of this list with TAB. */
static const char *
list_href (struct bz_req *req, const char *tab, bool filters)
{
  g_autoptr (GString) query = g_string_new (NULL);

  g_string_append_printf (query, "?tab=%s", tab);
  for (size_t i = 0; filters && i < G_N_ELEMENTS (kept); i++) {
    const char *value = is_personal (kept[i]) ? NULL
                                              : filter_text (req, kept[i]);
    g_autofree char *escaped = value != NULL
                               ? g_uri_escape_string (value, NULL, FALSE)
                               : NULL;

    if (escaped != NULL)
      g_string_append_printf (query, "&%s=%s", kept[i], escaped);
  }
  return bz_href (req, "/%s/%s", req->route->business->name, query->str);
}

/* -- The table. */

static const struct bz_arg none = BZ_NULL;

/* The id where the page begins; NULL on the first. */
static struct bz_arg
list_edge (const struct list_filter *f)
{
  const struct bz_arg id = BZ_INT (f->pages.edge);

  return f->pages.edge != 0 ? id : none;
}

/* Of a wide scope along the key, see bz.case_ended. */
static int
list_open_ended (struct bz_req *req, const struct list_filter *f,
                 struct bz_rows **rows)
{
  return bz_db_open (req, rows,
                     f->pages.up ? "bz.case_ended_up" : "bz.case_ended",
                     BZ_ARGS (BZ_STR (req->route->business->name),
                              BZ_STR (f->number), BZ_STR (f->reason),
                              BZ_STR (f->label), BZ_STR (f->key),
                              BZ_STR (f->unit), BZ_STR (f->state),
                              BZ_STR (f->from), BZ_STR (f->to), list_edge (f),
                              BZ_INT (LIST_PAGE + 1)));
}

/* Ask for one row more than a page holds. */
static int
list_open (struct bz_req *req, const struct list_filter *f,
           struct bz_rows **rows)
{
  struct desk_waits w;
  const char *size;
  int rc;

  if (strcmp (f->tab, "done") == 0) {
    rc = bz_db_value (req, &size, "bz.scope_size",
                      BZ_ARGS (BZ_INT (LIST_WIDE)));
    if (rc < 0)
      return rc;
    if (rc > 0 && g_ascii_strtoll (size, NULL, 10) >= LIST_WIDE)
      return list_open_ended (req, f, rows);
  }
  desk_waits (req, req->route->business, &w);
  return bz_db_open (req, rows,
                     f->pages.up ? "bz.case_list_up" : "bz.case_list",
                     BZ_ARGS (BZ_STR (req->route->business->name),
                              BZ_STR (f->tab), BZ_STR (w.own),
                              BZ_STR (w.parent), BZ_STR (w.office),
                              BZ_STR (w.today), BZ_STR (f->number),
                              BZ_STR (f->reason), BZ_STR (f->label),
                              BZ_STR (f->key), BZ_STR (f->unit),
                              BZ_STR (f->state), BZ_STR (f->from),
                              BZ_STR (f->to), list_edge (f),
                              BZ_INT (LIST_PAGE + 1)));
}

/* The pages of a search for somebody post. */
static void
pager_post (struct bz_req *req, const struct list_filter *f, xmlNode *pager)
{
  xml_set (pager, "action", bz_href (req, "/%s/", req->route->business->name));
  page_hidden (pager, "tab", f->tab);
  for (size_t i = 0; i < G_N_ELEMENTS (kept); i++) {
    const char *value = filter_text (req, kept[i]);

    if (value != NULL)
      page_hidden (pager, kept[i], value);
  }
}

static void
list_pager (struct bz_req *req, const struct list_filter *f, xmlNode *table)
{
  bool posts = filter_asks_whom (f);
  xmlNode *pager = xml_node (
    bz_pages_end (req, &f->pages, xml_bz (table),
                  posts ? NULL : list_href (req, f->tab, true)));

  if (posts)
    pager_post (req, f, pager);
}

/* What to do next when there is nothing. */
static const char *
list_empty (struct bz_req *req, const struct list_filter *f)
{
  static const struct {
    const char *tab, *text;
  } texts[] = {
    { "todo", "暂无待办" },
    { "doing", "暂无在办。已上报、正在审核的申请单在这里" },
    { "done", "暂无已办。审核结束的申请单在这里" },
    { "back", "暂无被退回。退回的申请单在这里，修改后重新上报" },
  };
  const struct business *b = req->route->business;

  if (filter_any (req))
    return "没有符合条件的申请单。请更换查询条件或上面的标签，或点“重置”";
  if (strcmp (f->tab, "todo") == 0
      && bz_may (req, bz_format (req, "%s.apply", b->name), 0) > 0)
    return bz_format (req, "暂无待办。办理%s请点“新建”", b->title);
  for (size_t i = 0; i < G_N_ELEMENTS (texts); i++)
    if (strcmp (texts[i].tab, f->tab) == 0)
      return texts[i].text;
  return NULL;
}

/* Cases that wait for a reviewer can be ticked. */
static bool
list_picks (struct bz_req *req, const struct list_filter *f)
{
  return strcmp (f->tab, "todo") == 0
      && bz_may (req, bz_format (req, "%s.review", req->route->business->name),
                 0)
           > 0;
}

static void
list_pick_row (struct bz_rows *rows, xmlNode *table)
{
  if (xml_attr (table, "pick") != NULL
      && strcmp (bz_db_text (rows, "state"), "open") == 0)
    xml_set (table->last, "pick", bz_db_text (rows, "id"));
}

/* The newest stands on top. */
static int
list_table (struct bz_req *req, struct list_filter *f)
{
  xmlNode *table = xml_add (desk_root (req), "table", NULL);
  struct bz_rows *rows;
  int rc;

  xml_set (table, "id", "cases");
  xml_set (table, "caption", req->route->business->title);
  xml_set (table, "empty", list_empty (req, f));
  list_columns (req, req->route->business, table);
  if (list_picks (req, f)) {
    xml_set (table, "pick",
             bz_href (req, "/%s/batch", req->route->business->name));
    xml_set (table, "pick-t", "批量办理");
  }
  rc = list_open (req, f, &rows);
  while (rc >= 0 && (rc = bz_db_next (rows)) > 0) {
    if (bz_pages_row (&f->pages, bz_db_int (rows, "id")) == 0)
      continue;
    list_row (req, req->route->business, rows, false, table);
    list_pick_row (rows, table);
  }
  if (rc >= 0)
    list_pager (req, f, table);
  return rc;
}

/* -- The parts around it. */

/* "999+" beyond the limit: nobody reads on to the thousandth. */
int
list_ended (struct bz_req *req, const char *business, const char **ret)
{
  int rc = bz_db_value (req, ret, "bz.case_ended_count",
                        BZ_ARGS (BZ_STR (business), BZ_INT (LIST_ENDED)));

  if (rc > 0 && g_ascii_strtoll (*ret, NULL, 10) >= LIST_ENDED)
    *ret = bz_format (req, "%d+", LIST_ENDED - 1);
  return rc < 0 ? rc : BZ_OK;
}

/* The count of each tab; NULL for those of another query. */
static int
tab_counts (struct bz_req *req, const char *count[G_N_ELEMENTS (tabs)])
{
  const char *business = req->route->business->name;
  struct desk_waits w;
  struct bz_rows *rows;
  int rc;

  desk_waits (req, req->route->business, &w);
  rc = bz_db_open (req, &rows, "bz.case_counts",
                   BZ_ARGS (BZ_STR (business), BZ_STR (w.own),
                            BZ_STR (w.parent), BZ_STR (w.office),
                            BZ_STR (w.today)));
  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  for (size_t i = 0; rc > 0 && i < G_N_ELEMENTS (tabs); i++)
    if (strcmp (tabs[i].name, "done") != 0)
      count[i] = bz_format (req, "%lld",
                            (long long) bz_db_int (rows, tabs[i].name));
    else
      rc = list_ended (req, business, &count[i]) < 0 ? BZ_FAILED : 1;
  return MIN (rc, BZ_OK);
}

static int
list_tabs (struct bz_req *req, const struct list_filter *f)
{
  xmlNode *into = xml_add (desk_root (req), "tabs", NULL);
  const char *count[G_N_ELEMENTS (tabs)] = { NULL };
  int rc = tab_counts (req, count);

  for (size_t i = 0; rc == BZ_OK && i < G_N_ELEMENTS (tabs); i++) {
    xmlNode *t = xml_add (into, "t", NULL);

    xml_set (t, "t", tabs[i].title);
    if (count[i] != NULL)
      xml_set (t, "n", count[i]);
    xml_set (t, "href", list_href (req, tabs[i].name, false));
    if (strcmp (tabs[i].name, f->tab) == 0)
      xml_set (t, "cur", "1");
  }
  return rc;
}

static xmlNode *
add_filter (struct bz_req *req, xmlNode *query, const char *id,
            const char *title, const char *type)
{
  xmlNode *f = xml_add (query, "f", NULL);
  const char *value = filter_text (req, id);

  xml_set (f, "id", id);
  xml_set (f, "t", title);
  xml_set (f, "type", type);
  if (value != NULL)
    xml_set (f, "v", value);
  return f;
}

static void
list_query (struct bz_req *req, const struct list_filter *f)
{
  const struct business *b = req->route->business;
  xmlNode *query = xml_add (desk_root (req), "query", NULL), *state;

  xml_set (query, "method", "post");
  xml_set (query, "action", bz_href (req, "/%s/", b->name));
  page_hidden (query, "tab", f->tab);
  (void) add_filter (req, query, "number", "业务单号", "text");
  (void) add_filter (req, query, "unit", "申请单位", "text");
  (void) add_filter (req, query, "label", form_field_title (b->item, b->label),
                     "text");
  if (b->key != NULL)
    (void) add_filter (req, query, "subject",
                       form_field_title (b->item, b->key), "text");
  (void) add_filter (req, query, "reason", "业务事由", "text");
  state = add_filter (req, query, "state", "状态", "code");
  for (size_t i = 0; i < G_N_ELEMENTS (states); i++) {
    xmlNode *o = xml_add (state, "o", states[i].title);

    xml_set (o, "v", states[i].name);
    if (g_strcmp0 (f->state, states[i].name) == 0)
      xml_set (o, "sel", "1");
  }
  (void) add_filter (req, query, "from", "申报日期起", "date");
  (void) add_filter (req, query, "to", "申报日期止", "date");
}

/* GET, and POST for a search, which changes nothing. */
int
list_get (struct bz_req *req)
{
  const struct business *b = req->route->business;
  struct list_filter f;
  xmlNode *tools;
  int rc;

  filters_read (req, &f);
  if (f.key != NULL) /* to know that a number exists is to know somebody */
    bz_audit_read (req, bz_format (req, "%s.lookup", b->name), "case", 0);
  bz_title (req, "%s管理", b->title);
  bz_crumb (req, "首页", bz_href (req, "/"));
  bz_crumb (req, bz_format (req, "%s管理", b->title), NULL);
  list_query (req, &f);
  rc = list_tabs (req, &f);
  if (rc < 0)
    return rc;
  tools = xml_add (desk_root (req), "tools", NULL);
  xml_set (tools, "note", "按建立先后排列，新的在前");
  if (bz_may (req, bz_format (req, "%s.apply", b->name), 0) > 0)
    desk_link (tools, bz_href (req, "/%s/new", b->name), "新建", "pri");
  return list_table (req, &f);
}
