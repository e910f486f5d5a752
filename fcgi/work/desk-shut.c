/* What a returned case says of itself: what is shut, and what is open with a
 * field that was remarked.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <string.h>
#include "data/xml.h"
#include "work/desk-page.h"
#include "work/shut.h"

/* What can be filled in by the values as they stand. */
struct open {
  const struct bz_case *c;
  const struct form *form;
  int64_t item_id; /* 0: the head */
  char **fields;
  GArray *papers; /* struct form_paper */
};

static bool
asks_for (const struct open *o, const char *kind)
{
  for (unsigned i = 0; i < o->papers->len; i++) {
    const struct form_paper *p = &g_array_index (o->papers, struct form_paper,
                                                 i);

    if (p->asked && strcmp (p->id, kind) == 0)
      return true;
  }
  return false;
}

static void
put_title (GString *into, const char *between, const char *title)
{
  if (into->len > 0)
    g_string_append (into, between);
  g_string_append (into, title);
}

static void
say_group (struct bz_req *req, const struct open *o, const struct form_group *g)
{
  g_autoptr (GString) said = g_string_new (NULL);
  g_autoptr (GString) with = g_string_new (NULL);

  for (char **f = g->fields; *f != NULL; f++)
    if (shut_remarked (o->c, o->item_id, *f))
      put_title (said, "”“", form_field_title (o->form, *f));
    else if (g_strv_contains ((const char *const *) o->fields, *f))
      put_title (with, "、", form_field_title (o->form, *f));
  for (char **p = g->papers; *p != NULL; p++) {
    g_autofree char *name = g_strconcat ("paper.", *p, NULL);

    if (asks_for (o, *p) && !shut_remarked (o->c, o->item_id, name))
      put_title (with, "、", form_field_title (o->form, name));
  }
  if (said->len > 0 && with->len > 0)
    desk_say (req, "tell", "“%s”有退回意见，相关项目（%s）也可以修改",
              said->str, with->str);
}

int
desk_shut (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  struct open o = { .c = c,
                    .form = item != NULL ? c->business->item
                                         : c->business->head,
                    .item_id = item != NULL ? item->id : 0 };
  const GPtrArray *groups = form_groups (o.form);
  xmlDoc *facts;
  int rc;

  xml_set (desk_root (req), "shut", shut_word);
  desk_say (req, "tell", "只能修改有退回意见的项目%s，其余内容不能修改",
            groups->len > 0 ? "和与其相关的项目" : "");
  if (groups->len == 0)
    return BZ_OK;
  rc = case_facts (req, c, item, &facts);
  if (rc < 0)
    return rc;
  o.fields = form_open_names (o.form, req,
                              item != NULL ? item->values : c->head, facts,
                              item != NULL ? item->closed : NULL);
  o.papers = form_papers (o.form, facts);
  xmlFreeDoc (facts);
  for (unsigned i = 0; i < groups->len; i++)
    say_group (req, &o, groups->pdata[i]);
  g_strfreev (o.fields);
  g_array_unref (o.papers);
  return BZ_OK;
}
