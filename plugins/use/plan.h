/* 编制使用计划: its form for one unit, its table of all.  SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef USE_PLAN_H
#define USE_PLAN_H
#include <glib.h>
#include "bianzhi/plugin.h"

/* GET /use/report/plan?year=2026: what the units of the scope ask for by their plan
 * of the year, a line for each unit (forms/03: 汇总表); also printed, and as a
 * workbook. */
int use_plan (struct bz_req *);

/* Rows of the form, columns of the table: codes 1 to 9 of the table plan_way. */
enum { USE_PLAN_WAYS = 9 };
/* That of somebody who comes by ENTRY_MODE, from 0; what has none of its own is
 * among the others, the last. */
size_t use_plan_way (struct bz_req *, const char *entry_mode);
/* TEXT behind what is in TO, after a "；" unless a sentence ends there. */
void use_plan_join (GString *to, const char *text);

/* Hook sheet, print "plan": <plan year fund approved occupied reserved lead_cap
 * lead_have lead_other all> with a <way t n conditions note> for each row. */
int use_plan_sheet (struct bz_req *, const struct bz_case *,
                    struct bz_node *sheet);
#endif
