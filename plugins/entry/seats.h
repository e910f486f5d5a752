/* Leading posts (领导职数) that an entry asks for.  SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef ENTRY_SEATS_H
#define ENTRY_SEATS_H
#include "look.h"

/* <post name quota held mine without seat/> for each leading post among ITEM's duties:
 * its approved number, who holds it, who of this case asks for it, and for how many of
 * them there is no seat; SEAT: the post above whose seat ITEM takes (高职低配).
 * <lead name figures/>: a class of which the book has less left than the case takes,
 * whatever seats are free. */
int entry_seats_facts (struct bz_req *, struct bz_case *, struct bz_item *,
                       struct bz_node *facts);
#endif
