/* The MariaDB driver against a private server.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "private-db.h"
#include "data/driver.h"
#include "data/xml.h"
#include "people/session.h"
#include <glib/gstdio.h>
#include <sys/wait.h>
#include <unistd.h>

static const char queries[]
  = "<queries pack='t'>"
    "<query name='t.add'><arg name='id' type='int'/>"
    "<arg name='name' type='text'/>"
    "<arg name='day' type='date'/><arg name='body' type='blob'/>"
    "<sql>INSERT INTO t_a (id, name, day, body) VALUES (:id, :name, :day, "
    ":body)"
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
    "<query name='t.period'><arg name='p' type='int'/><arg name='a' "
    "type='date'/>"
    "<arg name='b' type='date'/>"
    "<sql>INSERT INTO t_b (person_id, d1, d2) VALUES (:p, :a, :b)</sql></query>"
    "<query name='t.check'><arg name='n' type='int'/>"
    "<sql>INSERT INTO t_c VALUES (:n)</sql></query>"
    "<query name='t.me' apart='yes'><sql>SELECT CONNECTION_ID() AS "
    "id</sql></query>"
    "<query name='t.who'><sql>SELECT :scope + 0 AS scope, :operator + 0 AS op"
    "</sql></query>"
    "<query name='t.as_date'><arg name='v' type='text'/>"
    "<sql>INSERT INTO t_a (name) SELECT CAST(:v AS DATE)</sql></query>"
    "<query name='t.asked' unscoped='no table of ours'><sql>SELECT "
    "variable_value"
    " FROM information_schema.session_status WHERE variable_name = "
    "'Com_stmt_execute'"
    " AND :operator = :operator FOR UPDATE</sql></query>"
    "<query name='t.error'><arg name='n' type='int'/>"
    "<sql>SELECT t_error(:n) AS n</sql></query>"
    "<query name='t.kept'><sql>SELECT variable_value AS n FROM "
    "information_schema.global_status WHERE variable_name = "
    "'Prepared_stmt_count'</sql></query>"
    "<query name='t.begun' unscoped='no table of ours'><sql>SELECT "
    "variable_value FROM information_schema.session_status WHERE "
    "variable_name = 'Com_begin' AND :operator = :operator FOR UPDATE"
    "</sql></query>"
    "<query name='t.sum'><sql>SELECT COALESCE(SUM(id), 0) AS n FROM t_a</sql>"
    "</query>"
    "<query name='t.keep'><arg name='n' type='int'/>"
    "<sql>INSERT INTO t_k (n) VALUES (:n)</sql></query>"
    "<query name='t.stays' kept='yes'><arg name='n' type='int'/>"
    "<sql>SELECT COUNT(*) AS n FROM t_k k WHERE k.n &lt; :n</sql></query>"
    "<query name='t.apart' apart='yes'><sql>SELECT COUNT(*) AS n FROM t_k"
    "</sql></query>"
    "<query name='t.counts'><sql>SELECT COALESCE(GROUP_CONCAT(CONCAT(name, "
    "'=', n) ORDER BY name), '') AS n FROM bz_version</sql></query>"
    "<query name='t.sleep'><sql>SELECT SLEEP(20) AS s</sql></query>"
    "</queries>";
static const char versions[]
  = "<queries pack='bz'><query name='bz.version_add'>"
    "<arg name='table' type='text'/>"
    "<sql>INSERT INTO bz_version (name, n) VALUES (:table, 1)"
    " ON DUPLICATE KEY UPDATE n = n + 1</sql></query></queries>";

static struct bz_req *
fresh (void)
{
  run ("DELETE FROM t_a");
  return req_new (conf, open_db (false));
}

static int64_t
count (struct bz_req *req)
{
  const char *n = NULL;

  g_assert_cmpint (bz_db_value (req, &n, "t.count", BZ_NO_ARGS), ==, 1);
  return g_ascii_strtoll (n, NULL, 10);
}

static int64_t
number (struct bz_req *req, const char *query)
{
  const char *n = NULL;

  g_assert_cmpint (bz_db_value (req, &n, query, BZ_NO_ARGS), ==, 1);
  return g_ascii_strtoll (n, NULL, 10);
}

static int64_t
add (struct bz_req *req, int64_t id, const char *name)
{
  return bz_db_exec (req, "t.add",
                     BZ_ARGS (BZ_INT (id), BZ_STR (name), BZ_NULL, BZ_NULL));
}

/* What came after the mark is undone, what came before it stays, and the
 * transaction goes on; a refused row between them changes nothing of that. */
static void
test_mark (void)
{
  struct bz_req *req = fresh ();

  g_assert_cmpint (db_mark (req->db), <, 0); /* no transaction */
  g_assert_cmpint (db_begin (req->db, false), ==, BZ_OK);
  g_assert_cmpint (add (req, 1, "stays"), ==, 1);
  g_assert_cmpint (db_mark (req->db), ==, BZ_OK);
  g_assert_cmpint (add (req, 2, "goes"), ==, 1);
  g_assert_cmpint (add (req, 1, "twice"), ==, BZ_CONFLICT);
  g_assert_cmpint (db_back (req->db), ==, BZ_OK);
  g_assert_cmpint (count (req), ==, 1);
  g_assert_cmpint (db_mark (req->db), ==, BZ_OK);
  g_assert_cmpint (add (req, 3, "stays too"), ==, 1);
  g_assert_cmpint (db_commit (req->db), ==, BZ_OK);
  g_assert_cmpint (count (req), ==, 2);
  done (req);
}

/* How many statements this connection has executed, this one not counted. */
static int64_t
executed (struct bz_req *req)
{
  const char *n = NULL;

  g_assert_cmpint (bz_db_value (req, &n, "t.asked", BZ_NO_ARGS), ==, 1);
  return g_ascii_strtoll (n, NULL, 10);
}

/* Inside a transaction one question is asked once; each other argument is another
 * question, and nothing is kept that the transaction has changed. */
static void
test_asked_once (void)
{
  struct bz_req *req = fresh ();
  const char *name = NULL;
  int64_t before;

  g_assert_cmpint (add (req, 1, "a"), ==, 1);
  g_assert_cmpint (db_begin (req->db, true), ==, BZ_OK);
  before = executed (req);
  for (int i = 0; i < 3; i++)
    g_assert_cmpint (count (req), ==, 1);
  g_assert_cmpint (executed (req) - before, ==, 2);
  for (int64_t id = 1; id <= 2; id++) {
    struct bz_rows *rows;

    g_assert_cmpint (bz_db_open (req, &rows, "t.one", BZ_ARGS (BZ_INT (id))),
                     ==, BZ_OK);
    g_assert_cmpint (bz_db_next (rows), ==, id == 1);
    name = id == 1 ? bz_db_text (rows, "name") : name;
  }
  db_rollback (req->db);
  g_assert_cmpstr (name, ==, "a"); /* what was kept has an owner of its own */
  g_assert_cmpint (add (req, 2, "b"), ==, 1);
  g_assert_cmpint (count (req), ==, 2);
  g_assert_cmpint (db_begin (req->db, true), ==, BZ_OK);
  g_assert_cmpint (count (req), ==, 2);
  db_rollback (req->db);
  done (req);
}

static void
test_change_is_seen (void)
{
  struct bz_req *req = fresh ();

  g_assert_cmpint (db_begin (req->db, false), ==, BZ_OK);
  g_assert_cmpint (count (req), ==, 0);
  g_assert_cmpint (add (req, 1, "a"), ==, 1);
  g_assert_cmpint (count (req), ==, 1);
  g_assert_cmpint (db_mark (req->db), ==, BZ_OK);
  g_assert_cmpint (add (req, 2, "b"), ==, 1);
  g_assert_cmpint (count (req), ==, 2);
  g_assert_cmpint (db_back (req->db), ==, BZ_OK);
  g_assert_cmpint (count (req), ==, 1);
  g_assert_cmpint (add (req, 1, "twice"), ==, BZ_CONFLICT);
  g_assert_cmpint (count (req), ==, 1);
  db_rollback (req->db);
  g_assert_cmpint (count (req), ==, 0);
  done (req);
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
  g_assert_cmpint (bz_db_exec (req, "t.touch",
                               BZ_ARGS (BZ_INT (first), BZ_STR ("a"))),
                   ==, 1);
  g_assert_cmpint (bz_db_exec (req, "t.touch",
                               BZ_ARGS (BZ_INT (first + 9), BZ_STR ("a"))),
                   ==, 0);
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
  return bz_db_exec (req, "t.period",
                     BZ_ARGS (BZ_INT (1), BZ_STR (from), BZ_STR (to)));
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

/* Two questions of one page agree although somebody wrote in between.  The first
 * of them begins the transaction. */
static void
test_snapshot (void)
{
  struct bz_req *req = fresh (), *other = req_new (conf, open_db (false));

  g_assert_cmpint (db_begin (req->db, true), ==, BZ_OK);
  g_assert_cmpint (count (req), ==, 0);
  g_assert_cmpint (add (other, 1, "a"), ==, 1);
  g_assert_cmpint (number (req, "t.sum"), ==, 0);
  g_assert_cmpint (db_commit (req->db), ==, BZ_OK);
  g_assert_cmpint (count (req), ==, 1);
  done (req);
  done (other);
}

/* -- Answers that stay. */

/* A new request begins: who asks, and how often what was changed. */
static void
begins (struct bz_req *req)
{
  const char *counts = NULL;

  db_counts (req->db, NULL);
  g_assert_cmpint (bz_db_value (req, &counts, "t.counts", BZ_NO_ARGS), ==, 1);
  db_counts (req->db, counts);
}

static int64_t
stays (struct bz_req *req, int64_t below)
{
  const char *n = NULL;

  g_assert_cmpint (bz_db_value (req, &n, "t.stays", BZ_ARGS (BZ_INT (below))),
                   ==, 1);
  return g_ascii_strtoll (n, NULL, 10);
}

static int64_t
keep (struct bz_req *req, int64_t n)
{
  return bz_db_exec (req, "t.keep", BZ_ARGS (BZ_INT (n)));
}

/* An answer stays until its table is changed, by whomever; a change that is
 * taken back is none. */
static void
test_kept (void)
{
  struct bz_req *req = fresh (), *other = req_new (conf, open_db (false));
  int64_t before;

  run ("DELETE FROM t_k");
  begins (req);
  g_assert_cmpint (stays (req, 10), ==, 0);
  before = executed (req);
  begins (req);
  g_assert_cmpint (stays (req, 10), ==, 0);
  g_assert_cmpint (executed (req), ==, before + 2); /* this, and the counts */
  g_assert_cmpint (db_begin (other->db, false), ==, BZ_OK);
  g_assert_cmpint (keep (other, 1), ==, 1);
  db_rollback (other->db);
  run ("INSERT INTO t_k (n) VALUES (2)"); /* behind its back: to see memory */
  begins (req);
  g_assert_cmpint (stays (req, 10), ==, 0);
  g_assert_cmpint (stays (req, 2), ==, 0); /* another question */
  g_assert_cmpint (db_begin (other->db, false), ==, BZ_OK);
  g_assert_cmpint (keep (other, 3), ==, 1);
  begins (req);
  g_assert_cmpint (stays (req, 10), ==, 0);
  g_assert_cmpint (db_commit (other->db), ==, BZ_OK);
  begins (req);
  g_assert_cmpint (stays (req, 10), ==, 2);
  done (req);
  done (other);
}

/* Who changed something himself, or does not know the counts, asks. */
static void
test_kept_not (void)
{
  struct bz_req *req = fresh ();
  int64_t before;

  run ("DELETE FROM t_k");
  begins (req);
  g_assert_cmpint (stays (req, 10), ==, 0);
  g_assert_cmpint (db_begin (req->db, false), ==, BZ_OK);
  g_assert_cmpint (keep (req, 1), ==, 1);
  g_assert_cmpint (stays (req, 10), ==, 1);
  db_rollback (req->db);
  g_assert_cmpint (stays (req, 10), ==, 0);
  begins (req);
  g_assert_cmpint (stays (req, 10), ==, 0);
  before = number (req, "t.begun");
  g_assert_cmpint (keep (req, 1), ==, 1); /* with its count or not at all */
  g_assert_cmpint (number (req, "t.begun"), ==, before + 1);
  begins (req);
  g_assert_cmpint (stays (req, 10), ==, 1);
  run ("DELETE FROM t_k");
  db_counts (req->db, NULL);
  g_assert_cmpint (stays (req, 10), ==, 0);
  done (req);
}

/* A page of one question begins no transaction; with the second one it does, and
 * nothing can be written in either. */
static void
test_apart (void)
{
  struct bz_req *req = fresh ();
  int64_t before = number (req, "t.begun");

  g_assert_cmpint (db_begin (req->db, true), ==, BZ_OK);
  g_assert_cmpint (number (req, "t.apart"), >=, 0);
  db_rollback (req->db);
  g_assert_cmpint (number (req, "t.begun"), ==, before);
  g_assert_cmpint (db_begin (req->db, true), ==, BZ_OK);
  g_assert_cmpint (number (req, "t.apart"), >=, 0);
  kill_connection (req);
  g_assert_cmpint (number (req, "t.sum"), ==, 0);
  g_assert_cmpint (add (req, 1, "a"), ==, BZ_FAILED);
  g_assert_cmpint (db_error (req->db), ==, DB_READ_ONLY);
  db_rollback (req->db);
  g_assert_cmpint (db_begin (req->db, true), ==, BZ_OK);
  g_assert_cmpint (add (req, 1, "a"), ==, BZ_FAILED);
  db_rollback (req->db);
  g_assert_cmpint (count (req), ==, 0);
  done (req);
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

  g_assert_cmpint (count (req), ==, 0); /* prepared on the first one */
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

/* Who holds a lock of the connection must not go on without it. */
static void
test_pinned (void)
{
  struct bz_req *req = fresh ();

  db_pin (req->db, true);
  g_assert_cmpint (add (req, 1, "a"), ==, 1);
  kill_connection (req);
  g_assert_cmpint (add (req, 2, "b"), ==, BZ_AWAY);
  g_assert_cmpint (db_begin (req->db, false), ==, BZ_AWAY);
  g_assert_cmpint (db_ready (req->db), ==, BZ_AWAY);
  db_pin (req->db, false);
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

/* A server that has no place for one more connection has one later. */
static void
test_server_full (void)
{
  g_autoptr (GError) error = NULL;
  struct conf small = *conf;
  struct db *db;

  small.db_user = (char *) "small";
  small.db_password = (char *) "small";
  run ("CREATE USER small@localhost IDENTIFIED BY 'small'"
       " WITH MAX_USER_CONNECTIONS 1");
  run ("GRANT SELECT ON bz.* TO small@localhost");
  db = db_open (&small, false, &error);
  g_assert_no_error (error);
  g_assert_cmpint (db_check (&small, &error), ==, DB_GONE);
  db_close (db);
  g_usleep (50000);
  g_assert_cmpint (db_check (&small, NULL), ==, DB_OK);
  run ("DROP USER small@localhost");
}

/* -- Conflicts. */

static void
test_lock_wait (void)
{
  struct bz_req *a = fresh (), *b;

  conf->lock_seconds = 1;
  b = req_new (conf, open_db (false));
  g_assert_cmpint (add (a, 1, "a"), ==, 1);
  g_assert_cmpint (db_begin (a->db, false), ==, BZ_OK);
  g_assert_cmpint (bz_db_exec (a, "t.touch",
                               BZ_ARGS (BZ_INT (1), BZ_STR ("b"))),
                   ==, 1);
  g_assert_cmpint (db_begin (b->db, false), ==, BZ_OK);
  g_assert_cmpint (add (b, 7, "x"), ==, 1);
  g_assert_cmpint (bz_db_exec (b, "t.touch",
                               BZ_ARGS (BZ_INT (1), BZ_STR ("c"))),
                   ==, BZ_AWAY);
  g_assert_cmpint (db_error (b->db), ==, DB_AGAIN);
  g_assert_cmpint (db_commit (b->db), ==, BZ_AWAY);
  g_assert_cmpint (db_error (b->db), ==, DB_AGAIN);
  db_rollback (a->db);
  g_assert_cmpint (count (a), ==, 1); /* 7 is not there */
  done (a);
  done (b);
}

/* The parent's, which the child must neither close nor lose. */
static struct bz_req *volatile parents;

/* A and B hold one row each and want the other's: one of them gives way. */
static void
test_deadlock (void)
{
  struct bz_req *a = parents = fresh ();
  int status, told[2];
  char done_byte = 'x';
  pid_t child;

  g_assert_cmpint (add (a, 1, "a"), ==, 1);
  g_assert_cmpint (add (a, 2, "b"), ==, 1);
  g_assert_cmpint (pipe (told), ==, 0);
  g_assert_cmpint (db_begin (a->db, false), ==, BZ_OK);
  g_assert_cmpint (bz_db_exec (a, "t.touch",
                               BZ_ARGS (BZ_INT (1), BZ_STR ("x"))),
                   ==, 1);
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
    done (b);
    _exit (lost ? 1 : 0);
  }
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

/* Each number of the server by its class, and what becomes of the transaction.
 * 1213, 1205 and 1062 come from the server itself in the other tests. */
static void
test_classes (void)
{
  static const struct {
    int number;
    enum db_error error;
  } cases[] = {
    { 1213, DB_AGAIN },     { 1205, DB_AGAIN },     { 1020, DB_AGAIN },
    { 1047, DB_GONE },      { 1053, DB_GONE },      { 1927, DB_GONE },
    { 1792, DB_READ_ONLY }, { 1062, DB_DUPLICATE }, { 1586, DB_DUPLICATE },
    { 1180, DB_FAILED },    { 1146, DB_FAILED },    { 1114, DB_FAILED },
  };
  struct bz_req *req = fresh ();

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    const char *n;
    bool goes_on = cases[i].error == DB_DUPLICATE;

    g_assert_cmpint (db_begin (req->db, false), ==, BZ_OK);
    g_assert_cmpint (add (req, (int64_t) i + 1, NULL), ==, 1);
    g_assert_cmpint (bz_db_value (req, &n, "t.error",
                                  BZ_ARGS (BZ_INT (cases[i].number))),
                     ==, db_status (cases[i].error));
    g_assert_cmpint (db_error (req->db), ==, cases[i].error);
    g_assert_cmpint (add (req, 100 + (int64_t) i, NULL), ==,
                     goes_on ? 1 : db_status (cases[i].error));
    g_assert_cmpint (db_commit (req->db), ==,
                     goes_on ? BZ_OK : db_status (cases[i].error));
    g_assert_cmpint (count (req), ==, goes_on ? 2 : 0);
    run ("DELETE FROM t_a");
  }
  done (req);
}

/* The server may ask for a file of ours; the client does not give it, even to a
 * server that would take it. */
static void
test_no_files (void)
{
  struct db *db;
  g_autoptr (GError) error = NULL;

  run ("SET GLOBAL local_infile = ON");
  db = open_db (true);
  g_assert_cmpint (db_run (db,
                           "LOAD DATA LOCAL INFILE '/etc/hostname' INTO "
                           "TABLE t_a (name)",
                           &error),
                   <, 0);
  g_assert_nonnull (error);
  db_close (db);
  run ("SET GLOBAL local_infile = OFF");
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

/* The log has the server's words, never the value, whatever quotes are in it. */
static void
test_log_without_values (void)
{
  struct bz_req *req = fresh ();
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "bz-log-XXXXXX",
                                            NULL);
  g_autofree char *log = NULL;
  int fd = g_mkstemp (path), was = dup (STDERR_FILENO);

  g_assert_cmpint (dup2 (fd, STDERR_FILENO), >=, 0);
  g_assert_cmpint (bz_db_exec (req, "t.as_date",
                               BZ_ARGS (BZ_STR ("O'Zhang'San"))),
                   <, 0);
  g_assert_cmpint (dup2 (was, STDERR_FILENO), >=, 0);
  close (fd);
  close (was);
  g_assert_true (g_file_get_contents (path, &log, NULL, NULL));
  (void) unlink (path);
  g_assert_nonnull (strstr (log, "t.as_date"));
  g_assert_nonnull (strstr (log, "'...'"));
  g_assert_null (strstr (log, "San"));
  g_assert_null (strstr (log, "Zhang"));
  done (req);
}

static void
test_values (void)
{
  static const char rare[]
    = "䶮 𬭎 阿依古丽·买买提 𠮷 <王五> '\"\\%";
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
  g_assert_cmpint (bz_db_exec (req, "t.add",
                               BZ_ARGS (BZ_INT (1), BZ_STR (rare),
                                        BZ_STR ("2026-02-28"),
                                        BZ_BLOB (bytes, sizeof bytes))),
                   ==, 1);
  g_assert_cmpint (bz_db_exec (req, "t.add",
                               BZ_ARGS (BZ_INT (-9000000000000),
                                        BZ_STR (long_text), BZ_STR (""),
                                        BZ_BLOB (NULL, 0))),
                   ==, 1);
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
                              BZ_ARGS (BZ_INT (-9000000000000))),
                   ==, 1);
  row = xml_child (root, "row");
  g_assert_cmpstr (xml_child_text (row, "id"), ==, "-9000000000000");
  g_assert_cmpuint (strlen (xml_child_text (row, "name")), ==, 60000);
  g_assert_null (xml_child (row, "day"));
  g_assert_null (xml_child (row, "body"));
  g_assert_cmpint (bz_db_xml (req, xml_bz (root), "row", "t.one",
                              BZ_ARGS (BZ_INT (5))),
                   ==, 0);
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

/* Statements that the server keeps for all connections. */
static int64_t
kept (void)
{
  struct bz_req *owner = req_new (conf, open_db (true));
  const char *n = NULL;
  int64_t all;

  g_assert_cmpint (bz_db_value (owner, &n, "t.kept", BZ_NO_ARGS), ==, 1);
  all = g_ascii_strtoll (n, NULL, 10) - 1; /* this one */
  done (owner);
  return all;
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
    g_string_append_printf (xml,
                            "<query name='m.q%d'><sql>SELECT %d AS n"
                            "</sql></query>",
                            i, i);
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
  g_assert_cmpint (kept (), ==, 64);
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
  conf->db_unsafe = true;
  db = open_db (false);
  db_close (db);
  conf->db_unsafe = false;
  db = NULL;
  {
    g_autoptr (GError) again = NULL;

    conf->db_unsafe = true;
    run ("SET GLOBAL innodb_flush_log_at_trx_commit = 1");
    conf->db_unsafe = false;
    db = db_open (conf, false, &again);
    g_assert_no_error (again);
    db_close (db);
  }
}

/* What is only a pity is told by the check at the start, not by each worker. */
static void
test_pity (void)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "bz-log-XXXXXX",
                                            NULL);
  g_autofree char *log = NULL;
  g_autoptr (GError) error = NULL;
  int fd = g_mkstemp (path), was = dup (STDERR_FILENO);

  run ("SET GLOBAL local_infile = ON");
  g_assert_cmpint (dup2 (fd, STDERR_FILENO), >=, 0);
  db_close (open_db (false));
  g_assert_cmpint (db_check (conf, &error), ==, DB_OK);
  g_assert_cmpint (dup2 (was, STDERR_FILENO), >=, 0);
  close (fd);
  close (was);
  run ("SET GLOBAL local_infile = OFF");
  g_assert_true (g_file_get_contents (path, &log, NULL, NULL));
  (void) unlink (path);
  g_assert_nonnull (strstr (log, "BZ0053 database: local_infile is 1, better "
                                 "OFF: "));
  g_assert_null (strstr (strstr (log, "BZ0053") + 1, "BZ0053"));
}

static void
test_check (void)
{
  g_autoptr (GError) hard = NULL;
  g_autoptr (GError) away = NULL;

  run ("SET GLOBAL innodb_flush_log_at_trx_commit = 2");
  g_assert_cmpint (db_check (conf, &hard), ==, DB_FAILED);
  g_assert_nonnull (strstr (hard->message, "under [mariadbd]"));
  conf->db_unsafe = true;
  run ("SET GLOBAL innodb_flush_log_at_trx_commit = 1");
  conf->db_unsafe = false;
  server ("stop");
  g_assert_cmpint (db_check (conf, &away), ==, DB_GONE);
  g_assert_nonnull (away);
  server ("start");
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

/* -- All. */

/* The application may do here what it likes: its rights are the matter of
 * test-migrate.c. */
static void
prepare (void)
{
  run ("CREATE TABLE t_a (id BIGINT AUTO_INCREMENT PRIMARY KEY, name "
       "MEDIUMTEXT NULL, day DATE NULL, body MEDIUMBLOB NULL, at DATETIME NOT "
       "NULL DEFAULT '2026-11-22 10:26:03', UNIQUE KEY uq_a_name (name(64))) "
       "ENGINE=InnoDB");
  run ("CREATE TABLE t_b (person_id BIGINT, d1 DATE, d2 DATE, PERIOD FOR valid "
       "(d1, d2), UNIQUE KEY uq_b_person (person_id, valid WITHOUT OVERLAPS)) "
       "ENGINE=InnoDB");
  run ("CREATE TABLE t_c (n INT, CONSTRAINT ck_c_sign CHECK (n >= 0)) "
       "ENGINE=InnoDB");
  run ("CREATE FUNCTION t_error (n INT) RETURNS INT NO SQL BEGIN "
       "SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = n, MESSAGE_TEXT = 'told to'; "
       "RETURN 1; END");
  run ("CREATE USER 'bz_app'@'localhost' IDENTIFIED BY 'app-secret\\'\\\\x'");
  run ("GRANT SELECT, INSERT, UPDATE, DELETE, EXECUTE ON bz.* TO "
       "'bz_app'@'localhost'");
  run ("CREATE TABLE t_k (n INT) ENGINE=InnoDB");
  run (
    "CREATE TABLE bz_version (name VARCHAR(64) PRIMARY KEY, n BIGINT NOT NULL)"
    " ENGINE=InnoDB");
  load_queries (versions, "bz");
  load_queries (queries, "t");
}

static void
add_tests (void)
{
  prepare ();
  g_test_add_func ("/db/commit-and-rollback", test_commit);
  g_test_add_func ("/db/back-to-the-mark", test_mark);
  g_test_add_func ("/db/one-question-is-asked-once", test_asked_once);
  g_test_add_func ("/db/own-changes-are-seen", test_change_is_seen);
  g_test_add_func ("/db/last-id-and-rows-met", test_last_id);
  g_test_add_func ("/db/duplicate-names-its-key", test_duplicate);
  g_test_add_func ("/db/overlap-and-check", test_overlap);
  g_test_add_func ("/db/a-get-cannot-write", test_read_only);
  g_test_add_func ("/db/a-get-is-one-snapshot", test_snapshot);
  g_test_add_func ("/db/an-answer-stays-until-a-change", test_kept);
  g_test_add_func ("/db/who-changed-asks-again", test_kept_not);
  g_test_add_func ("/db/one-question-needs-no-transaction", test_apart);
  g_test_add_func ("/db/killed-inside-a-transaction", test_killed_inside);
  g_test_add_func ("/db/killed-at-commit-is-unknown", test_killed_at_commit);
  g_test_add_func ("/db/killed-while-idle", test_killed_idle);
  g_test_add_func ("/db/pinned", test_pinned);
  g_test_add_func ("/db/server-away-and-back", test_server_away);
  g_test_add_func ("/db/server-full", test_server_full);
  g_test_add_func ("/db/lock-wait-is-again", test_lock_wait);
  g_test_add_func ("/db/deadlock-is-again", test_deadlock);
  g_test_add_func ("/db/errors-by-class", test_classes);
  g_test_add_func ("/db/gives-no-file-to-the-server", test_no_files);
  g_test_add_func ("/db/slow-statement-is-stopped", test_slow);
  g_test_add_func ("/db/rare-long-null-bytes", test_values);
  g_test_add_func ("/db/log-holds-no-values", test_log_without_values);
  g_test_add_func ("/db/too-long-is-refused-not-cut", test_strict);
  g_test_add_func ("/db/scope-and-operator-of-the-session", test_session);
  g_test_add_func ("/db/unknown-query", test_unknown_query);
  g_test_add_func ("/db/more-statements-than-are-kept", test_many_statements);
  g_test_add_func ("/db/dangerous-setting-is-refused", test_dangerous);
  g_test_add_func ("/db/a-pity-is-told-once", test_pity);
  g_test_add_func ("/db/check-at-the-start", test_check);
  g_test_add_func ("/db/latin1-database-is-refused", test_latin);
  g_test_add_func ("/db/wrong-password-is-not-told", test_wrong_password);
}

int
main (int argc, char **argv)
{
  return private_db_main (argc, argv, add_tests);
}
