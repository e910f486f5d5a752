/* Code tables, read from sql/codes/TABLE.csv before the fork.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * First columns are code,name; "parent" and "order" are known, every other
 * column is an extra (category, counts_quota, set_by ...). */
#ifndef DEFINE_CODE_H
#define DEFINE_CODE_H
#include <glib.h>
#include <stdbool.h>

struct code {
  char *code, *name, *parent;
  char **extra;
};
struct code_table {
  char *name;
  GPtrArray *rows;
  char **columns;
  GHashTable *by_code;
};
int code_load_dir (const char *dir, GError **error);
const struct code_table *code_table (const char *name); /* NULL: none */
const struct code *code_find (const char *table, const char *code);
const char *code_extra (const struct code_table *, const struct code *,
                        const char *column); /* NULL: none */
/* Is it a group heading only (has children and is not selectable itself)? */
bool code_is_group (const struct code_table *, const struct code *);
void code_clear (void);
#endif
