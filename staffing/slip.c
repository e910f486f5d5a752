/* 编制使用单: granted, used, over.  SPDX-License-Identifier: MulanPSL-2.0 */
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
  int rc;

  posting.code = bz_quota_type (req, unit_id, line->staffing_type);
  if (posting.code == NULL)
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

/* -- Using. */

/* Is MODE the form WAY, or a kind of it? */
static bool
is_kind_of (struct bz_req *req, const char *mode, const char *way)
{
  while (mode != NULL && *mode != '\0') {
    if (strcmp (mode, way) == 0)
      return true;
    mode = bz_code_extra (req, "entry_mode", mode, "parent");
  }
  return false;
}

/* The head of the slip; RET->fault says why it is none to use.  1, 0, <0. */
static int
head_read (struct bz_req *req, int64_t unit_id, const char *date,
           struct bz_slip_place *ret)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "staffing.slip_one",
                       BZ_ARGS (BZ_INT (ret->slip_id)));

  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc < 0)
    return rc;
  if (rc == 0 || bz_db_int (rows, "unit_id") != unit_id) {
    ret->fault = "所选的编制使用单不是本单位的，请重新选择";
    return 0;
  }
  ret->number = bz_db_text (rows, "number");
  if (strcmp (bz_db_text (rows, "state"), "live") == 0
      && (bz_db_int (rows, "hired") > 0
          || strcmp (bz_db_text (rows, "valid_until"), date) >= 0))
    return 1;
  if (strcmp (bz_db_text (rows, "state"), "void") == 0) {
    ret->fault = bz_format (req, "编制使用单“%s”已撤销，请另选或另行申请",
                            ret->number);
    return 0;
  }
  ret->fault = bz_format (req,
                          "编制使用单“%s”已于 %s 到期，请另行申请编制使用核准",
                          ret->number, bz_db_text (rows, "valid_until"));
  return 0;
}

/* Is a line for KEPT none for whom has STRUCTURE? */
static bool
is_for_others (const char *kept, const char *structure)
{
  return *kept != '\0' && structure != NULL && strcmp (kept, structure) != 0;
}

/* The first of the slip's lines for CODE and MODE with a place left; else the
 * last that fits, with LEFT 0.  1, 0 none fits, <0.  Where none fits but for
 * another structure, RET names that. */
static int
line_read (struct bz_req *req, const char *code, const char *mode,
           const char *structure, struct bz_slip_place *ret)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "staffing.slip_lines",
                       BZ_ARGS (BZ_INT (ret->slip_id)));
  int found = 0;

  while (rc >= 0 && (rc = bz_db_next (rows)) > 0) {
    if (g_strcmp0 (bz_db_text (rows, "quota_code"), code) != 0
        || !is_kind_of (req, mode, bz_db_text (rows, "entry_mode")))
      continue;
    if (found == 0)
      ret->structure = bz_db_text (rows, "quota_structure");
    if (is_for_others (bz_db_text (rows, "quota_structure"), structure))
      continue;
    found = 1;
    ret->structure = bz_db_text (rows, "quota_structure");
    ret->line_id = bz_db_int (rows, "id");
    ret->amount = (int) bz_db_int (rows, "amount");
    ret->left = ret->amount
              - (int) (bz_db_int (rows, "used") + bz_db_int (rows, "released"));
    if (ret->left > 0)
      break;
  }
  return rc < 0 ? rc : found;
}

int
bz_slip_find (struct bz_req *req, int64_t slip_id, int64_t unit_id,
              const char *staffing_type, const char *structure,
              const char *entry_mode, const char *date,
              struct bz_slip_place *ret)
{
  const char *code = bz_quota_type (req, unit_id, staffing_type);
  const char *type = quota_name (req, "type", staffing_type);
  const char *way = bz_code_name (req, "entry_mode",
                                  entry_mode != NULL ? entry_mode : "");
  int rc;

  *ret = (struct bz_slip_place){ .slip_id = slip_id, .structure = "" };
  rc = head_read (req, unit_id, date, ret);
  if (rc <= 0)
    return rc;
  rc = code != NULL ? line_read (req, code, entry_mode, structure, ret) : 0;
  if (rc == 0 && is_for_others (ret->structure, structure))
    ret->fault = bz_format (req,
                            "编制使用单“%s”的名额用于编制结构“%s”，"
                            "请核对编制结构，或另选编制使用单",
                            ret->number,
                            quota_name (req, "structure", ret->structure));
  else if (rc == 0)
    ret->fault = bz_format (req,
                            "编制使用单“%s”没有以“%s”方式进入%s的名额，"
                            "请核对进入形式和编制类型，或另选编制使用单",
                            ret->number, way != NULL ? way : "", type);
  else if (ret->left <= 0)
    ret->fault = bz_format (req,
                            "编制使用单“%s”以“%s”方式进入%s的 %d 个名额已用完，"
                            "请另选编制使用单或另行申请",
                            ret->number, way != NULL ? way : "", type,
                            ret->amount);
  return rc < 0 ? rc : BZ_OK;
}

/* What the line has reserved for who comes is reserved no longer. */
static int
give_up (struct bz_req *req, struct bz_posting *posting, int64_t line_id)
{
  struct bz_rows *line;
  int rc = bz_db_open (req, &line, "staffing.slip_line_code",
                       BZ_ARGS (BZ_INT (line_id)));

  if (rc == BZ_OK)
    rc = bz_db_next (line);
  if (rc <= 0)
    return rc < 0 ? rc : BZ_FAILED;
  posting->code = bz_db_text (line, "quota_code");
  return slip_post (req, posting, bz_db_text (line, "quota_structure"));
}

int
bz_slip_use (struct bz_req *req, const struct bz_slip_place *place,
             int64_t unit_id, int64_t employment_id, int64_t person_id,
             int64_t case_id, const char *date)
{
  struct bz_posting posting = { .unit_id = unit_id,
                                .book = "type",
                                .account = BZ_QUOTA_RESERVED,
                                .amount = -1,
                                .date = date,
                                .case_id = case_id,
                                .person_id = person_id,
                                .paper = place->number };
  int64_t rows = bz_db_exec (req, "staffing.slip_take",
                             BZ_ARGS (BZ_INT (place->line_id), BZ_INT (unit_id),
                                      BZ_STR (date)));

  if (rows == 0)
    return bz_fail (req, BZ_CONFLICT,
                    "编制使用单“%s”的名额刚被使用或已到期，请重新核对",
                    place->number);
  if (rows > 0)
    rows = bz_db_exec (req, "staffing.slip_use_add",
                       BZ_ARGS (BZ_INT (employment_id), BZ_INT (place->line_id),
                                BZ_INT (person_id), BZ_INT (case_id),
                                BZ_STR (date)));
  return rows < 0 ? (int) rows : give_up (req, &posting, place->line_id);
}

/* -- Over. */

static int
line_release (struct bz_req *req, struct bz_posting *posting, int64_t line_id,
              const char *structure)
{
  int64_t rows = bz_db_exec (req, "staffing.slip_release",
                             BZ_ARGS (BZ_INT (line_id),
                                      BZ_INT (-posting->amount)));

  return rows < 0 ? (int) rows : slip_post (req, posting, structure);
}

/* One slip that is over.  DATA: how many there were; it stays when none is. */
static int
expire_one (struct bz_req *req, void *data)
{
  struct bz_posting posting = { .book = "type",
                                .account = BZ_QUOTA_RESERVED,
                                .date = bz_today (req) };
  struct bz_rows *slip, *lines;
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
  rc = bz_db_open (req, &lines, "staffing.slip_rest",
                   BZ_ARGS (BZ_INT (slip_id)));
  while (rc >= 0 && (rc = bz_db_next (lines)) > 0) {
    posting.code = bz_db_text (lines, "quota_code");
    posting.amount = -(int) bz_db_int (lines, "rest");
    rc = line_release (req, &posting, bz_db_int (lines, "id"),
                       bz_db_text (lines, "quota_structure"));
  }
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
