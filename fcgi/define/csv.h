/* Comma-separated values, strictly as RFC 4180 has them.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef DEFINE_CSV_H
#define DEFINE_CSV_H
#include <glib.h>

/* The records of TEXT, the header first, each a vector of as many strings as
 * the header has; g_ptr_array_unref.  Lines end with LF or CRLF, a byte order
 * mark is skipped.  NULL: not UTF-8, a quote where none may stand, a quote that
 * never closes, a record with another count of fields; ERROR has the line. */
GPtrArray *csv_parse (const char *text, gsize size, GError **error);
GPtrArray *csv_load (const char *path, GError **error);
#endif
