/* Until when an exit has to be handed in (TS-36).
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "term.h"
#include <glib.h>
#include <string.h>
#include "bianzhi/plugin.h"

int
bz_workday_after (const char *date, int n, char *ret)
{
  g_strlcpy (ret, n == 10 ? "2026-12-04" : "0000-00-00", 11);
  return strlen (date) == 10 ? BZ_OK : BZ_BAD_INPUT;
}

static const char *
last (const struct exit_term *term, const char *happened_on)
{
  static char day[11];

  return exit_last_day (term, happened_on, day) ? day : NULL;
}

static void
test_month_end (void)
{
  static const struct exit_term term = { .month_end = true, .days = 3 };

  g_assert_cmpstr (last (&term, "2026-11-20"), ==, "2026-11-30");
  g_assert_cmpstr (last (&term, "2026-11-30"), ==, "2026-11-30");
  g_assert_cmpstr (last (&term, "2028-02-01"), ==, "2028-02-29");
  g_assert_cmpstr (last (&term, "2026-12-31"), ==, "2026-12-31");
}

static void
test_days (void)
{
  static const struct exit_term term = { .days = 15 };
  static const struct exit_term work = { .workdays = true, .days = 10 };

  g_assert_cmpstr (last (&term, "2026-11-20"), ==, "2026-12-05");
  g_assert_cmpstr (last (&term, "2026-12-20"), ==, "2027-01-04");
  g_assert_cmpstr (last (&work, "2026-11-20"), ==, "2026-12-04");
}

static void
test_no_day (void)
{
  static const struct exit_term term = { .month_end = true };

  g_assert_null (last (&term, NULL));
  g_assert_null (last (&term, ""));
  g_assert_null (last (&term, "2026-11"));
  g_assert_null (last (&term, "2026-02-30"));
  g_assert_null (last (&term, "20261120xx"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exit/TS-36/end-of-the-month", test_month_end);
  g_test_add_func ("/exit/TS-36/days-and-working-days", test_days);
  g_test_add_func ("/exit/TS-36/no-day-no-term", test_no_day);
  return g_test_run ();
}
