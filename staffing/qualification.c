/* 聘(评)专业技术职务情况 of a person: loading into an item, storing (HY-66).
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "part.h"

static const char list[] = "qualification";
static const char *const loaded[] = {
  "kind",         "title_name", "level",   "acquire_way", "approval_body",
  "acquire_date", "specialty",  "cert_no", "employed",    "employ_date",
};

int
qualification_read (struct bz_req *req, int64_t person_id, struct bz_item *item,
                    bool locked)
{
  struct bz_rows *rows;
  size_t n = 0;
  int rc = bz_db_open (req, &rows,
                       locked ? "staffing.qualifications_now"
                              : "staffing.qualifications_of",
                       BZ_ARGS (BZ_INT (person_id)));

  if (locked)
    bz_item_set (item, list, NULL);
  while (rc >= 0 && (rc = bz_db_next (rows)) > 0) {
    if (n == 0)
      bz_item_set (item, list, NULL); /* whatever the browser sent */
    for (size_t i = 0; i < G_N_ELEMENTS (loaded); i++)
      bz_item_row_set (item, list, n, loaded[i], bz_db_text (rows, loaded[i]));
    n++;
  }
  return rc < 0 ? rc : (int) n;
}

/* What is there is loaded and closed; nothing there is a gap. */
int
qualification_load (struct bz_req *req, int64_t person_id, struct bz_item *item,
                    const char *why)
{
  int rc = qualification_read (req, person_id, item, false);

  if (rc > 0)
    bz_item_close (item, list, why);
  return MIN (rc, BZ_OK);
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

/* -- What there is becomes what ITEM says. */

/* The row of ITEM, from FROM on, that is of the same kind and name and not TAKEN yet;
 * -1: none. */
static int
row_like (const struct bz_item *item, struct bz_rows *old, const bool *taken)
{
  for (size_t i = 0; i < bz_item_rows (item, list); i++)
    if (!taken[i]
        && g_strcmp0 (title_of (item, i, "kind"), bz_db_text (old, "kind")) == 0
        && g_strcmp0 (title_of (item, i, "title_name"),
                      bz_db_text (old, "title_name"))
             == 0)
      return (int) i;
  return -1;
}

/* It stays, and takes over what the form shows. */
static int
keep_row (struct bz_req *req, const struct bz_item *item, size_t row,
          int64_t id)
{
  int64_t n = bz_db_exec (
    req, "staffing.qualification_put",
    BZ_ARGS (BZ_INT (id), BZ_INT ((int64_t) row + 1),
             BZ_STR (title_of (item, row, "level")),
             BZ_STR (title_of (item, row, "acquire_date")),
             BZ_STR (title_of (item, row, "cert_no")),
             BZ_INT (strcmp (title_of (item, row, "employed"), "1") == 0),
             BZ_STR (title_of (item, row, "employ_date"))));

  return (int) MIN (n, BZ_OK);
}

static int
drop_row (struct bz_req *req, int64_t id)
{
  int64_t n = bz_db_exec (req, "staffing.qualification_drop",
                          BZ_ARGS (BZ_INT (id)));

  return (int) MIN (n, BZ_OK);
}

int
qualification_change (struct bz_req *req, const struct bz_item *item,
                      int64_t person)
{
  size_t count = bz_item_rows (item, list);
  g_autofree bool *taken = g_new0 (bool, count + 1);
  struct bz_rows *old;
  int rc = bz_db_open (req, &old, "staffing.qualifications_now",
                       BZ_ARGS (BZ_INT (person)));

  while (rc >= 0 && (rc = bz_db_next (old)) > 0) {
    int row = row_like (item, old, taken);

    if (row >= 0)
      taken[row] = true;
    rc = row >= 0 ? keep_row (req, item, (size_t) row, bz_db_int (old, "id"))
                  : drop_row (req, bz_db_int (old, "id"));
  }
  for (size_t i = 0; i < count && rc >= 0; i++)
    if (!taken[i])
      rc = store_row (req, item, i, person);
  return MIN (rc, BZ_OK);
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
