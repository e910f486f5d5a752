/* Files of a form that was sent after the session had ended: kept for their
 * operator for 24 hours, so that they need not be chosen again.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef WORK_HOLD_H
#define WORK_HOLD_H
#include "serve/req.h"

/* Keep FILE for OPERATOR_ID, in a transaction of its own.  The reference that
 * the form carries instead of it; NULL: it could not be kept, or it is nothing
 * that may be handed in. */
const char *hold_keep (struct bz_req *, const struct upload *file,
                       int64_t operator_id);
/* Make the kept file of REFERENCE a paper of this case, as paper_add does of an
 * upload.  Marks FIELD when it is kept no longer. */
int hold_take (struct bz_req *, int64_t case_id, int64_t item_id,
               const char *kind, const char *reference, const char *field);
/* The job papers.sweep: holds that are over, and files that nobody has. */
int hold_sweep (struct bz_req *);
#endif
