/* Check codes: random, typed by people, one slip never passes.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <glib.h>
#include <string.h>
#include "people/crypto.h"
#include "work/checkcode.h"

static const char letters[] = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

/* Each is read back, none comes twice, every letter is used. */
static void
test_new (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal,
                                                       g_free, NULL);
  unsigned used[sizeof letters - 1] = { 0 };

  for (int i = 0; i < 2000; i++) {
    char code[CHECKCODE_SIZE + 1], again[CHECKCODE_SIZE + 1];

    checkcode_new (code);
    g_assert_cmpuint (strlen (code), ==, CHECKCODE_SIZE);
    g_assert_true (checkcode_read (code, again));
    g_assert_cmpstr (code, ==, again);
    g_assert_true (g_hash_table_add (seen, g_strdup (code)));
    for (const char *p = code; *p != '\0'; p++)
      used[strchr (letters, *p) - letters]++;
  }
  /* 24000 letters: 774 of each on average. */
  for (size_t i = 0; i < G_N_ELEMENTS (used); i++)
    g_assert_cmpuint (used[i], >, 600);
}

static void
test_typed (void)
{
  char code[CHECKCODE_SIZE + 1], again[CHECKCODE_SIZE + 1];
  g_autofree char *shown = NULL;
  g_autofree char *low = NULL;
  g_autofree char *spaced = NULL;
  g_autoptr (GString) wide = g_string_new (NULL);

  checkcode_new (code);
  shown = checkcode_shown (code);
  g_assert_cmpuint (strlen (shown), ==, 14);
  low = g_ascii_strdown (shown, -1);
  spaced = g_strdup_printf (" %.4s　%.4s – %.4s\n", code, code + 4, code + 8);
  for (const char *p = code; *p != '\0'; p++)
    g_string_append_unichar (wide, (gunichar) (*p - '!' + 0xff01));
  g_assert_true (checkcode_read (shown, again));
  g_assert_cmpstr (again, ==, code);
  g_assert_true (checkcode_read (low, again));
  g_assert_cmpstr (again, ==, code);
  g_assert_true (checkcode_read (spaced, again));
  g_assert_cmpstr (again, ==, code);
  g_assert_true (checkcode_read (wide->str, again));
  g_assert_cmpstr (again, ==, code);
}

/* One wrong letter, and two neighbours that changed places. */
static void
test_slips (void)
{
  for (int round = 0; round < 20; round++) {
    char code[CHECKCODE_SIZE + 1], bad[CHECKCODE_SIZE + 1];
    char out[CHECKCODE_SIZE + 1];

    checkcode_new (code);
    for (size_t i = 0; i < CHECKCODE_SIZE; i++) {
      for (const char *l = letters; *l != '\0'; l++) {
        memcpy (bad, code, sizeof bad);
        bad[i] = *l;
        g_assert_true (checkcode_read (bad, out) == (*l == code[i]));
      }
      if (i == 0 || code[i] == code[i - 1])
        continue;
      memcpy (bad, code, sizeof bad);
      bad[i] = code[i - 1];
      bad[i - 1] = code[i];
      g_assert_false (checkcode_read (bad, out));
    }
  }
}

static void
test_nonsense (void)
{
  static const char *const bad[] = { "",
                                     "-",
                                     "2222",
                                     "校验码",
                                     "0000-0000-0000",
                                     "IIII-IIII-IIII",
                                     "\xff\xfe",
                                     "222222222222222222222222",
                                     "2222-2222-2222'--" };
  char out[CHECKCODE_SIZE + 1];

  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (checkcode_read (bad[i], out));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (crypto_init (), ==, 0);
  g_test_add_func ("/checkcode/new", test_new);
  g_test_add_func ("/checkcode/typed", test_typed);
  g_test_add_func ("/checkcode/one-slip-never-passes", test_slips);
  g_test_add_func ("/checkcode/nonsense", test_nonsense);
  return g_test_run ();
}
