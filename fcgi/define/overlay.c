/* Overlays: read, and put into the definitions of others.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "define/overlay-part.h"
#include "data/xml.h"
#include "define/source.h"

static GPtrArray *docs;     /* xmlDoc, all files                       */
static GPtrArray *overlays; /* struct overlay, in the order of packs   */

static void
overlay_free (void *data)
{
  struct overlay *o = data;

  g_free (o->pack);
  g_free (o);
}

struct overlay *
overlay_at (unsigned n)
{
  return overlays != NULL && n < overlays->len ? overlays->pdata[n] : NULL;
}

bool
overlay_is (const xmlNode *node, const char *name)
{
  return node->type == XML_ELEMENT_NODE
      && strcmp ((const char *) node->name, name) == 0;
}

int
overlay_load (const char *path, const char *pack, GError **error)
{
  xmlDoc *doc = source_load (path, "overlay", error);
  xmlNode *root;

  if (doc == NULL)
    return BZ_FAILED;
  if (docs == NULL) {
    docs = g_ptr_array_new_with_free_func (xml_doc_free);
    overlays = g_ptr_array_new_with_free_func (overlay_free);
  }
  g_ptr_array_add (docs, doc);
  root = xmlDocGetRootElement (doc);
  if (g_strcmp0 (source_attr (root, "pack"), pack) != 0)
    return source_fail (error, root,
                        "overlay says pack '%s' but lies in pack '%s'; "
                        "correct the attribute",
                        source_attr (root, "pack"), pack);
  for (xmlNode *n = root->children; n != NULL; n = n->next)
    if (overlay_is (n, "form") || overlay_is (n, "process")
        || overlay_is (n, "business")) {
      struct overlay *o = g_new0 (struct overlay, 1);

      o->at = n;
      o->pack = g_strdup (pack);
      g_ptr_array_add (overlays, o);
    }
  return 0;
}

int
overlay_need_own (const struct overlay *o, const xmlNode *at, const char *attr,
                  char mark, GError **error)
{
  const char *name = source_attr (at, attr);

  if (source_owned (name, o->pack, mark))
    return 0;
  return source_fail (error, at,
                      "%s '%s' must begin with '%s%c': an overlay adds what is "
                      "its own%s",
                      (const char *) at->name, name, o->pack, mark,
                      overlay_is (at, "field")
                        ? "; to demand a field of ours use "
                          "<require field=>"
                        : "");
}

xmlNode *
overlay_find (xmlNode *root, const char *name, const char *key,
              const char *value)
{
  for (xmlNode *n = root->children; n != NULL; n = n->next) {
    xmlNode *below;

    if (n->type != XML_ELEMENT_NODE)
      continue;
    if (overlay_is (n, name) && g_strcmp0 (source_attr (n, key), value) == 0)
      return n;
    below = overlay_find (n, name, key, value);
    if (below != NULL)
      return below;
  }
  return NULL;
}

xmlNode *
overlay_graft (xmlDoc *doc, const xmlNode *node)
{
  static const char *const ours[] = { "after", "before", "passing" };
  xmlNode *copy = xml_copy_from (doc, node);

  for (size_t i = 0; i < G_N_ELEMENTS (ours); i++)
    xml_set (copy, ours[i], NULL);
  return copy;
}

int
overlay_missing (const struct overlay *o, const xmlNode *at, const char *what,
                 const char *name, GError **error)
{
  return source_fail (error, at,
                      "%s '%s' has no %s '%s'; look for its present name, or "
                      "take this out",
                      (const char *) o->at->name, source_attr (o->at, "name"),
                      what, name);
}

/* -- All of them. */

static int
check_met (const struct overlay *o, GError **error)
{
  bool process = overlay_is (o->at, "process");

  if (o->met)
    return 0;
  return source_fail (error, o->at,
                      "there is no %s '%s'%s%s for this overlay; is its plugin "
                      "in [server] plugins?",
                      (const char *) o->at->name, source_attr (o->at, "name"),
                      process ? " of version " : "",
                      process ? source_attr (o->at, "of") : "");
}

int
overlay_check (GError **error)
{
  const struct overlay *o;
  int rc = 0;

  for (unsigned i = 0; rc == 0 && (o = overlay_at (i)) != NULL; i++) {
    rc = check_met (o, error);
    if (rc == 0 && overlay_is (o->at, "process"))
      rc = overlay_process_newest (o, error);
  }
  return rc;
}

void
overlay_clear (void)
{
  overlay_form_clear ();
  g_clear_pointer (&overlays, g_ptr_array_unref);
  g_clear_pointer (&docs, g_ptr_array_unref);
}
