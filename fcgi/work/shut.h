/* What a return leaves open: only what it remarked may change.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * A return without a remark opens everything.  With one, each field without a
 * remark is shut, and each item without one as a whole; a remark on a row or a
 * cell opens its list, and one on a field of a <group> of the form all of it.  A field that as it stands breaks a rule or is required
 * and empty is open all the same, so that a change of what was remarked can be
 * brought to an end. */
#ifndef WORK_SHUT_H
#define WORK_SHUT_H
#include "work/case.h"

/* Did the last return remark anything, and is the case being put right? */
bool shut_limits (const struct bz_case *);
/* Is there a remark on NAME, or on a row or cell of the list NAME?  ITEM_ID 0: of
 * the head. */
bool shut_remarked (const struct bz_case *, int64_t item_id, const char *name);
/* Fill item->shut, or c->shut with ITEM NULL, by the remarks alone. */
void shut_fill (struct bz_req *, struct bz_case *, struct bz_item *);
/* Open what its present values need.  The count of fields opened, or <0. */
int shut_open (struct bz_req *, struct bz_case *, struct bz_item *);
/* Is every field of the item's form shut?  ITEM NULL: of the head's. */
bool shut_wholly (const struct bz_case *, const struct bz_item *);
/* May the item not be removed?  The last one stays: nobody can be added. */
bool shut_stays (const struct bz_case *, const struct bz_item *);
bool shut_has (const struct bz_item *, const char *field);
/* CLOSED and SHUT in one table for form_read and form_page; each may be
 * NULL. */
GHashTable *shut_join (struct bz_req *, GHashTable *closed, GHashTable *shut);
/* May papers of KIND be neither removed nor added?  ITEM_ID 0: of the head. */
bool shut_paper (const struct bz_case *, int64_t item_id, const char *kind,
                 bool there);
/* Is there any paper of the head that may come or go? */
bool shut_takes_paper (const struct bz_case *);
/* The sentence of a refusal; the reason of a field. */
extern const char shut_why[], shut_word[];
/* BZ_CONFLICT, said of WHAT. */
int shut_refuse (struct bz_req *, const struct bz_case *, const char *what);
#endif
