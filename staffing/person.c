/* Persons: 验证, loading what is known into an item, storing.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "part.h"

static const char kept[] = "已有信息不做修改，更正请办理人员异动";

/* exit_reason.csv says what an exit made of the person: 43 moved on, 41 and
 * 42 retired, 44 died. */
static const char *
result_of (struct bz_req *req, const char *exit_reason)
{
  const char *result = bz_code_extra (req, "exit_reason", exit_reason,
                                      "result_status");

  return result != NULL ? result : "";
}

/* Origin for the form of entry (A5.2): the category of the last employment if
 * it is open or ended by moving on, else outside. */
static const char *
origin (struct bz_req *req, const char *type, bool open, const char *reason)
{
  const char *category = NULL;

  if (type != NULL && (open || strcmp (result_of (req, reason), "43") == 0))
    category = bz_code_extra (req, "staffing_type", type, "category");
  return category != NULL && *category != '\0' ? category : "X";
}

/* A dead person's number is a stop like a retired one's. */
static enum bz_known
outcome (struct bz_req *req, const char *type, bool open, const char *reason)
{
  const char *result = result_of (req, reason);

  if (!open)
    return strcmp (result, "41") == 0 || strcmp (result, "42") == 0
            || strcmp (result, "44") == 0
           ? BZ_KNOWN_RETIRED
           : BZ_KNOWN_EXITED;
  return g_strcmp0 (bz_code_extra (req, "staffing_type", type, "counts_quota"),
                    "0")
          == 0
         ? BZ_KNOWN_OFF_ROLL
         : BZ_KNOWN_ELSEWHERE;
}

static void
describe (struct bz_req *req, struct bz_rows *rows, const char *name,
          const char *sex, struct bz_person_found *ret)
{
  const char *type = bz_db_text (rows, "staffing_type");
  const char *reason = bz_db_text (rows, "exit_reason");
  bool open = bz_db_int (rows, "open") != 0;

  if (reason == NULL)
    reason = "";
  ret->person_id = bz_db_int (rows, "id");
  ret->matches = g_strcmp0 (name, bz_db_text (rows, "name")) == 0
              && g_strcmp0 (sex, bz_db_text (rows, "sex")) == 0;
  ret->known = bz_db_int (rows, "merged") != 0
               ? BZ_KNOWN_MERGED
               : outcome (req, type, open, reason);
  ret->unit_id = bz_db_int (rows, "unit_id");
  ret->unit_name = ret->matches ? bz_db_text (rows, "unit_name") : NULL;
  ret->staffing_type = type;
  ret->category = origin (req, type, open, reason);
  ret->exit_reason = *reason != '\0' ? reason : NULL;
}

static int
look_up (struct bz_req *req, const char *name, const char *sex,
         const char *id_number, struct bz_person_found *ret)
{
  struct bz_person_found found = { .known = BZ_KNOWN_NEW, .category = "X" };
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "staffing.person_find",
                       BZ_ARGS (BZ_STR (id_number), BZ_STR (bz_today (req))));

  if (rc < 0)
    return rc;
  rc = bz_db_next (rows);
  if (rc < 0)
    return rc;
  if (rc > 0)
    describe (req, rows, name, sex, &found);
  *ret = found;
  return BZ_OK;
}

int
bz_person_find (struct bz_req *req, const char *name, const char *sex,
                const char *id_number, struct bz_person_found *ret)
{
  static const char *const words[] = {
    [BZ_KNOWN_NEW] = "new",
    [BZ_KNOWN_EXITED] = "exited",
    [BZ_KNOWN_ELSEWHERE] = "elsewhere",
    [BZ_KNOWN_OFF_ROLL] = "off-roll",
    [BZ_KNOWN_RETIRED] = "retired",
    [BZ_KNOWN_MERGED] = "merged",
  };
  struct bz_person_found found;
  int rc = look_up (req, name, sex, id_number, &found);

  if (rc < 0)
    return rc;
  rc = bz_audit (req, "person.verify", "person", found.person_id,
                 words[found.known]);
  if (rc < 0)
    return rc;
  /* What was found may be shown although the change is rolled back. */
  if (found.person_id != 0)
    bz_audit_read (req, "person.show", "person", found.person_id);
  *ret = found;
  return BZ_OK;
}

int
bz_person_known (struct bz_req *req, const char *name, const char *sex,
                 const char *id_number, struct bz_person_found *ret)
{
  int rc = look_up (req, name, sex, id_number, ret);

  if (rc == BZ_OK)
    ret->unit_name = NULL;
  return rc;
}

/* -- Loading. */

static const char *const person_fields[] = {
  "birth_date",     "ethnic",           "native_place",
  "political",      "party_join_date",  "work_start",
  "education",      "degree",           "school",
  "major",          "graduation_date",  "identity",
  "staffing_start", "civil_registered",
};

static void
load (struct bz_item *item, const char *field, const char *value)
{
  if (value == NULL || *value == '\0')
    return; /* a gap: the clerk completes it */
  bz_item_set (item, field, value);
  bz_item_close (item, field, kept);
}

/* 原工作单位, 原编制类型 (HY-68, HY-69): only of a place that the person comes
 * from, not of one that they left long ago. */
static int
load_origin (struct bz_req *req, int64_t person_id, struct bz_item *item)
{
  struct bz_rows *rows;
  const char *type, *reason;
  int rc = bz_db_open (req, &rows, "staffing.person_origin",
                       BZ_ARGS (BZ_INT (person_id), BZ_STR (bz_today (req))));

  if (rc < 0)
    return rc;
  rc = bz_db_next (rows);
  if (rc <= 0)
    return rc;
  type = bz_db_text (rows, "staffing_type");
  reason = bz_db_text (rows, "exit_reason");
  if (strcmp (origin (req, type, bz_db_int (rows, "open") != 0,
                      reason != NULL ? reason : ""),
              "X")
      == 0)
    return BZ_OK;
  load (item, "from_unit", bz_db_text (rows, "unit_name"));
  load (item, "from_staffing_type", type);
  return BZ_OK;
}

int
bz_person_fill (struct bz_req *req, int64_t person_id, struct bz_item *item)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "staffing.person_fields",
                       BZ_ARGS (BZ_INT (person_id)));

  if (rc < 0)
    return rc;
  rc = bz_db_next (rows);
  if (rc == 0)
    return bz_fail (req, BZ_CONFLICT, "人员记录已不存在，请重新验证");
  if (rc < 0)
    return rc;
  for (size_t i = 0; i < G_N_ELEMENTS (person_fields); i++)
    load (item, person_fields[i], bz_db_text (rows, person_fields[i]));
  bz_item_set_subject (item, person_id);
  rc = local_fill (req, person_id, item);
  if (rc == BZ_OK)
    rc = qualification_load (req, person_id, item, kept);
  return rc < 0 ? rc : load_origin (req, person_id, item);
}

/* -- Storing. */

static const char *
text_of (const struct bz_item *item, const char *field)
{
  const char *value = bz_item_get (item, field);

  return value != NULL ? value : "";
}

const char *
person_date (struct bz_req *req, const struct bz_item *item, const char *field)
{
  const char *value = text_of (item, field);

  return strlen (value) == 7 ? bz_format (req, "%s-01", value) : value;
}

#define GAPS(req, item)                                                        \
  BZ_STR (text_of (item, "native_place")),                                     \
    BZ_STR (person_date (req, item, "party_join_date")),                       \
    BZ_STR (text_of (item, "degree")), BZ_STR (text_of (item, "school")),      \
    BZ_STR (text_of (item, "major")),                                          \
    BZ_STR (person_date (req, item, "graduation_date")),                       \
    BZ_STR (text_of (item, "identity")),                                       \
    BZ_STR (person_date (req, item, "staffing_start")),                        \
    BZ_INT (strcmp (text_of (item, "civil_registered"), "1") == 0)

/* Forms ask for it, this is the last look. */
int
person_complete (struct bz_req *req, const struct bz_item *item)
{
  static const struct {
    const char *field, *title;
  } needed[] = {
    { "name", "姓名" },           { "sex", "性别" },
    { "birth_date", "出生日期" }, { "ethnic", "民族" },
    { "political", "政治面貌" },  { "work_start", "参加工作时间" },
    { "education", "学历" },
  };
  const char *name = text_of (item, "name");
  const char *who = *name != '\0' ? name : "人员（未填写姓名）";

  if (bz_idno_check (text_of (item, "id_number"), NULL) != BZ_IDNO_OK)
    return bz_fail (req, BZ_CONFLICT, "%s：身份证号不正确，请退回更正", who);
  for (size_t i = 0; i < G_N_ELEMENTS (needed); i++)
    if (*text_of (item, needed[i].field) == '\0')
      return bz_fail (req, BZ_CONFLICT, "%s：没有填写%s，请退回补充", who,
                      needed[i].title);
  return BZ_OK;
}

static int
add_person (struct bz_req *req, struct bz_item *item, int64_t *ret)
{
  int64_t rows = bz_db_exec (
    req, "staffing.person_add",
    BZ_ARGS (BZ_STR (text_of (item, "name")), BZ_STR (text_of (item, "sex")),
             BZ_STR (text_of (item, "id_number")),
             BZ_STR (person_date (req, item, "birth_date")),
             BZ_STR (text_of (item, "ethnic")),
             BZ_STR (text_of (item, "political")),
             BZ_STR (person_date (req, item, "work_start")),
             BZ_STR (text_of (item, "education")), GAPS (req, item)));
  int64_t id;
  int rc;

  if (rows == BZ_CONFLICT)
    return bz_fail (req, BZ_CONFLICT,
                    "该身份证号已在另一笔业务中登记，请退回重新验证");
  if (rows < 0)
    return (int) rows;
  id = bz_db_last_id (req);
  rc = qualification_store (req, item, id);
  if (rc == BZ_OK)
    *ret = id;
  return rc;
}

static int
complete_person (struct bz_req *req, struct bz_item *item, int64_t id)
{
  int64_t rows = bz_db_exec (req, "staffing.person_complete",
                             BZ_ARGS (BZ_INT (id), GAPS (req, item)));

  return rows < 0 ? (int) rows : qualification_store (req, item, id);
}

int64_t
bz_person_photo (struct bz_req *req, int64_t person_id)
{
  const char *paper = NULL;
  int rc = bz_db_value (req, &paper, "staffing.photo_of",
                        BZ_ARGS (BZ_INT (person_id)));

  return rc > 0 ? g_ascii_strtoll (paper, NULL, 10) : rc;
}

int
person_photo_put (struct bz_req *req, const struct bz_item *item,
                  const char *kind, int64_t person_id)
{
  int64_t paper = bz_item_paper (req, item, kind), rows;

  if (paper <= 0)
    return (int) paper;
  rows = bz_db_exec (req, "staffing.photo_put",
                     BZ_ARGS (BZ_INT (person_id), BZ_INT (paper),
                              BZ_STR (bz_today (req))));
  return rows < 0 ? (int) rows : 1;
}

int
bz_person_store (struct bz_req *req, struct bz_item *item, int64_t *ret)
{
  struct bz_rows *rows;
  int64_t id = 0;
  int rc = person_complete (req, item);

  /* A new number locks the gap where it will stand. */
  if (rc == BZ_OK)
    rc = employment_gate (req);
  if (rc < 0)
    return rc;
  rc = bz_db_open (req, &rows, "staffing.person_lock",
                   BZ_ARGS (BZ_STR (text_of (item, "id_number"))));
  if (rc < 0)
    return rc;
  rc = bz_db_next (rows);
  if (rc < 0)
    return rc;
  if (rc == 0)
    rc = add_person (req, item, &id);
  else if (bz_db_int (rows, "merged") != 0)
    return bz_fail (req, BZ_CONFLICT,
                    "该身份证号的记录已合并到同一人的另一条记录，"
                    "请退回按现在的身份证号重新填写");
  else if (g_strcmp0 (bz_db_text (rows, "name"), text_of (item, "name")) != 0
           || g_strcmp0 (bz_db_text (rows, "sex"), text_of (item, "sex")) != 0)
    return bz_fail (req, BZ_CONFLICT,
                    "该身份证号已登记，姓名或性别与登记的"
                    "不一致，请核对身份证后退回");
  else {
    id = bz_db_int (rows, "id");
    rc = complete_person (req, item, id);
  }
  if (rc >= 0)
    rc = person_photo_put (req, item, "photo", id);
  if (rc >= 0)
    rc = local_store (req, id, item);
  if (rc < 0)
    return rc;
  bz_item_set_subject (item, id);
  *ret = id;
  return BZ_OK;
}
