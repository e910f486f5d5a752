/* Files of a form that has to be sent again - the session had ended, something is
 * to be put right: kept for their operator for 24 hours, so that they need not
 * be chosen again.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef WORK_HOLD_H
#define WORK_HOLD_H
#include <libxml/tree.h>
#include "serve/req.h"

/* Keep FILE for OPERATOR_ID, in a transaction of its own.  The reference that
 * the form carries instead of it; NULL: it could not be kept, or it is nothing
 * that may be handed in. */
const char *hold_keep (struct bz_req *, const struct upload *file,
                       int64_t operator_id);
/* The files of this request, those that came already kept too, travel with FORM,
 * which posts to this request's path and is shown again: hidden held.FIELD.  One
 * that was refused, or is now, has to be chosen again, and is marked.  STORED:
 * what the request did will be committed; else the files are kept in a
 * transaction of their own, and what it did is rolled back.  The names, or NULL
 * without any. */
const char *hold_form (struct bz_req *, xmlNode *form, bool stored);
/* What is kept as REFERENCE, as an upload to FIELD without its bytes (fd -1);
 * it is kept on until hold_drop.  Marks FIELD when it is kept no longer;
 * BZ_FORBIDDEN: another operator's or form's, or none. */
int hold_find (struct bz_req *, const char *reference, const char *field,
               struct upload *ret);
/* Its bytes, in a file of the spool that the caller closes. */
int hold_open (struct bz_req *, struct upload *found);
/* The operator's file SHA256 has become what it was kept for; nothing to do
 * where it is not kept. */
int hold_drop (struct bz_req *, const uint8_t sha256[32]);
/* The job papers.sweep: holds that are over, and files that nobody has. */
int hold_sweep (struct bz_req *);
#endif
