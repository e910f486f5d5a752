/* The status board: what each worker is doing and what was done, in memory
 * that master and workers share.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * A worker writes its own slot and adds to the counters; the master reads the
 * slots to end a worker that is over its deadline and to name the route that a
 * dead one was serving.  What a worker gone mad may have written is checked:
 * routes are numbers, never addresses.  Nothing on the board is about a
 * person. */
#ifndef SERVE_BOARD_H
#define SERVE_BOARD_H
#include <stdbool.h>
#include <stdint.h>

struct route;
enum board_state { BOARD_IDLE, BOARD_READING, BOARD_WORKING, BOARD_WRITING };
enum board_counter {
  BOARD_TRIPS,   /* questions to the database and their answers        */
  BOARD_UNKNOWN, /* a COMMIT whose outcome had to be asked for         */
  BOARD_RETRIES, /* transactions that were run again                   */
  BOARD_UPLOADS, /* files received                                     */
  BOARD_UPLOAD_BYTES,
  BOARD_DEATHS,  /* workers that did not leave by themselves           */
  BOARD_OVERDUE, /* of these: ended by the master at the deadline      */
  BOARD_SLOW,    /* requests whose stack was asked for                 */
  BOARD_LEAVERS, /* workers that left for what they hold               */
  BOARD_COUNTERS
};
/* Classes of answers; LOST: the worker died over it. */
enum { BOARD_LOST, BOARD_2XX = 2, BOARD_5XX = 5, BOARD_CLASSES };
/* Upper bounds of the histogram in ms; one more for all else. */
#define BOARD_BOUNDS                                                           \
  {                                                                            \
    5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000, 30000               \
  }
enum { BOARD_BUCKETS = 13 };

/* A slot as it was read. */
struct board_worker {
  int64_t pid; /* 0: nobody */
  enum board_state state;
  const struct route *route; /* NULL: none, or not known yet           */
  int64_t since;             /* clock_ms of STATE                      */
  int64_t deadline;          /* clock_ms; 0: idle                      */
  int64_t waits;             /* clock_ms since it waits for the
                              * database; 0: it does not               */
  int64_t requests;          /* answered                               */
  int64_t memory;            /* bytes resident after the last request  */
  int64_t error_at;          /* seconds since 1970 of its last 5xx; 0  */
  int64_t error_status;
  const struct route *error_route;
  int64_t generation;
};
/* What a route's row says; ROUTE NULL: requests that no route serves. */
struct board_route {
  int64_t answers[BOARD_CLASSES];
  int64_t buckets[BOARD_BUCKETS];
  int64_t count, us; /* of the histogram: answers, their microseconds */
  int64_t shut;      /* the incident for which it is shut; 0: it is not */
};

/* Master, before the fork and after the routes are known: slots for N workers,
 * rows for N_ROUTES, which AT tells by their numbers; all counters are
 * zero.  (By address, so that who only counts does not need the routes.) */
void board_new (unsigned n, int64_t generation, unsigned n_routes,
                const struct route *(*at) (unsigned) );
void board_free (void);

/* Worker: this slot is mine.  Without it (--once, tests) nothing is
 * written. */
void board_take (unsigned slot);
void board_ready (void); /* it accepts */
void board_begin (enum board_state, int64_t deadline_ms);
void board_route (const struct route *);
void board_waits (bool); /* for the database */
void board_end (void);
/* The present request was answered after US microseconds; the worker holds
 * MEMORY bytes. */
void board_answered (int status, int64_t us, int64_t memory);
const struct route *board_mine (void); /* safe in a signal's handler */
/* Any process: counts nothing where there is no board. */
void board_count (enum board_counter, int64_t n);
/* Why ROUTE is shut: the incident, or 0. */
int64_t board_shut (const struct route *);

/* Master. */
void board_clear (unsigned slot); /* before a worker takes it */
unsigned board_count_ready (void);
int64_t board_deadline (unsigned slot);
void board_deadline_met (unsigned slot); /* nobody waits for it any more */
const struct route *board_serving (unsigned slot);
/* Is WARNING (1, 2) of the present request new?  It is remembered. */
bool board_warn (unsigned slot, int64_t warning);
/* A worker died over ROUTE. */
void board_lost (const struct route *);
void board_shut_set (const struct route *, int64_t incident);

/* Reading; false: there is no such slot. */
bool board_worker (unsigned slot, struct board_worker *ret);
int64_t board_counted (enum board_counter);
void board_of_route (const struct route *, struct board_route *ret);
int64_t board_started (void); /* seconds since 1970; 0: there is no board */
int64_t board_generation (void);
#endif
