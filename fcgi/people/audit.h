/* The audit chain: append-only, hash-chained, in the business transaction.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef PEOPLE_AUDIT_H
#define PEOPLE_AUDIT_H
#include "serve/req.h"

/* As bz_audit, in the current transaction. */
int audit_write (struct bz_req *, const char *action, const char *object_type,
                 int64_t object_id, const char *result, const char *detail);
/* A GET that shows unmasked personal data: remembered, and written by
 * audit_flush in a second short transaction before the first byte goes out;
 * if that fails there is no page. */
void audit_later (struct bz_req *, const char *action, const char *object_type,
                  int64_t object_id);
int audit_flush (struct bz_req *);
/* A refused attempt, in a transaction of its own. */
void audit_refused (struct bz_req *, const char *why);
/* Recompute the chain: count of bad rows, the first is named by bz_say. */
int audit_verify (struct bz_req *);
#endif
