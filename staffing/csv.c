/* CSV after RFC 4180, read strictly.  SPDX-License-Identifier: MulanPSL-2.0 */
#include "csv.h"
#include <stdbool.h>

struct csv {
  char *path, *text;
  const char *at, *end;
  unsigned line, row_line;
  GHashTable *columns; /* name -> index + 1 */
  unsigned n_columns;
  GPtrArray *cells; /* of the present row */
};

static int
broken (const struct csv *csv, GError **error, const char *why)
{
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s:%u: %s", csv->path,
               csv->line, why);
  return -1;
}

/* A cell that begins with a quote, up to the quote that ends it. */
static int
quoted (struct csv *csv, GError **error)
{
  GString *cell = g_string_new (NULL);

  for (csv->at++; csv->at < csv->end; csv->at++) {
    if (*csv->at == '\n')
      csv->line++;
    if (*csv->at == '"') {
      if (csv->at + 1 < csv->end && csv->at[1] == '"')
        csv->at++;
      else {
        csv->at++;
        g_ptr_array_add (csv->cells, g_string_free (cell, FALSE));
        return 0;
      }
    }
    g_string_append_c (cell, *csv->at);
  }
  g_string_free (cell, TRUE);
  return broken (csv, error, "a quoted cell does not end");
}

static bool
ends_cell (const struct csv *csv)
{
  if (csv->at == csv->end || *csv->at == ',' || *csv->at == '\n')
    return true;
  return *csv->at == '\r' && csv->at + 1 < csv->end && csv->at[1] == '\n';
}

static int
plain (struct csv *csv, GError **error)
{
  const char *start = csv->at;

  while (!ends_cell (csv)) {
    if (*csv->at == '"')
      return broken (csv, error,
                     "a quote inside a cell that has none around "
                     "it");
    if (*csv->at == '\r')
      return broken (csv, error, "a carriage return inside a line");
    csv->at++;
  }
  g_ptr_array_add (csv->cells, g_strndup (start, (gsize) (csv->at - start)));
  return 0;
}

/* Read one row into csv->cells: 1, 0 at the end, -1. */
static int
read_row (struct csv *csv, GError **error)
{
  g_ptr_array_set_size (csv->cells, 0);
  if (csv->at == csv->end)
    return 0;
  csv->row_line = ++csv->line;
  for (;;) {
    int rc = csv->at < csv->end && *csv->at == '"' ? quoted (csv, error)
                                                   : plain (csv, error);

    if (rc < 0)
      return rc;
    if (!ends_cell (csv))
      return broken (csv, error, "text behind a closing quote");
    if (csv->at == csv->end)
      return 1;
    if (*csv->at == ',') {
      csv->at++;
      continue;
    }
    csv->at += *csv->at == '\r' ? 2 : 1;
    return 1;
  }
}

static int
read_header (struct csv *csv, const char *const *columns, GError **error)
{
  int rc = read_row (csv, error);

  if (rc < 0)
    return rc;
  if (rc == 0)
    return broken (csv, error, "the file is empty; a header is needed");
  csv->n_columns = csv->cells->len;
  for (unsigned i = 0; i < csv->cells->len; i++)
    if (!g_hash_table_insert (csv->columns, g_strdup (csv->cells->pdata[i]),
                              GUINT_TO_POINTER (i + 1)))
      return broken (csv, error, "a column stands twice in the header");
  for (; *columns != NULL; columns++)
    if (!g_hash_table_contains (csv->columns, *columns)) {
      g_autofree char *why = g_strdup_printf ("column '%s' is missing",
                                              *columns);
      return broken (csv, error, why);
    }
  return 0;
}

struct csv *
csv_open (const char *path, const char *const *columns, GError **error)
{
  struct csv *csv;
  char *text;
  gsize size;
  int rc = 0;

  if (!g_file_get_contents (path, &text, &size, error))
    return NULL;
  csv = g_new0 (struct csv, 1);
  csv->path = g_strdup (path);
  csv->text = text;
  csv->at = g_str_has_prefix (text, "\357\273\277") ? text + 3 : text;
  csv->end = text + size;
  csv->columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  csv->cells = g_ptr_array_new_with_free_func (g_free);
  if (!g_utf8_validate_len (text, size, NULL))
    rc = broken (csv, error, "not UTF-8; save the file as UTF-8");
  if (rc == 0)
    rc = read_header (csv, columns, error);
  if (rc < 0) {
    csv_close (csv);
    return NULL;
  }
  return csv;
}

int
csv_next (struct csv *csv, GError **error)
{
  int rc = read_row (csv, error);

  if (rc > 0 && csv->cells->len != csv->n_columns) {
    g_autofree char *why = g_strdup_printf ("%u cells, but the header has %u",
                                            csv->cells->len, csv->n_columns);
    return broken (csv, error, why);
  }
  return rc;
}

const char *
csv_get (const struct csv *csv, const char *column)
{
  unsigned i = GPOINTER_TO_UINT (g_hash_table_lookup (csv->columns, column));

  return i > 0 && i <= csv->cells->len ? csv->cells->pdata[i - 1] : "";
}

unsigned
csv_line (const struct csv *csv)
{
  return csv->row_line;
}

void
csv_close (struct csv *csv)
{
  if (csv == NULL)
    return;
  g_free (csv->path);
  g_free (csv->text);
  g_hash_table_destroy (csv->columns);
  g_ptr_array_unref (csv->cells);
  g_free (csv);
}
