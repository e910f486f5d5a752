/* Forms: loading and looking up.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "define/form-def.h"

#include "data/query.h"
#include "data/xml.h"
#include "define/overlay.h"
#include "define/source.h"

enum { LIST_ROWS = 50 };

static GHashTable *forms; /* name -> struct form */
static GPtrArray *in_order;

static void
lock_clear (struct form_lock *l)
{
  expr_free (l->closed);
  pattern_free (l->because);
  expr_free (l->value);
}

static void
field_free (void *data)
{
  struct form_field *f = data;

  g_free (f->title);
  g_free (f->hint);
  g_free (f->button);
  g_free (f->button_title);
  g_free (f->wide);
  g_free (f->options);
  g_strfreev (f->suggest);
  expr_free (f->required);
  expr_free (f->initial);
  expr_free (f->only);
  pattern_free (f->missing);
  pattern_free (f->barred);
  lock_clear (&f->lock);
  g_free (f);
}

static void
part_free (void *data)
{
  struct form_part *p = data;

  g_free (p->name);
  g_free (p->title);
  g_free (p->brief);
  g_free (p->note);
  g_free (p->min_text);
  g_ptr_array_unref (p->fields);
  lock_clear (&p->lock);
  expr_free (p->required);
  g_free (p);
}

static void
rule_free (void *data)
{
  struct form_rule *r = data;

  g_free (r->id);
  g_free (r->field);
  g_free (r->cite);
  g_free (r->from);
  g_free (r->until);
  expr_free (r->test);
  expr_free (r->when);
  pattern_free (r->text);
  g_clear_pointer (&r->dates, g_ptr_array_unref);
  g_free (r);
}

static void
ask_free (void *data)
{
  struct form_ask *a = data;

  g_free (a->id);
  g_free (a->title);
  g_free (a->hint);
  expr_free (a->required);
  expr_free (a->when);
  expr_free (a->only);
  g_free (a);
}

static void
form_free (void *data)
{
  struct form *f = data;

  g_free (f->name);
  g_free (f->title);
  g_free (f->root);
  g_strfreev (f->records);
  g_ptr_array_unref (f->codes);
  g_ptr_array_unref (f->groups);
  g_ptr_array_unref (f->rules);
  g_ptr_array_unref (f->papers);
  g_ptr_array_unref (f->parts);
  g_free (f);
}

/* -- Loading. */

static const struct dict_field *
find_declared (const struct form *form, const char *record, const char *list,
               const char *name)
{
  const struct dict_field *d = NULL;

  if (record != NULL)
    return dict_find (record, list, name);
  for (char **r = form->records; *r != NULL && d == NULL; r++)
    d = dict_find (*r, list, name);
  return d;
}

static int
check_options (const struct form_field *f, const xmlNode *at, GError **error)
{
  const char *name = f->dict->name;
  bool choice = f->type == FIELD_CODE;

  if (choice && f->options == NULL && f->dict->codes == NULL)
    return source_fail (error, at,
                        "field '%s' has neither a code table nor options; add "
                        "code= in the dictionary or options= here",
                        name);
  if (!choice && source_attr (at, "only") != NULL)
    return source_fail (error, at,
                        "field '%s' is neither of type code nor has options; "
                        "remove only",
                        name);
  if (choice && f->dict->codes != NULL && code_table (f->dict->codes) == NULL)
    return source_fail (error, at,
                        "unknown code table '%s'; there is no "
                        "codes/%s.csv",
                        f->dict->codes, f->dict->codes);
  return 0;
}

/* Names of code tables, each there; NULL in *RET without TEXT. */
static int
add_suggest (const struct form_field *f, const xmlNode *at, char ***ret,
             GError **error)
{
  const char *text = source_attr (at, "suggest");

  if (text == NULL)
    return 0;
  if (f->type != FIELD_TEXT)
    return source_fail (error, at,
                        "field '%s' is not of type text; remove suggest",
                        f->dict->name);
  *ret = g_strsplit (text, " ", 0);
  for (char **t = *ret; *t != NULL; t++)
    if (code_table (*t) == NULL)
      return source_fail (error, at,
                          "unknown code table '%s'; there is no "
                          "codes/%s.csv",
                          *t, *t);
  return 0;
}

static bool
is_taken (const struct form *form, const struct form_part *part,
          const char *name)
{
  if (part->list)
    return part_field (part, name) != NULL;
  return form_scalar (form, name) != NULL || form_list (form, name) != NULL
      || part_field (part, name) != NULL;
}

static int
add_field (struct form *form, struct form_part *part, const xmlNode *at,
           GError **error)
{
  const char *name = source_attr (at, "name");
  const char *record = source_attr (at, "record");
  const struct dict_field *d;
  struct form_field *f;

  if (record == NULL)
    record = source_attr (at->parent, "record");
  d = find_declared (form, record, part->list ? part->name : NULL, name);
  if (d == NULL) {
    g_autofree char *all = g_strjoinv (" ", form->records);

    return source_fail (error, at,
                        "field '%s' is not in the dictionary (record %s%s%s); "
                        "declare it there or correct the name",
                        name, record != NULL ? record : all,
                        part->list ? ", list " : "",
                        part->list ? part->name : "");
  }
  if (is_taken (form, part, name))
    return source_fail (error, at,
                        "field '%s' stands twice in this form; remove one",
                        name);
  f = g_new0 (struct form_field, 1);
  g_ptr_array_add (part->fields, f);
  f->dict = d;
  f->title = g_strdup (source_attr (at, "title"));
  if (f->title == NULL)
    f->title = g_strdup (d->title);
  f->hint = g_strdup (source_attr (at, "hint"));
  f->button = g_strdup (source_attr (at, "button"));
  f->button_title = g_strdup (source_attr (at, "button-title"));
  f->wide = g_strdup (source_attr (at, "wide"));
  f->options = g_strdup (source_attr (at, "options"));
  f->type = f->options != NULL ? FIELD_CODE : d->type;
  f->radio = g_strcmp0 (source_attr (at, "look"), "radio") == 0;
  f->tree = g_strcmp0 (source_attr (at, "look"), "tree") == 0;
  if (f->tree && (f->options == NULL || part->list))
    return source_fail (error, at,
                        "field '%s' looks like a tree; it needs options= and a "
                        "place outside of a list",
                        name);
  if (add_suggest (f, at, &f->suggest, error) < 0)
    return BZ_FAILED;
  return check_options (f, at, error);
}

static int
add_part (struct form *form, const xmlNode *at, GError **error)
{
  bool list = strcmp ((const char *) at->name, "list") == 0;
  const char *name = source_attr (at, list ? "name" : "id");
  struct form_part *p;
  int rc = 0;

  for (unsigned i = 0; i < form->parts->len; i++) {
    p = form->parts->pdata[i];
    if (strcmp (p->name, name) == 0)
      return source_fail (error, at,
                          "'%s' is the name of two parts of this form; rename "
                          "one",
                          name);
  }
  if (list && form_scalar (form, name) != NULL)
    return source_fail (error, at,
                        "list '%s' has the name of a field; rename it", name);
  p = g_new0 (struct form_part, 1);
  p->fields = g_ptr_array_new_with_free_func (field_free);
  g_ptr_array_add (form->parts, p);
  p->list = list;
  p->name = g_strdup (name);
  p->title = g_strdup (source_attr (at, "title"));
  p->brief = g_strdup (source_attr (at, "short"));
  p->note = g_strdup (source_attr (at, "note"));
  p->photo = g_strcmp0 (source_attr (at, "photo"), "yes") == 0;
  p->min = source_int (at, "min", 0);
  p->max = source_int (at, "max", LIST_ROWS);
  p->min_text = g_strdup (source_attr (at, "min-message"));
  if (p->min > p->max)
    return source_fail (error, at,
                        "list '%s' wants at least %d rows and at most %d; "
                        "correct min or max",
                        name, p->min, p->max);
  for (const xmlNode *f = xml_child (at, "field"); f != NULL && rc == 0;
       f = xml_next (f, "field"))
    rc = add_field (form, p, f, error);
  return rc;
}

/* On a page both are ids. */
static int
check_names (const struct form *form, const xmlNode *root, GError **error)
{
  for (unsigned i = 0; i < form->parts->len; i++) {
    const struct form_part *p = form->parts->pdata[i];

    if (!p->list && form_scalar (form, p->name) != NULL)
      return source_fail (error, root,
                          "section '%s' has the name of a field; rename it",
                          p->name);
  }
  return 0;
}

static int
add_parts (struct form *form, const xmlNode *root, GError **error)
{
  int rc = 0;

  for (const xmlNode *n = root->children; n != NULL && rc == 0; n = n->next)
    if (n->type == XML_ELEMENT_NODE
        && (strcmp ((const char *) n->name, "section") == 0
            || strcmp ((const char *) n->name, "list") == 0))
      rc = add_part (form, n, error);
  return rc < 0 ? rc : check_names (form, root, error);
}

static struct form *
form_new (const xmlNode *root)
{
  struct form *form = g_new0 (struct form, 1);
  const char *records = source_attr (root, "record");
  const char *kind = source_attr (root, "root");

  form->name = g_strdup (source_attr (root, "name"));
  form->title = g_strdup (source_attr (root, "title"));
  form->records = g_strsplit (records != NULL ? records : "", " ", 0);
  if (kind == NULL)
    kind = g_str_has_suffix (form->name, "/head") ? "head" : "item";
  form->root = g_strdup (kind);
  form->parts = g_ptr_array_new_with_free_func (part_free);
  form->papers = g_ptr_array_new_with_free_func (ask_free);
  form->rules = g_ptr_array_new_with_free_func (rule_free);
  form->codes = g_ptr_array_new_with_free_func (g_free);
  form->groups = g_ptr_array_new_with_free_func (form_group_free);
  return form;
}

static int
build (struct form *form, const xmlNode *root, const char *pack, GError **error)
{
  if (!source_owned (form->name, pack, '/'))
    return source_fail (error, root,
                        "form '%s' must begin with '%s/'; a pack has only "
                        "names of its own",
                        form->name, pack);
  if (form_find (form->name) != NULL)
    return source_fail (error, root,
                        "there is a form '%s' already; rename this one",
                        form->name);
  if (add_parts (form, root, error) < 0)
    return BZ_FAILED;
  if (form_compile (form, root, error) < 0)
    return BZ_FAILED;
  return form_add_groups (form, root, error);
}

int
form_load (const char *path, const char *pack, GError **error)
{
  xmlDoc *doc = source_load (path, "form", error);
  struct form *form;
  int rc;

  if (doc == NULL)
    return BZ_FAILED;
  if (overlay_form (doc, error) < 0) {
    xmlFreeDoc (doc);
    return BZ_FAILED;
  }
  form = form_new (xmlDocGetRootElement (doc));
  rc = build (form, xmlDocGetRootElement (doc), pack, error);
  xmlFreeDoc (doc);
  if (rc < 0) {
    form_free (form);
    return rc;
  }
  if (forms == NULL) {
    forms = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, form_free);
    in_order = g_ptr_array_new ();
  }
  g_hash_table_insert (forms, form->name, form);
  g_ptr_array_add (in_order, form);
  return 0;
}

static int
link_query (const struct form *form, const struct form_field *f,
            const char *more, unsigned args, GError **error)
{
  g_autofree char *name = g_strconcat (f->options, more, NULL);
  const struct query *q = query_find (name);

  if (q == NULL)
    return source_fail (error, NULL,
                        "form '%s', field '%s': there is no query '%s'; "
                        "add it to sql/queries.xml",
                        form->name, f->dict->name, name);
  if (f->tree && q->n_args != args)
    return source_fail (error, NULL,
                        "form '%s', field '%s': the query '%s' of a tree must "
                        "have %u arguments",
                        form->name, f->dict->name, name, args);
  return 0;
}

static int
link_field (const struct form *form, const struct form_field *f, GError **error)
{
  static const struct {
    const char *more;
    unsigned args;
  } queries[] = { { "", 1 }, { "_under", 2 }, { "_path", 1 }, { "_find", 2 } };
  int rc = 0;

  for (size_t i = 0; i < (f->tree ? G_N_ELEMENTS (queries) : 1) && rc == 0; i++)
    rc = link_query (form, f, queries[i].more, queries[i].args, error);
  return rc;
}

int
form_link (GError **error)
{
  for (unsigned i = 0; in_order != NULL && i < in_order->len; i++) {
    const struct form *form = in_order->pdata[i];

    for (unsigned j = 0; j < form->parts->len; j++) {
      const struct form_part *part = form->parts->pdata[j];

      for (unsigned k = 0; k < part->fields->len; k++) {
        const struct form_field *f = part->fields->pdata[k];

        if (f->options != NULL && link_field (form, f, error) < 0)
          return BZ_FAILED;
      }
    }
  }
  return 0;
}

/* -- Looking up. */

const struct form *
form_find (const char *name)
{
  return forms != NULL ? g_hash_table_lookup (forms, name) : NULL;
}

const char *
form_name (const struct form *form)
{
  return form->name;
}

const char *
form_title (const struct form *form)
{
  return form->title;
}

void
form_foreach (void (*fn) (const struct form *, void *), void *data)
{
  for (unsigned i = 0; in_order != NULL && i < in_order->len; i++)
    fn (in_order->pdata[i], data);
}

void
form_clear (void)
{
  g_clear_pointer (&forms, g_hash_table_destroy);
  g_clear_pointer (&in_order, g_ptr_array_unref);
}

const struct form_field *
part_field (const struct form_part *part, const char *name)
{
  for (unsigned i = 0; i < part->fields->len; i++) {
    const struct form_field *f = part->fields->pdata[i];

    if (strcmp (f->dict->name, name) == 0)
      return f;
  }
  return NULL;
}

const struct form_part *
form_list (const struct form *form, const char *list)
{
  for (unsigned i = 0; i < form->parts->len; i++) {
    const struct form_part *p = form->parts->pdata[i];

    if (p->list && strcmp (p->name, list) == 0)
      return p;
  }
  return NULL;
}

const struct form_field *
form_scalar (const struct form *form, const char *name)
{
  const struct form_field *f = NULL;

  for (unsigned i = 0; i < form->parts->len && f == NULL; i++) {
    const struct form_part *p = form->parts->pdata[i];

    if (!p->list)
      f = part_field (p, name);
  }
  return f;
}

bool
form_has_field (const struct form *form, const char *name)
{
  return form_scalar (form, name) != NULL;
}

bool
form_together (const struct form *form, const char *a, const char *b)
{
  for (unsigned i = 0; a != NULL && b != NULL && i < form->parts->len; i++) {
    const struct form_part *part = form->parts->pdata[i];

    if (!part->list && part_field (part, a) != NULL)
      return part_field (part, b) != NULL;
  }
  return false;
}

/* "duty.2.post" or "duty.post": the list and the field in it. */
static const struct form_field *
cell_field (const struct form *form, const char *name)
{
  g_auto (GStrv) part = g_strsplit (name, ".", 3);
  unsigned n = g_strv_length (part);
  const struct form_part *list = n >= 2 ? form_list (form, part[0]) : NULL;

  return list != NULL ? part_field (list, part[n - 1]) : NULL;
}

const char *
form_field_title (const struct form *form, const char *field)
{
  const struct form_field *f = form_scalar (form, field);
  const struct form_part *list = form_list (form, field);

  if (f == NULL)
    f = cell_field (form, field);
  if (f != NULL)
    return f->title;
  if (list != NULL)
    return list->title;
  return g_str_has_prefix (field, "paper.")
         ? paper_title (form, field + strlen ("paper."))
         : NULL;
}

const char *
form_shown (const struct form *form, struct bz_req *req, xmlDoc *values,
            const char *field)
{
  const struct form_field *f = form_scalar (form, field);
  const xmlNode *parent = xmlDocGetRootElement (values);
  g_autofree char *shown = NULL;

  if (f == NULL) {
    g_auto (GStrv) part = g_strsplit (field, ".", 3);

    f = cell_field (form, field);
    if (f == NULL || g_strv_length (part) != 3)
      return "";
    parent = row_at (parent, part[0],
                     (int) g_ascii_strtoll (part[1], NULL, 10));
  }
  if (parent == NULL)
    return "";
  shown = value_shown (f, xml_child (parent, f->dict->name));
  return req_strdup (req, shown);
}
