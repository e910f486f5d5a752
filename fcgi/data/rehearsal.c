/* What the rehearsal of an upgrade asks of its database.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "data/rehearsal.h"
#include "data/driver.h"

static int64_t
ask (struct db *db, const char *name, const struct bz_arg *arg,
     struct table **ret, GError **error)
{
  const struct ask a = { .name = name,
                         .query = query_find (name),
                         .args = arg,
                         .n_args = arg != NULL };
  int64_t n = db_ask (db, &a, ret);

  if (n < 0)
    g_set_error (error, DB_ERROR, 0, "%s failed; the log says why", name);
  return n;
}

static int64_t
number (const struct table *t, size_t row, unsigned column)
{
  return g_ascii_strtoll (table_cell (t, row, column, NULL), NULL, 10);
}

int
rehearsal_is_empty (struct db *db, GError **error)
{
  struct table *t;
  int64_t n = ask (db, "bz.copy_tables", NULL, &t, error);

  if (n < 0)
    return (int) n;
  n = number (t, 0, 0);
  table_free (t);
  return n == 0;
}

int
rehearsal_is_alike (struct db *db, const char *from, GError **error)
{
  const struct bz_arg arg = BZ_STR (from);
  struct table *t;
  int64_t n = ask (db, "bz.copy_collations", &arg, &t, error);

  if (n >= 0)
    table_free (t);
  return n < 0 ? (int) n : n == 1;
}

GHashTable *
rehearsal_migrations (struct db *db, GError **error)
{
  GHashTable *set;
  struct table *t;
  int64_t n = ask (db, "bz.migrations", NULL, &t, error);

  if (n < 0)
    return NULL;
  set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (size_t i = 0; i < (size_t) n; i++)
    g_hash_table_add (set, g_strdup_printf ("%s %s", table_cell (t, i, 0, NULL),
                                            table_cell (t, i, 2, NULL)));
  table_free (t);
  return set;
}

int
rehearsal_under_way (struct db *db,
                     void (*fn) (const struct rehearsal_cases *, void *),
                     void *data, GError **error)
{
  struct table *t;
  int64_t n = ask (db, "bz.cases_under_way", NULL, &t, error);

  if (n < 0)
    return (int) n;
  for (size_t i = 0; i < (size_t) n; i++) {
    const struct rehearsal_cases c = { .business = table_cell (t, i, 0, NULL),
                                       .process = table_cell (t, i, 1, NULL),
                                       .version = (int) number (t, i, 2),
                                       .step = table_cell (t, i, 3, NULL),
                                       .count = number (t, i, 4) };

    fn (&c, data);
  }
  table_free (t);
  return BZ_OK;
}
