/* Unit tests of the version mechanism: plugins of other headers.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "define/pack.h"

#include <glib/gstdio.h>

static int
open_sample (const char *file, const char *name, struct pack *ret,
             GError **error)
{
  g_autofree char *path = g_build_filename (ABI_DIR, file, NULL);

  *ret = (struct pack) { .name = (char *) name };
  return plugin_open (ret, path, error);
}

/* Refused with the file's name and WHY, PACK untouched. */
static void
refused (const char *file, const char *name, const char *why)
{
  g_autoptr (GError) error = NULL;
  struct pack pack;

  g_assert_cmpint (open_sample (file, name, &pack, &error), <, 0);
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, file));
  g_assert_nonnull (strstr (error->message, why));
  g_assert_null (pack.dl);
  g_assert_null (pack.so);
  g_assert_null (pack.api.name);
}

static struct bz_route
route_at (const struct pack *pack, unsigned n)
{
  struct bz_route row;

  plugin_row (pack->api.routes.at, pack->api.routes.stride, n, &row,
              sizeof row);
  return row;
}

static struct bz_business
business_at (const struct pack *pack, unsigned n)
{
  struct bz_business row;

  memset (&row, 0xff, sizeof row);
  plugin_row (pack->api.businesses.at, pack->api.businesses.stride, n, &row,
              sizeof row);
  return row;
}

static void
sample_check (const struct pack *pack)
{
  g_assert_cmpstr (pack->api.name, ==, "sample");
  g_assert_cmpstr (pack->api.needs[0], ==, "staffing");
  g_assert_cmpuint (pack->api.routes.count, ==, 2);
  g_assert_cmpstr (route_at (pack, 0).path, ==, "/sample/");
  g_assert_cmpstr (route_at (pack, 1).permission, ==, "sample.edit");
  g_assert_true (route_at (pack, 1).handle != NULL);
  g_assert_cmpuint (pack->api.businesses.count, ==, 2);
  g_assert_cmpstr (business_at (pack, 0).name, ==, "sample");
  g_assert_cmpstr (business_at (pack, 1).name, ==, "second");
  g_assert_true (business_at (pack, 1).sheet == NULL);
  g_assert_cmpuint (pack->api.proofs.count, ==, 0);
  g_assert_true (pack->api.commands.at == NULL);
}

static void
test_present (void)
{
  g_autoptr (GError) error = NULL;
  struct pack pack;

  g_assert_cmpint (open_sample ("sample.so", "sample", &pack, &error), ==, 0);
  g_assert_no_error (error);
  g_assert_nonnull (pack.dl);
  g_assert_true (g_str_has_suffix (pack.so, "sample.so"));
  g_assert_cmpuint (pack.api.head.size, ==, sizeof pack.api);
  sample_check (&pack);
  g_free (pack.so);
}

static void
test_older (void)
{
  g_autoptr (GError) error = NULL;
  struct pack pack;

  g_assert_cmpint (open_sample ("older.so", "sample", &pack, &error), ==, 0);
  g_assert_no_error (error);
  /* It really is another header, not the same one again. */
  g_assert_cmpuint (pack.api.head.size, <, sizeof pack.api);
  g_assert_cmpuint (pack.api.businesses.stride, <, sizeof (struct bz_business));
  g_assert_cmpuint (pack.api.head.minor, <, BZ_API_MINOR);
  sample_check (&pack);
  g_free (pack.so);
}

static void
test_newer (void)
{
  refused ("newer.so", "sample", "another bianzhi/plugin.h that is newer");
}

static void
test_other_major (void)
{
  refused ("other.so", "sample", "another bianzhi/plugin.h");
}

static void
test_no_entry (void)
{
  refused ("bare.so", "sample", "no bz_plugin_entry");
}

static void
test_other_name (void)
{
  refused ("sample.so", "entry", "another name");
}

static void
test_missing (void)
{
  refused ("nothing.so", "nothing", "No such file");
}

static void
test_no_object (void)
{
  g_autofree char *dir = g_dir_make_tmp ("bz-abi-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "text.so", NULL);
  g_autoptr (GError) error = NULL;
  struct pack pack = { .name = (char *) "text" };

  g_assert_true (g_file_set_contents (path, "not an object", -1, NULL));
  g_assert_cmpint (plugin_open (&pack, path, &error), <, 0);
  g_assert_nonnull (strstr (error->message, "text.so"));
  (void) g_unlink (path);
  (void) g_rmdir (dir);
}

/* A row that is wider than ours is cut, a narrower one filled with zeros. */
static void
test_row (void)
{
  static const uint8_t rows[] = { 1, 2, 3, 4, 5, 6 };
  uint8_t wide[5], narrow[2];

  memset (wide, 9, sizeof wide);
  plugin_row (rows, 3, 1, wide, sizeof wide);
  g_assert_cmpmem (wide, 5, "\4\5\6\0\0", 5);
  plugin_row (rows, 3, 1, narrow, sizeof narrow);
  g_assert_cmpmem (narrow, 2, "\4\5", 2);
}

static void
test_names (void)
{
  static const char *const good[] = { "bz", "entry", "a1", "abcdefghijklmnop" };
  static const char *const bad[] = { "", "a", "1a", "Entry", "en-try", "en_try",
    "entry ", "abcdefghijklmnopq", "../entry", "编制" };

  for (size_t i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (plugin_name_ok (good[i]));
  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (plugin_name_ok (bad[i]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/abi/plugin-of-this-header-runs", test_present);
  g_test_add_func ("/abi/older-plugin-runs-with-zeros", test_older);
  g_test_add_func ("/abi/newer-minor-is-refused", test_newer);
  g_test_add_func ("/abi/other-major-is-refused", test_other_major);
  g_test_add_func ("/abi/without-entry-is-refused", test_no_entry);
  g_test_add_func ("/abi/other-name-is-refused", test_other_name);
  g_test_add_func ("/abi/missing-file-is-refused", test_missing);
  g_test_add_func ("/abi/what-is-no-object-is-refused", test_no_object);
  g_test_add_func ("/abi/row-is-cut-or-filled", test_row);
  g_test_add_func ("/abi/names", test_names);
  return g_test_run ();
}
