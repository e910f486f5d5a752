/* Before and after 上报: check-answers and the review page.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <string.h>
#include "data/xml.h"
#include "define/process.h"
#include "people/audit.h"
#include "people/session.h"
#include "serve/route.h"
#include "work/before.h"
#include "work/check.h"
#include "work/desk-page.h"
#include "work/findings.h"
#include "work/move.h"
#include "work/pair.h"
#include "work/remark.h"

/* What was typed beside FIELD of ITEM, drawn by N; no box where it is not one of
 * PLACES. */
static void
put_remark (struct bz_req *req, const struct bz_item *item, const char *field,
            GHashTable *places, xmlNode *n)
{
  if (!g_hash_table_contains (places, field)) {
    xml_set (n, "fixed", "1");
    return;
  }
  xml_set (n, "remark",
           bz_param (req, bz_format (req, "remark.%lld.%s",
                                     (long long) item->id, field)));
}

/* What was typed beside the fields, lists and papers of item N comes back with
 * the page. */
static void
put_remarks (struct bz_req *req, struct bz_case *c, struct bz_item *item,
             xmlDoc *facts, xmlNode *n)
{
  GHashTable *places = remark_places_in (req, c, item, facts);

  for (xmlNode *s = xml_child (n, "section"); s != NULL;
       s = xml_next (s, "section")) {
    xmlNode *list = xml_child (s, "filelist");

    for (xmlNode *f = s->children; f != NULL; f = f->next)
      if (f->type == XML_ELEMENT_NODE && xml_attr (f, "id") != NULL)
        put_remark (req, item, xml_attr (f, "id"), places, f);
    for (xmlNode *x = list != NULL ? xml_child (list, "x") : NULL; x != NULL;
         x = xml_next (x, "x"))
      put_remark (req, item, bz_format (req, "paper.%s", xml_attr (x, "id")),
                  places, x);
  }
}

/* "行政编制 · 科长": what a folded item says beside its name. */
static const char *
item_brief (struct bz_req *req, const struct bz_item *item)
{
  const struct business *b = item->of->business;
  g_autoptr (GString) text = g_string_new (NULL);

  for (char **f = b->brief; *f != NULL; f++) {
    const char *shown = form_shown (b->item, req, item->values, *f);

    if (*shown != '\0')
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", shown);
  }
  return req_strdup (req, text->str);
}

/* Every person's values to read; PAGE: where each can be changed, or NULL. */
static int
add_items (struct bz_req *req, struct bz_case *c, const char *page, bool remark)
{
  for (unsigned i = 0; i < c->items->len; i++) {
    struct bz_item *item = c->items->pdata[i];
    xmlNode *n = xml_add (desk_root (req), "item", NULL);
    xmlDoc *facts;
    int rc = case_facts (req, c, item, &facts);

    if (rc < 0)
      return rc;
    xml_set (n, "n", bz_format (req, "%u", i + 1));
    xml_set (n, "brief", item_brief (req, item));
    xml_set (n, "id", bz_format (req, "%lld", (long long) item->id));
    xml_set (n, "t", item->label);
    xml_set (n, "note",
             bz_format (req, "第 %u %s，共 %u %s", i + 1,
                        c->business->item_word, c->items->len,
                        c->business->item_word));
    if (page != NULL)
      xml_set (n, "href",
               bz_href (req, "%s%s",
                        desk_path (req, c, "/item/%lld", (long long) item->id),
                        page));
    if (remark)
      xml_set (n, "remark", "1");
    rc = before_show (req, c, item, facts, n);
    if (rc >= 0)
      rc = desk_item_sections_in (req, c, item, facts, true, n);
    if (rc >= 0 && remark)
      put_remarks (req, c, item, facts, n);
    xmlFreeDoc (facts);
    if (rc < 0)
      return rc;
  }
  return BZ_OK;
}

static int
add_papers (struct bz_req *req, struct bz_case *c)
{
  xmlNode *section = xml_add (desk_root (req), "section", NULL);

  xml_set (section, "id", "papers");
  xml_set (section, "t", "附件");
  xml_set (section, "href", bz_href (req, "%s", desk_path (req, c, "%s", "")));
  return desk_filelist (req, c, true, section);
}

/* -- Check-answers. */

/* Until when what is handed in can be taken back; or that nobody looks at it. */
static int
add_what_follows (struct bz_req *req, struct bz_case *c, const GPtrArray *moves,
                  xmlNode *form)
{
  const char *to = "";
  int rc = BZ_OK;

  for (unsigned i = 0; i < moves->len && rc == BZ_OK; i++)
    if (move_kind (c->process, moves->pdata[i]) == MOVE_ON)
      rc = move_target (req, c, moves->pdata[i], &to);
  if (rc < 0)
    return rc;
  (void) xml_add (form, "text",
                  bz_format (req, "以上共 %u %s，请逐项核对。%s", c->items->len,
                             c->business->item_word,
                             strcmp (to, "done") == 0
                               ? "上报后立即生效，不再审核，也不能撤回。"
                             : c->process->withdraw_until_passed
                               ? "上报后在审核通过之前可以撤回。"
                               : "上报后在审核开始之前可以撤回。"));
  return BZ_OK;
}

int
confirm_page (struct bz_req *req, struct bz_case *c)
{
  g_autoptr (GPtrArray) moves = move_allowed (req, c);
  xmlNode *form;
  int rc;

  bz_view (req, "confirm");
  desk_top (req, c, "上报前核对");
  bz_title (req, "%s上报前核对", c->business->title);
  audit_later (req, bz_format (req, "%s.confirm", c->business->name), "case",
               c->id);
  rc = desk_head_sections (req, c, true, desk_root (req));
  if (rc == BZ_OK)
    rc = add_papers (req, c);
  if (rc == BZ_OK)
    rc = add_items (req, c, "", false);
  if (rc < 0)
    return rc;
  form = desk_form (req, desk_root (req), desk_path (req, c, "/move"),
                    c->version);
  rc = add_what_follows (req, c, moves, form);
  if (rc < 0)
    return rc;
  for (unsigned i = 0; i < moves->len; i++) {
    const struct process_move *m = moves->pdata[i];

    if (move_kind (c->process, m) == MOVE_ON)
      desk_button (form, "move", m->name, m->title, "pri");
  }
  desk_link (form, bz_href (req, "%s", desk_path (req, c, "%s", "")),
             "返回修改", NULL);
  return BZ_OK;
}

int
confirm_get (struct bz_req *req)
{
  struct bz_case *c;
  int rc = desk_case (req, false, &c);

  if (rc < 0)
    return rc;
  if (!move_may_edit (req, c))
    return bz_fail (req, BZ_CONFLICT,
                    "申请单 %s 已上报，请返回申请单查看办理情况", c->number);
  rc = check_case (req, c);
  return rc < 0 ? rc : confirm_page (req, c);
}

/* -- The reviewer's page. */

static xmlNode *
review_form (struct bz_req *req, struct bz_case *c)
{
  g_autoptr (GPtrArray) moves = move_allowed (req, c);
  const char *opinion = bz_param (req, "opinion");
  xmlNode *form = desk_form (req, desk_root (req), desk_path (req, c, "/move"),
                             c->version);

  if (opinion != NULL)
    (void) xml_add (form, "opinion", opinion);
  for (unsigned i = 0; i < moves->len; i++) {
    const struct process_move *m = moves->pdata[i];
    enum move_kind kind = move_kind (c->process, m);
    xmlNode *move;

    if (m->by != NULL
        || (m->rest != NULL && (c->items->len < 2 || pair_is_open (c))))
      continue; /* taken back on the case page; one person is no part */
    move = xml_add (form, "move", NULL);

    xml_set (move, "do", m->name);
    xml_set (move, "t", m->title);
    if (m->rest == NULL && !m->unchecked
        && (kind == MOVE_ON || kind == MOVE_DONE))
      xml_set (move, "c", "pri");
    else if (kind == MOVE_END)
      xml_set (move, "c", "bad");
    if (m->opinion)
      xml_set (move, "opinion", "1");
  }
  return form;
}

/* The findings; FORM carries along which of them were shown. */
static int
review_findings (struct bz_req *req, struct bz_case *c, xmlNode *form)
{
  int rc = findings_add (req, c, desk_root (req));
  xmlNode *checks = xml_child (desk_root (req), "checks");

  if (rc < 0)
    return rc;
  page_hidden (form, "seen", xml_attr (checks, "seen"));
  xmlUnsetProp (checks, BAD_CAST "seen");
  return BZ_OK;
}

/* Where the page is shown with a paper beside it, and which one is; the links
 * are drawn from the papers that the page lists. */
static void
review_scans (struct bz_req *req, struct bz_case *c)
{
  const char *paper = bz_param (req, "paper");
  xmlNode *scans = xml_add (desk_root (req), "scans", NULL);

  xml_set (scans, "href", bz_href (req, "%s", desk_path (req, c, "/review")));
  xml_set (scans, "paper", paper);
  req->frames = paper != NULL;
}

int
review_page (struct bz_req *req, struct bz_case *c)
{
  bool may = move_may_review (req, c);
  xmlNode *form = NULL;
  int rc;

  bz_view (req, "review");
  desk_top (req, c, "审核");
  bz_title (req, "%s审核", c->business->title);
  /* This row is also what tells when a reviewer first opened the case: see
   * bz.case_opened. */
  audit_later (req, may ? "case.review" : "case.view", "case", c->id);
  xml_set (desk_root (req), "note",
           bz_format (req, "申请单位 %s", c->scope_name));
  rc = desk_near (req, c);
  if (rc >= 0)
    rc = desk_steps (req, c, desk_root (req));
  if (rc >= 0)
    rc = pair_section (req, c, desk_root (req));
  if (rc >= 0)
    rc = desk_head_sections (req, c, true, desk_root (req));
  if (rc >= 0)
    rc = add_items (req, c, move_may_correct (req, c) ? "/correct" : NULL, may);
  if (rc >= 0)
    rc = desk_changes (req, c);
  if (rc < 0)
    return rc;
  if (may) {
    desk_takes (req, c);
    form = review_form (req, c);
    rc = desk_remarks (req, c);
    if (rc < 0)
      return rc;
  }
  rc = may ? review_findings (req, c, form) : BZ_OK;
  if (rc >= 0)
    rc = desk_filelist (req, c, true, desk_root (req));
  review_scans (req, c);
  if (rc >= 0)
    rc = desk_corrections (req, c);
  return rc < 0 ? rc : desk_log (req, c, desk_root (req));
}

int
review_get (struct bz_req *req)
{
  struct bz_case *c;
  int rc = desk_case (req, false, &c);

  if (rc < 0)
    return rc;
  if (case_at_start (c))
    return bz_fail (req, BZ_CONFLICT,
                    "申请单 %s 现在由申请单位填写，上报后才能审核", c->number);
  return review_page (req, c);
}
