/* hainan with a database that answers from a script.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "hainan.c"
#include <assert.h>
#include <bianzhi/test.h>

static const char *const one[] = { "n", NULL };

/* An exit whose case is gone: nothing is known of its reason, so it is barred. */
static void
test_veto (void)
{
  static const char *const until[] = { "2030-01-01" };
  static const struct bz_script sql[] = {
    { .query = "bz.case_any", .args = "3" },
    { .query = "hainan.bond_held", .columns = one, .cells = until, .rows = 1 },
  };
  const struct bz_event event = { "exit.approved", 7, 3, NULL };
  struct bz_req *req = bz_test_req ("");

  bz_test_script (req, sql, 2);
  assert (exit_approved (req, &event) == BZ_CONFLICT);
  assert (strstr (bz_test_fail_text (req), "2030-01-01") != NULL);
  bz_test_free (req);
}

static void
test_free (void)
{
  static const struct bz_script sql[] = {
    { .query = "bz.case_any", .args = "3" },
    { .query = "hainan.bond_held" },
  };
  const struct bz_event event = { "exit.approved", 7, 3, NULL };
  struct bz_req *req = bz_test_req ("");

  bz_test_script (req, sql, 2);
  assert (exit_approved (req, &event) == BZ_OK);
  bz_test_free (req);
}

static void
test_exempt (void)
{
  struct bz_req *req = bz_test_req ("");

  assert (is_exempt (req, "02") == 1);
  assert (is_exempt (req, "021") == 1);
  assert (is_exempt (req, "04") == 0);
  assert (is_exempt (req, NULL) == 0);
  bz_test_free (req);
}

static void
test_page (void)
{
  static const char *const columns[] = { "id", "person_id", "name", "unit",
                                         "until_on", "word", NULL };
  static const char *const cells[] = { "5", "7", "王五", "某局", "2030-01-01",
                                       "服务期内" };
  static const struct bz_script sql[] = {
    { .query = "hainan.bonds", .args = "0|51", .columns = columns,
      .cells = cells, .rows = 1 },
  };
  struct bz_req *req = bz_test_req ("");

  bz_test_script (req, sql, 1);
  assert (bonds_page (req) == BZ_OK);
  assert (strcmp (bz_test_xpath (req, "//table/r/c[1]"), "王五") == 0);
  assert (strcmp (bz_test_xpath (req, "//table/r/c[3]"), "2030-01-01") == 0);
  bz_test_free (req);
}

int
main (void)
{
  bz_test_queries ("sql/queries.xml", "hainan");
  test_veto ();
  test_free ();
  test_exempt ();
  test_page ();
  return 0;
}
