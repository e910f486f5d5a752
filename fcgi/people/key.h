/* One-time form keys: against forged requests and for exactly-once in one.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * key = base64url (nonce 16 | issued 8 | HMAC-SHA256 (server secret, operator |
 * form's path | nonce | issued) 32).  It does not depend on the session, so a
 * form survives a new log-in of the same operator; it holds for 24 hours.
 *
 * A row of bz_submission without an answer belongs to a form that was only
 * shown again (校验, a row added): the key may be used once more. */
#ifndef PEOPLE_KEY_H
#define PEOPLE_KEY_H
#include "serve/req.h"

/* The file by which servers share the bound on password checks; each worker
 * once, before its sandbox. */
void key_places (const struct conf *);
/* The server's secret, from bz_secret; each worker once. */
int key_worker_start (struct bz_req *);
/* A fresh key, for whoever is logged in, for a form that posts to PATH (without
 * base path).  NULL: the server's secret could not be read. */
const char *key_new (struct bz_req *, const char *path);
enum key_answer { KEY_OK, KEY_MISSING, KEY_FORGED, KEY_OLD };
/* Did OPERATOR_ID get KEY for PATH?  Whoever did gets KEY_OK or KEY_OLD. */
enum key_answer key_verify (struct bz_req *, const char *key, const char *path,
                            int64_t operator_id);
/* Is parameter "key" of this POST one that OPERATOR_ID got for req->path?
 * Sets req->form_key. */
enum key_answer key_check (struct bz_req *, int64_t operator_id);
/* A reference to a file, SHA256, that only OPERATOR_ID can use, and only at PATH
 * (without base path): for the form that carries it.  NULL: the server's secret
 * could not be read. */
const char *key_seal (struct bz_req *, int64_t operator_id, const char *path,
                      const uint8_t sha256[32]);
/* Did OPERATOR_ID get this reference for PATH?  Fills SHA256. */
bool key_unseal (struct bz_req *, int64_t operator_id, const char *path,
                 const char *reference, uint8_t sha256[32]);
/* First thing in a POST's transaction: claim the key for this ATTEMPT, a number
 * that no other has.  BZ_OK: go on.  1: it was used and its answer is *RET (an
 * address); send the browser there; *RET NULL: it was used for a form that was
 * shown again, go on. */
int key_claim (struct bz_req *, int64_t attempt, const char **ret);
/* Last thing before COMMIT: what the answer was. */
int key_answer_set (struct bz_req *, const char *location);
/* Outcome of the COMMIT of ATTEMPT unknown: was it stored?  1 with *RET as
 * key_claim has it, 0 not stored (an earlier attempt may have been), <0. */
int key_lookup (struct bz_req *, int64_t attempt, const char **ret);
#endif
