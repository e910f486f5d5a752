/* A copy of a database in which nobody can be recognised.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "data/masked.h"
#include "data/driver.h"
#include "people/crypto.h"

enum { SALT_BYTES = 16, CODE_DIGITS = 16 };

/* What only the running server needs, or what cannot be masked: files, and a chain in
 * which every row proves the one before. */
static const char *const left_out[] = {
  "bz_session",    "bz_submission", "bz_hold",   "bz_audit",
  "bz_audit_head", "bz_blob_chunk", "bz_secret", "bz_version",
  "bz_migration",  "bz_job",        NULL,
};
/* Columns that are masked whatever they hold. */
static const char *const personal[] = {
  "name", "label", "subject_key", "phone", "password_hash", "remote", NULL,
};

struct copy {
  struct db *db;
  const char *from;
  char salt[2 * SALT_BYTES + 1];
  GString *columns, *values; /* of the table at hand */
  int64_t tables;
  GError **error;
};

static int
run (struct copy *c, const char *sql)
{
  return db_run (c->db, sql, c->error);
}

/* What is put into a text column of SIZE characters. */
static void
mask_text (struct copy *c, const char *column, int size)
{
  const char *always = g_strv_contains (personal, column) ? "0" : "1";

  g_string_append_printf (
    c->values,
    "IF(`%s` IS NULL OR `%s` = '' OR (%s AND `%s` REGEXP '^[ -~]*$' AND `%s` "
    "NOT REGEXP '[0-9]{7}'), `%s`, LEFT(SHA2(CONCAT('%s', `%s`), 256), %d))",
    column, column, always, column, column, column, c->salt, column,
    MIN (size, CODE_DIGITS));
}

/* Of XML and of prose the elements and codes stay. */
static void
mask_long (struct copy *c, const char *column)
{
  g_string_append_printf (
    c->values,
    "REGEXP_REPLACE(REGEXP_REPLACE(`%s`, '[^\\t\\n -~]+', 'x'), "
    "'[0-9]{7,}[0-9X]*', '0')",
    column);
}

static void
add_column (struct copy *c, const struct table *t, size_t row)
{
  const char *column = table_cell (t, row, 1, NULL);
  const char *type = table_cell (t, row, 2, NULL);
  const char *size = table_cell (t, row, 3, NULL);

  if (c->columns->len > 0) {
    g_string_append_c (c->columns, ',');
    g_string_append_c (c->values, ',');
  }
  g_string_append_printf (c->columns, "`%s`", column);
  if (g_str_equal (type, "varchar") || g_str_equal (type, "char"))
    mask_text (c, column, (int) g_ascii_strtoll (size, NULL, 10));
  else if (g_str_has_suffix (type, "text"))
    mask_long (c, column);
  else
    g_string_append_printf (c->values, "`%s`", column);
}

/* What the migrations have put into it goes, what FROM has comes. */
static int
copy_table (struct copy *c, const char *table)
{
  g_autofree char *clear = g_strdup_printf ("DELETE FROM `%s`", table);
  g_autofree char *fill
    = g_strdup_printf ("INSERT INTO `%s` (%s) SELECT %s FROM `%s`.`%s`", table,
                       c->columns->str, c->values->str, c->from, table);
  int rc = run (c, clear);

  if (rc == BZ_OK)
    rc = run (c, fill);
  if (rc < 0)
    g_prefix_error (c->error, "copying %s: ", table);
  return rc;
}

/* Rows of T, which are columns table by table. */
static int
copy_tables (struct copy *c, const struct table *t)
{
  int rc = BZ_OK;

  for (size_t row = 0; row < t->n_rows && rc == BZ_OK;) {
    const char *table = table_cell (t, row, 0, NULL);
    bool skip = g_strv_contains (left_out, table);

    g_string_truncate (c->columns, 0);
    g_string_truncate (c->values, 0);
    for (; row < t->n_rows && g_str_equal (table_cell (t, row, 0, NULL), table);
         row++)
      add_column (c, t, row);
    if (!skip)
      rc = copy_table (c, table);
    c->tables += !skip;
  }
  return rc;
}

static void
salt_new (struct copy *c)
{
  uint8_t bytes[SALT_BYTES];

  crypto_random (bytes, sizeof bytes);
  for (size_t i = 0; i < sizeof bytes; i++)
    (void) g_snprintf (c->salt + 2 * i, 3, "%02x", bytes[i]);
}

int64_t
masked_copy (struct db *into, const char *from, GError **error)
{
  g_autoptr (GString) columns = g_string_new (NULL);
  g_autoptr (GString) values = g_string_new (NULL);
  struct copy c = { .db = into,
                    .from = from,
                    .columns = columns,
                    .values = values,
                    .error = error };
  const struct ask ask = { .name = "bz.copy_columns",
                           .query = query_find ("bz.copy_columns") };
  struct table *t;
  int rc;

  if (db_ask (into, &ask, &t) < 0) {
    g_set_error (error, DB_ERROR, 0,
                 "bz.copy_columns failed; the log says why");
    return BZ_FAILED;
  }
  salt_new (&c);
  rc = run (&c, "SET foreign_key_checks = 0");
  if (rc == BZ_OK)
    rc = copy_tables (&c, t);
  table_free (t);
  return rc < 0 ? rc : c.tables;
}
