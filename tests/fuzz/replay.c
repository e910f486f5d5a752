/* The engine of a fuzz target where there is no libFuzzer: it runs over
 * its corpus, which lies in the folder of its name.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "fuzz.h"

#include <stdbool.h>
#include <string.h>

#ifndef BZ_LIBFUZZER
enum { CUTS = 200 };

/* Folders of the tests that are a corpus, too; their files are not cut. */
static const struct {
  const char *target, *folder;
} more[] = {
  { "definitions", BZ_TESTS "/defs/good" },
  { "definitions", BZ_TESTS "/defs/bad" },
  { "csv", BZ_TESTS "/defs/good/codes" },
  { "csv", BZ_TESTS "/data" },
};

/* Each file whole and, with CUT, cut off at so many places. */
static int
replay (const char *folder, bool cut)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  int files = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autofree char *bytes = NULL;
    gsize size;

    if (g_file_test (path, G_FILE_TEST_IS_DIR))
      continue;
    g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
    g_assert_cmpint (LLVMFuzzerTestOneInput ((uint8_t *) bytes, size), ==, 0);
    for (gsize n = 0; cut && n < size; n += 1 + size / CUTS) {
      g_autofree uint8_t *piece = g_malloc (MAX (n, 1));

      memcpy (piece, bytes, n);
      (void) LLVMFuzzerTestOneInput (piece, n);
    }
    files++;
  }
  return files;
}

static void
test_corpus (const void *target)
{
  g_autofree char *corpus = g_strconcat (BZ_TESTS "/fuzz/corpus-", target,
                                         NULL);

  g_assert_cmpint (replay (corpus, true), >, 0);
  for (size_t i = 0; i < G_N_ELEMENTS (more); i++)
    if (g_str_equal (more[i].target, target))
      g_assert_cmpint (replay (more[i].folder, false), >, 0);
}

int
main (int argc, char **argv)
{
  const char *name = strrchr (argv[0], '-') + 1;
  g_autofree char *path = g_strconcat ("/fuzz/", name,
                                       "/corpus-without-finding", NULL);

  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func (path, name, test_corpus);
  return g_test_run ();
}
#endif
