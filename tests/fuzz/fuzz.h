/* What the fuzz targets share.  SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H
#include <glib.h>
#include <stddef.h>
#include <stdint.h>

/* Each target: 0, or it aborts. */
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);
/* A file in memory that holds these bytes until the next call; its descriptor,
 * and its path in *PATH unless that is NULL. */
int fuzz_file (const void *data, size_t size, const char **path);
/* DATA as text of the input gate: NUL ends it, all that XML has not is U+FFFD,
 * in NFC; g_free. */
char *fuzz_text (const uint8_t *data, size_t size);
#endif
