/* An entry by 调动: the old unit's exit and this entry end together
 * (doc/decisions/0055-transfer.md).
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef ENTRY_TRANSFER_H
#define ENTRY_TRANSFER_H
#include "bianzhi/staffing.h"

/* Hooks of struct bz_business. */
int entry_partner (struct bz_req *, struct bz_case *,
                   const struct bz_case *other, int64_t *ret);
int entry_join (struct bz_req *, struct bz_case *, struct bz_item *,
                const struct bz_case *other, const struct bz_item *theirs);
int entry_hold (struct bz_req *, struct bz_case *, struct bz_item *, int on);
#endif
