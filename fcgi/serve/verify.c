/* What must be true of the data, recomputed.  SPDX-License-Identifier: MulanPSL-2.0 */
#include "serve/verify.h"
#include <stdio.h>
#include "data/db.h"
#include "define/pack.h"
#include "people/audit.h"

/* Findings of one proof; <0: it could not be run. */
static int
proof_run (struct bz_req *req, const char *name, int (*run) (struct bz_req *))
{
  int rc = db_begin (req->db, true);

  if (rc >= 0)
    rc = run (req);
  db_rollback (req->db);
  if (rc < 0)
    (void) printf ("%-32s failed\n", name);
  else if (rc == 0)
    (void) printf ("%-32s ok\n", name);
  else
    (void) printf ("%-32s %d findings\n", name, rc);
  return rc;
}

bool
verify_audit (struct bz_req *req)
{
  return proof_run (req, "audit", audit_verify) == 0;
}

bool
verify_packs (struct bz_req *req)
{
  const struct pack *p;
  bool clean = true;

  for (unsigned n = 0; (p = pack_at (n)) != NULL; n++)
    for (uint32_t i = 0; i < p->api.proofs.count; i++) {
      struct bz_proof row;

      plugin_row (p->api.proofs.at, p->api.proofs.stride, i, &row, sizeof row);
      if (proof_run (req, row.name, row.run) != 0)
        clean = false;
    }
  return clean;
}
