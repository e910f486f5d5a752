/* Pieces of page documents that the pages of this floor share.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef STAFFING_SHOW_H
#define STAFFING_SHOW_H
#include "bianzhi/plugin.h"

/* A read-only section of PAGE. */
struct bz_node *show_section (struct bz_node *page, const char *id,
                              const char *title);
/* TITLE: VALUE in a section; nothing when there is no value. */
void show_value (struct bz_node *section, const char *title, const char *value);
/* A cell; TEXT and HREF may be NULL. */
void show_cell (struct bz_node *row, const char *text, const char *href);
/* One that is not broken over lines: a day, a 文号. */
void show_whole (struct bz_node *row, const char *text);
void show_number (struct bz_node *row, const char *text, const char *href);
/* A unit by name, leading to its page; UNIT_ID 0: the reader may not see it. */
void show_unit (struct bz_req *, struct bz_node *row, const char *name,
                int64_t unit_id);
/* The name of CODE in TABLE. */
void show_coded (struct bz_req *, struct bz_node *row, const char *table,
                 const char *code);
/* The last row of a table that is printed or taken along: not all of it is there, and
 * what to do.  Nothing where all of it is. */
void show_cut (const struct bz_pages *, struct bz_node *table,
               const char *advice);
/* A control of a query form. */
struct bz_node *show_control (struct bz_node *query, const char *id,
                              const char *title, const char *type,
                              const char *value);
void show_option (struct bz_node *control, const char *code, const char *name,
                  const char *chosen);
/* The name of CODE in TABLE, or CODE itself; NULL for nothing. */
const char *show_code (struct bz_req *, const char *table, const char *code);
/* Parameter NAME as a number from 0 on; DEFAULT_VALUE if it is absent or no
 * number: a list is shown whatever its address says. */
int64_t show_param (struct bz_req *, const char *name, int64_t default_value);
/* Parameter NAME, NULL when it is empty. */
const char *show_text (struct bz_req *, const char *name);
/* TEXT, a day as people type it (2026-6-30), as "2026-06-30"; NULL: it is none. */
const char *show_day (struct bz_req *, const char *text);
/* VALUE for an address: percent-encoded; "" for NULL. */
const char *show_escape (struct bz_req *, const char *value);
#endif
