/* Unit tests of the ages of those who enter.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "age.h"
#include "../../staffing/csv.h"
#include <glib.h>
#include <string.h>

static const char *const columns[] = { "code", "months", "born_from",
                                       "step", "most",   NULL };

static struct entry_retirement
row_of (const struct csv *csv)
{
  return (struct entry_retirement){ .months = csv_get (csv, "months"),
                                    .from = csv_get (csv, "born_from"),
                                    .step = csv_get (csv, "step"),
                                    .most = csv_get (csv, "most") };
}

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

/* The first, a middle and the last row of each table of the decision, by what the
 * code table says. */
static void
test_retires (void)
{
  static const struct {
    const char *code, *birth;
    int years, months;
  } rows[] = {
    { "1", "1964-12-31", 60, 0 },  { "1", "1965-01-01", 60, 1 },
    { "1", "1965-04-30", 60, 1 },  { "1", "1965-05-01", 60, 2 },
    { "1", "1970-09-01", 61, 6 },  { "1", "1976-08-31", 62, 11 },
    { "1", "1976-09-01", 63, 0 },  { "1", "2000-01-01", 63, 0 },
    { "2", "1969-12-31", 55, 0 },  { "2", "1970-01-01", 55, 1 },
    { "2", "1981-08-31", 57, 11 }, { "2", "1981-09-01", 58, 0 },
    { "2C", "1974-12-31", 50, 0 }, { "2C", "1975-01-01", 50, 1 },
    { "2C", "1975-03-01", 50, 2 }, { "2C", "1984-10-31", 54, 11 },
    { "2C", "1984-11-01", 55, 0 },
  };
  unsigned asked = 0;
  struct csv *csv = csv_open (BZ_CODES "/retirement_age.csv", columns, NULL);

  g_assert_nonnull (csv);
  while (csv_next (csv, NULL) > 0)
    for (size_t i = 0; i < G_N_ELEMENTS (rows); i++) {
      struct entry_retirement row = row_of (csv);
      int left = 0;

      if (strcmp (csv_get (csv, "code"), rows[i].code) != 0)
        continue;
      g_assert_cmpint (entry_retires_at (&row, rows[i].birth, "2026-11-26",
                                         &left),
                       ==, rows[i].years * 12 + rows[i].months);
      asked++;
    }
  csv_close (csv);
  g_assert_cmpuint (asked, ==, G_N_ELEMENTS (rows));
}

static void
test_left (void)
{
  static const struct entry_retirement man = { "720", "1965-01-01", "4", "36" };
  static const struct entry_retirement broken = { "720", "1965-01-01", "", "" };
  static const struct {
    const char *birth;
    int left;
  } rows[] = {
    { "1966-02-26", -5 },
    { "1966-05-27", 0 },
    { "1966-12-01", 7 },
  };
  static const char *const bad[] = { NULL, "", "1960-01" };
  int left = 0;

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_assert_cmpint (entry_retires_at (&man, rows[i].birth, "2026-11-26",
                                       &left),
                     >, 0);
    g_assert_cmpint (left, ==, rows[i].left);
  }
  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_cmpint (entry_retires_at (&man, bad[i], "2026-11-26", &left), ==,
                     0);
  g_assert_cmpint (entry_retires_at (&broken, "1966-02-26", "2026-11-26",
                                     &left),
                   ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/age/months", test_months);
  g_test_add_func ("/age/retirement-rises-by-steps", test_retires);
  g_test_add_func ("/age/months-left-of-it", test_left);
  return g_test_run ();
}
