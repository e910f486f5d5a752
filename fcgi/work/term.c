/* Terms of cases: the job that counts them anew.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "work/term.h"
#include <string.h>
#include "work/workday.h"

enum { TERMS_AT_ONCE = 200 };

struct terms {
  int64_t after; /* the last case that was looked at */
  int seen, changed;
};

/* One term, whose row ROWS stands on. */
static int
recount_one (struct bz_req *req, struct bz_rows *rows, struct terms *t)
{
  const char *from = bz_db_text (rows, "term_from");
  int64_t days = bz_db_int (rows, "term_days");
  int64_t changed;
  char due[11];

  t->after = bz_db_int (rows, "id");
  t->seen++;
  if (!workday_add (from, (int) days, due)
      || strcmp (due, bz_db_text (rows, "due_on")) == 0)
    return BZ_OK;
  changed = bz_db_exec (req, "bz.term_set",
                        BZ_ARGS (BZ_STR (due), BZ_INT (t->after), BZ_STR (from),
                                 BZ_INT (days)));
  t->changed += changed > 0;
  return changed < 0 ? (int) changed : BZ_OK;
}

/* A batch in its own transaction, which may run again from its beginning. */
static int
recount_batch (struct bz_req *req, void *data)
{
  struct terms *all = data, t = { .after = all->after };
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "bz.terms",
                       BZ_ARGS (BZ_INT (t.after), BZ_INT (TERMS_AT_ONCE)));

  while (rc >= 0 && (rc = bz_db_next (rows)) > 0)
    rc = recount_one (req, rows, &t);
  if (rc >= 0)
    *all = t;
  return rc;
}

int
term_recount (struct bz_req *req)
{
  struct terms t = { .after = 0 };
  int changed = 0, rc;

  do {
    rc = bz_db_atomic (req, recount_batch, &t);
    changed += rc >= 0 ? t.changed : 0;
  } while (rc >= 0 && t.seen == TERMS_AT_ONCE);
  if (rc >= 0)
    bz_say (req, "cases.terms: %d terms end on another day now", changed);
  return rc;
}
