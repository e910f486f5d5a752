/* What the fuzz targets share.  SPDX-License-Identifier: MulanPSL-2.0 */
#include "fuzz.h"

#include <sys/mman.h>
#include <unistd.h>

#include "data/xml.h"

int
fuzz_file (const void *data, size_t size, const char **path)
{
  static char *name;
  static int fd = -1;

  if (fd < 0) {
    fd = memfd_create ("fuzz", MFD_CLOEXEC);
    g_assert (fd >= 0);
    name = g_strdup_printf ("/proc/self/fd/%d", fd);
  }
  g_assert (ftruncate (fd, 0) == 0);
  g_assert (pwrite (fd, data, size, 0) == (ssize_t) size);
  if (path != NULL)
    *path = name;
  return fd;
}

char *
fuzz_text (const uint8_t *data, size_t size)
{
  g_autofree char *raw = g_strndup ((const char *) data, size);
  g_autofree char *clean = xml_text_clean (raw);

  return g_utf8_normalize (clean, -1, G_NORMALIZE_NFC);
}
