/* QR codes as drawings.  SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef SHOW_QR_H
#define SHOW_QR_H

/* TEXT as the d= of an SVG path of its dark modules, one unit each, out of
 * pieces "M3 0h4v1h-4z"; *SIZE: modules on a side, without the quiet zone of
 * four around.  Error correction M.  g_free; NULL: TEXT is too long. */
char *qr_path (const char *text, unsigned *size);
#endif
