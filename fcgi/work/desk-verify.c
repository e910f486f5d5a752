/* 验证 of an item: what goes with a number that is typed anew, what can be said
 * before the rest is filled in.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <string.h>
#include "data/xml.h"
#include "work/check.h"
#include "work/desk-page.h"

/* The hidden value that names a field which was loaded and is not stored. */
static const char loaded[] = "loaded";

static void
drop (xmlDoc *values, const char *name)
{
  xmlNode *n = xml_child (xmlDocGetRootElement (values), name);

  if (n == NULL)
    return;
  xmlUnlinkNode (n);
  xmlFreeNode (n);
}

/* -- The closed fields of a person who is not stored yet. */

void
verify_carry (const struct bz_item *item, xmlNode *form)
{
  GHashTableIter i;
  void *name;

  g_hash_table_iter_init (&i, item->closed);
  while (g_hash_table_iter_next (&i, &name, NULL)) {
    const char *value = bz_item_get (item, name);

    if (value == NULL || *value == '\0')
      continue;
    page_hidden (form, name, value);
    page_hidden (form, loaded, name);
  }
}

/* -- Another number. */

/* The defaults of the number KEY, for an item of which nothing else is known. */
static int
defaults_of (struct bz_req *req, struct bz_case *c, struct bz_item *item,
             const char *key, xmlDoc **ret)
{
  xmlDoc *typed = item->values, *facts;
  xmlDoc *doc = xmlNewDoc (BAD_CAST "1.0");
  int rc;

  req_own (req, doc, (GDestroyNotify) xmlFreeDoc);
  xmlDocSetRootElement (doc, xmlNewNode (NULL, BAD_CAST "item"));
  (void) xml_add (xmlDocGetRootElement (doc), c->business->key, key);
  item->values = doc;
  rc = case_facts (req, c, item, &facts);
  item->values = typed;
  if (rc < 0)
    return rc;
  form_defaults (c->business->item, doc, facts);
  xmlFreeDoc (facts);
  *ret = doc;
  return BZ_OK;
}

int
verify_forget (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  const char *key = c->business->key, *was = bz_param (req, "verified");
  const char *name;
  xmlDoc *defaults;
  int rc;

  if (key == NULL || was == NULL || *was == '\0'
      || g_ascii_strcasecmp (was, bz_item_get (item, key) != NULL
                                    ? bz_item_get (item, key)
                                    : "")
           == 0)
    return BZ_OK;
  for (size_t n = 0; (name = bz_param_at (req, loaded, n)) != NULL; n++)
    if (strcmp (name, key) != 0)
      drop (item->values, name);
  rc = defaults_of (req, c, item, was, &defaults);
  if (rc < 0)
    return rc;
  for (xmlNode *n = xmlDocGetRootElement (defaults)->children; n != NULL;
       n = n->next) {
    const char *value = xml_child_text (n->parent, (const char *) n->name);

    name = (const char *) n->name;
    if (strcmp (name, key) != 0
        && g_strcmp0 (bz_item_get (item, name), value) == 0)
      drop (item->values, name);
  }
  return 1;
}

/* -- What can be said already. */

int
verify_say (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  xmlDoc *typed = item->values;
  unsigned from = req->marks->len;
  int rc;

  if (item_stopped (item))
    return BZ_OK;
  item->values = xmlCopyDoc (typed, 1); /* a check settles what it looks at */
  req_own (req, item->values, (GDestroyNotify) xmlFreeDoc);
  rc = check_item (req, c, item, FORM_CHECK);
  item->values = typed;
  for (unsigned i = req->marks->len; i > from; i--)
    if (!form_together (c->business->item, c->business->key,
                        g_array_index (req->marks, struct mark, i - 1).field))
      g_array_remove_index (req->marks, i - 1);
  return MIN (rc, BZ_OK);
}

void
verify_state (const struct bz_item *item, xmlNode *into)
{
  const struct business *b = item->of->business;

  if (!item_stopped (item))
    return;
  for (xmlNode *s = xml_child (into, "section"); s != NULL;
       s = xml_next (s, "section"))
    for (xmlNode *f = xml_child (s, "f"); f != NULL; f = xml_next (f, "f"))
      if (g_strcmp0 (xml_attr (f, "id"), b->key) == 0
          && xml_attr (s, "done") != NULL)
        xml_set (s, "done", "no");
}
