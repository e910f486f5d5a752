/* Employments (在编关系) and the duties that belong to them.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "part.h"

/* exit_reason: an off-roll record ends because the person enters the roll. */
static const char into_roll[] = "17";
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

/* -- Opening. */

struct counted {
  const char *type, *structure, *funding; /* "" where no book counts it */
};

/* Under which codes the quota book counts it.  A counted type without an
 * account is left to the posting, which refuses it with a sentence. */
static int
counted_as (struct bz_req *req, const struct bz_item *item, int64_t unit_id,
            struct counted *ret)
{
  const char *type = item_text (item, "staffing_type"), *code;
  int rc;

  *ret = (struct counted){ "", "", "" };
  if (!quota_counts (req, type, item_text (item, "person_status")))
    return BZ_OK;
  rc = quota_code_now (req, item, unit_id, "type", &code);
  ret->type = rc > 0 ? code : type;
  if (rc >= 0)
    rc = quota_code_now (req, item, unit_id, "structure", &code);
  if (rc > 0)
    ret->structure = code;
  if (rc >= 0)
    rc = quota_code_now (req, item, unit_id, "funding", &code);
  if (rc > 0)
    ret->funding = code;
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
                              BZ_STR (as.structure), BZ_STR (as.funding),
                              BZ_INT (case_id)));
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
unit_lock (struct bz_req *req, int64_t unit_id)
{
  const char *id;
  int rc = bz_db_value (req, &id, "staffing.unit_lock",
                        BZ_ARGS (BZ_INT (unit_id)));

  return rc > 0 ? BZ_OK : rc < 0 ? rc : BZ_FAILED;
}

int
bz_employment_open (struct bz_req *req, struct bz_item *item, int64_t person_id,
                    int64_t unit_id, const char *date, int64_t case_id,
                    unsigned how, int64_t *ret)
{
  struct place place = { .unit_id = unit_id,
                         .date = date,
                         .higher = (how & BZ_OPEN_HIGHER) != 0 };
  int64_t rows;
  int rc = employment_gate (req);

  if (rc == BZ_OK)
    rc = unit_lock (req, unit_id);
  if (rc == BZ_OK)
    rc = close_off_roll (req, person_id, date, case_id);
  if (rc < 0)
    return rc;
  rc = add_employment (req, item, person_id, unit_id, date, case_id,
                       &place.employment);
  if (rc < 0)
    return rc;
  rc = duties_add (req, item, &place);
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

int
employment_postings (struct bz_req *req, int64_t employment_id, GArray *into)
{
  static const struct {
    const char *book, *column;
  } books[] = { { "type", "quota_code" },
                { "structure", "quota_structure" },
                { "funding", "quota_funding" } };
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
  for (size_t i = 0; i < G_N_ELEMENTS (books); i++) {
    p.book = books[i].book;
    p.code = bz_db_text (rows, books[i].column);
    if (p.code != NULL && *p.code != '\0')
      g_array_append_val (into, p);
  }

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
  int rc = employment_postings (req, employment_id, all);

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
