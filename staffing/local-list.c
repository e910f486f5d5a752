/* Fields that plugins of provinces add to a person, in lists of persons: columns, and
 * filters of those that are codes.  SPDX-License-Identifier: MulanPSL-2.0 */
#include "part.h"
#include "show.h"

static const char whose[] = LOCAL_OF;

/* -- Filters. */

/* A code of the table; NULL for nothing and nonsense. */
static const char *
code_asked (struct bz_req *req, const struct bz_kept_field *f,
            const char *table)
{
  const char *code = show_text (req, f->name);

  return code != NULL && bz_code_name (req, table, code) != NULL ? code : NULL;
}

void
local_sought_read (struct bz_req *req, struct local_sought *ret)
{
  struct bz_kept_field f;

  *ret = (struct local_sought){ 0 };
  for (size_t n = 0; bz_kept_field (whose, n, &f) > 0; n++) {
    const char *code = (bz_kept_look (whose, n) & BZ_KEPT_SOUGHT) != 0
                       ? code_asked (req, &f, bz_kept_codes (whose, n))
                       : NULL;

    if (code == NULL || ret->count == LOCAL_SOUGHT)
      continue;
    ret->field[ret->count] = f.name;
    ret->value[ret->count++] = code;
  }
}

static const char *
sought_value (const struct local_sought *s, const char *field)
{
  for (unsigned i = 0; i < s->count; i++)
    if (strcmp (s->field[i], field) == 0)
      return s->value[i];
  return "";
}

void
local_sought_query (struct bz_req *req, struct bz_node *query,
                    const struct local_sought *s)
{
  struct bz_kept_field f;

  for (size_t n = 0; bz_kept_field (whose, n, &f) > 0; n++) {
    const char *chosen = sought_value (s, f.name), *code, *name;
    struct bz_node *control;

    if ((bz_kept_look (whose, n) & BZ_KEPT_SOUGHT) == 0)
      continue;
    control = show_control (query, f.name, f.title, "code", NULL);
    show_option (control, "", "全部", chosen);
    for (size_t i = 0;
         (code = bz_code_at (req, bz_kept_codes (whose, n), i, &name)) != NULL;
         i++)
      show_option (control, code, name, chosen);
  }
}

const char *
local_sought_href (struct bz_req *req, const struct local_sought *s)
{
  const char *href = "";

  for (unsigned i = 0; i < s->count; i++)
    href = bz_format (req, "%s&%s=%s", href, s->field[i],
                      show_escape (req, s->value[i]));
  return href;
}

/* -- Columns. */

void
local_columns (struct bz_node *table)
{
  struct bz_kept_field f;

  for (size_t n = 0; bz_kept_field (whose, n, &f) > 0; n++)
    if ((bz_kept_look (whose, n) & BZ_KEPT_LISTED) != 0)
      bz_node_set (bz_node_add (table, "col"), "t", f.title);
}

static bool
any_listed (void)
{
  struct bz_kept_field f;

  for (size_t n = 0; bz_kept_field (whose, n, &f) > 0; n++)
    if ((bz_kept_look (whose, n) & BZ_KEPT_LISTED) != 0)
      return true;
  return false;
}

/* What is kept of all PERSONS: "ID FIELD" -> value. */
static int
values_of (struct bz_req *req, const GArray *persons, GHashTable *into)
{
  g_autoptr (GString) ids = g_string_new ("[");
  struct bz_rows *rows;
  int rc;

  for (guint i = 0; i < persons->len; i++)
    g_string_append_printf (ids, "%s%lld", i > 0 ? "," : "",
                            (long long) g_array_index (persons, int64_t, i));
  g_string_append_c (ids, ']');
  rc = bz_db_open (req, &rows, "staffing.local_of_many",
                   BZ_ARGS (BZ_STR (ids->str)));
  while (rc >= 0 && (rc = bz_db_next (rows)) > 0)
    g_hash_table_insert (into,
                         (char *) bz_format (req, "%s %s",
                                             bz_db_text (rows, "person_id"),
                                             bz_db_text (rows, "field")),
                         (char *) bz_db_text (rows, "value"));
  return rc;
}

static void
row_cells (struct bz_req *req, struct bz_node *row, int64_t person_id,
           GHashTable *values)
{
  struct bz_kept_field f;

  for (size_t n = 0; bz_kept_field (whose, n, &f) > 0; n++) {
    const char *key = bz_format (req, "%lld %s", (long long) person_id, f.name);
    const char *value = g_hash_table_lookup (values, key);

    if ((bz_kept_look (whose, n) & BZ_KEPT_LISTED) != 0)
      show_cell (row,
                 value != NULL ? bz_field_shown (req, f.record, f.name, value)
                               : NULL,
                 NULL);
  }
}

int
local_cells (struct bz_req *req, const GArray *persons, const GPtrArray *rows)
{
  g_autoptr (GHashTable) values = NULL;
  int rc;

  if (persons->len == 0 || !any_listed ())
    return BZ_OK;
  values = g_hash_table_new (g_str_hash, g_str_equal);
  rc = values_of (req, persons, values);
  for (guint i = 0; i < persons->len && rc == BZ_OK; i++)
    row_cells (req, rows->pdata[i], g_array_index (persons, int64_t, i),
               values);
  return rc;
}
