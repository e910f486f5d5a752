/* @NAME@ with a database that answers from a script. */
#include "@NAME@.c"
#include <bianzhi/test.h>
#include <assert.h>
#include <string.h>

static void
test_listener (void)
{
  static const struct bz_script sql[] = {
    { .query = "@NAME@.note_add", .changed = 1 },
  };
  struct bz_req *req = bz_test_req ("");
  const struct bz_event event = { "entry.approved", 7, 3, NULL };

  bz_test_script (req, sql, 1);
  assert (entry_approved (req, &event) == BZ_OK);
  assert (bz_test_asked (req) == 1);
  bz_test_free (req);
}

static void
test_page (void)
{
  static const char *const columns[] = { "person_id", "name", "unit",
                                         "noted_on", NULL };
  static const char *const cells[] = { "7", "王五", "某局", "2026-03-02" };
  static const struct bz_script sql[] = {
    { .query = "@NAME@.notes",
      .args = "200",
      .columns = columns,
      .cells = cells,
      .rows = 1 },
  };
  struct bz_req *req = bz_test_req ("");

  bz_test_script (req, sql, 1);
  assert (notes_page (req) == BZ_OK);
  assert (strcmp (bz_test_xpath (req, "//table/r/c[1]"), "王五") == 0);
  assert (strcmp (bz_test_xpath (req, "count(//table/r)"), "1") == 0);
  bz_test_free (req);
}

int
main (void)
{
  bz_test_queries ("sql/queries.xml", "@NAME@");
  test_listener ();
  test_page ();
  return 0;
}
