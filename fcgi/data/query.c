/* The named queries: read, checked, and turned into statements with "?".
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "data/query.h"
#include "data/sql.h"
#include "data/xml.h"
#include <stdarg.h>

static GHashTable *queries; /* name -> struct query */
static GHashTable *scoped;  /* table, of all packs so far */
static GHashTable *packs;   /* that brought queries */
static GHashTable *kept; /* tables that queries read whose answers are kept */

/* What the loader knows while it stands in one query. */
struct fragment {
  xmlChar *text;
  bool used;
};
struct loader {
  const char *path, *pack;
  GHashTable *fragments; /* of this file: name -> struct fragment */
  const xmlNode *node;
  struct query *query;
  GArray *slots; /* int */
  GString *out;
  GPtrArray *tables;
  enum { AWAY, BEFORE_TABLE, BEHIND_TABLE } place;
  bool *used; /* of each argument */
  bool uses_scope, unsteady, locks;
  unsigned selects;
  const char *secret; /* a scoped table that it names */
};

static void
query_free (void *p)
{
  struct query *q = p;

  if (q == NULL)
    return;
  g_free (q->name);
  g_free (q->sql);
  g_free (q->slot);
  g_free (q->type);
  g_strfreev (q->arg);
  g_strfreev (q->tables);
  g_free (q->unscoped);
  g_free (q->file);
  g_free (q);
}

static int G_GNUC_PRINTF (3, 4)
  refuse (const struct loader *l, GError **error, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, XML_ERROR, 0, "%s:%ld: query %s: %s", l->path,
               xmlGetLineNo (l->node),
               l->query != NULL && l->query->name != NULL ? l->query->name
                                                          : "?",
               what);
  return BZ_FAILED;
}

/* -- Arguments. */

static bool
word_ok (const char *s)
{
  if (s == NULL || !g_ascii_islower (*s))
    return false;
  while (g_ascii_islower (*s) || g_ascii_isdigit (*s) || *s == '_')
    s++;
  return *s == '\0';
}

static int
arg_index (const struct query *q, const char *name)
{
  for (unsigned i = 0; i < q->n_args; i++)
    if (g_str_equal (q->arg[i], name))
      return (int) i;
  return -1;
}

static int
type_of (const char *name)
{
  static const char *const names[] = { "int", "text", "date", "blob" };

  for (int i = 0; name != NULL && i < (int) G_N_ELEMENTS (names); i++)
    if (g_str_equal (name, names[i]))
      return i;
  return -1;
}

static int
read_args (struct loader *l, GError **error)
{
  struct query *q = l->query;
  unsigned room = 0;

  for (xmlNode *a = xml_child (l->node, "arg"); a != NULL;
       a = xml_next (a, "arg"))
    room++;
  q->arg = g_new0 (char *, room + 1);
  q->type = g_new0 (enum query_type, room + 1);
  for (xmlNode *a = xml_child (l->node, "arg"); a != NULL;
       a = xml_next (a, "arg")) {
    const char *name = xml_attr (a, "name");
    int type = type_of (xml_attr (a, "type"));

    if (!word_ok (name))
      return refuse (l, error,
                     "an argument's name is small letters, digits "
                     "and _");
    if (type < 0)
      return refuse (l, error,
                     "argument %s: its type is int, text, date or "
                     "blob",
                     name);
    if (g_str_equal (name, "scope") || g_str_equal (name, "operator"))
      return refuse (l, error,
                     ":%s comes from the session and is not "
                     "declared",
                     name);
    if (arg_index (q, name) >= 0)
      return refuse (l, error, "argument %s is declared twice", name);
    q->type[q->n_args] = (enum query_type) type;
    q->arg[q->n_args++] = g_strdup (name);
  }
  return BZ_OK;
}

/* -- The statement. */

static bool
is_word (char c)
{
  return g_ascii_isalnum (c) || c == '_';
}

/* P stands behind the colon of ":name". */
static int
take_parameter (struct loader *l, const char **p, GError **error)
{
  const char *end = *p;
  g_autofree char *name = NULL;
  int slot;

  while (is_word (*end))
    end++;
  name = g_strndup (*p, (gsize) (end - *p));
  *p = end;
  if (!word_ok (name))
    return refuse (l, error, "parameter :%s: names are small letters", name);
  if (g_str_equal (name, "scope"))
    slot = QUERY_SCOPE;
  else if (g_str_equal (name, "operator"))
    slot = QUERY_OPERATOR;
  else
    slot = arg_index (l->query, name);
  if (slot == -1 && !g_str_equal (name, "scope"))
    return refuse (l, error, ":%s is used and not declared", name);
  if (slot >= 0)
    l->used[slot] = true;
  l->uses_scope |= slot == QUERY_SCOPE;
  g_array_append_val (l->slots, slot);
  g_string_append_c (l->out, '?');
  return BZ_OK;
}

static void
note_table (struct loader *l, const char *at, size_t size)
{
  g_autofree char *name = g_ascii_strdown (at, (gssize) size);
  gpointer known;

  if (scoped != NULL
      && g_hash_table_lookup_extended (scoped, name, &known, NULL))
    l->secret = known;
}

static bool
word_among (const char *words, const char *at, size_t size)
{
  g_autofree char *word = g_ascii_strup (at, (gssize) size);
  g_autofree char *sought = g_strconcat (" ", word, " ", NULL);

  return strstr (words, sought) != NULL;
}

/* A SELECT with one of these words locks rows, or may answer otherwise when it is
 * asked again. */
static bool
word_is_unsteady (const char *at, size_t size)
{
  static const char words[]
    = " UPDATE SHARE INTO RAND UUID UUID_SHORT SYSDATE SLEEP NEXTVAL LASTVAL"
      " LAST_INSERT_ID FOUND_ROWS ROW_COUNT GET_LOCK RELEASE_LOCK NOW CURDATE"
      " CURTIME LOCALTIME LOCALTIMESTAMP CURRENT_DATE CURRENT_TIME"
      " CURRENT_TIMESTAMP UNIX_TIMESTAMP UTC_DATE UTC_TIME UTC_TIMESTAMP ";
  return word_among (words, at, size);
}

/* A name behind FROM and the like is a table's, until something else is read. */
static void
take_table (struct loader *l, const char *at, size_t size)
{
  if (l->place == BEFORE_TABLE
      && word_among (" IGNORE LOW_PRIORITY QUICK ", at, size))
    return;
  if (word_among (" FROM JOIN INTO UPDATE ", at, size)
      || (l->place == BEHIND_TABLE && word_among (" STRAIGHT_JOIN ", at, size)))
    l->place = BEFORE_TABLE;
  else if (word_among (" SELECT ON USING SET WHERE GROUP HAVING ORDER LIMIT"
                       " UNION WINDOW VALUES FOR ",
                       at, size))
    l->place = AWAY;
  else if (l->place == BEFORE_TABLE) {
    g_ptr_array_add (l->tables, g_ascii_strdown (at, (gssize) size));
    l->place = BEHIND_TABLE; /* a short name may follow */
  }
}

/* Which tables a statement touches must be plain from what it says: a kept
 * answer would otherwise outlive what it was read from. */
static int
take_sign (struct loader *l, char c, GError **error)
{
  if (g_ascii_isspace (c))
    return BZ_OK;
  if (c == ',' && l->place == BEHIND_TABLE)
    return refuse (l, error, "a comma between tables (write JOIN)");
  if (c != '(' || l->place != BEFORE_TABLE)
    l->place = AWAY;
  return BZ_OK;
}

/* A word: a table's name, a number, a keyword. */
static void
take_word (struct loader *l, const char **p)
{
  const char *at = *p;

  while (is_word (**p))
    (*p)++;
  take_table (l, at, (size_t) (*p - at));
  l->unsteady |= word_is_unsteady (at, (size_t) (*p - at));
  l->locks |= word_among (" UPDATE SHARE ", at, (size_t) (*p - at));
  l->selects += word_among (" SELECT ", at, (size_t) (*p - at));
  note_table (l, at, (size_t) (*p - at));
  g_string_append_len (l->out, at, *p - at);
}

/* Quoted text and names go over as they are, comments as one blank: the server
 * need not read them. */
static int
take_skipped (struct loader *l, const char **p, const char *end, GError **error)
{
  if (sql_is_executable_comment (*p))
    return refuse (l, error, "a comment that the server would execute");
  if (**p == '`' && end - *p > 2)
    note_table (l, *p + 1, (size_t) (end - *p - 2));
  if (**p == '`' && end - *p > 2)
    take_table (l, *p + 1, (size_t) (end - *p - 2));
  if (sql_is_comment (*p))
    g_string_append_c (l->out, ' ');
  else
    g_string_append_len (l->out, *p, end - *p);
  *p = end;
  return BZ_OK;
}

static int
take_one (struct loader *l, const char **p, GError **error)
{
  const char *end = sql_skip (*p);

  if (end != *p)
    return take_skipped (l, p, end, error);
  if (is_word (**p)) {
    take_word (l, p);
    return BZ_OK;
  }
  if (take_sign (l, **p, error) < 0)
    return BZ_FAILED;
  if (**p == '?')
    return refuse (l, error, "a bare ? (give the argument a name)");
  if (**p == ';' && (*p)[1 + strspn (*p + 1, " \t\r\n")] != '\0')
    return refuse (l, error, "a second statement behind the semicolon");
  if (**p == ':' && g_ascii_isalpha ((*p)[1]) && l->out->len > 0
      && l->out->str[l->out->len - 1] != ':'
      && !is_word (l->out->str[l->out->len - 1])) {
    (*p)++;
    return take_parameter (l, p, error);
  }
  if (**p != ';')
    g_string_append_c (l->out, **p);
  (*p)++;
  return BZ_OK;
}

static bool
starts_with_word (const char *sql, const char *word)
{
  size_t n = strlen (word);

  return g_ascii_strncasecmp (sql, word, n) == 0 && !is_word (sql[n]);
}

/* An INSERT changes the table behind INTO only, whatever it reads. */
static int
tables_end (struct loader *l, GError **error)
{
  const char *sql = l->query->sql;
  bool inserts = starts_with_word (sql, "INSERT")
              || starts_with_word (sql, "REPLACE");

  if (inserts && l->tables->len == 0)
    return refuse (l, error, "name the table behind INTO");
  if (inserts)
    g_ptr_array_set_size (l->tables, 1);
  g_ptr_array_add (l->tables, NULL);
  l->query->tables = (char **) g_ptr_array_steal (l->tables, NULL);
  return BZ_OK;
}

/* The text of a fragment in the place of its <use>. */
static int
add_fragment (struct loader *l, const xmlNode *use, GString *into,
              GError **error)
{
  const char *name = xml_attr (use, "fragment");
  struct fragment *f = name != NULL ? g_hash_table_lookup (l->fragments, name)
                                    : NULL;

  if (f == NULL) {
    l->node = use;
    return refuse (l, error,
                   "there is no fragment '%s' in this file; add it or correct "
                   "the name",
                   name != NULL ? name : "");
  }
  f->used = true;
  g_string_append (into, (const char *) f->text);
  return BZ_OK;
}

/* What stands in <sql>, with its fragments. */
static int
expand (struct loader *l, GString *into, GError **error)
{
  const xmlNode *sql = xml_child (l->node, "sql");
  int rc = BZ_OK;

  for (xmlNode *n = sql != NULL ? sql->children : NULL;
       n != NULL && rc == BZ_OK; n = n->next)
    if (n->type == XML_ELEMENT_NODE)
      rc = add_fragment (l, n, into, error);
    else if (n->content != NULL)
      g_string_append (into, (const char *) n->content);
  return rc;
}

static int
read_sql (struct loader *l, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *p;
  int rc = expand (l, text, error);

  for (p = text->str; rc == BZ_OK && *p != '\0';)
    rc = take_one (l, &p, error);
  if (rc < 0)
    return rc;
  g_strstrip (l->out->str);
  if (l->out->str[0] == '\0')
    return refuse (l, error, "there is no statement in <sql>");
  l->query->sql = g_strdup (l->out->str);
  l->query->reads = starts_with_word (l->out->str, "SELECT")
                 || starts_with_word (l->out->str, "WITH")
                 || l->out->str[0] == '(';
  l->query->steady = l->query->reads && !l->unsteady;
  /* FOR UPDATE at its end is for the outermost SELECT alone. */
  l->query->views = l->selects > (l->query->reads && l->locks ? 1 : 0);
  l->query->n_slots = l->slots->len;
  l->query->slot = g_memdup2 (l->slots->data, l->slots->len * sizeof (int));
  return tables_end (l, error);
}

/* -- One query. */

/* Any first part will do for the platform, as long as it is no plugin's. */
static bool
name_in_pack (const char *name, const char *pack)
{
  const char *dot = strchr (name, '.');
  g_autofree char *first = NULL;

  if (dot == NULL || dot[1] == '\0')
    return false;
  first = g_strndup (name, (gsize) (dot - name));
  if (!word_ok (first) || !word_ok (dot + 1))
    return false;
  if (g_str_equal (pack, "bz"))
    return g_str_equal (first, "bz") || packs == NULL
        || !g_hash_table_contains (packs, first);
  return g_str_equal (first, pack);
}

/* How far the answer may be from the rest of its page. */
static int
read_keeping (struct loader *l, GError **error)
{
  struct query *q = l->query;

  q->kept = xml_attr (l->node, "kept") != NULL;
  q->apart = q->kept || xml_attr (l->node, "apart") != NULL;
  if (q->apart && !q->steady)
    return refuse (l, error, "only a plain SELECT can be apart or kept");
  for (char **table = q->tables; q->kept && *table != NULL; table++)
    g_hash_table_add (kept, g_strdup (*table));
  return BZ_OK;
}

static int
check_query (struct loader *l, GError **error)
{
  const struct query *q = l->query;

  for (unsigned i = 0; i < q->n_args; i++)
    if (!l->used[i])
      return refuse (l, error, "argument %s is declared and not used",
                     q->arg[i]);
  if (q->reads && l->secret != NULL && !l->uses_scope && q->unscoped == NULL)
    return refuse (l, error,
                   "it reads %s and needs :scope, or unscoped=\"why "
                   "it may look beyond the scope\"",
                   l->secret);
  return BZ_OK;
}

static int
fill_query (struct loader *l, GError **error)
{
  const char *name = xml_attr (l->node, "name");
  int rc;

  l->query->name = g_strdup (name);
  l->query->unscoped = g_strdup (xml_attr (l->node, "unscoped"));
  l->query->file = g_strdup (l->path);
  l->query->line = xmlGetLineNo (l->node);
  if (name == NULL || !name_in_pack (name, l->pack))
    return refuse (l, error, "its name does not begin with \"%s.\"", l->pack);
  if (g_hash_table_contains (queries, name))
    return refuse (l, error, "there is a query of that name already");
  rc = read_args (l, error);
  if (rc < 0)
    return rc;
  l->used = g_new0 (bool, l->query->n_args + 1);
  rc = read_sql (l, error);
  if (rc == BZ_OK)
    rc = read_keeping (l, error);
  return rc < 0 ? rc : check_query (l, error);
}

static int
read_query (const char *path, const char *pack, const xmlNode *node,
            GHashTable *fragments, GError **error)
{
  struct loader l = {
    .path = path,
    .pack = pack,
    .fragments = fragments,
    .node = node,
    .query = g_new0 (struct query, 1),
    .slots = g_array_new (FALSE, FALSE, sizeof (int)),
    .out = g_string_new (NULL),
    .tables = g_ptr_array_new_with_free_func (g_free),
  };
  int rc = fill_query (&l, error);

  if (rc == BZ_OK)
    g_hash_table_insert (queries, l.query->name, l.query);
  else
    query_free (l.query);
  g_array_unref (l.slots);
  g_string_free (l.out, TRUE);
  g_ptr_array_unref (l.tables);
  g_free (l.used);
  return rc;
}

/* -- Fragments: what several queries of one file say. */

static void
fragment_free (void *p)
{
  struct fragment *f = p;

  xmlFree (f->text);
  g_free (f);
}

static int G_GNUC_PRINTF (4, 5)
  refuse_fragment (const char *path, const xmlNode *node, GError **error,
                   const char *format, ...)
{
  g_autofree char *what = NULL;
  const char *name = xml_attr (node, "name");
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, XML_ERROR, 0, "%s:%ld: fragment %s: %s", path,
               xmlGetLineNo (node), name != NULL ? name : "?", what);
  return BZ_FAILED;
}

static int
read_fragments (const char *path, const xmlNode *root, GHashTable *into,
                GError **error)
{
  for (xmlNode *n = xml_child (root, "fragment"); n != NULL;
       n = xml_next (n, "fragment")) {
    const char *name = xml_attr (n, "name");
    struct fragment *f;

    if (!word_ok (name))
      return refuse_fragment (path, n, error,
                              "its name is small letters, digits and _");
    if (g_hash_table_contains (into, name))
      return refuse_fragment (path, n, error, "it is there twice; rename one");
    f = g_new0 (struct fragment, 1);
    f->text = xmlNodeGetContent (n);
    g_strstrip ((char *) f->text);
    g_hash_table_insert (into, (char *) name, f);
  }
  return BZ_OK;
}

/* The first in the file that no query has used. */
static int
check_fragments (const char *path, const xmlNode *root, GHashTable *fragments,
                 GError **error)
{
  for (xmlNode *n = xml_child (root, "fragment"); n != NULL;
       n = xml_next (n, "fragment")) {
    const struct fragment *f = g_hash_table_lookup (fragments,
                                                    xml_attr (n, "name"));

    if (!f->used)
      return refuse_fragment (path, n, error, "no query uses it; take it out");
  }
  return BZ_OK;
}

/* -- Files. */

static int
check_root (xmlDoc *doc, const char *path, const char *pack, GError **error)
{
  g_autofree char *schema = xml_schema_path ("queries");
  const xmlNode *root = xmlDocGetRootElement (doc);

  if (schema != NULL && xml_validate (doc, schema, error) < 0)
    return BZ_FAILED;
  if (strcmp ((const char *) root->name, "queries") == 0
      && g_strcmp0 (xml_attr (root, "pack"), pack) == 0)
    return BZ_OK;
  g_set_error (error, XML_ERROR, 0,
               "%s:%ld: the first element is <queries pack=\"%s\">", path,
               xmlGetLineNo (root), pack);
  return BZ_FAILED;
}

static void
start (const char *pack)
{
  if (queries == NULL) {
    queries = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, query_free);
    scoped = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    packs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  }
  if (!g_str_equal (pack, "bz"))
    g_hash_table_add (packs, g_strdup (pack));
}

static int
read_file (const char *path, const char *pack, const xmlNode *root,
           GError **error)
{
  g_autoptr (GHashTable) fragments = g_hash_table_new_full (g_str_hash,
                                                            g_str_equal, NULL,
                                                            fragment_free);
  int rc = read_fragments (path, root, fragments, error);

  for (xmlNode *s = xml_child (root, "scoped"); s != NULL;
       s = xml_next (s, "scoped"))
    if (xml_attr (s, "table") != NULL)
      g_hash_table_add (scoped, g_ascii_strdown (xml_attr (s, "table"), -1));
  for (xmlNode *q = xml_child (root, "query"); q != NULL && rc == BZ_OK;
       q = xml_next (q, "query"))
    rc = read_query (path, pack, q, fragments, error);
  return rc < 0 ? rc : check_fragments (path, root, fragments, error);
}

int
query_load (const char *path, const char *pack, GError **error)
{
  xmlDoc *doc = xml_load (path, error);
  int rc;

  if (doc == NULL)
    return BZ_FAILED;
  start (pack);
  rc = check_root (doc, path, pack, error);
  if (rc == BZ_OK)
    rc = read_file (path, pack, xmlDocGetRootElement (doc), error);
  xmlFreeDoc (doc);
  return rc;
}

const struct query *
query_find (const char *name)
{
  return queries != NULL ? g_hash_table_lookup (queries, name) : NULL;
}

bool
query_keeps (const char *table)
{
  return kept != NULL && g_hash_table_contains (kept, table);
}

bool
query_pack_known (const char *name)
{
  const char *dot = strchr (name, '.');
  GHashTableIter iter;
  gpointer key;

  if (queries == NULL || dot == NULL)
    return false;
  g_hash_table_iter_init (&iter, queries);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (strncmp (key, name, (size_t) (dot - name) + 1) == 0)
      return true;
  return false;
}

void
query_foreach (void (*fn) (const struct query *, void *), void *data)
{
  g_autoptr (GList) names = NULL;

  if (queries == NULL)
    return;
  names = g_list_sort (g_hash_table_get_keys (queries), (GCompareFunc) strcmp);
  for (GList *n = names; n != NULL; n = n->next)
    fn (g_hash_table_lookup (queries, n->data), data);
}

void
query_clear (void)
{
  g_clear_pointer (&queries, g_hash_table_unref);
  g_clear_pointer (&scoped, g_hash_table_unref);
  g_clear_pointer (&packs, g_hash_table_unref);
  g_clear_pointer (&kept, g_hash_table_unref);
}
