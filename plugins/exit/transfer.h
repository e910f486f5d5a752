/* An exit by 调动 to a unit of this installation: this exit and the other's entry end
 * together (doc/decisions/0055-transfer.md).
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef EXIT_TRANSFER_H
#define EXIT_TRANSFER_H
#include "bianzhi/staffing.h"

/* Hooks of struct bz_business. */
int exit_partner (struct bz_req *, struct bz_case *,
                  const struct bz_case *other, int64_t *ret);
int exit_join (struct bz_req *, struct bz_case *, struct bz_item *,
               const struct bz_case *other, const struct bz_item *theirs);
int exit_hold (struct bz_req *, struct bz_case *, struct bz_item *, int on);
#endif
