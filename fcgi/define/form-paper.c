/* Forms: the papers that they ask for, one by one or by a code table.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "define/form-def.h"

#include "data/xml.h"

/* What ASK says now of the paper that ROW of its table, or it itself, is. */
static struct form_paper
paper_of (struct sight *s, const struct form_ask *a, const struct code *row)
{
  struct form_paper p = { .id = a->id, .title = a->title, .hint = a->hint };

  if (row != NULL) {
    p.id = row->code;
    p.title = row->name;
    p.hint = code_extra (a->table, row, "note");
    p.decides = code_extra (a->table, row, "decides");
    p.photo = g_strcmp0 (code_extra (a->table, row, "look"), "photo") == 0;
  }
  p.asked = expr_true (a->when, s->eval, s->at, true);
  p.required = p.asked && expr_demands (a->required, s->eval, s->at);
  return p;
}

static void
add_rows (struct sight *s, const struct form_ask *a, GArray *into)
{
  for (unsigned i = 0; i < a->table->rows->len; i++) {
    const struct code *row = a->table->rows->pdata[i];
    struct form_paper p;

    code_vars (s->eval, a->table, row, NULL);
    if (!expr_true (a->only, s->eval, s->at, true))
      continue;
    p = paper_of (s, a, row);
    g_array_append_val (into, p);
  }
}

static GArray *
list_papers (struct sight *s)
{
  GArray *out = g_array_new (FALSE, TRUE, sizeof (struct form_paper));

  for (unsigned i = 0; i < s->form->papers->len; i++) {
    const struct form_ask *a = s->form->papers->pdata[i];
    struct form_paper p;

    if (a->table != NULL) {
      add_rows (s, a, out);
      continue;
    }
    p = paper_of (s, a, NULL);
    g_array_append_val (out, p);
  }
  return out;
}

static bool
is_there (const struct sight *s, const char *kind)
{
  const xmlNode *list = xml_child (xmlDocGetRootElement (s->facts), "papers");
  const xmlNode *p = list != NULL ? xml_child (list, "paper") : NULL;

  while (p != NULL && g_strcmp0 (xml_attr (p, "kind"), kind) != 0)
    p = xml_next (p, "paper");
  return p != NULL;
}

void
papers_check (struct sight *s)
{
  g_autoptr (GArray) all = list_papers (s);

  for (unsigned i = 0; i < all->len; i++) {
    const struct form_paper *p = &g_array_index (all, struct form_paper, i);
    g_autofree char *field = g_strconcat ("paper.", p->id, NULL);

    if (!p->required || is_there (s, p->id))
      continue;
    (void) bz_mark (s->req, field, "请上传%s", p->title);
    s->stops++;
  }
}

GArray *
form_papers (const struct form *form, xmlDoc *facts)
{
  struct sight s;
  GArray *out;

  sight_open (&s, form, NULL, NULL, facts, NULL);
  out = list_papers (&s);
  sight_close (&s);
  return out;
}

bool
form_has_papers (const struct form *form)
{
  return form->papers->len > 0;
}

const char *
form_photo_section (const struct form *form)
{
  for (unsigned i = 0; i < form->parts->len; i++) {
    const struct form_part *part = form->parts->pdata[i];

    if (part->photo)
      return part->name;
  }
  return NULL;
}

/* The title of PAPER, of whichever table; NULL: this form does not know it. */
const char *
paper_title (const struct form *form, const char *paper)
{
  for (unsigned i = 0; i < form->papers->len; i++) {
    const struct form_ask *a = form->papers->pdata[i];
    const struct code *row;

    if (a->table == NULL && strcmp (a->id, paper) == 0)
      return a->title;
    row = a->table != NULL ? code_find (a->table->name, paper) : NULL;
    if (row != NULL)
      return row->name;
  }
  return NULL;
}
