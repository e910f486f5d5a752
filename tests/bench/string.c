/* An instrument of tests/bench/run, never installed: the page that the
 * application sends, written by appending texts, with the same statements.
 * usage: string echo|FOLDER WORKERS, a listening socket on descriptor 0.
 * FOLDER holds "sql", "codes" and "page" as tests/bench/pieces.py writes them.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <fcgiapp.h>
#include <glib.h>
#include <mysql.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <signal.h>
#include <unistd.h>

/* Signs in "page": the next piece, a cell, the next statement. */
#define PIECE "\036"
enum { CELL = '\001', COLUMNS = 24, WIDTH = 800 };

struct statement {
  char *sql;
  MYSQL_STMT *stmt; /* NULL: sent as text */
  MYSQL_BIND bind[COLUMNS];
  char cell[COLUMNS][WIDTH];
  unsigned long size[COLUMNS];
  my_bool null[COLUMNS];
};

static GPtrArray *statements;
static GHashTable *codes; /* "m value" -> name */
static char **pieces;
static MYSQL *db;

static void
give_up (const char *what)
{
  fprintf (stderr, "string: %s: %s\n", what, db != NULL ? mysql_error (db) : "");
  exit (1);
}

static char *
slurp (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    give_up (path);
  return text;
}

/* -- Asking. */

static void
prepare (struct statement *s)
{
  if (!g_str_has_prefix (s->sql, "SELECT"))
    return;
  s->stmt = mysql_stmt_init (db);
  if (mysql_stmt_prepare (s->stmt, s->sql, strlen (s->sql)) != 0)
    give_up (s->sql);
  for (unsigned i = 0; i < COLUMNS; i++)
    s->bind[i] = (MYSQL_BIND){ .buffer_type = MYSQL_TYPE_STRING,
                               .buffer = s->cell[i],
                               .buffer_length = WIDTH - 1,
                               .length = &s->size[i],
                               .is_null = &s->null[i] };
}

static void
ask (struct statement *s)
{
  if (s->stmt == NULL) {
    if (mysql_query (db, s->sql) != 0)
      give_up (s->sql);
    return;
  }
  if (mysql_stmt_execute (s->stmt) != 0
      || mysql_stmt_bind_result (s->stmt, s->bind) != 0
      || mysql_stmt_store_result (s->stmt) != 0)
    give_up (s->sql);
}

static void
connect_database (const char *folder)
{
  g_autofree char *text = slurp (folder, "sql");
  g_auto (GStrv) each = g_strsplit (text, PIECE, -1);

  db = mysql_init (NULL);
  if (mysql_real_connect (db, NULL, g_getenv ("DB_USER"), g_getenv ("MYSQL_PWD"),
                          g_getenv ("DB_NAME"), 0, g_getenv ("DB_SOCKET"), 0)
        == NULL
      || mysql_set_character_set (db, "utf8mb4") != 0)
    give_up ("the database");
  statements = g_ptr_array_new ();
  for (char **sql = each; *sql != NULL; sql++) {
    struct statement *s = g_new0 (struct statement, 1);

    s->sql = g_strdup (*sql);
    prepare (s);
    g_ptr_array_add (statements, s);
  }
}

static void
read_codes (const char *folder)
{
  g_autofree char *text = slurp (folder, "codes");
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  codes = g_hash_table_new (g_str_hash, g_str_equal);
  for (char **line = lines; *line != NULL; line++) {
    g_auto (GStrv) cells = g_strsplit (*line, "\t", 2);

    if (cells[0] != NULL && cells[1] != NULL)
      g_hash_table_insert (codes, g_strdup (cells[0]), g_strdup (cells[1]));
  }
}

/* -- Writing. */

static void
append_escaped (GString *to, const char *text)
{
  for (; *text != '\0'; text++)
    switch (*text) {
    case '&':
      g_string_append (to, "&amp;");
      break;
    case '<':
      g_string_append (to, "&lt;");
      break;
    case '>':
      g_string_append (to, "&gt;");
      break;
    case '"':
      g_string_append (to, "&quot;");
      break;
    default:
      g_string_append_c (to, *text);
    }
}

/* TEMPLATE with the cells of the present row of S: CELL, column, '-' or the
 * letter of a code table. */
static void
append_row (GString *to, const char *template, struct statement *s)
{
  for (const char *at; (at = strchr (template, CELL)) != NULL;
       template = at + 3) {
    unsigned column = (unsigned) (at[1] - 'a');
    const char *value = s->cell[column];

    g_string_append_len (to, template, at - template);
    if (at[2] != '-') {
      char key[16] = { at[2], ' ' };

      g_strlcpy (key + 2, value, sizeof key - 2);
      value = g_hash_table_lookup (codes, key);
    }
    if (value != NULL)
      append_escaped (to, value);
  }
  g_string_append (to, template);
}

/* "#S N\n" in front of a piece: once for each of the first N rows of
 * statement S. */
static void
append_piece (GString *to, const char *piece)
{
  unsigned number, most;
  struct statement *s;

  if (sscanf (piece, "#%u %u", &number, &most) != 2) {
    g_string_append (to, piece);
    return;
  }
  s = statements->pdata[number];
  for (unsigned n = 0; n < most; n++) {
    if (mysql_stmt_fetch (s->stmt) != 0)
      break;
    for (unsigned i = 0; i < mysql_stmt_field_count (s->stmt); i++)
      s->cell[i][s->null[i] ? 0 : MIN (s->size[i], WIDTH - 1)] = '\0';
    append_row (to, strchr (piece, '\n') + 1, s);
  }
}

static void
answer (FCGX_Request *req)
{
  g_autoptr (GString) out = g_string_sized_new (65536);

  for (unsigned i = 0; statements != NULL && i < statements->len; i++)
    ask (statements->pdata[i]);
  g_string_append (out, "Content-Type: text/html; charset=utf-8\r\n\r\n");
  for (char **piece = pieces; piece != NULL && *piece != NULL; piece++)
    append_piece (out, *piece);
  for (unsigned i = 0; statements != NULL && i < statements->len; i++) {
    struct statement *s = statements->pdata[i];

    if (s->stmt != NULL)
      mysql_stmt_free_result (s->stmt);
  }
  FCGX_PutStr (out->str, (int) out->len, req->out);
}

static void
work (const char *what)
{
  FCGX_Request req;

  prctl (PR_SET_PDEATHSIG, SIGKILL);
  if (!g_str_equal (what, "echo")) {
    g_autofree char *page = slurp (what, "page");

    connect_database (what);
    read_codes (what);
    pieces = g_strsplit (page, PIECE, -1);
  }
  FCGX_Init ();
  FCGX_InitRequest (&req, 0, 0);
  while (FCGX_Accept_r (&req) >= 0)
    answer (&req);
}

int
main (int argc, char **argv)
{
  int workers = argc == 3 ? (int) g_ascii_strtoll (argv[2], NULL, 10) : 0;

  if (workers < 1) {
    fprintf (stderr, "usage: string echo|FOLDER WORKERS\n");
    return 2;
  }
  for (int i = 0; i < workers; i++)
    if (fork () == 0) {
      work (argv[1]);
      return 0;
    }
  while (wait (NULL) > 0)
    continue;
  return 0;
}
