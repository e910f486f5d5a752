/* bianzhi import DIR: a whole register out of CSV files into an empty database,
 * in one transaction.  SPDX-License-Identifier: MulanPSL-2.0 */
#include "import.h"
#include "part.h"

/* Approved quotas are older than any employment that fills them. */
static const char opening_day[] = "1949-10-01";
static const char opening_paper[] = "期初导入";

/* -- What both halves use. */

int
import_fail (struct import *in, const char *what, const char *value)
{
  return bz_fail (in->req, BZ_BAD_INPUT,
                  "%s 第 %u 行：%s（%s），请更正后重新"
                  "导入",
                  in->file, csv_line (in->csv), what, value);
}

void
import_remember (GHashTable *map, const char *code, int64_t id)
{
  g_hash_table_insert (map, g_strdup (code), g_memdup2 (&id, sizeof id));
}

int
import_id (struct import *in, GHashTable *map, const char *what,
           const char *code, int64_t *ret)
{
  const int64_t *id;

  if (*code == '\0') {
    *ret = 0;
    return BZ_OK;
  }
  id = g_hash_table_lookup (map, code);
  if (id == NULL)
    return import_fail (in, what, code);
  *ret = *id;
  return BZ_OK;
}

int64_t
import_int (const struct import *in, const char *column)
{
  return g_ascii_strtoll (csv_get (in->csv, column), NULL, 10);
}

static char *
account_key (int64_t unit_id, const char *book, const char *code)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT "/%s/%s", unit_id, book, code);
}

void
import_account (struct import *in, int64_t unit_id, const char *book,
                const char *code)
{
  g_hash_table_add (in->accounts, account_key (unit_id, book, code));
}

bool
import_has_account (const struct import *in, int64_t unit_id, const char *book,
                    const char *code)
{
  g_autofree char *key = account_key (unit_id, book, code);

  return g_hash_table_contains (in->accounts, key);
}

bool
import_has (const struct import *in, const char *file)
{
  g_autofree char *path = g_build_filename (in->dir, file, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

int
import_file (struct import *in, const char *file, const char *const *columns,
             int (*row) (struct import *))
{
  g_autofree char *path = g_build_filename (in->dir, file, NULL);
  g_autoptr (GError) error = NULL;
  unsigned count = 0;
  int rc = 0, got = -1;

  in->file = file;
  in->csv = csv_open (path, columns, &error);
  if (in->csv != NULL)
    while ((got = csv_next (in->csv, &error)) > 0) {
      rc = row (in);
      if (rc < 0)
        break;
      count++;
    }
  if (rc >= 0 && got < 0)
    rc = bz_fail (in->req, BZ_BAD_INPUT, "%s", error->message);
  if (rc >= 0)
    bz_say (in->req, "%s：%u 行", file, count);
  csv_close (in->csv);
  in->csv = NULL;
  return rc;
}

/* -- Offices, units, organs, posts. */

static const char *
cell (const struct import *in, const char *column)
{
  return csv_get (in->csv, column);
}

static int
add_scope (struct import *in, const char *kind, int64_t parent, int64_t office,
           const char *code, const char *desk, int64_t *ret)
{
  int64_t rows = bz_db_exec (in->req, "staffing.scope_add",
                             BZ_ARGS (BZ_STR (kind), BZ_INT (parent),
                                      BZ_INT (office),
                                      BZ_STR (cell (in, "name")), BZ_STR (code),
                                      BZ_STR (desk)));

  if (rows == BZ_CONFLICT)
    return import_fail (in, "代码重复", code);
  if (rows < 0)
    return (int) rows;
  *ret = bz_db_last_id (in->req);
  import_remember (strcmp (kind, "office") == 0 ? in->offices : in->units, code,
                   *ret);
  return BZ_OK;
}

/* An upper office comes before those below it. */
static int
office_row (struct import *in)
{
  const char *code = cell (in, "office");
  int64_t parent, id, rows;
  int rc = import_id (in, in->offices, "没有这个上级编办", cell (in, "parent"),
                      &parent);

  if (rc >= 0)
    rc = add_scope (in, "office", parent, 0, code, "", &id);
  if (rc < 0)
    return rc;
  rows = bz_db_exec (in->req, "staffing.scope_own_office",
                     BZ_ARGS (BZ_INT (id)));
  if (rows >= 0)
    rows = bz_db_exec (in->req, "staffing.office_add",
                       BZ_ARGS (BZ_INT (id), BZ_STR (code),
                                BZ_STR (cell (in, "name")),
                                BZ_STR (cell (in, "place"))));
  if (rows >= 0)
    rows = bz_db_exec (in->req, "staffing.scope_words",
                       BZ_ARGS (BZ_INT (id), BZ_STR (cell (in, "phone")),
                                BZ_STR ("")));
  return rows < 0 ? (int) rows : BZ_OK;
}

static int
open_account (struct import *in, int64_t unit, const char *book,
              const char *code, int64_t amount)
{
  struct bz_posting p = {
    .unit_id = unit,
    .book = book,
    .code = code,
    .account = BZ_QUOTA_APPROVED,
    .amount = (int) amount,
    .date = opening_day,
    .paper = opening_paper,
  };
  int64_t rows = bz_db_exec (in->req, "staffing.quota_open",
                             BZ_ARGS (BZ_INT (unit), BZ_STR (book),
                                      BZ_STR (code)));

  if (rows < 0)
    return (int) rows;
  import_account (in, unit, book, code);
  return bz_quota_post (in->req, &p);
}

static int
open_accounts (struct import *in, int64_t unit)
{
  static const struct {
    const char *column, *book, *code;
  } accounts[] = {
    { "quota_admin", "type", "11" },
    { "quota_politics_law", "type", "12" },
    { "quota_civil_like", "type", "21" },
    { "quota_institution", "type", "22" },
    { "quota_worker", "type", "31" },
    { "struct_mgmt", "structure", "1" },
    { "struct_prof", "structure", "2" },
    { "struct_worker", "structure", "3" },
    { "lead_main", "lead", "11" },
    { "lead_deputy", "lead", "12" },
    { "lead_other", "lead", "13" },
    { "mid_main", "lead", "21" },
    { "mid_deputy", "lead", "22" },
  };
  int rc = BZ_OK;

  for (size_t i = 0; i < G_N_ELEMENTS (accounts) && rc >= 0; i++) {
    int64_t amount = import_int (in, accounts[i].column);

    if (amount < 0 || amount > 1000000)
      return import_fail (in, "核定数不正确", accounts[i].column);
    if (amount > 0)
      rc = open_account (in, unit, accounts[i].book, accounts[i].code, amount);
  }
  return rc;
}

/* A line of quotas.csv: what a paper has given, or (below 0) taken back. */
static int
quota_row (struct import *in)
{
  struct bz_posting p = {
    .book = cell (in, "book"),
    .code = cell (in, "code"),
    .account = BZ_QUOTA_APPROVED,
    .amount = (int) import_int (in, "amount"),
    .date = cell (in, "paper_on"),
    .paper = cell (in, "paper"),
  };
  const char *codes = bz_quota_codes (p.book);
  int64_t rows = 0;
  int rc = import_id (in, in->units, "没有这个单位", cell (in, "unit_code"),
                      &p.unit_id);

  if (rc < 0)
    return rc;
  if (codes == NULL || bz_code_name (in->req, codes, p.code) == NULL)
    return import_fail (in, "账目或项目不正确", p.code);
  if (p.amount == 0 || abs (p.amount) > 1000000)
    return import_fail (in, "核定数不正确", cell (in, "amount"));
  if (*p.paper == '\0' || strcmp (p.date, bz_today (in->req)) > 0)
    return import_fail (in, "批准文号或日期不正确", p.date);
  if (!import_has_account (in, p.unit_id, p.book, p.code)) {
    rows = bz_db_exec (in->req, "staffing.quota_open",
                       BZ_ARGS (BZ_INT (p.unit_id), BZ_STR (p.book),
                                BZ_STR (p.code)));
    import_account (in, p.unit_id, p.book, p.code);
  }
  return rows < 0 ? (int) rows : bz_quota_post (in->req, &p);
}

static int
add_unit (struct import *in, int64_t id, int64_t office)
{
  g_autofree char *initials = words_initials (cell (in, "short_name"),
                                              cell (in, "name"));
  int64_t rows;

#define C(column) BZ_STR (cell (in, column))
  rows = bz_db_exec (in->req, "staffing.unit_add",
                     BZ_ARGS (BZ_INT (id), C ("unit_code"), C ("name"),
                              C ("short_name"), BZ_STR (initials),
                              BZ_INT (office), C ("unit_category"),
                              C ("org_class"), C ("org_nature"),
                              C ("system_class"), C ("org_level"),
                              C ("funding_form"), C ("division_code"),
                              C ("uscc"), C ("institution_kind"),
                              BZ_INT (import_int (in, "civil_like")),
                              C ("review_section"), C ("note"),
                              BZ_INT (import_int (in, "order"))));
#undef C
  if (rows >= 0)
    rows = words_store (in->req, id, cell (in, "short_name"), initials);
  return rows < 0 ? (int) rows : BZ_OK;
}

static int
unit_row (struct import *in)
{
  int64_t office, id;
  int rc = import_id (in, in->offices, "没有这个编办", cell (in, "office"),
                      &office);

  if (rc >= 0)
    rc = add_scope (in, "unit", office, office, cell (in, "unit_code"),
                    cell (in, "review_section"), &id);
  if (rc >= 0)
    rc = add_unit (in, id, office);
  return rc < 0 ? rc : open_accounts (in, id);
}

/* A second look at units.csv: a parent may stand below its child. */
static int
parent_row (struct import *in)
{
  int64_t id, parent, rows;
  int rc = import_id (in, in->units, "没有这个单位", cell (in, "unit_code"),
                      &id);

  if (rc >= 0)
    rc = import_id (in, in->units, "没有这个主管单位", cell (in, "parent_code"),
                    &parent);
  if (rc < 0 || parent == 0)
    return rc;
  rows = bz_db_exec (in->req, "staffing.unit_parent",
                     BZ_ARGS (BZ_INT (id), BZ_INT (parent)));
  if (rows >= 0)
    rows = bz_db_exec (in->req, "staffing.scope_parent",
                       BZ_ARGS (BZ_INT (id), BZ_INT (parent)));
  return rows < 0 ? (int) rows : BZ_OK;
}

static int
organ_row (struct import *in)
{
  int64_t unit, rows;
  int rc = import_id (in, in->units, "没有这个单位", cell (in, "unit_code"),
                      &unit);

  if (rc < 0)
    return rc;
  rows = bz_db_exec (in->req, "staffing.organ_add",
                     BZ_ARGS (BZ_STR (cell (in, "organ_code")), BZ_INT (unit),
                              BZ_STR (cell (in, "name")),
                              BZ_STR (cell (in, "org_level")),
                              BZ_INT (import_int (in, "quota")),
                              BZ_INT (import_int (in, "order"))));
  if (rows == BZ_CONFLICT)
    return import_fail (in, "代码重复", cell (in, "organ_code"));
  if (rows < 0)
    return (int) rows;
  import_remember (in->organs, cell (in, "organ_code"),
                   bz_db_last_id (in->req));
  return BZ_OK;
}

static int
post_row (struct import *in)
{
  int64_t unit, organ, rows;
  int rc = import_id (in, in->units, "没有这个单位", cell (in, "unit_code"),
                      &unit);

  if (rc >= 0)
    rc = import_id (in, in->organs, "没有这个内设机构", cell (in, "organ_code"),
                    &organ);
  if (rc < 0)
    return rc;
  rows = bz_db_exec (in->req, "staffing.post_add",
                     BZ_ARGS (BZ_STR (cell (in, "post_code")), BZ_INT (unit),
                              BZ_INT (organ), BZ_STR (cell (in, "post_name")),
                              BZ_STR (cell (in, "leader_class")),
                              BZ_STR (cell (in, "post_level")),
                              BZ_INT (import_int (in, "quota")),
                              BZ_INT (import_int (in, "order"))));
  if (rows == BZ_CONFLICT)
    return import_fail (in, "代码重复", cell (in, "post_code"));
  if (rows < 0)
    return (int) rows;
  import_remember (in->posts, cell (in, "post_code"), bz_db_last_id (in->req));
  return BZ_OK;
}

static int
import_organisation (struct import *in)
{
  static const char *const offices[] = { "office", "name",  "place",
                                         "parent", "phone", NULL };
  static const char *const units[] = { "unit_code",
                                       "name",
                                       "short_name",
                                       "parent_code",
                                       "unit_category",
                                       "org_level",
                                       "funding_form",
                                       "division_code",
                                       "office",
                                       "review_section",
                                       "quota_admin",
                                       "quota_politics_law",
                                       "quota_civil_like",
                                       "quota_institution",
                                       "quota_worker",
                                       "order",
                                       NULL };
  static const char *const quotas[] = { "unit_code", "book",  "code",
                                        "amount",    "paper", "paper_on",
                                        NULL };
  static const char *const organs[] = { "organ_code", "unit_code", "name",
                                        "org_level",  "quota",     "order",
                                        NULL };
  static const char *const posts[] = {
    "post_code",  "unit_code", "organ_code", "post_name", "leader_class",
    "post_level", "quota",     "order",      NULL
  };
  int rc = import_file (in, "offices.csv", offices, office_row);

  if (rc >= 0)
    rc = import_file (in, "units.csv", units, unit_row);
  if (rc >= 0)
    rc = import_file (in, "units.csv", units, parent_row);
  if (rc >= 0 && import_has (in, "quotas.csv"))
    rc = import_file (in, "quotas.csv", quotas, quota_row);
  if (rc >= 0)
    rc = import_file (in, "organs.csv", organs, organ_row);
  if (rc >= 0)
    rc = import_file (in, "posts.csv", posts, post_row);
  return rc;
}

/* -- The whole. */

/* One posting a person and book, then the balances that follow. */
static int
post_occupied (struct import *in)
{
  static const char *const queries[] = {
    "staffing.import_type",
    "staffing.import_structure",
    "staffing.import_funding",
    "staffing.import_lead",
  };
  int64_t rows = bz_db_exec (in->req, "staffing.scope_paths", BZ_NO_ARGS);

  for (size_t i = 0; i < G_N_ELEMENTS (queries) && rows >= 0; i++)
    rows = bz_db_exec (in->req, queries[i],
                       BZ_ARGS (BZ_STR (bz_now (in->req))));
  if (rows >= 0)
    rows = bz_db_exec (in->req, "staffing.import_balances", BZ_NO_ARGS);
  return rows < 0 ? (int) rows : BZ_OK;
}

static int
refuse_second (struct import *in)
{
  const char *count;
  int rc = bz_db_value (in->req, &count, "staffing.import_units", BZ_NO_ARGS);

  if (rc > 0 && strcmp (count, "0") != 0)
    return bz_fail (in->req, BZ_CONFLICT,
                    "数据库中已有 %s 个单位；导入只用于空的数据库", count);
  return rc < 0 ? rc : BZ_OK;
}

static GHashTable *
new_map (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static int
import_all (struct bz_req *req, void *dir)
{
  g_autoptr (GHashTable) offices = new_map (), units = new_map ();
  g_autoptr (GHashTable) organs = new_map (), posts = new_map ();
  g_autoptr (GHashTable) persons = new_map (), employments = new_map ();
  g_autoptr (GHashTable) accounts = g_hash_table_new_full (g_str_hash,
                                                           g_str_equal, g_free,
                                                           NULL);
  struct import in = {
    .req = req,
    .dir = dir,
    .offices = offices,
    .units = units,
    .organs = organs,
    .posts = posts,
    .persons = persons,
    .employments = employments,
    .accounts = accounts,
  };
  int rc = refuse_second (&in);

  if (rc >= 0)
    rc = import_organisation (&in);
  if (rc >= 0)
    rc = import_persons (&in);
  if (rc >= 0)
    rc = post_occupied (&in);
  if (rc >= 0)
    rc = bz_audit (req, "staffing.import", "installation", 0,
                   bz_format (req, "units %u, persons %u",
                              g_hash_table_size (units),
                              g_hash_table_size (persons)));
  return rc < 0 ? rc : BZ_OK;
}

int
import_run (struct bz_req *req, int argc, char **argv)
{
  int rc;

  if (argc < 1 || !g_file_test (argv[argc - 1], G_FILE_TEST_IS_DIR))
    return bz_fail (
      req, BZ_BAD_INPUT,
      "用法：bianzhi import 目录，目录中有 offices.csv、units.csv、"
      "organs.csv、posts.csv、persons.csv、person_posts.csv、"
      "person_titles.csv");
  rc = bz_db_atomic (req, import_all, argv[argc - 1]);
  if (rc >= 0)
    bz_say (req, "导入完成");
  return rc < 0 ? rc : BZ_OK;
}
