/* XPath in definitions: what is refused at load, what it says, its limits.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <glib.h>

#include "data/xml.h"
#include "define/expr.h"

static bool
is_date (const void *of, const char *name)
{
  return g_str_has_suffix (name, "_date");
}

static bool
is_known (const void *of, const char *name)
{
  return is_date (of, name) || strcmp (name, "type") == 0
         || strcmp (name, "duty") == 0;
}

static bool
is_var (const void *of, const char *name)
{
  return strcmp (name, "code") == 0;
}

static const struct expr_lint lint = { NULL, "item", is_date, is_known,
                                       is_var };

static void
test_allowed (void)
{
  static const char *const good[] = {
    "true()", "type = '11'", "not(type)", "starts-with(type, '1')",
    "a_date/@ymd >= b_date/@ymd + 160000",
    "a_date/@months - ../today/@months > 12",
    "string(a_date) = ''", "'' != string(a_date)", "count(duty/row) > 1",
    "not(duty/row[a_date/@days > 5])", "duty/row[1]/a_date/@ymd = 5",
    "type - 1 < 2", "type * 2 > 5", "type div 2 = 1 and type mod 2 = 1",
    "/facts/item/type = 'x'", "/facts/head/anything = 'x'", "../unit/@kind",
    "$code != '9'", "a_date and type = '1'", "string-length(type) > 2",
    "'not - a, [name(' = type", "self::node()", "child::type = '1'",
    "count(duty/row[a_date]) > 1",
    "duty/row[type = preceding-sibling::row/type]",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (good); i++) {
    GError *error = NULL;
    struct expr *e = expr_new (good[i], &lint, &error);

    g_assert_no_error (error);
    g_assert_nonnull (e);
    expr_free (e);
  }
}

static void
test_refused (void)
{
  static const struct { const char *text, *why; } bad[] = {
    { "type[", "does not compile" },
    { "", "does not compile" },
    { "'open", "does not compile" },
    { "a_date < 5", "a date is compared" },
    { "5<a_date", "a date is compared" },
    { "a_date = b_date", "a date is compared" },
    { "a_date != ''", "a date is compared" },
    { "duty/row/a_date<=5", "a date is compared" },
    { "duty/row[2]/a_date = 5", "a date is compared" },
    { "duty/row/a_date[1] = 5", "a date is compared" },
    { "5 = duty/row/a_date[1]", "a date is compared" },
    { "./a_date > 5", "a date is compared" },
    { "../today > 20200101", "a date is compared" },
    { "type = '2020-01-01'", "a date is compared" },
    { "'2020-01' > type", "a date is compared" },
    { "string(a_date) > string(b_date)", "a date is compared" },
    { "number(a_date) = 5", "a date is compared" },
    { "5 > (a_date)", "a date is compared" },
    { "true() and (type or a_date > 5)", "a date is compared" },
    { "duty/row[a_date > 5]", "a date is compared" },
    { "wrong = '1'", "names 'wrong'" },
    { "not(wrong)", "names 'wrong'" },
    { "/facts/item/wrong", "names 'wrong'" },
    { "div = 1", "names 'div'" },
    { "$colour = '1'", "variable '$colour'" },
    { "matches(type, 'x')", "no function 'matches'" },
    { "count('x')", "cannot be evaluated" },
    { "contains('x')", "cannot be evaluated" },
    { "not()", "cannot be evaluated" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
    GError *error = NULL;

    g_test_message ("%s", bad[i].text);
    g_assert_null (expr_new (bad[i].text, &lint, &error));
    g_assert_nonnull (error);
    g_assert_nonnull (strstr (error->message, bad[i].why));
    g_error_free (error);
  }
}

static void
test_too_long (void)
{
  g_autofree char *text = g_strnfill (3000, '(');
  GError *error = NULL;

  g_assert_null (expr_new (text, NULL, &error));
  g_assert_nonnull (strstr (error->message, "2000"));
  g_error_free (error);
}

static void
test_limits (void)
{
  GString *text = g_string_new ("<x>");
  g_autoptr (GError) error = NULL;
  struct eval *eval;
  struct expr *e;
  xmlDoc *doc;

  for (int i = 0; i < 400; i++)
    g_string_append (text, "<y/>");
  g_string_append (text, "</x>");
  doc = xml_parse (text->str, -1, &error);
  g_assert_no_error (error);
  e = expr_new ("count(//y[count(//y[count(//y) > 1]) > 1])", NULL, NULL);
  eval = eval_new (doc);
  g_assert_null (expr_text (e, eval, xmlDocGetRootElement (doc)));
  g_assert_true (expr_true (e, eval, xmlDocGetRootElement (doc), true));
  g_assert_false (expr_true (e, eval, xmlDocGetRootElement (doc), false));
  g_assert_true (expr_demands (e, eval, xmlDocGetRootElement (doc)));
  g_assert_false (expr_demands (NULL, eval, xmlDocGetRootElement (doc)));
  expr_free (e);
  e = expr_new ("count(y)", NULL, NULL);      /* the next one starts anew */
  g_assert_true (expr_true (e, eval, xmlDocGetRootElement (doc), false));
  expr_free (e);
  eval_free (eval);
  xmlFreeDoc (doc);
  g_string_free (text, TRUE);
}

static void
test_local (void)
{
  static const char *const local[] = { "true()", "type = '1'",
                                       "/facts/today/@ymd > 5", "a/facts/x",
                                       "count(*/b) > (a)/c", "'/x'" };
  static const char *const far[]
    = { "/facts/unit/@kind", "../unit", "//x", "ancestor::x",
        "not(/facts/unit)", "/", "/*", "/child::facts/unit", "a = /*/*",
        "/ facts / unit", "/facts/todays", "/facts" };

  for (size_t i = 0; i < G_N_ELEMENTS (local); i++) {
    struct expr *e = expr_new (local[i], NULL, NULL);

    g_assert_true (expr_is_local (e));
    expr_free (e);
  }
  for (size_t i = 0; i < G_N_ELEMENTS (far); i++) {
    struct expr *e = expr_new (far[i], NULL, NULL);

    g_assert_false (expr_is_local (e));
    expr_free (e);
  }
}

static void
test_date_paths (void)
{
  g_autoptr (GPtrArray) paths = expr_date_paths (
    "a_date/@ymd - ../b_date/@days > 5 and type/@name = 'x' "
    "and duty/row[c_date/@ymd > 5] and not(/facts/today/@months)");

  g_assert_cmpuint (paths->len, ==, 3);
  g_assert_cmpstr (paths->pdata[0], ==, "a_date/@ymd");
  g_assert_cmpstr (paths->pdata[1], ==, "../b_date/@days");
  g_assert_cmpstr (paths->pdata[2], ==, "/facts/today/@months");
}

static void
check_pattern (const char *text, const char *want)
{
  g_autoptr (GError) error = NULL;
  xmlDoc *doc = xml_parse ("<x><a>王五</a></x>", -1, NULL);
  struct eval *eval = eval_new (doc);
  struct pattern *p = pattern_new (text, NULL, &error);
  g_autofree char *got = NULL;

  g_assert_no_error (error);
  eval_var (eval, "count", "3");
  got = pattern_text (p, eval, xmlDocGetRootElement (doc));
  g_assert_cmpstr (got, ==, want);
  pattern_free (p);
  eval_free (eval);
  xmlFreeDoc (doc);
}

static void
test_pattern (void)
{
  check_pattern ("", "");
  check_pattern ("没有", "没有");
  check_pattern ("{a}", "王五");
  check_pattern ("{a}等 {count} 人，{ 1 + 1 }", "王五等 3 人，2");
  check_pattern ("{concat('}', a)}", "}王五");
  check_pattern ("{b}", "");
}

static void
test_pattern_braces (void)
{
  static const char *const bad[] = { "{a", "a}", "{", "}", "{'}", "{}",
                                     "{a}{" };

  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
    GError *error = NULL;

    g_assert_null (pattern_new (bad[i], NULL, &error));
    g_assert_nonnull (error);
    g_error_free (error);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  xml_init ();
  g_test_add_func ("/expr/allowed", test_allowed);
  g_test_add_func ("/expr/refused-at-load", test_refused);
  g_test_add_func ("/expr/too-long", test_too_long);
  g_test_add_func ("/expr/operations-are-limited", test_limits);
  g_test_add_func ("/expr/local-or-not", test_local);
  g_test_add_func ("/expr/paths-of-dates", test_date_paths);
  g_test_add_func ("/pattern/inserts", test_pattern);
  g_test_add_func ("/pattern/braces-come-in-pairs", test_pattern_braces);
  return g_test_run ();
}
