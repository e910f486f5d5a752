/* CSV, pinyin and what the code tables promise to C.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "../../staffing/csv.h"
#include "../../staffing/pinyin.h"
#include <glib/gstdio.h>
#include <stdbool.h>
#include <unistd.h>

/* -- CSV. */

static struct csv *
open_text (const char *text, gssize size, GError **error)
{
  static const char *const columns[] = { "a", "b", NULL };
  g_autofree char *path = NULL;
  struct csv *csv;
  int fd = g_file_open_tmp ("bz-csv-XXXXXX", &path, NULL);

  close (fd);
  g_assert_true (g_file_set_contents (path, text, size, NULL));
  csv = csv_open (path, columns, error);
  g_remove (path);
  return csv;
}

static void
test_csv_good (void)
{
  static const char *const texts[] = {
    "a,b\n1,\"x \"\"y\"\",\nz\"\n", "a,b\r\n1,\"x \"\"y\"\",\nz\"\r\n",
    "\357\273\277a,b\n1,\"x \"\"y\"\",\nz\"",
    "b,a\n\"x \"\"y\"\",\nz\",1\n", "c,a,b\n,1,\"x \"\"y\"\",\nz\"\n",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    struct csv *csv = open_text (texts[i], -1, &error);

    g_assert_no_error (error);
    g_assert_cmpint (csv_next (csv, &error), ==, 1);
    g_assert_cmpstr (csv_get (csv, "a"), ==, "1");
    g_assert_cmpstr (csv_get (csv, "b"), ==, "x \"y\",\nz");
    g_assert_cmpstr (csv_get (csv, "nothing"), ==, "");
    g_assert_cmpint (csv_next (csv, &error), ==, 0);
    csv_close (csv);
  }
}

static void
test_csv_bad (void)
{
  static const struct {
    const char *text, *where;
  } bad[] = {
    { "", "empty" }, { "a\n1\n", "'b' is missing" },
    { "a,b,a\n", "twice" }, { "a,b\n1\n", ":2: 1 cells" },
    { "a,b\n1,2\n1,2,3\n", ":3: 3 cells" }, { "a,b\n\n", ":2: 1 cells" },
    { "a,b\n1,\"2\n", "does not end" }, { "a,b\n1,2\"\n", "quote inside" },
    { "a,b\n1,\"2\"x\n", "behind a closing quote" },
    { "a,b\n1\r,2\n", "carriage return" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    struct csv *csv = open_text (bad[i].text, -1, &error);

    while (csv != NULL && csv_next (csv, &error) > 0)
      continue;
    if (error == NULL || strstr (error->message, bad[i].where) == NULL)
      g_error ("case %u: %s", (unsigned) i,
               error != NULL ? error->message : "passed");
    csv_close (csv);
  }
}

static void
test_csv_encoding (void)
{
  static const struct {
    const char *text;
    gssize size;
  } bad[] = { { "a,b\n\xb1\xe0,2\n", -1 }, { "a,b\n1\0,2\n", 9 } };

  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (open_text (bad[i].text, bad[i].size, &error));
    g_assert_nonnull (strstr (error->message, "UTF-8"));
  }
}

/* -- Pinyin. */

static void
test_pinyin (void)
{
  static const struct {
    const char *text, *initials;
  } cases[] = {
    { "市教育局", "sjyj" }, { "市一中", "syz" }, { "甲区人社局", "jqrsj" },
    { "市公安局", "sgaj" }, { "丙县城关镇", "bxcgz" }, { "", "" },
    { "市第2中学（东校区）", "sd2zxdxq" }, { "A区", "aq" },
    { "䶮", "" }, { "𬭎中", "z" }, { "座", "z" }, { "啊", "a" },
    { "衢州市濮阳路", "qzspyl" }, { "亍", "c" }, { "齄", "z" }, { "瓯海区", "ohq" },
    { "重庆银行分行", "cqyhfh" }, { "重点中学", "zdzx" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *got = pinyin_initials (cases[i].text);

    g_assert_cmpstr (got, ==, cases[i].initials);
  }
}

/* -- Code tables. */

/* First columns are code and name, codes are there once, parents exist. */
static void
check_table (const char *path)
{
  static const char *const needed[] = { "code", "name", NULL };
  g_autoptr (GHashTable) codes = g_hash_table_new_full (g_str_hash, g_str_equal,
                                                        g_free, NULL);
  g_autoptr (GPtrArray) parents = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  struct csv *csv = csv_open (path, needed, &error);

  g_assert_no_error (error);
  while (csv_next (csv, &error) > 0) {
    if (!g_hash_table_add (codes, g_strdup (csv_get (csv, "code"))))
      g_error ("%s:%u: code twice", path, csv_line (csv));
    if (*csv_get (csv, "name") == '\0')
      g_error ("%s:%u: no name", path, csv_line (csv));
    if (*csv_get (csv, "parent") != '\0')
      g_ptr_array_add (parents, g_strdup (csv_get (csv, "parent")));
  }
  g_assert_no_error (error);
  for (guint i = 0; i < parents->len; i++)
    if (!g_hash_table_contains (codes, parents->pdata[i]))
      g_error ("%s: parent %s is missing", path, (char *) parents->pdata[i]);
  csv_close (csv);
}

static void
test_tables (void)
{
  g_autoptr (GDir) dir = g_dir_open (BZ_CODES, 0, NULL);
  const char *name;
  unsigned n = 0;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (BZ_CODES, name, NULL);

    if (!g_str_has_suffix (name, ".csv"))
      continue;
    check_table (path);
    n++;
  }
  g_assert_cmpuint (n, >, 50);
}

/* The quota book finds a sub-type's account by the beginning of its code. */
static void
test_sub_types (void)
{
  static const char *const columns[] = { "code", "parent", "counts_quota",
                                         "structured", NULL };
  g_autoptr (GHashTable) counts = g_hash_table_new_full (
    g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GError) error = NULL;
  struct csv *csv = csv_open (BZ_CODES "/staffing_type.csv", columns, &error);

  g_assert_no_error (error);
  while (csv_next (csv, &error) > 0) {
    const char *code = csv_get (csv, "code"), *parent = csv_get (csv, "parent");
    const char *above = g_hash_table_lookup (counts, parent);

    if (above != NULL && strcmp (above, "1") == 0)
      g_assert_true (g_str_has_prefix (code, parent));
    g_hash_table_insert (counts, g_strdup (code),
                         g_strdup (csv_get (csv, "counts_quota")));
  }
  csv_close (csv);
}

/* -- The generator. */

static char *
generate (const char *jobs)
{
  g_autofree char *dir = g_dir_make_tmp ("bz-people-XXXXXX", NULL);
  const char *const argv[] = { BZ_TOP "/tools/demo-people", "--n", "200",
                               "--spread", "--jobs", jobs, "--verify", "--out",
                               dir, NULL };
  g_autofree char *persons = g_build_filename (dir, "persons.csv", NULL);
  g_autofree char *out = NULL;
  char *text;
  int status;

  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, 0, NULL, NULL, &out,
                               NULL, &status, NULL));
  g_assert_cmpint (status, ==, 0);
  g_assert_true (g_file_get_contents (persons, &text, NULL, NULL));
  {
    const char *const rm[] = { "rm", "-r", "--", dir, NULL };

    g_assert_true (g_spawn_sync (NULL, (char **) rm, NULL, G_SPAWN_SEARCH_PATH,
                                 NULL, NULL, NULL, NULL, NULL, NULL));
  }
  return text;
}

/* The same people whatever the machine. */
static void
test_generator (void)
{
  g_autofree char *once = generate ("1"), *again = generate ("2");
  unsigned lines = 0;

  g_assert_cmpstr (once, ==, again);
  for (const char *p = once; (p = strchr (p, '\n')) != NULL; p++)
    lines++;
  g_assert_cmpuint (lines, ==, 201);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv/good", test_csv_good);
  g_test_add_func ("/csv/bad-is-refused-with-its-line", test_csv_bad);
  g_test_add_func ("/csv/not-utf-8-is-refused", test_csv_encoding);
  g_test_add_func ("/pinyin/initials", test_pinyin);
  g_test_add_func ("/codes/tables-are-sound", test_tables);
  g_test_add_func ("/codes/sub-type-begins-with-its-parent", test_sub_types);
  g_test_add_func ("/demo-people/same-options-same-people", test_generator);
  return g_test_run ();
}
