/* Who is logged in.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef PEOPLE_SESSION_H
#define PEOPLE_SESSION_H
#include <stdbool.h>
#include "serve/req.h"

struct session {
  int64_t operator_id, account_id;
  int64_t scope_id;          /* root of what the account may see          */
  int64_t office_id;         /* the office that the scope belongs to      */
  const char *operator_name; /* 王敏                                      */
  const char *account_name;  /* 单位账号                                  */
  const char *scope_name; /* 市生态环境局                              */
  const char *scope_kind; /* "unit", "office"                          */
  const char *const *roles; /* ends with NULL                            */
  const char *desk;         /* of the office, that the operator sits at;
                             * NULL: any                                   */
  const char *office_name;  /* of that office, for who has a question;    */
  const char *office_phone; /* NULL: not known                            */
  int64_t acting_for;       /* the unit that this request works for, when
                               * it is not its own: for the audit; 0: own  */
  const char *acting_name;
  bool must_change; /* first password: only /password and /logout */
};
/* Load req->session from req->cookie in one query: valid, not idle too long,
 * operator and account active.  BZ_OK also when there is none (session NULL,
 * session_expired true if a cookie was there); <0: database. */
int session_load (struct bz_req *);
/* 单位账号, 经办人 (may be empty with one operator), 密码.  Opens a session
 * and sets the cookie; BZ_FORBIDDEN with a sentence otherwise, the same for
 * unknown account and wrong password; locks for a time after repeated
 * failures.  Runs its own transaction. */
int session_login (struct bz_req *, const char *account, const char *operator_,
                   const char *password);
/* In the current transaction; the cookie goes, too. */
int session_close (struct bz_req *);
/* All sessions of the operator but this one. */
int session_close_others (struct bz_req *);
/* A wrong password where one that is logged in must give it: counts as at the
 * log-in, in an own transaction.  BZ_OK, or BZ_FORBIDDEN with a sentence when
 * that locked the operator. */
int session_password_wrong (struct bz_req *);
/* This request does the work of SCOPE_ID, called NAME: where that is not the
 * session's own, the audit and the page say for whom it acts (HY-1, HY-5). */
static inline void
session_fills_for (struct bz_req *req, int64_t scope_id, const char *name)
{
  struct session *s = req->session;

  if (s == NULL)
    return;
  s->acting_for = scope_id != s->scope_id ? scope_id : 0;
  s->acting_name = name;
}
/* The same where it is only about something of SCOPE_ID: a parent acts for its
 * child then, an office that looks on or decides does not. */
static inline void
session_acts_for (struct bz_req *req, int64_t scope_id, const char *name)
{
  if (req->session != NULL && g_strcmp0 (req->session->scope_kind, "unit") == 0)
    session_fills_for (req, scope_id, name);
}
/* Whose session the cookie was, when it ended by its limits and its row is still
 * there; 0: not known. */
int64_t session_was_of (struct bz_req *);
bool session_has_role (const struct session *, const char *role);
/* Routes /login /logout /password /account/; called once before the fork. */
int session_routes (GError **error);
#endif
