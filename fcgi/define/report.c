/* Reports that packs declare: loading and looking up.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "define/report.h"
#include <string.h>
#include "data/query.h"
#include "data/xml.h"
#include "define/business.h"
#include "define/code.h"
#include "define/source.h"

static GHashTable *reports; /* path -> struct report */

static void
filter_free (void *data)
{
  struct report_filter *f = data;

  g_free (f->name);
  g_free (f->title);
  g_free (f->codes);
  g_free (f);
}

static void
column_free (void *data)
{
  struct report_column *c = data;

  g_free (c->name);
  g_free (c->title);
  g_free (c->codes);
  g_free (c->href);
  g_free (c);
}

static void
report_free (void *data)
{
  struct report *r = data;

  g_free (r->path);
  g_free (r->title);
  g_free (r->permission);
  g_free (r->query);
  g_free (r->view);
  g_free (r->empty);
  g_ptr_array_unref (r->filters);
  g_ptr_array_unref (r->columns);
  g_free (r);
}

static int
need_codes (const xmlNode *at, GError **error)
{
  const char *codes = source_attr (at, "code");

  return codes == NULL || code_table (codes) != NULL
         ? 0
         : source_fail (error, at, "there is no code table '%s'; correct it",
                        codes);
}

static int
add_filter (struct report *r, const xmlNode *at, GError **error)
{
  struct report_filter *f = g_new0 (struct report_filter, 1);

  f->name = g_strdup (source_attr (at, "name"));
  f->title = g_strdup (source_attr (at, "title"));
  f->codes = g_strdup (source_attr (at, "code"));
  f->today = source_attr (at, "default") != NULL;
  g_ptr_array_add (r->filters, f);
  return need_codes (at, error);
}

static int
add_column (struct report *r, const xmlNode *at, GError **error)
{
  struct report_column *c = g_new0 (struct report_column, 1);

  c->name = g_strdup (source_attr (at, "name"));
  c->title = g_strdup (source_attr (at, "title"));
  c->codes = g_strdup (source_attr (at, "code"));
  c->href = g_strdup (source_attr (at, "href"));
  c->number = source_yes (at, "number");
  c->sum = source_yes (at, "sum");
  g_ptr_array_add (r->columns, c);
  return need_codes (at, error);
}

/* The query takes what the page gives it. */
static int
check_query (const struct report *r, const xmlNode *at, GError **error)
{
  const struct query *q = query_find (r->query);
  unsigned n = r->filters->len;
  bool fits;

  if (q == NULL)
    return source_fail (error, at,
                        "there is no query '%s'; add it to sql/queries.xml",
                        r->query);
  if (!q->reads)
    return source_fail (error, at,
                        "query '%s' is no SELECT; a report only reads",
                        r->query);
  fits = q->n_args == n + 1 && strcmp (q->arg[n], "limit") == 0;
  for (unsigned i = 0; fits && i < n; i++)
    fits = strcmp (q->arg[i],
                   ((struct report_filter *) r->filters->pdata[i])->name)
        == 0;
  return fits ? 0
              : source_fail (error, at,
                             "the arguments of query '%s' are not the filters "
                             "of the report in their order and then limit; "
                             "correct its <arg>s",
                             r->query);
}

static int
build (struct report *r, const xmlNode *at, const char *pack, GError **error)
{
  int rc = 0;

  if (g_hash_table_contains (reports, r->path))
    return source_fail (error, at, "two reports are called '%s'; rename one",
                        source_attr (at, "name"));
  if (!source_owned (r->permission, pack, '.'))
    return source_fail (error, at,
                        "permission '%s' does not begin with '%s.'; a report "
                        "is seen by whom the pack's roles.xml grants one of "
                        "its own",
                        r->permission, pack);
  for (const xmlNode *n = xml_child (at, "filter"); n != NULL && rc == 0;
       n = xml_next (n, "filter"))
    rc = add_filter (r, n, error);
  for (const xmlNode *n = xml_child (at, "column"); n != NULL && rc == 0;
       n = xml_next (n, "column"))
    rc = add_column (r, n, error);
  return rc == 0 ? check_query (r, at, error) : rc;
}

static struct report *
report_new (const xmlNode *at, const char *pack)
{
  struct report *r = g_new0 (struct report, 1);
  const char *view = source_attr (at, "view");

  r->path = g_strdup_printf ("/%s/report/%s", pack, source_attr (at, "name"));
  r->title = g_strdup (source_attr (at, "title"));
  r->permission = g_strdup (source_attr (at, "permission"));
  r->query = g_strdup (source_attr (at, "query"));
  r->view = g_strdup (view != NULL ? view : "list");
  r->empty = g_strdup (source_attr (at, "empty"));
  r->filters = g_ptr_array_new_with_free_func (filter_free);
  r->columns = g_ptr_array_new_with_free_func (column_free);
  return r;
}

static int
report_add (const xmlNode *at, const char *pack, GError **error)
{
  struct report *r = report_new (at, pack);
  int rc = build (r, at, pack, error);

  if (rc < 0) {
    report_free (r);
    return rc;
  }
  g_hash_table_insert (reports, r->path, r);
  if (source_attr (at, "menu") != NULL)
    menu_add (source_attr (at, "menu"), r->path, r->permission);
  return 0;
}

int
report_load (const char *path, const char *pack, GError **error)
{
  xmlDoc *doc = source_load (path, "reports", error);
  const xmlNode *root;
  int rc = 0;

  if (doc == NULL)
    return BZ_FAILED;
  if (reports == NULL)
    reports = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                     report_free);
  root = xmlDocGetRootElement (doc);
  if (g_strcmp0 (source_attr (root, "pack"), pack) != 0)
    rc = source_fail (error, root,
                      "reports say pack '%s' but lie in pack '%s'; correct the "
                      "attribute",
                      source_attr (root, "pack"), pack);
  for (const xmlNode *n = xml_child (root, "report"); n != NULL && rc == 0;
       n = xml_next (n, "report"))
    rc = report_add (n, pack, error);
  xmlFreeDoc (doc);
  return rc;
}

const struct report *
report_find (const char *path)
{
  return reports != NULL ? g_hash_table_lookup (reports, path) : NULL;
}

void
report_foreach (void (*fn) (const struct report *, void *), void *data)
{
  GHashTableIter iter;
  void *r;

  if (reports == NULL)
    return;
  g_hash_table_iter_init (&iter, reports);
  while (g_hash_table_iter_next (&iter, NULL, &r))
    fn (r, data);
}

void
report_clear (void)
{
  g_clear_pointer (&reports, g_hash_table_unref);
}
