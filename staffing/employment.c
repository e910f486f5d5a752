/* Employments (在编关系) and the duties that belong to them.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "part.h"

/* exit_reason: an off-roll record ends because the person enters the roll. */
static const char into_roll[] = "17";
/* The paper by which a leading post may be filled above its number. */
static const char over_lead[] = "over_lead";

static const char *
duty_of (const struct bz_item *item, size_t row, const char *field)
{
  const char *value = bz_item_row_get (item, "duty", row, field);

  return value != NULL ? value : "";
}

static int
held_already (struct bz_req *req)
{
  return bz_fail (req, BZ_CONFLICT,
                  "该人员在所填时间已在编，请先在原单位办理出编，再办理入编");
}

/* -- What stands in the way. */

/* The one record that reaches beyond DATE: 0, or its id if it is off roll
 * (编外, 控制数) and may be closed. */
static int
open_record (struct bz_req *req, int64_t person_id, const char *date,
             int64_t *ret)
{
  struct bz_rows *rows;
  int64_t id = 0;
  int got;
  int rc = bz_db_open (req, &rows, "staffing.employment_now",
                       BZ_ARGS (BZ_INT (person_id), BZ_STR (date)));

  if (rc < 0)
    return rc;
  while ((got = bz_db_next (rows)) > 0) {
    const char *counts = bz_code_extra (req, "staffing_type",
                                        bz_db_text (rows, "staffing_type"),
                                        "counts_quota");

    if (g_strcmp0 (counts, "0") != 0 || bz_db_int (rows, "before_it") == 0)
      return held_already (req);
    id = bz_db_int (rows, "id");
  }
  if (got == 0)
    *ret = id;
  return got;
}

static int
close_off_roll (struct bz_req *req, int64_t person_id, const char *date,
                int64_t case_id)
{
  int64_t id, rows;
  int rc = open_record (req, person_id, date, &id);

  if (rc < 0 || id == 0)
    return rc;
  rows = bz_db_exec (req, "staffing.employment_close",
                     BZ_ARGS (BZ_INT (id), BZ_STR (date), BZ_STR (into_roll),
                              BZ_INT (case_id)));
  return rows < 0 ? (int) rows : BZ_OK;
}

/* -- Duties. */

struct place {
  int64_t unit_id, employment;
  const char *date;
  int64_t over; /* the paper for posts above their number; 0: none came */
};

struct post {
  int64_t id; /* 0: none of the approved ones */
  const char *name;
  int quota;
  bool over; /* one more than approved, by the paper of the place */
};

/* Holders of POST by QUERY, which locks them or not. */
static int
post_held (struct bz_req *req, const char *query, const struct post *post,
           const char *date, int *ret)
{
  const char *held;
  int rc = bz_db_value (req, &held, query,
                        BZ_ARGS (BZ_INT (post->id), BZ_STR (date)));

  if (rc > 0)
    *ret = (int) g_ascii_strtoll (held, NULL, 10);
  return rc < 0 ? rc : BZ_OK;
}

/* A full post stands open by a paper alone, and only as full as it was for those
 * who decided: what was filled after their look, they have not seen. */
static int
post_over (struct bz_req *req, const struct place *place,
           const struct post *post, int held)
{
  int seen = held, rc;

  if (place->over == 0)
    return bz_fail (req, BZ_CONFLICT,
                    "职务“%s”核定 %d 名，已配 %d 名，职数不够，请核对职务",
                    post->name, post->quota, held);
  rc = post_held (req, "staffing.post_seen", post, place->date, &seen);
  if (rc == BZ_OK && seen != held)
    rc = bz_fail (req, BZ_CONFLICT,
                  "职务“%s”刚刚又配了人，核定 %d 名，已配 %d 名，"
                  "请看清后再决定",
                  post->name, post->quota, held);
  return rc;
}

/* The approved post CODE, locked, if a holder more fits in or may come above. */
static int
take_post (struct bz_req *req, const struct place *place, const char *code,
           struct post *ret)
{
  struct bz_rows *rows;
  int held = 0;
  int rc = bz_db_open (req, &rows, "staffing.post_take",
                       BZ_ARGS (BZ_INT (place->unit_id), BZ_STR (code)));

  if (rc < 0)
    return rc;
  rc = bz_db_next (rows);
  if (rc == 0)
    return bz_fail (req, BZ_CONFLICT,
                    "职务不在本单位的职务列表中，请退回重新选择职务");
  if (rc < 0)
    return rc;
  ret->id = bz_db_int (rows, "id");
  ret->name = bz_db_text (rows, "name");
  ret->quota = (int) bz_db_int (rows, "quota");
  rc = post_held (req, "staffing.post_held", ret, place->date, &held);
  ret->over = held >= ret->quota;
  return rc == BZ_OK && ret->over ? post_over (req, place, ret, held) : rc;
}

static int
choose_post (struct bz_req *req, const struct place *place, const char *code,
             struct post *ret)
{
  *ret = (struct post){ .id = 0 };
  if (strcmp (code, "0") == 0)
    ret->name = "无职务";
  else if (strcmp (code, "901") == 0)
    ret->name = "其他--非领导";
  else
    return take_post (req, place, code, ret);
  return BZ_OK;
}

static int
add_duties (struct bz_req *req, struct bz_item *item, const struct place *place)
{
  for (size_t i = 0; i < bz_item_rows (item, "duty"); i++) {
    const char *code = duty_of (item, i, "post");
    const char *type = duty_of (item, i, "appointment_type");
    struct post post;
    int64_t rows;
    int rc = choose_post (req, place, code, &post);

    if (rc < 0)
      return rc;
    rows = bz_db_exec (req, "staffing.duty_add",
                       BZ_ARGS (BZ_INT (place->employment),
                                BZ_INT ((int64_t) i + 1), BZ_INT (post.id),
                                BZ_STR (code), BZ_STR (post.name),
                                BZ_STR (*type != '\0' ? type : "1"),
                                BZ_STR (duty_of (item, i, "doc_no")),
                                BZ_STR (duty_of (item, i, "appoint_date"))));
    if (rows >= 0 && post.over)
      rows = bz_db_exec (req, "staffing.over_put",
                         BZ_ARGS (BZ_INT (place->employment),
                                  BZ_INT ((int64_t) i + 1),
                                  BZ_INT (place->over)));
    if (rows < 0)
      return (int) rows;
  }
  return BZ_OK;
}

/* -- Opening. */

struct counted {
  const char *type, *structure; /* "" where no book counts it */
};

/* Under which codes the quota book counts it.  A counted type without an
 * account is left to the posting, which refuses it with a sentence. */
static int
counted_as (struct bz_req *req, const struct bz_item *item, int64_t unit_id,
            struct counted *ret)
{
  const char *type = item_text (item, "staffing_type"), *code;
  int rc;

  *ret = (struct counted){ "", "" };
  if (!quota_counts (req, type, item_text (item, "person_status")))
    return BZ_OK;
  rc = quota_code_now (req, item, unit_id, "type", &code);
  ret->type = rc > 0 ? code : type;
  if (rc >= 0)
    rc = quota_code_now (req, item, unit_id, "structure", &code);
  if (rc > 0)
    ret->structure = code;
  return MIN (rc, BZ_OK);
}

static int
add_employment (struct bz_req *req, struct bz_item *item, int64_t person_id,
                int64_t unit_id, const char *date, int64_t case_id,
                int64_t *ret)
{
#define FIELD(f) BZ_STR (item_text (item, f))
  int64_t organ = g_ascii_strtoll (item_text (item, "organ"), NULL, 10);
  struct counted as;
  int64_t rows;
  int rc = counted_as (req, item, unit_id, &as);

  if (rc < 0)
    return rc;
  rows = bz_db_exec (req, "staffing.employment_add",
                     BZ_ARGS (BZ_INT (person_id), BZ_INT (unit_id),
                              BZ_STR (date), FIELD ("staffing_type"),
                              FIELD ("funding"), FIELD ("structure"),
                              FIELD ("admin_use"), FIELD ("person_status"),
                              FIELD ("post_category"), FIELD ("post_grade"),
                              FIELD ("politics_law"), FIELD ("civil_rank"),
                              FIELD ("wage_source"), BZ_INT (organ),
                              FIELD ("entry_mode"), FIELD ("from_unit"),
                              FIELD ("from_staffing_type"),
                              FIELD ("entry_paper"), BZ_STR (as.type),
                              BZ_STR (as.structure), BZ_INT (case_id)));
#undef FIELD
  if (rows == BZ_CONFLICT)
    return held_already (req);
  if (rows < 0)
    return (int) rows;
  *ret = bz_db_last_id (req);
  return BZ_OK;
}

int
employment_gate (struct bz_req *req)
{
  const char *id;
  int rc = bz_db_value (req, &id, "staffing.employment_gate", BZ_NO_ARGS);

  return rc > 0 ? BZ_OK : rc < 0 ? rc : BZ_FAILED;
}

int
bz_employment_open (struct bz_req *req, struct bz_item *item, int64_t person_id,
                    int64_t unit_id, const char *date, int64_t case_id,
                    int64_t *ret)
{
  struct place place = { .unit_id = unit_id, .date = date };
  int64_t rows;
  int rc = employment_gate (req);

  if (rc == BZ_OK)
    rc = close_off_roll (req, person_id, date, case_id);
  if (rc < 0)
    return rc;
  rc = add_employment (req, item, person_id, unit_id, date, case_id,
                       &place.employment);
  if (rc < 0)
    return rc;
  place.over = bz_item_paper (req, item, over_lead);
  if (place.over < 0)
    return (int) place.over;
  rc = add_duties (req, item, &place);
  if (rc < 0)
    return rc;
  rows = bz_db_exec (req, "staffing.person_start",
                     BZ_ARGS (BZ_INT (person_id), BZ_STR (date)));
  if (rows < 0)
    return (int) rows;
  *ret = place.employment;
  return BZ_OK;
}

/* -- Posting. */

/* What the books count of an employment, once each. */
static int
read_postings (struct bz_req *req, int64_t employment_id, GArray *into)
{
  struct bz_rows *rows;
  struct bz_posting p = { .account = BZ_QUOTA_OCCUPIED, .amount = 1 };
  int rc = bz_db_open (req, &rows, "staffing.employment_quota",
                       BZ_ARGS (BZ_INT (employment_id)));

  if (rc < 0)
    return rc;
  rc = bz_db_next (rows);
  if (rc <= 0)
    return rc < 0 ? rc
                  : bz_fail (req, BZ_CONFLICT,
                             "在编关系已不存在，请重新打开申请单后再办理");
  p.unit_id = bz_db_int (rows, "unit_id");
  p.person_id = bz_db_int (rows, "person_id");
  p.book = "type";
  p.code = bz_db_text (rows, "quota_code");
  if (p.code != NULL && *p.code != '\0')
    g_array_append_val (into, p);
  p.book = "structure";
  p.code = bz_db_text (rows, "quota_structure");
  if (p.code != NULL && *p.code != '\0')
    g_array_append_val (into, p);

  rc = bz_db_open (req, &rows, "staffing.employment_leads",
                   BZ_ARGS (BZ_INT (employment_id)));
  if (rc < 0)
    return rc;
  p.book = "lead";
  p.over = 1;
  while ((rc = bz_db_next (rows)) > 0) {
    p.code = bz_db_text (rows, "leader_class");
    p.amount = (int) bz_db_int (rows, "posts");
    g_array_append_val (into, p);
  }
  return rc;
}

int
bz_employment_post (struct bz_req *req, int64_t employment_id, int sign,
                    const char *date, int64_t case_id, const char *paper)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE,
                                        sizeof (struct bz_posting));
  int rc = read_postings (req, employment_id, all);

  for (guint i = 0; i < all->len && rc >= 0; i++) {
    struct bz_posting *p = &g_array_index (all, struct bz_posting, i);

    p->amount *= sign;
    p->date = date;
    p->case_id = case_id;
    p->paper = paper;
    rc = bz_quota_post (req, p);
  }
  return rc < 0 ? rc : BZ_OK;
}
