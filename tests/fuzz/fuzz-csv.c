/* Fuzz target: code tables and the two readers of CSV.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * Both readers take the same files and see the same cells in them; cells that
 * are written with quotes around them are read back as they were; a code table
 * is taken or refused with a reason. */
#include "fuzz.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "../../staffing/csv.h"
#include "data/xml.h"
#include "define/code.h"
#include "define/csv.h"

static GString *
written (const GPtrArray *records)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < records->len; i++)
    for (char **cell = records->pdata[i]; *cell != NULL; cell++) {
      g_auto (GStrv) part = g_strsplit (*cell, "\"", -1);
      g_autofree char *text = g_strjoinv ("\"\"", part);

      g_string_append_printf (out, "\"%s\"%s", text,
                              cell[1] == NULL ? "\r\n" : ",");
    }
  return out;
}

static void
write_again (const GPtrArray *records)
{
  GString *text = written (records);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) again = csv_parse (text->str, text->len, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (again->len, ==, records->len);
  for (guint i = 0; i < again->len; i++)
    g_assert (g_strv_equal (again->pdata[i], records->pdata[i]));
  g_string_free (text, TRUE);
}

/* What staffing/csv.c finds behind the header. */
static void
same_cells (const GPtrArray *records, struct csv *csv)
{
  char **header = records->pdata[0];
  g_autoptr (GError) error = NULL;

  for (guint i = 1; i < records->len; i++) {
    char **record = records->pdata[i];

    g_assert (csv_next (csv, &error) == 1);
    for (guint c = 0; header[c] != NULL; c++)
      g_assert_cmpstr (csv_get (csv, header[c]), ==, record[c]);
  }
  g_assert (csv_next (csv, &error) == 0);
  g_assert_no_error (error);
}

static bool
differ (char **header)
{
  for (char **a = header; *a != NULL; a++)
    if (g_strv_contains ((const char *const *) a + 1, *a))
      return false;
  return true;
}

static void
compare (const GPtrArray *records, const char *path)
{
  static const char *const none[] = { NULL };
  g_autoptr (GError) error = NULL;
  struct csv *csv = csv_open (path, none, &error);

  g_assert ((csv == NULL) == (error != NULL));
  if (records != NULL) {
    g_assert ((csv != NULL) == differ (records->pdata[0]));
    if (csv != NULL)
      same_cells (records, csv);
  }
  else
    while (csv != NULL && csv_next (csv, &error) == 1) {
    }
  csv_close (csv);
}

/* Other tables may name something twice. */
static bool
is_codes (const struct code_table *t)
{
  return g_strcmp0 (t->columns[0], "code") == 0
      && g_strcmp0 (t->columns[1], "name") == 0;
}

/* As sql/codes/TABLE.csv. */
static void
table_try (const uint8_t *data, size_t size)
{
  g_autofree char *dir = g_dir_make_tmp ("bz-fuzz-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "fuzz.csv", NULL);
  g_autoptr (GError) error = NULL;
  int fd;

  fd = open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  g_assert (fd >= 0 && write (fd, data, size) == (ssize_t) size);
  close (fd);
  if (code_load_dir (dir, &error) < 0)
    g_assert (error != NULL);
  else {
    const struct code_table *t = code_table ("fuzz");

    g_assert_no_error (error);
    for (guint i = 0; t != NULL && i < t->rows->len; i++) {
      const struct code *c = t->rows->pdata[i];

      g_assert (code_find ("fuzz", c->code) != NULL);
      g_assert (code_find ("fuzz", c->code) == c || !is_codes (t));
      (void) code_is_group (t, c);
      (void) code_extra (t, c, "category");
    }
  }
  code_clear ();
  (void) g_unlink (path);
  (void) g_rmdir (dir);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = csv_parse (text, size, &error);
  const char *path;

  g_assert ((records == NULL) == (error != NULL));
  if (records != NULL)
    write_again (records);
  (void) fuzz_file (data, size, &path);
  if (strlen (text) == size)
    compare (records, path);
  table_try (data, size);
  return 0;
}
