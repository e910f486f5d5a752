/* Values and facts of one form, looked at together.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "define/form-def.h"

#include "data/xml.h"

static void
unref_array (void *a)
{
  g_ptr_array_unref (a);
}

void
sight_open (struct sight *s, const struct form *form, struct bz_req *req,
            xmlDoc *values, xmlDoc *facts, GHashTable *closed)
{
  bool head = strcmp (form->root, "head") == 0;

  *s = (struct sight){
    .form = form,
    .req = req,
    .facts = facts,
    .closed = closed,
    .values = values != NULL ? xmlDocGetRootElement (values) : NULL,
    .queried = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                      unref_array),
  };
  if (facts == NULL)
    s->facts = s->own_facts = form_facts (req, head ? values : NULL,
                                          head ? NULL : values,
                                          head ? form : NULL,
                                          head ? NULL : form, NULL);
  s->eval = eval_new (s->facts);
  s->at = xml_child (xmlDocGetRootElement (s->facts), form->root);
  if (s->at == NULL)
    s->at = xml_add (xmlDocGetRootElement (s->facts), form->root, NULL);
}

void
sight_close (struct sight *s)
{
  eval_free (s->eval);
  g_hash_table_unref (s->queried);
  if (s->own_facts != NULL)
    xmlFreeDoc (s->own_facts);
}

xmlNode *
row_at (const xmlNode *root, const char *list, int n)
{
  xmlNode *in = root != NULL ? xml_child (root, list) : NULL;
  xmlNode *row = in != NULL ? xml_child (in, "row") : NULL;

  while (row != NULL && --n > 0)
    row = xml_next (row, "row");
  return n <= 0 ? row : NULL;
}

const char *
value_of (const xmlNode *parent, const char *name)
{
  const char *text = parent != NULL ? xml_child_text (parent, name) : NULL;

  return text != NULL ? text : "";
}

bool
lock_holds (const struct form_lock *lock, struct sight *s, xmlNode *at)
{
  if (lock->closed == NULL)
    return lock->value != NULL;
  return expr_true (lock->closed, s->eval, at, false);
}

bool
lock_is_local (const struct form_lock *lock)
{
  return (lock->closed == NULL || expr_is_local (lock->closed))
      && (lock->value == NULL || expr_is_local (lock->value));
}
