/* Stand-ins for the rooms around fcgi/serve.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "serve-stub.h"
#include "data/xml.h"
#include "define/form.h"
#include "people/audit.h"
#include "people/perm.h"
#include "people/resume.h"
#include "serve/conf.h"
#include "show/page.h"
#include "show/view.h"
#include "show/workbook.h"

struct db {
  int unused;
};
static struct db one;
struct stub stub;
static const char *const clerk_roles[] = { "clerk", NULL };
struct session stub_clerk = { .operator_id = 7,
                              .account_id = 3,
                              .scope_id = 11,
                              .operator_name = "王敏",
                              .roles = clerk_roles };

struct bz_req *
stub_req (const char *method, const char *path)
{
  static struct conf *conf;
  struct bz_req *req;

  if (conf == NULL) {
    conf = conf_default ();
    g_free (conf->base);
    conf->base = g_strdup ("/bz");
  }
  req = req_new (conf, &one);
  req->method = method;
  req->path = path;
  req->accept = "text/html";
  req->query = "";
  return req;
}

/* -- Database. */

static int
db_fails (enum db_error e)
{
  stub.error = e;
  if (stub.in_tx)
    stub.broken = e;
  return e == DB_FAILED ? BZ_FAILED : BZ_AWAY;
}

int
db_ready (struct db *db)
{
  stub.readies++;
  if (stub.in_tx)
    return stub.broken != DB_OK ? BZ_AWAY : BZ_OK;
  return stub.stays_gone ? BZ_AWAY : BZ_OK;
}

int
db_begin (struct db *db, bool read_only)
{
  g_assert_false (stub.in_tx);
  stub.begins++;
  if (stub.stays_gone || stub.gone_begins > 0) {
    if (stub.gone_begins > 0)
      stub.gone_begins--;
    return db_fails (DB_GONE);
  }
  stub.in_tx = true;
  return BZ_OK;
}

/* The audit is a stand-in too, so nothing but the dispatcher's own comes last. */
int
db_last (struct db *db, int turn, int (*fn) (void *data), void *data)
{
  g_assert_true (stub.in_tx && stub.last == NULL);
  stub.last = fn;
  stub.last_data = data;
  return BZ_OK;
}

/* DB_OK, or why the transaction cannot be committed. */
static enum db_error
last_run (void)
{
  int (*fn) (void *) = stub.last;

  stub.last = NULL;
  if (fn == NULL)
    return DB_OK;
  stub.lasts++;
  return fn (stub.last_data) < 0 ? DB_FAILED : DB_OK;
}

int
db_commit (struct db *db)
{
  enum db_error e = stub.broken;

  g_assert_true (stub.in_tx);
  stub.commits++;
  if (e == DB_OK)
    e = last_run ();
  if (e == DB_OK && stub.again_commits > 0) {
    stub.again_commits--;
    e = DB_AGAIN;
  }
  if (e == DB_OK && stub.unknown_commit) {
    stub.unknown_commit = false;
    stub.claimed = stub.stored;
    if (!stub.stored)
      stub.answer = NULL;
    stub.in_tx = false;
    return db_fails (DB_UNKNOWN);
  }
  if (e != DB_OK) {
    stub.claimed = false;
    stub.answer = NULL;
    stub.broken = DB_OK;
  }
  stub.in_tx = false;
  return e == DB_OK ? BZ_OK : db_fails (e);
}

void
db_rollback (struct db *db)
{
  stub.rollbacks++;
  stub.last = NULL;
  stub.in_tx = false;
  stub.broken = DB_OK;
}

bool
db_has_time (const struct db *db, int64_t ms)
{
  return true;
}

/* What is run again here is run at once. */
void
db_pause (unsigned n)
{
}

enum db_error
db_error (const struct db *db)
{
  return stub.error;
}

/* -- Form keys. */

enum key_answer
key_check (struct bz_req *req, int64_t operator_id)
{
  return stub.key;
}

int
key_claim (struct bz_req *req, int64_t attempt, const char **ret)
{
  g_assert_true (stub.in_tx);
  stub.claims++;
  *ret = stub.answer;
  if (stub.claimed)
    return 1;
  return BZ_OK;
}

int
key_answer_set (struct bz_req *req, const char *location)
{
  g_assert_true (stub.in_tx);
  stub.answers++;
  stub.claimed = true;
  stub.answer = g_intern_string (location);
  return BZ_OK;
}

int
key_lookup (struct bz_req *req, int64_t attempt, const char **ret)
{
  *ret = stub.answer;
  return stub.stored ? 1 : 0;
}

const char *
key_new (struct bz_req *req, const char *path)
{
  return "fresh";
}

/* -- People. */

int
session_load (struct bz_req *req)
{
  req->session = stub.session;
  req->session_expired = stub.expired;
  return stub.session_rc;
}

int
session_resume_page (struct bz_req *req)
{
  stub.resumes++;
  bz_title (req, "resume");
  bz_view (req, "login");
  return BZ_OK;
}

int
perm_route (struct bz_req *req)
{
  return stub.perm_rc;
}

bool
perm_known (const char *permission)
{
  return !g_str_equal (permission, "no.such");
}

int
audit_write (struct bz_req *req, const char *action, const char *object_type,
             int64_t object_id, const char *result, const char *detail)
{
  g_assert_true (stub.in_tx);
  stub.audits++;
  req->audited = true;
  return BZ_OK;
}

void
audit_refused (struct bz_req *req, const char *why)
{
  g_assert_false (stub.in_tx);
  stub.refused++;
  stub.refused_why = why;
}

int
audit_flush (struct bz_req *req)
{
  g_assert_false (stub.in_tx);
  stub.flushes++;
  return stub.flush_rc;
}

/* -- Definitions and pages. */

const struct form *
form_find (const char *name)
{
  return NULL;
}

bool
view_exists (const char *view)
{
  return !g_str_equal (view, "no-such");
}

struct bz_node *
bz_page (struct bz_req *req)
{
  if (req->page == NULL) {
    req->page = xmlNewDoc (BAD_CAST "1.0");
    xmlDocSetRootElement (req->page, xmlNewDocNode (req->page, NULL,
                                                    BAD_CAST "page", NULL));
  }
  return (struct bz_node *) xmlDocGetRootElement (req->page);
}

void
bz_title (struct bz_req *req, const char *format, ...)
{
  xmlSetProp ((xmlNode *) bz_page (req), BAD_CAST "title", BAD_CAST format);
}

int
page_finish (struct bz_req *req)
{
  return BZ_OK;
}

void
page_error (struct bz_req *req, int http_status, const char *title,
            const char *text)
{
  xmlFreeDoc (req->page);
  req->page = NULL;
  xmlNewTextChild ((xmlNode *) bz_page (req), NULL, BAD_CAST "text",
                   BAD_CAST text);
  req->view = "error";
}

void
page_hidden (xmlNode *form, const char *name, const char *value)
{
  xmlNode *hidden = xml_add (form, "hidden", NULL);

  xml_set (hidden, "n", name);
  xml_set (hidden, "v", value);
}

xmlNode *
page_form (struct bz_req *req, xmlNode *into, const char *path)
{
  xmlNode *form = xmlNewChild (into, NULL, BAD_CAST "form", NULL);

  xmlSetProp (form, BAD_CAST "key", BAD_CAST key_new (req, path));
  return form;
}

GBytes *
workbook_make (xmlDoc *page, GError **error)
{
  return g_bytes_new_static ("PK", 2);
}

GBytes *
view_render (xmlDoc *page, const char *view, GError **error)
{
  xmlChar *text;
  int size;
  GBytes *bytes;

  if (stub.view_fails) {
    g_set_error (error, CONF_ERROR, 0, "no such sheet");
    return NULL;
  }
  xmlDocDumpMemoryEnc (page, &text, &size, "UTF-8");
  bytes = g_bytes_new (text, (gsize) size);
  xmlFree (text);
  return bytes;
}
