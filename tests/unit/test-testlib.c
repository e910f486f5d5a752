/* libbianzhitest as a plugin's test uses it: a handler of the style guide.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "bianzhi/test.h"
#include <glib.h>

static int
appoint_show (struct bz_req *req)
{
  int64_t id, rows;
  int rc = bz_param_int (req, "id", &id);

  if (rc < 0)
    return rc;
  rows = bz_db_xml (req, bz_page (req), "appointment", "appoint.one",
                    BZ_ARGS (BZ_INT (id)));
  if (rows == 0)
    return bz_fail (req, BZ_NOT_FOUND, "没有编号为 %lld 的任免事项",
                    (long long) id);
  if (rows > 0)
    rows = bz_db_xml (req, bz_node_add (bz_page (req), "history"), "step",
                      "appoint.history", BZ_ARGS (BZ_INT (id)));
  return rows < 0 ? (int) rows : BZ_OK;
}

static void
test_show (void)
{
  static const char *const columns[] = { "id", "person", "post", "note", NULL };
  static const char *const cells[] = { "7", "王五 <测试>", "科长", NULL };
  static const struct bz_script sql[] = {
    { "appoint.one", "7", columns, cells, 1, 0 },
    { "appoint.history", "7", NULL, NULL, 0, 0 },
  };
  struct bz_req *req = bz_test_req ("id=7");

  bz_test_script (req, sql, G_N_ELEMENTS (sql));
  g_assert_cmpint (appoint_show (req), ==, BZ_OK);
  g_assert_cmpstr (bz_test_xpath (req, "//appointment/person"), ==,
                   "王五 <测试>");
  g_assert_cmpstr (bz_test_xpath (req, "count(//note)"), ==, "0");
  g_assert_cmpuint (bz_test_asked (req), ==, 2);
  bz_test_free (req);
}

static void
test_bad_id (void)
{
  static const char *const bad[] = { "", "id=", "id=7x", "id=7;drop", "id=--" };

  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
    struct bz_req *req = bz_test_req (bad[i]);

    g_assert_cmpint (appoint_show (req), ==, BZ_BAD_INPUT);
    g_assert_nonnull (bz_test_mark (req, "id"));
    g_assert_cmpuint (bz_test_asked (req), ==, 0);
    bz_test_free (req);
  }
}

static void
test_not_found (void)
{
  static const struct bz_script sql[] = {
    { "appoint.one", "7", NULL, NULL, 0, 0 },
  };
  struct bz_req *req = bz_test_req ("id=7");

  bz_test_script (req, sql, G_N_ELEMENTS (sql));
  g_assert_null (bz_test_fail_text (req));
  g_assert_cmpint (appoint_show (req), ==, BZ_NOT_FOUND);
  g_assert_cmpstr (bz_test_fail_text (req), ==, "没有编号为 7 的任免事项");
  bz_test_free (req);
}

static void
test_user (void)
{
  struct bz_req *req = bz_test_req ("");

  g_assert_cmpint (bz_user_id (req), ==, 0);
  bz_test_user (req, 5, 7, "clerk,admin");
  g_assert_cmpint (bz_user_id (req), ==, 5);
  g_assert_cmpint (bz_user_scope (req), ==, 7);
  bz_test_free (req);
}

static void
test_case (void)
{
  struct bz_req *req = bz_test_req ("");
  struct bz_case *c;
  struct bz_item *item;

  bz_test_user (req, 5, 7, "clerk");
  c = bz_test_case (req, "entry", "entry_mode=09",
                    "name=%E7%8E%8B%E4%BA%94&duty.1.post=a&duty.2.post=b");
  g_assert_cmpint (bz_case_scope (c), ==, 7);
  g_assert_cmpstr (bz_case_get (c, "entry_mode"), ==, "09");
  g_assert_cmpuint (bz_case_items (c), ==, 1);
  item = bz_case_item (c, 0);
  g_assert_cmpstr (bz_item_get (item, "name"), ==, "王五");
  g_assert_cmpuint (bz_item_rows (item, "duty"), ==, 2);
  g_assert_cmpstr (bz_item_row_get (item, "duty", 1, "post"), ==, "b");
  g_assert_null (bz_item_get (item, "entry_mode"));
  c = bz_test_case (req, "entry", "", NULL);
  g_assert_cmpuint (bz_case_items (c), ==, 0);
  bz_test_free (req);
}

/* A whole number of a head and of an item; what is none is 0. */
static void
test_int (void)
{
  static const struct {
    const char *value;
    int64_t is;
  } row[] = { { "12", 12 }, { "0", 0 },   { "", 0 },
              { "x", 0 },   { "-3", -3 }, { "9000000000", 9000000000 } };
  struct bz_req *req = bz_test_req ("");

  bz_test_user (req, 5, 7, "clerk");
  for (size_t i = 0; i < G_N_ELEMENTS (row); i++) {
    const char *field = bz_format (req, "slip=%s", row[i].value);
    struct bz_case *c = bz_test_case (req, "entry", field, field);

    g_assert_cmpint (bz_case_int (c, "slip"), ==, row[i].is);
    g_assert_cmpint (bz_item_int (bz_case_item (c, 0), "slip"), ==, row[i].is);
    g_assert_cmpint (bz_case_int (c, "other"), ==, 0);
  }
  bz_test_free (req);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/testlib/page-from-a-script", test_show);
  g_test_add_func ("/testlib/bad-id-asks-nothing", test_bad_id);
  g_test_add_func ("/testlib/failure-has-its-sentence", test_not_found);
  g_test_add_func ("/testlib/somebody-is-logged-in", test_user);
  g_test_add_func ("/testlib/case-without-database", test_case);
  g_test_add_func ("/testlib/whole-number-of-a-head-and-an-item", test_int);
  return g_test_run ();
}
