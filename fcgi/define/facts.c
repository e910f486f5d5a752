/* The facts document: values with dates as numbers and codes with their names.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "define/form-def.h"

#include "data/xml.h"
#include "define/date.h"

static void
set_int (xmlNode *node, const char *name, int value)
{
  g_autofree char *text = g_strdup_printf ("%d", value);

  xml_set (node, name, text);
}

static void
put_date (xmlNode *node, const char *value)
{
  struct date_number n;

  if (date_number (value, &n) < 0)
    return;
  set_int (node, "ymd", n.ymd);
  set_int (node, "days", n.days);
  set_int (node, "months", n.months);
  if (strlen (value) < 10)
    xml_set (node, "precision", "month");
}

/* Where a row comes from and how sure it is says nothing about a person. */
static bool
of_use (const char *column)
{
  static const char *const not [] = { "code",      "name", "order", "source",
                                      "certainty", "note", NULL };

  return !g_strv_contains (not, column)
      && xmlValidateNCName (BAD_CAST column, 0) == 0;
}

static void
put_code (xmlNode *node, const char *table_name, const char *value)
{
  const struct code_table *table = code_table (table_name);
  const struct code *code = code_find (table_name, value);

  if (table == NULL || code == NULL)
    return;
  xml_set (node, "name", code->name);
  if (code->parent != NULL && *code->parent != '\0')
    xml_set (node, "parent", code->parent);
  for (char **c = table->columns; c != NULL && *c != NULL; c++) {
    const char *extra = of_use (*c) ? code_extra (table, code, *c) : NULL;

    if (extra != NULL && *extra != '\0')
      xml_set (node, *c, extra);
  }
}

void
facts_drop (xmlNode *parent, const char *name)
{
  xmlNode *old = parent != NULL ? xml_child (parent, name) : NULL;

  if (old == NULL)
    return;
  xmlUnlinkNode (old);
  xmlFreeNode (old);
}

void
facts_put (xmlNode *into, const struct form_field *f, const char *value,
           const char *shown)
{
  xmlNode *node;

  facts_drop (into, f->dict->name);
  if (value == NULL || *value == '\0')
    return;
  node = xml_add (into, f->dict->name, value);
  if (f->type == FIELD_DATE || f->type == FIELD_MONTH)
    put_date (node, value);
  else if (f->type == FIELD_CODE && f->dict->codes != NULL)
    put_code (node, f->dict->codes, value);
  if (shown != NULL)
    xml_set (node, "name", shown);
}

static void
put_fields (xmlNode *into, const struct form_part *part, const xmlNode *from)
{
  for (unsigned i = 0; i < part->fields->len; i++) {
    const struct form_field *f = part->fields->pdata[i];
    const xmlNode *value = xml_child (from, f->dict->name);

    if (value != NULL)
      facts_put (into, f, value_of (from, f->dict->name),
                 xml_attr (value, "name"));
  }
}

static void
put_list (xmlNode *into, const struct form_part *part, const xmlNode *from)
{
  xmlNode *list = xml_add (into, part->name, NULL);
  int count = 0;

  for (xmlNode *row; (row = row_at (from, part->name, count + 1)) != NULL;
       count++)
    put_fields (xml_add (list, "row", NULL), part, row);
  set_int (list, "count", count);
}

/* What a hook has set beside the form's fields is a fact, too. */
static void
put_others (xmlNode *into, const struct form *form, const xmlNode *from)
{
  for (const xmlNode *n = from->children; n != NULL; n = n->next) {
    const char *name = (const char *) n->name;

    if (n->type != XML_ELEMENT_NODE || form_scalar (form, name) != NULL
        || form_list (form, name) != NULL || n == form_before (from))
      continue;
    if (*value_of (from, name) != '\0')
      xml_add (into, name, value_of (from, name));
  }
}

static void
put_values (xmlNode *facts, const char *root, const struct form *form,
            const xmlNode *from)
{
  xmlNode *into = xml_add (facts, root, NULL);

  if (form == NULL || from == NULL)
    return;
  for (unsigned i = 0; i < form->parts->len; i++) {
    const struct form_part *part = form->parts->pdata[i];

    if (part->list)
      put_list (into, part, from);
    else
      put_fields (into, part, from);
  }
  put_others (into, form, from);
}

/* What VALUES began as, and what they change of it. */
static void
put_before (xmlNode *facts, const struct form *form, const xmlNode *values)
{
  const xmlNode *before = form_before (values);
  g_auto (GStrv) names = NULL;
  xmlNode *changed;

  if (form == NULL || before == NULL)
    return;
  put_values (facts, "before", form, before);
  changed = xml_add (facts, "changed", NULL);
  names = form_names (form);
  for (char **n = names; *n != NULL; n++)
    if (form_differs (form, before, values, *n))
      (void) xml_add (changed, *n, NULL);
}

/* <codes table="..."> with a <row> for each code of the tables that FORM looks
 * things up in. */
static void
put_tables (xmlNode *facts, const struct form *form)
{
  for (unsigned i = 0; form != NULL && i < form->codes->len; i++) {
    const struct code_table *table = code_table (form->codes->pdata[i]);
    xmlNode *into = xml_add (facts, "codes", NULL);

    xml_set (into, "table", table->name);
    for (unsigned j = 0; j < table->rows->len; j++) {
      const struct code *code = table->rows->pdata[j];
      xmlNode *row = xml_add (into, "row", NULL);

      xml_set (row, "code", code->code);
      put_code (row, table->name, code->code);
    }
  }
}

void
form_fact_day (xmlDoc *facts, const char *name, const char *day)
{
  put_date (xml_add (xmlDocGetRootElement (facts), name, day), day);
}

xmlDoc *
form_facts (struct bz_req *req, xmlDoc *head, xmlDoc *item,
            const struct form *head_form, const struct form *item_form,
            const char *const *papers)
{
  xmlDoc *doc = xmlNewDoc (BAD_CAST "1.0");
  xmlNode *facts = xmlNewDocNode (doc, NULL, BAD_CAST "facts", NULL);
  xmlNode *list;

  xmlDocSetRootElement (doc, facts);
  put_date (xml_add (facts, "today", bz_today (req)), bz_today (req));
  put_values (facts, "head", head_form,
              head != NULL ? xmlDocGetRootElement (head) : NULL);
  put_values (facts, "item", item_form,
              item != NULL ? xmlDocGetRootElement (item) : NULL);
  put_before (facts, item_form,
              item != NULL ? xmlDocGetRootElement (item) : NULL);
  put_tables (facts, head_form);
  put_tables (facts, item_form);
  list = xml_add (facts, "papers", NULL);
  for (; papers != NULL && *papers != NULL; papers++)
    xml_set (xml_add (list, "paper", NULL), "kind", *papers);
  return doc;
}
