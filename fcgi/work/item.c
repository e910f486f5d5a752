/* An item: one person (or other subject) of a case.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <stdarg.h>
#include <string.h>
#include "data/xml.h"
#include "work/case.h"

enum { ITEM_LABEL_MAX = 100, ITEM_KEY_MAX = 64 };

static xmlDoc *
item_doc (struct bz_req *req, const char *body)
{
  xmlDoc *doc = body != NULL ? xml_parse (body, -1, NULL) : NULL;

  if (doc == NULL && body == NULL) {
    doc = xmlNewDoc (BAD_CAST "1.0");
    xmlDocSetRootElement (doc, xmlNewNode (NULL, BAD_CAST "item"));
  }
  if (doc != NULL)
    req_own (req, doc, (GDestroyNotify) xmlFreeDoc);
  return doc;
}

static struct bz_item *
item_make (struct bz_req *req, struct bz_case *c)
{
  struct bz_item *item = bz_alloc (req, sizeof *item);

  item->of = c;
  item->state = "draft";
  item->label = item->key = "";
  item->closed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        g_free);
  req_own (req, item->closed, (GDestroyNotify) g_hash_table_unref);
  item->says = g_ptr_array_new_with_free_func (g_free);
  req_own (req, item->says, (GDestroyNotify) g_ptr_array_unref);
  item->coming = g_ptr_array_new_with_free_func (g_free);
  req_own (req, item->coming, (GDestroyNotify) g_ptr_array_unref);
  return item;
}

struct bz_item *
item_beside (struct bz_req *req, struct bz_case *c)
{
  struct bz_item *item = item_make (req, c);

  item->values = item_doc (req, NULL);
  return item;
}

struct bz_item *
item_new (struct bz_req *req, struct bz_case *c)
{
  struct bz_item *item = item_make (req, c);
  const struct bz_item *last = c->items->len > 0
                               ? c->items->pdata[c->items->len - 1]
                               : NULL;

  item->seq = last != NULL ? last->seq + 1 : 1;
  item->values = item_doc (req, NULL);
  g_ptr_array_add (c->items, item);
  return item;
}

/* "field TAB reason" a line, as bz_item.closed keeps it. */
static void
closed_read (GHashTable *closed, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);

  for (char **l = lines; *l != NULL; l++) {
    char *tab = strchr (*l, '\t');

    if (tab != NULL && tab > *l)
      g_hash_table_replace (closed, g_strndup (*l, (gsize) (tab - *l)),
                            g_strdup (tab + 1));
  }
}

static char *
closed_text (GHashTable *closed)
{
  GString *out = g_string_new (NULL);
  GList *names = g_list_sort (g_hash_table_get_keys (closed),
                              (GCompareFunc) strcmp);

  for (GList *n = names; n != NULL; n = n->next)
    g_string_append_printf (out, "%s\t%s\n", (const char *) n->data,
                            (const char *) g_hash_table_lookup (closed,
                                                                n->data));
  g_list_free (names);
  return g_string_free (out, FALSE);
}

int
item_from_row (struct bz_req *req, struct bz_case *c, struct bz_rows *rows)
{
  struct bz_item *item = item_make (req, c);

  item->id = bz_db_int (rows, "id");
  item->seq = (int) bz_db_int (rows, "seq");
  item->version = (int) bz_db_int (rows, "version");
  item->subject_id = bz_db_int (rows, "subject_id");
  item->label = bz_db_text (rows, "label");
  item->key = bz_db_text (rows, "subject_key");
  item->state = bz_db_text (rows, "state");
  item->undone_by = bz_db_int (rows, "undone_by");
  item->undone_sheet = bz_db_int (rows, "undone_sheet");
  item->values = item_doc (req, bz_db_text (rows, "body"));
  if (item->values == NULL || item->state == NULL)
    return bz_fail (req, BZ_FAILED,
                    "申请单 %s 中有一%s的内容无法读取，请联系编办", c->number,
                    c->business->item_word);
  closed_read (item->closed, bz_db_text (rows, "closed"));
  g_ptr_array_add (c->items, item);
  return BZ_OK;
}

/* The first MAX characters of a field, without blanks around. */
static const char *
item_short (struct bz_req *req, const struct bz_item *item, const char *field,
            long max)
{
  const char *value = field != NULL ? form_shown (item->of->business->item, req,
                                                  item->values, field)
                                    : "";
  g_autofree char *text = g_strstrip (g_strdup (value));
  g_autofree char *shorter = NULL;

  if (g_utf8_strlen (text, -1) <= max)
    return req_strdup (req, text);
  shorter = g_utf8_substring (text, 0, max);
  return req_strdup (req, shorter);
}

void
item_name (struct bz_req *req, struct bz_item *item)
{
  const struct business *b = item->of->business;

  item->label = item_short (req, item, b->label, ITEM_LABEL_MAX);
  item->key = item_short (req, item, b->key, ITEM_KEY_MAX);
  if (*item->label == '\0')
    item->label = bz_format (req, "（未填%s）",
                             form_field_title (b->item, b->label));
}

bool
item_stopped (const struct bz_item *item)
{
  for (unsigned i = 0; i < item->says->len; i++)
    if (g_str_has_prefix (item->says->pdata[i], "stop\t"))
      return true;
  return false;
}

static int
item_insert (struct bz_req *req, struct bz_item *item, const char *body,
             const char *closed)
{
  const struct bz_arg none = BZ_NULL, subject = BZ_INT (item->subject_id);
  int64_t changed
    = bz_db_exec (req, "bz.item_insert",
                  BZ_ARGS (BZ_INT (item->of->id), BZ_INT (item->seq),
                           BZ_STR (item->label), BZ_STR (item->key),
                           item->subject_id != 0 ? subject : none,
                           BZ_STR (item->state), BZ_STR (body), BZ_STR (closed),
                           BZ_STR (bz_now (req))));

  if (changed < 0)
    return (int) changed;
  item->id = bz_db_last_id (req);
  item->version = 1;
  return BZ_OK;
}

static int
item_update (struct bz_req *req, struct bz_item *item, const char *body,
             const char *closed)
{
  const struct bz_arg none = BZ_NULL, subject = BZ_INT (item->subject_id);
  int64_t changed = bz_db_exec (req, "bz.item_update",
                                BZ_ARGS (BZ_STR (item->label),
                                         BZ_STR (item->key),
                                         item->subject_id != 0 ? subject : none,
                                         BZ_STR (item->state), BZ_STR (body),
                                         BZ_STR (closed), BZ_INT (item->id),
                                         BZ_INT (item->version)));

  if (changed < 0)
    return (int) changed;
  if (changed != 1)
    return bz_fail (req, BZ_CONFLICT,
                    "这一%s的内容刚刚被修改过，请重新打开后再办理",
                    item->of->business->item_word);
  item->version++;
  return BZ_OK;
}

int
item_store (struct bz_req *req, struct bz_item *item)
{
  g_autofree char *body = xml_dump (xmlDocGetRootElement (item->values));
  g_autofree char *closed = closed_text (item->closed);

  return item->id == 0 ? item_insert (req, item, body, closed)
                       : item_update (req, item, body, closed);
}

int
item_remove (struct bz_req *req, struct bz_item *item)
{
  int64_t changed = bz_db_exec (req, "bz.item_delete",
                                BZ_ARGS (BZ_INT (item->id),
                                         BZ_INT (item->of->id)));

  if (changed < 0)
    return (int) changed;
  (void) g_ptr_array_remove (item->of->items, item);
  return BZ_OK;
}

/* -- plugin.h. */

int64_t
bz_item_id (const struct bz_item *item)
{
  return item->id;
}

const char *
bz_item_get (const struct bz_item *item, const char *field)
{
  return xml_child_text (xmlDocGetRootElement (item->values), field);
}

int
bz_item_has (const struct bz_item *item, const char *field)
{
  return form_has_field (item->of->business->item, field);
}

int64_t
bz_item_int (const struct bz_item *item, const char *field)
{
  const char *value = bz_item_get (item, field);

  return value != NULL ? g_ascii_strtoll (value, NULL, 10) : 0;
}

static void
node_put (xmlNode *parent, const char *name, const char *value)
{
  xmlNode *old = xml_child (parent, name);

  if (old != NULL) {
    xmlUnlinkNode (old);
    xmlFreeNode (old);
  }
  if (value != NULL && *value != '\0')
    (void) xml_add (parent, name, value);
}

void
bz_item_set (struct bz_item *item, const char *field, const char *value)
{
  node_put (xmlDocGetRootElement (item->values), field, value);
}

void
bz_item_close (struct bz_item *item, const char *field, const char *why)
{
  char *line;

  if (why == NULL) {
    g_hash_table_remove (item->closed, field);
    return;
  }
  line = g_strdelimit (g_strdup (why), "\t\n", ' ');
  g_hash_table_replace (item->closed, g_strdup (field), line);
}

static xmlNode *
list_row (const struct bz_item *item, const char *list, size_t n)
{
  xmlNode *at = xml_child (xmlDocGetRootElement (item->values), list);
  xmlNode *row = at != NULL ? xml_child (at, "row") : NULL;

  while (row != NULL && n-- > 0)
    row = xml_next (row, "row");
  return row;
}

size_t
bz_item_rows (const struct bz_item *item, const char *list)
{
  xmlNode *row = list_row (item, list, 0);
  size_t n = 0;

  for (; row != NULL; row = xml_next (row, "row"))
    n++;
  return n;
}

const char *
bz_item_row_get (const struct bz_item *item, const char *list, size_t row,
                 const char *field)
{
  xmlNode *at = list_row (item, list, row);

  return at != NULL ? xml_child_text (at, field) : NULL;
}

void
bz_item_row_set (struct bz_item *item, const char *list, size_t row,
                 const char *field, const char *value)
{
  xmlNode *root = xmlDocGetRootElement (item->values);
  xmlNode *at = xml_child (root, list);

  if (at == NULL)
    at = xml_add (root, list, NULL);
  while (bz_item_rows (item, list) <= row)
    (void) xml_add (at, "row", NULL);
  node_put (list_row (item, list, row), field, value);
}

void
bz_item_call (struct bz_item *item, const char *list, size_t row,
              const char *field, const char *shown)
{
  xmlNode *at = list != NULL ? list_row (item, list, row)
                             : xmlDocGetRootElement (item->values);
  xmlNode *n = at != NULL ? xml_child (at, field) : NULL;

  if (n != NULL)
    xml_set (n, "name", shown);
}

int64_t
bz_item_subject (const struct bz_item *item)
{
  return item->subject_id;
}

void
bz_item_set_subject (struct bz_item *item, int64_t subject_id)
{
  item->subject_id = subject_id;
}

void
bz_item_say (struct bz_item *item, const char *kind, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_ptr_array_add (item->says, g_strdup_printf ("%s\t%s", kind, text));
}
