/* 更正 by the office: the type under which, and the day since which somebody is on staff
 * were wrong from the beginning.  Gate, person, unit, then the rows.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "part.h"

static const char type_field[] = "staffing_type",
                  day_field[] = "unit_entry_date";
static const char *const books[] = { "type", "structure", "funding", "lead" };

struct correction {
  const struct bz_change *x;
  bool look;
  struct bz_item *item, *now;
  struct change_counted was, is;
  const char *from, *to; /* days since which they are on staff: wrong, right */
  GArray *own;           /* struct bz_posting: what counts them until now    */
  GArray *lines;         /* and what puts it right, an account and day once  */
  const char *field, **why;
};

static bool
moves (const struct correction *c)
{
  return bz_item_changes (c->item, type_field)
      || bz_item_changes (c->item, "structure");
}

/* -- Under which accounts. */

static const char *
code_of (const struct change_counted *as, const char *book)
{
  return strcmp (book, "type") == 0      ? as->type
       : strcmp (book, "structure") == 0 ? as->structure
                                         : as->funding;
}

static int
code_now (struct bz_req *req, struct correction *c, const char *book,
          const char **ret)
{
  const char *code;
  int rc = c->look ? bz_quota_code (req, c->now, c->x->unit_id, book, &code)
                   : quota_code_now (req, c->now, c->x->unit_id, book, &code);

  *ret = rc > 0 ? code : "";
  return MIN (rc, BZ_OK);
}

/* NOW has been put right. */
static int
find_codes (struct bz_req *req, struct correction *c)
{
  const char *type = item_text (c->now, type_field);
  int rc = BZ_OK;

  c->is = c->was;
  if (!moves (c))
    return BZ_OK;
  rc = code_now (req, c, "type", &c->is.type);
  if (rc == BZ_OK)
    rc = code_now (req, c, "structure", &c->is.structure);
  if (rc == BZ_OK)
    rc = code_now (req, c, "funding", &c->is.funding);
  if (rc == BZ_OK && *c->is.type == '\0'
      && quota_counts (req, type, item_text (c->now, "person_status")))
    *c->why = bz_format (req,
                         "本单位没有核定%s，不能更正为该编制类型；"
                         "请核对编制类型，或先办理编制核定",
                         quota_name (req, "type", type));
  return rc;
}

/* -- What is posted. */

static int
read_own (struct bz_req *req, struct correction *c)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows,
                       c->look ? "staffing.correct_own_seen"
                               : "staffing.correct_own",
                       BZ_ARGS (BZ_INT (bz_item_subject (c->item)),
                                BZ_INT (c->x->unit_id),
                                BZ_INT (c->was.employment), BZ_STR (c->from)));

  while (rc >= 0 && (rc = bz_db_next (rows)) > 0) {
    struct bz_posting p = { .unit_id = c->x->unit_id,
                            .book = bz_db_text (rows, "book"),
                            .code = bz_db_text (rows, "code"),
                            .account = BZ_QUOTA_OCCUPIED,
                            .amount = (int) bz_db_int (rows, "amount"),
                            .date = bz_db_text (rows, "posted_on"),
                            .case_id = c->x->case_id,
                            .person_id = bz_item_subject (c->item),
                            .over = 1 };

    g_array_append_val (c->own, p);
  }
  return rc;
}

static void
add_line (struct correction *c, const char *book, const char *code,
          const char *date, int amount)
{
  struct bz_posting p = { .unit_id = c->x->unit_id,
                          .book = book,
                          .code = code,
                          .account = BZ_QUOTA_OCCUPIED,
                          .amount = amount,
                          .date = date,
                          .case_id = c->x->case_id,
                          .person_id = bz_item_subject (c->item),
                          .over = 1 };

  for (guint i = 0; i < c->lines->len; i++) {
    struct bz_posting *l = &g_array_index (c->lines, struct bz_posting, i);

    if (strcmp (l->book, book) == 0 && strcmp (l->code, code) == 0
        && strcmp (l->date, date) == 0) {
      l->amount += amount;
      return;
    }
  }
  g_array_append_val (c->lines, p);
}

/* The right day, or that on which a paper opened the account, if that is later. */
static int
day_in (struct bz_req *req, const struct correction *c, const char *book,
        const char *code, const char **ret)
{
  const char *since;
  int rc = bz_db_value (req, &since, "staffing.account_since",
                        BZ_ARGS (BZ_INT (c->x->unit_id), BZ_STR (book),
                                 BZ_STR (code)));

  *ret = rc > 0 && since != NULL && strcmp (since, c->to) > 0 ? since : c->to;
  return MIN (rc, BZ_OK);
}

/* One posting that counts them, under the same account, goes to the right day. */
static int
move_day (struct bz_req *req, struct correction *c, const struct bz_posting *p)
{
  const char *day = c->to;
  int rc = BZ_OK;

  if (strcmp (c->to, c->from) > 0 ? strcmp (p->date, c->to) >= 0
                                  : strcmp (p->date, c->from) != 0)
    return BZ_OK;
  if (strcmp (c->to, c->from) < 0)
    rc = day_in (req, c, p->book, p->code, &day);
  add_line (c, p->book, p->code, p->date, -p->amount);
  add_line (c, p->book, p->code, day, p->amount);
  return rc;
}

static int
book_lines (struct bz_req *req, struct correction *c, const char *book)
{
  bool other = strcmp (book, "lead") != 0
            && strcmp (code_of (&c->was, book), code_of (&c->is, book)) != 0;
  const char *day;
  int rc = BZ_OK;

  for (guint i = 0; i < c->own->len && rc == BZ_OK; i++) {
    const struct bz_posting *p = &g_array_index (c->own, struct bz_posting, i);

    if (strcmp (p->book, book) != 0)
      continue;
    if (other)
      add_line (c, book, p->code, p->date, -p->amount);
    else if (strcmp (c->to, c->from) != 0)
      rc = move_day (req, c, p);
  }
  if (rc < 0 || !other || *code_of (&c->is, book) == '\0')
    return rc;
  rc = day_in (req, c, book, code_of (&c->is, book), &day);
  add_line (c, book, code_of (&c->is, book), day, 1);
  return rc;
}

/* -- Room on each day. */

/* How many more the lines count in the account of L by the end of DAY. */
static int
more_on (const struct correction *c, const struct bz_posting *l,
         const char *day)
{
  int n = 0;

  for (guint i = 0; i < c->lines->len; i++) {
    const struct bz_posting *p = &g_array_index (c->lines, struct bz_posting,
                                                 i);

    if (strcmp (p->book, l->book) == 0 && strcmp (p->code, l->code) == 0
        && strcmp (p->date, day) <= 0)
      n += p->amount;
  }
  return n;
}

/* The account of L: is there room for them on each day on which it counts more? */
static int
room (struct bz_req *req, struct correction *c, const struct bz_posting *l)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows,
                       c->look ? "staffing.account_days_seen"
                               : "staffing.account_days",
                       BZ_ARGS (BZ_INT (l->unit_id), BZ_STR (l->book),
                                BZ_STR (l->code), BZ_INT (c->was.employment),
                                BZ_STR (l->date)));

  while (rc >= 0 && *c->why == NULL && (rc = bz_db_next (rows)) > 0) {
    const char *day = bz_db_text (rows, "day");
    int more = more_on (c, l, day), free = (int) bz_db_int (rows, "free");

    if (more > 0 && free < more)
      *c->why
        = bz_format (req, "%s在 %s 空编 %d 名，更正后会超过核定数，请核对%s",
                     bz_quota_title (req, l->book, l->code), day, MAX (free, 0),
                     c->field == day_field ? "本单位入编时间" : "编制类型");
  }
  return MIN (rc, BZ_OK);
}

static int
rooms (struct bz_req *req, struct correction *c)
{
  int rc = BZ_OK;

  for (guint i = 0; i < c->lines->len && rc == BZ_OK && *c->why == NULL; i++) {
    const struct bz_posting *l = &g_array_index (c->lines, struct bz_posting,
                                                 i);

    if (l->amount > 0)
      rc = room (req, c, l);
  }
  return rc;
}

/* -- The day. */

/* Another place at that time, or something that was decided of this one before. */
static int
day_stop (struct bz_req *req, struct correction *c)
{
  struct bz_rows *rows;
  int rc;

  c->field = day_field;
  if (strcmp (c->to, bz_today (req)) > 0)
    *c->why = "本单位入编时间不能晚于今天，请核对";
  if (strcmp (c->to, c->from) == 0 || *c->why != NULL)
    return BZ_OK;
  rc = bz_db_open (req, &rows, "staffing.correct_stop",
                   BZ_ARGS (BZ_INT (bz_item_subject (c->item)),
                            BZ_INT (c->was.employment), BZ_STR (c->to)));
  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc > 0)
    *c->why = bz_format (req,
                         strcmp (bz_db_text (rows, "kind"), "place") == 0
                           ? "该人员到 %s 为止另有在编关系，"
                             "本单位入编时间不能早于该日，请核对"
                           : "该人员在 %s 已办理了其他业务，"
                             "本单位入编时间不能晚于该日，请核对",
                         bz_db_text (rows, "day"));
  return MIN (rc, BZ_OK);
}

/* -- Writing. */

static int
write_rows (struct bz_req *req, const struct correction *c)
{
#define FIELD(f) BZ_STR (item_text (c->now, f))
  int64_t rows = bz_db_exec (req, "staffing.person_correct",
                             BZ_ARGS (BZ_INT (bz_item_subject (c->item)),
                                      FIELD ("work_start"),
                                      FIELD ("staffing_start")));

  if (rows < 0)
    return (int) rows;
  rows = bz_db_exec (req, "staffing.employment_correct",
                     BZ_ARGS (BZ_INT (c->was.employment), BZ_STR (c->to),
                              FIELD ("staffing_type"), FIELD ("structure"),
                              FIELD ("admin_use"), FIELD ("post_category"),
                              FIELD ("politics_law"), FIELD ("civil_rank"),
                              FIELD ("entry_mode"), FIELD ("from_unit"),
                              FIELD ("from_staffing_type"),
                              FIELD ("entry_paper"), BZ_STR (c->is.type),
                              BZ_STR (c->is.structure),
                              BZ_STR (c->is.funding)));
#undef FIELD
  if (rows == BZ_CONFLICT)
    return bz_fail (req, BZ_CONFLICT,
                    "该人员在更正后的时间另有在编关系，"
                    "请退回核对本单位入编时间");
  return rows < 0 ? (int) rows : local_change (req, c->item);
}

/* What the account of L counts in all is as it was: its balance stays, of whatever
 * room there is. */
static int
post_one (struct bz_req *req, const struct correction *c,
          const struct bz_posting *l)
{
  return more_on (c, l, "9999-12-31") == 0 ? quota_write (req, l)
                                           : bz_quota_post (req, l);
}

/* What is given up first. */
static int
post_lines (struct bz_req *req, const struct correction *c)
{
  int rc = BZ_OK;

  for (int sign = 1; sign >= -1 && rc == BZ_OK; sign -= 2)
    for (guint i = 0; i < c->lines->len && rc == BZ_OK; i++) {
      const struct bz_posting *l = &g_array_index (c->lines, struct bz_posting,
                                                   i);
      bool still = more_on (c, l, "9999-12-31") == 0;

      /* An account that counts as many as before never is less than nothing on
       * the way; the others free before they take. */
      if (l->amount != 0 && (still ? l->amount : -l->amount) * sign > 0)
        rc = post_one (req, c, l);
    }
  return rc;
}

/* The notice by which they came tells what was wrong. */
static int
notice_amend (struct bz_req *req, const struct correction *c)
{
  const char *entry;
  int rc = bz_db_value (req, &entry, "staffing.entry_case",
                        BZ_ARGS (BZ_INT (c->was.employment)));

  return rc <= 0 ? rc
                 : bz_item_amend (req, g_ascii_strtoll (entry, NULL, 10),
                                  bz_item_subject (c->item), c->item);
}

/* -- The whole. */

static int
look (struct bz_req *req, struct correction *c)
{
  int rc = day_stop (req, c);

  if (rc == BZ_OK && *c->why == NULL) {
    c->field = moves (c) ? type_field : day_field;
    rc = find_codes (req, c);
  }
  if (rc == BZ_OK && *c->why == NULL)
    rc = read_own (req, c);
  for (size_t i = 0; i < G_N_ELEMENTS (books) && rc == BZ_OK && *c->why == NULL;
       i++)
    rc = book_lines (req, c, books[i]);
  return rc == BZ_OK && *c->why == NULL ? rooms (req, c) : rc;
}

/* WAS, FROM and NOW as the register has them. */
static int
correct (struct bz_req *req, struct correction *c)
{
  g_autoptr (GArray) own = g_array_new (FALSE, FALSE,
                                        sizeof (struct bz_posting));
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE,
                                          sizeof (struct bz_posting));
  int rc;

  c->own = own;
  c->lines = lines;
  c->from = bz_format (req, "%s", item_text (c->now, day_field));
  change_correct (c->item, c->now);
  c->to = item_text (c->now, day_field);
  rc = look (req, c);
  if (rc < 0 || c->look)
    return rc;
  if (*c->why != NULL)
    return bz_fail (req, BZ_CONFLICT, "%s", *c->why);
  rc = write_rows (req, c);
  if (rc == BZ_OK)
    rc = post_lines (req, c);
  if (rc == BZ_OK)
    rc = notice_amend (req, c);
  return rc < 0
         ? rc
         : change_record (req, c->x, c->item, c->was.employment, "correct");
}

int
bz_staff_correct_look (struct bz_req *req, const struct bz_change *x,
                       struct bz_item *item, const char **field,
                       const char **why)
{
  struct correction c = { .x = x,
                          .look = true,
                          .item = item,
                          .now = bz_item_before (req, item),
                          .why = why };
  int rc;

  *why = NULL;
  *field = day_field;
  if (c.now == NULL)
    return BZ_OK;
  rc = change_load (req, x->unit_id, c.now, false, &c.was);
  if (rc > 0)
    rc = correct (req, &c);
  *field = c.field != NULL ? c.field : day_field;
  return rc;
}

int
bz_staff_correct (struct bz_req *req, const struct bz_change *x,
                  struct bz_item *item)
{
  const char *why = NULL;
  struct correction c = { .x = x, .item = item, .why = &why };
  int rc = change_begin (req, x, item, &c.now, &c.was);

  return rc < 0 ? rc : correct (req, &c);
}
