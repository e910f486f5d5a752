/* Forms: what differs between two states of the same values.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "define/form-def.h"

#include "data/xml.h"

char **
form_names (const struct form *form)
{
  GPtrArray *names = g_ptr_array_new ();

  for (unsigned i = 0; i < form->parts->len; i++) {
    const struct form_part *part = form->parts->pdata[i];

    if (part->list)
      g_ptr_array_add (names, g_strdup (part->name));
    for (unsigned j = 0; !part->list && j < part->fields->len; j++) {
      const struct form_field *f = part->fields->pdata[j];

      g_ptr_array_add (names, g_strdup (f->dict->name));
    }
  }
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}

/* The lock of a field in no list, or of a list. */
static const struct form_lock *
lock_of (const struct form *form, const char *name)
{
  const struct form_part *list = form_list (form, name);

  return list != NULL ? &list->lock : &form_scalar (form, name)->lock;
}

char **
form_open_names (const struct form *form, struct bz_req *req, xmlDoc *values,
                 xmlDoc *facts, GHashTable *closed)
{
  g_auto (GStrv) all = form_names (form);
  GPtrArray *names = g_ptr_array_new ();
  struct sight s;

  sight_open (&s, form, req, values, facts, closed);
  for (char **name = all; *name != NULL; name++)
    if ((closed == NULL || !g_hash_table_contains (closed, *name))
        && !lock_holds (lock_of (form, *name), &s, s.at))
      g_ptr_array_add (names, g_strdup (*name));
  sight_close (&s);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}

/* What the eye sees of a field under PARENT; g_free. */
static char *
shown_of (const struct form_field *f, const xmlNode *parent)
{
  const xmlNode *node = parent != NULL ? xml_child (parent, f->dict->name)
                                       : NULL;
  char *text = node != NULL ? value_shown (f, node) : NULL;

  return text != NULL ? text : g_strdup ("");
}

/* A row in one line: what its fields show. */
static char *
row_shown (const struct form_part *part, const xmlNode *row)
{
  GString *out = g_string_new (NULL);

  for (unsigned i = 0; row != NULL && i < part->fields->len; i++) {
    g_autofree char *text = shown_of (part->fields->pdata[i], row);

    if (*text != '\0')
      g_string_append_printf (out, "%s%s", out->len > 0 ? "，" : "", text);
  }
  return g_string_free (out, FALSE);
}

/* 1: it differs and is a <d> of INTO; 0: the same, *SAME counts it unless it
 * is empty. */
static int
compare (xmlNode *into, const char *id, const char *title, const char *was,
         const char *now, int *same)
{
  xmlNode *d;

  if (strcmp (was, now) == 0) {
    *same += *now != '\0';
    return 0;
  }
  d = xml_add (into, "d", NULL);
  xml_set (d, "f", id);
  xml_set (d, "t", title);
  xml_set (d, "old", was);
  xml_set (d, "new", now);
  return 1;
}

static int
compare_list (xmlNode *into, const struct form_part *part, const xmlNode *was,
              const xmlNode *now, int *same)
{
  int changed = 0;

  for (int n = 1;; n++) {
    xmlNode *before = row_at (was, part->name, n);
    xmlNode *after = row_at (now, part->name, n);
    g_autofree char *old = row_shown (part, before);
    g_autofree char *new = row_shown (part, after);
    g_autofree char *id = g_strdup_printf ("%s.%d", part->name, n);
    g_autofree char *title = g_strdup_printf ("%s第 %d 行", part->title, n);

    if (before == NULL && after == NULL)
      return changed;
    changed += compare (into, id, title, old, new, same);
  }
}

int
form_changes (const struct form *form, xmlDoc *was, xmlDoc *now, xmlNode *into)
{
  const xmlNode *before = xmlDocGetRootElement (was);
  const xmlNode *after = xmlDocGetRootElement (now);
  g_autofree char *text = NULL;
  int changed = 0, same = 0;

  for (unsigned i = 0; i < form->parts->len; i++) {
    const struct form_part *part = form->parts->pdata[i];

    if (part->list)
      changed += compare_list (into, part, before, after, &same);
    for (unsigned j = 0; !part->list && j < part->fields->len; j++) {
      const struct form_field *f = part->fields->pdata[j];
      g_autofree char *old = shown_of (f, before);
      g_autofree char *new = shown_of (f, after);

      changed += compare (into, f->dict->name, f->title, old, new, &same);
    }
  }
  text = g_strdup_printf ("%d", same);
  xml_set (into, "same", text);
  return changed;
}

/* -- What an application changes of what is there. */

xmlNode *
form_before (const xmlNode *values)
{
  return values != NULL ? xml_child (values, "before") : NULL;
}

/* The rows of a list, one after another; those in which nothing stands are none. */
static char *
flat_list (const struct form_part *part, const xmlNode *root)
{
  GString *all = g_string_new (NULL);
  const xmlNode *row;

  for (int n = 1; (row = row_at (root, part->name, n)) != NULL; n++) {
    gsize from = all->len;
    bool any = false;

    for (unsigned i = 0; i < part->fields->len; i++) {
      const struct form_field *f = part->fields->pdata[i];
      const char *value = value_of (row, f->dict->name);

      if (f->type == FIELD_CHECK && strcmp (value, "1") != 0)
        value = "";
      any |= *value != '\0';
      g_string_append_printf (all, "%s\x1f", value);
    }
    if (any)
      g_string_append_c (all, '\x1e');
    else
      g_string_truncate (all, from);
  }
  return g_string_free (all, FALSE);
}

bool
form_differs (const struct form *form, const xmlNode *a, const xmlNode *b,
              const char *name)
{
  const struct form_part *list = form_list (form, name);
  g_autofree char *one = NULL, *other = NULL;

  if (list == NULL)
    return strcmp (value_of (a, name), value_of (b, name)) != 0;
  one = flat_list (list, a);
  other = flat_list (list, b);
  return strcmp (one, other) != 0;
}

bool
form_mates (const struct form *form, const char *a, const char *b)
{
  if (strcmp (a, b) == 0)
    return true;
  for (unsigned i = 0; i < form->groups->len; i++) {
    const struct form_group *g = form->groups->pdata[i];
    const char *const *fields = (const char *const *) g->fields;

    if (g_strv_contains (fields, a) && g_strv_contains (fields, b))
      return true;
  }
  return false;
}

bool
form_touched (const struct form *form, const xmlNode *values, const char *name)
{
  g_autofree char *whole = g_strndup (name, strcspn (name, "."));
  const xmlNode *before = form_before (values);
  g_auto (GStrv) all = NULL;

  if (before == NULL)
    return true;
  all = form_names (form);
  for (char **n = all; *n != NULL; n++)
    if (form_mates (form, whole, *n) && form_differs (form, before, values, *n))
      return true;
  return false;
}

static char *
list_shown (const struct form_part *part, const xmlNode *root)
{
  GString *all = g_string_new (NULL);
  const xmlNode *row;

  for (int n = 1; (row = row_at (root, part->name, n)) != NULL; n++) {
    g_autofree char *text = row_shown (part, row);

    if (*text != '\0')
      g_string_append_printf (all, "%s%s", all->len > 0 ? "；" : "", text);
  }
  return g_string_free (all, FALSE);
}

static void
diff_free (void *data)
{
  struct form_diff *d = data;

  g_free (d->was);
  g_free (d->now);
  g_free (d->was_text);
  g_free (d->now_text);
  g_free (d);
}

static struct form_diff *
diff_of_list (const struct form_part *part, const xmlNode *was,
              const xmlNode *now)
{
  struct form_diff *d = g_new0 (struct form_diff, 1);

  d->name = part->name;
  d->title = part->title;
  d->was_text = list_shown (part, was);
  d->now_text = list_shown (part, now);
  return d;
}

static struct form_diff *
diff_of_field (const struct form_field *f, const xmlNode *was,
               const xmlNode *now)
{
  struct form_diff *d = g_new0 (struct form_diff, 1);

  d->name = f->dict->name;
  d->title = f->title;
  d->was = g_strdup (value_of (was, d->name));
  d->now = g_strdup (value_of (now, d->name));
  d->was_text = shown_of (f, was);
  d->now_text = shown_of (f, now);
  return d;
}

GPtrArray *
form_diff (const struct form *form, const xmlNode *was, const xmlNode *now)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (diff_free);

  for (unsigned i = 0; i < form->parts->len; i++) {
    const struct form_part *part = form->parts->pdata[i];

    if (part->list && form_differs (form, was, now, part->name))
      g_ptr_array_add (all, diff_of_list (part, was, now));
    for (unsigned j = 0; !part->list && j < part->fields->len; j++) {
      const struct form_field *f = part->fields->pdata[j];

      if (form_differs (form, was, now, f->dict->name))
        g_ptr_array_add (all, diff_of_field (f, was, now));
    }
  }
  return all;
}
