/* Unit tests of the ages of those who enter.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "age.h"
#include <glib.h>

static void
test_months (void)
{
  static const struct {
    const char *from, *on;
    int months;
  } rows[] = {
    { "2000-01-15", "2016-01-14", 191 }, { "2000-01-15", "2016-01-15", 192 },
    { "2000-02-29", "2016-02-28", 191 }, { "2000-02-29", "2016-02-29", 192 },
    { "2000-12-31", "2001-01-01", 0 },   { "2000-12-31", "2001-01-31", 1 },
    { "2001-01-01", "2000-12-31", -1 },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (entry_months (rows[i].from, rows[i].on), ==,
                     rows[i].months);
}

/* The first, a middle and the last row of each table of the decision. */
static void
test_retires (void)
{
  static const struct {
    const char *sex, *birth;
    bool worker;
    int years, months;
  } rows[] = {
    { "1", "1964-12-31", false, 60, 0 },  { "1", "1965-01-01", false, 60, 1 },
    { "1", "1965-04-30", false, 60, 1 },  { "1", "1965-05-01", false, 60, 2 },
    { "1", "1970-09-01", true, 61, 6 },   { "1", "1976-08-31", false, 62, 11 },
    { "1", "1976-09-01", false, 63, 0 },  { "1", "2000-01-01", false, 63, 0 },
    { "2", "1969-12-31", false, 55, 0 },  { "2", "1970-01-01", false, 55, 1 },
    { "2", "1981-08-31", false, 57, 11 }, { "2", "1981-09-01", false, 58, 0 },
    { "2", "1974-12-31", true, 50, 0 },   { "2", "1975-01-01", true, 50, 1 },
    { "2", "1975-03-01", true, 50, 2 },   { "2", "1984-10-31", true, 54, 11 },
    { "2", "1984-11-01", true, 55, 0 },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (entry_retires_at (rows[i].sex, rows[i].worker,
                                       rows[i].birth),
                     ==, rows[i].years * 12 + rows[i].months);
}

static void
test_age (void)
{
  static const struct {
    const char *sex, *birth;
    bool worker;
    enum entry_age age;
  } rows[] = {
    { "1", "2010-11-27", false, ENTRY_AGE_CHILD },
    { "1", "2010-11-26", false, ENTRY_AGE_OK },
    { "1", "1966-02-26", false, ENTRY_AGE_RETIRED }, /* 60y4m, 2026-06 */
    { "1", "1966-05-27", false, ENTRY_AGE_RETIRED }, /* 60y5m, 2026-10 */
    { "1", "1966-12-01", false, ENTRY_AGE_RETIRES }, /* 60y6m, 2027-06 */
    { "1", "1967-12-01", false, ENTRY_AGE_OK },
    { "2", "1975-01-01", false, ENTRY_AGE_OK },
    { "2", "1975-01-01", true, ENTRY_AGE_RETIRED },
    { "1", NULL, false, ENTRY_AGE_OK },
    { "1", "", false, ENTRY_AGE_OK },
    { "1", "1960-01", false, ENTRY_AGE_OK },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("%s %s", rows[i].sex, rows[i].birth);
    g_assert_cmpint (entry_age (rows[i].sex, rows[i].worker, rows[i].birth,
                                "2026-11-26"),
                     ==, rows[i].age);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/age/months", test_months);
  g_test_add_func ("/age/retirement-rises-by-steps", test_retires);
  g_test_add_func ("/age/child-retires-retired", test_age);
  return g_test_run ();
}
