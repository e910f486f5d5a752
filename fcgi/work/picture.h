/* What a picture's own header says of it, without opening the picture.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef WORK_PICTURE_H
#define WORK_PICTURE_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Width and height of the JPEG or PNG of SIZE bytes behind FD, whose position
 * stays.  false: its header says nothing, so it is no picture. */
bool picture_size (int fd, int64_t size, uint32_t *width, uint32_t *height);
#endif
