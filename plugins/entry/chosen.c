/* Who was chosen to come on the slip: the unit need not type them again.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "chosen.h"
#include <glib.h>
#include "slip.h"

int
entry_chosen_show (struct bz_req *req, const struct bz_case *entry,
                   struct bz_node *page)
{
  static const char *const columns[] = { "姓名", "身份证号", "操作" };
  struct bz_node *table = NULL;
  struct bz_rows *rows;
  int rc;

  if (entry_slip_of (entry) == 0)
    return BZ_OK;
  rc = bz_db_open (req, &rows, "entry.chosen",
                   BZ_ARGS (BZ_INT (entry_slip_of (entry)),
                            BZ_INT (bz_case_scope (entry)),
                            BZ_INT (bz_case_id (entry))));
  while (rc >= 0 && (rc = bz_db_next (rows)) > 0) {
    struct bz_node *row;

    if (table == NULL)
      table = bz_table (page, "chosen", "录用人员（尚未添加）", NULL, columns,
                        G_N_ELEMENTS (columns));
    row = bz_table_row (table, NULL);
    bz_table_cell (row, bz_db_text (rows, "name"), NULL);
    bz_table_cell (row, bz_idno_masked (req, bz_db_text (rows, "id_number")),
                   NULL);
    bz_table_cell (row, "添加",
                   bz_href (req, "/entry/%lld/item/new?chosen=%lld",
                            (long long) bz_case_id (entry),
                            (long long) bz_db_int (rows, "id")));
  }
  return rc;
}

int
entry_chosen_facts (struct bz_req *req, const struct bz_case *entry,
                    const struct bz_item *item, struct bz_node *facts)
{
  const char *asked = bz_param (req, "chosen");
  struct bz_node *chosen;
  struct bz_rows *rows;
  int rc;

  if (asked == NULL || bz_item_id (item) != 0 || entry_slip_of (entry) == 0)
    return BZ_OK;
  rc = bz_db_open (req, &rows, "entry.chosen_one",
                   BZ_ARGS (BZ_INT (g_ascii_strtoll (asked, NULL, 10)),
                            BZ_INT (entry_slip_of (entry)),
                            BZ_INT (bz_case_scope (entry))));
  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc <= 0)
    return rc;
  chosen = bz_node_add (facts, "chosen");
  bz_node_set (chosen, "name", bz_db_text (rows, "name"));
  bz_node_set (chosen, "sex", bz_db_text (rows, "sex"));
  bz_node_set (chosen, "id_number", bz_db_text (rows, "id_number"));
  return BZ_OK;
}
