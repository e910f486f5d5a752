/* The page of a report that a pack declares (define/report.h).
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef WORK_REPORT_PAGE_H
#define WORK_REPORT_PAGE_H
#include "define/report.h"

int report_route (const struct report *, GError **error);
#endif
