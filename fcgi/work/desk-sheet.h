/* What printing and the printed sheet share; inside fcgi/work only.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef WORK_DESK_SHEET_H
#define WORK_DESK_SHEET_H
#include "work/desk-page.h"

/* How a print of a case was printed last; NTH 0: never. */
struct print_last {
  int nth;
  unsigned part; /* 0: all its copies */
};
/* BZ_OK, also when it never was; <0: database. */
int print_last (struct bz_req *, const struct bz_case *, const struct print *,
                struct print_last *ret);
/* What the job is called in this case: a print of its own as its sheets are.
 * BZ_OK; <0: database. */
int print_title (struct bz_req *, const struct bz_case *,
                 const struct print_job *, const char **ret);
/* The case and the job of this address, fit to be printed.  BZ_NOT_FOUND: no
 * such case within the scope, or no such job; BZ_CONFLICT: it is not approved;
 * each with a sentence.  *CASE belongs to the request, *RET to the business.
 * LOCK: inside the transaction that changes it. */
int print_open (struct bz_req *, bool lock, struct bz_case **,
                const struct print_job **ret);
/* 一 ... 十; figures beyond. */
const char *desk_numeral (unsigned n);
#endif
