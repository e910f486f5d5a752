/* Scopes that move in the tree; SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef WORK_SCOPE_H
#define WORK_SCOPE_H
#include "work/case.h"

/* The case, which was kept by whoever stood above its unit before, has ended: who
 * keeps none of the unit's any more does not see it either.  In its transaction. */
int scope_forget (struct bz_req *, const struct bz_case *);
#endif
