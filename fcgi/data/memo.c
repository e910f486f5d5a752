/* Answers kept inside a transaction, so that a question is asked once.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "data/memo.h"

/* A kept answer costs memory until the transaction ends: large ones, and more
 * than any page asks, are not worth it. */
enum { MEMO_BYTES = 16384, MEMO_ANSWERS = 2048 };

static void
add_int (GString *key, int64_t value)
{
  g_string_append_len (key, (const char *) &value, sizeof value);
}

static void
add_arg (GString *key, const struct bz_arg *arg)
{
  size_t size = arg->type == BZ_ARG_STR && arg->str != NULL ? strlen (arg->str)
              : arg->type == BZ_ARG_BLOB                    ? arg->len
                                                            : 0;

  /* SQL NULL is not the empty text. */
  add_int (key, arg->type);
  add_int (key, arg->type == BZ_ARG_INT ? arg->num : arg->str == NULL);
  add_int (key, (int64_t) size);
  if (size > 0)
    g_string_append_len (key, arg->str, (gssize) size);
}

static bool
asks_operator (const struct query *q)
{
  for (unsigned i = 0; i < q->n_slots; i++)
    if (q->slot[i] == QUERY_OPERATOR)
      return true;
  return false;
}

/* All that an answer depends on. */
static GBytes *
key_of (const struct ask *ask)
{
  GString *key = g_string_sized_new (128);

  g_string_append_len (key, (const char *) &ask->query, sizeof ask->query);
  add_int (key, ask->scope);
  add_int (key, asks_operator (ask->query) ? ask->operator_id : 0);
  for (size_t i = 0; i < ask->n_args; i++)
    add_arg (key, &ask->args[i]);
  return g_string_free_to_bytes (key);
}

GBytes *
memo_digest (const struct ask *ask)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GBytes) key = key_of (ask);
  guint8 digest[32];
  gsize size = sizeof digest;

  g_checksum_update (sum, g_bytes_get_data (key, NULL),
                     (gssize) g_bytes_get_size (key));
  g_checksum_get_digest (sum, digest, &size);
  return g_bytes_new (digest, size);
}

static void
free_table (void *table)
{
  table_free (table);
}

struct table *
memo_find (GHashTable *memo, const struct ask *ask)
{
  g_autoptr (GBytes) key = memo != NULL ? key_of (ask) : NULL;
  struct table *t = key != NULL ? g_hash_table_lookup (memo, key) : NULL;

  return t != NULL ? table_keep (t) : NULL;
}

void
memo_add (GHashTable **memo, const struct ask *ask, struct table *t)
{
  if (*memo == NULL)
    *memo = g_hash_table_new_full (g_bytes_hash, g_bytes_equal,
                                   (GDestroyNotify) g_bytes_unref, free_table);
  if (t->text->len <= MEMO_BYTES && g_hash_table_size (*memo) < MEMO_ANSWERS)
    g_hash_table_replace (*memo, key_of (ask), table_keep (t));
}
