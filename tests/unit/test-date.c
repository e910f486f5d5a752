/* Dates as clerks type them (style guide 27).
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <glib.h>

#include "define/date.h"

static void
test_days (void)
{
  static const char *const typed[] = {
    "2026-03-15", "20260315", "2026.3.15", "2026/3/15", "2026年3月15日",
    "2026-3-15", "2026.03.15", "２０２６０３１５", "2026 年 3 月 15 日",
    "2026年3月15", "２０２６．３．１５",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (typed); i++) {
    char got[11];

    g_assert_cmpint (date_read (typed[i], got), ==, DATE_DAY);
    g_assert_cmpstr (got, ==, "2026-03-15");
  }
}

static void
test_months (void)
{
  static const char *const typed[] = { "2026-03", "202603", "2026.3",
                                       "2026年3月", "2026/03" };

  for (size_t i = 0; i < G_N_ELEMENTS (typed); i++) {
    char got[11];

    g_assert_cmpint (date_read (typed[i], got), ==, DATE_MONTH);
    g_assert_cmpstr (got, ==, "2026-03");
  }
}

static void
test_not_a_date (void)
{
  static const char *const typed[] = {
    "", "x", "2026", "26-03-15", "2026-03-", "2026-", "2026-03-15-", "15.3.2026",
    "2026-03.15", "2026年3", "2026年3月15日晚", "2026031", "202603155",
    "2026-03-15 10:00", "-2026-03-15", "2026--15", "去年三月",
    "2026-03-15; DROP", "二〇二六年三月",
    "00000000000000000000000000000000000000000000000000000000000000000000",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (typed); i++) {
    char got[11] = "untouched";

    g_assert_cmpint (date_read (typed[i], got), ==, DATE_NONE);
    g_assert_cmpstr (got, ==, "untouched");
  }
}

static void
test_impossible (void)
{
  static const char *const typed[] = {
    "2026-02-30", "20260230", "2025-02-29", "1900-02-29", "2026-13-01",
    "2026-00-01", "2026-04-31", "2026-01-00", "202600", "2026年2月30日",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (typed); i++) {
    char got[11];

    g_assert_cmpint (date_read (typed[i], got), ==, DATE_IMPOSSIBLE);
  }
}

static void
test_years (void)
{
  char got[11];

  g_assert_cmpint (date_read ("1899-12-31", got), ==, DATE_FAR);
  g_assert_cmpint (date_read ("2101-01-01", got), ==, DATE_FAR);
  g_assert_cmpint (date_read ("1900-01-01", got), ==, DATE_DAY);
  g_assert_cmpint (date_read ("2100-12-31", got), ==, DATE_DAY);
  g_assert_cmpint (date_read ("2000-02-29", got), ==, DATE_DAY);
}

static void
test_numbers (void)
{
  static const struct { const char *text; int ymd, days, months; } want[] = {
    { "1970-01-01", 19700101, 0, 23641 },
    { "1969-12-31", 19691231, -1, 23640 },
    { "2000-02-29", 20000229, 11016, 24002 },
    { "2000-03-01", 20000301, 11017, 24003 },
    { "2026-11-22", 20261122, 20779, 24323 },
    { "2026-11", 20261101, 20758, 24323 },
    { "1900-01-01", 19000101, -25567, 22801 },
  };
  struct date_number n;

  for (size_t i = 0; i < G_N_ELEMENTS (want); i++) {
    g_assert_cmpint (date_number (want[i].text, &n), ==, 0);
    g_assert_cmpint (n.ymd, ==, want[i].ymd);
    g_assert_cmpint (n.days, ==, want[i].days);
    g_assert_cmpint (n.months, ==, want[i].months);
  }
  g_assert_cmpint (date_number ("2026-02-30", &n), ==, -1);
  g_assert_cmpint (date_number ("", &n), ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/date/whole-days", test_days);
  g_test_add_func ("/date/months", test_months);
  g_test_add_func ("/date/what-is-no-date", test_not_a_date);
  g_test_add_func ("/date/days-that-do-not-exist", test_impossible);
  g_test_add_func ("/date/years-1900-to-2100", test_years);
  g_test_add_func ("/date/numbers-that-rules-compare", test_numbers);
  return g_test_run ();
}
