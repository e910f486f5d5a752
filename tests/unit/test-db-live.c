/* The MariaDB driver and the migrations against a private server.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "data/db.h"
#include "data/driver.h"
#include "data/migrate.h"
#include "data/xml.h"
#include "people/crypto.h"
#include "people/session.h"
#include "serve/conf.h"
#include "serve/req.h"
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static char *dir;               /* of the server                     */
static struct conf *conf;       /* as the application                */
static const char queries[] =
  "<queries pack='t'>"
  "<query name='t.add'><arg name='id' type='int'/><arg name='name' type='text'/>"
  "<arg name='day' type='date'/><arg name='body' type='blob'/>"
  "<sql>INSERT INTO t_a (id, name, day, body) VALUES (:id, :name, :day, :body)"
  "</sql></query>"
  "<query name='t.new'><arg name='name' type='text'/>"
  "<sql>INSERT INTO t_a (name) VALUES (:name)</sql></query>"
  "<query name='t.one'><arg name='id' type='int'/>"
  "<sql>SELECT id, name, day, body, at, 1.50 AS price FROM t_a WHERE id = :id"
  "</sql></query>"
  "<query name='t.count'><sql>SELECT COUNT(*) AS n FROM t_a</sql></query>"
  "<query name='t.touch'><arg name='id' type='int'/>"
  "<arg name='name' type='text'/>"
  "<sql>UPDATE t_a SET name = :name WHERE id = :id</sql></query>"
  "<query name='t.period'><arg name='p' type='int'/><arg name='a' type='date'/>"
  "<arg name='b' type='date'/>"
  "<sql>INSERT INTO t_b (person_id, d1, d2) VALUES (:p, :a, :b)</sql></query>"
  "<query name='t.check'><arg name='n' type='int'/>"
  "<sql>INSERT INTO t_c VALUES (:n)</sql></query>"
  "<query name='t.me'><sql>SELECT CONNECTION_ID() AS id</sql></query>"
  "<query name='t.who'><sql>SELECT :scope + 0 AS scope, :operator + 0 AS op"
  "</sql></query>"
  "<query name='t.sleep'><sql>SELECT SLEEP(20) AS s</sql></query>"
  "</queries>";

/* -- The server. */

static void
server (const char *command)
{
  g_autofree char *script = g_build_filename (BZ_TOP, "tests", "lib",
                                              "mariadb-private.sh", NULL);
  g_autofree char *pid = g_strdup_printf ("%d", (int) getpid ());
  const char *argv[] = { "/bin/sh", script, command, dir, pid, NULL };
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, 0, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  if (status != 0)
    g_error ("the private server did not %s", command);
}

static struct db *
open_db (bool owner)
{
  g_autoptr (GError) error = NULL;
  struct db *db = db_open (conf, owner, &error);

  g_assert_no_error (error);
  return db;
}

/* SQL of the test itself, as the owner. */
static void
run (const char *sql)
{
  struct db *db = open_db (true);
  g_autoptr (GError) error = NULL;

  db_run (db, sql, &error);
  g_assert_no_error (error);
  db_close (db);
}

static struct bz_req *
fresh (void)
{
  run ("DELETE FROM t_a");
  return req_new (conf, open_db (false));
}

static void
done (struct bz_req *req)
{
  struct db *db = req->db;

  req_free (req);
  db_close (db);
}

static int64_t
count (struct bz_req *req)
{
  const char *n = NULL;

  g_assert_cmpint (bz_db_value (req, &n, "t.count", BZ_NO_ARGS), ==, 1);
  return g_ascii_strtoll (n, NULL, 10);
}

static int64_t
add (struct bz_req *req, int64_t id, const char *name)
{
  return bz_db_exec (req, "t.add", BZ_ARGS (BZ_INT (id), BZ_STR (name),
                                            BZ_NULL, BZ_NULL));
}

/* End the connection of DB from outside. */
static void
kill_connection (struct bz_req *req)
{
  struct bz_rows *rows;
  g_autofree char *sql = NULL;

  g_assert_cmpint (bz_db_open (req, &rows, "t.me", BZ_NO_ARGS), ==, 0);
  g_assert_cmpint (bz_db_next (rows), ==, 1);
  sql = g_strdup_printf ("KILL CONNECTION %s", bz_db_text (rows, "id"));
  run (sql);
  g_usleep (50000);
}

/* -- Transactions. */

static void
test_commit (void)
{
  struct bz_req *req = fresh ();

  g_assert_cmpint (db_begin (req->db, false), ==, BZ_OK);
  g_assert_cmpint (add (req, 1, "a"), ==, 1);
  g_assert_cmpint (db_commit (req->db), ==, BZ_OK);
  g_assert_cmpint (db_begin (req->db, false), ==, BZ_OK);
  g_assert_cmpint (add (req, 2, "b"), ==, 1);
  g_assert_cmpint (count (req), ==, 2);
  db_rollback (req->db);
  g_assert_cmpint (count (req), ==, 1);
  done (req);
}

static void
test_last_id (void)
{
  struct bz_req *req = fresh ();
  int64_t first;

  g_assert_cmpint (bz_db_exec (req, "t.new", BZ_ARGS (BZ_STR ("a"))), ==, 1);
  first = bz_db_last_id (req);
  g_assert_cmpint (first, >, 0);
  g_assert_cmpint (bz_db_exec (req, "t.new", BZ_ARGS (BZ_STR ("b"))), ==, 1);
  g_assert_cmpint (bz_db_last_id (req), ==, first + 1);
  /* An UPDATE that meets a row but changes nothing met its condition. */
  g_assert_cmpint (bz_db_exec (req, "t.touch", BZ_ARGS (BZ_INT (first),
                                                        BZ_STR ("a"))), ==, 1);
  g_assert_cmpint (bz_db_exec (req, "t.touch", BZ_ARGS (BZ_INT (first + 9),
                                                        BZ_STR ("a"))), ==, 0);
  done (req);
}

static void
test_duplicate (void)
{
  struct bz_req *req = fresh ();

  g_assert_cmpint (db_begin (req->db, false), ==, BZ_OK);
  g_assert_cmpint (add (req, 1, "a"), ==, 1);
  g_assert_cmpint (add (req, 1, "b"), ==, BZ_CONFLICT);
  g_assert_cmpint (db_error (req->db), ==, DB_DUPLICATE);
  g_assert_cmpstr (db_error_key (req->db), ==, "PRIMARY");
  g_assert_cmpint (add (req, 2, "a"), ==, BZ_CONFLICT);
  g_assert_cmpstr (db_error_key (req->db), ==, "uq_a_name");
  g_assert_cmpint (add (req, 3, "it's for key 'x'"), ==, 1);
  g_assert_cmpint (add (req, 4, "it's for key 'x'"), ==, BZ_CONFLICT);
  g_assert_cmpstr (db_error_key (req->db), ==, "uq_a_name");
  g_assert_cmpint (db_commit (req->db), ==, BZ_OK);
  g_assert_cmpint (count (req), ==, 2);
  done (req);
}

static int64_t
period (struct bz_req *req, const char *from, const char *to)
{
  return bz_db_exec (req, "t.period", BZ_ARGS (BZ_INT (1), BZ_STR (from),
                                               BZ_STR (to)));
}

static void
test_overlap (void)
{
  struct bz_req *req = fresh ();

  run ("DELETE FROM t_b");
  g_assert_cmpint (period (req, "2020-01-01", "2021-01-01"), ==, 1);
  g_assert_cmpint (period (req, "2021-01-01", "9999-12-31"), ==, 1);
  g_assert_cmpint (period (req, "2020-12-31", "2021-01-02"), ==, BZ_CONFLICT);
  g_assert_cmpint (db_error (req->db), ==, DB_DUPLICATE);
  g_assert_cmpstr (db_error_key (req->db), ==, "uq_b_person");
  /* A period that ends before it begins: the check of the period itself. */
  g_assert_cmpint (period (req, "2019-01-01", "2018-01-01"), ==, BZ_CONFLICT);
  g_assert_cmpint (bz_db_exec (req, "t.check", BZ_ARGS (BZ_INT (-1))), ==,
                   BZ_CONFLICT);
  g_assert_cmpstr (db_error_key (req->db), ==, "ck_c_sign");
  done (req);
}

static void
test_read_only (void)
{
  struct bz_req *req = fresh ();

  g_assert_cmpint (db_begin (req->db, true), ==, BZ_OK);
  g_assert_cmpint (count (req), ==, 0);
  g_assert_cmpint (add (req, 1, "a"), ==, BZ_FAILED);
  g_assert_cmpint (db_error (req->db), ==, DB_READ_ONLY);
  g_assert_cmpint (db_commit (req->db), <, 0);
  g_assert_cmpint (count (req), ==, 0);
  done (req);
}

/* Two questions of one page agree although somebody wrote in between. */
static void
test_snapshot (void)
{
  struct bz_req *req = fresh (), *other = req_new (conf, open_db (false));

  g_assert_cmpint (db_begin (req->db, true), ==, BZ_OK);
  g_assert_cmpint (add (other, 1, "a"), ==, 1);
  g_assert_cmpint (count (req), ==, 0);
  g_assert_cmpint (db_commit (req->db), ==, BZ_OK);
  g_assert_cmpint (count (req), ==, 1);
  done (req);
  done (other);
}

/* -- Lost connections. */

/* What was under way is lost wholly: nothing of it is stored, and nothing
 * behind it runs on a fresh connection. */
static void
test_killed_inside (void)
{
  struct bz_req *req = fresh ();

  g_assert_cmpint (db_begin (req->db, false), ==, BZ_OK);
  g_assert_cmpint (add (req, 1, "a"), ==, 1);
  kill_connection (req);
  g_assert_cmpint (add (req, 2, "b"), ==, BZ_AWAY);
  g_assert_cmpint (db_error (req->db), ==, DB_GONE);
  g_assert_cmpint (add (req, 3, "c"), ==, BZ_AWAY);
  g_assert_cmpint (db_ready (req->db), ==, BZ_AWAY);
  g_assert_cmpint (db_commit (req->db), ==, BZ_AWAY);
  g_assert_cmpint (db_ready (req->db), ==, BZ_OK);
  g_assert_cmpint (count (req), ==, 0);
  g_assert_cmpint (db_begin (req->db, false), ==, BZ_OK);
  g_assert_cmpint (add (req, 4, "d"), ==, 1);
  g_assert_cmpint (db_commit (req->db), ==, BZ_OK);
  g_assert_cmpint (count (req), ==, 1);
  done (req);
}

/* The COMMIT itself gets no answer: the outcome is unknown. */
static void
test_killed_at_commit (void)
{
  struct bz_req *req = fresh ();

  g_assert_cmpint (db_begin (req->db, false), ==, BZ_OK);
  g_assert_cmpint (add (req, 1, "a"), ==, 1);
  kill_connection (req);
  g_assert_cmpint (db_commit (req->db), ==, BZ_AWAY);
  g_assert_cmpint (db_error (req->db), ==, DB_UNKNOWN);
  g_assert_cmpint (count (req), ==, 0);
  done (req);
}

static void
test_killed_idle (void)
{
  struct bz_req *req = fresh ();

  g_assert_cmpint (count (req), ==, 0);      /* prepared on the first one */
  kill_connection (req);
  g_assert_cmpint (db_ready (req->db), ==, BZ_OK);
  g_assert_cmpint (count (req), ==, 0);
  kill_connection (req);
  g_assert_cmpint (db_begin (req->db, false), ==, BZ_OK);
  g_assert_cmpint (add (req, 1, "a"), ==, 1);
  g_assert_cmpint (db_commit (req->db), ==, BZ_OK);
  g_assert_cmpint (count (req), ==, 1);
  done (req);
}

static void
test_server_away (void)
{
  struct bz_req *req = fresh ();
  g_autoptr (GError) error = NULL;

  server ("stop");
  g_assert_cmpint (db_ready (req->db), ==, BZ_AWAY);
  g_assert_cmpint (db_error (req->db), ==, DB_GONE);
  g_assert_cmpint (db_begin (req->db, true), ==, BZ_AWAY);
  g_assert_cmpint (add (req, 1, "a"), ==, BZ_AWAY);
  g_assert_null (db_open (conf, false, &error));
  g_assert_nonnull (error);
  server ("start");
  g_assert_cmpint (db_ready (req->db), ==, BZ_OK);
  g_assert_cmpint (add (req, 1, "a"), ==, 1);
  done (req);
}

/* -- Conflicts. */

static void
test_lock_wait (void)
{
  struct bz_req *a = fresh (), *b;

  g_hash_table_insert (conf->values, g_strdup ("database\nlock_seconds"),
                       g_strdup ("1"));
  b = req_new (conf, open_db (false));
  g_assert_cmpint (add (a, 1, "a"), ==, 1);
  g_assert_cmpint (db_begin (a->db, false), ==, BZ_OK);
  g_assert_cmpint (bz_db_exec (a, "t.touch", BZ_ARGS (BZ_INT (1),
                                                      BZ_STR ("b"))), ==, 1);
  g_assert_cmpint (db_begin (b->db, false), ==, BZ_OK);
  g_assert_cmpint (add (b, 7, "x"), ==, 1);
  g_assert_cmpint (bz_db_exec (b, "t.touch", BZ_ARGS (BZ_INT (1),
                                                      BZ_STR ("c"))), ==,
                   BZ_AWAY);
  g_assert_cmpint (db_error (b->db), ==, DB_AGAIN);
  g_assert_cmpint (db_commit (b->db), ==, BZ_AWAY);
  g_assert_cmpint (db_error (b->db), ==, DB_AGAIN);
  db_rollback (a->db);
  g_assert_cmpint (count (a), ==, 1);        /* 7 is not there */
  done (a);
  done (b);
}

/* A and B hold one row each and want the other's: one of them gives way. */
static void
test_deadlock (void)
{
  struct bz_req *a = fresh ();
  int status, told[2];
  char done_byte = 'x';
  pid_t child;

  g_assert_cmpint (add (a, 1, "a"), ==, 1);
  g_assert_cmpint (add (a, 2, "b"), ==, 1);
  g_assert_cmpint (pipe (told), ==, 0);
  child = fork ();
  if (child == 0) {
    struct bz_req *b = req_new (conf, open_db (false));
    bool lost;

    if (db_begin (b->db, false) < 0
        || bz_db_exec (b, "t.touch", BZ_ARGS (BZ_INT (2), BZ_STR ("y"))) < 0
        || write (told[1], &done_byte, 1) != 1)
      _exit (9);
    lost = bz_db_exec (b, "t.touch", BZ_ARGS (BZ_INT (1), BZ_STR ("z"))) < 0;
    if (lost && db_error (b->db) != DB_AGAIN)
      _exit (8);
    db_rollback (b->db);
    _exit (lost ? 1 : 0);
  }
  g_assert_cmpint (db_begin (a->db, false), ==, BZ_OK);
  g_assert_cmpint (bz_db_exec (a, "t.touch", BZ_ARGS (BZ_INT (1),
                                                      BZ_STR ("x"))), ==, 1);
  g_assert_cmpint (read (told[0], &done_byte, 1), ==, 1);
  if (bz_db_exec (a, "t.touch", BZ_ARGS (BZ_INT (2), BZ_STR ("w"))) < 0) {
    g_assert_cmpint (db_error (a->db), ==, DB_AGAIN);
    status = 1;
  }
  else
    status = 0;
  db_rollback (a->db);
  {
    int theirs;

    g_assert_cmpint (waitpid (child, &theirs, 0), ==, child);
    g_assert_true (WIFEXITED (theirs));
    g_assert_cmpint (WEXITSTATUS (theirs) + status, ==, 1);
  }
  close (told[0]);
  close (told[1]);
  done (a);
}

static void
test_slow (void)
{
  struct bz_req *req;
  const char *value;
  int64_t before = g_get_monotonic_time ();
  int was = conf->request_seconds;

  conf->request_seconds = 2;
  req = fresh ();
  g_assert_cmpint (bz_db_value (req, &value, "t.sleep", BZ_NO_ARGS), <, 0);
  g_assert_cmpint (g_get_monotonic_time () - before, <, 8 * G_USEC_PER_SEC);
  g_assert_cmpint (count (req), ==, 0);
  conf->request_seconds = was;
  done (req);
}

/* -- Values. */

static void
test_values (void)
{
  static const char rare[] = "䶮 𬭎 阿依古丽·买买提 𠮷 <王五> '\"\\%";
  struct bz_req *req = fresh ();
  xmlDoc *doc = xml_parse ("<page/>", -1, NULL);
  xmlNode *root = xmlDocGetRootElement (doc), *row;
  g_autofree char *long_text = g_strnfill (60000, 'x');
  uint8_t bytes[1024];
  struct bz_rows *rows;
  const void *got;
  size_t size;

  for (size_t i = 0; i < sizeof bytes; i++)
    bytes[i] = (uint8_t) i;
  g_assert_cmpint (bz_db_exec (req, "t.add", BZ_ARGS (BZ_INT (1),
    BZ_STR (rare), BZ_STR ("2026-02-28"), BZ_BLOB (bytes, sizeof bytes))), ==,
    1);
  g_assert_cmpint (bz_db_exec (req, "t.add", BZ_ARGS (BZ_INT (-9000000000000),
    BZ_STR (long_text), BZ_STR (""), BZ_BLOB (NULL, 0))), ==, 1);
  g_assert_cmpint (bz_db_open (req, &rows, "t.one", BZ_ARGS (BZ_INT (1))), ==,
                   0);
  g_assert_cmpint (bz_db_next (rows), ==, 1);
  g_assert_cmpstr (bz_db_text (rows, "name"), ==, rare);
  g_assert_cmpstr (bz_db_text (rows, "day"), ==, "2026-02-28");
  g_assert_cmpstr (bz_db_text (rows, "price"), ==, "1.50");
  g_assert_cmpstr (bz_db_text (rows, "at"), ==, "2026-11-22 10:26:03");
  got = bz_db_blob (rows, "body", &size);
  g_assert_cmpmem (got, size, bytes, sizeof bytes);
  g_assert_cmpint (bz_db_xml (req, xml_bz (root), "row", "t.one",
                              BZ_ARGS (BZ_INT (-9000000000000))), ==, 1);
  row = xml_child (root, "row");
  g_assert_cmpstr (xml_child_text (row, "id"), ==, "-9000000000000");
  g_assert_cmpuint (strlen (xml_child_text (row, "name")), ==, 60000);
  g_assert_null (xml_child (row, "day"));
  g_assert_null (xml_child (row, "body"));
  g_assert_cmpint (bz_db_xml (req, xml_bz (root), "row", "t.one",
                              BZ_ARGS (BZ_INT (5))), ==, 0);
  xmlFreeDoc (doc);
  done (req);
}

/* Too long for its column: refused, not cut. */
static void
test_strict (void)
{
  struct bz_req *req = fresh ();

  run ("ALTER TABLE t_a MODIFY name VARCHAR(10) NULL");
  g_assert_cmpint (db_begin (req->db, false), ==, BZ_OK);
  g_assert_cmpint (add (req, 1, "01234567890"), ==, BZ_FAILED);
  g_assert_cmpint (db_commit (req->db), ==, BZ_FAILED);
  g_assert_cmpint (add (req, 2, "\xff\xfe"), ==, BZ_FAILED);
  g_assert_cmpint (count (req), ==, 0);
  run ("ALTER TABLE t_a MODIFY name MEDIUMTEXT NULL");
  done (req);
}

static void
test_session (void)
{
  struct session session = { .operator_id = 5, .scope_id = 7 };
  struct bz_req *req = fresh ();
  struct bz_rows *rows;

  g_assert_cmpint (bz_db_open (req, &rows, "t.who", BZ_NO_ARGS), ==, 0);
  g_assert_cmpint (bz_db_next (rows), ==, 1);
  g_assert_cmpint (bz_db_int (rows, "scope"), ==, 0);
  req->session = &session;
  g_assert_cmpint (bz_db_open (req, &rows, "t.who", BZ_NO_ARGS), ==, 0);
  g_assert_cmpint (bz_db_next (rows), ==, 1);
  g_assert_cmpint (bz_db_int (rows, "scope"), ==, 7);
  g_assert_cmpint (bz_db_int (rows, "op"), ==, 5);
  req->session = NULL;
  done (req);
}

static void
test_unknown_query (void)
{
  struct bz_req *req = fresh ();

  g_assert_cmpint (bz_db_exec (req, "t.nothing", BZ_NO_ARGS), ==, BZ_FAILED);
  g_assert_cmpint (add (req, 1, "a"), ==, 1);
  done (req);
}

/* More statements than are kept: each goes on working. */
static void
test_many_statements (void)
{
  struct bz_req *req = fresh ();
  g_autoptr (GString) xml = g_string_new ("<queries pack='m'>");
  g_autofree char *path = g_build_filename (dir, "m.xml", NULL);
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 300; i++)
    g_string_append_printf (xml, "<query name='m.q%d'><sql>SELECT %d AS n"
                            "</sql></query>", i, i);
  g_string_append (xml, "</queries>");
  g_assert_true (g_file_set_contents (path, xml->str, -1, NULL));
  query_load (path, "m", &error);
  g_assert_no_error (error);
  for (int i = 0; i < 600; i++) {
    g_autofree char *name = g_strdup_printf ("m.q%d", i % 300);
    const char *n = NULL;

    g_assert_cmpint (bz_db_value (req, &n, name, BZ_NO_ARGS), ==, 1);
    g_assert_cmpint (g_ascii_strtoll (n, NULL, 10), ==, i % 300);
  }
  done (req);
}

/* -- Settings. */

static void
test_dangerous (void)
{
  g_autoptr (GError) error = NULL;
  struct db *db;

  run ("SET GLOBAL innodb_flush_log_at_trx_commit = 2");
  g_assert_null (db_open (conf, false, &error));
  g_assert_nonnull (strstr (error->message, "innodb_flush_log_at_trx_commit"));
  g_hash_table_insert (conf->values, g_strdup ("database\nunsafe"),
                       g_strdup ("yes"));
  db = open_db (false);
  db_close (db);
  g_hash_table_remove (conf->values, "database\nunsafe");
  db = NULL;
  {
    g_autoptr (GError) again = NULL;

    g_hash_table_insert (conf->values, g_strdup ("database\nunsafe"),
                         g_strdup ("yes"));
    run ("SET GLOBAL innodb_flush_log_at_trx_commit = 1");
    g_hash_table_remove (conf->values, "database\nunsafe");
    db = db_open (conf, false, &again);
    g_assert_no_error (again);
    db_close (db);
  }
}

static void
test_latin (void)
{
  g_autofree char *name = conf->db_name;
  g_autoptr (GError) error = NULL;

  run ("CREATE DATABASE latin CHARACTER SET latin1");
  conf->db_name = (char *) "latin";
  g_assert_null (db_open (conf, true, &error));
  g_assert_nonnull (strstr (error->message, "character_set_database"));
  conf->db_name = g_steal_pointer (&name);
}

static void
test_wrong_password (void)
{
  g_autofree char *password = conf->db_password;
  g_autoptr (GError) error = NULL;

  conf->db_password = (char *) "wrong-secret";
  g_assert_null (db_open (conf, false, &error));
  g_assert_null (strstr (error->message, "wrong-secret"));
  conf->db_password = g_steal_pointer (&password);
}

/* -- Migrations. */

/* A data folder of our own: the real files, by links. */
static char *
datadir (void)
{
  g_autofree char *data = g_build_filename (dir, "share", NULL);
  static const char *const links[][2] = {
    { "sql", "sql" }, { "staffing", "packs/staffing" },
    { "plugins/entry", "packs/entry" }, { "conf/schema", "schema" },
  };

  if (g_file_test (data, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&data);
  {
    g_autofree char *packs = g_build_filename (data, "packs", NULL);

    g_assert_cmpint (g_mkdir_with_parents (packs, 0700), ==, 0);
  }
  for (size_t i = 0; i < G_N_ELEMENTS (links); i++) {
    g_autofree char *from = g_build_filename (BZ_TOP, links[i][0], NULL);
    g_autofree char *to = g_build_filename (data, links[i][1], NULL);

    g_assert_cmpint (symlink (from, to), ==, 0);
  }
  return g_steal_pointer (&data);
}

static int
migrate (bool dry, GError **error)
{
  struct db *owner = open_db (true);
  int rc = migrate_run (conf, owner, dry, error);

  db_close (owner);
  return rc;
}

/* Runs first: the test's own tables are a part of what it migrates. */
static void
test_migrate (void)
{
  static const char *const packs[] = { "staffing", "entry", NULL };
  g_autoptr (GError) error = NULL;

  g_free (conf->datadir);
  conf->datadir = datadir ();
  g_strfreev (conf->plugins);
  conf->plugins = g_strdupv ((char **) packs);
  g_assert_cmpint (migrate (false, &error), ==, BZ_OK);
  g_assert_no_error (error);
  g_assert_cmpint (migrate (false, &error), ==, BZ_OK);
  g_assert_no_error (error);
}

static void
app_run (const char *sql, bool may)
{
  struct db *db = open_db (false);
  g_autoptr (GError) error = NULL;
  int rc = db_run (db, sql, &error);

  if ((rc == BZ_OK) != may)
    g_error ("%s: %s", sql, error != NULL ? error->message : "was allowed");
  db_close (db);
}

static void
test_grants (void)
{
  app_run ("INSERT INTO bz_series VALUES (1, 'x', 2026, 1)", true);
  app_run ("UPDATE bz_series SET last = 2", true);
  app_run ("DELETE FROM bz_series", true);
  app_run ("SELECT * FROM st_person", true);
  app_run ("DELETE FROM st_person", true);
  app_run ("INSERT INTO bz_audit VALUES ('work', 1, NOW(6), 0, 0, '', 'a', "
           "'b', 1, 'ok', '', REPEAT('a', 32), REPEAT('b', 32))", true);
  app_run ("SELECT * FROM bz_audit", true);
  app_run ("UPDATE bz_audit SET action = 'x'", false);
  app_run ("DELETE FROM bz_audit", false);
  app_run ("TRUNCATE bz_audit", false);
  app_run ("UPDATE bz_audit_head SET seq = seq", true);
  app_run ("DELETE FROM bz_audit_head", false);
  app_run ("UPDATE bz_secret SET value = 'x'", false);
  app_run ("UPDATE bz_migration SET number = 9", false);
  app_run ("CREATE TABLE t_x (a INT)", false);
  app_run ("DROP TABLE bz_series", false);
  app_run ("ALTER TABLE bz_series ADD x INT", false);
  app_run ("DELETE HISTORY FROM st_person", false);
  app_run ("SET GLOBAL max_connections = 7", false);
  app_run ("LOAD DATA LOCAL INFILE '/etc/hostname' INTO TABLE bz_series",
           false);
}

/* What an earlier hand gave too much is taken back. */
static void
test_grants_narrowed (void)
{
  g_autoptr (GError) error = NULL, global = NULL;

  run ("GRANT UPDATE, DELETE ON bz_audit TO 'bz_app'@'localhost'");
  run ("GRANT ALL ON bz.* TO 'bz_app'@'localhost'");
  app_run ("UPDATE bz_audit SET action = action", true);
  g_assert_cmpint (migrate (false, &error), ==, BZ_OK);
  g_assert_no_error (error);
  app_run ("UPDATE bz_audit SET action = action", false);
  app_run ("CREATE TABLE t_x (a INT)", false);
  app_run ("UPDATE bz_series SET last = last", true);
  run ("GRANT ALL ON *.* TO 'bz_app'@'localhost'");
  g_assert_cmpint (migrate (false, &global), <, 0);
  g_assert_nonnull (strstr (global->message, "whole server"));
  run ("REVOKE ALL PRIVILEGES ON *.* FROM 'bz_app'@'localhost'");
  g_clear_error (&error);
  g_assert_cmpint (migrate (false, &error), ==, BZ_OK);
}

static void
test_secret (void)
{
  struct db *db = open_db (false);
  struct bz_req *req = req_new (conf, db);
  g_autofree char *path = g_build_filename (dir, "s.xml", NULL);
  const char *first = NULL, *second = NULL;

  g_assert_true (g_file_set_contents (path, "<queries pack='s'><query name="
    "'s.key'><sql>SELECT CONCAT(LENGTH(value), HEX(value)) AS k FROM bz_secret "
    "WHERE name = 'form_key'</sql></query></queries>", -1, NULL));
  g_assert_cmpint (query_load (path, "s", NULL), ==, 0);
  g_assert_cmpint (bz_db_value (req, &first, "s.key", BZ_NO_ARGS), ==, 1);
  g_assert_true (g_str_has_prefix (first, "32"));
  g_assert_cmpint (migrate (false, NULL), ==, BZ_OK);
  g_assert_cmpint (bz_db_value (req, &second, "s.key", BZ_NO_ARGS), ==, 1);
  g_assert_cmpstr (first, ==, second);
  done (req);
}

/* A folder "p" of migrations with FILES: name, text, ...; NULL. */
static void
pack_files (const char *const *files)
{
  g_autofree char *data = datadir ();
  g_autofree char *sql = g_build_filename (data, "packs", "p", "sql", NULL);

  g_assert_cmpint (g_mkdir_with_parents (sql, 0700), ==, 0);
  for (; files[0] != NULL; files += 2) {
    g_autofree char *path = g_build_filename (sql, files[0], NULL);

    if (files[1] == NULL)
      g_remove (path);
    else
      g_assert_true (g_file_set_contents (path, files[1], -1, NULL));
    if (files[1] == NULL)
      break;
  }
}

static void
refused (const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (migrate (false, &error), <, 0);
  if (strstr (error->message, words) == NULL)
    g_error ("\"%s\" is not in \"%s\"", words, error->message);
}

static void
remove_file (const char *name)
{
  const char *const files[] = { name, NULL };

  pack_files (files);
}

static void
test_migrate_own (void)
{
  static const char one[] =
    "-- one; two\n/* ; */ CREATE TABLE p_a (a VARCHAR(20)); -- behind; it\n"
    "INSERT INTO p_a VALUES ('x;y'), ('it''s -- no')\n;\n\n-- end\n";
  static const char *const first[] = { "0001-a.sql", one, NULL };
  static const char *const changed[] = {
    "0001-a.sql", "CREATE TABLE p_a (a INT);\n", NULL };
  static const char *const second[] = {
    "0001-a.sql", one, "0002-b.sql", "CREATE TABLE p_b (a INT);\n"
    "INSERT INTO p_b VALUES (1);\nINSERT INTO nothing VALUES (1);\n", NULL };
  static const char *const cut[] = {
    "0003-c.sql", "CREATE TABLE p_c (a INT);\nINSERT INTO p_c VALUES (1)",
    NULL };
  static const char *const twice[] = {
    "0004-a.sql", "SELECT 1;\n", "0004-b.sql", "SELECT 1;\n", NULL };
  static const char *const packs[] = { "staffing", "entry", "p", NULL };
  g_autoptr (GError) error = NULL;

  g_strfreev (conf->plugins);
  conf->plugins = g_strdupv ((char **) packs);
  pack_files (first);
  g_assert_cmpint (migrate (false, &error), ==, BZ_OK);
  g_assert_no_error (error);
  app_run ("UPDATE p_a SET a = a", true);
  pack_files (changed);
  refused ("changed after it ran");
  pack_files (second);
  refused ("0002-b.sql:3: ");
  refused ("began once and did not end");
  run ("DELETE FROM bz_migration WHERE pack = 'p' AND number = 2");
  remove_file ("0002-b.sql");
  pack_files (cut);
  refused ("0003-c.sql:2: ");
  run ("DELETE FROM bz_migration WHERE pack = 'p' AND number = 3");
  remove_file ("0003-c.sql");
  pack_files (twice);
  refused ("two files have the number 0004");
  remove_file ("0004-a.sql");
  remove_file ("0004-b.sql");
}

static void
test_migrate_dry (void)
{
  static const char *const next[] = {
    "0009-dry.sql", "CREATE TABLE p_dry (a INT);\n", NULL };
  g_autoptr (GError) error = NULL;

  pack_files (next);
  {
    /* What is printed goes to the test's own output otherwise. */
    int saved = dup (1);
    g_autofree char *path = g_build_filename (dir, "dry.txt", NULL);
    g_autofree char *text = NULL;
    FILE *to = freopen (path, "w", stdout);

    g_assert_nonnull (to);
    g_assert_cmpint (migrate (true, &error), ==, BZ_OK);
    fflush (stdout);
    dup2 (saved, 1);
    close (saved);
    g_assert_no_error (error);
    g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
    g_assert_nonnull (strstr (text, "CREATE TABLE p_dry (a INT);"));
    g_assert_nonnull (strstr (text, "GRANT SELECT,INSERT ON `bz_audit`"));
    g_assert_null (strstr (text, "app-secret"));
    g_assert_null (strstr (text, "bz_scope_path ("));
  }
  app_run ("SELECT * FROM p_dry", false);
  remove_file ("0009-dry.sql");
}

/* -- All. */

static void
prepare (void)
{
  g_autofree char *path = g_build_filename (dir, "t.xml", NULL);
  g_autofree char *sql = NULL;
  g_autoptr (GError) error = NULL;

  conf = conf_default ();
  g_free (conf->db_socket);
  conf->db_socket = g_build_filename (dir, "s.sock", NULL);
  g_free (conf->db_name);
  conf->db_name = g_strdup ("bz");
  g_free (conf->db_user);
  conf->db_user = g_strdup ("bz_app");
  g_free (conf->db_password);
  conf->db_password = g_strdup ("app-secret'\\x");
  conf->owner_user = g_strdup ("root");
  conf->request_seconds = 10;
  run ("CREATE TABLE t_a (id BIGINT AUTO_INCREMENT PRIMARY KEY, name MEDIUMTEXT "
       "NULL, day DATE NULL, body MEDIUMBLOB NULL, at DATETIME NOT NULL DEFAULT "
       "'2026-11-22 10:26:03', UNIQUE KEY uq_a_name (name(64))) ENGINE=InnoDB");
  run ("CREATE TABLE t_b (person_id BIGINT, d1 DATE, d2 DATE, PERIOD FOR valid "
       "(d1, d2), UNIQUE KEY uq_b_person (person_id, valid WITHOUT OVERLAPS)) "
       "ENGINE=InnoDB");
  run ("CREATE TABLE t_c (n INT, CONSTRAINT ck_c_sign CHECK (n >= 0)) "
       "ENGINE=InnoDB");
  g_assert_true (g_file_set_contents (path, queries, -1, NULL));
  query_load (path, "t", &error);
  g_assert_no_error (error);
}

static void
add_tests (void)
{
  g_test_add_func ("/migrate/both-schemas-and-twice", test_migrate);
  g_test_add_func ("/migrate/rights-of-the-application", test_grants);
  g_test_add_func ("/migrate/wide-rights-are-narrowed", test_grants_narrowed);
  g_test_add_func ("/migrate/secret-is-made-once", test_secret);
  g_test_add_func ("/migrate/files-that-are-refused", test_migrate_own);
  g_test_add_func ("/migrate/dry-prints-and-does-nothing", test_migrate_dry);
  g_test_add_func ("/db/commit-and-rollback", test_commit);
  g_test_add_func ("/db/last-id-and-rows-met", test_last_id);
  g_test_add_func ("/db/duplicate-names-its-key", test_duplicate);
  g_test_add_func ("/db/overlap-and-check", test_overlap);
  g_test_add_func ("/db/a-get-cannot-write", test_read_only);
  g_test_add_func ("/db/a-get-is-one-snapshot", test_snapshot);
  g_test_add_func ("/db/killed-inside-a-transaction", test_killed_inside);
  g_test_add_func ("/db/killed-at-commit-is-unknown", test_killed_at_commit);
  g_test_add_func ("/db/killed-while-idle", test_killed_idle);
  g_test_add_func ("/db/server-away-and-back", test_server_away);
  g_test_add_func ("/db/lock-wait-is-again", test_lock_wait);
  g_test_add_func ("/db/deadlock-is-again", test_deadlock);
  g_test_add_func ("/db/slow-statement-is-stopped", test_slow);
  g_test_add_func ("/db/rare-long-null-bytes", test_values);
  g_test_add_func ("/db/too-long-is-refused-not-cut", test_strict);
  g_test_add_func ("/db/scope-and-operator-of-the-session", test_session);
  g_test_add_func ("/db/unknown-query", test_unknown_query);
  g_test_add_func ("/db/more-statements-than-are-kept", test_many_statements);
  g_test_add_func ("/db/dangerous-setting-is-refused", test_dangerous);
  g_test_add_func ("/db/latin1-database-is-refused", test_latin);
  g_test_add_func ("/db/wrong-password-is-not-told", test_wrong_password);
}

int
main (int argc, char **argv)
{
  g_autofree char *remove = NULL;
  int rc;

  g_test_init (&argc, &argv, NULL);
  xml_init ();
  g_assert_cmpint (crypto_init (), ==, 0);
  dir = g_dir_make_tmp ("bz-db-XXXXXX", NULL);
  server ("start");
  prepare ();
  add_tests ();
  rc = g_test_run ();
  server ("stop");
  remove = g_strdup_printf ("rm -rf '%s'", dir);
  g_spawn_command_line_sync (remove, NULL, NULL, NULL, NULL);
  return rc;
}
