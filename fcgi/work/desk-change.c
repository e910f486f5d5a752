/* The reviewer's second look: what changed since the case was sent back; and
 * the boxes of a move that is for some persons only.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <string.h>
#include "data/xml.h"
#include "define/process.h"
#include "work/desk-page.h"
#include "work/move.h"
#include "work/remark.h"

/* <item id="31"> of the page. */
static xmlNode *
item_node (struct bz_req *req, int64_t id)
{
  g_autofree char *text = g_strdup_printf ("%lld", (long long) id);

  for (xmlNode *n = xml_child (desk_root (req), "item"); n != NULL;
       n = xml_next (n, "item"))
    if (g_strcmp0 (xml_attr (n, "id"), text) == 0)
      return n;
  return NULL;
}

/* <changes same> of one form, into INTO. */
static int
add_changes (struct bz_req *req, const struct form *form, const char *was,
             xmlDoc *now, xmlNode *into)
{
  xmlDoc *before = xml_parse (was, -1, NULL);

  if (before == NULL)
    return bz_fail (req, BZ_FAILED, "退回时的内容无法读取，请联系编办");
  (void) form_changes (form, before, now, xml_add (into, "changes", NULL));
  xmlFreeDoc (before);
  return BZ_OK;
}

static int
add_was (struct bz_req *req, struct bz_case *c, struct bz_rows *rows)
{
  int64_t id = bz_db_int (rows, "item");
  struct bz_item *item = case_find_item (c, id);
  const char *was = bz_db_text (rows, "was");
  xmlNode *into = id == 0 ? desk_root (req) : item_node (req, id);

  if (into == NULL || was == NULL || (id != 0 && item == NULL))
    return BZ_OK;
  return id == 0
         ? add_changes (req, c->business->head, was, c->head, into)
         : add_changes (req, c->business->item, was, item->values, into);
}

/* -- Papers, and items that are gone. */

/* <changes> of item ID, 0: of the head; NULL: it was not there. */
static xmlNode *
changes_of (struct bz_req *req, int64_t id)
{
  xmlNode *into = id == 0 ? desk_root (req) : item_node (req, id);

  return into != NULL ? xml_child (into, "changes") : NULL;
}

static void
add_d (xmlNode *changes, const char *field, const char *title, const char *was,
       const char *now)
{
  xmlNode *d = xml_add (changes, "d", NULL);

  xml_set (d, "f", field);
  xml_set (d, "t", title);
  xml_set (d, "old", was);
  xml_set (d, "new", now);
}

static void
count_same (struct bz_req *req, xmlNode *changes)
{
  const char *same = xml_attr (changes, "same");
  gint64 n = same != NULL ? g_ascii_strtoll (same, NULL, 10) : 0;

  xml_set (changes, "same", bz_format (req, "%lld", (long long) n + 1));
}

static void
add_paper_was (struct bz_req *req, struct bz_case *c, struct bz_rows *rows)
{
  int64_t id = bz_db_int (rows, "item");
  xmlNode *changes = changes_of (req, id);
  const char *was = bz_db_text (rows, "was"), *now = bz_db_text (rows, "now");
  const char *field = bz_format (req, "paper.%s", bz_db_text (rows, "kind"));
  const char *title = form_field_title (id == 0 ? c->business->head
                                                : c->business->item,
                                        field);

  if (changes == NULL)
    return;
  if (g_strcmp0 (was, now) == 0)
    count_same (req, changes);
  else
    add_d (changes, field, title != NULL ? title : "附件",
           was != NULL ? was : "未上传", now != NULL ? now : "已移除");
}

static int
paper_changes (struct bz_req *req, struct bz_case *c)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "bz.papers_was",
                       BZ_ARGS (BZ_INT (c->id), BZ_STR ("（重新上传）")));

  while (rc >= 0 && (rc = bz_db_next (rows)) > 0)
    add_paper_was (req, c, rows);
  return rc;
}

static int
gone_changes (struct bz_req *req, const struct bz_case *c)
{
  xmlNode *changes = changes_of (req, 0);
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "bz.items_gone", BZ_ARGS (BZ_INT (c->id)));

  while (rc >= 0 && (rc = bz_db_next (rows)) > 0 && changes != NULL)
    add_d (changes,
           bz_format (req, "item.%lld", (long long) bz_db_int (rows, "item")),
           bz_db_text (rows, "label"), "在申请单中", "已删除");
  return rc;
}

static int
value_changes (struct bz_req *req, struct bz_case *c)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "bz.case_was", BZ_ARGS (BZ_INT (c->id)));

  while (rc >= 0 && (rc = bz_db_next (rows)) > 0)
    rc = add_was (req, c, rows);
  return rc;
}

/* What the return had said, beside what became of it. */
static void
add_said (struct bz_req *req, struct bz_case *c)
{
  for (unsigned i = 0; c->remarks != NULL && i < c->remarks->len; i++) {
    const struct remark *r = c->remarks->pdata[i];
    xmlNode *changes = changes_of (req, r->item_id), *m;

    if (changes == NULL)
      continue;
    m = xml_add (changes, "m", r->text);
    xml_set (m, "f", r->field);
    xml_set (m, "t",
             form_field_title (r->item_id == 0 ? c->business->head
                                               : c->business->item,
                               r->field));
  }
}

int
desk_changes (struct bz_req *req, struct bz_case *c)
{
  int rc;

  if (c->return_id == 0 || strcmp (c->state, "open") != 0)
    return BZ_OK;
  rc = remark_load (req, c);
  if (rc >= 0)
    rc = value_changes (req, c);
  if (rc >= 0)
    rc = paper_changes (req, c);
  if (rc >= 0)
    rc = gone_changes (req, c);
  add_said (req, c);
  for (unsigned i = 0; rc >= 0 && i < c->items->len; i++) {
    xmlNode *n = item_node (req, ((struct bz_item *) c->items->pdata[i])->id);

    if (n != NULL && xml_child (n, "changes") == NULL)
      xml_set (xml_add (n, "changes", NULL), "added", "1");
  }
  return rc;
}

/* -- Remarks on the head and its papers. */

static void
add_remark (struct bz_req *req, xmlNode *form, const char *field,
            const char *title, const char *now)
{
  const char *name = bz_format (req, "remark.0.%s", field);
  xmlNode *r = xml_add (form, "remark", NULL);

  xml_set (r, "n", name);
  xml_set (r, "t", title);
  xml_set (r, "now", now);
  xml_set (r, "v", bz_param (req, name));
}

/* The form that holds the buttons, or NULL. */
static xmlNode *
opinion_form (struct bz_req *req)
{
  xmlNode *n = xml_child (desk_root (req), "form");

  while (n != NULL && xml_child (n, "move") == NULL)
    n = xml_next (n, "form");
  return n;
}

static int
remark_papers (struct bz_req *req, struct bz_case *c, xmlNode *form)
{
  g_autoptr (GArray) papers = NULL;
  xmlDoc *facts;
  int rc = case_facts (req, c, NULL, &facts);

  if (rc < 0)
    return rc;
  papers = form_papers (c->business->head, facts);
  xmlFreeDoc (facts);
  for (unsigned i = 0; i < papers->len; i++) {
    const struct form_paper *p = &g_array_index (papers, struct form_paper, i);

    add_remark (req, form, bz_format (req, "paper.%s", p->id), p->title, NULL);
  }
  return BZ_OK;
}

int
desk_remarks (struct bz_req *req, struct bz_case *c)
{
  xmlNode *form = opinion_form (req);
  GHashTable *places;
  int rc = remark_places (req, c, NULL, &places);

  if (rc < 0 || form == NULL)
    return rc;
  for (xmlNode *s = xml_child (desk_root (req), "section"); s != NULL;
       s = xml_next (s, "section"))
    for (xmlNode *f = s->children; f != NULL; f = f->next)
      if (f->type == XML_ELEMENT_NODE && xml_attr (f, "id") != NULL
          && g_hash_table_contains (places, xml_attr (f, "id")))
        add_remark (req, form, xml_attr (f, "id"), xml_attr (f, "t"),
                    xml_attr (f, "v"));
  return remark_papers (req, c, form);
}

/* -- Some of the persons. */

void
desk_takes (struct bz_req *req, struct bz_case *c)
{
  g_autoptr (GPtrArray) moves = move_allowed (req, c);
  const char *title = NULL;

  for (unsigned i = 0; i < moves->len; i++) {
    const struct process_move *m = moves->pdata[i];

    if (m->rest != NULL)
      title = bz_format (req, "%s此%s", process_whole (c->process, m)->title,
                         c->business->item_word);
  }
  if (title == NULL || c->items->len < 2)
    return;
  for (xmlNode *n = xml_child (desk_root (req), "item"); n != NULL;
       n = xml_next (n, "item")) {
    xml_set (n, "take", title);
    if (move_takes (req, g_ascii_strtoll (xml_attr (n, "id"), NULL, 10)))
      xml_set (n, "taken", "1");
  }
}
