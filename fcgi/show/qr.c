/* QR codes as drawings.  SPDX-License-Identifier: MulanPSL-2.0 */
#include "show/qr.h"
#include <glib.h>
#include <qrencode.h>
#include <stdbool.h>

static bool
dark (const QRcode *qr, int x, int y)
{
  return x < qr->width && (qr->data[y * qr->width + x] & 1) != 0;
}

static void
row_draw (const QRcode *qr, int y, GString *into)
{
  for (int x = 0; x < qr->width; x++) {
    int from = x;

    while (dark (qr, x, y))
      x++;
    if (x > from)
      g_string_append_printf (into, "M%d %dh%dv1h-%dz", from, y, x - from,
                              x - from);
  }
}

char *
qr_path (const char *text, unsigned *size)
{
  QRcode *qr = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_M);
  GString *path;

  if (qr == NULL)
    return NULL;
  path = g_string_new (NULL);
  for (int y = 0; y < qr->width; y++)
    row_draw (qr, y, path);
  *size = (unsigned) qr->width;
  QRcode_free (qr);
  return g_string_free (path, FALSE);
}
