/* Migrations and rights against a private server, with the real schemas.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "private-db.h"
#include "data/migrate.h"
#include <glib/gstdio.h>
#include <unistd.h>

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
  const char *first = NULL, *second = NULL;

  load_queries ("<queries pack='s'><query name='s.key'><sql>"
    "SELECT CONCAT(LENGTH(value), HEX(value)) AS k FROM bz_secret "
    "WHERE name = 'form_key'</sql></query></queries>", "s");
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

/* A province's plugin has tables of its own, and keeps its hands off ours. */
static void
test_migrate_local (void)
{
  static const char *const refusals[] = {
    "ALTER TABLE st_person ADD COLUMN q_note INT",
    "CREATE TABLE other (a INT)",
    "UPDATE st_person SET name = ''",
    "DELETE FROM bz_audit",
    "UPDATE q_a JOIN st_person SET st_person.name = ''",
    "UPDATE q_a, st_person SET st_person.name = ''",
    "DROP TABLE q_a, st_person",
    "ALTER TABLE q_a RENAME TO st_person",
    "ALTER TABLE q_a EXCHANGE PARTITION p WITH TABLE st_person",
    "ALTER TABLE q_a CONVERT TABLE st_person TO PARTITION p",
    "RENAME TABLE q_a TO st_person",
    "CREATE TRIGGER q_t BEFORE INSERT ON st_person FOR EACH ROW SET @a = 1",
    "INSERT INTO st_person.q_a VALUES (1)",
    "GRANT ALL ON st_person TO someone",
    "SET GLOBAL general_log = 1",
  };
  static const char *const packs[] = { "staffing", "entry", "q", NULL };
  g_autofree char *local = g_build_filename (dir, "local", NULL);
  g_autofree char *sql = g_build_filename (local, "q", "sql", NULL);
  g_autofree char *file = g_build_filename (sql, "0001-q.sql", NULL);
  g_autoptr (GError) error = NULL;

  g_strfreev (conf->plugins);
  conf->plugins = g_strdupv ((char **) packs);
  conf->localdir = g_strdup (local);
  g_assert_cmpint (g_mkdir_with_parents (sql, 0700), ==, 0);
  for (size_t i = 0; i < G_N_ELEMENTS (refusals); i++) {
    g_autofree char *text = g_strdup_printf (
      "CREATE TABLE q_a (a INT);\n%s;\n", refusals[i]);

    g_assert_true (g_file_set_contents (file, text, -1, NULL));
    g_test_message ("%s", refusals[i]);
    refused ("0001-q.sql:2: a migration of q creates");
    app_run ("SELECT * FROM q_a", false); /* nothing half done */
  }
  g_assert_true (g_file_set_contents (
    file,
    "-- q\nCREATE TABLE IF NOT EXISTS q_a (a BIGINT, person_id BIGINT,\n"
    "  FOREIGN KEY (person_id) REFERENCES st_person (id));\n"
    "ALTER TABLE q_a ADD COLUMN b INT;\nINSERT INTO q_a (b) VALUES (1);\n"
    "UPDATE q_a SET b = 2 WHERE b = 1;\nDELETE FROM q_a WHERE b = 3;\n",
    -1, NULL));
  g_assert_cmpint (migrate (false, &error), ==, BZ_OK);
  g_assert_no_error (error);
  app_run ("UPDATE q_a SET b = 4", true);
  g_clear_pointer (&conf->localdir, g_free);
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

static void
add_tests (void)
{
  g_test_add_func ("/migrate/both-schemas-and-twice", test_migrate);
  g_test_add_func ("/migrate/rights-of-the-application", test_grants);
  g_test_add_func ("/migrate/wide-rights-are-narrowed", test_grants_narrowed);
  g_test_add_func ("/migrate/secret-is-made-once", test_secret);
  g_test_add_func ("/migrate/files-that-are-refused", test_migrate_own);
  g_test_add_func ("/migrate/dry-prints-and-does-nothing", test_migrate_dry);
  g_test_add_func ("/migrate/own-tables-of-a-province", test_migrate_local);
}

int
main (int argc, char **argv)
{
  return private_db_main (argc, argv, add_tests);
}
