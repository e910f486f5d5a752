/* When a job runs: "daily 02:10", "every 15m", "off".
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef SERVE_SCHEDULE_H
#define SERVE_SCHEDULE_H
#include <stdbool.h>
#include <stdint.h>

#define SCHEDULE_LOOKS                                                         \
  "daily hh:mm, every Ns, every Nm, every Nh (a day at most), or off"

enum schedule_kind { SCHEDULE_OFF, SCHEDULE_DAILY, SCHEDULE_EVERY };
struct schedule {
  enum schedule_kind kind;
  int64_t seconds; /* since midnight of the office's day; between two runs */
};
/* false: TEXT is none. */
bool schedule_parse (const char *text, struct schedule *ret);
/* The first moment after NOW (clock_now); 0: never. */
int64_t schedule_next (const struct schedule *, int64_t now);
/* After so many FAILURES in a row (1 and more): a minute later, then two, four
 * ... up to an hour; a daily job not later than its next day, another not sooner
 * than it would run anyhow. */
int64_t schedule_retry (const struct schedule *, int64_t now, int64_t failures);
#endif
