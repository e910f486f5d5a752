/* 归档材料 (HY-22): every paper of a closed case, whatever its forms ask for
 * today.  They stay: only a case under way gives papers away.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <string.h>
#include "data/xml.h"
#include "work/desk-page.h"

/* What a paper is called, and whose it is; ITEM NULL: the head's. */
static const char *
paper_title (struct bz_req *req, const struct bz_case *c,
             const struct bz_item *item, const char *kind)
{
  const struct form *form = item != NULL ? c->business->item
                                         : c->business->head;
  const char *title = form_field_title (form,
                                        bz_format (req, "paper.%s", kind));

  if (title == NULL)
    title = kind;
  return item != NULL ? bz_format (req, "%s：%s", item->label, title) : title;
}

static void
file_add (struct bz_req *req, const struct bz_case *c, const xmlNode *p,
          xmlNode *x)
{
  const char *id = xml_child_text (p, "id"), *type = xml_child_text (p, "type");
  const char *part = type != NULL ? strrchr (type, '/') : NULL;
  g_autofree char *upper = g_ascii_strup (part != NULL ? part + 1 : "", -1);
  xmlNode *file = xml_add (x, "file", NULL);

  xml_set (file, "id", id);
  xml_set (file, "name", xml_child_text (p, "file_name"));
  xml_set (file, "size", desk_paper_size (req, p));
  xml_set (file, "type", upper);
  xml_set (file, "href",
           bz_href (req, "%s", desk_path (req, c, "/paper/%s", id)));
}

/* The files of one paper stand together, whenever each came; the same file is
 * there once.  The count of those of ITEM, NULL: of nobody who is there. */
static unsigned
add_files (struct bz_req *req, const struct bz_case *c,
           const struct bz_item *item, xmlDoc *papers, xmlNode *list)
{
  g_autoptr (GHashTable) kinds = g_hash_table_new (g_str_hash, g_str_equal);
  unsigned n = 0;

  for (const xmlNode *p = xml_child (xmlDocGetRootElement (papers), "paper");
       p != NULL; p = xml_next (p, "paper")) {
    const char *kind = xml_child_text (p, "kind");
    xmlNode *x;

    if (case_find_item (c, paper_item (p)) != item
        || xml_child_text (p, "again") != NULL)
      continue;
    x = g_hash_table_lookup (kinds, kind);
    if (x == NULL) {
      x = xml_add (list, "x", NULL);
      xml_set (x, "id", kind);
      xml_set (x, "t", paper_title (req, c, item, kind));
      g_hash_table_insert (kinds, (char *) kind, x);
    }
    file_add (req, c, p, x);
    n++;
  }
  return n;
}

int
archive_section (struct bz_req *req, struct bz_case *c, xmlNode *into)
{
  xmlNode *section, *list;
  xmlDoc *papers;
  unsigned n;
  int rc = case_papers (req, c, &papers);

  if (rc < 0)
    return rc;
  section = xml_add (into, "section", NULL);
  xml_set (section, "id", "papers");
  xml_set (section, "t", "归档材料");
  xml_set (section, "short", "归档材料");
  list = xml_add (section, "filelist", NULL);
  xml_set (list, "ro", "1");
  n = add_files (req, c, NULL, papers, list);
  for (unsigned i = 0; i < c->items->len; i++)
    n += add_files (req, c, c->items->pdata[i], papers, list);
  xml_set (section, "note",
           bz_format (req, "共 %u 件，由审批部门存档，不能再更改", n));
  return BZ_OK;
}
