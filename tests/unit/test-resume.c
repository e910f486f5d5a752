/* A form whose session was gone: nothing typed is lost, nobody else sees it.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "people.h"
#include "data/xml.h"
#include "people/key.h"
#include "people/login.h"
#include "people/resume.h"
#include "people/session.h"
#include "serve/route.h"

#define NOTE "第一行\n第二行 & <b>\"引号\"</b>\n\n第四行"

static int
nothing (struct bz_req *req)
{
  return BZ_OK;
}

/* A key that operator ID got for PATH. */
static char *
key_of (int64_t id, const char *path)
{
  struct bz_req *req = people_req (path, NULL, 0);
  char *key;

  people_user (req, id, "clerk");
  key = g_strdup (key_new (req, path));
  people_end (req, 0);
  return key;
}

/* The interrupted POST of operator 7, answered; not freed. */
static struct bz_req *
interrupted (void)
{
  g_autofree char *key = key_of (7, "/entry/5/item/31");
  struct bz_req *req = people_req ("/entry/5/item/31", NULL, 0);
  struct upload file = { .field = "paper.approval", .name = "审批表.pdf",
                         .fd = -1, .size = 9 };

  req_add_param (req, "case", "5");      /* of the path: not typed */
  req->first_body = 1;
  req_add_param (req, "key", key);
  req_add_param (req, "name", "阿依古丽·买买提");
  req_add_param (req, "skill", "a");
  req_add_param (req, "skill", "b");
  req_add_param (req, "skill", "a");
  req_add_param (req, "note", NOTE);
  req_add_param (req, "empty", "");
  req_add_param (req, "account", "not a log-in field here");
  req_add_param (req, "new_password", "Lan-tian-36");
  req_add_param (req, "do", "save");
  g_array_append_val (req->uploads, file);
  g_assert_cmpint (session_resume_page (req), ==, BZ_OK);
  return req;
}

static void
test_page (void)
{
  struct bz_req *req = interrupted ();

  g_assert_cmpint (req->http_status, ==, 401);
  g_assert_cmpstr (req->view, ==, "login");
  g_assert_cmpstr (people_xpath (req, "//form/@action"), ==, "/login");
  g_assert_cmpstr (people_xpath (req, "//f[@id='account']/@v"), ==, "");
  g_assert_cmpstr (people_xpath (req, "//hidden[@n='keep_path']/@v"), ==,
                   "/entry/5/item/31");
  g_assert_cmpstr (people_xpath (req, "//hidden[@n='keep.note']/@v"), ==,
                   NOTE);
  g_assert_cmpstr (people_xpath (req, "count(//hidden[@n='keep.skill'])"), ==,
                   "3");
  g_assert_cmpstr (people_xpath (req, "//hidden[@n='keep.skill'][2]/@v"), ==,
                   "b");
  g_assert_cmpstr (people_xpath (req, "count(//hidden[@n='keep.empty'])"), ==,
                   "1");
  g_assert_cmpstr (people_xpath (req, "//hidden[@n='keep_file']/@v"), ==,
                   "审批表.pdf");
  g_assert_cmpstr (people_xpath (req, "count(//*[contains(@n,'password')])"),
                   ==, "0");
  g_assert_cmpstr (people_xpath (req, "count(//hidden[@n='keep.case'])"), ==,
                   "0");
  people_end (req, 0);
}

/* What a browser sends after the log-in: all hidden values of that page. */
static struct bz_req *
sent_back (int64_t operator_id, const char *instead, const char *value)
{
  struct bz_req *page = interrupted ();
  struct bz_req *req = people_req ("/login", NULL, 0);
  xmlNode *root = xmlDocGetRootElement (page->page);
  xmlNode *form = xml_child (root, "form");

  for (xmlNode *h = xml_child (form, "hidden"); h != NULL;
       h = xml_next (h, "hidden")) {
    const char *name = xml_attr (h, "n");

    req_add_param (req, name,
                   g_strcmp0 (name, instead) == 0 ? value : xml_attr (h, "v"));
  }
  people_end (page, 0);
  people_user (req, operator_id, "clerk");
  return req;
}

static void
test_same_operator (void)
{
  struct bz_req *req = sent_back (7, NULL, NULL);
  const char *key = bz_param (req, "keep.key");

  g_assert_true (resume_waits (req));
  g_assert_cmpint (resume_finish (req), ==, BZ_OK);
  g_assert_cmpstr (req->view, ==, "resume");
  g_assert_cmpstr (people_xpath (req, "//form/@action"), ==,
                   "/entry/5/item/31");
  g_assert_cmpstr (people_xpath (req, "//form/@key"), ==, key);
  g_assert_cmpstr (people_xpath (req, "//hidden[@n='note']/@v"), ==, NOTE);
  g_assert_cmpstr (people_xpath (req, "//hidden[@n='name']/@v"), ==,
                   "阿依古丽·买买提");
  g_assert_cmpstr (people_xpath (req, "count(//hidden[@n='skill'])"), ==, "3");
  g_assert_cmpstr (people_xpath (req, "//hidden[@n='skill'][3]/@v"), ==, "a");
  g_assert_cmpstr (people_xpath (req, "//form/b/@do"), ==, "save");
  g_assert_cmpstr (people_xpath (req, "count(//hidden[@n='do' or @n='key'])"),
                   ==, "0");
  g_assert_cmpstr (people_xpath (req, "count(//message[contains(.,"
                                      "'审批表.pdf')])"), ==, "1");
  people_end (req, 0);
}

static void
test_other_operator (void)
{
  struct bz_req *req = sent_back (8, NULL, NULL);

  g_assert_cmpint (resume_finish (req), ==, BZ_OK);
  g_assert_cmpstr (people_xpath (req, "count(//hidden)"), ==, "0");
  g_assert_cmpstr (people_xpath (req, "count(//form/b)"), ==, "0");
  g_assert_cmpstr (people_xpath (req, "//form/a/@href"), ==,
                   "/entry/5/item/31");
  g_assert_cmpstr (people_xpath (req, "count(//*[contains(., '阿依')])"), ==,
                   "0");
  people_end (req, 0);
}

static void
test_old_key (void)
{
  struct bz_req *req = sent_back (7, NULL, NULL);
  const char *old = bz_param (req, "keep.key");

  people_now ("2026-11-24 10:00:00");
  g_assert_cmpint (resume_finish (req), ==, BZ_OK);
  g_assert_cmpstr (people_xpath (req, "//form/@key"), !=, old);
  g_assert_cmpint (key_verify (req, people_xpath (req, "//form/@key"),
                               "/entry/5/item/31", 7), ==, KEY_OK);
  people_now ("2026-11-22 10:00:00");
  people_end (req, 0);
}

/* A page of somebody else cannot make us post to an address of its choice. */
static void
test_bad_path (void)
{
  static const char *const bad[] = {
    "", "x", "//evil.invalid/entry/5", "https://evil.invalid/", "/login",
    "/logout", "/\\evil.invalid", "/entry/none/such", "/entry/5\n",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
    struct bz_req *req = sent_back (7, "keep_path", bad[i]);

    g_assert_false (resume_waits (req));
    people_end (req, 0);
  }
}

/* A wrong password, or a first one to be changed: the values go on. */
static void
test_carry (void)
{
  struct bz_req *req = sent_back (7, NULL, NULL);
  xmlNode *form = login_page (req);

  req_add_param (req, "password", "x");
  resume_carry (req, form);
  g_assert_cmpstr (people_xpath (req, "//hidden[@n='keep.note']/@v"), ==,
                   NOTE);
  g_assert_cmpstr (people_xpath (req, "count(//hidden[@n='keep.skill'])"), ==,
                   "3");
  g_assert_cmpstr (people_xpath (req, "count(//hidden[@n='keep_path'])"), ==,
                   "1");
  g_assert_cmpstr (people_xpath (req, "count(//hidden[@n='password'])"), ==,
                   "0");
  people_end (req, 0);
}

static void
test_logout (void)
{
  struct bz_req *req = people_req ("/logout", NULL, 0);

  g_assert_cmpint (session_resume_page (req), ==, BZ_OK);
  g_assert_cmpstr (people_xpath (req, "count(//hidden)"), ==, "0");
  people_end (req, 0);
}

static void
test_local (void)
{
  g_assert_true (login_local ("/"));
  g_assert_true (login_local ("/entry/?tab=todo&q=王"));
  g_assert_false (login_local (NULL));
  g_assert_false (login_local (""));
  g_assert_false (login_local ("entry"));
  g_assert_false (login_local ("//x"));
  g_assert_false (login_local ("/\\x"));
  g_assert_false (login_local ("/x\r\nSet-Cookie: a=b"));
  g_assert_false (login_local ("javascript:alert(1)"));
  g_assert_false (login_local ("/login?next=/"));
}

int
main (int argc, char **argv)
{
  static const struct db_script secret[] = { SECRET_ROW };
  static const struct bz_route routes[] = {
    { "GET", "/entry/{case}/item/{item}", "session", NULL, NULL, nothing },
    { "POST", "/entry/{case}/item/{item}", "session", NULL, NULL, nothing },
  };
  struct bz_req *req;

  people_begin (&argc, &argv);
  req = people_req ("/", secret, 1);
  g_assert_nonnull (key_new (req, "/"));
  people_end (req, 1);
  for (size_t i = 0; i < G_N_ELEMENTS (routes); i++)
    g_assert_cmpint (route_add (&routes[i], "entry", NULL, NULL), >=, 0);
  g_test_add_func ("/resume/all-values-are-kept-but-passwords", test_page);
  g_test_add_func ("/resume/same-operator-gets-them-back",
                   test_same_operator);
  g_test_add_func ("/resume/another-operator-gets-it-empty",
                   test_other_operator);
  g_test_add_func ("/resume/old-key-is-made-new", test_old_key);
  g_test_add_func ("/resume/only-to-a-route-of-ours", test_bad_path);
  g_test_add_func ("/resume/a-failed-log-in-keeps-it", test_carry);
  g_test_add_func ("/resume/nothing-to-keep-of-a-log-out", test_logout);
  g_test_add_func ("/login/next-is-a-path-of-ours", test_local);
  return g_test_run ();
}
