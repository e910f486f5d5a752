/* render [-s STATIC] SRCDIR PAGE.xml: a page document as HTML on standard
 * output, in its own view; for looking at it without a server.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "data/xml.h"
#include "sample.h"
#include "show/view.h"

static const char *files;

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
  html = view_render (page, view == NULL ? "?" : (const char *) view, error);
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
  if (argc > 3 && g_str_equal (argv[1], "-s")) {
    files = argv[2];
    at = 3;
  }
  if (argc != at + 2) {
    g_printerr ("usage: render [-s STATIC/] SRCDIR PAGE.xml\n");
    return 2;
  }
  if (render (argv[at], argv[at + 1], &error) == 0)
    return 0;
  g_printerr ("render: %s\n", error != NULL ? error->message : "cannot write");
  return 1;
}
