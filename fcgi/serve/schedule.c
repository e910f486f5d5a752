/* When a job runs.  SPDX-License-Identifier: MulanPSL-2.0 */
#include "serve/schedule.h"
#include <glib.h>
#include <string.h>
#include "serve/clock.h"

enum { DAY = 24 * 3600, RETRY_FIRST = 60, RETRY_LAST = 3600 };

/* "02:10" */
static bool
time_parse (const char *text, int64_t *ret)
{
  int hour, minute;

  if (strlen (text) != 5 || text[2] != ':')
    return false;
  for (int i = 0; i < 5; i++)
    if (i != 2 && !g_ascii_isdigit (text[i]))
      return false;
  hour = (text[0] - '0') * 10 + text[1] - '0';
  minute = (text[3] - '0') * 10 + text[4] - '0';
  *ret = hour * 3600 + minute * 60;
  return hour < 24 && minute < 60;
}

/* "15m" */
static bool
span_parse (const char *text, int64_t *ret)
{
  size_t digits = strspn (text, "0123456789");
  g_autofree char *number = g_strndup (text, digits);
  int64_t n, unit = text[digits] == 's' ? 1
                  : text[digits] == 'm' ? 60
                  : text[digits] == 'h' ? 3600
                                        : 0;

  if (unit == 0 || text[digits + 1] != '\0'
      || !g_ascii_string_to_signed (number, 10, 1, DAY / unit, &n, NULL))
    return false;
  *ret = n * unit;
  return true;
}

bool
schedule_parse (const char *text, struct schedule *ret)
{
  struct schedule s = { .kind = SCHEDULE_OFF };
  bool ok = g_str_equal (text, "off");

  if (g_str_has_prefix (text, "daily ")) {
    s.kind = SCHEDULE_DAILY;
    ok = time_parse (text + strlen ("daily "), &s.seconds);
  }
  if (g_str_has_prefix (text, "every ")) {
    s.kind = SCHEDULE_EVERY;
    ok = span_parse (text + strlen ("every "), &s.seconds);
  }
  if (ok)
    *ret = s;
  return ok;
}

int64_t
schedule_next (const struct schedule *s, int64_t now)
{
  int64_t local = now + CLOCK_OFFSET;
  int64_t at = local - local % DAY + s->seconds;

  if (s->kind == SCHEDULE_OFF)
    return 0;
  if (s->kind == SCHEDULE_EVERY)
    return now + s->seconds;
  return (at > local ? at : at + DAY) - CLOCK_OFFSET;
}

int64_t
schedule_retry (const struct schedule *s, int64_t now, int64_t failures)
{
  int64_t next = schedule_next (s, now), pause = RETRY_FIRST;

  for (int64_t n = 1; n < failures && pause < RETRY_LAST; n++)
    pause *= 2;
  pause = now + MIN (pause, RETRY_LAST);
  if (next == 0)
    return 0;
  return s->kind == SCHEDULE_DAILY ? MIN (next, pause) : MAX (next, pause);
}
