/* Ages of those who enter: pure functions.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "age.h"
#include <glib.h>
#include <stdbool.h>
#include <string.h>

static int
number (const char *text, size_t at, size_t size)
{
  int n = 0;

  for (size_t i = at; i < at + size && g_ascii_isdigit (text[i]); i++)
    n = n * 10 + text[i] - '0';
  return n;
}

static bool
is_date (const char *date)
{
  return date != NULL && strlen (date) == 10 && number (date, 0, 4) > 0;
}

static int
figure (const char *text)
{
  return text != NULL ? number (text, 0, strlen (text)) : 0;
}

/* Months since the year 0. */
static int
month_of (const char *date)
{
  return number (date, 0, 4) * 12 + number (date, 5, 2) - 1;
}

int
entry_months (const char *date, const char *on)
{
  bool early = number (on, 8, 2) < number (date, 8, 2);

  return month_of (on) - month_of (date) - early;
}

int
entry_retires_at (const struct entry_retirement *row, const char *birth,
                  const char *today, int *ret_left)
{
  int months = figure (row->months), step = figure (row->step);
  int most = figure (row->most), born, more = 0;

  if (!is_date (birth) || !is_date (today) || !is_date (row->from)
      || months == 0 || step == 0)
    return 0;
  born = month_of (birth) - month_of (row->from);
  if (born >= 0)
    more = MIN (born / step + 1, most);
  *ret_left = months + more - entry_months (birth, today);
  return months + more;
}
