/* The dictionary: loading and looking up.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "define/dict.h"

#include "data/xml.h"
#include "define/code.h"
#include "define/source.h"

static GHashTable *fields; /* "record/list/field" -> dict_field */

/* A field of a record with of=, in the order of packs and files. */
struct kept {
  char *of, *record_title;
  const struct dict_field *field;
};
static GPtrArray *kept; /* struct kept */

static void
kept_free (void *data)
{
  struct kept *k = data;

  g_free (k->of);
  g_free (k->record_title);
  g_free (k);
}

static void
field_free (void *data)
{
  struct dict_field *f = data;

  g_free (f->record);
  g_free (f->list);
  g_free (f->name);
  g_free (f->title);
  g_free (f->column);
  g_free (f->codes);
  g_free (f);
}

static char *
key_of (const char *record, const char *list, const char *field)
{
  return g_strdup_printf ("%s/%s/%s", record, list != NULL ? list : "", field);
}

static enum field_type
type_of (const char *word)
{
  static const char *const words[] = {
    [FIELD_TEXT] = "text",   [FIELD_AREA] = "area", [FIELD_DATE] = "date",
    [FIELD_MONTH] = "month", [FIELD_CODE] = "code", [FIELD_CHECK] = "check",
    [FIELD_INT] = "int",     [FIELD_IDNO] = "idno",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i], word) == 0)
      return (enum field_type) i;
  return FIELD_TEXT; /* the schema allows no other word */
}

static int
add_field (const xmlNode *at, const char *record, const char *list,
           GError **error)
{
  const char *name = source_attr (at, "name");
  g_autofree char *key = key_of (record, list, name);
  struct dict_field *f;

  if (g_hash_table_contains (fields, key))
    return source_fail (error, at,
                        "field '%s' of record '%s' is declared twice; remove "
                        "one of them",
                        name, record);
  f = g_new0 (struct dict_field, 1);
  f->record = g_strdup (record);
  f->list = g_strdup (list);
  f->name = g_strdup (name);
  f->title = g_strdup (source_attr (at, "title"));
  f->column = g_strdup (source_attr (at, "column"));
  f->codes = g_strdup (source_attr (at, "code"));
  f->type = type_of (source_attr (at, "type"));
  f->privacy = source_int (at, "class", 1);
  f->max = source_int (at, "max", 0);
  f->listed = source_yes (at, "list");
  f->sought = source_yes (at, "find");
  g_hash_table_insert (fields, g_steal_pointer (&key), f);
  if (f->codes != NULL && f->type != FIELD_CODE)
    return source_fail (error, at,
                        "field '%s' names the code table '%s' but is not of "
                        "type code; change type or remove code",
                        name, f->codes);
  if (f->codes != NULL && code_table (f->codes) == NULL)
    return source_fail (error, at,
                        "unknown code table '%s'; there is no "
                        "codes/%s.csv",
                        f->codes, f->codes);
  return 0;
}

static int
add_list (const xmlNode *at, const char *record, GError **error)
{
  const char *list = source_attr (at, "name");
  g_autofree char *same = key_of (record, NULL, list);
  int rc = 0;

  if (g_hash_table_contains (fields, same))
    return source_fail (error, at,
                        "list '%s' has the name of a field of record '%s'; "
                        "choose another",
                        list, record);
  for (const xmlNode *f = xml_child (at, "field"); f != NULL && rc == 0;
       f = xml_next (f, "field"))
    rc = add_field (f, record, list, error);
  return rc;
}

static void
keep_field (const xmlNode *at, const xmlNode *field)
{
  struct kept *k;

  if (source_attr (at, "of") == NULL)
    return;
  k = g_new0 (struct kept, 1);
  k->of = g_strdup (source_attr (at, "of"));
  k->record_title = g_strdup (source_attr (at, "title"));
  k->field = dict_find (source_attr (at, "name"), NULL,
                        source_attr (field, "name"));
  g_ptr_array_add (kept, k);
}

static unsigned
sought_count (void)
{
  unsigned n = 0;

  for (unsigned i = 0; i < kept->len; i++)
    n += ((const struct kept *) kept->pdata[i])->field->sought;
  return n;
}

/* In lists of persons. */
static int
check_shown (const xmlNode *at, const xmlNode *field, GError **error)
{
  bool listed = source_yes (field, "list"), sought = source_yes (field, "find");
  const char *name = source_attr (field, "name");

  if ((listed || sought) && source_attr (at, "of") == NULL)
    return source_fail (error, field,
                        "field '%s' is not kept of a person and is in no list "
                        "of persons; write of=\"person\" at its record, or "
                        "remove list= and find=",
                        name);
  if (listed && source_int (field, "class", 1) >= 3)
    return source_fail (error, field,
                        "field '%s' is of class 3, which no list shows; remove "
                        "list=",
                        name);
  if (sought && g_strcmp0 (source_attr (field, "type"), "code") != 0)
    return source_fail (error, field,
                        "field '%s' is not of type code, of which alone lists "
                        "have a filter; remove find=",
                        name);
  if (sought && sought_count () >= DICT_SOUGHT)
    return source_fail (error, field,
                        "field '%s' would be filter %d of the lists of "
                        "persons, which have %d at most; remove one find=",
                        name, DICT_SOUGHT + 1, DICT_SOUGHT);
  return 0;
}

/* What is kept by its name has the name of its pack, lest two packs share it. */
static int
check_kept (const xmlNode *at, const xmlNode *field, const char *pack,
            GError **error)
{
  if (check_shown (at, field, error) < 0)
    return BZ_FAILED;
  if (source_attr (at, "of") == NULL
      || source_owned (source_attr (field, "name"), pack, '_'))
    return 0;
  return source_fail (error, field,
                      "field '%s' of a record with of= must begin with '%s_'",
                      source_attr (field, "name"), pack);
}

static int
add_record (const xmlNode *at, const char *pack, GError **error)
{
  const char *record = source_attr (at, "name");
  int rc = 0;

  for (const xmlNode *f = xml_child (at, "field"); f != NULL && rc == 0;
       f = xml_next (f, "field")) {
    rc = check_kept (at, f, pack, error);
    if (rc == 0)
      rc = add_field (f, record, NULL, error);
    if (rc == 0)
      keep_field (at, f);
  }
  for (const xmlNode *l = xml_child (at, "list"); l != NULL && rc == 0;
       l = xml_next (l, "list"))
    rc = add_list (l, record, error);
  return rc;
}

int
dict_load (const char *path, const char *pack, GError **error)
{
  xmlDoc *doc = source_load (path, "dictionary", error);
  const xmlNode *root;
  int rc = 0;

  if (doc == NULL)
    return BZ_FAILED;
  if (fields == NULL)
    fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                    field_free);
  if (kept == NULL)
    kept = g_ptr_array_new_with_free_func (kept_free);
  root = xmlDocGetRootElement (doc);
  if (g_strcmp0 (source_attr (root, "pack"), pack) != 0)
    rc = source_fail (error, root,
                      "dictionary says pack '%s' but lies in pack '%s'; "
                      "correct the attribute",
                      source_attr (root, "pack"), pack);
  for (const xmlNode *r = xml_child (root, "record"); r != NULL && rc == 0;
       r = xml_next (r, "record"))
    rc = add_record (r, pack, error);
  xmlFreeDoc (doc);
  return rc;
}

const struct dict_field *
dict_find (const char *record, const char *list, const char *field)
{
  g_autofree char *key = key_of (record, list, field);

  return fields != NULL ? g_hash_table_lookup (fields, key) : NULL;
}

/* The Nth of OF; NULL: no more. */
static const struct kept *
kept_at (const char *of, size_t n)
{
  for (unsigned i = 0; kept != NULL && i < kept->len; i++) {
    const struct kept *k = kept->pdata[i];

    if (strcmp (k->of, of) == 0 && n-- == 0)
      return k;
  }
  return NULL;
}

int
bz_kept_field (const char *of, size_t n, struct bz_kept_field *ret)
{
  const struct kept *k = kept_at (of, n);

  if (k == NULL)
    return 0;
  *ret = (struct bz_kept_field){ .name = k->field->name,
                                 .title = k->field->title,
                                 .record = k->field->record,
                                 .record_title = k->record_title };
  return 1;
}

unsigned
bz_kept_look (const char *of, size_t n)
{
  const struct kept *k = kept_at (of, n);

  return k == NULL ? 0
                   : (k->field->listed ? BZ_KEPT_LISTED : 0)
                       | (k->field->sought ? BZ_KEPT_SOUGHT : 0);
}

const char *
bz_kept_codes (const char *of, size_t n)
{
  const struct kept *k = kept_at (of, n);

  return k != NULL ? k->field->codes : NULL;
}

char *
dict_mask (const struct dict_field *f, const char *value)
{
  glong n = g_utf8_strlen (value, -1);
  GString *out;

  if (n == 0)
    return g_strdup ("");
  if (f->type == FIELD_IDNO && n >= 15)
    return g_strdup_printf ("%.6s********%s", value,
                            g_utf8_offset_to_pointer (value, n - 4));
  out = g_string_new (NULL);
  g_string_append_len (out, value, g_utf8_next_char (value) - value);
  for (glong i = 1; i < n && i < 8; i++)
    g_string_append_c (out, '*');
  return g_string_free (out, FALSE);
}

void
dict_clear (void)
{
  g_clear_pointer (&kept, g_ptr_array_unref);
  g_clear_pointer (&fields, g_hash_table_destroy);
}
