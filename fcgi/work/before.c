/* Items that change what is there: what they began as, and what is there now.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "work/before.h"
#include <string.h>
#include "data/xml.h"

enum { SEEN = 24 }; /* hex digits */

static xmlNode *
root_of (const struct bz_item *item)
{
  return xmlDocGetRootElement (item->values);
}

/* Put a copy of what stands below FROM, but for its own <before>, into INTO. */
static void
copy_values (xmlNode *into, const xmlNode *from)
{
  for (xmlNode *n = from->children; n != NULL; n = n->next)
    if (n != form_before (from))
      (void) xmlAddChild (into, xmlDocCopyNode (n, into->doc, 1));
}

static void
drop (xmlNode *n)
{
  if (n == NULL)
    return;
  xmlUnlinkNode (n);
  xmlFreeNode (n);
}

/* <before> of ITEM becomes what stands in VALUES. */
static void
begin_as (struct bz_item *item, const xmlNode *values)
{
  xmlNode *before;

  drop (form_before (root_of (item)));
  before = xml_add (root_of (item), "before", NULL);
  copy_values (before, values);
}

void
before_keep (struct bz_item *item)
{
  begin_as (item, root_of (item));
}

/* -- What is there now. */

static bool
looks (const struct bz_item *item)
{
  static const char *const ends[] = { "done", "rejected", "cancelled", NULL };

  return form_before (root_of (item)) != NULL
      && !g_strv_contains (ends, item->of->state);
}

/* Read once a request.  BZ_OK; BZ_BAD_INPUT with a mark: nobody is there. */
static int
load_now (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  struct bz_item *now;
  int rc;

  if (item->now != NULL)
    return BZ_OK;
  now = item_beside (req, c);
  now->subject_id = item->subject_id;
  rc = c->business->hooks.prefill (req, c, now);
  if (rc == BZ_OK)
    item->now = now->values;
  return rc;
}

const char *
before_seen (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  g_autofree char *all = NULL, *sum = NULL;

  if (!looks (item) || load_now (req, c, item) < 0)
    return NULL;
  all = xml_dump (xmlDocGetRootElement (item->now));
  sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, all, -1);
  return req_strndup (req, sum, SEEN);
}

/* Is NAME, which is not any more what ITEM began as, in the way of a change? */
static bool
in_the_way (const struct bz_item *item, const xmlNode *now, const char *name,
            char **names)
{
  const struct form *form = item->of->business->item;
  const xmlNode *root = root_of (item), *before = form_before (root);

  if (!form_differs (form, before, now, name)
      || !form_differs (form, root, now, name))
    return false;
  for (char **n = names; *n != NULL; n++)
    if (form_mates (form, name, *n) && form_differs (form, before, root, *n)
        && form_differs (form, root, now, *n))
      return true;
  return false;
}

static int
mark_ways (struct bz_req *req, const struct bz_item *item, const xmlNode *now,
           char **names)
{
  const struct form *form = item->of->business->item;
  g_autoptr (GPtrArray) moved = form_diff (form, form_before (root_of (item)),
                                           now);
  int n = 0;

  for (unsigned i = 0; i < moved->len; i++) {
    const struct form_diff *d = moved->pdata[i];

    if (g_hash_table_contains (item->closed, d->name)
        || !in_the_way (item, now, d->name, names))
      continue;
    (void) bz_mark (req, d->name, "%s的登记信息已变为“%s”，请核对后重新填写",
                    d->title, *d->now_text != '\0' ? d->now_text : "空");
    n++;
  }
  return n;
}

/* What the item does not change is as it is now. */
static void
follow (struct bz_item *item, xmlNode *now, char **names)
{
  const struct form *form = item->of->business->item;
  xmlNode *root = root_of (item);

  for (char **n = names; *n != NULL; n++) {
    xmlNode *is = xml_child (now, *n);

    if (form_differs (form, form_before (root), root, *n)
        && !g_hash_table_contains (item->closed, *n))
      continue;
    drop (xml_child (root, *n));
    if (is != NULL)
      (void) xmlAddChild (root, xmlDocCopyNode (is, root->doc, 1));
  }
  begin_as (item, now);
}

int
before_look (struct bz_req *req, struct bz_case *c, struct bz_item *item,
             enum before_look how)
{
  g_auto (GStrv) names = NULL;
  xmlNode *now;
  int rc, ways = 0;

  if (!looks (item))
    return 0;
  rc = load_now (req, c, item);
  if (rc < 0)
    return rc == BZ_BAD_INPUT ? 1 : rc;
  names = form_names (c->business->item);
  now = xmlDocGetRootElement (item->now);
  if (how != BEFORE_TAKEN)
    ways = mark_ways (req, item, now, names);
  if (ways == 0 || how == BEFORE_SHOW)
    follow (item, now, names);
  return ways;
}

/* -- Old and new side by side. */

/* Titles of the papers that are there and prove FIELD; "" none. */
static const char *
proofs (struct bz_req *req, const struct bz_case *c, const struct bz_item *item,
        const GArray *papers, const char *field)
{
  const GPtrArray *there = case_papers_of (c, item->id);
  g_autoptr (GString) text = g_string_new (NULL);

  for (unsigned i = 0; i < papers->len; i++) {
    const struct form_paper *p = &g_array_index (papers, struct form_paper, i);
    g_auto (GStrv) fields = g_strsplit (p->decides != NULL ? p->decides : "",
                                        " ", -1);
    bool has = false;

    for (unsigned k = 0; there != NULL && k < there->len; k++)
      has |= g_strcmp0 (xml_child_text (there->pdata[k], "kind"), p->id) == 0;
    if (has && g_strv_contains ((const char *const *) fields, field))
      g_string_append_printf (text, "%s%s", text->len > 0 ? "、" : "",
                              p->title);
  }
  return req_strdup (req, text->str);
}

int
before_show (struct bz_req *req, struct bz_case *c, struct bz_item *item,
             xmlDoc *facts, xmlNode *into)
{
  const struct form *form = c->business->item;
  xmlNode *before = form_before (root_of (item)), *altered;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GArray) papers = NULL;
  g_auto (GStrv) names = NULL;
  xmlDoc *papers_doc;
  unsigned filled = 0;
  int rc;

  if (before == NULL)
    return BZ_OK;
  rc = case_papers (req, c, &papers_doc);
  if (rc < 0)
    return rc;
  all = form_diff (form, before, root_of (item));
  papers = form_papers (form, facts);
  altered = xml_add (into, "altered", NULL);
  for (unsigned i = 0; i < all->len; i++) {
    const struct form_diff *d = all->pdata[i];
    xmlNode *n = xml_add (altered, "d", NULL);

    xml_set (n, "f", d->name);
    xml_set (n, "t", d->title);
    xml_set (n, "old", d->was_text);
    xml_set (n, "new", d->now_text);
    xml_set (n, "by", proofs (req, c, item, papers, d->name));
  }
  names = form_names (form);
  for (char **n = names; *n != NULL; n++) {
    const xmlNode *is = xml_child (root_of (item), *n);

    filled += is != NULL && is->children != NULL
           && !form_differs (form, before, root_of (item), *n);
  }
  xml_set (altered, "same", bz_format (req, "%u", filled));
  return BZ_OK;
}

/* -- plugin.h. */

/* What ITEM began as, beside it; REVERSE: as an item that begins as ITEM is now. */
static struct bz_item *
as_before (struct bz_req *req, const struct bz_item *item, bool reverse)
{
  const xmlNode *before = form_before (root_of (item));
  struct bz_item *ret;

  if (before == NULL)
    return NULL;
  ret = item_beside (req, item->of);
  ret->subject_id = item->subject_id;
  if (reverse)
    begin_as (ret, root_of (item));
  copy_values (root_of (ret), before);
  return ret;
}

struct bz_item *
bz_item_before (struct bz_req *req, const struct bz_item *item)
{
  return as_before (req, item, false);
}

struct bz_item *
bz_item_reverse (struct bz_req *req, const struct bz_item *item)
{
  return as_before (req, item, true);
}

int
bz_item_change (struct bz_req *req, const struct bz_item *item, size_t n,
                struct bz_item_change *ret)
{
  const xmlNode *before = form_before (root_of (item));
  g_autoptr (GPtrArray) all = NULL;
  const struct form_diff *d;

  if (before == NULL)
    return 0;
  all = form_diff (item->of->business->item, before, root_of (item));
  if (n >= all->len)
    return 0;
  d = all->pdata[n];
  *ret = (struct bz_item_change){
    .field = d->name,
    .title = d->title,
    .was = d->was != NULL ? req_strdup (req, d->was) : NULL,
    .now = d->now != NULL ? req_strdup (req, d->now) : NULL,
    .was_text = req_strdup (req, d->was_text),
    .now_text = req_strdup (req, d->now_text),
  };
  return 1;
}

int
bz_item_changes (const struct bz_item *item, const char *field)
{
  const xmlNode *before = form_before (root_of (item));

  return before != NULL
      && form_differs (item->of->business->item, before, root_of (item), field);
}

const char *
bz_item_conflict (const struct bz_item *item, const struct bz_item *now)
{
  const struct form *form = item->of->business->item;
  g_auto (GStrv) names = form_names (form);

  if (form_before (root_of (item)) == NULL)
    return NULL;
  for (char **n = names; *n != NULL; n++)
    if (in_the_way (item, root_of (now), *n, names))
      return form_field_title (form, *n);
  return NULL;
}

int
bz_item_alter (struct bz_req *req, struct bz_case *c, struct bz_item *item,
               struct bz_node *into)
{
  xmlDoc *facts;
  int rc = case_facts (req, c, item, &facts);

  if (rc < 0)
    return rc;
  rc = before_show (req, c, item, facts, xml_node (into));
  xmlFreeDoc (facts);
  return rc;
}
