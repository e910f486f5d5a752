/* Ages of those who enter: pure functions.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef ENTRY_AGE_H
#define ENTRY_AGE_H
#include <stdbool.h>

enum entry_age {
  ENTRY_AGE_OK,      /* or not known                                    */
  ENTRY_AGE_CHILD,   /* under 16                                        */
  ENTRY_AGE_RETIRES, /* within a year                                   */
  ENTRY_AGE_RETIRED, /* at or over the age of retirement                */
};
/* Whole months from DATE to ON, both "YYYY-MM-DD": a month counts when its day is
 * reached.  Negative when ON lies before. */
int entry_months (const char *date, const char *on);
/* The legal age of retirement in months, which rises step by step from 2025 on
 * (渐进式延迟法定退休年龄, decision of 2024-09-13): men from 60 to 63 years, women
 * from 55 to 58, women in workers' posts from 50 to 55.  SEX "2": a woman. */
int entry_retires_at (const char *sex, bool worker, const char *birth);
/* BIRTH or TODAY NULL or no date: ENTRY_AGE_OK. */
enum entry_age entry_age (const char *sex, bool worker, const char *birth,
                          const char *today);
#endif
