/* Approved items that another case puts right: what sheets say of them from then on.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "work/amend.h"
#include <string.h>
#include "data/xml.h"
#include "people/audit.h"
#include "work/desk-page.h"
#include "work/inbox.h"
#include "work/sheet.h"

/* -- What was wrong. */

int
bz_item_amend (struct bz_req *req, int64_t case_id, int64_t subject_id,
               const struct bz_item *by)
{
  struct bz_item_change change;

  for (size_t n = 0; bz_item_change (req, by, n, &change) > 0; n++) {
    int64_t rows;

    if (change.now == NULL) /* a list, which no 更正 has */
      continue;
    rows = bz_db_exec (req, "bz.amended_add",
                       BZ_ARGS (BZ_INT (case_id), BZ_INT (subject_id),
                                BZ_INT (bz_case_id (by->of)),
                                BZ_STR (change.field), BZ_STR (change.now),
                                BZ_STR (bz_now (req))));
    if (rows < 0)
      return (int) rows;
  }
  return BZ_OK;
}

/* -- What is right. */

/* Is the field one that the business's form has?  Else its sheets never told it. */
static bool
put (const struct bz_case *c, struct bz_rows *rows)
{
  struct bz_item *item = case_find_item (c, bz_db_int (rows, "item_id"));
  const char *field = bz_db_text (rows, "field");
  xmlNode *root, *value;

  if (item == NULL || !form_has_field (c->business->item, field))
    return false;
  bz_item_set (item, field, bz_db_text (rows, "now"));
  root = xmlDocGetRootElement (item->values);
  value = xml_child (root, field);
  if (value == NULL) /* it is empty now */
    value = xml_add (root, field, NULL);
  xml_set (value, "amended", "yes");
  return true;
}

/* IDS, or NULL: of the items that BY has put right. */
static int
apply (struct bz_req *req, struct bz_case *c, int64_t by, GHashTable *ids)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "bz.amended_of", BZ_ARGS (BZ_INT (c->id)));

  while (rc >= 0 && (rc = bz_db_next (rows)) > 0) {
    int64_t *id = bz_alloc (req, sizeof *id);

    *id = bz_db_int (rows, "item_id");
    if (put (c, rows) && ids != NULL && bz_db_int (rows, "by_case_id") == by)
      g_hash_table_add (ids, id);
  }
  return rc;
}

int
amend_apply (struct bz_req *req, struct bz_case *c)
{
  return apply (req, c, 0, NULL);
}

/* -- The sheets. */

static int
replace_sheets (struct bz_req *req, struct bz_case *c, GHashTable *ids,
                const char *why)
{
  const GPtrArray *prints = c->business->prints;
  int rc = BZ_OK;

  for (unsigned i = 0; prints != NULL && i < prints->len && rc == BZ_OK; i++)
    rc = sheet_replace (req, c, prints->pdata[i], ids, why);
  return rc;
}

static int
tell (struct bz_req *req, const struct bz_case *c, const struct bz_case *by)
{
  const struct bz_event event = {
    .topic = bz_format (req, "%s.amended", c->business->name),
    .case_id = c->id,
  };
  int rc = inbox_case (req, c, "amended");

  if (rc == BZ_OK)
    rc = bz_emit (req, &event);
  return rc < 0 ? rc
                : bz_audit (req, bz_format (req, "%s.amend", c->business->name),
                            "case", c->id,
                            bz_format (req, "%s, %s", c->number, by->number));
}

/* One case that BY has put right. */
static int
finish_one (struct bz_req *req, const struct bz_case *by, const char *business,
            int64_t case_id)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_int64_hash, g_int64_equal);
  const struct business *b = business_find (business);
  struct bz_case *c;
  int rc;

  if (b == NULL) /* its plugin is not there any more, and issues nothing */
    return BZ_OK;
  rc = case_load (req, b, case_id, true, &c);
  if (rc == BZ_OK)
    rc = apply (req, c, by->id, ids);
  if (rc < 0 || g_hash_table_size (ids) == 0)
    return rc;
  rc = replace_sheets (req, c, ids,
                       bz_format (req, "%s %s", by->business->title,
                                  by->number));
  return rc == BZ_OK ? tell (req, c, by) : rc;
}

int
amend_finish (struct bz_req *req, struct bz_case *by)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "bz.amended_by", BZ_ARGS (BZ_INT (by->id)));

  while (rc >= 0 && (rc = bz_db_next (rows)) > 0)
    rc = finish_one (req, by, bz_db_text (rows, "business"),
                     bz_db_int (rows, "case_id"));
  return rc;
}

/* -- The page of the approved case. */

int
amend_section (struct bz_req *req, struct bz_case *c, xmlNode *into)
{
  static const char *const titles[] = { "更正日期", "更正范围", "事由",
                                        "业务单号" };
  static const char *const columns[] = { "day", "labels", "reason", "number" };
  xmlNode *table = NULL;
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "bz.amended_list", BZ_ARGS (BZ_INT (c->id)));

  while (rc >= 0 && (rc = bz_db_next (rows)) > 0) {
    xmlNode *r;

    if (table == NULL) {
      desk_say (req, "warn",
                "核准的内容有更正，已打印的文书已替换，请重新打印");
      table = xml_add (into, "table", NULL);
      xml_set (table, "id", "amended");
      xml_set (table, "caption", "更正");
      for (size_t i = 0; i < G_N_ELEMENTS (titles); i++)
        xml_set (xml_add (table, "col", NULL), "t", titles[i]);
    }
    r = xml_add (table, "r", NULL);
    for (size_t i = 0; i < G_N_ELEMENTS (columns); i++)
      (void) xml_add (r, "c", bz_db_text (rows, columns[i]));
  }
  return rc;
}
