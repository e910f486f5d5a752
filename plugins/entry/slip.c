/* An entry on a 编制使用单: what it holds is reserved for those who come on it.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "slip.h"
#include <glib.h>

int64_t
entry_slip_of (const struct bz_case *entry)
{
  return bz_case_int (entry, "slip");
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

int
entry_slip_mark (struct bz_req *req, const struct entry_look *look,
                 const struct entry_person *person)
{
  const char *type = bz_code_name (req, "staffing_type",
                                   bz_item_get (person->item, "staffing_type"));
  int rc;

  if (person->alone.fault != NULL)
    return bz_mark (req, "staffing_type", "%s", person->alone.fault);
  rc
    = bz_mark (req, "staffing_type",
               "编制使用单“%s”余 %d 名，本申请单 %zu 人，以所选方式进入%s的名额"
               "不够，请核减人数或另行申请编制使用核准",
               look->slip.number, look->slip.granted - look->slip.used,
               look->count, type != NULL ? type : "");
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
