/* What the reviewer of an entry sees beside the persons.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef ENTRY_FINDINGS_H
#define ENTRY_FINDINGS_H
#include "bianzhi/staffing.h"

/* <person>, <checks>, <quota> of the review's page.  What form rules and
 * entry_check have marked is not said again: here stands what they do not stop,
 * and that what they look at is all right.  BZ_OK or <0. */
int entry_show_review (struct bz_req *, struct bz_case *, struct bz_node *page);
/* The legal age of retirement of ITEM's person in words ("60 周岁 9 个月"), and the
 * months that are left of it.  NULL: it cannot be told. */
const char *entry_retirement (struct bz_req *, struct bz_item *, int *ret_left);
#endif
