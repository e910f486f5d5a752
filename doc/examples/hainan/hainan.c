/* 最低服务年限: who has promised to stay until when.  It comes with the entry, bars a
 * voluntary exit before that day, and ends by itself.  A table of its own, a page,
 * listeners (one of which says no), a job, a proof and a warning.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <bianzhi/plugin.h>
#include <string.h>

enum { BONDS_PAGE = 50 };

/* What the item of the event's subject says in FIELD; NULL: nothing. */
static int
item_says (struct bz_req *req, const struct bz_event *event, const char *field,
           const char **ret)
{
  struct bz_case *c;
  int rc = bz_case_read (req, event->case_id, &c);

  *ret = NULL;
  for (size_t i = 0; rc > 0 && i < bz_case_items (c); i++) {
    struct bz_item *item = bz_case_item (c, i);
    const char *value = bz_item_get (item, field);

    if (bz_item_subject (item) == event->subject_id && value != NULL
        && *value != '\0')
      *ret = value;
  }
  return rc < 0 ? rc : BZ_OK;
}

/* -- Listeners: within the approval, so that nothing is half done. */

static int
entry_approved (struct bz_req *req, const struct bz_event *event)
{
  const char *until;
  int rc = item_says (req, event, "hainan_until", &until);
  int64_t n = rc < 0 || until == NULL
              ? rc
              : bz_db_exec (req, "hainan.bond_add",
                            BZ_ARGS (BZ_INT (event->subject_id),
                                     BZ_INT (event->case_id), BZ_STR (until)));

  return n < 0 ? (int) n : BZ_OK;
}

static int
entry_undone (struct bz_req *req, const struct bz_event *event)
{
  int64_t n = bz_db_exec (req, "hainan.bond_drop",
                          BZ_ARGS (BZ_INT (event->subject_id),
                                   BZ_INT (event->case_id)));

  return n < 0 ? (int) n : BZ_OK;
}

/* Is REASON among the codes, or below one of them, of [hainan] exempt=02;03? */
static int
is_exempt (struct bz_req *req, const char *reason)
{
  const char *codes = bz_conf_of (req, "hainan", "exempt", "02;03");

  for (const char *at = codes; at != NULL && reason != NULL && *at != '\0';) {
    size_t n = strcspn (at, ";");

    if (n > 0 && strncmp (reason, at, n) == 0)
      return 1;
    at += n + (at[n] == ';');
  }
  return 0;
}

/* Who retires leaves the bond behind; who goes before its day is over does not go. */
static int
exit_approved (struct bz_req *req, const struct bz_event *event)
{
  const char *reason, *until;
  int64_t n;
  int rc = item_says (req, event, "exit_reason", &reason);

  if (rc == BZ_OK)
    rc = bz_db_value (req, &until, "hainan.bond_held",
                      BZ_ARGS (BZ_INT (event->subject_id),
                               BZ_STR (bz_today (req))));
  if (rc <= 0)
    return rc;
  if (!is_exempt (req, reason))
    return bz_fail (req, BZ_CONFLICT,
                    "申请单中有人员约定最低服务到 %s，期满以前不能以这种原因"
                    "出编；请退回申请单位核对出编原因，或等期满后再办理",
                    until);
  n = bz_db_exec (req, "hainan.bond_end",
                  BZ_ARGS (BZ_INT (event->subject_id),
                           BZ_INT (event->case_id)));
  return n < 0 ? (int) n : BZ_OK;
}

static int
exit_undone (struct bz_req *req, const struct bz_event *event)
{
  int64_t n = bz_db_exec (req, "hainan.bond_again",
                          BZ_ARGS (BZ_INT (event->subject_id),
                                   BZ_INT (event->case_id)));

  return n < 0 ? (int) n : BZ_OK;
}

/* -- GET /hainan/ */

static void
bond_row (struct bz_req *req, struct bz_rows *rows, struct bz_node *table)
{
  struct bz_node *row = bz_table_row (table, NULL);

  bz_table_cell (row, bz_db_text (rows, "name"),
                 bz_href (req, "/staffing/person/%lld",
                          (long long) bz_db_int (rows, "person_id")));
  bz_table_cell (row, bz_db_text (rows, "unit"), NULL);
  bz_node_set (bz_table_cell (row, bz_db_text (rows, "until_on"), NULL), "c",
               "nw");
  bz_table_cell (row, bz_db_text (rows, "word"), NULL);
}

static int
bonds_page (struct bz_req *req)
{
  static const char *const columns[] = { "姓名", "单位", "服务期满时间", "状态" };
  const char *href = bz_href (req, "/hainan/");
  struct bz_pages pages;
  struct bz_node *table;
  struct bz_rows *rows;
  int rc, whole;

  bz_title (req, "最低服务年限");
  bz_crumb (req, "首页", bz_href (req, "/"));
  bz_crumb (req, "最低服务年限", NULL);
  whole = bz_offer_tables (req, href) != BZ_AS_PAGE;
  table = bz_table (bz_page (req), "bonds", "最低服务年限",
                    "没有约定最低服务年限的人员", columns,
                    sizeof columns / sizeof *columns);
  bz_pages_read (req, whole ? BZ_AS_ROWS : BONDS_PAGE, &pages);
  rc = bz_db_open (req, &rows, pages.up ? "hainan.bonds_up" : "hainan.bonds",
                   BZ_ARGS (BZ_INT (pages.edge), BZ_INT (pages.size + 1)));
  while (rc >= 0 && (rc = bz_db_next (rows)) > 0)
    if (bz_pages_row (&pages, bz_db_int (rows, "id")))
      bond_row (req, rows, table);
  if (rc >= 0 && !whole)
    (void) bz_pages_end (req, &pages, table, href);
  return rc;
}

/* -- The job: what is over is over. */

static int
close_bonds (struct bz_req *req, void *data)
{
  int64_t n = bz_db_exec (req, "hainan.bonds_close",
                          BZ_ARGS (BZ_STR (bz_today (req))));

  return n < 0 ? (int) n : BZ_OK;
}

static int
bonds_job (struct bz_req *req)
{
  return bz_db_atomic (req, close_bonds, NULL);
}

/* -- bianzhi verify: nobody is held who is not on staff. */

static int
bonds_proof (struct bz_req *req)
{
  struct bz_rows *rows;
  int found = 0;
  int rc = bz_db_open (req, &rows, "hainan.bonds_astray", BZ_NO_ARGS);

  while (rc >= 0 && (rc = bz_db_next (rows)) > 0) {
    bz_say (req, "bond %s: person %s is not on staff", bz_db_text (rows, "id"),
            bz_db_text (rows, "person_id"));
    found++;
  }
  return rc < 0 ? rc : found;
}

/* -- What this plugin is. */

static int
load (const struct bz_conf *conf)
{
  const char *codes = bz_conf_text (conf, "exempt", "02;03");

  /* Read once here, so that a wrong line is found when the server starts. */
  return strspn (codes, "0123456789;") == strlen (codes) ? BZ_OK : BZ_FAILED;
}

static const struct bz_route routes[] = {
  { .method = "GET", .path = "/hainan/", .permission = "hainan.view",
    .view = "list", .handle = bonds_page },
};
static const struct bz_listener listeners[] = {
  { "entry.approved", entry_approved },
  { "entry.undone", entry_undone },
  { "exit.approved", exit_approved },
  { "exit.undone", exit_undone },
};
static const struct bz_job jobs[] = {
  { .name = "hainan.close", .schedule = "daily 01:40", .run = bonds_job },
};
static const struct bz_proof proofs[] = {
  { "hainan-bonds", "约定最低服务年限的人员都在编", bonds_proof },
};
static const struct bz_warning warnings[] = {
  { "30 天内服务期满的人员", "hainan.view", "/hainan/", "hainan.count_soon" },
};
static const char *const needs[] = { "staffing", "entry", "exit", NULL };
static const struct bz_plugin hainan = {
  .head = BZ_HEAD,
  .name = "hainan",
  .version = "1",
  .title = "最低服务年限",
  .needs = needs,
  .load = load,
  .routes = BZ_ROWS (routes),
  .listeners = BZ_ROWS (listeners),
  .jobs = BZ_ROWS (jobs),
  .proofs = BZ_ROWS (proofs),
  .warnings = BZ_ROWS (warnings),
};
BZ_EXPORT (hainan)
