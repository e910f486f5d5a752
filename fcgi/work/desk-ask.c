/* The page that asks once more before a move whose process wants it (confirm=):
 * what is to be done, for whom, and what follows from it.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <string.h>
#include "data/xml.h"
#include "define/process.h"
#include "people/audit.h"
#include "serve/route.h"
#include "work/desk-page.h"
#include "work/desk-sheet.h"
#include "work/findings.h"
#include "work/move.h"
#include "work/remark.h"
#include "work/sheet.h"

/* What every part of the page is drawn from. */
struct ask {
  struct bz_req *req;
  struct bz_case *c; /* its items are those that the move is for */
  const struct move_plan *plan;
  const struct process_move *move;
  enum move_kind kind;
  const char *word; /* 人 */
  xmlNode *form;
  xmlNode *found; /* what findings_add says, or NULL; freed with the request */
};

static xmlNode *
section (const struct ask *a, const char *id, const char *title)
{
  xmlNode *s = xml_add (a->form, "section", NULL);

  xml_set (s, "id", id);
  xml_set (s, "t", title);
  return s;
}

static void
line (xmlNode *into, const char *title, const char *text, bool wide)
{
  xmlNode *kv = xml_add (into, "kv", text);

  xml_set (kv, "t", title);
  if (wide)
    xml_set (kv, "w", "3");
}

/* -- What the form brought goes along. */

static void
carry (struct bz_req *req, xmlNode *form)
{
  for (unsigned i = req->first_body; i < req->params->len; i++) {
    const struct param *p = &g_array_index (req->params, struct param, i);
    const char *field;
    gint64 id;

    if (strcmp (p->name, "opinion") == 0 || strcmp (p->name, "take") == 0
        || remark_name (p->name, &id, &field))
      page_hidden (form, p->name, p->value);
  }
}

/* -- What is done, and for whom. */

/* "周文博、谭𬭎" */
static const char *
names (struct bz_req *req, const GPtrArray *items)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (unsigned i = 0; i < items->len; i++) {
    const struct bz_item *item = items->pdata[i];
    bool named = item->label != NULL && *item->label != '\0';

    g_string_append_printf (all, "%s%s", i > 0 ? "、" : "",
                            named ? item->label : "（未填写）");
  }
  return all->len > 0 ? req_strdup (req, all->str) : "无";
}

static void
line_items (const struct ask *a, xmlNode *into, const char *what,
            const GPtrArray *items)
{
  line (into, bz_format (a->req, "%s（%u %s）", what, items->len, a->word),
        names (a->req, items), true);
}

static void
add_deed (const struct ask *a)
{
  struct bz_case *c = a->c;
  const char *opinion = a->plan->opinion;
  xmlNode *s = section (a, "deed", "办理内容");

  line (s, "业务单号", c->number, false);
  line (s, "申请单位", c->scope_name, false);
  line (s, "办理", a->move->title, false);
  line_items (a, s,
              a->kind == MOVE_DONE ? process_whole (c->process, a->move)->title
                                   : c->business->item_title,
              c->items);
  if (a->plan->rest != NULL)
    line_items (a, s, "退回", a->plan->rest);
  if (!case_at_start (c))
    line (s, "意见说明", *opinion != '\0' ? opinion : "未填写", true);
}

/* Remarks go out with what is sent back. */
static bool
sends_back (const struct ask *a)
{
  return a->plan->rest != NULL || a->kind == MOVE_BACK;
}

static const char *
remark_title (const struct ask *a, const struct remark *r)
{
  const struct business *b = a->c->business;
  const GPtrArray *rest = a->plan->rest;
  const char *title = form_field_title (r->item_id != 0 ? b->item : b->head,
                                        r->field);
  const struct bz_item *item = case_find_item (a->c, r->item_id);

  for (unsigned i = 0; item == NULL && rest != NULL && i < rest->len; i++)
    if (((const struct bz_item *) rest->pdata[i])->id == r->item_id)
      item = rest->pdata[i];
  if (title == NULL)
    title = r->field;
  return item != NULL ? bz_format (a->req, "%s：%s", item->label, title)
                      : title;
}

/* The title of the move that would heed them: that of a part, or the one that
 * sends all back; NULL: the operator has none. */
static const char *
move_instead (const struct ask *a, bool part)
{
  g_autoptr (GPtrArray) moves = move_allowed (a->req, a->c);

  for (unsigned i = 0; i < moves->len; i++) {
    const struct process_move *m = moves->pdata[i];

    if (part ? m->rest != NULL
             : m->by == NULL && move_kind (a->c->process, m) == MOVE_BACK)
      return m->title;
  }
  return NULL;
}

/* That WHAT is not heeded, and the way to the move that would. */
static void
say_instead (const struct ask *a, const char *what, const char *wish, bool part)
{
  const char *title = move_instead (a, part);

  if (title == NULL)
    desk_say (a->req, "warn", "%s", what);
  else
    desk_say (a->req, "warn", "%s；%s，请点“返回修改”，再办理“%s”", what, wish,
              title);
}

/* Those that are sent; else how many are not. */
static void
add_remarks (const struct ask *a)
{
  xmlNode *s = NULL;
  struct remark r;
  unsigned at = 0, n = 0;

  while (remark_next (a->req, &at, &r)) {
    n++;
    if (!sends_back (a))
      continue;
    if (s == NULL)
      s = section (a, "remarks", "退回意见");
    line (s, remark_title (a, &r), r.text, true);
  }
  if (n > 0 && s == NULL)
    say_instead (a,
                 bz_format (a->req,
                            "填写了 %u 处退回意见，办理“%s”不会发给申请单位", n,
                            a->move->title),
                 "需要发给申请单位的", false);
}

/* Somebody was chosen, and the move is for all. */
static void
say_taken (const struct ask *a)
{
  unsigned n = 0;

  for (unsigned i = 0; i < a->c->items->len; i++)
    n += move_takes (a->req,
                     ((const struct bz_item *) a->c->items->pdata[i])->id);
  if (a->plan->rest == NULL && n > 0 && n < a->c->items->len)
    say_instead (a,
                 bz_format (a->req, "勾选了 %u %s，“%s”对全部 %u %s办理", n,
                            a->word, a->move->title, a->c->items->len, a->word),
                 "只核准所勾选的", true);
}

/* -- What was found. */

static void
free_found (void *data)
{
  xmlFreeNode (data);
}

/* The findings that want a look; the form carries which they are. */
static int
add_findings (struct ask *a)
{
  xmlNode *checks, *shown;
  unsigned n = 0;
  int rc;

  if (case_at_start (a->c))
    return BZ_OK;
  a->found = xmlNewDocNode (a->req->page, NULL, BAD_CAST "page", NULL);
  req_own (a->req, a->found, free_found);
  rc = findings_add (a->req, a->c, a->found);
  if (rc < 0)
    return rc;
  checks = xml_child (a->found, "checks");
  page_hidden (a->form, "seen", xml_attr (checks, "seen"));
  shown = xml_add (a->form, "checks", NULL);
  for (xmlNode *k = xml_child (checks, "k"); k != NULL; k = xml_next (k, "k")) {
    xmlNode *copy;

    n += strcmp (xml_attr (k, "s"), "ok") == 0;
    if (strcmp (xml_attr (k, "s"), "ok") == 0)
      continue;
    copy = xmlDocCopyNode (k, a->req->page, 1);
    xmlUnsetProp (copy, BAD_CAST "item"); /* nobody stands on this page */
    xmlAddChild (shown, copy);
  }
  if (n > 0)
    xml_set (xml_add (shown, "k", bz_format (a->req, "%u 项通过", n)), "s",
             "ok");
  return BZ_OK;
}

/* -- What follows. */

static int
figure (const xmlNode *row, const char *name)
{
  const char *text = xml_attr (row, name);

  return text != NULL ? (int) g_ascii_strtoll (text, NULL, 10) : 0;
}

/* As the business calls its bars. */
static const char *
figures_title (const struct ask *a)
{
  xmlNode *quota = xml_child (a->found, "quota");
  const char *title = quota != NULL ? xml_attr (quota, "label") : NULL;

  return title != NULL ? title : "各项数字";
}

static void
cell_change (struct bz_req *req, xmlNode *r, int before, int after)
{
  xml_set (xml_add (r, "c", bz_format (req, "%d → %d", before, after)), "c",
           "r num nw");
}

/* The figures of the review's bars, as they are and as they will be. */
static void
add_figures (const struct ask *a)
{
  static const char *const cols[] = { "类型", "核定", "实有", "空编" };
  xmlNode *quota = a->found != NULL ? xml_child (a->found, "quota") : NULL;
  xmlNode *row = quota != NULL ? xml_child (quota, "row") : NULL, *table;

  if (a->kind != MOVE_DONE || row == NULL)
    return;
  table = xml_add (a->form, "table", NULL);
  xml_set (table, "id", "figures");
  xml_set (table, "caption",
           bz_format (a->req, "%s（现在 → 核准后）", figures_title (a)));
  for (size_t i = 0; i < G_N_ELEMENTS (cols); i++) {
    xmlNode *col = xml_add (table, "col", NULL);

    xml_set (col, "t", cols[i]);
    xml_set (col, "c", i > 0 ? "r" : NULL);
  }
  for (; row != NULL; row = xml_next (row, "row")) {
    int have = figure (row, "have"), add = figure (row, "add");
    int left = figure (row, "left");
    xmlNode *r = xml_add (table, "r", NULL);

    (void) xml_add (r, "c", xml_attr (row, "t"));
    xml_set (xml_add (r, "c", xml_attr (row, "cap")), "c", "r num");
    cell_change (a->req, r, have, have + add);
    cell_change (a->req, r, left + add, left);
  }
}

/* "《入编核准通知单》一式三联，《入编审批单》每人一份，共 2 份", as the office
 * calls them. */
static int
sheets (const struct ask *a, const char **ret)
{
  const struct business *b = a->c->business;
  g_autoptr (GString) all = g_string_new (NULL);

  for (unsigned i = 0; i < b->prints->len; i++) {
    const struct print *p = b->prints->pdata[i];
    struct sheet_words words;
    int rc = sheet_applies (a->req, a->c, p);

    if (rc == 0)
      continue;
    if (rc > 0)
      rc = sheet_words_now (a->req, b, p, a->c->office_id, &words);
    if (rc < 0)
      return rc;
    g_string_append_printf (all, "%s《%s》", all->len > 0 ? "，" : "",
                            words.title);
    if (p->each)
      g_string_append_printf (all, "每%s一份，共 %u 份", a->word,
                              a->c->items->len);
    else if (p->labels->len > 0)
      g_string_append_printf (all, "一式%s联", desk_numeral (p->labels->len));
    else
      g_string_append (all, "一份");
  }
  *ret = req_strdup (a->req, all->str);
  return BZ_OK;
}

static int
tell_done (const struct ask *a, xmlNode *s)
{
  const struct business *b = a->c->business;
  const char *which;
  int rc = sheets (a, &which);

  if (rc < 0)
    return rc;
  (void) xml_add (s, "text",
                  bz_format (a->req,
                             "核准 %u %s，申请单办结%s；办结后不能再退回。",
                             a->c->items->len, a->word,
                             b->number != NULL ? "，编号自动生成" : ""));
  if (*which != '\0')
    (void) xml_add (s, "text", bz_format (a->req, "出具%s。", which));
  if (a->plan->rest != NULL)
    (void) xml_add (s, "text",
                    bz_format (a->req,
                               "其余 %u %s另成一张申请单，退回申请单位修改。",
                               a->plan->rest->len, a->word));
  return BZ_OK;
}

static void
tell_end (const struct ask *a, xmlNode *s)
{
  (void)
    xml_add (s, "text",
             bz_format (a->req,
                        "申请单 %s（%u %s）将%s，%s后不能恢复，也不能再修改"
                        "或上报。",
                        a->c->number, a->c->items->len, a->word, a->move->title,
                        a->move->title));
  if (a->found != NULL)
    (void) xml_add (s, "text",
                    bz_format (a->req, "%s不变，不出具文书。",
                               figures_title (a)));
}

static int
add_outcome (const struct ask *a)
{
  const struct process_step *to = process_step (a->c->process, a->move->to);
  xmlNode *s = section (a, "outcome", "确认以后");

  if (a->kind == MOVE_DONE)
    return tell_done (a, s);
  if (a->kind == MOVE_END)
    tell_end (a, s);
  else
    (void) xml_add (s, "text",
                    bz_format (a->req, "申请单%s“%s”。",
                               a->kind == MOVE_BACK ? "退到" : "转到",
                               to->title));
  return BZ_OK;
}

/* -- The page. */

static void
add_buttons (const struct ask *a)
{
  bool end = a->kind == MOVE_END;
  struct bz_req *req = a->req;

  desk_button (a->form, "move", a->move->name,
               end
                 ? bz_format (req, "%s申请单 %s", a->move->title, a->c->number)
                 : bz_format (req, "确认%s", a->move->title),
               end ? "bad" : "pri");
  if (move_may_review (req, a->c))
    desk_button (a->form, "back", "1", "返回修改", NULL);
  else
    desk_link (a->form, bz_href (req, "%s", desk_path (req, a->c, "%s", "")),
               "返回申请单", NULL);
}

int
ask_page (struct bz_req *req, struct bz_case *c, const struct move_plan *p)
{
  struct ask a = { .req = req,
                   .c = c,
                   .plan = p,
                   .move = p->move,
                   .kind = move_kind (c->process, p->move),
                   .word = c->business->item_word };
  int rc;

  /* The checks' marks come again as findings. */
  g_array_set_size (req->marks, 0);
  bz_view (req, "confirm");
  desk_top (req, c, bz_format (req, "%s确认", p->move->title));
  bz_title (req, "%s%s确认", c->business->title, p->move->title);
  audit_later (req, bz_format (req, "%s.confirm", c->business->name), "case",
               c->id);
  a.form = desk_form (req, desk_root (req), desk_path (req, c, "/move"),
                      c->version);
  page_hidden (a.form, "confirmed", p->move->name);
  carry (req, a.form);
  say_taken (&a);
  add_deed (&a);
  add_remarks (&a);
  rc = case_at_start (c) ? BZ_OK : desk_head_sections (req, c, true, a.form);
  if (rc >= 0)
    rc = add_findings (&a);
  if (rc < 0)
    return rc;
  add_figures (&a);
  rc = add_outcome (&a);
  add_buttons (&a);
  return rc;
}
