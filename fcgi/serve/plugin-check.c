/* bianzhi plugin check: all that can be known of a local plugin before a server loads it.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <stdio.h>
#include <string.h>
#include "data/db.h"
#include "data/migrate.h"
#include "data/query.h"
#include "define/pack.h"
#include "serve/plugin-tool.h"
#include "serve/start.h"

/* -- Where it lies. */

static bool
is_named (const struct conf *conf, const char *name)
{
  return conf->plugins != NULL
      && g_strv_contains ((const char *const *) conf->plugins, name);
}

static void
add_plugin (struct conf *conf, const char *name)
{
  guint n = conf->plugins != NULL ? g_strv_length (conf->plugins) : 0;

  conf->plugins = g_renew (char *, conf->plugins, n + 2);
  conf->plugins[n] = g_strdup (name);
  conf->plugins[n + 1] = NULL;
}

/* The folder is taken as if it lay in [server] localdir, and named last. */
static int
place (struct conf *conf, const char *dir, const char *name, GError **error)
{
  g_autofree char *installed = g_build_filename (conf->datadir, "packs", name,
                                                 NULL);

  if (!g_file_test (dir, G_FILE_TEST_IS_DIR))
    return start_fail (error, "there is no folder %s", dir);
  if (g_file_test (installed, G_FILE_TEST_EXISTS))
    return start_fail (error,
                       "%s is the name of an installed plugin (%s); rename "
                       "the folder and what is in it",
                       name, installed);
  g_free (conf->localdir);
  conf->localdir = g_path_get_dirname (dir);
  if (!is_named (conf, name))
    add_plugin (conf, name);
  return 0;
}

/* -- Its program. */

/* What would end, stop or change the process that serves others, or goes round our
 * doors to the database and to memory. */
static const char forbidden[]
  = " fork vfork system popen execv execve execvp execl execlp posix_spawn"
    " posix_spawnp exit _exit quick_exit signal sigaction sigprocmask alarm"
    " setitimer pthread_create dlopen setenv putenv unsetenv chdir chroot umask"
    " setlocale mysql_init mysql_query mysql_real_query mysql_real_connect"
    " strcpy strcat sprintf vsprintf gets strtok __strcpy_chk __strcat_chk"
    " __sprintf_chk __vsprintf_chk ";

/* What the program TOOL says of SO, line by line; NULL: there is no such tool. */
static char **
lines_of (const char *tool, const char *option, const char *so)
{
  const char *argv[] = { tool, option, so, NULL };
  g_autofree char *out = NULL;
  int status = 0;

  if (!g_spawn_sync (NULL, (char **) argv, NULL,
                     G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL,
                     NULL, &out, NULL, &status, NULL)
      || !g_spawn_check_wait_status (status, NULL))
    return NULL;
  return g_strsplit (out, "\n", -1);
}

/* "                 U fork@GLIBC_2.2.5" */
static int
check_calls (const char *so, char **lines, GError **error)
{
  for (char **line = lines; *line != NULL; line++) {
    const char *at = strstr (*line, " U ");
    g_autofree char *name = at != NULL
                            ? g_strndup (at + 3, strcspn (at + 3, "@"))
                            : NULL;
    g_autofree char *word = g_strconcat (" ", name != NULL ? name : "?", " ",
                                         NULL);

    if (strstr (forbidden, word) != NULL)
      return start_fail (
        error,
        "%s: it calls %s, which would end, stop or change the "
        "process that serves others, or writes beyond its memory; "
        "take the call of bianzhi/plugin.h or GLib instead",
        so, name);
  }
  return 0;
}

/* "0000000000004010 l     O .bss   0000000000000004 counter", or counter.0 where it is
 * static within a function.  What the compiler adds itself begins with _, but for
 * completed.0. */
static int
check_data (const char *so, char **lines, GError **error)
{
  g_autoptr (GRegex) object
    = g_regex_new ("^\\S+ .{7}\\s*(\\.t?data|\\.t?bss)\\s+\\S+\\s+"
                   "((?!completed\\.)[A-Za-z]\\w*)(\\.\\d+)?$",
                   0, 0, NULL);

  for (char **line = lines; *line != NULL; line++) {
    g_autoptr (GMatchInfo) match = NULL;
    g_autofree char *name = NULL;

    if (!g_regex_match (object, *line, 0, &match))
      continue;
    name = g_match_info_fetch (match, 2);
    return start_fail (
      error,
      "%s: %s can be written; a worker would carry what one request "
      "left in it into the next; make it const, or keep it in the "
      "database",
      so, name);
  }
  return 0;
}

static int
check_program (const char *so, GError **error)
{
  g_auto (GStrv) calls = lines_of ("nm", "-Du", so);
  g_auto (GStrv) data = lines_of ("objdump", "-t", so);
  int rc;

  if (calls == NULL || data == NULL) {
    (void) printf ("%s: not looked into, nm and objdump are not there; install "
                   "binutils\n",
                   so);
    return 0;
  }
  rc = check_calls (so, calls, error);
  return rc == 0 ? check_data (so, data, error) : rc;
}

/* -- Its queries, against the database. */

struct look {
  struct db *db;
  const char *pack;
  unsigned tried, later; /* later: wait for tables of the pack's own */
  GError **error;
  int rc;
};

/* Text for SQL between apostrophes. */
static char *
quoted (const char *sql)
{
  GString *out = g_string_new ("'");

  for (; *sql != '\0'; sql++) {
    if (*sql == '\'' || *sql == '\\')
      g_string_append_c (out, '\\');
    g_string_append_c (out, *sql);
  }
  return g_string_free (g_string_append_c (out, '\''), FALSE);
}

/* The database reads the statement and does not run it. */
static int
prepare (struct db *db, const char *sql, GError **error)
{
  g_autofree char *text = quoted (sql);
  g_autofree char *statement = g_strconcat ("PREPARE bz_look FROM ", text,
                                            NULL);
  int rc = db_run (db, statement, error);

  return rc < 0 ? rc : db_run (db, "DEALLOCATE PREPARE bz_look", error);
}

/* Does it touch a table that only its pack's migration will make? */
static bool
comes_later (const struct look *l, const struct query *q)
{
  g_autofree char *own = g_strconcat (l->pack, "_", NULL);

  for (char **table = q->tables; *table != NULL; table++)
    if (g_str_has_prefix (*table, own)
        && migrate_table_known (l->db, *table) == 0)
      return true;
  return false;
}

static void
look_at (const struct query *q, void *data)
{
  struct look *l = data;
  g_autofree char *own = g_strconcat (l->pack, ".", NULL);
  g_autoptr (GError) why = NULL;

  if (l->rc < 0 || !g_str_has_prefix (q->name, own))
    return;
  if (comes_later (l, q)) {
    l->later++;
    return;
  }
  l->tried++;
  if (prepare (l->db, q->sql, &why) < 0)
    l->rc = start_fail (l->error, "%s:%ld: query %s: the database says: %s",
                        q->file, q->line, q->name, why->message);
}

/* The owner sees each table, whatever rights the application has by now. */
static int
check_queries (const struct conf *conf, const char *name, GError **error)
{
  g_autoptr (GError) away = NULL;
  struct look l = { .pack = name, .error = error };

  if (migrate_load (conf, error) < 0)
    return BZ_FAILED;
  l.db = db_open (conf, true, &away);
  if (l.db == NULL) {
    (void) printf ("%s: queries were not tried: %s\n", name, away->message);
    return 0;
  }
  query_foreach (look_at, &l);
  db_close (l.db);
  if (l.rc == 0 && l.later > 0)
    (void) printf ("%s: %u queries were not tried, their tables come with "
                   "bianzhi migrate\n",
                   name, l.later);
  return l.rc;
}

/* -- The whole. */

static int
check_all (struct conf *conf, const char *dir, const char *name, GError **error)
{
  int rc = place (conf, dir, name, error);
  const struct pack *pack;

  if (rc == 0)
    rc = start_all (conf, error);
  if (rc == 0)
    rc = migrate_look (name, dir, error);
  pack = rc == 0 ? pack_find (name) : NULL;
  if (pack != NULL && pack->so != NULL)
    rc = check_program (pack->so, error);
  return rc == 0 ? check_queries (conf, name, error) : rc;
}

int
plugin_check (struct conf *conf, const char *path, GError **error)
{
  g_autofree char *dir = g_canonicalize_filename (path, NULL);
  g_autofree char *name = g_path_get_basename (dir);
  int rc = check_all (conf, dir, name, error);

  if (rc < 0)
    return rc;
  (void) printf ("%s: ok, with %s\n", name,
                 conf->path != NULL ? conf->path : "the defaults");
  return 0;
}
