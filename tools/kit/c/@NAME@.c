/* @NAME@: who has come on staff since this plugin is there, as a page of its own. */
#include <bianzhi/plugin.h>

enum { NOTED_ROWS = 200 };

/* Heard within the approval: what is written stands or falls with it. */
static int
entry_approved (struct bz_req *req, const struct bz_event *event)
{
  int64_t n = bz_db_exec (req, "@NAME@.note_add",
                          BZ_ARGS (BZ_INT (event->subject_id),
                                   BZ_INT (event->case_id),
                                   BZ_STR (bz_today (req))));

  return n < 0 ? (int) n : BZ_OK;
}

static int
entry_undone (struct bz_req *req, const struct bz_event *event)
{
  int64_t n = bz_db_exec (req, "@NAME@.note_drop",
                          BZ_ARGS (BZ_INT (event->subject_id),
                                   BZ_INT (event->case_id)));

  return n < 0 ? (int) n : BZ_OK;
}

/* GET /@NAME@/ */
static int
notes_page (struct bz_req *req)
{
  static const char *const columns[] = { "姓名", "单位", "入编日期" };
  struct bz_node *table;
  struct bz_rows *rows;
  int rc;

  bz_title (req, "新入编人员");
  bz_crumb (req, "首页", bz_href (req, "/"));
  bz_crumb (req, "新入编人员", NULL);
  table = bz_table (bz_page (req), "notes", "新入编人员", "还没有新入编人员",
                    columns, sizeof columns / sizeof *columns);
  rc = bz_db_open (req, &rows, "@NAME@.notes", BZ_ARGS (BZ_INT (NOTED_ROWS)));
  while (rc >= 0 && (rc = bz_db_next (rows)) > 0) {
    struct bz_node *row = bz_table_row (table, NULL);

    bz_table_cell (row, bz_db_text (rows, "name"),
                   bz_href (req, "/staffing/person/%lld",
                            (long long) bz_db_int (rows, "person_id")));
    bz_table_cell (row, bz_db_text (rows, "unit"), NULL);
    bz_table_cell (row, bz_db_text (rows, "noted_on"), NULL);
  }
  return rc;
}

static const struct bz_route routes[] = {
  { .method = "GET",
    .path = "/@NAME@/",
    .permission = "@NAME@.view",
    .view = "list",
    .handle = notes_page },
};
static const struct bz_listener listeners[] = {
  { "entry.approved", entry_approved },
  { "entry.undone", entry_undone },
};
static const char *const needs[] = { "staffing", "entry", NULL };
static const struct bz_plugin plugin = {
  .head = BZ_HEAD,
  .name = "@NAME@",
  .version = "1",
  .title = "本地业务",
  .needs = needs,
  .routes = BZ_ROWS (routes),
  .listeners = BZ_ROWS (listeners),
};
BZ_EXPORT (plugin)
