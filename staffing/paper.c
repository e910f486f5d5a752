/* Approval papers (批准文件): what they give, take back and freeze, and who is there
 * already where they open an account.  SPDX-License-Identifier: MulanPSL-2.0 */
#include "part.h"

/* An account of the book that a paper names. */
struct account {
  const char *book, *code;
};

static int
exists (struct bz_req *req, const char *query,
        const struct bz_quota_paper *paper, const struct account *a)
{
  const char *found;

  return bz_db_value (req, &found, query,
                      BZ_ARGS (BZ_INT (paper->unit_id), BZ_STR (a->book),
                               BZ_STR (a->code)));
}

/* -- Who is there already. */

/* Do those of TYPE and STATUS count under the account? */
static bool
counts_there (struct bz_req *req, const struct account *a, const char *type,
              const char *status)
{
  return quota_counts (req, type, status)
      && (strcmp (a->book, "structure") != 0
          || g_strcmp0 (bz_code_extra (req, "staffing_type", type,
                                       "structured"),
                        "1")
               == 0);
}

/* Employments that no account of the book counted are counted by this one. */
static int
take_in (struct bz_req *req, const struct bz_quota_paper *paper,
         const struct account *a)
{
  bool type = strcmp (a->book, "type") == 0;
  struct bz_rows *kinds;
  int rc = bz_db_open (req, &kinds,
                       type ? "staffing.uncounted_types"
                            : "staffing.uncounted_structures",
                       BZ_ARGS (BZ_INT (paper->unit_id), BZ_STR (a->code),
                                BZ_STR (paper->date)));

  while (rc >= 0 && (rc = bz_db_next (kinds)) > 0) {
    const char *kind = bz_db_text (kinds, "staffing_type");
    const char *status = bz_db_text (kinds, "person_status");
    int64_t rows = 0;

    if (counts_there (req, a, kind, status))
      rows = bz_db_exec (req,
                         type ? "staffing.count_type"
                              : "staffing.count_structure",
                         BZ_ARGS (BZ_INT (paper->unit_id), BZ_STR (a->code),
                                  BZ_STR (kind), BZ_STR (status),
                                  BZ_STR (paper->date)));
    if (rows < 0)
      return (int) rows;
  }
  return rc;
}

/* A posting for each, as if the account had been open since the paper's day. */
static int
post_in (struct bz_req *req, const struct bz_quota_paper *paper,
         const struct account *a, const char *query)
{
  int64_t rows = bz_db_exec (req, query,
                             BZ_ARGS (BZ_INT (paper->unit_id), BZ_STR (a->code),
                                      BZ_STR (paper->date),
                                      BZ_INT (paper->case_id),
                                      BZ_STR (paper->number),
                                      BZ_STR (bz_now (req))));

  if (rows >= 0)
    rows = bz_db_exec (req, "staffing.quota_there",
                       BZ_ARGS (BZ_INT (paper->unit_id), BZ_STR (a->book),
                                BZ_STR (a->code)));
  return rows < 0 ? (int) rows : BZ_OK;
}

static int
count_those_there (struct bz_req *req, const struct bz_quota_paper *paper,
                   const struct account *a)
{
  int rc;

  if (strcmp (a->book, "lead") == 0)
    return post_in (req, paper, a, "staffing.leads_there");
  if (strcmp (a->book, "type") != 0 && strcmp (a->book, "structure") != 0)
    return BZ_OK; /* a book of approved numbers alone */
  rc = take_in (req, paper, a);
  return rc < 0 ? rc
                : post_in (req, paper, a,
                           strcmp (a->book, "type") == 0
                             ? "staffing.types_there"
                             : "staffing.structures_there");
}

/* Nobody may enter between the look at who is there and the account's opening. */
static int
open_account (struct bz_req *req, const struct bz_quota_paper *paper,
              const struct account *a)
{
  int64_t rows;
  int rc = exists (req, "staffing.quota_has", paper, a);

  if (rc != 0)
    return MIN (rc, BZ_OK);
  rc = employment_gate (req);
  if (rc == BZ_OK)
    rc = exists (req, "staffing.quota_has_now", paper, a);
  if (rc != 0)
    return MIN (rc, BZ_OK);
  rows = bz_db_exec (req, "staffing.quota_open",
                     BZ_ARGS (BZ_INT (paper->unit_id), BZ_STR (a->book),
                              BZ_STR (a->code)));
  return rows < 0 ? (int) rows : count_those_there (req, paper, a);
}

/* -- A line. */

int
bz_quota_approve (struct bz_req *req, const struct bz_quota_paper *paper,
                  const char *book, const char *code,
                  enum bz_quota_account account, int amount)
{
  const struct account a = { book, code };
  struct bz_posting posting = { .unit_id = paper->unit_id,
                                .book = book,
                                .code = code,
                                .account = account,
                                .amount = amount,
                                .date = paper->date,
                                .case_id = paper->case_id,
                                .paper = paper->number };
  int64_t rows;
  int rc = BZ_OK;

  if (strcmp (paper->date, bz_today (req)) > 0)
    return bz_fail (req, BZ_CONFLICT,
                    "批准文件“%s”的日期晚于今天，请核对后再办理",
                    paper->number);
  rows = bz_db_exec (req, "staffing.paper_add",
                     BZ_ARGS (BZ_INT (paper->case_id), BZ_INT (paper->unit_id),
                              BZ_STR (paper->number), BZ_STR (paper->date),
                              BZ_STR (paper->title),
                              BZ_STR (paper->summary != NULL ? paper->summary
                                                             : "")));
  if (rows >= 0 && amount > 0)
    rc = open_account (req, paper, &a);
  if (rows < 0 || rc < 0)
    return rows < 0 ? (int) rows : rc;
  return bz_quota_post (req, &posting);
}
