/* MariaDB: the only file with its header.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "data/db-setting.h"
#include "data/driver.h"
#include "serve/board.h"
#include "serve/crash.h"
#include "serve/log.h"
#include <errmsg.h>
#include <mysql.h>
#include <mysqld_error.h>
#include <poll.h>
#include <sys/socket.h>

enum {
  MARIA_STATEMENTS = 64,
  MARIA_CONNECT_SECONDS = 5, /* at most; see connect_seconds */
  MARIA_SMALLEST_CELL = 64,
  /* MYSQL_CLIENT_AUTHENTICATION_PLUGIN of <mysql/client_plugin.h>, which needs
   * a header that is not installed. */
  MARIA_LOGIN_PLUGIN = 2
};

struct maria {
  struct db db;
  MYSQL *my; /* NULL: no connection                      */
  char *socket, *name, *user, *password;
  unsigned seconds, lock_seconds;
  bool unsafe, owner;
  GHashTable *prepared; /* SQL -> GList link in order               */
  GQueue order;         /* struct prepared, the newest first        */
};
/* A statement that the server knows; it dies with its connection. */
struct prepared {
  char *sql;
  MYSQL_STMT *stmt;
};

/* -- Errors. */

/* Do the words of S so far announce a part of the schema? */
static bool
names_follow (const GString *s)
{
  static const char *const names[] = { "column ",  "key ",      "able ",
                                       "straint ", "variable ", "unction ",
                                       "field " };

  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_has_suffix (s->str, names[i]))
      return true;
  return false;
}

/* The server's words without the values in them: a name in quotes stays only
 * where the words before it say that it names a part of the schema.  A value
 * may hold quotes itself, or be cut off before its last one: it goes up to the
 * last quote there is. */
static char *
without_values (const char *message)
{
  GString *s = g_string_new (NULL);

  while (*message != '\0') {
    const char *end;

    if (*message != '\'') {
      g_string_append_c (s, *message++);
      continue;
    }
    end = names_follow (s) ? strchr (message + 1, '\'')
                           : strrchr (message + 1, '\'');
    if (end != NULL && names_follow (s))
      g_string_append_len (s, message, end + 1 - message);
    else
      g_string_append (s, "'...'");
    if (end == NULL)
      break;
    message = end + 1;
  }
  return g_string_free (s, FALSE);
}

/* "... for key 'uq_x'" or "CONSTRAINT `ck_x` failed ...". */
static char *
key_of (unsigned number, const char *message)
{
  const char *mark = number == ER_DUP_ENTRY ? " for key '" : "CONSTRAINT `";
  const char *at = g_strrstr (message, mark);

  if (at == NULL)
    return NULL;
  at += strlen (mark);
  return g_strndup (at, strcspn (at, number == ER_DUP_ENTRY ? "'" : "`"));
}

static bool
is_lost (unsigned number)
{
  switch (number) {
  case CR_SERVER_GONE_ERROR:
  case CR_SERVER_LOST:
  case CR_SERVER_LOST_EXTENDED:
  case CR_COMMANDS_OUT_OF_SYNC:
  case CR_CONNECTION_ERROR:
  case CR_CONN_HOST_ERROR:
  case CR_MALFORMED_PACKET:
  case ER_CONNECTION_KILLED:
  case ER_SERVER_SHUTDOWN:
  case ER_NORMAL_SHUTDOWN:
  case ER_NET_READ_INTERRUPTED:
  case ER_NET_READ_ERROR:
  case ER_UNKNOWN_COM_ERROR: /* 1047: a Galera node without its group */
  case ER_CON_COUNT_ERROR:   /* no connection now, but another time */
  case ER_TOO_MANY_USER_CONNECTIONS:
  case ER_USER_LIMIT_REACHED:
    return true;
  default:
    return false;
  }
}

static enum db_error
class_of (unsigned number)
{
  if (is_lost (number))
    return DB_GONE;
  switch (number) {
  case ER_LOCK_DEADLOCK:
  case ER_LOCK_WAIT_TIMEOUT:
  case ER_AUTOINC_READ_FAILED: /* 1467: 1213 or 1205 while it waits for a number */
  case ER_CHECKREAD:           /* 1020: changed since it was read */
    return DB_AGAIN;
  case ER_DUP_ENTRY:
  case ER_DUP_ENTRY_WITH_KEY_NAME:
  case ER_CONSTRAINT_FAILED:
    return DB_DUPLICATE;
  case ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION:
    return DB_READ_ONLY;
  default:
    return DB_FAILED;
  }
}

static void
prepared_free (void *p)
{
  struct prepared *prepared = p;

  mysql_stmt_close (prepared->stmt);
  g_free (prepared->sql);
  g_free (prepared);
}

static void
disconnect (struct maria *m)
{
  g_hash_table_remove_all (m->prepared);
  g_queue_clear_full (&m->order, prepared_free);
  if (m->my != NULL)
    mysql_close (m->my);
  m->my = NULL;
}

/* Sort an error of the server, tell the log, drop what is lost. */
static enum db_error
failed (struct maria *m, const char *what, unsigned number, const char *message)
{
  enum db_error e = class_of (number);
  g_autofree char *plain = NULL;

  g_clear_pointer (&m->db.key, g_free);
  if (e == DB_DUPLICATE) {
    m->db.key = key_of (number, message);
    log_debug ("query %s: error %u, key %s", what, number,
               m->db.key != NULL ? m->db.key : "?");
    return e;
  }
  plain = without_values (message);
  log_line (BZ0052_QUERY_FAILED, what, number, plain);
  if (e == DB_GONE)
    disconnect (m);
  return e;
}

/* Does a test want this call to fail?  DB_OK: it goes on, perhaps with a
 * connection that has just broken. */
static enum db_error
ordered (struct maria *m, const char *what)
{
  if (crash_due ("db-again"))
    return failed (m, what, ER_LOCK_DEADLOCK, "ordered by a test");
  if (crash_due ("db-failed"))
    return failed (m, what, ER_UNKNOWN_ERROR, "ordered by a test");
  if (crash_due ("db-gone"))
    (void) shutdown ((int) mysql_get_socket (m->my), SHUT_RDWR);
  return DB_OK;
}

/* -- Connecting. */

static const char session_settings[]
  = "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,"
    "ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY',"
    " time_zone = '+08:00',"
    " tx_isolation = 'REPEATABLE-READ',"
    " group_concat_max_len = 1048576,"
    " autocommit = 1";

static int
set (struct maria *m, GError **error, const char *sql)
{
  if (mysql_query (m->my, sql) == 0)
    return BZ_OK;
  g_set_error (error, DB_ERROR, DB_FAILED,
               "a setting of the session was refused: "
               "%u %s",
               mysql_errno (m->my), mysql_error (m->my));
  return BZ_FAILED;
}

/* A server that does not know the setting needs none. */
static int
set_if_known (struct maria *m, GError **error, const char *sql)
{
  if (mysql_query (m->my, sql) == 0
      || mysql_errno (m->my) == ER_UNKNOWN_SYSTEM_VARIABLE)
    return BZ_OK;
  return set (m, error, sql);
}

/* A statement stops at half of the request's time, a lock is not waited for
 * as long, and who holds a transaction open and falls silent loses it.  With
 * snapshot isolation every two changes at one time would turn each other back
 * at the head of the audit chain; what is read in order to be written is read
 * FOR UPDATE or carries a version.  In a cluster a read waits for what was
 * committed elsewhere: whether a form was stored is asked of the node that
 * answers now, not of the one that broke. */
static int
set_session (struct maria *m, GError **error)
{
  g_autofree char *limits = g_strdup_printf (
    "SET SESSION max_statement_time = %u, innodb_lock_wait_timeout = %u,"
    " idle_transaction_timeout = %u",
    m->owner ? 0 : m->seconds / 2, m->lock_seconds,
    m->owner ? 0 : 4 * m->seconds);
  int rc = set (m, error, session_settings);

  if (rc == BZ_OK)
    rc = set (m, error, limits);
  if (rc == BZ_OK)
    rc = set_if_known (m, error, "SET SESSION innodb_snapshot_isolation = OFF");
  if (rc == BZ_OK)
    rc = set_if_known (m, error, "SET SESSION wsrep_sync_wait = 1");
  return rc;
}

/* The value of a variable; NULL: this server has none of that name. */
static char *
variable (struct maria *m, const char *name)
{
  g_autofree char *sql = g_strdup_printf ("SELECT @@%s", name);
  char *value = NULL;
  MYSQL_RES *result;
  MYSQL_ROW row;

  if (mysql_query (m->my, sql) != 0)
    return NULL;
  result = mysql_store_result (m->my);
  if (result == NULL)
    return NULL;
  row = mysql_fetch_row (result);
  if (row != NULL)
    value = g_strdup (row[0]);
  mysql_free_result (result);
  return value;
}

static bool
is_on (struct maria *m, const char *name)
{
  g_autofree char *value = variable (m, name);

  return g_strcmp0 (value, "1") == 0 || g_strcmp0 (value, "ON") == 0;
}

/* Workers connect often: what is only a pity is told once, at the start. */
static int
check_setting (struct maria *m, const struct db_setting *s, GError **error)
{
  g_autofree char *value = variable (m, s->name);
  g_autofree char *say = NULL;

  if (db_setting_ok (s, value) || (s->when != NULL && !is_on (m, s->when)))
    return BZ_OK;
  say = db_setting_say (s, value);
  if (!s->hard || m->unsafe) {
    if (m->db.tells)
      log_line (BZ0053_DB_SETTING, say);
    return BZ_OK;
  }
  g_set_error (error, DB_ERROR, DB_FAILED, "the server's %s", say);
  return BZ_FAILED;
}

static int
check_settings (struct maria *m, GError **error)
{
  for (const struct db_setting *s = db_settings; s->name != NULL; s++)
    if (check_setting (m, s, error) < 0)
      return BZ_FAILED;
  return BZ_OK;
}

/* A server that is there and says nothing, a stopped or a swapping one, must
 * not take the request's whole time: what is left is for the answer that says
 * so.  The owner's statements rebuild tables. */
static unsigned
silent_seconds (const struct maria *m)
{
  return m->owner ? 24 * 3600 : m->seconds / 2 + 1;
}

static unsigned
connect_seconds (const struct maria *m)
{
  return CLAMP (m->seconds / 4, 1, MARIA_CONNECT_SECONDS);
}

static MYSQL *
dial (struct maria *m)
{
  MYSQL *my = mysql_init (NULL);
  unsigned connect = connect_seconds (m), off = 0;
  unsigned protocol = MYSQL_PROTOCOL_SOCKET;
  unsigned wait = silent_seconds (m);
  my_bool no = 0;

  if (my == NULL)
    g_error ("out of memory");
  mysql_options (my, MYSQL_OPT_RECONNECT, &no);
  mysql_options (my, MYSQL_OPT_LOCAL_INFILE, &off);
  mysql_options (my, MYSQL_OPT_CONNECT_TIMEOUT, &connect);
  mysql_options (my, MYSQL_OPT_READ_TIMEOUT, &wait);
  mysql_options (my, MYSQL_OPT_WRITE_TIMEOUT, &wait);
  mysql_options (my, MYSQL_SET_CHARSET_NAME, "utf8mb4");
  /* Without a socket's name it is the library's default, never TCP. */
  mysql_options (my, MYSQL_OPT_PROTOCOL, &protocol);
  return my;
}

/* Rows that an UPDATE met count as changed, so that 0 means "the condition did
 * not hold" and nothing else. */
static enum db_error
maria_connect (struct db *db, GError **error)
{
  struct maria *m = (struct maria *) db;
  enum db_error e;

  disconnect (m);
  db->generation++;
  m->my = dial (m);
  if (mysql_real_connect (m->my, NULL, m->user, m->password, m->name, 0,
                          m->socket, CLIENT_FOUND_ROWS)
      == NULL) {
    unsigned number = mysql_errno (m->my);

    e = number >= CR_MIN_ERROR || is_lost (number) ? DB_GONE : DB_FAILED;
    g_set_error (error, DB_ERROR, (int) e,
                 "no connection to database %s as %s: "
                 "%u %s",
                 m->name != NULL ? m->name : "(none)",
                 m->user != NULL ? m->user : "(the system's user)", number,
                 mysql_error (m->my));
    disconnect (m);
    return e;
  }
  if (set_session (m, error) >= 0 && check_settings (m, error) >= 0)
    return DB_OK;
  e = is_lost (mysql_errno (m->my)) ? DB_GONE : DB_FAILED;
  if (error != NULL && *error != NULL)
    (*error)->code = (int) e;
  disconnect (m);
  return e;
}

/* Nothing is awaited now, so whatever can be read is a farewell. */
static bool
maria_lost (struct db *db)
{
  struct maria *m = (struct maria *) db;
  struct pollfd p = { .events = POLLIN | POLLRDHUP };

  if (m->my == NULL)
    return true;
  p.fd = (int) mysql_get_socket (m->my);
  return poll (&p, 1, 0) != 0;
}

static void
maria_close (struct db *db)
{
  struct maria *m = (struct maria *) db;

  disconnect (m);
  g_hash_table_unref (m->prepared);
  g_free (m->socket);
  g_free (m->name);
  g_free (m->user);
  g_free (m->password);
  g_free (m);
}

/* -- Transactions. */

static enum db_error
simple (struct maria *m, const char *sql)
{
  enum db_error e;

  if (m->my == NULL)
    return DB_GONE;
  e = ordered (m, sql);
  if (e != DB_OK)
    return e;
  board_count (BOARD_TRIPS, 1);
  if (mysql_query (m->my, sql) == 0)
    return DB_OK;
  return failed (m, sql, mysql_errno (m->my), mysql_error (m->my));
}

static enum db_error
maria_begin (struct db *db, bool read_only)
{
  return simple ((struct maria *) db,
                 read_only
                   ? "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY"
                   : "START TRANSACTION READ WRITE");
}

/* Whatever goes wrong after COMMIT was sent, except a plain refusal, may have
 * gone right on the other side. */
static enum db_error
maria_commit (struct db *db)
{
  struct maria *m = (struct maria *) db;
  enum db_error e = simple (m, "COMMIT");

  if (e == DB_OK || e == DB_AGAIN)
    return e;
  disconnect (m);
  return DB_UNKNOWN;
}

static void
maria_rollback (struct db *db)
{
  struct maria *m = (struct maria *) db;

  if (m->my != NULL && simple (m, "ROLLBACK") != DB_OK)
    disconnect (m);
}

static enum db_error
maria_mark (struct db *db, bool back)
{
  return simple ((struct maria *) db,
                 back ? "ROLLBACK TO SAVEPOINT bz_mark" : "SAVEPOINT bz_mark");
}

/* Rows that a migration's statement gives interest nobody, but they must be
 * read; an error can come with them only. */
static bool
run_whole (MYSQL *my, const char *sql)
{
  if (mysql_query (my, sql) != 0)
    return false;
  mysql_free_result (mysql_store_result (my));
  return mysql_errno (my) == 0;
}

static enum db_error
maria_run (struct db *db, const char *sql, GError **error)
{
  struct maria *m = (struct maria *) db;
  enum db_error e;

  if (m->my != NULL && run_whole (m->my, sql))
    return DB_OK;
  e = m->my != NULL ? class_of (mysql_errno (m->my)) : DB_GONE;
  g_set_error (error, DB_ERROR, 0, "%u: %s",
               m->my != NULL ? mysql_errno (m->my) : CR_SERVER_GONE_ERROR,
               m->my != NULL ? mysql_error (m->my) : "no connection");
  if (e == DB_GONE)
    disconnect (m);
  return e;
}

/* -- Prepared statements. */

static void
forget_oldest (struct maria *m)
{
  struct prepared *oldest = g_queue_pop_tail (&m->order);

  g_hash_table_remove (m->prepared, oldest->sql);
  prepared_free (oldest);
}

static enum db_error
prepare (struct maria *m, const struct query *q, MYSQL_STMT **ret)
{
  GList *link = g_hash_table_lookup (m->prepared, q->sql);
  struct prepared *p;

  if (link != NULL) {
    g_queue_unlink (&m->order, link);
    g_queue_push_head_link (&m->order, link);
    *ret = ((struct prepared *) link->data)->stmt;
    return DB_OK;
  }
  p = g_new0 (struct prepared, 1);
  p->sql = g_strdup (q->sql);
  p->stmt = mysql_stmt_init (m->my);
  board_count (BOARD_TRIPS, 1);
  if (mysql_stmt_prepare (p->stmt, q->sql, strlen (q->sql)) != 0) {
    unsigned number = mysql_stmt_errno (p->stmt);
    g_autofree char *message = g_strdup (mysql_stmt_error (p->stmt));

    prepared_free (p);
    return failed (m, q->name, number, message);
  }
  g_queue_push_head (&m->order, p);
  g_hash_table_insert (m->prepared, p->sql, m->order.head);
  if (m->order.length > MARIA_STATEMENTS)
    forget_oldest (m);
  *ret = p->stmt;
  return DB_OK;
}

/* -- Arguments. */

/* The bindings of one call and the numbers that they point to. */
struct binds {
  MYSQL_BIND *bind;
  long long *number;
};

static void
bind_arg (MYSQL_BIND *b, long long *number, const struct bz_arg *arg,
          enum query_type type)
{
  bool none = arg->type == BZ_ARG_NULL
           || (arg->type != BZ_ARG_INT && arg->str == NULL)
           || (type == QUERY_DATE && arg->str[0] == '\0');

  b->buffer_type = MYSQL_TYPE_NULL;
  if (none)
    return;
  *number = arg->num;
  b->buffer_type = arg->type == BZ_ARG_INT ? MYSQL_TYPE_LONGLONG
                 : arg->type == BZ_ARG_STR ? MYSQL_TYPE_STRING
                                           : MYSQL_TYPE_BLOB;
  b->buffer = arg->type == BZ_ARG_INT ? (void *) number : (void *) arg->str;
  b->buffer_length = arg->type == BZ_ARG_STR ? strlen (arg->str) : arg->len;
}

static struct binds
bind_args (const struct ask *ask)
{
  const struct query *q = ask->query;
  struct binds b = {
    .bind = g_new0 (MYSQL_BIND, q->n_slots + 1),
    .number = g_new0 (long long, q->n_slots + 1),
  };

  for (unsigned i = 0; i < q->n_slots; i++) {
    struct bz_arg own = BZ_INT (q->slot[i] == QUERY_SCOPE ? ask->scope
                                                          : ask->operator_id);

    if (q->slot[i] < 0)
      bind_arg (&b.bind[i], &b.number[i], &own, QUERY_INT);
    else
      bind_arg (&b.bind[i], &b.number[i], &ask->args[q->slot[i]],
                q->type[q->slot[i]]);
  }
  return b;
}

/* -- Results. */

static bool
is_bytes (const MYSQL_FIELD *f)
{
  enum { BINARY_CHARSET = 63 };

  return f->charsetnr == BINARY_CHARSET
      && (f->type == MYSQL_TYPE_STRING || f->type == MYSQL_TYPE_VAR_STRING
          || (f->type >= MYSQL_TYPE_TINY_BLOB && f->type <= MYSQL_TYPE_BLOB));
}

/* Every buffer has the size of the column's longest cell, so a cut cell is a
 * bug, and fails instead of showing half a name. */
static struct table *
fetch (MYSQL_STMT *stmt, const MYSQL_RES *meta)
{
  unsigned n = meta->field_count;
  struct table *t = table_new (n);
  MYSQL_BIND *cell = g_new0 (MYSQL_BIND, n);
  int got;

  for (unsigned i = 0; i < n; i++) {
    cell[i].buffer_type = MYSQL_TYPE_STRING;
    cell[i].buffer_length = MAX (meta->fields[i].max_length,
                                 MARIA_SMALLEST_CELL);
    cell[i].buffer = g_malloc (cell[i].buffer_length + 1);
    cell[i].length = &cell[i].length_value;
    cell[i].is_null = &cell[i].is_null_value;
    t->columns[i] = g_strdup (meta->fields[i].name);
    t->bytes[i] = is_bytes (&meta->fields[i]);
  }
  mysql_stmt_bind_result (stmt, cell);
  while ((got = mysql_stmt_fetch (stmt)) == 0) {
    for (unsigned i = 0; i < n; i++)
      table_add (t, cell[i].is_null_value ? NULL : cell[i].buffer,
                 cell[i].length_value);
    t->n_rows++;
  }
  for (unsigned i = 0; i < n; i++)
    g_free (cell[i].buffer);
  g_free (cell);
  if (got != MYSQL_NO_DATA)
    g_clear_pointer (&t, table_free);
  return t;
}

static enum db_error
take_result (struct maria *m, const struct ask *ask, MYSQL_STMT *stmt,
             struct table **ret)
{
  my_bool yes = 1;
  MYSQL_RES *meta;
  enum db_error e = DB_OK;

  mysql_stmt_attr_set (stmt, STMT_ATTR_UPDATE_MAX_LENGTH, &yes);
  if (mysql_stmt_store_result (stmt) != 0)
    return failed (m, ask->name, mysql_stmt_errno (stmt),
                   mysql_stmt_error (stmt));
  meta = mysql_stmt_result_metadata (stmt);
  *ret = meta != NULL ? fetch (stmt, meta) : NULL;
  if (meta != NULL)
    mysql_free_result (meta);
  mysql_stmt_free_result (stmt);
  if (*ret == NULL) {
    log_line (BZ0054_QUERY_MISUSED, ask->name, "its rows could not be read");
    e = DB_FAILED;
  }
  return e;
}

static enum db_error
maria_ask (struct db *db, const struct ask *ask, struct table **ret,
           int64_t *changed)
{
  struct maria *m = (struct maria *) db;
  struct binds binds;
  MYSQL_STMT *stmt;
  enum db_error e;

  if (ask->query == NULL) {
    log_line (BZ0054_QUERY_MISUSED, ask->name, "there is none of that name");
    return DB_FAILED;
  }
  if (m->my == NULL)
    return DB_GONE;
  e = ordered (m, ask->name);
  if (e == DB_OK)
    e = prepare (m, ask->query, &stmt);
  if (e != DB_OK)
    return e;
  board_count (BOARD_TRIPS, 1);
  binds = bind_args (ask);
  if (mysql_stmt_bind_param (stmt, binds.bind) != 0
      || mysql_stmt_execute (stmt) != 0) {
    e = failed (m, ask->name, mysql_stmt_errno (stmt), mysql_stmt_error (stmt));
  }
  else if (mysql_stmt_field_count (stmt) > 0)
    e = take_result (m, ask, stmt, ret);
  else {
    *changed = (int64_t) mysql_stmt_affected_rows (stmt);
    m->db.last_id = (int64_t) mysql_stmt_insert_id (stmt);
  }
  g_free (binds.bind);
  g_free (binds.number);
  return e;
}

/* -- Opening. */

static const struct driver driver = {
  .steady = true,
  .close = maria_close,
  .lost = maria_lost,
  .connect = maria_connect,
  .begin = maria_begin,
  .commit = maria_commit,
  .rollback = maria_rollback,
  .mark = maria_mark,
  .ask = maria_ask,
  .run = maria_run,
};

static struct db *
open_as (const struct conf *conf, bool owner, bool tells, GError **error)
{
  struct maria *m = g_new0 (struct maria, 1);

  m->db.driver = &driver;
  m->db.tells = tells;
  m->socket = g_strdup (conf->db_socket);
  m->name = g_strdup (conf->db_name);
  m->user = g_strdup (owner ? conf->owner_user : conf->db_user);
  m->password = g_strdup (owner ? conf->owner_password : conf->db_password);
  m->seconds = (unsigned) MAX (conf->request_seconds, 2);
  m->lock_seconds = (unsigned) conf->lock_seconds;
  m->unsafe = conf->db_unsafe;
  m->owner = owner;
  m->db.patience = 750 * m->seconds;
  m->prepared = g_hash_table_new (g_str_hash, g_str_equal);
  g_queue_init (&m->order);
  if (maria_connect (&m->db, error) == DB_OK)
    return &m->db;
  maria_close (&m->db);
  return NULL;
}

/* Each way to log in is a file that is loaded when a server asks for it. */
void
db_warm (void)
{
  static const char *const ways[] = { "client_ed25519", "parsec",
                                      "caching_sha2_password",
                                      "sha256_password" };
  MYSQL *my = mysql_init (NULL);

  for (size_t i = 0; my != NULL && i < G_N_ELEMENTS (ways); i++)
    (void) mysql_load_plugin (my, ways[i], MARIA_LOGIN_PLUGIN, 0);
  mysql_close (my);
}

struct db *
db_open (const struct conf *conf, bool owner, GError **error)
{
  return open_as (conf, owner, false, error);
}

enum db_error
db_check (const struct conf *conf, GError **error)
{
  g_autoptr (GError) why = NULL;
  struct db *db = open_as (conf, false, true, &why);
  enum db_error e = DB_OK;

  if (db == NULL) {
    e = (enum db_error) why->code;
    g_propagate_error (error, g_steal_pointer (&why));
  }
  db_close (db);
  return e;
}
