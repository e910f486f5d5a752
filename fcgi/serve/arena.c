/* Memory that lives as long as one request: chunks, filled from the front.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "serve/arena.h"
#include <glib.h>
#include <stdalign.h>
#include <stdint.h>

enum { ARENA_CHUNK = 16 * 1024, ARENA_ALIGN = alignof (max_align_t) };

struct chunk {
  struct chunk *next;
  size_t size, used;
  alignas (max_align_t) unsigned char bytes[];
};
struct arena {
  struct chunk *chunk;
};

struct arena *
arena_new (void)
{
  return g_new0 (struct arena, 1);
}

void
arena_free (struct arena *a)
{
  if (a == NULL)
    return;
  for (struct chunk *c = a->chunk, *next; c != NULL; c = next) {
    next = c->next;
    g_free (c);
  }
  g_free (a);
}

/* A chunk with room for SIZE.  A large piece gets a chunk of its own behind
 * the current one, so that the rest of that one is still used. */
static struct chunk *
chunk_add (struct arena *a, size_t size)
{
  size_t room = MAX (size, ARENA_CHUNK);
  struct chunk *c = g_malloc0 (sizeof *c + room);

  c->size = room;
  if (size > ARENA_CHUNK / 4 && a->chunk != NULL) {
    c->next = a->chunk->next;
    a->chunk->next = c;
  }
  else {
    c->next = a->chunk;
    a->chunk = c;
  }
  return c;
}

void *
arena_alloc (struct arena *a, size_t size)
{
  struct chunk *c = a->chunk;
  void *p;

  if (size > SIZE_MAX / 2)
    g_error ("arena: %zu bytes asked for", size);
  size = (size + ARENA_ALIGN - 1) / ARENA_ALIGN * ARENA_ALIGN;
  if (size == 0)
    size = ARENA_ALIGN;
  if (c == NULL || c->size - c->used < size)
    c = chunk_add (a, size);
  p = c->bytes + c->used;
  c->used += size;
  return p;
}
