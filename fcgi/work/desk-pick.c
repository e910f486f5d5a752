/* Items picked from a list (business.xml: <pick>): tick, 确定.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <string.h>
#include "data/xml.h"
#include "work/before.h"
#include "work/check.h"
#include "work/desk-page.h"
#include "work/move.h"
#include "work/shut.h"

enum { PICK_PAGE = 50, PICK_TEXT_MAX = 100 };

/* The list as this request wants it. */
struct picking {
  const struct pick *of;
  struct bz_case *c;
  const char *text; /* the beginning of a name, or a whole number; NULL   */
  GArray *ids;      /* gint64: what is ticked, on this page or another one */
  struct bz_pages pages;
};

static bool
is_picked (const struct picking *p, int64_t id)
{
  for (unsigned i = 0; i < p->ids->len; i++)
    if (g_array_index (p->ids, gint64, i) == id)
      return true;
  return false;
}

/* Is it in the case already? */
static bool
is_there (const struct bz_case *c, int64_t subject_id)
{
  for (unsigned i = 0; i < c->items->len; i++)
    if (((struct bz_item *) c->items->pdata[i])->subject_id == subject_id)
      return true;
  return false;
}

/* Ticks come from a posted form alone; the same twice counts once.  What is beyond
 * one case is not read. */
static void
read_ids (struct bz_req *req, struct picking *p)
{
  const char *text;
  gint64 id;

  p->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  req_own (req, p->ids, (GDestroyNotify) g_array_unref);
  if (strcmp (req->method, "POST") != 0)
    return;
  for (size_t n = 0; (text = bz_param_at (req, "pick", n)) != NULL
                     && p->ids->len <= (unsigned) p->c->business->max_items;
       n++)
    if (g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, &id, NULL)
        && !is_picked (p, id))
      g_array_append_val (p->ids, id);
}

/* A name or number is read from a posted form alone. */
static const char *
read_text (struct bz_req *req)
{
  const char *typed = strcmp (req->method, "POST") == 0 ? bz_param (req, "q")
                                                        : NULL;
  g_autofree char *text = g_strstrip (
    g_ascii_strup (typed != NULL ? typed : "", -1));

  return *text == '\0' || g_utf8_strlen (text, -1) > PICK_TEXT_MAX
         ? NULL
         : req_strdup (req, text);
}

/* Whose list it is: the unit's, or that of the case whose approval is taken back. */
static int64_t
pick_of (const struct picking *p)
{
  const char *undoes = p->c->business->undoes;

  return undoes != NULL ? bz_case_int (p->c, undoes) : p->c->scope_id;
}

/* -- The page. */

static void
pick_row (struct bz_req *req, const struct picking *p, struct bz_rows *rows,
          xmlNode *table)
{
  int64_t id = bz_db_int (rows, "subject");
  xmlNode *r = xml_add (table, "r", NULL), *c;

  if (!is_there (p->c, id))
    xml_set (r, "pick", bz_format (req, "%lld", (long long) id));
  if (is_picked (p, id))
    xml_set (r, "on", "1");
  for (unsigned i = 0; i < p->of->columns->len; i++) {
    const struct pick_column *col = p->of->columns->pdata[i];
    const char *value = bz_db_text (rows, col->name), *name = NULL;

    if (value != NULL && col->code != NULL)
      name = bz_code_name (req, col->code, value);
    (void) xml_add (r, "c", name != NULL ? name : value != NULL ? value : "");
  }
  c = xml_add (r, "c", is_there (p->c, id) ? "已添加" : "");
  if (is_there (p->c, id))
    xml_set (c, "tone", "ok");
}

static bool
is_shown (xmlNode *table, const char *id)
{
  for (const xmlNode *r = xml_child (table, "r"); r != NULL;
       r = xml_next (r, "r"))
    if (g_strcmp0 (xml_attr (r, "pick"), id) == 0)
      return true;
  return false;
}

/* What is ticked on other pages goes along unseen, and is counted. */
static void
pick_carry (struct bz_req *req, const struct picking *p, xmlNode *table,
            xmlNode *form)
{
  unsigned others = 0;

  for (unsigned i = 0; i < p->ids->len; i++) {
    gint64 id = g_array_index (p->ids, gint64, i);
    const char *text = bz_format (req, "%lld", (long long) id);

    if (is_there (p->c, id) || is_shown (table, text))
      continue;
    page_hidden (form, "pick", text);
    others++;
  }
  if (others > 0)
    desk_say (req, "tell", "其他页已勾选 %u %s，点“确定”时一并添加", others,
              p->c->business->item_word);
}

static xmlNode *
pick_table (struct bz_req *req, const struct picking *p, xmlNode *form)
{
  xmlNode *table = xml_add (form, "table", NULL);

  xml_set (table, "id", "pick");
  xml_set (table, "caption", p->of->title);
  xml_set (table, "empty",
           p->text != NULL
             ? bz_format (req, "没有找到，请核对%s后再查询", p->of->find)
             : "名单是空的，没有可以添加的");
  for (unsigned i = 0; i < p->of->columns->len; i++)
    xml_set (xml_add (table, "col", NULL), "t",
             ((struct pick_column *) p->of->columns->pdata[i])->title);
  xml_set (xml_add (table, "col", NULL), "t", "办理情况");
  return table;
}

static void
pick_search (const struct picking *p, xmlNode *form)
{
  xmlNode *section = xml_add (form, "section", NULL);
  xmlNode *f = xml_add (section, "f", NULL);

  xml_set (section, "id", "find");
  xml_set (section, "t", "查找");
  xml_set (section, "short", "查找");
  xml_set (f, "id", "q");
  xml_set (f, "t", p->of->find);
  xml_set (f, "type", "text");
  xml_set (f, "v", p->text);
  xml_set (f, "btn", "find");
  xml_set (f, "btn-t", "查询");
  xml_set (form, "enter", "find");
}

static int
pick_rows (struct bz_req *req, struct picking *p, xmlNode *table)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, p->pages.up ? p->of->query_up : p->of->query,
                       BZ_ARGS (BZ_INT (pick_of (p)), BZ_STR (p->text),
                                BZ_INT (p->pages.edge),
                                BZ_INT (PICK_PAGE + 1)));

  while (rc >= 0 && (rc = bz_db_next (rows)) > 0)
    if (bz_pages_row (&p->pages, bz_db_int (rows, "key")) != 0)
      pick_row (req, p, rows, table);
  return rc;
}

static int
pick_page (struct bz_req *req, struct picking *p)
{
  const struct business *b = p->c->business;
  xmlNode *form, *table, *pager;
  int rc;

  bz_view (req, "form");
  desk_top (req, p->c, "添加");
  bz_title (req, "%s：添加%s", b->title, b->item_title);
  form = desk_form (req, desk_root (req), desk_path (req, p->c, "/pick"), 0);
  pick_search (p, form);
  table = pick_table (req, p, form);
  rc = pick_rows (req, p, table);
  if (rc < 0)
    return rc;
  pager = xml_node (bz_pages_end (req, &p->pages, xml_bz (table), NULL));
  xmlUnlinkNode (pager);
  (void) xmlAddChild (form, pager);
  pick_carry (req, p, table, form);
  desk_button (form, "do", "add", "确定", "pri");
  desk_link (form, bz_href (req, "%s", desk_path (req, p->c, "%s", "")),
             "返回申请单", NULL);
  xml_set (form, "note",
           bz_format (req, "勾选后点“确定”；一张申请单最多 %d %s，已有 %u %s",
                      b->max_items, b->item_word, p->c->items->len,
                      b->item_word));
  return BZ_OK;
}

/* -- 确定. */

/* Is there nothing left to fill in?  What is wrong is said when it is opened. */
static int
pick_ready (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  unsigned before = req->marks->len;
  int stops = check_item (req, c, item, FORM_CHECK);

  g_array_set_size (req->marks, before);
  if (stops == 0)
    item->state = "ready";
  return MIN (stops, BZ_OK);
}

/* One of them, as far as it is known: only who may be picked still. */
static int
pick_one (struct bz_req *req, struct picking *p, int64_t subject_id)
{
  struct bz_item *item;
  xmlDoc *facts;
  const char *key;
  int rc = bz_db_value (req, &key, p->of->query_one,
                        BZ_ARGS (BZ_INT (pick_of (p)), BZ_INT (subject_id)));

  if (rc == 0)
    return bz_fail (req, BZ_CONFLICT,
                    "所勾选的%s中有的已不在%s中，没有添加；"
                    "请返回申请单重新添加",
                    p->c->business->item_title, p->of->title);
  if (rc < 0)
    return rc;
  item = item_new (req, p->c);
  bz_item_set_subject (item, subject_id);
  rc = p->c->business->hooks.prefill (req, p->c, item);
  if (rc == BZ_OK)
    rc = case_facts (req, p->c, item, &facts);
  if (rc < 0)
    return rc;
  form_defaults (p->c->business->item, item->values, facts);
  xmlFreeDoc (facts);
  if (p->of->before)
    before_keep (item);
  item_name (req, item);
  rc = pick_ready (req, p->c, item);
  if (rc == BZ_OK)
    rc = item_store (req, item);
  return rc < 0
         ? rc
         : bz_audit (req, bz_format (req, "%s.item", p->c->business->name),
                     "item", item->id, p->c->number);
}

static bool
last_is_ready (const struct bz_case *c)
{
  const struct bz_item *last = c->items->pdata[c->items->len - 1];

  return strcmp (last->state, "ready") == 0;
}

/* All of them or none. */
static int
pick_add (struct bz_req *req, struct picking *p)
{
  const struct business *b = p->c->business;
  unsigned had = p->c->items->len, more = 0;
  bool draft = false;
  int rc = BZ_OK;

  for (unsigned i = 0; i < p->ids->len; i++)
    more += !is_there (p->c, g_array_index (p->ids, gint64, i));
  if (more == 0)
    return bz_mark (req, NULL, "没有勾选要添加的%s，请先勾选", b->item_title);
  if (had + more > (unsigned) b->max_items)
    return bz_mark (req, NULL,
                    "一张申请单最多 %d %s，已有 %u %s，本次勾选 %u %s；"
                    "请减少勾选，其余的另行新建申请单",
                    b->max_items, b->item_word, had, b->item_word, more,
                    b->item_word);
  for (unsigned i = 0; i < p->ids->len && rc == BZ_OK; i++) {
    int64_t id = g_array_index (p->ids, gint64, i);

    if (!is_there (p->c, id)) {
      rc = pick_one (req, p, id);
      draft |= rc == BZ_OK && !last_is_ready (p->c);
    }
  }
  if (rc == BZ_OK)
    rc = case_touch (req, p->c);
  if (rc < 0)
    g_ptr_array_set_size (p->c->items, (int) had);
  return rc < 0
         ? rc
         : bz_redirect (req, "%s?done=%s", desk_path (req, p->c, "%s", ""),
                        draft ? "picked" : "added");
}

/* The case of the route, where somebody may add to it. */
static int
pick_open (struct bz_req *req, bool lock, struct picking *ret)
{
  int rc = desk_case (req, lock, &ret->c);

  if (rc < 0)
    return rc;
  ret->of = ret->c->business->pick;
  if (!move_may_edit (req, ret->c))
    return bz_fail (req, BZ_CONFLICT,
                    "申请单 %s 已不能修改，请重新打开查看办理情况",
                    ret->c->number);
  if (shut_limits (ret->c))
    return shut_refuse (req, ret->c, desk_items_title (req, ret->c->business));
  read_ids (req, ret);
  ret->text = read_text (req);
  bz_pages_read (req, PICK_PAGE, &ret->pages);
  return BZ_OK;
}

int
pick_get (struct bz_req *req)
{
  struct picking p = { .of = NULL };
  int rc = pick_open (req, false, &p);

  return rc < 0 ? rc : pick_page (req, &p);
}

int
pick_post (struct bz_req *req)
{
  const char *action = bz_param (req, "do");
  struct picking p = { .of = NULL };
  int rc = pick_open (req, true, &p), shown;

  if (rc < 0)
    return rc;
  if (g_strcmp0 (action, "add") == 0)
    rc = pick_add (req, &p);
  if ((rc < 0 && rc != BZ_BAD_INPUT) || req->location != NULL
      || req->fail_text != NULL)
    return rc;
  if (p.text != NULL) /* to know that a number exists is to know somebody */
    bz_audit_read (req, bz_format (req, "%s.lookup", p.c->business->name),
                   "case", p.c->id);
  shown = pick_page (req, &p);
  return shown < 0 ? shown : rc;
}
