/* The one transaction of a POST.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * A key whose row has no answer yet belongs to a form that was only shown again
 * (校验, a row added): nothing final was done, so the key may be used once more.
 * Two such requests at one time meet at the row's lock. */
#include "serve/submit.h"
#include "data/db.h"
#include "people/audit.h"
#include "people/crypto.h"
#include "people/key.h"
#include "serve/board.h"
#include "serve/crash.h"
#include "serve/route.h"

/* The first number in the path: what the row of the audit is about. */
static int64_t
object_of (struct bz_req *req)
{
  for (unsigned i = 0; i < req->params->len && i < req->first_body; i++) {
    const struct param *p = &g_array_index (req->params, struct param, i);
    int64_t id;

    if (g_ascii_string_to_signed (p->value, 10, 1, G_MAXINT64, &id, NULL))
      return id;
  }
  return 0;
}

/* The handler and what must stand beside its change. */
static int
handle (struct bz_req *req)
{
  int rc = req->route->row.handle (req);

  if (rc < 0)
    return rc;
  if (req->location == NULL)
    return req->page != NULL || req->read != NULL
           ? BZ_OK
           : bz_fail (req, BZ_FAILED, "系统没有给出办理结果，未作任何保存。");
  if (!req->audited)
    rc = audit_write (req, req->route->row.path, req->route->pack,
                      object_of (req), "ok", "");
  if (rc >= 0)
    rc = key_answer_set (req, req->location);
  return rc;
}

/* A number that no other attempt has. */
static int64_t
fresh_attempt (void)
{
  int64_t n;

  crypto_random (&n, sizeof n);
  return n;
}

/* Comes behind all that is written last, the audit included. */
static int
stored (void *data)
{
  (void) data;
  crash_at ("stored");
  return BZ_OK;
}

/* One try.  Nothing stays open.  *WHY: the database's own reason if it ended
 * the transaction, whatever the handler made of it. */
static int
try_once (struct bz_req *req, int64_t attempt, const char **ret,
          enum db_error *why)
{
  struct db *db = req->db;
  int rc = db_begin (db, false);

  *why = rc < 0 ? db_error (db) : DB_OK;
  if (rc < 0)
    return rc;
  crash_at ("begun");
  req->in_tx = true;
  rc = key_claim (req, attempt, ret);
  if (!(rc == 1 && *ret != NULL)) {
    if (rc >= 0)
      rc = handle (req);
    /* Inside a transaction db_ready tells whether it is broken. */
    if (rc < 0 && db_ready (db) < 0)
      *why = db_error (db);
    if (rc >= 0) {
      rc = db_last (db, INT_MAX, stored, NULL);
      if (rc >= 0)
        rc = db_commit (db);
      if (rc < 0)
        *why = db_error (db);
      else
        crash_at ("committed");
    }
    rc = MIN (rc, 0);
  }
  if (rc != BZ_OK)
    db_rollback (db);
  req->in_tx = false;
  return rc;
}

/* The connection broke while COMMIT was under way.  As submit_run, or 2: it was
 * not stored, run it again. */
static int
ask_outcome (struct bz_req *req, int64_t attempt, const char **ret)
{
  int rc = db_ready (req->db);

  if (rc >= 0)
    rc = key_lookup (req, attempt, ret);
  if (rc < 0)
    return BZ_AWAY;
  if (rc == 0)
    return 2;
  return *ret != NULL ? 1 : BZ_OK;
}

int
submit_run (struct bz_req *req, const char **ret)
{
  bool was_gone = false;

  for (unsigned n = 1; n <= DB_TRIES; n++) {
    int64_t attempt = fresh_attempt ();
    enum db_error why;
    int rc;

    *ret = NULL;
    rc = try_once (req, attempt, ret, &why);
    if (rc >= 0)
      return rc;
    if (why == DB_UNKNOWN) {
      board_count (BOARD_UNKNOWN, 1);
      rc = ask_outcome (req, attempt, ret);
      if (rc != 2)
        return rc;
    }
    else if (why == DB_GONE) {
      /* Nothing of this try is left: once more on a new connection. */
      if (was_gone || db_ready (req->db) < 0)
        return BZ_AWAY;
      was_gone = true;
    }
    else if (why != DB_AGAIN)
      return rc;
    if (!db_has_time (req->db, req->conf->lock_seconds * 1000))
      break;
    if (n < DB_TRIES) {
      board_count (BOARD_RETRIES, 1);
      db_pause (n);
      req_reset (req);
    }
  }
  return BZ_AWAY;
}
