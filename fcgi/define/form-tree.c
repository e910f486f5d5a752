/* A field that chooses from a tree too large for a list: one look at it, one
 * level or one search at a time, by submit buttons alone.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "define/form-def.h"

#include "data/db.h"
#include "data/xml.h"

enum { TREE_ROWS = 200, TREE_FOUND = 50, TREE_DEPTH = 16 };

/* A tree that is being drawn. */
struct tree {
  struct bz_req *req;
  const struct form_field *f;
  const char *value; /* what is chosen now; "" nothing           */
  xmlNode *root;     /* <tree>                                   */
  GPtrArray *path;   /* codes from the top to the opened node    */
  int left;          /* rows that still may be shown             */
};

/* "staffing.unit_tree" and "path" name "staffing.unit_tree_path". */
static const char *
query_of (struct bz_req *req, const struct form_field *f, const char *part)
{
  return bz_format (req, "%s_%s", f->options, part);
}

GPtrArray *
tree_options (struct bz_req *req, const struct form_field *f, const char *value)
{
  struct bz_rows *rows;

  if (bz_db_open (req, &rows, f->options, BZ_ARGS (BZ_STR (value))) < 0)
    return NULL;
  return option_rows (rows);
}

/* The one thing that can be chosen.  1, 0 there are several or none, <0. */
static int
only_one (struct bz_req *req, const struct form_field *f, const char **code,
          const char **name)
{
  g_autoptr (GPtrArray) all = tree_options (req, f, "");
  const struct option *o;

  if (all == NULL)
    return BZ_FAILED;
  if (all->len != 1)
    return 0;
  o = all->pdata[0];
  *code = req_strdup (req, o->code);
  *name = req_strdup (req, o->name);
  return 1;
}

/* -- What a button asked for. */

/* The rest of ACTION behind "pick:FIELD"; NULL: it is about something else. */
static const char *
asked (const struct form_field *f, const char *action)
{
  const char *name = f->dict->name;

  if (!f->tree || action == NULL || !g_str_has_prefix (action, "pick:")
      || !g_str_has_prefix (action + 5, name))
    return NULL;
  action += 5 + strlen (name);
  return *action == '\0' || *action == ':' ? action : NULL;
}

bool
form_pick (const struct form *form, xmlDoc *values, const char *action)
{
  xmlNode *root = xmlDocGetRootElement (values);

  for (unsigned i = 0; i < form->parts->len; i++) {
    const struct form_part *part = form->parts->pdata[i];

    for (unsigned j = 0; !part->list && j < part->fields->len; j++) {
      const struct form_field *f = part->fields->pdata[j];
      const char *rest = asked (f, action);

      if (rest == NULL)
        continue;
      if (g_str_has_prefix (rest, ":is:")) {
        facts_drop (root, f->dict->name);
        (void) xml_add (root, f->dict->name, rest + strlen (":is:"));
      }
      return true;
    }
  }
  return false;
}

int
form_pick_only (const struct form *form, struct bz_req *req, xmlDoc *values)
{
  xmlNode *root = xmlDocGetRootElement (values);
  const char *code, *name;
  int rc = BZ_OK;

  for (unsigned i = 0; i < form->parts->len && rc >= 0; i++) {
    const struct form_part *part = form->parts->pdata[i];

    for (unsigned j = 0; !part->list && j < part->fields->len && rc >= 0; j++) {
      const struct form_field *f = part->fields->pdata[j];

      if (!f->tree || *value_of (root, f->dict->name) != '\0')
        continue;
      rc = only_one (req, f, &code, &name);
      if (rc == 1)
        (void) xml_add (root, f->dict->name, code);
    }
  }
  return MIN (rc, BZ_OK);
}

/* -- Drawing. */

static const char *
cell (struct bz_rows *rows, const char *column)
{
  return rows_has (rows, column) ? bz_db_text (rows, column) : NULL;
}

/* One row of a query as <n> under INTO; false: there is no room for it. */
static bool
put_node (struct tree *t, xmlNode *into, struct bz_rows *rows)
{
  const char *code = bz_db_text (rows, "code");
  const char *kids = cell (rows, "kids");
  xmlNode *n;

  if (t->left == 0) {
    xml_set (t->root, "more", "1");
    return false;
  }
  t->left--;
  n = xml_add (into, "n", NULL);
  xml_set (n, "v", code);
  xml_set (n, "t", bz_db_text (rows, "name"));
  xml_set (n, "note", cell (rows, "note"));
  xml_set (n, "kids", g_strcmp0 (kids, "0") != 0 ? kids : NULL);
  xml_set (n, "sel", g_strcmp0 (code, t->value) == 0 ? "1" : NULL);
  return true;
}

static int
put_level (struct tree *t, xmlNode *into, const char *under, unsigned depth)
{
  const char *next = depth < t->path->len ? t->path->pdata[depth] : NULL;
  xmlNode *open = NULL;
  struct bz_rows *rows;
  int rc = bz_db_open (t->req, &rows, query_of (t->req, t->f, "under"),
                       BZ_ARGS (BZ_STR (under), BZ_INT (t->left + 1)));

  if (rc < 0)
    return rc;
  while ((rc = bz_db_next (rows)) > 0 && put_node (t, into, rows))
    if (g_strcmp0 (bz_db_text (rows, "code"), next) == 0)
      open = into->last;
  if (rc < 0 || open == NULL || xml_attr (open, "kids") == NULL
      || depth >= TREE_DEPTH)
    return MIN (rc, BZ_OK);
  xml_set (open, "open", "1");
  return put_level (t, open, next, depth + 1);
}

/* The top, and what is opened on the way to CODE. */
static int
put_branch (struct tree *t, const char *code)
{
  struct bz_rows *rows;
  int rc;

  t->left = TREE_ROWS;
  if (*code != '\0') {
    rc = bz_db_open (t->req, &rows, query_of (t->req, t->f, "path"),
                     BZ_ARGS (BZ_STR (code)));
    if (rc < 0)
      return rc;
    while ((rc = bz_db_next (rows)) > 0)
      g_ptr_array_add (t->path, (void *) bz_db_text (rows, "code"));
    if (rc < 0)
      return rc;
  }
  return put_level (t, t->root, "", 0);
}

static int
put_found (struct tree *t, const char *text)
{
  struct bz_rows *rows;
  int rc = bz_db_open (t->req, &rows, query_of (t->req, t->f, "find"),
                       BZ_ARGS (BZ_STR (text), BZ_INT (TREE_FOUND + 1)));

  if (rc < 0)
    return rc;
  t->left = TREE_FOUND;
  xml_set (t->root, "found", "1");
  while ((rc = bz_db_next (rows)) > 0 && put_node (t, t->root, rows))
    ;
  return MIN (rc, BZ_OK);
}

/* The opened tree, as the last button wants it. */
static int
put_tree (struct tree *t, xmlNode *el, const char *rest)
{
  const char *name = bz_format (t->req, "pick.%s.q", t->f->dict->name);
  const char *typed = bz_param (t->req, name);
  g_autofree char *text = g_strstrip (g_strdup (typed != NULL ? typed : ""));

  t->root = xml_add (el, "tree", NULL);
  xml_set (t->root, "q", text);
  if (strcmp (rest, ":find") == 0 && *text != '\0')
    return put_found (t, text);
  return put_branch (t, g_str_has_prefix (rest, ":at:") ? rest + strlen (":at:")
                                                        : t->value);
}

static bool
stays_open (const char *rest)
{
  return rest != NULL && strcmp (rest, ":no") != 0
      && !g_str_has_prefix (rest, ":is:");
}

/* What the chosen code is called; one that may not be chosen is shown all the
 * same. */
static int
put_chosen (struct bz_req *req, xmlNode *el, const struct form_field *f,
            const xmlNode *node, const char *value)
{
  g_autoptr (GPtrArray) all = NULL;
  const struct option *o;

  if (*value == '\0')
    return BZ_OK;
  all = tree_options (req, f, value);
  if (all == NULL)
    return BZ_FAILED;
  o = option_find (all, value);
  if (o != NULL)
    xml_set (el, "shown", o->name);
  else {
    g_autofree char *shown = value_shown (f, node);

    xml_set (el, "shown", bz_format (req, "%s（不在可选范围）", shown));
  }
  return BZ_OK;
}

int
tree_put (struct bz_req *req, xmlNode *el, const struct form_field *f,
          const xmlNode *node, const char *value)
{
  g_autoptr (GPtrArray) path = g_ptr_array_new ();
  struct tree t = { .req = req, .f = f, .value = value, .path = path };
  const char *rest = asked (f, bz_param (req, "do")), *code, *name;
  int rc = only_one (req, f, &code, &name);

  xml_set (el, "type", "tree");
  if (rc < 0)
    return rc;
  if (rc == 1 && (*value == '\0' || strcmp (value, code) == 0)) {
    xml_set (el, "v", code);
    xml_set (el, "shown", name);
    xml_set (el, "only", "1");
    xmlUnsetProp (el, BAD_CAST "hint"); /* there is nothing to choose */
    return BZ_OK;
  }
  xml_set (el, "btn-t", f->button_title);
  rc = put_chosen (req, el, f, node, value);
  return rc < 0 || !stays_open (rest) ? rc : put_tree (&t, el, rest);
}
