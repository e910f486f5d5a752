/* Approvals that are taken back: the deed, and what pages say of it.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "work/undo.h"
#include <string.h>
#include "data/xml.h"
#include "people/session.h"
#include "work/inbox.h"
#include "work/pair.h"
#include "work/setting.h"
#include "work/workday.h"

/* -- The approved case. */

/* Once for all items of BY; anew where it has to be locked and is not. */
static int
undo_open (struct bz_req *req, struct bz_case *by, int64_t case_id, bool lock,
           struct bz_case **ret)
{
  const struct business *b;
  const char *name;
  int rc;

  *ret = by->undoes;
  if (*ret != NULL && (*ret)->id == case_id && (*ret)->locked >= lock)
    return BZ_OK;
  rc = bz_db_value (req, &name, "bz.undo_business", BZ_ARGS (BZ_INT (case_id)));
  if (rc < 0)
    return rc;
  b = rc > 0 ? business_find (name) : NULL;
  if (b == NULL)
    return bz_fail (req, BZ_NOT_FOUND,
                    "没有这张申请单，或者它不属于您所管的单位");
  rc = case_load (req, b, case_id, lock, ret);
  if (rc == BZ_OK)
    by->undoes = *ret;
  return rc;
}

/* Why the item, 0: the case as a whole, cannot be taken back whatever its business
 * says, in WHY; else the item in RET, NULL for the whole. */
static void
undo_find (struct bz_req *req, const struct bz_case *by, struct bz_case *c,
           int64_t item_id, struct bz_item **ret, const char **why)
{
  const struct bz_item *one;

  *why = NULL;
  *ret = item_id != 0 ? case_find_item (c, item_id) : NULL;
  one = *ret != NULL ? *ret : c->items->len > 0 ? c->items->pdata[0] : NULL;
  if (c->scope_id
      != by->scope_id) /* the unit's office decides, whichever approved */
    *why = "所选的核准不是本单位的，请重新选择";
  else if (c->business->hooks.undo == NULL)
    *why = bz_format (req, "%s的核准不能撤销", c->business->title);
  else if (strcmp (c->state, "done") != 0)
    *why = bz_format (req, "申请单 %s 没有核准，不需要撤销核准；请退回或者撤回",
                      c->number);
  else if (one == NULL || (item_id != 0) != (*ret != NULL)
           || (item_id != 0) != (c->business->key != NULL))
    *why = bz_format (req, "申请单 %s 中没有这一%s，请重新选择", c->number,
                      c->business->item_word);
  else if (one->undone_by != 0)
    *why = bz_format (req, "申请单 %s 的这项核准已经撤销，不能重复撤销",
                      c->number);
}

/* -- The other case of its pair: both are taken back, or neither. */

/* What is taken back in one deed: of a pair both, the one whose effects ran last
 * first. */
struct undo {
  struct bz_case *c[2];
  struct bz_item *item[2];
  unsigned count;
};

/* Does the office of today of both units decide? */
static int
one_office (struct bz_req *req, const struct bz_case *a,
            const struct bz_case *b)
{
  const char *first, *second;
  int rc = bz_db_value (req, &first, "bz.scope_office_of",
                        BZ_ARGS (BZ_INT (a->scope_id)));

  if (rc > 0)
    rc = bz_db_value (req, &second, "bz.scope_office_of",
                      BZ_ARGS (BZ_INT (b->scope_id)));
  return rc > 0 ? strcmp (first, second) == 0 : rc;
}

static struct bz_item *
same_subject (const struct bz_case *c, const struct bz_item *item)
{
  for (unsigned i = 0; i < c->items->len; i++) {
    struct bz_item *one = c->items->pdata[i];

    if (one->subject_id == item->subject_id)
      return one;
  }
  return NULL;
}

/* C and ITEM, which can be taken back for themselves, with what ended together with
 * them. */
static int
undo_whole (struct bz_req *req, struct bz_case *c, struct bz_item *item,
            bool lock, struct undo *ret, const char **why)
{
  struct bz_case *other = NULL;
  struct bz_item *theirs;
  unsigned mine;
  int rc = pair_load (req, c, lock);

  *ret = (struct undo){ .c = { c }, .item = { item }, .count = 1 };
  if (rc == BZ_OK && c->pair != NULL)
    rc = pair_other (req, c, lock, &other);
  if (rc < 0 || other == NULL || item == NULL)
    return rc;
  rc = one_office (req, c, other);
  theirs = same_subject (other, item);
  if (rc == 0)
    *why
      = bz_format (req,
                   "申请单 %s 是%s，对方单位属于另一编办，两边的核准不能在这里"
                   "一并撤销；确需更正的，请由现单位和原单位另行办理一次%s",
                   c->number, c->business->pair->title,
                   c->business->pair->title);
  else if (rc > 0 && (theirs == NULL || theirs->undone_by != 0))
    *why = bz_format (req,
                      "对方单位的申请单 %s 中没有这一%s，或者已经撤销，"
                      "不能撤销；请核对",
                      other->number, other->business->item_word);
  if (rc <= 0 || *why != NULL)
    return MIN (rc, BZ_OK);
  mine = c->pair->mine == 1 ? 0 : 1; /* side 1 ran last */
  ret->c[mine] = c;
  ret->item[mine] = item;
  ret->c[!mine] = other;
  ret->item[!mine] = theirs;
  ret->count = 2;
  return BZ_OK;
}

int
bz_case_undo_look (struct bz_req *req, struct bz_case *by, int64_t case_id,
                   int64_t item_id, const char **why)
{
  struct bz_case *c;
  struct bz_item *item;
  struct undo u;
  int rc = undo_open (req, by, case_id, false, &c);

  if (rc < 0)
    return rc;
  undo_find (req, by, c, item_id, &item, why);
  if (*why != NULL)
    return BZ_OK;
  rc = undo_whole (req, c, item, false, &u, why);
  for (unsigned i = 0; i < u.count && rc == BZ_OK && *why == NULL; i++)
    rc = u.c[i]->business->hooks.undo (req, u.c[i], u.item[i], by->id,
                                       BZ_UNDO_LOOK, why);
  return rc;
}

/* -- The deed. */

static int
record_one (struct bz_req *req, const struct bz_case *c,
            const struct bz_item *item, const struct bz_case *by)
{
  int64_t rows = bz_db_exec (req, "bz.undone_add",
                             BZ_ARGS (BZ_INT (item->id), BZ_INT (c->id),
                                      BZ_INT (by->id), BZ_STR (bz_now (req))));

  if (rows == BZ_CONFLICT)
    return bz_fail (req, BZ_CONFLICT,
                    "申请单 %s 的这项核准刚刚已经撤销，不能重复撤销",
                    c->number);
  return (int) MIN (rows, BZ_OK);
}

/* ITEM NULL: all of them. */
static int
undo_record (struct bz_req *req, struct bz_case *c, struct bz_item *item,
             const struct bz_case *by)
{
  int rc = BZ_OK;
  unsigned n = item != NULL ? 1 : c->items->len;
  int64_t rows;

  for (unsigned i = 0; rc == BZ_OK && i < n; i++) {
    struct bz_item *one = item != NULL ? item : c->items->pdata[i];

    rc = record_one (req, c, one, by);
    one->undone_by = by->id;
  }
  if (rc < 0)
    return rc;
  rows = bz_db_exec (req, "bz.undone_count",
                     BZ_ARGS (BZ_INT (c->id), BZ_INT (n)));
  if (rows >= 0)
    rows = bz_db_exec (req, "bz.undone_sheets",
                       BZ_ARGS (BZ_INT (c->id),
                                BZ_INT (item != NULL ? item->id : 0),
                                BZ_STR (
                                  bz_format (req, "撤销核准 %s", by->number)),
                                BZ_STR (bz_now (req))));
  return (int) MIN (rows, BZ_OK);
}

/* Listeners, the audit, and once the unit's inbox. */
static int
undo_tell (struct bz_req *req, struct bz_case *c, const struct bz_item *item,
           const struct bz_case *by)
{
  const struct bz_event event = {
    .topic = bz_format (req, "%s.undone", c->business->name),
    .case_id = c->id,
    .subject_id = item != NULL ? item->subject_id : 0,
  };
  int rc = c->told ? BZ_OK : inbox_case (req, c, "undone");

  c->told = true;
  if (rc == BZ_OK)
    rc = bz_emit (req, &event);
  return rc < 0 ? rc
                : bz_audit (req, bz_format (req, "%s.undo", c->business->name),
                            item != NULL ? "item" : "case",
                            item != NULL ? item->id : c->id,
                            bz_format (req, "%s, %s", c->number, by->number));
}

/* One of them: recorded, undone, told. */
static int
undo_one (struct bz_req *req, struct bz_case *c, struct bz_item *item,
          const struct bz_case *by, const char **why)
{
  int rc = undo_record (req, c, item, by);

  if (rc == BZ_OK)
    rc = c->business->hooks.undo (req, c, item, by->id, 0, why);
  return rc < 0 || *why != NULL ? rc : undo_tell (req, c, item, by);
}

int
bz_case_undo (struct bz_req *req, struct bz_case *by, int64_t case_id,
              int64_t item_id)
{
  const char *why;
  struct bz_case *c;
  struct bz_item *item;
  struct undo u = { .count = 0 };
  int rc = undo_open (req, by, case_id, true, &c);

  if (rc < 0)
    return rc;
  undo_find (req, by, c, item_id, &item, &why);
  if (why == NULL)
    rc = undo_whole (req, c, item, true, &u, &why);
  for (unsigned i = 0; i < u.count && rc == BZ_OK && why == NULL; i++)
    rc = undo_one (req, u.c[i], u.item[i], by, &why);
  return rc == BZ_OK && why != NULL ? bz_fail (req, BZ_CONFLICT, "%s", why)
                                    : rc;
}

/* -- Where it begins. */

/* Is TODAY more than DAYS after DAY? */
static bool
is_over (const char *day, const char *today, gint64 days)
{
  long from, now;

  return !workday_parse (day, &from) || !workday_parse (today, &now)
      || now - from > days;
}

const char *
bz_case_undo_href (struct bz_req *req, int64_t case_id, int64_t unit_id,
                   int64_t office_id, const char *day)
{
  const struct business *b = business_undoer ();
  const char *within;

  if (b == NULL || case_id == 0 || day == NULL || strlen (day) < 10
      || req->session == NULL || req->session->scope_id != office_id
      || bz_may (req, bz_format (req, "%s.apply", b->name), unit_id) <= 0
      || setting_get (req, office_id,
                      bz_format (req, "option.%s.%s", b->name, b->within),
                      business_option (b, b->within)->value, &within)
           < 0
      || is_over (req_strndup (req, day, 10), bz_today (req),
                  g_ascii_strtoll (within, NULL, 10)))
    return NULL;
  return bz_href (req, "/%s/new?%s=%lld&%s=%lld", b->name, b->scope_field,
                  (long long) unit_id, b->undoes, (long long) case_id);
}

/* -- The page of the approved case. */

/* Where the unit's office of today, whichever approved, begins to take it back. */
static const char *
undo_href (struct bz_req *req, const struct bz_case *c)
{
  const char *office;

  if (strcmp (c->state, "done") != 0 || c->business->hooks.undo == NULL
      || c->undone >= c->total
      || bz_db_value (req, &office, "bz.scope_office_of",
                      BZ_ARGS (BZ_INT (c->scope_id)))
           <= 0)
    return NULL;
  return bz_case_undo_href (req, c->id, c->scope_id,
                            g_ascii_strtoll (office, NULL, 10), c->closed_at);
}

static void
add_button (struct bz_req *req, const struct bz_case *c, xmlNode *into)
{
  const char *href = undo_href (req, c);
  xmlNode *tools;

  if (href == NULL)
    return;
  tools = xml_add (into, "tools", NULL);
  xml_set (tools, "note", "核准有误的，");
  desk_link (tools, href, business_undoer ()->title, NULL);
}

static void
add_row (struct bz_req *req, const struct bz_case *c, struct bz_rows *rows,
         xmlNode *table)
{
  const char *business = bz_db_text (rows, "business");
  bool may = bz_may (req, bz_format (req, "%s.view", business),
                     bz_db_int (rows, "scope_id"))
           > 0;
  xmlNode *r = xml_add (table, "r", NULL), *cell;

  xml_set (xml_add (r, "c", bz_db_text (rows, "day")), "c", "nw num");
  (void) xml_add (r, "c",
                  c->business->key != NULL ? bz_db_text (rows, "labels")
                                           : "全部");
  (void) xml_add (r, "c", bz_db_text (rows, "reason"));
  cell = xml_add (r, "c", bz_db_text (rows, "number"));
  xml_set (cell, "c", "nw num");
  if (may)
    xml_set (cell, "href",
             bz_href (req, "/%s/%s", business, bz_db_text (rows, "id")));
}

int
undo_section (struct bz_req *req, struct bz_case *c, xmlNode *into)
{
  static const char *const titles[] = { "撤销日期", "撤销范围", "事由",
                                        "业务单号" };
  xmlNode *table;
  struct bz_rows *rows;
  int rc;

  add_button (req, c, into);
  if (c->undone == 0)
    return BZ_OK;
  if (c->undone < c->total)
    desk_say (req, "warn",
              "其中 %d %s的核准已撤销，已打印的文书作废，请交回编办", c->undone,
              c->business->item_word);
  else
    desk_say (req, "warn", "核准已撤销，已打印的文书作废，请交回编办");
  table = xml_add (into, "table", NULL);
  xml_set (table, "id", "undone");
  xml_set (table, "caption", "撤销核准");
  for (size_t i = 0; i < G_N_ELEMENTS (titles); i++)
    xml_set (xml_add (table, "col", NULL), "t", titles[i]);
  rc = bz_db_open (req, &rows, "bz.undone_of", BZ_ARGS (BZ_INT (c->id)));
  while (rc >= 0 && (rc = bz_db_next (rows)) > 0)
    add_row (req, c, rows, table);
  return rc;
}
