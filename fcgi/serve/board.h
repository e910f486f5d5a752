/* The status board: what each worker is doing, in memory that the master sees.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * A worker writes its own slot; the master reads it to end a worker that is
 * over its deadline and to name the route that a dead one was serving.  Routes
 * are the same addresses in both, because they are made before the fork. */
#ifndef SERVE_BOARD_H
#define SERVE_BOARD_H
#include <stdint.h>

struct route;
/* Master, before the fork: slots for N workers. */
void board_new (unsigned n);
void board_free (void);
/* Worker: this slot is mine.  Without it (--single, tests) nothing is
 * written. */
void board_take (unsigned slot);
void board_ready (void);                /* it accepts        */
void board_begin (int64_t deadline_ms); /* clock_ms of its end */
void board_route (const struct route *);
void board_end (void);
/* Master. */
void board_clear (unsigned slot);
unsigned board_count_ready (void);
int64_t board_deadline (unsigned slot); /* 0: idle */
const struct route *board_serving (unsigned slot);
#endif
