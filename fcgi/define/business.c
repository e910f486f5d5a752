/* Businesses and menus: loading and looking up.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "define/business.h"

#include "data/query.h"
#include "data/xml.h"
#include "define/code.h"
#include "define/expr.h"
#include "define/overlay.h"
#include "define/pack.h"
#include "define/source.h"

static GPtrArray *businesses;
static GPtrArray *menu;
/* How 业务事由 is composed, and by which heads: WHEN may be NULL. */
struct reason {
  struct pattern *text;
  struct expr *when;
};
static GHashTable *reasons; /* name of a business -> struct reason */

static void
print_free (void *data)
{
  struct print *p = data;

  g_free (p->name);
  g_free (p->title);
  g_free (p->view);
  g_free (p->layout);
  expr_free (p->when);
  g_ptr_array_unref (p->labels);
  g_free (p);
}

static void
job_free (void *data)
{
  struct print_job *j = data;

  g_free (j->name);
  g_free (j->title);
  g_ptr_array_unref (j->prints);
  g_free (j);
}

static void
column_free (void *data)
{
  struct pick_column *c = data;

  g_free (c->name);
  g_free (c->title);
  g_free (c->code);
  g_free (c);
}

static void
pick_free (struct pick *p)
{
  if (p == NULL)
    return;
  g_free (p->query);
  g_free (p->query_up);
  g_free (p->query_one);
  g_free (p->title);
  g_free (p->find);
  g_ptr_array_unref (p->columns);
  g_free (p);
}

static void
business_free (void *data)
{
  struct business *b = data;

  g_free (b->name);
  g_free (b->title);
  g_free (b->prefix);
  g_free (b->menu);
  g_free (b->item_word);
  g_free (b->item_title);
  g_free (b->label);
  g_free (b->key);
  g_free (b->scope_field);
  g_strfreev (b->brief);
  g_free (b->undoes);
  g_free (b->within);
  business_pair_free (b->pair);
  g_free (b->chain);
  g_free (b->number);
  g_free (b->reason);
  pick_free (b->pick);
  g_ptr_array_unref (b->options);
  g_ptr_array_unref (b->jobs);
  g_ptr_array_unref (b->prints);
  g_free (b);
}

static void
option_free (void *data)
{
  struct business_option *o = data;

  g_free (o->name);
  g_free (o->title);
  g_free (o->value);
  g_free (o);
}

static void
menu_free (void *data)
{
  struct menu_item *m = data;

  g_free (m->path);
  g_free (m->href);
  g_free (m->permission);
  g_free (m);
}

static void
reason_free (void *data)
{
  struct reason *r = data;

  pattern_free (r->text);
  expr_free (r->when);
  g_free (r);
}

/* -- Loading. */

static int
find_form (const xmlNode *root, const char *part, const struct form **ret,
           GError **error)
{
  const xmlNode *at = xml_child (root, part);
  const char *name = source_attr (at, "form");

  *ret = form_find (name);
  if (*ret == NULL)
    return source_fail (error, at,
                        "there is no form '%s'; add forms/ or "
                        "correct the name",
                        name);
  return 0;
}

static int
need_field (const struct form *form, const char *field, const char *attribute,
            const xmlNode *at, GError **error)
{
  if (form_has_field (form, field))
    return 0;
  return source_fail (error, at,
                      "%s='%s' is no field of form '%s'; correct "
                      "it or add the field",
                      attribute, field, form_title (form));
}

static int
check_brief (const struct business *b, const xmlNode *root, GError **error)
{
  for (char **f = b->brief; *f != NULL; f++) {
    const xmlNode *at = overlay_brief (b->name, *f);

    if (form_field_title (b->item, *f) == NULL)
      return source_fail (error, at != NULL ? at : root,
                          "brief: '%s' is no field of form '%s'; correct it or "
                          "add the field (a cell is LIST.1.FIELD)",
                          *f, form_title (b->item));
  }
  return 0;
}

static int
check_fields (const struct business *b, const xmlNode *root, GError **error)
{
  if (need_field (b->item, b->label, "label", root, error) < 0
      || (b->key != NULL
          && need_field (b->item, b->key, "key", root, error) < 0)
      || check_brief (b, root, error) < 0)
    return BZ_FAILED;
  return need_field (b->head, b->scope_field, "scope-field", root, error);
}

/* What a step puts right are fields of an item; its page shows lists as the unit
 * wrote them. */
static int
check_correct (const struct business *b, const struct process *p,
               const struct process_step *s, const char *field,
               const xmlNode *at, GError **error)
{
  if (form_has_field (b->item, field))
    return 0;
  if (form_field_title (b->item, field) != NULL)
    return source_fail (error, at,
                        "step '%s' of process '%s' corrects '%s', a list of "
                        "form '%s', which only the unit puts right; remove it "
                        "from corrects=",
                        s->name, p->name, field, form_title (b->item));
  return source_fail (error, at,
                      "step '%s' of process '%s' corrects '%s', which is no "
                      "field of form '%s'; correct it",
                      s->name, p->name, field, form_title (b->item));
}

static int
check_corrects (const struct business *b, const struct process *p,
                const xmlNode *at, GError **error)
{
  for (unsigned i = 0; i < p->steps->len; i++) {
    const struct process_step *s = p->steps->pdata[i];

    for (char **f = s->corrects; f != NULL && *f != NULL; f++)
      if (check_correct (b, p, s, *f, at, error) < 0)
        return BZ_FAILED;
  }
  return 0;
}

static int
read_chains (struct business *b, const xmlNode *root, GError **error)
{
  for (const xmlNode *n = xml_child (root, "chain"); n != NULL;
       n = xml_next (n, "chain")) {
    const char *name = source_attr (n, "process");

    if (process_find (b->name, name, 0) == NULL)
      return source_fail (error, n,
                          "there is no process '%s' of business "
                          "'%s'; add process/%s.xml",
                          name, b->name, name);
    if (check_corrects (b, process_find (b->name, name, 0), n, error) < 0)
      return BZ_FAILED;
    if (b->chain != NULL && source_yes (n, "default"))
      return source_fail (error, n, "two chains are the default; leave one");
    if (source_yes (n, "default"))
      b->chain = g_strdup (name);
  }
  if (b->chain == NULL)
    return source_fail (error, root,
                        "no chain is the default; write "
                        "default=\"yes\" at one");
  return 0;
}

static bool
no_var (const void *of, const char *name)
{
  return false;
}

/* NULL: ERROR says why. */
static struct print *
print_new (const xmlNode *n, GError **error)
{
  static const struct expr_lint lint = { .is_var = no_var };
  struct print *p = g_new0 (struct print, 1);
  const char *when = xml_attr (n, "when");
  const char *each = xml_attr (n, "each");

  p->name = g_strdup (source_attr (n, "name"));
  p->title = g_strdup (source_attr (n, "title"));
  p->view = g_strdup (source_attr (n, "view"));
  p->layout = g_strdup (xml_attr (n, "layout"));
  p->each = each != NULL;
  p->labels = g_ptr_array_new_with_free_func (g_free);
  for (const xmlNode *c = xml_child (n, "copy"); c != NULL;
       c = xml_next (c, "copy"))
    g_ptr_array_add (p->labels, g_strdup (source_attr (c, "for")));
  p->copies = p->labels->len > 0 ? (int) p->labels->len
                                 : source_int (n, "copies", 1);
  if (when != NULL)
    p->when = expr_new (when, &lint, error);
  if (when == NULL || p->when != NULL)
    return p;
  print_free (p);
  (void) source_blame (error, n);
  return NULL;
}

static struct print_job *
job_new (const char *name, const char *title)
{
  struct print_job *j = g_new0 (struct print_job, 1);

  j->name = g_strdup (name);
  j->title = g_strdup (title);
  j->prints = g_ptr_array_new ();
  return j;
}

static int
name_taken (const struct business *b, const char *name, const xmlNode *n,
            GError **error)
{
  if (business_job (b, name) == NULL)
    return 0;
  return source_fail (error, n,
                      "two prints have the same name; rename "
                      "one");
}

static int
read_prints (struct business *b, const xmlNode *root, GError **error)
{
  for (const xmlNode *n = xml_child (root, "print"); n != NULL;
       n = xml_next (n, "print")) {
    struct print *p;
    struct print_job *alone;

    if (name_taken (b, source_attr (n, "name"), n, error) < 0)
      return BZ_FAILED;
    p = print_new (n, error);
    if (p == NULL)
      return BZ_FAILED;
    g_ptr_array_add (b->prints, p);
    alone = job_new (p->name, p->title);
    g_ptr_array_add (alone->prints, p);
    g_ptr_array_add (b->jobs, alone);
  }
  return 0;
}

/* The prints of job J, which lie in one stylesheet. */
static int
read_job (const struct business *b, struct print_job *j, const xmlNode *at,
          GError **error)
{
  for (const xmlNode *n = xml_child (at, "print"); n != NULL;
       n = xml_next (n, "print")) {
    const char *name = source_attr (n, "name");
    const struct print_job *alone = business_job (b, name);
    struct print *p = alone != NULL ? alone->prints->pdata[0] : NULL;
    const struct print *first = j->prints->len > 0 ? j->prints->pdata[0] : p;

    if (p == NULL)
      return source_fail (error, n, "there is no print '%s'; add it", name);
    if (p->when != NULL)
      return source_fail (error, n,
                          "print '%s' has when=, a job's prints are of every "
                          "case; leave it out, it is a job of its own",
                          name);
    if (strcmp (p->view, first->view) != 0
        || g_strcmp0 (p->layout, first->layout) != 0)
      return source_fail (error, n,
                          "print '%s' has another view or layout than the "
                          "first of the job; a job's prints share both",
                          name);
    g_ptr_array_add (j->prints, p);
  }
  return 0;
}

/* Jobs stand before single prints. */
static int
read_jobs (struct business *b, const xmlNode *root, GError **error)
{
  int at = 0;

  for (const xmlNode *n = xml_child (root, "job"); n != NULL;
       n = xml_next (n, "job")) {
    struct print_job *j;

    if (name_taken (b, source_attr (n, "name"), n, error) < 0)
      return BZ_FAILED;
    j = job_new (source_attr (n, "name"), source_attr (n, "title"));
    g_ptr_array_insert (b->jobs, at++, j);
    if (read_job (b, j, n, error) < 0)
      return BZ_FAILED;
  }
  return 0;
}

static bool
only_count (const void *of, const char *name)
{
  return strcmp (name, "count") == 0;
}

static int
read_reason (struct business *b, const xmlNode *root, GError **error)
{
  static const struct expr_lint lint = { .is_var = only_count };
  const xmlNode *at = xml_child (root, "reason");
  const char *when = at != NULL ? source_attr (at, "when") : NULL;
  struct reason *r = g_new0 (struct reason, 1);

  b->reason = at != NULL ? source_text (at) : g_strdup ("");
  r->text = pattern_new (b->reason, &lint, error);
  if (r->text != NULL && when != NULL)
    r->when = expr_new (when, &lint, error);
  if (r->text == NULL || (when != NULL && r->when == NULL)) {
    reason_free (r);
    return source_blame (error, at);
  }
  if (reasons == NULL)
    reasons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                     reason_free);
  g_hash_table_insert (reasons, g_strdup (b->name), r);
  return 0;
}

static int
check_names (const struct business *b, const char *pack, const xmlNode *root,
             GError **error)
{
  if (strcmp (b->name, pack) != 0)
    return source_fail (error, root,
                        "business '%s' lies in pack '%s'; its "
                        "name must be the pack's",
                        b->name, pack);
  if (business_find (b->name) != NULL)
    return source_fail (error, root,
                        "there is a business '%s' already; "
                        "rename this one",
                        b->name);
  for (unsigned i = 0; businesses != NULL && i < businesses->len; i++) {
    const struct business *other = businesses->pdata[i];

    if (strcmp (other->prefix, b->prefix) == 0)
      return source_fail (error, root,
                          "prefix '%s' is taken by business "
                          "'%s'; numbers of cases would collide, choose "
                          "another",
                          b->prefix, other->name);
  }
  return 0;
}

static int
read_options (struct business *b, const xmlNode *root, GError **error)
{
  for (const xmlNode *at = xml_child (root, "option"); at != NULL;
       at = xml_next (at, "option")) {
    struct business_option *o;

    if (business_option (b, source_attr (at, "name")) != NULL)
      return source_fail (error, at,
                          "there is an option '%s' already; rename this one",
                          source_attr (at, "name"));
    o = g_new0 (struct business_option, 1);
    o->name = g_strdup (source_attr (at, "name"));
    o->title = g_strdup (source_attr (at, "title"));
    o->value = g_strdup (source_attr (at, "default"));
    g_ptr_array_add (b->options, o);
  }
  return 0;
}

/* A query of the list is there and takes so many arguments. */
static int
need_query (const char *name, unsigned args, const xmlNode *at, GError **error)
{
  const struct query *q = query_find (name);

  if (q == NULL)
    return source_fail (error, at,
                        "there is no query '%s'; add it to queries.xml", name);
  if (q->n_args != args)
    return source_fail (error, at,
                        "query '%s' has %u arguments; one of a <pick> has %u",
                        name, q->n_args, args);
  return 0;
}

static int
read_columns (struct pick *p, const xmlNode *at, GError **error)
{
  for (const xmlNode *n = xml_child (at, "column"); n != NULL;
       n = xml_next (n, "column")) {
    struct pick_column *c = g_new0 (struct pick_column, 1);
    const char *code = xml_attr (n, "code");

    c->name = g_strdup (source_attr (n, "name"));
    c->title = g_strdup (source_attr (n, "title"));
    c->code = g_strdup (code);
    g_ptr_array_add (p->columns, c);
    if (code != NULL && code_table (code) == NULL)
      return source_fail (error, n, "there is no code table '%s'; correct it",
                          code);
  }
  return 0;
}

static int
read_pick (struct business *b, const xmlNode *root, GError **error)
{
  const xmlNode *at = xml_child (root, "pick");
  struct pick *p;

  if (at == NULL)
    return 0;
  p = b->pick = g_new0 (struct pick, 1);
  p->query = g_strdup (source_attr (at, "query"));
  p->query_up = g_strconcat (p->query, "_up", NULL);
  p->query_one = g_strconcat (p->query, "_one", NULL);
  p->title = g_strdup (source_attr (at, "title"));
  p->find = g_strdup (source_attr (at, "find"));
  p->before = source_yes (at, "before");
  p->columns = g_ptr_array_new_with_free_func (column_free);
  if (read_columns (p, at, error) < 0)
    return BZ_FAILED;
  if (b->key == NULL)
    return source_fail (error, at,
                        "items without key= are about nobody who could be "
                        "picked; write key= or remove <pick>");
  if (need_query (p->query, 4, at, error) < 0
      || need_query (p->query_up, 4, at, error) < 0)
    return BZ_FAILED;
  if (need_query (p->query_one, 2, at, error) < 0)
    return BZ_FAILED;
  if (b->hooks.prefill == NULL)
    return source_fail (
      error, at,
      "business '%s' has no hook prefill, which loads who was "
      "picked; add it to its row of businesses in C",
      b->name);
  return 0;
}

static int
read_undoes (struct business *b, const xmlNode *root, GError **error)
{
  const xmlNode *at = xml_child (root, "undoes");

  if (at == NULL)
    return 0;
  b->undoes = g_strdup (source_attr (at, "case"));
  b->within = g_strdup (source_attr (at, "within"));
  if (business_option (b, b->within) == NULL)
    return source_fail (error, at,
                        "within='%s' is no <option> of this business; add it",
                        b->within);
  return need_field (b->head, b->undoes, "case", at, error);
}

static int
build (struct business *b, const xmlNode *root, const char *pack,
       GError **error)
{
  if (check_names (b, pack, root, error) < 0
      || find_form (root, "head", &b->head, error) < 0
      || find_form (root, "item", &b->item, error) < 0
      || check_fields (b, root, error) < 0 || read_pick (b, root, error) < 0
      || read_chains (b, root, error) < 0 || read_prints (b, root, error) < 0
      || read_jobs (b, root, error) < 0 || read_options (b, root, error) < 0
      || read_undoes (b, root, error) < 0
      || business_pair_read (b, root, error) < 0)
    return BZ_FAILED;
  return read_reason (b, root, error);
}

static struct business *
business_new (const xmlNode *root)
{
  struct business *b = g_new0 (struct business, 1);
  const xmlNode *number = xml_child (root, "number");
  const char *brief = xml_attr (root, "brief");

  b->name = g_strdup (source_attr (root, "name"));
  b->title = g_strdup (source_attr (root, "title"));
  b->prefix = g_strdup (source_attr (root, "prefix"));
  b->menu = g_strdup (source_attr (root, "menu"));
  b->item_word = g_strdup (source_attr (root, "item-word"));
  b->item_title = g_strdup (source_attr (root, "item-title"));
  b->label = g_strdup (source_attr (root, "label"));
  b->key = g_strdup (source_attr (root, "key"));
  b->scope_field = g_strdup (source_attr (root, "scope-field"));
  b->below = source_attr (root, "reach") != NULL;
  b->brief = g_strsplit (brief != NULL ? brief : "", " ", -1);
  b->min_items = source_int (xml_child (root, "item"), "min", 1);
  b->max_items = source_int (xml_child (root, "item"), "max", 200);
  b->number = number != NULL ? g_strdup (source_attr (number, "kind")) : NULL;
  b->prints = g_ptr_array_new_with_free_func (print_free);
  b->jobs = g_ptr_array_new_with_free_func (job_free);
  b->options = g_ptr_array_new_with_free_func (option_free);
  return b;
}

void
menu_add (const char *path, const char *href, const char *permission)
{
  struct menu_item *m = g_new0 (struct menu_item, 1);

  if (menu == NULL)
    menu = g_ptr_array_new_with_free_func (menu_free);
  m->path = g_strdup (path);
  m->href = g_strdup (href);
  m->permission = g_strdup (permission);
  g_ptr_array_add (menu, m);
}

/* The plugin's C for business B, if it has any. */
static void
find_hooks (struct business *b, const struct pack *pack)
{
  const struct bz_plugin *api = pack != NULL ? &pack->api : NULL;

  for (unsigned i = 0; api != NULL && i < api->businesses.count; i++) {
    struct bz_business row;

    plugin_row (api->businesses.at, api->businesses.stride, i, &row,
                sizeof row);
    if (g_strcmp0 (row.name, b->name) == 0)
      b->hooks = row;
  }
}

int
business_load (const char *path, const char *pack, GError **error)
{
  xmlDoc *doc = source_load (path, "business", error);
  g_autofree char *href = NULL;
  g_autofree char *permission = NULL;
  struct business *b;
  int rc;

  if (doc == NULL || overlay_business (doc, error) < 0) {
    xmlFreeDoc (doc);
    return BZ_FAILED;
  }
  b = business_new (xmlDocGetRootElement (doc));
  find_hooks (b, pack_find (pack));
  rc = build (b, xmlDocGetRootElement (doc), pack, error);
  xmlFreeDoc (doc);
  if (rc < 0) {
    business_free (b);
    return rc;
  }
  if (businesses == NULL)
    businesses = g_ptr_array_new_with_free_func (business_free);
  g_ptr_array_add (businesses, b);
  href = g_strdup_printf ("/%s/", b->name);
  permission = g_strdup_printf ("%s.view", b->name);
  menu_add (b->menu, href, permission);
  return 0;
}

int
business_hook (const struct bz_business *row)
{
  for (unsigned i = 0; businesses != NULL && i < businesses->len; i++) {
    struct business *b = businesses->pdata[i];

    if (g_strcmp0 (b->name, row->name) == 0) {
      b->hooks = *row;
      return 0;
    }
  }
  return BZ_NOT_FOUND;
}

int
menu_load (const char *path, const char *pack, GError **error)
{
  xmlDoc *doc = source_load (path, "menu", error);
  const xmlNode *root;

  if (doc == NULL)
    return BZ_FAILED;
  root = xmlDocGetRootElement (doc);
  for (const xmlNode *n = xml_child (root, "item"); n != NULL;
       n = xml_next (n, "item"))
    menu_add (source_attr (n, "path"), source_attr (n, "href"),
              source_attr (n, "permission"));
  xmlFreeDoc (doc);
  return 0;
}

/* -- Looking up. */

const struct business *
business_find (const char *name)
{
  for (unsigned i = 0; businesses != NULL && i < businesses->len; i++) {
    const struct business *b = businesses->pdata[i];

    if (strcmp (b->name, name) == 0)
      return b;
  }
  return NULL;
}

const struct business *
business_undoer (void)
{
  for (unsigned i = 0; businesses != NULL && i < businesses->len; i++) {
    const struct business *b = businesses->pdata[i];

    if (b->undoes != NULL)
      return b;
  }
  return NULL;
}

bool
business_prints (const struct print *p, xmlDoc *facts)
{
  struct eval *eval = eval_new (facts);
  bool holds = expr_true (p->when, eval, xmlDocGetRootElement (facts),
                          p->when == NULL);

  eval_free (eval);
  return holds;
}

const struct print *
business_print (const struct business *b, const char *name)
{
  for (unsigned i = 0; i < b->prints->len; i++) {
    const struct print *p = b->prints->pdata[i];

    if (strcmp (p->name, name) == 0)
      return p;
  }
  return NULL;
}

const struct business_option *
business_option (const struct business *b, const char *name)
{
  for (unsigned i = 0; i < b->options->len; i++) {
    const struct business_option *o = b->options->pdata[i];

    if (strcmp (o->name, name) == 0)
      return o;
  }
  return NULL;
}

const struct print_job *
business_job (const struct business *b, const char *name)
{
  for (unsigned i = 0; name != NULL && i < b->jobs->len; i++) {
    const struct print_job *j = b->jobs->pdata[i];

    if (strcmp (j->name, name) == 0)
      return j;
  }
  return NULL;
}

char *
business_reason (const struct business *b, xmlDoc *facts, unsigned count)
{
  const struct reason *r = g_hash_table_lookup (reasons, b->name);
  g_autofree char *number = g_strdup_printf ("%u", count);
  struct eval *eval = eval_new (facts);
  xmlNode *root = xmlDocGetRootElement (facts);
  char *text;

  eval_var (eval, "count", number);
  text = expr_true (r->when, eval, root, true)
         ? pattern_text (r->text, eval, root)
         : g_strdup ("");
  eval_free (eval);
  return text;
}

void
business_foreach (void (*fn) (const struct business *, void *), void *data)
{
  for (unsigned i = 0; businesses != NULL && i < businesses->len; i++)
    fn (businesses->pdata[i], data);
}

const GPtrArray *
menu_items (void)
{
  if (menu == NULL)
    menu = g_ptr_array_new_with_free_func (menu_free);
  return menu;
}

void
business_clear (void)
{
  g_clear_pointer (&businesses, g_ptr_array_unref);
  g_clear_pointer (&menu, g_ptr_array_unref);
  g_clear_pointer (&reasons, g_hash_table_unref);
}
