/* Tables of page documents, as plugins make them.  SPDX-License-Identifier: MulanPSL-2.0 */
#include "bianzhi/plugin.h"
#include <stdbool.h>

struct bz_node *
bz_table (struct bz_node *into, const char *id, const char *caption,
          const char *empty, const char *const *columns, size_t count)
{
  struct bz_node *table = bz_node_add (into, "table");

  bz_node_set (table, "id", id);
  bz_node_set (table, "caption", caption);
  bz_node_set (table, "empty", empty);
  for (size_t i = 0; i < count; i++) {
    struct bz_node *col = bz_node_add (table, "col");
    bool number = columns[i][0] == '#';

    bz_node_set (col, "t", columns[i] + (number ? 1 : 0));
    bz_node_set (col, "c", number ? "num r" : NULL);
  }
  return table;
}

struct bz_node *
bz_table_row (struct bz_node *table, const char *href)
{
  struct bz_node *row = bz_node_add (table, "r");

  bz_node_set (row, "href", href);
  return row;
}

struct bz_node *
bz_table_cell (struct bz_node *row, const char *text, const char *href)
{
  struct bz_node *c = bz_node_add (row, "c");

  bz_node_set (c, "href", href);
  if (text != NULL)
    bz_node_text (c, text);
  return c;
}
