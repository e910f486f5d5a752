/* Room in the quota book for who enters.  SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef ENTRY_ROOM_H
#define ENTRY_ROOM_H
#include "bianzhi/staffing.h"

/* Mark what keeps ITEM from its places: of its staffing type, of its structure, of the
 * slip.  What others in hand could take away is a warning. */
int entry_check_room (struct bz_req *, struct bz_case *, struct bz_item *);
#endif
