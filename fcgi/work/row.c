/* Rows of cases, as every list shows them.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <string.h>
#include "data/db.h"
#include "data/xml.h"
#include "define/process.h"
#include "people/session.h"
#include "work/desk-page.h"
#include "work/list.h"

const char *
list_state_word (const struct business *b, struct bz_rows *rows,
                 const char **tone)
{
  struct bz_case c = { .business = b,
                       .state = bz_db_text (rows, "state"),
                       .step = bz_db_text (rows, "step") };

  c.process = process_find (b->name, bz_db_text (rows, "process"), 0);
  if (rows_has (rows, "undone")) {
    c.undone = (int) bz_db_int (rows, "undone");
    c.total = (int) bz_db_int (rows, "items");
  }
  return case_status (&c, tone);
}

/* Where a click on a case leads: a reviewer to its review. */
const char *
list_case_href (struct bz_req *req, const struct business *b, const char *id,
                const char *state)
{
  const char *permission = bz_format (req, "%s.review", b->name);
  bool review = strcmp (state, "open") == 0 && bz_may (req, permission, 0) > 0;

  return bz_href (req, "/%s/%s%s", b->name, id, review ? "/review" : "");
}

void
list_cell (xmlNode *row, const char *text, const char *look)
{
  xmlNode *c = xml_add (row, "c", text != NULL ? text : "");

  if (look != NULL)
    xml_set (c, "c", look);
}

void
list_row (struct bz_req *req, const struct business *b, struct bz_rows *rows,
          bool with_business, xmlNode *table)
{
  const char *state = bz_db_text (rows, "state"), *tone, *word, *left;
  const char *at = bz_db_text (rows, "at");
  xmlNode *r = xml_add (table, "r", NULL);
  bool late;

  xml_set (r, "href", list_case_href (req, b, bz_db_text (rows, "id"), state));
  word = list_state_word (b, rows, &tone);
  left = desk_left (req, bz_db_text (rows, "due_on"), &late);
  if (strcmp (state, "cancelled") == 0)
    xml_set (r, "off", "1");
  list_cell (r, bz_db_text (rows, "number"), "nw num");
  if (with_business)
    list_cell (r, b->title, "nw");
  list_cell (r, bz_db_text (rows, "scope_name"), NULL);
  list_cell (r, bz_db_text (rows, "label"), "nw");
  list_cell (r, bz_db_text (rows, "reason"), NULL);
  at = strcmp (state, "draft") == 0 ? "" : at; /* not handed in */
  list_cell (r,
             at != NULL && strlen (at) >= 16 ? req_strndup (req, at, 16) : at,
             "nw num");
  list_cell (r, left != NULL ? left : "", "nw");
  if (late)
    xml_set (r->last, "tone", "bad");
  list_cell (r, word, "nw");
  xml_set (r->last, "tone", tone);
}

void
list_columns (struct bz_req *req, const struct business *business,
              xmlNode *table)
{
  const char *items = business == NULL
                      ? "办理对象"
                      : bz_format (req, "%s / 数量", business->item_title);
  const struct {
    const char *title, *look;
    bool business;
  } cols[] = {
    { "业务单号", "nw num", false }, { "业务类型", "nw", true },
    { "申请单位", NULL, false },     { items, "nw", false },
    { "形式 / 事由", NULL, false },  { "申报时间", "nw num", false },
    { "时限", "nw", false },         { "当前环节", "nw", false },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cols); i++) {
    xmlNode *col;

    if (cols[i].business && business != NULL)
      continue;
    col = xml_add (table, "col", NULL);
    xml_set (col, "t", cols[i].title);
    if (cols[i].look != NULL)
      xml_set (col, "c", cols[i].look);
  }
}

int
bz_case_table (struct bz_req *req, struct bz_node *into, const char *id,
               const char *caption, const char *empty, const char *query,
               const struct bz_arg *args, size_t n)
{
  xmlNode *table = xml_add (xml_node (into), "table", NULL);
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, query, args, n);

  xml_set (table, "id", id);
  xml_set (table, "caption", caption);
  xml_set (table, "empty", empty);
  list_columns (req, NULL, table);
  while (rc >= 0 && (rc = bz_db_next (rows)) > 0) {
    const struct business *b = business_find (bz_db_text (rows, "business"));

    if (b != NULL && bz_may (req, bz_format (req, "%s.view", b->name), 0) > 0)
      list_row (req, b, rows, true, table);
  }
  return rc;
}
