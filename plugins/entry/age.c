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
entry_retires_at (const char *sex, bool worker, const char *birth)
{
  /* Each STEP months of birth from FROM on add a month, MOST at most. */
  static const struct row {
    int base, from, step, most;
  } man = { 720, 1965 * 12, 4, 36 }, woman = { 660, 1970 * 12, 4, 36 },
    woman_worker = { 600, 1975 * 12, 2, 60 };
  const struct row *row = g_strcmp0 (sex, "2") != 0 ? &man
                        : worker                    ? &woman_worker
                                                    : &woman;
  int born = month_of (birth);
  int more = born < row->from ? 0 : (born - row->from) / row->step + 1;

  return row->base + MIN (more, row->most);
}

enum entry_age
entry_age (const char *sex, bool worker, const char *birth, const char *today)
{
  int age, end;

  if (!is_date (birth) || !is_date (today))
    return ENTRY_AGE_OK;
  age = entry_months (birth, today);
  end = entry_retires_at (sex, worker, birth);
  if (age < 16 * 12)
    return ENTRY_AGE_CHILD;
  if (age >= end)
    return ENTRY_AGE_RETIRED;
  return age + 12 >= end ? ENTRY_AGE_RETIRES : ENTRY_AGE_OK;
}
