/* CSV after RFC 4180, read strictly.  SPDX-License-Identifier: MulanPSL-2.0
 *
 * UTF-8 (a BOM is allowed), LF or CRLF, one header line; each row has as many
 * cells as the header; a quote stands at a cell's ends or doubled inside. */
#ifndef STAFFING_CSV_H
#define STAFFING_CSV_H
#include <glib.h>

struct csv;
/* COLUMNS (ends with NULL) must be in the header; others may be.  NULL: ERROR
 * names file, line and what is wrong. */
struct csv *csv_open (const char *path, const char *const *columns,
                      GError **error);
/* 1 a row, 0 the end, <0 broken: ERROR. */
int csv_next (struct csv *, GError **error);
/* The cell in COLUMN of the present row, "" if there is no such column; good
 * until the next csv_next. */
const char *csv_get (const struct csv *, const char *column);
unsigned csv_line (const struct csv *); /* of the present row */
void csv_close (struct csv *);          /* NULL is allowed */
#endif
