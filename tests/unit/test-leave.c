/* How an employment ends: once, with what it frees.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "staffing-stub.h"

static const char *const one_column[] = { "x", NULL }, *const yes[] = { "1" };
static const char *const now[] = { "id", "before_it", NULL };
static const struct bz_exit retired = {
  .person_id = 9,
  .unit_id = 7,
  .case_id = 3,
  .date = "2026-11-22",
  .reason = "02",
  .happened_on = "2026-11-20",
  .doc_no = "示人社退〔2026〕1号",
};

#define GATE                                                                   \
  { "staffing.employment_gate", NULL, one_column, yes, 1, 0 },                 \
  {                                                                            \
    "staffing.unit_lock", "7", one_column, yes, 1, 0                           \
  }
#define FOUND(cells)                                                           \
  GATE,                                                                        \
  {                                                                            \
    "staffing.employment_open", "9|7|2026-11-22", now, cells, 1, 0             \
  }

/* The row, what is kept beside it, then -1 in each book that counted it. */
static void
test_close (void)
{
  static const char *const cells[] = { "4", "1" };
  static const char *const columns[] = {
    "person_id",     "unit_id",     "quota_code", "quota_structure",
    "quota_funding", "entry_paper", NULL
  };
  static const char *const counted[] = { "9", "7", "22", "2", "1", "" };
  static const char *const lead[] = { "leader_class", "posts", NULL };
  static const char *const leads[] = { "11", "1" };
#define POSTED(book, code)                                                        \
  { "staffing.quota_occupied", "7|" book "|" code "|-1", NULL, NULL, 0, 1 },      \
  {                                                                               \
    "staffing.posting_add",                                                       \
      "7|" book "|" code "|occupied|-1|2026-11-22|3|9|示人社退〔2026〕1号" \
      "|2026-11-22 10:26:03",                                                     \
      NULL, NULL, 0, 1                                                            \
  }
  static const struct bz_script script[] = {
    FOUND (cells),
    { "staffing.employment_close", "4|2026-11-22|02|3", NULL, NULL, 0, 1 },
    { "staffing.exit_add", "4|2026-11-20|41||示人社退〔2026〕1号|0|", NULL,
      NULL, 0, 1 },
    { "staffing.employment_quota", "4", columns, counted, 1, 0 },
    { "staffing.employment_leads", "4", lead, leads, 1, 0 },
    POSTED ("type", "22"),
    POSTED ("structure", "2"),
    POSTED ("funding", "1"),
    POSTED ("lead", "11"),
  };
  int64_t id = 0;

  STUB_SCRIPT (script);
  g_assert_cmpint (bz_employment_close (stub_req (), &retired, &id), ==, BZ_OK);
  g_assert_cmpint (id, ==, 4);
}

/* Late, moved on: all of it is kept. */
static void
test_late (void)
{
  static const char *const cells[] = { "4", "1" };
  static const char *const columns[] = {
    "person_id",     "unit_id",     "quota_code", "quota_structure",
    "quota_funding", "entry_paper", NULL
  };
  static const char *const uncounted[] = { "9", "7", "", "", "", "" };
  static const struct bz_script script[] = {
    FOUND (cells),
    { "staffing.employment_close", "4|2026-11-22|012|3", NULL, NULL, 0, 1 },
    { "staffing.exit_add", "4|2026-09-30|43|某市|示任〔2026〕1号|1|文件晚到",
      NULL, NULL, 0, 1 },
    { "staffing.employment_quota", "4", columns, uncounted, 1, 0 },
    { "staffing.employment_leads", "4", one_column, NULL, 0, 0 },
  };
  struct bz_exit x = retired;
  int64_t id = 0;

  x.reason = "012";
  x.happened_on = "2026-09-30";
  x.destination = "某市";
  x.doc_no = "示任〔2026〕1号";
  x.late = 1;
  x.late_reason = "文件晚到";
  STUB_SCRIPT (script);
  g_assert_cmpint (bz_employment_close (stub_req (), &x, &id), ==, BZ_OK);
}

/* Who is not there any more, or came today: nothing is written. */
static void
test_refused (void)
{
  static const char *const fresh[] = { "4", "0" };
  static const struct bz_script gone[] = {
    GATE,
    { "staffing.employment_open", NULL, now, NULL, 0, 0 },
  };
  static const struct bz_script today[] = { FOUND (fresh) };
  int64_t id = 0;

  STUB_SCRIPT (gone);
  g_assert_cmpint (bz_employment_close (stub_req (), &retired, &id), ==,
                   BZ_CONFLICT);
  g_assert_nonnull (strstr (stub.fail, "已不在本单位在编"));
  STUB_SCRIPT (today);
  g_assert_cmpint (bz_employment_close (stub_req (), &retired, &id), ==,
                   BZ_CONFLICT);
  g_assert_nonnull (strstr (stub.fail, "今天才入编"));
  g_assert_cmpint (id, ==, 0);
}

/* How this employment ended stands already: no book has one less. */
static void
test_recorded (void)
{
  static const char *const cells[] = { "4", "1" };
  static const struct bz_script script[] = {
    FOUND (cells),
    { "staffing.employment_close", "4|2026-11-22|02|3", NULL, NULL, 0, 1 },
    { "staffing.exit_add", NULL, NULL, NULL, 0, BZ_CONFLICT },
  };
  int64_t id = 0;

  STUB_SCRIPT (script);
  g_assert_cmpint (bz_employment_close (stub_req (), &retired, &id), ==,
                   BZ_CONFLICT);
  g_assert_cmpint (id, ==, 0);
}

/* A reason that the table does not have ends nothing. */
static void
test_reason (void)
{
  static const char *const cells[] = { "4", "1" };
  static const struct bz_script script[] = { FOUND (cells) };
  struct bz_exit x = retired;
  int64_t id = 0;

  x.reason = "98";
  STUB_SCRIPT (script);
  g_assert_cmpint (bz_employment_close (stub_req (), &x, &id), ==, BZ_CONFLICT);
  g_assert_nonnull (strstr (stub.fail, "出编原因"));
}

/* What the register says is loaded and closed; a gap is closed too. */
static void
test_fill (void)
{
  static const char *const columns[] = { "name", "duties", NULL };
  static const char *const cells[] = { "周文博", NULL };
  static const char *const fields[] = { "name", "duties", NULL };
  static const struct bz_script there[] = {
    { "staffing.staff_fields", "7|9", columns, cells, 1, 0 },
  };
  static const struct bz_script gone[] = {
    { "staffing.staff_fields", "7|9", columns, NULL, 0, 0 },
  };
  struct bz_item *item;

  STUB_SCRIPT (there);
  item = stub_item ("duties=科长");
  bz_item_set_subject (item, 9);
  g_assert_cmpint (bz_staff_fill (stub_req (), 7, item, fields, "已登记"), ==,
                   1);
  g_assert_cmpstr (bz_item_get (item, "name"), ==, "周文博");
  g_assert_null (bz_item_get (item, "duties"));
  g_assert_cmpstr (stub_closed (item, "duties"), ==, "已登记");
  STUB_SCRIPT (gone);
  item = stub_item ("name=x");
  bz_item_set_subject (item, 9);
  g_assert_cmpint (bz_staff_fill (stub_req (), 7, item, fields, "已登记"), ==,
                   0);
  g_assert_cmpstr (bz_item_get (item, "name"), ==, "x");
}

int
main (int argc, char **argv)
{
  int rc;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/leave/ends-with-what-it-frees", test_close);
  g_test_add_func ("/leave/TS-36/late-is-kept", test_late);
  g_test_add_func ("/leave/never-twice", test_refused);
  g_test_add_func ("/leave/recorded-once", test_recorded);
  g_test_add_func ("/leave/unknown-reason", test_reason);
  g_test_add_func ("/leave/HY-71/what-is-known-is-loaded", test_fill);
  rc = g_test_run ();
  stub_end ();
  return rc;
}
