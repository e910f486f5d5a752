/* Number series: 业务单号, 通知单编号.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef WORK_SERIES_H
#define WORK_SERIES_H
#include <glib.h>
#include "serve/req.h"

#define SERIES_PATTERN "{place}编〔{year}〕{n}号"

/* PATTERN with {place} or {市}, {year} or {年}, {n} or {序}, {n5} (padded to
 * five digits) replaced; other braces stay.  g_free. */
char *series_format (const char *pattern, const char *place, int year,
                     gint64 n);
/* As bz_series_next; PATTERN where the configuration has none for KIND. */
int series_draw (struct bz_req *, int64_t office_id, const char *kind,
                 const char *pattern, const char **ret);
#endif
