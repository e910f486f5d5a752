/* XML in memory: what is refused, what stays readable.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "data/xml.h"
#include <glib/gstdio.h>

/* The sentence with which TEXT is refused; g_free. */
static char *
refused (const char *text)
{
  g_autoptr (GError) error = NULL;
  xmlDoc *doc = xml_parse (text, -1, &error);

  g_assert_null (doc);
  g_assert_nonnull (error);
  return g_strdup (error->message);
}

static void
test_dtd (void)
{
  static const char *const bad[] = {
    "<!DOCTYPE a><a/>",
    "<!DOCTYPE a SYSTEM 'file:///etc/hostname'><a/>",
    "<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY e SYSTEM '/etc/hostname'>]>"
    "<a>&e;</a>",
    "<!DOCTYPE a [<!ENTITY x 'xxxxxxxxxx'><!ENTITY y '&x;&x;&x;&x;'>]>"
    "<a b='&y;&y;&y;'>&y;</a>",
    "<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN' 'x'><html/>",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autofree char *why = refused (bad[i]);

    g_assert_nonnull (strstr (why, "document type"));
  }
}

static void
test_broken (void)
{
  static const char *const bad[] = {
    "", " ", "text", "<a>", "<a></b>", "<a/><b/>", "<a b=c/>",
    "<a b='1' b='2'/>",
    "<a>\x01</a>", "<a>\xff</a>", "<a>&nbsp;</a>", "<a>&#0;</a>", "<a>&#1;</a>",
    "<a>&x;</a>", "<a", "<a><![CDATA[</a>", "<1/>",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autofree char *why = refused (bad[i]);

    g_assert_true (g_str_has_prefix (why, "text:"));
  }
}

static void
test_depth (void)
{
  g_autoptr (GString) s = g_string_new (NULL);
  g_autofree char *why = NULL;

  for (int i = 0; i < 300; i++)
    g_string_append (s, "<a>");
  for (int i = 0; i < 300; i++)
    g_string_append (s, "</a>");
  why = refused (s->str);
  g_assert_nonnull (strstr (why, "depth"));
}

static void
test_line (void)
{
  g_autofree char *why = refused ("<a>\n<b>\n</c>\n</a>");

  g_assert_true (g_str_has_prefix (why, "text:3: "));
}

static void
test_file (void)
{
  g_autofree char *dir = g_dir_make_tmp ("bz-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "a.xml", NULL);
  g_autofree char *gone = g_build_filename (dir, "b.xml", NULL);
  g_autofree char *prefix = g_strconcat (path, ":2: ", NULL);
  g_autoptr (GError) error = NULL, other = NULL;

  g_assert_true (g_file_set_contents (path, "<a>\n</b>\n", -1, NULL));
  g_assert_null (xml_load (path, &error));
  g_assert_true (g_str_has_prefix (error->message, prefix));
  g_assert_null (xml_load (gone, &other));
  g_assert_nonnull (strstr (other->message, "b.xml"));
  g_remove (path);
  g_rmdir (dir);
}

/* Text around comments, CDATA and instructions is one text. */
static void
test_one_text (void)
{
  xmlDoc *doc = xml_parse ("<q><sql>a <!-- b --><![CDATA[< ]]><?p i?>c</sql>"
                           "</q>", -1, NULL);
  xmlNode *root = xmlDocGetRootElement (doc);

  g_assert_cmpstr (xml_child_text (root, "sql"), ==, "a < c");
  xmlFreeDoc (doc);
}

static void
test_reading (void)
{
  xmlDoc *doc = xml_parse ("<a x='1' e='' z='&lt;'><b>1</b>t<c/><b>2</b></a>",
                           -1, NULL);
  xmlNode *root = xmlDocGetRootElement (doc);
  xmlNode *b = xml_child (root, "b");

  g_assert_cmpstr (xml_attr (root, "x"), ==, "1");
  g_assert_cmpstr (xml_attr (root, "z"), ==, "<");
  g_assert_null (xml_attr (root, "e"));
  g_assert_null (xml_attr (root, "y"));
  g_assert_nonnull (xml_next (b, "b"));
  g_assert_null (xml_next (xml_next (b, "b"), "b"));
  g_assert_cmpstr (xml_child_text (root, "c"), ==, "");
  g_assert_null (xml_child_text (root, "d"));
  xmlFreeDoc (doc);
}

static void
test_text_ok (void)
{
  static const char *const good[] = { "", "a\tb\nc", "䶮 𬭎 阿依古丽·买买提",
                                      "<&>\"'", "\xc2\xa0" };
  static const char *const bad[] = {
    "\r", "\x01", "a\x1f", "\x7f", "\xc2\x85", "\xff", "\xed\xa0\x80",
    "\xef\xbf\xbe", "\xef\xbf\xbf", "\xc0\x80", "\xf4\x90\x80\x80", "\xe4\xb8",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (xml_text_ok (good[i]));
  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autofree char *clean = xml_text_clean (bad[i]);

    g_assert_false (xml_text_ok (bad[i]));
    g_assert_true (xml_text_ok (clean));
  }
}

/* Whatever text, name and value go in, the document can be read again. */
static void
test_stays_readable (void)
{
  static const char *const nasty[] = {
    "a\x01" "b", "\xff\xfe", "&amp;", "&x;", "<b>", "]]>", "\"'", "\r\n",
    "<!DOCTYPE a>", "\xef\xbf\xbf",
  };
  static const char *const names[] = { "a b", "1x", "", "a:b", "单位", "-x",
                                       "COUNT(*)", "x<y" };

  for (size_t i = 0; i < G_N_ELEMENTS (nasty); i++)
    for (size_t j = 0; j < G_N_ELEMENTS (names); j++) {
      xmlDoc *doc = xml_parse ("<page/>", -1, NULL), *again;
      struct bz_node *root = xml_bz (xmlDocGetRootElement (doc));
      struct bz_node *n = bz_node_add (root, names[j]);
      g_autofree char *text = NULL;
      g_autoptr (GError) error = NULL;

      bz_node_text (n, nasty[i]);
      bz_node_set (n, names[j], nasty[i]);
      bz_node_set (n, "nothing", NULL);
      bz_node_setf (n, "f", "%s %d", nasty[i], 7);
      text = xml_dump (xml_node (root));
      again = xml_parse (text, -1, &error);
      g_assert_no_error (error);
      g_assert_null (strstr (text, "nothing"));
      xmlFreeDoc (again);
      xmlFreeDoc (doc);
    }
}

static void
test_round_trip (void)
{
  static const char text[] = "䶮 𬭎 <王五> & \"阿依古丽·买买提\"\n\t";
  xmlDoc *doc = xml_parse ("<a/>", -1, NULL), *again;
  xmlNode *root = xmlDocGetRootElement (doc);
  g_autofree char *dump = NULL;

  xml_add (root, "b", text);
  xml_set (root, "c", text);
  xml_set (root, "d", "x");
  xml_set (root, "d", NULL);
  dump = xml_dump (root);
  g_assert_true (g_str_has_prefix (dump, "<a "));
  g_assert_nonnull (strstr (dump, "𬭎"));
  again = xml_parse (dump, -1, NULL);
  root = xmlDocGetRootElement (again);
  g_assert_cmpstr (xml_child_text (root, "b"), ==, text);
  g_assert_cmpstr (xml_attr (root, "c"), ==, text);
  g_assert_null (xml_attr (root, "d"));
  xmlFreeDoc (doc);
  xmlFreeDoc (again);
}

static void
test_schema (void)
{
  static const char rng[] =
    "<element name='a' xmlns='http://relaxng.org/ns/structure/1.0'>"
    "<attribute name='x'/><zeroOrMore><element name='b'><empty/></element>"
    "</zeroOrMore></element>";
  g_autofree char *dir = g_dir_make_tmp ("bz-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "t.rng", NULL);
  g_autofree char *found = NULL;
  g_autoptr (GError) error = NULL, second = NULL;
  xmlDoc *good = xml_parse ("<a x='1'><b/></a>", -1, NULL);
  xmlDoc *bad = xml_parse ("<a x='1'>\n<b/>\n<c/></a>", -1, NULL);

  g_assert_true (g_file_set_contents (path, rng, -1, NULL));
  xml_schema_dir_set (dir);
  found = xml_schema_path ("t");
  g_assert_cmpstr (found, ==, path);
  g_assert_null (xml_schema_path ("u"));
  g_assert_cmpint (xml_validate (good, path, &error), ==, 0);
  g_assert_no_error (error);
  g_assert_cmpint (xml_validate (bad, path, &error), <, 0);
  g_assert_nonnull (strstr (error->message, ":3: "));
  g_assert_nonnull (strstr (error->message, "c"));
  g_remove (path);
  /* It is kept: the file is not read twice. */
  g_assert_cmpint (xml_validate (good, path, NULL), ==, 0);
  xml_schema_dir_set (NULL);
  g_assert_cmpint (xml_validate (good, path, &second), <, 0);
  g_assert_nonnull (second);
  xmlFreeDoc (good);
  xmlFreeDoc (bad);
  g_rmdir (dir);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  xml_init ();
  g_test_add_func ("/xml/document-type-is-refused", test_dtd);
  g_test_add_func ("/xml/broken-is-refused", test_broken);
  g_test_add_func ("/xml/too-deep-is-refused", test_depth);
  g_test_add_func ("/xml/error-has-the-line", test_line);
  g_test_add_func ("/xml/error-has-the-file", test_file);
  g_test_add_func ("/xml/text-is-in-one-piece", test_one_text);
  g_test_add_func ("/xml/attributes-and-children", test_reading);
  g_test_add_func ("/xml/control-characters-are-not-text", test_text_ok);
  g_test_add_func ("/xml/any-text-stays-readable", test_stays_readable);
  g_test_add_func ("/xml/rare-characters-round-trip", test_round_trip);
  g_test_add_func ("/xml/schema-names-the-line", test_schema);
  return g_test_run ();
}
