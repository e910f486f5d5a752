/* The page document's common parts: shell, menu, errors, error pages.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "show/page.h"
#include "data/xml.h"
#include "define/business.h"
#include "people/key.h"
#include "people/perm.h"
#include "people/session.h"
#include "serve/conf.h"
#include "serve/route.h"
#include "show/view.h"

static xmlNode *
page_root (struct bz_req *req)
{
  if (req->page == NULL) {
    req->page = xmlNewDoc (BAD_CAST "1.0");
    xmlDocSetRootElement (req->page, xmlNewDocNode (req->page, NULL,
                                                    BAD_CAST "page", NULL));
  }
  return xmlDocGetRootElement (req->page);
}

/* A child that stands before what the handler put in. */
static xmlNode *
add_first (xmlNode *parent, const char *name)
{
  xmlNode *node = xmlNewDocNode (parent->doc, NULL, BAD_CAST name, NULL);

  if (parent->children == NULL)
    xmlAddChild (parent, node);
  else
    xmlAddPrevSibling (parent->children, node);
  return node;
}

static xmlNode *
child_or_new (xmlNode *parent, const char *name)
{
  xmlNode *node = xml_child (parent, name);

  return node != NULL ? node : add_first (parent, name);
}

static const char *
base_of (struct bz_req *req)
{
  return req->conf == NULL || req->conf->base == NULL ? "" : req->conf->base;
}

struct bz_node *
bz_page (struct bz_req *req)
{
  return xml_bz (page_root (req));
}

void
bz_title (struct bz_req *req, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  xml_set (page_root (req), "title", text);
}

void
bz_crumb (struct bz_req *req, const char *text, const char *href)
{
  xmlNode *c = xml_add (child_or_new (page_root (req), "crumb"), "c", text);

  if (href != NULL)
    xml_set (c, "href", href);
}

xmlNode *
page_form (struct bz_req *req, xmlNode *into, const char *path)
{
  xmlNode *form = xml_add (into, "form", NULL);
  const char *key = key_new (req, path);
  g_autofree char *action = g_strconcat (base_of (req), path, NULL);

  xml_set (form, "action", action);
  if (key != NULL)
    xml_set (form, "key", key);
  return form;
}

void
page_hidden (xmlNode *form, const char *name, const char *value)
{
  xmlNode *hidden = xml_add (form, "hidden", NULL);

  xml_set (hidden, "n", name);
  xml_set (hidden, "v", value != NULL ? value : "");
}

/* -- Menu. */

static bool
may_see (const struct session *session, const char *permission)
{
  if (permission == NULL || g_str_equal (permission, "session"))
    return true;
  for (const char *const *role = session->roles; *role != NULL; role++)
    if (perm_role_has (*role, permission))
      return true;
  return false;
}

static xmlNode *
menu_group (xmlNode *menu, const char *title)
{
  xmlNode *g = xml_child (menu, "g");

  while (g != NULL && g_strcmp0 (xml_attr (g, "t"), title) != 0)
    g = xml_next (g, "g");
  if (g == NULL) {
    g = xml_add (menu, "g", NULL);
    xml_set (g, "t", title);
  }
  return g;
}

static bool
leads_to (const struct menu_item *item, const char *path)
{
  return path != NULL && g_str_has_prefix (path, item->href)
      && (item->href[1] != '\0' || path[1] == '\0');
}

/* The item whose page PATH is, or is below: of /use/ and /use/plan the longer. */
static const struct menu_item *
current (const GPtrArray *items, const struct menu_item *desk, const char *path)
{
  const struct menu_item *best = leads_to (desk, path) ? desk : NULL;

  for (guint i = 0; items != NULL && i < items->len; i++) {
    const struct menu_item *item = g_ptr_array_index (items, i);

    if (leads_to (item, path)
        && (best == NULL || strlen (item->href) > strlen (best->href)))
      best = item;
  }
  return best;
}

/* "a/b/c" becomes item "c" in group "a · b". */
static void
menu_put (xmlNode *menu, const char *base, const struct menu_item *item,
          bool here)
{
  g_auto (GStrv) parts = g_strsplit (item->path, "/", -1);
  guint n = g_strv_length (parts);
  g_autofree char *last = n == 0 ? g_strdup ("")
                                 : g_steal_pointer (&parts[n - 1]);
  g_autofree char *group = g_strjoinv (" · ", parts);
  g_autofree char *href = g_strconcat (base, item->href, NULL);
  xmlNode *m = xml_add (menu_group (menu, *group == '\0' ? "其他" : group), "m",
                        NULL);

  xml_set (m, "t", last);
  xml_set (m, "href", href);
  if (here)
    xml_set (m, "cur", "1");
}

static void
menu_build (struct bz_req *req, xmlNode *shell)
{
  static char desk_path[] = "工作台/待办事项", desk_href[] = "/";
  const struct menu_item desk = { desk_path, desk_href, NULL };
  const GPtrArray *items = menu_items ();
  const struct menu_item *here = current (items, &desk, req->path);
  xmlNode *menu = xml_add (shell, "menu", NULL);

  menu_put (menu, base_of (req), &desk, here == &desk);
  for (guint i = 0; items != NULL && i < items->len; i++) {
    const struct menu_item *item = g_ptr_array_index (items, i);

    if (may_see (req->session, item->permission))
      menu_put (menu, base_of (req), item, here == item);
  }
}

/* -- Shell. */

static int (*frame_fill) (struct bz_req *, xmlNode *shell);

void
page_frame (int (*fill) (struct bz_req *, xmlNode *shell))
{
  frame_fill = fill;
}

static void
shell_user (struct bz_req *req, xmlNode *shell)
{
  const struct session *session = req->session;
  g_autoptr (GString) roles = g_string_new (NULL);
  g_autofree char *logout = g_strconcat (base_of (req), "/logout", NULL);
  g_autofree char *password = g_strconcat (base_of (req), "/password", NULL);
  const char *key = key_new (req, "/logout");

  for (const char *const *role = session->roles; *role != NULL; role++) {
    const char *title = perm_role_title (*role);

    if (title != NULL)
      g_string_append_printf (roles, "%s%s", roles->len > 0 ? "、" : "", title);
  }
  xml_set (shell, "user", session->operator_name);
  if (roles->len > 0)
    xml_set (shell, "role", roles->str);
  xml_set (shell, "unit", session->scope_name);
  if (session->acting_for != 0)
    xml_set (shell, "for", session->acting_name);
  xml_set (shell, "logout", logout);
  if (key != NULL)
    xml_set (shell, "logout-key", key);
  if (session->must_change)
    return;
  xml_set (shell, "password", password);
  menu_build (req, shell);
  /* A page of an error asks the database for nothing more; any other page is
   * worth showing without the counts. */
  if (frame_fill != NULL && g_strcmp0 (req->view, "error") != 0)
    (void) frame_fill (req, shell);
}

/* Whom to call: the office of who is logged in, or the one that the
 * configuration names. */
static void
shell_office (struct bz_req *req, xmlNode *shell)
{
  const struct session *s = req->session;
  const char *phone = s != NULL && s->office_phone != NULL ? s->office_phone
                                                           : req->conf->phone;

  xml_set (shell, "office",
           s != NULL && s->office_name != NULL ? s->office_name
                                               : req->conf->office);
  if (phone != NULL && *phone != '\0')
    xml_set (shell, "phone", phone);
}

static void
shell_build (struct bz_req *req, xmlNode *page)
{
  xmlNode *shell = child_or_new (page, "shell");
  g_autofree char *files = g_strconcat (base_of (req), "/static/", NULL);

  xml_set (shell, "product", req->conf->product);
  shell_office (req, shell);
  xml_set (shell, "base", base_of (req));
  xml_set (shell, "static", files);
  xml_set (shell, "v", view_static_version ());
  if (req->session != NULL)
    shell_user (req, shell);
}

/* -- Errors. */

/* Where each field of the page stands: its id -> its section's short title
 * ("" outside of a section). */
static void
find_fields (const xmlNode *node, const char *section, GHashTable *ret)
{
  for (const xmlNode *n = node; n != NULL; n = n->next) {
    const char *id, *name = (const char *) n->name, *here = section;

    if (n->type != XML_ELEMENT_NODE || g_str_equal (name, "item"))
      continue;
    if (g_str_equal (name, "section") && xml_attr (n, "short") != NULL)
      here = xml_attr (n, "short");
    id = xml_attr (n, "id");
    if (id != NULL && g_str_equal (name, "x"))
      g_hash_table_replace (ret, g_strconcat ("paper.", id, NULL),
                            g_strdup (here));
    else if (id != NULL
             && (g_str_equal (name, "f") || g_str_equal (name, "c")
                 || g_str_equal (name, "grid") || g_str_equal (name, "photo")))
      g_hash_table_replace (ret, g_strdup (id), g_strdup (here));
    else if (g_str_equal (name, "move"))
      g_hash_table_replace (ret, g_strdup ("opinion"), g_strdup ("审核意见"));
    find_fields (n->children, here, ret);
  }
}

/* A link only where there is something to go to: another page, or a field of
 * this one. */
static void
say_mark (xmlNode *page, const struct mark *mark, GHashTable *fields)
{
  xmlNode *list = child_or_new (page, mark->warn ? "warnings" : "errors");
  xmlNode *e = xml_add (list, "e", mark->text);
  const char *section = mark->field == NULL
                        ? NULL
                        : g_hash_table_lookup (fields, mark->field);

  if (mark->href != NULL)
    xml_set (e, "href", mark->href);
  if (section == NULL)
    return;
  xml_set (e, "f", mark->field);
  if (*section != '\0')
    xml_set (e, "sec", section);
}

static void
marks_show (struct bz_req *req, xmlNode *page)
{
  g_autoptr (GHashTable) fields = NULL;

  if (req->marks == NULL || req->marks->len == 0)
    return;
  fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  find_fields (page->children, "", fields);
  for (guint i = 0; i < req->marks->len; i++)
    say_mark (page, &g_array_index (req->marks, struct mark, i), fields);
}

/* -- Searches that post: what a clerk types there never stands in an address
 * (doc/decisions/0001-no-names-in-addresses.md). */

static void
post_keys (struct bz_req *req, xmlNode *page)
{
  size_t skip = strlen (base_of (req));

  for (xmlNode *n = page->children; n != NULL; n = n->next) {
    const char *action = n->type == XML_ELEMENT_NODE ? xml_attr (n, "action")
                                                     : NULL;
    bool posts = action != NULL
              && (g_str_equal (n->name, "pager")
                  || (g_str_equal (n->name, "query")
                      && g_strcmp0 (xml_attr (n, "method"), "post") == 0));

    if (posts)
      xml_set (n, "key", key_new (req, action + skip));
  }
}

int
page_finish (struct bz_req *req)
{
  xmlNode *page = page_root (req);
  const char *view = req->view;

  if (view == NULL && req->route != NULL)
    view = req->route->row.view;
  if (view != NULL)
    xml_set (page, "view", view);
  marks_show (req, page);
  if (req->session != NULL)
    post_keys (req, page);
  shell_build (req, page);
  return BZ_OK;
}

/* What the reader can do; nobody is told to "contact the administrator"
 * without a number. */
static const char *
what_to_do (int http_status)
{
  switch (http_status) {
  case 400:
  case 413:
  case 422:
    return "请返回上一页核对后重新提交。";
  case 401:
    return "请重新登录后继续。";
  case 403:
    return "如确需办理，请由有权限的经办人登录，或联系机构编制部门。";
  case 404:
    return "请从菜单或列表中重新进入。";
  case 409:
    return "请重新打开这一页，按现在的内容办理。";
  case 503:
    return "数据没有丢失，请稍等一两分钟后再提交一次。";
  default:
    return "请稍后再试；仍不能办理的，请记下当前时间并联系机构编制部门。";
  }
}

void
page_error (struct bz_req *req, int http_status, const char *title,
            const char *text)
{
  xmlNode *page;

  xmlFreeDoc (req->page);
  req->page = NULL;
  page = page_root (req);
  xml_set (page, "title", title);
  if (text != NULL)
    xml_add (page, "text", text);
  xml_add (page, "todo", what_to_do (http_status));
  if (http_status == 403 || http_status == 409 || http_status >= 500)
    xml_set (page, "call", "1");
  req->view = "error";
  req->workbook = false;
  req->http_status = http_status;
}
