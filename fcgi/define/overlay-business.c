/* Overlays of businesses: what is shown of an item, options, prints and jobs.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "data/xml.h"
#include "define/overlay-part.h"
#include "define/source.h"

/* Beside the name of an item, behind what we show there. */
static void
put_brief (xmlNode *root, const xmlNode *at)
{
  const char *was = source_attr (root, "brief");
  const char *field = source_attr (at, "field");
  g_autofree char *now = was != NULL ? g_strconcat (was, " ", field, NULL)
                                     : g_strdup (field);

  xml_set (root, "brief", now);
}

const xmlNode *
overlay_brief (const char *business, const char *field)
{
  const struct overlay *o;

  for (unsigned i = 0; (o = overlay_at (i)) != NULL; i++) {
    xmlNode *at = overlay_is (o->at, "business")
                   && g_strcmp0 (source_attr (o->at, "name"), business) == 0
                  ? overlay_find (o->at, "brief", "field", field)
                  : NULL;

    if (at != NULL)
      return at;
  }
  return NULL;
}

static int
put_one (const struct overlay *o, xmlNode *root, const xmlNode *at,
         GError **error)
{
  if (overlay_is (at, "brief")) {
    put_brief (root, at);
    return 0;
  }
  if (overlay_need_own (o, at, "name", '_', error) < 0)
    return BZ_FAILED;
  xmlAddChild (root, overlay_graft (root->doc, at));
  return 0;
}

static int
business_put (const struct overlay *o, xmlNode *root, GError **error)
{
  int rc = 0;

  for (const xmlNode *n = o->at->children; n != NULL && rc == 0; n = n->next)
    if (n->type == XML_ELEMENT_NODE)
      rc = put_one (o, root, n, error);
  return rc;
}

int
overlay_business (xmlDoc *doc, GError **error)
{
  xmlNode *root = xmlDocGetRootElement (doc);
  bool any = false;
  struct overlay *o;
  int rc = 0;

  for (unsigned i = 0; rc == 0 && (o = overlay_at (i)) != NULL; i++) {
    if (!overlay_is (o->at, "business")
        || g_strcmp0 (source_attr (o->at, "name"), source_attr (root, "name"))
             != 0)
      continue;
    any = o->met = true;
    rc = business_put (o, root, error);
  }
  return rc < 0 || !any ? rc : source_valid (doc, "business", error);
}
