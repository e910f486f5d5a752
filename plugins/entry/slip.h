/* An entry on a 编制使用单 (TS-38).  SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef ENTRY_SLIP_H
#define ENTRY_SLIP_H
#include "bianzhi/staffing.h"

/* The slip of the case; 0: it has none. */
int64_t entry_slip_of (const struct bz_case *);
/* The place on it that ITEM would take, as bz_slip_find. */
int entry_slip_find (struct bz_req *, const struct bz_case *,
                     const struct bz_item *, struct bz_slip_place *ret);
/* How many of the case would come on the line of PLACE, or <0. */
int entry_slip_count (struct bz_req *, const struct bz_case *,
                      const struct bz_slip_place *);
/* Mark what keeps ITEM from coming on it. */
int entry_slip_check (struct bz_req *, struct bz_case *, struct bz_item *);
/* The person takes PLACE; nothing where the case has no slip. */
int entry_slip_use (struct bz_req *, struct bz_case *,
                    const struct bz_slip_place *, int64_t employment_id,
                    int64_t person_id);
#endif
