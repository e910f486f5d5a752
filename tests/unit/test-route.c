/* Routes: what is refused, what wins, and what the path gives.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "serve-stub.h"
#include "serve/route.h"

static int
nothing (struct bz_req *req)
{
  return BZ_OK;
}

static void
add (const char *method, const char *path)
{
  const struct bz_route row = { method, path, "public", NULL, NULL, nothing };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (route_add (&row, "entry", NULL, &error), ==, BZ_OK);
  g_assert_no_error (error);
}

static const char *
found (const char *method, const char *path)
{
  struct bz_req *req = stub_req (method, path);
  const char *ret = NULL;

  if (route_find (req) == BZ_OK)
    ret = req->route->row.path;
  req_free (req);
  return ret;
}

static void
fill (void)
{
  route_clear ();
  add ("GET", "/entry/");
  add ("GET", "/entry/{case}");
  add ("GET", "/entry/new");
  add ("POST", "/entry/{case}/move");
  add ("GET", "/entry/{case}/item/{item}");
  add ("GET", "/entry/{case}/item/new");
}

static void
test_find (void)
{
  fill ();
  g_assert_cmpstr (found ("GET", "/entry/"), ==, "/entry/");
  g_assert_cmpstr (found ("GET", "/entry/7"), ==, "/entry/{case}");
  g_assert_cmpstr (found ("GET", "/entry/new"), ==, "/entry/new");
  g_assert_cmpstr (found ("GET", "/entry/7/item/new"), ==,
                   "/entry/{case}/item/new");
  g_assert_cmpstr (found ("GET", "/entry/7/item/8"), ==,
                   "/entry/{case}/item/{item}");
  g_assert_null (found ("GET", "/entry"));
  g_assert_null (found ("GET", "/entry/7/"));
  g_assert_null (found ("GET", "/entry//move"));
  g_assert_null (found ("GET", "/Entry/"));
  g_assert_null (found ("GET", "entry/"));
}

static void
test_method (void)
{
  static const char *const methods[] = { "GET", "PUT", "post", "" };

  fill ();
  for (size_t i = 0; i < G_N_ELEMENTS (methods); i++) {
    struct bz_req *req = stub_req (methods[i], "/entry/7/move");

    g_assert_cmpint (route_find (req), ==, BZ_NOT_FOUND);
    g_assert_cmpint (req->http_status, ==, 405);
    req_free (req);
  }
}

/* Another id in the query or the body never stands before the path's. */
static void
test_params (void)
{
  struct bz_req *req = stub_req ("GET", "/entry/7/item/8");

  fill ();
  req_add_param (req, "case", "99");
  req->first_body = 1;
  req_add_param (req, "item", "99");
  g_assert_cmpint (route_find (req), ==, BZ_OK);
  g_assert_cmpstr (bz_param (req, "case"), ==, "7");
  g_assert_cmpstr (bz_param (req, "item"), ==, "8");
  g_assert_cmpstr (bz_param_at (req, "case", 1), ==, "99");
  g_assert_cmpuint (req->first_body, ==, 3);
  req_free (req);
}

static void
test_refused (void)
{
  static const struct { struct bz_route row; const char *says; } bad[] = {
    { { "PUT", "/entry/", "public", NULL, NULL, nothing }, "GET or POST" },
    { { NULL, "/entry/", "public", NULL, NULL, nothing }, "GET or POST" },
    { { "GET", "entry/", "public", NULL, NULL, nothing }, "slash" },
    { { "GET", "/entry/", NULL, NULL, NULL, nothing }, "permission" },
    { { "GET", "/entry/", "", NULL, NULL, nothing }, "permission" },
    { { "GET", "/entry/", "public", NULL, NULL, NULL }, "handler" },
    { { "GET", "/entry/", "local", NULL, NULL, nothing }, "platform" },
    { { "GET", "/exit/", "public", NULL, NULL, nothing }, "its name" },
    { { "GET", "/entryx/", "public", NULL, NULL, nothing }, "its name" },
    { { "GET", "/entry//x", "public", NULL, NULL, nothing }, "segment" },
    { { "GET", "/entry/../x", "public", NULL, NULL, nothing }, "segment" },
    { { "GET", "/entry/{}", "public", NULL, NULL, nothing }, "segment" },
    { { "GET", "/entry/{a", "public", NULL, NULL, nothing }, "segment" },
    { { "GET", "/entry/a b", "public", NULL, NULL, nothing }, "segment" },
  };

  route_clear ();
  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_cmpint (route_add (&bad[i].row, "entry", NULL, &error), <, 0);
    g_assert_nonnull (strstr (error->message, bad[i].says));
    g_assert_nonnull (strstr (error->message, "entry"));
  }
}

static void
test_twice (void)
{
  const struct bz_route row = { "GET", "/entry/{other}", "public", NULL, NULL,
                                nothing };
  const struct bz_route post = { "POST", "/entry/{other}", "public", NULL,
                                 NULL, nothing };
  g_autoptr (GError) error = NULL;

  fill ();
  g_assert_cmpint (route_add (&row, "entry", NULL, &error), <, 0);
  g_assert_nonnull (strstr (error->message, "another route"));
  g_assert_cmpint (route_add (&post, "entry", NULL, NULL), ==, BZ_OK);
}

static void
test_check (void)
{
  static const struct bz_route bad[] = {
    { "GET", "/entry/", "no.such", NULL, NULL, nothing },
    { "GET", "/entry/", "entry.view", NULL, "no-such", nothing },
    { "GET", "/entry/", "entry.view", "no/form", NULL, nothing },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;

    route_clear ();
    g_assert_cmpint (route_add (&bad[i], "entry", NULL, NULL), ==, BZ_OK);
    g_assert_cmpint (route_check (&error), <, 0);
    g_assert_nonnull (strstr (error->message, "/entry/"));
  }
  fill ();
  g_assert_cmpint (route_check (NULL), ==, BZ_OK);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/route/fixed-words-before-names", test_find);
  g_test_add_func ("/route/another-method-is-405", test_method);
  g_test_add_func ("/route/path-parameters-come-first", test_params);
  g_test_add_func ("/route/bad-rows-are-refused", test_refused);
  g_test_add_func ("/route/one-path-once", test_twice);
  g_test_add_func ("/route/unknown-permission-view-form", test_check);
  return g_test_run ();
}
