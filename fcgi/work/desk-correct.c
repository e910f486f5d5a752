/* What a step of the office puts right itself (process: corrects=), and what it put
 * right.  SPDX-License-Identifier: MulanPSL-2.0 */
#include <string.h>
#include "data/xml.h"
#include "define/process.h"
#include "people/audit.h"
#include "work/check.h"
#include "work/desk-page.h"
#include "work/move.h"
#include "work/shut.h"

static const char others[] = "由申请单位填写";

/* All but what the step corrects is shut. */
static void
correct_shut (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  const struct process_step *step = process_step (c->process, c->step);
  g_auto (GStrv) names = form_names (c->business->item);

  item->shut = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  req_own (req, item->shut, (GDestroyNotify) g_hash_table_unref);
  for (char **n = names; *n != NULL; n++)
    if (!g_strv_contains ((const char *const *) step->corrects, *n))
      g_hash_table_insert (item->shut, g_strdup (*n), g_strdup (others));
}

/* The item of the route, for who may correct it now. */
static int
correct_open (struct bz_req *req, bool lock, struct bz_case **c,
              struct bz_item **item)
{
  int rc = desk_case (req, lock, c);

  if (rc == BZ_OK)
    rc = desk_item (req, *c, item);
  if (rc < 0)
    return rc;
  if (!move_may_correct (req, *c))
    return bz_fail (req, BZ_CONFLICT,
                    "申请单 %s 现在不能由您核定，请重新打开查看办理情况",
                    (*c)->number);
  correct_shut (req, *c, *item);
  return BZ_OK;
}

/* Papers and photo are the unit's: to look at. */
static void
papers_to_read (xmlNode *form)
{
  for (xmlNode *s = xml_child (form, "section"); s != NULL;
       s = xml_next (s, "section")) {
    xmlNode *list = xml_child (s, "filelist"), *photo = xml_child (s, "photo");

    if (list != NULL) {
      xml_set (list, "ro", "1");
      xmlUnsetProp (s, BAD_CAST "note");
    }
    if (photo != NULL)
      xml_set (photo, "closed", others);
  }
}

static int
correct_page (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  GHashTable *closed = item->closed; /* all of it is shut, for one reason */
  xmlNode *form;
  int rc;

  bz_view (req, "form");
  desk_top (req, c, "核定");
  bz_title (req, "%s核定：%s", c->business->title, item->label);
  xml_set (desk_root (req), "shut", others);
  audit_later (req, bz_format (req, "%s.view_item", c->business->name), "item",
               item->id);
  form = desk_form (req, desk_root (req),
                    desk_path (req, c, "/item/%lld/correct",
                               (long long) item->id),
                    item->version);
  item->closed = NULL;
  rc = desk_item_sections (req, c, item, false, form);
  item->closed = closed;
  if (rc < 0)
    return rc;
  papers_to_read (form);
  desk_button (form, "do", "save", "保存核定", "pri");
  desk_link (form, bz_href (req, "%s", desk_path (req, c, "/review")),
             "返回审核", NULL);
  xml_set (form, "note", "修改前后的内容都会记录，申请单位可以看到");
  return BZ_OK;
}

int
correct_get (struct bz_req *req)
{
  struct bz_case *c;
  struct bz_item *item;
  int rc = correct_open (req, false, &c, &item);

  return rc < 0 ? rc : correct_page (req, c, item);
}

/* A row for each field that shows something else now; their count, or <0. */
static int
correct_record (struct bz_req *req, struct bz_case *c, struct bz_item *item,
                xmlDoc *was)
{
  xmlNode *changes = xmlNewNode (NULL, BAD_CAST "changes");
  int n = form_changes (c->business->item, was, item->values, changes);
  int64_t rows = BZ_OK;

  for (const xmlNode *d = xml_child (changes, "d"); d != NULL && rows >= 0;
       d = xml_next (d, "d"))
    rows = bz_db_exec (req, "bz.correction_add",
                       BZ_ARGS (BZ_INT (c->id), BZ_INT (item->id),
                                BZ_STR (c->step), BZ_STR (xml_attr (d, "t")),
                                BZ_STR (xml_attr (d, "old")),
                                BZ_STR (xml_attr (d, "new")),
                                BZ_STR (bz_now (req))));
  xmlFreeNode (changes);
  return rows < 0 ? (int) rows : n;
}

static int
correct_save (struct bz_req *req, struct bz_case *c, struct bz_item *item,
              xmlDoc *was)
{
  int n = correct_record (req, c, item, was), rc;

  if (n <= 0)
    return n;
  item_name (req, item);
  rc = item_store (req, item);
  if (rc == BZ_OK)
    rc = case_touch (req, c);
  return rc < 0
         ? rc
         : bz_audit (req, bz_format (req, "%s.correct", c->business->name),
                     "item", item->id, c->number);
}

int
correct_post (struct bz_req *req)
{
  struct bz_case *c;
  struct bz_item *item;
  xmlDoc *was;
  int rc = correct_open (req, true, &c, &item), stops;

  if (rc < 0)
    return rc;
  if (desk_stale (req, item->version))
    return bz_fail (req, BZ_CONFLICT,
                    "这一%s的内容刚刚被修改过，请重新打开，核对后再核定",
                    c->business->item_word);
  was = item->values;
  item->values = form_read (c->business->item, req, "item", was,
                            shut_join (req, item->closed, item->shut));
  req_own (req, item->values, (GDestroyNotify) xmlFreeDoc);
  stops = check_item (req, c, item, FORM_CHECK);
  if (stops < 0)
    return stops;
  if (stops > 0) {
    rc = correct_page (req, c, item);
    return rc < 0 ? rc : BZ_BAD_INPUT;
  }
  rc = correct_save (req, c, item, was);
  return rc < 0 ? rc
                : bz_redirect (req, "%s?done=corrected",
                               desk_path (req, c, "/review"));
}

/* -- What was put right. */

static void
correction_row (struct bz_req *req, const struct bz_case *c,
                struct bz_rows *rows, xmlNode *table)
{
  const struct process_step *step = process_step (c->process,
                                                  bz_db_text (rows, "step"));
  const char *at = bz_db_text (rows, "at"), *who = bz_db_text (rows, "who");
  xmlNode *r = xml_add (table, "r", NULL);

  xml_set (xml_add (r, "c", bz_db_text (rows, "label")), "c", "nw");
  (void) xml_add (r, "c", bz_db_text (rows, "field"));
  (void) xml_add (r, "c", bz_db_text (rows, "was"));
  (void) xml_add (r, "c", bz_db_text (rows, "now"));
  (void) xml_add (r, "c", step != NULL ? step->title : "");
  (void) xml_add (r, "c", who != NULL ? who : "");
  xml_set (xml_add (r, "c", at != NULL ? req_strndup (req, at, 16) : ""), "c",
           "nw num");
}

int
desk_corrections (struct bz_req *req, struct bz_case *c)
{
  static const char *const titles[] = { "项目", "原填写", "核定为",
                                        "环节", "核定人", "时间" };
  xmlNode *table = NULL;
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "bz.corrections", BZ_ARGS (BZ_INT (c->id)));

  while (rc >= 0 && (rc = bz_db_next (rows)) > 0) {
    if (table == NULL) {
      table = xml_add (desk_root (req), "table", NULL);
      xml_set (table, "id", "corrections");
      xml_set (table, "caption", "核定修改");
      xml_set (xml_add (table, "col", NULL), "t",
               form_field_title (c->business->item, c->business->label));
      for (size_t i = 0; i < G_N_ELEMENTS (titles); i++)
        xml_set (xml_add (table, "col", NULL), "t", titles[i]);
    }
    correction_row (req, c, rows, table);
  }
  return MIN (rc, BZ_OK);
}
