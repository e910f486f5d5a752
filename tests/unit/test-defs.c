/* Definitions that must be refused: tests/defs/bad, each with the sentence that
 * the error must contain in its first line.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <glib.h>

#include "data/query.h"
#include "data/xml.h"
#include "define/business.h"
#include "define/dict.h"
#include "define/pack.h"
#include "define/report.h"
#include "sample.h"

/* No plugins here. */
const struct pack *
pack_find (const char *name)
{
  return NULL;
}

void
plugin_row (const void *at, uint32_t stride, unsigned n, void *ret,
            size_t size)
{
  g_assert_not_reached ();
}

typedef int (*loader) (const char *path, const char *pack, GError **error);

static loader
loader_of (const char *file)
{
  static const struct { const char *prefix; loader load; } kinds[] = {
    { "dictionary-", dict_load }, { "process-", process_load },
    { "business-", business_load }, { "menu-", menu_load },
    { "queries-", query_load },     { "reports-", report_load },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_has_prefix (file, kinds[i].prefix))
      return kinds[i].load;
  return form_load;
}

static char *
expected (const char *path)
{
  static const char mark[] = "<!-- expect: ";
  g_autofree char *text = NULL;
  char *end;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, mark));
  end = strstr (text, " -->");
  g_assert_nonnull (end);
  return g_strndup (text + strlen (mark),
                    (size_t) (end - text) - strlen (mark));
}

/* Processes whose fault shows only beside the form of a business. */
static void
load_beside (void)
{
  static const char *const files[] = { "puts-list", "puts-unknown" };

  for (size_t i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree char *path = g_strdup_printf (BZ_TESTS "/defs/beside/%s.xml",
                                             files[i]);
    g_autoptr (GError) error = NULL;

    process_load (path, "sample", &error);
    g_assert_no_error (error);
  }
}

static void
test_bad (const void *data)
{
  g_autofree char *path = g_build_filename (BZ_TESTS "/defs/bad", data, NULL);
  g_autofree char *want = expected (path);
  g_autoptr (GError) error = NULL;

  sample_load (TRUE);
  load_beside ();
  g_assert_cmpint (loader_of (data) (path, "sample", &error), <, 0);
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, path));
  g_assert_nonnull (strstr (error->message, want));
  /* Nothing of it stays. */
  g_assert_null (form_find ("sample/bad"));
  g_assert_null (process_find ("sample", "bad", 0));
  g_assert_null (business_find ("sample"));
  report_clear ();
  business_clear ();
  sample_clear ();
}

static void
test_no_file (void)
{
  g_autoptr (GError) error = NULL;

  sample_load (TRUE);
  g_assert_cmpint (form_load (BZ_TESTS "/defs/none.xml", "sample", &error), <,
                   0);
  g_assert_nonnull (error);
  sample_clear ();
}

static void
test_no_schema (void)
{
  g_autoptr (GError) error = NULL;

  sample_load (TRUE);
  xml_schema_dir_set (BZ_TESTS "/none");
  g_assert_cmpint (form_load (BZ_TESTS "/defs/good/head.xml", "other", &error),
                   <, 0);
  g_assert_nonnull (strstr (error->message, "no schema form.rng"));
  sample_clear ();
}

static int
by_name (const void *a, const void *b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  GDir *dir;
  const char *name;

  g_test_init (&argc, &argv, NULL);
  dir = g_dir_open (BZ_TESTS "/defs/bad", 0, NULL);
  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".xml"))
      g_ptr_array_add (files, g_strdup (name));
  g_dir_close (dir);
  g_assert_cmpuint (files->len, >, 60);
  g_ptr_array_sort (files, by_name);
  for (unsigned i = 0; i < files->len; i++) {
    g_autofree char *path = g_strconcat ("/defs/bad/", files->pdata[i], NULL);

    g_test_add_data_func (path, files->pdata[i], test_bad);
  }
  g_test_add_func ("/defs/file-that-is-not-there", test_no_file);
  g_test_add_func ("/defs/schema-that-is-not-there", test_no_schema);
  return g_test_run ();
}
