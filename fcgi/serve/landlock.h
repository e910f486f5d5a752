/* Which paths a process may open.  SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef SERVE_LANDLOCK_H
#define SERVE_LANDLOCK_H
#include <stdbool.h>
#include <stddef.h>

struct landlock_place {
  int folder; /* open, O_PATH is enough */
  bool write; /* make, change and remove files there; else read only */
};

/* Does the kernel have it? */
bool landlock_there (void);
/* From now on only the N places and what is below them can be opened.  False:
 * nothing has changed; where the kernel has it, something is wrong. */
bool landlock_enter (const struct landlock_place *, size_t n);
#endif
