/* Forms: what the browser sent becomes values.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "define/form-def.h"

#include "data/xml.h"
#include "define/date.h"

enum { ROWS_READ = 200 }; /* more rows than this are not looked at */

/* Half-width, and no space at either end. */
static char *
narrow (const char *text)
{
  char *plain = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);

  return plain != NULL ? plain : g_strdup (text);
}

static char *
trimmed (const char *text)
{
  const char *end = text + strlen (text);

  while (*text != '\0' && g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  while (end > text) {
    const char *last = g_utf8_find_prev_char (text, end);

    if (last == NULL || !g_unichar_isspace (g_utf8_get_char (last)))
      break;
    end = last;
  }
  return g_strndup (text, (size_t) (end - text));
}

/* Line ends as one character; in a one-line field they are spaces. */
static char *
lines (const char *text, bool many)
{
  GString *out = g_string_new (NULL);

  for (; *text != '\0'; text++)
    if (*text == '\r' || *text == '\n') {
      text += *text == '\r' && text[1] == '\n';
      g_string_append_c (out, many ? '\n' : ' ');
    }
    else
      g_string_append_c (out, *text == '\t' ? ' ' : *text);
  return g_string_free (out, FALSE);
}

/* Numbers are read off in groups: no space is part of one. */
static char *
without_spaces (const char *text)
{
  GString *out = g_string_new (NULL);

  for (; *text != '\0'; text = g_utf8_next_char (text)) {
    gunichar c = g_utf8_get_char (text);

    if (!g_unichar_isspace (c))
      g_string_append_unichar (out, c);
  }
  return g_string_free (out, FALSE);
}

static char *
tidy_date (enum field_type type, const char *text)
{
  char buf[11];
  enum date_read kind = date_read (text, buf);

  if (kind == DATE_DAY && type == FIELD_MONTH)
    return g_strndup (buf, strlen ("2026-03"));
  return g_strdup (kind == DATE_DAY || kind == DATE_MONTH ? buf : text);
}

/* What was typed, as it is stored; what is wrong stays as it is. */
static char *
tidy (const struct form_field *f, const char *typed)
{
  g_autofree char *raw = lines (typed, f->type == FIELD_AREA);
  g_autofree char *plain = xml_text_clean (raw);
  g_autofree char *text = trimmed (plain);
  g_autofree char *half = NULL, *solid = NULL;

  switch (f->type) {
  case FIELD_DATE:
  case FIELD_MONTH:
    return tidy_date (f->type, text);
  case FIELD_INT:
    half = narrow (text);
    return trimmed (half);
  case FIELD_IDNO:
    half = narrow (text);
    solid = without_spaces (half);
    return g_ascii_strup (solid, -1);
  case FIELD_CHECK:
    return g_strdup (*text != '\0' && strcmp (text, "0") != 0 ? "1" : "");
  default:
    return g_steal_pointer (&text);
  }
}

static void
copy_child (xmlNode *into, const xmlNode *from, const char *name)
{
  xmlNode *child = from != NULL ? xml_child (from, name) : NULL;

  if (child != NULL)
    xmlAddChild (into, xmlDocCopyNode (child, into->doc, 1));
}

static void
read_field (xmlNode *into, const struct form_field *f, struct bz_req *req,
            const char *param, const xmlNode *old, bool keep)
{
  const char *typed = keep ? NULL : bz_param (req, param);
  g_autofree char *value = NULL;

  if (keep || (f->lock.value != NULL && f->lock.closed == NULL)) {
    copy_child (into, old, f->dict->name);
    return;
  }
  /* The browser does not send a box that is not ticked, and no field that the
   * last page showed as closed. */
  if (typed == NULL && f->type != FIELD_CHECK) {
    copy_child (into, old, f->dict->name);
    return;
  }
  value = tidy (f, typed != NULL ? typed : "");
  xml_add (into, f->dict->name, value);
}

static int
last_row (const struct bz_req *req, const char *list)
{
  size_t n = strlen (list);
  int last = 0;

  for (unsigned i = 0; i < req->params->len; i++) {
    const struct param *p = &g_array_index (req->params, struct param, i);
    char *end;
    gint64 row;

    if (strncmp (p->name, list, n) != 0 || p->name[n] != '.')
      continue;
    row = g_ascii_strtoll (p->name + n + 1, &end, 10);
    if (*end == '.' && row > last && row <= ROWS_READ)
      last = (int) row;
  }
  return last;
}

static bool
in_table (GHashTable *closed, const char *name)
{
  return closed != NULL && g_hash_table_contains (closed, name);
}

static void
read_list (xmlNode *into, const struct form_part *part, struct bz_req *req,
           const xmlNode *old, GHashTable *closed)
{
  xmlNode *list;
  int rows;

  if (in_table (closed, part->name)) {
    copy_child (into, old, part->name);
    return;
  }
  list = xml_add (into, part->name, NULL);
  rows = last_row (req, part->name);
  for (int n = 1; n <= rows; n++) {
    const xmlNode *was = old != NULL ? row_at (old, part->name, n) : NULL;
    xmlNode *row = xml_add (list, "row", NULL);

    for (unsigned i = 0; i < part->fields->len; i++) {
      const struct form_field *f = part->fields->pdata[i];
      g_autofree char *param = g_strdup_printf ("%s.%d.%s", part->name, n,
                                                f->dict->name);

      read_field (row, f, req, param, was, in_table (closed, param));
    }
  }
}

/* What hooks have stored beside the fields stays. */
static void
keep_others (xmlNode *into, const struct form *form, const xmlNode *old)
{
  for (const xmlNode *n = old != NULL ? old->children : NULL; n != NULL;
       n = n->next) {
    const char *name = (const char *) n->name;

    if (n->type == XML_ELEMENT_NODE && form_scalar (form, name) == NULL
        && form_list (form, name) == NULL)
      copy_child (into, old, name);
  }
}

/* Empty what is closed by a condition that these values alone decide; the rest
 * waits for form_check, which has all facts. */
static void
close_field (struct sight *s, const struct form_field *f, const char *name,
             xmlNode *values, xmlNode *at)
{
  if (f->lock.closed == NULL || !lock_is_local (&f->lock)
      || in_table (s->closed, name) || !lock_holds (&f->lock, s, at)
      || !form_touched (s->form, s->values, name))
    return;
  facts_drop (values, f->dict->name);
  facts_drop (at, f->dict->name);
}

static void
close_list (struct sight *s, const struct form_part *part)
{
  xmlNode *row;

  if (in_table (s->closed, part->name))
    return;
  if (part->lock.closed != NULL && lock_is_local (&part->lock)
      && lock_holds (&part->lock, s, s->at)
      && form_touched (s->form, s->values, part->name))
    facts_drop (s->values, part->name);
  for (int n = 1; (row = row_at (s->values, part->name, n)) != NULL; n++)
    for (unsigned i = 0; i < part->fields->len; i++) {
      const struct form_field *f = part->fields->pdata[i];
      g_autofree char *name = g_strdup_printf ("%s.%d.%s", part->name, n,
                                               f->dict->name);

      close_field (s, f, name, row, row_at (s->at, part->name, n));
    }
}

static void
close_local (const struct form *form, struct bz_req *req, xmlDoc *values,
             GHashTable *closed)
{
  struct sight s;

  sight_open (&s, form, req, values, NULL, closed);
  for (unsigned i = 0; i < form->parts->len; i++) {
    const struct form_part *part = form->parts->pdata[i];

    if (part->list)
      close_list (&s, part);
    for (unsigned j = 0; !part->list && j < part->fields->len; j++) {
      const struct form_field *f = part->fields->pdata[j];

      close_field (&s, f, f->dict->name, s.values, s.at);
    }
  }
  sight_close (&s);
}

xmlDoc *
form_read (const struct form *form, struct bz_req *req, const char *root,
           xmlDoc *old, GHashTable *closed)
{
  xmlDoc *doc = xmlNewDoc (BAD_CAST "1.0");
  xmlNode *into = xmlNewDocNode (doc, NULL, BAD_CAST root, NULL);
  const xmlNode *was = old != NULL ? xmlDocGetRootElement (old) : NULL;

  xmlDocSetRootElement (doc, into);
  for (unsigned i = 0; i < form->parts->len; i++) {
    const struct form_part *part = form->parts->pdata[i];

    if (part->list) {
      read_list (into, part, req, was, closed);
      continue;
    }
    for (unsigned j = 0; j < part->fields->len; j++) {
      const struct form_field *f = part->fields->pdata[j];

      read_field (into, f, req, f->dict->name, was,
                  in_table (closed, f->dict->name));
    }
  }
  keep_others (into, form, was);
  close_local (form, req, doc, closed);
  return doc;
}

/* -- Rows and defaults. */

static void
remove_row (xmlNode *root, const char *list, int n)
{
  xmlNode *row = row_at (root, list, n);

  if (row == NULL)
    return;
  xmlUnlinkNode (row);
  xmlFreeNode (row);
}

static void
add_row (xmlNode *root, const struct form_part *part)
{
  xmlNode *list = xml_child (root, part->name);

  if (list == NULL)
    list = xml_add (root, part->name, NULL);
  if (row_at (root, part->name, part->max) == NULL)
    xml_add (list, "row", NULL);
}

bool
form_rows (const struct form *form, xmlDoc *values, const char *action)
{
  g_auto (GStrv) word = g_strsplit (action != NULL ? action : "", ":", 4);
  unsigned n = g_strv_length (word);
  xmlNode *root = xmlDocGetRootElement (values);
  const struct form_part *part;
  gint64 row;

  if (n < 2)
    return false;
  part = form_list (form, word[1]);
  if (part == NULL)
    return false;
  if (n == 2 && strcmp (word[0], "add") == 0) {
    add_row (root, part);
    return true;
  }
  if (n != 3 || strcmp (word[0], "del") != 0)
    return false;
  row = g_ascii_strtoll (word[2], NULL, 10);
  if (row >= 1 && row <= ROWS_READ)
    remove_row (root, part->name, (int) row);
  return true;
}

static void
default_field (struct sight *s, const struct form_field *f, xmlNode *values,
               xmlNode *at)
{
  g_autofree char *value = NULL;
  const struct expr *e = f->initial;

  if (xml_child (values, f->dict->name) != NULL)
    return;
  if (lock_holds (&f->lock, s, at))
    e = f->lock.value;
  if (e == NULL)
    return;
  value = expr_text (e, s->eval, at);
  if (value == NULL || *value == '\0')
    return;
  xml_add (values, f->dict->name, value);
  facts_put (at, f, value, NULL);
}

void
form_defaults (const struct form *form, xmlDoc *values, xmlDoc *facts)
{
  struct sight s;

  sight_open (&s, form, NULL, values, facts, NULL);
  for (unsigned i = 0; i < form->parts->len; i++) {
    const struct form_part *part = form->parts->pdata[i];

    for (unsigned j = 0; j < part->fields->len; j++) {
      const struct form_field *f = part->fields->pdata[j];
      xmlNode *row, *at;

      if (!part->list)
        default_field (&s, f, s.values, s.at);
      for (int n = 1;
           part->list && (row = row_at (s.values, part->name, n)) != NULL
           && (at = row_at (s.at, part->name, n)) != NULL;
           n++)
        default_field (&s, f, row, at);
    }
  }
  sight_close (&s);
}
