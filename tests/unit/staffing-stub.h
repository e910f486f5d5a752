/* A platform of a few lines for unit tests of staffing: a database that answers
 * from a script, one item, the real code tables.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef TESTS_STAFFING_STUB_H
#define TESTS_STAFFING_STUB_H
#include "bianzhi/staffing.h"
#include "bianzhi/test.h"
#include <glib.h>

/* All that was told and asked since stub_begin. */
struct stub {
  const struct bz_script *script;
  size_t n, asked;
  char *fail, *mark, *said, *audited, *read;
  const char *kind; /* of the one paper that items have, id 77, or NULL */
};
extern struct stub stub;

/* Forget everything and expect these queries; ends the last test's script,
 * which must have been asked wholly. */
void stub_begin (const struct bz_script *, size_t);
#define STUB_SCRIPT(s) stub_begin ((s), G_N_ELEMENTS (s))
void stub_end (void);
/* The request that all calls get; there is only one. */
struct bz_req *stub_req (void);
/* An item with "field=value&duty.1.post=x". */
struct bz_item *stub_item (const char *values);
/* A case of N such items. */
struct bz_case *stub_case (const char *const *values, size_t n);
/* The reason why FIELD is closed, or NULL. */
const char *stub_closed (const struct bz_item *, const char *field);
#endif
