/* Form keys: who may use them, how long, how often.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "people.h"
#include "people/crypto.h"
#include "people/key.h"

static const char *const answer_columns[] = { "answer", "attempt", NULL };

/* A key that operator 7 got for PATH. */
static char *
fresh (const char *path)
{
  struct bz_req *req = people_req (path, NULL, 0);
  char *key;

  people_user (req, 7, "clerk");
  key = g_strdup (key_new (req, path));
  g_assert_nonnull (key);
  people_end (req, 0);
  return key;
}

static enum key_answer
check (const char *key, const char *path, int64_t operator_id)
{
  struct bz_req *req = people_req (path, NULL, 0);
  enum key_answer answer;

  if (key != NULL)
    req_add_param (req, "key", key);
  answer = key_check (req, operator_id);
  g_assert_true ((answer == KEY_OK) == (req->form_key != NULL));
  people_end (req, 0);
  return answer;
}

/* A reference serves its operator, its form and its file alone. */
static void
test_seal (void)
{
  struct bz_req *req = people_req ("/entry/5/paper", NULL, 0);
  uint8_t file[32] = { 1, 2, 3 }, got[32] = { 0 };
  const char *reference = key_seal (req, 7, req->path, file);
  g_autofree char *changed = g_strdup (reference);

  g_assert_nonnull (reference);
  g_assert_true (key_unseal (req, 7, req->path, reference, got));
  g_assert_cmpmem (got, 32, file, 32);
  g_assert_false (key_unseal (req, 8, req->path, reference, got));
  g_assert_false (key_unseal (req, 7, "/entry/6/paper", reference, got));
  for (size_t i = 0, n = strlen (changed); i < n; i += 7) {
    char was = changed[i];

    changed[i] = was == 'A' ? 'B' : 'A';
    g_assert_false (key_unseal (req, 7, req->path, changed, got));
    changed[i] = was;
  }
  g_assert_false (key_unseal (req, 7, req->path, "", got));
  g_assert_false (key_unseal (req, 7, req->path, "x", got));
  people_end (req, 0);
}

static void
test_good (void)
{
  g_autofree char *key = fresh ("/entry/5");
  g_autofree char *other = fresh ("/entry/5");

  g_assert_cmpstr (key, !=, other);
  g_assert_cmpint (check (key, "/entry/5", 7), ==, KEY_OK);
}

static void
test_bad (void)
{
  static const char *const bad[] = { "x", "AAAA", "=", "钥匙" };
  g_autofree char *key = fresh ("/entry/5");
  g_autofree char *longer = g_strconcat (key, "A", NULL);

  g_assert_cmpint (check (NULL, "/entry/5", 7), ==, KEY_MISSING);
  g_assert_cmpint (check ("", "/entry/5", 7), ==, KEY_MISSING);
  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_cmpint (check (bad[i], "/entry/5", 7), ==, KEY_FORGED);
  g_assert_cmpint (check (longer, "/entry/5", 7), ==, KEY_FORGED);
  g_assert_cmpint (check (key, "/entry/6", 7), ==, KEY_FORGED);
  g_assert_cmpint (check (key, "/entry/5", 8), ==, KEY_FORGED);
  g_assert_cmpint (check (key, "/entry/5", 0), ==, KEY_FORGED);
}

/* Whichever character is changed: nonce, time or code. */
static void
test_each_character (void)
{
  g_autofree char *key = fresh ("/entry/5");

  for (size_t i = 0; key[i] != '\0'; i++) {
    char was = key[i];

    key[i] = was == 'A' ? 'B' : 'A';
    g_assert_cmpint (check (key, "/entry/5", 7), ==, KEY_FORGED);
    key[i] = was;
  }
}

static void
test_old (void)
{
  g_autofree char *key = fresh ("/entry/5");

  people_now ("2026-11-23 09:59:59");
  g_assert_cmpint (check (key, "/entry/5", 7), ==, KEY_OK);
  people_now ("2026-11-23 10:00:01");
  g_assert_cmpint (check (key, "/entry/5", 7), ==, KEY_OLD);
  g_assert_cmpint (check (key, "/entry/5", 8), ==, KEY_FORGED);
  people_now ("2026-11-22 09:00:00");
  g_assert_cmpint (check (key, "/entry/5", 7), ==, KEY_OLD);
  people_now ("2026-11-22 10:00:00");
}

/* A request whose key was checked. */
static struct bz_req *
checked (const struct db_script *script, size_t n)
{
  g_autofree char *key = fresh ("/entry/5");
  struct bz_req *req = people_req ("/entry/5", script, n);

  people_user (req, 7, "clerk");
  req_add_param (req, "key", key);
  g_assert_cmpint (key_check (req, 7), ==, KEY_OK);
  return req;
}

static void
test_claim_first (void)
{
  static const struct db_script sql[] = {
    { "bz.key_claim", NULL, NULL, NULL, 0, 1 },
    { "bz.key_answer", NULL, NULL, NULL, 0, 1 },
  };
  struct bz_req *req = checked (sql, 2);
  const char *answer = NULL;

  g_assert_cmpint (key_claim (req, 5, &answer), ==, BZ_OK);
  g_assert_null (answer);
  g_assert_cmpint (key_answer_set (req, "/entry/5"), ==, BZ_OK);
  people_end (req, 2);
}

static void
test_claim_again (void)
{
  static const char *const cells[] = { "/entry/5?ok=1", "4" };
  static const struct db_script sql[] = {
    { "bz.key_claim", NULL, NULL, NULL, 0, -DB_DUPLICATE },
    { "bz.key_locked", NULL, answer_columns, cells, 1, 0 },
  };
  struct bz_req *req = checked (sql, 2);
  const char *answer = NULL;

  g_assert_cmpint (key_claim (req, 5, &answer), ==, 1);
  g_assert_cmpstr (answer, ==, "/entry/5?ok=1");
  people_end (req, 2);
}

/* A form that was only shown again may be sent once more. */
static void
test_claim_shown_again (void)
{
  static const char *const cells[] = { NULL, "4" };
  static const struct db_script sql[] = {
    { "bz.key_claim", NULL, NULL, NULL, 0, -DB_DUPLICATE },
    { "bz.key_locked", NULL, answer_columns, cells, 1, 0 },
    { "bz.key_again", NULL, NULL, NULL, 0, 1 },
  };
  struct bz_req *req = checked (sql, 3);
  const char *answer = "untouched";

  g_assert_cmpint (key_claim (req, 5, &answer), ==, 1);
  g_assert_null (answer);
  people_end (req, 3);
}

/* The first run has not committed: the lock wait ends as "try again". */
static void
test_claim_waits (void)
{
  static const struct db_script sql[] = {
    { "bz.key_claim", NULL, NULL, NULL, 0, -DB_AGAIN },
  };
  struct bz_req *req = checked (sql, 1);
  const char *answer = NULL;

  g_assert_cmpint (key_claim (req, 5, &answer), ==, BZ_AWAY);
  g_assert_cmpint (db_error (req->db), ==, DB_AGAIN);
  people_end (req, 1);
}

static void
test_claim_without_key (void)
{
  struct bz_req *req = people_req ("/entry/5", NULL, 0);
  const char *answer = NULL;

  g_assert_cmpint (key_claim (req, 5, &answer), ==, BZ_FORBIDDEN);
  people_end (req, 0);
}

/* An address that the column cannot hold loses its filters, never itself:
 * without any answer the form could run twice. */
static void
test_long_answer (void)
{
  g_autofree char *filler = g_strnfill (300, 'x');
  g_autofree char *address = g_strconcat ("/entry/5?q=", filler, NULL);
  struct db_script sql[] = {
    { "bz.key_answer", NULL, NULL, NULL, 0, 1 },
  };
  struct bz_req *req = checked (sql, 1);
  uint8_t bytes[56];
  g_autofree char *nonce = NULL, *args = NULL;

  g_assert_true (crypto_unbase64url (req->form_key, bytes, sizeof bytes));
  nonce = crypto_hex (bytes, 16);
  args = g_strconcat ("/entry/5|", nonce, NULL);
  sql[0].args = args;
  g_assert_cmpint (key_answer_set (req, address), ==, BZ_OK);
  people_end (req, 1);
}

static void
test_lookup (void)
{
  static const char *const cells[] = { "/entry/5", "4" };
  static const char *const mine[] = { NULL, "5" };
  static const char *const before[] = { NULL, "4" };
  static const struct db_script sql[] = {
    { "bz.key_look", NULL, answer_columns, cells, 1, 0 },
    { "bz.key_look", NULL, answer_columns, mine, 1, 0 },
    { "bz.key_look", NULL, answer_columns, before, 1, 0 },
    { "bz.key_look", NULL, answer_columns, NULL, 0, 0 },
    { "bz.key_look", NULL, NULL, NULL, 0, -DB_FAILED },
  };
  struct bz_req *req = checked (sql, 5);
  const char *answer = NULL;

  g_assert_cmpint (key_lookup (req, 5, &answer), ==, 1);
  g_assert_cmpstr (answer, ==, "/entry/5");
  g_assert_cmpint (key_lookup (req, 5, &answer), ==, 1);
  g_assert_null (answer);
  /* Stored was only that the form had been shown again before. */
  g_assert_cmpint (key_lookup (req, 5, &answer), ==, 0);
  g_assert_cmpint (key_lookup (req, 5, &answer), ==, 0);
  g_assert_cmpint (key_lookup (req, 5, &answer), <, 0);
  people_end (req, 5);
}

int
main (int argc, char **argv)
{
  static const struct db_script secret[] = { SECRET_ROW };
  struct bz_req *req;
  const char *made;

  people_begin (&argc, &argv);
  req = people_req ("/", secret, 1);
  made = key_new (req, "/");
  g_assert_nonnull (made);
  people_end (req, 1);
  g_test_add_func ("/key/its-operator-may-use-it", test_good);
  g_test_add_func ("/key/forged-other-operator-other-path", test_bad);
  g_test_add_func ("/key/each-changed-character-is-forged",
                   test_each_character);
  g_test_add_func ("/key/holds-for-24-hours", test_old);
  g_test_add_func ("/key/first-claim-goes-on", test_claim_first);
  g_test_add_func ("/key/replay-gets-the-first-answer", test_claim_again);
  g_test_add_func ("/key/a-form-shown-again-may-be-sent",
                   test_claim_shown_again);
  g_test_add_func ("/key/uncommitted-first-run-means-again", test_claim_waits);
  g_test_add_func ("/key/no-claim-without-a-key", test_claim_without_key);
  g_test_add_func ("/key/a-file-reference-is-its-operators", test_seal);
  g_test_add_func ("/key/long-answer-is-shortened-not-dropped",
                   test_long_answer);
  g_test_add_func ("/key/lookup-after-unknown-commit", test_lookup);
  return g_test_run ();
}
