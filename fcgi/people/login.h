/* The log-in page and the way out.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef PEOPLE_LOGIN_H
#define PEOPLE_LOGIN_H
#include <stdbool.h>
#include "serve/req.h"

/* Is TEXT (may be NULL) an address of this application, without base path, to
 * which a log-in may lead?  Never another host, never /login. */
bool login_local (const char *text);
/* The log-in form with what was typed but the password; returns <form>. */
xmlNode *login_page (struct bz_req *);
#endif
