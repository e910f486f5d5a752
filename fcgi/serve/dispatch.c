/* One request from its parameters to its reply: route, session, permission,
 * form key, transaction, handler, view.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "serve/dispatch.h"
#include "data/db.h"
#include "people/audit.h"
#include "people/key.h"
#include "people/perm.h"
#include "people/resume.h"
#include "people/session.h"
#include "serve/board.h"
#include "serve/conf.h"
#include "serve/from.h"
#include "serve/reply.h"
#include "serve/route.h"
#include "serve/shun.h"
#include "serve/submit.h"

static bool
is_post (const struct bz_req *req)
{
  return g_str_equal (req->method, "POST");
}

static bool
is_public (const struct bz_req *req)
{
  return g_str_equal (req->route->row.permission, "public");
}

/* -- What went wrong, as a page. */

static void
refuse (struct bz_req *req, int http_status, const char *why, const char *text,
        struct reply *ret)
{
  req->status = BZ_FORBIDDEN;
  audit_refused (req, why);
  reply_error (req, http_status, text, ret);
}

/* STATUS of a handler or of the database.  Unmasked reads are on record before
 * the first byte goes out, those of a form that a POST shows again too: its own
 * transaction may be rolled back. */
static void
fail (struct bz_req *req, int status, struct reply *ret)
{
  bool page = status == BZ_BAD_INPUT && req->page != NULL;
  int recorded = page ? audit_flush (req) : BZ_OK, http_status;

  if (recorded < 0) {
    status = recorded;
    page = false;
  }
  http_status = reply_status (status);
  req->status = status;
  if (status == BZ_AWAY && is_post (req))
    reply_again (req, http_status, req->fail_text, false, ret);
  else if (page)
    reply_page (req, req->http_status != 0 ? req->http_status : http_status,
                false, ret);
  else if (status == BZ_FORBIDDEN)
    refuse (req, http_status, "handler", req->fail_text, ret);
  else
    reply_error (req, http_status, req->fail_text, ret);
}

static void
no_route (struct bz_req *req, struct reply *ret)
{
  int http_status = req->http_status != 0 ? req->http_status : 404;

  if (http_status == 405)
    g_string_append (ret->headers, route_lookup ("GET", req->path) != NULL
                                     ? "Allow: GET, HEAD\r\n"
                                     : "Allow: POST\r\n");
  reply_error (req, http_status, NULL, ret);
}

/* -- Who asks. */

/* The session; once more on a new connection if the old one broke. */
static int
session_find (struct bz_req *req)
{
  int rc = db_ready (req->db);

  if (rc >= 0)
    rc = session_load (req);
  if (rc == BZ_AWAY && db_ready (req->db) >= 0)
    rc = session_load (req);
  return MIN (rc, 0);
}

static bool
same_host (const char *origin, const char *host)
{
  const char *at = strstr (origin, "://");

  return at != NULL && host != NULL && g_ascii_strcasecmp (at + 3, host) == 0;
}

/* Does this POST come from a page of ours, as far as the browser tells?  The
 * form key proves it; this stands before it, and alone where nobody is logged
 * in.  Origin is only asked there, because a front server may rename Host. */
static bool
from_our_page (const struct bz_req *req)
{
  if (req->fetch_site != NULL)
    return g_str_equal (req->fetch_site, "same-origin")
        || g_str_equal (req->fetch_site, "none");
  if (is_public (req) && req->origin != NULL)
    return same_host (req->origin, req->host);
  return true;
}

static void
to_login (struct bz_req *req, struct reply *ret)
{
  g_autoptr (GString) next = g_string_new (req->path);
  g_autofree char *escaped = NULL;

  if (req->query != NULL && *req->query != '\0' && strlen (req->query) < 500)
    g_string_append_printf (next, "?%s", req->query);
  escaped = g_uri_escape_string (next->str, "/", FALSE);
  if (g_str_equal (next->str, "/"))
    (void) bz_redirect (req, "/login");
  else
    (void) bz_redirect (req, "/login?next=%s", escaped);
  reply_redirect (req, req->location, ret);
}

/* The log-in page that keeps what was typed. */
static void
to_resume (struct bz_req *req, struct reply *ret)
{
  if (session_resume_page (req) < 0 || req->page == NULL)
    reply_again (req, 401, NULL, false, ret);
  else
    reply_page (req, 401, false, ret);
}

static bool
may_first (const struct bz_req *req)
{
  return g_str_equal (req->path, "/password")
      || g_str_equal (req->path, "/logout");
}

/* May this request go on?  false: RET is the answer. */
static bool
admit (struct bz_req *req, struct reply *ret)
{
  if (is_post (req) && !from_our_page (req)) {
    refuse (req, 403, "cross-site",
            "这次提交不是从本系统的页面发出的，未作任何保存。", ret);
    return false;
  }
  if (is_public (req))
    return true;
  if (req->session == NULL) {
    if (is_post (req))
      to_resume (req, ret);
    else
      to_login (req, ret);
    return false;
  }
  if (req->session->must_change && !may_first (req)) {
    (void) bz_redirect (req, "/password");
    reply_redirect (req, req->location, ret);
    return false;
  }
  if (perm_route (req) < 0) {
    refuse (req, 403, "permission", req->fail_text, ret);
    return false;
  }
  return true;
}

/* -- GET. */

/* What a handler made of a query that failed is no page. */
static int
look_once (struct bz_req *req)
{
  int rc = db_begin (req->db, true), broken;

  if (rc < 0)
    return rc;
  rc = req->route->row.handle (req);
  broken = db_ready (req->db);
  db_rollback (req->db);
  return MIN (rc, broken);
}

/* What the handler left goes out.  SAVED: a change was committed. */
static void
answer (struct bz_req *req, bool saved, struct reply *ret)
{
  int rc = req->location == NULL ? audit_flush (req) : BZ_OK;

  if (rc < 0)
    fail (req, rc, ret);
  else if (req->location != NULL)
    reply_redirect (req, req->location, ret);
  else if (req->read != NULL)
    reply_stream (req, ret);
  else if (req->page != NULL)
    reply_page (req, req->http_status != 0 ? req->http_status : 200, saved,
                ret);
  else
    fail (req, BZ_FAILED, ret);
}

static void
look (struct bz_req *req, struct reply *ret)
{
  int rc = look_once (req);

  /* A handler that says itself why is not asked twice. */
  if (rc == BZ_AWAY && req->fail_text == NULL && db_ready (req->db) >= 0) {
    req_reset (req);
    rc = look_once (req);
  }
  if (rc < 0)
    fail (req, rc, ret);
  else
    answer (req, false, ret);
}

/* -- POST. */

/* Nobody is logged in (or it is the log-in itself): the handler opens its own
 * transactions, and there is no key. */
static void
change_public (struct bz_req *req, struct reply *ret)
{
  int rc = req->route->row.handle (req);

  if (rc < 0)
    fail (req, rc, ret);
  else
    answer (req, true, ret);
}

/* Is the form one that this operator got from us?  false: RET is the answer. */
static bool
key_good (struct bz_req *req, struct reply *ret)
{
  switch (key_check (req, req->session->operator_id)) {
  case KEY_OK:
    return true;
  case KEY_OLD:
    reply_again (req, 409, "这张表单打开已超过24 小时，本次未作保存。", true,
                 ret);
    return false;
  case KEY_MISSING:
  case KEY_FORGED:
    break;
  }
  refuse (req, 403, "form key",
          "这张表单不是由您从本系统打开的，未作任何保存；请重新打开后办理。",
          ret);
  return false;
}

static void
change (struct bz_req *req, struct reply *ret)
{
  const char *before = NULL;
  int rc;

  if (is_public (req)) {
    change_public (req, ret);
    return;
  }
  if (!key_good (req, ret))
    return;
  rc = submit_run (req, &before);
  if (rc < 0)
    fail (req, rc, ret);
  else if (rc == 1)
    reply_redirect (req, before, ret);
  else
    answer (req, true, ret);
}

/* -- Who looks after the machine. */

/* Neither session nor database: it must answer when these do not.  Others are
 * told that there is no such page. */
static void
dispatch_local (struct bz_req *req, struct reply *ret)
{
  int rc;

  if (!from_holds (req->conf->status_from, req->remote)) {
    no_route (req, ret);
    return;
  }
  rc = req->route->row.handle (req);
  if (rc < 0)
    fail (req, rc, ret);
  else
    answer (req, false, ret);
}

/* -- All. */

/* The plugin is shut off (shun.h); what was typed stays on the page. */
static void
refuse_shut (struct bz_req *req, int64_t incident, struct reply *ret)
{
  char number[SHUN_NUMBER_SIZE];
  const char *text;

  shun_number (incident, number);
  text = bz_format (req,
                    "这项功能因反复出现故障已暂停使用，未作任何保存；"
                    "其他功能不受影响。故障编号 %s，请告知系统管理员。",
                    number);
  req->status = BZ_AWAY;
  if (is_post (req))
    reply_again (req, 503, text, false, ret);
  else
    reply_shut (req, text, ret);
}

/* A file found no room; what was typed stays on the page. */
static void
refuse_full (struct bz_req *req, struct reply *ret)
{
  req->status = BZ_AWAY;
  reply_again (req, 503,
               "服务器暂时无法存放附件，本次未作保存；"
               "多次重试仍不成功的，请告知系统管理员。",
               false, ret);
}

static void
dispatch_found (struct bz_req *req, struct reply *ret)
{
  int rc = req->db != NULL ? session_find (req) : BZ_AWAY;

  if (rc < 0)
    fail (req, rc, ret);
  else if (!admit (req, ret))
    return;
  else if (is_post (req))
    change (req, ret);
  else
    look (req, ret);
}

void
dispatch (struct bz_req *req, struct reply *ret)
{
  int64_t shut;

  *ret = (struct reply){ .headers = g_string_new (NULL) };
  if (req->refused != 0 && req->refused != 503) {
    reply_error (req, req->refused, NULL, ret);
    return;
  }
  if (route_find (req) < 0) {
    no_route (req, ret);
    return;
  }
  board_route (req->route);
  shut = board_shut (req->route);
  if (shut != 0)
    refuse_shut (req, shut, ret);
  else if (req->refused != 0)
    refuse_full (req, ret);
  else if (route_is_local (req->route))
    dispatch_local (req, ret);
  else
    dispatch_found (req, ret);
}
