/* The audit chain: append-only, hash-chained, in the business transaction.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * Two chains: "work" holds what was done, "refused" what was not allowed.
 * hash = SHA-256 of "bz-audit-1" and then, for each of the fields of
 * enum audit_field in this order, LENGTH ":" VALUE "," with the length in bytes;
 * numbers are decimal, AT is "YYYY-MM-DD hh:mm:ss.ffffff", PREV is the hash of
 * the row before in 64 lower-case digits (64 zeros before the first). */
#ifndef PEOPLE_AUDIT_H
#define PEOPLE_AUDIT_H
#include "serve/req.h"

enum audit_field {
  AUDIT_CHAIN,
  AUDIT_SEQ,
  AUDIT_AT,
  AUDIT_OPERATOR,
  AUDIT_ACTING_FOR,
  AUDIT_REMOTE,
  AUDIT_ACTION,
  AUDIT_OBJECT_TYPE,
  AUDIT_OBJECT_ID,
  AUDIT_RESULT,
  AUDIT_DETAIL,
  AUDIT_PREV,
  AUDIT_FIELDS,
};
/* A row as its writer knows it. */
struct audit_row {
  const char *chain, *action, *object_type, *result, *detail;
  int64_t operator_id, acting_for, object_id;
};

/* As bz_audit.  RESULT "refused" goes to the chain of that name. */
int audit_write (struct bz_req *, const char *action, const char *object_type,
                 int64_t object_id, const char *result, const char *detail);
/* The same with everything given. */
int audit_put (struct bz_req *, const struct audit_row *);
/* A page, of a GET or of a POST that shows its form again, has unmasked personal
 * data: remembered, and written by audit_flush in a second short transaction
 * before the first byte goes out, whatever became of the first; if that fails
 * there is no page.  Nothing is written for an answer that leads elsewhere. */
void audit_later (struct bz_req *, const char *action, const char *object_type,
                  int64_t object_id);
int audit_flush (struct bz_req *);
/* A refused attempt, in a transaction of its own. */
void audit_refused (struct bz_req *, const char *why);
/* The hash of a row, as 64 digits; g_free. */
char *audit_hash (const char *const field[AUDIT_FIELDS]);
/* Recompute the chains: count of bad rows, the first is named by bz_say. */
int audit_verify (struct bz_req *);
#endif
