/* What 编制使用核准 reads of the quota book: room, bars, the sheet's table.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "book.h"
#include "plan.h"
#include <stdbool.h>
#include <glib.h>
#include <string.h>

/* The code of BOOK that the line takes from.  1, 0 none, <0. */
static int
code_of (struct bz_req *req, const struct bz_case *c,
         const struct bz_item *item, const char *book, const char **ret)
{
  *ret = bz_item_get (item, "structure");
  if (strcmp (book, "structure") == 0)
    return *ret != NULL && **ret != '\0';
  return bz_quota_type (req, bz_case_scope (c),
                        bz_item_get (item, "staffing_type"), ret);
}

/* How many all lines of the case ask for of CODE of BOOK, or <0. */
static int
asked (struct bz_req *req, const struct bz_case *c, const char *book,
       const char *code)
{
  int n = 0;

  for (size_t i = 0; i < bz_case_items (c); i++) {
    const struct bz_item *item = bz_case_item (c, i);
    const char *of;
    int rc = code_of (req, c, item, book, &of);

    if (rc < 0)
      return rc;
    if (rc > 0 && strcmp (of, code) == 0)
      n += (int) bz_item_int (item, "amount");
  }
  return n;
}

/* -- Checks. */

/* The balance in BOOK that ITEM is granted from.  1, 0 its unit has none, <0. */
static int
balance_of (struct bz_req *req, const struct bz_case *c,
            const struct bz_item *item, const char *book, const char **code,
            struct bz_balance *ret)
{
  int rc = code_of (req, c, item, book, code);

  return rc <= 0 ? rc
                 : bz_quota_balance (req, bz_case_scope (c), book, *code, ret);
}

/* How many other cases in hand ask for of what ITEM has in FIELD. */
static int
count_others (struct bz_req *req, const struct bz_case *c,
              const struct bz_item *item, const char *field, int *ret)
{
  const char *n = "0";
  int rc = bz_db_value (req, &n, "use.in_hand",
                        BZ_ARGS (BZ_INT (bz_case_scope (c)),
                                 BZ_INT (bz_case_id (c)), BZ_STR (field),
                                 BZ_STR (bz_item_get (item, field))));

  *ret = (int) g_ascii_strtoll (n, NULL, 10);
  return rc;
}

/* Room in one book.  The codes of BOOK are those of the item's FIELD. */
static int
check_in (struct bz_req *req, struct bz_case *c, struct bz_item *item,
          const char *book, const char *field)
{
  struct bz_balance b;
  const char *code, *title;
  int rc = balance_of (req, c, item, book, &code, &b), mine, others;

  if (rc <= 0)
    return rc; /* that the unit has no such type is a mark of the form */
  mine = asked (req, c, book, code);
  rc = mine < 0 ? mine : count_others (req, c, item, field, &others);
  if (rc < 0 || b.room >= mine + others)
    return MIN (rc, BZ_OK);
  title = bz_quota_title (req, book, code);
  if (b.room < mine)
    rc = bz_mark (req, "amount",
                  "%s可用空编不足：%s，本申请单 %d 名，请核减人数", title,
                  bz_balance_text (req, &b), mine);
  else
    rc = bz_warn (req, "amount",
                  "%s可用空编 %d 名，本申请单 %d 名，连同其他在办申请单将超出，"
                  "以先核准的为准",
                  title, b.free, mine);
  bz_of_case (req);
  return rc;
}

/* Whoever lets people leave the roll late is granted no posts for a while, where the
 * office says so (TS-36, A5.13). */
static int
check_late (struct bz_req *req, const struct bz_case *c)
{
  const char *holds, *days;
  struct bz_rows *rows;
  int rc = bz_case_option (req, c, "late_holds", &holds);

  if (rc == BZ_OK)
    rc = bz_case_option (req, c, "late_days", &days);
  if (rc < 0 || strcmp (holds, "yes") != 0)
    return rc;
  rc = bz_db_open (req, &rows, "use.late",
                   BZ_ARGS (BZ_INT (bz_case_scope (c)), BZ_STR (bz_today (req)),
                            BZ_INT (g_ascii_strtoll (days, NULL, 10))));
  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc <= 0 || bz_db_int (rows, "n") == 0)
    return MIN (rc, BZ_OK);
  return bz_mark (req, "unit",
                  "该单位 %s 天内有 %lld 人逾期办理出编（最近一次 %s），"
                  "暂停用编核准；请于 %s 起再上报，或联系编办",
                  days, (long long) bz_db_int (rows, "n"),
                  bz_db_text (rows, "last_on"), bz_db_text (rows, "free_on"));
}

int
use_check (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  const char *type = item != NULL ? bz_item_get (item, "staffing_type") : NULL;
  int rc, structure;

  if (item == NULL)
    return check_late (req, c);
  if (type == NULL || *type == '\0')
    return BZ_OK;
  rc = check_in (req, c, item, "type", "staffing_type");
  if (rc < 0 && rc != BZ_BAD_INPUT)
    return rc;
  structure = check_in (req, c, item, "structure", "structure");
  return MIN (rc, structure);
}

/* -- The reviewer's page. */

static void
finding (struct bz_req *req, struct bz_node *checks, const char *name,
         const struct bz_balance *b, int mine)
{
  struct bz_node *k = bz_node_add (checks, "k");

  bz_node_set (k, "s", "ok");
  bz_node_text (k, bz_format (req, "%s可用空编 %d 名，核准后 %d 名", name,
                              b->free, b->free - mine));
}

/* One bar for each type and structure that the case asks for. */
static int
bar (struct bz_req *req, struct bz_case *c, struct bz_item *item,
     const char *book, GHashTable *seen, struct bz_node *checks,
     struct bz_node *quota)
{
  struct bz_balance b;
  struct bz_node *row;
  const char *code, *title;
  int rc = balance_of (req, c, item, book, &code, &b), mine;

  if (rc <= 0 || !g_hash_table_add (seen, bz_format (req, "%s %s", book, code)))
    return rc;
  mine = asked (req, c, book, code);
  if (mine < 0)
    return mine;
  title = bz_quota_title (req, book, code);
  row = bz_node_add (quota, "row");
  bz_node_set (row, "t", title);
  bz_node_setf (row, "cap", "%d", b.approved);
  bz_node_setf (row, "have", "%d", b.approved - b.free);
  bz_node_setf (row, "add", "%d", mine);
  bz_node_setf (row, "left", "%d", b.free - mine);
  if (b.room >= mine)
    finding (req, checks, title, &b, mine);
  return BZ_OK;
}

static void
summary (struct bz_req *req, struct bz_case *c, struct bz_node *page)
{
  struct bz_node *person = bz_node_add (page, "person");

  bz_node_set (person, "t", "用编明细");
  for (size_t i = 0; i < bz_case_items (c); i++) {
    struct bz_item *item = bz_case_item (c, i);
    struct bz_node *p = bz_node_add (person, "p");
    const char *way = bz_code_name (req, "entry_mode",
                                    bz_item_get (item, "entry_mode"));
    const char *type = bz_code_name (req, "staffing_type",
                                     bz_item_get (item, "staffing_type"));

    bz_node_set (p, "t", way != NULL ? way : "");
    bz_node_setf (p, "item", "%lld", (long long) bz_item_id (item));
    bz_node_text (p, bz_format (req, "%s %lld 名", type != NULL ? type : "",
                                (long long) bz_item_int (item, "amount")));
  }
}

int
use_show (struct bz_req *req, struct bz_case *c, const char *view,
          struct bz_node *page)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  static const char *const books[] = { "type", "structure" };
  struct bz_node *checks, *quota;
  int rc = BZ_OK;

  if (strcmp (view, "review") != 0)
    return BZ_OK;
  summary (req, c, page);
  checks = bz_node_add (page, "checks");
  quota = bz_node_add (page, "quota");
  bz_node_set (quota, "label", "编制（实有含已批未用、冻结）");
  for (size_t n = 0; n < G_N_ELEMENTS (books); n++)
    for (size_t i = 0; i < bz_case_items (c) && rc >= 0; i++)
      rc = bar (req, c, bz_case_item (c, i), books[n], seen, checks, quota);
  return MIN (rc, BZ_OK);
}

/* -- The sheet. */

static int
unit_add (struct bz_req *req, const struct bz_case *c, struct bz_node *sheet)
{
  struct bz_rows *rows;
  struct bz_node *unit;
  int rc = bz_db_open (req, &rows, "use.sheet_unit",
                       BZ_ARGS (BZ_INT (bz_case_scope (c))));

  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc <= 0)
    return rc;
  unit = bz_node_add (sheet, "unit");
  bz_node_set (unit, "level",
               bz_code_name (req, "org_level", bz_db_text (rows, "org_level")));
  bz_node_set (unit, "funding",
               bz_code_name (req, "funding_form",
                             bz_db_text (rows, "funding_form")));
  bz_node_set (unit, "supervisor", bz_db_text (rows, "supervisor"));
  return BZ_OK;
}

/* 人数 in Chinese capitals, 0 to 9999: 叁, 壹拾贰, 壹佰零伍. */
static const char *
capitals (struct bz_req *req, int n)
{
  static const char *const digit[] = { "零", "壹", "贰", "叁", "肆",
                                       "伍", "陆", "柒", "捌", "玖" };
  static const char *const place[] = { "仟", "佰", "拾", "" };
  g_autoptr (GString) s = g_string_new (NULL);
  bool gap = false;

  for (int i = 0, unit = 1000; i < 4; i++, unit /= 10) {
    int d = n / unit % 10;

    if (d == 0) {
      gap = s->len > 0;
      continue;
    }
    g_string_append_printf (s, "%s%s%s", gap ? "零" : "", digit[d], place[i]);
    gap = false;
  }
  return bz_format (req, "%s", s->len > 0 ? s->str : digit[0]);
}

static int
quota_add (struct bz_req *req, const struct bz_case *c, struct bz_node *sheet)
{
  struct bz_rows *rows;
  int all = 0;
  int rc = bz_db_open (req, &rows, "use.sheet_quota",
                       BZ_ARGS (BZ_INT (bz_case_id (c))));

  while (rc >= 0 && (rc = bz_db_next (rows)) > 0) {
    struct bz_node *quota = bz_node_add (sheet, "quota");
    int approved = (int) bz_db_int (rows, "approved");
    int occupied = (int) bz_db_int (rows, "occupied");
    int reserved = (int) bz_db_int (rows, "reserved");
    int frozen = (int) bz_db_int (rows, "frozen");

    bz_node_set (quota, "kind",
                 bz_code_name (req, "staffing_type",
                               bz_db_text (rows, "code")));
    bz_node_setf (quota, "cap", frozen != 0 ? "%d（冻结 %d）" : "%d", approved,
                  frozen);
    bz_node_setf (quota, "have", "%d", occupied);
    bz_node_setf (quota, "granted", "%d", reserved);
    bz_node_setf (quota, "free", "%d", approved - occupied - reserved - frozen);
    bz_node_set (quota, "now", bz_db_text (rows, "granted"));
    all += (int) bz_db_int (rows, "granted");
  }
  if (rc >= 0) {
    struct bz_node *granted = bz_node_add (sheet, "granted");

    bz_node_setf (granted, "all", "%d", all);
    bz_node_set (granted, "capitals", capitals (req, all));
  }
  return rc;
}

/* 领导职数: of the unit itself, not of its 内设机构. */
static int
leads_add (struct bz_req *req, const struct bz_case *c, struct bz_node *sheet)
{
  struct bz_rows *rows;
  struct bz_node *leads;
  int rc = bz_db_open (req, &rows, "use.sheet_leads",
                       BZ_ARGS (BZ_INT (bz_case_scope (c))));

  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc <= 0)
    return rc;
  leads = bz_node_add (sheet, "leads");
  bz_node_set (leads, "cap", bz_db_text (rows, "approved"));
  bz_node_set (leads, "have", bz_db_text (rows, "occupied"));
  return BZ_OK;
}

static int
slip_add (struct bz_req *req, const struct bz_case *c, struct bz_node *sheet)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "use.sheet_slip",
                       BZ_ARGS (BZ_INT (bz_case_id (c))));

  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc > 0)
    bz_node_set (bz_node_add (sheet, "slip"), "until",
                 bz_db_text (rows, "valid_until"));
  return MIN (rc, BZ_OK);
}

int
use_sheet (struct bz_req *req, struct bz_case *c, struct bz_item *item,
           const char *print, struct bz_node *sheet)
{
  bool plan = strcmp (print, "plan") == 0;
  int rc = unit_add (req, c, sheet);

  if (rc == BZ_OK)
    rc = plan ? use_plan_sheet (req, c, sheet) : quota_add (req, c, sheet);
  if (rc == BZ_OK && !plan)
    rc = leads_add (req, c, sheet);
  return rc < 0 ? rc : slip_add (req, c, sheet);
}
