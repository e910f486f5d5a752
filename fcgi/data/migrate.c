/* Numbered, forward-only changes of the schema, then rights and the secret.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "data/migrate.h"
#include "data/driver.h"
#include "data/grant.h"
#include "data/sql.h"
#include "data/xml.h"
#include "people/crypto.h"

enum { SECRET_BYTES = 32 };

/* One file on its way. */
struct step {
  const struct conf *conf;
  struct db *db;
  bool dry;
  bool local; /* of a province: its own tables alone */
  bool look;  /* nothing runs, no database is asked  */
  const char *pack;
  char *path, *name, *text, *checksum;
  int number;
  GError **error;
};

static int64_t
ask (struct step *s, const char *name, const struct bz_arg *args, size_t n,
     struct table **ret)
{
  struct ask a
    = { .name = name, .query = query_find (name), .args = args, .n_args = n };
  int64_t rows = db_ask (s->db, &a, ret);

  if (rows < 0)
    g_set_error (s->error, DB_ERROR, 0, "%s failed; the log says why", name);
  return rows;
}

static int64_t
ask_count (struct step *s, const char *name)
{
  struct table *t;
  int64_t rows = ask (s, name, BZ_NO_ARGS, &t);

  if (rows >= 0)
    table_free (t);
  return rows;
}

/* -- Statements of a file. */

static bool
is_blank (const char *from, const char *to)
{
  while (from < to) {
    const char *next = sql_skip (from);

    if (next != from && sql_is_comment (from))
      from = next;
    else if (g_ascii_isspace (*from))
      from++;
    else
      return false;
  }
  return true;
}

static int
line_of (const char *text, const char *at)
{
  int line = 1;

  for (; text < at; text++)
    line += *text == '\n';
  return line;
}

/* Where the words of a statement begin, behind comments. */
static const char *
skip_blank (const char *p)
{
  while (*p != '\0') {
    if (g_ascii_isspace (*p))
      p++;
    else if (sql_is_comment (p))
      p = sql_skip (p);
    else
      break;
  }
  return p;
}

/* Does SQL make, change or fill one table of the pack's own, and nothing else? */
static bool
is_own (const char *pack, const char *sql)
{
  g_autofree char *own = g_strdup_printf (
    "^(?:(?:CREATE TABLE(?: IF NOT EXISTS)?|ALTER TABLE|INSERT(?: IGNORE)? "
    "INTO)"
    " `?%s_\\w+`?(?![.\\w])(?!.*\\b(?:RENAME|EXCHANGE|CONVERT)\\b)"
    "|DROP TABLE(?: IF EXISTS)? `?%s_\\w+`?\\s*$"
    "|(?:UPDATE|DELETE FROM) `?%s_\\w+`?(?= SET | WHERE |\\s*$))",
    pack, pack, pack);
  g_autoptr (GRegex) spaces = g_regex_new ("\\s+", 0, 0, NULL);
  g_autofree char *line = g_regex_replace_literal (spaces, sql, -1, 0, " ", 0,
                                                   NULL);

  return g_regex_match_simple (own, line, G_REGEX_CASELESS, 0);
}

static int
check_statement (struct step *s, const char *from, const char *to)
{
  g_autofree char *sql = g_strndup (from, (gsize) (to - from));

  if (is_own (s->pack, sql))
    return BZ_OK;
  g_set_error (s->error, DB_ERROR, 0,
               "%s:%d: a migration of %s creates, alters, drops and fills "
               "tables %s_... one by one, and no others; what belongs to a "
               "table of ours goes into one of its own with that table's id",
               s->path, line_of (s->text, from), s->pack, s->pack);
  return BZ_FAILED;
}

static int
run_statement (struct step *s, const char *from, const char *to)
{
  g_autofree char *sql = g_strndup (from, (gsize) (to - from));

  if (s->dry) {
    g_print ("%s;\n", sql);
    return BZ_OK;
  }
  if (db_run (s->db, sql, s->error) == BZ_OK)
    return BZ_OK;
  g_prefix_error (s->error, "%s:%d: ", s->path, line_of (s->text, from));
  return BZ_FAILED;
}

/* Each statement of the file to FN. */
static int
walk (struct step *s, int (*fn) (struct step *, const char *, const char *))
{
  const char *p = s->text;
  int rc = BZ_OK;

  while (rc == BZ_OK && *p != '\0') {
    const char *end = sql_statement_end (p);

    if (*end == '\0' && is_blank (p, end))
      break;
    if (*end == '\0') {
      g_set_error (s->error, DB_ERROR, 0,
                   "%s:%d: the last statement has no "
                   "semicolon; is the file cut off?",
                   s->path, line_of (s->text, skip_blank (p)));
      return BZ_FAILED;
    }
    if (!is_blank (p, end))
      rc = fn (s, skip_blank (p), end);
    p = end + 1;
  }
  return rc;
}

/* -- What has run already. */

static int
compare (struct step *s, const struct table *t)
{
  const char *checksum = table_cell (t, 0, 1, NULL);

  if (table_cell (t, 0, 2, NULL) == NULL) {
    g_set_error (s->error, DB_ERROR, 0,
                 "%s began once and did not end; look "
                 "at the database, repair it by hand or from the backup, then "
                 "remove or complete its row in bz_migration",
                 s->path);
    return BZ_FAILED;
  }
  if (g_str_equal (checksum, s->checksum))
    return 1;
  g_set_error (s->error, DB_ERROR, 0,
               "%s changed after it ran; bring the old "
               "text back and put the change into a new file",
               s->path);
  return BZ_FAILED;
}

/* 1: it ran, 0: not yet, <0. */
static int
has_run (struct step *s)
{
  struct table *t;
  int64_t rows;
  int rc;

  rows = ask_count (s, "bz.migration_known");
  if (rows <= 0)
    return (int) rows;
  rows = ask (s, "bz.migration_find",
              BZ_ARGS (BZ_STR (s->pack), BZ_INT (s->number)), &t);
  if (rows < 0)
    return (int) rows;
  rc = rows == 0 ? 0 : compare (s, t);
  table_free (t);
  return rc;
}

/* DDL commits by itself, so a file that fails in its middle stays in the list
 * as begun, and nothing goes on until somebody looked. */
static int
apply (struct step *s)
{
  int64_t rc;

  if (s->look)
    return walk (s, check_statement);
  rc = has_run (s);
  if (rc == 0 && s->local)
    rc = walk (s, check_statement); /* all of them before any has run */
  if (rc != 0)
    return rc > 0 ? BZ_OK : (int) rc;
  if (s->dry) {
    g_print ("-- %s\n", s->path);
    return walk (s, run_statement);
  }
  rc = ask (s, "bz.migration_begin",
            BZ_ARGS (BZ_STR (s->pack), BZ_INT (s->number), BZ_STR (s->name),
                     BZ_STR (s->checksum)),
            NULL);
  if (rc >= 0)
    rc = walk (s, run_statement);
  if (rc >= 0)
    rc = ask (s, "bz.migration_end",
              BZ_ARGS (BZ_STR (s->pack), BZ_INT (s->number)), NULL);
  return rc < 0 ? (int) rc : BZ_OK;
}

/* -- Files of a pack. */

/* "0001-core.sql" gives 1; 0: not a migration. */
static int
number_of (const char *name)
{
  if (strspn (name, G_CSET_DIGITS) != 4 || name[4] != '-'
      || !g_str_has_suffix (name, ".sql"))
    return 0;
  return (int) g_ascii_strtoll (name, NULL, 10);
}

static int
apply_file (struct step *s, const char *dir, const char *name)
{
  int rc;

  s->name = g_strdup (name);
  s->number = number_of (name);
  s->path = g_build_filename (dir, name, NULL);
  if (!g_file_get_contents (s->path, &s->text, NULL, s->error))
    rc = BZ_FAILED;
  else {
    s->checksum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, s->text,
                                                 -1);
    rc = apply (s);
  }
  g_clear_pointer (&s->name, g_free);
  g_clear_pointer (&s->path, g_free);
  g_clear_pointer (&s->text, g_free);
  g_clear_pointer (&s->checksum, g_free);
  return rc;
}

static int
by_name (const void *a, const void *b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static GPtrArray *
list (const char *dir)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  GDir *d = g_dir_open (dir, 0, NULL);
  const char *name;

  while (d != NULL && (name = g_dir_read_name (d)) != NULL)
    if (number_of (name) > 0)
      g_ptr_array_add (names, g_strdup (name));
  if (d != NULL)
    g_dir_close (d);
  g_ptr_array_sort (names, by_name);
  return names;
}

static int
apply_dir (struct step *s, const char *pack, const char *dir)
{
  g_autoptr (GPtrArray) names = list (dir);
  int rc = BZ_OK, last = 0;

  s->pack = pack;
  for (unsigned i = 0; rc == BZ_OK && i < names->len; i++) {
    const char *name = g_ptr_array_index (names, i);

    if (number_of (name) == last) {
      g_set_error (s->error, DB_ERROR, 0, "%s: two files have the number %04d",
                   dir, last);
      return BZ_FAILED;
    }
    last = number_of (name);
    rc = apply_file (s, dir, name);
  }
  return rc;
}

static int
apply_packs (struct step *s)
{
  g_autofree char *core = g_build_filename (s->conf->datadir, "sql", NULL);
  int rc = apply_dir (s, "bz", core);

  for (char **p = s->conf->plugins; rc == BZ_OK && p != NULL && *p != NULL;
       p++) {
    g_autofree char *pack = conf_pack_dir (s->conf, *p, &s->local);
    g_autofree char *dir = g_build_filename (pack, "sql", NULL);

    rc = apply_dir (s, *p, dir);
  }
  return rc;
}

/* -- The whole. */

/* The secret of the form keys is made once and stays. */
static int
make_secret (struct step *s)
{
  uint8_t secret[SECRET_BYTES];
  int64_t rc = ask_count (s, "bz.secret_table");

  if (rc <= 0)
    return (int) rc;
  crypto_random (secret, sizeof secret);
  rc = ask (s, "bz.secret_add",
            BZ_ARGS (BZ_STR ("form_key"), BZ_BLOB (secret, sizeof secret)),
            NULL);
  crypto_wipe (secret, sizeof secret);
  return rc < 0 ? (int) rc : BZ_OK;
}

int
migrate_load (const struct conf *conf, GError **error)
{
  g_autofree char *path = g_build_filename (conf->datadir, "sql", "migrate.xml",
                                            NULL);

  if (query_find ("bz.migration_table") != NULL)
    return BZ_OK;
  return query_load (path, "bz", error);
}

int
migrate_table_known (struct db *db, const char *table)
{
  const char *name = "bz.table_known";
  struct table *t;
  struct ask a = { .name = name, .query = query_find (name) };
  const struct bz_arg arg = BZ_STR (table);
  int64_t n;

  a.args = &arg;
  a.n_args = 1;
  n = db_ask (db, &a, &t);
  if (n >= 0)
    table_free (t);
  return (int) n;
}

int
migrate_look (const char *pack, const char *dir, GError **error)
{
  struct step s = { .look = true, .local = true, .error = error };
  g_autofree char *sql = g_build_filename (dir, "sql", NULL);

  return apply_dir (&s, pack, sql);
}

int
migrate_run (const struct conf *conf, struct db *owner, bool dry,
             GError **error)
{
  struct step s = { .conf = conf, .db = owner, .dry = dry, .error = error };
  int64_t rc = migrate_load (conf, error);

  if (rc == BZ_OK && !dry)
    rc = ask (&s, "bz.migration_table", BZ_NO_ARGS, NULL);
  if (rc >= 0)
    rc = apply_packs (&s);
  if (rc >= 0 && !dry)
    rc = make_secret (&s);
  if (rc >= 0)
    rc = grant_run (conf, owner, dry, error);
  return rc < 0 ? (int) rc : BZ_OK;
}
