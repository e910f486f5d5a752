/* Rules of passwords, and the page that changes one.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "people.h"
#include "people/crypto.h"
#include "people/password.h"
#include "people/session.h"

static const char *const hash_columns[] = { "password_hash", NULL };

static guint
faults (const char *password)
{
  g_autoptr (GPtrArray) found = password_faults (password, "D031", "王敏");

  for (guint i = 0; i < found->len; i++)
    g_assert_false (g_str_has_suffix (g_ptr_array_index (found, i), "。"));
  return found->len;
}

static void
test_good (void)
{
  static const char *const good[] = {
    "Lan-tian-36", "qingshan lushui 7", "青山绿水人家好天气a", "x7#Kp2mQ9z",
    "correct horse battery", "Yu-hua-shi-0871",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_cmpuint (faults (good[i]), ==, 0);
}

static void
test_bad (void)
{
  static const char *const bad[] = {
    "123456", "1234567890", "0987654321", "aaaaaaaaaaaa", "abcdefghijkl",
    "qwertyuiop", "Qwertyuiop1", "Password123", "woaini1314a", "8888888888a",
    "Lan-tian3", "onlyletters", "ONLYLETTERS", "王敏王敏王敏王敏12", "xd031xxxxx9",
    "wang-D031-2026", "Bz-demo-heliu71", "我的密码很长很安全很好",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++)
    if (faults (bad[i]) == 0)
      g_error ("%s passes", bad[i]);
}

/* Each broken rule is a sentence of its own. */
static void
test_each_rule_speaks (void)
{
  g_autofree char *much = g_strnfill (129, 'q');

  g_assert_cmpuint (faults ("123456"), ==, 3);
  g_assert_cmpuint (faults ("abc"), ==, 3);
  g_assert_cmpuint (faults (much), >=, 2);
  g_assert_cmpuint (faults (""), ==, 1);
}

static void
test_first_over (void)
{
  const char *now = "2026-11-22 10:00:00";

  g_assert_true (password_first_over ("first", "2026-11-22 09:59:59", now));
  g_assert_false (password_first_over ("first", "2026-11-22 10:00:00", now));
  g_assert_false (password_first_over ("first", NULL, now));
  g_assert_false (password_first_over ("set", "2026-11-22 09:59:59", now));
}

/* -- The change. */

/* POST /password by operator 7 whose password is "Lan-tian-36". */
static struct bz_req *
change_req (struct db_script *sql, size_t n, const char *old,
            const char *new, const char *again)
{
  static const char *cells[1];
  static char *hash;
  struct bz_req *req = people_req ("/password", sql, n);

  if (hash == NULL)
    hash = crypto_password_hash ("Lan-tian-36", 1);
  cells[0] = hash;
  sql[0] = (struct db_script) { "bz.password_hash", NULL, hash_columns, cells,
                                1, 0 };
  people_user (req, 7, "clerk");
  req->session->must_change = true;
  req_add_param (req, "old_password", old);
  req_add_param (req, "new_password", new);
  req_add_param (req, "new_password_again", again);
  g_assert_cmpint (db_begin (req->db, false), ==, BZ_OK);
  req->in_tx = true;
  return req;
}

static void
end (struct bz_req *req, size_t n)
{
  g_assert_true (db_in_transaction (req->db));
  if (req->location != NULL) /* changed: the audit's row comes last */
    g_assert_cmpint (db_commit (req->db), ==, BZ_OK);
  else
    db_rollback (req->db);
  people_end (req, n);
}

static void
test_change (void)
{
  struct db_script sql[6] = {
    [1] = { "bz.password_set", NULL, NULL, NULL, 0, 1 },
    [2] = { "bz.session_others", NULL, NULL, NULL, 0, 2 },
    AUDIT_ROWS (NULL),
  };
  struct bz_req *req = change_req (sql, 6, "Lan-tian-36", "Yu-hua-shi-0871",
                                   "Yu-hua-shi-0871");

  req_add_param (req, "next", "/entry/?tab=todo");
  g_assert_cmpint (password_change (req), ==, BZ_OK);
  g_assert_cmpstr (req->location, ==, "/entry/?tab=todo");
  g_assert_false (req->session->must_change);
  g_assert_true (req->audited);
  end (req, 6);
}

static void
test_change_elsewhere (void)
{
  static const char *const bad[] = { "//evil.invalid/", "https://evil.invalid",
                                     "/\\evil.invalid", "evil", "/login" };

  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
    struct db_script sql[6] = {
      [1] = { "bz.password_set", NULL, NULL, NULL, 0, 1 },
      [2] = { "bz.session_others", NULL, NULL, NULL, 0, 0 },
      AUDIT_ROWS (NULL),
    };
    struct bz_req *req = change_req (sql, 6, "Lan-tian-36", "Yu-hua-shi-0871",
                                     "Yu-hua-shi-0871");

    req_add_param (req, "next", bad[i]);
    g_assert_cmpint (password_change (req), ==, BZ_OK);
    g_assert_cmpstr (req->location, ==, "/");
    end (req, 6);
  }
}

static void
test_change_bad (void)
{
  static const struct { const char *old, *new, *again; unsigned marks; }
  row[] = {
    { "Lan-tian-36", "123456", "123456", 3 },
    { "Lan-tian-36", "Yu-hua-shi-0871", "Yu-hua-shi-0872", 1 },
    { "Lan-tian-36", "Lan-tian-36", "Lan-tian-36", 1 },
    { "Lan-tian-36", "", "", 1 },
    { "", "Yu-hua-shi-0871", "Yu-hua-shi-0871", 1 },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (row); i++) {
    struct db_script sql[2] = { [1] = SECRET_ROW };
    struct bz_req *req = change_req (sql, 2, row[i].old, row[i].new,
                                     row[i].again);

    g_assert_cmpint (password_change (req), ==, BZ_BAD_INPUT);
    g_assert_cmpuint (req->marks->len, ==, row[i].marks);
    g_assert_cmpstr (people_xpath (req, "count(//form/f[@type='password'])"),
                     ==, "3");
    /* What was typed does not come back. */
    g_assert_cmpstr (people_xpath (req, "count(//f/@v)"), ==, "0");
    g_assert_null (req->location);
    /* The secret is asked for once in a process. */
    end (req, i == 0 ? 2 : 1);
  }
}

/* Guessing the old one counts like a log-in, and stays counted although the
 * request's own transaction is rolled back. */
static void
test_change_guessing (void)
{
  static const char *const columns[] = { "failures", "locked_until", NULL };
  static const char *const cells[] = { "4", NULL };
  struct db_script sql[6] = {
    [1] = { "bz.login_lock", "7", columns, cells, 1, 0 },
    [2] = { "bz.login_count", "5|2026-11-22 10:15:00|7", NULL, NULL, 0, 1 },
    AUDIT_ROWS (NULL),
  };
  struct bz_req *req = change_req (sql, 6, "guess", "Yu-hua-shi-0871",
                                   "Yu-hua-shi-0871");

  g_assert_cmpint (password_change (req), ==, BZ_FORBIDDEN);
  g_assert_nonnull (strstr (req->fail_text, "10:15"));
  end (req, 6);
}

int
main (int argc, char **argv)
{
  people_begin (&argc, &argv);
  g_test_add_func ("/password/good-ones-pass", test_good);
  g_test_add_func ("/password/bad-ones-do-not", test_bad);
  g_test_add_func ("/password/each-broken-rule-speaks",
                   test_each_rule_speaks);
  g_test_add_func ("/password/A5.10/first-one-ends-after-its-time",
                   test_first_over);
  g_test_add_func ("/password/change-leads-on", test_change);
  g_test_add_func ("/password/change-leads-nowhere-else",
                   test_change_elsewhere);
  g_test_add_func ("/password/HY-6/bad-change-is-marked", test_change_bad);
  g_test_add_func ("/password/guessing-the-old-one-is-counted",
                   test_change_guessing);
  return g_test_run ();
}
