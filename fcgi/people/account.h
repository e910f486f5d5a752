/* Accounts: the command line's side, and the directory for the counter.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef PEOPLE_ACCOUNT_H
#define PEOPLE_ACCOUNT_H
#include "serve/req.h"

/* bianzhi account add | reset | close | list | load-demo: see its --help.  ARGV
 * may begin with "account".  0, or <0 with bz_fail's sentence. */
int account_command (struct bz_req *, int argc, char **argv);
/* GET /account/: names, units, operators and states, never a password (HY-4);
 * the units of the own office.  paper=1: all of them, for paper. */
int directory_show (struct bz_req *);
/* 1: the session manages accounts and so sees every one within its scope, also
 * those of offices; 0: only those of its own office's units. */
int64_t directory_every (struct bz_req *);
/* GET and POST /account/{account}: an account's operators; who may manage
 * accounts adds and closes them, gives out first passwords, each shown once on
 * the answer page (HY-6, A5.10), and changes their desks.  GET and POST /account/new. */
int operator_show (struct bz_req *);
int operator_change (struct bz_req *);
int operator_new_show (struct bz_req *);
int operator_new (struct bz_req *);

/* One operator as add and load-demo make it. */
struct account_new {
  const char *account, *operator_, *code;
  char **roles;
  const char *password;
  const char *state; /* "first", "set"                            */
  const char *desk;  /* of the office; NULL: any                  */
};
/* BZ_CONFLICT with a sentence when it exists.  In a transaction. */
int account_make (struct bz_req *, const struct account_new *);
/* PASSWORD becomes the first one of operator ID; its sessions end.  In a
 * transaction, as account_close. */
int account_first (struct bz_req *, int64_t id, const char *password);
/* Operator ID, who was closed, works again. */
int account_open (struct bz_req *, int64_t id);
/* From now on operator ID sits at DESK of the office; NULL or "": at any.  On
 * record with the desk of before.  BZ_OK, also when it is the same; <0. */
int account_desk (struct bz_req *, int64_t id, const char *desk);
/* The operator or the whole account ID works no more. */
int account_close (struct bz_req *, bool operator_, int64_t id);
/* Are these roles known, and may one operator have them together? */
int account_roles_ok (struct bz_req *, char **roles);
int account_load_demo (struct bz_req *, const char *path);
#endif
