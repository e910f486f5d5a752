/* A short transaction of its own, beside the one of the request.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "people/tx.h"
#include "data/db.h"

int
tx_own (struct bz_req *req, int (*fn) (struct bz_req *, void *), void *data)
{
  bool was_open = db_in_transaction (req->db);
  int rc, again;

  if (was_open)
    db_rollback (req->db);
  rc = bz_db_atomic (req, fn, data);
  if (!was_open)
    return rc;
  again = db_begin (req->db, !req->in_tx);
  return rc < 0 ? rc : MIN (again, 0);
}
