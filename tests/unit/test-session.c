/* Sessions and the log-in.  SPDX-License-Identifier: MulanPSL-2.0 */
#include "people.h"
#include "people/crypto.h"
#include "people/session.h"
#include "serve/conf.h"

/* 32 bytes of zero and their SHA-256. */
#define COOKIE "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
#define HASH "66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925"
#define LOAD_ARGS HASH "|2026-11-22 09:30:00|2026-11-21 22:00:00"

static const char *const load_columns[] = {
  "operator_id", "operator_name", "password_state", "account_id",
  "account_name", "scope_id", "scope_kind", "scope_name", "office_id",
  "seen_at", "roles", NULL,
};
static const char *const find_columns[]
  = { "id", "password_hash", "password_state", "password_until", NULL };
static const char *const lock_columns[] = { "failures", "locked_until", NULL };
static const char *fresh_session[] = {
  "7", "王敏", "set", "3", "D031", "5", "unit", "市生态环境局", "1",
  "2026-11-22 09:59:30", "clerk,viewer",
};

/* -- Loading. */

static void
test_load (void)
{
  static const struct db_script sql[] = {
    { "bz.session_load", LOAD_ARGS, load_columns, fresh_session, 1, 0 },
  };
  struct bz_req *req = people_req ("/", sql, 1);

  req->cookie = COOKIE;
  g_assert_cmpint (session_load (req), ==, BZ_OK);
  g_assert_nonnull (req->session);
  g_assert_false (req->session_expired);
  g_assert_cmpint (bz_user_id (req), ==, 7);
  g_assert_cmpint (bz_user_scope (req), ==, 5);
  g_assert_cmpstr (req->session->scope_name, ==, "市生态环境局");
  g_assert_true (session_has_role (req->session, "viewer"));
  g_assert_false (session_has_role (req->session, "view"));
  g_assert_false (session_has_role (NULL, "viewer"));
  g_assert_false (req->session->must_change);
  people_end (req, 1);
}

static void
test_load_nobody (void)
{
  static const char *const bad[] = { "", "x", COOKIE "A", COOKIE "=",
                                     "' OR 1=1 --" };
  static const struct db_script sql[] = {
    { "bz.session_load", LOAD_ARGS, load_columns, NULL, 0, 0 },
  };
  struct bz_req *req = people_req ("/", sql, 1);

  g_assert_cmpint (session_load (req), ==, BZ_OK);
  g_assert_false (req->session_expired);
  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
    req->cookie = bad[i];
    g_assert_cmpint (session_load (req), ==, BZ_OK);
    g_assert_null (req->session);
    g_assert_true (req->session_expired);
  }
  g_assert_cmpuint (db_script_asked (req->db), ==, 0);
  req->cookie = COOKIE;
  g_assert_cmpint (session_load (req), ==, BZ_OK);
  g_assert_null (req->session);
  g_assert_true (req->session_expired);
  people_end (req, 1);
}

/* A minute after the last time the session's use is written, not before; and
 * when that fails the request goes on. */
static void
test_seen_once_a_minute (void)
{
  static const char *const stale[] = {
    "7", "王敏", "first", "3", "D031", "5", "unit", "市生态环境局", "1",
    "2026-11-22 09:59:00", "",
  };
  static const struct db_script sql[] = {
    { "bz.session_load", NULL, load_columns, stale, 1, 0 },
    { "bz.session_seen", "2026-11-22 10:00:00|" HASH, NULL, NULL, 0, 1 },
    { "bz.session_load", NULL, load_columns, stale, 1, 0 },
    { "bz.session_seen", NULL, NULL, NULL, 0, -DB_FAILED },
  };
  struct bz_req *req = people_req ("/", sql, 4);

  req->cookie = COOKIE;
  for (int n = 0; n < 2; n++) {
    g_assert_cmpint (session_load (req), ==, BZ_OK);
    g_assert_nonnull (req->session);
    g_assert_true (req->session->must_change);
    g_assert_null (req->session->roles[0]);
    g_assert_null (req->fail_text);
  }
  people_end (req, 4);
}

static void
test_load_database_away (void)
{
  static const struct db_script sql[] = {
    { "bz.session_load", NULL, NULL, NULL, 0, -DB_GONE },
    { "bz.session_load", NULL, NULL, NULL, 0, -DB_GONE },
  };
  struct bz_req *req = people_req ("/", sql, 2);

  req->cookie = COOKIE;
  g_assert_cmpint (session_load (req), ==, BZ_AWAY);
  g_assert_null (req->session);
  people_end (req, 2);
}

static void
test_close (void)
{
  static const struct db_script sql[] = {
    { "bz.session_close", HASH, NULL, NULL, 0, 1 },
  };
  struct bz_req *req = people_req ("/logout", sql, 1);

  req->cookie = COOKIE;
  g_assert_cmpint (session_close (req), ==, BZ_OK);
  g_assert_nonnull (strstr (req->set_cookie, "=; Path=/;"));
  g_assert_nonnull (strstr (req->set_cookie, "Max-Age=0"));
  people_end (req, 1);
}

/* -- Log-in. */

/* The operator's row with PASSWORD hashed. */
static const char *const *
operator_cells (struct bz_req *req, const char *password, const char *state,
                const char *until)
{
  g_autofree char *hash = crypto_password_hash (password, 1);
  const char **cells = bz_alloc (req, 4 * sizeof *cells);

  cells[0] = "7";
  cells[1] = req_strdup (req, hash);
  cells[2] = state;
  cells[3] = until;
  return cells;
}

static void
test_login (void)
{
  static const char *const lock[] = { "3", NULL };
  struct db_script sql[] = {
    { "bz.login_find", "D031|王敏", find_columns, NULL, 1, 0 },
    { "bz.login_lock", "7", lock_columns, lock, 1, 0 },
    { "bz.login_count", "0|NULL|7", NULL, NULL, 0, 1 },
    { "bz.session_close", HASH, NULL, NULL, 0, 1 },
    { "bz.session_sweep", "7|2026-11-22 09:30:00|2026-11-21 22:00:00", NULL,
      NULL, 0, 1 },
    { "bz.session_open", NULL, NULL, NULL, 0, 1 },
    AUDIT_ROWS (NULL),
    { "bz.session_load", NULL, load_columns, fresh_session, 1, 0 },
  };
  struct bz_req *req = people_req ("/login", sql, G_N_ELEMENTS (sql));
  uint8_t token[32];

  sql[0].cells = operator_cells (req, "Lan-tian-36", "set", NULL);
  req->cookie = COOKIE;
  people_base (req->conf, "/bianzhi");
  req->https = true;
  g_assert_cmpint (session_login (req, "D031", "王敏", "Lan-tian-36"), ==,
                   BZ_OK);
  g_assert_cmpint (bz_user_id (req), ==, 7);
  g_assert_cmpstr (req->cookie, !=, COOKIE);
  g_assert_true (crypto_unbase64url (req->cookie, token, 32));
  g_assert_nonnull (strstr (req->set_cookie, req->cookie));
  g_assert_nonnull (strstr (req->set_cookie, "; Path=/bianzhi; HttpOnly; "
                                             "SameSite=Lax; Secure"));
  g_assert_null (strstr (req->set_cookie, "Max-Age"));
  people_end (req, G_N_ELEMENTS (sql));
}

/* Nothing of what was typed stands in the audit: action, no name. */
#define REFUSED(id, why)                                                     \
  "refused|1|2026-11-22 10:00:00.000000|0|0|10.0.0.7|login|operator|" id     \
  "|refused|" why "|"

static char *
refused_text (struct bz_req *req)
{
  g_assert_null (req->session);
  g_assert_null (req->set_cookie);
  g_assert_nonnull (req->fail_text);
  return g_strdup (req->fail_text);
}

static void
test_login_same_sentence (void)
{
  static const char *const lock[] = { "0", NULL };
  struct db_script unknown[] = {
    { "bz.login_find", NULL, find_columns, NULL, 0, 0 },
    AUDIT_ROWS (NULL),
  };
  struct db_script wrong[] = {
    { "bz.login_find", NULL, find_columns, NULL, 1, 0 },
    { "bz.login_lock", "7", lock_columns, lock, 1, 0 },
    { "bz.login_count", "1|NULL|7", NULL, NULL, 0, 1 },
    AUDIT_ROWS (NULL),
  };
  struct bz_req *a = people_req ("/login", unknown, G_N_ELEMENTS (unknown));
  struct bz_req *b = people_req ("/login", wrong, G_N_ELEMENTS (wrong));
  g_autofree char *first = NULL, *second = NULL;

  wrong[0].cells = operator_cells (b, "Lan-tian-36", "set", NULL);
  g_assert_cmpint (session_login (a, "nobody", "", "Lan-tian-36"), ==,
                   BZ_FORBIDDEN);
  g_assert_cmpint (session_login (b, "D031", "", "lan-tian-36"), ==,
                   BZ_FORBIDDEN);
  first = refused_text (a);
  second = refused_text (b);
  g_assert_cmpstr (first, ==, second);
  people_end (a, G_N_ELEMENTS (unknown));
  people_end (b, G_N_ELEMENTS (wrong));
}

/* Two operators and no name: nobody is meant, whoever's password it is. */
static void
test_login_several (void)
{
  struct db_script sql[] = {
    { "bz.login_find", "D031|", find_columns, NULL, 2, 0 },
    AUDIT_ROWS (NULL),
  };
  struct bz_req *req = people_req ("/login", sql, G_N_ELEMENTS (sql));
  const char *const *one = operator_cells (req, "Lan-tian-36", "set", NULL);
  const char *cells[8];

  memcpy (cells, one, 4 * sizeof *cells);
  memcpy (cells + 4, one, 4 * sizeof *cells);
  sql[0].cells = cells;
  g_assert_cmpint (session_login (req, "D031", "", "Lan-tian-36"), ==,
                   BZ_FORBIDDEN);
  people_end (req, G_N_ELEMENTS (sql));
}

/* One try with PASSWORD by an operator who has FAILURES and LOCKED; COUNT is
 * what must be written, NULL nothing. */
static char *
try_locked (const char *password, const char *failures, const char *locked,
            const char *count)
{
  const char *const lock[] = { failures, locked };
  struct db_script sql[] = {
    { "bz.login_find", NULL, find_columns, NULL, 1, 0 },
    { "bz.login_lock", "7", lock_columns, lock, 1, 0 },
    { "bz.login_count", count, NULL, NULL, 0, 1 },
    AUDIT_ROWS (NULL),
  };
  size_t n = G_N_ELEMENTS (sql);
  struct bz_req *req;
  char *text;

  if (count == NULL) {
    memmove (&sql[2], &sql[3], 3 * sizeof *sql);
    n--;
  }
  req = people_req ("/login", sql, n);
  sql[0].cells = operator_cells (req, "Lan-tian-36", "set", NULL);
  g_assert_cmpint (session_login (req, "D031", "王敏", password), ==,
                   BZ_FORBIDDEN);
  text = refused_text (req);
  people_end (req, n);
  return text;
}

static void
test_lock (void)
{
  g_autofree char *fourth = try_locked ("x", "3", NULL, "4|NULL|7");
  g_autofree char *fifth = try_locked ("x", "4", NULL,
                                       "5|2026-11-22 10:15:00|7");
  g_autofree char *wrong = try_locked ("x", "5", "2026-11-22 10:07:00", NULL);
  g_autofree char *right = try_locked ("Lan-tian-36", "5",
                                       "2026-11-22 10:07:00", NULL);
  /* The lock is over: counting begins anew. */
  g_autofree char *later = try_locked ("x", "5", "2026-11-22 09:59:00",
                                       "1|NULL|7");

  g_assert_null (strstr (fourth, "10:15"));
  g_assert_nonnull (strstr (fifth, "10:15"));
  g_assert_nonnull (strstr (wrong, "10:07"));
  g_assert_cmpstr (wrong, ==, right);   /* the lock is no oracle */
  g_assert_cmpstr (later, ==, fourth);
}

static void
test_first_password_expired (void)
{
  static const char *const lock[] = { "0", NULL };
  struct db_script sql[] = {
    { "bz.login_find", NULL, find_columns, NULL, 1, 0 },
    { "bz.login_lock", "7", lock_columns, lock, 1, 0 },
    AUDIT_ROWS (NULL),
  };
  struct bz_req *req = people_req ("/login", sql, G_N_ELEMENTS (sql));
  g_autofree char *text = NULL;

  sql[0].cells = operator_cells (req, "Lan-tian-36", "first",
                                 "2026-11-22 09:59:59");
  g_assert_cmpint (session_login (req, "D031", "王敏", "Lan-tian-36"), ==,
                   BZ_FORBIDDEN);
  text = refused_text (req);
  g_assert_nonnull (strstr (text, "初始密码"));
  people_end (req, G_N_ELEMENTS (sql));
}

static void
test_demo_password (void)
{
  static const struct db_script sql[] = { AUDIT_ROWS (NULL) };
  struct bz_req *req = people_req ("/login", sql, 3);

  g_assert_cmpint (session_login (req, "D031", "王敏", "Bz-demo-heliu71"), ==,
                   BZ_FORBIDDEN);
  g_assert_nonnull (strstr (req->fail_text, "演示"));
  people_end (req, 3);
}

/* Without the audit row there is no session. */
static void
test_no_login_without_audit (void)
{
  static const char *const lock[] = { "0", NULL };
  struct db_script sql[] = {
    { "bz.login_find", NULL, find_columns, NULL, 1, 0 },
    { "bz.login_lock", NULL, lock_columns, lock, 1, 0 },
    { "bz.login_count", NULL, NULL, NULL, 0, 1 },
    { "bz.session_sweep", NULL, NULL, NULL, 0, 1 },
    { "bz.session_open", NULL, NULL, NULL, 0, 1 },
    { "bz.audit_lock", NULL, NULL, NULL, 0, -DB_FAILED },
  };
  struct bz_req *req = people_req ("/login", sql, G_N_ELEMENTS (sql));

  sql[0].cells = operator_cells (req, "Lan-tian-36", "set", NULL);
  g_assert_cmpint (session_login (req, "D031", "王敏", "Lan-tian-36"), <, 0);
  g_assert_null (req->set_cookie);
  g_assert_null (req->session);
  people_end (req, G_N_ELEMENTS (sql));
}

static void
test_audit_names_nobody (void)
{
  struct db_script sql[] = {
    { "bz.login_find", NULL, find_columns, NULL, 0, 0 },
    { "bz.audit_lock", "refused", tip_columns, tip_cells, 1, 0 },
    { "bz.audit_add",
      REFUSED ("0", "unknown")
      "0000000000000000000000000000000000000000000000000000000000000000|"
      "ded5e1e01d04e3b9c1e1a1c691dec17b1c220ca5daad65ea69559f1229356a2c",
      NULL, NULL, 0, 1 },
    { "bz.audit_head", NULL, NULL, NULL, 0, 1 },
  };
  struct bz_req *req = people_req ("/login", sql, G_N_ELEMENTS (sql));

  g_assert_cmpint (session_login (req, "430124199001010038", "张三", "x"), ==,
                   BZ_FORBIDDEN);
  people_end (req, G_N_ELEMENTS (sql));
}

int
main (int argc, char **argv)
{
  people_begin (&argc, &argv);
  g_test_add_func ("/session/one-query-loads-who-it-is", test_load);
  g_test_add_func ("/session/no-cookie-odd-cookie-idle-session",
                   test_load_nobody);
  g_test_add_func ("/session/use-is-written-once-a-minute",
                   test_seen_once_a_minute);
  g_test_add_func ("/session/database-away-is-not-logged-out",
                   test_load_database_away);
  g_test_add_func ("/session/log-out-takes-the-cookie-back", test_close);
  g_test_add_func ("/login/HY-3/opens-a-new-token", test_login);
  g_test_add_func ("/login/unknown-and-wrong-say-the-same",
                   test_login_same_sentence);
  g_test_add_func ("/login/A5.9/several-operators-need-a-name",
                   test_login_several);
  g_test_add_func ("/login/five-failures-lock-for-15-minutes", test_lock);
  g_test_add_func ("/login/A5.10/first-password-expires",
                   test_first_password_expired);
  g_test_add_func ("/login/A5.10/demo-password-outside-the-demo",
                   test_demo_password);
  g_test_add_func ("/login/no-session-without-audit",
                   test_no_login_without_audit);
  g_test_add_func ("/login/audit-does-not-hold-what-was-typed",
                   test_audit_names_nobody);
  return g_test_run ();
}
