/* Forms: fields that hang together, so that one cannot be put right without the
 * others.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "define/form-def.h"

#include "define/source.h"

void
form_group_free (void *group)
{
  struct form_group *g = group;

  g_strfreev (g->fields);
  g_strfreev (g->papers);
  g_free (g);
}

static int
check_group (const struct form *form, const struct form_group *g,
             const xmlNode *at, GError **error)
{
  for (char **f = g->fields; *f != NULL; f++)
    if (form_scalar (form, *f) == NULL && form_list (form, *f) == NULL)
      return source_fail (error, at,
                          "group names '%s', which is no field and no list of "
                          "form '%s'; correct fields=",
                          *f, form->name);
  for (char **p = g->papers; *p != NULL; p++)
    if (paper_title (form, *p) == NULL)
      return source_fail (error, at,
                          "group names the paper '%s', which form '%s' does "
                          "not ask for; correct papers=",
                          *p, form->name);
  if (g_strv_length (g->fields) + g_strv_length (g->papers) < 2)
    return source_fail (error, at,
                        "group of '%s' alone; add what hangs together with it, "
                        "or remove the group",
                        g->fields[0]);
  return 0;
}

int
form_add_groups (struct form *form, const xmlNode *root, GError **error)
{
  int rc = 0;

  for (const xmlNode *n = root->children; n != NULL && rc == 0; n = n->next) {
    const char *papers;
    struct form_group *g;

    if (n->type != XML_ELEMENT_NODE
        || strcmp ((const char *) n->name, "group") != 0)
      continue;
    papers = source_attr (n, "papers");
    g = g_new0 (struct form_group, 1);
    g_ptr_array_add (form->groups, g);
    g->fields = g_strsplit (source_attr (n, "fields"), " ", 0);
    g->papers = g_strsplit (papers != NULL ? papers : "", " ", 0);
    rc = check_group (form, g, n, error);
  }
  return rc;
}

const GPtrArray *
form_groups (const struct form *form)
{
  return form->groups;
}
