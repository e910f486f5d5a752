/* An entry on a 编制使用单: what it holds is reserved for those who come on it.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "slip.h"
#include <glib.h>

int64_t
entry_slip_of (const struct bz_case *entry)
{
  const char *slip = bz_case_get (entry, "slip");

  return slip != NULL ? g_ascii_strtoll (slip, NULL, 10) : 0;
}

int
entry_slip_find (struct bz_req *req, const struct bz_case *entry,
                 const struct bz_item *item, struct bz_slip_place *ret)
{
  return bz_slip_find (req, entry_slip_of (entry), bz_case_scope (entry),
                       bz_item_get (item, "staffing_type"),
                       bz_item_get (item, "structure"),
                       bz_case_get (entry, "entry_mode"), bz_today (req), ret);
}

int
entry_slip_count (struct bz_req *req, const struct bz_case *entry,
                  const struct bz_slip_place *place)
{
  int n = 0;

  for (size_t i = 0; i < bz_case_items (entry); i++) {
    struct bz_slip_place other;
    int rc = entry_slip_find (req, entry, bz_case_item (entry, i), &other);

    if (rc < 0)
      return rc;
    n += other.line_id == place->line_id;
  }
  return n;
}

int
entry_slip_check (struct bz_req *req, struct bz_case *entry,
                  struct bz_item *item)
{
  struct bz_slip_place place;
  int rc = entry_slip_find (req, entry, item, &place), mine;

  if (rc < 0)
    return rc;
  if (place.fault != NULL)
    return bz_mark (req, "staffing_type", "%s", place.fault);
  /* Where all of them fit, nobody need count who takes this line. */
  mine = bz_case_items (entry) <= (size_t) place.left
         ? 0
         : entry_slip_count (req, entry, &place);
  if (mine <= place.left)
    return MIN (mine, BZ_OK);
  rc = bz_mark (req, "staffing_type",
                "编制使用单“%s”以这种方式进入的名额余 %d 名，本申请单 %d 人，"
                "请核减人数或另行申请编制使用核准",
                place.number, place.left, mine);
  bz_of_case (req);
  return rc;
}

int
entry_slip_use (struct bz_req *req, struct bz_case *entry,
                const struct bz_slip_place *place, int64_t employment_id,
                int64_t person_id)
{
  if (place->slip_id == 0)
    return BZ_OK;
  return bz_slip_use (req, place, bz_case_scope (entry), employment_id,
                      person_id, bz_case_id (entry), bz_today (req));
}
