/* What the tests of people share.  SPDX-License-Identifier: MulanPSL-2.0 */
#include "people.h"
#include <libxml/xpath.h>
#include "data/query.h"
#include "data/xml.h"
#include "people/crypto.h"
#include "people/perm.h"
#include "people/session.h"
#include "serve/clock.h"
#include "serve/conf.h"

const char *const secret_columns[] = { "value", NULL };
const char *const secret_cells[]
  = { "0x000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f" };
const char *const tip_columns[] = { "seq", "last_hash", NULL };
const char *const tip_cells[] = { "0", "0000000000000000000000000000000000000000"
                                       "000000000000000000000000" };

void
people_begin (int *argc, char ***argv)
{
  g_autoptr (GError) error = NULL;

  g_test_init (argc, argv, NULL);
  xml_init ();
  g_assert_cmpint (crypto_init (), ==, 0);
  xml_schema_dir_set (BZ_TOP "/conf/schema");
  (void) query_load (BZ_TOP "/sql/queries-people.xml", "bz", &error);
  g_assert_no_error (error);
  (void) perm_load (BZ_TOP "/conf/roles.xml", "bz", &error);
  g_assert_no_error (error);
  people_now ("2026-11-22 10:00:00");
}

void
people_now (const char *text)
{
  g_setenv ("BZ_NOW", text, TRUE);
  g_assert_true (clock_init ());
}

void
people_base (const struct conf *conf, const char *base)
{
  struct conf *c = (struct conf *) conf;

  g_free (c->base);
  c->base = g_strdup (base);
}

struct bz_req *
people_req (const char *path, const struct db_script *script, size_t n)
{
  static struct conf *conf;
  struct bz_req *req;

  if (conf == NULL) {
    conf = conf_default ();
    conf->password_cost = 1;
  }
  conf->demo = false;
  people_base (conf, "");
  req = req_new (conf, db_scripted (script, n));
  req->method = "POST";
  req->path = path;
  req->remote = "10.0.0.7";
  return req;
}

void
people_user (struct bz_req *req, int64_t id, const char *roles)
{
  struct session *s = bz_alloc (req, sizeof *s);
  g_auto (GStrv) parts = g_strsplit (roles, ",", -1);
  const char **names
    = bz_alloc (req, (g_strv_length (parts) + 1) * sizeof *names);

  for (guint i = 0; parts[i] != NULL; i++)
    names[i] = req_strdup (req, parts[i]);
  *s = (struct session) {
    .operator_id = id, .account_id = 1, .scope_id = 5, .office_id = 1,
    .operator_name = "王敏", .account_name = "D031",
    .scope_name = "市生态环境局", .scope_kind = "unit", .roles = names,
  };
  req->session = s;
}

const char *
people_xpath (struct bz_req *req, const char *xpath)
{
  xmlXPathContext *context = xmlXPathNewContext (req->page);
  xmlXPathObject *found = xmlXPathEvalExpression (BAD_CAST xpath, context);
  xmlChar *text = xmlXPathCastToString (found);
  const char *ret = req_strdup (req, (const char *) text);

  xmlFree (text);
  xmlXPathFreeObject (found);
  xmlXPathFreeContext (context);
  return ret;
}

void
people_end (struct bz_req *req, size_t n)
{
  struct db *db = req->db;

  g_assert_cmpuint (db_script_asked (db), ==, n);
  req_free (req);
  db_close (db);
}
