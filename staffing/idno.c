/* The resident number of GB 11643-1999: 18 places, the last one a check.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "bianzhi/staffing.h"
#include <glib.h>
#include <stdbool.h>

/* Weights and check characters of MOD 11-2. */
static const int weight[17] = { 7, 9, 10, 5,  8, 4, 2, 1, 6,
                                3, 7, 9,  10, 5, 8, 4, 2 };
static const char check_of[] = "10X98765432";

static int
digits (const char *at, int count)
{
  int value = 0;

  for (int i = 0; i < count; i++)
    value = value * 10 + (at[i] - '0');
  return value;
}

static bool
letters_ok (const char *number)
{
  for (int i = 0; i < 17; i++)
    if (!g_ascii_isdigit (number[i]))
      return false;
  return g_ascii_isdigit (number[17]) || number[17] == 'X';
}

/* A day of the calendar.  The year is bounded here only against nonsense:
 * how old somebody may be is a rule of the business. */
static bool
date_ok (const char *number)
{
  int year = digits (number + 6, 4), month = digits (number + 10, 2);

  return year >= 1800 && year < 2100 && month >= 1 && month <= 12
      && g_date_valid_dmy ((GDateDay) digits (number + 12, 2),
                           (GDateMonth) month, (GDateYear) year);
}

enum bz_idno
bz_idno_check (const char *number, char *check)
{
  int sum = 0;

  if (number == NULL || strlen (number) != 18)
    return BZ_IDNO_LENGTH;
  if (!letters_ok (number))
    return BZ_IDNO_LETTERS;
  if (!date_ok (number))
    return BZ_IDNO_DATE;
  for (int i = 0; i < 17; i++)
    sum += (number[i] - '0') * weight[i];
  if (number[17] == check_of[sum % 11])
    return BZ_IDNO_OK;
  if (check != NULL)
    *check = check_of[sum % 11];
  return BZ_IDNO_CHECK;
}

int
bz_idno_mark (struct bz_req *req, const char *field, const char *number)
{
  char check = '?';

  switch (bz_idno_check (number, &check)) {
  case BZ_IDNO_OK:
    return BZ_OK;
  case BZ_IDNO_LENGTH:
    return bz_mark (req, field, "身份证号应为 18 位，请核对");
  case BZ_IDNO_LETTERS:
    return bz_mark (req, field,
                    "身份证号前 17 位应为数字，第 18 位应为数字或"
                    "大写字母 X，请核对");
  case BZ_IDNO_DATE:
    return bz_mark (req, field,
                    "身份证号第 7 至 14 位不是有效的出生日期，"
                    "请核对");
  case BZ_IDNO_CHECK:
    break;
  }
  return bz_mark (req, field, "身份证号第 18 位校验码不符，应为 %c，请核对",
                  check);
}

void
bz_idno_birth (const char *number, char *ret)
{
  g_snprintf (ret, 11, "%.4s-%.2s-%.2s", number + 6, number + 10, number + 12);
}

const char *
bz_idno_sex (const char *number)
{
  return (number[16] - '0') % 2 == 1 ? "1" : "2";
}

const char *
bz_idno_masked (struct bz_req *req, const char *number)
{
  return number != NULL && strlen (number) == 18
         ? bz_format (req, "%.6s********%s", number, number + 14)
         : "";
}
