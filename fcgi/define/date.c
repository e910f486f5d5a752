/* Reading dates.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "define/date.h"

#include <glib.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static int
days_in_month (int year, int month)
{
  static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

  return month == 2 && leap ? 29 : days[month - 1];
}

/* One to MAX digits at *P.  -1: none. */
static int
digits (const char **p, int max)
{
  int value = 0, n = 0;

  while (n < max && g_ascii_isdigit (**p)) {
    value = value * 10 + (*(*p)++ - '0');
    n++;
  }
  return n > 0 ? value : -1;
}

/* Step over WORD or, if SHORT_FORM is not NUL, over that character. */
static bool
skip (const char **p, const char *word, char short_form)
{
  if (short_form != '\0' && **p == short_form) {
    (*p)++;
    return true;
  }
  if (!g_str_has_prefix (*p, word))
    return false;
  *p += strlen (word);
  return true;
}

/* 20260315 or 202603. */
static bool
packed (const char *text, int part[3])
{
  size_t n = strlen (text);
  int value;

  if ((n != 8 && n != 6) || strspn (text, "0123456789") != n)
    return false;
  value = (int) g_ascii_strtoll (text, NULL, 10);
  part[2] = n == 8 ? value % 100 : -1;
  value = n == 8 ? value / 100 : value;
  part[1] = value % 100;
  part[0] = value / 100;
  return true;
}

/* With separators; the same one in both places, or 年 月 日. */
static bool
separated (const char *text, int part[3])
{
  const char *p = text;
  char mark;

  part[2] = -1;
  part[0] = digits (&p, 4);
  if (p - text != 4)
    return false;
  mark = *p == '-' || *p == '.' || *p == '/' ? *p : '\0';
  if (!skip (&p, "年", mark))
    return false;
  part[1] = digits (&p, 2);
  if (part[1] < 0)
    return false;
  if (mark == '\0' ? !skip (&p, "月", '\0') : *p != '\0' && *p++ != mark)
    return false;
  if (*p == '\0')
    return mark == '\0' || p[-1] != mark; /* "2026-03-" is cut off */
  part[2] = digits (&p, 2);
  if (mark == '\0')
    (void) skip (&p, "日", '\0');
  return part[2] >= 0 && *p == '\0';
}

enum date_read
date_read (const char *text, char *ret)
{
  g_autofree char *plain = NULL;
  int part[3];

  if (strlen (text) > 60)
    return DATE_NONE;
  plain = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);
  if (plain == NULL)
    return DATE_NONE;
  for (char *to = plain, *from = plain; (*to = *from) != '\0'; from++)
    if (*from != ' ')
      to++;
  if (!packed (plain, part) && !separated (plain, part))
    return DATE_NONE;
  if (part[1] < 1 || part[1] > 12 || part[2] == 0)
    return DATE_IMPOSSIBLE;
  if (part[0] < 1900 || part[0] > 2100)
    return DATE_FAR;
  if (part[2] < 0) {
    (void) snprintf (ret, 11, "%04u-%02u", (unsigned) part[0] % 10000u,
                     (unsigned) part[1] % 100u);
    return DATE_MONTH;
  }
  if (part[2] > days_in_month (part[0], part[1]))
    return DATE_IMPOSSIBLE;
  (void) snprintf (ret, 11, "%04u-%02u-%02u", (unsigned) part[0] % 10000u,
                   (unsigned) part[1] % 100u, (unsigned) part[2] % 100u);
  return DATE_DAY;
}

int
date_number (const char *text, struct date_number *ret)
{
  char buf[11];
  enum date_read kind = date_read (text, buf);
  int y, m, d = 1, shifted;

  if (kind != DATE_DAY && kind != DATE_MONTH)
    return -1;
  y = (int) g_ascii_strtoll (buf, NULL, 10);
  m = (int) g_ascii_strtoll (buf + 5, NULL, 10);
  if (kind == DATE_DAY)
    d = (int) g_ascii_strtoll (buf + 8, NULL, 10);
  ret->ymd = y * 10000 + m * 100 + d;
  ret->months = y * 12 + m;
  /* Count from March, so that the leap day is the last of its year. */
  shifted = m > 2 ? y : y - 1;
  ret->days = 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400
            + (153 * (m > 2 ? m - 3 : m + 9) + 2) / 5 + d - 719469;
  return 0;
}
