/* Moves of a case over a scripted database: hand in, approve, return, and
 * what is refused.  SPDX-License-Identifier: MulanPSL-2.0 */
#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>
#include "bianzhi/plugin.h"
#include "data/db.h"
#include "data/xml.h"
#include "define/dict.h"
#include "define/pack.h"
#include "define/process.h"
#include "people/session.h"
#include "serve/conf.h"
#include "work/amend.h"
#include "work/inbox.h"
#include "work/move.h"
#include "work/paper.h"

/* -- What other rooms do, as far as these rules need it. */

static GString *told; /* events and audit rows, in order */
static int veto, effects, effect_status;

int
bz_audit (struct bz_req *req, const char *action, const char *object_type,
          int64_t object_id, const char *detail)
{
  g_string_append_printf (told, "audit %s;", action);
  return BZ_OK;
}

int
bz_emit (struct bz_req *req, const struct bz_event *event)
{
  g_string_append_printf (told, "event %s %lld;", event->topic,
                          (long long) event->subject_id);
  return veto;
}

int
inbox_move (struct bz_req *req, const struct bz_case *c)
{
  g_string_append_printf (told, "inbox %s;", c->state);
  return BZ_OK;
}

/* Of pairs, of which these cases are none. */
int
amend_finish (struct bz_req *req, struct bz_case *by)
{
  return BZ_OK;
}

int
inbox_case (struct bz_req *req, const struct bz_case *c, const char *kind)
{
  g_assert_not_reached ();
}

int
inbox_pair (struct bz_req *req, int64_t scope_id, const char *business,
            const char *kind, int64_t case_id)
{
  g_assert_not_reached ();
}

int64_t
paper_list (struct bz_req *req, int64_t case_id, xmlNode *into)
{
  return 0;
}

/* No plugins either: the hooks stand below. */
const struct pack *
pack_find (const char *name)
{
  return NULL;
}

void
plugin_row (const void *at, uint32_t stride, unsigned n, void *ret, size_t size)
{
}

static int
hook_check (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  if (item != NULL && g_strcmp0 (bz_item_get (item, "name"), "满编") == 0)
    return bz_mark (req, "name", "编制不足");
  return BZ_OK;
}

static int
hook_effect (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  bz_item_set_subject (item, 900 + bz_item_id (item));
  effects++;
  return effect_status;
}

/* -- One business, one process. */

static char *folder;
static char *clerks[] = { (char *) "clerk", NULL };
static char *reviewers[] = { (char *) "reviewer", NULL };
static struct process_step steps[] = {
  { .name = (char *) "draft",
    .title = (char *) "单位填报",
    .roles = clerks,
    .where = WHERE_OWN },
  { .name = (char *) "review",
    .title = (char *) "审核",
    .roles = reviewers,
    .where = WHERE_OFFICE },
  { .name = (char *) "section",
    .title = (char *) "科室审核",
    .roles = reviewers,
    .where = WHERE_OFFICE,
    .desk = true },
};
#define MOVE(n, f, t, b, o)                                                    \
  {                                                                            \
    .name = (char *) n, .from = (char *) f, .to = (char *) t,                  \
    .title = (char *) n, .by = (char *) b, .opinion = o                        \
  }
static struct process_move moves[] = {
  MOVE ("submit", "draft", "review", NULL, false),
  MOVE ("approve", "review", "done", NULL, false),
  MOVE ("return", "review", "draft", NULL, true),
  MOVE ("reject", "review", "rejected", NULL, true),
  MOVE ("withdraw", "review", "draft", "draft", false),
  MOVE ("cancel", "draft", "cancelled", NULL, false),
  MOVE ("forward", "review", "section", NULL, false),
  { .name = (char *) "part",
    .from = (char *) "section",
    .to = (char *) "done",
    .title = (char *) "part",
    .rest = (char *) "draft",
    .opinion = true },
  MOVE ("withdraw", "section", "draft", "draft", false),
};
static struct process counter = { .name = (char *) "counter",
                                  .business = (char *) "w",
                                  .days = 3,
                                  .withdraw_until_passed = true };
static struct business business = {
  .min_items = 1,
  .name = (char *) "w",
  .title = (char *) "试办",
  .prefix = (char *) "SB",
  .item_word = (char *) "人",
  .item_title = (char *) "人员",
  .label = (char *) "name",
  .key = (char *) "name",
  .number = (char *) "entry_notice",
  .hooks = { .check = hook_check, .effect = hook_effect },
};

static char *
put_file (const char *name, const char *text)
{
  char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static void
load (int (*fn) (const char *, const char *, GError **), const char *name,
      const char *text)
{
  g_autofree char *path = put_file (name, text);
  GError *error = NULL;

  fn (path, "w", &error);
  g_assert_no_error (error);
  g_remove (path);
}

static void
set_up (void)
{
  xml_schema_dir_set (BZ_SRC "/conf/schema");
  folder = g_dir_make_tmp ("bz-move-XXXXXX", NULL);
  load (dict_load, "dict.xml",
        "<dictionary pack='w'><record name='case' title='c'>"
        "<field name='reason' title='业务事由' type='text'/></record>"
        "<record name='person' title='p'>"
        "<field name='name' title='姓名' type='text'/></record></dictionary>");
  load (form_load, "head.xml",
        "<form name='w/head' record='case' title='h'><section id='a' title='A'>"
        "<field name='reason'/></section></form>");
  load (form_load, "item.xml",
        "<form name='w/item' record='person' title='i'><section id='a' "
        "title='A'><field name='name' required='true()'/></section></form>");
  g_rmdir (folder);
  business.head = form_find ("w/head");
  business.item = form_find ("w/item");
  business.options = g_ptr_array_new ();
  counter.steps = g_ptr_array_new ();
  counter.moves = g_ptr_array_new ();
  for (size_t i = 0; i < G_N_ELEMENTS (steps); i++)
    g_ptr_array_add (counter.steps, &steps[i]);
  for (size_t i = 0; i < G_N_ELEMENTS (moves); i++)
    g_ptr_array_add (counter.moves, &moves[i]);
}

/* -- A request of an operator on a case with persons. */

static const char *const clerk[] = { "clerk", NULL };
static const char *const reviewer[] = { "reviewer", NULL };
enum { UNIT = 7, OFFICE = 1, CLERK = 21, REVIEWER = 31 };

struct world {
  struct bz_req *req;
  struct bz_case *c;
  struct session session;
};

static void
world_open (struct world *w, bool at_office, const char *step,
            const char *state, const struct db_script *script, size_t n)
{
  told = g_string_new (NULL);
  veto = effects = effect_status = 0;
  w->session = (struct session){
    .operator_id = at_office ? REVIEWER : CLERK,
    .scope_id = at_office ? OFFICE : UNIT,
    .office_id = OFFICE,
    .scope_kind = at_office ? "office" : "unit",
    .roles = at_office ? reviewer : clerk,
  };
  w->req = req_new (conf_default (), db_scripted (script, n));
  w->req->session = &w->session;
  w->c = case_blank (w->req, &business, UNIT);
  w->c->process = &counter;
  w->c->id = 5;
  w->c->office_id = OFFICE;
  w->c->version = 4;
  w->c->number = "SB-2026-00001";
  w->c->step = step;
  w->c->state = state;
  w->c->submitted_by = strcmp (step, "draft") == 0 ? 0 : CLERK;
  if (w->c->submitted_by != 0)
    w->c->submitted_at = "2026-11-20 09:00:00";
}

static struct bz_item *
world_add (struct world *w, int64_t id, const char *name, const char *state)
{
  struct bz_item *item = item_new (w->req, w->c);

  item->id = id;
  item->version = 1;
  item->state = state;
  bz_item_set (item, "name", name);
  item_name (w->req, item);
  return item;
}

static void
world_close (struct world *w)
{
  struct db *db = w->req->db;
  struct conf *conf = (struct conf *) w->req->conf;

  w->req->session = NULL;
  req_free (w->req);
  db_close (db);
  conf_free (conf);
  g_string_free (told, TRUE);
}

static const char *const last_columns[] = { "last", NULL };
static const char *const last_cells[] = { "73" };

/* -- The rules. */

static void
test_submit (void)
{
  static const struct db_script sql[] = {
    { "bz.item_update",
      "周文博|周文博|NULL|ready|"
      "<item><name>周文博</name></item>||11|1",
      NULL, NULL, 0, 1 },
    { "bz.case_move",
      "review|open|NULL|21|2026-11-22 10:26:03|NULL|NULL|"
      "2026-11-25|0|3|2026-11-22 10:26:03|5|4",
      NULL, NULL, 0, 1 },
    { "bz.move_insert", "5|submit|draft|review||0|2026-11-22 10:26:03", NULL,
      NULL, 0, 1 },
  };
  struct world w;

  world_open (&w, false, "draft", "draft", sql, G_N_ELEMENTS (sql));
  (void) world_add (&w, 11, "周文博", "draft");
  g_assert_cmpint (case_move (w.req, w.c, "submit", NULL), ==, BZ_OK);
  g_assert_cmpuint (db_script_asked (w.req->db), ==, G_N_ELEMENTS (sql));
  g_assert_cmpstr (told->str, ==,
                   "audit w.submit;inbox open;event w.submitted 0;");
  g_assert_cmpint (w.c->version, ==, 5);
  world_close (&w);
}

/* Every stop comes back with the person's name and the way to its form, and
 * nothing is written. */
static void
test_submit_checks_all (void)
{
  const struct mark *m;
  struct world w;

  world_open (&w, false, "draft", "draft", NULL, 0);
  (void) world_add (&w, 11, "周文博", "ready");
  (void) world_add (&w, 12, "满编", "ready");
  (void) world_add (&w, 13, "", "draft");
  g_assert_cmpint (case_move (w.req, w.c, "submit", NULL), ==, BZ_BAD_INPUT);
  g_assert_cmpuint (w.req->marks->len, ==, 2);
  m = &g_array_index (w.req->marks, struct mark, 0);
  g_assert_cmpstr (m->text, ==, "满编：编制不足");
  g_assert_cmpstr (m->field, ==, "item.12.name");
  g_assert_true (g_str_has_suffix (m->href, "/w/5/item/12?check=1"));
  g_assert_cmpuint (db_script_asked (w.req->db), ==, 0);
  g_assert_cmpstr (w.c->state, ==, "draft");
  world_close (&w);
}

static void
test_submit_empty (void)
{
  struct world w;

  world_open (&w, false, "draft", "draft", NULL, 0);
  g_assert_cmpint (case_move (w.req, w.c, "submit", NULL), ==, BZ_BAD_INPUT);
  g_assert_cmpuint (w.req->marks->len, ==, 1);
  world_close (&w);
}

/* Effects in order, then the number, then the events; two persons, one
 * number. */
static void
test_approve (void)
{
  static const struct db_script sql[] = {
    { "bz.item_update",
      "周文博|周文博|911|approved|"
      "<item><name>周文博</name></item>||11|1",
      NULL, NULL, 0, 1 },
    { "bz.item_update",
      "赵䶮|赵䶮|912|approved|"
      "<item><name>赵䶮</name></item>||12|1",
      NULL, NULL, 0, 1 },
    { "bz.series_next", "1|entry_notice|2026", NULL, NULL, 0, 1 },
    { "bz.series_last", "1|entry_notice|2026", last_columns, last_cells, 1, 0 },
    { "bz.case_move", NULL, NULL, NULL, 0, 1 },
    { "bz.move_insert", "5|approve|review|done|同意|0|2026-11-22 10:26:03",
      NULL, NULL, 0, 1 },
  };
  struct world w;

  world_open (&w, true, "review", "open", sql, G_N_ELEMENTS (sql));
  (void) world_add (&w, 11, "周文博", "ready");
  (void) world_add (&w, 12, "赵䶮", "ready");
  g_assert_cmpint (case_move (w.req, w.c, "approve", " 同意 "), ==, BZ_OK);
  g_assert_cmpint (effects, ==, 2);
  g_assert_cmpstr (told->str, ==,
                   "audit w.approve;inbox done;event w.approved 911;"
                   "event w.approved 912;");
  g_assert_true (strstr (w.c->result_number, "〔2026〕73号") != NULL);
  g_assert_cmpstr (w.c->state, ==, "done");
  world_close (&w);
}

/* A listener's no, or an effect that fails, is the move's answer. */
static void
test_veto (void)
{
  static const struct db_script sql[] = {
    { "bz.item_update", NULL, NULL, NULL, 0, 1 },
    { "bz.series_next", NULL, NULL, NULL, 0, 1 },
    { "bz.series_last", NULL, last_columns, last_cells, 1, 0 },
    { "bz.case_move", NULL, NULL, NULL, 0, 1 },
    { "bz.move_insert", NULL, NULL, NULL, 0, 1 },
  };
  struct world w;

  world_open (&w, true, "review", "open", sql, G_N_ELEMENTS (sql));
  (void) world_add (&w, 11, "周文博", "ready");
  veto = BZ_CONFLICT;
  g_assert_cmpint (case_move (w.req, w.c, "approve", NULL), ==, BZ_CONFLICT);
  world_close (&w);
  world_open (&w, true, "review", "open", NULL, 0);
  (void) world_add (&w, 11, "周文博", "ready");
  effect_status = BZ_CONFLICT;
  g_assert_cmpint (case_move (w.req, w.c, "approve", NULL), ==, BZ_CONFLICT);
  g_assert_cmpuint (db_script_asked (w.req->db), ==, 0);
  world_close (&w);
}

/* The row has another version than the one that was read: the second of two
 * reviewers. */
static void
test_version (void)
{
  static const struct db_script sql[] = {
    { "bz.case_move", NULL, NULL, NULL, 0, 0 },
  };
  struct world w;

  world_open (&w, false, "draft", "draft", sql, G_N_ELEMENTS (sql));
  g_assert_cmpint (case_move (w.req, w.c, "cancel", NULL), ==, BZ_CONFLICT);
  g_assert_nonnull (w.req->fail_text);
  world_close (&w);
}

static void
test_return (void)
{
  static const struct db_script sql[] = {
    { "bz.case_move",
      "draft|returned|NULL|21|2026-11-20 09:00:00|NULL|NULL|"
      "NULL|0|NULL|2026-11-22 10:26:03|5|4",
      NULL, NULL, 0, 1 },
    { "bz.move_insert", NULL, NULL, NULL, 0, 1 },
    { "bz.case_return", "2|5", NULL, NULL, 0, 1 },
    { "bz.items_return", "5", NULL, NULL, 0, 2 },
    { "bz.papers_was_drop", "5", NULL, NULL, 0, 1 },
    { "bz.papers_was_keep", "5", NULL, NULL, 0, 1 },
    { "bz.items_was_drop", "5", NULL, NULL, 0, 1 },
    { "bz.items_was_keep", "5", NULL, NULL, 0, 1 },
    { "bz.remark_insert", "2|12|name|与身份证不一致", NULL, NULL, 0, 1 },
    { "bz.item_update",
      "赵䶮|赵䶮|NULL|returned|"
      "<item><name>赵䶮</name></item>||12|1",
      NULL, NULL, 0, 1 },
    { "bz.remark_insert", "2|NULL|reason|请写明文号", NULL, NULL, 0, 1 },
  };
  struct world w;

  world_open (&w, true, "review", "open", sql, G_N_ELEMENTS (sql));
  (void) world_add (&w, 11, "周文博", "ready");
  (void) world_add (&w, 12, "赵䶮", "ready");
  req_add_param (w.req, "remark.11.name", "  ");
  req_add_param (w.req, "remark.12.name", "与身份证不一致");
  req_add_param (w.req, "remark.0.reason", "请写明文号");
  g_assert_cmpint (case_move (w.req, w.c, "return", "请改正"), ==, BZ_OK);
  g_assert_cmpuint (db_script_asked (w.req->db), ==, G_N_ELEMENTS (sql));
  g_assert_cmpstr (told->str, ==,
                   "audit w.return;inbox returned;event w.returned 0;");
  world_close (&w);
}

/* A remark on a person of another case. */
static void
test_return_foreign (void)
{
  static const struct db_script sql[] = {
    { "bz.case_move", NULL, NULL, NULL, 0, 1 },
    { "bz.move_insert", NULL, NULL, NULL, 0, 1 },
  };
  struct world w;

  world_open (&w, true, "review", "open", sql, G_N_ELEMENTS (sql));
  (void) world_add (&w, 11, "周文博", "ready");
  req_add_param (w.req, "remark.99.name", "与身份证不一致");
  g_assert_cmpint (case_move (w.req, w.c, "return", "请改正"), <, 0);
  world_close (&w);
}

static void
test_needs_opinion (void)
{
  struct world w;

  world_open (&w, true, "review", "open", NULL, 0);
  (void) world_add (&w, 11, "周文博", "ready");
  g_assert_cmpint (case_move (w.req, w.c, "return", "  \n"), ==, BZ_BAD_INPUT);
  g_assert_cmpstr (g_array_index (w.req->marks, struct mark, 0).field, ==,
                   "opinion");
  world_close (&w);
}

static const char *const moves_columns[] = {
  "id", "move", "from_step",  "to_step", "opinion",
  "at", "who",  "acting_for", NULL
};
static const char *const moves_cells[] = {
  "9", "approve", "review", "done", "", "2026-11-21 09:30:11", "林清华", NULL
};
static const struct db_script moves_row = { "bz.moves",  "5", moves_columns,
                                            moves_cells, 1,   0 };

static void
test_refused (void)
{
  static const struct {
    bool office;
    const char *step, *state, *move;
    int want;
  } rows[] = {
    { false, "review", "open", "approve", BZ_FORBIDDEN },
    { false, "review", "open", "return", BZ_FORBIDDEN },
    { true, "draft", "draft", "submit", BZ_FORBIDDEN },
    { true, "done", "done", "approve", BZ_CONFLICT },
    { false, "draft", "draft", "approve", BZ_CONFLICT },
    { false, "review", "open", "submit", BZ_CONFLICT },
    { true, "review", "open", "nonsense", BZ_CONFLICT },
    { true, "review", "open", "", BZ_CONFLICT },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++) {
    bool told_who = rows[i].want == BZ_CONFLICT;
    struct world w;

    world_open (&w, rows[i].office, rows[i].step, rows[i].state, &moves_row,
                told_who);
    (void) world_add (&w, 11, "周文博", "ready");
    g_assert_cmpint (case_move (w.req, w.c, rows[i].move, "意见"), ==,
                     rows[i].want);
    g_assert_nonnull (w.req->fail_text);
    g_assert_cmpuint (db_script_asked (w.req->db), ==, told_who);
    g_assert_true (
      !told_who
      || strstr (w.req->fail_text, "已于 2026-11-21 09:30 由林清华approve")
           != NULL);
    world_close (&w);
  }
}

/* Nobody reviews his own submission, whatever roles he has. */
static void
test_own_submission (void)
{
  struct world w;

  world_open (&w, true, "review", "open", NULL, 0);
  w.c->submitted_by = REVIEWER;
  (void) world_add (&w, 11, "周文博", "ready");
  g_assert_cmpint (case_move (w.req, w.c, "approve", NULL), ==, BZ_FORBIDDEN);
  g_assert_false (move_may_review (w.req, w.c));
  world_close (&w);
}

/* A button is only shown where the move would not be refused. */
static void
test_allowed (void)
{
  static const struct {
    bool office;
    const char *step, *state, *want;
  } rows[] = {
    { false, "draft", "draft", "submit cancel " },
    { false, "draft", "returned", "submit cancel " },
    { false, "review", "open", "withdraw " },
    { true, "review", "open", "approve return reject forward " },
    { true, "section", "open", "part " },
    { false, "section", "open", "withdraw " },
    { true, "draft", "draft", "" },
    { true, "done", "done", "" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GPtrArray) found = NULL;
    g_autoptr (GString) names = g_string_new (NULL);
    struct world w;

    world_open (&w, rows[i].office, rows[i].step, rows[i].state, NULL, 0);
    found = move_allowed (w.req, w.c);
    for (unsigned j = 0; j < found->len; j++)
      g_string_append_printf (names, "%s ",
                              ((struct process_move *) found->pdata[j])->name);
    g_assert_cmpstr (names->str, ==, rows[i].want);
    world_close (&w);
  }
}

/* -- Parts of a chain. */

/* Handed on within the office, the term runs on; nobody can take it back. */
static void
test_forward (void)
{
  static const struct db_script sql[] = {
    { "bz.case_move",
      "section|open|NULL|21|2026-11-20 09:00:00|NULL|NULL|"
      "2026-11-24|1|NULL|2026-11-22 10:26:03|5|4",
      NULL, NULL, 0, 1 },
    { "bz.move_insert", NULL, NULL, NULL, 0, 1 },
  };
  struct world w;

  world_open (&w, true, "review", "open", sql, G_N_ELEMENTS (sql));
  w.c->due_on = "2026-11-24";
  (void) world_add (&w, 11, "周文博", "ready");
  g_assert_cmpint (case_move (w.req, w.c, "forward", NULL), ==, BZ_OK);
  g_assert_true (w.c->passed);
  g_assert_cmpstr (told->str, ==,
                   "audit w.forward;inbox open;event w.passed 0;");
  world_close (&w);
  world_open (&w, false, "section", "open", NULL, 0);
  w.c->passed = true;
  g_assert_cmpint (case_move (w.req, w.c, "withdraw", NULL), ==, BZ_CONFLICT);
  world_close (&w);
}

/* Taken back after a reviewer had opened it: the history says so. */
static void
test_withdraw_opened (void)
{
  static const struct db_script sql[] = {
    { "bz.case_move", NULL, NULL, NULL, 0, 1 },
    { "bz.move_insert",
      "5|withdraw|review|draft|撤回时审核人已打开|0|"
      "2026-11-22 10:26:03",
      NULL, NULL, 0, 1 },
  };
  struct world w;

  world_open (&w, false, "review", "open", sql, G_N_ELEMENTS (sql));
  w.c->opened_at = "2026-11-22 10:00:00";
  w.c->due_on = "2026-11-24";
  g_assert_cmpint (case_move (w.req, w.c, "withdraw", NULL), ==, BZ_OK);
  g_assert_cmpstr (w.c->state, ==, "draft");
  g_assert_null (w.c->due_on);
  g_assert_cmpstr (told->str, ==,
                   "audit w.withdraw;inbox draft;event w.withdrawn 0;");
  world_close (&w);
}

/* A desk of the office decides for its own units only. */
static void
test_desk (void)
{
  struct world w;

  world_open (&w, true, "section", "open", NULL, 0);
  w.session.desk = "一科";
  w.c->desk = "二科";
  g_assert_false (move_may_review (w.req, w.c));
  g_assert_cmpint (case_move (w.req, w.c, "part", "意见"), ==, BZ_FORBIDDEN);
  g_assert_nonnull (strstr (w.req->fail_text, "二科"));
  w.c->desk = "一科";
  g_assert_true (move_may_review (w.req, w.c));
  w.c->desk = NULL;
  g_assert_true (move_may_review (w.req, w.c));
  world_close (&w);
}

/* Nothing chosen, all chosen, chosen and remarked: a sentence each, and the
 * case holds all its persons again. */
static void
test_part_refused (void)
{
  static const struct {
    const char *names[3], *says;
  } rows[] = {
    { { NULL }, "没有勾选" },
    { { "take=11", "take=12" }, "已勾选全部" },
    { { "take=99" }, "没有勾选" },
    { { "take=11", "remark.11.name=不符" }, "周文博已勾选核准" },
    { { "take=12" }, "编制不足" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++) {
    struct world w;

    world_open (&w, true, "section", "open", NULL, 0);
    (void) world_add (&w, 11, "周文博", "ready");
    (void) world_add (&w, 12, "满编", "ready");
    for (size_t j = 0; j < 3 && rows[i].names[j] != NULL; j++) {
      g_auto (GStrv) pair = g_strsplit (rows[i].names[j], "=", 2);

      req_add_param (w.req, pair[0], pair[1]);
    }
    g_assert_cmpint (case_move (w.req, w.c, "part", "部分"), ==, BZ_BAD_INPUT);
    g_assert_nonnull (
      strstr (g_array_index (w.req->marks, struct mark, 0).text, rows[i].says));
    g_assert_cmpuint (w.c->items->len, ==, 2);
    g_assert_cmpint (effects, ==, 0);
    world_close (&w);
  }
}

/* One of two: the other leaves for a case of its own before the effects. */
static void
test_part (void)
{
  static const struct db_script sql[] = {
    { "bz.series_next", "0|case.SB|2026", NULL, NULL, 0, 1 },
    { "bz.series_last", NULL, last_columns, last_cells, 1, 0 },
    { "bz.case_split", "SB-2026-00073|draft|2026-11-22 10:26:03|5", NULL, NULL,
      0, 1 },
    { "bz.paper_copy", NULL, NULL, NULL, 0, 1 },
    { "bz.item_split", NULL, NULL, NULL, 0, 1 },
    { "bz.paper_split", NULL, NULL, NULL, 0, 1 },
    { "bz.item_seq", "1|12", NULL, NULL, 0, 1 },
    { "bz.case_touch", NULL, NULL, NULL, 0, 1 },
    { "bz.case_touch", NULL, NULL, NULL, 0, 1 },
    { "bz.move_insert", "3|part|section|draft|部分|0|2026-11-22 10:26:03", NULL,
      NULL, 0, 1 },
    { "bz.case_return", NULL, NULL, NULL, 0, 1 },
    { "bz.items_return", NULL, NULL, NULL, 0, 1 },
    { "bz.papers_was_drop", NULL, NULL, NULL, 0, 1 },
    { "bz.papers_was_keep", NULL, NULL, NULL, 0, 1 },
    { "bz.items_was_drop", NULL, NULL, NULL, 0, 1 },
    { "bz.items_was_keep", NULL, NULL, NULL, 0, 1 },
    { "bz.remark_insert", NULL, NULL, NULL, 0, 1 },
    { "bz.item_update", NULL, NULL, NULL, 0, 1 },
    { "bz.series_next", "1|entry_notice|2026", NULL, NULL, 0, 1 },
    { "bz.series_last", NULL, last_columns, last_cells, 1, 0 },
    { "bz.case_move", NULL, NULL, NULL, 0, 1 },
    { "bz.move_insert",
      "5|part|section|done|part 1 人，其余 1 人转入 SB-2026-00073 退回|0|"
      "2026-11-22 10:26:03",
      NULL, NULL, 0, 1 },
  };
  struct world w;

  world_open (&w, true, "section", "open", sql, G_N_ELEMENTS (sql));
  (void) world_add (&w, 11, "满编", "ready");
  (void) world_add (&w, 12, "赵䶮", "ready");
  req_add_param (w.req, "take", "12");
  req_add_param (w.req, "remark.11.name", "不符");
  g_assert_cmpint (case_move (w.req, w.c, "part", "部分"), ==, BZ_OK);
  g_assert_cmpuint (db_script_asked (w.req->db), ==, G_N_ELEMENTS (sql));
  g_assert_cmpint (effects, ==, 1);
  g_assert_cmpuint (w.c->items->len, ==, 1);
  g_assert_cmpstr (
    told->str, ==,
    "audit w.split;audit w.part;inbox returned;event w.returned 0;"
    "audit w.part;inbox done;event w.approved 912;");
  world_close (&w);
}

/* What is closed stays closed over storing and loading. */
static void
test_item_values (void)
{
  struct bz_item *item;
  struct world w;

  world_open (&w, false, "draft", "draft", NULL, 0);
  item = world_add (&w, 11, "<王> & 五", "draft");
  bz_item_row_set (item, "duty", 1, "post", "副科长");
  g_assert_cmpuint (bz_item_rows (item, "duty"), ==, 2);
  g_assert_null (bz_item_row_get (item, "duty", 0, "post"));
  g_assert_cmpstr (bz_item_row_get (item, "duty", 1, "post"), ==, "副科长");
  g_assert_null (bz_item_row_get (item, "duty", 2, "post"));
  g_assert_cmpstr (bz_item_get (item, "name"), ==, "<王> & 五");
  bz_item_set (item, "name", NULL);
  g_assert_null (bz_item_get (item, "name"));
  g_assert_false (item_stopped (item));
  bz_item_say (item, "stop", "已在编");
  g_assert_true (item_stopped (item));
  world_close (&w);
}

int
main (int argc, char **argv)
{
  int rc;

  g_setenv ("BZ_NOW", "2026-11-22 10:26:03", TRUE);
  g_test_init (&argc, &argv, NULL);
  xml_init ();
  set_up ();
  g_test_add_func ("/move/HY-19/submit", test_submit);
  g_test_add_func ("/move/submit-checks-every-person", test_submit_checks_all);
  g_test_add_func ("/move/submit-without-persons", test_submit_empty);
  g_test_add_func ("/move/HY-7/approve-two-persons", test_approve);
  g_test_add_func ("/move/veto-and-failed-effect", test_veto);
  g_test_add_func ("/move/second-reviewer-gets-conflict", test_version);
  g_test_add_func ("/move/return-with-remarks", test_return);
  g_test_add_func ("/move/remark-on-foreign-person", test_return_foreign);
  g_test_add_func ("/move/return-needs-opinion", test_needs_opinion);
  g_test_add_func ("/move/refused", test_refused);
  g_test_add_func ("/move/own-submission", test_own_submission);
  g_test_add_func ("/move/buttons-only-for-what-is-allowed", test_allowed);
  g_test_add_func ("/move/A5.1/forwarded-the-term-runs-on", test_forward);
  g_test_add_func ("/move/A5.16/withdrawn-after-opening", test_withdraw_opened);
  g_test_add_func ("/move/A5.12/the-unit's-own-desk", test_desk);
  g_test_add_func ("/move/A5.12/part-refused", test_part_refused);
  g_test_add_func ("/move/A5.12/part", test_part);
  g_test_add_func ("/item/values", test_item_values);
  rc = g_test_run ();
  form_clear ();
  dict_clear ();
  g_ptr_array_unref (counter.steps);
  g_ptr_array_unref (counter.moves);
  g_free (folder);
  return rc;
}
