/* Who may make which move: the decision, completely, for the processes that
 * are delivered; where a move leads.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <glib.h>

#include "define/process.h"
#include "sample.h"

#define ENTRY BZ_TESTS "/../plugins/entry/process/"

/* -- What is right, said another way than the definitions say it: one row for
 * each move, anything else is no move. */

enum { UNIT = 1 << PLACE_OWN | 1 << PLACE_ABOVE | 1 << PLACE_OFFICE
            | 1 << PLACE_SINCE,
       PARENT = 1 << PLACE_ABOVE | 1 << PLACE_FORMER, OFFICE = 1 << PLACE_OFFICE };
enum { DESK = 1,     /* the unit's own desk decides          */
       CLIMB = 2,    /* late: the leader as well             */
       BACK = 4,     /* takes back                           */
       OPINION = 8,  /* wants a reason                       */
       DECIDES = 16, /* not over one's own submission        */ };
struct truth {
  const char *step, *move, *to, *roles;
  int places, rules;
};

#define REVIEW "center_reviewer", OFFICE, CLIMB | DECIDES
#define SECTION "section_reviewer", OFFICE, DESK | CLIMB | DECIDES
#define LEADER "office_leader", OFFICE, DECIDES
#define ABOVE "parent_clerk", PARENT, DECIDES
#define CLERK "clerk counter", UNIT
static const struct truth counter[] = {
  { "draft", "submit", "review", CLERK, 0 },
  { "draft", "cancel", "cancelled", CLERK, 0 },
  { "review", "approve", "done", REVIEW },
  { "review", "part", "done", REVIEW | OPINION },
  { "review", "forward", "section", REVIEW | OPINION },
  { "review", "return", "draft", REVIEW | OPINION },
  { "review", "reject", "rejected", REVIEW | OPINION },
  { "review", "withdraw", "draft", CLERK, BACK },
  { "section", "approve", "done", SECTION },
  { "section", "part", "done", SECTION | OPINION },
  { "section", "return", "draft", SECTION | OPINION },
  { "section", "reject", "rejected", SECTION | OPINION },
  { "section", "withdraw", "draft", CLERK, BACK },
  { NULL },
};
static const struct truth online[] = {
  { "draft", "submit", "parent", CLERK, 0 },
  { "draft", "cancel", "cancelled", CLERK, 0 },
  { "parent", "pass", "section", ABOVE },
  { "parent", "return", "draft", ABOVE | OPINION },
  { "parent", "withdraw", "draft", CLERK, BACK },
  { "section", "pass", "leader", SECTION },
  { "section", "return", "draft", SECTION | OPINION },
  { "section", "withdraw", "draft", CLERK, BACK },
  { "leader", "approve", "done", LEADER },
  { "leader", "part", "done", LEADER | OPINION },
  { "leader", "return", "draft", LEADER | OPINION },
  { "leader", "reject", "rejected", LEADER | OPINION },
  { "leader", "withdraw", "draft", CLERK, BACK },
  { NULL },
};

static const struct truth *
truth_of (const struct truth *all, const struct process_ask *ask)
{
  for (const struct truth *t = all; t->step != NULL; t++)
    if (g_str_equal (t->step, ask->step) && g_str_equal (t->move, ask->move))
      return t;
  return NULL;
}

static gboolean
any_of (const char *list, const char *const *roles)
{
  g_auto (GStrv) wanted = g_strsplit (list, " ", -1);

  for (char **w = wanted; *w != NULL; w++)
    if (g_strv_contains (roles, *w))
      return TRUE;
  return FALSE;
}

static enum process_answer
wanted (const struct truth *t, const struct process_ask *ask,
        gboolean until_passed)
{
  gboolean climbs;

  if (t == NULL)
    return PROCESS_NO_MOVE;
  if (!(t->places & 1 << ask->place))
    return PROCESS_NOT_YOURS;
  climbs = (t->rules & CLIMB) && ask->late
        && g_strv_contains (ask->roles, "office_leader");
  if (!climbs && !any_of (t->roles, ask->roles))
    return PROCESS_NOT_YOURS;
  if (!climbs && (t->rules & DESK) && ask->other_desk)
    return PROCESS_OTHER_DESK;
  if ((t->rules & BACK) && ask->passed)
    return PROCESS_PASSED;
  if ((t->rules & BACK) && ask->opened && !until_passed)
    return PROCESS_OPENED;
  if ((t->rules & DECIDES) && ask->is_submitter)
    return PROCESS_OWN_SUBMISSION;
  if ((t->rules & OPINION) && !ask->has_opinion)
    return PROCESS_NEEDS_OPINION;
  return PROCESS_OK;
}

/* -- Every question that can be asked. */

static const char *const steps[] = { "draft", "parent", "review", "section",
                                     "leader", "done", "rejected" };
static const char *const moves[] = { "submit", "cancel", "approve", "part",
                                     "pass", "forward", "return", "reject",
                                     "withdraw" };
static const char *const roles[][3] = {
  { NULL }, { "clerk" }, { "counter" }, { "parent_clerk" },
  { "center_reviewer" }, { "section_reviewer" }, { "office_leader" },
  { "viewer" }, { "clerk", "parent_clerk" },
  { "section_reviewer", "office_leader" },
};
enum { FLAGS = 1 << 7 };

static struct process_ask
question (size_t step, size_t move, size_t role, int place, int flags)
{
  return (struct process_ask) {
    .step = steps[step], .move = moves[move], .roles = roles[role],
    .place = (enum process_place) place, .other_desk = flags & 1,
    .is_submitter = flags & 2, .opened = flags & 4, .passed = flags & 8,
    .late = flags & 16, .has_opinion = flags & 32, .top = flags & 64,
  };
}

static unsigned
ask_all (const struct process *p, const struct truth *all, size_t s, size_t m,
         size_t r)
{
  unsigned asked = 0;

  for (int place = PLACE_OUTSIDE; place <= PLACE_SINCE; place++)
    for (int flags = 0; flags < FLAGS; flags++) {
      struct process_ask ask = question (s, m, r, place, flags);
      const struct truth *t = truth_of (all, &ask);
      const struct process_move *found = NULL;
      enum process_answer got = process_decide (p, &ask, &found);

      if (got != wanted (t, &ask, p->withdraw_until_passed))
        g_error ("%s %s of %s, role %s, place %d, flags %d: %d", p->name,
                 ask.move, ask.step, roles[r][0], place, flags, got);
      if (got == PROCESS_OK)
        g_assert_cmpstr (found->to, ==, t->to);
      else
        g_assert_null (found);
      asked++;
    }
  return asked;
}

static void
completely (const char *file, const char *name, const struct truth *all,
            gboolean until_passed)
{
  const struct process *p;
  GError *error = NULL;
  unsigned asked = 0, rows = 0;

  sample_load (TRUE);
  process_load (file, "entry", &error);
  g_assert_no_error (error);
  p = process_find ("entry", name, 0);
  g_assert_true (p->withdraw_until_passed == until_passed);
  for (size_t s = 0; s < G_N_ELEMENTS (steps); s++)
    for (size_t m = 0; m < G_N_ELEMENTS (moves); m++)
      for (size_t r = 0; r < G_N_ELEMENTS (roles); r++)
        asked += ask_all (p, all, s, m, r);
  g_assert_cmpuint (asked, ==, 7 * 9 * 10 * 8 * FLAGS);
  while (all[rows].step != NULL)
    rows++;
  g_assert_cmpuint (rows, ==, p->moves->len);
  sample_clear ();
}

static void
test_counter (void)
{
  completely (ENTRY "counter.xml", "counter", counter, TRUE);
}

static void
test_online (void)
{
  completely (ENTRY "online.xml", "online", online, FALSE);
}

/* -- Where it leads. */

static const char *
target (const char *role, enum process_place place, gboolean alone)
{
  const struct process *p = process_find ("sample", "online", 0);
  const char *mine[] = { role, "parent_clerk", NULL };
  struct process_ask ask = { .step = "draft", .move = "submit",
                             .roles = mine, .place = place, .alone = alone };
  const struct process_move *m;

  g_assert_cmpint (process_decide (p, &ask, &m), ==, PROCESS_OK);
  return process_target (p, &ask, m);
}

/* The parent that filed itself, or that does not exist, is not asked. */
static void
test_skip (void)
{
  const struct process *p;
  struct process_ask ask = { .step = "section", .move = "return" };

  sample_load (TRUE);
  g_assert_cmpstr (target ("clerk", PLACE_OWN, FALSE), ==, "parent");
  g_assert_cmpstr (target ("counter", PLACE_OFFICE, FALSE), ==, "parent");
  g_assert_cmpstr (target ("clerk", PLACE_ABOVE, FALSE), ==, "section");
  g_assert_cmpstr (target ("clerk", PLACE_OWN, TRUE), ==, "section");
  p = process_find ("sample", "online", 0);
  g_assert_cmpstr (process_target (p, &ask, process_move (p, "section",
                                                          "return")), ==,
                   "draft");
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
  ask.place = PLACE_OWN;
  g_assert_cmpint (process_decide (p, &ask, &found), ==, PROCESS_NOT_YOURS);
  ask.step = "nowhere";
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
  g_assert_cmpint (p->days, ==, 3);
  g_assert_true (p->withdraw_until_passed);
  g_assert_cmpint (process_step (p, "review")->where, ==, WHERE_OFFICE);
  g_assert_cmpstr (process_step (p, "review")->climb, ==, "office_leader");
  g_assert_null (process_step (p, "done"));
  g_assert_cmpint (process_index (p, "review"), ==, 1);
  g_assert_cmpint (process_index (p, "done"), ==, -1);
  g_assert_null (process_find ("sample", "counter", 2));
  g_assert_null (process_find ("other", "counter", 0));
  p = process_find ("sample", "online", 0);
  g_assert_cmpint (p->version, ==, 2);
  g_assert_cmpint (process_step (p, "parent")->days, ==, 2);
  g_assert_true (process_step (p, "section")->desk);
  g_assert_cmpstr (process_move (p, "section", "part")->rest, ==, "draft");
  sample_clear ();
}

/* What leads to an end asks once more, nothing else does; a process can say it
 * the other way round. */
static void
test_confirm (void)
{
  static const char *const ends[] = { "done", "rejected", "cancelled", NULL };
  const struct process *p;

  sample_load (TRUE);
  g_assert_cmpint (process_load (ENTRY "counter.xml", "entry", NULL), ==, 0);
  p = process_find ("entry", "counter", 0);
  for (unsigned i = 0; i < p->moves->len; i++) {
    const struct process_move *m = p->moves->pdata[i];

    g_assert_cmpint (m->confirm, ==, g_strv_contains (ends, m->to));
  }
  p = process_find ("sample", "online", 0);
  g_assert_true (process_move (p, "parent", "approve")->confirm);
  g_assert_true (process_move (p, "section", "approve")->confirm);
  g_assert_false (process_move (p, "section", "part")->confirm);
  sample_clear ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/process/A5.12/counter-completely", test_counter);
  g_test_add_func ("/process/A5.12/online-completely", test_online);
  g_test_add_func ("/process/A5.12/skips-the-parent", test_skip);
  g_test_add_func ("/process/nobody-may-nothing", test_nobody);
  g_test_add_func ("/process/newest-version", test_find);
  g_test_add_func ("/process/confirm-ends-unless-said", test_confirm);
  return g_test_run ();
}
