/* Overlays of processes: steps between ours.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "data/xml.h"
#include "define/overlay-part.h"
#include "define/process.h"
#include "define/source.h"

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

/* MOVE, which is ours, stays for offices that have none above; what is returned is the
 * same for the others, in front of it. */
static xmlNode *
fork_move (xmlNode *move)
{
  xmlNode *copy = xml_copy_from (move->doc, move);

  xmlAddPrevSibling (move, copy);
  xml_set (move, "higher", "no");
  xml_set (copy, "higher", "yes");
  return copy;
}

/* An approval of a part is an approval: it is the new step's now, once. */
static void
hand_over (xmlNode *root, xmlNode *move, const char *step)
{
  if (move_find (root, step, source_attr (move, "name")) == NULL) {
    xml_set (move, "from", step);
    xml_set (move, "higher", NULL);
    return;
  }
  xmlUnlinkNode (move);
  xmlFreeNode (move);
}

/* MOVE hands on to the new step AT: it no longer decides, and is not called so. */
static void
hand_on (xmlNode *root, xmlNode *move, const xmlNode *at)
{
  const char *step = source_attr (at, "name");
  const char *from = source_attr (move, "from");

  xml_set (move, "to", step);
  xml_set (move, "title", source_attr (at, "passing"));
  xml_set (move, "name",
           move_find (root, from, "pass") == NULL ? "pass" : step);
}

/* What leads from step AFTER to where the new one leads comes to the new one first; to
 * one of the office above only where there is one.  How many moves. */
static int
divert (xmlNode *root, const xmlNode *at, const char *after)
{
  bool higher = g_strcmp0 (source_attr (at, "where"), "higher") == 0;
  xmlNode *next;
  int n = 0;

  for (xmlNode *m = xml_child (root, "move"); m != NULL; m = next) {
    const char *of = source_attr (m, "higher");
    xmlNode *mine = m;

    next = xml_next (m, "move");
    if (g_strcmp0 (source_attr (m, "from"), after) != 0
        || g_strcmp0 (source_attr (m, "to"), source_attr (at, "before")) != 0
        || (higher && g_strcmp0 (of, "no") == 0))
      continue;
    n++;
    if (higher && of == NULL)
      mine = fork_move (m);
    if (source_attr (m, "rest") != NULL)
      hand_over (root, mine, source_attr (at, "name"));
    else
      hand_on (root, mine, at);
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
  int rc = overlay_need_own (o, at, "name", '_', error);

  for (char **name = after; *name != NULL && rc == 0; name++) {
    xmlNode *there = overlay_find (root, "step", "name", *name);

    if (there == NULL)
      return overlay_missing (o, at, "step", *name, error);
    if (divert (root, at, *name) == 0 && !source_owned (*name, o->pack, '_'))
      return source_fail (error, at,
                          "no move leads from '%s' to '%s'; between them there "
                          "is no place for a step",
                          *name, source_attr (at, "before"));
    if (last == NULL || leads_on (root, source_attr (last, "name"), *name))
      last = there;
  }
  if (rc == 0)
    xmlAddNextSibling (last, overlay_graft (root->doc, at));
  return rc;
}

/* Nobody is passed over: a move leads on to where its step stands before, or to
 * another new step right behind. */
static bool
may_lead (const struct overlay *o, const char *from, const char *to)
{
  const xmlNode *step = overlay_find (o->at, "step", "name", from);
  const xmlNode *next = overlay_find (o->at, "step", "name", to);

  return g_strcmp0 (source_attr (step, "before"), to) == 0
      || (next != NULL && g_strcmp0 (source_attr (next, "after"), from) == 0);
}

static int
put_move (const struct overlay *o, xmlNode *root, const xmlNode *at,
          GError **error)
{
  const char *from = source_attr (at, "from"), *to = source_attr (at, "to");

  if (overlay_find (o->at, "step", "name", from) == NULL)
    return source_fail (error, at,
                        "move '%s' begins at step '%s', which is not this "
                        "overlay's; it adds moves of its own steps only",
                        source_attr (at, "name"), from);
  if (leads_on (root, from, to) && !may_lead (o, from, to))
    return source_fail (error, at,
                        "move '%s' leads to '%s' past what the step stands "
                        "before; lead it there",
                        source_attr (at, "name"), to);
  xmlAddChild (root, overlay_graft (root->doc, at));
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
  return overlay_is (o->at, "process")
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
  const struct overlay *other;

  for (unsigned i = 0; (other = overlay_at (i)) != NULL; i++)
    if (is_about (other, o->at) && strcmp (other->pack, o->pack) != 0)
      return source_fail (error, o->at,
                          "pack %s has an overlay of this process, too "
                          "(%s:%ld); put the steps of both into one",
                          other->pack, xml_file (other->at),
                          xmlGetLineNo (other->at));
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
  struct overlay *o;
  int rc = 0;

  for (unsigned i = 0; rc == 0 && (o = overlay_at (i)) != NULL; i++) {
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

/* The newest version of a process that an overlay was made for has one. */
int
overlay_process_newest (const struct overlay *o, GError **error)
{
  const char *business = source_attr (o->at, "business");
  const char *name = source_attr (o->at, "name");
  int newest = process_declared (business, name);
  const struct overlay *other;

  for (unsigned i = 0; (other = overlay_at (i)) != NULL; i++)
    if (is_about (other, o->at) && source_int (other->at, "of", 0) == newest)
      return 0;
  return source_fail (error, o->at,
                      "process '%s' of '%s' has a version %d now; see what is "
                      "new in it, add an overlay of=\"%d\", and keep this one "
                      "for the cases that run",
                      name, business, newest, newest);
}
