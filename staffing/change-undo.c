/* 撤销核准 of 人员异动: what a change made is turned back.  Gate, person, unit, then the
 * rows.  SPDX-License-Identifier: MulanPSL-2.0 */
#include "part.h"

static const char other[] = "请改办人员异动";

/* One change that is turned back. */
struct back {
  const struct bz_undo *u;
  struct bz_item *item; /* reversed: begins as the change made it       */
  struct bz_item *now;  /* what the register says                       */
  struct change_counted counted;
  struct bz_rows *change; /* what is on record of it                    */
  GArray *posted;         /* struct bz_posting                          */
  const char **why;
};

/* -- What stands in the way. */

/* The change, and the employment of it, which is open still.  1, 0 and WHY, <0. */
static int
find (struct bz_req *req, struct back *b)
{
  const struct bz_undo *u = b->u;
  int rc = bz_db_open (req, &b->change, "staffing.undo_change",
                       BZ_ARGS (BZ_INT (u->person_id), BZ_INT (u->unit_id),
                                BZ_INT (u->case_id)));

  if (rc == BZ_OK)
    rc = bz_db_next (b->change);
  if (rc == 0 || b->item == NULL)
    *b->why = "没有记录这次异动变更的内容，不能撤销；请改办人员异动";
  if (rc <= 0 || *b->why != NULL)
    return MIN (rc, 0);
  rc = change_load (req, u->unit_id, b->now, !undo_looks (u), &b->counted);
  if (rc == 0
      || (rc > 0
          && b->counted.employment != bz_db_int (b->change, "employment_id")))
    *b->why = "该人员异动后已出编，不能撤销异动核准；"
              "出编也有误的，先撤销出编核准";
  return *b->why != NULL ? 0 : rc;
}

/* A later change of one of these fields, or of what hangs together with one. */
static int
changed_since (struct bz_req *req, struct back *b)
{
  const char *moved;
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "staffing.undo_changed",
                       BZ_ARGS (BZ_INT (b->u->person_id),
                                BZ_INT (b->u->case_id),
                                BZ_INT (bz_db_int (b->change, "last"))));

  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc > 0)
    *b->why = bz_format (req,
                         "%s此后又由业务 %s 变更，不能撤销这项核准；"
                         "后一项也有误的，先撤销后一项",
                         bz_db_text (rows, "title"),
                         bz_db_text (rows, "number"));
  if (rc != 0)
    return MIN (rc, BZ_OK);
  moved = bz_item_conflict (b->item, b->now);
  if (moved != NULL)
    *b->why = bz_format (req, "%s此后又有变更，不能撤销这项核准；%s", moved,
                         other);
  return BZ_OK;
}

/* A case of another business: under way, or approved since. */
static int
moved_on (struct bz_req *req, struct back *b)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "staffing.undo_beside",
                       BZ_ARGS (BZ_INT (b->u->person_id),
                                BZ_INT (b->u->case_id), BZ_INT (b->u->by)));

  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc > 0)
    *b->why = undo_moved (req, rows);
  return MIN (rc, BZ_OK);
}

/* The photo, which stands in no field of the form. */
static int
photo_since (struct bz_req *req, struct back *b)
{
  const char *now = bz_db_text (b->change, "photo_now");
  int64_t there;

  if (now == NULL)
    return BZ_OK;
  there = bz_person_photo (req, b->u->person_id);
  if (there >= 0 && there != g_ascii_strtoll (now, NULL, 10))
    *b->why = "照片此后又有更换，不能撤销这项核准；请改办人员异动";
  return (int) MIN (there, BZ_OK);
}

static int
seats_since (struct bz_req *req, struct back *b)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "staffing.undo_seats",
                       BZ_ARGS (BZ_INT (b->u->case_id),
                                BZ_INT (b->counted.employment)));

  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc > 0)
    *b->why = bz_format (req, DUTY_FILLED, bz_db_text (rows, "name"),
                         (int) bz_db_int (rows, "quota"));
  return MIN (rc, BZ_OK);
}

static int
room_since (struct bz_req *req, struct back *b)
{
  return undo_room (req, b->u, b->counted.employment,
                    bz_db_text (b->change, "since"), "撤销", "有空编后再办理",
                    b->why);
}

/* All of them, until one has something to say. */
static int
stop (struct bz_req *req, struct back *b)
{
  static int (*const looks[]) (struct bz_req *, struct back *) = {
    changed_since, moved_on, photo_since, seats_since, room_since
  };
  int rc = find (req, b);

  for (size_t i = 0; rc >= 0 && *b->why == NULL && i < G_N_ELEMENTS (looks);
       i++)
    rc = looks[i](req, b);
  return MIN (rc, BZ_OK);
}

/* -- The register. */

/* A month that the form knows without its day has that day again. */
static int
days_back (struct bz_req *req, struct back *b)
{
  static const char *const months[] = { "party_join_date", "graduation_date" };
  const char *day;
  int rc = BZ_OK;

  for (size_t i = 0; i < G_N_ELEMENTS (months) && rc >= 0; i++) {
    const char *month = item_text (b->item, months[i]);

    if (!bz_item_changes (b->item, months[i]) || *month == '\0')
      continue;
    rc = bz_db_value (req, &day, "staffing.undo_day",
                      BZ_ARGS (BZ_INT (b->u->person_id), BZ_STR (months[i]),
                               BZ_STR (month)));
    if (rc > 0)
      bz_item_set (b->item, months[i], day);
  }
  return MIN (rc, BZ_OK);
}

static int
photo_back (struct bz_req *req, struct back *b)
{
  const char *was = bz_db_text (b->change, "photo_was");
  int64_t rows;

  if (was == NULL)
    return BZ_OK;
  rows = *was == '\0'
         ? bz_db_exec (req, "staffing.photo_drop",
                       BZ_ARGS (BZ_INT (b->u->person_id)))
         : bz_db_exec (req, "staffing.photo_put",
                       BZ_ARGS (BZ_INT (b->u->person_id),
                                BZ_INT (g_ascii_strtoll (was, NULL, 10)),
                                BZ_STR (bz_today (req))));
  return (int) MIN (rows, BZ_OK);
}

/* -- The books. */

/* What the case has posted in BOOK with the sign of SIGN: its code, or NULL. */
static const char *
posted_code (const struct back *b, const char *book, int sign)
{
  for (guint i = 0; i < b->posted->len; i++) {
    const struct bz_posting *p = &g_array_index (b->posted, struct bz_posting,
                                                 i);

    if (strcmp (p->book, book) == 0 && p->amount * sign > 0)
      return p->code;
  }
  return NULL;
}

/* The account of BOOK before the change; 0: a paper has opened one since, and what was
 * counted when cannot be told any more. */
static int
code_back (struct bz_req *req, struct back *b, const char *book,
           const char *now, const char **ret)
{
  const char *was = posted_code (b, book, -1), *is = posted_code (b, book, 1);
  const char *code = "";
  int rc = BZ_OK;

  *ret = now;
  if (!bz_item_changes (b->item, book))
    return 1;
  if (was == NULL && is == NULL)
    was = is = now; /* both of one account, or of none */
  if (strcmp (is != NULL ? is : "", now) != 0)
    return 0;
  rc = quota_code_now (req, b->item, b->u->unit_id, book, &code);
  *ret = was != NULL ? was : "";
  return rc < 0 ? rc : strcmp (rc > 0 ? code : "", *ret) == 0;
}

static int
employment_back (struct bz_req *req, struct back *b)
{
  struct change_counted as = b->counted;
  int rc = code_back (req, b, "structure", b->counted.structure, &as.structure);

  if (rc > 0)
    rc = code_back (req, b, "funding", b->counted.funding, &as.funding);
  if (rc <= 0)
    return rc;
  rc = change_employment_put (req, b->item, b->now, &as);
  return rc < 0 ? rc : 1;
}

/* The duties, on the seats that they had.  1; 0: the book counts other posts than what
 * the change has posted. */
static int
duties_back (struct bz_req *req, struct back *b)
{
  g_autoptr (GHashTable) leads = g_hash_table_new (g_str_hash, g_str_equal);
  struct place place = { .unit_id = b->u->unit_id,
                         .employment = b->counted.employment,
                         .date = bz_today (req),
                         .back = b->u->case_id };
  GHashTableIter i;
  void *n;
  int rc = bz_item_changes (b->item, "duty")
           ? change_leads (req, place.employment, leads, -1)
           : 1;

  if (rc != BZ_OK)
    return rc;
  rc = duties_change (req, b->item, &place);
  if (rc == BZ_OK)
    rc = change_leads (req, place.employment, leads, 1);
  for (guint k = 0; rc == BZ_OK && k < b->posted->len; k++) {
    const struct bz_posting *p = &g_array_index (b->posted, struct bz_posting,
                                                 k);
    int had = GPOINTER_TO_INT (g_hash_table_lookup (leads, p->code));

    if (strcmp (p->book, "lead") == 0)
      g_hash_table_insert (leads, (char *) p->code,
                           GINT_TO_POINTER (had + p->amount));
  }
  g_hash_table_iter_init (&i, leads);
  while (rc == BZ_OK && g_hash_table_iter_next (&i, NULL, &n))
    if (GPOINTER_TO_INT (n) != 0)
      return 0;
  return rc < 0 ? rc : 1;
}

/* -- The deed. */

static int
turn_back (struct bz_req *req, struct back *b)
{
  int rc = undo_posted (req, b->u, b->posted);

  if (rc == BZ_OK)
    rc = days_back (req, b);
  if (rc == BZ_OK)
    rc = change_person (req, b->item, b->now);
  if (rc == BZ_OK)
    rc = local_change (req, b->item);
  if (rc == BZ_OK)
    rc = employment_back (req, b);
  if (rc > 0)
    rc = duties_back (req, b);
  if (rc == 0)
    *b->why = "单位此后核定了新的编制账目，该人员的计入已经改变，不能撤销这项"
              "核准；请改办人员异动";
  if (rc <= 0)
    return rc;
  rc = undo_post (req, b->posted);
  if (rc == BZ_OK && bz_item_changes (b->item, "qualification"))
    rc = qualification_change (req, b->item, b->u->person_id);
  return rc < 0 ? rc : photo_back (req, b);
}

int
bz_change_undo (struct bz_req *req, const struct bz_undo *u,
                struct bz_item *item, const char **why)
{
  g_autoptr (GArray) posted = g_array_new (FALSE, FALSE,
                                           sizeof (struct bz_posting));
  struct back b = { .u = u,
                    .item = bz_item_reverse (req, item),
                    .now = bz_item_before (req, item),
                    .posted = posted,
                    .why = why };
  int rc = undo_looks (u) ? BZ_OK : change_lock (req, u->unit_id, u->person_id);

  *why = NULL;
  if (rc == BZ_OK)
    rc = stop (req, &b);
  if (rc < 0 || *why != NULL || undo_looks (u))
    return rc;
  return turn_back (req, &b);
}
