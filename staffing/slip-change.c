/* A slip after it was granted: 延期, 部分核减, 撤销, 变更用编形式, 招录结果.  The unit is
 * locked first, as by whoever changes its book or its slips.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "part.h"

/* Codes of the table slip_action. */
#define EXTEND "1"
#define CUT "2"
#define CANCEL "3"
#define TURN "4"
#define HIRED "5"

struct head {
  const char *number, *until;
};
struct line {
  const char *staffing_type, *quota_code, *structure, *entry_mode;
  int rest;
};

/* -- Looking. */

/* The live slip, locked. */
static int
head_lock (struct bz_req *req, const struct bz_slip_change *c, struct head *ret)
{
  struct bz_rows *rows;
  int rc = unit_lock (req, c->unit_id);

  if (rc == BZ_OK)
    rc = bz_db_open (req, &rows, "staffing.slip_lock",
                     BZ_ARGS (BZ_INT (c->slip_id), BZ_INT (c->unit_id)));
  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc < 0)
    return rc;
  if (rc == 0)
    return bz_fail (req, BZ_CONFLICT,
                    "所选的编制使用单不是本单位的，请重新选择");
  ret->number = bz_db_text (rows, "number");
  ret->until = bz_db_text (rows, "valid_until");
  if (strcmp (bz_db_text (rows, "state"), "live") != 0)
    return bz_fail (req, BZ_CONFLICT,
                    "编制使用单“%s”已经到期或撤销，不能再变更", ret->number);
  return BZ_OK;
}

static int
line_lock (struct bz_req *req, const struct bz_slip_change *c, struct line *ret)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "staffing.slip_line_lock",
                       BZ_ARGS (BZ_INT (c->line_id)));

  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc < 0)
    return rc;
  if (rc == 0 || bz_db_int (rows, "slip_id") != c->slip_id)
    return bz_fail (req, BZ_CONFLICT,
                    "编制使用单没有这一项，请重新选择用编形式和编制类型");
  *ret = (struct line){ .staffing_type = bz_db_text (rows, "staffing_type"),
                        .quota_code = bz_db_text (rows, "quota_code"),
                        .structure = bz_db_text (rows, "quota_structure"),
                        .entry_mode = bz_db_text (rows, "entry_mode"),
                        .rest = (int) bz_db_int (rows, "rest") };
  return BZ_OK;
}

/* -- Writing. */

static int
note (struct bz_req *req, const struct bz_slip_change *c, const char *action,
      int amount, const char *old_until, const char *new_until,
      const char *mode)
{
  int64_t rows = bz_db_exec (req, "staffing.slip_change_add",
                             BZ_ARGS (BZ_INT (c->slip_id), BZ_INT (c->line_id),
                                      BZ_STR (action), BZ_INT (amount),
                                      BZ_STR (old_until), BZ_STR (new_until),
                                      BZ_STR (mode), BZ_INT (c->case_id),
                                      BZ_STR (c->date)));

  return rows < 0 ? (int) rows : BZ_OK;
}

/* What the change takes back of the places of a slip NUMBER. */
static struct bz_posting
posting_of (const struct bz_slip_change *c, const char *number)
{
  return (struct bz_posting){ .unit_id = c->unit_id,
                              .book = "type",
                              .account = BZ_QUOTA_RESERVED,
                              .date = c->date,
                              .case_id = c->case_id,
                              .paper = number };
}

int
bz_slip_extend (struct bz_req *req, const struct bz_slip_change *c,
                const char *until)
{
  struct head head;
  int64_t rows;
  int rc = head_lock (req, c, &head);

  if (rc < 0)
    return rc;
  rows = bz_db_exec (req, "staffing.slip_until",
                     BZ_ARGS (BZ_INT (c->slip_id), BZ_STR (until)));
  if (rows == 0)
    return bz_fail (req, BZ_CONFLICT,
                    "编制使用单“%s”的有效期至 %s，延期须晚于这一天",
                    head.number, head.until);
  return rows < 0 ? (int) rows
                  : note (req, c, EXTEND, 0, head.until, until, "");
}

int
bz_slip_cut (struct bz_req *req, const struct bz_slip_change *c, int amount)
{
  struct bz_posting posting;
  struct head head;
  struct line line;
  int rc = head_lock (req, c, &head);

  if (rc == BZ_OK)
    rc = line_lock (req, c, &line);
  if (rc < 0)
    return rc;
  if (amount < 1 || amount > line.rest)
    return bz_fail (req, BZ_CONFLICT,
                    "编制使用单“%s”这一项未用 %d 名，不能核减 %d 名",
                    head.number, line.rest, amount);
  posting = posting_of (c, head.number);
  posting.code = line.quota_code;
  posting.amount = -amount;
  rc = slip_release (req, &posting, c->line_id, line.structure);
  return rc < 0 ? rc : note (req, c, CUT, amount, NULL, NULL, "");
}

int
bz_slip_cancel (struct bz_req *req, const struct bz_slip_change *c)
{
  struct bz_posting posting;
  struct head head;
  const char *used = NULL;
  int64_t rows;
  int rc = head_lock (req, c, &head);

  if (rc == BZ_OK)
    rc = bz_db_value (req, &used, "staffing.slip_used",
                      BZ_ARGS (BZ_INT (c->slip_id)));
  if (rc < 0)
    return rc;
  if (g_strcmp0 (used, "0") != 0)
    return bz_fail (req, BZ_CONFLICT,
                    "编制使用单“%s”已使用 %s 名，不能撤销；"
                    "没有用完的请办理部分核减",
                    head.number, used != NULL ? used : "");
  posting = posting_of (c, head.number);
  rc = slip_release_rest (req, &posting, c->slip_id);
  if (rc < 0)
    return rc;
  rows = bz_db_exec (req, "staffing.slip_void", BZ_ARGS (BZ_INT (c->slip_id)));
  return rows < 0 ? (int) rows : note (req, c, CANCEL, 0, NULL, NULL, "");
}

/* The rest of the line becomes a line of its own: the book does not change. */
int
bz_slip_turn (struct bz_req *req, const struct bz_slip_change *c,
              const char *entry_mode)
{
  struct head head;
  struct line line;
  int64_t rows;
  int rc = head_lock (req, c, &head);

  if (rc == BZ_OK)
    rc = line_lock (req, c, &line);
  if (rc < 0)
    return rc;
  if (line.rest < 1 || strcmp (line.entry_mode, entry_mode) == 0)
    return bz_fail (req, BZ_CONFLICT,
                    "编制使用单“%s”这一项未用 %d 名，须换成另一种用编形式",
                    head.number, line.rest);
  rows = bz_db_exec (req, "staffing.slip_release",
                     BZ_ARGS (BZ_INT (c->line_id), BZ_INT (line.rest)));
  if (rows > 0)
    rows = bz_db_exec (req, "staffing.slip_line_add",
                       BZ_ARGS (BZ_INT (c->slip_id),
                                BZ_STR (line.staffing_type),
                                BZ_STR (line.quota_code),
                                BZ_STR (line.structure), BZ_STR (entry_mode),
                                BZ_INT (line.rest)));
  return rows < 0 ? (int) rows
                  : note (req, c, TURN, line.rest, NULL, NULL, entry_mode);
}

/* -- 招录结果. */

int
bz_slip_names (struct bz_req *req, int64_t slip_id, int64_t unit_id,
               int64_t case_id, const char *id_number, int *count)
{
  struct bz_rows *rows;
  int found = 0;
  int rc = bz_db_open (req, &rows, "staffing.slip_names",
                       BZ_ARGS (BZ_INT (slip_id), BZ_INT (unit_id),
                                BZ_INT (case_id)));

  *count = 0;
  while (rc >= 0 && (rc = bz_db_next (rows)) > 0) {
    ++*count;
    if (g_strcmp0 (bz_db_text (rows, "id_number"), id_number) == 0)
      found = 1;
  }
  return rc < 0 ? rc : found;
}

/* What was recorded since the case was checked is counted too. */
static int
names_fit (struct bz_req *req, const struct bz_slip_change *c,
           const char *number, int hired)
{
  const char *text = NULL;
  int rc = bz_db_value (req, &text, "staffing.slip_names_now",
                        BZ_ARGS (BZ_INT (c->slip_id)));

  if (rc < 0)
    return rc;
  if (text != NULL && g_ascii_strtoll (text, NULL, 10) > hired)
    return bz_fail (req, BZ_CONFLICT,
                    "编制使用单“%s”连同本次共登记录用人员 %s 名，"
                    "录用人数 %d 名，请退回核对",
                    number, text, hired);
  return BZ_OK;
}

int
bz_slip_hired (struct bz_req *req, const struct bz_slip_change *c, int hired)
{
  struct head head;
  const char *text = NULL;
  int64_t rows;
  int rc = head_lock (req, c, &head), granted;

  if (rc == BZ_OK)
    rc = bz_db_value (req, &text, "staffing.slip_granted",
                      BZ_ARGS (BZ_INT (c->slip_id)));
  if (rc < 0)
    return rc;
  granted = text != NULL ? (int) g_ascii_strtoll (text, NULL, 10) : 0;
  if (hired < 1 || hired > granted)
    return bz_fail (req, BZ_CONFLICT,
                    "编制使用单“%s”核准 %d 名，录用人数须为 1 至 %d",
                    head.number, granted, granted);
  rc = names_fit (req, c, head.number, hired);
  if (rc < 0)
    return rc;
  rows = bz_db_exec (req, "staffing.slip_hired",
                     BZ_ARGS (BZ_INT (c->slip_id), BZ_INT (hired)));
  return rows < 0 ? (int) rows : note (req, c, HIRED, hired, NULL, NULL, "");
}

int
bz_slip_choose (struct bz_req *req, const struct bz_slip_change *c,
                const char *name, const char *sex, const char *id_number)
{
  struct head head;
  int64_t rows;
  int rc = head_lock (req, c, &head);

  if (rc < 0)
    return rc;
  rows = bz_db_exec (req, "staffing.slip_choose",
                     BZ_ARGS (BZ_INT (c->slip_id), BZ_STR (name), BZ_STR (sex),
                              BZ_STR (id_number), BZ_INT (c->case_id),
                              BZ_STR (c->date)));
  if (rows == BZ_CONFLICT)
    return bz_fail (req, BZ_CONFLICT,
                    "编制使用单“%s”已登记过所列人员，请退回，删除后再登记",
                    head.number);
  return rows < 0 ? (int) rows : BZ_OK;
}
