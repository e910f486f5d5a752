/* Unit tests of the pure rules of 人员入编.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "rules.h"
#include <glib.h>

/* A5.2: where a person comes from, for the pair of origin and target. */
static void
test_origin (void)
{
  static const struct {
    enum bz_known known;
    const char *category, *exit_reason, *stated, *expected;
  } rows[] = {
    { BZ_KNOWN_NEW, NULL, NULL, NULL, "X" },
    { BZ_KNOWN_NEW, NULL, NULL, "", "X" },
    { BZ_KNOWN_NEW, NULL, NULL, "B", "B" },
    { BZ_KNOWN_EXITED, "A", "01", NULL, "A" },
    { BZ_KNOWN_EXITED, "A", "011", "B", "A" },
    { BZ_KNOWN_EXITED, "A", "04", NULL, "X" },
    { BZ_KNOWN_EXITED, "A", "04", "B", "B" },
    { BZ_KNOWN_EXITED, "A", NULL, NULL, "X" },
    { BZ_KNOWN_ELSEWHERE, "B", NULL, NULL, "B" },
    { BZ_KNOWN_OFF_ROLL, "E", NULL, NULL, "E" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++) {
    const struct bz_person_found found = {
      .known = rows[i].known,
      .category = rows[i].category,
      .exit_reason = rows[i].exit_reason,
    };

    g_assert_cmpstr (entry_origin (&found, rows[i].stated), ==,
                     rows[i].expected);
  }
}

/* HY-16 to HY-18: five outcomes, of which two stop. */
static void
test_outcome (void)
{
  static const struct {
    enum bz_known known;
    const char *kind;
  } rows[] = {
    { BZ_KNOWN_NEW, "tell" },       { BZ_KNOWN_EXITED, "tell" },
    { BZ_KNOWN_OFF_ROLL, "tell" },  { BZ_KNOWN_RETIRED, "stop" },
    { BZ_KNOWN_ELSEWHERE, "stop" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++) {
    const struct bz_person_found found = { .known = rows[i].known,
                                           .matches = 1 };
    const char *kind = NULL;
    const char *text = entry_outcome (&found, 7, "01", &kind);

    g_assert_cmpstr (kind, ==, rows[i].kind);
    g_assert_true (g_str_has_prefix (text, "验证结果："));
    g_assert_nonnull (entry_finding (rows[i].known));
  }
}

/* A number alone opens no record. */
static void
test_outcome_stranger (void)
{
  static const enum bz_known known[] = { BZ_KNOWN_EXITED, BZ_KNOWN_OFF_ROLL };

  for (size_t i = 0; i < G_N_ELEMENTS (known); i++) {
    const struct bz_person_found found = { .known = known[i] };
    const char *kind;

    g_assert_nonnull (
      strstr (entry_outcome (&found, 7, "01", &kind), "不一致"));
    g_assert_cmpstr (kind, ==, "stop");
  }
}

/* Who is on staff elsewhere may be transferred, but not recruited. */
static void
test_outcome_elsewhere (void)
{
  struct bz_person_found found = { .known = BZ_KNOWN_ELSEWHERE };
  const char *kind;

  g_assert_nonnull (strstr (entry_outcome (&found, 7, "03", &kind), "不一致"));
  g_assert_cmpstr (kind, ==, "stop");
  found.matches = 1;
  g_assert_nonnull (strstr (entry_outcome (&found, 7, "03", &kind), "调动"));
  g_assert_cmpstr (kind, ==, "tell");
  g_assert_null (strstr (entry_outcome (&found, 7, "01", &kind), "调动"));
}

/* Nobody enters the unit that he is in, in whatever way. */
static void
test_outcome_here (void)
{
  const struct bz_person_found found = { .known = BZ_KNOWN_ELSEWHERE,
                                         .unit_id = 7 };
  static const char *const modes[] = { "01", "03" };
  const char *kind;

  for (size_t i = 0; i < G_N_ELEMENTS (modes); i++) {
    const char *text = entry_outcome (&found, 7, modes[i], &kind);

    g_assert_nonnull (strstr (text, "已是本单位在编人员"));
    g_assert_cmpstr (kind, ==, "stop");
  }
}

static void
test_transfers (void)
{
  g_assert_true (entry_mode_transfers ("03"));
  g_assert_true (entry_mode_transfers ("12"));
  g_assert_false (entry_mode_transfers ("01"));
  g_assert_false (entry_mode_transfers ("0"));
  g_assert_false (entry_mode_transfers (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/entry/HY-12/origin", test_origin);
  g_test_add_func ("/entry/HY-16/outcomes", test_outcome);
  g_test_add_func ("/entry/HY-18/a-number-alone-opens-nothing",
                   test_outcome_stranger);
  g_test_add_func ("/entry/HY-18/elsewhere", test_outcome_elsewhere);
  g_test_add_func ("/entry/HY-18/here", test_outcome_here);
  g_test_add_func ("/entry/HY-18/transfers", test_transfers);
  return g_test_run ();
}
