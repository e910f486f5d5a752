/* One figure of the quota book and the postings that make it.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "part.h"
#include "show.h"

enum { A_PAGE = 50 };

/* "free" is no account: it is what the others leave of the approved. */
static const struct account {
  const char *name, *title;
} accounts[] = {
  { "approved", "核定" },     { "occupied", "实有" },
  { "reserved", "已批未用" }, { "incoming", "在途调入" },
  { "outgoing", "在途调出" }, { "frozen", "冻结" },
  { "free", "空编" },
};

struct figure {
  int64_t unit_id;
  const char *book, *code;
  const struct account *account;
};

static const struct account *
account_find (const char *name)
{
  for (size_t i = 0; i < G_N_ELEMENTS (accounts); i++)
    if (g_strcmp0 (accounts[i].name, name) == 0)
      return &accounts[i];
  return NULL;
}

static const char *
figure_href (struct bz_req *req, const struct figure *f, const char *account)
{
  return bz_href (req,
                  "/staffing/unit/%lld/postings?book=%s&code=%s"
                  "&account=%s",
                  (long long) f->unit_id, show_escape (req, f->book),
                  show_escape (req, f->code), account);
}

/* -- The figures of the account, each a tab. */

static int
figure_tabs (struct bz_req *req, const struct figure *f)
{
  struct bz_node *tabs = bz_node_add (bz_page (req), "tabs");
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "staffing.unit_account",
                       BZ_ARGS (BZ_INT (f->unit_id), BZ_STR (f->book),
                                BZ_STR (f->code)));

  if (rc < 0)
    return rc;
  rc = bz_db_next (rows); /* 0: nothing was ever approved or occupied */
  if (rc < 0)
    return rc;
  bz_node_set (tabs, "label", "账目");
  for (size_t i = 0; i < G_N_ELEMENTS (accounts); i++) {
    struct bz_node *t = bz_node_add (tabs, "t");

    bz_node_set (t, "t", accounts[i].title);
    bz_node_set (t, "n", rc > 0 ? bz_db_text (rows, accounts[i].name) : "0");
    bz_node_set (t, "href", figure_href (req, f, accounts[i].name));
    if (&accounts[i] == f->account)
      bz_node_set (t, "cur", "1");
  }
  return BZ_OK;
}

/* -- The postings. */

/* The page of the case, for who may view its business. */
static const char *
case_href (struct bz_req *req, struct bz_rows *rows)
{
  const char *business = bz_db_text (rows, "business");

  if (business == NULL
      || bz_may (req, bz_format (req, "%s.view", business),
                 bz_db_int (rows, "case_scope"))
           <= 0)
    return NULL;
  return bz_href (req, "/%s/%lld", business,
                  (long long) bz_db_int (rows, "case_id"));
}

static void
posting_row (struct bz_req *req, struct bz_rows *rows, struct bz_node *table)
{
  const struct account *account = account_find (bz_db_text (rows, "account"));
  const char *person = bz_db_int (rows, "in_scope") != 0
                       ? bz_db_text (rows, "person_id")
                       : NULL;
  int64_t amount = bz_db_int (rows, "amount");
  struct bz_node *r = bz_table_row (table, NULL);

  show_cell (r, bz_db_text (rows, "posted_on"), NULL);
  show_cell (r, account != NULL ? account->title : "", NULL);
  show_number (r, bz_format (req, "%+lld", (long long) amount), NULL);
  show_number (r, bz_db_text (rows, "balance"), NULL);
  show_cell (r, bz_db_text (rows, "paper"), NULL);
  show_cell (r, bz_db_text (rows, "case_number"), case_href (req, rows));
  show_cell (r, bz_db_text (rows, "person"),
             person != NULL ? bz_href (req, "/staffing/person/%s", person)
                            : NULL);
  show_cell (r, bz_db_text (rows, "id_number"), NULL);
  show_cell (r, bz_db_text (rows, "recorded_at"), NULL);
}

static int
posting_table (struct bz_req *req, const struct figure *f)
{
  static const char *const columns[] = { "业务日期", "科目",     "#增减",
                                         "#余额",    "批准文号", "业务单号",
                                         "人员",     "身份证号", "登记时间" };
  struct bz_node *table = bz_table (bz_page (req), "postings", "分录",
                                    "没有分录，数字为 0", columns,
                                    G_N_ELEMENTS (columns));
  struct bz_pages pages;
  struct bz_rows *rows;
  int rc;

  bz_pages_read (req, A_PAGE, &pages);
  rc = bz_db_open (req, &rows, "staffing.unit_postings",
                   BZ_ARGS (BZ_INT (f->unit_id), BZ_STR (f->book),
                            BZ_STR (f->code), BZ_STR (f->account->name),
                            BZ_INT (pages.edge), BZ_INT (pages.up),
                            BZ_INT (A_PAGE + 1)));
  while (rc >= 0 && (rc = bz_db_next (rows)) > 0)
    if (bz_pages_row (&pages, bz_db_int (rows, "id")) != 0)
      posting_row (req, rows, table);
  if (rc < 0)
    return rc;
  (void) bz_pages_end (req, &pages, table,
                       figure_href (req, f, f->account->name));
  return BZ_OK;
}

/* GET /staffing/unit/{id}/postings?book=&code=&account=; without an account
 * what is left of it. */
int
unit_postings (struct bz_req *req)
{
  const char *account = show_text (req, "account");
  struct figure f = {
    .book = show_text (req, "book"),
    .code = show_text (req, "code"),
    .account = account_find (account != NULL ? account : "free"),
  };
  struct bz_rows *rows;
  int rc = unit_open (req, &f.unit_id, &rows);

  if (rc < 0)
    return rc;
  if (f.book == NULL || f.code == NULL || f.account == NULL)
    return bz_fail (req, BZ_NOT_FOUND, "请从单位的编制总账进入分录");
  bz_crumb (req, bz_db_text (rows, "short_name"),
            bz_href (req, "/staffing/unit/%lld", (long long) f.unit_id));
  bz_crumb (req, "分录", NULL);
  bz_title (req, "%s：%s %s", bz_db_text (rows, "short_name"),
            quota_name (req, f.book, f.code), f.account->title);
  rc = figure_tabs (req, &f);
  return rc < 0 ? rc : posting_table (req, &f);
}
