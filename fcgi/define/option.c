/* What may be chosen in a code field.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "data/db.h"
#include "define/form-def.h"

#include "data/xml.h"

static void
option_free (void *data)
{
  struct option *o = data;

  g_free (o->code);
  g_free (o->name);
  g_free (o->group);
  g_free (o);
}

static void
add_option (GPtrArray *all, const char *code, const char *name,
            const char *group)
{
  struct option *o = g_new0 (struct option, 1);

  o->code = g_strdup (code);
  o->name = g_strdup (name != NULL ? name : code);
  o->group = g_strdup (group);
  g_ptr_array_add (all, o);
}

/* The heading above CODE: the nearest ancestor that is one. */
static const char *
heading (const struct code_table *table, const struct code *code)
{
  for (int depth = 0; depth < 8 && code != NULL; depth++) {
    code = code->parent != NULL && *code->parent != '\0'
           ? code_find (table->name, code->parent)
           : NULL;
    if (code != NULL && code_is_group (table, code))
      return code->name;
  }
  return NULL;
}

void
code_vars (struct eval *eval, const struct code_table *table,
           const struct code *code, const char *group)
{
  eval_var (eval, "code", code->code);
  eval_var (eval, "name", code->name);
  eval_var (eval, "group", group);
  eval_var (eval, "parent", code->parent);
  for (char **c = table->columns; c != NULL && *c != NULL; c++)
    eval_var (eval, *c, code_extra (table, code, *c));
}

static GPtrArray *
of_table (struct sight *s, const struct form_field *f, xmlNode *at, bool filter,
          const char *wanted)
{
  const struct code_table *table = code_table (f->dict->codes);
  GPtrArray *all = g_ptr_array_new_with_free_func (option_free);

  for (unsigned i = 0; table != NULL && i < table->rows->len; i++) {
    const struct code *code = table->rows->pdata[i];
    const char *group;

    if ((wanted != NULL && strcmp (code->code, wanted) != 0)
        || code_is_group (table, code))
      continue;
    group = heading (table, code);
    if (filter && f->only != NULL) {
      code_vars (s->eval, table, code, group);
      if (!expr_true (f->only, s->eval, at, false))
        continue;
    }
    add_option (all, code->code, code->name, group);
  }
  return all;
}

GPtrArray *
option_rows (struct bz_rows *rows)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (option_free);
  int got;

  while ((got = bz_db_next (rows)) > 0)
    if (bz_db_text (rows, "code") != NULL)
      add_option (all, bz_db_text (rows, "code"), bz_db_text (rows, "name"),
                  rows_has (rows, "group") ? bz_db_text (rows, "group") : NULL);
  if (got >= 0)
    return all;
  g_ptr_array_unref (all);
  return NULL;
}

/* The rows of a query about the case's unit; asked once in a look. */
static GPtrArray *
of_query (struct sight *s, const char *query)
{
  GPtrArray *all = g_hash_table_lookup (s->queried, query);
  const xmlNode *unit;
  struct bz_rows *rows;
  int64_t id = 0;

  if (all != NULL)
    return all;
  unit = xml_child (xmlDocGetRootElement (s->facts), "unit");
  if (unit != NULL && xml_attr (unit, "id") != NULL)
    id = g_ascii_strtoll (xml_attr (unit, "id"), NULL, 10);
  if (bz_db_open (s->req, &rows, query, BZ_ARGS (BZ_INT (id))) < 0)
    return NULL;
  all = option_rows (rows);
  if (all != NULL)
    g_hash_table_insert (s->queried, (char *) query, all);
  return all;
}

static GPtrArray *
filtered (struct sight *s, const struct form_field *f, xmlNode *at,
          const GPtrArray *from, const char *wanted)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (option_free);

  for (unsigned i = 0; i < from->len; i++) {
    const struct option *o = from->pdata[i];

    if (wanted != NULL && strcmp (o->code, wanted) != 0)
      continue;
    eval_var (s->eval, "code", o->code);
    eval_var (s->eval, "name", o->name);
    eval_var (s->eval, "group", o->group);
    if (expr_true (f->only, s->eval, at, false))
      add_option (all, o->code, o->name, o->group);
  }
  return all;
}

GPtrArray *
option_list (struct sight *s, const struct form_field *f, xmlNode *at,
             bool filter, const char *code)
{
  GPtrArray *all;

  if (f->options == NULL)
    return of_table (s, f, at, filter, code);
  all = of_query (s, f->options);
  if (all == NULL)
    return NULL;
  return filter && f->only != NULL ? filtered (s, f, at, all, code)
                                   : g_ptr_array_ref (all);
}

const struct option *
option_find (const GPtrArray *all, const char *code)
{
  for (unsigned i = 0; i < all->len; i++) {
    const struct option *o = all->pdata[i];

    if (strcmp (o->code, code) == 0)
      return o;
  }
  return NULL;
}

/* What VALUE of type TYPE, a code of TABLE, looks like; g_free. */
static char *
shown (enum field_type type, const char *table, const char *value)
{
  const struct code *code;

  if (type == FIELD_CHECK)
    return g_strdup (strcmp (value, "1") == 0 ? "是" : "否");
  /* Where it is stored as a date, the day is made up. */
  if (type == FIELD_MONTH && strlen (value) == strlen ("2026-03-01"))
    return g_strndup (value, strlen ("2026-03"));
  code = type == FIELD_CODE && table != NULL ? code_find (table, value) : NULL;
  return g_strdup (code != NULL ? code->name : value);
}

const char *
bz_field_shown (struct bz_req *req, const char *record, const char *field,
                const char *value)
{
  const struct dict_field *f = dict_find (record, NULL, field);
  g_autofree char *text = NULL;

  if (f == NULL || value == NULL || *value == '\0')
    return value;
  text = shown (f->type, f->codes, value);
  return req_strdup (req, text);
}

char *
value_shown (const struct form_field *f, const xmlNode *node)
{
  xmlChar *raw = node != NULL ? xmlNodeGetContent (node) : NULL;
  g_autofree char *value = g_strdup (raw != NULL ? (char *) raw : "");

  xmlFree (raw);
  if (f->type == FIELD_CODE && *value != '\0'
      && xml_attr (node, "name") != NULL)
    return g_strdup (xml_attr (node, "name"));
  return shown (f->type, f->dict->codes, value);
}
