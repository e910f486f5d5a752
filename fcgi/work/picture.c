/* What a picture's own header says of it, without opening the picture.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "work/picture.h"

#include <errno.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

enum { SEGMENTS = 1000 }; /* more marks than that before the size: no picture */

static bool
bytes_at (int fd, uint8_t *ret, size_t size, int64_t at)
{
  ssize_t n;

  do
    n = pread (fd, ret, size, (off_t) at);
  while (n < 0 && errno == EINTR);
  return n == (ssize_t) size;
}

static uint32_t
big_endian (const uint8_t *at, size_t n)
{
  uint32_t value = 0;

  for (size_t i = 0; i < n; i++)
    value = value << 8 | at[i];
  return value;
}

/* IHDR is the first chunk and holds both. */
static bool
png_size (int fd, uint32_t *width, uint32_t *height)
{
  uint8_t head[24];

  if (!bytes_at (fd, head, sizeof head, 0)
      || memcmp (head + 12, "IHDR", 4) != 0)
    return false;
  *width = big_endian (head + 16, 4);
  *height = big_endian (head + 20, 4);
  return true;
}

/* A start of frame; C4, C8 and CC among them are something else. */
static bool
is_frame (uint8_t mark)
{
  return mark >= 0xc0 && mark <= 0xcf && mark != 0xc4 && mark != 0xc8
      && mark != 0xcc;
}

/* Segment by segment up to the first frame. */
static bool
jpeg_size (int fd, int64_t size, uint32_t *width, uint32_t *height)
{
  int64_t at = 2;
  uint8_t s[9];

  for (int i = 0; i < SEGMENTS && at + (int64_t) sizeof s <= size; i++) {
    if (!bytes_at (fd, s, sizeof s, at) || s[0] != 0xff)
      return false;
    if (is_frame (s[1])) {
      *height = big_endian (s + 5, 2);
      *width = big_endian (s + 7, 2);
      return true;
    }
    at += s[1] == 0xff ? 1 : 2 + (int64_t) big_endian (s + 2, 2);
  }
  return false;
}

bool
picture_size (int fd, int64_t size, uint32_t *width, uint32_t *height)
{
  uint8_t first;

  if (!bytes_at (fd, &first, 1, 0))
    return false;
  return (first == 0x89 ? png_size (fd, width, height)
                        : jpeg_size (fd, size, width, height))
      && *width > 0 && *height > 0;
}
