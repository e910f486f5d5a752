/* Fuzz target: XPath of rules and the sentences with XPath in them.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * What compiles gives the same answer twice, and what is said to look at its
 * context alone gives the same answer where there is nothing else. */
#include "fuzz.h"

#include "data/xml.h"
#include "define/expr.h"

static const char whole[]
  = "<facts><today ymd='20261122' days='20779' months='24322'>2026-11-22"
    "</today><head><entry_mode name='军转' selectable='1'>07</entry_mode>"
    "</head><item><name>王五</name><birth_date ymd='19900101' days='7305'"
    " months='23880'>1990-01-01</birth_date><children>2</children>"
    "<duty count='2'><row><post name='科长'>102</post></row><row><post>0</post>"
    "</row></duty></item><unit kind='机关' level='3'>示例局</unit></facts>";
static const char alone[]
  = "<facts><today ymd='20261122' days='20779' months='24322'>2026-11-22"
    "</today><item><name>王五</name><birth_date ymd='19900101' days='7305'"
    " months='23880'>1990-01-01</birth_date><children>2</children>"
    "<duty count='2'><row><post name='科长'>102</post></row><row><post>0</post>"
    "</row></duty></item></facts>";

static bool
is_date (const void *of, const char *name)
{
  return g_str_has_suffix (name, "_date");
}

static bool
is_known (const void *of, const char *name)
{
  return !g_str_equal (name, "nobody");
}

static bool
is_var (const void *of, const char *name)
{
  return g_str_equal (name, "count") || g_str_equal (name, "code");
}

static xmlNode *
item_of (xmlDoc *doc)
{
  return xml_child (xmlDocGetRootElement (doc), "item");
}

static char *
value (const struct expr *e, xmlDoc *doc)
{
  struct eval *v = eval_new (doc);
  g_autofree char *again = NULL;
  char *text;

  eval_var (v, "count", "2");
  eval_var (v, "code", "07");
  text = expr_text (e, v, item_of (doc));
  again = expr_text (e, v, item_of (doc));
  g_assert_cmpstr (text, ==, again);
  g_assert (expr_true (e, v, item_of (doc), true)
            == expr_demands (e, v, item_of (doc)));
  eval_free (v);
  return text;
}

static void
expr_try (const char *text, const struct expr_lint *lint, xmlDoc *doc,
          xmlDoc *less)
{
  g_autoptr (GError) error = NULL;
  struct expr *e = expr_new (text, lint, &error);
  g_autofree char *all = NULL, *local = NULL;

  g_assert ((e == NULL) == (error != NULL));
  if (e == NULL)
    return;
  g_assert_cmpstr (expr_source (e), ==, text);
  all = value (e, doc);
  local = value (e, less);
  if (expr_is_local (e))
    g_assert_cmpstr (all, ==, local);
  g_ptr_array_unref (expr_date_paths (text));
  expr_free (e);
}

static void
pattern_try (const char *text, const struct expr_lint *lint, xmlDoc *doc)
{
  g_autoptr (GError) error = NULL;
  struct pattern *p = pattern_new (text, lint, &error);
  struct eval *v;
  g_autofree char *said = NULL;

  g_assert ((p == NULL) == (error != NULL));
  if (p == NULL)
    return;
  v = eval_new (doc);
  said = pattern_text (p, v, item_of (doc));
  g_assert (said != NULL);
  g_assert (strpbrk (text, "{}") != NULL || g_str_equal (said, text));
  eval_free (v);
  pattern_free (p);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const struct expr_lint lint = { NULL, "item", is_date, is_known,
                                         is_var };
  static xmlDoc *doc, *less;
  g_autofree char *text = fuzz_text (data, size);

  if (doc == NULL) {
    xml_init ();
    doc = xml_parse (whole, -1, NULL);
    less = xml_parse (alone, -1, NULL);
  }
  expr_try (text, &lint, doc, less);
  expr_try (text, NULL, doc, less);
  pattern_try (text, &lint, doc);
  return 0;
}
