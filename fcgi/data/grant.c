/* Rights of the application's and the report's accounts in the database.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "data/grant.h"
#include "data/driver.h"
#include "data/xml.h"
#include "serve/log.h"

/* One account on its way through the tables. */
struct grant {
  struct db *db;
  bool dry;
  char *account;   /* 'bz_app'@'localhost'                      */
  xmlNode *root;   /* <grants>                                  */
  const char *who; /* "app", "report": attribute of <grants>    */
  GError **error;
};

static int
run (struct grant *g, const char *sql)
{
  if (g->dry) {
    g_print ("%s;\n", sql);
    return BZ_OK;
  }
  if (db_run (g->db, sql, g->error) == BZ_OK)
    return BZ_OK;
  g_prefix_error (g->error, "rights of %s: ", g->account);
  return BZ_FAILED;
}

static int64_t
look (struct grant *g, const char *name, const struct bz_arg *args, size_t n,
      struct table **ret)
{
  struct ask ask
    = { .name = name, .query = query_find (name), .args = args, .n_args = n };
  int64_t rows = db_ask (g->db, &ask, ret);

  if (rows < 0)
    g_set_error (g->error, DB_ERROR, 0, "rights of %s: %s failed, see the log",
                 g->account, name);
  return rows;
}

/* "COUNT(*)" of what ACCOUNT holds. */
static int64_t
count (struct grant *g, const char *name)
{
  struct table *t;
  int64_t n = look (g, name, BZ_ARGS (BZ_STR (g->account)), &t);

  if (n < 0)
    return n;
  n = g_ascii_strtoll (table_cell (t, 0, 0, NULL), NULL, 10);
  table_free (t);
  return n;
}

static const char *
rights_of (const struct grant *g, const char *table)
{
  for (xmlNode *t = xml_child (g->root, "table"); t != NULL;
       t = xml_next (t, "table"))
    if (g_strcmp0 (xml_attr (t, "name"), table) == 0
        && xml_attr (t, g->who) != NULL)
      return xml_attr (t, g->who);
  return xml_attr (g->root, g->who);
}

/* Take what an older version, or a hand, gave beyond WANT. */
static int
take_back (struct grant *g, const char *table, const char *want)
{
  g_auto (GStrv) wanted = g_strsplit (want, ",", -1);
  struct table *held;
  int64_t rows = look (g, "bz.grant_held",
                       BZ_ARGS (BZ_STR (g->account), BZ_STR (table)), &held);
  int rc = rows < 0 ? (int) rows : BZ_OK;

  for (int64_t i = 0; i < rows && rc == BZ_OK; i++) {
    const char *right = table_cell (held, (size_t) i, 0, NULL);
    g_autofree char *sql = g_strdup_printf ("REVOKE %s ON `%s` FROM %s", right,
                                            table, g->account);

    if (!g_strv_contains ((const char *const *) wanted, right))
      rc = run (g, sql);
  }
  if (rows >= 0)
    table_free (held);
  return rc;
}

static int
give (struct grant *g, const char *table)
{
  const char *want = rights_of (g, table);
  g_autofree char *sql = g_strdup_printf ("GRANT %s ON `%s` TO %s", want, table,
                                          g->account);
  int rc = take_back (g, table, want);

  return rc < 0 ? rc : run (g, sql);
}

/* The account reads views (VIEWS) or works on tables. */
static int
give_all (struct grant *g, bool views)
{
  struct table *t;
  int64_t rows = look (g, "bz.grant_tables", BZ_NO_ARGS, &t);
  int rc = rows < 0 ? (int) rows : BZ_OK;

  for (int64_t i = 0; i < rows && rc == BZ_OK; i++) {
    bool is_view = g_str_equal (table_cell (t, (size_t) i, 1, NULL), "VIEW");

    if (is_view || !views)
      rc = give (g, table_cell (t, (size_t) i, 0, NULL));
  }
  if (rows >= 0)
    table_free (t);
  return rc;
}

/* Rights on everything would make the list of tables meaningless. */
static int
narrow (struct grant *g)
{
  g_autofree char *sql = g_strdup_printf ("REVOKE ALL PRIVILEGES ON *.* FROM "
                                          "%s",
                                          g->account);
  int64_t n = count (g, "bz.grant_global");

  if (n > 0) {
    g_set_error (g->error, DB_ERROR, 0,
                 "%s has rights on the whole server; "
                 "take them away first: %s",
                 g->account, sql);
    return BZ_FAILED;
  }
  if (n == 0)
    n = count (g, "bz.grant_schema_wide");
  return n < 0 ? (int) n : n > 0 ? 1 : BZ_OK;
}

static bool
name_ok (const char *name)
{
  return *name != '\0'
      && name[strspn (name, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "_-")]
           == '\0';
}

static char *
quoted (const char *text)
{
  GString *s = g_string_new ("'");

  for (; *text != '\0'; text++) {
    if (*text == '\'' || *text == '\\')
      g_string_append_c (s, '\\');
    g_string_append_c (s, *text);
  }
  g_string_append_c (s, '\'');
  return g_string_free (s, FALSE);
}

/* Where the owner may not create accounts, somebody else has: then the GRANT
 * below says whether that is so. */
static void
create (struct grant *g, const char *password)
{
  g_autofree char *secret = quoted (password != NULL ? password : "");
  g_autofree char *sql = g_strdup_printf ("CREATE USER IF NOT EXISTS %s "
                                          "IDENTIFIED BY %s",
                                          g->account, secret);
  g_autoptr (GError) why = NULL;

  if (g->dry)
    g_print ("CREATE USER IF NOT EXISTS %s IDENTIFIED BY '...';\n", g->account);
  else if (db_run (g->db, sql, &why) < 0)
    log_debug ("account %s was not created by the owner", g->account);
}

static int
grant_account (struct grant *g, const struct conf *conf, const char *user,
               const char *password)
{
  g_autofree char *sql = NULL;
  int rc;

  if (!name_ok (user) || !name_ok (conf->db_name)) {
    g_set_error (g->error, DB_ERROR, 0,
                 "names of accounts and databases are "
                 "letters, digits, _ and -: %s, %s",
                 user, conf->db_name);
    return BZ_FAILED;
  }
  g->account = g_strdup_printf ("'%s'@'localhost'", user);
  create (g, password);
  rc = narrow (g);
  if (rc > 0) {
    sql = g_strdup_printf ("REVOKE ALL PRIVILEGES ON `%s`.* FROM %s",
                           conf->db_name, g->account);
    rc = run (g, sql);
  }
  if (rc == BZ_OK)
    rc = give_all (g, g_str_equal (g->who, "report"));
  g_clear_pointer (&g->account, g_free);
  return rc;
}

static xmlDoc *
load (const struct conf *conf, GError **error)
{
  g_autofree char *path = g_build_filename (conf->datadir, "sql", "grants.xml",
                                            NULL);
  g_autofree char *schema = xml_schema_path ("grants");
  xmlDoc *doc = xml_load (path, error);

  if (doc != NULL && schema != NULL && xml_validate (doc, schema, error) < 0)
    g_clear_pointer (&doc, xmlFreeDoc);
  return doc;
}

int
grant_run (const struct conf *conf, struct db *owner, bool dry, GError **error)
{
  const char *report = conf->report_user;
  struct grant g = { .db = owner, .dry = dry, .error = error, .who = "app" };
  xmlDoc *doc;
  int rc = BZ_OK;

  if (g_strcmp0 (conf->db_user, conf->owner_user) == 0)
    return BZ_OK;
  doc = load (conf, error);
  if (doc == NULL)
    return BZ_FAILED;
  g.root = xmlDocGetRootElement (doc);
  if (conf->db_user != NULL)
    rc = grant_account (&g, conf, conf->db_user, conf->db_password);
  g.who = "report";
  if (rc == BZ_OK && report != NULL)
    rc = grant_account (&g, conf, report,
                        conf->report_password != NULL ? conf->report_password
                                                      : "");
  xmlFreeDoc (doc);
  return rc;
}
