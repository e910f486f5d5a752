/* Pages of a long list: bz_pages_... of plugin.h.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <string.h>

#include "data/xml.h"
#include "serve/req.h"

static int64_t
key_of (struct bz_req *req, const char *name)
{
  const char *text = bz_param (req, name);
  gint64 key;

  if (text == NULL
      || !g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, &key, NULL))
    return 0;
  return key;
}

void
bz_pages_read (struct bz_req *req, int size, struct bz_pages *ret)
{
  int64_t above = size != BZ_AS_ROWS ? key_of (req, "above") : 0;
  int64_t below = size != BZ_AS_ROWS ? key_of (req, "below") : 0;

  *ret = (struct bz_pages){
    .size = size,
    .edge = above != 0 ? above : below,
    .up = above != 0,
  };
}

int
bz_pages_row (struct bz_pages *p, int64_t key)
{
  if (++p->rows > p->size)
    return 0;
  if (p->up || p->rows == 1)
    p->top = key;
  if (!p->up || p->rows == 1)
    p->bottom = key;
  return 1;
}

/* A page that was asked for upwards came with its last row first. */
static void
turn_over (xmlNode *table)
{
  xmlNode *top = xml_child (table, "r"), *r;

  for (r = top != NULL ? xml_next (top, "r") : NULL; r != NULL;) {
    xmlNode *next = xml_next (r, "r");

    (void) xmlAddPrevSibling (top, r);
    top = r;
    r = next;
  }
}

/* One turn: a link, or a button of a pager that posts. */
static void
turn_add (struct bz_req *req, xmlNode *pager, const char *href, const char *to,
          const char *beside, int64_t key)
{
  xmlNode *b;

  if (href != NULL) {
    xml_set (pager, to,
             key == 0 ? href
                      : bz_format (req, "%s%s%s=%lld", href,
                                   strchr (href, '?') != NULL ? "&" : "?",
                                   beside, (long long) key));
    return;
  }
  b = xml_add (pager, "b", NULL);
  xml_set (b, "to", to);
  xml_set (b, "n", beside);
  xml_set (b, "v", bz_format (req, "%lld", (long long) key));
}

struct bz_node *
bz_pages_end (struct bz_req *req, const struct bz_pages *p,
              struct bz_node *table, const char *href)
{
  xmlNode *pager = xml_add (xml_node (bz_page (req)), "pager", NULL);
  bool more = p->rows > p->size;
  bool higher = p->up ? more || p->rows == 0 : p->edge != 0;
  bool lower = p->up || more;

  if (p->up)
    turn_over (xml_node (table));
  xml_set (pager, "size", bz_format (req, "%d", p->size));
  if (higher)
    turn_add (req, pager, href, "first", "below", 0);
  if (higher && p->top != 0)
    turn_add (req, pager, href, "prev", "above", p->top);
  if (lower && p->bottom != 0)
    turn_add (req, pager, href, "next", "below", p->bottom);
  return xml_bz (pager);
}
