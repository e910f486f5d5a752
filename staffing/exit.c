/* 出编: how an employment ends.  SPDX-License-Identifier: MulanPSL-2.0 */
#include "part.h"

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

/* The person's open employment at the unit, locked. */
static int
exit_open (struct bz_req *req, const struct bz_exit *x, int64_t *ret)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "staffing.employment_open",
                       BZ_ARGS (BZ_INT (x->person_id), BZ_INT (x->unit_id),
                                BZ_STR (x->date)));

  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc < 0)
    return rc;
  if (rc == 0)
    return bz_fail (req, BZ_CONFLICT,
                    "有人员已不在本单位在编，可能已办理出编；"
                    "请退回核对人员名单");
  if (bz_db_int (rows, "before_it") == 0)
    return bz_fail (req, BZ_CONFLICT,
                    "有人员今天才入编，出编时间须晚于入编时间，请次日再核准");
  *ret = bz_db_int (rows, "id");
  return BZ_OK;
}

static int
exit_record (struct bz_req *req, const struct bz_exit *x, int64_t employment_id)
{
  const char *result = bz_code_extra (req, "exit_reason", x->reason,
                                      "result_status");
  int64_t rows;

  if (result == NULL || *result == '\0')
    return bz_fail (req, BZ_CONFLICT, "出编原因无效，请退回重新选择");
  rows = bz_db_exec (req, "staffing.employment_close",
                     BZ_ARGS (BZ_INT (employment_id), BZ_STR (x->date),
                              BZ_STR (x->reason), BZ_INT (x->case_id)));
  if (rows >= 0)
    rows = bz_db_exec (req, "staffing.exit_add",
                       BZ_ARGS (BZ_INT (employment_id), BZ_STR (x->happened_on),
                                BZ_STR (result),
                                BZ_STR (or_empty (x->destination)),
                                BZ_STR (or_empty (x->doc_no)),
                                BZ_INT (x->late != 0),
                                BZ_STR (or_empty (x->late_reason))));
  return (int) MIN (rows, BZ_OK);
}

int
bz_employment_close (struct bz_req *req, const struct bz_exit *x, int64_t *ret)
{
  int64_t id;
  int rc = employment_gate (req);

  if (rc == BZ_OK)
    rc = unit_lock (req, x->unit_id);
  if (rc == BZ_OK)
    rc = exit_open (req, x, &id);
  if (rc == BZ_OK)
    rc = exit_record (req, x, id);
  if (rc == BZ_OK)
    rc = bz_employment_post (req, id, -1, x->date, x->case_id, x->doc_no);
  if (rc == BZ_OK)
    *ret = id;
  return rc;
}

/* -- Who is on staff, for cases about them. */

int
bz_staff_at (struct bz_req *req, int64_t unit_id, int64_t person_id)
{
  const char *key;

  return bz_db_value (req, &key, "staffing.people_one",
                      BZ_ARGS (BZ_INT (unit_id), BZ_INT (person_id)));
}

int
bz_staff_fill (struct bz_req *req, int64_t unit_id, struct bz_item *item,
               const char *const *fields, const char *why)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "staffing.staff_fields",
                       BZ_ARGS (BZ_INT (unit_id),
                                BZ_INT (bz_item_subject (item))));

  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc <= 0)
    return rc;
  for (; *fields != NULL; fields++) {
    bz_item_set (item, *fields, bz_db_text (rows, *fields));
    bz_item_close (item, *fields, why);
  }
  return 1;
}
