/* The quota book as 编制使用核准 sees it.  SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef USE_BOOK_H
#define USE_BOOK_H
#include "bianzhi/staffing.h"

/* Hook check: are there so many free posts (核定数 − 实有人数 − 已批未用数 − 冻结数), of
 * the type and of the structure? */
int use_check (struct bz_req *, struct bz_case *, struct bz_item *);
/* Hook show: findings and the bars of the types and structures that are asked for. */
int use_show (struct bz_req *, struct bz_case *, const char *view,
              struct bz_node *page);
/* Hook sheet: the unit, and the book as it was before. */
int use_sheet (struct bz_req *, struct bz_case *, struct bz_item *,
               const char *print, struct bz_node *sheet);
#endif
