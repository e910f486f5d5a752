/* bianzhi/test.h - for unit tests of plugins: a request without a server and
 * a database that answers from a script.  Link with libbianzhitest.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef BZ_TEST_H
#define BZ_TEST_H
#include "bianzhi/plugin.h"

/* One expected query: the next one asked must be it. */
struct bz_script {
  const char *query;          /* name                                        */
  const char *args;           /* "7|abc|NULL"; NULL: any                     */
  const char *const *columns; /* ends with NULL                              */
  const char *const *cells;   /* rows x columns; NULL is SQL NULL            */
  size_t rows;
  int64_t changed;            /* answer of bz_db_exec                        */
};
/* A request with these parameters ("id=7&name=..."), nobody logged in. */
struct bz_req *bz_test_req (const char *query);
void bz_test_script (struct bz_req *, const struct bz_script *, size_t);
size_t bz_test_asked (struct bz_req *);
void bz_test_user (struct bz_req *, int64_t operator_id, int64_t scope_id,
                   const char *roles);                 /* "clerk,admin" */
/* String value of an XPath on the page; belongs to the request. */
const char *bz_test_xpath (struct bz_req *, const char *xpath);
/* A case without database for tests of rules and hooks: values as
 * "field=value&duty.1.post=x" like a browser sends them. */
struct bz_case *bz_test_case (struct bz_req *, const char *business,
                              const char *head, const char *item);
void bz_test_free (struct bz_req *);
#endif
