/* Until when an exit has to be handed in (TS-36).
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef EXIT_TERM_H
#define EXIT_TERM_H
#include <stdbool.h>

/* How the office counts: to the end of the month that it happened in, or DAYS
 * after it, working days alone or all. */
struct exit_term {
  bool month_end, workdays;
  int days;
};
/* The last day in time, "YYYY-MM-DD", into RET (11 bytes); false: HAPPENED_ON is
 * no date.  Pure. */
bool exit_last_day (const struct exit_term *, const char *happened_on,
                    char *ret);
#endif
