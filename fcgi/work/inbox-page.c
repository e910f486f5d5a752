/* The page of the inbox: messages, what runs out, reading.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <string.h>
#include "data/xml.h"
#include "serve/conf.h"
#include "serve/route.h"
#include "work/desk-page.h"
#include "work/inbox.h"
#include "work/list.h"
#include "work/sheet.h"
#include "work/workday.h"

enum { INBOX_PAGE = 20, INBOX_DUE = 20 };

/* -- One message. */

/* What can be fetched after an approval: the prints that each case of the business
 * has, as the office calls them. */
static int
prints_text (struct bz_req *req, const struct business *b, int64_t office_id,
             const char **ret)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (unsigned i = 0; b->prints != NULL && i < b->prints->len; i++) {
    const struct print *p = b->prints->pdata[i];
    struct sheet_words words;
    int rc;

    if (p->when != NULL)
      continue;
    rc = sheet_words_now (req, b, p, office_id, &words);
    if (rc < 0)
      return rc;
    g_string_append_printf (text, "《%s》", words.title);
  }
  *ret = req_strdup (req, text->str);
  return BZ_OK;
}

static int
approved_text (struct bz_req *req, const struct business *b,
               struct bz_rows *rows, const char **ret)
{
  const char *prints;
  int rc = prints_text (req, b, bz_db_int (rows, "office_id"), &prints);

  if (rc == BZ_OK)
    *ret = *prints != '\0'
           ? bz_format (req, "%s已核准，可以领取%s", b->title, prints)
           : bz_format (req, "%s已核准", b->title);
  return rc;
}

/* What was printed has to come back. */
static int
undone_text (struct bz_req *req, const struct business *b, struct bz_rows *rows,
             const char **ret)
{
  const char *prints;
  int rc = prints_text (req, b, bz_db_int (rows, "office_id"), &prints);

  if (rc == BZ_OK)
    *ret = bz_format (req,
                      "%s的核准已撤销，请打开查看；已打印的%s作废，"
                      "请交回编办",
                      b->title, *prints != '\0' ? prints : "文书");
  return rc;
}

/* What was printed says something that was wrong. */
static int
amended_text (struct bz_req *req, const struct business *b,
              struct bz_rows *rows, const char **ret)
{
  const char *prints;
  int rc = prints_text (req, b, bz_db_int (rows, "office_id"), &prints);

  if (rc == BZ_OK)
    *ret = bz_format (req,
                      "%s核准的内容已由编办更正，请打开查看；已打印的%s"
                      "已替换，请重新打印",
                      b->title, *prints != '\0' ? prints : "文书");
  return rc;
}

/* Of a case that ends together with another one; NULL: it tells of something else. */
static const char *
pair_text (struct bz_req *req, const struct business *b, const char *kind)
{
  static const struct {
    const char *kind, *text; /* behind the title */
  } told[] = {
    { "held", "：对方单位的业务已同意，待本单位的业务核准后同时办结" },
    { "unheld", "：对方单位的申请单已退回或者撤回，本单位的业务退到审批环节，"
                "须重新核准" },
    { "unpaired", "已终止，没有生效，请打开查看原因" },
  };

  if (b->pair == NULL)
    return NULL;
  if (strcmp (kind, "paired") == 0)
    return bz_format (req, "对方单位发起%s，请打开后选择“%s”或者“%s”",
                      b->pair->title, b->pair->begin, b->pair->refuse);
  for (size_t i = 0; i < G_N_ELEMENTS (told); i++)
    if (strcmp (told[i].kind, kind) == 0)
      return bz_format (req, "%s%s", b->pair->title, told[i].text);
  return NULL;
}

static const char *
other_text (struct bz_req *req, const struct business *b, struct bz_rows *rows)
{
  const char *kind = bz_db_text (rows, "kind");
  const char *phone = bz_db_text (rows, "office_phone");
  const char *ask = *phone != '\0' ? bz_format (req, "；咨询电话 %s", phone)
                                   : "";

  if (strcmp (kind, "returned") == 0)
    return bz_format (req, "%s已退回，请按退回意见修改后重新上报%s", b->title,
                      ask);
  if (strcmp (kind, "rejected") == 0)
    return bz_format (req, "%s不予办理，理由见申请单%s", b->title, ask);
  return bz_format (req, "%s已由申请单位撤回，您看过的内容可能改变", b->title);
}

static void
add_columns (xmlNode *table, const char *const *titles, size_t n)
{
  for (size_t i = 0; i < n; i++)
    xml_set (xml_add (table, "col", NULL), "t", titles[i]);
}

static int
sentence (struct bz_req *req, const struct business *b, struct bz_rows *rows,
          const char **ret)
{
  if (strcmp (bz_db_text (rows, "kind"), "approved") == 0)
    return approved_text (req, b, rows, ret);
  if (strcmp (bz_db_text (rows, "kind"), "undone") == 0)
    return undone_text (req, b, rows, ret);
  if (strcmp (bz_db_text (rows, "kind"), "amended") == 0)
    return amended_text (req, b, rows, ret);
  *ret = pair_text (req, b, bz_db_text (rows, "kind"));
  if (*ret == NULL)
    *ret = other_text (req, b, rows);
  return BZ_OK;
}

static int
message_row (struct bz_req *req, struct bz_rows *rows, xmlNode *table)
{
  const struct business *b = business_find (bz_db_text (rows, "business"));
  bool unread = bz_db_int (rows, "unread") != 0;
  const char *text;
  xmlNode *r;
  int rc;

  if (b == NULL)
    return BZ_OK;
  rc = sentence (req, b, rows, &text);
  if (rc < 0)
    return rc;
  r = xml_add (table, "r", NULL);
  list_cell (r, req_strndup (req, bz_db_text (rows, "at"), 16), "nw num");
  list_cell (r, text, NULL);
  list_cell (r, bz_db_text (rows, "number"), "nw num");
  list_cell (r, bz_db_text (rows, "scope_name"), NULL);
  list_cell (r, unread ? "未读" : "已读", "nw");
  xml_set (r->last, "tone", unread ? "wait" : "ok");
  list_cell (r, "打开", "nw");
  xml_set (r->last, "do", bz_format (req, "open:%s", bz_db_text (rows, "id")));
  xml_set (r->last, "of", bz_db_text (rows, "number"));
  return BZ_OK;
}

/* -- The page. */

static void
add_tabs (struct bz_req *req, bool unread, const char *n)
{
  xmlNode *tabs = xml_add (desk_root (req), "tabs", NULL), *t;

  t = xml_add (tabs, "t", NULL);
  xml_set (t, "t", "全部");
  xml_set (t, "href", bz_href (req, "/inbox/"));
  xml_set (t, "cur", unread ? NULL : "1");
  t = xml_add (tabs, "t", NULL);
  xml_set (t, "t", "未读");
  xml_set (t, "n", n != NULL ? n : "0");
  xml_set (t, "href", bz_href (req, "/inbox/?unread=1"));
  xml_set (t, "cur", unread ? "1" : NULL);
}

/* The messages in a form, COUNT of them unread: 打开 marks one as read, 全部标为已读 those up to the
 * newest that this page knows. */
static int
add_messages (struct bz_req *req, bool unread, const char *count)
{
  static const char *const titles[] = { "时间",     "消息", "业务单号",
                                        "申请单位", "状态", "操作" };
  xmlNode *form = desk_form (req, desk_root (req), "/inbox/", 0), *table;
  struct bz_pages pages;
  struct bz_rows *rows;
  int rc;

  bz_pages_read (req, INBOX_PAGE, &pages);
  table = xml_add (form, "table", NULL);
  xml_set (table, "id", "messages");
  xml_set (table, "caption", "消息");
  xml_set (table, "empty", unread ? "没有未读消息" : "暂无消息");
  add_columns (table, titles, G_N_ELEMENTS (titles));
  rc = bz_db_open (req, &rows, pages.up ? "bz.inbox_up" : "bz.inbox",
                   BZ_ARGS (BZ_STR (inbox_businesses (req)), BZ_INT (unread),
                            BZ_INT (pages.edge), BZ_INT (INBOX_PAGE + 1)));
  while (rc >= 0 && (rc = bz_db_next (rows)) > 0)
    if (bz_pages_row (&pages, bz_db_int (rows, "id")) != 0) {
      rc = message_row (req, rows, table);
      if (rc < 0)
        return rc;
    }
  if (rc < 0)
    return rc;
  page_hidden (form, "to", bz_format (req, "%lld", (long long) pages.top));
  if (pages.top != 0 && pages.edge == 0 && count != NULL)
    desk_button (form, "do", "all", "全部标为已读", NULL);
  (void) bz_pages_end (req, &pages, xml_bz (table),
                       bz_href (req, "/inbox/%s", unread ? "?unread=1" : ""));
  return BZ_OK;
}

/* -- 到期提醒. */

static const char *
days_ago (struct bz_req *req, const char *key, int64_t otherwise)
{
  int64_t days = conf_int (req->conf, "inbox", key, otherwise);
  char text[11];
  long today;

  if (!workday_parse (bz_today (req), &today))
    return bz_today (req);
  workday_text (today - (long) CLAMP (days, 1, 3650), text);
  return req_strdup (req, text);
}

static void
due_row (struct bz_req *req, struct bz_rows *rows, xmlNode *table)
{
  const struct business *b = business_find (bz_db_text (rows, "business"));
  const char *state = bz_db_text (rows, "state"), *left, *tone, *word;
  xmlNode *r;
  bool late;

  if (b == NULL)
    return;
  r = xml_add (table, "r", NULL);
  xml_set (r, "href", list_case_href (req, b, bz_db_text (rows, "id"), state));
  list_cell (r, bz_db_text (rows, "number"), "nw num");
  list_cell (r, b->title, "nw");
  list_cell (r, bz_db_text (rows, "scope_name"), NULL);
  left = desk_left (req, bz_db_text (rows, "due_on"), &late);
  if (left == NULL)
    left = bz_format (req, "%s 以后没有办理，请抓紧上报或者作废",
                      req_strndup (req, bz_db_text (rows, "updated_at"), 10));
  list_cell (r, left, NULL);
  xml_set (r->last, "tone", late ? "bad" : "wait");
  word = list_state_word (b, rows, &tone);
  list_cell (r, word, "nw");
  xml_set (r->last, "tone", tone);
}

static int
add_due (struct bz_req *req)
{
  static const char *const titles[] = { "业务单号", "业务类型", "申请单位",
                                        "提醒", "当前环节" };
  struct desk_waits w;
  xmlNode *table = NULL;
  struct bz_rows *rows;
  char due[11];
  int rc;

  desk_waits (req, NULL, &w);
  if (desk_waits_none (&w) || !workday_add (bz_today (req), 1, due))
    return BZ_OK;
  rc = bz_db_open (req, &rows, "bz.inbox_due",
                   BZ_ARGS (BZ_STR (w.own), BZ_STR (w.parent),
                            BZ_STR (w.office), BZ_STR (w.today), BZ_STR (due),
                            BZ_STR (days_ago (req, "returned_days", 5)),
                            BZ_STR (days_ago (req, "draft_days", 20)),
                            BZ_INT (INBOX_DUE)));
  while (rc >= 0 && (rc = bz_db_next (rows)) > 0) {
    if (table == NULL) {
      table = xml_add (xml_add (desk_root (req), "section", NULL), "table",
                       NULL);
      xml_set (table->parent, "t", "到期提醒");
      xml_set (table, "id", "due");
      xml_set (table, "caption", "到期提醒");
      add_columns (table, titles, G_N_ELEMENTS (titles));
    }
    due_row (req, rows, table);
  }
  return rc;
}

int
inbox_get (struct bz_req *req)
{
  bool unread = g_strcmp0 (bz_param (req, "unread"), "1") == 0;
  const char *n;
  int rc;

  bz_title (req, "消息");
  bz_crumb (req, "首页", bz_href (req, "/"));
  bz_crumb (req, "消息", NULL);
  rc = add_due (req);
  if (rc >= 0)
    rc = inbox_unread (req, &n);
  if (rc < 0)
    return rc;
  add_tabs (req, unread, n);
  return add_messages (req, unread, n);
}

/* -- Reading. */

static int
read_all (struct bz_req *req)
{
  int64_t n = bz_db_exec (req, "bz.inbox_read_all",
                          BZ_ARGS (BZ_INT (desk_id (req, "to"))));

  if (n >= 0)
    n = bz_db_exec (req, "bz.inbox_read_drop", BZ_NO_ARGS);
  return n < 0 ? (int) n : bz_redirect (req, "/inbox/");
}

static int
read_one (struct bz_req *req, const char *text)
{
  const struct business *b;
  struct bz_rows *rows;
  gint64 id;
  int64_t n;
  int rc;

  if (!g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, &id, NULL))
    return bz_fail (req, BZ_NOT_FOUND, "没有这条消息");
  rc = bz_db_open (req, &rows, "bz.inbox_one",
                   BZ_ARGS (BZ_INT (id), BZ_STR (inbox_businesses (req))));
  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  b = rc > 0 ? business_find (bz_db_text (rows, "business")) : NULL;
  if (rc < 0)
    return rc;
  if (b == NULL)
    return bz_fail (req, BZ_NOT_FOUND, "没有这条消息，或者它不是发给您的");
  n = bz_db_exec (req, "bz.inbox_read", BZ_ARGS (BZ_INT (id)));
  if (n >= 0 && strcmp (bz_db_text (rows, "case_business"), b->name) != 0)
    return bz_redirect (req, "/%s/pair/", b->name); /* the other one's case */
  return n < 0 ? (int) n
               : bz_redirect (req, "/%s/%lld", b->name,
                              (long long) bz_db_int (rows, "case_id"));
}

int
inbox_post (struct bz_req *req)
{
  const char *action = bz_param (req, "do");

  if (g_strcmp0 (action, "all") == 0)
    return read_all (req);
  if (action != NULL && g_str_has_prefix (action, "open:"))
    return read_one (req, action + strlen ("open:"));
  return bz_fail (req, BZ_NOT_FOUND, "没有选择消息，请从消息列表中打开");
}
