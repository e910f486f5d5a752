/* The memory of libxml2: small pieces that are used again.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "data/pool.h"
#include <glib.h>
#include <libxml/xmlmemory.h>
#include <stdint.h>
#include <stdlib.h>

#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define POOL_SANITIZED
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#define POOL_SANITIZED
#endif

enum {
  POOL_STEP = 16,
  POOL_SIZES = 32,            /* pieces of 16, 32, ... 512 bytes   */
  POOL_WAITING = 1024 * 1024, /* bytes that wait; a page needs 600 KiB */
  POOL_HELD = 0x62c5a9d1,     /* what stands before a piece that is held */
  POOL_WAITS = 0x1f7e03b5,    /* and before one that waits         */
};

/* Before each piece; a multiple of what any type must be aligned to. */
struct piece {
  uint32_t state;
  uint32_t sort; /* steps; 0: the system's */
  union {
    size_t size;        /* of the system's  */
    struct piece *next; /* of one that waits */
  };
};
G_STATIC_ASSERT (sizeof (struct piece) == POOL_STEP);

/* One for each thread: a picture may be read in another one.  What it frees,
 * it keeps, whoever made it. */
static _Thread_local struct {
  struct piece *waiting[POOL_SIZES + 1];
  size_t bytes, held;
} pool;
static bool installed;

static void *
piece_new (uint32_t sort, size_t size)
{
  struct piece *p;

  if (size > SIZE_MAX / 2)
    return NULL;
  p = malloc (sizeof *p + size);
  if (p == NULL)
    return NULL;
  p->state = POOL_HELD;
  p->sort = sort;
  p->size = size;
  return p + 1;
}

static void *
pool_alloc (size_t size)
{
  size_t sort = (size + POOL_STEP - 1) / POOL_STEP;
  struct piece *p;

  pool.held++;
  if (G_UNLIKELY (size > POOL_STEP * POOL_SIZES))
    return piece_new (0, size);
  sort += sort == 0;
  p = pool.waiting[sort];
  if (G_UNLIKELY (p == NULL))
    return piece_new ((uint32_t) sort, sort * POOL_STEP);
  pool.waiting[sort] = p->next;
  pool.bytes -= sort * POOL_STEP;
  p->state = POOL_HELD;
  return p + 1;
}

/* A pointer of somebody else, or one that was freed before, ends the process:
 * what it would break cannot be known. */
static struct piece *
piece_of (void *at)
{
  struct piece *p = (struct piece *) at - 1;

  if (G_UNLIKELY (p->state != POOL_HELD))
    g_error ("pool: a piece that is not held");
  return p;
}

static void
pool_free (void *at)
{
  struct piece *p;

  if (at == NULL)
    return;
  p = piece_of (at);
  pool.held--;
  p->state = POOL_WAITS;
  if (G_UNLIKELY (p->sort == 0 || pool.bytes >= POOL_WAITING)) {
    free (p);
    return;
  }
  pool.bytes += p->sort * POOL_STEP;
  p->next = pool.waiting[p->sort];
  pool.waiting[p->sort] = p;
}

static void *
pool_resize (void *at, size_t size)
{
  struct piece *p;
  size_t room;
  void *ret;

  if (at == NULL)
    return pool_alloc (size);
  p = piece_of (at);
  room = p->sort != 0 ? p->sort * POOL_STEP : p->size;
  if (size <= room && (p->sort != 0 || size > POOL_STEP * POOL_SIZES))
    return at;
  ret = pool_alloc (size);
  if (ret == NULL)
    return NULL;
  memcpy (ret, at, MIN (room, size));
  pool_free (at);
  return ret;
}

static char *
pool_text (const char *text)
{
  size_t size = strlen (text) + 1;
  char *ret = pool_alloc (size);

  return ret != NULL ? memcpy (ret, text, size) : NULL;
}

static bool
watched (void)
{
#ifdef POOL_SANITIZED
  return true;
#else
  const char *debug = g_getenv ("G_DEBUG");

  return debug != NULL && strstr (debug, "gc-friendly") != NULL;
#endif
}

void
pool_install (void)
{
  if (!installed && !watched ())
    installed = xmlMemSetup (pool_free, pool_alloc, pool_resize, pool_text)
             == 0;
}

bool
pool_stands (void)
{
  return installed;
}

void
pool_counts (size_t *held, size_t *waiting)
{
  *held = pool.held;
  *waiting = pool.bytes;
}
