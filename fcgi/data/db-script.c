/* A database that answers from a script, for unit tests.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "data/driver.h"
#include <inttypes.h>

struct scripted {
  struct db db;
  const struct db_script *script;
  size_t n, asked;
};

/* -- Arguments as text: "7|abc|NULL"; bytes as "0x0a". */

static void
append_arg (GString *s, const struct bz_arg *arg)
{
  if (arg->type == BZ_ARG_INT)
    g_string_append_printf (s, "%" PRId64, arg->num);
  else if (arg->type == BZ_ARG_NULL || arg->str == NULL)
    g_string_append (s, "NULL");
  else if (arg->type == BZ_ARG_STR)
    g_string_append (s, arg->str);
  else {
    g_string_append (s, "0x");
    for (uint32_t i = 0; i < arg->len; i++)
      g_string_append_printf (s, "%02x", (unsigned char) arg->str[i]);
  }
}

static char *
args_text (const struct ask *ask)
{
  GString *s = g_string_new (NULL);

  for (size_t i = 0; i < ask->n_args; i++) {
    if (i > 0)
      g_string_append_c (s, '|');
    append_arg (s, &ask->args[i]);
  }
  return g_string_free (s, FALSE);
}

/* -- Answers. */

/* Cells "0x0a0b" are bytes; anything else is text. */
static void
add_cell (struct table *t, unsigned column, const char *cell)
{
  g_autoptr (GString) bytes = NULL;

  if (cell == NULL || !g_str_has_prefix (cell, "0x")) {
    table_add (t, cell, cell != NULL ? strlen (cell) : 0);
    return;
  }
  bytes = g_string_new (NULL);
  for (const char *p = cell + 2; p[0] != '\0' && p[1] != '\0'; p += 2)
    g_string_append_c (bytes, (char) (g_ascii_xdigit_value (p[0]) * 16
                                      + g_ascii_xdigit_value (p[1])));
  t->bytes[column] = true;
  table_add (t, bytes->str, bytes->len);
}

static struct table *
answer (const struct db_script *row)
{
  unsigned n = 0;
  struct table *t;

  while (row->columns != NULL && row->columns[n] != NULL)
    n++;
  t = table_new (n);
  for (unsigned c = 0; c < n; c++)
    t->columns[c] = g_strdup (row->columns[c]);
  for (size_t r = 0; r < row->rows; r++)
    for (unsigned c = 0; c < n; c++)
      add_cell (t, c, row->cells[r * n + c]);
  t->n_rows = row->rows;
  return t;
}

static enum db_error
scripted_ask (struct db *db, const struct ask *ask, struct table **ret,
              int64_t *changed)
{
  struct scripted *s = (struct scripted *) db;
  const struct db_script *row;
  g_autofree char *args = args_text (ask);

  if (ask->query == NULL && query_pack_known (ask->name))
    g_error ("%s was asked, and queries.xml does not declare it", ask->name);
  if (s->asked >= s->n)
    g_error ("the script is at its end, but %s (%s) was asked", ask->name,
             args);
  row = &s->script[s->asked++];
  if (!g_str_equal (row->query, ask->name)
      || (row->args != NULL && !g_str_equal (row->args, args)))
    g_error ("query %u of the script: %s (%s) was expected, %s (%s) was asked",
             (unsigned) s->asked, row->query,
             row->args != NULL ? row->args : "any", ask->name, args);
  if (row->changed < 0)
    return (enum db_error) - row->changed;
  *changed = row->changed;
  db->last_id = row->changed > 0 ? (int64_t) s->asked : 0;
  if (row->columns != NULL || row->changed == 0)
    *ret = answer (row);
  return DB_OK;
}

/* -- The rest always goes well. */

static void
scripted_close (struct db *db)
{
  g_free (db);
}

static bool
scripted_lost (struct db *db)
{
  return false;
}

static enum db_error
scripted_connect (struct db *db, GError **error)
{
  return DB_OK;
}

static enum db_error
scripted_begin (struct db *db, bool read_only)
{
  return DB_OK;
}

static enum db_error
scripted_commit (struct db *db)
{
  return DB_OK;
}

static void
scripted_rollback (struct db *db)
{
}

static enum db_error
scripted_mark (struct db *db, bool back)
{
  return DB_OK;
}

static enum db_error
scripted_run (struct db *db, const char *sql, GError **error)
{
  g_set_error (error, DB_ERROR, 0, "a script runs no migrations");
  return DB_FAILED;
}

static const struct driver driver = {
  .close = scripted_close,
  .lost = scripted_lost,
  .connect = scripted_connect,
  .begin = scripted_begin,
  .commit = scripted_commit,
  .rollback = scripted_rollback,
  .mark = scripted_mark,
  .ask = scripted_ask,
  .run = scripted_run,
};

struct db *
db_scripted (const struct db_script *script, size_t n)
{
  struct scripted *s = g_new0 (struct scripted, 1);

  s->db.driver = &driver;
  s->script = script;
  s->n = n;
  return &s->db;
}

size_t
db_script_asked (const struct db *db)
{
  g_return_val_if_fail (db->driver == &driver, 0);
  return ((const struct scripted *) db)->asked;
}
