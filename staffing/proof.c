/* What must always hold between register and quota book (bianzhi verify).
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "part.h"

/* Each row of QUERY is a finding in words.  The count of them. */
static int
prove (struct bz_req *req, const char *query)
{
  struct bz_rows *rows;
  int got, findings = 0;
  int rc = bz_db_open (req, &rows, query, BZ_NO_ARGS);

  if (rc < 0)
    return rc;
  while ((got = bz_db_next (rows)) > 0) {
    bz_say (req, "%s", bz_db_text (rows, "finding"));
    findings++;
  }
  return got < 0 ? got : findings;
}

int
proof_balances (struct bz_req *req)
{
  return prove (req, "staffing.proof_balances");
}

int
proof_past (struct bz_req *req)
{
  return prove (req, "staffing.proof_past");
}

int
proof_slips (struct bz_req *req)
{
  return prove (req, "staffing.proof_slips");
}

int
proof_transit (struct bz_req *req)
{
  return prove (req, "staffing.proof_transit");
}

int
proof_merged (struct bz_req *req)
{
  return prove (req, "staffing.proof_merged");
}

int
proof_units (struct bz_req *req)
{
  return prove (req, "staffing.proof_units");
}

int
proof_types (struct bz_req *req)
{
  return prove (req, "staffing.proof_types");
}

int
proof_structures (struct bz_req *req)
{
  return prove (req, "staffing.proof_structures");
}

int
proof_fundings (struct bz_req *req)
{
  return prove (req, "staffing.proof_fundings");
}

int
proof_leads (struct bz_req *req)
{
  return prove (req, "staffing.proof_leads");
}

int
proof_over (struct bz_req *req)
{
  return prove (req, "staffing.proof_over");
}

int
proof_one_place (struct bz_req *req)
{
  return prove (req, "staffing.proof_one_place");
}

/* Employments that no book counts although type and status say so. */
static int
uncounted (struct bz_req *req)
{
  struct bz_rows *rows;
  int got, findings = 0;
  int rc = bz_db_open (req, &rows, "staffing.proof_uncounted", BZ_NO_ARGS);

  if (rc < 0)
    return rc;
  while ((got = bz_db_next (rows)) > 0)
    if (quota_counts (req, bz_db_text (rows, "staffing_type"),
                      bz_db_text (rows, "person_status"))) {
      bz_say (req, "在编关系 %s 的编制类型 %s 在单位 %s 没有计入总账",
              bz_db_text (rows, "id"), bz_db_text (rows, "staffing_type"),
              bz_db_text (rows, "unit_id"));
      findings++;
    }
  return got < 0 ? got : findings;
}

int
proof_accounts (struct bz_req *req)
{
  int missing = prove (req, "staffing.proof_accounts");
  int more = missing < 0 ? missing : uncounted (req);

  return more < 0 ? more : missing + more;
}
