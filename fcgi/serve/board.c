/* The status board: what each worker is doing and what was done, in memory
 * that master and workers share.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "serve/board.h"
#include <glib.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <unistd.h>
#include "serve/clock.h"
#include "serve/route.h"

/* Routes stand as their number + 1; 0 is none. */
struct slot {
  _Atomic int64_t pid, state, route, since, deadline, requests, memory, waits;
  _Atomic int64_t error_at, error_status, error_route, generation, warned;
  _Atomic bool ready;
};
struct row {
  _Atomic int64_t answers[BOARD_CLASSES], buckets[BOARD_BUCKETS];
  _Atomic int64_t count, us, shut;
};
struct board {
  int64_t started, generation; /* set before the fork */
  unsigned slots, rows;
  _Atomic int64_t counters[BOARD_COUNTERS];
};

static const int bounds[BOARD_BUCKETS - 1] = BOARD_BOUNDS;
static struct board *board;
static struct slot *slots; /* behind the board, then the rows */
static struct row *rows;   /* 0: requests that no route serves */
static struct slot *mine;
static const struct route *(*known_at) (unsigned);

static size_t
board_size (unsigned n_slots, unsigned n_rows)
{
  return sizeof *board + n_slots * sizeof *slots + n_rows * sizeof *rows;
}

void
board_new (unsigned n, int64_t generation, unsigned n_routes,
           const struct route *(*at) (unsigned) )
{
  unsigned n_rows = n_routes + 1;
  void *p;

  board_free ();
  p = mmap (NULL, board_size (n, n_rows), PROT_READ | PROT_WRITE,
            MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (p == MAP_FAILED)
    g_error ("no memory for the status board");
  board = p;
  known_at = at;
  board->slots = n;
  board->rows = n_rows;
  board->started = clock_now ();
  board->generation = generation;
  slots = (struct slot *) (void *) (board + 1);
  rows = (struct row *) (void *) (slots + n);
}

void
board_free (void)
{
  if (board != NULL)
    munmap (board, board_size (board->slots, board->rows));
  board = NULL;
  slots = mine = NULL;
  rows = NULL;
}

static int64_t
number_of (const struct route *route)
{
  return route == NULL ? 0 : (int64_t) route->number + 1;
}

static const struct route *
route_of (int64_t number)
{
  return number < 1 || number > UINT_MAX || known_at == NULL
         ? NULL
         : known_at ((unsigned) number - 1);
}

static struct row *
row_of (const struct route *route)
{
  int64_t n = number_of (route);

  return board == NULL || n >= (int64_t) board->rows ? NULL : &rows[n];
}

/* -- A worker. */

void
board_take (unsigned slot)
{
  g_assert (board != NULL && slot < board->slots);
  mine = &slots[slot];
  atomic_store (&mine->pid, getpid ());
  atomic_store (&mine->generation, board->generation);
  atomic_store (&mine->since, clock_ms ());
}

void
board_ready (void)
{
  if (mine != NULL)
    atomic_store (&mine->ready, true);
}

void
board_begin (enum board_state state, int64_t deadline_ms)
{
  if (mine == NULL)
    return;
  atomic_store (&mine->state, state);
  atomic_store (&mine->since, clock_ms ());
  atomic_store (&mine->warned, 0);
  atomic_store (&mine->deadline, deadline_ms);
}

void
board_route (const struct route *route)
{
  if (mine != NULL)
    atomic_store (&mine->route, number_of (route));
}

void
board_waits (bool waits)
{
  if (mine != NULL)
    atomic_store (&mine->waits, waits ? clock_ms () : 0);
}

void
board_end (void)
{
  board_begin (BOARD_IDLE, 0);
  board_route (NULL);
}

const struct route *
board_mine (void)
{
  return mine == NULL ? NULL : route_of (atomic_load (&mine->route));
}

static unsigned
bucket_of (int64_t us)
{
  unsigned i = 0;

  while (i < G_N_ELEMENTS (bounds) && us > bounds[i] * INT64_C (1000))
    i++;
  return i;
}

static void
error_note (int status, int64_t route)
{
  if (mine == NULL || status < 500)
    return;
  atomic_store (&mine->error_route, route);
  atomic_store (&mine->error_status, status);
  atomic_store (&mine->error_at, clock_now ());
}

void
board_answered (int status, int64_t us, int64_t memory)
{
  int64_t route = mine != NULL ? atomic_load (&mine->route) : 0;
  struct row *row = row_of (route_of (route));

  if (mine == NULL || row == NULL)
    return;
  atomic_fetch_add (&row->answers[CLAMP (status / 100, 1, BOARD_5XX)], 1);
  atomic_fetch_add (&row->buckets[bucket_of (us)], 1);
  atomic_fetch_add (&row->count, 1);
  atomic_fetch_add (&row->us, us);
  atomic_fetch_add (&mine->requests, 1);
  atomic_store (&mine->memory, memory);
  error_note (status, route);
}

void
board_count (enum board_counter counter, int64_t n)
{
  if (board != NULL)
    atomic_fetch_add (&board->counters[counter], n);
}

int64_t
board_shut (const struct route *route)
{
  struct row *row = row_of (route);

  return row == NULL ? 0 : atomic_load (&row->shut);
}

/* -- The master. */

void
board_clear (unsigned slot)
{
  memset (&slots[slot], 0, sizeof slots[slot]);
}

unsigned
board_count_ready (void)
{
  unsigned n = 0;

  for (unsigned i = 0; board != NULL && i < board->slots; i++)
    n += atomic_load (&slots[i].ready);
  return n;
}

int64_t
board_deadline (unsigned slot)
{
  return atomic_load (&slots[slot].deadline);
}

void
board_deadline_met (unsigned slot)
{
  atomic_store (&slots[slot].deadline, 0);
}

const struct route *
board_serving (unsigned slot)
{
  return route_of (atomic_load (&slots[slot].route));
}

bool
board_warn (unsigned slot, int64_t warning)
{
  if (atomic_load (&slots[slot].warned) >= warning)
    return false;
  atomic_store (&slots[slot].warned, warning);
  return true;
}

void
board_lost (const struct route *route)
{
  struct row *row = row_of (route);

  if (row != NULL)
    atomic_fetch_add (&row->answers[BOARD_LOST], 1);
}

void
board_shut_set (const struct route *route, int64_t incident)
{
  struct row *row = row_of (route);

  if (row != NULL)
    atomic_store (&row->shut, incident);
}

/* -- Reading. */

bool
board_worker (unsigned slot, struct board_worker *ret)
{
  struct slot *s;
  int state;

  if (board == NULL || slot >= board->slots)
    return false;
  s = &slots[slot];
  state = atomic_load (&s->state);
  *ret = (struct board_worker){
    .pid = atomic_load (&s->pid),
    .state = (enum board_state) CLAMP (state, BOARD_IDLE, BOARD_WRITING),
    .route = route_of (atomic_load (&s->route)),
    .since = atomic_load (&s->since),
    .deadline = atomic_load (&s->deadline),
    .waits = atomic_load (&s->waits),
    .requests = atomic_load (&s->requests),
    .memory = atomic_load (&s->memory),
    .error_at = atomic_load (&s->error_at),
    .error_status = atomic_load (&s->error_status),
    .error_route = route_of (atomic_load (&s->error_route)),
    .generation = atomic_load (&s->generation),
  };
  return true;
}

int64_t
board_counted (enum board_counter counter)
{
  return board == NULL ? 0 : atomic_load (&board->counters[counter]);
}

void
board_of_route (const struct route *route, struct board_route *ret)
{
  struct row *row = row_of (route);

  *ret = (struct board_route){ 0 };
  if (row == NULL)
    return;
  for (unsigned i = 0; i < BOARD_CLASSES; i++)
    ret->answers[i] = atomic_load (&row->answers[i]);
  for (unsigned i = 0; i < BOARD_BUCKETS; i++)
    ret->buckets[i] = atomic_load (&row->buckets[i]);
  ret->count = atomic_load (&row->count);
  ret->us = atomic_load (&row->us);
  ret->shut = atomic_load (&row->shut);
}

int64_t
board_started (void)
{
  return board == NULL ? 0 : board->started;
}

int64_t
board_generation (void)
{
  return board == NULL ? 0 : board->generation;
}
