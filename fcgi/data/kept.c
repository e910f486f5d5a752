/* Answers that a worker keeps from request to request.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "data/kept.h"
#include "data/memo.h"

/* All answers of a worker; beyond it they begin anew.  One that is larger than
 * the second costs more memory than it is worth. */
enum { KEPT_BYTES = 1024 * 1024, KEPT_LARGEST = 128 * 1024, KEPT_EACH = 512 };

struct answer {
  char *counts; /* of its tables, when they were read */
  struct table *table;
};

/* -- Answers. */

static void
answer_free (void *p)
{
  struct answer *a = p;

  g_free (a->counts);
  table_free (a->table);
  g_free (a);
}

void
kept_seen (struct db *db, const char *counts)
{
  g_free (db->counts);
  db->counts = g_strdup (counts);
}

/* "12,3," of the tables that QUERY reads; one that was never changed has no
 * count. */
static char *
counts_of (const char *all, const struct query *query)
{
  g_autofree char *text = g_strconcat (",", all, NULL);
  GString *ret = g_string_new (NULL);

  for (char **table = query->tables; *table != NULL; table++) {
    g_autofree char *sought = g_strconcat (",", *table, "=", NULL);
    const char *at = strstr (text, sought);

    if (at != NULL)
      g_string_append_len (ret, at + strlen (sought),
                           (gssize) strcspn (at + strlen (sought), ","));
    g_string_append_c (ret, ',');
  }
  return g_string_free (ret, FALSE);
}

struct table *
kept_find (const struct db *db, const struct ask *ask)
{
  g_autoptr (GBytes) key = NULL;
  g_autofree char *now = NULL;
  const struct answer *a;

  if (db->answers == NULL || db->counts == NULL)
    return NULL;
  key = memo_digest (ask);
  a = g_hash_table_lookup (db->answers, key);
  if (a == NULL)
    return NULL;
  now = counts_of (db->counts, ask->query);
  return g_str_equal (a->counts, now) ? table_keep (a->table) : NULL;
}

/* The counts were read before the answer, so this may be newer than they say
 * and is asked once too often; it is never older. */
void
kept_add (struct db *db, const struct ask *ask, struct table *t)
{
  size_t size = t->text->len + KEPT_EACH;
  struct answer *a;

  if (db->counts == NULL || size > KEPT_LARGEST)
    return;
  if (db->answers == NULL)
    db->answers = g_hash_table_new_full (g_bytes_hash, g_bytes_equal,
                                         (GDestroyNotify) g_bytes_unref,
                                         answer_free);
  if (db->answers_size + size > KEPT_BYTES) {
    g_hash_table_remove_all (db->answers);
    db->answers_size = 0;
  }
  /* One that takes the place of an older one counts twice: it ends sooner. */
  db->answers_size += size;
  a = g_new (struct answer, 1);
  *a = (struct answer){ counts_of (db->counts, ask->query), table_keep (t) };
  g_hash_table_replace (db->answers, memo_digest (ask), a);
}

/* -- Counting changes. */

/* From here on the request's counts are not those of the tables. */
void
kept_note (struct db *db, const struct query *query)
{
  for (char **table = query->tables; *table != NULL; table++) {
    if (!query_keeps (*table))
      continue;
    if (db->changed == NULL)
      db->changed = g_ptr_array_new ();
    if (!g_ptr_array_find (db->changed, *table, NULL))
      g_ptr_array_add (db->changed, *table);
    kept_seen (db, NULL);
  }
}

static int
by_name (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* In one order, and nothing is waited for after them but the COMMIT: no two
 * transactions can wait for each other here. */
enum db_error
kept_count (struct db *db)
{
  enum db_error e = DB_OK;

  if (db->changed == NULL)
    return DB_OK;
  g_ptr_array_sort (db->changed, by_name);
  for (guint i = 0; i < db->changed->len && e == DB_OK; i++) {
    const char *table = g_ptr_array_index (db->changed, i);
    const char *before = i > 0 ? g_ptr_array_index (db->changed, i - 1) : "";
    struct bz_arg arg = BZ_STR (table);
    struct ask ask = {
      "bz.version_add", query_find ("bz.version_add"), &arg, 1, 0, 0
    };
    int64_t rows;

    if (!g_str_equal (table, before))
      e = driver_ask (db, &ask, &(struct table *){ NULL }, &rows);
  }
  return e;
}
