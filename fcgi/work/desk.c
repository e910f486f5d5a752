/* The desk: its routes, and finding what a request is about.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "work/desk.h"
#include <stdarg.h>
#include <string.h>
#include "data/xml.h"
#include "define/process.h"
#include "people/session.h"
#include "serve/route.h"
#include "show/page.h"
#include "work/desk-page.h"
#include "work/move.h"
#include "work/workday.h"

/* For whom the operator is at work on the case; a parent that decides does so in
 * its own name. */
static void
desk_acts (struct bz_req *req, const struct bz_case *c)
{
  if (g_str_has_suffix (req->route->row.permission, ".apply")
      || move_may_edit (req, c))
    session_fills_for (req, c->scope_id, c->scope_name);
  else if (!move_may_review (req, c))
    session_acts_for (req, c->scope_id, c->scope_name);
}

int
desk_case (struct bz_req *req, bool lock, struct bz_case **ret)
{
  const char *text = bz_param (req, "case");
  gint64 id;
  int rc;

  if (text == NULL
      || !g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, &id, NULL))
    return bz_fail (req, BZ_NOT_FOUND, "没有这张申请单");
  rc = case_load (req, req->route->business, id, lock, ret);
  if (rc == BZ_OK)
    desk_acts (req, *ret);
  return rc;
}

int
desk_item (struct bz_req *req, struct bz_case *c, struct bz_item **ret)
{
  const char *text = bz_param (req, "item");
  struct bz_item *item = NULL;
  gint64 id;

  if (text != NULL
      && g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, &id, NULL))
    item = case_find_item (c, id);
  if (item == NULL)
    return bz_fail (req, BZ_NOT_FOUND, "申请单 %s 中没有这一%s，可能已被删除",
                    c->number, c->business->item_word);
  *ret = item;
  return BZ_OK;
}

const char *
desk_path (struct bz_req *req, const struct bz_case *c, const char *format, ...)
{
  g_autofree char *rest = NULL;
  va_list args;

  va_start (args, format);
  rest = g_strdup_vprintf (format, args);
  va_end (args);
  return bz_format (req, "/%s/%lld%s", c->business->name, (long long) c->id,
                    rest);
}

const char *
desk_items_title (struct bz_req *req, const struct business *b)
{
  return b->key != NULL ? bz_format (req, "%s名单", b->item_title)
                        : b->item_title;
}

int64_t
desk_id (struct bz_req *req, const char *name)
{
  const char *text = bz_param (req, name);
  gint64 id;

  return text != NULL
          && g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, &id, NULL)
         ? id
         : 0;
}

xmlNode *
desk_root (struct bz_req *req)
{
  return xml_node (bz_page (req));
}

/* What was done before the browser came here by 303. */
static const char *
done_sentence (struct bz_req *req, const struct business *b, const char *code)
{
  static const struct {
    const char *code, *text;
    const char *rest; /* after the title of the business's items, or NULL */
  } done[] = {
    { "new", "申请单已建立，请上传附件、添加", "后上报" },
    { "head", "申请信息已保存", NULL },
    { "refit", "申请信息已保存；下列", "与新的申请信息不符，请逐一改正" },
    { "item", "", "信息已保存" },
    { "picked", "", "已添加，请逐一点“修改”填写" },
    { "added", "", "已添加" },
    { "keep", "已暂存，填写完整后才能上报", NULL },
    { "partly", "已保存，但还有需要改正的内容，改正后才能上报", NULL },
    { "removed", "", "已从申请单中删除" },
    { "paper", "附件已上传", NULL },
    { "paper-removed", "附件已移除", NULL },
    { "paper-changed", "附件已移除，同时选择的附件已上传", NULL },
    { "corrected", "核定已保存", NULL },
    { "submit", "申请单已上报，请等待审核", NULL },
    { "approve", "申请单已核准", NULL },
    { "part", "所选", "已核准，其余已另成一张申请单退回" },
    { "pass", "已同意，申请单转到下一步", NULL },
    { "forward", "申请单已转办", NULL },
    { "return", "申请单已退回申请单位", NULL },
    { "reject", "申请单已作不予办理处理", NULL },
    { "withdraw", "申请单已撤回，可以修改后重新上报", NULL },
    { "cancel", "申请单已作废", NULL },
    { "held", "已同意，待对方业务核准后同时办结", NULL },
    { "release", "同意已撤回，申请单回到审批环节", NULL },
    { "joined", "已按对方的申请建立申请单，请逐一核对", "后上报" },
  };

  for (size_t i = 0; code != NULL && i < G_N_ELEMENTS (done); i++)
    if (strcmp (done[i].code, code) == 0)
      return done[i].rest == NULL ? done[i].text
                                  : bz_format (req, "%s%s%s", done[i].text,
                                               b->item_title, done[i].rest);
  return NULL;
}

void
desk_say (struct bz_req *req, const char *kind, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  xml_set (xml_add (desk_root (req), "message", text), "kind", kind);
}

void
desk_top (struct bz_req *req, const struct bz_case *c, const char *here)
{
  const struct business *b = c->business;
  xmlNode *page = desk_root (req);
  const char *done = done_sentence (req, b, bz_param (req, "done"));
  const char *tone, *status = case_status (c, &tone);

  bz_title (req, "%s", b->title);
  bz_crumb (req, "首页", bz_href (req, "/"));
  bz_crumb (req, bz_format (req, "%s管理", b->title),
            bz_href (req, "/%s/", b->name));
  if (c->id != 0) {
    if (here != NULL)
      bz_crumb (req, c->number,
                bz_href (req, "%s", desk_path (req, c, "%s", "")));
    xml_set (page, "no", c->number);
    xml_set (page, "status", status);
    xml_set (page, "tone", tone);
  }
  bz_crumb (req, here != NULL ? here : c->number, NULL);
  if (done != NULL && strcmp (req->method, "GET") == 0)
    desk_say (req, "done", "%s", done);
}

bool
desk_stale (struct bz_req *req, int version)
{
  const char *text = bz_param (req, "version");
  gint64 posted;

  return text == NULL
      || !g_ascii_string_to_signed (text, 10, 0, G_MAXINT, &posted, NULL)
      || posted != version;
}

xmlNode *
desk_form (struct bz_req *req, xmlNode *into, const char *path, int version)
{
  xmlNode *form = page_form (req, into, path);

  if (version > 0)
    page_hidden (form, "version", bz_format (req, "%d", version));
  return form;
}

xmlNode *
desk_button (xmlNode *form, const char *name, const char *value,
             const char *text, const char *look)
{
  xmlNode *b = xml_add (form, "b", text);

  if (strcmp (name, "do") != 0)
    xml_set (b, "n", name);
  xml_set (b, "do", value);
  if (look != NULL)
    xml_set (b, "c", look);
  return b;
}

void
desk_link (xmlNode *form, const char *href, const char *text, const char *look)
{
  xmlNode *a = xml_add (form, "a", text);

  xml_set (a, "href", href);
  if (look != NULL)
    xml_set (a, "c", look);
}

void
desk_says (struct bz_req *req, const struct bz_item *item)
{
  for (unsigned i = 0; i < item->says->len; i++) {
    g_auto (GStrv) part = g_strsplit (item->says->pdata[i], "\t", 2);

    if (part[0] != NULL && part[1] != NULL)
      desk_say (req, part[0], "%s", part[1]);
  }
}

/* -- What waits for whom. */

struct waits {
  struct bz_req *req;
  const struct business *business;
  GString *of[3];
};

static void
waits_add (struct waits *w, const struct process *p,
           const struct process_step *s, const char *which)
{
  GString *into = w->of[s->where == WHERE_HIGHER ? WHERE_OFFICE : s->where];

  g_string_append_printf (into, "%s%s:%s:%s%s", into->len > 0 ? "," : "",
                          p->business, p->name, s->name, which);
}

static void
waits_process (const struct process *p, void *data)
{
  struct waits *w = data;

  if (w->business != NULL && strcmp (w->business->name, p->business) != 0)
    return;
  for (unsigned i = 0; i < p->steps->len; i++) {
    const struct process_step *s = p->steps->pdata[i];
    const char *desk = s->desk ? w->req->session->desk : NULL;
    bool mine = false;

    for (char **r = s->roles; *r != NULL; r++)
      mine |= session_has_role (w->req->session, *r);
    if (mine && desk != NULL) {
      waits_add (w, p, s, bz_format (w->req, "@%s", desk));
      waits_add (w, p, s, "@"); /* a unit that no desk serves */
    }
    else if (mine)
      waits_add (w, p, s, s->where == WHERE_HIGHER ? "^" : "");
    if (s->climb != NULL && session_has_role (w->req->session, s->climb))
      waits_add (w, p, s, "!");
  }
}

void
desk_waits (struct bz_req *req, const struct business *b,
            struct desk_waits *ret)
{
  struct waits w = { .req = req, .business = b };

  for (size_t i = 0; i < G_N_ELEMENTS (w.of); i++)
    w.of[i] = g_string_new (NULL);
  if (req->session != NULL)
    process_foreach (waits_process, &w);
  ret->own = req_strdup (req, w.of[WHERE_OWN]->str);
  ret->parent = req_strdup (req, w.of[WHERE_PARENT]->str);
  ret->office = req_strdup (req, w.of[WHERE_OFFICE]->str);
  ret->today = bz_today (req);
  for (size_t i = 0; i < G_N_ELEMENTS (w.of); i++)
    g_string_free (w.of[i], TRUE);
}

bool
desk_waits_none (const struct desk_waits *w)
{
  return *w->own == '\0' && *w->parent == '\0' && *w->office == '\0';
}

const char *
desk_left (struct bz_req *req, const char *due_on, bool *late)
{
  int days;

  *late = false;
  if (due_on == NULL || *due_on == '\0')
    return NULL;
  days = workday_between (bz_today (req), due_on);
  *late = strcmp (bz_today (req), due_on) > 0;
  if (*late && days == 0)
    return "已超期"; /* and no working day since */
  if (*late)
    return bz_format (req, "超期 %d 个工作日", -days);
  return bz_format (req, "余 %d 个工作日%s", days,
                    workday_known (due_on) ? "" : "（暂定）");
}

/* -- Routes. */

static const struct {
  const char *method, *path, *grant;
  enum { NO_FORM, HEAD_FORM, ITEM_FORM } form;
  const char *view;
  int (*handle) (struct bz_req *);
} table[] = {
  { "GET", "/", "view", NO_FORM, "list", list_get },
  { "POST", "/", "view", NO_FORM, "list", list_get },
  { "GET", "/new", "apply", HEAD_FORM, "form", head_new_get },
  { "POST", "/new", "apply", HEAD_FORM, "form", head_new_post },
  { "GET", "/{case}", "view", HEAD_FORM, "case", case_get },
  { "POST", "/{case}", "apply", HEAD_FORM, "case", case_post },
  { "POST", "/{case}/paper", "apply", HEAD_FORM, "case", paper_post },
  { "GET", "/{case}/paper/{paper}", "view", NO_FORM, NULL, paper_get },
  { "GET", "/{case}/item/new", "apply", ITEM_FORM, "form", item_new_get },
  { "POST", "/{case}/item/new", "apply", ITEM_FORM, "form", item_new_post },
  { "GET", "/{case}/pick", "apply", NO_FORM, "form", pick_get },
  { "POST", "/{case}/pick", "apply", NO_FORM, "form", pick_post },
  { "GET", "/{case}/item/{item}", "view", ITEM_FORM, "form", item_get },
  { "POST", "/{case}/item/{item}", "apply", ITEM_FORM, "form", item_post },
  { "GET", "/{case}/item/{item}/remove", "apply", NO_FORM, "form",
    item_remove_get },
  { "POST", "/{case}/item/{item}/remove", "apply", NO_FORM, "form",
    item_remove_post },
  { "GET", "/{case}/item/{item}/correct", "review", ITEM_FORM, "form",
    correct_get },
  { "POST", "/{case}/item/{item}/correct", "review", ITEM_FORM, "form",
    correct_post },
  { "GET", "/{case}/confirm", "apply", NO_FORM, "confirm", confirm_get },
  { "GET", "/{case}/review", "review", NO_FORM, "review", review_get },
  { "GET", "/pair/", "view", NO_FORM, "list", pairs_get },
  { "GET", "/pair/{pair}", "apply", NO_FORM, "form", pair_get },
  { "POST", "/pair/{pair}", "apply", NO_FORM, "form", pair_post },
  { "GET", "/batch", "review", NO_FORM, "confirm", batch_get },
  { "POST", "/batch", "review", NO_FORM, "confirm", batch_post },
  { "POST", "/{case}/move", "view", NO_FORM, "review", move_post },
  { "POST", "/{case}/print/{print}", "print", NO_FORM, "case", print_post },
  { "GET", "/{case}/print/{print}", "print", NO_FORM, NULL, print_get },
  { "GET", "/{case}/print/{print}/pdf", "print", NO_FORM, NULL, print_pdf },
};

static const char *
desk_form_name (const struct business *b, int which)
{
  if (which == NO_FORM)
    return NULL;
  return form_name (which == HEAD_FORM ? b->head : b->item);
}

/* Items are either typed or picked from a list. */
static bool
desk_has (const struct business *b, const char *path)
{
  if (g_str_has_prefix (path, "/pair/"))
    return b->pair != NULL;
  return strcmp (path, b->pick != NULL ? "/{case}/item/new" : "/{case}/pick")
      != 0;
}

int
desk_routes (const struct business *b, GError **error)
{
  for (size_t i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *path = g_strconcat ("/", b->name, table[i].path, NULL);
    g_autofree char *grant = g_strconcat (b->name, ".", table[i].grant, NULL);
    const struct bz_route row = {
      .method = table[i].method,
      .path = g_intern_string (path),
      .permission = g_intern_string (grant),
      .form = desk_form_name (b, (int) table[i].form),
      .view = table[i].view,
      .handle = table[i].handle,
    };
    int rc = BZ_OK;

    if (desk_has (b, table[i].path))
      rc = route_add (&row, b->name, b, error);
    if (rc < 0)
      return rc;
  }
  return BZ_OK;
}
