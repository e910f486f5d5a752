/* An entry on a 编制使用单 (TS-38).  SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef ENTRY_SLIP_H
#define ENTRY_SLIP_H
#include "look.h"

/* The slip of the case; 0: it has none. */
int64_t entry_slip_of (const struct bz_case *);
/* The place on it that ITEM would take if it came alone, as bz_slip_find. */
int entry_slip_find (struct bz_req *, const struct bz_case *,
                     const struct bz_item *, struct bz_slip_place *ret);
/* The place that ITEM gets of SLIP when those asked for before are taken. */
int entry_slip_take (struct bz_req *, const struct bz_case *,
                     const struct bz_item *, struct bz_slip *,
                     struct bz_slip_place *ret);
/* Mark what keeps PERSON, whose place has a fault, from coming on it. */
int entry_slip_mark (struct bz_req *, const struct entry_look *,
                     const struct entry_person *);
/* The person takes PLACE; nothing where the case has no slip. */
int entry_slip_use (struct bz_req *, struct bz_case *,
                    const struct bz_slip_place *, int64_t employment_id,
                    int64_t person_id);
#endif
