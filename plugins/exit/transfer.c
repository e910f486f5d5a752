/* An exit by 调动: with which unit, for whom, and what it holds meanwhile.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "transfer.h"
#include <glib.h>
#include <stdbool.h>
#include <string.h>

static const char *
get (const struct bz_item *item, const char *field)
{
  const char *value = bz_item_get (item, field);

  return value != NULL ? value : "";
}

/* Forms of entry that answer an exit for REASON; "" where nobody enters. */
static const char *
modes_of (struct bz_req *req, const char *reason)
{
  const char *modes = bz_code_extra (req, "exit_reason", reason,
                                     "counterpart_entry_mode");

  return modes != NULL ? modes : "";
}

static bool
answers (const char *modes, const char *mode)
{
  g_auto (GStrv) list = g_strsplit (modes, ";", -1);

  return mode != NULL && g_strv_contains ((const char *const *) list, mode);
}

/* -- With whom. */

/* The unit of this installation to which the person of ITEM is transferred; 0: the
 * exit concerns nobody else here. */
static int
unit_of (struct bz_req *req, const struct bz_item *item, int64_t *ret)
{
  const char *name;
  int rc;

  *ret = 0;
  if (*modes_of (req, get (item, "exit_reason")) == '\0')
    return BZ_OK;
  rc = bz_unit_named (req, get (item, "destination"), ret, &name);
  return MIN (rc, BZ_OK);
}

/* Does the reason of each fit the form in which the other unit lets them enter? */
static int
check_mode (struct bz_req *req, struct bz_case *c, const struct bz_case *other)
{
  const char *mode = other != NULL ? bz_case_get (other, "entry_mode") : NULL;

  for (size_t i = 0; mode != NULL && *mode != '\0' && i < bz_case_items (c);
       i++) {
    const char *reason = get (bz_case_item (c, i), "exit_reason");
    const char *way = bz_code_name (req, "entry_mode", mode);
    const char *name = bz_code_name (req, "exit_reason", reason);

    if (!answers (modes_of (req, reason), mode))
      return bz_mark (req, NULL,
                      "对方单位以“%s”方式接收，与出编原因“%s”不对应；"
                      "请核对出编原因，或者由对方单位更正进入形式",
                      way != NULL ? way : "", name != NULL ? name : "");
  }
  return BZ_OK;
}

int
exit_partner (struct bz_req *req, struct bz_case *c,
              const struct bz_case *other, int64_t *ret)
{
  size_t all = bz_case_items (c), n = 0;

  *ret = 0;
  for (size_t i = 0; i < all; i++) {
    int64_t unit;
    int rc = unit_of (req, bz_case_item (c, i), &unit);

    if (rc < 0)
      return rc;
    n += unit != 0;
    if (unit == bz_case_scope (c))
      return bz_mark (
        req, NULL, "出编去向是本单位，请核对；在本单位内变动的请办理人员异动");
    if (unit != 0 && *ret != 0 && unit != *ret)
      return bz_mark (req, NULL,
                      "本申请单中的人员调往不同的单位，调动须一个去向一张"
                      "申请单，请分开办理");
    if (unit != 0)
      *ret = unit;
  }
  if (n != 0 && n != all)
    return bz_mark (req, NULL,
                    "本申请单中有 %zu 人调往本系统的单位、须与对方同时办结，"
                    "其余 %zu 人不需要，请分开办理",
                    n, all - n);
  return n == 0 ? BZ_OK : check_mode (req, c, other);
}

/* -- Begun by the new unit. */

int
exit_join (struct bz_req *req, struct bz_case *c, struct bz_item *item,
           const struct bz_case *other, const struct bz_item *theirs)
{
  /* Those that the code table pairs with a form of entry. */
  static const char *const reasons[] = { "011", "11", "12" };
  const char *mode = bz_case_get (other, "entry_mode");

  (void) c;
  (void) theirs;
  if (item == NULL)
    return BZ_OK;
  for (size_t i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (answers (modes_of (req, reasons[i]), mode)) {
      bz_item_set (item, "exit_reason", reasons[i]);
      break;
    }
  bz_item_set (item, "destination", bz_case_scope_name (other));
  return BZ_OK;
}

/* -- Approved here, and not there yet. */

int
exit_hold (struct bz_req *req, struct bz_case *c, struct bz_item *item, int on)
{
  const struct bz_transit t = { .person_id = bz_item_subject (item),
                                .unit_id = bz_case_scope (c),
                                .case_id = bz_case_id (c),
                                .date = bz_today (req),
                                .paper = get (item, "doc_no") };

  return on ? bz_transit_out (req, &t) : bz_transit_back (req, &t);
}
