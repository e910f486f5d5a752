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
BZ_API struct bz_req *bz_test_req (const char *query);
/* What the database answers from now on; the script is borrowed. */
BZ_API void bz_test_script (struct bz_req *, const struct bz_script *, size_t);
/* How many of the script's queries have been asked. */
BZ_API size_t bz_test_asked (struct bz_req *);
/* Load a queries.xml of PACK: from then on each query of the pack that a script
 * answers must stand there, and its arguments have the declared types. */
BZ_API void bz_test_queries (const char *path, const char *pack);
/* Load the code tables of a folder. */
BZ_API void bz_test_codes (const char *dir);
BZ_API void bz_test_user (struct bz_req *, int64_t operator_id,
                          int64_t scope_id, const char *roles);
                                                      /* "clerk,admin" */
/* String value of an XPath on the page; belongs to the request. */
BZ_API const char *bz_test_xpath (struct bz_req *, const char *xpath);
/* What bz_mark, bz_warn said of FIELD; NULL: nothing. */
BZ_API const char *bz_test_mark (struct bz_req *, const char *field);
/* The text of bz_fail; NULL: none. */
BZ_API const char *bz_test_fail_text (struct bz_req *);
/* A case without database for tests of rules and hooks, with one item: values
 * as "field=value&duty.1.post=x" like a browser sends them.  ITEM NULL: none.
 * Its unit is the scope of bz_test_user. */
BZ_API struct bz_case *bz_test_case (struct bz_req *, const char *business,
                                     const char *head, const char *item);
BZ_API void bz_test_free (struct bz_req *);
#endif
