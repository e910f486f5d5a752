/* Ages of those who enter: pure functions.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef ENTRY_AGE_H
#define ENTRY_AGE_H
#include <stdbool.h>

/* A row of the code table retirement_age: the legal age of retirement in months
 * of who was born before FROM ("YYYY-MM-DD"); it rises by one for each STEP months
 * of birth from there on, by MOST at most. */
struct entry_retirement {
  const char *months, *from, *step, *most;
};
/* Whole months from DATE to ON, both "YYYY-MM-DD": a month counts when its day is
 * reached.  Negative when ON lies before. */
int entry_months (const char *date, const char *on);
/* The legal age of retirement of somebody born on BIRTH, in months, and in *RET_LEFT
 * the whole months that are left of it on TODAY (0 or less: it is reached).  0: a
 * date is none, or the row has no such figures. */
int entry_retires_at (const struct entry_retirement *, const char *birth,
                      const char *today, int *ret_left);
#endif
