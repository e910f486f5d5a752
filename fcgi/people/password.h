/* What a password must be, and the page that changes one.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef PEOPLE_PASSWORD_H
#define PEOPLE_PASSWORD_H
#include <glib.h>
#include <stdbool.h>
#include "serve/req.h"

enum { PASSWORD_MIN = 10, PASSWORD_MAX = 128, PASSWORD_FIRST_HOURS = 72 };

/* Every rule that PASSWORD breaks, one sentence each; pure.  ACCOUNT and
 * OPERATOR may be NULL. */
GPtrArray *password_faults (const char *password, const char *account,
                            const char *operator_);
/* Is it a first password whose time is over? */
bool password_first_over (const char *state, const char *until,
                          const char *now);
/* The page of the change, with what waits behind it. */
int password_page (struct bz_req *);
int password_show (struct bz_req *);   /* GET /password  */
int password_change (struct bz_req *); /* POST /password */
#endif
