/* 异动: what is there of somebody on staff, and how a case changes some of it.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "part.h"
#include <string.h>

static const char *const of_person[] = {
  "name",
  "sex",
  "id_number",
  "birth_date",
  "ethnic",
  "political",
  "party_join_date",
  "native_place",
  "education",
  "degree",
  "school",
  "major",
  "identity",
  "graduation_date",
  "civil_registered",
};
static const char *const of_employment[] = {
  "funding",      "structure",  "admin_use",   "person_status", "post_category",
  "politics_law", "civil_rank", "wage_source", "organ",
};
/* The office's to put right (correct.c), told by a change. */
static const char *const of_office[] = {
  "work_start", "staffing_start", "unit_entry_date",    "staffing_type",
  "entry_mode", "from_unit",      "from_staffing_type", "entry_paper",
};
static const char changed[] = "change"; /* kind of st_change */
static const char *const of_duty[] = { "post", "appointment_type", "doc_no",
                                       "appoint_date" };

/* -- What is there. */

static void
load_fields (struct bz_rows *rows, struct bz_item *item,
             const char *const *fields, size_t count)
{
  for (size_t i = 0; i < count; i++)
    bz_item_set (item, fields[i], bz_db_text (rows, fields[i]));
}

static int
load_duties (struct bz_req *req, const char *query, int64_t employment,
             struct bz_item *item)
{
  struct bz_rows *rows;
  size_t n = 0;
  int rc = bz_db_open (req, &rows, query, BZ_ARGS (BZ_INT (employment)));

  bz_item_set (item, "duty", NULL);
  for (; rc >= 0 && (rc = bz_db_next (rows)) > 0; n++) {
    for (size_t i = 0; i < G_N_ELEMENTS (of_duty); i++)
      bz_item_row_set (item, "duty", n, of_duty[i],
                       bz_db_text (rows, of_duty[i]));
    bz_item_call (item, "duty", n, "post", bz_db_text (rows, "shown"));
  }
  return rc;
}

int
change_load (struct bz_req *req, int64_t unit_id, struct bz_item *item,
             bool locked, struct change_counted *ret)
{
  int64_t person_id = bz_item_subject (item);
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows,
                       locked ? "staffing.staff_now" : "staffing.staff_all",
                       BZ_ARGS (BZ_INT (unit_id), BZ_INT (person_id)));

  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc <= 0)
    return rc;
  load_fields (rows, item, of_person, G_N_ELEMENTS (of_person));
  load_fields (rows, item, of_employment, G_N_ELEMENTS (of_employment));
  load_fields (rows, item, of_office, G_N_ELEMENTS (of_office));
  bz_item_call (item, NULL, 0, "organ", bz_db_text (rows, "organ_name"));
  *ret = (struct change_counted){ bz_db_int (rows, "employment_id"),
                                  bz_db_text (rows, "quota_code"),
                                  bz_db_text (rows, "quota_structure"),
                                  bz_db_text (rows, "quota_funding") };
  rc = load_duties (req, locked ? "staffing.duties_now" : "staffing.duties_of",
                    ret->employment, item);
  if (rc == BZ_OK)
    rc = qualification_read (req, person_id, item, locked);
  if (rc >= 0)
    rc = local_load (req, person_id, item, locked);
  return rc < 0 ? rc : 1;
}

int
bz_staff_load (struct bz_req *req, int64_t unit_id, struct bz_item *item)
{
  struct change_counted counted;

  return change_load (req, unit_id, item, false, &counted);
}

/* -- Writing. */

static bool
any_changed (const struct bz_item *item, const char *const *fields,
             size_t count)
{
  for (size_t i = 0; i < count; i++)
    if (bz_item_changes (item, fields[i]))
      return true;
  return false;
}

/* What NOW says, with what ITEM changes of it. */
static void
merge (const struct bz_item *item, struct bz_item *now,
       const char *const *fields, size_t count)
{
  for (size_t i = 0; i < count; i++)
    if (bz_item_changes (item, fields[i]))
      bz_item_set (now, fields[i], bz_item_get (item, fields[i]));
}

static int
write_person (struct bz_req *req, const struct bz_item *now)
{
#define FIELD(f) BZ_STR (item_text (now, f))
#define MONTH(f) BZ_STR (person_date (req, now, f))
  bool registered = strcmp (item_text (now, "civil_registered"), "1") == 0;
  int64_t rows;
  int rc = person_complete (req, now);

  if (rc < 0)
    return rc;
  rows = bz_db_exec (req, "staffing.person_change",
                     BZ_ARGS (BZ_INT (bz_item_subject (now)), FIELD ("name"),
                              FIELD ("sex"), FIELD ("id_number"),
                              FIELD ("birth_date"), FIELD ("ethnic"),
                              FIELD ("native_place"), FIELD ("political"),
                              MONTH ("party_join_date"), FIELD ("education"),
                              FIELD ("degree"), FIELD ("school"),
                              FIELD ("major"), MONTH ("graduation_date"),
                              FIELD ("identity"), BZ_INT (registered)));
#undef MONTH
  if (rows == BZ_CONFLICT)
    return bz_fail (req, BZ_CONFLICT,
                    "更正后的身份证号已登记在另一人员名下，请退回，"
                    "由申请单位与编办核对是否为同一人");
  return (int) MIN (rows, BZ_OK);
}

int
change_person (struct bz_req *req, const struct bz_item *item,
               struct bz_item *now)
{
  if (!any_changed (item, of_person, G_N_ELEMENTS (of_person)))
    return BZ_OK;
  merge (item, now, of_person, G_N_ELEMENTS (of_person));
  return write_person (req, now);
}

/* A status by which a post would be freed, or that leaving the roll brings, is not
 * the unit's to choose (A5.8). */
static int
status_allowed (struct bz_req *req, const struct bz_item *item)
{
  const char *status = item_text (item, "person_status");

  if (!bz_item_changes (item, "person_status")
      || (g_strcmp0 (bz_code_extra (req, "person_status", status, "set_by"),
                     "unit")
            == 0
          && g_strcmp0 (bz_code_extra (req, "person_status", status,
                                       "occupies_quota"),
                        "1")
               == 0))
    return BZ_OK;
  return bz_fail (req, BZ_CONFLICT,
                  "所选人员状态不能由单位变更，请退回重新选择");
}

static int
write_employment (struct bz_req *req, const struct bz_item *now,
                  const struct change_counted *as)
{
  int64_t organ = g_ascii_strtoll (item_text (now, "organ"), NULL, 10);
  int64_t rows
    = bz_db_exec (req, "staffing.employment_change",
                  BZ_ARGS (BZ_INT (as->employment), FIELD ("funding"),
                           FIELD ("structure"), FIELD ("admin_use"),
                           FIELD ("person_status"), FIELD ("post_category"),
                           FIELD ("politics_law"), FIELD ("civil_rank"),
                           FIELD ("wage_source"), BZ_INT (organ),
                           BZ_STR (as->structure), BZ_STR (as->funding)));
#undef FIELD

  return (int) MIN (rows, BZ_OK);
}

int
change_employment_put (struct bz_req *req, const struct bz_item *item,
                       struct bz_item *now, const struct change_counted *as)
{
  if (!any_changed (item, of_employment, G_N_ELEMENTS (of_employment)))
    return BZ_OK;
  merge (item, now, of_employment, G_N_ELEMENTS (of_employment));
  return write_employment (req, now, as);
}

/* -- The book. */

/* From one account to another. */
static int
post_move (struct bz_req *req, const struct bz_change *x, int64_t person_id,
           const char *book, const char *from, const char *to)
{
  struct bz_posting p = { .unit_id = x->unit_id,
                          .book = book,
                          .code = from,
                          .account = BZ_QUOTA_OCCUPIED,
                          .amount = -1,
                          .date = x->date,
                          .case_id = x->case_id,
                          .person_id = person_id };
  int rc = BZ_OK;

  if (strcmp (from, to) == 0)
    return BZ_OK;
  if (*from != '\0')
    rc = bz_quota_post (req, &p);
  p.code = to;
  p.amount = 1;
  return rc == BZ_OK && *to != '\0' ? bz_quota_post (req, &p) : rc;
}

/* Under what BOOK counts NOW; as it does, where ITEM does not change it. */
static int
counted_in (struct bz_req *req, const struct bz_change *x,
            const struct bz_item *item, const struct bz_item *now,
            const char *book, const char **code)
{
  const char *found;
  int rc;

  if (!bz_item_changes (item, book))
    return BZ_OK;
  *code = "";
  if (!quota_counts (req, item_text (now, "staffing_type"),
                     item_text (now, "person_status")))
    return BZ_OK;
  rc = quota_code_now (req, now, x->unit_id, book, &found);
  if (rc > 0)
    *code = found;
  return MIN (rc, BZ_OK);
}

static int
change_employment (struct bz_req *req, const struct bz_change *x,
                   const struct bz_item *item, struct bz_item *now,
                   const struct change_counted *was)
{
  int64_t person_id = bz_item_subject (now);
  struct change_counted as = *was;
  int rc = status_allowed (req, item);

  merge (item, now, of_employment, G_N_ELEMENTS (of_employment));
  if (rc == BZ_OK)
    rc = counted_in (req, x, item, now, "structure", &as.structure);
  if (rc == BZ_OK)
    rc = counted_in (req, x, item, now, "funding", &as.funding);
  if (rc == BZ_OK)
    rc = change_employment_put (req, item, now, &as);
  if (rc == BZ_OK)
    rc = post_move (req, x, person_id, "structure", was->structure,
                    as.structure);
  return rc < 0
         ? rc
         : post_move (req, x, person_id, "funding", was->funding, as.funding);
}

/* -- Duties. */

int
change_leads (struct bz_req *req, int64_t employment, GHashTable *into,
              int sign)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "staffing.employment_leads",
                       BZ_ARGS (BZ_INT (employment)));

  while (rc >= 0 && (rc = bz_db_next (rows)) > 0) {
    const char *class = bz_db_text (rows, "leader_class");
    int n = GPOINTER_TO_INT (g_hash_table_lookup (into, class));

    n += sign * (int) bz_db_int (rows, "posts");
    g_hash_table_insert (into, (char *) class, GINT_TO_POINTER (n));
  }
  return rc;
}

/* What is given up first: it may be what is taken. */
static int
post_leads (struct bz_req *req, const struct bz_change *x, int64_t person_id,
            GHashTable *leads)
{
  int rc = BZ_OK;

  for (int sign = -1; sign <= 1 && rc == BZ_OK; sign += 2) {
    GHashTableIter i;
    void *class, *n;

    g_hash_table_iter_init (&i, leads);
    while (rc == BZ_OK && g_hash_table_iter_next (&i, &class, &n)) {
      struct bz_posting p = { .unit_id = x->unit_id,
                              .book = "lead",
                              .code = class,
                              .account = BZ_QUOTA_OCCUPIED,
                              .amount = GPOINTER_TO_INT (n),
                              .date = x->date,
                              .case_id = x->case_id,
                              .person_id = person_id,
                              .over = 1 };

      if (p.amount * sign > 0)
        rc = bz_quota_post (req, &p);
    }
  }
  return rc;
}

static int
change_duties (struct bz_req *req, const struct bz_change *x,
               struct bz_item *item, int64_t employment)
{
  g_autoptr (GHashTable) leads = g_hash_table_new (g_str_hash, g_str_equal);
  struct place place = { .unit_id = x->unit_id,
                         .employment = employment,
                         .date = x->date,
                         .case_id = x->case_id };
  int rc = change_leads (req, employment, leads, -1);

  if (rc == BZ_OK)
    rc = duties_change (req, item, &place);
  if (rc == BZ_OK)
    rc = change_leads (req, employment, leads, 1);
  return rc < 0 ? rc : post_leads (req, x, bz_item_subject (item), leads);
}

/* -- The whole. */

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

static int
record_one (struct bz_req *req, const struct bz_change *x,
            const struct bz_item *item, int64_t employment,
            const struct bz_item_change *d, const char *kind)
{
  int64_t rows = bz_db_exec (req, "staffing.change_add",
                             BZ_ARGS (BZ_INT (bz_item_subject (item)),
                                      BZ_INT (employment), BZ_INT (x->case_id),
                                      BZ_STR (x->date), BZ_STR (d->field),
                                      BZ_STR (d->title),
                                      BZ_STR (or_empty (d->was)),
                                      BZ_STR (or_empty (d->now)),
                                      BZ_STR (d->was_text),
                                      BZ_STR (d->now_text), BZ_STR (kind)));

  return (int) MIN (rows, BZ_OK);
}

int
change_record (struct bz_req *req, const struct bz_change *x,
               const struct bz_item *item, int64_t employment, const char *kind)
{
  struct bz_item_change d;
  int rc = BZ_OK;

  for (size_t n = 0; rc == BZ_OK && bz_item_change (req, item, n, &d) > 0; n++)
    rc = record_one (req, x, item, employment, &d, kind);
  return rc;
}

/* The papers that were and are the person's, so that it can be turned back. */
static int
change_photo (struct bz_req *req, const struct bz_change *x,
              const struct bz_item *item, int64_t employment)
{
  const int64_t person = bz_item_subject (item);
  const int64_t was = bz_person_photo (req, person);
  int rc = person_photo_put (req, item, "new_photo", person);

  if (rc <= 0)
    return rc;
  return record_one (
    req, x, item, employment,
    &(struct bz_item_change){
      .field = "photo",
      .title = "照片",
      .was = was > 0 ? bz_format (req, "%lld", (long long) was) : "",
      .now = bz_format (req, "%lld", (long long) bz_person_photo (req, person)),
      .was_text = "",
      .now_text = "已更换" },
    changed);
}

static int
apply (struct bz_req *req, const struct bz_change *x, struct bz_item *item,
       struct bz_item *now, const struct change_counted *was)
{
  int rc = change_person (req, item, now);

  if (rc == BZ_OK)
    rc = local_change (req, item);
  if (rc == BZ_OK)
    rc = change_employment (req, x, item, now, was);
  if (rc == BZ_OK && bz_item_changes (item, "duty"))
    rc = change_duties (req, x, item, was->employment);
  if (rc == BZ_OK && bz_item_changes (item, "qualification"))
    rc = qualification_change (req, item, bz_item_subject (item));
  if (rc == BZ_OK)
    rc = change_photo (req, x, item, was->employment);
  return rc < 0 ? rc : change_record (req, x, item, was->employment, changed);
}

int
change_lock (struct bz_req *req, int64_t unit_id, int64_t person_id)
{
  const char *id;
  int rc = employment_gate (req);

  if (rc == BZ_OK)
    rc = bz_db_value (req, &id, "staffing.person_hold",
                      BZ_ARGS (BZ_INT (person_id)));
  return rc < 0 ? rc : unit_lock (req, unit_id);
}

void
change_correct (const struct bz_item *item, struct bz_item *now)
{
  merge (item, now, of_office, G_N_ELEMENTS (of_office));
  merge (item, now, of_employment, G_N_ELEMENTS (of_employment));
}

int
change_begin (struct bz_req *req, const struct bz_change *x,
              struct bz_item *item, struct bz_item **ret,
              struct change_counted *was)
{
  struct bz_item *now = *ret = bz_item_before (req, item);
  const char *moved;
  int rc;

  if (now == NULL)
    return bz_fail (req, BZ_CONFLICT,
                    "没有记录变更前的内容，请退回，由申请单位重新添加人员");
  rc = change_lock (req, x->unit_id, bz_item_subject (item));
  if (rc == BZ_OK)
    rc = change_load (req, x->unit_id, now, true, was);
  if (rc == 0)
    return bz_fail (req, BZ_CONFLICT,
                    "有人员已不在本单位在编，可能已办理出编；"
                    "请退回核对人员名单");
  if (rc < 0)
    return rc;
  moved = bz_item_conflict (item, now);
  if (moved != NULL)
    return bz_fail (req, BZ_CONFLICT,
                    "有人员的%s刚刚被另一张申请单变更，与申请时登记的不同；"
                    "请退回，由申请单位核对后重新填写",
                    moved);
  return BZ_OK;
}

int
bz_staff_change (struct bz_req *req, const struct bz_change *x,
                 struct bz_item *item)
{
  struct change_counted was;
  struct bz_item *now;
  int rc = change_begin (req, x, item, &now, &was);

  return rc < 0 ? rc : apply (req, x, item, now, &was);
}
