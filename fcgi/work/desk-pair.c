/* Cases that end together, on pages: how the other one stands; what another unit has
 * opened and waits to be begun.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <string.h>
#include "data/xml.h"
#include "define/dict.h"
#include "serve/route.h"
#include "work/check.h"
#include "work/desk-page.h"
#include "work/inbox.h"
#include "work/list.h"
#include "work/pair.h"

enum { PAIR_ROWS = 100, WHY_MAX = 200 };

/* -- On the page of a case. */

static xmlNode *
pair_table (xmlNode *into, const char *id, const char *caption,
            const char *empty, const char *const *titles, size_t n)
{
  xmlNode *table = xml_add (into, "table", NULL);

  xml_set (table, "id", id);
  xml_set (table, "caption", caption);
  xml_set (table, "empty", empty);
  for (size_t i = 0; i < n; i++)
    xml_set (xml_add (table, "col", NULL), "t", titles[i]);
  return table;
}

/* Number and status of a side's case, led to where the operator may go. */
static int
side_cells (struct bz_req *req, const struct pair_side *side, xmlNode *r)
{
  const struct business *b = business_find (side->business);
  const char *tone = "wait", *word = "未开始办理";
  struct bz_rows *rows;
  int rc = 0;

  if (b != NULL && side->case_id != 0) {
    rc = bz_db_open (req, &rows, "bz.pair_side",
                     BZ_ARGS (BZ_INT (side->case_id)));
    if (rc == BZ_OK)
      rc = bz_db_next (rows);
  }
  if (rc < 0)
    return rc;
  list_cell (r, rc > 0 ? bz_db_text (rows, "number") : "", "nw num");
  if (rc > 0
      && bz_may (req, bz_format (req, "%s.view", b->name), side->scope_id) > 0)
    xml_set (r->last, "href",
             bz_href (req, "/%s/%lld", b->name, (long long) side->case_id));
  if (rc > 0)
    word = list_state_word (b, rows, &tone);
  list_cell (r, word, "nw");
  xml_set (r->last, "tone", tone);
  return BZ_OK;
}

static int
add_now (struct bz_req *req, const struct bz_case *c, xmlNode *into)
{
  static const char *const titles[] = { "对方单位", "对方业务单号",
                                        "对方业务状态", "截止日期" };
  const struct pair_side *their = pair_their (c->pair);
  xmlNode *r = xml_add (pair_table (into, "pair", c->business->pair->title,
                                    NULL, titles, G_N_ELEMENTS (titles)),
                        "r", NULL);
  const char *name;
  int rc = pair_scope_name (req, their->scope_id, &name);

  list_cell (r, name, NULL);
  if (rc == BZ_OK)
    rc = side_cells (req, their, r);
  list_cell (r, c->pair->until, "nw num");
  return rc;
}

/* Why it is no longer in the pair that it stood in. */
static int
add_gone (struct bz_req *req, const struct bz_case *c)
{
  struct bz_rows *rows;
  const char *name;
  struct pair *p;
  int rc = bz_db_open (req, &rows, "bz.pair_gone", BZ_ARGS (BZ_INT (c->id)));

  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc <= 0)
    return rc;
  p = pair_take (req, rows);
  p->mine = p->side[0].case_id == c->id ? 0 : 1;
  rc = pair_scope_name (req, pair_their (p)->scope_id, &name);
  if (rc == BZ_OK)
    desk_say (req, "warn", "与%s的%s已于 %.16s 终止：%s", name,
              c->business->pair->title, p->ended_at, p->why);
  return rc;
}

int
pair_section (struct bz_req *req, struct bz_case *c, xmlNode *into)
{
  if (c->business->pair == NULL)
    return BZ_OK;
  if (c->pair != NULL)
    return add_now (req, c, into);
  return strcmp (c->state, "done") != 0 ? add_gone (req, c) : BZ_OK;
}

/* -- What waits. */

static int
waiting_row (struct bz_req *req, const struct pair *p, xmlNode *table)
{
  const struct pair_side *mine = &p->side[p->mine], *their = pair_their (p);
  const char *title = business_find (mine->business)->pair->begin;
  xmlNode *r = xml_add (table, "r", NULL);
  struct bz_rows *rows;
  const char *name;
  int rc = pair_scope_name (req, mine->scope_id, &name);

  list_cell (r, name, NULL);
  if (rc == BZ_OK)
    rc = pair_scope_name (req, their->scope_id, &name);
  list_cell (r, name, NULL);
  if (rc == BZ_OK)
    rc = bz_db_open (req, &rows, "bz.pair_side",
                     BZ_ARGS (BZ_INT (their->case_id)));
  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  list_cell (r, rc > 0 ? bz_db_text (rows, "label") : "", "nw");
  if (rc >= 0)
    rc = side_cells (req, their, r);
  list_cell (r, p->until, "nw num");
  list_cell (r, title, "nw");
  xml_set (r->last, "href",
           bz_href (req, "/%s/pair/%lld", mine->business, (long long) p->id));
  return MIN (rc, BZ_OK);
}

static int
pair_read (struct bz_req *req, const struct business *b, int64_t id,
           struct pair **ret)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "bz.pair_one", BZ_ARGS (BZ_INT (id)));

  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc <= 0)
    return rc;
  *ret = pair_take (req, rows);
  (*ret)->mine = strcmp ((*ret)->side[0].business, b->name) == 0 ? 0 : 1;
  return 1;
}

static void
pair_top (struct bz_req *req, const struct business *b, bool list)
{
  bz_crumb (req, "首页", bz_href (req, "/"));
  bz_crumb (req, bz_format (req, "%s管理", b->title),
            bz_href (req, "/%s/", b->name));
  bz_crumb (req, b->pair->waiting,
            list ? NULL : bz_href (req, "/%s/pair/", b->name));
  bz_title (req, "%s", b->pair->waiting);
}

/* GET /NAME/pair/ */
int
pairs_get (struct bz_req *req)
{
  const struct business *b = req->route->business;
  const char *const titles[] = { "本单位",       "对方单位",     b->item_title,
                                 "对方业务单号", "对方业务状态", "截止日期",
                                 "操作" };
  struct bz_rows *rows;
  xmlNode *table;
  int rc;

  pair_top (req, b, true);
  table = pair_table (desk_root (req), "pairs", b->pair->waiting,
                      "暂无对方单位发起的业务", titles, G_N_ELEMENTS (titles));
  rc = bz_db_open (req, &rows, "bz.pairs_waiting",
                   BZ_ARGS (BZ_STR (b->name), BZ_INT (PAIR_ROWS)));
  while (rc >= 0 && (rc = bz_db_next (rows)) > 0) {
    struct pair *p;

    rc = pair_read (req, b, bz_db_int (rows, "id"), &p);
    if (rc > 0)
      rc = waiting_row (req, p, table);
  }
  return rc;
}

int
pairs_count (struct bz_req *req, const struct business *b, const char **ret)
{
  int rc = bz_db_value (req, ret, "bz.pairs_waiting_count",
                        BZ_ARGS (BZ_STR (b->name)));

  if (rc <= 0 || strcmp (*ret, "0") == 0)
    *ret = NULL;
  return MIN (rc, BZ_OK);
}

/* -- One that waits. */

/* The {pair} of the route, which waits for somebody of the operator's scope. */
static int
waiting_find (struct bz_req *req, int64_t *ret)
{
  const char *found;
  int rc;

  *ret = desk_id (req, "pair");
  rc = bz_db_value (req, &found, "bz.pair_waiting",
                    BZ_ARGS (BZ_INT (*ret),
                             BZ_STR (req->route->business->name)));
  if (rc == 0)
    return bz_fail (req, BZ_NOT_FOUND,
                    "没有这项待办，可能已经办理或者终止，请返回待办查看");
  return MIN (rc, BZ_OK);
}

static void
add_persons (struct bz_req *req, const struct bz_case *other)
{
  const struct business *b = other->business;
  const char *const titles[] = { form_field_title (b->item, b->label),
                                 form_field_title (b->item, b->key) };
  xmlNode *table = pair_table (desk_root (req), "persons",
                               desk_items_title (req, b), NULL, titles,
                               G_N_ELEMENTS (titles));

  for (unsigned i = 0; i < other->items->len; i++) {
    const struct bz_item *item = other->items->pdata[i];
    static const struct dict_field key = { .type = FIELD_IDNO, .privacy = 3 };
    g_autofree char *masked = dict_mask (&key, item->key);
    xmlNode *r = xml_add (table, "r", NULL);

    list_cell (r, item->label, "nw");
    list_cell (r, masked, "nw num");
  }
}

static int
waiting_page (struct bz_req *req, const struct pair *p)
{
  static const char *const titles[] = { "对方单位", "对方业务单号",
                                        "对方业务状态", "截止日期" };
  const struct business *b = req->route->business;
  const char *why = bz_param (req, "why"), *name;
  struct bz_case *other;
  xmlNode *r, *form, *section, *f;
  int rc = pair_side_case (req, pair_their (p), false, &other);

  if (rc == BZ_OK)
    rc = pair_scope_name (req, pair_their (p)->scope_id, &name);
  if (rc < 0)
    return rc;
  bz_view (req, "form");
  pair_top (req, b, false);
  bz_crumb (req, other->number, NULL);
  r = xml_add (pair_table (desk_root (req), "pair", b->pair->title, NULL,
                           titles, G_N_ELEMENTS (titles)),
               "r", NULL);
  list_cell (r, name, NULL);
  rc = side_cells (req, pair_their (p), r);
  list_cell (r, p->until, "nw num");
  add_persons (req, other);
  form = desk_form (req, desk_root (req),
                    bz_format (req, "/%s/pair/%lld", b->name,
                               (long long) p->id),
                    0);
  section = xml_add (form, "section", NULL);
  xml_set (section, "id", "answer");
  xml_set (section, "t", "办理意见");
  xml_set (section, "short", "意见");
  f = xml_add (section, "f", NULL);
  xml_set (f, "id", "why");
  xml_set (f, "t", bz_format (req, "%s的理由", b->pair->refuse));
  xml_set (f, "type", "area");
  xml_set (f, "v", why);
  xml_set (f, "max", bz_format (req, "%d", WHY_MAX));
  desk_button (form, "do", "begin", b->pair->begin, "pri");
  desk_button (form, "do", "refuse", b->pair->refuse, "bad");
  desk_link (form, bz_href (req, "/%s/pair/", b->name), "返回列表", NULL);
  return rc;
}

/* GET /NAME/pair/{pair} */
int
pair_get (struct bz_req *req)
{
  struct pair *p;
  int64_t id;
  int rc = waiting_find (req, &id);

  if (rc == BZ_OK)
    rc = pair_read (req, req->route->business, id, &p);
  return rc < 0 ? rc : waiting_page (req, p);
}

/* -- Begun. */

/* One of those whom the other case is about. */
static int
join_item (struct bz_req *req, struct bz_case *c, const struct bz_case *other,
           const struct bz_item *theirs)
{
  const struct business *b = c->business;
  struct bz_item *item = item_new (req, c);
  xmlDoc *facts;
  int rc;

  bz_item_set_subject (item, theirs->subject_id);
  rc = b->hooks.join (req, c, item, other, theirs);
  if (rc == BZ_OK && b->hooks.prefill != NULL)
    rc = b->hooks.prefill (req, c, item);
  if (rc == BZ_OK && item->subject_id != theirs->subject_id)
    rc = BZ_BAD_INPUT;
  if (rc == BZ_BAD_INPUT) {
    g_array_set_size (req->marks, 0);
    return bz_fail (req, BZ_CONFLICT,
                    "%s已有变化，不能办理；请与对方单位联系，或者选择“%s”",
                    b->item_title, b->pair->refuse);
  }
  if (rc == BZ_OK)
    rc = case_facts (req, c, item, &facts);
  if (rc < 0)
    return rc;
  form_defaults (b->item, item->values, facts);
  xmlFreeDoc (facts);
  item_name (req, item);
  return item_store (req, item);
}

/* The unit of the head, as a form that was posted would have it: with its name. */
static int
put_scope (struct bz_req *req, struct bz_case *blank, int64_t scope_id)
{
  const char *field = blank->business->scope_field, *name;
  int rc = pair_scope_name (req, scope_id, &name);

  if (rc < 0)
    return rc;
  bz_case_set (blank, field, bz_format (req, "%lld", (long long) scope_id));
  xml_set (xml_child (xmlDocGetRootElement (blank->head), field), "name", name);
  return BZ_OK;
}

/* The case of the operator's side: head, items, and its place in the pair. */
static int
join_case (struct bz_req *req, const struct pair *p,
           const struct bz_case *other, struct bz_case **ret)
{
  const struct business *b = req->route->business;
  const struct pair_side *mine = &p->side[p->mine], *their = pair_their (p);
  struct bz_case *blank = case_blank (req, b, mine->scope_id), *c;
  int64_t n;
  int rc = put_scope (req, blank, mine->scope_id);

  if (rc == BZ_OK)
    rc = b->hooks.join (req, blank, NULL, other, NULL);
  if (rc == BZ_OK)
    rc = case_create (req, b, mine->scope_id, blank->head, &c);
  if (rc < 0)
    return rc;
  n = bz_db_exec (req, "bz.pair_begun",
                  BZ_ARGS (BZ_INT (p->id),
                           BZ_INT (p->mine == 0 ? c->id : their->case_id),
                           BZ_INT (p->mine == 1 ? c->id : their->case_id)));
  if (n > 0)
    n = bz_db_exec (req, "bz.case_pair",
                    BZ_ARGS (BZ_INT (p->id), BZ_INT (c->id)));
  for (unsigned i = 0; i < other->items->len && n >= 0; i++)
    n = join_item (req, c, other, other->items->pdata[i]);
  *ret = c;
  return n < 0 ? (int) n : case_touch (req, c);
}

static int
pair_begin (struct bz_req *req, const struct pair *p)
{
  struct bz_case *other, *c = NULL;
  int rc = pair_side_case (req, pair_their (p), true, &other);

  if (rc == BZ_OK)
    rc = join_case (req, p, other, &c);
  return rc < 0
         ? rc
         : bz_redirect (req, "%s?done=joined", desk_path (req, c, "%s", ""));
}

static int
pair_refuse (struct bz_req *req, const struct pair *p)
{
  const struct business *b = req->route->business;
  const char *typed = bz_param (req, "why"), *name;
  char *why = g_strstrip (req_strdup (req, typed != NULL ? typed : ""));
  int rc;

  if (*why == '\0')
    return bz_mark (req, "why", "请填写%s的理由，对方单位会看到",
                    b->pair->refuse);
  if (g_utf8_strlen (why, -1) > WHY_MAX)
    return bz_mark (req, "why", "理由最多 %d 字，请缩短", WHY_MAX);
  rc = pair_scope_name (req, p->side[p->mine].scope_id, &name);
  if (rc == BZ_OK)
    rc = pair_dissolve (req, p,
                        bz_format (req, "%s%s，%s", name, b->pair->refuse, why),
                        NULL);
  return rc < 0 ? rc : bz_redirect (req, "/%s/pair/", b->name);
}

/* POST /NAME/pair/{pair}: do=begin, do=refuse */
int
pair_post (struct bz_req *req)
{
  const struct business *b = req->route->business;
  const char *action = bz_param (req, "do");
  struct pair *p;
  int64_t id;
  int rc = waiting_find (req, &id), shown;

  if (rc == BZ_OK)
    rc = pair_open_lock (req, id, b->name, &p);
  if (rc < 0)
    return rc;
  if (p->side[p->mine].case_id != 0)
    return bz_fail (req, BZ_CONFLICT,
                    "这项%s刚刚已由本单位开始办理，请在“%s管理”中查看",
                    b->pair->title, b->title);
  if (bz_may (req, bz_format (req, "%s.apply", b->name),
              p->side[p->mine].scope_id)
      <= 0)
    return bz_fail (req, BZ_FORBIDDEN, "您没有办理这个单位业务的权限");
  if (g_strcmp0 (action, "begin") == 0)
    rc = pair_begin (req, p);
  else if (g_strcmp0 (action, "refuse") == 0)
    rc = pair_refuse (req, p);
  else
    rc = bz_mark (req, NULL, "没有选择怎样办理，请选择“%s”或者“%s”",
                  b->pair->begin, b->pair->refuse);
  if (rc != BZ_BAD_INPUT)
    return rc;
  shown = waiting_page (req, p);
  return shown < 0 ? shown : BZ_BAD_INPUT;
}
