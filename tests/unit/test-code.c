/* Code tables and the reader of their files.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "define/code.h"
#include "bianzhi/plugin.h"
#include "define/csv.h"
#include <glib/gstdio.h>

/* -- CSV. */

static void
test_csv (void)
{
  static const char text[] = "\xef\xbb\xbf" "a,b,c\r\n1,\"x,\"\"y\"\"\nz\",\r\n"
                             ",,\n\"\",2,单位";
  g_autoptr (GPtrArray) t = csv_parse (text, strlen (text), NULL);
  char **row;

  g_assert_nonnull (t);
  g_assert_cmpuint (t->len, ==, 4);
  row = t->pdata[0];
  g_assert_cmpstr (row[0], ==, "a");
  row = t->pdata[1];
  g_assert_cmpstr (row[1], ==, "x,\"y\"\nz");
  g_assert_cmpstr (row[2], ==, "");
  row = t->pdata[3];
  g_assert_cmpstr (row[2], ==, "单位");
}

static void
test_csv_bad (void)
{
  static const struct { const char *text, *line; } bad[] = {
    { "", "line 1" },
    { "a,b\n1\n", "line 2" },
    { "a,b\n1,2,3\n", "line 2" },
    { "a,b\n1,2\n\n", "line 3" },
    { "a,b\n1,\"2\n3\n", "line 2" },
    { "a,b\n1,\"2\"3\n", "line 2" },
    { "a,b\n1,2\"3\n", "line 2" },
    { "a,b\n1,2\r3\n", "line 2" },
    { "a,b\n1,\xff\n", "line 2" },
    { "a,b\n\"1\n2\",3\n4\n", "line 4" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (csv_parse (bad[i].text, strlen (bad[i].text), &error));
    if (strstr (error->message, bad[i].line) == NULL)
      g_error ("case %zu: %s", i, error->message);
  }
}

static void
test_csv_nul (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (csv_parse ("a\n\0b\n", 5, &error));
  g_assert_nonnull (error);
}

/* -- Tables. */

/* Load one table "t" of TEXT; the folder is gone afterwards. */
static int
load (const char *text, GError **error)
{
  g_autofree char *dir = g_dir_make_tmp ("bz-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "t.csv", NULL);
  int rc;

  code_clear ();
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  rc = code_load_dir (dir, error);
  g_remove (path);
  g_rmdir (dir);
  return rc;
}

static void
test_table (void)
{
  const struct code_table *t;

  g_assert_cmpint (load ("code,name,parent,selectable,category\n"
                         "1,行政,,0,A\n11,机关,1,1,\n2,事业,,0,B\n", NULL),
                   ==, 0);
  t = code_table ("t");
  g_assert_cmpuint (t->rows->len, ==, 3);
  g_assert_cmpstr (code_find ("t", "11")->name, ==, "机关");
  g_assert_cmpstr (code_find ("t", "11")->parent, ==, "1");
  g_assert_null (code_find ("t", "1")->parent);
  g_assert_null (code_find ("t", "9"));
  g_assert_null (code_find ("t", NULL));
  g_assert_null (code_find ("u", "1"));
  g_assert_cmpstr (code_extra (t, code_find ("t", "1"), "category"), ==, "A");
  g_assert_null (code_extra (t, code_find ("t", "11"), "category"));
  g_assert_null (code_extra (t, code_find ("t", "1"), "colour"));
  g_assert_true (code_is_group (t, code_find ("t", "1")));
  g_assert_false (code_is_group (t, code_find ("t", "11")));
  g_assert_false (code_is_group (t, code_find ("t", "2")));
  g_assert_cmpstr (bz_code_name (NULL, "t", "2"), ==, "事业");
  g_assert_cmpstr (bz_code_extra (NULL, "t", "2", "category"), ==, "B");
  g_assert_null (bz_code_name (NULL, "t", "x"));
  g_assert_null (bz_code_extra (NULL, "x", "2", "category"));
  g_assert_cmpstr (bz_code_named (NULL, "t", bz_code_name (NULL, "t", "2")), ==,
                   "2");
  g_assert_null (bz_code_named (NULL, "t", "no such name"));
  g_assert_null (bz_code_named (NULL, "x", "a"));
}

static void
test_table_bad (void)
{
  static const struct { const char *text, *why; } bad[] = {
    { "code,name\n1,a\n1,b\n", "twice" },
    { "code,name\n,a\n", "no code" },
    { "code,name\n1,\n", "no name" },
    { "code,name,parent\n1,a,2\n", "parent" },
    { "code,name,parent\n1,a,1\n", "ancestor" },
    { "code,name,parent\n1,a,2\n2,b,1\n", "ancestor" },
    { "code,name,name\n1,a,b\n", "column" },
    { "code,name,\n1,a,b\n", "column" },
    { "code,name\n1\n", "line 2" },
    { "", "header" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_cmpint (load (bad[i].text, &error), <, 0);
    g_assert_nonnull (strstr (error->message, "t.csv"));
    if (strstr (error->message, bad[i].why) == NULL)
      g_error ("\"%s\" is not in \"%s\"", bad[i].why, error->message);
    g_assert_null (code_table ("t"));
  }
}

/* A table that is not a list of codes may repeat its first column. */
static void
test_plain (void)
{
  g_assert_cmpint (load ("agency,rank\na,1\na,2\n", NULL), ==, 0);
  g_assert_cmpuint (code_table ("t")->rows->len, ==, 2);
  g_assert_cmpstr (code_extra (code_table ("t"), code_find ("t", "a"), "rank"),
                   ==, "1");
}

static void
test_no_folder (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (code_load_dir ("/nonexistent/codes", &error), <, 0);
  g_assert_nonnull (error);
}

/* The tables that are installed: all load, and hold what the rules name. */
static void
test_real (void)
{
  g_autofree char *dir = g_build_filename (BZ_TOP, "sql", "codes", NULL);
  g_autoptr (GError) error = NULL;

  code_clear ();
  code_load_dir (dir, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (code_find ("sex", "1")->name, ==, "男");
  g_assert_cmpstr (bz_code_extra (NULL, "staffing_type", "11", "category"),
                   ==, "A");
  g_assert_nonnull (code_table ("entry_mode_pair"));
  g_assert_cmpuint (code_table ("ethnic")->rows->len, >=, 56);
}

int
main (int argc, char **argv)
{
  int rc;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv/quotes-mark-and-line-ends", test_csv);
  g_test_add_func ("/csv/broken-is-refused-with-its-line", test_csv_bad);
  g_test_add_func ("/csv/nul-is-refused", test_csv_nul);
  g_test_add_func ("/code/table", test_table);
  g_test_add_func ("/code/broken-table-is-refused", test_table_bad);
  g_test_add_func ("/code/plain-table", test_plain);
  g_test_add_func ("/code/no-folder", test_no_folder);
  g_test_add_func ("/code/all-installed-tables-load", test_real);
  rc = g_test_run ();
  code_clear ();
  return rc;
}
