/* The only place that asks what time it is.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "serve/clock.h"
#include <glib.h>
#include <stdbool.h>
#include <time.h>

static bool asked, set, runs;
static int64_t set_to, set_at_ms;

int64_t
clock_ms (void)
{
  struct timespec t;

  clock_gettime (CLOCK_MONOTONIC, &t);
  return (int64_t) t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int64_t
clock_us (void)
{
  struct timespec t;

  clock_gettime (CLOCK_MONOTONIC, &t);
  return (int64_t) t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

bool
clock_parse (const char *text, int64_t *ret)
{
  static const char shape[] = "dddd-dd-dd dd:dd:dd";
  g_autoptr (GDateTime) when = NULL;
  int n[6] = { 0 };
  size_t at = 0, i = 0;

  for (; shape[i] != '\0'; i++) {
    if (shape[i] == 'd' && g_ascii_isdigit (text[i])) {
      n[at] = n[at] * 10 + (text[i] - '0');
      continue;
    }
    if (shape[i] == 'd' || text[i] != shape[i])
      return false;
    at++;
  }
  if (text[i] != '\0')
    return false;
  when = g_date_time_new_utc (n[0], n[1], n[2], n[3], n[4], n[5]);
  if (when == NULL)
    return false;
  *ret = g_date_time_to_unix (when) - CLOCK_OFFSET;
  return true;
}

bool
clock_init (void)
{
  const char *now = g_getenv ("BZ_NOW");

  asked = true;
  set = false;
  if (now == NULL || *now == '\0')
    return true;
  runs = *now == '+';
  set_at_ms = clock_ms ();
  set = clock_parse (now + runs, &set_to);
  return set;
}

int64_t
clock_now (void)
{
  if (!asked && !clock_init ())
    g_warning ("BZ_NOW is not \"YYYY-MM-DD hh:mm:ss\" and is ignored");
  if (!set)
    return (int64_t) time (NULL);
  return runs ? set_to + (clock_ms () - set_at_ms) / 1000 : set_to;
}

void
clock_text (int64_t when, char *ret)
{
  time_t t = (time_t) (when + CLOCK_OFFSET);
  struct tm tm;

  gmtime_r (&t, &tm);
  if (strftime (ret, 20, "%Y-%m-%d %H:%M:%S", &tm) == 0)
    ret[0] = '\0';
}
