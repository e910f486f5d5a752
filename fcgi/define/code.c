/* Code tables, read from TABLE.csv before the fork.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "define/code.h"
#include "bianzhi/plugin.h"
#include "define/csv.h"

static GHashTable *tables; /* name -> struct code_table */

static void
code_free (void *p)
{
  struct code *c = p;

  g_strfreev (c->extra);
  g_free (c);
}

static void
table_free (void *p)
{
  struct code_table *t = p;

  if (t == NULL)
    return;
  g_free (t->name);
  g_strfreev (t->columns);
  g_hash_table_unref (t->by_code);
  g_ptr_array_unref (t->rows);
  g_free (t);
}

static int
column_index (const struct code_table *t, const char *column)
{
  for (int i = 0; t->columns[i] != NULL; i++)
    if (g_str_equal (t->columns[i], column))
      return i;
  return -1;
}

static int
complain (GError **error, const char *path, size_t line, const char *what,
          const char *code)
{
  g_set_error (error, g_quark_from_static_string ("bz-code"), 0,
               "%s: record %zu: %s %s", path, line, what, code);
  return BZ_FAILED;
}

/* -- One table. */

/* Its own cells, so that code and name are pointers into them. */
static struct code *
code_new (const struct code_table *t, char **record)
{
  struct code *c = g_new0 (struct code, 1);
  int parent = column_index (t, "parent");

  c->extra = g_strdupv (record);
  c->code = c->extra[0];
  c->name = c->extra[0] != NULL && c->extra[1] != NULL ? c->extra[1]
                                                       : c->extra[0];
  if (parent > 0 && c->extra[parent][0] != '\0')
    c->parent = c->extra[parent];
  return c;
}

/* A table of codes: each once, each with a name.  Other tables (pairs, days)
 * may repeat their first column; the first such row is found by it. */
static int
add_row (struct code_table *t, char **record, bool strict, const char *path,
         GError **error)
{
  struct code *c = code_new (t, record);
  size_t line = t->rows->len + 2;

  g_ptr_array_add (t->rows, c);
  if (strict && (c->code[0] == '\0' || c->name[0] == '\0'))
    return complain (error, path, line, "no code or no name:", c->code);
  if (g_hash_table_contains (t->by_code, c->code))
    return strict
           ? complain (error, path, line, "this code stands twice:", c->code)
           : BZ_OK;
  g_hash_table_insert (t->by_code, c->code, c);
  return BZ_OK;
}

/* Every parent exists, and going up ends. */
static int
check_parents (const struct code_table *t, const char *path, GError **error)
{
  for (unsigned i = 0; i < t->rows->len; i++) {
    const struct code *c = t->rows->pdata[i];
    unsigned steps = 0;

    for (const struct code *up = c; up->parent != NULL; steps++) {
      up = g_hash_table_lookup (t->by_code, up->parent);
      if (up == NULL)
        return complain (error, path, i + 2,
                         "its parent does not exist:", c->code);
      if (steps > t->rows->len)
        return complain (error, path, i + 2,
                         "it is its own ancestor:", c->code);
    }
  }
  return BZ_OK;
}

static int
check_header (char **header, const char *path, GError **error)
{
  for (int i = 0; header[i] != NULL; i++) {
    if (header[i][0] == '\0')
      return complain (error, path, 1, "a column without a name", "");
    for (int j = 0; j < i; j++)
      if (g_str_equal (header[i], header[j]))
        return complain (error, path, 1,
                         "this column stands twice:", header[i]);
  }
  return BZ_OK;
}

static bool
is_strict (const struct code_table *t)
{
  return g_strcmp0 (t->columns[0], "code") == 0
      && g_strcmp0 (t->columns[1], "name") == 0;
}

static int
fill (struct code_table *t, const GPtrArray *records, const char *path,
      GError **error)
{
  bool strict = is_strict (t);
  int rc = check_header (t->columns, path, error);

  for (unsigned i = 1; rc == BZ_OK && i < records->len; i++)
    rc = add_row (t, records->pdata[i], strict, path, error);
  if (rc == BZ_OK && strict)
    rc = check_parents (t, path, error);
  return rc;
}

static int
load_file (const char *dir, const char *file, GError **error)
{
  g_autofree char *path = g_build_filename (dir, file, NULL);
  g_autoptr (GPtrArray) records = csv_load (path, error);
  struct code_table *t;

  if (records == NULL)
    return BZ_FAILED;
  t = g_new0 (struct code_table, 1);
  t->name = g_strndup (file, strlen (file) - strlen (".csv"));
  t->columns = g_strdupv (records->pdata[0]);
  t->rows = g_ptr_array_new_with_free_func (code_free);
  t->by_code = g_hash_table_new (g_str_hash, g_str_equal);
  if (fill (t, records, path, error) < 0) {
    table_free (t);
    return BZ_FAILED;
  }
  /* A table of a later folder takes the place of one of the same name. */
  g_hash_table_replace (tables, t->name, t);
  return BZ_OK;
}

/* -- Rows that a pack adds to a table of others. */

/* The record's cells in the order of the table's columns; a column that the file does
 * not have is empty.  g_strfreev. */
static char **
in_order (const struct code_table *t, char **header, char **record)
{
  guint n = g_strv_length (t->columns);
  char **out = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++) {
    int at = -1;

    for (int j = 0; header[j] != NULL && record[j] != NULL; j++)
      if (g_str_equal (header[j], t->columns[i]))
        at = j;
    out[i] = g_strdup (at >= 0 ? record[at] : "");
  }
  return out;
}

static int
check_columns (const struct code_table *t, char **header, const char *path,
               GError **error)
{
  for (int i = 0; header[i] != NULL; i++)
    if (column_index (t, header[i]) < 0)
      return complain (error, path, 1,
                       "the table has no such column:", header[i]);
  return check_header (header, path, error);
}

static int
extend (struct code_table *t, const GPtrArray *records, const char *path,
        GError **error)
{
  char **header = records->pdata[0];
  int rc = check_columns (t, header, path, error);

  for (unsigned i = 1; rc == BZ_OK && i < records->len; i++) {
    g_auto (GStrv) row = in_order (t, header, records->pdata[i]);

    if (row[0][0] == '\0' || g_hash_table_contains (t->by_code, row[0]))
      return complain (error, path, i + 1,
                       "no code, or one that the table has:", row[0]);
    if (is_strict (t) && row[1][0] == '\0')
      return complain (error, path, i + 1, "no name:", row[0]);
    rc = add_row (t, row, false, path, error);
  }
  return rc == BZ_OK ? check_parents (t, path, error) : rc;
}

static int
add_file (const char *dir, const char *file, const char *pack, GError **error)
{
  g_autofree char *path = g_build_filename (dir, file, NULL);
  g_autofree char *name = g_strndup (file, strlen (file) - strlen (".csv"));
  struct code_table *t = g_hash_table_lookup (tables, name);
  g_autoptr (GPtrArray) records = NULL;

  if (t == NULL) {
    if (!g_str_has_prefix (name, pack) || name[strlen (pack)] != '_')
      return complain (error, path, 1,
                       "no table of ours has this name; one of its own begins "
                       "with the pack's and _:",
                       pack);
    return load_file (dir, file, error);
  }
  records = csv_load (path, error);
  return records != NULL ? extend (t, records, path, error) : BZ_FAILED;
}

/* -- All tables. */

int
code_add_dir (const char *path, const char *pack, GError **error)
{
  GDir *dir = g_dir_open (path, 0, error);
  const char *name;
  int rc = BZ_OK;

  if (dir == NULL)
    return BZ_FAILED;
  while (rc == BZ_OK && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".csv"))
      rc = add_file (path, name, pack, error);
  g_dir_close (dir);
  return rc;
}

int
code_load_dir (const char *path, GError **error)
{
  GDir *dir = g_dir_open (path, 0, error);
  const char *name;
  int rc = BZ_OK;

  if (dir == NULL)
    return BZ_FAILED;
  if (tables == NULL)
    tables = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, table_free);
  while (rc == BZ_OK && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".csv"))
      rc = load_file (path, name, error);
  g_dir_close (dir);
  return rc;
}

const struct code_table *
code_table (const char *name)
{
  return tables != NULL && name != NULL ? g_hash_table_lookup (tables, name)
                                        : NULL;
}

const struct code *
code_find (const char *table, const char *code)
{
  const struct code_table *t = code_table (table);

  return t != NULL && code != NULL ? g_hash_table_lookup (t->by_code, code)
                                   : NULL;
}

const char *
code_extra (const struct code_table *t, const struct code *code,
            const char *column)
{
  int i = column_index (t, column);

  return i >= 0 && code->extra[i][0] != '\0' ? code->extra[i] : NULL;
}

static bool
has_children (const struct code_table *t, const struct code *code)
{
  for (unsigned i = 0; i < t->rows->len; i++) {
    const struct code *c = t->rows->pdata[i];

    if (g_strcmp0 (c->parent, code->code) == 0)
      return true;
  }
  return false;
}

bool
code_is_group (const struct code_table *t, const struct code *code)
{
  return g_strcmp0 (code_extra (t, code, "selectable"), "0") == 0
      && has_children (t, code);
}

void
code_clear (void)
{
  g_clear_pointer (&tables, g_hash_table_unref);
}

/* -- For plugins. */

const char *
bz_code_name (struct bz_req *req, const char *table, const char *code)
{
  const struct code *c = code_find (table, code);

  return c != NULL ? c->name : NULL;
}

const char *
bz_code_extra (struct bz_req *req, const char *table, const char *code,
               const char *extra)
{
  const struct code *c = code_find (table, code);

  return c != NULL ? code_extra (code_table (table), c, extra) : NULL;
}

const char *
bz_code_at (struct bz_req *req, const char *table, size_t n, const char **name)
{
  const struct code_table *t = code_table (table);
  const struct code *c = t != NULL && n < t->rows->len ? t->rows->pdata[n]
                                                       : NULL;

  *name = c != NULL ? c->name : NULL;
  return c != NULL ? c->code : NULL;
}

const char *
bz_code_named (struct bz_req *req, const char *table, const char *name)
{
  const struct code_table *t = code_table (table);

  for (unsigned i = 0; t != NULL && name != NULL && i < t->rows->len; i++) {
    const struct code *c = t->rows->pdata[i];

    if (strcmp (c->name, name) == 0)
      return c->code;
  }
  return NULL;
}
