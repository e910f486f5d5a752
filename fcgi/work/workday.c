/* Working days: counting terms and what is left of them.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <glib.h>
#include <stdio.h>
#include <string.h>
#include "define/code.h"
#include "work/workday.h"
#include "bianzhi/plugin.h"

static const char *const tables[] = { "workday_calendar_2024_2026",
                                      "workday_calendar" };
enum { JULIAN_1970 = 719163 }; /* 1970-01-01 in GDate's count */

bool
workday_parse (const char *date, long *days)
{
  GDate d;
  int year, month, day, used = 0;

  if (date == NULL || strlen (date) < 10
      || sscanf (date, "%4d-%2d-%2d%n", &year, &month, &day, &used) != 3
      || used != 10 || year < 1 || month < 1 || day < 1
      || !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month,
                            (GDateYear) year))
    return false;
  g_date_clear (&d, 1);
  g_date_set_dmy (&d, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  *days = (long) g_date_get_julian (&d) - JULIAN_1970;
  return true;
}

void
workday_text (long days, char ret[11])
{
  GDate d;

  g_date_clear (&d, 1);
  g_date_set_julian (&d, (guint32) (days + JULIAN_1970));
  (void) g_date_strftime (ret, 11, "%Y-%m-%d", &d);
}

/* "1" or "0" of the day's row; NULL: there is none. */
static const char *
day_row (const char *date)
{
  for (size_t i = 0; i < G_N_ELEMENTS (tables); i++) {
    const struct code_table *t = code_table (tables[i]);
    const struct code *day = t != NULL ? code_find (tables[i], date) : NULL;
    const char *is = day != NULL ? code_extra (t, day, "is_workday") : NULL;

    if (is != NULL)
      return is;
  }
  return NULL;
}

bool
workday_known (const char *date)
{
  g_autofree char *day = g_strndup (date, 10);

  return day_row (day) != NULL;
}

bool
workday_is (long days)
{
  char text[11];
  long weekday = ((days % 7) + 10) % 7; /* 0 is Monday: day 0 a Thursday */
  const char *is;

  workday_text (days, text);
  is = day_row (text);
  if (is != NULL)
    return strcmp (is, "1") == 0;
  return weekday < 5 && strcmp (text + 5, "01-01") != 0;
}

bool
workday_add (const char *date, int n, char ret[11])
{
  long days;

  if (!workday_parse (date, &days))
    return false;
  while (n > 0)
    if (workday_is (++days))
      n--;
  workday_text (days, ret);
  return true;
}

int
workday_between (const char *from, const char *to)
{
  long a, b;
  int n = 0;

  if (!workday_parse (from, &a) || !workday_parse (to, &b))
    return 0;
  while (a < b)
    if (workday_is (++a))
      n++;
  while (b < a)
    if (workday_is (a--))
      n--;
  return n;
}

/* -- plugin.h. */

int
bz_workday_after (const char *date, int n, char *ret)
{
  return workday_add (date, n, ret) ? BZ_OK : BZ_BAD_INPUT;
}
