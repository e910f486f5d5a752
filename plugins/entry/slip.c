/* An entry on a 编制使用单: what it holds is reserved for those who come on it.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "slip.h"
#include <glib.h>
#include <stdbool.h>

int64_t
entry_slip_of (const struct bz_case *entry)
{
  const char *slip = bz_case_get (entry, "slip");

  return slip != NULL ? g_ascii_strtoll (slip, NULL, 10) : 0;
}

int
entry_slip_take (struct bz_req *req, const struct bz_case *entry,
                 const struct bz_item *item, struct bz_slip *slip,
                 struct bz_slip_place *ret)
{
  return bz_slip_take (req, slip, bz_item_get (item, "staffing_type"),
                       bz_item_get (item, "structure"),
                       bz_case_get (entry, "entry_mode"), ret);
}

int
entry_slip_find (struct bz_req *req, const struct bz_case *entry,
                 const struct bz_item *item, struct bz_slip_place *ret)
{
  struct bz_slip *slip;
  int rc = bz_slip_read (req, entry_slip_of (entry), bz_case_scope (entry),
                         bz_today (req), &slip);

  return rc < 0 ? rc : entry_slip_take (req, entry, item, slip, ret);
}

static bool
alike (const struct bz_item *a, const struct bz_item *b, const char *field)
{
  return g_strcmp0 (bz_item_get (a, field), bz_item_get (b, field)) == 0;
}

int
entry_slip_count (const struct bz_case *entry, const struct bz_item *item)
{
  int n = 0;

  for (size_t i = 0; i < bz_case_items (entry); i++)
    n += alike (bz_case_item (entry, i), item, "staffing_type")
      && alike (bz_case_item (entry, i), item, "structure");
  return n;
}

/* The place of ITEM behind those who stand before it in the case. */
static int
place_behind (struct bz_req *req, const struct bz_case *entry,
              const struct bz_item *item, struct bz_slip_place *ret)
{
  struct bz_slip *slip;
  int rc = bz_slip_read (req, entry_slip_of (entry), bz_case_scope (entry),
                         bz_today (req), &slip);

  for (size_t i = 0; rc == BZ_OK && i < bz_case_items (entry); i++) {
    const struct bz_item *other = bz_case_item (entry, i);

    if (other == item || bz_item_id (other) == bz_item_id (item))
      break;
    rc = entry_slip_take (req, entry, other, slip, ret);
  }
  return rc < 0 ? rc : entry_slip_take (req, entry, item, slip, ret);
}

int
entry_slip_check (struct bz_req *req, struct bz_case *entry,
                  struct bz_item *item)
{
  struct bz_slip_place place, alone;
  int rc = entry_slip_find (req, entry, item, &alone);

  if (rc < 0)
    return rc;
  if (alone.fault != NULL)
    return bz_mark (req, "staffing_type", "%s", alone.fault);
  /* Where all of them fit, nobody need look who takes which line. */
  if (bz_case_items (entry) <= (size_t) alone.left)
    return BZ_OK;
  rc = place_behind (req, entry, item, &place);
  if (rc < 0 || place.fault == NULL)
    return rc;
  rc = bz_mark (req, "staffing_type",
                "编制使用单“%s”以这种方式进入的名额余 %d 名，本申请单 %d 人，"
                "请核减人数或另行申请编制使用核准",
                alone.number, alone.left, entry_slip_count (entry, item));
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
