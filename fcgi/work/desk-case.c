/* The case page: 新建, head, papers, persons, what can be done next.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <string.h>
#include "data/xml.h"
#include "define/dict.h"
#include "define/process.h"
#include "people/session.h"
#include "serve/route.h"
#include "work/amend.h"
#include "work/check.h"
#include "work/desk-page.h"
#include "work/hold.h"
#include "work/move.h"
#include "work/pair.h"
#include "work/remark.h"
#include "work/shut.h"
#include "work/undo.h"

/* -- Reading the head form. */

static gint64
head_scope (const struct business *b, xmlDoc *head)
{
  const char *text = b->scope_field != NULL
                     ? xml_child_text (xmlDocGetRootElement (head),
                                       b->scope_field)
                     : NULL;
  gint64 id;

  return text != NULL
          && g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, &id, NULL)
         ? id
         : 0;
}

/* The head as the browser sent it; freed with the request. */
static xmlDoc *
head_read (struct bz_req *req, const struct business *b, xmlDoc *old,
           GHashTable *shut)
{
  xmlDoc *head = form_read (b->head, req, "head", old, shut);

  req_own (req, head, (GDestroyNotify) xmlFreeDoc);
  return head;
}

/* A reason that only repeats the composed one, of the new head or of the
 * STORED, is not kept, so that it goes on following the head and the number of
 * persons. */
static int
head_drop_composed (struct bz_req *req, struct bz_case *c, xmlDoc *stored)
{
  const char *kept = xml_child_text (xmlDocGetRootElement (stored), "reason");
  const char *before = kept == NULL || *kept == '\0' ? c->reason : NULL;
  xmlNode *root = xmlDocGetRootElement (c->head);
  xmlNode *node = xml_child (root, "reason"), *copy;
  const char *composed, *typed;
  int rc = BZ_OK;

  if (node == NULL || xml_child_text (root, "reason") == NULL)
    return BZ_OK;
  copy = xmlCopyNode (node, 1);
  xmlUnlinkNode (node);
  xmlFreeNode (node);
  rc = case_reason_now (req, c, &composed);
  typed = copy->children != NULL ? (const char *) copy->children->content : "";
  if (rc == BZ_OK
      && (strcmp (typed, composed) == 0 || g_strcmp0 (typed, before) == 0))
    xmlFreeNode (copy);
  else
    xmlAddChild (root, copy);
  return rc;
}

/* May the operator file for the unit that stands in the head? */
static int
head_scope_check (struct bz_req *req, struct bz_case *c)
{
  const struct business *b = c->business;
  int may;

  if (c->scope_id == 0)
    return bz_mark (req, b->scope_field, "请选择申请单位");
  may = bz_may (req, bz_format (req, "%s.apply", b->name), c->scope_id);
  if (may < 0)
    return may;
  if (may == 0)
    return bz_mark (req, b->scope_field,
                    "这个单位不在您所管的范围内，请重新选择申请单位");
  return case_scope_find (req, b, c->scope_id, &c->scope_name, &c->office_id);
}

/* A button of a tree in the head: the unit just chosen decides what the rest of
 * the head offers, and nothing is stored.  BZ_BAD_INPUT when it may not be
 * chosen. */
static int
head_picked (struct bz_req *req, struct bz_case *c)
{
  int rc;

  if (c->business->scope_field == NULL)
    return BZ_OK;
  c->scope_id = head_scope (c->business, c->head);
  if (c->scope_id == 0)
    return BZ_OK;
  rc = head_scope_check (req, c);
  if (rc == BZ_BAD_INPUT)
    c->scope_id = 0;
  return rc;
}

/* -- 新建. */

static int
new_page (struct bz_req *req, struct bz_case *c)
{
  const struct business *b = c->business;
  const char *path = bz_format (req, "/%s/new", b->name);
  xmlNode *form;
  int rc;

  if (c->scope_id != 0 && c->scope_name != NULL && *c->scope_name != '\0')
    session_fills_for (req, c->scope_id, c->scope_name);
  desk_top (req, c, "新建");
  bz_title (req, "新建%s申请", b->title);
  form = desk_form (req, desk_root (req), path, 0);
  rc = desk_head_sections (req, c, false, form);
  if (rc < 0)
    return rc;
  desk_button (form, "do", "save", "保存", "pri");
  desk_link (form, bz_href (req, "/%s/", b->name), "返回列表", NULL);
  xml_set (form, "note",
           bz_format (req, "保存后上传附件、添加%s", b->item_title));
  return BZ_OK;
}

/* What the page knows that leads here to take an approval back: which, and whose.
 * Only those who may file for the unit. */
static int
head_begin (struct bz_req *req, struct bz_case *c)
{
  const struct business *b = c->business;
  const char *const names[] = { b->scope_field, b->undoes };
  xmlNode *head = xmlDocGetRootElement (c->head);
  int rc;

  if (b->undoes == NULL || desk_id (req, b->scope_field) == 0)
    return BZ_OK;
  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    if (desk_id (req, names[i]) != 0 && xml_child (head, names[i]) == NULL)
      (void) xml_add (head, names[i],
                      bz_format (req, "%lld",
                                 (long long) desk_id (req, names[i])));
  rc = head_picked (req, c);
  return rc == BZ_BAD_INPUT ? BZ_OK : rc;
}

int
head_new_get (struct bz_req *req)
{
  const struct business *b = req->route->business;
  bool unit = strcmp (req->session->scope_kind, "unit") == 0;
  struct bz_case *c = case_blank (req, b, unit ? bz_user_scope (req) : 0);
  xmlDoc *facts;
  int rc;

  if (unit && b->scope_field != NULL)
    (void) xml_add (xmlDocGetRootElement (c->head), b->scope_field,
                    bz_format (req, "%lld", (long long) c->scope_id));
  rc = head_begin (req, c);
  if (rc == BZ_OK)
    rc = form_pick_only (b->head, req, c->head);
  if (rc == BZ_OK && c->scope_id == 0 && b->scope_field != NULL)
    c->scope_id = head_scope (b, c->head);
  if (rc == BZ_OK)
    rc = case_facts (req, c, NULL, &facts);
  if (rc < 0)
    return rc;
  form_defaults (b->head, c->head, facts);
  xmlFreeDoc (facts);
  return new_page (req, c);
}

/* 新建 once more with the tree open, or with what was chosen in it. */
static int
new_picked (struct bz_req *req, struct bz_case *c)
{
  int rc = head_picked (req, c), drawn;

  if (rc < 0 && rc != BZ_BAD_INPUT)
    return rc;
  drawn = new_page (req, c);
  return drawn < 0 ? drawn : rc;
}

int
head_new_post (struct bz_req *req)
{
  const struct business *b = req->route->business;
  struct bz_case *c = case_blank (req, b, 0), *stored;
  int rc;

  c->head = head_read (req, b, NULL, NULL);
  if (form_pick (b->head, c->head, bz_param (req, "do")))
    return new_picked (req, c);
  c->scope_id = b->scope_field != NULL ? head_scope (b, c->head)
                                       : bz_user_scope (req);
  rc = head_scope_check (req, c);
  if (rc != BZ_OK && rc != BZ_BAD_INPUT)
    return rc;
  if (rc == BZ_BAD_INPUT)
    c->scope_id = 0;
  if (rc == BZ_OK) {
    rc = check_head (req, c, FORM_SAVE);
    if (rc < 0)
      return rc;
  }
  if (rc != 0) {
    rc = new_page (req, c);
    return rc < 0 ? rc : BZ_BAD_INPUT;
  }
  rc = case_create (req, b, c->scope_id, c->head, &stored);
  return rc < 0
         ? rc
         : bz_redirect (req, "%s?done=new", desk_path (req, stored, "%s", ""));
}

/* -- The page. */

/* The N-th of the list: the numbers of those who were removed stay unused. */
static void
add_item_row (struct bz_req *req, struct bz_case *c, unsigned n, bool edit,
              xmlNode *table)
{
  static const struct {
    const char *state, *word, *tone;
  } words[] = {
    { "draft", "未完成", "wait" },       { "ready", "已完成", "ok" },
    { "returned", "有退回意见", "bad" }, { "approved", "已核准", "ok" },
    { "rejected", "不予办理", "bad" },   { "undone", "已撤销核准", "bad" },
  };
  /* What identifies a subject is masked wherever it stands in a table. */
  static const struct dict_field key = { .type = FIELD_IDNO, .privacy = 3 };
  const struct bz_item *item = c->items->pdata[n];
  g_autofree char *masked = dict_mask (&key, item->key);
  const char *path = desk_path (req, c, "/item/%lld", (long long) item->id);
  const char *state = edit && strcmp (item->state, "draft") == 0
                       && remark_of (c, item->id)
                      ? "returned" /* still to be put right */
                    : item->undone_by != 0 ? "undone"
                                           : item->state;
  xmlNode *r = xml_add (table, "r", NULL), *cell;

  xml_set (xml_add (r, "c", bz_format (req, "%u", n + 1)), "c", "num");
  xml_set (xml_add (r, "c", item->label), "c", "nw");
  if (c->business->key != NULL)
    xml_set (xml_add (r, "c", masked), "c", "nw num");
  else
    for (char **f = c->business->brief; *f != NULL; f++)
      (void) xml_add (r, "c",
                      form_shown (c->business->item, req, item->values, *f));
  for (size_t i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i].state, state) == 0)
      xml_set (xml_add (r, "c", words[i].word), "tone", words[i].tone);
  cell = xml_add (r, "c", edit ? "修改" : "查看");
  xml_set (cell, "href",
           bz_href (req, "%s%s", path,
                    edit && strcmp (item->state, "draft") == 0 ? "?check=1"
                                                               : ""));
  if (!edit)
    return;
  if (shut_stays (c, item)) {
    (void) xml_add (r, "c", "");
    return;
  }
  cell = xml_add (r, "c", "删除");
  xml_set (cell, "href", bz_href (req, "%s/remove", path));
}

static void
column (xmlNode *table, const char *title)
{
  xml_set (xml_add (table, "col", NULL), "t", title);
}

static void
item_columns (const struct business *b, bool edit, xmlNode *table)
{
  column (table, "序号");
  column (table, form_field_title (b->item, b->label));
  if (b->key != NULL)
    column (table, form_field_title (b->item, b->key));
  else
    for (char **f = b->brief; *f != NULL; f++)
      column (table, form_field_title (b->item, *f));
  column (table, "填写情况");
  column (table, "操作");
  if (edit)
    column (table, "删除");
}

static void
add_items (struct bz_req *req, struct bz_case *c, bool edit)
{
  const struct business *b = c->business;
  xmlNode *page = desk_root (req), *table;

  if (edit) {
    xmlNode *tools = xml_add (page, "tools", NULL);

    xml_set (tools, "note",
             bz_format (req, "共 %u %s", c->items->len, b->item_word));
    if (!shut_limits (c))
      desk_link (tools,
                 bz_href (req, "%s",
                          desk_path (req, c,
                                     b->pick != NULL ? "/pick" : "/item/new")),
                 "添加", "pri");
  }
  table = xml_add (page, "table", NULL);
  xml_set (table, "id", "items");
  xml_set (table, "caption", desk_items_title (req, b));
  xml_set (table, "empty",
           !edit ? bz_format (req, "暂无%s", b->item_title)
           : b->pick != NULL
             ? bz_format (req, "暂无%s。请点“添加”从名单中勾选", b->item_title)
           : b->min_items == 0
             ? bz_format (req, "暂无%s。可以不填；点“添加”逐一填写",
                          b->item_title)
             : bz_format (req, "暂无%s。请点“添加”逐一填写", b->item_title));
  item_columns (b, edit, table);
  for (unsigned i = 0; i < c->items->len; i++)
    add_item_row (req, c, i, edit, table);
}

/* What the business itself offers to whom may add items. */
static int
add_offers (struct bz_req *req, struct bz_case *c, bool edit)
{
  if (!edit || shut_limits (c) || c->business->hooks.show == NULL)
    return BZ_OK;
  return c->business->hooks.show (req, c, "case", xml_bz (desk_root (req)));
}

/* The case that it was part of, and the parts that left it. */
static int
add_parts (struct bz_req *req, struct bz_case *c)
{
  struct bz_rows *rows;
  int rc;

  if (c->split_from != 0) {
    xmlNode *tools = xml_add (desk_root (req), "tools", NULL);

    xml_set (tools, "note", "部分核准时拆分出的申请单");
    desk_link (tools,
               bz_href (req, "/%s/%lld", c->business->name,
                        (long long) c->split_from),
               bz_format (req, "查看原申请单 %s", c->split_number), NULL);
  }
  rc = bz_db_open (req, &rows, "bz.case_parts", BZ_ARGS (BZ_INT (c->id)));
  while (rc >= 0 && (rc = bz_db_next (rows)) > 0) {
    xmlNode *tools = xml_add (desk_root (req), "tools", NULL);

    xml_set (tools, "note",
             bz_format (req, "其余 %s %s已退回，另成一张申请单",
                        bz_db_text (rows, "items"), c->business->item_word));
    desk_link (tools,
               bz_href (req, "/%s/%s", c->business->name,
                        bz_db_text (rows, "id")),
               bz_format (req, "查看申请单 %s", bz_db_text (rows, "number")),
               NULL);
  }
  return rc;
}

/* The papers' form; files that came with it and stay good are not chosen
 * again. */
static xmlNode *
papers_form (struct bz_req *req, struct bz_case *c)
{
  const char *path = desk_path (req, c, "/paper");
  xmlNode *form = desk_form (req, desk_root (req), path, 0);
  const char *names = strcmp (req->path, path) == 0
                      ? hold_form (req, form, false)
                      : NULL;

  xml_set (form, "enc", "multipart");
  if (names != NULL)
    desk_say (req, "tell",
              "下列附件已经收到，不必重新选择，点“上传附件”时一并存入：%s",
              names);
  return form;
}

/* Head and papers as forms, or to read. */
static int
add_head (struct bz_req *req, struct bz_case *c, bool edit)
{
  xmlNode *page = desk_root (req), *into = page;
  bool head = edit && !shut_wholly (c, NULL);
  int rc;

  if (head)
    into = desk_form (req, page, desk_path (req, c, "%s", ""), c->version);
  rc = desk_head_sections (req, c, !head, into);
  if (rc < 0)
    return rc;
  if (head)
    desk_button (into, "do", "save", "保存申请信息", NULL);
  edit = edit && shut_takes_paper (c);
  into = edit ? papers_form (req, c) : page;
  if (strcmp (c->state, "done") == 0)
    return archive_section (req, c, page);
  rc = desk_papers (req, c, !edit, into);
  if (rc == BZ_OK && edit)
    desk_button (into, "do", "add", "上传附件", NULL);
  return rc;
}

/* 上报 leads over the confirm page; whatever else is allowed is a button. */
static void
add_moves (struct bz_req *req, struct bz_case *c)
{
  g_autoptr (GPtrArray) moves = move_allowed (req, c);
  xmlNode *form = NULL;

  for (unsigned i = 0; i < moves->len; i++) {
    const struct process_move *m = moves->pdata[i];
    enum move_kind kind = move_kind (c->process, m);

    if (!case_at_start (c)
        && (kind == MOVE_ON || kind == MOVE_DONE || m->opinion))
      continue; /* these belong to the review page */
    if (form == NULL)
      form = desk_form (req, desk_root (req), desk_path (req, c, "/move"),
                        c->version);
    if (kind == MOVE_ON)
      desk_link (form, bz_href (req, "%s", desk_path (req, c, "/confirm")),
                 m->title, "pri");
    else
      desk_button (form, "move", m->name, m->title,
                   kind == MOVE_END ? "bad" : NULL);
  }
  if (form != NULL)
    desk_link (form, bz_href (req, "/%s/", c->business->name), "返回列表",
               NULL);
}

/* Who made the case for the unit, until it is handed in: then the history says
 * it. */
static int
add_filer (struct bz_req *req, struct bz_case *c)
{
  struct bz_rows *rows;
  int rc;

  if (!case_at_start (c) || c->created_by == req->session->operator_id)
    return BZ_OK;
  rc = bz_db_open (req, &rows, "bz.case_filer",
                   BZ_ARGS (BZ_INT (c->created_by), BZ_INT (c->scope_id)));
  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc > 0)
    desk_say (req, "tell", "这张申请单由%s %s代办", bz_db_text (rows, "scope"),
              bz_db_text (rows, "who"));
  return MIN (rc, BZ_OK);
}

int
case_page (struct bz_req *req, struct bz_case *c)
{
  bool edit = move_may_edit (req, c);
  int rc = BZ_OK;

  /* Wherever the page is shown from, what is shut stays shut on it. */
  if (c->shut == NULL) {
    shut_fill (req, c, NULL);
    rc = shut_open (req, c, NULL);
  }
  if (rc < 0)
    return rc;
  bz_view (req, "case");
  desk_top (req, c, NULL);
  bz_title (req, "%s申请", c->business->title);
  if (c->result_number != NULL)
    xml_set (desk_root (req), "note",
             bz_format (req, "通知单编号 %s", c->result_number));
  rc = case_at_start (c) ? desk_returned (req, c) : desk_near (req, c);
  if (rc >= 0)
    rc = add_filer (req, c);
  if (rc >= 0)
    rc = desk_steps (req, c, desk_root (req));
  if (rc >= 0)
    rc = add_head (req, c, edit);
  if (rc < 0)
    return rc;
  if (edit && shut_limits (c))
    rc = desk_shut (req, c, NULL);
  if (rc < 0)
    return rc;
  rc = undo_section (req, c, desk_root (req));
  if (rc >= 0)
    rc = amend_section (req, c, desk_root (req));
  if (rc >= 0)
    rc = pair_section (req, c, desk_root (req));
  if (rc < 0)
    return rc;
  add_items (req, c, edit);
  rc = add_offers (req, c, edit);
  if (rc >= 0)
    rc = add_parts (req, c);
  if (rc < 0)
    return rc;
  if (move_may_review (req, c)) {
    xmlNode *tools = xml_add (desk_root (req), "tools", NULL);

    desk_link (tools, bz_href (req, "%s", desk_path (req, c, "/review")),
               "审核", "pri");
  }
  rc = print_forms (req, c, desk_root (req));
  if (rc < 0)
    return rc;
  add_moves (req, c);
  rc = desk_corrections (req, c);
  if (rc < 0)
    return rc;
  return desk_log (req, c, desk_root (req));
}

int
case_get (struct bz_req *req)
{
  struct bz_case *c;
  int rc = desk_case (req, false, &c);

  if (rc == BZ_OK && case_at_start (c))
    rc = remark_warn (req, c, NULL);
  if (rc == BZ_OK && bz_param (req, "check") != NULL && move_may_edit (req, c))
    rc = check_items (req, c);
  return rc < 0 ? rc : case_page (req, c);
}

/* -- Saving the head. */

/* Persons were checked under the old head: who no longer fits has to be put
 * right, who fits now is ready.  How many do not fit any more. */
static int
refit_items (struct bz_req *req, struct bz_case *c)
{
  unsigned before = req->marks->len;
  int unfit = 0;

  for (unsigned i = 0; i < c->items->len; i++) {
    struct bz_item *item = c->items->pdata[i];
    bool ready = strcmp (item->state, "ready") == 0;
    bool draft = strcmp (item->state, "draft") == 0;
    int rc = ready || draft ? check_item (req, c, item, FORM_CHECK) : 0;

    if (ready && rc > 0) {
      item->state = "draft";
      unfit++;
    }
    if (draft && rc == 0)
      item->state = "ready";
    if (rc >= 0)
      rc = item_store (req, item); /* and what the head gives it */
    if (rc < 0)
      return rc;
  }
  g_array_set_size (req->marks, before); /* the next page says them */
  return unfit;
}

static bool
same_head (xmlDoc *a, xmlDoc *b)
{
  g_autofree char *x = xml_dump (xmlDocGetRootElement (a));
  g_autofree char *y = xml_dump (xmlDocGetRootElement (b));

  return strcmp (x, y) == 0;
}

/* The page once more, with what was typed and beside it what is stored. */
static int
stale_page (struct bz_req *req, struct bz_case *c, xmlDoc *typed)
{
  xmlDoc *stored = c->head;
  xmlNode *now = xml_add (desk_root (req), "item", NULL);
  int rc;

  xml_set (now, "id", "0");
  xml_set (now, "t", "现在保存的申请信息");
  rc = desk_head_sections (req, c, true, now);
  if (rc < 0)
    return rc;
  c->head = typed;
  desk_say (req, "stop",
            "这张申请单已在 %s 被修改。“现在保存的申请信息”是修改后的"
            "内容，表单中是您填写的内容；请核对，再点保存即以您填写的为准",
            c->updated_at != NULL ? c->updated_at : "刚才");
  rc = case_page (req, c);
  c->head = stored;
  req->http_status = 409;
  return rc < 0 ? rc : BZ_BAD_INPUT;
}

static int
refuse_other_scope (struct bz_req *req, const struct bz_case *c)
{
  const char *what = c->business->item_title;

  return bz_mark (req, c->business->scope_field,
                  "已添加%s，不能更换申请单位；请先删除%s，或者另行新建", what,
                  what);
}

/* *UNFIT: how many persons do not fit the new head. */
static int
head_save (struct bz_req *req, struct bz_case *c, xmlDoc *stored, int *unfit)
{
  int64_t before = c->scope_id, office = c->office_id;
  int rc;

  *unfit = 0;

  if (c->business->scope_field != NULL)
    c->scope_id = head_scope (c->business, c->head);
  if (c->scope_id != before && (c->items->len > 0 || pair_is_open (c)))
    return refuse_other_scope (req, c);
  rc = head_scope_check (req, c);
  if (rc == BZ_OK && c->office_id != office)
    return bz_mark (req, c->business->scope_field,
                    "新选的单位由另一个编办办理，请另行新建申请单");
  if (rc == BZ_OK)
    rc = head_drop_composed (req, c, stored);
  if (rc == BZ_OK)
    rc = check_head (req, c, FORM_SAVE);
  if (rc != 0)
    return rc < 0 ? rc : BZ_BAD_INPUT;
  if (!same_head (c->head, stored))
    rc = *unfit = refit_items (req, c);
  if (rc >= 0)
    rc = case_store_head (req, c);
  return rc < 0 ? rc
                : bz_audit (req, bz_format (req, "%s.head", c->business->name),
                            "case", c->id, c->number);
}

/* The page of the case with the tree open, or with what was chosen in it. */
static int
case_picked (struct bz_req *req, struct bz_case *c)
{
  int64_t before = c->scope_id;
  int rc = head_picked (req, c), drawn;

  if (rc < 0 && rc != BZ_BAD_INPUT)
    return rc;
  if (c->scope_id == 0)
    c->scope_id = before;
  if (c->scope_id != before && c->items->len > 0) {
    c->scope_id = before;
    rc = refuse_other_scope (req, c);
  }
  drawn = case_page (req, c);
  return drawn < 0 ? drawn : rc;
}

int
case_post (struct bz_req *req)
{
  struct bz_case *c;
  xmlDoc *stored, *typed;
  int64_t scope_id;
  int rc = desk_case (req, true, &c), unfit;

  if (rc < 0)
    return rc;
  if (!move_may_edit (req, c))
    return bz_fail (req, BZ_CONFLICT,
                    "申请单 %s 已不能修改，请重新打开查看办理情况", c->number);
  stored = c->head;
  scope_id = c->scope_id;
  shut_fill (req, c, NULL);
  do {
    c->head = typed = head_read (req, c->business, stored, c->shut);
    rc = shut_open (req, c, NULL);
  } while (rc > 0);
  c->head = stored;
  if (rc < 0)
    return rc;
  if (desk_stale (req, c->version))
    return stale_page (req, c, typed);
  c->head = typed;
  if (form_pick (c->business->head, typed, bz_param (req, "do")))
    return case_picked (req, c);
  rc = head_save (req, c, stored, &unfit);
  if (rc == BZ_BAD_INPUT) {
    c->scope_id = scope_id;
    rc = case_page (req, c);
    return rc < 0 ? rc : BZ_BAD_INPUT;
  }
  return rc < 0
         ? rc
         : bz_redirect (req,
                        unfit > 0 ? "%s?check=1&done=refit" : "%s?done=head",
                        desk_path (req, c, "%s", ""));
}
