/* Overlays of forms: fields, sections, rules and what is demanded besides.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "data/xml.h"
#include "define/overlay-part.h"
#include "define/source.h"

static GHashTable *tight; /* "form field" -> the <require> of it */

static int
put_field (const struct overlay *o, xmlNode *root, const xmlNode *at,
           GError **error)
{
  const char *after = source_attr (at, "after");
  xmlNode *there = overlay_find (root, "field", "name", after);
  int rc = overlay_need_own (o, at, "name", '_', error);

  if (rc < 0)
    return rc;
  if (there == NULL)
    return overlay_missing (o, at, "field", after, error);
  xmlAddNextSibling (there, overlay_graft (root->doc, at));
  return 0;
}

static int
fields_own (const struct overlay *o, const xmlNode *part, GError **error)
{
  int rc = 0;

  for (const xmlNode *f = xml_child (part, "field"); f != NULL && rc == 0;
       f = xml_next (f, "field"))
    rc = overlay_need_own (o, f, "name", '_', error);
  return rc;
}

static int
put_part (const struct overlay *o, xmlNode *root, const xmlNode *at,
          GError **error)
{
  const char *after = source_attr (at, "after");
  xmlNode *there = NULL;
  int rc = overlay_need_own (o, at, overlay_is (at, "section") ? "id" : "name",
                             '_', error);

  if (rc == 0)
    rc = fields_own (o, at, error);
  if (rc < 0)
    return rc;
  if (after != NULL) {
    there = overlay_find (root, "section", "id", after);
    if (there == NULL)
      there = overlay_find (root, "list", "name", after);
    if (there == NULL)
      return overlay_missing (o, at, "section or list", after, error);
  }
  if (there != NULL)
    xmlAddNextSibling (there, overlay_graft (root->doc, at));
  else
    xmlAddChild (root, overlay_graft (root->doc, at));
  return 0;
}

/* A field is to be filled in when the form says so, or when the overlay does. */
static int
put_require (const struct overlay *o, xmlNode *root, xmlNode *at,
             GError **error)
{
  const char *name = source_attr (at, "field");
  xmlNode *there = overlay_find (root, "field", "name", name);
  g_autofree char *key = g_strdup_printf ("%s %s", source_attr (root, "name"),
                                          name);
  const xmlNode *other;
  const char *was;
  g_autofree char *now = NULL;

  if (tight == NULL)
    tight = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  other = g_hash_table_lookup (tight, key);
  if (there == NULL)
    return overlay_missing (o, at, "field", name, error);
  if (other != NULL)
    return source_fail (error, at,
                        "field '%s' is demanded by another overlay, too "
                        "(%s:%ld); make one of the two",
                        name, xml_file (other), xmlGetLineNo (other));
  g_hash_table_insert (tight, g_steal_pointer (&key), at);
  was = source_attr (there, "required");
  now = was != NULL
        ? g_strdup_printf ("(%s) or (%s)", was, source_attr (at, "when"))
        : g_strdup (source_attr (at, "when"));
  xml_set (there, "required", now);
  return 0;
}

static int
put_rule (const struct overlay *o, xmlNode *root, const xmlNode *at,
          GError **error)
{
  if (overlay_is (at, "rule") && overlay_need_own (o, at, "id", '-', error) < 0)
    return BZ_FAILED;
  xmlAddChild (root, overlay_graft (root->doc, at));
  return 0;
}

static int
form_put (const struct overlay *o, xmlNode *root, GError **error)
{
  int rc = 0;

  for (xmlNode *n = o->at->children; n != NULL && rc == 0; n = n->next) {
    if (n->type != XML_ELEMENT_NODE)
      continue;
    if (overlay_is (n, "field"))
      rc = put_field (o, root, n, error);
    else if (overlay_is (n, "section") || overlay_is (n, "list"))
      rc = put_part (o, root, n, error);
    else if (overlay_is (n, "require"))
      rc = put_require (o, root, n, error);
    else
      rc = put_rule (o, root, n, error);
  }
  return rc;
}

int
overlay_form (xmlDoc *doc, GError **error)
{
  xmlNode *root = xmlDocGetRootElement (doc);
  bool any = false;
  struct overlay *o;
  int rc = 0;

  for (unsigned i = 0; rc == 0 && (o = overlay_at (i)) != NULL; i++) {
    if (!overlay_is (o->at, "form")
        || g_strcmp0 (source_attr (o->at, "name"), source_attr (root, "name"))
             != 0)
      continue;
    any = o->met = true;
    rc = form_put (o, root, error);
  }
  return rc < 0 || !any ? rc : source_valid (doc, "form", error);
}

void
overlay_form_clear (void)
{
  g_clear_pointer (&tight, g_hash_table_destroy);
}
