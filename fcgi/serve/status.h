/* The board as a page, as text and as metrics.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef SERVE_STATUS_H
#define SERVE_STATUS_H
#include <glib.h>

/* /status, /status/text and /metrics: "local" routes.  0, or <0 with ERROR. */
int status_routes (GError **error);
#endif
