/* The resident number against the vectors of tests/data.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "../../staffing/csv.h"
#include "staffing-stub.h"

static struct csv *
vectors (void)
{
  static const char *const columns[] = { "value", "valid", "birth", "sex",
                                         "kind", NULL };
  g_autoptr (GError) error = NULL;
  struct csv *csv = csv_open (BZ_DATA "/id18_test_vectors.csv", columns,
                              &error);

  g_assert_no_error (error);
  return csv;
}

/* A valid number tells birth date and sex; each invalid one is refused. */
static void
test_vectors (void)
{
  struct csv *csv = vectors ();
  g_autoptr (GError) error = NULL;
  unsigned good = 0, bad = 0;

  while (csv_next (csv, &error) > 0) {
    const char *value = csv_get (csv, "value");
    enum bz_idno got = bz_idno_check (value, NULL);
    char birth[11];
    g_autofree char *digits = NULL;

    if (strcmp (csv_get (csv, "valid"), "1") != 0) {
      if (got == BZ_IDNO_OK)
        g_error ("line %u passes: %s", csv_line (csv), csv_get (csv, "kind"));
      bad++;
      continue;
    }
    if (got != BZ_IDNO_OK)
      g_error ("line %u is refused as %d", csv_line (csv), got);
    bz_idno_birth (value, birth);
    digits = g_strdup_printf ("%.4s%.2s%.2s", birth, birth + 5, birth + 8);
    g_assert_cmpstr (digits, ==, csv_get (csv, "birth"));
    g_assert_cmpstr (bz_idno_sex (value), ==,
                     strcmp (csv_get (csv, "sex"), "男") == 0 ? "1" : "2");
    good++;
  }
  g_assert_no_error (error);
  g_assert_cmpuint (good, ==, 30);
  g_assert_cmpuint (bad, ==, 30);
  csv_close (csv);
}

/* What is wrong is named, whichever place it is in. */
static void
test_reasons (void)
{
  static const struct {
    const char *number;
    enum bz_idno why;
  } cases[] = {
    { NULL, BZ_IDNO_LENGTH }, { "", BZ_IDNO_LENGTH },
    { "48010120000229504", BZ_IDNO_LENGTH },
    { "48010120000229504XX", BZ_IDNO_LENGTH },
    { "480101850715123", BZ_IDNO_LENGTH },
    { "48010A20000229504X", BZ_IDNO_LETTERS },
    { "48010120000229504x", BZ_IDNO_LETTERS },
    { "X80203198507156465", BZ_IDNO_LETTERS },
    { "490222 97001015311", BZ_IDNO_LETTERS },
    { "480101200013012957", BZ_IDNO_DATE },
    { "480102200002300896", BZ_IDNO_DATE },
    { "490105199902291214", BZ_IDNO_DATE },
    { "59010721991231221X", BZ_IDNO_DATE },
    { "000000000000000000", BZ_IDNO_DATE },
    { "480101200002295044", BZ_IDNO_CHECK },
    { "48010120000229504X", BZ_IDNO_OK },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    if (bz_idno_check (cases[i].number, NULL) != cases[i].why)
      g_error ("case %u", (unsigned) i);
}

/* Each digit but the right one is refused, and the right one is told. */
static void
test_check_digit (void)
{
  char number[] = "480203198507156465";
  unsigned passed = 0;

  for (const char *c = "0123456789X"; *c != '\0'; c++) {
    char right = '?';

    number[17] = *c;
    if (bz_idno_check (number, &right) == BZ_IDNO_OK)
      passed++;
    else
      g_assert_cmpint (right, ==, '5');
  }
  g_assert_cmpuint (passed, ==, 1);
}

/* Two neighbours swapped never pass, unless they are the same. */
static void
test_transposition (void)
{
  static const char good[] = "490222197001015311";

  for (size_t i = 0; i < 17; i++) {
    g_autofree char *number = g_strdup (good);

    number[i] = good[i + 1];
    number[i + 1] = good[i];
    if (good[i] != good[i + 1])
      g_assert_cmpint (bz_idno_check (number, NULL), !=, BZ_IDNO_OK);
  }
}

static void
test_sentence (void)
{
  stub_begin (NULL, 0);
  g_assert_cmpint (bz_idno_mark (stub_req (), "id_number",
                                 "480203198507156463"), ==, BZ_BAD_INPUT);
  g_assert_cmpstr (stub.mark, ==,
                   "身份证号第 18 位校验码不符，应为 5，请核对");
  stub_begin (NULL, 0);
  g_assert_cmpint (bz_idno_mark (stub_req (), "id_number", "123"), ==,
                   BZ_BAD_INPUT);
  g_assert_nonnull (stub.mark);
  stub_begin (NULL, 0);
  g_assert_cmpint (bz_idno_mark (stub_req (), "id_number",
                                 "480203198507156465"), ==, BZ_OK);
  g_assert_null (stub.mark);
}

int
main (int argc, char **argv)
{
  int rc;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/idno/HY-32/vectors", test_vectors);
  g_test_add_func ("/idno/HY-32/what-is-wrong-is-named", test_reasons);
  g_test_add_func ("/idno/HY-32/check-digit", test_check_digit);
  g_test_add_func ("/idno/HY-32/neighbours-swapped-are-refused",
                   test_transposition);
  g_test_add_func ("/idno/HY-32/sentence-tells-the-right-digit",
                   test_sentence);
  rc = g_test_run ();
  stub_end ();
  return rc;
}
