/* 编制使用核准: what cannot be declared - room in the book, the slip.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "book.h"
#include "plan.h"
#include <glib.h>

static int
use_facts (struct bz_req *req, struct bz_case *c, struct bz_item *item,
           struct bz_node *facts)
{
  return bz_unit_facts (req, bz_case_scope (c), facts);
}

/* The last day of MONTHS from DATE on: of a year from 2026-11-26 it is
 * 2027-11-25. */
static const char *
last_day (struct bz_req *req, const char *date, int months)
{
  GDate d;
  char text[11];

  g_date_clear (&d, 1);
  g_date_set_dmy (&d, (GDateDay) g_ascii_strtoll (date + 8, NULL, 10),
                  (GDateMonth) g_ascii_strtoll (date + 5, NULL, 10),
                  (GDateYear) g_ascii_strtoll (date, NULL, 10));
  g_date_add_months (&d, (guint) months);
  g_date_subtract_days (&d, 1);
  (void) g_date_strftime (text, sizeof text, "%Y-%m-%d", &d);
  return bz_format (req, "%s", text);
}

/* One line of the slip, reserved in the book. */
static int
use_effect (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  const char *months;
  struct bz_slip_line line = {
    .staffing_type = bz_item_get (item, "staffing_type"),
    .entry_mode = bz_item_get (item, "entry_mode"),
    .structure = bz_item_get (item, "structure"),
    .amount = (int) bz_item_int (item, "amount"),
  };
  int rc = bz_case_option (req, c, "months", &months);

  if (rc < 0)
    return rc;
  return bz_slip_grant (req, bz_case_id (c), bz_case_scope (c), &line,
                        bz_today (req),
                        last_day (req, bz_today (req),
                                  (int) g_ascii_strtoll (months, NULL, 10)));
}

/* The number is drawn behind the effects. */
static int
use_approved (struct bz_req *req, const struct bz_event *event)
{
  return bz_slip_name (req, event->case_id);
}

/* The slip as a whole. */
static int
use_undo (struct bz_req *req, struct bz_case *c, struct bz_item *item,
          int64_t by, unsigned how, const char **why)
{
  const struct bz_undo undo = bz_undo_of (c, item, by, how);

  return bz_slip_undo (req, &undo, why);
}

static const struct bz_business businesses[] = {
  { .name = "use",
    .facts = use_facts,
    .check = use_check,
    .effect = use_effect,
    .show = use_show,
    .sheet = use_sheet,
    .undo = use_undo },
};
static const struct bz_route routes[] = {
  { "GET", "/use/report/plan", "use.view", NULL, "list", use_plan },
};
static const struct bz_listener listeners[] = {
  { "use.approved", use_approved },
};
static const char *const needs[] = { "staffing", NULL };
static const struct bz_plugin use = {
  .head = BZ_HEAD,
  .name = "use",
  .version = "0.1",
  .title = "编制使用核准",
  .needs = needs,
  .routes = BZ_ROWS (routes),
  .businesses = BZ_ROWS (businesses),
  .listeners = BZ_ROWS (listeners),
};
BZ_EXPORT (use)
