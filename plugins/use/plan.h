/* 编制使用计划汇总表.  SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef USE_PLAN_H
#define USE_PLAN_H
#include "bianzhi/plugin.h"

/* GET /use/report/plan?year=2026: what the units of the scope ask for by their plan
 * of the year, a line for each unit (forms/03: 汇总表); also printed, and as a
 * workbook. */
int use_plan (struct bz_req *);
#endif
