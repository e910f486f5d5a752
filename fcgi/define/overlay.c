/* Overlays: read, and put into the definitions of others.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "define/overlay.h"

#include "data/xml.h"
#include "define/process.h"
#include "define/source.h"

struct overlay {
  xmlNode *at; /* <form> or <process> */
  char *pack;
  bool met;
};

static GPtrArray *docs;     /* xmlDoc, all files                       */
static GPtrArray *overlays; /* struct overlay, in the order of packs   */
static GHashTable *tight;   /* "form field" -> the <require> of it      */

static void
overlay_free (void *data)
{
  struct overlay *o = data;

  g_free (o->pack);
  g_free (o);
}

static bool
is (const xmlNode *node, const char *name)
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
    tight = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  }
  g_ptr_array_add (docs, doc);
  root = xmlDocGetRootElement (doc);
  if (g_strcmp0 (source_attr (root, "pack"), pack) != 0)
    return source_fail (error, root,
                        "overlay says pack '%s' but lies in pack '%s'; "
                        "correct the attribute",
                        source_attr (root, "pack"), pack);
  for (xmlNode *n = root->children; n != NULL; n = n->next)
    if (is (n, "form") || is (n, "process")) {
      struct overlay *o = g_new0 (struct overlay, 1);

      o->at = n;
      o->pack = g_strdup (pack);
      g_ptr_array_add (overlays, o);
    }
  return 0;
}

/* -- Names. */

static int
need_own (const struct overlay *o, const xmlNode *at, const char *attr,
          char mark, GError **error)
{
  const char *name = source_attr (at, attr);

  if (source_owned (name, o->pack, mark))
    return 0;
  return source_fail (error, at,
                      "%s '%s' must begin with '%s%c': an overlay adds what is "
                      "its own%s",
                      (const char *) at->name, name, o->pack, mark,
                      is (at, "field") ? "; to demand a field of ours use "
                                         "<require field=>"
                                       : "");
}

/* The element NAME of the document whose attribute KEY is VALUE. */
static xmlNode *
find (xmlNode *root, const char *name, const char *key, const char *value)
{
  for (xmlNode *n = root->children; n != NULL; n = n->next) {
    xmlNode *below;

    if (n->type != XML_ELEMENT_NODE)
      continue;
    if (is (n, name) && g_strcmp0 (source_attr (n, key), value) == 0)
      return n;
    below = find (n, name, key, value);
    if (below != NULL)
      return below;
  }
  return NULL;
}

/* A copy of NODE for DOC that knows its file and is not marked with what only an
 * overlay says. */
static xmlNode *
graft (xmlDoc *doc, const xmlNode *node)
{
  static const char *const ours[] = { "after", "before", "passing" };
  xmlNode *copy = xml_copy_from (doc, node);

  for (size_t i = 0; i < G_N_ELEMENTS (ours); i++)
    xml_set (copy, ours[i], NULL);
  return copy;
}

/* -- Forms. */

static int
missing (const struct overlay *o, const xmlNode *at, const char *what,
         const char *name, GError **error)
{
  return source_fail (error, at,
                      "%s '%s' has no %s '%s'; look for its present name, or "
                      "take this out",
                      (const char *) o->at->name, source_attr (o->at, "name"),
                      what, name);
}

static int
put_field (const struct overlay *o, xmlNode *root, const xmlNode *at,
           GError **error)
{
  const char *after = source_attr (at, "after");
  xmlNode *there = find (root, "field", "name", after);
  int rc = need_own (o, at, "name", '_', error);

  if (rc < 0)
    return rc;
  if (there == NULL)
    return missing (o, at, "field", after, error);
  xmlAddNextSibling (there, graft (root->doc, at));
  return 0;
}

static int
fields_own (const struct overlay *o, const xmlNode *part, GError **error)
{
  int rc = 0;

  for (const xmlNode *f = xml_child (part, "field"); f != NULL && rc == 0;
       f = xml_next (f, "field"))
    rc = need_own (o, f, "name", '_', error);
  return rc;
}

static int
put_part (const struct overlay *o, xmlNode *root, const xmlNode *at,
          GError **error)
{
  const char *after = source_attr (at, "after");
  xmlNode *there = NULL;
  int rc = need_own (o, at, is (at, "section") ? "id" : "name", '_', error);

  if (rc == 0)
    rc = fields_own (o, at, error);
  if (rc < 0)
    return rc;
  if (after != NULL) {
    there = find (root, "section", "id", after);
    if (there == NULL)
      there = find (root, "list", "name", after);
    if (there == NULL)
      return missing (o, at, "section or list", after, error);
  }
  if (there != NULL)
    xmlAddNextSibling (there, graft (root->doc, at));
  else
    xmlAddChild (root, graft (root->doc, at));
  return 0;
}

/* A field is to be filled in when the form says so, or when the overlay does. */
static int
put_require (const struct overlay *o, xmlNode *root, xmlNode *at,
             GError **error)
{
  const char *name = source_attr (at, "field");
  xmlNode *there = find (root, "field", "name", name);
  g_autofree char *key = g_strdup_printf ("%s %s", source_attr (root, "name"),
                                          name);
  const xmlNode *other = g_hash_table_lookup (tight, key);
  const char *was;
  g_autofree char *now = NULL;

  if (there == NULL)
    return missing (o, at, "field", name, error);
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
  if (is (at, "rule") && need_own (o, at, "id", '-', error) < 0)
    return BZ_FAILED;
  xmlAddChild (root, graft (root->doc, at));
  return 0;
}

static int
form_put (const struct overlay *o, xmlNode *root, GError **error)
{
  int rc = 0;

  for (xmlNode *n = o->at->children; n != NULL && rc == 0; n = n->next) {
    if (n->type != XML_ELEMENT_NODE)
      continue;
    if (is (n, "field"))
      rc = put_field (o, root, n, error);
    else if (is (n, "section") || is (n, "list"))
      rc = put_part (o, root, n, error);
    else if (is (n, "require"))
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
  int rc = 0;

  for (unsigned i = 0; overlays != NULL && i < overlays->len && rc == 0; i++) {
    struct overlay *o = overlays->pdata[i];

    if (!is (o->at, "form")
        || g_strcmp0 (source_attr (o->at, "name"), source_attr (root, "name"))
             != 0)
      continue;
    any = o->met = true;
    rc = form_put (o, root, error);
  }
  return rc < 0 || !any ? rc : source_valid (doc, "form", error);
}

/* -- Processes. */

static int
step_index (const xmlNode *root, const char *name)
{
  int i = 0;

  for (const xmlNode *s = xml_child (root, "step"); s != NULL;
       s = xml_next (s, "step"), i++)
    if (g_strcmp0 (source_attr (s, "name"), name) == 0)
      return i;
  return strcmp (name, "done") == 0 ? G_MAXINT : -1;
}

/* Does a move between them lead on?  Other ends than done are below all steps. */
static bool
leads_on (const xmlNode *root, const char *from, const char *to)
{
  return step_index (root, to) > step_index (root, from);
}

static xmlNode *
move_find (xmlNode *root, const char *from, const char *name)
{
  xmlNode *m = xml_child (root, "move");

  while (m != NULL
         && (g_strcmp0 (source_attr (m, "from"), from) != 0
             || g_strcmp0 (source_attr (m, "name"), name) != 0))
    m = xml_next (m, "move");
  return m;
}

/* An approval of a part is an approval: it is the new step's now, once. */
static void
hand_over (xmlNode *root, xmlNode *move, const char *step)
{
  if (move_find (root, step, source_attr (move, "name")) == NULL) {
    xml_set (move, "from", step);
    return;
  }
  xmlUnlinkNode (move);
  xmlFreeNode (move);
}

/* What leads from step AFTER to where the new one leads comes to the new one first.  How
 * many moves. */
static int
divert (xmlNode *root, const xmlNode *at, const char *after)
{
  const char *step = source_attr (at, "name");
  xmlNode *next;
  int n = 0;

  for (xmlNode *m = xml_child (root, "move"); m != NULL; m = next) {
    next = xml_next (m, "move");
    if (g_strcmp0 (source_attr (m, "from"), after) != 0
        || g_strcmp0 (source_attr (m, "to"), source_attr (at, "before")) != 0)
      continue;
    n++;
    if (source_attr (m, "rest") != NULL) {
      hand_over (root, m, step);
      continue;
    }
    xml_set (m, "to", step);
    xml_set (m, "title", source_attr (at, "passing"));
  }
  return n;
}

/* Behind the last of the steps that lead to it. */
static int
put_step (const struct overlay *o, xmlNode *root, const xmlNode *at,
          GError **error)
{
  g_auto (GStrv) after = g_strsplit (source_attr (at, "after"), " ", -1);
  xmlNode *last = NULL;
  int rc = need_own (o, at, "name", '_', error);

  for (char **name = after; *name != NULL && rc == 0; name++) {
    xmlNode *there = find (root, "step", "name", *name);

    if (there == NULL)
      return missing (o, at, "step", *name, error);
    if (divert (root, at, *name) == 0 && !source_owned (*name, o->pack, '_'))
      return source_fail (error, at,
                          "no move leads from '%s' to '%s'; between them there "
                          "is no place for a step",
                          *name, source_attr (at, "before"));
    if (last == NULL || leads_on (root, source_attr (last, "name"), *name))
      last = there;
  }
  if (rc == 0)
    xmlAddNextSibling (last, graft (root->doc, at));
  return rc;
}

/* Nobody is passed over: a move leads on to where its step stands before, or to
 * another new step right behind. */
static bool
may_lead (const struct overlay *o, const char *from, const char *to)
{
  const xmlNode *step = find (o->at, "step", "name", from);
  const xmlNode *next = find (o->at, "step", "name", to);

  return g_strcmp0 (source_attr (step, "before"), to) == 0
      || (next != NULL && g_strcmp0 (source_attr (next, "after"), from) == 0);
}

static int
put_move (const struct overlay *o, xmlNode *root, const xmlNode *at,
          GError **error)
{
  const char *from = source_attr (at, "from"), *to = source_attr (at, "to");

  if (find (o->at, "step", "name", from) == NULL)
    return source_fail (error, at,
                        "move '%s' begins at step '%s', which is not this "
                        "overlay's; it adds moves of its own steps only",
                        source_attr (at, "name"), from);
  if (leads_on (root, from, to) && !may_lead (o, from, to))
    return source_fail (error, at,
                        "move '%s' leads to '%s' past what the step stands "
                        "before; lead it there",
                        source_attr (at, "name"), to);
  xmlAddChild (root, graft (root->doc, at));
  return 0;
}

static int
process_put (const struct overlay *o, xmlNode *root, GError **error)
{
  int rc = 0;

  for (xmlNode *n = xml_child (o->at, "step"); n != NULL && rc == 0;
       n = xml_next (n, "step"))
    rc = put_step (o, root, n, error);
  for (xmlNode *n = xml_child (o->at, "move"); n != NULL && rc == 0;
       n = xml_next (n, "move"))
    rc = put_move (o, root, n, error);
  return rc;
}

static bool
is_about (const struct overlay *o, const xmlNode *root)
{
  return is (o->at, "process")
      && g_strcmp0 (source_attr (o->at, "business"),
                    source_attr (root, "business"))
           == 0
      && g_strcmp0 (source_attr (o->at, "name"), source_attr (root, "name"))
           == 0;
}

/* Two packs would make versions of the same number. */
static int
other_pack (const struct overlay *o, GError **error)
{
  for (unsigned i = 0; i < overlays->len; i++) {
    const struct overlay *other = overlays->pdata[i];

    if (is_about (other, o->at) && strcmp (other->pack, o->pack) != 0)
      return source_fail (error, o->at,
                          "pack %s has an overlay of this process, too "
                          "(%s:%ld); put the steps of both into one",
                          other->pack, xml_file (other->at),
                          xmlGetLineNo (other->at));
  }
  return 0;
}

static int
version_of (const struct overlay *o, const xmlDoc *doc, GPtrArray *ret,
            GError **error)
{
  xmlDoc *copy = xmlCopyDoc ((xmlDoc *) doc, 1);
  xmlNode *root = xmlDocGetRootElement (copy);
  g_autofree char *version
    = g_strdup_printf ("%d", source_int (o->at, "of", 0) * OVERLAY_VERSIONS
                               + source_int (o->at, "version", 0));
  int rc;

  g_ptr_array_add (ret, copy);
  rc = process_put (o, root, error);
  if (rc == 0)
    rc = source_valid (copy, "process", error);
  xml_set (root, "version", version);
  return rc;
}

int
overlay_process (const xmlDoc *doc, GPtrArray *ret, GError **error)
{
  const xmlNode *root = xmlDocGetRootElement (doc);
  int rc = 0;

  for (unsigned i = 0; overlays != NULL && i < overlays->len && rc == 0; i++) {
    struct overlay *o = overlays->pdata[i];

    if (!is_about (o, root)
        || source_int (o->at, "of", 0) != source_int (root, "version", 0))
      continue;
    o->met = true;
    rc = other_pack (o, error);
    if (rc == 0)
      rc = version_of (o, doc, ret, error);
  }
  return rc;
}

/* -- All of them. */

/* The newest version of a process that an overlay was made for has one. */
static int
check_newest (const struct overlay *o, GError **error)
{
  const char *business = source_attr (o->at, "business");
  const char *name = source_attr (o->at, "name");
  int newest = process_declared (business, name);

  for (unsigned i = 0; i < overlays->len; i++) {
    const struct overlay *other = overlays->pdata[i];

    if (is_about (other, o->at) && source_int (other->at, "of", 0) == newest)
      return 0;
  }
  return source_fail (error, o->at,
                      "process '%s' of '%s' has a version %d now; see what is "
                      "new in it, add an overlay of=\"%d\", and keep this one "
                      "for the cases that run",
                      name, business, newest, newest);
}

static int
check_met (const struct overlay *o, GError **error)
{
  bool process = is (o->at, "process");

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
  int rc = 0;

  for (unsigned i = 0; overlays != NULL && i < overlays->len && rc == 0; i++) {
    const struct overlay *o = overlays->pdata[i];

    rc = check_met (o, error);
    if (rc == 0 && is (o->at, "process"))
      rc = check_newest (o, error);
  }
  return rc;
}

void
overlay_clear (void)
{
  g_clear_pointer (&overlays, g_ptr_array_unref);
  g_clear_pointer (&docs, g_ptr_array_unref);
  g_clear_pointer (&tight, g_hash_table_destroy);
}
