/* 借调、混岗登记: what cannot be declared - the place of the register, the unit that a
 * name means, the effect.  SPDX-License-Identifier: MulanPSL-2.0 */
#include <glib.h>
#include <stdbool.h>
#include <string.h>
#include "bianzhi/staffing.h"

/* Codes of the table secondment_action. */
static const char begins[] = "1", ends[] = "3";

static const char gone[] = "该人员已不在本单位在编，请从申请单中删除";

static const char *
get (const struct bz_item *item, const char *field)
{
  const char *value = bz_item_get (item, field);

  return value != NULL ? value : "";
}

static const char *
action_of (const struct bz_case *c)
{
  const char *action = bz_case_get (c, "action");

  return action != NULL ? action : "";
}

/* -- What the register says. */

/* Where the place is known already, only what the case changes is open. */
static void
close_place (const struct bz_case *c, struct bz_item *item,
             const struct bz_workplace *now)
{
  static const char kept[] = "登记时已确定，不做修改";
  const struct {
    const char *field, *value;
  } fields[] = { { "kind", now->kind },
                 { "workplace", now->place },
                 { "workplace_post", now->post },
                 { "since", now->since },
                 { "until", now->until } };
  size_t count = G_N_ELEMENTS (fields);

  if (strcmp (action_of (c), ends) != 0)
    count--; /* 续期: until is what it is about */
  for (size_t i = 0; i < count; i++) {
    bz_item_set (item, fields[i].field, fields[i].value);
    bz_item_close (item, fields[i].field, kept);
  }
}

static int
secondment_prefill (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  static const char *const fields[] = {
    "name",          "sex",    "id_number",       "staffing_type",
    "person_status", "duties", "unit_entry_date", NULL
  };
  struct bz_workplace now;
  int rc = bz_staff_fill (req, bz_case_scope (c), item, fields,
                          "人员登记的信息，不做修改");

  if (rc == 0)
    return bz_mark (req, "id_number", "%s", gone);
  if (rc < 0 || strcmp (action_of (c), begins) == 0)
    return MIN (rc, BZ_OK);
  rc = bz_workplace_now (req, bz_case_scope (c), bz_item_subject (item), &now);
  if (rc > 0)
    close_place (c, item, &now);
  return MIN (rc, BZ_OK);
}

/* -- Facts. */

/* <workplace name own>: the unit of the system that the typed name means; <place
 * same>: one is on the register, until the day that the item says. */
static int
place_facts (struct bz_req *req, struct bz_case *c, struct bz_item *item,
             struct bz_node *facts)
{
  struct bz_node *node = bz_node_add (facts, "workplace");
  struct bz_workplace now;
  const char *name;
  int64_t unit_id;
  int rc = bz_unit_named (req, get (item, "workplace"), &unit_id, &name);

  if (rc > 0) {
    bz_node_set (node, "name", name);
    bz_node_set (node, "own", unit_id == bz_case_scope (c) ? "1" : "0");
  }
  if (rc >= 0)
    rc = bz_workplace_now (req, bz_case_scope (c), bz_item_subject (item),
                           &now);
  if (rc > 0) {
    bool same = g_strcmp0 (now.until, get (item, "until")) == 0;

    bz_node_set (bz_node_add (facts, "place"), "same", same ? "1" : "0");
  }
  return MIN (rc, BZ_OK);
}

static int
secondment_facts (struct bz_req *req, struct bz_case *c, struct bz_item *item,
                  struct bz_node *facts)
{
  if (item != NULL)
    return place_facts (req, c, item, facts);
  if (bz_case_items (c) > 0)
    bz_node_setf (bz_node_add (facts, "people"), "count", "%zu",
                  bz_case_items (c));
  return BZ_OK;
}

/* -- Checks. */

/* One place at a time: it is registered once, and what is not cannot end. */
static int
check_place (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  bool begin = strcmp (action_of (c), begins) == 0;
  struct bz_workplace now;
  int rc = bz_workplace_now (req, bz_case_scope (c), bz_item_subject (item),
                             &now);

  if (rc < 0 || (rc == 0) == begin)
    return MIN (rc, BZ_OK);
  if (!begin)
    return bz_mark (req, "workplace",
                    "该人员没有登记借调、混岗，不能办理续期、结束；"
                    "请从申请单中删除，或将登记事项改为“登记”");
  return bz_mark (req, "workplace",
                  "该人员已登记在“%s”，请先办理结束，再登记新的单位；"
                  "延长期限的将登记事项改为“续期”",
                  now.place);
}

static int
secondment_check (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  const char *id;
  int rc;

  if (item == NULL)
    return BZ_OK;
  rc = bz_staff_at (req, bz_case_scope (c), bz_item_subject (item));
  if (rc == 0)
    return bz_mark (req, "id_number", "%s", gone);
  if (rc > 0)
    rc = bz_db_value (req, &id, "secondment.open_elsewhere",
                      BZ_ARGS (BZ_INT (bz_item_subject (item)),
                               BZ_INT (bz_case_id (c))));
  if (rc > 0)
    return bz_mark (req, "id_number",
                    "该人员在另一张在办的借调、混岗登记申请单中，"
                    "请等其办结，或由上报单位撤回后再办理");
  return rc < 0 ? rc : check_place (req, c, item);
}

/* -- The approval of one person. */

static int
secondment_effect (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  const struct bz_workplace place = {
    .person_id = bz_item_subject (item),
    .unit_id = bz_case_scope (c),
    .case_id = bz_case_id (c),
    .kind = get (item, "kind"),
    .place = get (item, "workplace"),
    .post = get (item, "workplace_post"),
    .doc_no = get (item, "doc_no"),
    .since = get (item, "since"),
    .until = get (item, "until"),
    .ended_on = get (item, "ended_on"),
  };
  const char *action = action_of (c);

  if (strcmp (action, begins) == 0)
    return bz_workplace_begin (req, &place);
  return strcmp (action, ends) == 0 ? bz_workplace_end (req, &place)
                                    : bz_workplace_extend (req, &place);
}

/* -- Its approval is taken back. */

static int
secondment_undo (struct bz_req *req, struct bz_case *c, struct bz_item *item,
                 int64_t by, unsigned how, const char **why)
{
  const struct bz_undo undo = bz_undo_of (c, item, by, how);
  const struct bz_workplace said = { .until = get (item, "until"),
                                     .doc_no = get (item, "doc_no") };

  return bz_workplace_undo (req, &undo, &said, why);
}

/* -- The reviewer's page. */

static int
secondment_show (struct bz_req *req, struct bz_case *c, const char *view,
                 struct bz_node *page)
{
  struct bz_node *person;

  if (strcmp (view, "review") != 0)
    return BZ_OK;
  person = bz_node_add (page, "person");
  bz_node_setf (person, "note", "共 %zu 人", bz_case_items (c));
  for (size_t i = 0; i < bz_case_items (c); i++) {
    struct bz_item *item = bz_case_item (c, i);
    struct bz_node *p = bz_node_add (person, "p");

    bz_node_set (p, "t", get (item, "name"));
    bz_node_setf (p, "item", "%lld", (long long) bz_item_id (item));
    bz_node_text (p, get (item, "workplace"));
  }
  (void) bz_node_add (page, "checks");
  return BZ_OK;
}

static const struct bz_business businesses[] = {
  { .name = "secondment",
    .prefill = secondment_prefill,
    .facts = secondment_facts,
    .check = secondment_check,
    .effect = secondment_effect,
    .show = secondment_show,
    .undo = secondment_undo },
};
static const char *const needs[] = { "staffing", NULL };
static const struct bz_plugin secondment = {
  .head = BZ_HEAD,
  .name = "secondment",
  .version = "0.1",
  .title = "借调、混岗登记",
  .needs = needs,
  .businesses = BZ_ROWS (businesses),
};
BZ_EXPORT (secondment)
