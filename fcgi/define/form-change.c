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
