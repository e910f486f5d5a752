/* An entry by 调动: with which unit, with whom, and what it holds meanwhile.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "transfer.h"
#include <glib.h>
#include <stdbool.h>
#include <string.h>
#include "rules.h"
#include "slip.h"

/* -- With whom. */

/* The unit that counts the person of ITEM now, 0: none but this one. */
static int
unit_of (struct bz_req *req, const struct bz_case *entry,
         const struct bz_item *item, int64_t *ret)
{
  struct bz_person_found found;
  const char *number = bz_item_get (item, "id_number");
  int rc;

  *ret = 0;
  if (number == NULL || bz_idno_check (number, NULL) != BZ_IDNO_OK)
    return BZ_OK;
  rc = bz_person_known (req, bz_item_get (item, "name"),
                        bz_item_get (item, "sex"), number, &found);
  if (rc == BZ_OK && found.known == BZ_KNOWN_ELSEWHERE && found.matches
      && found.unit_id != bz_case_scope (entry))
    *ret = found.unit_id;
  return rc;
}

/* Whom another case under way is about, in which the old unit does something else
 * with them, or has opened a transfer itself. */
static int
check_free (struct bz_req *req, const struct bz_case *entry,
            const struct bz_case *other)
{
  const char *name;
  int rc = bz_db_value (req, &name, "entry.busy",
                        BZ_ARGS (BZ_INT (bz_case_id (entry)),
                                 BZ_INT (other != NULL ? bz_case_id (other)
                                                       : 0)));

  if (rc <= 0)
    return rc;
  return bz_mark (req, NULL,
                  "%s在原单位另一张在办的申请单中，请等其办结后再办理；"
                  "原单位已经发起调动的，请从“待接收人员”办理接收",
                  name);
}

int
entry_partner (struct bz_req *req, struct bz_case *entry,
               const struct bz_case *other, int64_t *ret)
{
  size_t all = bz_case_items (entry), n = 0;

  *ret = 0;
  if (!entry_mode_transfers (bz_case_get (entry, "entry_mode")))
    return BZ_OK;
  for (size_t i = 0; i < all; i++) {
    int64_t unit;
    int rc = unit_of (req, entry, bz_case_item (entry, i), &unit);

    if (rc < 0)
      return rc;
    n += unit != 0;
    if (unit != 0 && *ret != 0 && unit != *ret)
      return bz_mark (req, NULL,
                      "本申请单中的人员不是同一个原单位的，调动须一个原单位"
                      "一张申请单，请分开办理");
    if (unit != 0)
      *ret = unit;
  }
  if (n != 0 && n != all)
    return bz_mark (
      req, NULL,
      "本申请单中有 %zu 人目前在编、须办理调动，其余 %zu 人不需要，"
      "请分开办理",
      n, all - n);
  return n == 0 ? BZ_OK : check_free (req, entry, other);
}

/* -- Begun by the old unit. */

/* Is there a type for 公务员 and who is like one among the unit's? */
static int
takes_officials (struct bz_req *req, int64_t unit)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "entry.types_held", BZ_ARGS (BZ_INT (unit)));

  while (rc >= 0 && (rc = bz_db_next (rows)) > 0)
    if (g_strcmp0 (bz_code_extra (req, "staffing_type",
                                  bz_db_text (rows, "code"), "category"),
                   "A")
        == 0)
      return 1;
  return rc;
}

/* The form of entry that answers the reason of the exit: the first of those that the
 * code table names, or 调入 where nobody can be 调任.  The clerk may choose another. */
static int
mode_of (struct bz_req *req, const struct bz_case *entry, const char *reason,
         const char **ret)
{
  const char *modes = bz_code_extra (req, "exit_reason", reason,
                                     "counterpart_entry_mode");
  g_auto (GStrv) list = g_strsplit (modes != NULL ? modes : "", ";", -1);
  size_t n = 0;

  *ret = NULL;
  if (list[0] == NULL)
    return BZ_OK;
  if (strcmp (list[0], "05") == 0 && list[1] != NULL) {
    int officials = takes_officials (req, bz_case_scope (entry));

    if (officials < 0)
      return officials;
    n = officials ? 0 : 1;
  }
  *ret = bz_format (req, "%s", list[n]);
  return BZ_OK;
}

int
entry_join (struct bz_req *req, struct bz_case *entry, struct bz_item *item,
            const struct bz_case *other, const struct bz_item *theirs)
{
  static const char *const fields[] = { "name", "sex", "id_number" };
  const char *mode, *reason;
  int rc;

  if (item != NULL) {
    for (size_t i = 0; i < G_N_ELEMENTS (fields); i++)
      bz_item_set (item, fields[i], bz_item_get (theirs, fields[i]));
    return BZ_OK;
  }
  reason = bz_case_items (other) > 0
           ? bz_item_get (bz_case_item (other, 0), "exit_reason")
           : NULL;
  rc = mode_of (req, entry, reason != NULL ? reason : "", &mode);
  if (rc == BZ_OK && mode != NULL)
    bz_case_set (entry, "entry_mode", mode);
  return rc;
}

/* -- Approved here, and not there yet. */

int
entry_hold (struct bz_req *req, struct bz_case *entry, struct bz_item *item,
            int on)
{
  const struct bz_transit t = { .person_id = bz_item_subject (item),
                                .unit_id = bz_case_scope (entry),
                                .case_id = bz_case_id (entry),
                                .date = bz_today (req),
                                .paper = bz_case_get (entry, "entry_paper") };
  struct bz_slip_place place = { .slip_id = 0 };
  int rc = BZ_OK;

  if (!on)
    return bz_transit_back (req, &t);
  if (entry_slip_of (entry) != 0)
    rc = entry_slip_find (req, entry, item, &place);
  if (rc == BZ_OK && place.fault != NULL)
    rc = bz_fail (req, BZ_CONFLICT, "%s", place.fault);
  return rc < 0
         ? rc
         : bz_transit_in (req, item, &t, place.slip_id != 0 ? &place : NULL);
}
