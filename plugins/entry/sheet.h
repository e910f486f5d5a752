/* What entry's papers show beyond the case itself.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef ENTRY_SHEET_H
#define ENTRY_SHEET_H
#include "bianzhi/staffing.h"

/* 入编核准通知单 (HY-21) and 入编审批单 (HY-23): the unit, and 编制情况 before
 * and after.  As the hook `sheet' of struct bz_business. */
int entry_sheet (struct bz_req *, struct bz_case *, struct bz_item *,
                 const char *print, struct bz_node *sheet);
#endif
