/* bianzhi doctor: the rehearsal of an upgrade.  SPDX-License-Identifier: MulanPSL-2.0 */
#include "serve/doctor.h"
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "data/masked.h"
#include "data/migrate.h"
#include "data/rehearsal.h"
#include "define/business.h"
#include "define/pack.h"
#include "define/process.h"
#include "serve/route.h"
#include "serve/start.h"
#include "serve/verify.h"
#include "serve/worker.h"

/* -- What an installation defines, a line each. */

static void
tell_route (const struct route *r, void *out)
{
  (void) fprintf (out, "page %s %s for %s\n", r->row.method, r->row.path,
                  r->row.permission);
}

static void
tell_process (const struct process *p, void *out)
{
  (void) fprintf (out, "process %s of %s, version %d\n", p->name, p->business,
                  p->version);
}

static void
tell_business (const struct business *b, void *out)
{
  for (unsigned i = 0; i < b->prints->len; i++)
    (void) fprintf (out, "print %s of %s\n",
                    ((const struct print *) b->prints->pdata[i])->name,
                    b->name);
  for (unsigned i = 0; i < b->options->len; i++) {
    const struct business_option *o = b->options->pdata[i];

    (void) fprintf (out, "option %s of %s, %s where no office says otherwise\n",
                    o->name, b->name, o->value);
  }
}

static void
tell_all (FILE *out)
{
  route_foreach (tell_route, out);
  process_foreach (tell_process, out);
  business_foreach (tell_business, out);
}

/* Today's plugins are never in one process with the new ones: libraries of the same name
 * would be taken for each other. */
static int
child_tells (const struct conf *today, int to)
{
  g_autoptr (GError) error = NULL;
  FILE *out = fdopen (to, "w");

  if (out == NULL)
    return EXIT_FAILURE;
  if (start_all (today, &error) < 0)
    (void) fprintf (out, "! %s\n", error->message);
  else
    tell_all (out);
  return fclose (out) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

static int
today_tells (const struct conf *today, char **ret, GError **error)
{
  GString *text = g_string_new (NULL);
  char part[4096];
  int ends[2], status = 0;
  ssize_t n;
  pid_t child;

  (void) fflush (stdout);
  if (pipe (ends) != 0 || (child = fork ()) < 0) {
    g_string_free (text, TRUE);
    return start_fail (error, "there is no process for today's definitions");
  }
  if (child == 0) {
    (void) close (ends[0]);
    _exit (child_tells (today, ends[1]));
  }
  (void) close (ends[1]);
  while ((n = read (ends[0], part, sizeof part)) > 0)
    g_string_append_len (text, part, n);
  (void) close (ends[0]);
  (void) waitpid (child, &status, 0);
  *ret = g_string_free (text, FALSE);
  if (g_str_has_prefix (*ret, "! "))
    return start_fail (error, "today's installation does not load: %s",
                       *ret + 2);
  return status == 0 ? 0
                     : start_fail (error, "today's installation does not load");
}

static char *
new_tells (void)
{
  char *text = NULL;
  size_t size = 0;
  FILE *out = open_memstream (&text, &size);

  if (out == NULL)
    return NULL;
  tell_all (out);
  (void) fclose (out);
  return text;
}

/* Lines of A that B has not, with MARK before them. */
static void
only_in (const char *a, const char *b, char mark)
{
  g_auto (GStrv) lines = g_strsplit (a, "\n", -1);
  g_auto (GStrv) others = g_strsplit (b, "\n", -1);
  g_autoptr (GHashTable) there = g_hash_table_new (g_str_hash, g_str_equal);

  for (char **line = others; *line != NULL; line++)
    g_hash_table_add (there, *line);
  for (char **line = lines; *line != NULL; line++)
    if (**line != '\0' && !g_hash_table_contains (there, *line))
      (void) printf ("%c %s\n", mark, *line);
}

/* -- The copy. */

static int
check_empty (struct db *db, const struct conf *conf, GError **error)
{
  int rc = rehearsal_is_empty (db, error);

  return rc != 0
         ? MIN (rc, 0)
         : start_fail (error,
                       "%s: the database %s has tables; name an empty one in "
                       "[database] name, the rehearsal fills it",
                       conf->path, conf->db_name);
}

/* Today's tables, made by today's files in the other database. */
static int
make_tables (struct conf *today, const struct conf *conf, struct db *db,
             GError **error)
{
  g_autofree char *name = today->db_name;
  int rc;

  today->db_name = conf->db_name;
  rc = migrate_run (today, db, false, error);
  today->db_name = g_steal_pointer (&name);
  return rc;
}

static int
copy (struct conf *today, const struct conf *conf, struct db *db,
      GError **error)
{
  int64_t tables;
  int rc = rehearsal_is_alike (db, today->db_name, error);

  if (rc == 0)
    return start_fail (
      error,
      "the databases %s and %s have not the same collation, or the "
      "owner's account may not see %s; create the first with the "
      "collation of the second, and grant SELECT on that",
      conf->db_name, today->db_name, today->db_name);
  rc = rc > 0 ? make_tables (today, conf, db, error) : rc;
  if (rc < 0)
    return rc;
  tables = masked_copy (db, today->db_name, error);
  if (tables < 0)
    return (int) tables;
  (void) printf ("copied %lld tables of %s, persons masked\n",
                 (long long) tables, today->db_name);
  return 0;
}

/* -- The migration. */

static int
migrate (const struct conf *conf, struct db *db, GError **error)
{
  g_autoptr (GHashTable) before = rehearsal_migrations (db, error);
  g_autoptr (GHashTable) after = NULL;
  GHashTableIter iter;
  void *name;

  if (before == NULL || migrate_run (conf, db, false, error) < 0)
    return BZ_FAILED;
  after = rehearsal_migrations (db, error);
  if (after == NULL)
    return BZ_FAILED;
  g_hash_table_iter_init (&iter, after);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!g_hash_table_contains (before, name))
      (void) printf ("migrated %s\n", (const char *) name);
  return 0;
}

/* -- Cases that are under way. */

/* Cases that could not go on. */
static void
case_outlook (const struct rehearsal_cases *c, void *findings)
{
  const struct process *p = process_find (c->business, c->process, c->version);
  const struct process *newest = process_find (c->business, c->process, 0);
  bool known = p != NULL
            && (strcmp (c->step, PROCESS_HELD) == 0
                || process_step (p, c->step) != NULL);

  (void) printf ("%lld cases of %s at %s (%s, version %d): %s\n",
                 (long long) c->count, c->business, c->step, c->process,
                 c->version,
                 !known ? "CANNOT GO ON, nothing defines this any more; keep "
                          "the file of this version"
                 : newest->version == c->version
                   ? "go on"
                   : "finish on the definition that they began with");
  *(int *) findings += !known;
}

static int
proofs (const struct conf *conf, GError **error)
{
  struct db *db = worker_connect (conf, error);
  struct bz_req *req;
  bool clean;

  if (db == NULL)
    return BZ_FAILED;
  req = req_new (conf, db);
  req->from_shell = true;
  req->remote = "shell";
  clean = verify_packs (req);
  req_free (req);
  db_close (db);
  return clean ? 0 : 1;
}

/* -- The whole. */

static int
rehearse (struct conf *today, const struct conf *conf, struct db *db,
          GError **error)
{
  int findings = 0, rc = check_empty (db, conf, error);

  if (rc == 0)
    rc = copy (today, conf, db, error);
  if (rc == 0)
    rc = migrate (conf, db, error);
  if (rc == 0)
    rc = rehearsal_under_way (db, case_outlook, &findings, error);
  if (rc == 0)
    rc = proofs (conf, error);
  return rc < 0 ? rc : findings + rc;
}

static int
compare (const struct conf *today, const struct conf *conf, GError **error)
{
  g_autofree char *was = NULL;
  g_autofree char *is = NULL;
  int rc = today_tells (today, &was, error);

  if (rc == 0)
    rc = start_all (conf, error);
  if (rc < 0)
    return rc;
  is = new_tells ();
  only_in (was, is != NULL ? is : "", '-');
  only_in (is != NULL ? is : "", was, '+');
  return 0;
}

static int
doctor (struct conf *today, const struct conf *conf, GError **error)
{
  struct db *db;
  int rc;

  if (g_strcmp0 (today->db_name, conf->db_name) == 0)
    return start_fail (
      error,
      "%s and %s name the same database %s; name an empty one for "
      "the rehearsal in [database] name of the first",
      conf->path, today->path, conf->db_name);
  rc = compare (today, conf, error);
  if (rc < 0)
    return rc;
  if (migrate_load (conf, error) < 0)
    return BZ_FAILED;
  db = db_open (conf, true, error);
  if (db == NULL)
    return BZ_FAILED;
  rc = rehearse (today, conf, db, error);
  db_close (db);
  if (rc >= 0)
    (void) printf (rc == 0 ? "nothing speaks against the upgrade\n"
                           : "see the findings above before the upgrade\n");
  return rc;
}

int
doctor_run (const struct conf *conf, const char *today, GError **error)
{
  struct conf *now = conf_load (today, error);
  int rc;

  if (now == NULL)
    return BZ_FAILED;
  rc = doctor (now, conf, error);
  conf_free (now);
  return rc;
}
