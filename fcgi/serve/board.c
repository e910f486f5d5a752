/* The status board: what each worker is doing, in memory that the master sees.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "serve/board.h"
#include <glib.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/mman.h>

struct slot {
  _Atomic int64_t deadline;
  _Atomic (const struct route *) route;
  _Atomic bool ready;
};

static struct slot *slots;
static unsigned count;
static struct slot *mine;

void
board_new (unsigned n)
{
  void *p = mmap (NULL, n * sizeof *slots, PROT_READ | PROT_WRITE,
                  MAP_SHARED | MAP_ANONYMOUS, -1, 0);

  if (p == MAP_FAILED)
    g_error ("no memory for the status board");
  slots = p;
  count = n;
}

void
board_free (void)
{
  if (slots != NULL)
    munmap (slots, count * sizeof *slots);
  slots = mine = NULL;
  count = 0;
}

void
board_take (unsigned slot)
{
  g_assert (slot < count);
  mine = &slots[slot];
}

void
board_ready (void)
{
  if (mine != NULL)
    atomic_store (&mine->ready, true);
}

void
board_begin (int64_t deadline_ms)
{
  if (mine != NULL)
    atomic_store (&mine->deadline, deadline_ms);
}

void
board_route (const struct route *route)
{
  if (mine != NULL)
    atomic_store (&mine->route, route);
}

void
board_end (void)
{
  board_begin (0);
  board_route (NULL);
}

void
board_clear (unsigned slot)
{
  atomic_store (&slots[slot].deadline, 0);
  atomic_store (&slots[slot].route, NULL);
  atomic_store (&slots[slot].ready, false);
}

unsigned
board_count_ready (void)
{
  unsigned n = 0;

  for (unsigned i = 0; i < count; i++)
    n += atomic_load (&slots[i].ready);
  return n;
}

int64_t
board_deadline (unsigned slot)
{
  return atomic_load (&slots[slot].deadline);
}

const struct route *
board_serving (unsigned slot)
{
  return atomic_load (&slots[slot].route);
}
