/* libbianzhitest: a request without a server, a database from a script.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "bianzhi/test.h"
#include "data/db.h"
#include "data/query.h"
#include "data/xml.h"
#include "define/code.h"
#include "people/session.h"
#include "serve/arena.h"
#include "serve/conf.h"
#include "serve/input.h"
#include "work/case.h"
#include <libxml/xpath.h>

/* A mistake of the test, not of what it tests. */
#define must(ok, ...) do { if (!(ok)) g_error (__VA_ARGS__); } while (0)

static const struct conf *
test_conf (void)
{
  static struct conf *conf;

  if (conf == NULL) {
    xml_init ();
    conf = conf_default ();
  }
  return conf;
}

struct bz_req *
bz_test_req (const char *query)
{
  struct bz_req *req = req_new (test_conf (), NULL);

  must (input_query (req, query) == 0, "bz_test_req: \"%s\" is not a query",
        query != NULL ? query : "");
  return req;
}

void
bz_test_free (struct bz_req *req)
{
  struct db *db = req != NULL ? req->db : NULL;

  req_free (req);
  db_close (db);
}

/* -- Database. */

void
bz_test_script (struct bz_req *req, const struct bz_script *script, size_t n)
{
  struct db_script *rows = arena_alloc (req->arena, (n + 1) * sizeof *rows);

  for (size_t i = 0; i < n; i++)
    rows[i] = (struct db_script) {
      .query = script[i].query,
      .args = script[i].args,
      .columns = script[i].columns,
      .cells = script[i].cells,
      .rows = script[i].rows,
      .changed = script[i].changed,
    };
  db_close (req->db);
  req->db = db_scripted (rows, n);
}

size_t
bz_test_asked (struct bz_req *req)
{
  return req->db != NULL ? db_script_asked (req->db) : 0;
}

void
bz_test_queries (const char *path, const char *pack)
{
  g_autoptr (GError) error = NULL;

  (void) test_conf ();
  must (query_load (path, pack, &error) == 0, "%s", error->message);
}

void
bz_test_codes (const char *dir)
{
  g_autoptr (GError) error = NULL;

  must (code_load_dir (dir, &error) == 0, "%s", error->message);
}

/* -- Who asks. */

void
bz_test_user (struct bz_req *req, int64_t operator_id, int64_t scope_id,
              const char *roles)
{
  struct session *s = arena_alloc (req->arena, sizeof *s);
  g_auto (GStrv) list = g_strsplit (roles != NULL ? roles : "", ",", -1);
  size_t n = g_strv_length (list);
  const char **copy = arena_alloc (req->arena, (n + 1) * sizeof *copy);

  for (size_t i = 0; i < n; i++)
    copy[i] = req_strdup (req, list[i]);
  *s = (struct session) {
    .operator_id = operator_id,
    .account_id = operator_id,
    .scope_id = scope_id,
    .operator_name = "王敏",
    .account_name = "测试单位账号",
    .scope_name = "测试单位",
    .scope_kind = "unit",
    .roles = copy,
  };
  req->session = s;
}

/* -- What came of it. */

const char *
bz_test_xpath (struct bz_req *req, const char *xpath)
{
  xmlNode *page = xml_node (bz_page (req));
  xmlXPathContext *ctx = xmlXPathNewContext (page->doc);
  xmlXPathObject *got = xmlXPathEvalExpression (BAD_CAST xpath, ctx);
  xmlChar *text;
  const char *copy;

  must (got != NULL, "bz_test_xpath: \"%s\" is not an XPath", xpath);
  text = xmlXPathCastToString (got);
  copy = req_strdup (req, (const char *) text);
  xmlFree (text);
  xmlXPathFreeObject (got);
  xmlXPathFreeContext (ctx);
  return copy;
}

const char *
bz_test_mark (struct bz_req *req, const char *field)
{
  for (unsigned i = 0; i < req->marks->len; i++) {
    const struct mark *m = &g_array_index (req->marks, struct mark, i);

    if (g_strcmp0 (m->field, field) == 0)
      return m->text;
  }
  return NULL;
}

const char *
bz_test_fail_text (struct bz_req *req)
{
  return req->fail_text;
}

/* -- Cases. */

/* "duty.2.post" is the second row's post. */
static void
put_value (struct bz_item *item, const char *name, const char *value)
{
  g_auto (GStrv) part = g_strsplit (name, ".", 3);
  gint64 row;

  if (g_strv_length (part) == 1) {
    bz_item_set (item, name, value);
    return;
  }
  must (g_strv_length (part) == 3, "bz_test_case: field \"%s\"", name);
  row = g_ascii_strtoll (part[1], NULL, 10);
  must (row >= 1 && row <= 1000, "bz_test_case: row of \"%s\"", name);
  bz_item_row_set (item, part[0], (size_t) row - 1, part[2], value);
}

/* The values of QUERY in a new item of C. */
static struct bz_item *
item_of (struct bz_req *req, struct bz_case *c, const char *query)
{
  struct bz_req *values = bz_test_req (query);
  struct bz_item *item = item_new (req, c);

  for (unsigned i = 0; i < values->params->len; i++) {
    const struct param *p = &g_array_index (values->params, struct param, i);

    put_value (item, p->name, p->value);
  }
  bz_test_free (values);
  return item;
}

static const struct business *
business_named (struct bz_req *req, const char *name)
{
  const struct business *known = business_find (name);
  struct business *made;

  if (known != NULL)
    return known;
  made = arena_alloc (req->arena, sizeof *made);
  made->name = made->title = req_strdup (req, name);
  made->item_word = req_strdup (req, "人");
  return made;
}

static void
items_free (void *items)
{
  g_ptr_array_unref (items);
}

struct bz_case *
bz_test_case (struct bz_req *req, const char *business, const char *head,
              const char *item)
{
  struct bz_case *c = arena_alloc (req->arena, sizeof *c);
  struct bz_item *first;

  *c = (struct bz_case) {
    .business = business_named (req, business),
    .scope_id = bz_user_scope (req),
    .created_by = bz_user_id (req),
    .version = 1,
    .number = "",
    .step = "draft",
    .state = "draft",
    .reason = "",
    .items = g_ptr_array_new (),
  };
  req_own (req, c->items, items_free);
  /* A head is built like an item, which then is none. */
  first = item_of (req, c, head);
  c->head = first->values;
  xmlNodeSetName (xmlDocGetRootElement (c->head), BAD_CAST "head");
  g_ptr_array_set_size (c->items, 0);
  if (item != NULL)
    (void) item_of (req, c, item);
  return c;
}
