/* Rows of cases, for the list of a business and the workbench.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef WORK_LIST_H
#define WORK_LIST_H
#include "define/business.h"
#include "serve/req.h"
#include "serve/route.h"

struct list_filter {
  const char *tab; /* todo doing done back                       */
  const char *number, *reason, *label, *unit; /* LIKE patterns or NULL  */
  const char *key; /* what identifies a subject, whole; or NULL    */
  const char *state, *from, *to;
  struct bz_pages pages;
};
/* "%50\%%" for "50%"; NULL for nothing.  g_free. */
char *list_like (const char *text);
/* "2026-03-15" of what date_read takes for a whole date; NULL: it is none.
 * g_free. */
char *list_date (const char *typed);
/* The word for the state of the case that ROWS stands on.  Their columns undone
 * and items may be left out: nothing of it was taken back. */
const char *list_state_word (const struct business *, struct bz_rows *,
                             const char **tone);
const char *list_case_href (struct bz_req *, const struct business *,
                            const char *id, const char *state);
/* How many cases of BUSINESS have ended in the scope: "12", "999+". */
int list_ended (struct bz_req *, const char *business, const char **ret);
/* <c c=LOOK>TEXT</c>; both may be NULL. */
void list_cell (xmlNode *row, const char *text, const char *look);
/* The columns of cases of BUSINESS; NULL: of several, which each row names. */
void list_columns (struct bz_req *, const struct business *, xmlNode *table);
void list_row (struct bz_req *, const struct business *, struct bz_rows *,
               bool with_business, xmlNode *table);
#endif
