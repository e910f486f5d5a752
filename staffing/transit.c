/* 在途: what an approved transfer that is not closed holds in the book
 * (doc/decisions/0055-transfer.md).  Unit first, then its rows.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "part.h"
#include <string.h>

static const char *const books[] = { "type", "structure", "funding" };

/* One row, and its posting. */
static int
transit_add (struct bz_req *req, const struct bz_transit *t,
             enum bz_quota_account account, const char *book, const char *code,
             int64_t line_id)
{
  const struct bz_posting p = { .unit_id = t->unit_id,
                                .book = book,
                                .code = code,
                                .account = account,
                                .amount = 1,
                                .date = t->date,
                                .case_id = t->case_id,
                                .person_id = t->person_id,
                                .paper = t->paper };
  int rc = bz_quota_post (req, &p);
  int64_t n;

  if (rc < 0)
    return rc;
  n = bz_db_exec (req, "staffing.transit_add",
                  BZ_ARGS (BZ_INT (t->case_id), BZ_INT (t->person_id),
                           BZ_INT (t->unit_id),
                           BZ_STR (account == BZ_QUOTA_INCOMING ? "incoming"
                                                                : "outgoing"),
                           BZ_STR (book), BZ_STR (code), BZ_INT (line_id)));
  return (int) MIN (n, BZ_OK);
}

int
bz_transit_out (struct bz_req *req, const struct bz_transit *t)
{
  static const char *const columns[] = { "quota_code", "quota_structure",
                                         "quota_funding" };
  struct bz_rows *rows;
  int64_t id;
  int rc = employment_gate (req);

  if (rc == BZ_OK)
    rc = unit_lock (req, t->unit_id);
  if (rc == BZ_OK)
    rc = bz_db_open (req, &rows, "staffing.employment_open",
                     BZ_ARGS (BZ_INT (t->person_id), BZ_INT (t->unit_id),
                              BZ_STR (t->date)));
  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc == 0)
    return bz_fail (req, BZ_CONFLICT,
                    "有人员已不在本单位在编，可能已办理出编；"
                    "请退回核对人员名单");
  if (rc < 0)
    return rc;
  id = bz_db_int (rows, "id");
  rc = bz_db_open (req, &rows, "staffing.employment_quota",
                   BZ_ARGS (BZ_INT (id)));
  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  for (size_t i = 0; i < G_N_ELEMENTS (books) && rc >= 0; i++) {
    const char *code = bz_db_text (rows, columns[i]);

    if (code != NULL && *code != '\0')
      rc = transit_add (req, t, BZ_QUOTA_OUTGOING, books[i], code, 0);
  }
  return MIN (rc, BZ_OK);
}

/* The place of a slip is used, and reserved no longer. */
static int
place_take (struct bz_req *req, const struct bz_transit *t,
            const struct bz_slip_place *place)
{
  const struct bz_posting p = { .unit_id = t->unit_id,
                                .book = "type",
                                .code = place->code,
                                .account = BZ_QUOTA_RESERVED,
                                .amount = -1,
                                .date = t->date,
                                .case_id = t->case_id,
                                .person_id = t->person_id,
                                .paper = place->number };
  int64_t n = bz_db_exec (req, "staffing.slip_take",
                          BZ_ARGS (BZ_INT (place->line_id), BZ_INT (t->unit_id),
                                   BZ_STR (t->date)));

  if (n == 0)
    return bz_fail (req, BZ_CONFLICT,
                    "编制使用单“%s”的名额刚被使用或已到期，请重新核对",
                    place->number);
  return n < 0 ? (int) n : slip_post (req, &p, place->structure);
}

int
bz_transit_in (struct bz_req *req, const struct bz_item *item,
               const struct bz_transit *t, const struct bz_slip_place *place)
{
  bool counts = quota_counts (req, item_text (item, "staffing_type"),
                              item_text (item, "person_status"));
  int64_t line = place != NULL ? place->line_id : 0;
  int rc = employment_gate (req);

  if (rc == BZ_OK)
    rc = unit_lock (req, t->unit_id);
  if (rc == BZ_OK && line != 0)
    rc = place_take (req, t, place);
  for (size_t i = 0; i < G_N_ELEMENTS (books) && rc >= 0 && counts; i++) {
    const char *code;

    rc = quota_code_now (req, item, t->unit_id, books[i], &code);
    if (rc > 0)
      rc = transit_add (req, t, BZ_QUOTA_INCOMING, books[i], code,
                        i == 0 ? line : 0);
  }
  return MIN (rc, BZ_OK);
}

/* -- No longer. */

/* The place is the slip's again; of one that is over meanwhile the unit's. */
static int
place_give (struct bz_req *req, const struct bz_transit *t, int64_t line_id)
{
  struct bz_posting p = { .unit_id = t->unit_id,
                          .book = "type",
                          .account = BZ_QUOTA_RESERVED,
                          .amount = 1,
                          .date = t->date,
                          .case_id = t->case_id,
                          .person_id = t->person_id };
  struct bz_rows *rows;
  const char *structure;
  bool live;
  int64_t n = bz_db_exec (req, "staffing.slip_give",
                          BZ_ARGS (BZ_INT (line_id)));
  int rc;

  if (n <= 0)
    return n < 0 ? (int) n : BZ_FAILED;
  rc = bz_db_open (req, &rows, "staffing.transit_line",
                   BZ_ARGS (BZ_INT (line_id)));
  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc <= 0)
    return rc < 0 ? rc : BZ_FAILED;
  live = strcmp (bz_db_text (rows, "state"), "live") == 0;
  p.code = bz_db_text (rows, "quota_code");
  p.paper = bz_db_text (rows, "number");
  structure = bz_db_text (rows, "quota_structure");
  rc = slip_post (req, &p, structure);
  if (rc < 0 || live)
    return rc;
  p.amount = -1;
  return slip_release (req, &p, line_id, structure);
}

/* What one row of it holds. */
static int
transit_drop (struct bz_req *req, const struct bz_transit *t,
              struct bz_rows *rows)
{
  bool in = strcmp (bz_db_text (rows, "account"), "incoming") == 0;
  const struct bz_posting p = { .unit_id = t->unit_id,
                                .book = bz_db_text (rows, "book"),
                                .code = bz_db_text (rows, "code"),
                                .account = in ? BZ_QUOTA_INCOMING
                                              : BZ_QUOTA_OUTGOING,
                                .amount = -1,
                                .date = t->date,
                                .case_id = t->case_id,
                                .person_id = t->person_id,
                                .paper = t->paper };

  return bz_quota_post (req, &p);
}

int
bz_transit_back (struct bz_req *req, const struct bz_transit *t)
{
  struct bz_rows *rows;
  int64_t line = 0, n;
  int rc = employment_gate (req);

  if (rc == BZ_OK)
    rc = unit_lock (req, t->unit_id);
  if (rc == BZ_OK)
    rc = bz_db_open (req, &rows, "staffing.transit_of",
                     BZ_ARGS (BZ_INT (t->case_id), BZ_INT (t->person_id)));
  while (rc >= 0 && (rc = bz_db_next (rows)) > 0) {
    if (bz_db_int (rows, "line_id") != 0)
      line = bz_db_int (rows, "line_id");
    rc = transit_drop (req, t, rows);
  }
  if (rc == BZ_OK && line != 0)
    rc = place_give (req, t, line);
  if (rc < 0)
    return rc;
  n = bz_db_exec (req, "staffing.transit_end",
                  BZ_ARGS (BZ_INT (t->case_id), BZ_INT (t->person_id)));
  return (int) MIN (n, BZ_OK);
}
