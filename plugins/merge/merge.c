/* 合并重复人员: what cannot be declared - who is meant, what hinders, what will be, the
 * deed.  SPDX-License-Identifier: MulanPSL-2.0 */
#include <glib.h>
#include <string.h>
#include "bianzhi/staffing.h"

static const char other[] = "other_number"; /* field of the item */

/* Who was ticked, as the register says. */
static int
merge_prefill (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  static const char *const fields[] = {
    "name",       "sex",           "id_number",
    "birth_date", "staffing_type", "unit_entry_date",
    NULL
  };
  int rc = bz_staff_fill (req, bz_case_scope (c), item, fields,
                          "保留的记录，不做修改");

  if (rc == 0)
    return bz_mark (req, "name", "该人员已不在本单位在编，请从申请单中删除");
  return MIN (rc, BZ_OK);
}

static int
merge_facts (struct bz_req *req, struct bz_case *c, struct bz_item *item,
             struct bz_node *facts)
{
  return bz_unit_facts (req, bz_case_scope (c), facts);
}

static struct bz_merger
merger_of (struct bz_req *req, const struct bz_case *c,
           const struct bz_item *item)
{
  return (struct bz_merger){ .keep_id = bz_item_subject (item),
                             .number = bz_item_get (item, other),
                             .unit_id = bz_case_scope (c),
                             .case_id = bz_case_id (c),
                             .date = bz_today (req) };
}

/* -- Checks. */

static int
merge_check (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  struct bz_merger m;
  const char *why;
  int rc;

  if (item == NULL)
    return BZ_OK;
  m = merger_of (req, c, item);
  if (m.number == NULL || *m.number == '\0')
    return BZ_OK;
  rc = bz_merge_look (req, &m, &why);
  return rc < 0 || why == NULL ? rc : bz_mark (req, other, "%s", why);
}

/* -- The approval of one person. */

static int
merge_effect (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  struct bz_merger m = merger_of (req, c, item);

  return bz_merge (req, &m);
}

/* -- What will be: on the page of the case and of its review. */

static int
merge_show (struct bz_req *req, struct bz_case *c, const char *view,
            struct bz_node *page)
{
  int rc = BZ_OK;

  for (size_t i = 0; i < bz_case_items (c) && rc == BZ_OK; i++) {
    struct bz_item *item = bz_case_item (c, i);
    struct bz_merger m = merger_of (req, c, item);

    if (m.number != NULL && *m.number != '\0' && m.keep_id != 0)
      rc = bz_merge_show (req, &m, bz_format (req, "merger-%zu", i + 1), page);
  }
  if (strcmp (view, "review") == 0)
    (void) bz_node_add (page, "checks");
  return rc;
}

static const struct bz_business businesses[] = {
  { .name = "merge",
    .prefill = merge_prefill,
    .facts = merge_facts,
    .check = merge_check,
    .effect = merge_effect,
    .show = merge_show },
};
static const char *const needs[] = { "staffing", NULL };
static const struct bz_plugin merger = {
  .head = BZ_HEAD,
  .name = "merge",
  .version = "0.1",
  .title = "合并重复人员",
  .needs = needs,
  .businesses = BZ_ROWS (businesses),
};
BZ_EXPORT (merger)
