/* What the reviewer of an entry sees beside the persons (系统核验, 编制与职数).
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "findings.h"
#include "age.h"
#include "look.h"
#include "rules.h"
#include <glib.h>
#include <string.h>

/* Months, as in the form's rules born-16 and retirement-near. */
enum { YOUNGEST = 16 * 12, SOON = 12 };

static const char *
get (struct bz_item *item, const char *field)
{
  const char *value = bz_item_get (item, field);

  return value != NULL ? value : "";
}

/* A finding; about ITEM alone unless it is NULL.  S: "no", "at", "ok". */
static void
say (struct bz_req *req, struct bz_node *checks, const char *s,
     struct bz_item *item, const char *text, const char *detail)
{
  struct bz_node *k = bz_node_add (checks, "k");

  bz_node_set (k, "s", s);
  bz_node_set (k, "d", detail);
  if (item != NULL)
    bz_node_setf (k, "item", "%lld", (long long) bz_item_id (item));
  bz_node_text (k, item != NULL
                     ? bz_format (req, "%s：%s", get (item, "name"), text)
                     : text);
}

/* "，共 3 人" where there is more than one. */
static const char *
of_all (struct bz_req *req, size_t count, size_t all)
{
  return all > 1 ? bz_format (req, "（%zu 人）", count) : "";
}

/* -- Persons. */

/* That a number is wrong, or its owner on staff and no transfer, is a mark of
 * entry_check. */
static int
numbers (struct bz_req *req, struct bz_case *entry, struct bz_node *checks)
{
  size_t count = bz_case_items (entry), valid = 0;
  size_t known[BZ_KNOWN_MERGED + 1] = { 0 };

  for (size_t i = 0; i < count; i++) {
    struct bz_item *item = bz_case_item (entry, i);
    struct bz_person_found found;
    int rc;

    if (bz_idno_check (get (item, "id_number"), NULL) != BZ_IDNO_OK)
      continue;
    rc = bz_person_known (req, get (item, "name"), get (item, "sex"),
                          get (item, "id_number"), &found);
    if (rc < 0)
      return rc;
    valid++;
    known[found.known]++;
  }
  if (valid == count)
    say (req, checks, "ok", NULL,
         bz_format (req, "身份证号校验码相符%s", of_all (req, count, count)),
         NULL);
  for (size_t k = 0; k < G_N_ELEMENTS (known); k++)
    if (known[k] > 0 && k < BZ_KNOWN_RETIRED)
      say (req, checks, "ok", NULL,
           bz_format (req, "%s%s", entry_finding ((enum bz_known) k),
                      of_all (req, known[k], count)),
           NULL);
  return BZ_OK;
}

/* "60 周岁 9 个月" */
static const char *
years (struct bz_req *req, int months)
{
  return months % 12 == 0
         ? bz_format (req, "%d 周岁", months / 12)
         : bz_format (req, "%d 周岁 %d 个月", months / 12, months % 12);
}

/* The row of the code table for sex and staffing category, or for the sex. */
static const char *
retirement_code (struct bz_req *req, struct bz_item *item)
{
  const char *category = bz_code_extra (req, "staffing_type",
                                        get (item, "staffing_type"),
                                        "category");
  const char *code = bz_format (req, "%s%s", get (item, "sex"),
                                category != NULL ? category : "");

  return bz_code_name (req, "retirement_age", code) != NULL ? code
                                                            : get (item, "sex");
}

const char *
entry_retirement (struct bz_req *req, struct bz_item *item, int *ret_left)
{
#define FIGURE(f) bz_code_extra (req, "retirement_age", code, f)
  const char *code = retirement_code (req, item);
  struct entry_retirement row = {
    .months = FIGURE ("months"),
    .from = FIGURE ("born_from"),
    .step = FIGURE ("step"),
    .most = FIGURE ("most"),
  };
#undef FIGURE
  int months = entry_retires_at (&row, get (item, "birth_date"), bz_today (req),
                                 ret_left);

  return months > 0 ? years (req, months) : NULL;
}

/* That somebody is too young or too old is a mark of the form. */
static void
ages (struct bz_req *req, struct bz_case *entry, struct bz_node *checks)
{
  for (size_t i = 0; i < bz_case_items (entry); i++) {
    struct bz_item *item = bz_case_item (entry, i);
    int left;

    if (entry_retirement (req, item, &left) == NULL || left <= SOON
        || entry_months (get (item, "birth_date"), bz_today (req)) < YOUNGEST)
      return;
  }
  say (req, checks, "ok", NULL, "已满 16 周岁，未到法定退休年龄", NULL);
}

static struct bz_item *
item_of (struct bz_case *entry, int64_t id)
{
  for (size_t i = 0; i < bz_case_items (entry); i++)
    if (bz_item_id (bz_case_item (entry, i)) == id)
      return bz_case_item (entry, i);
  return NULL;
}

/* The same name and birthday under another number: perhaps a number was
 * mistyped, perhaps somebody is entered twice. */
static int
namesakes (struct bz_req *req, struct bz_case *entry, struct bz_node *checks)
{
  static const struct {
    const char *query, *where;
  } places[] = {
    { "entry.namesakes", "已登记的人员" },
    { "entry.namesakes_open", "其他在办申请单的人员" },
  };
  bool any = false;

  for (size_t i = 0; i < G_N_ELEMENTS (places); i++) {
    struct bz_rows *rows;
    int rc = bz_db_open (req, &rows, places[i].query,
                         BZ_ARGS (BZ_INT (bz_case_id (entry))));

    while (rc >= 0 && (rc = bz_db_next (rows)) > 0) {
      struct bz_item *item = item_of (entry, bz_db_int (rows, "id"));

      if (item == NULL)
        continue; /* of a part: somebody who is not approved */
      say (req, checks, "at", item,
           bz_format (req, "与%s同名同生日，身份证号不同", places[i].where),
           bz_format (req, "%s 人，请核对是否同一人", bz_db_text (rows, "n")));
      any = true;
    }
    if (rc < 0)
      return rc;
  }
  if (!any)
    say (req, checks, "ok", NULL, "无重复人员", NULL);
  return BZ_OK;
}

/* -- The book. */

struct bars {
  struct bz_req *req;
  struct bz_case *entry;
  const struct entry_look *look;
  struct bz_node *checks, *quota;
  GHashTable *seen; /* "book code" */
};

static void
bar (struct bars *b, const char *title, int approved, int occupied, int mine,
     int left)
{
  struct bz_node *row = bz_node_add (b->quota, "row");

  bz_node_set (row, "t", title);
  bz_node_setf (row, "cap", "%d", approved);
  bz_node_setf (row, "have", "%d", occupied);
  bz_node_setf (row, "add", "%d", mine);
  bz_node_setf (row, "left", "%d", left);
}

/* What is left of the slip when those have come for whom it has a place. */
static void
say_slip (struct bars *b)
{
  const struct bz_slip_head *slip = &b->look->slip;
  int left = slip->granted - slip->used, n = 0;

  for (size_t i = 0; i < b->look->count; i++)
    n += b->look->persons[i].place.line_id != 0
      && b->look->persons[i].place.fault == NULL;
  if (n > 0)
    say (b->req, b->checks, "ok", NULL,
         bz_format (b->req, "编制使用单“%s”余 %d 名，核准后 %d 名",
                    slip->number, left, left - n),
         NULL);
}

/* One bar for each account of the case.  That one has no room is a mark of
 * entry_check.  Whom the slip keeps a place takes nothing of what is free. */
static int
book_bar (struct bars *b, int book, const struct entry_person *person)
{
  const char *code = person->code[book], *name = entry_books[book].book;
  struct bz_balance balance;
  const char *title;
  int rc, mine, kept;

  if (code == NULL
      || !g_hash_table_add (b->seen, bz_format (b->req, "%s %s", name, code)))
    return BZ_OK;
  rc = bz_quota_balance (b->req, bz_case_scope (b->entry), name, code,
                         &balance);
  if (rc <= 0)
    return rc;
  title = bz_quota_title (b->req, name, code);
  mine = entry_count (b->look, book, code, &kept);
  bar (b, title, balance.approved, balance.occupied, mine,
       balance.free - (mine - kept));
  if (mine > kept && balance.room >= mine - kept)
    say (b->req, b->checks, "ok", NULL,
         bz_format (b->req, "%s空编 %d 名，核准后 %d 名", title, balance.free,
                    balance.free - (mine - kept)),
         NULL);
  return BZ_OK;
}

/* A leading post has so many seats, whoever sits in them.  One too many is a mark
 * of the form. */
static void
post_bar (struct bars *b, const struct entry_post *post)
{
  if (post->asked == 0 && post->sitting == 0)
    return;
  bar (b, post->title, post->quota, post->held, post->sitting,
       post->quota - post->held - post->sitting);
  if (post->held + post->sitting <= post->quota && post->without == 0)
    say (b->req, b->checks, "ok", NULL,
         bz_format (b->req, "%s职数未超", post->title),
         bz_format (b->req, "核定 %d 名，已配 %d 名，本申请单 %d 名",
                    post->quota, post->held, post->sitting));
}

static int
bars (struct bars *b)
{
  int rc = BZ_OK;

  bz_node_set (b->quota, "label", "编制与职数");
  for (int book = 0; book < ENTRY_BOOKS; book++)
    for (size_t i = 0; i < b->look->count && rc >= 0; i++)
      rc = book_bar (b, book, &b->look->persons[i]);
  if (rc >= 0)
    say_slip (b);
  for (const struct entry_post *p = b->look->posts; p != NULL && rc >= 0;
       p = p->next)
    post_bar (b, p);
  return rc;
}

/* -- The summary. */

static void
line (struct bz_node *person, const char *title, const char *text)
{
  struct bz_node *p;

  if (text == NULL || *text == '\0')
    return;
  p = bz_node_add (person, "p");
  bz_node_set (p, "t", title);
  bz_node_text (p, text);
}

static void
summary_one (struct bz_req *req, struct bz_case *entry, struct bz_node *person)
{
  struct bz_item *item = bz_case_item (entry, 0);
  const char *birth = get (item, "birth_date");
  const char *sex = bz_code_name (req, "sex", get (item, "sex"));
  const char *type = bz_code_name (req, "staffing_type",
                                   get (item, "staffing_type"));
  const char *funding = bz_code_name (req, "funding_form",
                                      get (item, "funding"));

  line (person, "姓名", get (item, "name"));
  line (person, "身份证号", bz_idno_masked (req, get (item, "id_number")));
  if (strlen (birth) == 10)
    line (person, "性别年龄",
          bz_format (req, "%s，%d 周岁", sex != NULL ? sex : "",
                     entry_months (birth, bz_today (req)) / 12));
  line (person, "编制类型",
        bz_format (req, "%s · %s", type != NULL ? type : "",
                   funding != NULL ? funding : ""));
  line (person, "进入形式",
        bz_code_name (req, "entry_mode", bz_case_get (entry, "entry_mode")));
  line (person, "原工作单位", get (item, "from_unit"));
}

/* One person in some lines, several in a line each that leads to theirs. */
static void
summary (struct bz_req *req, struct bz_case *entry, struct bz_node *page)
{
  size_t count = bz_case_items (entry);
  struct bz_node *person = bz_node_add (page, "person");

  if (count == 1) {
    summary_one (req, entry, person);
    return;
  }
  bz_node_setf (person, "note", "共 %zu 人", count);
  for (size_t i = 0; i < count; i++) {
    struct bz_item *item = bz_case_item (entry, i);
    struct bz_node *p = bz_node_add (person, "p");

    bz_node_set (p, "t", get (item, "name"));
    bz_node_setf (p, "item", "%lld", (long long) bz_item_id (item));
    bz_node_text (p, bz_idno_masked (req, get (item, "id_number")));
  }
}

int
entry_show_review (struct bz_req *req, struct bz_case *entry,
                   struct bz_node *page)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  struct bars b = { .req = req, .entry = entry, .seen = seen };
  struct entry_look *look;
  int rc;

  summary (req, entry, page);
  b.checks = bz_node_add (page, "checks");
  rc = numbers (req, entry, b.checks);
  if (rc < 0)
    return rc;
  ages (req, entry, b.checks);
  rc = namesakes (req, entry, b.checks);
  if (rc < 0)
    return rc;
  rc = entry_look (req, entry, NULL, &look);
  if (rc < 0)
    return rc;
  b.look = look;
  b.quota = bz_node_add (page, "quota");
  return bars (&b);
}
