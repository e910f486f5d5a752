/* 人员入编: what cannot be declared - pre-fill, checks across tables, effects.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "chosen.h"
#include "findings.h"
#include "room.h"
#include "rules.h"
#include "seats.h"
#include "sheet.h"
#include "slip.h"
#include "transfer.h"
#include <glib.h>
#include <string.h>

/* The person of ITEM as the installation knows them; nothing is known while
 * the number is not a valid one.  For rules and checks: names no unit. */
static int
find_person (struct bz_req *req, struct bz_item *item,
             struct bz_person_found *ret)
{
  const char *number = item == NULL ? NULL : bz_item_get (item, "id_number");

  memset (ret, 0, sizeof *ret);
  if (number == NULL || bz_idno_check (number, NULL) != BZ_IDNO_OK)
    return BZ_OK;
  return bz_person_known (req, bz_item_get (item, "name"),
                          bz_item_get (item, "sex"), number, ret);
}

/* Mark a number that cannot be one.  1: it is fine. */
static int
number_ok (struct bz_req *req, struct bz_item *item)
{
  const char *number = bz_item_get (item, "id_number");
  int rc;

  if (number == NULL || *number == '\0')
    return bz_mark (req, "id_number", "请填写身份证号");
  rc = bz_idno_mark (req, "id_number", number);
  return rc < 0 ? rc : 1;
}

/* 验证 (HY-15 to HY-18): load what is known, say what was found. */
static int
entry_prefill (struct bz_req *req, struct bz_case *entry, struct bz_item *item)
{
  struct bz_person_found found;
  const char *kind, *text;
  int rc;

  if (number_ok (req, item) < 0)
    return BZ_BAD_INPUT;
  rc = bz_person_find (req, bz_item_get (item, "name"),
                       bz_item_get (item, "sex"),
                       bz_item_get (item, "id_number"), &found);
  if (rc < 0)
    return rc;
  text = entry_outcome (&found, bz_case_scope (entry),
                        bz_case_get (entry, "entry_mode"), &kind);
  if (found.known == BZ_KNOWN_ELSEWHERE && found.unit_name != NULL
      && found.unit_id != bz_case_scope (entry))
    bz_item_say (item, kind, "%s（现单位：%s）", text, found.unit_name);
  else
    bz_item_say (item, kind, "%s", text);
  if (strcmp (kind, "stop") == 0 || found.person_id == 0)
    return BZ_OK;
  bz_item_set_subject (item, found.person_id);
  if (found.unit_name != NULL
      && (found.known == BZ_KNOWN_ELSEWHERE
          || (found.exit_reason != NULL
              && strncmp (found.exit_reason, "01", 2) == 0))) {
    bz_item_set (item, "from_unit", found.unit_name);
    bz_item_set (item, "from_staffing_type", found.staffing_type);
  }
  return bz_person_fill (req, found.person_id, item);
}

/* <id birth ymd sex sex_name>: what a valid number itself says. */
static void
add_number_facts (struct bz_req *req, struct bz_item *item,
                  struct bz_node *facts)
{
  const char *number = bz_item_get (item, "id_number");
  struct bz_node *id;
  char birth[11];

  if (number == NULL || bz_idno_check (number, NULL) != BZ_IDNO_OK)
    return;
  bz_idno_birth (number, birth);
  id = bz_node_add (facts, "id");
  bz_node_set (id, "birth", birth);
  bz_node_setf (id, "ymd", "%.4s%.2s%.2s", birth, birth + 5, birth + 8);
  bz_node_set (id, "sex", bz_idno_sex (number));
  bz_node_set (id, "sex_name", bz_code_name (req, "sex", bz_idno_sex (number)));
}

/* <retirement age="60 周岁 9 个月" left="14"/>: the legal age, months left of it. */
static void
add_retirement_facts (struct bz_req *req, struct bz_item *item,
                      struct bz_node *facts)
{
  int left;
  const char *age = entry_retirement (req, item, &left);
  struct bz_node *retirement;

  if (age == NULL)
    return;
  retirement = bz_node_add (facts, "retirement");
  bz_node_set (retirement, "age", age);
  bz_node_setf (retirement, "left", "%d", left);
}

/* The rule for a form of entry between two categories, or for its parent form
 * (公开遴选 is a kind of 转任).  A missing pair gives 1 row less: 0. */
static int
pair_find (struct bz_req *req, const char *mode, const char *from,
           const char *to, const char **rule, const char **note)
{
  while (mode != NULL && *mode != '\0') {
    struct bz_rows *rows;
    int rc = bz_db_open (req, &rows, "entry.pair",
                         BZ_ARGS (BZ_STR (mode), BZ_STR (from), BZ_STR (to)));

    if (rc == BZ_OK)
      rc = bz_db_next (rows);
    if (rc < 0)
      return rc;
    if (rc > 0) {
      *rule = bz_db_text (rows, "rule");
      *note = bz_db_text (rows, "note");
      return 1;
    }
    mode = bz_code_extra (req, "entry_mode", mode, "parent");
  }
  return 0;
}

/* <pair rule note from_name to_name>: how the form of entry fits (A5.2). */
static int
add_pair_facts (struct bz_req *req, struct bz_case *entry, struct bz_item *item,
                struct bz_node *facts)
{
  const char *type = bz_item_get (item, "staffing_type");
  const char *stated = bz_item_get (item, "from_staffing_type");
  const char *rule = "review", *note = "", *from, *to;
  struct bz_person_found found;
  struct bz_node *pair;
  int rc = find_person (req, item, &found);

  if (rc < 0 || type == NULL || *type == '\0')
    return rc;
  from = entry_origin (&found, stated == NULL || *stated == '\0'
                                 ? NULL
                                 : bz_code_extra (req, "staffing_type", stated,
                                                  "category"));
  to = bz_code_extra (req, "staffing_type", type, "category");
  rc = pair_find (req, bz_case_get (entry, "entry_mode"), from,
                  to == NULL ? "" : to, &rule, &note);
  if (rc < 0)
    return rc;
  pair = bz_node_add (facts, "pair");
  bz_node_set (pair, "rule", rule);
  bz_node_set (pair, "note", note);
  bz_node_set (pair, "from_name",
               bz_code_name (req, "staffing_category", from));
  bz_node_set (pair, "to_name", bz_code_name (req, "staffing_category", to));
  return BZ_OK;
}

/* <receivable><mode/></receivable>: by which forms of entry somebody can come into
 * the categories of which the unit has approved posts. */
static int
add_receivable (struct bz_req *req, int64_t unit, struct bz_node *facts)
{
  g_autoptr (GString) held = g_string_new (NULL);
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "entry.types_held", BZ_ARGS (BZ_INT (unit)));
  int64_t added;

  while (rc >= 0 && (rc = bz_db_next (rows)) > 0) {
    const char *category = bz_code_extra (req, "staffing_type",
                                          bz_db_text (rows, "code"),
                                          "category");

    if (category != NULL)
      g_string_append_printf (held, "%s,", category);
  }
  if (rc < 0)
    return rc;
  added = bz_db_xml (req, facts, "receivable", "entry.receivable",
                     BZ_ARGS (BZ_STR (held->str)));
  return added < 0 ? (int) added : BZ_OK;
}

/* <known photo="1">: the register has the person, and their photo. */
static int
add_known_facts (struct bz_req *req, struct bz_item *item,
                 struct bz_node *facts)
{
  struct bz_node *known;
  int64_t photo;

  if (bz_item_subject (item) == 0)
    return BZ_OK;
  known = bz_node_add (facts, "known");
  photo = bz_person_photo (req, bz_item_subject (item));
  if (photo > 0)
    bz_node_set (known, "photo", "1");
  return photo < 0 ? (int) photo : BZ_OK;
}

static int
entry_facts (struct bz_req *req, struct bz_case *entry, struct bz_item *item,
             struct bz_node *facts)
{
  int64_t unit = bz_case_scope (entry);
  int rc = bz_unit_facts (req, unit, facts);

  if (rc < 0)
    return rc;
  rc = add_receivable (req, unit, facts);
  if (rc < 0 || item == NULL)
    return rc;
  rc = add_known_facts (req, item, facts);
  if (rc == BZ_OK)
    rc = entry_chosen_facts (req, entry, item, facts);
  if (rc == BZ_OK)
    rc = entry_seats_facts (req, entry, item, facts);
  add_number_facts (req, item, facts);
  add_retirement_facts (req, item, facts);
  return rc < 0 ? rc : add_pair_facts (req, entry, item, facts);
}

/* Twice in this case, or in another case under way. */
static int
check_once (struct bz_req *req, struct bz_case *entry, struct bz_item *item)
{
  const char *number = bz_item_get (item, "id_number"), *open;
  int rc;

  for (size_t i = 0; i < bz_case_items (entry); i++) {
    struct bz_item *other = bz_case_item (entry, i);
    const char *theirs = bz_item_get (other, "id_number");

    if (other != item && bz_item_id (other) != bz_item_id (item)
        && theirs != NULL && strcmp (theirs, number) == 0)
      return bz_mark (req, "id_number",
                      "本申请单中已有同一身份证号的人员，请删除重复的人员");
  }
  rc = bz_db_value (req, &open, "entry.open_elsewhere",
                    BZ_ARGS (BZ_STR (number), BZ_INT (bz_case_id (entry))));
  if (rc < 0)
    return rc;
  if (rc > 0 && strcmp (open, "0") != 0)
    return bz_mark (req, "id_number",
                    "该身份证号在另一张在办的入编申请单中，"
                    "请等其办结，或由上报单位撤回后再办理");
  return BZ_OK;
}

/* Checks across tables for one person. */
static int
entry_check (struct bz_req *req, struct bz_case *entry, struct bz_item *item)
{
  struct bz_person_found found;
  const char *kind, *text;
  int rc;

  if (item == NULL)
    return BZ_OK;
  if (number_ok (req, item) < 0)
    return BZ_BAD_INPUT;
  rc = find_person (req, item, &found);
  if (rc < 0)
    return rc;
  text = entry_outcome (&found, bz_case_scope (entry),
                        bz_case_get (entry, "entry_mode"), &kind);
  if (strcmp (kind, "stop") == 0)
    return bz_mark (req, "id_number", "%s", text);
  rc = check_once (req, entry, item);
  return rc < 0 ? rc : entry_check_room (req, entry, item);
}

/* The approval of one person: person, employment, posts, postings; the number of
 * the 《编制审批表》, or of the slip, goes with them (A5.15). */
static int
entry_effect (struct bz_req *req, struct bz_case *entry, struct bz_item *item)
{
  int64_t unit = bz_case_scope (entry), person_id, employment_id;
  const char *today = bz_today (req);
  const char *paper = bz_case_get (entry, "entry_paper"), *higher;
  struct bz_slip_place place = { .slip_id = 0 };
  int rc = bz_person_store (req, item, &person_id);

  if (rc == BZ_OK && entry_slip_of (entry) != 0)
    rc = entry_slip_find (req, entry, item, &place);
  if (rc == BZ_OK && place.fault != NULL)
    rc = bz_fail (req, BZ_CONFLICT, "%s", place.fault);
  if (place.number != NULL && (paper == NULL || *paper == '\0'))
    paper = place.number;

  bz_item_set (item, "entry_paper", paper);
  if (rc == BZ_OK)
    rc = bz_case_option (req, entry, "higher", &higher);
  if (rc == BZ_OK)
    rc = bz_employment_open (req, item, person_id, unit, today,
                             bz_case_id (entry),
                             strcmp (higher, "yes") == 0 ? BZ_OPEN_HIGHER : 0,
                             &employment_id);
  if (rc == BZ_OK)
    rc = entry_slip_use (req, entry, &place, employment_id, person_id);
  if (rc == BZ_OK)
    rc = bz_employment_post (req, employment_id, 1, today, bz_case_id (entry),
                             paper);
  if (rc == BZ_OK)
    bz_item_set_subject (item, person_id);
  return rc;
}

static int
entry_show (struct bz_req *req, struct bz_case *entry, const char *view,
            struct bz_node *page)
{
  if (strcmp (view, "case") == 0)
    return entry_chosen_show (req, entry, page);
  if (strcmp (view, "review") != 0)
    return BZ_OK;
  return entry_show_review (req, entry, page);
}

/* -- Its approval is taken back. */

static int
entry_undo (struct bz_req *req, struct bz_case *c, struct bz_item *item,
            int64_t by, unsigned how, const char **why)
{
  const struct bz_undo undo = bz_undo_of (c, item, by, how);

  return bz_entry_undo (req, &undo, why);
}

static const struct bz_business businesses[] = {
  { .name = "entry",
    .prefill = entry_prefill,
    .facts = entry_facts,
    .check = entry_check,
    .effect = entry_effect,
    .show = entry_show,
    .sheet = entry_sheet,
    .undo = entry_undo,
    .partner = entry_partner,
    .join = entry_join,
    .hold = entry_hold },
};
static const char *const needs[] = { "staffing", NULL };
static const struct bz_plugin entry = {
  .head = BZ_HEAD,
  .name = "entry",
  .version = "0.1",
  .title = "人员入编",
  .needs = needs,
  .businesses = BZ_ROWS (businesses),
};
BZ_EXPORT (entry)
