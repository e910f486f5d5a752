/* When a job runs.  SPDX-License-Identifier: MulanPSL-2.0 */
#include "serve/schedule.h"
#include <glib.h>
#include "serve/clock.h"

static void
parse (void)
{
  static const char *const bad[]
    = { "",           "02:10",      "daily",      "daily 24:00", "daily 02:60",
        "daily 2:10", "daily 02:1", "daily 02-10", "daily 02:10 ", "every",
        "every 15",   "every 0m",   "every m",    "every -1s",   "every 25h",
        "every 15mm", "OFF",        "every 1d",   "daily  02:10" };
  struct schedule s;

  g_assert_true (schedule_parse ("off", &s));
  g_assert_cmpint (s.kind, ==, SCHEDULE_OFF);
  g_assert_true (schedule_parse ("daily 23:59", &s));
  g_assert_cmpint (s.kind, ==, SCHEDULE_DAILY);
  g_assert_cmpint (s.seconds, ==, 23 * 3600 + 59 * 60);
  g_assert_true (schedule_parse ("every 24h", &s));
  g_assert_cmpint (s.kind, ==, SCHEDULE_EVERY);
  g_assert_cmpint (s.seconds, ==, 24 * 3600);
  g_assert_true (schedule_parse ("every 15m", &s));
  g_assert_cmpint (s.seconds, ==, 900);
  g_assert_true (schedule_parse ("every 1s", &s));
  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++)
    if (schedule_parse (bad[i], &s))
      g_error ("\"%s\" is taken for a schedule", bad[i]);
  g_assert_cmpint (s.seconds, ==, 1); /* it was left alone */
}

/* SCHEDULE at NOW, both in office time. */
static void
next_is (const char *schedule, const char *now, const char *expected)
{
  struct schedule s;
  int64_t when;
  char text[20];

  g_assert_true (schedule_parse (schedule, &s));
  g_assert_true (clock_parse (now, &when));
  clock_text (schedule_next (&s, when), text);
  g_assert_cmpstr (text, ==, expected);
}

static void
next (void)
{
  struct schedule off = { .kind = SCHEDULE_OFF };

  next_is ("daily 02:10", "2026-11-22 02:09:59", "2026-11-22 02:10:00");
  next_is ("daily 02:10", "2026-11-22 02:10:00", "2026-11-23 02:10:00");
  next_is ("daily 02:10", "2026-12-31 23:00:00", "2027-01-01 02:10:00");
  next_is ("daily 00:00", "2026-11-22 00:00:00", "2026-11-23 00:00:00");
  next_is ("daily 07:59", "2026-11-22 08:00:00", "2026-11-23 07:59:00");
  next_is ("every 15m", "2026-11-22 23:50:00", "2026-11-23 00:05:00");
  g_assert_cmpint (schedule_next (&off, 1000), ==, 0);
}

static void
retry (void)
{
  struct schedule daily, often, seldom, off = { .kind = SCHEDULE_OFF };
  int64_t now;

  g_assert_true (clock_parse ("2026-11-22 02:10:00", &now));
  g_assert_true (schedule_parse ("daily 02:10", &daily));
  g_assert_true (schedule_parse ("every 10s", &often));
  g_assert_true (schedule_parse ("every 2h", &seldom));
  g_assert_cmpint (schedule_retry (&daily, now, 1), ==, now + 60);
  g_assert_cmpint (schedule_retry (&daily, now, 3), ==, now + 240);
  g_assert_cmpint (schedule_retry (&daily, now, 1000), ==, now + 3600);
  g_assert_cmpint (schedule_retry (&daily, now - 30, 5), ==, now);
  g_assert_cmpint (schedule_retry (&often, now, 2), ==, now + 120);
  g_assert_cmpint (schedule_retry (&seldom, now, 2), ==, now + 7200);
  g_assert_cmpint (schedule_retry (&off, now, 2), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schedule/parse", parse);
  g_test_add_func ("/schedule/next", next);
  g_test_add_func ("/schedule/retry", retry);
  return g_test_run ();
}
