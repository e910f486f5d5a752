/* What a driver of the database does; seen by fcgi/data alone.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef DATA_DRIVER_H
#define DATA_DRIVER_H
#include "data/db.h"
#include "data/query.h"

#define DB_ERROR (db_error_quark ())
GQuark db_error_quark (void);

/* The whole answer of a SELECT, copied out of the driver: a statement can be
 * asked again while its first answer is being read. */
struct table_cell {
  size_t at, size;
}; /* in text; size SIZE_MAX: SQL NULL */
struct table {
  char **columns; /* ends with NULL                           */
  bool *bytes;    /* of each column: not text                 */
  unsigned n_columns;
  size_t n_rows;
  unsigned holders;
  GArray *cells; /* struct table_cell, row by row            */
  GString *text; /* every cell, each with a NUL behind it    */
};
struct table *table_new (unsigned n_columns);
/* One more holder: each of them calls table_free once. */
struct table *table_keep (struct table *);
void table_free (struct table *);
void table_add (struct table *, const char *value, size_t size); /* next cell */
/* NULL: SQL NULL.  SIZE may be NULL. */
const char *table_cell (const struct table *, size_t row, unsigned column,
                        size_t *size);
int table_column (const struct table *, const char *name); /* -1: no such */

/* One question: a named query with the caller's arguments. */
struct ask {
  const char *name;
  const struct query *query; /* NULL only with a script                  */
  const struct bz_arg *args;
  size_t n_args;
  int64_t scope, operator_id;
};
struct driver {
  /* Inside a transaction an equal plain SELECT gives equal rows. */
  bool steady;
  void (*close) (struct db *);
  bool (*lost) (struct db *); /* while nothing was under way              */
  /* GENERATION goes up, whatever comes of it. */
  enum db_error (*connect) (struct db *, GError **error);
  enum db_error (*begin) (struct db *, bool read_only);
  enum db_error (*commit) (struct db *);
  void (*rollback) (struct db *);
  enum db_error (*mark) (struct db *, bool back);
  /* RET is NULL for a statement without rows; CHANGED counts those. */
  enum db_error (*ask) (struct db *, const struct ask *, struct table **ret,
                        int64_t *changed);
  enum db_error (*run) (struct db *, const char *sql, GError **error);
};
/* The part that every driver's own struct begins with. */
struct db {
  const struct driver *driver;
  bool in_tx;
  bool late;            /* it begins with the first question        */
  bool reads_only;      /* this transaction                         */
  bool viewed;          /* see db_has_viewed                        */
  enum db_error broken; /* why nothing goes until the rollback      */
  enum db_error error;  /* of the last failure                      */
  char *key;            /* of the last DB_DUPLICATE                 */
  GHashTable *memo;     /* what this transaction has read, see memo.h */
  char *counts;         /* of changes, what this request knows; kept.h */
  GPtrArray *changed;   /* tables, in this transaction              */
  GArray *last;         /* what it writes before its COMMIT: db_last */
  unsigned last_marked; /* of these, before the mark                */
  GHashTable *answers;  /* that stay; kept.h                        */
  size_t answers_size;
  int64_t last_id;
  unsigned generation;    /* every connection made is another one         */
  unsigned tx_generation; /* that of the transaction                      */
  bool tells;             /* settings that are only a pity go to the log  */
  bool pinned;            /* see db_pin                                   */
  int64_t until;          /* clock_ms of the request's deadline; 0: none  */
  int64_t patience;       /* ms that a new connection and a question take
                           * at most when the server is silent            */
  void (*waits) (bool);   /* hears when an answer is waited for, or NULL  */
};
/* The driver's ask, as db_ask calls it: nothing is checked or kept. */
enum db_error driver_ask (struct db *, const struct ask *, struct table **ret,
                          int64_t *changed);
/* Check ARGS against the query's declaration, ask, and keep the error.
 * The count of rows, or a negative enum bz_status. */
int64_t db_ask (struct db *, const struct ask *, struct table **ret);
#endif
