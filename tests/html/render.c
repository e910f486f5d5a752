/* render [-s STATIC] [-n TIMES] SRCDIR PAGE.xml: a page document as HTML on
 * standard output, in its own view; for looking at it without a server, and,
 * drawn TIMES, for counting what a page costs (tests/bench/instructions).
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "data/xml.h"
#include "sample.h"
#include "show/view.h"

static const char *files;
static gint64 times = 1;

/* PAGE in VIEW, each time from a page document of its own. */
static GBytes *
draw (xmlDoc *page, const char *view, GError **error)
{
  for (gint64 n = 1; n < times; n++) {
    xmlDoc *copy = xmlCopyDoc (page, 1);
    GBytes *html = view_render (copy, view, error);

    xmlFreeDoc (copy);
    if (html == NULL)
      return NULL;
    g_bytes_unref (html);
  }
  return view_render (page, view, error);
}

static int
render (const char *srcdir, const char *path, GError **error)
{
  g_autoptr (GBytes) html = NULL;
  xmlDoc *page;
  xmlChar *view;
  gsize size;
  const void *data;

  if (sample_views (srcdir, error) < 0)
    return 1;
  page = sample_load (path, error);
  if (page == NULL)
    return 1;
  if (files != NULL)
    xml_set (xml_child (xmlDocGetRootElement (page), "shell"), "static", files);
  view = (xmlChar *) sample_view (page);
  html = draw (page, view == NULL ? "?" : (const char *) view, error);
  xmlFree (view);
  xmlFreeDoc (page);
  if (html == NULL)
    return 1;
  data = g_bytes_get_data (html, &size);
  return fwrite (data, 1, size, stdout) == size ? 0 : 1;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int at = 1;

  xml_init ();
  for (; at + 1 < argc && argv[at][0] == '-'; at += 2)
    if (g_str_equal (argv[at], "-s"))
      files = argv[at + 1];
    else if (!g_str_equal (argv[at], "-n")
             || !g_ascii_string_to_signed (argv[at + 1], 10, 1, 100000, &times,
                                           NULL))
      break;
  if (argc != at + 2) {
    g_printerr ("usage: render [-s STATIC/] [-n TIMES] SRCDIR PAGE.xml\n");
    return 2;
  }
  if (render (argv[at], argv[at + 1], &error) == 0)
    return 0;
  g_printerr ("render: %s\n", error != NULL ? error->message : "cannot write");
  return 1;
}
