/* Forms: sections of the page document, see doc/page-documents.md.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "define/form-def.h"

#include "data/xml.h"

enum { TEXT_MAX = 200, RADIO_MAX = 4 };

struct draw {
  struct sight s;
  bool read_only;
  int failed; /* BZ_FAILED once a query for options did     */
  /* of the section that is being drawn */
  bool asks, empty, lacks; /* some field is required; none has a value;
                               * a required one has none                    */
  bool counts;             /* of the row: it has to be filled in */
  int bad;                 /* stopping marks */
};

/* The first mark on NAME as attribute err or warn of NODE. */
static void
put_marks (struct draw *d, xmlNode *node, const char *name)
{
  const GArray *marks = d->s.req->marks;

  for (unsigned i = 0; i < marks->len; i++) {
    const struct mark *m = &g_array_index (marks, struct mark, i);
    const char *attribute = m->warn ? "warn" : "err";

    if (g_strcmp0 (m->field, name) != 0)
      continue;
    d->bad += !m->warn;
    if (xml_attr (node, attribute) == NULL)
      xml_set (node, attribute, m->text);
  }
}

/* Why NAME is closed, or NULL.  g_free. */
static char *
closed_why (struct draw *d, const struct form_lock *lock, const char *name,
            xmlNode *at)
{
  const char *why = d->s.closed != NULL
                    ? g_hash_table_lookup (d->s.closed, name)
                    : NULL;

  if (why != NULL)
    return g_strdup (why);
  return lock_holds (lock, &d->s, at)
         ? pattern_text (lock->because, d->s.eval, at)
         : NULL;
}

static void
add_option (xmlNode *into, const char *code, const char *name,
            const char *group, bool chosen)
{
  xmlNode *o = xml_add (into, "o", name);

  xml_set (o, "v", code);
  xml_set (o, "sel", chosen ? "1" : NULL);
  xml_set (o, "group", group);
}

/* A value that may not be chosen any more is shown all the same: nothing is
 * cleared because it was wrong. */
static void
put_options (struct draw *d, xmlNode *into, const struct form_field *f,
             xmlNode *at, const xmlNode *node, const char *value)
{
  GPtrArray *all = option_list (&d->s, f, at, true, NULL);

  if (all == NULL) {
    d->failed = BZ_FAILED;
    return;
  }
  if (f->radio && all->len <= RADIO_MAX)
    xml_set (into, "type", "radio");
  for (unsigned i = 0; i < all->len; i++) {
    const struct option *o = all->pdata[i];

    add_option (into, o->code, o->name, o->group, strcmp (o->code, value) == 0);
  }
  if (*value != '\0' && option_find (all, value) == NULL) {
    g_autofree char *shown = value_shown (f, node);
    g_autofree char *text = g_strdup_printf ("%s（不在可选范围）", shown);

    d->lacks = form_before (d->s.values) == NULL; /* another has to be chosen */
    add_option (into, value, text, NULL, true);
  }
  g_ptr_array_unref (all);
}

/* Names that a text may be taken from. */
static void
put_suggest (xmlNode *into, const struct form_field *f)
{
  for (char **t = f->suggest; t != NULL && *t != NULL; t++) {
    const struct code_table *table = code_table (*t);

    for (unsigned i = 0; table != NULL && i < table->rows->len; i++) {
      const struct code *code = table->rows->pdata[i];

      if (!code_is_group (table, code))
        xml_add (into, "s", code->name);
    }
  }
}

static const char *
type_word (enum field_type type)
{
  static const char *const words[] = {
    [FIELD_TEXT] = "text",   [FIELD_AREA] = "area", [FIELD_DATE] = "date",
    [FIELD_MONTH] = "month", [FIELD_CODE] = "code", [FIELD_CHECK] = "check",
    [FIELD_INT] = "int",     [FIELD_IDNO] = "idno",
  };

  return words[type];
}

static void
note_state (struct draw *d, bool required, const char *value)
{
  d->asks |= required;
  d->empty &= *value == '\0';
  d->lacks |= required && *value == '\0';
}

static void
put_shown (xmlNode *into, const struct form_field *f, const xmlNode *node,
           const char *why)
{
  g_autofree char *shown = value_shown (f, node);

  if (node == NULL && f->type == FIELD_CHECK && why != NULL)
    g_clear_pointer (&shown, g_free);
  xml_set (into, "v", shown != NULL ? shown : "");
  xml_set (into, "closed", why);
}

static void
put_button (xmlNode *el, const struct form_field *f)
{
  xml_set (el, "btn", f->button);
  xml_set (el, "btn-t", f->button_title);
}

static void
put_field (struct draw *d, xmlNode *into, const struct form_field *f)
{
  const char *name = f->dict->name;
  const xmlNode *node = d->s.values != NULL ? xml_child (d->s.values, name)
                                            : NULL;
  const char *value = value_of (d->s.values, name);
  g_autofree char *why = d->read_only ? NULL
                                      : closed_why (d, &f->lock, name, d->s.at);
  bool required = why == NULL && expr_demands (f->required, d->s.eval, d->s.at)
               && form_touched (d->s.form, d->s.values, name);
  xmlNode *el = xml_add (into, "f", NULL);

  xml_set (el, "id", name);
  xml_set (el, "t", f->title);
  xml_set (el, "w", f->wide);
  note_state (d, required, value);
  if (d->read_only || why != NULL) {
    xml_set (el, "type", "shown");
    put_shown (el, f, node, why);
  }
  else {
    g_autofree char *max = g_strdup_printf ("%d", f->dict->max > 0
                                                    ? f->dict->max
                                                    : TEXT_MAX);

    xml_set (el, "type", type_word (f->type));
    xml_set (el, "v", value);
    xml_set (el, "req", required ? "1" : NULL);
    xml_set (el, "hint", f->hint);
    xml_set (el, "max",
             f->type == FIELD_TEXT || f->type == FIELD_AREA ? max : NULL);
    if (f->tree && tree_put (d->s.req, el, f, node, value) < 0)
      d->failed = BZ_FAILED;
    if (f->type == FIELD_CODE && !f->tree)
      put_options (d, el, f, d->s.at, node, value);
    put_suggest (el, f);
  }
  if (!d->read_only && !f->tree)
    put_button (el, f);
  put_marks (d, el, name);
}

/* -- Lists. */

static void
put_columns (struct draw *d, xmlNode *grid, const struct form_part *part)
{
  xmlNode *first = row_at (d->s.at, part->name, 1);

  for (unsigned i = 0; i < part->fields->len; i++) {
    const struct form_field *f = part->fields->pdata[i];
    xmlNode *col = xml_add (grid, "col", NULL);

    xml_set (col, "id", f->dict->name);
    xml_set (col, "t", f->title);
    xml_set (col, "type", type_word (f->type));
    xml_set (col, "w", f->wide);
    xml_set (col, "hint", f->hint);
    if (!d->read_only
        && expr_true (f->required, d->s.eval, first != NULL ? first : d->s.at,
                      false))
      xml_set (col, "req", "1");
    if (!d->read_only)
      put_suggest (col, f);
  }
}

static void
put_cell (struct draw *d, xmlNode *into, const struct form_part *part, int n,
          const struct form_field *f, const xmlNode *row, xmlNode *at)
{
  g_autofree char *name = g_strdup_printf ("%s.%d.%s", part->name, n,
                                           f->dict->name);
  const xmlNode *node = row != NULL ? xml_child (row, f->dict->name) : NULL;
  const char *value = value_of (row, f->dict->name);
  g_autofree char *why = d->read_only ? NULL
                                      : closed_why (d, &f->lock, name, at);
  g_autofree char *initial = NULL;
  xmlNode *el = xml_add (into, "c", NULL);

  xml_set (el, "id", name);
  d->empty &= *value == '\0';
  if (d->read_only || why != NULL) {
    put_shown (el, f, node, why);
    put_marks (d, el, name);
    return;
  }
  if (node == NULL && f->initial != NULL) { /* a row just added */
    initial = expr_text (f->initial, d->s.eval, at);
    value = initial != NULL ? initial : "";
  }
  xml_set (el, "v", value);
  d->lacks |= d->counts && *value == '\0'
           && expr_demands (f->required, d->s.eval, at);
  if (f->type == FIELD_CODE)
    put_options (d, el, f, at, node, value);
  put_marks (d, el, name);
}

/* Is anything in this row? */
static bool
row_filled (const xmlNode *row)
{
  for (const xmlNode *n = row != NULL ? row->children : NULL; n != NULL;
       n = n->next)
    if (n->type == XML_ELEMENT_NODE && n->children != NULL)
      return true;
  return false;
}

static void
put_row (struct draw *d, xmlNode *grid, const struct form_part *part, int n,
         const xmlNode *row)
{
  g_autofree char *number = g_strdup_printf ("%d", n);
  xmlNode *at = row_at (d->s.at, part->name, n);
  xmlNode *r = xml_add (grid, "r", NULL);

  xml_set (r, "n", number);
  d->counts = row_filled (row) || (n == 1 && d->asks);
  for (unsigned i = 0; i < part->fields->len; i++)
    put_cell (d, r, part, n, part->fields->pdata[i], row,
              at != NULL ? at : d->s.at);
}

static void
put_grid (struct draw *d, xmlNode *into, const struct form_part *part)
{
  xmlNode *grid = xml_add (into, "grid", NULL);
  g_autofree char *why = d->read_only
                         ? NULL
                         : closed_why (d, &part->lock, part->name, d->s.at);
  g_autofree char *min = g_strdup_printf ("%d", part->min);
  bool locked = why != NULL, was = d->read_only;
  bool asked = part->required != NULL
               ? expr_demands (part->required, d->s.eval, d->s.at)
               : part->min > 0;
  const xmlNode *row;
  int n = 0;

  xml_set (grid, "id", part->name);
  xml_set (grid, "t", part->title);
  xml_set (grid, "min", part->min > 0 && !locked ? min : NULL);
  xml_set (grid, "ro", locked || d->read_only ? "1" : NULL);
  xml_set (grid, "closed", why);
  d->read_only |= locked;
  d->asks |= asked && !locked;
  put_columns (d, grid, part);
  while (d->s.values != NULL
         && (row = row_at (d->s.values, part->name, n + 1)) != NULL)
    put_row (d, grid, part, ++n, row);
  if (n == 0 && asked && !d->read_only)
    put_row (d, grid, part, 1, NULL);
  d->read_only = was;
  d->lacks |= asked && n < MAX (part->min, 1) && !locked;
  d->empty &= n == 0;
  put_marks (d, grid, part->name);
}

static void
put_part (struct draw *d, xmlNode *into, const struct form_part *part)
{
  xmlNode *section = xml_add (into, "section", NULL);
  g_autofree char *bad = NULL;

  d->asks = d->lacks = false;
  d->empty = true;
  d->bad = 0;
  xml_set (section, "id", part->list ? NULL : part->name);
  xml_set (section, "t", part->title);
  xml_set (section, "short", part->brief != NULL ? part->brief : part->title);
  xml_set (section, "note", part->note);
  if (part->list) {
    g_autofree char *id = g_strconcat ("list-", part->name, NULL);

    xml_set (section, "id", id);
    put_grid (d, section, part);
  }
  for (unsigned i = 0; !part->list && i < part->fields->len; i++)
    put_field (d, section, part->fields->pdata[i]);
  bad = d->bad > 0 ? g_strdup_printf ("%d", d->bad) : NULL;
  xml_set (section, "bad", bad);
  if (d->read_only)
    return;
  xml_set (section, "done",
           d->lacks || d->bad > 0 ? "no"
           : !d->asks && d->empty ? "opt"
                                  : "yes");
}

int
form_page (const struct form *form, struct bz_req *req, xmlDoc *values,
           xmlDoc *facts, GHashTable *closed, bool read_only, xmlNode *into)
{
  struct draw d = { .read_only = read_only };

  sight_open (&d.s, form, req, values, facts, closed);
  for (unsigned i = 0; i < form->parts->len; i++)
    put_part (&d, into, form->parts->pdata[i]);
  sight_close (&d.s);
  return d.failed;
}
