/* Photos of one shape: decoding and making small.  Only in a job of its own
 * process (serve/render.h), never in a worker.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef WORK_IMAGE_H
#define WORK_IMAGE_H
#include <glib.h>

/* One inch at 350 dpi, the size of the photo in a resident's identity card.
 * The only place that says it: the browser is told by the page. */
enum { PHOTO_WIDTH = 358, PHOTO_HEIGHT = 441 };
/* OUT becomes a JPEG of PHOTO_WIDTH x PHOTO_HEIGHT without metadata, out of the
 * middle of the JPEG or PNG of SIZE bytes at IN.  <0: OUT is a sentence for the
 * clerk. */
int image_photo (const void *in, size_t size, GByteArray *out);
/* Before the fork: what every job needs. */
void image_warm (void);
#endif
