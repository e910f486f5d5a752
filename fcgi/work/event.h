/* Events.  SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef WORK_EVENT_H
#define WORK_EVENT_H
#include <stdbool.h>

/* "entry.approved" hears itself, "entry.*" all that begins with "entry.". */
bool event_matches (const char *pattern, const char *topic);
#endif
