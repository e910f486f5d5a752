/* Approved items that another case puts right (doc/decisions/0058-a-sheet-put-right.md).
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef WORK_AMEND_H
#define WORK_AMEND_H
#include "work/case.h"

/* The items of the case say what was put right since; a value that was, has amended="yes".
 * For sheets: nothing of it may be stored.  BZ_OK, <0. */
int amend_apply (struct bz_req *, struct bz_case *);
/* BY has just put items of other cases right: sheets of these that are valid are replaced
 * by new ones, and their units are told.  In the transaction of BY's approval.  BZ_OK, <0. */
int amend_finish (struct bz_req *, struct bz_case *by);
/* On the page of an approved case: what was put right of it, when, by which paper. */
int amend_section (struct bz_req *, struct bz_case *, xmlNode *into);
#endif
