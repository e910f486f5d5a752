/* 招录结果登记: what cannot be declared - the slip, and who was chosen to come on it.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <glib.h>
#include <string.h>
#include "bianzhi/staffing.h"

static int
hire_facts (struct bz_req *req, struct bz_case *c, struct bz_item *item,
            struct bz_node *facts)
{
  return bz_unit_facts (req, bz_case_scope (c), facts);
}

/* -- Checks. */

/* Is ID_NUMBER on the slip by another case?  As bz_slip_names. */
static int
named (struct bz_req *req, const struct bz_case *c, const char *id_number,
       int *count)
{
  return bz_slip_names (req, bz_case_int (c, "slip"), bz_case_scope (c),
                        bz_case_id (c), id_number, count);
}

/* How many the case would add to those on the slip, or <0.  BEFORE: these. */
static int
new_names (struct bz_req *req, const struct bz_case *c, int *before)
{
  int rc = named (req, c, NULL, before), n = 0;

  for (size_t i = 0; rc >= 0 && i < bz_case_items (c); i++) {
    rc = named (req, c, bz_item_get (bz_case_item (c, i), "id_number"), before);
    n += rc == 0;
  }
  return rc < 0 ? rc : n;
}

/* The number is of all who were chosen on the slip, in whatever case. */
static int
check_names (struct bz_req *req, const struct bz_case *c, const char *slip,
             int64_t hired)
{
  int before, more = new_names (req, c, &before);

  if (more < 0 || before + more <= hired)
    return MIN (more, BZ_OK);
  if (before == 0)
    return bz_mark (req, "hired", "录用人数 %lld 名，所列人员 %d 名，请核对",
                    (long long) hired, more);
  if (before > hired)
    return bz_mark (req, "hired",
                    "编制使用单“%s”已登记录用人员 %d 名，"
                    "录用人数不能少于这个数，请核对",
                    slip, before);
  return bz_mark (req, "hired",
                  "编制使用单“%s”已登记录用人员 %d 名，本次所列 %d 名，"
                  "合计 %d 名，超过录用人数 %lld 名，请核对",
                  slip, before, more, before + more, (long long) hired);
}

static int
check_slip (struct bz_req *req, struct bz_case *c)
{
  int64_t hired = bz_case_int (c, "hired");
  struct bz_slip *slip;
  struct bz_slip_head head;
  int rc = bz_slip_read (req, bz_case_int (c, "slip"), bz_case_scope (c),
                         bz_today (req), &slip);

  if (rc < 0)
    return rc;
  head = bz_slip_head (slip);
  if (head.fault != NULL)
    return bz_mark (req, "slip", "%s", head.fault);
  if (hired > head.granted)
    return bz_mark (req, "hired",
                    "编制使用单“%s”核准 %d 名，录用人数须为 1 至 %d",
                    head.number, head.granted, head.granted);
  if (hired < head.used)
    return bz_mark (
      req, "hired",
      "编制使用单“%s”已入编 %d 名，录用人数不能少于这个数，请核对", head.number,
      head.used);
  return check_names (req, c, head.number, hired);
}

/* Twice in this case. */
static int
check_once (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  const char *number = bz_item_get (item, "id_number");

  for (size_t i = 0; i < bz_case_items (c); i++) {
    const struct bz_item *other = bz_case_item (c, i);

    if (other != item && bz_item_id (other) != bz_item_id (item)
        && g_strcmp0 (bz_item_get (other, "id_number"), number) == 0)
      return bz_mark (req, "id_number",
                      "已有同一身份证号的录用人员，请删除重复的人员");
  }
  return BZ_OK;
}

/* Registered on the slip by an earlier case. */
static int
check_before (struct bz_req *req, struct bz_case *c, const char *number)
{
  int count, rc = named (req, c, number, &count);

  return rc <= 0 ? rc
                 : bz_mark (req, "id_number",
                            "该身份证号已在这张编制使用单登记为录用人员，"
                            "不能重复登记，请删除");
}

static int
hire_check (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  const char *number = item != NULL ? bz_item_get (item, "id_number") : NULL;
  int rc;

  if (item == NULL)
    return bz_case_int (c, "slip") != 0 ? check_slip (req, c) : BZ_OK;
  if (number == NULL || *number == '\0')
    return BZ_OK;
  rc = bz_idno_mark (req, "id_number", number);
  if (rc == BZ_OK
      && g_strcmp0 (bz_item_get (item, "sex"), bz_idno_sex (number)) != 0)
    rc = bz_mark (req, "sex", "性别与身份证号不一致，请核对");
  if (rc == BZ_OK)
    rc = check_once (req, c, item);
  return rc < 0 ? rc : check_before (req, c, number);
}

/* -- The approval. */

static int
hire_effect (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  const struct bz_slip_change change = { .slip_id = bz_case_int (c, "slip"),
                                         .unit_id = bz_case_scope (c),
                                         .case_id = bz_case_id (c),
                                         .date = bz_today (req) };

  return bz_slip_choose (req, &change, bz_item_get (item, "name"),
                         bz_item_get (item, "sex"),
                         bz_item_get (item, "id_number"));
}

/* The number is of the whole case, which may name nobody; the event comes for each
 * of the named. */
static int
hire_approved (struct bz_req *req, const struct bz_event *event)
{
  struct bz_slip_change change = { .case_id = event->case_id,
                                   .date = bz_today (req) };
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "hire.result",
                       BZ_ARGS (BZ_INT (event->case_id)));

  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc <= 0)
    return rc;
  change.unit_id = bz_db_int (rows, "unit");
  change.slip_id = bz_db_int (rows, "slip");
  return bz_slip_hired (req, &change, (int) bz_db_int (rows, "hired"));
}

static const struct bz_business businesses[] = {
  { .name = "hire",
    .facts = hire_facts,
    .check = hire_check,
    .effect = hire_effect },
};
static const struct bz_listener listeners[] = {
  { "hire.approved", hire_approved },
};
static const char *const needs[] = { "staffing", NULL };
static const struct bz_plugin hire = {
  .head = BZ_HEAD,
  .name = "hire",
  .version = "0.1",
  .title = "招录结果登记",
  .needs = needs,
  .businesses = BZ_ROWS (businesses),
  .listeners = BZ_ROWS (listeners),
};
BZ_EXPORT (hire)
