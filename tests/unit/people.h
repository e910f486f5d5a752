/* What the tests of people share: a request with a script, a clock, a session.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef TEST_PEOPLE_H
#define TEST_PEOPLE_H
#include <glib.h>
#include "data/db.h"
#include "serve/req.h"

/* Named queries with their declared types, roles, the two built-in routes. */
void people_begin (int *argc, char ***argv);
/* Office time, "2026-11-22 10:00:00". */
void people_now (const char *);
/* A POST to PATH at the present moment, with the cheapest passwords. */
struct bz_req *people_req (const char *path, const struct db_script *, size_t);
/* Another base path than "", until the next people_req. */
void people_base (const struct conf *, const char *base);
/* Operator ID of scope 5 with ROLES ("clerk,viewer"). */
void people_user (struct bz_req *, int64_t id, const char *roles);
/* String value of XPATH on the page; belongs to the request. */
const char *people_xpath (struct bz_req *, const char *xpath);
/* The whole script was asked; frees both. */
void people_end (struct bz_req *, size_t n);
/* The secret's row, which is asked for once in a process. */
extern const char *const secret_columns[], *const secret_cells[];
#define SECRET_ROW { "bz.secret", NULL, secret_columns, secret_cells, 1, 0 }
/* The three queries of one audit row. */
extern const char *const tip_columns[], *const tip_cells[];
#define AUDIT_ROWS(args)                                                     \
  { "bz.audit_lock", NULL, tip_columns, tip_cells, 1, 0 },                   \
  { "bz.audit_add", args, NULL, NULL, 0, 1 },                                \
  { "bz.audit_head", NULL, NULL, NULL, 0, 1 }
#endif
