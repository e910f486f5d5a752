/* 机构编制台账 and 机构编制沿革表: what papers have approved, one line a paper, as of a
 * day (B4.1, B4.5).  SPDX-License-Identifier: MulanPSL-2.0 */
#include "ledger-column.h"
#include "part.h"
#include "show.h"

enum { A_PAGE = 50 };

static const struct kind {
  const char *name, *title;
  unsigned bit;
} kinds[] = {
  { "agency", "行政机构", LEDGER_AGENCY },
  { "civil", "参公事业单位", LEDGER_CIVIL },
  { "institution", "事业单位", LEDGER_INSTITUTION },
};

/* The line that is being gathered, and where it goes. */
struct ledger {
  struct bz_req *req;
  const struct kind *kind;
  struct bz_node *table;
  int64_t *amounts, *total; /* of each column */
  int64_t unit_id, number;
  const char *name, *date, *paper;
};

static const struct kind *
kind_asked (struct bz_req *req)
{
  const char *name = show_text (req, "kind");

  for (size_t i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (name, kinds[i].name) == 0)
      return &kinds[i];
  return &kinds[0];
}

/* -- The head. */

static struct bz_node *
table_new (struct bz_req *req, const struct kind *kind, const char *empty)
{
  static const char *const front[] = { "序号", "机构名称", "批准文号", "日期" };
  struct bz_node *table = bz_table (bz_page (req), "ledger", "机构编制台账",
                                    empty, front, G_N_ELEMENTS (front));

  bz_node_set (table, "groups", "yes");
  for (size_t i = 0; i < ledger_column_count; i++) {
    const struct ledger_column *c = &ledger_columns[i];
    struct bz_node *col;

    if ((c->kinds & kind->bit) == 0)
      continue;
    col = bz_node_add (table, "col");
    bz_node_set (col, "g", c->group);
    bz_node_set (col, "s", c->within);
    bz_node_set (col, "t", c->title);
    bz_node_set (col, "c", "num r");
  }
  return table;
}

/* -- Lines. */

/* Nothing stands where nothing was approved: the sheet is wide. */
static void
amount_cells (struct ledger *l, const int64_t *amounts, struct bz_node *row)
{
  for (size_t i = 0; i < ledger_column_count; i++)
    if ((ledger_columns[i].kinds & l->kind->bit) != 0)
      show_number (row,
                   amounts[i] != 0
                     ? bz_format (l->req, "%lld", (long long) amounts[i])
                     : "",
                   NULL);
}

static void
line_end (struct ledger *l)
{
  struct bz_node *row;

  if (l->unit_id == 0)
    return;
  row = bz_table_row (l->table, NULL);
  show_cell (row, bz_format (l->req, "%lld", (long long) ++l->number), NULL);
  show_cell (row, l->name,
             bz_href (l->req, "/staffing/unit/%lld/papers",
                      (long long) l->unit_id));
  show_whole (row, l->paper);
  show_whole (row, l->date);
  amount_cells (l, l->amounts, row);
  for (size_t i = 0; i < ledger_column_count; i++) {
    l->total[i] += l->amounts[i];
    l->amounts[i] = 0;
  }
}

static void
line_take (struct ledger *l, struct bz_rows *rows)
{
  const char *book = bz_db_text (rows, "book");
  const char *code = bz_db_text (rows, "code");
  int64_t amount = bz_db_int (rows, "amount");

  for (size_t i = 0; i < ledger_column_count; i++) {
    const struct ledger_column *c = &ledger_columns[i];

    if (ledger_column_takes (c, book, code)
        || (strcmp (book, "type") == 0
            && ledger_column_takes (c, "funding",
                                    bz_db_text (rows, "funding_form"))))
      l->amounts[i] += amount;
  }
}

static void
row_take (struct ledger *l, struct bz_rows *rows)
{
  int64_t unit_id = bz_db_int (rows, "id");
  const char *date = bz_db_text (rows, "posted_on");
  const char *paper = bz_db_text (rows, "paper");

  if (unit_id != l->unit_id || strcmp (date, l->date) != 0
      || strcmp (paper, l->paper) != 0) {
    line_end (l);
    l->unit_id = unit_id;
    l->name = bz_db_text (rows, "name");
    l->date = date;
    l->paper = paper;
  }
  line_take (l, rows);
}

/* 合计 of the lines that are shown. */
static void
total_row (struct ledger *l)
{
  struct bz_node *row;

  if (l->number == 0)
    return;
  row = bz_table_row (l->table, NULL);
  show_cell (row, "", NULL);
  show_cell (row, "合计", NULL);
  show_cell (row, "", NULL);
  show_cell (row, "", NULL);
  amount_cells (l, l->total, row);
}

/* -- The page. */

static void
kind_tabs (struct bz_req *req, const struct kind *kind, const char *on)
{
  struct bz_node *tabs = bz_node_add (bz_page (req), "tabs");

  bz_node_set (tabs, "label", "台账种类");
  for (size_t i = 0; i < G_N_ELEMENTS (kinds); i++) {
    struct bz_node *t = bz_node_add (tabs, "t");

    bz_node_set (t, "t", kinds[i].title);
    bz_node_set (t, "href",
                 bz_href (req, "/staffing/report/ledger?kind=%s&on=%s",
                          kinds[i].name, show_escape (req, on)));
    if (&kinds[i] == kind)
      bz_node_set (t, "cur", "1");
  }
}

/* The units of one page: those of a kind with anything approved. */
static int
units_between (struct ledger *l, const char *on, int size,
               struct bz_pages *pages, int64_t *first, int64_t *last)
{
  struct bz_rows *rows;
  int rc;

  bz_pages_read (l->req, size, pages);
  rc = bz_db_open (l->req, &rows, "staffing.ledger_units",
                   BZ_ARGS (BZ_STR (l->kind->name), BZ_STR (on),
                            BZ_INT (pages->edge), BZ_INT (pages->up),
                            BZ_INT (size + 1)));
  while (rc >= 0 && (rc = bz_db_next (rows)) > 0)
    if (bz_pages_row (pages, bz_db_int (rows, "id")) != 0) {
      int64_t id = bz_db_int (rows, "id");

      *first = *first == 0 ? id : MIN (*first, id);
      *last = MAX (*last, id);
    }
  return rc;
}

static int
add_lines (struct ledger *l, const char *on, int64_t first, int64_t last)
{
  struct bz_rows *rows;
  int rc = bz_db_open (l->req, &rows, "staffing.ledger_lines",
                       BZ_ARGS (BZ_STR (l->kind->name), BZ_STR (on),
                                BZ_INT (first), BZ_INT (last)));

  while (rc >= 0 && (rc = bz_db_next (rows)) > 0)
    row_take (l, rows);
  line_end (l);
  return rc;
}

static int
ledger_fill (struct ledger *l, const char *on)
{
  const char *href = bz_href (l->req, "/staffing/report/ledger?kind=%s&on=%s",
                              l->kind->name, on);
  bool whole = bz_offer_tables (l->req, href) != BZ_AS_PAGE;
  int size = whole ? BZ_AS_ROWS : A_PAGE;
  struct bz_pages pages;
  int64_t first = 0, last = 0;
  int rc = units_between (l, on, size, &pages, &first, &last);

  l->table = table_new (l->req, l->kind, "没有核定编制的机构");
  if (rc >= 0 && !whole)
    (void) bz_pages_end (l->req, &pages, l->table, href);
  if (rc >= 0 && last > 0)
    rc = add_lines (l, on, first, last);
  total_row (l);
  if (whole)
    report_cut (&pages, l->table);
  return rc;
}

/* GET /staffing/report/ledger?kind=agency|civil|institution&on=YYYY-MM-DD */
int
report_ledger (struct bz_req *req)
{
  const char *on, *fault = report_day (req, &on);
  size_t size = ledger_column_count * sizeof (int64_t);
  struct ledger l = { .req = req,
                      .kind = kind_asked (req),
                      .amounts = bz_alloc (req, size),
                      .total = bz_alloc (req, size) };
  struct bz_node *query, *hidden;

  bz_title (req,
            fault == NULL ? "机构编制台账（%s，%s）" : "机构编制台账（%s）",
            l.kind->title, on);
  bz_crumb (req, "首页", bz_href (req, "/"));
  bz_crumb (req, "机构编制台账", NULL);
  query = report_query (req, "/staffing/report/ledger");
  hidden = bz_node_add (query, "hidden");
  bz_node_set (hidden, "n", "kind");
  bz_node_set (hidden, "v", l.kind->name);
  show_control (query, "on", "截至日期", "text", on);
  kind_tabs (req, l.kind, on);
  if (fault == NULL)
    return ledger_fill (&l, on);
  table_new (req, l.kind, fault);
  return BZ_OK;
}

/* -- 机构编制沿革表 of one unit. */

struct history {
  struct bz_req *req;
  struct bz_node *table;
  const char *date, *paper, *title, *summary;
  GString *posts, *leads; /* what the paper changed */
  int64_t of_posts, of_leads, number;
};

static void
history_end (struct history *h)
{
  struct bz_node *row;

  if (h->date == NULL)
    return;
  row = bz_table_row (h->table, NULL);
  show_cell (row, bz_format (h->req, "%lld", (long long) ++h->number), NULL);
  show_whole (row, h->date);
  show_whole (row, h->paper);
  show_cell (row, h->title, NULL);
  show_cell (row, h->summary, NULL);
  show_cell (row, bz_format (h->req, "%s", h->posts->str), NULL);
  show_cell (row, bz_format (h->req, "%s", h->leads->str), NULL);
  show_number (row, bz_format (h->req, "%lld", (long long) h->of_posts), NULL);
  show_number (row, bz_format (h->req, "%lld", (long long) h->of_leads), NULL);
  g_string_truncate (h->posts, 0);
  g_string_truncate (h->leads, 0);
}

/* "行政编制 +2" behind what the paper changed before. */
static void
history_take (struct history *h, struct bz_rows *rows)
{
  const char *book = bz_db_text (rows, "book");
  bool of_unit = strcmp (book, "unit") == 0; /* another name or parent */
  bool frozen = strcmp (bz_db_text (rows, "account"), "frozen") == 0;
  bool lead = strcmp (book, "lead") == 0;
  GString *into = lead ? h->leads : h->posts;
  int64_t amount = bz_db_int (rows, "amount");

  if (of_unit)
    return;
  if (into->len > 0)
    g_string_append (into, "，");
  g_string_append_printf (into, "%s%s %+lld", frozen ? "冻结" : "",
                          quota_name (h->req, book, bz_db_text (rows, "code")),
                          (long long) amount);
  if (!frozen && lead)
    h->of_leads += amount;
  if (!frozen && strcmp (book, "type") == 0)
    h->of_posts += amount;
}

static int
history_rows (struct history *h, int64_t unit_id)
{
  struct bz_rows *rows;
  int rc = bz_db_open (h->req, &rows, "staffing.unit_papers",
                       BZ_ARGS (BZ_INT (unit_id)));

  while (rc >= 0 && (rc = bz_db_next (rows)) > 0) {
    const char *date = bz_db_text (rows, "posted_on");
    const char *paper = bz_db_text (rows, "paper");

    if (g_strcmp0 (date, h->date) != 0 || g_strcmp0 (paper, h->paper) != 0) {
      history_end (h);
      h->date = date;
      h->paper = paper;
      h->title = bz_db_text (rows, "title");
      h->summary = bz_db_text (rows, "summary");
    }
    history_take (h, rows);
  }
  history_end (h);
  return rc;
}

/* GET /staffing/unit/{id}/papers */
int
unit_papers (struct bz_req *req)
{
  static const char *const columns[] = { "序号",     "日期",    "文号",
                                         "文件名称", "摘要",    "编制变动",
                                         "职数变动", "#编制数", "#领导职数" };
  g_autoptr (GString) posts = g_string_new (NULL), leads = g_string_new (NULL);
  struct history h = { .req = req, .posts = posts, .leads = leads };
  struct bz_node *section;
  struct bz_rows *rows;
  int64_t id;
  int rc = unit_open (req, &id, &rows);

  if (rc < 0)
    return rc;
  bz_title (req, "机构编制沿革表：%s", bz_db_text (rows, "name"));
  bz_crumb (req, bz_db_text (rows, "short_name"),
            bz_href (req, "/staffing/unit/%lld", (long long) id));
  bz_crumb (req, "沿革表", NULL);
  (void) bz_offer_tables (req, bz_href (req, "/staffing/unit/%lld/papers",
                                        (long long) id));
  section = show_section (bz_page (req), "unit", "机构");
  show_value (section, "机构名称", bz_db_text (rows, "name"));
  show_value (section, "隶属", bz_db_text (rows, "parent_name"));
  show_value (section, "机构级别",
              show_code (req, "org_level", bz_db_text (rows, "org_level")));
  show_value (section, "经费形式",
              show_code (req, "funding_form",
                         bz_db_text (rows, "funding_form")));
  h.table = bz_table (bz_page (req), "papers", "机构编制沿革表", "没有批准文件",
                      columns, G_N_ELEMENTS (columns));
  return history_rows (&h, id);
}
