/* The inbox (A5.18): what became of cases, told to those who filed them.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * A message is written in the transaction of the move that it tells of, so a
 * move that is refused leaves none.  It holds ids and a kind only; its sentence
 * is made when it is shown and has no personal data. */
#ifndef WORK_INBOX_H
#define WORK_INBOX_H
#include "work/case.h"

/* The case has just been moved: tell its unit and whoever acted for it that it
 * came back, was approved or rejected; and those who had looked at it that it
 * was taken back (A5.16).  0 or <0. */
int inbox_move (struct bz_req *, const struct bz_case *);
/* The same are told of the case: "undone", its approval, or that of a part, was taken
 * back; of its pair "held", "unheld", "unpaired".  0 or <0. */
int inbox_case (struct bz_req *, const struct bz_case *, const char *kind);
/* A unit without a case of its own, and the one above it, are told that another unit
 * has opened a pair ("paired"), or that it is dissolved ("unpaired"): CASE_ID is the
 * other one's.  BUSINESS: theirs.  0 or <0. */
int inbox_pair (struct bz_req *, int64_t scope_id, const char *business,
                const char *kind, int64_t case_id);
/* How many messages this operator has not read: "3", "99+"; NULL: none, or
 * these roles look at no case.  0 or <0. */
int inbox_unread (struct bz_req *, const char **ret);
/* The businesses that the operator may look at: "entry,exit". */
const char *inbox_businesses (struct bz_req *);
int inbox_get (struct bz_req *);  /* GET /inbox/  */
int inbox_post (struct bz_req *); /* POST /inbox/ */
#endif
