/* bianzhi account, and the directory for the counter.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <glib/gstdio.h>
#include "people.h"
#include "people/account.h"
#include "people/crypto.h"
#include "people/demo.h"
#include "serve/conf.h"

static const char *const scope_columns[] = { "id", "name", "kind", NULL };
static const char *const scope_cells[] = { "5", "市生态环境局", "unit" };
static const char *const account_columns[] = { "id", "scope_id", "state",
                                               NULL };

/* "account add ..." split at spaces: its status. */
static int
run (struct bz_req *req, const char *line)
{
  g_auto (GStrv) argv = g_strsplit (line, " ", -1);

  req->from_shell = true;
  return account_command (req, (int) g_strv_length (argv), argv);
}

static void
test_add (void)
{
  static const struct db_script sql[] = {
    { "bz.scope_by_code", "D031", scope_columns, scope_cells, 1, 0 },
    { "bz.account_find", "D031", account_columns, NULL, 0, 0 },
    { "bz.account_add", "D031|unit|5", NULL, NULL, 0, 1 },
    { "bz.operator_add", NULL, NULL, NULL, 0, 1 },
    { "bz.operator_role_add", "4|clerk", NULL, NULL, 0, 1 },
    { "bz.operator_role_add", "4|viewer", NULL, NULL, 0, 1 },
    AUDIT_ROWS (NULL),
  };
  struct bz_req *req = people_req ("/", sql, G_N_ELEMENTS (sql));

  g_assert_cmpint (run (req, "account add D031 新来 --scope D031 --roles "
                             "clerk,viewer"), ==, BZ_OK);
  people_end (req, G_N_ELEMENTS (sql));
}

/* Without one query: the words alone are wrong. */
static void
test_bad_words (void)
{
  static const char *const bad[] = {
    "account", "account frob", "account add", "account add D031",
    "account add D031 x --scope D031", "account add D031 x --roles clerk",
    "account add D031 x --scope D031 --roles clerck",
    "account add D031 x --scope D031 --roles clerk,",
    "account add D031 x --scope D031 --roles clerk,audit_admin",
    "account add D031 x --scope D031 --roles system_admin,security_admin",
    "account add D031 x --scope", "account add D031 x --force",
    "account add D031  --scope D031 --roles clerk",
    "account add D031 x y --scope D031 --roles clerk",
    "account reset D031", "account close", "account load-demo",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
    struct bz_req *req = people_req ("/", NULL, 0);

    g_assert_cmpint (run (req, bad[i]), <, 0);
    g_assert_nonnull (req->fail_text);
    people_end (req, 0);
  }
}

static void
test_help (void)
{
  static const char *const good[] = { "account --help", "account add --help",
                                      "account reset -h" };

  for (size_t i = 0; i < G_N_ELEMENTS (good); i++) {
    struct bz_req *req = people_req ("/", NULL, 0);

    g_assert_cmpint (run (req, good[i]), ==, BZ_OK);
    people_end (req, 0);
  }
}

static void
test_unknown_scope (void)
{
  static const struct db_script sql[] = {
    { "bz.scope_by_code", "ZZZ", scope_columns, NULL, 0, 0 },
  };
  struct bz_req *req = people_req ("/", sql, 1);

  g_assert_cmpint (run (req, "account add D031 x --scope ZZZ --roles clerk"),
                   ==, BZ_NOT_FOUND);
  g_assert_nonnull (strstr (req->fail_text, "ZZZ"));
  people_end (req, 1);
}

/* An account never moves to another unit by accident. */
static void
test_other_scope (void)
{
  static const char *const cells[] = { "3", "6", "active" };
  static const struct db_script sql[] = {
    { "bz.scope_by_code", NULL, scope_columns, scope_cells, 1, 0 },
    { "bz.account_find", NULL, account_columns, cells, 1, 0 },
  };
  struct bz_req *req = people_req ("/", sql, 2);

  g_assert_cmpint (run (req, "account add D031 x --scope D031 --roles clerk"),
                   ==, BZ_CONFLICT);
  people_end (req, 2);
}

static void
test_reset (void)
{
  static const char *const cells[] = { "3", "5", "active" };
  static const char *const columns[] = { "id", "state", NULL };
  static const char *const one[] = { "7", "active" };
  static const struct db_script sql[] = {
    { "bz.account_find", "D031", account_columns, cells, 1, 0 },
    { "bz.operator_find", "3|王敏", columns, one, 1, 0 },
    { "bz.password_set", NULL, NULL, NULL, 0, 1 },
    { "bz.operator_sessions_close", "7", NULL, NULL, 0, 1 },
    AUDIT_ROWS (NULL),
  };
  struct bz_req *req = people_req ("/", sql, G_N_ELEMENTS (sql));

  g_assert_cmpint (run (req, "account reset D031 王敏"), ==, BZ_OK);
  people_end (req, G_N_ELEMENTS (sql));
}

/* -- The demo's file. */

static int
load_demo (const struct db_script *sql, size_t n, bool demo, const char *text,
           size_t asked)
{
  g_autofree char *dir = g_dir_make_tmp ("people-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "accounts.csv", NULL);
  struct bz_req *req = people_req ("/", sql, n);
  int rc;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  req->from_shell = true;
  ((struct conf *) req->conf)->demo = demo;
  rc = account_load_demo (req, path);
  people_end (req, asked);
  g_unlink (path);
  g_rmdir (dir);
  return rc;
}

#define HEADER "account,operator,password,roles,unit_code,desk\n"

static void
test_demo_only (void)
{
  static const char *const bad[] = {
    "", "account,operator\n", HEADER "D031,王敏,Bz-demo-a1,clerk\n",
    HEADER "D031,王敏,,clerk,D031,\n", HEADER "D031,王敏,Lan-tian-36,clerk,D031,\n",
    HEADER "D031,王敏,Bz-demo-a1,clerk,D031,,x\n",
  };

  g_assert_cmpint (load_demo (NULL, 0, false,
                              HEADER "D031,王敏,Bz-demo-a1,clerk,D031,\n", 0),
                   ==, BZ_FORBIDDEN);
  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_cmpint (load_demo (NULL, 0, true, bad[i], 0), ==, BZ_BAD_INPUT);
}

/* Once loaded, a second start costs no hash and leaves passwords alone. */
static void
test_demo_twice (void)
{
  static const char *const cells[] = { "3", "5", "active" };
  static const char *const columns[] = { "id", "state", NULL };
  static const char *const one[] = { "7", "active" };
  static const struct db_script first[] = {
    { "bz.account_find", "D031", account_columns, NULL, 0, 0 },
    { "bz.scope_by_code", "D031", scope_columns, scope_cells, 1, 0 },
    { "bz.account_find", "D031", account_columns, NULL, 0, 0 },
    { "bz.account_add", "D031|unit|5", NULL, NULL, 0, 1 },
    { "bz.operator_add", NULL, NULL, NULL, 0, 1 },
    { "bz.operator_role_add", "5|clerk", NULL, NULL, 0, 1 },
    { "bz.operator_role_add", "5|parent_clerk", NULL, NULL, 0, 1 },
    AUDIT_ROWS (NULL),
  };
  static const struct db_script second[] = {
    { "bz.account_find", "D031", account_columns, cells, 1, 0 },
    { "bz.operator_find", "3|王敏", columns, one, 1, 0 },
  };
  const char *text
    = HEADER "D031,王敏,Bz-demo-a1,clerk;parent_clerk,D031,\r\n\r\n";

  g_assert_cmpint (load_demo (first, G_N_ELEMENTS (first), true, text,
                              G_N_ELEMENTS (first)), ==, BZ_OK);
  g_assert_cmpint (load_demo (second, 2, true, text, 2), ==, BZ_OK);
}

/* The file that the demo really loads. */
static void
test_demo_file (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_true (g_file_get_contents (BZ_TOP "/conf/demo-accounts.csv", &text,
                                      NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++) {
    g_auto (GStrv) cell = g_strsplit (g_strchomp (lines[i]), ",", -1);
    g_auto (GStrv) roles = NULL;
    struct bz_req *req = people_req ("/", NULL, 0);

    g_assert_cmpuint (g_strv_length (cell), ==, 6);
    g_assert_true (g_str_has_prefix (cell[2], DEMO_PASSWORD_PREFIX));
    roles = g_strsplit (cell[3], ";", -1);
    g_assert_cmpint (account_roles_ok (req, roles), ==, BZ_OK);
    people_end (req, 0);
  }
}

/* -- The directory. */

static void
test_directory (void)
{
  static const char *const count_columns[] = { "n", NULL };
  static const char *const count[] = { "71" };
  static const char *const columns[] = { "id",    "name",      "unit", "code",
                                         "state", "operators", NULL };
  static const char *const cells[] = {
    "4", "D031", "市生态环境局", "D031", "active", "王敏、李建国",
    "9", "D032", "市某局",       NULL,   "closed", NULL,
  };
  static const struct db_script sql[] = {
    { "bz.directory_count", "局 <x>|0", count_columns, count, 1, 0 },
    { "bz.directory", "局 <x>|0|3|51", columns, cells, 2, 0 },
  };
  struct bz_req *req = people_req ("/account/", sql, 2);

  people_user (req, 7, "counter");
  req_add_param (req, "q", " 局 <x> ");
  req_add_param (req, "below", "3");
  g_assert_cmpint (directory_show (req), ==, BZ_OK);
  g_assert_cmpstr (people_xpath (req, "count(//table/r)"), ==, "2");
  g_assert_cmpstr (people_xpath (req, "//r[1]/c[1]/@href"), ==, "/account/4");
  g_assert_cmpstr (people_xpath (req, "//r[1]/c[4]"), ==, "王敏、李建国");
  g_assert_cmpstr (people_xpath (req, "//r[2]/@off"), ==, "1");
  g_assert_cmpstr (people_xpath (req, "count(//r[2]/c)"), ==, "5");
  g_assert_cmpstr (people_xpath (req, "//pager/@total"), ==, "71");
  g_assert_cmpstr (people_xpath (req, "count(//pager/@next)"), ==, "0");
  g_assert_cmpstr (people_xpath (req, "//pager/@prev"), ==,
                   "/account/?q=%E5%B1%80%20%3Cx%3E&above=4");
  people_end (req, 2);
}

int
main (int argc, char **argv)
{
  people_begin (&argc, &argv);
  g_test_add_func ("/account/HY-6/add-makes-operator-and-roles", test_add);
  g_test_add_func ("/account/wrong-words-ask-nothing", test_bad_words);
  g_test_add_func ("/account/help", test_help);
  g_test_add_func ("/account/unknown-unit-is-named", test_unknown_scope);
  g_test_add_func ("/account/no-account-of-two-units", test_other_scope);
  g_test_add_func ("/account/reset-ends-the-sessions", test_reset);
  g_test_add_func ("/account/A5.10/demo-accounts-in-the-demo-only",
                   test_demo_only);
  g_test_add_func ("/account/demo-loads-once", test_demo_twice);
  g_test_add_func ("/account/demo-file-is-sound", test_demo_file);
  g_test_add_func ("/directory/HY-4/rows-search-and-paging", test_directory);
  return g_test_run ();
}
