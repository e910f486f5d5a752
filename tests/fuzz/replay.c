/* Runs a fuzz target over its corpus, where there is no libFuzzer.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <glib.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Each file whole, and cut at each of its first bytes. */
static void
test_corpus (void)
{
  g_autoptr (GDir) dir = g_dir_open (FUZZ_CORPUS, 0, NULL);
  const char *name;
  int files = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (FUZZ_CORPUS, name, NULL);
    g_autofree char *bytes = NULL;
    gsize size;

    g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
    g_assert_cmpint (LLVMFuzzerTestOneInput ((uint8_t *) bytes, size), ==, 0);
    for (gsize n = 0; n < MIN (size, 2000); n++)
      (void) LLVMFuzzerTestOneInput ((uint8_t *) bytes, n);
    files++;
  }
  g_assert_cmpint (files, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fuzz/" FUZZ_NAME "/corpus-without-finding", test_corpus);
  return g_test_run ();
}
