/* A private MariaDB for the tests of one program.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "private-db.h"
#include "data/query.h"
#include "data/xml.h"
#include "people/crypto.h"
#include <unistd.h>

char *dir;
struct conf *conf;

void
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

struct db *
open_db (bool owner)
{
  g_autoptr (GError) error = NULL;
  struct db *db = db_open (conf, owner, &error);

  g_assert_no_error (error);
  return db;
}

/* SQL of the test itself, as the owner. */
void
run (const char *sql)
{
  struct db *db = open_db (true);
  g_autoptr (GError) error = NULL;

  db_run (db, sql, &error);
  g_assert_no_error (error);
  db_close (db);
}

void
done (struct bz_req *req)
{
  struct db *db = req->db;

  req_free (req);
  db_close (db);
}

void
load_queries (const char *xml, const char *pack)
{
  g_autofree char *path = g_build_filename (dir, "queries.xml", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, xml, -1, NULL));
  query_load (path, pack, &error);
  g_assert_no_error (error);
}

static void
configure (void)
{
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
}

int
private_db_main (int argc, char **argv, void (*add) (void))
{
  g_autofree char *remove = NULL;
  int rc;

  g_test_init (&argc, &argv, NULL);
  xml_init ();
  g_assert_cmpint (crypto_init (), ==, 0);
  dir = g_dir_make_tmp ("bz-db-XXXXXX", NULL);
  server ("start");
  configure ();
  add ();
  rc = g_test_run ();
  server ("stop");
  remove = g_strdup_printf ("rm -rf '%s'", dir);
  g_spawn_command_line_sync (remove, NULL, NULL, NULL, NULL);
  return rc;
}
