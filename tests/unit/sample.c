/* Loading the sample definitions and asking them.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "sample.h"

#include <libxml/xpath.h>
#include "data/db.h"
#include "data/query.h"
#include "data/xml.h"
#include "define/business.h"
#include "define/code.h"
#include "define/dict.h"

#define GOOD BZ_TESTS "/defs/good/"

static const char *const post_columns[] = { "code", "name", "group", NULL };
static const char *const post_cells[] = {
  "0", "无职务", "通用", "101", "办公室主任", "办公室", "102", "科长", "业务科",
};
static struct db_script *script;

void
sample_load (gboolean deep)
{
  GError *error = NULL;

  g_setenv ("BZ_NOW", "2026-11-22 10:26:03", TRUE);
  xml_init ();
  xml_schema_dir_set (BZ_TESTS "/../conf/schema");
  code_load_dir (GOOD "codes", &error);
  g_assert_no_error (error);
  dict_load (GOOD "dictionary.xml", "sample", &error);
  g_assert_no_error (error);
  if (!deep)
    return;
  query_load (GOOD "queries.xml", "sample", &error);
  g_assert_no_error (error);
  form_load (GOOD "head.xml", "sample", &error);
  g_assert_no_error (error);
  form_load (GOOD "item.xml", "sample", &error);
  g_assert_no_error (error);
  process_load (GOOD "counter.xml", "sample", &error);
  g_assert_no_error (error);
  process_load (GOOD "online.xml", "sample", &error);
  g_assert_no_error (error);
}

void
sample_clear (void)
{
  process_clear ();
  form_clear ();
  query_clear ();
  dict_clear ();
  code_clear ();
  xml_schema_dir_set (NULL);
}

struct bz_req *
sample_req (const char *query, unsigned asked)
{
  struct bz_req *req;
  g_auto (GStrv) pair = g_strsplit (query, "&", -1);

  script = g_new0 (struct db_script, asked + 1);
  for (unsigned i = 0; i < asked; i++)
    script[i] = (struct db_script) { "sample.posts", NULL, post_columns,
                                     post_cells, 3, 0 };
  req = req_new (NULL, db_scripted (script, asked));
  for (char **p = pair; *p != NULL && **p != '\0'; p++) {
    g_auto (GStrv) part = g_strsplit (*p, "=", 2);

    req_add_param (req, part[0], part[1]);
  }
  return req;
}

void
sample_free (struct bz_req *req)
{
  struct db *db = req->db;

  req_free (req);
  db_close (db);
  g_clear_pointer (&script, g_free);
}

const char *
sample_mark (struct bz_req *req, const char *field, gboolean warn)
{
  for (unsigned i = 0; i < req->marks->len; i++) {
    const struct mark *m = &g_array_index (req->marks, struct mark, i);

    if (m->warn == !!warn && g_strcmp0 (m->field, field) == 0)
      return m->text;
  }
  return "";
}

char *
sample_xpath (xmlDoc *doc, const char *xpath)
{
  xmlXPathContext *ctx = xmlXPathNewContext (doc);
  xmlXPathObject *found = xmlXPathEval (BAD_CAST xpath, ctx);
  xmlChar *text;
  char *copy;

  g_assert_nonnull (found);
  text = xmlXPathCastToString (found);
  copy = g_strdup ((const char *) text);
  xmlFree (text);
  xmlXPathFreeObject (found);
  xmlXPathFreeContext (ctx);
  return copy;
}
