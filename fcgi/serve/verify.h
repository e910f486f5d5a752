/* What must be true of the data, recomputed.  SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef SERVE_VERIFY_H
#define SERVE_VERIFY_H
#include <stdbool.h>
#include "serve/req.h"

/* Each of them prints a line for every proof; true: nothing was found. */
bool verify_audit (struct bz_req *); /* the audit chain         */
bool verify_packs (struct bz_req *); /* the proofs of all packs */
#endif
