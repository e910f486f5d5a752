/* The sample definitions of tests/defs/good, and requests on them.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef TESTS_SAMPLE_H
#define TESTS_SAMPLE_H
#include <glib.h>
#include <libxml/tree.h>
#include "define/form.h"
#include "serve/req.h"

/* Dictionary and code tables; with DEEP forms, queries, processes, business. */
void sample_load (gboolean deep);
void sample_clear (void);
/* A request on 2026-11-22 whose body is QUERY ("a=1&b=2", %-encoded or not);
 * its database answers the posts of unit 7 ASKED times. */
struct bz_req *sample_req (const char *query, unsigned asked);
void sample_free (struct bz_req *);
/* The first mark on FIELD that stops (WARN: that does not); "" none. */
const char *sample_mark (struct bz_req *, const char *field, gboolean warn);
/* String value of an XPath on a document; g_free. */
char *sample_xpath (xmlDoc *, const char *xpath);
#define assert_xpath(doc, xpath, want)                                        \
  do {                                                                        \
    g_autofree char *got_ = sample_xpath (doc, xpath);                        \
    g_assert_cmpstr (got_, ==, want);                                         \
  } while (0)
#endif
