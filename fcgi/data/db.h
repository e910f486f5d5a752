/* One connection to the database, and transactions on it.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * A driver is MariaDB (db-maria.c, the only file with its header) or a script
 * of expected queries (db-script.c) for tests.  Errors come by class, see
 * enum db_error; the database's own words go to the log, never to a page. */
#ifndef DATA_DB_H
#define DATA_DB_H
#include <glib.h>
#include <stdbool.h>
#include "bianzhi/plugin.h"
#include "serve/conf.h"

struct db;
enum db_error {
  DB_OK = 0,
  DB_AGAIN,     /* 1213 1205 1467 1020: roll back and run it all again   */
  DB_DUPLICATE, /* 1062, and 3xxx/4025 overlap and check constraints: see
                    * db_error_key for the name of the key                   */
  DB_GONE,      /* no connection; nothing was sent or all is rolled back */
  DB_UNKNOWN,   /* lost while COMMIT was under way: ask by the form key   */
  DB_READ_ONLY, /* a GET tried to write (1792)                            */
  DB_FAILED,    /* anything else                                          */
};

/* A transaction that ended with DB_AGAIN is run so many times at most, with
 * db_pause (N) before try N + 1: a random moment, longer each time, so that
 * two who met do not meet again. */
enum { DB_TRIES = 5 };
void db_pause (unsigned n);

/* What the connection serves has to be answered at clock_ms UNTIL (0: whenever):
 * a lost connection is made anew only while there is time for it.  WAITS (may be
 * NULL) hears true before each call to the server and false after it. */
void db_serve (struct db *, int64_t until, void (*waits) (bool));
/* Is there time for one more try that may wait for MS? */
bool db_has_time (const struct db *, int64_t ms);

/* From here on a lost connection is not made anew, because what it holds (a
 * lock, a mark) went with it: every call fails with DB_GONE. */
void db_pin (struct db *, bool);

/* What a handler gets for an error: DB_DUPLICATE BZ_CONFLICT (the transaction
 * goes on without that statement); DB_AGAIN, DB_GONE, DB_UNKNOWN BZ_AWAY; the
 * rest BZ_FAILED.  After all but DB_DUPLICATE every further call on the
 * connection, db_commit too, fails the same way until db_rollback. */
int db_status (enum db_error);

/* Connect as the application (OWNER false) or as the owner, after the fork:
 * no two processes share a connection.  The server's and the session's settings
 * are checked (db-setting.c): a dangerous one refuses, with the setting's name
 * and the remedy.  NULL with ERROR. */
struct db *db_open (const struct conf *, bool owner, GError **error);
/* Connect once as the application, tell the log what could be better, and
 * close.  DB_OK; DB_GONE: the server is away; else it, or the account, is not
 * as it must be.  ERROR says what and the remedy. */
enum db_error db_check (const struct conf *, GError **error);
void db_close (struct db *);
/* Load what a later db_open could need from files: ways to log in. */
void db_warm (void);
/* Reconnect if the connection was lost and no transaction is open. */
int db_ready (struct db *);
int db_begin (struct db *, bool read_only); /* BZ_OK, BZ_AWAY, BZ_FAILED  */
int db_commit (struct db *); /* BZ_OK or <0; db_error says which          */
void db_rollback (struct db *);
/* A mark inside the transaction, and back to the last one: what came after it is
 * undone, what came before it stays.  A new mark replaces the old one.  BZ_OK,
 * or <0 as any statement; a transaction that is over cannot go back. */
int db_mark (struct db *);
int db_back (struct db *);
/* What is written last, because everybody waits for its lock: db_commit calls FN
 * with DATA before the COMMIT, those with the smaller TURN first and else in the
 * order of the calls.  Should one return <0, the commit fails and all is rolled
 * back.  db_rollback forgets them, db_back those since the mark.  DATA stays the
 * caller's, as it is until then.  BZ_OK, or <0: no transaction is open, or one
 * that only reads. */
int db_last (struct db *, int turn, int (*fn) (void *data), void *data);
enum db_error db_error (const struct db *);   /* of the last failure */
const char *db_error_key (const struct db *); /* "uq_..." or NULL    */
bool db_in_transaction (const struct db *);
/* Has this transaction read anything without a lock?  From that moment on it sees, without
 * one, what was there then.  Also true where nothing is known of it. */
bool db_has_viewed (const struct db *);
/* How often tables were changed, as this request's first question brought it;
 * NULL: not known.  See kept.h. */
void db_counts (struct db *, const char *counts);
/* Run one statement of a migration as it stands.  BZ_OK or <0, ERROR set. */
int db_run (struct db *, const char *sql, GError **error);

/* Does the result have this column?  For columns that a query may leave out. */
bool rows_has (const struct bz_rows *, const char *column);

/* A script for unit tests: each query that is asked must be the next row. */
struct db_script {
  const char *query;          /* name                                       */
  const char *args;           /* "7|abc|NULL", or NULL: any                 */
  const char *const *columns; /* ends with NULL                             */
  const char *const *cells;   /* rows x columns                             */
  size_t rows;
  int64_t changed; /* for bz_db_exec; <0: fails with -changed as
                                * enum db_error                              */
};
/* The script is borrowed.  A query that is not the next one, or with other
 * arguments, fails the test (g_error).  Cells that begin with "0x" stand for
 * bytes where bz_db_blob reads them. */
struct db *db_scripted (const struct db_script *, size_t);
size_t db_script_asked (const struct db *);
#endif
