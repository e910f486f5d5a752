/* A short transaction of its own, beside the one of the request.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef PEOPLE_TX_H
#define PEOPLE_TX_H
#include "serve/req.h"

/* Run FN in a transaction that is committed whatever becomes of the request:
 * log-ins, refusals, the session's last use.  What the request's own
 * transaction did so far is rolled back, and an empty one is open afterwards
 * if one was before; so call this only where the request ends without a change.
 * What FN returned, or how the commit failed. */
int tx_own (struct bz_req *, int (*fn) (struct bz_req *, void *), void *);
#endif
