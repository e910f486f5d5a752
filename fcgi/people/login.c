/* The log-in page and the way out.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "people/login.h"
#include "data/xml.h"
#include "people/account.h"
#include "people/audit.h"
#include "people/password.h"
#include "people/resume.h"
#include "people/session.h"
#include "serve/route.h"
#include "show/page.h"

enum { NEXT_MAX = 1000 };

bool
login_local (const char *text)
{
  if (text == NULL || text[0] != '/' || text[1] == '/' || text[1] == '\\'
      || strlen (text) > NEXT_MAX)
    return false;
  for (const char *p = text; *p != '\0'; p++)
    if ((unsigned char) *p < 0x20 || *p == 0x7f || *p == '\\')
      return false;
  return !g_str_has_prefix (text, "/login")
      && !g_str_has_prefix (text, "/logout");
}

static xmlNode *
field (struct bz_req *req, xmlNode *form, const char *id, const char *title)
{
  xmlNode *f = xml_add (form, "f", NULL);

  xml_set (f, "id", id);
  xml_set (f, "t", title);
  xml_set (f, "type", "text");
  xml_set (f, "v", bz_param (req, id));
  return f;
}

xmlNode *
login_page (struct bz_req *req)
{
  const char *next = bz_param (req, "next");
  xmlNode *page = xml_node (bz_page (req)), *form, *f;

  bz_view (req, "login");
  bz_title (req, "登录");
  form = page_form (req, page, "/login");
  f = field (req, form, "account", "单位账号");
  xml_set (f, "req", "1");
  f = field (req, form, "operator", "经办人");
  xml_set (f, "hint", "账号只有一名经办人的，可以不填");
  f = field (req, form, "password", "密码");
  xml_set (f, "type", "password");
  xml_set (f, "v", NULL);
  xml_set (f, "req", "1");
  if (login_local (next))
    page_hidden (form, "next", next);
  f = xml_add (form, "b", "登录");
  xml_set (f, "do", "login");
  xml_set (f, "c", "pri");
  return form;
}

/* GET /login. */
static int
login_show (struct bz_req *req)
{
  const char *next = bz_param (req, "next");
  xmlNode *message;

  if (req->session != NULL)
    return bz_redirect (req, "%s", login_local (next) ? next : "/");
  if (req->session_expired) {
    message = xml_add (xml_node (bz_page (req)), "message",
                       "登录已失效，请重新登录。");
    xml_set (message, "kind", "tell");
  }
  (void) login_page (req);
  return BZ_OK;
}

/* The form again, with the reason on top and all that waits for the log-in. */
static int
login_again (struct bz_req *req)
{
  xmlNode *errors = xml_add (xml_node (bz_page (req)), "errors", NULL);

  xml_set (errors, "t", "没有登录");
  resume_carry (req, login_page (req));
  return BZ_BAD_INPUT;
}

static int
login_done (struct bz_req *req)
{
  const char *next = bz_param (req, "next");
  g_autofree char *escaped = NULL;

  if (resume_waits (req))
    return req->session->must_change ? password_page (req)
                                     : resume_finish (req);
  if (!login_local (next))
    next = "/";
  if (!req->session->must_change)
    return bz_redirect (req, "%s", next);
  escaped = g_uri_escape_string (next, "/", FALSE);
  return bz_redirect (req, "/password?next=%s", escaped);
}

static char *
trimmed (const char *text)
{
  return g_strstrip (g_strdup (text != NULL ? text : ""));
}

/* POST /login: its own transactions, no form key. */
static int
login_enter (struct bz_req *req)
{
  g_autofree char *account = trimmed (bz_param (req, "account"));
  g_autofree char *operator_ = trimmed (bz_param (req, "operator"));
  const char *password = bz_param (req, "password");
  int rc;

  if (*account == '\0')
    (void) bz_mark (req, "account", "请填写单位账号");
  if (password == NULL || *password == '\0')
    (void) bz_mark (req, "password", "请填写密码");
  if (req_has_errors (req))
    return login_again (req);
  rc = session_login (req, account, operator_, password);
  if (rc == BZ_FORBIDDEN) {
    (void) bz_mark (req, NULL, "%s", req->fail_text);
    req->fail_text = NULL;
    return login_again (req);
  }
  if (rc < 0)
    return rc;
  if (req->session == NULL)
    return bz_fail (req, BZ_AWAY, "登录没有完成，请再试一次。");
  return login_done (req);
}

/* POST /logout. */
static int
logout (struct bz_req *req)
{
  int rc = audit_write (req, "logout", "operator", bz_user_id (req), "ok", "");

  if (rc >= 0)
    rc = session_close (req);
  return rc < 0 ? rc : bz_redirect (req, "/login");
}

static const struct bz_route routes[] = {
  { "GET", "/login", "public", NULL, "login", login_show },
  { "POST", "/login", "public", NULL, "login", login_enter },
  { "POST", "/logout", "session", NULL, "login", logout },
  { "GET", "/password", "session", NULL, "password", password_show },
  { "POST", "/password", "session", NULL, "password", password_change },
  { "GET", "/account/", "account.directory", NULL, "list", directory_show },
  { "GET", "/account/new", "account.manage", NULL, "record",
    operator_new_show },
  { "POST", "/account/new", "account.manage", NULL, "record", operator_new },
  { "GET", "/account/{account}", "account.directory", NULL, "record",
    operator_show },
  { "POST", "/account/{account}", "account.manage", NULL, "record",
    operator_change },
};

int
session_routes (GError **error)
{
  for (size_t i = 0; i < G_N_ELEMENTS (routes); i++)
    if (route_add (&routes[i], "bz", NULL, error) < 0)
      return BZ_FAILED;
  return BZ_OK;
}
