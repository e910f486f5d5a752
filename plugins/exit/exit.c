/* 人员出编: what cannot be declared - who may leave, when it is late, the effect.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <glib.h>
#include <string.h>
#include "bianzhi/staffing.h"
#include "term.h"
#include "transfer.h"

static const char kept[] = "人员登记的信息，出编时不做修改";

static const char *
get (const struct bz_item *item, const char *field)
{
  const char *value = bz_item_get (item, field);

  return value != NULL ? value : "";
}

/* Who was ticked: what the register says of them. */
static int
exit_prefill (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  static const char *const fields[] = {
    "name",    "sex",    "id_number",      "staffing_type",
    "funding", "duties", "staffing_start", "unit_entry_date",
    NULL
  };
  int rc = bz_staff_fill (req, bz_case_scope (c), item, fields, kept);

  if (rc == 0)
    return bz_mark (req, "id_number",
                    "该人员已不在本单位在编，请从申请单中删除");
  return MIN (rc, BZ_OK);
}

/* -- The term (TS-36). */

static int
term_of (struct bz_req *req, const struct bz_case *c, struct exit_term *ret)
{
  const char *month_end, *days, *workdays;
  int rc = bz_case_option (req, c, "month_end", &month_end);

  if (rc == BZ_OK)
    rc = bz_case_option (req, c, "days", &days);
  if (rc == BZ_OK)
    rc = bz_case_option (req, c, "workdays", &workdays);
  if (rc == BZ_OK)
    *ret = (struct exit_term){ .month_end = strcmp (month_end, "yes") == 0,
                               .workdays = strcmp (workdays, "yes") == 0,
                               .days = (int) g_ascii_strtoll (days, NULL, 10) };
  return rc;
}

/* The last day in time into LAST (11 bytes), "" while the day that it happened is
 * not known.  1: they were handed in later, or would be today. */
static int
is_late (struct bz_req *req, const struct bz_case *c,
         const struct bz_item *item, char *last)
{
  const char *day = NULL;
  struct exit_term term;
  int rc = term_of (req, c, &term);

  *last = '\0';
  if (rc < 0 || !exit_last_day (&term, get (item, "left_on"), last))
    return rc;
  rc = bz_db_value (req, &day, "exit.handed_in",
                    BZ_ARGS (BZ_INT (bz_item_id (item))));
  if (rc < 0)
    return rc;
  return strcmp (day != NULL ? day : bz_today (req), last) > 0;
}

/* -- Facts. */

/* "退休 2 人，调出 1 人": of the whole case, in order of the people (HY-70). */
static void
add_leaving (struct bz_req *req, struct bz_case *c, struct bz_node *facts)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (size_t i = 0; i < bz_case_items (c); i++) {
    const char *reason = get (bz_case_item (c, i), "exit_reason");
    const char *name = bz_code_name (req, "exit_reason", reason);
    size_t n = 0, before = 0;

    for (size_t k = 0; k < bz_case_items (c); k++)
      if (strcmp (get (bz_case_item (c, k), "exit_reason"), reason) == 0) {
        n++;
        before += k < i;
      }
    if (name != NULL && before == 0)
      g_string_append_printf (text, "%s%s %zu 人", text->len > 0 ? "，" : "",
                              name, n);
  }
  if (text->len > 0)
    bz_node_set (bz_node_add (facts, "leaving"), "text", text->str);
}

/* <leaving text>; of a person <deadline last late>. */
static int
exit_facts (struct bz_req *req, struct bz_case *c, struct bz_item *item,
            struct bz_node *facts)
{
  struct bz_node *deadline;
  char last[11];
  int late;

  if (item == NULL) {
    add_leaving (req, c, facts);
    return BZ_OK;
  }
  late = is_late (req, c, item, last);
  if (late < 0 || *last == '\0')
    return MIN (late, BZ_OK);
  deadline = bz_node_add (facts, "deadline");
  bz_node_set (deadline, "last", last);
  bz_node_set (deadline, "late", late ? "1" : "0");
  return BZ_OK;
}

/* -- Checks. */

static int
exit_check (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  const char *business;
  int64_t other;
  int rc;

  if (item == NULL)
    return BZ_OK;
  (void) bz_case_pair (c, &other);
  rc = bz_staff_at (req, bz_case_scope (c), bz_item_subject (item));
  if (rc == 0)
    return bz_mark (req, "id_number",
                    "该人员已不在本单位在编，请从申请单中删除");
  if (rc > 0)
    rc = bz_db_value (req, &business, "exit.open_elsewhere",
                      BZ_ARGS (BZ_STR (get (item, "id_number")),
                               BZ_INT (bz_item_subject (item)),
                               BZ_INT (bz_case_id (c)), BZ_INT (other)));
  if (rc <= 0)
    return rc;
  if (strcmp (business, "entry") == 0)
    return bz_mark (req, "id_number",
                    "该人员在另一张在办的人员入编申请单中；对方单位发起调动的，"
                    "请从“待办调出”办理");
  return bz_mark (req, "id_number",
                  "该人员在另一张在办的%s申请单中，"
                  "请等其办结，或由上报单位撤回后再办理",
                  strcmp (business, "exit") == 0 ? "人员出编" : "业务");
}

/* -- The approval of one person. */

static int
exit_effect (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  struct bz_exit x = {
    .person_id = bz_item_subject (item),
    .unit_id = bz_case_scope (c),
    .case_id = bz_case_id (c),
    .date = bz_today (req),
    .reason = get (item, "exit_reason"),
    .happened_on = get (item, "left_on"),
    .destination = get (item, "destination"),
    .doc_no = get (item, "doc_no"),
    .late_reason = get (item, "late_reason"),
  };
  int64_t employment_id;
  char last[11];
  int late = is_late (req, c, item, last), rc;

  if (late < 0)
    return late;
  x.late = late;
  rc = bz_employment_close (req, &x, &employment_id);
  if (rc == BZ_OK)
    bz_item_set (item, "exit_date", x.date);
  return rc;
}

/* -- The reviewer's page. */

static int
add_bars (struct bz_req *req, struct bz_case *c, struct bz_node *page)
{
  struct bz_node *quota = bz_node_add (page, "quota");
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "exit.freed",
                       BZ_ARGS (BZ_INT (bz_case_id (c))));

  bz_node_set (quota, "label", "编制情况");
  while (rc >= 0 && (rc = bz_db_next (rows)) > 0) {
    const char *book = bz_db_text (rows, "book");
    const char *code = bz_db_text (rows, "code");
    struct bz_node *row = bz_node_add (quota, "row");
    int leaving = (int) bz_db_int (rows, "leaving");

    bz_node_set (row, "t", bz_quota_title (req, book, code));
    bz_node_set (row, "cap", bz_db_text (rows, "approved"));
    bz_node_set (row, "have", bz_db_text (rows, "occupied"));
    bz_node_setf (row, "add", "%d", -leaving);
    bz_node_setf (row, "left", "%d", (int) bz_db_int (rows, "free") + leaving);
  }
  return rc;
}

static void
add_people (struct bz_req *req, struct bz_case *c, struct bz_node *page)
{
  struct bz_node *person = bz_node_add (page, "person");

  bz_node_setf (person, "note", "共 %zu 人", bz_case_items (c));
  for (size_t i = 0; i < bz_case_items (c); i++) {
    struct bz_item *item = bz_case_item (c, i);
    const char *reason = bz_code_name (req, "exit_reason",
                                       get (item, "exit_reason"));
    struct bz_node *p = bz_node_add (person, "p");

    bz_node_set (p, "t", get (item, "name"));
    bz_node_setf (p, "item", "%lld", (long long) bz_item_id (item));
    bz_node_text (p, reason != NULL ? reason : "");
  }
}

static int
exit_show (struct bz_req *req, struct bz_case *c, const char *view,
           struct bz_node *page)
{
  if (strcmp (view, "review") != 0)
    return BZ_OK;
  add_people (req, c, page);
  (void) bz_node_add (page, "checks");
  return add_bars (req, c, page);
}

/* -- The papers. */

static int
exit_sheet (struct bz_req *req, struct bz_case *c, struct bz_item *item,
            const char *print, struct bz_node *sheet)
{
  const char *supervisor;
  struct bz_rows *rows;
  int rc = bz_db_value (req, &supervisor, "exit.sheet_unit",
                        BZ_ARGS (BZ_INT (bz_case_scope (c))));

  if (rc > 0)
    bz_node_set (bz_node_add (sheet, "unit"), "supervisor", supervisor);
  if (rc < 0 || item == NULL)
    return MIN (rc, BZ_OK);
  rc = bz_db_open (req, &rows, "exit.notice_quota",
                   BZ_ARGS (BZ_INT (bz_case_id (c)),
                            BZ_INT (bz_item_subject (item))));
  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc > 0) { /* who was in no book frees no post */
    struct bz_node *quota = bz_node_add (sheet, "quota");

    bz_node_set (quota, "cap", bz_db_text (rows, "approved"));
    bz_node_set (quota, "before", bz_db_text (rows, "before_count"));
    bz_node_set (quota, "after", bz_db_text (rows, "after_count"));
    bz_node_set (quota, "left", bz_db_text (rows, "free"));
  }
  return MIN (rc, BZ_OK);
}

/* -- Its approval is taken back. */

static int
exit_undo (struct bz_req *req, struct bz_case *c, struct bz_item *item,
           int64_t by, unsigned how, const char **why)
{
  const struct bz_undo undo = bz_undo_of (c, item, by, how);

  return bz_exit_undo (req, &undo, why);
}

static const struct bz_business businesses[] = {
  { .name = "exit",
    .prefill = exit_prefill,
    .facts = exit_facts,
    .check = exit_check,
    .effect = exit_effect,
    .show = exit_show,
    .sheet = exit_sheet,
    .undo = exit_undo,
    .partner = exit_partner,
    .join = exit_join,
    .hold = exit_hold },
};
static const char *const needs[] = { "staffing", NULL };
static const struct bz_plugin leaving = {
  .head = BZ_HEAD,
  .name = "exit",
  .version = "0.1",
  .title = "人员出编",
  .needs = needs,
  .businesses = BZ_ROWS (businesses),
};
BZ_EXPORT (leaving)
