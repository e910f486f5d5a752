/* Part of a case becomes a case of its own.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <string.h>
#include "people/audit.h"
#include "work/case.h"
#include "work/series.h"

/* The new row: head and papers of the head are C's, the items follow. */
static int
split_insert (struct bz_req *req, struct bz_case *c, struct bz_case *new)
{
  int64_t n = bz_db_exec (req, "bz.case_split",
                          BZ_ARGS (BZ_STR (new->number), BZ_STR (new->step),
                                   BZ_STR (bz_now (req)), BZ_INT (c->id)));

  if (n < 0)
    return (int) n;
  new->id = bz_db_last_id (req);
  new->version = 1;
  n = bz_db_exec (req, "bz.paper_copy",
                  BZ_ARGS (BZ_INT (new->id), BZ_INT (c->id)));
  return n < 0 ? (int) n : BZ_OK;
}

static int
split_item (struct bz_req *req, struct bz_case *new, struct bz_item *item)
{
  const struct bz_arg id = BZ_INT (item->id), into = BZ_INT (new->id);
  int64_t n;

  item->seq = (int) new->items->len + 1;
  n = bz_db_exec (req, "bz.item_split",
                  BZ_ARGS (into, BZ_INT (item->seq), id,
                           BZ_INT (item->version)));
  if (n != 1)
    return n < 0 ? (int) n
                 : bz_fail (req, BZ_CONFLICT,
                            "这张申请单刚刚被修改过，请重新打开后再办理");
  item->version++;
  item->state = "returned";
  item->of = new;
  g_ptr_array_add (new->items, item);
  n = bz_db_exec (req, "bz.paper_split",
                  BZ_ARGS (into, BZ_INT (new->split_from), id));
  return n < 0 ? (int) n : BZ_OK;
}

/* What is left counts from 1 again. */
static int
split_renumber (struct bz_req *req, struct bz_case *c)
{
  for (unsigned i = 0; i < c->items->len; i++) {
    struct bz_item *item = c->items->pdata[i];
    int64_t n = 0;

    if (item->seq != (int) i + 1)
      n = bz_db_exec (req, "bz.item_seq",
                      BZ_ARGS (BZ_INT ((int64_t) i + 1), BZ_INT (item->id)));
    if (n < 0)
      return (int) n;
    item->seq = (int) i + 1;
  }
  return BZ_OK;
}

static struct bz_case *
split_like (struct bz_req *req, const struct bz_case *c, const char *step)
{
  struct bz_case *new = bz_alloc (req, sizeof *new);

  *new = *c;
  new->split_from = c->id;
  new->split_number = c->number;
  new->step = step;
  new->state = "returned";
  new->result_number = NULL;
  case_papers_drop (new);
  new->items = g_ptr_array_new ();
  req_own (req, new->items, (GDestroyNotify) g_ptr_array_unref);
  return new;
}

int
case_split (struct bz_req *req, struct bz_case *c, GPtrArray *items,
            const char *step, struct bz_case **ret)
{
  struct bz_case *new = split_like (req, c, step);
  const char *prefix = c->business->prefix;
  int rc = series_draw (req, 0, bz_format (req, "case.%s", prefix),
                        bz_format (req, "%s-{year}-{n5}", prefix),
                        &new->number);

  if (rc == BZ_OK)
    rc = split_insert (req, c, new);
  for (unsigned i = 0; rc == BZ_OK && i < items->len; i++)
    rc = split_item (req, new, items->pdata[i]);
  if (rc == BZ_OK)
    rc = split_renumber (req, c);
  if (rc == BZ_OK)
    rc = case_touch (req, new);
  if (rc == BZ_OK)
    rc = case_touch (req, c);
  if (rc == BZ_OK)
    rc = bz_audit (req, bz_format (req, "%s.split", c->business->name), "case",
                   new->id, c->number);
  if (rc == BZ_OK)
    *ret = new;
  return rc;
}
