/* Who comes on a 编制使用单, and on which of its lines.  SPDX-License-Identifier: MulanPSL-2.0 */
#include "part.h"

struct line {
  struct line *next;
  int64_t id;
  const char *staffing_type, *quota_code, *structure, *entry_mode;
  int amount,
    left; /* without what was given back; of it, what nobody has used */
};

/* A staffing type and its account at the slip's unit, NULL: none. */
struct type {
  struct type *next;
  const char *staffing_type, *code;
};

struct bz_slip {
  int64_t id, unit_id;
  const char *number, *until, *fault;
  struct line *lines;
  struct type *types; /* that were asked for */
};

/* Who asks for a place. */
struct asker {
  const char *staffing_type, *quota_code, *structure, *entry_mode;
};

/* -- Reading. */

static bool
usable (struct bz_rows *rows, const char *until, const char *date)
{
  return strcmp (bz_db_text (rows, "state"), "live") == 0
      && (bz_db_int (rows, "hired") > 0 || strcmp (until, date) >= 0);
}

/* The head; SLIP->fault says why it is none to use. */
static int
head_read (struct bz_req *req, struct bz_slip *slip, const char *date)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "staffing.slip_one",
                       BZ_ARGS (BZ_INT (slip->id)));

  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc < 0)
    return rc;
  if (rc == 0 || bz_db_int (rows, "unit_id") != slip->unit_id) {
    slip->fault = "所选的编制使用单不是本单位的，请重新选择";
    return BZ_OK;
  }
  slip->number = bz_db_text (rows, "number");
  slip->until = bz_db_text (rows, "valid_until");
  if (strcmp (bz_db_text (rows, "state"), "void") == 0)
    slip->fault = bz_format (req, "编制使用单“%s”已撤销，请另选或另行申请",
                             slip->number);
  else if (!usable (rows, slip->until, date))
    slip->fault
      = bz_format (req, "编制使用单“%s”已于 %s 到期，请另行申请编制使用核准",
                   slip->number, slip->until);
  return BZ_OK;
}

static int
lines_read (struct bz_req *req, struct bz_slip *slip)
{
  struct line **end = &slip->lines;
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "staffing.slip_lines",
                       BZ_ARGS (BZ_INT (slip->id)));

  while (rc >= 0 && (rc = bz_db_next (rows)) > 0) {
    struct line *line = bz_alloc (req, sizeof *line);

    line->id = bz_db_int (rows, "id");
    line->staffing_type = bz_db_text (rows, "staffing_type");
    line->quota_code = bz_db_text (rows, "quota_code");
    line->structure = bz_db_text (rows, "quota_structure");
    line->entry_mode = bz_db_text (rows, "entry_mode");
    line->left = (int) bz_db_int (rows, "rest");
    line->amount = line->left + (int) bz_db_int (rows, "used");
    *end = line;
    end = &line->next;
  }
  return rc;
}

int
bz_slip_read (struct bz_req *req, int64_t slip_id, int64_t unit_id,
              const char *date, struct bz_slip **ret)
{
  struct bz_slip *slip = bz_alloc (req, sizeof *slip);
  int rc;

  slip->id = slip_id;
  slip->unit_id = unit_id;
  *ret = slip;
  rc = head_read (req, slip, date);
  return rc == BZ_OK && slip->fault == NULL ? lines_read (req, slip) : rc;
}

struct bz_slip_head
bz_slip_head (const struct bz_slip *slip)
{
  struct bz_slip_head head = { .number = slip->number,
                               .until = slip->until,
                               .fault = slip->fault };

  for (const struct line *line = slip->lines; line != NULL; line = line->next) {
    head.granted += line->amount;
    head.used += line->amount - line->left;
  }
  return head;
}

/* -- Choosing a line. */

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

/* The type has perhaps got an account of its own since the line was granted: it is
 * the line's all the same. */
static bool
fits (struct bz_req *req, const struct line *line, const struct asker *who)
{
  return (g_strcmp0 (line->quota_code, who->quota_code) == 0
          || g_strcmp0 (line->staffing_type, who->staffing_type) == 0)
      && is_kind_of (req, who->entry_mode, line->entry_mode);
}

/* Is the line kept for none who has STRUCTURE? */
static bool
is_for_others (const struct line *line, const char *structure)
{
  return *line->structure != '\0' && structure != NULL
      && strcmp (line->structure, structure) != 0;
}

/* Whoever fits a narrow line takes that, so that the wide ones stay for those who
 * fit no other. */
static int
rank (const struct line *line, const struct asker *who)
{
  const char *structure = who->structure != NULL ? who->structure : "";

  return 8 * (line->left > 0)
       + 4 * (g_strcmp0 (line->entry_mode, who->entry_mode) == 0)
       + 2 * (strcmp (line->structure, structure) == 0)
       + (g_strcmp0 (line->staffing_type, who->staffing_type) == 0);
}

/* The best of the lines that fit WHO; NULL: none.  RET gets what all of them have.
 * OTHER: one that is only for another structure, if there is any. */
static struct line *
choose (struct bz_req *req, struct bz_slip *slip, const struct asker *who,
        struct bz_slip_place *ret, const struct line **other)
{
  struct line *best = NULL;

  *other = NULL;
  for (struct line *line = slip->lines; line != NULL; line = line->next) {
    if (!fits (req, line, who))
      continue;
    if (is_for_others (line, who->structure)) {
      *other = line;
      continue;
    }
    ret->amount += line->amount;
    ret->left += line->left;
    if (best != NULL && who->structure == NULL
        && strcmp (best->structure, line->structure) != 0)
      ret->several = 1;
    if (best == NULL || rank (line, who) > rank (best, who))
      best = line;
  }
  if (best != NULL && *best->structure == '\0')
    ret->several = 0;
  return best;
}

static const char *
fault_text (struct bz_req *req, const struct bz_slip *slip,
            const struct asker *who, const struct bz_slip_place *place,
            const struct line *other)
{
  const char *type = quota_name (req, "type",
                                 who->staffing_type != NULL ? who->staffing_type
                                                            : "");
  const char *way = bz_code_name (req, "entry_mode",
                                  who->entry_mode != NULL ? who->entry_mode
                                                          : "");

  if (place->amount > 0)
    return place->left > 0
           ? NULL
           : bz_format (req,
                        "编制使用单“%s”以“%s”方式进入%s的 %d 个名额已用完，"
                        "请另选编制使用单或另行申请",
                        slip->number, way != NULL ? way : "", type,
                        place->amount);
  if (other != NULL)
    return bz_format (req,
                      "编制使用单“%s”的名额用于编制结构“%s”，"
                      "请核对编制结构，或另选编制使用单",
                      slip->number,
                      quota_name (req, "structure", other->structure));
  return bz_format (req,
                    "编制使用单“%s”没有以“%s”方式进入%s的名额，"
                    "请核对进入形式和编制类型，或另选编制使用单",
                    slip->number, way != NULL ? way : "", type);
}

/* The account of a staffing type; who comes on a slip has mostly one of two.  1, 0
 * none, <0. */
static int
account_of (struct bz_req *req, struct bz_slip *slip, const char *staffing_type,
            const char **ret)
{
  struct type *type = slip->types;
  int rc;

  while (type != NULL && g_strcmp0 (type->staffing_type, staffing_type) != 0)
    type = type->next;
  if (type == NULL) {
    type = bz_alloc (req, sizeof *type);
    type->staffing_type = staffing_type;
    rc = bz_quota_type (req, slip->unit_id, staffing_type, &type->code);
    if (rc < 0)
      return rc;
    type->next = slip->types;
    slip->types = type;
  }
  *ret = type->code;
  return type->code != NULL;
}

int
bz_slip_take (struct bz_req *req, struct bz_slip *slip,
              const char *staffing_type, const char *structure,
              const char *entry_mode, struct bz_slip_place *ret)
{
  struct asker who = { .staffing_type = staffing_type,
                       .structure = structure,
                       .entry_mode = entry_mode };
  const struct line *other;
  struct line *line;
  int rc;

  *ret = (struct bz_slip_place){ .slip_id = slip->id,
                                 .number = slip->number,
                                 .fault = slip->fault,
                                 .code = "",
                                 .entry_mode = "",
                                 .structure = "" };
  if (slip->fault != NULL)
    return BZ_OK;
  rc = account_of (req, slip, staffing_type, &who.quota_code);
  if (rc < 0)
    return rc;
  line = rc > 0 ? choose (req, slip, &who, ret, &other) : NULL;
  ret->fault = fault_text (req, slip, &who, ret, rc > 0 ? other : NULL);
  if (line == NULL)
    return BZ_OK;
  ret->line_id = line->id;
  ret->line_left = line->left;
  ret->code = line->quota_code;
  ret->entry_mode = line->entry_mode;
  ret->structure = line->structure;
  line->left -= line->left > 0;
  return BZ_OK;
}

int
bz_slip_find (struct bz_req *req, int64_t slip_id, int64_t unit_id,
              const char *staffing_type, const char *structure,
              const char *entry_mode, const char *date,
              struct bz_slip_place *ret)
{
  struct bz_slip *slip;
  int rc = bz_slip_read (req, slip_id, unit_id, date, &slip);

  return rc < 0
         ? rc
         : bz_slip_take (req, slip, staffing_type, structure, entry_mode, ret);
}

/* -- Using. */

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
