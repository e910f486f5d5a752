/* The quota book: when a posting goes in, and what a refusal says.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "staffing-stub.h"

static const char *const balance[] = { "approved",  "occupied", "reserved",
                                       "incoming",  "outgoing", "frozen",
                                       "allowance", NULL };
static const struct bz_posting one = {
  .unit_id = 7,
  .book = "type",
  .code = "11",
  .account = BZ_QUOTA_OCCUPIED,
  .amount = 1,
  .date = "2026-11-22",
  .case_id = 3,
  .person_id = 9,
};

/* A posting and its balance go together, the balance first. */
static void
test_post (void)
{
  static const struct bz_script script[] = {
    { "staffing.quota_occupied", "7|type|11|1", NULL, NULL, 0, 1 },
    { "staffing.posting_add",
      "7|type|11|occupied|1|2026-11-22|3|9||2026-11-22 10:26:03", NULL, NULL, 0,
      1 },
  };

  STUB_SCRIPT (script);
  g_assert_cmpint (bz_quota_post (stub_req (), &one), ==, BZ_OK);
}

/* No room: nothing is posted, and the sentence has the figures that add up. */
static void
test_no_room (void)
{
  static const char *const cells[] = { "46", "45", "1", "0", "0", "0", "0" };
  static const struct bz_script script[] = {
    { "staffing.quota_occupied", "7|type|11|1", NULL, NULL, 0, 0 },
    { "staffing.quota_balance_now", "7|type|11", balance, cells, 1, 0 },
  };

  STUB_SCRIPT (script);
  g_assert_cmpint (bz_quota_post (stub_req (), &one), ==, BZ_CONFLICT);
  g_assert_nonnull (strstr (stub.fail, "行政编制"));
  g_assert_nonnull (
    strstr (stub.fail, "核定 46 名，实有 45 名，已批未用 1 名，空编 0 名"));
}

/* No account is another sentence than no room. */
static void
test_no_account (void)
{
  static const struct bz_script script[] = {
    { "staffing.quota_occupied", NULL, NULL, NULL, 0, 0 },
    { "staffing.quota_balance_now", NULL, balance, NULL, 0, 0 },
  };

  STUB_SCRIPT (script);
  g_assert_cmpint (bz_quota_post (stub_req (), &one), ==, BZ_CONFLICT);
  g_assert_nonnull (strstr (stub.fail, "没有核定“行政编制”"));
  g_assert_null (strstr (stub.fail, "空编"));
}

/* Fewer than none cannot be. */
static void
test_negative (void)
{
  static const char *const cells[] = { "5", "0", "0", "0", "0", "0", "0" };
  static const struct bz_script script[] = {
    { "staffing.quota_occupied", "7|type|11|-1", NULL, NULL, 0, 0 },
    { "staffing.quota_balance_now", NULL, balance, cells, 1, 0 },
  };
  struct bz_posting p = one;

  p.amount = -1;
  STUB_SCRIPT (script);
  g_assert_cmpint (bz_quota_post (stub_req (), &p), ==, BZ_CONFLICT);
  g_assert_nonnull (strstr (stub.fail, "不能再减少 1 名"));
}

/* Above the approved number only for who may, and only when there is no room. */
static void
test_over (void)
{
  static const struct bz_script script[] = {
    { "staffing.quota_occupied", "7|lead|11|1", NULL, NULL, 0, 0 },
    { "staffing.quota_over", "7|lead|11|1", NULL, NULL, 0, 1 },
    { "staffing.posting_add", NULL, NULL, NULL, 0, 1 },
  };
  static const struct bz_script room[] = {
    { "staffing.quota_occupied", "7|lead|11|1", NULL, NULL, 0, 1 },
    { "staffing.posting_add", NULL, NULL, NULL, 0, 1 },
  };
  struct bz_posting p = one;

  p.book = "lead";
  p.over = 1;
  STUB_SCRIPT (script);
  g_assert_cmpint (bz_quota_post (stub_req (), &p), ==, BZ_OK);
  STUB_SCRIPT (room);
  g_assert_cmpint (bz_quota_post (stub_req (), &p), ==, BZ_OK);
}

/* Each account has its own update; nothing of nothing is no posting. */
static void
test_accounts (void)
{
  static const char *const names[] = { "approved", "occupied", "reserved",
                                       "incoming", "outgoing", "frozen" };
  struct bz_posting p = one;

  for (int i = BZ_QUOTA_APPROVED; i <= BZ_QUOTA_FROZEN; i++) {
    g_autofree char *update = g_strconcat ("staffing.quota_", names[i], NULL);
    const struct bz_script script[] = {
      { update, NULL, NULL, NULL, 0, 1 },
      { "staffing.posting_add", NULL, NULL, NULL, 0, 1 },
    };

    p.account = (enum bz_quota_account) i;
    STUB_SCRIPT (script);
    g_assert_cmpint (bz_quota_post (stub_req (), &p), ==, BZ_OK);
    stub_end ();
  }
  p.amount = 0;
  stub_begin (NULL, 0);
  g_assert_cmpint (bz_quota_post (stub_req (), &p), ==, BZ_OK);
}

static void
test_database_away (void)
{
  static const struct bz_script script[] = {
    { "staffing.quota_occupied", NULL, NULL, NULL, 0, BZ_AWAY },
  };

  STUB_SCRIPT (script);
  g_assert_cmpint (bz_quota_post (stub_req (), &one), ==, BZ_AWAY);
  g_assert_null (stub.fail);
}

/* What is taken back of a past day must have been there from that day on. */
static void
test_past (void)
{
  static const char *const columns[] = { "day", "balance", NULL };
  static const char *const less[] = { "2026-04-01", "-1" };
  const struct bz_script script[] = {
    { "staffing.quota_approved", "7|type|11|-2", NULL, NULL, 0, 1 },
    { "staffing.posting_add", NULL, NULL, NULL, 0, 1 },
    { "staffing.quota_short", "7|type|11|approved|2026-03-02", columns, NULL, 0,
      0 },
    { "staffing.quota_approved", "7|type|11|-2", NULL, NULL, 0, 1 },
    { "staffing.posting_add", NULL, NULL, NULL, 0, 1 },
    { "staffing.quota_short", "7|type|11|approved|2026-03-02", columns, less, 1,
      0 },
  };
  struct bz_posting p = one;

  p.account = BZ_QUOTA_APPROVED;
  p.amount = -2;
  p.date = "2026-03-02";
  STUB_SCRIPT (script);
  g_assert_cmpint (bz_quota_post (stub_req (), &p), ==, BZ_OK);
  g_assert_cmpint (bz_quota_post (stub_req (), &p), ==, BZ_CONFLICT);
  g_assert_nonnull (
    strstr (stub.fail, "“行政编制”在 2026-04-01 的核定是 1 名，减少 2 名"));
}

/* The same before it is posted, behind what others of its paper take: only of a
 * past day, and only of what is taken. */
static void
test_past_before (void)
{
  static const char *const columns[] = { "day", "balance", NULL };
  static const char *const less[] = { "2026-04-01", "-2" };
  static const struct bz_script script[] = {
    { "staffing.quota_short_seen", "7|type|11|frozen|2026-03-02|-2", columns,
      NULL, 0, 0 },
    { "staffing.quota_short_seen", "7|type|11|frozen|2026-03-02|-5", columns,
      less, 1, 0 },
    { "staffing.quota_short_seen", NULL, NULL, NULL, 0, BZ_AWAY },
  };
  struct bz_posting p = one;
  const char *why;

  p.account = BZ_QUOTA_FROZEN;
  p.amount = -2;
  p.date = "2026-03-02";
  STUB_SCRIPT (script);
  g_assert_cmpint (bz_quota_short (stub_req (), &p, 0, &why), ==, BZ_OK);
  g_assert_null (why);
  g_assert_cmpint (bz_quota_short (stub_req (), &p, -3, &why), ==, BZ_OK);
  g_assert_nonnull (
    strstr (why, "“行政编制”在 2026-04-01 的冻结是 0 名，减少 2 名"));
  g_assert_cmpint (bz_quota_short (stub_req (), &p, 0, &why), ==, BZ_AWAY);
  p.amount = 2;
  g_assert_cmpint (bz_quota_short (stub_req (), &p, 0, &why), ==, BZ_OK);
  p.amount = -2;
  p.date = "2026-11-22";
  g_assert_cmpint (bz_quota_short (stub_req (), &p, 0, &why), ==, BZ_OK);
  g_assert_null (why);
}

/* Each account is refused in its own words. */
static void
test_words (void)
{
  static const char *const cells[] = { "46", "44", "1", "0", "0", "1", "0" };
  static const struct {
    enum bz_quota_account account;
    int amount;
    const char *query, *says;
  } cases[] = {
    { BZ_QUOTA_FROZEN, 2, "staffing.quota_frozen", "不能冻结 2 名" },
    { BZ_QUOTA_FROZEN, -2, "staffing.quota_frozen", "不能解冻 2 名" },
    { BZ_QUOTA_APPROVED, -50, "staffing.quota_approved", "不能核减 50 名" },
    { BZ_QUOTA_RESERVED, 2, "staffing.quota_reserved", "不够再批 2 名" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    const struct bz_script script[] = {
      { cases[i].query, NULL, NULL, NULL, 0, 0 },
      { "staffing.quota_balance_now", NULL, balance, cells, 1, 0 },
    };
    struct bz_posting p = one;

    p.book = "structure";
    p.code = "2";
    p.account = cases[i].account;
    p.amount = cases[i].amount;
    STUB_SCRIPT (script);
    g_assert_cmpint (bz_quota_post (stub_req (), &p), ==, BZ_CONFLICT);
    g_assert_nonnull (strstr (stub.fail, cases[i].says));
    g_assert_nonnull (strstr (stub.fail, "编制结构“专业技术”"));
    stub_end ();
  }
  stub_begin (NULL, 0);
}

/* A paper of tomorrow is none; one of today opens the account that it names. */
static void
test_paper (void)
{
  static const char *const found[] = { "found", NULL };
  static const char *const yes[] = { "1" };
  static const struct bz_script script[] = {
    { "staffing.employment_gate", "", found, yes, 1, 0 },
    { "staffing.unit_lock", "7", found, yes, 1, 0 },
    { "staffing.paper_add", "3|7|示编发〔2026〕3号|2026-11-22|批复|", NULL,
      NULL, 0, 1 },
    { "staffing.quota_has_now", "7|rank|A05", found, NULL, 0, 0 },
    { "staffing.quota_open", "7|rank|A05", NULL, NULL, 0, 1 },
    { "staffing.quota_approved", "7|rank|A05|2", NULL, NULL, 0, 1 },
    { "staffing.posting_add", NULL, NULL, NULL, 0, 1 },
  };
  struct bz_quota_paper paper = { .unit_id = 7,
                                  .case_id = 3,
                                  .number = "示编发〔2026〕3号",
                                  .date = "2026-11-22",
                                  .title = "批复" };

  STUB_SCRIPT (script);
  g_assert_cmpint (bz_quota_approve (stub_req (), &paper, "rank", "A05",
                                     BZ_QUOTA_APPROVED, 2),
                   ==, BZ_OK);
  stub_end ();
  paper.date = "2026-11-23";
  stub_begin (NULL, 0);
  g_assert_cmpint (bz_quota_approve (stub_req (), &paper, "rank", "A05",
                                     BZ_QUOTA_APPROVED, 2),
                   ==, BZ_CONFLICT);
  g_assert_nonnull (strstr (stub.fail, "晚于今天"));
}

/* Whom an opening would count: kinds that count at all; of a structure those of
 * structured types; of leading posts all; of other books nobody. */
static void
test_there (void)
{
  static const char *const kind[] = { "staffing_type", "person_status", "n",
                                      NULL };
  static const char *const types[] = { "12", "10", "3",  "121", "10",
                                       "2",  "12", "30", "4" };
  static const char *const structures[] = { "22", "10", "5", "11", "10", "1" };
  static const char *const n[] = { "n", NULL };
  static const char *const holders[] = { "2" };
  static const struct bz_script script[] = {
    { "staffing.uncounted_types_seen", "7|12|2026-11-22", kind, types, 3, 0 },
    { "staffing.uncounted_structures_seen", "7|2|2026-11-22", kind, structures,
      2, 0 },
    { "staffing.class_holders_seen", "7|11|2026-11-22", n, holders, 1, 0 },
    { "staffing.class_holders_seen", NULL, NULL, NULL, 0, BZ_AWAY },
  };
  int there;

  STUB_SCRIPT (script);
  g_assert_cmpint (bz_quota_there (stub_req (), 7, "type", "12", &there), ==,
                   BZ_OK);
  g_assert_cmpint (there, ==, 5);
  g_assert_cmpint (bz_quota_there (stub_req (), 7, "structure", "2", &there),
                   ==, BZ_OK);
  g_assert_cmpint (there, ==, 5);
  g_assert_cmpint (bz_quota_there (stub_req (), 7, "lead", "11", &there), ==,
                   BZ_OK);
  g_assert_cmpint (there, ==, 2);
  g_assert_cmpint (bz_quota_there (stub_req (), 7, "rank", "A05", &there), ==,
                   BZ_OK);
  g_assert_cmpint (there, ==, 0);
  g_assert_cmpint (bz_quota_there (stub_req (), 7, "lead", "11", &there), ==,
                   BZ_AWAY);
}

/* free = approved - occupied - reserved - incoming - frozen; outgoing still
 * occupies; room is what the overflow rule allows beyond. */
static void
test_free (void)
{
  static const char *const cells[] = { "58", "50", "2", "1", "4", "2", "5" };
  static const struct bz_script script[] = {
    { "staffing.quota_balance", "7|type|11", balance, cells, 1, 0 },
    { "staffing.quota_balance", "7|type|12", balance, NULL, 0, 0 },
  };
  struct bz_balance b;

  STUB_SCRIPT (script);
  g_assert_cmpint (bz_quota_balance (stub_req (), 7, "type", "11", &b), ==, 1);
  g_assert_cmpint (b.free, ==, 3);
  g_assert_cmpint (b.room, ==, 8);
  g_assert_cmpstr (
    bz_balance_text (stub_req (), &b), ==,
    "核定 58 名，实有 50 名，已批未用 2 名，在途调入 1 名，冻结 2 名，"
    "空编 3 名，允许溢出 5 名");
  g_assert_cmpint (bz_quota_balance (stub_req (), 7, "type", "12", &b), ==, 0);
  g_assert_cmpint (b.approved + b.free, ==, 0);
}

/* A sub-type counts under the account that the unit has; types off the roll
 * count nowhere and are not even asked for. */
static void
test_type (void)
{
  static const char *const code[] = { "code", NULL };
  static const char *const cells[] = { "12" };
  static const struct bz_script script[] = {
    { "staffing.quota_nearest", "7|type|121", code, cells, 1, 0 },
    { "staffing.quota_nearest", "7|type|22", code, NULL, 0, 0 },
  };
  static const char *const none[] = {
    "22", "40", "90", "10", "nonsense", NULL
  };
  const char *found;

  STUB_SCRIPT (script);
  g_assert_cmpint (bz_quota_type (stub_req (), 7, "121", &found), ==, 1);
  g_assert_cmpstr (found, ==, "12");
  for (size_t i = 0; i < G_N_ELEMENTS (none); i++) {
    g_assert_cmpint (bz_quota_type (stub_req (), 7, none[i], &found), ==, 0);
    g_assert_null (found);
  }
}

/* That the book cannot be read is not that the type does not count. */
static void
test_type_unread (void)
{
  static const struct bz_script script[] = {
    { "staffing.quota_nearest", "7|type|121", NULL, NULL, 0, BZ_AWAY },
  };
  const char *found;

  STUB_SCRIPT (script);
  g_assert_cmpint (bz_quota_type (stub_req (), 7, "121", &found), ==, BZ_AWAY);
}

/* Persons who are alike are looked up once; who does not count at all, or under
 * another account, is not counted. */
static void
test_count (void)
{
  static const char *const items[] = {
    "staffing_type=121&person_status=10", "staffing_type=121&person_status=10",
    "staffing_type=121&person_status=10", "staffing_type=11&person_status=10",
    "staffing_type=40&person_status=10",  "staffing_type=121&person_status=10",
  };
  static const char *const code[] = { "code", NULL };
  static const char *const twelve[] = { "12" }, *const eleven[] = { "11" };
  static const struct bz_script script[] = {
    { "staffing.quota_nearest", "7|type|121", code, twelve, 1, 0 },
    { "staffing.quota_nearest", "7|type|11", code, eleven, 1, 0 },
    { "staffing.quota_nearest", "7|type|121", code, twelve, 1, 0 },
  };

  STUB_SCRIPT (script);
  g_assert_cmpint (bz_quota_count (stub_req (),
                                   stub_case (items, G_N_ELEMENTS (items)), 7,
                                   "type", "12"),
                   ==, 4);
}

int
main (int argc, char **argv)
{
  int rc;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/quota/posting-and-balance-go-together", test_post);
  g_test_add_func ("/quota/no-room-is-refused-with-figures", test_no_room);
  g_test_add_func ("/quota/no-account-is-not-no-room", test_no_account);
  g_test_add_func ("/quota/balance-never-negative", test_negative);
  g_test_add_func ("/quota/each-account-has-its-update", test_accounts);
  g_test_add_func ("/quota/HY-48/above-the-number-by-a-paper", test_over);
  g_test_add_func ("/quota/database-away-is-passed-on", test_database_away);
  g_test_add_func ("/quota/past-day", test_past);
  g_test_add_func ("/quota/past-day-before-it-is-posted", test_past_before);
  g_test_add_func ("/quota/each-account-in-its-words", test_words);
  g_test_add_func ("/quota/paper", test_paper);
  g_test_add_func ("/quota/whom-an-opening-would-count", test_there);
  g_test_add_func ("/quota/free", test_free);
  g_test_add_func ("/quota/type-counts-under-nearest-account", test_type);
  g_test_add_func ("/quota/type-that-could-not-be-read", test_type_unread);
  g_test_add_func ("/quota/count-of-a-case", test_count);
  rc = g_test_run ();
  stub_end ();
  return rc;
}
