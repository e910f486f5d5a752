/* Approvals that are taken back (doc/decisions/0051-an-approval-taken-back.md).
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef WORK_UNDO_H
#define WORK_UNDO_H
#include "work/desk-page.h"

/* On the page of a case: by which cases its approval was taken back, and where that
 * begins for who may do it.  0 or <0. */
int undo_section (struct bz_req *, struct bz_case *, xmlNode *into);
#endif
