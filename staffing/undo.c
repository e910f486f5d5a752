/* 撤销核准: how a wrong entry, exit or slip is undone.  Gate, unit, then the rows.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "part.h"

bool
undo_looks (const struct bz_undo *u)
{
  return (u->how & BZ_UNDO_LOOK) != 0;
}

struct bz_undo
bz_undo_of (const struct bz_case *c, const struct bz_item *item, int64_t by,
            unsigned how)
{
  return (struct bz_undo){ .person_id = item != NULL ? bz_item_subject (item)
                                                     : 0,
                           .unit_id = bz_case_scope (c),
                           .case_id = bz_case_id (c),
                           .by = by,
                           .how = how };
}

/* The one row that QUERY finds, locked, or as a look finds it.  1, 0, <0. */
static int
row_of (struct bz_req *req, const struct bz_undo *u, const char *query,
        struct bz_rows **ret)
{
  const char *name = undo_looks (u) ? bz_format (req, "%s_seen", query) : query;
  int rc = bz_db_open (req, ret, name,
                       BZ_ARGS (BZ_INT (u->person_id), BZ_INT (u->unit_id),
                                BZ_INT (u->case_id)));

  return rc < 0 ? rc : bz_db_next (*ret);
}

static int
locks (struct bz_req *req, const struct bz_undo *u)
{
  int rc;

  if (undo_looks (u))
    return BZ_OK;
  rc = employment_gate (req);
  return rc < 0 ? rc : unit_lock (req, u->unit_id);
}

const char *
undo_moved (struct bz_req *req, struct bz_rows *rows)
{
  return bz_format (req,
                    strcmp (bz_db_text (rows, "state"), "open") == 0
                      ? "该人员在另一张在办的申请单 %s 中，"
                        "请等其办结，或由上报单位撤回后再办理"
                      : "该人员此后又办理了业务 %s，不能撤销这项核准；"
                        "后一项也有误的，先撤销后一项",
                    bz_db_text (rows, "number"));
}

/* Another case about the person: under way, or decided since. */
static int
moved_on (struct bz_req *req, const struct bz_undo *u, const char **why)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "staffing.undo_later",
                       BZ_ARGS (BZ_INT (u->person_id), BZ_INT (u->case_id),
                                BZ_INT (u->by)));

  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc > 0)
    *why = undo_moved (req, rows);
  return MIN (rc, BZ_OK);
}

/* -- What the books hold of it. */

/* Places that are occupied first, so that there is room for what comes back. */
int
undo_posted (struct bz_req *req, const struct bz_undo *u, GArray *into)
{
  static const struct {
    const char *name;
    enum bz_quota_account account;
  } accounts[] = { { "occupied", BZ_QUOTA_OCCUPIED },
                   { "reserved", BZ_QUOTA_RESERVED } };
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "staffing.undo_posted",
                       BZ_ARGS (BZ_INT (u->case_id), BZ_INT (u->person_id)));

  while (rc >= 0 && (rc = bz_db_next (rows)) > 0) {
    struct bz_posting p = { .unit_id = u->unit_id,
                            .book = bz_db_text (rows, "book"),
                            .code = bz_db_text (rows, "code"),
                            .amount = (int) bz_db_int (rows, "amount"),
                            .date = bz_db_text (rows, "posted_on"),
                            .case_id = u->by,
                            .person_id = u->person_id,
                            .paper = bz_db_text (rows, "paper"),
                            .over = 1 };

    for (size_t i = 0; i < G_N_ELEMENTS (accounts); i++)
      if (strcmp (accounts[i].name, bz_db_text (rows, "account")) == 0)
        p.account = accounts[i].account;
    g_array_append_val (into, p);
  }
  return rc;
}

/* Is what the books count of the employment SIGN times what POSTED says?  Not where
 * a paper has opened an account since. */
static int
counts_alike (struct bz_req *req, int64_t employment_id, int sign,
              const GArray *posted)
{
  g_autoptr (GArray) now = g_array_new (FALSE, FALSE,
                                        sizeof (struct bz_posting));
  int rc = employment_postings (req, employment_id, now);
  unsigned found = 0, occupied = 0;

  for (guint i = 0; i < posted->len; i++) {
    const struct bz_posting *p = &g_array_index (posted, struct bz_posting, i);

    occupied += p->account == BZ_QUOTA_OCCUPIED;
    for (guint k = 0; k < now->len; k++) {
      const struct bz_posting *n = &g_array_index (now, struct bz_posting, k);

      found += p->account == BZ_QUOTA_OCCUPIED && strcmp (p->book, n->book) == 0
            && strcmp (p->code, n->code) == 0 && p->amount == sign * n->amount;
    }
  }
  return rc < 0 ? rc : found == now->len && found == occupied;
}

int
undo_post (struct bz_req *req, const GArray *posted)
{
  int rc = BZ_OK;

  for (guint i = 0; i < posted->len && rc == BZ_OK; i++) {
    struct bz_posting p = g_array_index (posted, struct bz_posting, i);

    p.amount = -p.amount;
    rc = bz_quota_post (req, &p);
  }
  return rc;
}

/* The postings of the case, SIGN times what is counted, the other way round on their
 * own days. */
static int
books_back (struct bz_req *req, const struct bz_undo *u, int64_t employment_id,
            int sign, const char **why)
{
  g_autoptr (GArray) posted = g_array_new (FALSE, FALSE,
                                           sizeof (struct bz_posting));
  int rc = undo_posted (req, u, posted);

  if (rc == BZ_OK)
    rc = counts_alike (req, employment_id, sign, posted);
  if (rc == 0)
    *why = "单位此后核定了新的编制账目，该人员的计入已经改变，不能撤销这项"
           "核准；请改办人员出编或者入编";
  return rc > 0 ? undo_post (req, posted) : rc;
}

/* -- An entry. */

/* The place of the slip: nobody has used it; of a slip that is over meanwhile it goes
 * back to the unit.  Its postings come back with those of the case. */
static int
place_back (struct bz_req *req, const struct bz_undo *u, int64_t employment_id,
            struct bz_posting *over, int64_t *line_id, const char **structure)
{
  struct bz_rows *rows;
  int64_t n;
  int rc = bz_db_open (req, &rows, "staffing.undo_use",
                       BZ_ARGS (BZ_INT (employment_id)));

  *line_id = 0;
  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc <= 0)
    return rc;
  n = bz_db_exec (req, "staffing.slip_use_drop",
                  BZ_ARGS (BZ_INT (employment_id)));
  if (n > 0)
    n = bz_db_exec (req, "staffing.slip_give",
                    BZ_ARGS (BZ_INT (bz_db_int (rows, "line_id"))));
  if (n <= 0)
    return n < 0 ? (int) n : BZ_FAILED;
  if (strcmp (bz_db_text (rows, "state"), "live") == 0)
    return BZ_OK;
  *line_id = bz_db_int (rows, "line_id");
  *structure = bz_db_text (rows, "quota_structure");
  *over = (struct bz_posting){ .unit_id = u->unit_id,
                               .book = "type",
                               .code = bz_db_text (rows, "quota_code"),
                               .account = BZ_QUOTA_RESERVED,
                               .amount = -1,
                               .date = bz_today (req),
                               .case_id = u->by,
                               .paper = bz_db_text (rows, "number") };
  return BZ_OK;
}

/* Its rows, and what it closed opens again: the record off roll. */
static int
rows_back (struct bz_req *req, const struct bz_undo *u, int64_t employment_id)
{
  static const char *const drops[] = { "staffing.overs_drop",
                                       "staffing.duties_drop",
                                       "staffing.employment_drop" };
  int64_t n = BZ_OK;

  for (size_t i = 0; i < G_N_ELEMENTS (drops) && n >= 0; i++)
    n = bz_db_exec (req, drops[i], BZ_ARGS (BZ_INT (employment_id)));
  if (n >= 0)
    n = bz_db_exec (req, "staffing.off_roll_reopen",
                    BZ_ARGS (BZ_INT (u->person_id), BZ_INT (u->case_id)));
  return (int) MIN (n, BZ_OK);
}

static int
entry_back (struct bz_req *req, const struct bz_undo *u, int64_t employment_id,
            const char **why)
{
  struct bz_posting over;
  const char *structure;
  int64_t line_id;
  int rc = place_back (req, u, employment_id, &over, &line_id, &structure);

  if (rc == BZ_OK)
    rc = books_back (req, u, employment_id, 1, why);
  if (rc == BZ_OK && *why == NULL && line_id != 0)
    rc = slip_release (req, &over, line_id, structure);
  return rc == BZ_OK && *why == NULL ? rows_back (req, u, employment_id) : rc;
}

int
bz_entry_undo (struct bz_req *req, const struct bz_undo *u, const char **why)
{
  struct bz_rows *rows;
  int rc = locks (req, u);

  *why = NULL;
  if (rc == BZ_OK)
    rc = row_of (req, u, "staffing.undo_entry", &rows);
  if (rc < 0)
    return rc;
  if (rc == 0)
    *why = "这次入编的在编关系已不存在，不需要撤销";
  else if (bz_db_int (rows, "open") == 0)
    *why = bz_format (req,
                      "该人员已于 %s 出编，不能撤销入编核准；"
                      "出编也有误的，先撤销出编核准",
                      bz_db_text (rows, "valid_to"));
  else
    rc = moved_on (req, u, why);
  if (rc < 0 || *why != NULL || undo_looks (u))
    return MIN (rc, BZ_OK);
  return entry_back (req, u, bz_db_int (rows, "id"), why);
}

/* -- An exit. */

/* Who has taken a post since.  One above the number by a paper stands there again. */
static int
seats_free (struct bz_req *req, const struct bz_undo *u, int64_t employment_id,
            const char **why)
{
  struct bz_rows *rows;
  const char *held;
  int rc = bz_db_open (req, &rows, "staffing.undo_posts",
                       BZ_ARGS (BZ_INT (employment_id)));

  while (rc >= 0 && *why == NULL && (rc = bz_db_next (rows)) > 0) {
    rc = bz_db_value (req, &held,
                      undo_looks (u) ? "staffing.post_seen"
                                     : "staffing.post_held",
                      BZ_ARGS (BZ_INT (bz_db_int (rows, "id")),
                               BZ_STR (bz_today (req))));
    if (rc > 0 && g_ascii_strtoll (held, NULL, 10) >= bz_db_int (rows, "quota"))
      *why = bz_format (req,
                        "职务“%s”核定 %s 名，该人员出编后已另行配备，"
                        "不能恢复；请核对后改办人员入编",
                        bz_db_text (rows, "name"), bz_db_text (rows, "quota"));
  }
  return MIN (rc, BZ_OK);
}

int
undo_room (struct bz_req *req, const struct bz_undo *u, int64_t employment_id,
           const char *date, const char *deed, const char *instead,
           const char **why)
{
  struct bz_rows *rows;
  int left;
  int rc = bz_db_open (req, &rows,
                       undo_looks (u) ? "staffing.undo_room_seen"
                                      : "staffing.undo_room",
                       BZ_ARGS (BZ_INT (employment_id), BZ_INT (u->case_id),
                                BZ_STR (date)));

  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  left = rc > 0 ? (int) bz_db_int (rows, "free") : 0;
  if (rc > 0)
    *why = bz_format (req, "%s在 %s 空编 %d 名，%s后会超过核定数，不能%s；%s",
                      bz_quota_title (req, bz_db_text (rows, "book"),
                                      bz_db_text (rows, "code")),
                      bz_db_text (rows, "day"), MAX (left, 0), deed, deed,
                      instead);
  return MIN (rc, BZ_OK);
}

/* What stands in the way of the employment's going on since DATE. */
static int
exit_stop (struct bz_req *req, const struct bz_undo *u, int64_t employment_id,
           const char *date, const char **why)
{
  const char *found;
  int rc = bz_db_value (req, &found,
                        undo_looks (u) ? "staffing.undo_elsewhere_seen"
                                       : "staffing.undo_elsewhere",
                        BZ_ARGS (BZ_INT (u->person_id), BZ_STR (date),
                                 BZ_INT (u->case_id)));

  if (rc > 0)
    *why = "该人员出编后又有新的在编关系，不能恢复；"
           "需要回本单位的，请改办人员入编";
  if (rc == 0)
    rc = bz_db_value (req, &found, "staffing.undo_opened",
                      BZ_ARGS (BZ_INT (employment_id), BZ_INT (u->case_id)));
  if (rc > 0 && *why == NULL)
    *why = "该人员出编后单位核定了新的编制账目，不能恢复；请改办人员入编";
  if (rc == 0)
    rc = moved_on (req, u, why);
  if (rc == 0 && *why == NULL)
    rc = seats_free (req, u, employment_id, why);
  if (rc == 0 && *why == NULL)
    rc = undo_room (req, u, employment_id, date, "恢复",
                    "有空编后请改办人员入编", why);
  return MIN (rc, BZ_OK);
}

int
bz_exit_undo (struct bz_req *req, const struct bz_undo *u, const char **why)
{
  struct bz_rows *rows;
  int64_t id, n;
  int rc = locks (req, u);

  *why = NULL;
  if (rc == BZ_OK)
    rc = row_of (req, u, "staffing.undo_exit", &rows);
  if (rc == 0)
    *why = "这次出编已不存在，不需要恢复";
  if (rc <= 0)
    return rc;
  id = bz_db_int (rows, "id");
  rc = exit_stop (req, u, id, bz_db_text (rows, "valid_to"), why);
  if (rc < 0 || *why != NULL || undo_looks (u))
    return rc;
  n = bz_db_exec (req, "staffing.employment_reopen", BZ_ARGS (BZ_INT (id)));
  if (n >= 0)
    n = bz_db_exec (req, "staffing.exit_drop", BZ_ARGS (BZ_INT (id)));
  return n < 0 ? (int) n : books_back (req, u, id, -1, why);
}

/* -- A slip. */

int
bz_slip_undo (struct bz_req *req, const struct bz_undo *u, const char **why)
{
  struct bz_slip_change change = { .unit_id = u->unit_id,
                                   .case_id = u->by,
                                   .date = bz_today (req) };
  struct bz_rows *rows;
  int rc = undo_looks (u) ? BZ_OK : unit_lock (req, u->unit_id);
  int64_t used = 0;

  *why = NULL;
  if (rc == BZ_OK)
    rc = row_of (req, u, "staffing.undo_slip", &rows);
  if (rc == 0)
    *why = "没有这张编制使用单，不需要撤销";
  for (; rc > 0; rc = bz_db_next (rows)) {
    used += bz_db_int (rows, "used");
    change.slip_id = bz_db_int (rows, "id");
    if (strcmp (bz_db_text (rows, "state"), "live") != 0)
      *why = bz_format (req, "编制使用单“%s”已经到期或撤销，不需要撤销核准",
                        bz_db_text (rows, "number"));
    else if (used > 0)
      *why = bz_format (req,
                        "编制使用单“%s”已使用 %lld 名，"
                        "请先撤销其入编核准；没有用完的，请改办部分核减",
                        bz_db_text (rows, "number"), (long long) used);
  }
  if (rc < 0 || *why != NULL || undo_looks (u))
    return rc;
  return bz_slip_cancel (req, &change);
}
