/* Memory that lives as long as one request.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef SERVE_ARENA_H
#define SERVE_ARENA_H
#include <stddef.h>

struct arena;
struct arena *arena_new (void);
void arena_free (struct arena *); /* NULL is allowed */
/* SIZE zeroed bytes, aligned for anything; never NULL. */
void *arena_alloc (struct arena *, size_t size);
#endif
