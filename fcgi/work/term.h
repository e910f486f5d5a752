/* Terms of cases, counted by the calendar that is loaded now.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef WORK_TERM_H
#define WORK_TERM_H
#include "bianzhi/plugin.h"

/* The job cases.terms: the last day of each term that runs, anew from its first
 * day and its working days (A5.1: what was counted beyond the loaded calendar
 * is provisional).  A case keeps its version: nobody's open page grows stale. */
int term_recount (struct bz_req *);
#endif
