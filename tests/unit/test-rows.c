/* bz_db_... over a script: types, columns, states of a transaction.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "data/db.h"
#include "data/driver.h"
#include "data/xml.h"
#include "serve/conf.h"
#include "serve/req.h"
#include <glib/gstdio.h>
#include <unistd.h>

static const char *const columns[] = { "id", "name", "note", NULL };
static const char *const cells[] = { "7", "王五 <测试>", NULL,
                                     "8", "", "a\x01" "b" };

static struct bz_req *
ask_of (const struct db_script *script, size_t n)
{
  return req_new (NULL, db_scripted (script, n));
}

static void
done (struct bz_req *req, size_t asked)
{
  struct db *db = req->db;

  g_assert_cmpuint (db_script_asked (db), ==, asked);
  req_free (req);
  db_close (db);
}

static void
test_xml (void)
{
  static const struct db_script script[] = {
    { "t.list", "7|a b|NULL", columns, cells, 2, 0 },
    { "t.none", NULL, NULL, NULL, 0, 0 },
  };
  struct bz_req *req = ask_of (script, 2);
  xmlDoc *doc = xml_parse ("<page/>", -1, NULL);
  xmlNode *root = xmlDocGetRootElement (doc), *row;
  g_autofree char *text = NULL;

  g_assert_cmpint (bz_db_xml (req, xml_bz (root), "row", "t.list",
                              BZ_ARGS (BZ_INT (7), BZ_STR ("a b"), BZ_NULL)),
                   ==, 2);
  g_assert_cmpint (bz_db_xml (req, xml_bz (root), "other", "t.none",
                              BZ_NO_ARGS), ==, 0);
  row = xml_child (root, "row");
  g_assert_cmpstr (xml_child_text (row, "name"), ==, "王五 <测试>");
  g_assert_null (xml_child (row, "note"));
  g_assert_cmpstr (xml_child_text (xml_next (row, "row"), "name"), ==, "");
  g_assert_null (xml_child (root, "other"));
  text = xml_dump (root);
  xmlFreeDoc (doc);
  doc = xml_parse (text, -1, NULL);
  g_assert_nonnull (doc);
  xmlFreeDoc (doc);
  done (req, 2);
}

static void
test_rows (void)
{
  static const struct db_script script[] = {
    { "t.list", NULL, columns, cells, 2, 0 },
    { "t.list", NULL, columns, cells, 1, 0 },
  };
  struct bz_req *req = ask_of (script, 2);
  struct bz_rows *rows, *inner;

  g_assert_cmpint (bz_db_open (req, &rows, "t.list", BZ_NO_ARGS), ==, BZ_OK);
  g_assert_null (bz_db_text (rows, "id"));        /* before the first */
  g_assert_cmpint (bz_db_next (rows), ==, 1);
  /* The same query inside its own rows. */
  g_assert_cmpint (bz_db_open (req, &inner, "t.list", BZ_NO_ARGS), ==, BZ_OK);
  g_assert_cmpint (bz_db_next (inner), ==, 1);
  g_assert_cmpint (bz_db_int (rows, "id"), ==, 7);
  g_assert_cmpint (bz_db_int (rows, "note"), ==, 0);
  g_assert_null (bz_db_text (rows, "note"));
  g_assert_null (bz_db_text (rows, "colour"));
  g_assert_cmpint (bz_db_next (rows), ==, 1);
  g_assert_cmpint (bz_db_int (rows, "id"), ==, 8);
  g_assert_cmpint (bz_db_next (rows), ==, 0);
  g_assert_cmpint (bz_db_next (rows), ==, 0);
  g_assert_null (bz_db_text (rows, "id"));        /* behind the last */
  done (req, 2);
}

static void
test_value (void)
{
  static const char *const one[] = { "n", NULL }, *const three[] = { "3", "4" },
                    *const null[] = { NULL };
  static const struct db_script script[] = {
    { "t.n", NULL, one, three, 1, 0 },
    { "t.n", NULL, one, null, 1, 0 },
    { "t.n", NULL, one, NULL, 0, 0 },
    { "t.n", NULL, one, three, 2, 0 },
    { "t.n", NULL, columns, cells, 1, 0 },
  };
  struct bz_req *req = ask_of (script, 5);
  const char *value = "as it was";

  g_assert_cmpint (bz_db_value (req, &value, "t.n", BZ_NO_ARGS), ==, 1);
  g_assert_cmpstr (value, ==, "3");
  g_assert_cmpint (bz_db_value (req, &value, "t.n", BZ_NO_ARGS), ==, 1);
  g_assert_null (value);
  value = "as it was";
  g_assert_cmpint (bz_db_value (req, &value, "t.n", BZ_NO_ARGS), ==, 0);
  g_assert_cmpint (bz_db_value (req, &value, "t.n", BZ_NO_ARGS), <, 0);
  g_assert_cmpint (bz_db_value (req, &value, "t.n", BZ_NO_ARGS), <, 0);
  g_assert_cmpstr (value, ==, "as it was");
  done (req, 5);
}

static void
test_bytes (void)
{
  static const char *const one[] = { "v", NULL }, *const v[] = { "0x00ff41" };
  static const struct db_script script[] = {
    { "t.put", "0x0041", NULL, NULL, 0, 1 },
    { "t.get", NULL, one, v, 1, 0 },
    { "t.get", NULL, one, v, 1, 0 },
  };
  struct bz_req *req = ask_of (script, 3);
  xmlDoc *doc = xml_parse ("<page/>", -1, NULL);
  struct bz_rows *rows;
  size_t size;
  const void *bytes;

  g_assert_cmpint (bz_db_exec (req, "t.put", BZ_ARGS (BZ_BLOB ("\0A", 2))),
                   ==, 1);
  g_assert_cmpint (bz_db_open (req, &rows, "t.get", BZ_NO_ARGS), ==, BZ_OK);
  g_assert_cmpint (bz_db_next (rows), ==, 1);
  bytes = bz_db_blob (rows, "v", &size);
  g_assert_cmpmem (bytes, size, "\0\xff" "A", 3);
  g_assert_cmpint (bz_db_xml (req, xml_bz (xmlDocGetRootElement (doc)), "r",
                              "t.get", BZ_NO_ARGS), ==, 1);
  g_assert_cmpstr (xml_child_text (xml_child (xmlDocGetRootElement (doc), "r"),
                                   "v"), ==, "00ff41");
  xmlFreeDoc (doc);
  done (req, 3);
}

/* What ends a transaction, and what does not. */
static void
test_broken (void)
{
  static const struct db_script script[] = {
    { "t.put", NULL, NULL, NULL, 0, -DB_DUPLICATE },
    { "t.put", NULL, NULL, NULL, 0, 1 },
    { "t.put", NULL, NULL, NULL, 0, -DB_AGAIN },
    { "t.put", NULL, NULL, NULL, 0, 1 },
  };
  struct bz_req *req = ask_of (script, 4);

  g_assert_cmpint (db_begin (req->db, false), ==, BZ_OK);
  g_assert_cmpint (bz_db_exec (req, "t.put", BZ_NO_ARGS), ==, BZ_CONFLICT);
  g_assert_cmpint (db_error (req->db), ==, DB_DUPLICATE);
  g_assert_cmpint (bz_db_exec (req, "t.put", BZ_NO_ARGS), ==, 1);
  g_assert_cmpint (bz_db_exec (req, "t.put", BZ_NO_ARGS), ==, BZ_AWAY);
  /* Not asked any more, and not committed. */
  g_assert_cmpint (bz_db_exec (req, "t.put", BZ_NO_ARGS), ==, BZ_AWAY);
  g_assert_cmpuint (db_script_asked (req->db), ==, 3);
  g_assert_cmpint (db_commit (req->db), ==, BZ_AWAY);
  g_assert_cmpint (db_error (req->db), ==, DB_AGAIN);
  g_assert_false (db_in_transaction (req->db));
  g_assert_cmpint (db_begin (req->db, false), ==, BZ_OK);
  g_assert_cmpint (db_begin (req->db, false), ==, BZ_FAILED);  /* twice */
  db_rollback (req->db);
  g_assert_cmpint (db_commit (req->db), ==, BZ_FAILED);        /* none */
  g_assert_cmpint (bz_db_exec (req, "t.put", BZ_NO_ARGS), ==, 1);
  done (req, 4);
}

/* A call whose arguments are not those declared never reaches the database. */
static void
test_types (void)
{
  static const char xml[] =
    "<queries pack='t'><query name='t.q'><arg name='i' type='int'/>"
    "<arg name='s' type='text'/><arg name='d' type='date'/>"
    "<arg name='b' type='blob'/><sql>UPDATE x SET a = :i, b = :s, c = :d, "
    "d = :b</sql></query></queries>";
#define I BZ_INT (1)
#define S BZ_STR ("x")
#define D BZ_STR ("2026-02-28")
#define B BZ_BLOB ("x", 1)
  static const struct bz_arg bad[][4] = {
    { S, S, D, B }, { I, I, D, B }, { I, S, I, B }, { I, S, D, S },
    { I, B, D, B }, { I, S, BZ_STR ("2026-02-29"), B },
    { I, S, BZ_STR ("2026-2-1"), B }, { I, S, BZ_STR ("20260201"), B },
    { I, S, BZ_STR ("2026-02-28x"), B }, { I, S, BZ_STR ("0000-00-00"), B },
    { I, S, BZ_STR ("2026-02-28 1:2:3"), B }, { I, S, BZ_STR ("1"), B },
  };
  static const struct bz_arg good[][4] = {
    { I, S, D, B }, { BZ_NULL, BZ_NULL, BZ_NULL, BZ_NULL },
    { I, BZ_STR (NULL), BZ_STR (""), BZ_BLOB (NULL, 0) },
    { I, S, BZ_STR ("2024-02-29 23:59:59"), B },
  };
  static const struct db_script script[] = {
    { "t.q", NULL, NULL, NULL, 0, 1 }, { "t.q", NULL, NULL, NULL, 0, 1 },
    { "t.q", NULL, NULL, NULL, 0, 1 }, { "t.q", NULL, NULL, NULL, 0, 1 },
  };
  g_autofree char *path = NULL;
  struct bz_req *req = ask_of (script, 4);

  close (g_file_open_tmp ("bz-q-XXXXXX", &path, NULL));
  g_assert_true (g_file_set_contents (path, xml, -1, NULL));
  g_assert_cmpint (query_load (path, "t", NULL), ==, 0);
  g_remove (path);
  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_cmpint (bz_db_exec (req, "t.q", bad[i], 4), ==, BZ_FAILED);
  g_assert_cmpint (bz_db_exec (req, "t.q", good[0], 3), ==, BZ_FAILED);
  g_assert_cmpuint (db_script_asked (req->db), ==, 0);
  for (size_t i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_cmpint (bz_db_exec (req, "t.q", good[i], 4), ==, 1);
  done (req, 4);
  query_clear ();
}

/* -- A script that does not fit ends the test with both sides. */

static void
wrong_query (void)
{
  static const struct db_script script[] = {
    { "t.a", "1", NULL, NULL, 0, 1 },
  };
  struct bz_req *req = ask_of (script, 1);
  int64_t rc = bz_db_exec (req, "t.b", BZ_ARGS (BZ_INT (1)));

  g_assert_cmpint (rc, <, 0);
}

static void
wrong_args (void)
{
  static const struct db_script script[] = {
    { "t.a", "1|x", NULL, NULL, 0, 1 },
  };
  struct bz_req *req = ask_of (script, 1);
  int64_t rc = bz_db_exec (req, "t.a", BZ_ARGS (BZ_INT (1), BZ_STR ("y")));

  g_assert_cmpint (rc, <, 0);
}

static void
too_many (void)
{
  struct bz_req *req = ask_of (NULL, 0);
  int64_t rc = bz_db_exec (req, "t.a", BZ_NO_ARGS);

  g_assert_cmpint (rc, <, 0);
}

static void
test_mismatch (void)
{
  if (g_test_subprocess ())
    return;
  g_test_trap_subprocess ("/rows/subprocess/query", 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*t.a (1) was expected, t.b (1) was asked*");
  g_test_trap_subprocess ("/rows/subprocess/args", 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*t.a (1|x) was expected, t.a (1|y) was asked*");
  g_test_trap_subprocess ("/rows/subprocess/many", 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*at its end, but t.a*");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  xml_init ();
  g_test_add_func ("/rows/null-adds-no-element", test_xml);
  g_test_add_func ("/rows/one-by-one", test_rows);
  g_test_add_func ("/rows/one-value", test_value);
  g_test_add_func ("/rows/bytes", test_bytes);
  g_test_add_func ("/rows/error-ends-the-transaction", test_broken);
  g_test_add_func ("/rows/wrong-type-is-never-asked", test_types);
  g_test_add_func ("/rows/script-says-what-it-expected", test_mismatch);
  g_test_add_func ("/rows/subprocess/query", wrong_query);
  g_test_add_func ("/rows/subprocess/args", wrong_args);
  g_test_add_func ("/rows/subprocess/many", too_many);
  return g_test_run ();
}
