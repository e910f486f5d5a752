/* What a worker may hold, and when it holds too much to go on.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef SERVE_LIMIT_H
#define SERVE_LIMIT_H
#include <stdbool.h>
#include <stdint.h>
#include "serve/conf.h"

/* Worker: address space as configured, descriptors, no core files, which would
 * hold personal data. */
void limit_set (const struct conf *);
/* Worker, before its first request: what it holds now is its own. */
void limit_begin (void);
/* Bytes resident now; 0: not known. */
int64_t limit_memory (void);
/* Between two requests: are many more descriptors open than at the start? */
bool limit_leaks (void);
#endif
