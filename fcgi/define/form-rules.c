/* Forms: everything in them that is XPath, compiled and checked at load.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "define/form-def.h"

#include "data/xml.h"
#include "define/date.h"
#include "define/source.h"

/* What an expression of a form may name: PART is the list whose row is the
 * context node, or NULL. */
struct scope {
  const struct form *form;
  const struct form_part *part;
  const struct form_field *field; /* whose options are filtered, or NULL */
  const struct code_table *table; /* whose rows are papers, or NULL      */
};

static const struct dict_field *
declared (const struct scope *s, const char *name)
{
  const struct form_field *f = s->part != NULL ? part_field (s->part, name)
                                               : form_scalar (s->form, name);
  const struct dict_field *d = f != NULL ? f->dict : NULL;

  for (char **r = s->form->records; *r != NULL && d == NULL; r++)
    d = dict_find (*r, s->part != NULL ? s->part->name : NULL, name);
  return d;
}

static bool
is_known (const void *of, const char *name)
{
  const struct scope *s = of;

  return declared (s, name) != NULL
      || (s->part == NULL && form_list (s->form, name) != NULL);
}

static bool
date_type (const struct dict_field *d)
{
  return d != NULL && (d->type == FIELD_DATE || d->type == FIELD_MONTH);
}

/* A date by that name in this form's fields, its lists or its records. */
static bool
is_date (const void *of, const char *name)
{
  const struct scope *s = of;

  if (date_type (declared (s, name)))
    return true;
  for (unsigned i = 0; i < s->form->parts->len; i++) {
    const struct form_part *p = s->form->parts->pdata[i];
    const struct form_field *f = part_field (p, name);

    if (f != NULL && date_type (f->dict))
      return true;
  }
  return false;
}

static bool
is_var (const void *of, const char *name)
{
  const struct scope *s = of;
  const struct code_table *table;

  if (s->field == NULL && s->table == NULL)
    return false;
  if (strcmp (name, "code") == 0 || strcmp (name, "name") == 0
      || strcmp (name, "group") == 0)
    return true;
  table = s->table;
  if (table == NULL && s->field->dict->codes != NULL
      && s->field->options == NULL)
    table = code_table (s->field->dict->codes);
  return table != NULL
      && (strcmp (name, "parent") == 0
          || (table->columns != NULL
              && g_strv_contains ((const char *const *) table->columns, name)));
}

static struct expr_lint
lint_of (const struct scope *s)
{
  return (struct expr_lint){
    .of = s,
    .root = s->part == NULL ? s->form->root : NULL,
    .is_date = is_date,
    .is_known = is_known,
    .is_var = is_var,
  };
}

/* Attribute NAME of AT as *RET, which stays NULL when there is none. */
static int
compile (const struct scope *s, const xmlNode *at, const char *name,
         struct expr **ret, GError **error)
{
  const char *text = source_attr (at, name);
  struct expr_lint lint = lint_of (s);

  if (text == NULL)
    return 0;
  *ret = expr_new (text, &lint, error);
  if (*ret != NULL)
    return 0;
  g_prefix_error (error, "%s: ", name);
  return source_blame (error, at);
}

static int
compile_text (const struct scope *s, const xmlNode *at, const char *text,
              struct pattern **ret, GError **error)
{
  struct expr_lint lint = lint_of (s);

  *ret = pattern_new (text, &lint, error);
  return *ret != NULL ? 0 : source_blame (error, at);
}

static int
compile_lock (const struct scope *s, const xmlNode *at, struct form_lock *lock,
              GError **error)
{
  const char *because = source_attr (at, "because");

  if (compile (s, at, "closed", &lock->closed, error) < 0
      || compile (s, at, "value", &lock->value, error) < 0)
    return BZ_FAILED;
  if ((lock->closed == NULL && lock->value == NULL) == (because == NULL))
    return compile_text (s, at, because != NULL ? because : "", &lock->because,
                         error);
  return source_fail (
    error, at,
    because == NULL ? "closed or value without because; say in because= why "
                      "the clerk cannot enter anything"
                    : "because without closed or value; add the condition");
}

/* The sentence in attribute NAME, which belongs to CONDITION, as *RET. */
static int
compile_message (const struct scope *s, const xmlNode *at, const char *name,
                 const char *condition, struct pattern **ret, GError **error)
{
  const char *text = source_attr (at, name);

  if (text == NULL)
    return 0;
  if (source_attr (at, condition) == NULL)
    return source_fail (error, at, "%s without %s; add the condition", name,
                        condition);
  return compile_text (s, at, text, ret, error);
}

static int
compile_field (struct form *form, const struct form_part *part,
               struct form_field *f, const xmlNode *at, GError **error)
{
  struct scope s = { .form = form, .part = part->list ? part : NULL };
  struct scope filter = { .form = form,
                          .part = part->list ? part : NULL,
                          .field = f };

  if (compile (&s, at, "required", &f->required, error) < 0
      || compile (&s, at, "default", &f->initial, error) < 0
      || compile (&filter, at, "only", &f->only, error) < 0
      || compile_message (&s, at, "required-message", "required", &f->missing,
                          error)
           < 0
      || compile_message (&s, at, "only-message", "only", &f->barred, error) < 0
      || compile_lock (&s, at, &f->lock, error) < 0)
    return BZ_FAILED;
  /* Always closed, with a default: that is a computed field. */
  if (f->lock.closed != NULL && f->lock.value == NULL && f->initial != NULL
      && strcmp (expr_source (f->lock.closed), "true()") == 0) {
    f->lock.value = g_steal_pointer (&f->initial);
    g_clear_pointer (&f->lock.closed, expr_free);
  }
  return 0;
}

static int
compile_part (struct form *form, struct form_part *part, const xmlNode *at,
              GError **error)
{
  struct scope s = { .form = form };
  unsigned i = 0;
  int rc = 0;

  if (part->list && compile_lock (&s, at, &part->lock, error) < 0)
    return BZ_FAILED;
  if (part->list && compile (&s, at, "required", &part->required, error) < 0)
    return BZ_FAILED;
  for (const xmlNode *f = xml_child (at, "field"); f != NULL && rc == 0;
       f = xml_next (f, "field"))
    rc = compile_field (form, part, part->fields->pdata[i++], f, error);
  return rc;
}

/* -- Rules. */

/* "birth_date", "duty" or "duty.appoint_date". */
static int
aim_rule (struct form *form, struct form_rule *r, const xmlNode *at,
          GError **error)
{
  const char *dot = r->field != NULL ? strchr (r->field, '.') : NULL;

  if (r->field == NULL || form_scalar (form, r->field) != NULL
      || form_list (form, r->field) != NULL)
    return 0;
  if (dot != NULL) {
    g_autofree char *list = g_strndup (r->field, (size_t) (dot - r->field));

    r->each = form_list (form, list);
    if (r->each != NULL && part_field (r->each, dot + 1) != NULL) {
      r->cell = dot + 1;
      return 0;
    }
  }
  return source_fail (error, at,
                      "rule '%s' speaks of '%s', which is no field of form "
                      "'%s'; correct field=",
                      r->id, r->field, form->name);
}

static void
free_expr (void *e)
{
  expr_free (e);
}

/* A rule over a date that is not there, or is no date, says nothing: what
 * makes the date necessary is `required'. */
static void
find_dates (struct form_rule *r)
{
  g_autoptr (GPtrArray) paths = expr_date_paths (expr_source (r->test));

  r->dates = g_ptr_array_new_with_free_func (free_expr);
  for (unsigned i = 0; i < paths->len; i++) {
    struct expr *e = expr_new (paths->pdata[i], NULL, NULL);

    if (e != NULL)
      g_ptr_array_add (r->dates, e);
  }
}

static enum form_severity
severity_of (const char *word)
{
  if (g_strcmp0 (word, "warn") == 0)
    return RULE_WARN;
  return g_strcmp0 (word, "tell") == 0 ? RULE_TELL : RULE_STOP;
}

static int
check_period (const struct form_rule *r, const xmlNode *at, GError **error)
{
  const char *const both[] = { r->from, r->until };
  char buf[11];

  for (int i = 0; i < 2; i++)
    if (both[i] != NULL
        && (date_read (both[i], buf) != DATE_DAY || strcmp (both[i], buf) != 0))
      return source_fail (error, at,
                          "'%s' is no day; write from= and until= "
                          "as YYYY-MM-DD",
                          both[i]);
  return 0;
}

static int
fill_rule (struct form *form, struct form_rule *r, const xmlNode *at,
           GError **error)
{
  g_autofree char *text = source_text (at);
  struct scope s = { .form = form };

  if (aim_rule (form, r, at, error) < 0 || check_period (r, at, error) < 0)
    return BZ_FAILED;
  s.part = r->each;
  if (compile (&s, at, "test", &r->test, error) < 0
      || compile (&s, at, "when", &r->when, error) < 0)
    return BZ_FAILED;
  if (r->test == NULL || *text == '\0')
    return source_fail (error, at, "rule '%s' has no %s; add it", r->id,
                        r->test == NULL ? "test" : "sentence");
  find_dates (r);
  return compile_text (&s, at, text, &r->text, error);
}

static int
add_rule (struct form *form, const xmlNode *at, GError **error)
{
  const char *id = source_attr (at, "id");
  struct form_rule *r;

  for (unsigned i = 0; i < form->rules->len; i++) {
    r = form->rules->pdata[i];
    if (strcmp (r->id, id) == 0)
      return source_fail (error, at, "two rules have the id '%s'; rename one",
                          id);
  }
  r = g_new0 (struct form_rule, 1);
  g_ptr_array_add (form->rules, r);
  r->id = g_strdup (id);
  r->field = g_strdup (source_attr (at, "field"));
  r->cite = g_strdup (source_attr (at, "cite"));
  r->from = g_strdup (source_attr (at, "from"));
  r->until = g_strdup (source_attr (at, "until"));
  r->severity = severity_of (source_attr (at, "severity"));
  return fill_rule (form, r, at, error);
}

static int
add_paper (struct form *form, const xmlNode *at, GError **error)
{
  struct scope s = { .form = form };
  const char *id = source_attr (at, "id");
  struct form_ask *a;

  for (unsigned i = 0; i < form->papers->len; i++) {
    a = form->papers->pdata[i];
    if (strcmp (a->id, id) == 0)
      return source_fail (error, at, "two papers have the id '%s'; rename one",
                          id);
  }
  a = g_new0 (struct form_ask, 1);
  g_ptr_array_add (form->papers, a);
  a->id = g_strdup (id);
  a->title = g_strdup (source_attr (at, "title"));
  a->hint = g_strdup (source_attr (at, "hint"));
  if (compile (&s, at, "required", &a->required, error) < 0)
    return BZ_FAILED;
  return compile (&s, at, "when", &a->when, error);
}

static int
add_papers (struct form *form, const xmlNode *at, GError **error)
{
  const char *table = source_attr (at, "table");
  struct scope s = { .form = form, .table = code_table (table) };
  struct form_ask *a;

  if (s.table == NULL)
    return source_fail (error, at,
                        "unknown code table '%s'; there is no "
                        "codes/%s.csv",
                        table, table);
  a = g_new0 (struct form_ask, 1);
  g_ptr_array_add (form->papers, a);
  a->id = g_strdup (""); /* its rows have ids */
  a->table = s.table;
  if (compile (&s, at, "only", &a->only, error) < 0
      || compile (&s, at, "when", &a->when, error) < 0)
    return BZ_FAILED;
  return compile (&s, at, "required", &a->required, error);
}

static int
add_codes (struct form *form, const xmlNode *at, GError **error)
{
  const char *table = source_attr (at, "table");

  if (code_table (table) == NULL)
    return source_fail (error, at,
                        "unknown code table '%s'; there is no "
                        "codes/%s.csv",
                        table, table);
  g_ptr_array_add (form->codes, g_strdup (table));
  return 0;
}

int
form_compile (struct form *form, const xmlNode *root, GError **error)
{
  unsigned part = 0;
  int rc = 0;

  for (const xmlNode *n = root->children; n != NULL && rc == 0; n = n->next) {
    const char *name = (const char *) n->name;

    if (n->type != XML_ELEMENT_NODE)
      continue;
    if (strcmp (name, "rule") == 0)
      rc = add_rule (form, n, error);
    else if (strcmp (name, "paper") == 0)
      rc = add_paper (form, n, error);
    else if (strcmp (name, "papers") == 0)
      rc = add_papers (form, n, error);
    else if (strcmp (name, "codes") == 0)
      rc = add_codes (form, n, error);
    else if (strcmp (name, "group") != 0)
      rc = compile_part (form, form->parts->pdata[part++], n, error);
  }
  return rc;
}
