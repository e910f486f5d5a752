/* Tables to take along: bz_offer_tables and bz_offer_print of plugin.h.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <string.h>

#include "data/xml.h"
#include "serve/req.h"

static void
tool (struct bz_req *req, xmlNode *tools, const char *href, const char *as,
      const char *title)
{
  xmlNode *a = xml_add (tools, "a", title);

  xml_set (a, "href",
           bz_format (req, "%s%cas=%s", href,
                      strchr (href, '?') != NULL ? '&' : '?', as));
}

static enum bz_as
offer (struct bz_req *req, const char *href, bool workbook)
{
  const char *as = bz_param (req, "as");
  xmlNode *page = (xmlNode *) bz_page (req), *tools;

  xml_set (page, "made", bz_now (req));
  tools = xml_add (page, "tools", NULL);
  xml_set (tools, "back", href);
  if (g_strcmp0 (as, "print") == 0) {
    bz_view (req, "print");
    return BZ_AS_PRINT;
  }
  if (workbook && g_strcmp0 (as, "xlsx") == 0) {
    req->workbook = true;
    return BZ_AS_WORKBOOK;
  }
  tool (req, tools, href, "print", "打印");
  if (workbook)
    tool (req, tools, href, "xlsx", "导出 Excel");
  return BZ_AS_PAGE;
}

enum bz_as
bz_offer_tables (struct bz_req *req, const char *href)
{
  return offer (req, href, true);
}

enum bz_as
bz_offer_print (struct bz_req *req, const char *href)
{
  return offer (req, href, false);
}
