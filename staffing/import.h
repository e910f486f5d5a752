/* What the two halves of `bianzhi import` share: the state of one run.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef STAFFING_IMPORT_H
#define STAFFING_IMPORT_H
#include "csv.h"
#include "part.h"

struct import {
  struct bz_req *req;
  const char *dir;
  const char *file; /* being read, for sentences                  */
  struct csv *csv;
  GHashTable *offices, *units, *organs, *posts, *persons, *employments;
  /* code -> id                                 */
  GHashTable *accounts; /* "unit id/book/code": this account exists   */
};

/* Fail with file and line before the sentence. */
int import_fail (struct import *, const char *what, const char *value);
void import_remember (GHashTable *, const char *code, int64_t id);
/* The id of CODE, 0 if it is empty; unknown: fails with WHAT. */
int import_id (struct import *, GHashTable *, const char *what,
               const char *code, int64_t *ret);
/* A whole number of column; empty is 0. */
int64_t import_int (const struct import *, const char *column);
/* Run ROW for each row of FILE. */
int import_file (struct import *, const char *file, const char *const *columns,
                 int (*row) (struct import *));
void import_account (struct import *, int64_t unit_id, const char *book,
                     const char *code);
bool import_has_account (const struct import *, int64_t unit_id,
                         const char *book, const char *code);
/* Is there such a file?  For one that may be absent. */
bool import_has (const struct import *, const char *file);
/* persons.csv, person_posts.csv, person_titles.csv and, if it is there,
 * person_exits.csv: import-person.c */
int import_persons (struct import *);
#endif
