/* Checks of a head, of an item and of a case as a whole.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "work/check.h"
#include "work/before.h"
#include <string.h>
#include "data/xml.h"
#include "work/pair.h"

static int
count_stops (struct bz_req *req, unsigned from)
{
  int n = 0;

  for (unsigned i = from; i < req->marks->len; i++)
    if (!g_array_index (req->marks, struct mark, i).warn)
      n++;
  return n;
}

/* The business's own check; its marks are counted by the caller. */
static int
check_hook (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  int rc = BZ_OK;

  if (c->business->hooks.check != NULL)
    rc = c->business->hooks.check (req, c, item);
  return rc == BZ_BAD_INPUT ? BZ_OK : rc;
}

/* The composed reason stands in for an empty one, as it does on the page. */
static int
check_fill_reason (struct bz_req *req, struct bz_case *c)
{
  xmlNode *root = xmlDocGetRootElement (c->head);
  const char *reason, *typed = xml_child_text (root, "reason");
  xmlNode *old;
  int rc;

  if ((typed != NULL && *typed != '\0')
      || form_field_title (c->business->head, "reason") == NULL)
    return BZ_OK;
  rc = case_reason_now (req, c, &reason);
  if (rc < 0 || *reason == '\0')
    return rc;
  old = xml_child (root, "reason");
  if (old != NULL) {
    xmlUnlinkNode (old);
    xmlFreeNode (old);
  }
  (void) xml_add (root, "reason", reason);
  return 1;
}

/* Take the filled-in reason out again: it is composed anew each time. */
static void
check_clear_reason (struct bz_case *c)
{
  xmlNode *filled = xml_child (xmlDocGetRootElement (c->head), "reason");

  if (filled != NULL) {
    xmlUnlinkNode (filled);
    xmlFreeNode (filled);
  }
}

int
check_head (struct bz_req *req, struct bz_case *c, enum form_depth depth)
{
  unsigned before = req->marks->len;
  int filled = check_fill_reason (req, c), rc = filled;
  xmlDoc *facts;

  if (rc >= 0)
    rc = case_facts (req, c, NULL, &facts);
  if (rc >= 0) {
    rc = form_check (c->business->head, req, c->head, facts, depth);
    xmlFreeDoc (facts);
  }
  if (filled > 0)
    check_clear_reason (c);
  return rc < 0 ? rc : count_stops (req, before);
}

int
check_item (struct bz_req *req, struct bz_case *c, struct bz_item *item,
            enum form_depth depth)
{
  unsigned before = req->marks->len;
  xmlDoc *facts;
  int rc = depth == FORM_CHECK ? before_look (req, c, item, BEFORE_CHECK) : 0;

  if (rc >= 0)
    rc = case_facts (req, c, item, &facts);
  if (rc < 0)
    return rc;
  rc = form_check (c->business->item, req, item->values, facts, depth);
  xmlFreeDoc (facts);
  if (rc >= 0 && depth == FORM_CHECK)
    rc = check_hook (req, c, item);
  return rc < 0 ? rc : count_stops (req, before);
}

/* Of the marks from FROM on, those of the whole case that were made since BEFORE
 * go. */
static void
check_once (struct bz_req *req, unsigned before, unsigned from)
{
  unsigned i = from;

  while (i < req->marks->len) {
    const struct mark *m = &g_array_index (req->marks, struct mark, i);
    bool said = false;

    for (unsigned j = before; m->of_case && j < from && !said; j++)
      said = strcmp (g_array_index (req->marks, struct mark, j).text, m->text)
          == 0;
    if (said)
      g_array_remove_index (req->marks, i);
    else
      i++;
  }
}

/* Name the person and lead to the place where marks from FROM on are put
 * right. */
static void
check_address (struct bz_req *req, unsigned from, const struct bz_item *item)
{
  const struct bz_case *c = item->of;
  const char *href = bz_href (req, "/%s/%lld/item/%lld?check=1",
                              c->business->name, (long long) c->id,
                              (long long) item->id);

  for (unsigned i = from; i < req->marks->len; i++) {
    struct mark *m = &g_array_index (req->marks, struct mark, i);

    if (!m->of_case)
      m->text = bz_format (req, "%s：%s", item->label, m->text);
    m->field = bz_format (req, "item.%lld.%s", (long long) item->id,
                          m->field != NULL ? m->field : "");
    m->href = href;
  }
}

/* Does a field that is closed now hold something else in BEFORE? */
static bool
closed_differs (const struct bz_item *item, xmlDoc *before)
{
  GHashTableIter i;
  void *name;

  g_hash_table_iter_init (&i, item->closed);
  while (g_hash_table_iter_next (&i, &name, NULL)) {
    const char *was = xml_child_text (xmlDocGetRootElement (before), name);

    if (g_strcmp0 (was != NULL ? was : "", bz_item_get (item, name)) != 0)
      return true;
  }
  return false;
}

/* 验证 once more over a copy of what is stored. */
static int
check_loaded_item (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  xmlDoc *stored = item->values;
  unsigned from = req->marks->len;
  int rc;

  item->values = xmlCopyDoc (stored, 1);
  req_own (req, item->values, (GDestroyNotify) xmlFreeDoc);
  rc = c->business->hooks.prefill (req, c, item);
  if (rc >= 0 && closed_differs (item, stored))
    (void) bz_mark (req, c->business->key,
                    "已有信息与登记的不一致，不做修改；"
                    "请打开，核对载入的信息后保存");
  item->values = stored;
  check_address (req, from, item);
  return rc == BZ_BAD_INPUT ? BZ_OK : rc;
}

int
check_loaded (struct bz_req *req, struct bz_case *c)
{
  unsigned before = req->marks->len;
  int rc = BZ_OK;

  if (c->business->hooks.prefill == NULL
      || (c->business->pick != NULL && c->business->pick->before))
    return 0; /* check_item has looked */
  for (unsigned i = 0; rc >= 0 && i < c->items->len; i++)
    rc = check_loaded_item (req, c, c->items->pdata[i]);
  return rc < 0 ? rc : count_stops (req, before);
}

static void
check_lead (struct bz_req *req, unsigned from, const char *href)
{
  for (unsigned i = from; i < req->marks->len; i++)
    g_array_index (req->marks, struct mark, i).href = href;
}

void **
bz_case_notes (struct bz_case *c)
{
  return c->noting ? &c->notes : NULL;
}

int
check_items (struct bz_req *req, struct bz_case *c)
{
  unsigned before = req->marks->len;
  int rc = BZ_OK;

  c->noting = true;
  c->notes = NULL;
  for (unsigned i = 0; rc >= 0 && i < c->items->len; i++) {
    unsigned from = req->marks->len;

    rc = check_item (req, c, c->items->pdata[i], FORM_CHECK);
    check_once (req, before, from);
    check_address (req, from, c->items->pdata[i]);
  }
  c->noting = false;
  return rc < 0 ? rc : count_stops (req, before);
}

int
check_case (struct bz_req *req, struct bz_case *c)
{
  unsigned before = req->marks->len;
  int rc;

  if (c->items->len < (unsigned) c->business->min_items)
    (void) bz_mark (req, NULL, "申请单中还没有添加任何一%s，请先添加",
                    c->business->item_word);
  rc = check_head (req, c, FORM_CHECK);
  if (rc >= 0)
    rc = check_hook (req, c, NULL);
  if (rc >= 0)
    rc = pair_check (req, c);
  check_lead (req, before,
              bz_href (req, "/%s/%lld", c->business->name, (long long) c->id));
  if (rc >= 0)
    rc = check_items (req, c);
  return rc < 0 ? rc : count_stops (req, before);
}
