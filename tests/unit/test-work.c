/* Small rules of cases: numbers, working days, filters, labels.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <glib.h>
#include <string.h>
#include "define/code.h"
#include "define/pack.h"
#include "define/process.h"
#include "work/case.h"
#include "work/desk-page.h"
#include "work/event.h"
#include "work/list.h"
#include "work/move.h"
#include "work/remark.h"
#include "work/series.h"
#include "work/workday.h"

/* No plugins in this program. */
const struct pack *
pack_at (unsigned n)
{
  return NULL;
}

const struct pack *
pack_find (const char *name)
{
  return NULL;
}

void
plugin_row (const void *at, uint32_t stride, unsigned n, void *ret,
            size_t size)
{
}

static void
test_series (void)
{
  static const struct { const char *pattern, *want; gint64 n; } rows[] = {
    { "{place}编入〔{year}〕{n}号", "示编入〔2026〕1号", 1 },
    { "{市}编控〔{年}〕{序}号", "示编控〔2026〕73号", 73 },
    { "RB-{year}-{n5}", "RB-2026-00012", 12 },
    { "RB-{year}-{n5}", "RB-2026-123456", 123456 },
    { "{n0}", "7", 7 },
    { "{n12}-{what}-{", "{n12}-{what}-{", 3 },
    { "}{", "}{", 3 },
    { "", "", 3 },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *got = series_format (rows[i].pattern, "示", 2026,
                                          rows[i].n);

    g_assert_cmpstr (got, ==, rows[i].want);
  }
}

static void
test_date_parse (void)
{
  static const char *const bad[] = { "", "2026", "2026-02-30", "2026-13-01",
                                     "2026-00-10", "2026-1-1", "20260101",
                                     "abcd-ef-gh", "0000-01-01" };
  long days;

  g_assert_true (workday_parse ("1970-01-01", &days));
  g_assert_cmpint (days, ==, 0);
  g_assert_true (workday_parse ("2026-11-22 10:26:03", &days));
  g_assert_cmpint (days, ==, 20779);
  g_assert_false (workday_parse (NULL, &days));
  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (workday_parse (bad[i], &days));
}

/* Without a calendar: Monday to Friday, less 1 January. */
static void
test_workday_plain (void)
{
  static const struct { const char *from, *want; int n; } rows[] = {
    { "2026-11-20", "2026-11-25", 3 },     /* over a week-end */
    { "2026-11-22", "2026-11-25", 3 },     /* from a Sunday */
    { "2026-12-31", "2027-01-04", 1 },     /* 1 January is a Friday */
    { "2026-11-20", "2026-11-20", 0 },
  };
  char got[11];

  code_clear ();
  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_assert_true (workday_add (rows[i].from, rows[i].n, got));
    g_assert_cmpstr (got, ==, rows[i].want);
  }
  g_assert_false (workday_add ("soon", 3, got));
  g_assert_false (workday_known ("2026-11-20")); /* no calendar here */
  g_assert_cmpint (workday_between ("2026-11-20", "2026-11-25"), ==, 3);
  g_assert_cmpint (workday_between ("2026-11-25", "2026-11-20"), ==, -3);
  g_assert_cmpint (workday_between ("2026-11-20", "2026-11-20"), ==, 0);
  g_assert_cmpint (workday_between ("", "2026-11-20"), ==, 0);
}

/* With the calendar: 2026-10-01 to 07 are free, 10-10 is worked. */
static void
test_workday_calendar (void)
{
  GError *error = NULL;
  char got[11];
  long days;

  code_load_dir (BZ_SRC "/sql/codes", &error);
  g_assert_no_error (error);
  g_assert_true (workday_add ("2026-09-30", 1, got));
  g_assert_cmpstr (got, ==, "2026-10-08");
  g_assert_true (workday_parse ("2026-10-10", &days));
  g_assert_true (workday_is (days));
  g_assert_true (workday_parse ("2026-10-11", &days));
  g_assert_false (workday_is (days));
  code_clear ();
}

static void
test_event_topics (void)
{
  g_assert_true (event_matches ("entry.approved", "entry.approved"));
  g_assert_true (event_matches ("entry.*", "entry.approved"));
  g_assert_false (event_matches ("entry.*", "entry."));
  g_assert_false (event_matches ("entry.*", "entry"));
  g_assert_false (event_matches ("entry.*", "entryx.approved"));
  g_assert_false (event_matches ("entry", "entry.approved"));
  g_assert_false (event_matches ("", "entry.approved"));
  g_assert_false (event_matches (NULL, "entry.approved"));
  g_assert_false (event_matches ("entry.*", NULL));
}

static void
test_remark_names (void)
{
  static const char *const bad[] = {
    "", "remark", "remark.", "remark.7", "remark.7.", "remark.x.name",
    "remark.-7.name", "remark.7.na me", "remark.7.<b>", "remarks.7.name",
    "remark. 7.name",
  };
  const char *field;
  gint64 id;

  g_assert_true (remark_name ("remark.17.birth_date", &id, &field));
  g_assert_cmpint (id, ==, 17);
  g_assert_cmpstr (field, ==, "birth_date");
  g_assert_true (remark_name ("remark.0.duty.1.post", &id, &field));
  g_assert_cmpint (id, ==, 0);
  g_assert_cmpstr (field, ==, "duty.1.post");
  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (remark_name (bad[i], &id, &field));
}

static void
test_list_like (void)
{
  g_autofree char *plain = list_like ("周文博");
  g_autofree char *odd = list_like ("50%_a\\");

  g_assert_cmpstr (plain, ==, "%周文博%");
  g_assert_cmpstr (odd, ==, "%50\\%\\_a\\\\%");
  g_assert_null (list_like (""));
  g_assert_null (list_like (NULL));
}

static void
test_list_date (void)
{
  static const struct { const char *typed, *want; } rows[] = {
    { "20260315", "2026-03-15" }, { "2026.3.15", "2026-03-15" },
    { "2026-03-15", "2026-03-15" }, { "2026/3/5", "2026-03-05" },
    { "2026-02-30", NULL }, { "2026", NULL }, { "yesterday", NULL },
    { "", NULL }, { NULL, NULL }, { "15.3.2026", NULL },
    { "2026-1-99999999999", NULL },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *got = list_date (rows[i].typed);

    g_assert_cmpstr (got, ==, rows[i].want);
  }
}

static void
test_label (void)
{
  static char word[] = "人";
  struct business b = { .item_word = word };
  struct bz_item first = { .label = "周文博" }, other = { .label = "赵䶮" };
  struct bz_case c = { .business = &b, .items = g_ptr_array_new () };
  g_autofree char *none = case_label (&c), *one = NULL, *three = NULL;

  g_ptr_array_add (c.items, &first);
  one = case_label (&c);
  g_ptr_array_add (c.items, &other);
  g_ptr_array_add (c.items, &other);
  three = case_label (&c);
  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (one, ==, "周文博");
  g_assert_cmpstr (three, ==, "周文博 等3人");
  g_ptr_array_unref (c.items);
}

/* Draft, review, section; as counter with one step more. */
static struct process *
three_steps (void)
{
  static char names[][8] = { "draft", "review", "chief" };
  static struct process_step steps[3];
  struct process *p = g_new0 (struct process, 1);

  p->steps = g_ptr_array_new ();
  p->moves = g_ptr_array_new ();
  for (size_t i = 0; i < G_N_ELEMENTS (steps); i++) {
    steps[i].name = names[i];
    g_ptr_array_add (p->steps, &steps[i]);
  }
  return p;
}

static void
test_move_kind (void)
{
  static const struct { char from[8], to[12]; enum move_kind want; } rows[] = {
    { "draft", "review", MOVE_ON },   { "review", "chief", MOVE_ON },
    { "chief", "done", MOVE_DONE },   { "review", "draft", MOVE_BACK },
    { "chief", "review", MOVE_BACK }, { "review", "rejected", MOVE_END },
    { "draft", "cancelled", MOVE_END },
  };
  struct process *p = three_steps ();

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++) {
    struct process_move m = { .from = (char *) rows[i].from,
                              .to = (char *) rows[i].to };

    g_assert_cmpint (move_kind (p, &m), ==, rows[i].want);
  }
  g_ptr_array_unref (p->steps);
  g_ptr_array_unref (p->moves);
  g_free (p);
}

static void
test_status_word (void)
{
  static const struct { const char *state, *word, *tone; } rows[] = {
    { "draft", "草稿", "wait" }, { "returned", "已退回", "bad" },
    { "done", "已核准", "ok" }, { "rejected", "不予办理", "bad" },
    { "open", "办理中", "run" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++) {
    struct bz_case c = { .state = rows[i].state, .step = "gone" };
    const char *tone;

    g_assert_cmpstr (case_status (&c, &tone), ==, rows[i].word);
    g_assert_cmpstr (tone, ==, rows[i].tone);
  }
}

/* A file has one size on every page that names it. */
static void
test_size (void)
{
  struct bz_req *req = req_new (NULL, NULL);

  g_assert_cmpstr (desk_size (req, 0), ==, "0 KB");
  g_assert_cmpstr (desk_size (req, 1), ==, "1 KB");
  g_assert_cmpstr (desk_size (req, 1024 * 1024 - 1), ==, "1024 KB");
  g_assert_cmpstr (desk_size (req, 20 * 1024 * 1024), ==, "20.0 MB");
  req_free (req);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/series/A5.6/pattern", test_series);
  g_test_add_func ("/workday/dates-that-are-none", test_date_parse);
  g_test_add_func ("/workday/A5.1/beyond-the-calendar", test_workday_plain);
  g_test_add_func ("/workday/A5.1/calendar", test_workday_calendar);
  g_test_add_func ("/event/topics", test_event_topics);
  g_test_add_func ("/remark/names", test_remark_names);
  g_test_add_func ("/list/like-escapes", test_list_like);
  g_test_add_func ("/list/dates", test_list_date);
  g_test_add_func ("/case/label", test_label);
  g_test_add_func ("/desk/size", test_size);
  g_test_add_func ("/move/kinds", test_move_kind);
  g_test_add_func ("/case/status-words", test_status_word);
  return g_test_run ();
}
