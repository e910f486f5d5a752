/* 撤销核准: what cannot be declared - what of an approval is still there, until when it
 * can be taken back, the deed.  SPDX-License-Identifier: MulanPSL-2.0 */
#include <glib.h>
#include <string.h>
#include "bianzhi/staffing.h"

static const char approval[] = "approval"; /* field of the head */

static int
revoke_facts (struct bz_req *req, struct bz_case *c, struct bz_item *item,
              struct bz_node *facts)
{
  return bz_unit_facts (req, bz_case_scope (c), facts);
}

/* Who was ticked, as the approved case has them. */
static int
revoke_prefill (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  static const struct {
    const char *field, *column;
  } fields[] = { { "name", "name" },
                 { "id_number", "number" },
                 { "approved_on", "approved_on" } };
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "revoke.subject",
                       BZ_ARGS (BZ_INT (bz_case_int (c, approval)),
                                BZ_INT (bz_item_subject (item))));

  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc == 0)
    return bz_mark (req, "name", "已不在所选的核准中，请从申请单中删除");
  for (size_t i = 0; rc > 0 && i < G_N_ELEMENTS (fields); i++) {
    const char *value = bz_db_text (rows, fields[i].column);

    bz_item_set (item, fields[i].field, value);
    if (value != NULL && *value != '\0') /* a slip has no number of a person */
      bz_item_close (item, fields[i].field, "取自所选的核准，不能修改");
  }
  return MIN (rc, BZ_OK);
}

/* -- Checks. */

/* What is done instead of taking back what has stood too long. */
static const char *
instead (const char *kind)
{
  return strcmp (kind, "入编") == 0       ? "人员出编"
       : strcmp (kind, "出编") == 0       ? "人员入编"
       : strcmp (kind, "异动") == 0       ? "人员异动"
       : strcmp (kind, "借调、混岗") == 0 ? "借调、混岗登记"
                                          : "编制使用变更";
}

/* Days count until it is handed in: how long the leader takes is not the section's. */
static int
check_window (struct bz_req *req, const struct bz_case *c)
{
  const char *days;
  struct bz_rows *rows;
  int rc = bz_case_option (req, c, "days", &days);

  if (rc == BZ_OK)
    rc = bz_db_open (req, &rows, "revoke.approval",
                     BZ_ARGS (BZ_INT (bz_case_scope (c)),
                              BZ_INT (bz_case_int (c, approval)),
                              BZ_INT (bz_case_id (c)),
                              BZ_STR (bz_today (req))));
  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc <= 0 || bz_db_int (rows, "days") <= g_ascii_strtoll (days, NULL, 10))
    return MIN (rc, BZ_OK);
  return bz_mark (req, approval,
                  "这项核准于 %s 作出，已超过 %s 天，不能撤销；请改办%s",
                  bz_db_text (rows, "approved_on"), days,
                  instead (bz_db_text (rows, "kind")));
}

/* The item of the approved case; 0: the slip as a whole. */
static int
item_of (struct bz_req *req, const struct bz_case *c,
         const struct bz_item *item, int64_t *ret)
{
  const char *id = NULL;
  int rc = bz_db_value (req, &id, "revoke.item_of",
                        BZ_ARGS (BZ_INT (bz_case_int (c, approval)),
                                 BZ_INT (bz_item_subject (item))));

  *ret = rc > 0 ? g_ascii_strtoll (id, NULL, 10) : 0;
  return MIN (rc, BZ_OK);
}

static int
check_elsewhere (struct bz_req *req, const struct bz_case *c,
                 const struct bz_item *item)
{
  const char *number;
  int rc = bz_db_value (req, &number, "revoke.open_elsewhere",
                        BZ_ARGS (BZ_STR (bz_case_get (c, approval)),
                                 BZ_INT (bz_item_subject (item)),
                                 BZ_INT (bz_case_id (c))));

  return rc <= 0 ? rc
                 : bz_mark (req, "name",
                            "已在另一张在办的撤销核准 %s 中，请删除", number);
}

static int
revoke_check (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  const char *why;
  int64_t item_id;
  int rc;

  if (bz_case_int (c, approval) == 0)
    return BZ_OK;
  if (item == NULL)
    return check_window (req, c);
  rc = check_elsewhere (req, c, item);
  if (rc == BZ_OK)
    rc = item_of (req, c, item, &item_id);
  if (rc == BZ_OK)
    rc = bz_case_undo_look (req, c, bz_case_int (c, approval), item_id, &why);
  if (rc < 0 || why == NULL)
    return rc;
  return bz_mark (req, "name", "%s", why);
}

/* -- The approval. */

static int
revoke_effect (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  int64_t item_id;
  int rc = item_of (req, c, item, &item_id);

  return rc < 0 ? rc
                : bz_case_undo (req, c, bz_case_int (c, approval), item_id);
}

/* The case itself, to be opened. */
static int
revoke_show (struct bz_req *req, struct bz_case *c, const char *view,
             struct bz_node *page)
{
  return bz_case_table (req, page, "approved", "要撤销的核准", "还没有选择",
                        "revoke.approved_case",
                        BZ_ARGS (BZ_INT (bz_case_int (c, approval))));
}

static const struct bz_business businesses[] = {
  { .name = "revoke",
    .prefill = revoke_prefill,
    .facts = revoke_facts,
    .check = revoke_check,
    .effect = revoke_effect,
    .show = revoke_show },
};
static const char *const needs[] = { "staffing", NULL };
static const struct bz_plugin revocation = {
  .head = BZ_HEAD,
  .name = "revoke",
  .version = "0.1",
  .title = "撤销核准",
  .needs = needs,
  .businesses = BZ_ROWS (businesses),
};
BZ_EXPORT (revocation)
