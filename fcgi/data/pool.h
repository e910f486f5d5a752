/* The memory of libxml2: small pieces that are used again.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * A page is made of some ten thousand pieces of less than 512 bytes, all freed
 * when it has gone out.  What is freed here waits, sorted by size, for the next
 * page, up to a limit; beyond it and above that size the system's allocator
 * has it.  Nothing is freed that was not freed by its owner: a dictionary, an
 * error or a stylesheet may live as long as it wants.
 *
 * Off where somebody watches each piece: under AddressSanitizer, and with
 * G_DEBUG=gc-friendly, which GLib knows too (tests/valgrind/run sets it). */
#ifndef DATA_POOL_H
#define DATA_POOL_H
#include <stdbool.h>
#include <stddef.h>

/* Before libxml2 has any memory; a second time does nothing. */
void pool_install (void);
/* Does it stand between libxml2 and the system? */
bool pool_stands (void);
/* Pieces that libxml2 holds, bytes that wait to be used again. */
void pool_counts (size_t *held, size_t *waiting);
#endif
