/* Sample page documents: what the render tool and the view test share.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "sample.h"
#include "data/xml.h"
#include "show/view.h"

xmlDoc *
sample_load (const char *path, GError **error)
{
  g_autofree char *dir = g_path_get_dirname (path);
  g_autofree char *beside = g_build_filename (dir, "shell.xml", NULL);
  xmlDoc *page = xml_load (path, error);
  xmlDoc *shell;

  if (page == NULL || xml_child (xmlDocGetRootElement (page), "shell") != NULL)
    return page;
  shell = xml_load (beside, error);
  if (shell == NULL) {
    xmlFreeDoc (page);
    return NULL;
  }
  xmlAddChild (xmlDocGetRootElement (page),
               xmlDocCopyNode (xmlDocGetRootElement (shell), page, 1));
  xmlFreeDoc (shell);
  return page;
}

char *
sample_view (xmlDoc *page)
{
  return (char *) xmlGetProp (xmlDocGetRootElement (page), BAD_CAST "view");
}

int
sample_views (const char *srcdir, GError **error)
{
  g_autofree char *ours = g_build_filename (srcdir, "xslt", NULL);
  g_autofree char *entry = g_build_filename (srcdir, "plugins", "entry",
                                             "xslt", NULL);
  int rc = view_load (ours, "bz", error);

  if (rc == 0)
    rc = view_load (entry, "entry", error);
  return rc == 0 ? view_ready (error) : rc;
}
