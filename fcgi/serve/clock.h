/* The only place that asks what time it is.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef SERVE_CLOCK_H
#define SERVE_CLOCK_H
#include <stdbool.h>
#include <stdint.h>

/* Seconds that the office's time is ahead of UTC: China has had one zone and no
 * summer time since 1991. */
enum { CLOCK_OFFSET = 8 * 3600 };

/* Seconds since 1970 (UTC).  The environment's BZ_NOW ("2026-11-22 10:26:03",
 * office time) sets it for tests and the demo; it then stands still unless it
 * begins with "+", when it runs on from there. */
int64_t clock_now (void);
/* Reads BZ_NOW; before the fork, so that all workers run on from one moment.
 * false: it is there and is no time. */
bool clock_init (void);
/* "YYYY-MM-DD hh:mm:ss" of the office to seconds since 1970. */
bool clock_parse (const char *text, int64_t *ret);
/* In the office's time zone (Asia/Shanghai): "YYYY-MM-DD hh:mm:ss" into a
 * buffer of at least 20 bytes; its first 10 are the date. */
void clock_text (int64_t when, char *ret);
/* Monotonic milliseconds, for deadlines; microseconds, to measure. */
int64_t clock_ms (void);
int64_t clock_us (void);
#endif
