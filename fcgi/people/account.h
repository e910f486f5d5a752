/* Accounts: the command line's side, and the directory for the counter.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef PEOPLE_ACCOUNT_H
#define PEOPLE_ACCOUNT_H
#include "serve/req.h"

/* bianzhi account add | reset | close | list | load-demo: see its --help.  ARGV
 * may begin with "account".  0, or <0 with bz_fail's sentence. */
int account_command (struct bz_req *, int argc, char **argv);
/* GET /account/: names, units, operators and states, never a password (HY-4);
 * within the scope of whoever looks. */
int directory_show (struct bz_req *);

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
/* Are these roles known, and may one operator have them together? */
int account_roles_ok (struct bz_req *, char **roles);
int account_load_demo (struct bz_req *, const char *path);
#endif
