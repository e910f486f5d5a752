/* bz_db_atomic: a transaction for commands and jobs, which have none around
 * them.  SPDX-License-Identifier: MulanPSL-2.0 */
#include "data/db.h"
#include "serve/req.h"

/* One try.  *WHY: the database's own reason if it ended the transaction. */
static int
try_once (struct bz_req *req, int (*fn) (struct bz_req *, void *), void *data,
          enum db_error *why)
{
  struct db *db = req->db;
  int rc = db_begin (db, false);

  *why = rc < 0 ? db_error (db) : DB_OK;
  if (rc < 0)
    return rc;
  rc = fn (req, data);
  /* Inside a transaction db_ready tells whether it is broken. */
  if (rc < 0 && db_ready (db) < 0)
    *why = db_error (db);
  if (rc < 0) {
    db_rollback (db);
    return rc;
  }
  if (db_commit (db) < 0) {
    *why = db_error (db);
    return *why == DB_GONE || *why == DB_UNKNOWN ? BZ_AWAY : BZ_FAILED;
  }
  return rc;
}

int
bz_db_atomic (struct bz_req *req, int (*fn) (struct bz_req *, void *),
              void *data)
{
  enum db_error why;
  int rc = try_once (req, fn, data, &why);

  for (unsigned n = 1; n < DB_TRIES && rc < 0 && why == DB_AGAIN
                       && db_has_time (req->db, req->conf->lock_seconds * 1000);
       n++) {
    db_pause (n);
    rc = try_once (req, fn, data, &why);
  }
  return rc;
}
