/* <pair> of business.xml: whose cases end together with those of another business.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "define/business.h"
#include "data/xml.h"
#include "define/source.h"

void
business_pair_free (struct business_pair *p)
{
  if (p == NULL)
    return;
  g_free (p->with);
  g_free (p->title);
  g_free (p->waiting);
  g_free (p->begin);
  g_free (p->refuse);
  g_free (p->within);
  g_free (p);
}

int
business_pair_read (struct business *b, const xmlNode *root, GError **error)
{
  const xmlNode *at = xml_child (root, "pair");
  struct business_pair *p;

  if (at == NULL)
    return 0;
  p = b->pair = g_new0 (struct business_pair, 1);
  p->with = g_strdup (source_attr (at, "with"));
  p->first = source_yes (at, "first");
  p->title = g_strdup (source_attr (at, "title"));
  p->waiting = g_strdup (source_attr (at, "waiting"));
  p->begin = g_strdup (source_attr (at, "begin"));
  p->refuse = g_strdup (source_attr (at, "refuse"));
  p->within = g_strdup (source_attr (at, "within"));
  if (business_option (b, p->within) == NULL)
    return source_fail (error, at,
                        "within='%s' is no <option> of this business; add it",
                        p->within);
  if (b->key == NULL)
    return source_fail (error, at,
                        "items without key= are about nobody who could stand "
                        "in two cases; write key= or remove <pair>");
  if (b->hooks.partner == NULL || b->hooks.join == NULL
      || b->hooks.hold == NULL)
    return source_fail (error, at,
                        "business '%s' has not all of the hooks partner, join "
                        "and hold; add them to its row of businesses in C",
                        b->name);
  return 0;
}
