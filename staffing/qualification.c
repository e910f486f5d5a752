/* 聘(评)专业技术职务情况 of a person: loading into an item, storing (HY-66).
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "part.h"

static const char list[] = "qualification";
static const char *const loaded[] = {
  "kind",         "title_name", "level",   "acquire_way", "approval_body",
  "acquire_date", "specialty",  "cert_no", "employed",    "employ_date",
};

/* What is there is loaded and closed; nothing there is a gap. */
int
qualification_load (struct bz_req *req, int64_t person_id, struct bz_item *item,
                    const char *why)
{
  struct bz_rows *rows;
  size_t n = 0;
  int rc = bz_db_open (req, &rows, "staffing.qualifications_of",
                       BZ_ARGS (BZ_INT (person_id)));

  while (rc >= 0 && (rc = bz_db_next (rows)) > 0) {
    if (n == 0)
      bz_item_set (item, list, NULL); /* whatever the browser sent */
    for (size_t i = 0; i < G_N_ELEMENTS (loaded); i++)
      bz_item_row_set (item, list, n, loaded[i], bz_db_text (rows, loaded[i]));
    n++;
  }
  if (rc == BZ_OK && n > 0)
    bz_item_close (item, list, why);
  return rc;
}

static const char *
title_of (const struct bz_item *item, size_t row, const char *field)
{
  const char *value = bz_item_row_get (item, list, row, field);

  return value != NULL ? value : "";
}

/* The code of a name that one of the lists knows; any other name has none. */
static const char *
code_of (struct bz_req *req, const char *kind, const char *name)
{
  const char *code = bz_code_named (req,
                                    strcmp (kind, "worker") == 0
                                      ? "worker_grade"
                                      : "professional_title",
                                    name);

  return code != NULL ? code : "";
}

static int
store_row (struct bz_req *req, const struct bz_item *item, size_t row,
           int64_t person)
{
  const char *kind = title_of (item, row, "kind");
  const char *name = title_of (item, row, "title_name");
  int64_t n;

  if (strcmp (kind, "none") == 0)
    return BZ_OK;
  n = bz_db_exec (
    req, "staffing.qualification_add",
    BZ_ARGS (BZ_INT (person), BZ_INT ((int64_t) row + 1), BZ_STR (kind),
             BZ_STR (code_of (req, kind, name)), BZ_STR (name),
             BZ_STR (title_of (item, row, "level")),
             BZ_STR (title_of (item, row, "acquire_way")),
             BZ_STR (title_of (item, row, "approval_body")),
             BZ_STR (title_of (item, row, "acquire_date")),
             BZ_STR (title_of (item, row, "specialty")),
             BZ_STR (title_of (item, row, "cert_no")),
             BZ_INT (strcmp (title_of (item, row, "employed"), "1") == 0),
             BZ_STR (title_of (item, row, "employ_date"))));
  return n < 0 ? (int) n : BZ_OK;
}

/* Only of a person who has none yet: what is there is corrected by 异动. */
int
qualification_store (struct bz_req *req, struct bz_item *item, int64_t person)
{
  struct bz_rows *rows;
  int rc = BZ_OK;

  if (bz_item_rows (item, list) == 0)
    return BZ_OK;
  rc = bz_db_open (req, &rows, "staffing.qualifications_of",
                   BZ_ARGS (BZ_INT (person)));
  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc != 0)
    return rc < 0 ? rc : BZ_OK;
  for (size_t i = 0; i < bz_item_rows (item, list) && rc >= 0; i++)
    rc = store_row (req, item, i, person);
  return rc;
}
