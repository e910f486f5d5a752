/* The page document's common parts.  What the session, the rights and the
 * menu would say is said by this file.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <libxml/xpath.h>
#include "data/xml.h"
#include "define/business.h"
#include "people/key.h"
#include "people/perm.h"
#include "people/session.h"
#include "serve/conf.h"
#include "serve/route.h"
#include "show/page.h"

static GPtrArray *items;

const GPtrArray *
menu_items (void)
{
  return items;
}

bool
perm_role_has (const char *role, const char *permission)
{
  return g_str_equal (role, "clerk") && g_str_has_prefix (permission, "entry.");
}

const char *
perm_role_title (const char *role)
{
  return g_str_equal (role, "clerk") ? "单位经办"
         : g_str_equal (role, "chief") ? "负责人" : NULL;
}

const char *
key_new (struct bz_req *req, const char *path)
{
  return req->session == NULL ? NULL : g_intern_string (path);
}

/* -- A request that nobody sent. */

static char office[] = "机构编制部门", named[] = "示例市编办";
static char product[] = "平台", base[] = "/bianzhi", phone[] = "0000-0000000";
static struct conf conf = { .product = product, .base = base, .phone = phone,
                            .office = office };
static const char *const clerk[] = { "clerk", "unknown", "chief", NULL };
static const char *const nobody[] = { NULL };
static struct session session = { .operator_id = 7, .operator_name = "王敏",
                                  .scope_name = "市生态环境局" };

struct fixture { struct bz_req req; };

static void
set_up (struct fixture *f, gconstpointer data)
{
  memset (f, 0, sizeof *f);
  f->req.conf = &conf;
  f->req.path = "/entry/7";
  f->req.marks = g_array_new (FALSE, TRUE, sizeof (struct mark));
  session.roles = clerk;
  session.must_change = false;
  f->req.session = &session;
}

static void
tear_down (struct fixture *f, gconstpointer data)
{
  xmlFreeDoc (f->req.page);
  g_array_unref (f->req.marks);
}

static void
assert_says (struct fixture *f, const char *xpath, const char *want)
{
  xmlXPathContext *ctxt = xmlXPathNewContext (f->req.page);
  xmlXPathObject *found = xmlXPathEvalExpression (BAD_CAST xpath, ctxt);
  xmlChar *text = xmlXPathCastToString (found);

  g_assert_cmpstr ((const char *) text, ==, want);
  xmlFree (text);
  xmlXPathFreeObject (found);
  xmlXPathFreeContext (ctxt);
}

static void
mark (struct fixture *f, const char *field, const char *text, bool warn,
      const char *href)
{
  const struct mark m
    = { .field = field, .text = text, .warn = warn, .href = href };

  g_array_append_val (f->req.marks, m);
}

static void
test_head (struct fixture *f, gconstpointer data)
{
  bz_title (&f->req, "人员 <%s> 100%%", "入编");
  bz_crumb (&f->req, "首页", "/bianzhi/");
  bz_crumb (&f->req, "填报 & 核对", NULL);
  f->req.view = "form";
  g_assert_cmpint (page_finish (&f->req), ==, BZ_OK);
  assert_says (f, "string(/page/@title)", "人员 <入编> 100%");
  assert_says (f, "string(/page/@view)", "form");
  assert_says (f, "string(/page/crumb/c[1]/@href)", "/bianzhi/");
  assert_says (f, "string(/page/crumb/c[2])", "填报 & 核对");
  assert_says (f, "count(/page/crumb/c[2]/@href)", "0");
}

static void
test_shell (struct fixture *f, gconstpointer data)
{
  conf.office = named;
  page_finish (&f->req);
  assert_says (f, "string(/page/shell/@product)", "平台");
  assert_says (f, "string(/page/shell/@office)", "示例市编办");
  assert_says (f, "string(/page/shell/@phone)", "0000-0000000");
  assert_says (f, "string(/page/shell/@base)", "/bianzhi");
  assert_says (f, "string(/page/shell/@static)", "/bianzhi/static/");
  assert_says (f, "string(/page/shell/@user)", "王敏");
  assert_says (f, "string(/page/shell/@role)", "单位经办、负责人");
  assert_says (f, "string(/page/shell/@unit)", "市生态环境局");
  assert_says (f, "string(/page/shell/@logout)", "/bianzhi/logout");
  assert_says (f, "string(/page/shell/@logout-key)", "/logout");
  assert_says (f, "name(/page/*[1])", "shell");
  conf.office = office;
}

/* What a handler put into <shell> before stays. */
static void
test_shell_kept (struct fixture *f, gconstpointer data)
{
  xmlNode *page = xml_node (bz_page (&f->req));

  xml_set (xml_add (page, "shell", NULL), "todo", "3");
  page_finish (&f->req);
  assert_says (f, "count(/page/shell)", "1");
  assert_says (f, "string(/page/shell/@todo)", "3");
}

static void
test_nobody (struct fixture *f, gconstpointer data)
{
  f->req.session = NULL;
  page_finish (&f->req);
  assert_says (f, "count(/page/shell/@user)", "0");
  assert_says (f, "count(/page/shell/menu)", "0");
  assert_says (f, "count(/page/shell/@logout-key)", "0");
}

static void
test_menu (struct fixture *f, gconstpointer data)
{
  page_finish (&f->req);
  assert_says (f, "string(/page/shell/menu/g[1]/@t)", "工作台");
  assert_says (f, "string(/page/shell/menu/g[1]/m/@href)", "/bianzhi/");
  assert_says (f, "count(/page/shell/menu/g[1]/m/@cur)", "0");
  assert_says (f, "string(/page/shell/menu/g[2]/@t)",
               "实名制管理系统 · 人员业务申请");
  assert_says (f, "count(/page/shell/menu/g[2]/m)", "2");
  assert_says (f, "string(/page/shell/menu/g[2]/m[1]/@t)", "人员入编管理");
  assert_says (f, "string(/page/shell/menu/g[2]/m[1]/@href)",
               "/bianzhi/entry/");
  assert_says (f, "string(/page/shell/menu//m[@cur]/@t)", "人员入编管理");
  assert_says (f, "string(/page/shell/menu/g[3]/@t)", "其他");
  assert_says (f, "count(/page/shell/menu//m[@t='系统管理'])", "0");
}

static void
test_menu_no_right (struct fixture *f, gconstpointer data)
{
  session.roles = nobody;
  page_finish (&f->req);
  assert_says (f, "count(/page/shell/menu//m)", "2");  /* desk, public help */
}

static void
test_first_password (struct fixture *f, gconstpointer data)
{
  session.must_change = true;
  page_finish (&f->req);
  assert_says (f, "count(/page/shell/menu)", "0");
  assert_says (f, "count(/page/shell/@password)", "0");
  assert_says (f, "string(/page/shell/@user)", "王敏");
}

static void
put_section (xmlNode *page)
{
  xmlNode *form = xml_add (page, "form", NULL);
  xmlNode *section = xml_add (form, "section", NULL);
  xmlNode *row;

  xml_set (section, "id", "basic");
  xml_set (section, "short", "基本信息");
  xml_set (xml_add (section, "f", NULL), "id", "birth_date");
  row = xml_add (xml_add (section, "grid", NULL), "r", NULL);
  xml_set (xml_add (row, "c", NULL), "id", "duty.1.post");
  xml_set (xml_add (xml_add (section, "filelist", NULL), "x", NULL), "id",
           "approval");
  xml_set (xml_add (form, "f", NULL), "id", "lone");
}

static void
test_marks (struct fixture *f, gconstpointer data)
{
  put_section (xml_node (bz_page (&f->req)));
  mark (f, "birth_date", "出生日期不对", false, NULL);
  mark (f, "duty.1.post", "请选择职务", false, NULL);
  mark (f, "paper.approval", "请上传", false, NULL);
  mark (f, "lone", "请填写", false, NULL);
  mark (f, "elsewhere", "不在本页", false, NULL);
  mark (f, NULL, "整张表", false, NULL);
  mark (f, "sex", "第 2 人请选择性别", false, "/bianzhi/entry/7/item/2");
  mark (f, "birth_date", "请核对", true, NULL);
  page_finish (&f->req);
  assert_says (f, "count(/page/errors/e)", "7");
  assert_says (f, "string(/page/errors/e[1]/@f)", "birth_date");
  assert_says (f, "string(/page/errors/e[1]/@sec)", "基本信息");
  assert_says (f, "string(/page/errors/e[1])", "出生日期不对");
  assert_says (f, "string(/page/errors/e[2]/@f)", "duty.1.post");
  assert_says (f, "string(/page/errors/e[3]/@f)", "paper.approval");
  assert_says (f, "string(/page/errors/e[4]/@f)", "lone");
  assert_says (f, "count(/page/errors/e[4]/@sec)", "0");
  assert_says (f, "count(/page/errors/e[5]/@f)", "0");
  assert_says (f, "count(/page/errors/e[6]/@f)", "0");
  assert_says (f, "string(/page/errors/e[7]/@href)",
               "/bianzhi/entry/7/item/2");
  assert_says (f, "count(/page/warnings/e)", "1");
  assert_says (f, "string(/page/warnings/e/@f)", "birth_date");
}

static void
test_form (struct fixture *f, gconstpointer data)
{
  xmlNode *form = page_form (&f->req, xml_node (bz_page (&f->req)),
                             "/entry/7/move");

  g_assert_cmpstr (xml_attr (form, "action"), ==, "/bianzhi/entry/7/move");
  g_assert_cmpstr (xml_attr (form, "key"), ==, "/entry/7/move");
  f->req.session = NULL;
  form = page_form (&f->req, xml_node (bz_page (&f->req)), "/login");
  g_assert_null (xml_attr (form, "key"));
}

/* An error's page shows nothing of the page that failed. */
static void
test_error (struct fixture *f, gconstpointer data)
{
  static const int statuses[] = { 400, 401, 403, 404, 409, 413, 422, 500, 503 };

  put_section (xml_node (bz_page (&f->req)));
  page_error (&f->req, 404, "没有找到", "没有编号为 9 的申请 <9>");
  assert_says (f, "count(//f)", "0");
  assert_says (f, "string(/page/@title)", "没有找到");
  assert_says (f, "string(/page/text)", "没有编号为 9 的申请 <9>");
  g_assert_cmpstr (f->req.view, ==, "error");
  g_assert_cmpint (f->req.http_status, ==, 404);
  for (size_t i = 0; i < G_N_ELEMENTS (statuses); i++) {
    page_error (&f->req, statuses[i], "标题", NULL);
    assert_says (f, "count(/page/text)", "0");
    assert_says (f, "boolean(string(/page/todo))", "true");
  }
}

static void
add_item (const char *path, const char *href, const char *permission)
{
  struct menu_item *item = g_new0 (struct menu_item, 1);

  item->path = g_strdup (path);
  item->href = g_strdup (href);
  item->permission = g_strdup (permission);
  g_ptr_array_add (items, item);
}

static void
item_free (void *data)
{
  struct menu_item *item = data;

  g_free (item->path);
  g_free (item->href);
  g_free (item->permission);
  g_free (item);
}

#define ADD(path, fn) \
  g_test_add (path, struct fixture, NULL, set_up, fn, tear_down)

int
main (int argc, char **argv)
{
  int rc;

  g_test_init (&argc, &argv, NULL);
  xml_init ();
  items = g_ptr_array_new_with_free_func (item_free);
  add_item ("实名制管理系统/人员业务申请/人员入编管理", "/entry/", "entry.view");
  add_item ("系统管理", "/admin/", "admin.view");
  add_item ("帮助", "/help/", "session");
  add_item ("实名制管理系统/人员业务申请/查询", "/query/", "entry.apply");
  ADD ("/page/title-and-crumb-are-text", test_head);
  ADD ("/page/shell/says-who-and-where", test_shell);
  ADD ("/page/shell/keeps-what-is-there", test_shell_kept);
  ADD ("/page/shell/nobody-has-no-menu", test_nobody);
  ADD ("/page/menu/grouped-and-filtered", test_menu);
  ADD ("/page/menu/without-rights-nothing", test_menu_no_right);
  ADD ("/page/menu/first-password-comes-first", test_first_password);
  ADD ("/page/errors/know-their-section", test_marks);
  ADD ("/page/form/has-address-and-key", test_form);
  ADD ("/page/error/shows-nothing-of-the-failed-page", test_error);
  rc = g_test_run ();
  g_ptr_array_unref (items);
  return rc;
}
