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
/* The tables of a pack: TABLE.csv of one that there is adds rows to it, whose codes it
 * does not have; columns that the file leaves out are empty.  Others begin with PACK_. */
int code_add_dir (const char *dir, const char *pack, GError **error);
const struct code_table *code_table (const char *name); /* NULL: none */
const struct code *code_find (const char *table, const char *code);
const char *code_extra (const struct code_table *, const struct code *,
                        const char *column); /* NULL: none */
/* Is it a group heading only (has children and is not selectable itself)? */
bool code_is_group (const struct code_table *, const struct code *);
void code_clear (void);
#endif
