/* The audit chain: what is written, and what a later hand cannot hide.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "people.h"
#include "people/audit.h"
#include "people/session.h"
#include "serve/route.h"

enum { COLUMNS = AUDIT_FIELDS + 1, ROWS = 4 };
static const char *const columns[] = {
  "chain", "seq", "at", "operator_id", "acting_for", "remote", "action",
  "object_type", "object_id", "result", "detail", "prev_hash", "hash", NULL,
};

/* Texts of the chains, until the end of the program. */
static GPtrArray *texts;

static const char *
keep (char *text)
{
  if (texts == NULL)
    texts = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (texts, text);
  return text;
}

/* A chain of ROWS rows as the database would give it. */
static void
chain_make (const char *cells[ROWS][COLUMNS])
{
  for (int i = 0; i < ROWS; i++) {
    const char **c = cells[i];

    c[AUDIT_CHAIN] = "work";
    c[AUDIT_SEQ] = keep (g_strdup_printf ("%d", i + 1));
    c[AUDIT_AT] = "2026-11-22 10:00:00.000000";
    c[AUDIT_OPERATOR] = "7";
    c[AUDIT_ACTING_FOR] = "0";
    c[AUDIT_REMOTE] = "10.0.0.7";
    c[AUDIT_ACTION] = "entry.approve";
    c[AUDIT_OBJECT_TYPE] = "entry";
    c[AUDIT_OBJECT_ID] = keep (g_strdup_printf ("%d", 100 + i));
    c[AUDIT_RESULT] = "ok";
    c[AUDIT_DETAIL] = i == 2 ? "二、<三>" : "";
    c[AUDIT_PREV] = i == 0 ? tip_cells[1] : cells[i - 1][AUDIT_FIELDS];
    c[AUDIT_FIELDS] = keep (audit_hash (c));
  }
}

/* Verify N of these rows while the head says SEQ and LAST. */
static int
verify (const char *const *cells, size_t n, const char *seq, const char *last)
{
  const char *const head[] = { seq, last };
  const struct db_script sql[] = {
    { "bz.audit_page", "work|0|1000", columns, cells, n, 0 },
    { "bz.audit_tip", "work", tip_columns, head, 1, 0 },
    { "bz.audit_page", "refused|0|1000", columns, NULL, 0, 0 },
    { "bz.audit_tip", "refused", tip_columns, tip_cells, 1, 0 },
  };
  struct bz_req *req = people_req ("/", sql, 4);
  int rc = audit_verify (req);

  people_end (req, 4);
  return rc;
}

static void
test_whole (void)
{
  const char *cells[ROWS][COLUMNS];

  chain_make (cells);
  g_assert_cmpint (verify (&cells[0][0], ROWS, "4",
                           cells[ROWS - 1][AUDIT_FIELDS]), ==, 0);
  g_assert_cmpint (verify (NULL, 0, "0", tip_cells[1]), ==, 0);
}

/* Every field of every row. */
static void
test_changed (void)
{
  const char *cells[ROWS][COLUMNS];

  chain_make (cells);
  for (int row = 0; row < ROWS; row++)
    for (int field = 0; field < COLUMNS; field++) {
      const char *was = cells[row][field];

      cells[row][field] = field == AUDIT_SEQ ? "9" : "8";
      if (verify (&cells[0][0], ROWS, "4", cells[ROWS - 1][AUDIT_FIELDS]) < 1)
        g_error ("a change of %s in row %d is not found", columns[field],
                 row + 1);
      cells[row][field] = was;
    }
}

/* A text that moves from one field to its neighbour is another row. */
static void
test_borders (void)
{
  const char *f[AUDIT_FIELDS];
  g_autofree char *a = NULL, *b = NULL;

  for (int i = 0; i < AUDIT_FIELDS; i++)
    f[i] = "";
  f[AUDIT_ACTION] = "ab";
  f[AUDIT_OBJECT_TYPE] = "c";
  a = audit_hash (f);
  f[AUDIT_ACTION] = "a";
  f[AUDIT_OBJECT_TYPE] = "bc";
  b = audit_hash (f);
  g_assert_cmpstr (a, !=, b);
}

static void
test_removed (void)
{
  const char *cells[ROWS][COLUMNS], *less[ROWS - 1][COLUMNS];
  const char *last;

  chain_make (cells);
  last = cells[ROWS - 1][AUDIT_FIELDS];
  for (int gone = 0; gone < ROWS; gone++) {
    for (int i = 0, to = 0; i < ROWS; i++)
      if (i != gone)
        memcpy (less[to++], cells[i], sizeof cells[i]);
    g_assert_cmpint (verify (&less[0][0], ROWS - 1, "4", last), >, 0);
  }
  g_assert_cmpint (verify (NULL, 0, "4", last), >, 0);
}

/* A row rewritten together with its own hash: the next one does not fit. */
static void
test_rehashed (void)
{
  const char *cells[ROWS][COLUMNS];

  chain_make (cells);
  cells[1][AUDIT_OBJECT_ID] = "999";
  cells[1][AUDIT_FIELDS] = keep (audit_hash (cells[1]));
  g_assert_cmpint (verify (&cells[0][0], ROWS, "4",
                           cells[ROWS - 1][AUDIT_FIELDS]), ==, 1);
}

static void
test_database_away (void)
{
  static const struct db_script sql[] = {
    { "bz.audit_page", NULL, NULL, NULL, 0, -DB_GONE },
  };
  struct bz_req *req = people_req ("/", sql, 1);

  g_assert_cmpint (audit_verify (req), <, 0);
  people_end (req, 1);
}

/* -- Writing. */

static void
test_write (void)
{
  const char *f[AUDIT_FIELDS] = {
    "work", "8", "2026-11-22 10:00:00.000000", "7", "0", "10.0.0.7",
    "entry.approve", "entry", "31", "ok", "2 of 3", "abcd",
  };
  static const char *const tip[] = { "7", "abcd" };
  g_autofree char *hash = audit_hash (f);
  g_autofree char *add = g_strconcat (
    "work|8|2026-11-22 10:00:00.000000|7|0|10.0.0.7|entry.approve|entry|31|ok|"
    "2 of 3|abcd|", hash, NULL);
  g_autofree char *head = g_strconcat ("8|", hash, "|work", NULL);
  struct db_script sql[] = {
    { "bz.audit_lock", "work", tip_columns, tip, 1, 0 },
    { "bz.audit_add", add, NULL, NULL, 0, 1 },
    { "bz.audit_head", head, NULL, NULL, 0, 1 },
  };
  struct bz_req *req = people_req ("/entry/31/move", sql, 3);

  people_user (req, 7, "clerk");
  g_assert_cmpint (bz_audit (req, "entry.approve", "entry", 31, "2 of 3"), ==,
                   BZ_OK);
  g_assert_true (req->audited);
  people_end (req, 3);
}

/* A parent's account works for a unit below it: the row says for whom. */
static void
test_acting_for (void)
{
  static const struct { int64_t scope; const char *kind, *args; } row[] = {
    { 5, "unit", "|7|0|" }, { 9, "unit", "|7|9|" }, { 9, "office", "|7|0|" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (row); i++) {
    const char *f[AUDIT_FIELDS] = {
      "work", "1", "2026-11-22 10:00:00.000000", "7",
      i == 1 ? "9" : "0", "10.0.0.7", "a", "b", "1", "ok", "", tip_cells[1],
    };
    g_autofree char *hash = audit_hash (f);
    g_autofree char *args = g_strconcat (
      "work|1|2026-11-22 10:00:00.000000", row[i].args, "10.0.0.7|a|b|1|ok||",
      tip_cells[1], "|", hash, NULL);
    struct db_script sql[] = { AUDIT_ROWS (args) };
    struct bz_req *req = people_req ("/", sql, 3);

    people_user (req, 7, "clerk");
    req->session->scope_kind = row[i].kind;
    session_acts_for (req, row[i].scope, "市一中");
    g_assert_cmpint (bz_audit (req, "a", "b", 1, ""), ==, BZ_OK);
    people_end (req, 3);
  }
}

static void
test_write_fails (void)
{
  static const struct db_script sql[] = {
    { "bz.audit_lock", NULL, tip_columns, NULL, 0, 0 },
    { "bz.audit_lock", NULL, tip_columns, tip_cells, 1, 0 },
    { "bz.audit_add", NULL, NULL, NULL, 0, -DB_FAILED },
  };
  struct bz_req *req = people_req ("/", sql, 3);

  g_assert_cmpint (bz_audit (req, "a", "b", 1, NULL), ==, BZ_FAILED);
  g_assert_cmpint (bz_audit (req, "a", "b", 1, NULL), ==, BZ_FAILED);
  g_assert_false (req->audited);
  people_end (req, 3);
}

/* Written at the end of the transaction: what was done before what was refused, so
 * that who writes both locks the chains in one order; for whom, as it was then. */
static void
test_written_last (void)
{
  static const struct db_script sql[] = {
    { "t.put", NULL, NULL, NULL, 0, 1 },
    { "bz.audit_lock", "work", tip_columns, tip_cells, 1, 0 },
    { "bz.audit_add", NULL, NULL, NULL, 0, 1 },
    { "bz.audit_head", NULL, NULL, NULL, 0, 1 },
    { "bz.audit_lock", "refused", tip_columns, tip_cells, 1, 0 },
    { "bz.audit_add", NULL, NULL, NULL, 0, 1 },
    { "bz.audit_head", NULL, NULL, NULL, 0, 1 },
  };
  struct bz_req *req = people_req ("/", sql, 7);
  char word[] = "entry.approve";

  g_assert_cmpint (db_begin (req->db, false), ==, BZ_OK);
  g_assert_cmpint (audit_write (req, "batch", "case", 1, "refused", ""), ==,
                   BZ_OK);
  g_assert_cmpint (bz_audit (req, word, "case", 2, NULL), ==, BZ_OK);
  memset (word, 'x', sizeof word - 1); /* it is the caller's again */
  g_assert_cmpint (bz_db_exec (req, "t.put", NULL, 0), ==, 1);
  g_assert_cmpuint (db_script_asked (req->db), ==, 1);
  g_assert_cmpint (db_commit (req->db), ==, BZ_OK);
  people_end (req, 7);
}

/* What is rolled back leaves no row; without its row nothing is committed, and the
 * reason is the database's, so that it is tried again. */
static void
test_with_the_change (void)
{
  static const struct db_script sql[] = {
    { "bz.audit_lock", "work", tip_columns, NULL, 0, -DB_AGAIN },
  };
  struct bz_req *req = people_req ("/", sql, 1);

  g_assert_cmpint (db_begin (req->db, false), ==, BZ_OK);
  g_assert_cmpint (bz_audit (req, "a", "b", 1, NULL), ==, BZ_OK);
  db_rollback (req->db);
  g_assert_cmpuint (db_script_asked (req->db), ==, 0);
  g_assert_cmpint (db_begin (req->db, false), ==, BZ_OK);
  g_assert_cmpint (bz_audit (req, "a", "b", 2, NULL), ==, BZ_OK);
  g_assert_cmpint (db_commit (req->db), ==, BZ_AWAY);
  g_assert_cmpint (db_error (req->db), ==, DB_AGAIN);
  people_end (req, 1);
}

/* A page has bz_audit_read: a row of its own transaction would never be written. */
static void
test_not_while_reading (void)
{
  struct bz_req *req = people_req ("/", NULL, 0);

  g_assert_cmpint (db_begin (req->db, true), ==, BZ_OK);
  g_assert_cmpint (bz_audit (req, "a", "b", 1, NULL), ==, BZ_FAILED);
  g_assert_false (req->audited);
  db_rollback (req->db);
  people_end (req, 0);
}

/* A page that shows one person ten times is one row; two persons are two. */
static void
test_reads (void)
{
  static const struct db_script sql[] = { AUDIT_ROWS (NULL),
                                          AUDIT_ROWS (NULL) };
  struct bz_req *req = people_req ("/", sql, 6);

  people_user (req, 7, "clerk");
  for (int n = 0; n < 10; n++)
    bz_audit_read (req, "person.view", "person", 12);
  bz_audit_read (req, "person.view", "person", 13);
  g_assert_cmpuint (db_script_asked (req->db), ==, 0);
  g_assert_cmpint (audit_flush (req), ==, BZ_OK);
  g_assert_cmpint (audit_flush (req), ==, BZ_OK);
  people_end (req, 6);
}

static void
test_reads_fail (void)
{
  static const struct db_script sql[] = {
    { "bz.audit_lock", NULL, NULL, NULL, 0, -DB_FAILED },
  };
  struct bz_req *req = people_req ("/", sql, 1);

  bz_audit_read (req, "person.view", "person", 12);
  g_assert_cmpint (audit_flush (req), <, 0);
  g_assert_cmpuint (req->later->len, ==, 1);
  people_end (req, 1);
}

/* The refusal's row holds the route's pattern, never the address. */
static void
test_refused (void)
{
  static const struct db_script sql[] = {
    { "bz.audit_lock", "refused", tip_columns, tip_cells, 1, 0 },
    { "bz.audit_add", NULL, NULL, NULL, 0, 1 },
    { "bz.audit_head", NULL, NULL, NULL, 0, 1 },
  };
  static const struct route route = {
    .row = { .method = "POST", .path = "/entry/{case}/move" },
    .pack = "entry",
  };
  struct bz_req *req = people_req ("/entry/430124199001010038/move", sql, 3);

  req->route = &route;
  g_assert_cmpint (db_begin (req->db, false), ==, BZ_OK);
  req->in_tx = true;
  audit_refused (req, "permission");
  g_assert_true (db_in_transaction (req->db));
  db_rollback (req->db);
  people_end (req, 3);
}

static void
test_refused_without_database (void)
{
  struct bz_req *req = people_req ("/", NULL, 0);
  struct db *db = req->db;

  req->db = NULL;
  audit_refused (req, "permission");
  req->db = db;
  people_end (req, 0);
}

/* Texts are cut to their columns before they are hashed. */
static void
test_long_texts (void)
{
  static const struct db_script sql[] = { AUDIT_ROWS (NULL) };
  g_autofree char *much = g_strnfill (5000, 'x');
  struct bz_req *req = people_req ("/", sql, 3);

  req->remote = much;
  g_assert_cmpint (bz_audit (req, much, much, 1, much), ==, BZ_OK);
  people_end (req, 3);
}

int
main (int argc, char **argv)
{
  people_begin (&argc, &argv);
  g_test_add_func ("/audit/a-whole-chain-verifies", test_whole);
  g_test_add_func ("/audit/each-changed-field-is-found", test_changed);
  g_test_add_func ("/audit/borders-of-fields-count", test_borders);
  g_test_add_func ("/audit/each-removed-row-is-found", test_removed);
  g_test_add_func ("/audit/a-row-hashed-anew-is-found", test_rehashed);
  g_test_add_func ("/audit/verify-says-when-it-could-not",
                   test_database_away);
  g_test_add_func ("/audit/row-and-head-are-written", test_write);
  g_test_add_func ("/audit/HY-5/says-for-whom-a-parent-acts",
                   test_acting_for);
  g_test_add_func ("/audit/a-failure-fails-the-change", test_write_fails);
  g_test_add_func ("/audit/rows-are-written-last", test_written_last);
  g_test_add_func ("/audit/rows-go-with-the-change", test_with_the_change);
  g_test_add_func ("/audit/no-row-in-a-transaction-that-reads",
                   test_not_while_reading);
  g_test_add_func ("/audit/reads-are-one-row-each", test_reads);
  g_test_add_func ("/audit/unrecorded-reads-fail", test_reads_fail);
  g_test_add_func ("/audit/refusals-in-their-own-transaction", test_refused);
  g_test_add_func ("/audit/refusal-without-database",
                   test_refused_without_database);
  g_test_add_func ("/audit/long-texts-are-cut-first", test_long_texts);
  return g_test_run ();
}
