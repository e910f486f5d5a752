/* Unit tests of the pages of a long list (fcgi/show/pages.c).
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "data/xml.h"
#include "serve/conf.h"
#include "serve/req.h"

enum { SIZE = 3 };

/* The page that NAME=VALUE asks for of a list with the keys 1..COUNT, shown from
 * 1 on: "2 3 4 | prev=... next=...". */
static char *
page_of (int count, const char *name, const char *value, const char *href)
{
  struct conf conf = { .base = (char *) "" };
  struct bz_req *req = req_new (&conf, NULL);
  GString *out = g_string_new (NULL);
  struct bz_pages pages;
  xmlNode *table, *pager;
  int64_t key;

  if (name != NULL)
    req_add_param (req, name, value);
  bz_pages_read (req, SIZE, &pages);
  table = xml_add (xml_node (bz_page (req)), "table", NULL);
  (void) xml_add (table, "col", NULL);
  key = pages.edge + (pages.up ? -1 : 1);
  for (int n = 0; n <= SIZE && key >= 1 && key <= count; n++) {
    if (bz_pages_row (&pages, key))
      (void) xml_add (table, "r", bz_format (req, "%d", (int) key));
    key += pages.up ? -1 : 1;
  }
  pager = xml_node (bz_pages_end (req, &pages, xml_bz (table), href));
  for (xmlNode *r = xml_child (table, "r"); r != NULL; r = xml_next (r, "r"))
    g_string_append_printf (out, "%s ", (const char *) r->children->content);
  g_string_append_c (out, '|');
  for (xmlAttr *a = pager->properties; a != NULL; a = a->next)
    g_string_append_printf (out, " %s=%s", (const char *) a->name,
                            (const char *) a->children->content);
  for (xmlNode *b = xml_child (pager, "b"); b != NULL; b = xml_next (b, "b"))
    g_string_append_printf (out, " %s:%s=%s", xml_attr (b, "to"),
                            xml_attr (b, "n"), xml_attr (b, "v"));
  req_free (req);
  return g_string_free (out, FALSE);
}

#define PAGE(count, name, value, href, want)                                   \
  do {                                                                         \
    g_autofree char *got = page_of (count, name, value, href);                 \
    g_assert_cmpstr (got, ==, want);                                           \
  } while (0)

/* What is printed or taken away as a whole begins with the first row, whatever page
 * its address names. */
static void
test_whole (void)
{
  struct conf conf = { .base = (char *) "" };
  struct bz_req *req = req_new (&conf, NULL);
  struct bz_pages pages;

  req_add_param (req, "above", "7");
  bz_pages_read (req, BZ_AS_ROWS, &pages);
  g_assert_cmpint (pages.edge, ==, 0);
  g_assert_cmpint (pages.up, ==, 0);
  bz_pages_read (req, SIZE, &pages);
  g_assert_cmpint (pages.edge, ==, 7);
  g_assert_cmpint (pages.up, ==, 1);
  req_free (req);
}

static void
test_links (void)
{
  PAGE (0, NULL, NULL, "/l", "| size=3");
  PAGE (3, NULL, NULL, "/l", "1 2 3 | size=3");
  PAGE (4, NULL, NULL, "/l", "1 2 3 | size=3 next=/l?below=3");
  PAGE (8, "below", "3", "/l?q=a",
        "4 5 6 | size=3 first=/l?q=a prev=/l?q=a&above=4 "
        "next=/l?q=a&below=6");
  PAGE (8, "below", "6", "/l", "7 8 | size=3 first=/l prev=/l?above=7");
}

static void
test_up (void)
{
  PAGE (8, "above", "7", "/l",
        "4 5 6 | size=3 first=/l prev=/l?above=4 next=/l?below=6");
  PAGE (8, "above", "4", "/l", "1 2 3 | size=3 next=/l?below=3");
  PAGE (8, "above", "3", "/l", "1 2 | size=3 next=/l?below=2");
  PAGE (8, "above", "1", "/l", "| size=3 first=/l");
}

/* Without an address the turns are buttons of a form. */
static void
test_buttons (void)
{
  PAGE (8, "below", "3", NULL,
        "4 5 6 | size=3 first:below=0 prev:above=4 next:below=6");
}

static void
test_nonsense (void)
{
  static const char *const bad[] = {
    "x", "-1", "0", "", "99999999999999999999", "3 OR 1"
  };

  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
    PAGE (4, "below", bad[i], "/l", "1 2 3 | size=3 next=/l?below=3");
    PAGE (4, "above", bad[i], "/l", "1 2 3 | size=3 next=/l?below=3");
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  xml_init ();
  g_test_add_func ("/pages/links-down", test_links);
  g_test_add_func ("/pages/whole", test_whole);
  g_test_add_func ("/pages/up-comes-in-the-same-order", test_up);
  g_test_add_func ("/pages/buttons-for-a-search-that-posts", test_buttons);
  g_test_add_func ("/pages/nonsense-is-the-first-page", test_nonsense);
  return g_test_run ();
}
