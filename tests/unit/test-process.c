/* Who may make which move: the decision, completely.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <glib.h>

#include "define/process.h"
#include "sample.h"

enum { IN_SCOPE = 1, AT_OFFICE = 2, OWN = 4, SUBMITTER = 8, OPENED = 16,
       OPINION = 32, CLERK = 64, REVIEWER = 128, ALL = 256 };

static struct process_ask
ask_of (const char *step, const char *move, int bits, const char **roles)
{
  int n = 0;

  if (bits & CLERK)
    roles[n++] = "clerk";
  if (bits & REVIEWER)
    roles[n++] = "center_reviewer";
  roles[n] = NULL;
  return (struct process_ask) {
    .step = step, .move = move, .roles = roles,
    .in_scope = bits & IN_SCOPE, .at_office = bits & AT_OFFICE,
    .own = bits & OWN, .is_submitter = bits & SUBMITTER,
    .opened = bits & OPENED, .has_opinion = bits & OPINION,
  };
}

static bool
has (int bits, int wanted)
{
  return (bits & wanted) == wanted;
}

/* The table of the counter, said another way than the code says it: for each
 * step and move the bits that it needs and the first answer when one lacks. */
static enum process_answer
wanted_answer (const char *step, const char *move, int bits)
{
  bool review = strcmp (step, "review") == 0;
  bool withdraw = strcmp (move, "withdraw") == 0;

  if (!review) {
    if (strcmp (move, "submit") != 0 && strcmp (move, "cancel") != 0)
      return PROCESS_NO_MOVE;
    return has (bits, IN_SCOPE | CLERK) ? PROCESS_OK : PROCESS_NOT_YOURS;
  }
  if (strcmp (move, "submit") == 0 || strcmp (move, "cancel") == 0)
    return PROCESS_NO_MOVE;
  if (withdraw)               /* until passed: opened or not */
    return has (bits, IN_SCOPE | CLERK) ? PROCESS_OK : PROCESS_NOT_YOURS;
  if (!has (bits, IN_SCOPE | AT_OFFICE | REVIEWER))
    return PROCESS_NOT_YOURS;
  if (bits & SUBMITTER)
    return PROCESS_OWN_SUBMISSION;
  if (strcmp (move, "approve") != 0 && !(bits & OPINION))
    return PROCESS_NEEDS_OPINION;
  return PROCESS_OK;
}

static void
test_counter (void)
{
  static const char *const steps[] = { "draft", "review" };
  static const char *const moves[] = { "submit", "approve", "return", "reject",
                                       "withdraw", "cancel" };
  static const char *const to[] = { "review", "done", "draft", "rejected",
                                    "draft", "cancelled" };
  const struct process *p;
  unsigned cases = 0;

  sample_load (TRUE);
  p = process_find ("sample", "counter", 1);
  for (size_t s = 0; s < G_N_ELEMENTS (steps); s++)
    for (size_t m = 0; m < G_N_ELEMENTS (moves); m++)
      for (int bits = 0; bits < ALL; bits++) {
        const char *roles[3];
        struct process_ask ask = ask_of (steps[s], moves[m], bits, roles);
        const struct process_move *found = NULL;
        enum process_answer got = process_decide (p, &ask, &found);

        g_assert_cmpint (got, ==, wanted_answer (steps[s], moves[m], bits));
        if (got == PROCESS_OK)
          g_assert_cmpstr (found->to, ==, to[m]);
        else
          g_assert_null (found);
        cases++;
      }
  g_assert_cmpuint (cases, ==, 2 * 6 * 256);
  sample_clear ();
}

static enum process_answer
online (const char *step, const char *move, const char *role, int bits)
{
  const struct process *p = process_find ("sample", "online", 0);
  const char *roles[] = { role, NULL };
  const char *none[3];
  struct process_ask ask = ask_of (step, move, bits, none);
  const struct process_move *found;

  ask.roles = roles;
  return process_decide (p, &ask, &found);
}

static void
test_parent (void)
{
  sample_load (TRUE);
  g_assert_cmpint (online ("parent", "approve", "parent_clerk", IN_SCOPE), ==,
                   PROCESS_OK);
  g_assert_cmpint (online ("parent", "approve", "parent_clerk",
                           IN_SCOPE | OWN), ==, PROCESS_NOT_YOURS);
  g_assert_cmpint (online ("parent", "approve", "parent_clerk",
                           IN_SCOPE | AT_OFFICE), ==, PROCESS_NOT_YOURS);
  g_assert_cmpint (online ("parent", "approve", "parent_clerk", 0), ==,
                   PROCESS_NOT_YOURS);
  g_assert_cmpint (online ("parent", "approve", "clerk", IN_SCOPE), ==,
                   PROCESS_NOT_YOURS);
  g_assert_cmpint (online ("parent", "approve", "parent_clerk",
                           IN_SCOPE | SUBMITTER), ==, PROCESS_OWN_SUBMISSION);
  sample_clear ();
}

/* QY-12: until the next one has opened it. */
static void
test_withdraw_until_opened (void)
{
  sample_load (TRUE);
  g_assert_cmpint (online ("parent", "withdraw", "clerk",
                           IN_SCOPE | OWN | SUBMITTER), ==, PROCESS_OK);
  g_assert_cmpint (online ("parent", "withdraw", "clerk",
                           IN_SCOPE | OWN | SUBMITTER | OPENED), ==,
                   PROCESS_OPENED);
  g_assert_cmpint (online ("section", "withdraw", "clerk", IN_SCOPE | OWN),
                   ==, PROCESS_NO_MOVE);
  sample_clear ();
}

static void
test_nobody (void)
{
  const struct process *p;
  struct process_ask ask = { .step = "draft", .move = "submit" };
  const struct process_move *found;

  sample_load (TRUE);
  p = process_find ("sample", "counter", 0);
  g_assert_cmpint (process_decide (p, &ask, &found), ==, PROCESS_NOT_YOURS);
  ask.step = "nowhere";
  g_assert_cmpint (process_decide (p, &ask, &found), ==, PROCESS_NO_MOVE);
  ask.step = "done";
  g_assert_cmpint (process_decide (p, &ask, &found), ==, PROCESS_NO_MOVE);
  sample_clear ();
}

static void
test_find (void)
{
  const struct process *p;

  sample_load (TRUE);
  p = process_find ("sample", "counter", 0);
  g_assert_cmpint (p->version, ==, 1);
  g_assert_true (p->withdraw_until_passed);
  g_assert_cmpint (process_step (p, "review")->days, ==, 3);
  g_assert_cmpint (process_step (p, "review")->where, ==, WHERE_OFFICE);
  g_assert_null (process_step (p, "done"));
  g_assert_null (process_find ("sample", "counter", 2));
  g_assert_null (process_find ("other", "counter", 0));
  g_assert_cmpint (process_find ("sample", "online", 0)->version, ==, 2);
  g_assert_false (process_find ("sample", "online", 2)->withdraw_until_passed);
  sample_clear ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/process/A5.12/counter-completely", test_counter);
  g_test_add_func ("/process/parent-is-above-the-unit", test_parent);
  g_test_add_func ("/process/A5.16/withdraw-until-opened",
                   test_withdraw_until_opened);
  g_test_add_func ("/process/nobody-may-nothing", test_nobody);
  g_test_add_func ("/process/newest-version", test_find);
  return g_test_run ();
}
