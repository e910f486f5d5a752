/* Working days, by the code table workday_calendar_*; beyond what is loaded
 * Monday to Friday less 1 January.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef WORK_WORKDAY_H
#define WORK_WORKDAY_H
#include <stdbool.h>

/* "YYYY-MM-DD" into DAYS since 1970; false: not a date. */
bool workday_parse (const char *date, long *days);
void workday_text (long days, char ret[11]);
bool workday_is (long days);
/* Is the calendar of DATE loaded?  A term beyond it is provisional. */
bool workday_known (const char *date);
/* The Nth working day after DATE; false: DATE is none. */
bool workday_add (const char *date, int n, char ret[11]);
/* Working days from FROM (not counted) to TO (counted); negative when TO lies
 * before FROM. */
int workday_between (const char *from, const char *to);
#endif
