/* Comma-separated values, strictly as RFC 4180 has them.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "define/csv.h"
#include <stdbool.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

struct reader {
  const char *p;
  int line, first;
  GError **error;
};

static bool
bad (struct reader *r, int line, const char *what)
{
  g_set_error (r->error, g_quark_from_static_string ("bz-csv"), 0,
               "line %d: %s", line, what);
  return false;
}

static bool
at_line_end (const char *p)
{
  return *p == '\0' || *p == '\n' || (p[0] == '\r' && p[1] == '\n');
}

/* P stands on the opening quote; a doubled quote is one in the text. */
static bool
take_quoted (struct reader *r, GString *field)
{
  int opened = r->line;

  for (r->p++; *r->p != '\0'; r->p++) {
    if (*r->p == '"' && r->p[1] != '"')
      break;
    if (*r->p == '"')
      r->p++;
    r->line += *r->p == '\n';
    g_string_append_c (field, *r->p);
  }
  if (*r->p == '\0')
    return bad (r, opened, "a quote is opened and never closed");
  r->p++;
  if (*r->p != ',' && !at_line_end (r->p))
    return bad (r, r->line, "text behind a closing quote");
  return true;
}

static bool
take_field (struct reader *r, GString *field)
{
  g_string_truncate (field, 0);
  if (*r->p == '"')
    return take_quoted (r, field);
  for (; *r->p != ',' && !at_line_end (r->p); r->p++) {
    if (*r->p == '"')
      return bad (r, r->line, "a quote inside a field that is not quoted");
    if (*r->p == '\r')
      return bad (r, r->line, "a carriage return inside a line");
    g_string_append_c (field, *r->p);
  }
  return true;
}

static char **
take_record (struct reader *r)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) field = g_string_new (NULL);
  bool more = true;

  r->first = r->line;
  while (more) {
    if (!take_field (r, field))
      return NULL;
    g_ptr_array_add (fields, g_strdup (field->str));
    more = *r->p == ',';
    if (more)
      r->p++;
  }
  if (*r->p == '\r')
    r->p++;
  if (*r->p == '\n')
    r->p++;
  r->line++;
  g_ptr_array_add (fields, NULL);
  g_ptr_array_set_free_func (fields, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&fields), FALSE);
}

static void
record_free (void *record)
{
  g_strfreev (record);
}

static bool
readable (struct reader *r, const char *text, gsize size)
{
  const char *end;

  if (g_utf8_validate (text, (gssize) size, &end))
    return true;
  for (const char *p = text; p < end; p++)
    r->line += *p == '\n';
  return bad (r, r->line, "this is not UTF-8 text");
}

GPtrArray *
csv_parse (const char *text, gsize size, GError **error)
{
  struct reader r = { .p = text, .line = 1, .error = error };
  g_autoptr (GPtrArray) records = NULL;

  if (!readable (&r, text, size))
    return NULL;
  records = g_ptr_array_new_with_free_func (record_free);
  if (g_str_has_prefix (text, BYTE_ORDER_MARK))
    r.p += strlen (BYTE_ORDER_MARK);
  while (*r.p != '\0') {
    char **record = take_record (&r);

    if (record == NULL)
      return NULL;
    g_ptr_array_add (records, record);
    if (g_strv_length (record) != g_strv_length (records->pdata[0])) {
      bad (&r, r.first, "not as many fields as the header has");
      return NULL;
    }
  }
  if (records->len == 0) {
    bad (&r, 1, "there is no header");
    return NULL;
  }
  return g_steal_pointer (&records);
}

GPtrArray *
csv_load (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  GPtrArray *records;
  gsize size;

  if (!g_file_get_contents (path, &text, &size, error))
    return NULL;
  records = csv_parse (text, size, error);
  if (records == NULL)
    g_prefix_error (error, "%s: ", path);
  return records;
}
