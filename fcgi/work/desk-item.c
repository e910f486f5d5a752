/* The form of one person: 验证, 保存, 暂存, 校验, rows, removal.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <string.h>
#include "data/xml.h"
#include "people/audit.h"
#include "serve/route.h"
#include "work/arrival.h"
#include "work/before.h"
#include "work/check.h"
#include "work/desk-page.h"
#include "work/hold.h"
#include "work/move.h"
#include "work/note.h"
#include "work/remark.h"
#include "work/shut.h"

/* What the pressed button asks for. */
enum item_do { DO_SAVE, DO_KEEP, DO_CHECK, DO_VERIFY, DO_ROWS, DO_DROP };

static const char drop[] = "rm:"; /* with the id of a paper */

static enum item_do
item_action (const char *text)
{
  if (text == NULL || strcmp (text, "save") == 0)
    return DO_SAVE;
  if (strcmp (text, "keep") == 0)
    return DO_KEEP;
  if (strcmp (text, "check") == 0)
    return DO_CHECK;
  if (g_str_has_prefix (text, drop))
    return DO_DROP;
  return strcmp (text, "verify") == 0 ? DO_VERIFY : DO_ROWS;
}

/* What only keeps what is typed asks nobody who the person is. */
static bool
is_draft (enum item_do action)
{
  return action == DO_KEEP || action == DO_ROWS || action == DO_DROP;
}

static const char *
item_key (const struct bz_item *item)
{
  const char *field = item->of->business->key;
  const char *key = field != NULL ? bz_item_get (item, field) : NULL;

  return key != NULL ? key : "";
}

static int
say_checked (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  int stops = check_item (req, c, item, FORM_CHECK);

  if (stops == 0 && !item_stopped (item))
    desk_say (req, "tell", "校验通过，可以保存");
  return stops;
}

/* -- The page. */

static void
item_buttons (struct bz_req *req, struct bz_case *c, struct bz_item *item,
              xmlNode *form)
{
  desk_button (form, "do", "save", "保存", "pri");
  desk_button (form, "do", "check", "校验", NULL);
  desk_button (form, "do", "keep", "暂存", NULL);
  if (item->id != 0 && !shut_stays (c, item))
    desk_link (form,
               bz_href (req, "%s",
                        desk_path (req, c, "/item/%lld/remove",
                                   (long long) item->id)),
               bz_format (req, "删除%s", item->label), NULL);
  desk_link (form, bz_href (req, "%s", desk_path (req, c, "%s", "")),
             "返回申请单", NULL);
}

static int
item_read_only (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  int rc = desk_item_sections (req, c, item, true, desk_root (req));
  xmlNode *tools = xml_add (desk_root (req), "tools", NULL);

  desk_link (tools, bz_href (req, "%s", desk_path (req, c, "%s", "")),
             "返回申请单", NULL);
  return rc;
}

/* The files that came are not chosen again: a form that comes back brings them
 * along.  STORED: as for hold_form. */
static void
item_hold (struct bz_req *req, xmlNode *form, bool stored)
{
  const char *names = hold_form (req, form, stored);

  if (names != NULL)
    desk_say (req, "tell", "已选择的附件已经收到，保存时一并存入：%s", names);
}

/* Who was picked is closed for one reason: it is said once, on top. */
static void
say_closed (struct bz_req *req, const struct bz_item *item)
{
  GHashTableIter i;
  void *why;

  if (item->of->business->pick == NULL || item->shut != NULL)
    return;
  g_hash_table_iter_init (&i, item->closed);
  if (!g_hash_table_iter_next (&i, NULL, &why))
    return;
  xml_set (desk_root (req), "shut", why);
  desk_say (req, "tell", "%s", (const char *) why);
}

/* STORED: what a POST did will be committed; of no meaning to a GET. */
static int
item_page (struct bz_req *req, struct bz_case *c, struct bz_item *item,
           const char *verified, bool stored)
{
  const char *path = item->id == 0
                     ? desk_path (req, c, "/item/new")
                     : desk_path (req, c, "/item/%lld", (long long) item->id);
  xmlNode *form;
  int rc = BZ_OK;

  bz_view (req, "form");
  desk_top (req, c, item->id == 0 ? "添加" : item->label);
  if (item->id == 0)
    bz_title (req, "%s：添加一%s", c->business->title, c->business->item_word);
  else
    bz_title (req, "%s：%s", c->business->title, item->label);
  desk_says (req, item);
  /* The form shows personal data unmasked. */
  if (item->id != 0 || bz_item_subject (item) != 0)
    audit_later (req, bz_format (req, "%s.view_item", c->business->name),
                 "item", item->id);
  if (shut_wholly (c, item))
    desk_say (req, "tell", "这一%s没有退回意见，%s", c->business->item_word,
              shut_why);
  else if (item->shut != NULL && move_may_edit (req, c))
    rc = desk_shut (req, c, item);
  if (rc < 0)
    return rc;
  if (!move_may_edit (req, c) || shut_wholly (c, item))
    return item_read_only (req, c, item);
  say_closed (req, item);
  form = desk_form (req, desk_root (req), path, item->version);
  if (form_has_papers (c->business->item))
    xml_set (form, "enc", "multipart");
  if (verified != NULL && *verified != '\0')
    page_hidden (form, "verified", verified);
  if (item->id == 0)
    verify_carry (item, form);
  if (before_seen (req, c, item) != NULL)
    page_hidden (form, "register", before_seen (req, c, item));
  item_hold (req, form, stored);
  rc = desk_item_sections (req, c, item, false, form);
  if (rc == BZ_OK)
    item_buttons (req, c, item, form);
  verify_state (item, form);
  return rc;
}

int
item_new_get (struct bz_req *req)
{
  struct bz_case *c;
  struct bz_item *item;
  xmlDoc *facts;
  int rc = desk_case (req, false, &c);

  if (rc < 0)
    return rc;
  if (!move_may_edit (req, c))
    return bz_fail (req, BZ_CONFLICT,
                    "申请单 %s 已不能修改，请重新打开查看办理情况", c->number);
  if (shut_limits (c))
    return shut_refuse (req, c, desk_items_title (req, c->business));
  item = item_new (req, c);
  rc = case_facts (req, c, item, &facts);
  if (rc < 0)
    return rc;
  form_defaults (c->business->item, item->values, facts);
  xmlFreeDoc (facts);
  return item_page (req, c, item, NULL, true);
}

/* ?check=typed: only what is wrong; ?check=1: also what is missing. */
static int
say_asked (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  const char *check = bz_param (req, "check");
  const char *told = bz_param (req, "told"); /* of a 暂存 that left files out */
  int rc = told != NULL ? note_say (req, told, desk_path (req, c, "%s", ""))
                        : BZ_OK;

  if (rc < 0)
    return rc;
  if (g_strcmp0 (check, "typed") == 0)
    rc = check_item (req, c, item, FORM_KEEP);
  else if (check != NULL)
    rc = say_checked (req, c, item);
  return MIN (rc, BZ_OK);
}

int
item_get (struct bz_req *req)
{
  struct bz_case *c;
  struct bz_item *item;
  int rc = desk_case (req, false, &c);

  if (rc == BZ_OK)
    rc = desk_item (req, c, &item);
  if (rc == BZ_OK)
    rc = remark_warn (req, c, item);
  if (rc == BZ_OK) {
    shut_fill (req, c, item);
    rc = shut_open (req, c, item);
    rc = MIN (rc, BZ_OK);
  }
  if (rc == BZ_OK && move_may_edit (req, c)) {
    rc = before_look (req, c, item, BEFORE_SHOW);
    rc = MIN (rc, BZ_OK);
  }
  if (rc == BZ_OK && case_at_start (c))
    rc = say_asked (req, c, item);
  return rc < 0 ? rc : item_page (req, c, item, item_key (item), true);
}

/* -- Reading what was typed. */

/* Has the clerk typed another number than the one that ITEM was verified
 * with?  Then nothing of the old person may stay. */
static bool
key_changed (struct bz_req *req, const struct bz_item *item)
{
  const char *field = item->of->business->key;
  const char *typed = field != NULL ? bz_param (req, field) : NULL;

  return typed != NULL && item->id != 0
      && !g_hash_table_contains (item->closed, field) && !shut_has (item, field)
      && g_ascii_strcasecmp (typed, item_key (item)) != 0;
}

static xmlDoc *
item_typed (struct bz_req *req, struct bz_item *item, xmlDoc *stored,
            GHashTable *closed)
{
  xmlDoc *doc = form_read (item->of->business->item, req, "item", stored,
                           shut_join (req, closed, item->shut));

  req_own (req, doc, (GDestroyNotify) xmlFreeDoc);
  return doc;
}

/* After a return what was typed may need further fields: they are read as
 * well, until nothing more opens. */
static int
item_read (struct bz_req *req, struct bz_item *item)
{
  bool other = key_changed (req, item);
  xmlDoc *stored = item->id != 0 && !other ? item->values : NULL;
  GHashTable *closed = stored != NULL ? item->closed : NULL;
  int rc;

  if (other) {
    g_hash_table_remove_all (item->closed);
    item->subject_id = 0;
  }
  do {
    item->values = item_typed (req, item, stored, closed);
    rc = shut_open (req, item->of, item);
  } while (rc > 0);
  return rc;
}

/* What the browser does not send because it is only shown, for a form that
 * comes back before any check has set it. */
static int
item_fill_shown (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  xmlDoc *facts;
  int rc = case_facts (req, c, item, &facts);

  if (rc < 0)
    return rc;
  form_defaults (c->business->item, item->values, facts);
  xmlFreeDoc (facts);
  return BZ_OK;
}

/* Empty values make room for defaults that only now can be told (出生日期 out
 * of the number). */
static int
item_defaults (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  xmlNode *n = xmlDocGetRootElement (item->values)->children, *next;

  for (; n != NULL; n = next) {
    next = n->next;
    if (n->type == XML_ELEMENT_NODE && n->children == NULL) {
      xmlUnlinkNode (n);
      xmlFreeNode (n);
    }
  }
  return item_fill_shown (req, c, item);
}

/* What somebody else has changed meanwhile follows, or comes back to be seen first;
 * who only keeps what is typed is told on the next page. */
static int
item_look (struct bz_req *req, struct bz_case *c, struct bz_item *item,
           enum item_do action)
{
  const char *seen = before_seen (req, c, item);
  bool told = seen != NULL && g_strcmp0 (seen, bz_param (req, "register")) == 0;
  int rc;

  if (!told && is_draft (action))
    return BZ_OK;
  rc = before_look (req, c, item, told ? BEFORE_TAKEN : BEFORE_SHOW);
  return rc > 0 ? BZ_BAD_INPUT : rc;
}

/* Load what is known.  *FRESH: the number had not been verified yet and the
 * outcome has to be looked at before anything is stored. */
static int
item_verify (struct bz_req *req, struct bz_case *c, struct bz_item *item,
             enum item_do action, bool *fresh)
{
  const char *verified = bz_param (req, "verified");
  bool known = verified != NULL && *verified != '\0'
            && g_ascii_strcasecmp (verified, item_key (item)) == 0;
  int rc;

  *fresh = false;
  if (c->business->hooks.prefill == NULL)
    return BZ_OK;
  if (c->business->pick != NULL && c->business->pick->before)
    return item_look (req, c, item, action);
  if (!known && is_draft (action))
    return BZ_OK;
  if (known && item->id != 0 && is_draft (action))
    return BZ_OK;
  rc = c->business->hooks.prefill (req, c, item);
  if (rc == BZ_BAD_INPUT && is_draft (action)) {
    g_array_set_size (req->marks, 0);
    rc = BZ_OK;
  }
  *fresh = !known
        && (item_stopped (item) || g_hash_table_size (item->closed) > 0);
  return rc;
}

/* -- What the buttons do. */

/* The person and the files that came along.  When it fails, everything is
 * rolled back: a new person is a new one again. */
static int
item_put (struct bz_req *req, struct bz_case *c, struct bz_item *item,
          const struct arrival *came, const char *what)
{
  int64_t was = item->id;
  int version = item->version, rc;

  item_name (req, item);
  rc = item_store (req, item);
  if (rc == BZ_OK)
    rc = arrival_attach (req, c, item, came);
  if (rc < 0) {
    item->id = was;
    item->version = version;
    return rc;
  }
  rc = case_touch (req, c);
  return rc < 0
         ? rc
         : bz_audit (req, bz_format (req, "%s.%s", c->business->name, what),
                     "item", item->id, c->number);
}

/* Whatever is typed, and the files that came.  BACK: the rest of the address
 * that shows it again. */
static int
put_draft (struct bz_req *req, struct bz_case *c, struct bz_item *item,
           const struct arrival *came, const char *back)
{
  unsigned before = req->marks->len;
  int stops = check_item (req, c, item, FORM_DRAFT), wrong, rc;

  if (stops != 0)
    return stops < 0 ? stops : BZ_BAD_INPUT;
  wrong = check_item (req, c, item, FORM_KEEP);
  if (wrong < 0)
    return wrong;
  g_array_set_size (req->marks, before); /* they come again */
  item->state = "draft";
  rc = item_put (req, c, item, came, "item");
  return rc < 0
         ? rc
         : bz_redirect (req, "%s?%s%s",
                        desk_path (req, c, "/item/%lld", (long long) item->id),
                        back,
                        wrong > 0 && strstr (back, "check=") == NULL
                          ? "&check=typed"
                          : "");
}

/* 暂存 with files of which some were refused: the others are kept with what is
 * typed, and the next page names those that were not. */
static int
put_without (struct bz_req *req, struct bz_case *c, struct bz_item *item,
             const struct arrival *came)
{
  unsigned before = req->marks->len;
  int stops = check_item (req, c, item, FORM_DRAFT);
  const char *told;

  if (stops != 0) /* this page says both */
    return stops < 0 ? stops : BZ_BAD_INPUT;
  g_array_set_size (req->marks, before);
  told = note_keep (req, desk_path (req, c, "%s", ""));
  if (told == NULL)
    return BZ_FAILED;
  g_array_set_size (req->marks, 0);
  return put_draft (req, c, item, came,
                    bz_format (req, "done=keep&told=%s", told));
}

/* 保存: what must be filled in is; what the rules say decides if it is ready.
 * Files are not lost with a form that is refused: then it is kept as it is. */
static int
do_save (struct bz_req *req, struct bz_case *c, struct bz_item *item,
         const struct arrival *came)
{
  unsigned before = req->marks->len;
  int stops = check_item (req, c, item, FORM_SAVE);
  bool ready;
  int rc;

  if (stops > 0 && item->coming->len > 0) {
    g_array_set_size (req->marks, before); /* they come again */
    return put_draft (req, c, item, came, "check=1&done=partly");
  }
  if (stops != 0)
    return stops < 0 ? stops : BZ_BAD_INPUT;
  stops = check_item (req, c, item, FORM_CHECK);
  if (stops < 0)
    return stops;
  ready = stops == 0 && !item_stopped (item);
  item->state = ready ? "ready" : "draft";
  g_array_set_size (req->marks, 0); /* they come again on the next page */
  rc = item_put (req, c, item, came, "item");
  if (rc < 0)
    return rc;
  if (ready)
    return bz_redirect (req, "%s?done=item", desk_path (req, c, "%s", ""));
  return bz_redirect (req, "%s?check=1&done=partly",
                      desk_path (req, c, "/item/%lld", (long long) item->id));
}

/* Remove a paper, and keep what was typed meanwhile. */
static int
do_drop (struct bz_req *req, struct bz_case *c, struct bz_item *item,
         const struct arrival *came)
{
  int rc = paper_drop (req, c, bz_param (req, "do") + strlen (drop));

  return rc < 0 ? rc : put_draft (req, c, item, came, "done=paper-removed");
}

/* 校验: stores nothing, says everything.  Files that came cannot be chosen by
 * the page, so they are kept with what is typed, and the next page says it. */
static int
do_check (struct bz_req *req, struct bz_case *c, struct bz_item *item,
          const struct arrival *came)
{
  int stops;

  if (item->coming->len > 0)
    return put_draft (req, c, item, came, "check=1&done=paper");
  stops = say_checked (req, c, item);
  return stops <= 0 ? stops : BZ_BAD_INPUT;
}

static int
do_rows (struct bz_req *req, struct bz_item *item, const struct arrival *came)
{
  const char *action = bz_param (req, "do");
  g_auto (GStrv) word = g_strsplit (action != NULL ? action : "", ":", 3);

  if (g_strv_length (word) > 1 && shut_has (item, word[1]))
    return shut_refuse (req, item->of,
                        form_field_title (item->of->business->item, word[1]));
  if (!form_rows (item->of->business->item, item->values, action))
    return bz_fail (req, BZ_BAD_INPUT, "没有这个操作，请返回重新办理");
  return item->coming->len > 0
         ? put_draft (req, item->of, item, came, "done=paper")
         : BZ_OK;
}

/* The form once more, with what was typed and what is stored now. */
static int
stale_item (struct bz_req *req, struct bz_case *c, struct bz_item *item,
            xmlDoc *stored)
{
  xmlDoc *typed = item->values;
  xmlNode *now = xml_add (desk_root (req), "item", NULL);
  int rc;

  xml_set (now, "id", "0");
  xml_set (now, "t", "现在保存的内容");
  item->values = stored;
  rc = desk_item_sections (req, c, item, true, now);
  item->values = typed;
  if (rc < 0)
    return rc;
  desk_say (req, "stop",
            "这一%s的内容已被修改。“现在保存的内容”是修改后的，表单中"
            "是您填写的；请核对，再点保存即以您填写的为准",
            c->business->item_word);
  rc = item_page (req, c, item, bz_param (req, "verified"), false);
  req->http_status = 409;
  return rc < 0 ? rc : BZ_BAD_INPUT;
}

static int
item_run (struct bz_req *req, struct bz_case *c, struct bz_item *item,
          enum item_do action)
{
  struct arrival *came = NULL;
  bool fresh;
  int forgot = is_draft (action) ? 0 : verify_forget (req, c, item);
  int rc = MIN (forgot, BZ_OK);

  if (rc == BZ_OK)
    rc = item_verify (req, c, item, action, &fresh);
  if (rc == BZ_OK && forgot > 0)
    rc = item_defaults (req, c, item);
  if (rc == BZ_OK && action == DO_VERIFY) {
    rc = item_defaults (req, c, item);
    return rc < 0 ? rc : verify_say (req, c, item);
  }
  if (rc == BZ_OK && fresh && action != DO_CHECK) {
    desk_say (req, "tell", "%s刚刚验证，请核对载入的内容后再保存",
              form_field_title (c->business->item, c->business->key));
    return item_defaults (req, c, item);
  }
  if (rc == BZ_OK)
    rc = arrival_read (req, c, item, &came);
  if (rc == BZ_BAD_INPUT && action == DO_KEEP && came != NULL)
    return put_without (req, c, item, came);
  if (rc < 0)
    return rc;
  if (came != NULL)
    arrival_expect (came, item);
  switch (action) {
  case DO_SAVE:
    return do_save (req, c, item, came);
  case DO_KEEP:
    return put_draft (req, c, item, came,
                      item->coming->len > 0 ? "done=paper" : "done=keep");
  case DO_DROP:
    return do_drop (req, c, item, came);
  case DO_CHECK:
    return do_check (req, c, item, came);
  default:
    return do_rows (req, item, came);
  }
}

/* Run the button; unless it leads elsewhere, the form comes back. */
static int
item_change (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  enum item_do action = item_action (bz_param (req, "do"));
  xmlDoc *stored = item->values;
  const char *verified;
  int rc, shown;

  shut_fill (req, c, item);
  rc = item_read (req, item);
  if (rc < 0)
    return rc;
  if (item->id != 0 && desk_stale (req, item->version))
    return stale_item (req, c, item, stored);
  if (shut_wholly (c, item))
    return shut_refuse (req, c, item->label);
  rc = item_run (req, c, item, action);
  if ((rc < 0 && rc != BZ_BAD_INPUT) || req->location != NULL
      || req->fail_text != NULL)
    return rc;
  shown = item_fill_shown (req, c, item);
  if (shown < 0)
    return shown;
  verified = is_draft (action) || rc < 0 ? bz_param (req, "verified")
                                         : item_key (item);
  shown = item_page (req, c, item, verified, rc >= 0);
  return shown < 0 ? shown : rc;
}

int
item_new_post (struct bz_req *req)
{
  const struct business *b = req->route->business;
  struct bz_case *c;
  int rc = desk_case (req, true, &c);

  if (rc < 0)
    return rc;
  if (!move_may_edit (req, c))
    return bz_fail (req, BZ_CONFLICT,
                    "申请单 %s 已不能修改，请重新打开查看办理情况", c->number);
  if (shut_limits (c))
    return shut_refuse (req, c, desk_items_title (req, c->business));
  if (b->max_items > 0 && c->items->len >= (unsigned) b->max_items)
    return bz_fail (req, BZ_CONFLICT, "一张申请单最多 %d %s，请另行新建申请单",
                    b->max_items, b->item_word);
  return item_change (req, c, item_new (req, c));
}

int
item_post (struct bz_req *req)
{
  struct bz_case *c;
  struct bz_item *item;
  int rc = desk_case (req, true, &c);

  if (rc == BZ_OK)
    rc = desk_item (req, c, &item);
  if (rc < 0)
    return rc;
  if (!move_may_edit (req, c))
    return bz_fail (req, BZ_CONFLICT,
                    "申请单 %s 已不能修改，请重新打开查看办理情况", c->number);
  return item_change (req, c, item);
}

/* -- Removal: a page that names the person, then the deed. */

/* The item of the address, which may go; LOCK: for the deed. */
static int
removable (struct bz_req *req, bool lock, struct bz_case **c,
           struct bz_item **item)
{
  int rc = desk_case (req, lock, c);

  if (rc == BZ_OK)
    rc = desk_item (req, *c, item);
  if (rc < 0)
    return rc;
  if (!move_may_edit (req, *c))
    return bz_fail (req, BZ_CONFLICT,
                    "申请单 %s 已不能修改，请重新打开查看办理情况",
                    (*c)->number);
  return shut_stays (*c, *item) ? shut_refuse (req, *c, (*item)->label) : BZ_OK;
}

int
item_remove_get (struct bz_req *req)
{
  struct bz_case *c;
  struct bz_item *item;
  xmlNode *form;
  int rc = removable (req, false, &c, &item);

  if (rc < 0)
    return rc;
  desk_top (req, c, "删除");
  form = desk_form (req, desk_root (req),
                    desk_path (req, c, "/item/%lld/remove",
                               (long long) item->id),
                    item->version);
  (void) xml_add (form, "text",
                  bz_format (req,
                             "将从申请单 %s 中删除“%s”，已填写的内容不再保留。",
                             c->number, item->label));
  desk_button (form, "do", "remove", bz_format (req, "删除%s", item->label),
               "bad");
  desk_link (form, bz_href (req, "%s", desk_path (req, c, "%s", "")),
             "返回申请单", NULL);
  return BZ_OK;
}

int
item_remove_post (struct bz_req *req)
{
  struct bz_case *c;
  struct bz_item *item;
  int64_t id;
  int rc = removable (req, true, &c, &item);

  if (rc < 0)
    return rc;
  if (desk_stale (req, item->version))
    return bz_fail (req, BZ_CONFLICT,
                    "这一%s的内容刚刚被修改过，请核对后再删除",
                    c->business->item_word);
  id = item->id;
  rc = item_remove (req, item);
  if (rc == BZ_OK)
    rc = case_touch (req, c);
  if (rc == BZ_OK)
    rc = bz_audit (req, bz_format (req, "%s.item_remove", c->business->name),
                   "item", id, c->number);
  return rc < 0
         ? rc
         : bz_redirect (req, "%s?done=removed", desk_path (req, c, "%s", ""));
}
