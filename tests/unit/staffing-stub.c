/* A platform of a few lines for unit tests of staffing.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "staffing-stub.h"
#include "../../staffing/csv.h"

struct stub stub;
struct bz_req { int unused; };
struct bz_rows { const struct bz_script *row; size_t at; };
struct bz_item { GHashTable *values, *closed; int64_t subject; };
struct bz_case { struct bz_item **items; size_t n; };
/* What lives until the next test. */
static GPtrArray *kept, *kept_maps;

static void *
keep (void *p)
{
  if (kept == NULL)
    kept = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (kept, p);
  return p;
}

void
stub_end (void)
{
  g_assert_cmpuint (stub.asked, ==, stub.n);
  g_free (stub.fail);
  g_free (stub.mark);
  g_free (stub.said);
  g_free (stub.audited);
  g_free (stub.read);
  stub = (struct stub) { 0 };
  g_clear_pointer (&kept_maps, g_ptr_array_unref);
  g_clear_pointer (&kept, g_ptr_array_unref);
}

void
stub_begin (const struct bz_script *script, size_t n)
{
  stub_end ();
  stub.script = script;
  stub.n = n;
}

struct bz_req *
stub_req (void)
{
  static struct bz_req req;

  return &req;
}

/* -- Failing and telling. */

static void
set_first (char **text, const char *format, va_list args)
{
  if (*text == NULL)
    *text = g_strdup_vprintf (format, args);
}

int
bz_fail (struct bz_req *req, enum bz_status status, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  set_first (&stub.fail, format, args);
  va_end (args);
  return status;
}

int
bz_mark (struct bz_req *req, const char *field, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  set_first (&stub.mark, format, args);
  va_end (args);
  return BZ_BAD_INPUT;
}

void
bz_say (struct bz_req *req, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  set_first (&stub.said, format, args);
  va_end (args);
}

const char *
bz_today (struct bz_req *req)
{
  return "2026-11-22";
}

const char *
bz_now (struct bz_req *req)
{
  return "2026-11-22 10:26:03";
}

char *
bz_format (struct bz_req *req, const char *format, ...)
{
  char *text;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  return keep (text);
}

int
bz_audit (struct bz_req *req, const char *action, const char *type, int64_t id,
          const char *detail)
{
  g_free (stub.audited);
  stub.audited = g_strdup_printf ("%s %s %" G_GINT64_FORMAT " %s", action, type,
                                  id, detail != NULL ? detail : "");
  return BZ_OK;
}

void
bz_audit_read (struct bz_req *req, const char *action, const char *type,
               int64_t id)
{
  g_free (stub.read);
  stub.read = g_strdup_printf ("%s %s %" G_GINT64_FORMAT, action, type, id);
}

/* -- The scripted database. */

static char *
args_text (const struct bz_arg *args, size_t n)
{
  GString *s = g_string_new (NULL);

  for (size_t i = 0; i < n; i++) {
    if (i > 0)
      g_string_append_c (s, '|');
    if (args[i].type == BZ_ARG_INT)
      g_string_append_printf (s, "%" G_GINT64_FORMAT, args[i].num);
    else
      g_string_append (s, args[i].str != NULL ? args[i].str : "NULL");
  }
  return g_string_free (s, FALSE);
}

static const struct bz_script *
ask (const char *query, const struct bz_arg *args, size_t n)
{
  g_autofree char *text = args_text (args, n);
  const struct bz_script *row;

  if (stub.asked == stub.n)
    g_error ("%s (%s) was asked behind the end of the script", query, text);
  row = &stub.script[stub.asked++];
  g_assert_cmpstr (query, ==, row->query);
  if (row->args != NULL)
    g_assert_cmpstr (text, ==, row->args);
  return row;
}

int64_t
bz_db_exec (struct bz_req *req, const char *query, const struct bz_arg *args,
            size_t n)
{
  return ask (query, args, n)->changed;
}

int64_t
bz_db_last_id (struct bz_req *req)
{
  return (int64_t) stub.asked;
}

int
bz_db_open (struct bz_req *req, struct bz_rows **ret, const char *query,
            const struct bz_arg *args, size_t n)
{
  const struct bz_script *row = ask (query, args, n);

  if (row->changed < 0)
    return (int) row->changed;
  *ret = keep (g_new0 (struct bz_rows, 1));
  (*ret)->row = row;
  return BZ_OK;
}

int
bz_db_next (struct bz_rows *rows)
{
  return rows->at++ < rows->row->rows;
}

const char *
bz_db_text (struct bz_rows *rows, const char *column)
{
  size_t n = 0, found = G_MAXSIZE;

  for (; rows->row->columns[n] != NULL; n++)
    if (strcmp (rows->row->columns[n], column) == 0)
      found = n;
  if (found == G_MAXSIZE)
    g_error ("%s has no column %s", rows->row->query, column);
  return rows->row->cells[(rows->at - 1) * n + found];
}

int64_t
bz_db_int (struct bz_rows *rows, const char *column)
{
  const char *text = bz_db_text (rows, column);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

int
bz_db_value (struct bz_req *req, const char **ret, const char *query,
             const struct bz_arg *args, size_t n)
{
  const struct bz_script *row = ask (query, args, n);

  if (row->changed < 0)
    return (int) row->changed;
  if (row->rows == 0)
    return 0;
  *ret = row->cells[0];
  return 1;
}

/* -- The code tables as they lie in the tree. */

const char *
bz_code_extra (struct bz_req *req, const char *table, const char *code,
               const char *extra)
{
  static const char *const needed[] = { "code", "name", NULL };
  g_autofree char *file = g_strdup_printf ("%s.csv", table);
  g_autofree char *path = g_build_filename (BZ_CODES, file, NULL);
  g_autoptr (GError) error = NULL;
  struct csv *csv = csv_open (path, needed, &error);
  const char *found = NULL;

  g_assert_no_error (error);
  while (found == NULL && code != NULL && csv_next (csv, &error) > 0)
    if (strcmp (csv_get (csv, "code"), code) == 0)
      found = keep (g_strdup (csv_get (csv, extra)));
  csv_close (csv);
  return found;
}

const char *
bz_code_name (struct bz_req *req, const char *table, const char *code)
{
  return bz_code_extra (req, table, code, "name");
}

const char *
bz_code_named (struct bz_req *req, const char *table, const char *name)
{
  static const char *const needed[] = { "code", "name", NULL };
  g_autofree char *file = g_strdup_printf ("%s.csv", table);
  g_autofree char *path = g_build_filename (BZ_CODES, file, NULL);
  g_autoptr (GError) error = NULL;
  struct csv *csv = csv_open (path, needed, &error);
  const char *found = NULL;

  g_assert_no_error (error);
  while (found == NULL && csv_next (csv, &error) > 0)
    if (strcmp (csv_get (csv, "name"), name) == 0)
      found = keep (g_strdup (csv_get (csv, "code")));
  csv_close (csv);
  return found;
}

/* -- Items. */

static GHashTable *
new_map (void)
{
  GHashTable *map = g_hash_table_new (g_str_hash, g_str_equal);

  if (kept_maps == NULL)
    kept_maps = g_ptr_array_new_with_free_func (
      (GDestroyNotify) g_hash_table_unref);
  g_ptr_array_add (kept_maps, map);
  return map;
}

struct bz_item *
stub_item (const char *values)
{
  g_auto (GStrv) pairs = g_strsplit (values, "&", -1);
  struct bz_item *item = keep (g_new0 (struct bz_item, 1));

  item->values = new_map ();
  item->closed = new_map ();
  for (char **p = pairs; *p != NULL; p++) {
    const char *eq = strchr (*p, '=');

    if (eq != NULL)
      g_hash_table_insert (item->values,
                           keep (g_strndup (*p, (gsize) (eq - *p))),
                           keep (g_strdup (eq + 1)));
  }
  return item;
}

const char *
stub_closed (const struct bz_item *item, const char *field)
{
  return g_hash_table_lookup (item->closed, field);
}

struct bz_case *
stub_case (const char *const *values, size_t n)
{
  struct bz_case *c = keep (g_new0 (struct bz_case, 1));

  c->items = keep (g_new0 (struct bz_item *, n));
  c->n = n;
  for (size_t i = 0; i < n; i++)
    c->items[i] = stub_item (values[i]);
  return c;
}

size_t
bz_case_items (const struct bz_case *c)
{
  return c->n;
}

struct bz_item *
bz_case_item (const struct bz_case *c, size_t n)
{
  return n < c->n ? c->items[n] : NULL;
}

const char *
bz_item_get (const struct bz_item *item, const char *field)
{
  return g_hash_table_lookup (item->values, field);
}

void
bz_item_set (struct bz_item *item, const char *field, const char *value)
{
  g_hash_table_insert (item->values, keep (g_strdup (field)),
                       keep (g_strdup (value)));
}

void
bz_item_close (struct bz_item *item, const char *field, const char *why)
{
  g_hash_table_insert (item->closed, keep (g_strdup (field)),
                       keep (g_strdup (why)));
}

int64_t
bz_item_paper (struct bz_req *req, const struct bz_item *item, const char *kind)
{
  return g_strcmp0 (stub.kind, kind) == 0 ? 77 : 0;
}

/* Rows count from 1 in names, from 0 in calls. */
void
bz_item_row_set (struct bz_item *item, const char *list, size_t row,
                 const char *field, const char *value)
{
  g_autofree char *name = g_strdup_printf ("%s.%" G_GSIZE_FORMAT ".%s", list,
                                           row + 1, field);

  bz_item_set (item, name, value);
}

const char *
bz_item_row_get (const struct bz_item *item, const char *list, size_t row,
                 const char *field)
{
  g_autofree char *name = g_strdup_printf ("%s.%" G_GSIZE_FORMAT ".%s", list,
                                           row + 1, field);

  return bz_item_get (item, name);
}

size_t
bz_item_rows (const struct bz_item *item, const char *list)
{
  size_t n = 0;

  for (;; n++) {
    g_autofree char *start = g_strdup_printf ("%s.%" G_GSIZE_FORMAT ".", list,
                                              n + 1);
    GHashTableIter i;
    gpointer key;
    gboolean found = FALSE;

    g_hash_table_iter_init (&i, item->values);
    while (!found && g_hash_table_iter_next (&i, &key, NULL))
      found = g_str_has_prefix (key, start);
    if (!found)
      return n;
  }
}

int64_t
bz_item_subject (const struct bz_item *item)
{
  return item->subject;
}

void
bz_item_set_subject (struct bz_item *item, int64_t id)
{
  item->subject = id;
}

/* No plugin adds fields. */
int
bz_kept_field (const char *of, size_t n, struct bz_kept_field *ret)
{
  return 0;
}

int
bz_item_has (const struct bz_item *item, const char *field)
{
  return 0;
}

int
bz_item_changes (const struct bz_item *item, const char *field)
{
  return 0;
}
