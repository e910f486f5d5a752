/* 编制使用单: granted, over.  SPDX-License-Identifier: MulanPSL-2.0 */
#include "part.h"

int
slip_post (struct bz_req *req, const struct bz_posting *posting,
           const char *structure)
{
  struct bz_posting beside = *posting;
  int rc = bz_quota_post (req, posting);

  if (rc < 0 || structure == NULL || *structure == '\0')
    return rc;
  beside.book = "structure";
  beside.code = structure;
  return bz_quota_post (req, &beside);
}

/* -- Granting. */

/* Places of a structure are kept where the unit has any approved. */
static int
structure_kept (struct bz_req *req, int64_t unit_id,
                const struct bz_slip_line *line, const char **ret)
{
  const char *found;
  int rc;

  *ret = "";
  if (line->structure == NULL || *line->structure == '\0')
    return BZ_OK;
  rc = bz_db_value (req, &found, "staffing.quota_has",
                    BZ_ARGS (BZ_INT (unit_id), BZ_STR ("structure"),
                             BZ_STR (line->structure)));
  if (rc > 0)
    *ret = line->structure;
  return MIN (rc, BZ_OK);
}

int
bz_slip_grant (struct bz_req *req, int64_t case_id, int64_t unit_id,
               const struct bz_slip_line *line, const char *date,
               const char *until)
{
  struct bz_posting posting = { .unit_id = unit_id,
                                .book = "type",
                                .account = BZ_QUOTA_RESERVED,
                                .amount = line->amount,
                                .date = date,
                                .case_id = case_id };
  const char *structure;
  int64_t rows;
  int rc = unit_lock (req, unit_id);

  if (rc == BZ_OK)
    rc = bz_quota_type (req, unit_id, line->staffing_type, &posting.code);
  if (rc < 0)
    return rc;
  if (rc == 0)
    return bz_fail (req, BZ_CONFLICT, "本单位没有核定“%s”，请核对编制类型",
                    quota_name (req, "type", line->staffing_type));
  rc = structure_kept (req, unit_id, line, &structure);
  if (rc == BZ_OK)
    rc = slip_post (req, &posting, structure);
  if (rc < 0)
    return rc;
  rows = bz_db_exec (req, "staffing.slip_open",
                     BZ_ARGS (BZ_INT (case_id), BZ_INT (unit_id), BZ_STR (date),
                              BZ_STR (until)));
  if (rows < 0)
    return (int) rows;
  rows = bz_db_exec (req, "staffing.slip_line_add",
                     BZ_ARGS (BZ_INT (bz_db_last_id (req)),
                              BZ_STR (line->staffing_type),
                              BZ_STR (posting.code), BZ_STR (structure),
                              BZ_STR (line->entry_mode),
                              BZ_INT (line->amount)));
  return rows < 0 ? (int) rows : BZ_OK;
}

int
bz_slip_name (struct bz_req *req, int64_t case_id)
{
  int64_t rows = bz_db_exec (req, "staffing.slip_number",
                             BZ_ARGS (BZ_INT (case_id)));

  return rows < 0 ? (int) rows : BZ_OK;
}

/* -- Over. */

int
slip_release (struct bz_req *req, const struct bz_posting *posting,
              int64_t line_id, const char *structure)
{
  int64_t rows = bz_db_exec (req, "staffing.slip_release",
                             BZ_ARGS (BZ_INT (line_id),
                                      BZ_INT (-posting->amount)));

  if (rows < 0)
    return (int) rows;
  return rows > 0 ? slip_post (req, posting, structure) : BZ_FAILED;
}

int
slip_release_rest (struct bz_req *req, const struct bz_posting *of,
                   int64_t slip_id)
{
  struct bz_posting posting = *of;
  struct bz_rows *lines;
  int rc = bz_db_open (req, &lines, "staffing.slip_rest",
                       BZ_ARGS (BZ_INT (slip_id)));

  while (rc >= 0 && (rc = bz_db_next (lines)) > 0) {
    posting.code = bz_db_text (lines, "quota_code");
    posting.amount = -(int) bz_db_int (lines, "rest");
    rc = slip_release (req, &posting, bz_db_int (lines, "id"),
                       bz_db_text (lines, "quota_structure"));
  }
  return rc;
}

/* Is the slip over, now that nobody else can change it?  1, 0, <0. */
static int
over_still (struct bz_req *req, int64_t slip_id, int64_t unit_id)
{
  const char *id;
  int rc = unit_lock (req, unit_id);

  return rc < 0
         ? rc
         : bz_db_value (req, &id, "staffing.slip_over_now",
                        BZ_ARGS (BZ_INT (slip_id), BZ_STR (bz_today (req))));
}

/* One slip that is over: 1, 0 none is.  DATA: how many there were. */
static int
expire_one (struct bz_req *req, void *data)
{
  struct bz_posting posting = { .book = "type",
                                .account = BZ_QUOTA_RESERVED,
                                .date = bz_today (req) };
  struct bz_rows *slip;
  int64_t slip_id, ended;
  int rc = bz_db_open (req, &slip, "staffing.slip_over",
                       BZ_ARGS (BZ_STR (bz_today (req))));

  if (rc == BZ_OK)
    rc = bz_db_next (slip);
  if (rc <= 0)
    return rc;
  slip_id = bz_db_int (slip, "id");
  posting.unit_id = bz_db_int (slip, "unit_id");
  posting.case_id = bz_db_int (slip, "case_id");
  posting.paper = bz_db_text (slip, "number");
  rc = over_still (req, slip_id, posting.unit_id);
  if (rc == 0)
    return 1; /* somebody has changed it meanwhile */
  if (rc > 0)
    rc = slip_release_rest (req, &posting, slip_id);
  if (rc < 0)
    return rc;
  ended = bz_db_exec (req, "staffing.slip_end", BZ_ARGS (BZ_INT (slip_id)));
  if (ended > 0)
    rc = bz_audit (req, "staffing.slip_expired", "slip", slip_id, NULL);
  *(int *) data += rc >= 0 && ended > 0;
  return ended < 0 ? (int) ended : rc < 0 ? rc : 1;
}

int
slips_expire (struct bz_req *req)
{
  int n = 0, rc;

  while ((rc = bz_db_atomic (req, expire_one, &n)) > 0)
    ;
  if (rc == BZ_OK)
    bz_say (req, "%d slips are over", n);
  return rc;
}
