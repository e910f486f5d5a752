/* Requests, their memory, and what plugin.h promises of them.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <stdalign.h>
#include <unistd.h>
#include "people/session.h"
#include "serve/arena.h"
#include "serve/conf.h"
#include "serve/req.h"

static struct conf *conf;

static void
test_arena (void)
{
  static const size_t sizes[] = { 0, 1, 3, 15, 16, 17, 4097, 16384, 16385,
                                  1000003 };
  struct arena *a = arena_new ();

  for (unsigned round = 0; round < 50; round++)
    for (size_t i = 0; i < G_N_ELEMENTS (sizes); i++) {
      unsigned char *p = arena_alloc (a, sizes[i]);

      g_assert_cmpuint ((uintptr_t) p % alignof (max_align_t), ==, 0);
      for (size_t k = 0; k < sizes[i]; k++)
        g_assert_cmpuint (p[k], ==, 0);
      memset (p, 0xa5, sizes[i]);   /* nothing given out later shows it */
    }
  arena_free (a);
  arena_free (NULL);
}

static void
test_fail_first (void)
{
  struct bz_req *req = req_new (conf, NULL);

  g_assert_cmpint (bz_fail (req, BZ_CONFLICT, "甲 %d", 1), ==, BZ_CONFLICT);
  g_assert_cmpint (bz_fail (req, BZ_FAILED, "乙"), ==, BZ_FAILED);
  g_assert_cmpstr (req->fail_text, ==, "甲 1");
  req_free (req);
}

static void
test_marks (void)
{
  struct bz_req *req = req_new (conf, NULL);

  g_assert_cmpint (bz_warn (req, "a", "提醒"), ==, BZ_OK);
  g_assert_false (req_has_errors (req));
  g_assert_cmpint (bz_mark (req, NULL, "有误"), ==, BZ_BAD_INPUT);
  g_assert_true (req_has_errors (req));
  g_assert_cmpuint (req->marks->len, ==, 2);
  req_free (req);
}

static void
test_param_int (void)
{
  static const char *const bad[] = { "", " 7", "7 ", "7x", "+", "--1", "0x10",
                                     "1.5", "99999999999999999999", "７" };

  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
    struct bz_req *req = req_new (conf, NULL);
    int64_t n = 42;

    req_add_param (req, "n", bad[i]);
    g_assert_cmpint (bz_param_int (req, "n", &n), ==, BZ_BAD_INPUT);
    g_assert_cmpint (n, ==, 42);
    g_assert_cmpuint (req->marks->len, ==, 1);
    req_free (req);
  }
}

static void
test_params (void)
{
  struct bz_req *req = req_new (conf, NULL);
  int64_t n;

  req_add_param (req, "a", "1");
  req_add_param (req, "b", "x");
  req_add_param (req, "a", "-2");
  g_assert_cmpstr (bz_param (req, "a"), ==, "1");
  g_assert_cmpstr (bz_param_at (req, "a", 1), ==, "-2");
  g_assert_null (bz_param_at (req, "a", 2));
  g_assert_null (bz_param (req, "c"));
  g_assert_cmpint (bz_param_int (req, "a", &n), ==, BZ_OK);
  g_assert_cmpint (n, ==, 1);
  req_free (req);
}

static void
test_href (void)
{
  struct bz_req *req = req_new (conf, NULL);

  g_assert_cmpstr (bz_href (req, "/entry/%d", 7), ==, "/bz/entry/7");
  g_assert_cmpstr (bz_href (req, "/a b/单"), ==, "/bz/a%20b/%E5%8D%95");
  req_free (req);
}

/* Whatever comes in, the browser stays in this application, and no second
 * header line appears. */
static void
test_redirect (void)
{
  static const char *const bad[] = {
    "//evil.example/", "///evil.example", "/\\evil.example",
    "http://evil.example/", "/a\r\nSet-Cookie: x=y", "", "\\\\evil.example",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
    struct bz_req *req = req_new (conf, NULL);

    g_assert_cmpint (bz_redirect (req, "%s", bad[i]), ==, BZ_OK);
    g_assert_true (g_str_has_prefix (req->location, "/bz/"));
    g_assert_false (g_str_has_prefix (req->location, "/bz//"));
    g_assert_null (strpbrk (req->location, "\r\n\\ "));
    req_free (req);
  }
}

/* With the application at the root there is no base path to save us. */
static void
test_redirect_root (void)
{
  struct conf *root = conf_default ();
  struct bz_req *req = req_new (root, NULL);

  (void) bz_redirect (req, "//evil.example/");
  g_assert_cmpstr (req->location, ==, "/evil.example/");
  (void) bz_redirect (req, "/\\evil.example/");
  g_assert_false (g_str_has_prefix (req->location, "//"));
  g_assert_false (g_str_has_prefix (req->location, "/\\"));
  req_free (req);
  conf_free (root);
}

static void
count_up (void *p)
{
  ++*(int *) p;
}

static void
test_reset (void)
{
  struct bz_req *req = req_new (conf, NULL);
  char name[] = "/tmp/test-req-XXXXXX";
  struct upload u = { .field = "f", .name = "n", .fd = g_mkstemp (name) };
  int freed = 0;
  char c;

  g_assert_cmpint (unlink (name), ==, 0);
  g_assert_cmpint (write (u.fd, "ab", 2), ==, 2);
  g_array_append_val (req->uploads, u);
  req_add_param (req, "a", "1");
  req_own (req, &freed, count_up);
  req->page = xmlNewDoc (BAD_CAST "1.0");
  bz_view (req, "list");
  (void) bz_fail (req, BZ_FAILED, "x");
  (void) bz_mark (req, "a", "x");
  (void) bz_redirect (req, "/x");
  req->set_cookie = "a=b";
  req->audited = true;
  req_reset (req);
  g_assert_null (req->page);
  g_assert_null (req->view);
  g_assert_null (req->fail_text);
  g_assert_null (req->location);
  g_assert_null (req->set_cookie);
  g_assert_false (req->audited);
  g_assert_cmpuint (req->marks->len, ==, 0);
  g_assert_cmpstr (bz_param (req, "a"), ==, "1");
  g_assert_cmpint (read (req_upload (req, "f")->fd, &c, 1), ==, 1);
  g_assert_cmpint (c, ==, 'a');
  req_free (req);
  g_assert_cmpint (freed, ==, 1);
  req_free (NULL);
}

static void
test_user (void)
{
  struct session s = { .operator_id = 7, .scope_id = 9 };
  struct bz_req *req = req_new (conf, NULL);

  g_assert_cmpint (bz_user_id (req), ==, 0);
  req->session = &s;
  g_assert_cmpint (bz_user_id (req), ==, 7);
  g_assert_cmpint (bz_user_scope (req), ==, 9);
  g_assert_cmpuint (strlen (bz_now (req)), ==, 19);
  g_assert_cmpuint (strlen (bz_today (req)), ==, 10);
  g_assert_true (g_str_has_prefix (bz_now (req), bz_today (req)));
  g_assert_cmpstr (bz_format (req, "%s-%d", "甲", 3), ==, "甲-3");
  req_free (req);
}

int
main (int argc, char **argv)
{
  int rc;

  g_test_init (&argc, &argv, NULL);
  conf = conf_default ();
  g_free (conf->base);
  conf->base = g_strdup ("/bz");
  g_test_add_func ("/arena/aligned-and-zeroed", test_arena);
  g_test_add_func ("/req/first-failure-speaks", test_fail_first);
  g_test_add_func ("/req/a-warning-does-not-stop", test_marks);
  g_test_add_func ("/req/what-is-no-number-is-marked", test_param_int);
  g_test_add_func ("/req/repeated-parameters", test_params);
  g_test_add_func ("/req/addresses-carry-the-base-path", test_href);
  g_test_add_func ("/req/a-redirect-stays-here", test_redirect);
  g_test_add_func ("/req/a-redirect-stays-here-at-the-root",
                   test_redirect_root);
  g_test_add_func ("/req/reset-keeps-only-what-came-in", test_reset);
  g_test_add_func ("/req/user-and-time", test_user);
  rc = g_test_run ();
  conf_free (conf);
  return rc;
}
