/* Approval papers (批准文件): what they give, take back and freeze, and who is there
 * already where they open an account.  SPDX-License-Identifier: MulanPSL-2.0 */
#include "part.h"

/* An account of the book that a paper names. */
struct account {
  const char *book, *code;
};

static int
exists (struct bz_req *req, const struct bz_quota_paper *paper,
        const struct account *a)
{
  const char *found;

  return bz_db_value (req, &found, "staffing.quota_has_now",
                      BZ_ARGS (BZ_INT (paper->unit_id), BZ_STR (a->book),
                               BZ_STR (a->code)));
}

/* -- Who is there already. */

/* The books that count employments; the others have approved numbers alone. */
static const struct there {
  const char *book;
  const char
    *seen; /* kinds of those there, and how many, as a look finds them */
  const char *kinds; /* the same locked; NULL: nothing of an employment tells
                        which account counts it                              */
  const char *count; /* a kind is counted by the account from now on         */
  const char *post;
} theres[] = {
  { "type", "staffing.uncounted_types_seen", "staffing.uncounted_types",
    "staffing.count_type", "staffing.types_there" },
  { "structure", "staffing.uncounted_structures_seen",
    "staffing.uncounted_structures", "staffing.count_structure",
    "staffing.structures_there" },
  { "funding", "staffing.uncounted_fundings_seen",
    "staffing.uncounted_fundings", "staffing.count_funding",
    "staffing.fundings_there" },
  { "lead", "staffing.class_holders_seen", NULL, NULL, "staffing.leads_there" },
};

static const struct there *
there_of (const char *book)
{
  for (size_t i = 0; i < G_N_ELEMENTS (theres); i++)
    if (strcmp (theres[i].book, book) == 0)
      return &theres[i];
  return NULL;
}

/* Do those of TYPE and STATUS count in the book? */
static bool
counts_there (struct bz_req *req, const struct there *t, const char *type,
              const char *status)
{
  return quota_counts (req, type, status)
      && (strcmp (t->book, "structure") != 0
          || g_strcmp0 (bz_code_extra (req, "staffing_type", type,
                                       "structured"),
                        "1")
               == 0);
}

/* On to the next kind of KINDS that an account of the book would count: 1, 0 no
 * more, <0. */
static int
next_kind (struct bz_req *req, const struct there *t, struct bz_rows *kinds)
{
  int rc;

  while ((rc = bz_db_next (kinds)) > 0)
    if (t->kinds == NULL
        || counts_there (req, t, bz_db_text (kinds, "staffing_type"),
                         bz_db_text (kinds, "person_status")))
      return 1;
  return rc;
}

int
bz_quota_there (struct bz_req *req, int64_t unit_id, const char *book,
                const char *code, int *ret)
{
  const struct there *t = there_of (book);
  struct bz_rows *kinds;
  int n = 0, rc;

  *ret = 0;
  if (t == NULL)
    return BZ_OK;
  rc = bz_db_open (req, &kinds, t->seen,
                   BZ_ARGS (BZ_INT (unit_id), BZ_STR (code),
                            BZ_STR (bz_today (req))));
  while (rc >= 0 && (rc = next_kind (req, t, kinds)) > 0)
    n += (int) bz_db_int (kinds, "n");
  if (rc == BZ_OK)
    *ret = n;
  return rc;
}

/* Employments that no account of the book counted are counted by this one. */
static int
take_in (struct bz_req *req, const struct bz_quota_paper *paper,
         const struct there *t, const char *code)
{
  struct bz_rows *kinds;
  int rc = bz_db_open (req, &kinds, t->kinds,
                       BZ_ARGS (BZ_INT (paper->unit_id), BZ_STR (code),
                                BZ_STR (paper->date)));

  while (rc >= 0 && (rc = next_kind (req, t, kinds)) > 0) {
    int64_t rows
      = bz_db_exec (req, t->count,
                    BZ_ARGS (BZ_INT (paper->unit_id), BZ_STR (code),
                             BZ_STR (bz_db_text (kinds, "staffing_type")),
                             BZ_STR (bz_db_text (kinds, "person_status")),
                             BZ_STR (paper->date)));

    if (rows < 0)
      return (int) rows;
  }
  return rc;
}

/* A posting for each, as if the account had been open since the paper's day. */
static int
post_in (struct bz_req *req, const struct bz_quota_paper *paper,
         const struct there *t, const char *code)
{
  int64_t rows = bz_db_exec (req, t->post,
                             BZ_ARGS (BZ_INT (paper->unit_id), BZ_STR (code),
                                      BZ_STR (paper->date),
                                      BZ_INT (paper->case_id),
                                      BZ_STR (paper->number),
                                      BZ_STR (bz_now (req))));

  if (rows >= 0)
    rows = bz_db_exec (req, "staffing.quota_there",
                       BZ_ARGS (BZ_INT (paper->unit_id), BZ_STR (t->book),
                                BZ_STR (code)));
  return rows < 0 ? (int) rows : BZ_OK;
}

static int
count_those_there (struct bz_req *req, const struct bz_quota_paper *paper,
                   const struct account *a)
{
  const struct there *t = there_of (a->book);
  int rc = BZ_OK;

  if (t == NULL)
    return BZ_OK;
  if (t->kinds != NULL)
    rc = take_in (req, paper, t, a->code);
  return rc < 0 ? rc : post_in (req, paper, t, a->code);
}

static int
open_account (struct bz_req *req, const struct bz_quota_paper *paper,
              const struct account *a)
{
  int64_t rows;
  int rc = exists (req, paper, a);

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
  int rc;

  if (strcmp (paper->date, bz_today (req)) > 0)
    return bz_fail (req, BZ_CONFLICT,
                    "批准文件“%s”的日期晚于今天，请核对后再办理",
                    paper->number);
  /* Nobody may enter between a look at who is there and an account's opening,
   * and whoever waits at the gate must not hold what another needs who passed. */
  rc = employment_gate (req);
  if (rc == BZ_OK)
    rc = unit_lock (req, paper->unit_id);
  if (rc < 0)
    return rc;
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
