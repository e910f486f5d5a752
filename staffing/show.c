/* Pieces of page documents that the pages of this floor share.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "show.h"
#include <glib.h>
#include <stdbool.h>
#include <stdio.h>

struct bz_node *
show_section (struct bz_node *page, const char *id, const char *title)
{
  struct bz_node *section = bz_node_add (page, "section");

  bz_node_set (section, "id", id);
  bz_node_set (section, "t", title);
  return section;
}

void
show_value (struct bz_node *section, const char *title, const char *value)
{
  struct bz_node *kv;

  if (value == NULL || *value == '\0')
    return;
  kv = bz_node_add (section, "kv");
  bz_node_set (kv, "t", title);
  bz_node_text (kv, value);
}

void
show_cell (struct bz_node *row, const char *text, const char *href)
{
  (void) bz_table_cell (row, text, href);
}

void
show_whole (struct bz_node *row, const char *text)
{
  bz_node_set (bz_table_cell (row, text, NULL), "c", "nw");
}

void
show_number (struct bz_node *row, const char *text, const char *href)
{
  bz_node_set (bz_table_cell (row, text, href), "c", "num r");
}

void
show_unit (struct bz_req *req, struct bz_node *row, const char *name,
           int64_t unit_id)
{
  show_cell (row, name,
             unit_id != 0
               ? bz_href (req, "/staffing/unit/%lld", (long long) unit_id)
               : NULL);
}

void
show_coded (struct bz_req *req, struct bz_node *row, const char *table,
            const char *code)
{
  show_cell (row, show_code (req, table, code), NULL);
}

void
show_cut (const struct bz_pages *pages, struct bz_node *table,
          const char *advice)
{
  if (pages->rows > pages->size)
    show_cell (bz_table_row (table, NULL), advice, NULL);
}

const char *
show_day (struct bz_req *req, const char *text)
{
  int y, m, d, used = 0;

  if (sscanf (text, "%4d-%2d-%2d%n", &y, &m, &d, &used) != 3
      || text[used] != '\0' || y < 1 || m < 1 || d < 1
      || !g_date_valid_dmy ((GDateDay) d, (GDateMonth) m, (GDateYear) y))
    return NULL;
  return bz_format (req, "%04d-%02d-%02d", y, m, d);
}

struct bz_node *
show_control (struct bz_node *query, const char *id, const char *title,
              const char *type, const char *value)
{
  struct bz_node *f = bz_node_add (query, "f");

  bz_node_set (f, "id", id);
  bz_node_set (f, "t", title);
  bz_node_set (f, "type", type);
  bz_node_set (f, "v", value);
  return f;
}

void
show_option (struct bz_node *control, const char *code, const char *name,
             const char *chosen)
{
  struct bz_node *o = bz_node_add (control, "o");

  bz_node_set (o, "v", code);
  if (g_strcmp0 (code, chosen) == 0)
    bz_node_set (o, "sel", "1");
  bz_node_text (o, name);
}

const char *
show_code (struct bz_req *req, const char *table, const char *code)
{
  const char *name;

  if (code == NULL || *code == '\0')
    return NULL;
  name = bz_code_name (req, table, code);
  return name != NULL ? name : code;
}

int64_t
show_param (struct bz_req *req, const char *name, int64_t default_value)
{
  const char *text = bz_param (req, name);
  gint64 value;

  if (text == NULL
      || !g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, &value, NULL))
    return default_value;
  return value;
}

const char *
show_text (struct bz_req *req, const char *name)
{
  const char *text = bz_param (req, name);

  return text != NULL && *text != '\0' ? text : NULL;
}

const char *
show_escape (struct bz_req *req, const char *value)
{
  g_autofree char *escaped = g_uri_escape_string (value != NULL ? value : "",
                                                  NULL, FALSE);

  return bz_format (req, "%s", escaped);
}
