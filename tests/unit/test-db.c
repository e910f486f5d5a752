/* Transactions by the class of their errors, with a driver that fails as it is
 * told; and the table of settings.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "data/db-setting.h"
#include "data/driver.h"
#include "serve/req.h"

struct fake {
  struct db db;
  bool away;                 /* a connection cannot be made                 */
  bool moves;                /* every question finds a new connection       */
  enum db_error commit_says; /* so often, then DB_OK                        */
  unsigned times;
  unsigned begins, asks, commits, connects;
};

static void
fake_close (struct db *db)
{
  g_free (db);
}

static bool
fake_lost (struct db *db)
{
  return ((struct fake *) db)->away;
}

static enum db_error
fake_connect (struct db *db, GError **error)
{
  struct fake *f = (struct fake *) db;

  f->connects++;
  db->generation++;
  return f->away ? DB_GONE : DB_OK;
}

static enum db_error
fake_begin (struct db *db, bool read_only)
{
  ((struct fake *) db)->begins++;
  return DB_OK;
}

static enum db_error
fake_commit (struct db *db)
{
  struct fake *f = (struct fake *) db;

  f->commits++;
  if (f->times == 0)
    return DB_OK;
  f->times--;
  return f->commit_says;
}

static void
fake_rollback (struct db *db)
{
}

static enum db_error
fake_mark (struct db *db, bool back)
{
  return DB_OK;
}

static enum db_error
fake_ask (struct db *db, const struct ask *ask, struct table **ret,
          int64_t *changed)
{
  struct fake *f = (struct fake *) db;

  f->asks++;
  if (f->moves)
    (void) fake_connect (db, NULL);
  *changed = 1;
  return DB_OK;
}

static const struct driver driver = {
  .close = fake_close,
  .lost = fake_lost,
  .connect = fake_connect,
  .begin = fake_begin,
  .commit = fake_commit,
  .rollback = fake_rollback,
  .mark = fake_mark,
  .ask = fake_ask,
};

static struct fake *
fake_new (void)
{
  struct fake *f = g_new0 (struct fake, 1);

  f->db.driver = &driver;
  return f;
}

/* -- A connection that is another one. */

static void
test_moved (void)
{
  struct fake *f = fake_new ();
  struct db *db = &f->db;
  struct ask ask = { .name = "t.put" };

  g_assert_cmpint (db_begin (db, false), ==, BZ_OK);
  g_assert_cmpint (db_ask (db, &ask, NULL), ==, 1);
  f->moves = true;
  g_assert_cmpint (db_ask (db, &ask, NULL), ==, BZ_AWAY);
  g_assert_cmpint (db_error (db), ==, DB_GONE);
  f->moves = false;
  g_assert_cmpint (db_ask (db, &ask, NULL), ==, BZ_AWAY);
  g_assert_cmpint (db_mark (db), ==, BZ_AWAY);
  g_assert_cmpint (db_commit (db), ==, BZ_AWAY);
  g_assert_cmpuint (f->asks, ==, 2);
  g_assert_cmpuint (f->commits, ==, 0);
  /* The next one begins afresh. */
  g_assert_cmpint (db_begin (db, false), ==, BZ_OK);
  g_assert_cmpint (db_ask (db, &ask, NULL), ==, 1);
  g_assert_cmpint (db_commit (db), ==, BZ_OK);
  g_assert_cmpuint (f->commits, ==, 1);
  db_close (db);
}

/* It moved between the last statement and COMMIT. */
static void
test_moved_before_commit (void)
{
  struct fake *f = fake_new ();
  struct db *db = &f->db;

  g_assert_cmpint (db_begin (db, false), ==, BZ_OK);
  (void) fake_connect (db, NULL);
  g_assert_cmpint (db_commit (db), ==, BZ_AWAY);
  g_assert_cmpint (db_error (db), ==, DB_GONE);
  g_assert_cmpuint (f->commits, ==, 0);
  db_close (db);
}

/* -- What comes last. */

static GString *said;

static int
say_last (void *data)
{
  g_string_append (said, data);
  return g_str_equal (data, "!") ? BZ_FAILED : BZ_OK;
}

static void
last (struct db *db, int turn, const char *word)
{
  g_assert_cmpint (db_last (db, turn, say_last, (void *) word), ==, BZ_OK);
}

static void
test_last (void)
{
  struct fake *f = fake_new ();
  struct db *db = &f->db;
  struct ask ask = { .name = "t.put" };

  said = g_string_new ("");
  /* Without a transaction, or in one that reads, it would never be written. */
  g_assert_cmpint (db_last (db, 0, say_last, (void *) "x"), ==, BZ_FAILED);
  g_assert_cmpint (db_begin (db, true), ==, BZ_OK);
  g_assert_cmpint (db_last (db, 0, say_last, (void *) "x"), ==, BZ_FAILED);
  db_rollback (db);
  /* In turn, then in order, behind what is asked before the commit. */
  g_assert_cmpint (db_begin (db, false), ==, BZ_OK);
  last (db, 1, "c");
  last (db, 0, "a");
  last (db, 1, "d");
  last (db, 0, "b");
  g_assert_cmpint (db_ask (db, &ask, NULL), ==, 1);
  g_assert_cmpstr (said->str, ==, "");
  g_assert_cmpint (db_commit (db), ==, BZ_OK);
  g_assert_cmpstr (said->str, ==, "abcd");
  /* What was gone back behind, or rolled back, is not written. */
  g_assert_cmpint (db_begin (db, false), ==, BZ_OK);
  last (db, 0, "e");
  g_assert_cmpint (db_mark (db), ==, BZ_OK);
  last (db, 0, "x");
  g_assert_cmpint (db_back (db), ==, BZ_OK);
  last (db, 0, "f");
  g_assert_cmpint (db_mark (db), ==, BZ_OK);
  last (db, 0, "g");
  g_assert_cmpint (db_mark (db), ==, BZ_OK);
  g_assert_cmpint (db_back (db), ==, BZ_OK);
  g_assert_cmpint (db_commit (db), ==, BZ_OK);
  g_assert_cmpint (db_begin (db, false), ==, BZ_OK);
  last (db, 0, "x");
  db_rollback (db);
  g_assert_cmpint (db_begin (db, false), ==, BZ_OK);
  g_assert_cmpint (db_commit (db), ==, BZ_OK);
  g_assert_cmpstr (said->str, ==, "abcdefg");
  g_string_free (said, TRUE);
  db_close (db);
}

/* Nothing is committed without it, and nothing behind it is tried. */
static void
test_last_fails (void)
{
  struct fake *f = fake_new ();
  struct db *db = &f->db;

  said = g_string_new ("");
  g_assert_cmpint (db_begin (db, false), ==, BZ_OK);
  last (db, 0, "a");
  last (db, 0, "!");
  last (db, 0, "b");
  g_assert_cmpint (db_commit (db), ==, BZ_FAILED);
  g_assert_cmpstr (said->str, ==, "a!");
  g_assert_cmpuint (f->commits, ==, 0);
  g_assert_false (db_in_transaction (db));
  g_assert_cmpint (db_begin (db, false), ==, BZ_OK);
  g_assert_cmpint (db_commit (db), ==, BZ_OK);
  g_assert_cmpstr (said->str, ==, "a!");
  g_string_free (said, TRUE);
  db_close (db);
}

/* -- What is run again. */

static int
put (struct bz_req *req, void *n)
{
  ++*(unsigned *) n;
  return BZ_OK;
}

static void
test_again (void)
{
  static const struct {
    enum db_error says;
    unsigned times, tries;
    int rc;
  } cases[] = {
    { DB_OK, 0, 1, BZ_OK },         { DB_AGAIN, 1, 2, BZ_OK },
    { DB_AGAIN, 4, 5, BZ_OK },      { DB_AGAIN, 9, 5, BZ_FAILED },
    { DB_UNKNOWN, 1, 1, BZ_AWAY }, /* it may be stored: never again     */
    { DB_FAILED, 1, 1, BZ_FAILED },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    struct fake *f = fake_new ();
    struct conf *conf = conf_default ();
    struct bz_req *req = req_new (conf, &f->db);
    unsigned ran = 0;

    f->commit_says = cases[i].says;
    f->times = cases[i].times;
    g_assert_cmpint (bz_db_atomic (req, put, &ran), ==, cases[i].rc);
    g_assert_cmpuint (ran, ==, cases[i].tries);
    g_assert_cmpuint (f->begins, ==, cases[i].tries);
    g_assert_false (db_in_transaction (&f->db));
    req_free (req);
    db_close (&f->db);
    conf_free (conf);
  }
}

static void
test_pause (void)
{
  int64_t before = g_get_monotonic_time (), took;

  for (unsigned n = 1; n < DB_TRIES; n++)
    db_pause (n);
  took = g_get_monotonic_time () - before;
  g_assert_cmpint (took, >=, (DB_TRIES - 1) * 1000);
  g_assert_cmpint (took, <, G_USEC_PER_SEC);
}

/* -- Settings. */

static const struct db_setting *
setting (const char *name)
{
  for (const struct db_setting *s = db_settings; s->name != NULL; s++)
    if (g_str_equal (s->name, name))
      return s;
  g_error ("no setting %s", name);
}

static void
test_settings (void)
{
  static const struct {
    const char *name, *value;
    bool ok;
  } cases[] = {
    { "innodb_flush_log_at_trx_commit", "1", true },
    { "innodb_flush_log_at_trx_commit", "2", false },
    { "innodb_flush_log_at_trx_commit", "0", false },
    { "innodb_flush_log_at_trx_commit", NULL, false },
    { "innodb_doublewrite", "on", true },
    { "innodb_doublewrite", "OFF", false },
    { "character_set_database", "utf8mb3", false },
    { "character_set_database", "utf8mb4", true },
    { "max_allowed_packet", "16777216", true },
    { "max_allowed_packet", "16777215", false },
    { "max_allowed_packet", "x", false },
    { "sql_mode", "STRICT_ALL_TABLES", false },
    { "sql_mode",
      "ANSI_QUOTES,ONLY_FULL_GROUP_BY,STRICT_ALL_TABLES,NO_ZERO_DATE,"
      "NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION",
      true },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (db_setting_ok (setting (cases[i].name), cases[i].value),
                     ==, cases[i].ok);
}

/* The sentence has value, wish, reason and remedy. */
static void
test_sentences (void)
{
  g_autofree char *hard
    = db_setting_say (setting ("innodb_flush_log_at_trx_commit"), "2");
  g_autofree char *soft = db_setting_say (setting ("max_allowed_packet"), "1");
  g_autofree char *own = db_setting_say (setting ("time_zone"), NULL);

  g_assert_cmpstr (
    hard, ==,
    "innodb_flush_log_at_trx_commit is 2, must be 1: acknowledged changes "
    "would "
    "be lost in a crash; write innodb_flush_log_at_trx_commit = 1 under "
    "[mariadbd] and restart the server");
  g_assert_nonnull (strstr (soft, "is 1, better 16777216 or more: "));
  g_assert_nonnull (strstr (own, "is unknown, must be +08:00: "));
  g_assert_nonnull (strstr (own, "connect to the server directly"));
}

/* The file for administrators has every setting that the server needs, and a
 * value that is as it should be. */
static void
test_fragment (void)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) error = NULL;

  g_key_file_load_from_file (file, BZ_TOP "/conf/my.cnf.d/bianzhi.cnf",
                             G_KEY_FILE_NONE, &error);
  g_assert_no_error (error);
  for (const struct db_setting *s = db_settings; s->name != NULL; s++) {
    g_autofree char *value = g_key_file_get_string (file, "mariadbd", s->name,
                                                    NULL);

    if (value != NULL && s->want != NULL)
      g_assert_true (db_setting_ok (s, value));
  }
  for (size_t i = 0; i < 5; i++) {
    static const char *const must[] = { "innodb_flush_log_at_trx_commit",
                                        "innodb_doublewrite", "sync_binlog",
                                        "innodb_rollback_on_timeout",
                                        "local_infile" };

    g_assert_true (g_key_file_has_key (file, "mariadbd", must[i], NULL));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/db/a-transaction-does-not-move", test_moved);
  g_test_add_func ("/db/no-commit-on-another-connection",
                   test_moved_before_commit);
  g_test_add_func ("/db/what-comes-last-is-asked-before-the-commit", test_last);
  g_test_add_func ("/db/no-commit-without-what-comes-last", test_last_fails);
  g_test_add_func ("/db/only-again-is-run-again", test_again);
  g_test_add_func ("/db/tries-wait-between-them", test_pause);
  g_test_add_func ("/setting/values", test_settings);
  g_test_add_func ("/setting/value-wish-reason-remedy", test_sentences);
  g_test_add_func ("/setting/the-file-has-them", test_fragment);
  return g_test_run ();
}
