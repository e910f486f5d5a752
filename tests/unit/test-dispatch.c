/* From route to reply: what is asked of whom, how often, in which order.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "serve-stub.h"
#include "serve/board.h"
#include "serve/dispatch.h"
#include "serve/route.h"

/* -- Handlers. */

static unsigned runs;
static enum db_error break_with; /* the first runs break with this */
static unsigned break_times;

static int
breaks (struct bz_req *req)
{
  runs++;
  if (break_times == 0)
    return BZ_OK;
  break_times--;
  stub.broken = stub.error = break_with;
  return break_with == DB_FAILED ? BZ_FAILED : BZ_AWAY;
}

static int
save (struct bz_req *req)
{
  int rc = breaks (req);

  return rc < 0 ? rc : bz_redirect (req, "/entry/%s", bz_param (req, "case"));
}

/* A careless handler that turns the database's trouble into its own words. */
static int
save_careless (struct bz_req *req)
{
  return breaks (req) < 0 ? bz_fail (req, BZ_CONFLICT, "careless")
                          : bz_redirect (req, "/entry/1");
}

static int
show (struct bz_req *req)
{
  int rc = breaks (req);

  g_assert_true (stub.in_tx);
  if (rc < 0)
    return rc;
  (void) bz_page (req);
  bz_title (req, "case");
  return BZ_OK;
}

/* Says itself why it cannot, the database being well. */
static int
show_away (struct bz_req *req)
{
  runs++;
  return bz_fail (req, BZ_AWAY, "文件没有生成，请稍后再试一次");
}

static int
show_unmasked (struct bz_req *req)
{
  static char row[] = "row";

  g_ptr_array_add (req->later, row);
  return show (req);
}

static int
bad_unmasked (struct bz_req *req)
{
  static char row[] = "row";

  g_ptr_array_add (req->later, row);
  bz_title (req, "form");
  return bz_mark (req, "name", "请填写姓名");
}

/* Makes a page of a query that failed. */
static int
show_careless (struct bz_req *req)
{
  (void) breaks (req);
  bz_title (req, "case");
  return BZ_OK;
}

static int
bad_input (struct bz_req *req)
{
  runs++;
  bz_title (req, "form");
  return bz_mark (req, "name", "请填写姓名");
}

static int
forbidden (struct bz_req *req)
{
  runs++;
  return bz_fail (req, BZ_FORBIDDEN, "no");
}

static int
silent (struct bz_req *req)
{
  runs++;
  return BZ_OK;
}

static int
login (struct bz_req *req)
{
  runs++;
  g_assert_false (stub.in_tx);
  req->set_cookie = "bz_sid=x; HttpOnly";
  return bz_redirect (req, "/");
}

static gssize
three (struct bz_req *req, void *state, void *buf, size_t size)
{
  return 0;
}

static int
file (struct bz_req *req)
{
  req->type = "application/pdf";
  req->file_name = "附件\r\n.pdf";
  req->read = three;
  req->size = 3;
  return BZ_OK;
}

static int
file_framed (struct bz_req *req)
{
  req->framed = true;
  return file (req);
}

static int
picture_framed (struct bz_req *req)
{
  int rc = file_framed (req);

  req->type = "image/png";
  return rc;
}

static int
show_beside (struct bz_req *req)
{
  req->frames = true;
  bz_title (req, "beside");
  return BZ_OK;
}

static int
local (struct bz_req *req)
{
  runs++;
  g_assert_false (stub.in_tx);
  bz_title (req, "local");
  return BZ_OK;
}

/* -- Setting. */

static void
routes (void)
{
  static const struct bz_route rows[] = {
    { "GET", "/", "session", NULL, "workbench", show },
    { "GET", "/login", "public", NULL, "login", show },
    { "POST", "/login", "public", NULL, "login", login },
    { "GET", "/password", "session", NULL, "password", show },
    { "POST", "/logout", "session", NULL, NULL, save },
    { "GET", "/entry/{case}", "entry.view", NULL, "case", show },
    { "POST", "/entry/{case}", "entry.apply", NULL, "case", save },
    { "POST", "/entry/{case}/careless", "entry.apply", NULL, "case",
      save_careless },
    { "POST", "/entry/{case}/check", "entry.apply", NULL, "form", show },
    { "POST", "/entry/{case}/bad", "entry.apply", NULL, "form", bad_input },
    { "POST", "/entry/{case}/unmasked", "entry.apply", NULL, "form",
      show_unmasked },
    { "POST", "/entry/{case}/bad-unmasked", "entry.apply", NULL, "form",
      bad_unmasked },
    { "GET", "/entry/{case}/careless", "entry.view", NULL, "case",
      show_careless },
    { "POST", "/entry/{case}/no", "entry.apply", NULL, "form", forbidden },
    { "POST", "/entry/{case}/silent", "entry.apply", NULL, "form", silent },
    { "GET", "/entry/{case}/person", "entry.view", NULL, "record",
      show_unmasked },
    { "GET", "/entry/{case}/paper", "entry.view", NULL, NULL, file },
    { "GET", "/entry/{case}/framed", "entry.view", NULL, NULL, file_framed },
    { "GET", "/entry/{case}/picture", "entry.view", NULL, NULL,
      picture_framed },
    { "GET", "/entry/{case}/beside", "entry.view", NULL, "review",
      show_beside },
    { "GET", "/entry/{case}/away", "entry.view", NULL, NULL, show_away },
    { "GET", "/status", "local", NULL, "record", local },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (route_add (&rows[i], "bz", NULL, NULL), ==, BZ_OK);
}

static void
fresh (void)
{
  stub = (struct stub){ .session = &stub_clerk };
  stub_clerk.must_change = false;
  runs = break_times = 0;
}

static struct reply reply;

/* What came back; the request is given up. */
static void
ask (struct bz_req *req)
{
  reply_clear (&reply);
  dispatch (req, &reply);
  g_assert_false (stub.in_tx);
  req_free (req);
}

static bool
has_header (const char *line)
{
  g_autofree char *whole = g_strconcat (line, "\r\n", NULL);

  return strstr (reply.headers->str, whole) != NULL;
}

static bool
says (const char *text)
{
  gsize size;
  const char *body = g_bytes_get_data (reply.body, &size);

  return g_strstr_len (body, (gssize) size, text) != NULL;
}

static struct bz_req *
post (const char *path)
{
  struct bz_req *req = stub_req ("POST", path);

  req->first_body = req->params->len;
  req_add_param (req, "key", "old");
  req_add_param (req, "name", "阿依古丽·买买提");
  req_add_param (req, "password", "hidden-word");
  req_add_param (req, "do", "save");
  return req;
}

/* -- Ways in. */

static void
test_not_found (void)
{
  struct bz_req *req;

  fresh ();
  ask (stub_req ("GET", "/nothing"));
  g_assert_cmpint (reply.status, ==, 404);
  ask (stub_req ("PUT", "/entry/7"));
  g_assert_cmpint (reply.status, ==, 405);
  g_assert_true (has_header ("Allow: GET, HEAD"));
  ask (stub_req ("GET", "/logout"));
  g_assert_cmpint (reply.status, ==, 405);
  g_assert_true (has_header ("Allow: POST"));
  req = stub_req ("GET", "/entry/7");
  req->refused = 431;
  ask (req);
  g_assert_cmpint (reply.status, ==, 431);
  g_assert_cmpuint (runs, ==, 0);
  g_assert_cmpuint (stub.begins, ==, 0);
}

static void
test_no_session (void)
{
  struct bz_req *req;

  fresh ();
  stub.session = NULL;
  req = stub_req ("GET", "/entry/7");
  req->query = "tab=2&q=%E7%8E%8B";
  ask (req);
  g_assert_cmpint (reply.status, ==, 303);
  g_assert_true (has_header ("Location: /bz/login?next=/entry/7%3Ftab%3D2"
                             "%26q%3D%25E7%258E%258B"));
  ask (stub_req ("GET", "/"));
  g_assert_true (has_header ("Location: /bz/login"));
  stub.expired = true;
  ask (post ("/entry/7"));
  g_assert_cmpint (reply.status, ==, 401);
  g_assert_cmpuint (stub.resumes, ==, 1);
  g_assert_cmpuint (runs, ==, 0);
  ask (stub_req ("GET", "/login"));
  g_assert_cmpint (reply.status, ==, 200);
}

static void
test_must_change (void)
{
  fresh ();
  stub_clerk.must_change = true;
  ask (stub_req ("GET", "/entry/7"));
  g_assert_cmpint (reply.status, ==, 303);
  g_assert_true (has_header ("Location: /bz/password"));
  ask (post ("/entry/7"));
  g_assert_true (has_header ("Location: /bz/password"));
  g_assert_cmpuint (runs, ==, 0);
  ask (stub_req ("GET", "/password"));
  g_assert_cmpint (reply.status, ==, 200);
  ask (post ("/logout"));
  g_assert_cmpint (reply.status, ==, 303);
  g_assert_cmpuint (runs, ==, 2);
}

static void
test_permission (void)
{
  fresh ();
  stub.perm_rc = BZ_FORBIDDEN;
  ask (stub_req ("GET", "/entry/7"));
  g_assert_cmpint (reply.status, ==, 403);
  ask (post ("/entry/7"));
  g_assert_cmpint (reply.status, ==, 403);
  g_assert_cmpuint (stub.refused, ==, 2);
  g_assert_cmpuint (runs, ==, 0);
  g_assert_cmpuint (stub.claims, ==, 0);
}

/* -- Forged requests. */

static void
test_forged (void)
{
  static const enum key_answer bad[] = { KEY_MISSING, KEY_FORGED };

  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
    fresh ();
    stub.key = bad[i];
    ask (post ("/entry/7"));
    g_assert_cmpint (reply.status, ==, 403);
    g_assert_cmpuint (stub.refused, ==, 1);
    g_assert_cmpstr (stub.refused_why, ==, "form key");
    g_assert_cmpuint (runs + stub.begins, ==, 0);
  }
}

static void
test_cross_site (void)
{
  static const struct {
    const char *site, *origin;
    int status;
  } cases[] = {
    { "same-origin", NULL, 303 },
    { "none", NULL, 303 },
    { "cross-site", NULL, 403 },
    { "same-site", NULL, 403 },
    { "cross-site", "http://our.example", 403 },
    { NULL, "http://our.example", 303 },
    { NULL, "http://evil.example", 403 },
    { NULL, "null", 403 },
    { NULL, "http://our.example.evil", 403 },
    { NULL, NULL, 303 },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    struct bz_req *req = post ("/login");

    fresh ();
    stub.session = NULL;
    req->host = "our.example";
    req->fetch_site = cases[i].site;
    req->origin = cases[i].origin;
    ask (req);
    g_assert_cmpint (reply.status, ==, cases[i].status);
    g_assert_cmpuint (runs, ==, cases[i].status == 303 ? 1 : 0);
    g_assert_cmpuint (stub.claims, ==, 0);
  }
}

static void
test_cross_site_with_key (void)
{
  struct bz_req *req = post ("/entry/7");

  fresh ();
  req->fetch_site = "cross-site";
  ask (req);
  g_assert_cmpint (reply.status, ==, 403);
  g_assert_cmpuint (runs, ==, 0);
}

static void
test_old_key (void)
{
  fresh ();
  stub.key = KEY_OLD;
  ask (post ("/entry/7"));
  g_assert_cmpint (reply.status, ==, 409);
  g_assert_true (says ("阿依古丽·买买提"));
  g_assert_true (says ("key=\"fresh\""));
  g_assert_false (says ("hidden-word"));
  g_assert_cmpuint (runs, ==, 0);
}

/* -- Exactly once. */

static void
test_commit (void)
{
  fresh ();
  ask (post ("/entry/7"));
  g_assert_cmpint (reply.status, ==, 303);
  g_assert_true (has_header ("Location: /bz/entry/7"));
  g_assert_cmpuint (runs, ==, 1);
  g_assert_cmpuint (stub.commits, ==, 1);
  g_assert_cmpuint (stub.audits, ==, 1);
  g_assert_cmpuint (stub.answers, ==, 1);
  g_assert_cmpuint (stub.lasts, ==, 1); /* where a fault can be ordered */
}

static void
test_replay (void)
{
  fresh ();
  ask (post ("/entry/7"));
  ask (post ("/entry/8")); /* the stand-in knows one key only */
  g_assert_cmpint (reply.status, ==, 303);
  g_assert_true (has_header ("Location: /bz/entry/7"));
  g_assert_cmpuint (runs, ==, 1);
  g_assert_cmpuint (stub.commits, ==, 1);
}

static void
test_again (void)
{
  for (unsigned n = 1; n <= 6; n++) {
    fresh ();
    break_with = DB_AGAIN;
    break_times = n;
    ask (post ("/entry/7"));
    g_assert_cmpint (reply.status, ==, n < 5 ? 303 : 503);
    g_assert_cmpuint (runs, ==, MIN (n + 1, 5));
    g_assert_cmpuint (stub.commits, ==, n < 5 ? 1 : 0);
  }
}

static void
test_again_at_commit (void)
{
  fresh ();
  stub.again_commits = 2;
  ask (post ("/entry/7"));
  g_assert_cmpint (reply.status, ==, 303);
  g_assert_cmpuint (runs, ==, 3);
}

static void
test_again_swallowed (void)
{
  fresh ();
  break_with = DB_AGAIN;
  break_times = 1;
  ask (post ("/entry/7/careless"));
  g_assert_cmpint (reply.status, ==, 303);
  g_assert_cmpuint (runs, ==, 2);
}

/* Nothing else is run twice, also when an older failure was a DB_AGAIN. */
static void
test_no_retry (void)
{
  fresh ();
  stub.error = DB_AGAIN;
  ask (post ("/entry/7/bad"));
  g_assert_cmpint (reply.status, ==, 422);
  g_assert_cmpuint (runs, ==, 1);
  fresh ();
  break_with = DB_FAILED;
  break_times = 1;
  ask (post ("/entry/7"));
  g_assert_cmpint (reply.status, ==, 500);
  g_assert_cmpuint (runs, ==, 1);
  g_assert_cmpuint (stub.commits, ==, 0);
}

static void
test_unknown (void)
{
  fresh ();
  stub.unknown_commit = stub.stored = true;
  ask (post ("/entry/7"));
  g_assert_cmpint (reply.status, ==, 303);
  g_assert_true (has_header ("Location: /bz/entry/7"));
  g_assert_cmpuint (runs, ==, 1);
  fresh ();
  stub.unknown_commit = true;
  ask (post ("/entry/7"));
  g_assert_cmpint (reply.status, ==, 303);
  g_assert_cmpuint (runs, ==, 2);
}

/* Gone: the page holds what was typed and the same key. */
static void
test_gone (void)
{
  fresh ();
  break_with = DB_GONE;
  break_times = 9;
  ask (post ("/entry/7"));
  g_assert_cmpint (reply.status, ==, 503);
  g_assert_cmpuint (runs, ==, 2); /* once more on a new connection */
  g_assert_true (says ("阿依古丽·买买提"));
  g_assert_true (says ("key=\"old\""));
  g_assert_true (says ("do=\"save\""));
  g_assert_false (says ("hidden-word"));
  fresh ();
  stub.gone_begins = 1;
  ask (post ("/entry/7"));
  g_assert_cmpint (reply.status, ==, 303);
  fresh ();
  stub.stays_gone = true;
  ask (post ("/entry/7"));
  g_assert_cmpint (reply.status, ==, 503);
  g_assert_true (says ("阿依古丽·买买提"));
  ask (stub_req ("GET", "/entry/7"));
  g_assert_cmpint (reply.status, ==, 503);
  g_assert_cmpuint (runs, ==, 0);
}

/* What a handler says of itself is no trouble of the database. */
static void
test_handler_away (void)
{
  fresh ();
  ask (stub_req ("GET", "/entry/7/away"));
  g_assert_cmpint (reply.status, ==, 503);
  g_assert_true (says ("文件没有生成，请稍后再试一次"));
  g_assert_cmpuint (runs, ==, 1);
}

static void
test_never_there (void)
{
  struct bz_req *req = post ("/entry/7");

  fresh ();
  req->db = NULL;
  ask (req);
  g_assert_cmpint (reply.status, ==, 503);
  g_assert_true (says ("阿依古丽·买买提"));
}

/* -- What a handler says. */

static void
test_bad_input (void)
{
  fresh ();
  ask (post ("/entry/7/bad"));
  g_assert_cmpint (reply.status, ==, 422);
  g_assert_true (says ("title=\"form\""));
  g_assert_cmpuint (stub.commits + stub.answers, ==, 0);
  g_assert_cmpuint (stub.rollbacks, ==, 1);
}

static void
test_forbidden (void)
{
  fresh ();
  ask (post ("/entry/7/no"));
  g_assert_cmpint (reply.status, ==, 403);
  g_assert_cmpuint (stub.refused, ==, 1);
  g_assert_cmpuint (stub.commits, ==, 0);
}

/* A page as answer (校验): committed, shown with 200, and the key is not used
 * up, so that a form from the browser's history can still be sent. */
static void
test_page_answer (void)
{
  fresh ();
  ask (post ("/entry/7/check"));
  g_assert_cmpint (reply.status, ==, 200);
  g_assert_cmpuint (stub.commits, ==, 1);
  g_assert_cmpuint (stub.answers, ==, 0);
  stub.claimed = true; /* its row is there, without an answer */
  ask (post ("/entry/7"));
  g_assert_cmpint (reply.status, ==, 303);
  g_assert_cmpuint (runs, ==, 2);
  g_assert_cmpuint (stub.answers, ==, 1);
}

static void
test_silent (void)
{
  fresh ();
  ask (post ("/entry/7/silent"));
  g_assert_cmpint (reply.status, ==, 500);
  g_assert_cmpuint (stub.commits, ==, 0);
}

static void
test_unmasked (void)
{
  fresh ();
  ask (stub_req ("GET", "/entry/7/person"));
  g_assert_cmpint (reply.status, ==, 200);
  g_assert_cmpuint (stub.flushes, ==, 1);
  fresh ();
  stub.flush_rc = BZ_FAILED;
  ask (stub_req ("GET", "/entry/7/person"));
  g_assert_cmpint (reply.status, ==, 500);
  g_assert_false (says ("title=\"case\""));
}

/* A form that a POST shows again may hold what was loaded, and its transaction
 * may have been rolled back. */
static void
test_unmasked_form (void)
{
  static const char *const paths[] = { "/entry/7/unmasked",
                                       "/entry/7/bad-unmasked" };
  static const int status[] = { 200, 422 };

  for (size_t i = 0; i < G_N_ELEMENTS (paths); i++) {
    fresh ();
    ask (post (paths[i]));
    g_assert_cmpint (reply.status, ==, status[i]);
    g_assert_cmpuint (stub.flushes, ==, 1);
    fresh ();
    stub.flush_rc = BZ_FAILED;
    ask (post (paths[i]));
    g_assert_cmpint (reply.status, ==, 500);
    g_assert_false (says ("title=\"form\""));
  }
}

static void
test_careless_page (void)
{
  fresh ();
  break_with = DB_GONE;
  break_times = 2;
  ask (stub_req ("GET", "/entry/7/careless"));
  g_assert_cmpint (reply.status, ==, 503);
  fresh ();
  break_times = 1;
  ask (stub_req ("GET", "/entry/7/careless"));
  g_assert_cmpint (reply.status, ==, 200);
  g_assert_cmpuint (runs, ==, 2);
}

static void
test_render_fails (void)
{
  fresh ();
  stub.view_fails = true;
  ask (post ("/entry/7/check"));
  g_assert_cmpint (reply.status, ==, 500);
  g_assert_true (says ("已经保存"));
  ask (stub_req ("GET", "/entry/7"));
  g_assert_cmpint (reply.status, ==, 500);
  g_assert_false (says ("已经保存"));
}

/* -- Replies. */

static void
test_xml (void)
{
  struct bz_req *req = stub_req ("GET", "/entry/7");

  fresh ();
  stub.view_fails = true; /* no stylesheet is asked */
  req->accept = "application/xml";
  ask (req);
  g_assert_cmpint (reply.status, ==, 200);
  g_assert_true (has_header ("Content-Type: application/xml; charset=utf-8"));
  g_assert_true (says ("<page title=\"case\""));
  req = stub_req ("GET", "/entry/7");
  req->accept = "application/xml";
  stub.perm_rc = BZ_FORBIDDEN;
  ask (req);
  g_assert_cmpint (reply.status, ==, 403);
}

static void
test_headers (void)
{
  fresh ();
  ask (stub_req ("GET", "/entry/7"));
  g_assert_true (has_header (
    "Content-Security-Policy: default-src 'none'; style-src 'self'; "
    "script-src 'self'; img-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"));
  g_assert_true (has_header ("Cache-Control: no-store"));
  g_assert_true (has_header ("Vary: Accept"));
  g_assert_true (has_header ("X-Content-Type-Options: nosniff"));
  g_assert_true (has_header ("Referrer-Policy: same-origin"));
  g_assert_true (has_header ("Content-Type: text/html; charset=utf-8"));
  stub.session = NULL;
  ask (post ("/login"));
  g_assert_true (has_header ("Set-Cookie: bz_sid=x; HttpOnly"));
}

static void
test_file (void)
{
  fresh ();
  ask (stub_req ("GET", "/entry/7/paper"));
  g_assert_cmpint (reply.status, ==, 200);
  g_assert_null (reply.body);
  g_assert_true (has_header ("Content-Type: application/pdf"));
  g_assert_true (has_header ("Content-Length: 3"));
  g_assert_true (has_header ("Content-Disposition: attachment; "
                             "filename*=UTF-8''%E9%99%84%E4%BB%B6%0D%0A.pdf"));
  g_assert_true (
    has_header ("Content-Security-Policy: default-src 'none'; sandbox"));
}

/* Only a page that says so may show a file beside itself, and only a file that
 * says so may be shown there. */
static void
test_frames (void)
{
  fresh ();
  ask (stub_req ("GET", "/entry/7/beside"));
  g_assert_true (has_header (
    "Content-Security-Policy: default-src 'none'; style-src 'self'; "
    "script-src 'self'; img-src 'self'; form-action 'self'; "
    "frame-src 'self'; frame-ancestors 'none'; base-uri 'none'"));
  ask (stub_req ("GET", "/entry/7/framed"));
  g_assert_true (has_header (
    "Content-Security-Policy: default-src 'none'; img-src 'self'; "
    "object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"));
  g_assert_true (has_header ("Content-Disposition: inline; "
                             "filename*=UTF-8''%E9%99%84%E4%BB%B6%0D%0A.pdf"));
  ask (stub_req ("GET", "/entry/7/picture"));
  g_assert_true (has_header ("Content-Security-Policy: default-src 'none'; "
                             "sandbox; frame-ancestors 'self'"));
}

/* -- Who looks after the machine. */

static void
test_local (void)
{
  static const struct { const char *remote; int status; } rows[] = {
    { "127.0.0.1", 200 }, { "::1", 200 }, { "10.0.0.7", 404 }, { "", 404 },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++) {
    struct bz_req *req = stub_req ("GET", "/status");

    fresh ();
    stub.stays_gone = true; /* neither session nor database is asked */
    req->remote = rows[i].remote;
    ask (req);
    g_assert_cmpint (reply.status, ==, rows[i].status);
    g_assert_cmpuint (runs, ==, rows[i].status == 200);
    g_assert_cmpuint (stub.readies + stub.begins, ==, 0);
  }
}

/* A plugin that is shut off is not run, and a form keeps its values. */
static void
test_shut (void)
{
  static const char sentence[] = "故障编号 2026";

  board_new (1, 1, route_count (), route_at);
  for (unsigned i = 0; i < route_count (); i++)
    if (g_str_has_prefix (route_at (i)->row.path, "/entry/"))
      board_shut_set (route_at (i), INT64_C (1795600000));
  fresh ();
  ask (stub_req ("GET", "/entry/7"));
  g_assert_cmpint (reply.status, ==, 503);
  g_assert_true (says (sentence));
  ask (post ("/entry/7"));
  g_assert_cmpint (reply.status, ==, 503);
  g_assert_true (says (sentence) && says ("阿依古丽·买买提"));
  g_assert_cmpuint (runs + stub.claims, ==, 0);
  ask (stub_req ("GET", "/login"));
  g_assert_cmpint (reply.status, ==, 200);
  board_free ();
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*test) (void);
  } tests[] = {
    { "/dispatch/handler-away", test_handler_away },
    { "/dispatch/404-405-and-refused-input", test_not_found },
    { "/dispatch/without-session", test_no_session },
    { "/dispatch/first-password-confines", test_must_change },
    { "/dispatch/permission-refused-is-audited", test_permission },
    { "/dispatch/forged-key-is-refused", test_forged },
    { "/dispatch/login-from-another-site-is-refused", test_cross_site },
    { "/dispatch/cross-site-with-key-is-refused", test_cross_site_with_key },
    { "/dispatch/old-key-keeps-values", test_old_key },
    { "/dispatch/one-transaction", test_commit },
    { "/dispatch/replayed-key-gets-the-first-answer", test_replay },
    { "/dispatch/retries-on-again", test_again },
    { "/dispatch/retries-on-again-at-commit", test_again_at_commit },
    { "/dispatch/retries-when-the-handler-hides-it", test_again_swallowed },
    { "/dispatch/retries-on-nothing-else", test_no_retry },
    { "/dispatch/unknown-commit-asks-the-key", test_unknown },
    { "/dispatch/database-gone-keeps-values", test_gone },
    { "/dispatch/database-never-there", test_never_there },
    { "/dispatch/bad-input-rolls-back", test_bad_input },
    { "/dispatch/handler-refuses", test_forbidden },
    { "/dispatch/page-as-answer-leaves-the-key", test_page_answer },
    { "/dispatch/no-answer-is-a-bug", test_silent },
    { "/dispatch/unmasked-read-is-recorded-first", test_unmasked },
    { "/dispatch/unmasked-form-is-recorded-first", test_unmasked_form },
    { "/dispatch/page-of-a-failed-query-is-none", test_careless_page },
    { "/dispatch/failed-drawing-tells-what-was-saved", test_render_fails },
    { "/dispatch/xml-by-accept", test_xml },
    { "/dispatch/headers", test_headers },
    { "/dispatch/files", test_file },
    { "/dispatch/file-beside-a-page", test_frames },
    { "/dispatch/local-asks-nobody", test_local },
    { "/dispatch/shut-plugin-is-not-run", test_shut },
  };
  int rc;

  g_test_init (&argc, &argv, NULL);
  routes ();
  for (size_t i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add_func (tests[i].path, tests[i].test);
  rc = g_test_run ();
  reply_clear (&reply);
  route_clear ();
  return rc;
}
