/* Checks of a head, of an item and of a case as a whole.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef WORK_CHECK_H
#define WORK_CHECK_H
#include "work/case.h"

/* All mark what is wrong and give the count of stopping marks, or <0. */
int check_head (struct bz_req *, struct bz_case *, enum form_depth);
int check_item (struct bz_req *, struct bz_case *, struct bz_item *,
                enum form_depth);
/* Each item.  Each mark names its person and leads to the page where it is put
 * right. */
int check_items (struct bz_req *, struct bz_case *);
/* Head, papers, each item, the business's own check, addressed likewise. */
int check_case (struct bz_req *, struct bz_case *);
/* Before a case is handed in: is what 验证 closes in each item what it loads
 * now?  暂存 stores whatever was typed, with or without 验证. */
int check_loaded (struct bz_req *, struct bz_case *);
#endif
