/* One source of time.  SPDX-License-Identifier: MulanPSL-2.0 */
#include <glib.h>
#include "serve/clock.h"

static void
test_fixed (void)
{
  char text[20];

  g_setenv ("BZ_NOW", "2026-11-22 10:26:03", TRUE);
  g_assert_true (clock_init ());
  clock_text (clock_now (), text);
  g_assert_cmpstr (text, ==, "2026-11-22 10:26:03");
  g_usleep (1100 * 1000);
  clock_text (clock_now (), text);
  g_assert_cmpstr (text, ==, "2026-11-22 10:26:03");
}

static void
test_running (void)
{
  int64_t first;

  g_setenv ("BZ_NOW", "+2026-11-22 10:26:03", TRUE);
  g_assert_true (clock_init ());
  first = clock_now ();
  g_usleep (1100 * 1000);
  g_assert_cmpint (clock_now (), >, first);
  g_assert_cmpint (clock_now (), <, first + 10);
}

static void
test_bad (void)
{
  static const char *const bad[] = {
    "yesterday", "2026-11-22", "2026-11-22T10:26:03", "2026-13-01 00:00:00",
    "2026-02-29 00:00:00", "2026-11-22 24:00:00", "2026-11-22 10:26:03 ",
    "++2026-11-22 10:26:03", "2026-1-22 10:26:03",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_setenv ("BZ_NOW", bad[i], TRUE);
    g_assert_false (clock_init ());
  }
}

static void
test_real (void)
{
  int64_t now = g_get_real_time () / G_USEC_PER_SEC;

  g_unsetenv ("BZ_NOW");
  g_assert_true (clock_init ());
  g_assert_cmpint (ABS (clock_now () - now), <=, 1);
}

static void
test_zone (void)
{
  char text[20];
  int64_t when;

  clock_text (0, text);
  g_assert_cmpstr (text, ==, "1970-01-01 08:00:00");
  g_assert_true (clock_parse ("2024-02-29 00:00:00", &when));
  g_assert_cmpint (when, ==, 1709136000);
  clock_text (1709136000, text);
  g_assert_cmpstr (text, ==, "2024-02-29 00:00:00");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clock/bz-now-stands-still", test_fixed);
  g_test_add_func ("/clock/bz-now-with-plus-runs-on", test_running);
  g_test_add_func ("/clock/bz-now-that-is-no-time", test_bad);
  g_test_add_func ("/clock/without-bz-now", test_real);
  g_test_add_func ("/clock/office-time", test_zone);
  return g_test_run ();
}
