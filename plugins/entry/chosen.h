/* Who was chosen to come on the slip (录用人员, A5.6).  SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef ENTRY_CHOSEN_H
#define ENTRY_CHOSEN_H
#include "bianzhi/staffing.h"

/* A table of those who have not come and are not in the case; each leads to a new
 * item that begins with them. */
int entry_chosen_show (struct bz_req *, const struct bz_case *,
                       struct bz_node *page);
/* <chosen name sex id_number>: whom the address of a new item names (?chosen=ID). */
int entry_chosen_facts (struct bz_req *, const struct bz_case *,
                        const struct bz_item *, struct bz_node *facts);
#endif
