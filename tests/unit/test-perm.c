/* Roles and permissions: what is not granted is refused.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <glib/gstdio.h>
#include "people.h"
#include "people/perm.h"
#include "people/session.h"
#include "serve/route.h"

static int
ask (const char *permission, const char *path, const char *roles,
     bool must_change)
{
  struct bz_req *req = people_req (path, NULL, 0);
  struct route route = { .row = { .method = "GET", .path = path,
                                  .permission = permission },
                         .pack = "bz" };
  int rc;

  req->route = &route;
  if (roles != NULL) {
    people_user (req, 7, roles);
    req->session->must_change = must_change;
  }
  rc = perm_route (req);
  g_assert_true ((rc == BZ_OK) == (req->fail_text == NULL));
  people_end (req, 0);
  return rc;
}

static void
test_route_matrix (void)
{
  static const char *const role[] = {
    "clerk", "parent_clerk", "center_reviewer", "counter", "section_reviewer",
    "office_leader", "viewer", "system_admin", "security_admin",
    "audit_admin",
  };
  static const struct { const char *permission, *who; } row[] = {
    { "account.directory", "counter,security_admin" },
    { "account.manage", "security_admin" },
    { "audit.view", "audit_admin" },
    { "entry.unheard", "" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (row); i++) {
    g_auto (GStrv) who = g_strsplit (row[i].who, ",", -1);

    g_assert_cmpint (ask (row[i].permission, "/x", NULL, false), ==,
                     BZ_FORBIDDEN);
    for (size_t r = 0; r < G_N_ELEMENTS (role); r++) {
      bool may = g_strv_contains ((const char *const *) who, role[r]);

      g_assert_nonnull (perm_role_title (role[r]));
      g_assert_cmpint (ask (row[i].permission, "/x", role[r], false), ==,
                       may ? BZ_OK : BZ_FORBIDDEN);
    }
  }
}

static void
test_route_open (void)
{
  g_assert_cmpint (ask ("public", "/login", NULL, false), ==, BZ_OK);
  g_assert_cmpint (ask ("session", "/", NULL, false), ==, BZ_FORBIDDEN);
  g_assert_cmpint (ask ("session", "/", "viewer", false), ==, BZ_OK);
  g_assert_cmpint (ask ("session", "/", "nobody_knows", false), ==, BZ_OK);
  g_assert_cmpint (ask (NULL, "/", "security_admin", false), ==,
                   BZ_FORBIDDEN);
}

static void
test_first_password (void)
{
  g_assert_cmpint (ask ("session", "/", "clerk", true), ==, BZ_FORBIDDEN);
  g_assert_cmpint (ask ("account.directory", "/account/", "counter", true),
                   ==, BZ_FORBIDDEN);
  g_assert_cmpint (ask ("session", "/password", "clerk", true), ==, BZ_OK);
  g_assert_cmpint (ask ("session", "/logout", "clerk", true), ==, BZ_OK);
}

static void
test_may (void)
{
  static const char *const columns[] = { "1", NULL };
  static const char *const cells[] = { "1" };
  static const struct db_script sql[] = {
    { "bz.scope_has", "9", columns, cells, 1, 0 },
    { "bz.scope_has", "10", columns, NULL, 0, 0 },
    { "bz.scope_has", "11", NULL, NULL, 0, -DB_FAILED },
  };
  struct bz_req *req = people_req ("/x", sql, 3);

  g_assert_cmpint (bz_may (req, "account.directory", 0), ==, 0);
  people_user (req, 7, "clerk,counter");
  g_assert_cmpint (bz_may (req, "account.directory", 0), ==, 1);
  g_assert_cmpint (bz_may (req, "account.directory", 5), ==, 1);
  g_assert_cmpint (bz_may (req, "account.manage", 5), ==, 0);
  g_assert_cmpint (bz_may (req, "account.directory", 9), ==, 1);
  g_assert_cmpint (bz_may (req, "account.directory", 10), ==, 0);
  g_assert_cmpint (bz_may (req, "account.directory", 11), <, 0);
  people_end (req, 3);
}

static void
test_known (void)
{
  g_assert_true (perm_known ("public"));
  g_assert_true (perm_known ("session"));
  g_assert_true (perm_known ("audit.view"));
  g_assert_false (perm_known ("audit.veiw"));
  g_assert_false (perm_known (""));
  g_assert_true (perm_role_alone ("audit_admin"));
  g_assert_false (perm_role_alone ("clerk"));
  g_assert_null (perm_role_title ("root"));
}

/* Load TEXT as roles.xml of PACK: the error's text, or NULL. */
static char *
load (const char *pack, const char *text)
{
  g_autofree char *dir = g_dir_make_tmp ("people-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "roles.xml", NULL);
  g_autoptr (GError) error = NULL;
  char *why = NULL;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  if (perm_load (path, pack, &error) < 0) {
    g_assert_nonnull (error);
    g_assert_nonnull (strstr (error->message, "roles.xml"));
    why = g_strdup (error->message);
  }
  g_unlink (path);
  g_rmdir (dir);
  return why;
}

static void
test_bad_files (void)
{
  static const struct { const char *text, *why; } bad[] = {
    { "<roles><role name='clerk'><grant permission='audit.view'/></role>"
      "</roles>", "does not begin with entry." },
    { "<roles><role name='clerk' title='x'/></roles>", "has a title" },
    { "<roles><role name='cleric'/></roles>", "is not known" },
    { "<roles><role name='clerk'><grant/></role></roles>", "roles.xml" },
    { "<roles><role name='clerk'><grant permission='all'/></role></roles>",
      "roles.xml" },
    { "<roles><rule/></roles>", "roles.xml" },
    { "<roles", "roles.xml" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autofree char *why = load ("entry", bad[i].text);

    g_assert_nonnull (why);
    g_assert_nonnull (strstr (why, bad[i].why));
  }
  g_assert_false (perm_role_has ("clerk", "audit.view"));
}

static void
test_grant_later (void)
{
  g_autofree char *why = load ("entry", "<roles><role name='clerk'><grant "
                                        "permission='entry.apply'/></role>"
                                        "</roles>");

  g_assert_cmpstr (why, ==, NULL);
  g_assert_true (perm_role_has ("clerk", "entry.apply"));
  g_assert_false (perm_role_has ("viewer", "entry.apply"));
}

int
main (int argc, char **argv)
{
  people_begin (&argc, &argv);
  g_test_add_func ("/perm/matrix-of-platform-permissions", test_route_matrix);
  g_test_add_func ("/perm/public-and-session", test_route_open);
  g_test_add_func ("/perm/A5.10/first-password-opens-its-change-only",
                   test_first_password);
  g_test_add_func ("/perm/scope-decides-beside-the-role", test_may);
  g_test_add_func ("/perm/misspelt-permission-is-not-known", test_known);
  g_test_add_func ("/perm/bad-roles-are-refused", test_bad_files);
  g_test_add_func ("/perm/a-pack-grants-to-earlier-roles", test_grant_later);
  return g_test_run ();
}
