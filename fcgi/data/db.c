/* One connection: states of a transaction, errors, arguments, tables.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "data/kept.h"
#include "data/memo.h"
#include "serve/clock.h"
#include "serve/log.h"

G_DEFINE_QUARK (bz - db - error - quark, db_error)

int
db_status (enum db_error e)
{
  switch (e) {
  case DB_OK:
    return BZ_OK;
  case DB_DUPLICATE:
    return BZ_CONFLICT;
  case DB_AGAIN:
  case DB_GONE:
  case DB_UNKNOWN:
    return BZ_AWAY;
  case DB_READ_ONLY:
  case DB_FAILED:
    break;
  }
  return BZ_FAILED;
}

/* Remember E; inside a transaction all but a refused row ends it. */
static int
note (struct db *db, enum db_error e)
{
  if (e == DB_OK)
    return BZ_OK;
  db->error = e;
  if (db->in_tx && e != DB_DUPLICATE)
    db->broken = e;
  return db_status (e);
}

void
db_pause (unsigned n)
{
  g_usleep ((gulong) g_random_int_range (1000, 5000 << MIN (n, 6)));
}

void
db_serve (struct db *db, int64_t until, void (*waits) (bool))
{
  db->until = until;
  db->waits = waits;
}

void
db_pin (struct db *db, bool pinned)
{
  db->pinned = pinned;
}

bool
db_has_time (const struct db *db, int64_t ms)
{
  return db->until == 0 || clock_ms () + ms < db->until;
}

/* -- Calls of the driver: who serves a request tells that it waits. */

static void
waiting (const struct db *db, bool begins)
{
  if (db->waits != NULL)
    db->waits (begins);
}

static enum db_error
driver_connect (struct db *db, GError **error)
{
  enum db_error e;

  waiting (db, true);
  e = db->driver->connect (db, error);
  waiting (db, false);
  return e;
}

static enum db_error
driver_begin (struct db *db, bool read_only)
{
  enum db_error e;

  waiting (db, true);
  e = db->driver->begin (db, read_only);
  waiting (db, false);
  return e;
}

static enum db_error
driver_commit (struct db *db)
{
  enum db_error e;

  waiting (db, true);
  e = db->driver->commit (db);
  waiting (db, false);
  return e;
}

enum db_error
driver_ask (struct db *db, const struct ask *ask, struct table **ret,
            int64_t *changed)
{
  enum db_error e;

  waiting (db, true);
  e = db->driver->ask (db, ask, ret, changed);
  waiting (db, false);
  return e;
}

/* -- What comes last. */

struct last {
  int turn;
  int (*fn) (void *data);
  void *data;
};

static int
last_compare (gconstpointer a, gconstpointer b)
{
  const struct last *one = a, *other = b;

  return (one->turn > other->turn) - (one->turn < other->turn);
}

static void
last_forget (struct db *db)
{
  g_clear_pointer (&db->last, g_array_unref);
  db->last_marked = 0;
}

/* DB_OK, or why the transaction cannot be committed. */
static enum db_error
last_run (struct db *db)
{
  if (db->last == NULL)
    return DB_OK;
  g_array_sort (db->last, last_compare); /* equals stay in order */
  for (unsigned i = 0; i < db->last->len; i++) {
    const struct last *l = &g_array_index (db->last, struct last, i);

    if (l->fn (l->data) < 0)
      return db->broken != DB_OK ? db->broken : DB_FAILED;
  }
  return DB_OK;
}

int
db_last (struct db *db, int turn, int (*fn) (void *data), void *data)
{
  const struct last l = { turn, fn, data };

  if (!db->in_tx) {
    log_line (BZ0051_DB_MISUSE, "a last statement without a transaction");
    return note (db, DB_FAILED);
  }
  if (db->reads_only)
    return note (db, DB_READ_ONLY);
  if (db->last == NULL)
    db->last = g_array_new (FALSE, FALSE, sizeof l);
  g_array_append_val (db->last, l);
  return BZ_OK;
}

/* -- States. */

/* A transaction lives on one connection.  On another one its next statement, or
 * its COMMIT, would succeed alone, without what came before. */
static bool
tx_moved (struct db *db)
{
  if (db->in_tx && !db->late && db->broken == DB_OK
      && db->tx_generation != db->generation)
    db->broken = DB_GONE;
  return db->broken != DB_OK;
}

void
db_close (struct db *db)
{
  if (db == NULL)
    return;
  g_clear_pointer (&db->memo, g_hash_table_unref);
  g_clear_pointer (&db->changed, g_ptr_array_unref);
  last_forget (db);
  kept_seen (db, NULL);
  g_clear_pointer (&db->answers, g_hash_table_unref);
  g_free (db->key);
  db->key = NULL;
  db->driver->close (db);
}

int
db_ready (struct db *db)
{
  g_autoptr (GError) error = NULL;
  enum db_error e;

  if (db->in_tx && (!db->late || db->broken != DB_OK))
    return tx_moved (db) ? db_status (db->broken) : BZ_OK;
  if (!db->driver->lost (db))
    return BZ_OK;
  kept_seen (db, NULL); /* another server may be behind the old one */
  if (db->pinned || !db_has_time (db, db->patience))
    return note (db, DB_GONE);
  e = driver_connect (db, &error);
  if (e != DB_OK)
    log_line (BZ0050_DB_LOST, error != NULL ? error->message : "gone");
  return note (db, e);
}

/* What was read may not be what is there any more. */
static void
forget (struct db *db)
{
  g_clear_pointer (&db->memo, g_hash_table_unref);
}

/* Nothing was sent on a lost connection yet: a new one is as good. */
static enum db_error
begin (struct db *db, bool read_only)
{
  enum db_error e = driver_begin (db, read_only);

  db->in_tx = db->late = false;
  if (e == DB_GONE && db_ready (db) == BZ_OK)
    e = driver_begin (db, read_only);
  db->in_tx = e == DB_OK;
  db->viewed = false;
  db->tx_generation = db->generation;
  return e;
}

/* A transaction that only reads begins with the first question that must agree
 * with another: many pages have none. */
static int
begin_late (struct db *db)
{
  enum db_error e = db->late ? begin (db, true) : DB_OK;

  if (e == DB_OK)
    return BZ_OK;
  db->in_tx = true; /* until the rollback, and broken */
  return note (db, e);
}

int
db_begin (struct db *db, bool read_only)
{
  enum db_error e;
  int rc;

  if (db->in_tx) {
    log_line (BZ0051_DB_MISUSE, "a transaction inside a transaction");
    return note (db, DB_FAILED);
  }
  rc = db_ready (db);
  if (rc < 0)
    return rc;
  forget (db);
  db->reads_only = read_only;
  db->late = read_only && db->driver->steady;
  if (db->late) {
    db->in_tx = true;
    return BZ_OK;
  }
  if (!read_only) /* a change is decided by what is there now */
    kept_seen (db, NULL);
  e = begin (db, read_only);
  return note (db, e);
}

int
db_commit (struct db *db)
{
  enum db_error e = tx_moved (db) ? db->broken : DB_OK;

  forget (db);
  if (!db->in_tx) {
    log_line (BZ0051_DB_MISUSE, "a commit without a transaction");
    return note (db, DB_FAILED);
  }
  if (e == DB_OK)
    e = last_run (db);
  if (e == DB_OK && tx_moved (db))
    e = db->broken;
  if (e == DB_OK)
    e = kept_count (db);
  if (e == DB_OK && !db->late)
    e = driver_commit (db);
  if (e != DB_OK)
    db_rollback (db);
  db->in_tx = db->late = false;
  g_clear_pointer (&db->changed, g_ptr_array_unref);
  last_forget (db);
  return note (db, e);
}

void
db_rollback (struct db *db)
{
  forget (db);
  if (db->in_tx && !db->late) {
    waiting (db, true);
    db->driver->rollback (db);
    waiting (db, false);
  }
  db->in_tx = db->late = false;
  db->broken = DB_OK;
  g_clear_pointer (&db->changed, g_ptr_array_unref);
  last_forget (db);
}

static int
mark (struct db *db, bool back)
{
  forget (db);
  if (!db->in_tx) {
    log_line (BZ0051_DB_MISUSE, "a mark without a transaction");
    return note (db, DB_FAILED);
  }
  if (tx_moved (db))
    return db_status (db->broken);
  if (begin_late (db) < 0)
    return db_status (db->broken);
  return note (db, db->driver->mark (db, back));
}

int
db_mark (struct db *db)
{
  int rc = mark (db, false);

  if (rc >= 0)
    db->last_marked = db->last != NULL ? db->last->len : 0;
  return rc;
}

int
db_back (struct db *db)
{
  int rc = mark (db, true);

  if (rc >= 0 && db->last != NULL)
    g_array_set_size (db->last, db->last_marked);
  return rc;
}

enum db_error
db_error (const struct db *db)
{
  return db->error;
}

const char *
db_error_key (const struct db *db)
{
  return db->key;
}

void
db_counts (struct db *db, const char *counts)
{
  kept_seen (db, counts);
}

bool
db_in_transaction (const struct db *db)
{
  return db->in_tx;
}

bool
db_has_viewed (const struct db *db)
{
  return db->viewed || !db->driver->steady;
}

int
db_run (struct db *db, const char *sql, GError **error)
{
  forget (db);
  return note (db, db->driver->run (db, sql, error));
}

/* -- Arguments. */

/* "YYYY-MM-DD", or with " hh:mm:ss" and perhaps a fraction behind it. */
static bool
date_arg_ok (const char *s)
{
  int parts[3] = { 0, 0, 0 };

  for (int i = 0; i < 10; i++) {
    if (i == 4 || i == 7) {
      if (s[i] != '-')
        return false;
      continue;
    }
    if (!g_ascii_isdigit (s[i]))
      return false;
    parts[i < 4 ? 0 : i < 7 ? 1 : 2] *= 10;
    parts[i < 4 ? 0 : i < 7 ? 1 : 2] += s[i] - '0';
  }
  if (parts[0] < 1
      || !g_date_valid_dmy ((GDateDay) parts[2], (GDateMonth) parts[1],
                            (GDateYear) parts[0]))
    return false;
  if (s[10] == '\0')
    return true;
  for (int i = 11; i < 19; i++)
    if ((i == 13 || i == 16) ? s[i] != ':' : !g_ascii_isdigit (s[i]))
      return false;
  return s[10] == ' ' && (s[19] == '\0' || s[19] == '.');
}

/* What is wrong with ARG for TYPE; NULL: nothing. */
static const char *
arg_fault (enum query_type type, const struct bz_arg *arg)
{
  static const uint32_t fits[] = {
    [QUERY_INT] = BZ_ARG_INT,
    [QUERY_TEXT] = BZ_ARG_STR,
    [QUERY_DATE] = BZ_ARG_STR,
    [QUERY_BLOB] = BZ_ARG_BLOB,
  };

  if (arg->type == BZ_ARG_NULL)
    return NULL;
  if (arg->type != fits[type])
    return "has another type than the query declares";
  if (type == QUERY_DATE && arg->str != NULL && arg->str[0] != '\0'
      && !date_arg_ok (arg->str))
    return "is not a date";
  return NULL;
}

static bool
args_ok (const struct ask *ask)
{
  const struct query *q = ask->query;

  if (ask->n_args != q->n_args) {
    g_autofree char *why
      = g_strdup_printf ("%u arguments are declared, %u were given", q->n_args,
                         (unsigned) ask->n_args);

    log_line (BZ0054_QUERY_MISUSED, q->name, why);
    return false;
  }
  for (unsigned i = 0; i < q->n_args; i++) {
    const char *fault = arg_fault (q->type[i], &ask->args[i]);

    if (fault != NULL) {
      g_autofree char *why = g_strdup_printf ("argument %s %s", q->arg[i],
                                              fault);

      log_line (BZ0054_QUERY_MISUSED, q->name, why);
      return false;
    }
  }
  return true;
}

static enum db_error
ask_again (struct db *db, const struct ask *ask, struct table **ret,
           int64_t *changed)
{
  enum db_error e = driver_ask (db, ask, ret, changed);

  if (e != DB_GONE || (db->in_tx && !db->late))
    return e;
  /* Alone, a reading query is simply asked again. */
  if (ask->query == NULL || !ask->query->reads)
    return DB_UNKNOWN;
  return db_ready (db) == BZ_OK ? driver_ask (db, ask, ret, changed) : DB_GONE;
}

/* What the worker or this transaction has of ASK; NULL: it is to be asked. */
static struct table *
known (struct db *db, const struct ask *ask)
{
  struct table *t = db->in_tx && ask->query->steady ? memo_find (db->memo, ask)
                                                    : NULL;

  return t != NULL || !ask->query->kept ? t : kept_find (db, ask);
}

/* The question to the driver, unless its answer is known. */
static enum db_error
ask_once (struct db *db, const struct ask *ask, struct table **ret,
          int64_t *changed)
{
  const struct query *q = db->driver->steady ? ask->query : NULL;
  enum db_error e;

  if (q != NULL && (*ret = known (db, ask)) != NULL)
    return DB_OK;
  if (db->late && (q == NULL || !q->apart) && begin_late (db) < 0)
    return db->broken;
  db->viewed |= q == NULL || q->views;
  e = ask_again (db, ask, ret, changed);
  if (e == DB_OK && tx_moved (db)) {
    g_clear_pointer (ret, table_free);
    e = DB_GONE;
  }
  if (*ret == NULL) {
    forget (db); /* it wrote, or failed */
    if (e == DB_OK && q != NULL && !q->reads)
      kept_note (db, q); /* counted with the COMMIT */
    return e;
  }
  if (e == DB_OK && q != NULL && q->steady && db->in_tx)
    memo_add (&db->memo, ask, *ret);
  if (e == DB_OK && q != NULL && q->kept)
    kept_add (db, ask, *ret);
  return e;
}

/* A statement and the count of what it changes go together, or another worker
 * would keep what was there before. */
static bool
needs_tx (const struct db *db, const struct query *q)
{
  if (db->in_tx || q == NULL || q->reads)
    return false;
  for (char **table = q->tables; *table != NULL; table++)
    if (query_keeps (*table))
      return true;
  return false;
}

static int64_t
ask_in_tx (struct db *db, const struct ask *ask, struct table **ret)
{
  int64_t changed = db_begin (db, false), done;

  if (changed < 0)
    return changed;
  changed = db_ask (db, ask, ret);
  if (changed < 0) {
    db_rollback (db);
    return changed;
  }
  done = db_commit (db);
  return done < 0 ? done : changed;
}

int64_t
db_ask (struct db *db, const struct ask *ask, struct table **ret)
{
  struct table *table = NULL;
  int64_t changed = 0;
  int rc;

  if (tx_moved (db)) {
    db->error = db->broken;
    return db_status (db->broken);
  }
  if (ask->query != NULL && !args_ok (ask))
    return note (db, DB_FAILED);
  if (needs_tx (db, ask->query))
    return ask_in_tx (db, ask, ret);
  if (!db->in_tx && (rc = db_ready (db)) < 0)
    return rc;
  rc = note (db, ask_once (db, ask, &table, &changed));
  if (rc < 0)
    return rc;
  if (table != NULL)
    changed = (int64_t) table->n_rows;
  if (ret != NULL)
    *ret = table;
  else
    table_free (table);
  return changed;
}

/* -- Tables. */

struct table *
table_new (unsigned n_columns)
{
  struct table *t = g_new0 (struct table, 1);

  t->columns = g_new0 (char *, n_columns + 1);
  t->bytes = g_new0 (bool, n_columns + 1);
  t->n_columns = n_columns;
  t->holders = 1;
  t->cells = g_array_new (FALSE, FALSE, sizeof (struct table_cell));
  t->text = g_string_new (NULL);
  return t;
}

struct table *
table_keep (struct table *t)
{
  t->holders++;
  return t;
}

void
table_free (struct table *t)
{
  if (t == NULL || --t->holders > 0)
    return;
  g_strfreev (t->columns);
  g_free (t->bytes);
  g_array_unref (t->cells);
  g_string_free (t->text, TRUE);
  g_free (t);
}

void
table_add (struct table *t, const char *value, size_t size)
{
  struct table_cell cell = { t->text->len, value != NULL ? size : SIZE_MAX };

  if (value != NULL) {
    g_string_append_len (t->text, value, (gssize) size);
    g_string_append_c (t->text, '\0');
  }
  g_array_append_val (t->cells, cell);
}

const char *
table_cell (const struct table *t, size_t row, unsigned column, size_t *size)
{
  const struct table_cell *cell = &g_array_index (t->cells, struct table_cell,
                                                  row * t->n_columns + column);

  if (cell->size == SIZE_MAX)
    return NULL;
  if (size != NULL)
    *size = cell->size;
  return t->text->str + cell->at;
}

int
table_column (const struct table *t, const char *name)
{
  for (unsigned i = 0; i < t->n_columns; i++)
    if (g_str_equal (t->columns[i], name))
      return (int) i;
  return -1;
}
