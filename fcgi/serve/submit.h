/* The one transaction of a POST.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef SERVE_SUBMIT_H
#define SERVE_SUBMIT_H
#include "serve/req.h"

/* Claim the form key, run the route's handler, keep its answer under the key,
 * commit; all of it again when the database asks for it.
 * BZ_OK: committed; the answer is in REQ.  1: this form was sent before; *RET
 * is the address that it was answered with.  <0: rolled back. */
int submit_run (struct bz_req *, const char **ret);
#endif
