/* Files that came with a form: looked at and kept first, papers of the case or
 * of a person once what came with them is stored.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef WORK_ARRIVAL_H
#define WORK_ARRIVAL_H
#include "work/case.h"

struct arrival;
/* Check every file of the request that the form of the head (ITEM NULL) or of
 * ITEM knows, and store its bytes; what is wrong is marked.  The count of files;
 * BZ_BAD_INPUT: marked; <0.  *RET belongs to the request. */
int arrival_read (struct bz_req *, struct bz_case *, struct bz_item *,
                  struct arrival **ret);
/* The kinds that come, so that facts can count them already. */
void arrival_expect (const struct arrival *, struct bz_item *);
/* Make papers of them.  ITEM has an id now.  BZ_BAD_INPUT: some that were kept
 * from before are gone, which is marked; the others are papers already, so that
 * the caller's transaction must not be kept.  <0: at the first that fails. */
int arrival_attach (struct bz_req *, struct bz_case *, struct bz_item *,
                    const struct arrival *);
#endif
