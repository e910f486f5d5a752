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
/* The kept file of REFERENCE, as an upload to FIELD that came with this request;
 * it is kept on until hold_drop.  Marks FIELD when it is kept no longer;
 * BZ_FORBIDDEN: another operator's, or none.  RET's file belongs to the
 * request. */
int hold_open (struct bz_req *, const char *reference, const char *field,
               struct upload *ret);
/* The operator's file SHA256 has become what it was kept for; nothing to do
 * where it is not kept. */
int hold_drop (struct bz_req *, const uint8_t sha256[32]);
/* The job papers.sweep: holds that are over, and files that nobody has. */
int hold_sweep (struct bz_req *);
#endif
