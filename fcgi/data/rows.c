/* The questions of plugins: bz_db_..., on the request's connection.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "data/driver.h"
#include "data/xml.h"
#include "people/session.h"
#include "serve/log.h"
#include "serve/req.h"

struct bz_rows {
  struct bz_req *req;
  struct table *table;
  size_t next; /* the current row is the one before */
};

bool
rows_has (const struct bz_rows *rows, const char *column)
{
  return table_column (rows->table, column) >= 0;
}

/* Ask, for REQ's operator.  A script may answer queries that nobody declared;
 * db-maria.c never does. */
static int64_t
ask (struct bz_req *req, struct table **ret, const char *name,
     const struct bz_arg *args, size_t n)
{
  struct ask a = {
    .name = name,
    .query = query_find (name),
    .args = args,
    .n_args = n,
    .scope = req->as_scope != 0   ? req->as_scope
           : req->session != NULL ? req->session->scope_id
                                  : 0,
    .operator_id = req->session != NULL ? req->session->operator_id : 0,
  };

  if (req->db == NULL) {
    log_line (BZ0054_QUERY_MISUSED, name, "this request has no database");
    return BZ_FAILED;
  }
  return db_ask (req->db, &a, ret);
}

/* A query whose answer has rows; a statement without any is a mistake here. */
static int64_t
ask_rows (struct bz_req *req, struct table **ret, const char *name,
          const struct bz_arg *args, size_t n)
{
  struct table *table = NULL;
  int64_t rows = ask (req, &table, name, args, n);

  if (rows < 0)
    return rows;
  if (table == NULL) {
    log_line (BZ0054_QUERY_MISUSED, name, "it gives no rows; use bz_db_exec");
    return BZ_FAILED;
  }
  *ret = table;
  return rows;
}

int64_t
bz_db_exec (struct bz_req *req, const char *query, const struct bz_arg *args,
            size_t n)
{
  return ask (req, NULL, query, args, n);
}

int64_t
bz_db_last_id (struct bz_req *req)
{
  return req->db != NULL ? req->db->last_id : 0;
}

/* -- Rows as XML. */

/* Bytes have no characters: they are shown as hexadecimal digits. */
static char *
hex (const char *bytes, size_t size)
{
  GString *s = g_string_sized_new (2 * size + 1);

  for (size_t i = 0; i < size; i++)
    g_string_append_printf (s, "%02x", (unsigned char) bytes[i]);
  return g_string_free (s, FALSE);
}

static void
row_to_xml (const struct table *t, size_t row, xmlNode *into)
{
  for (unsigned c = 0; c < t->n_columns; c++) {
    size_t size;
    const char *text = table_cell (t, row, c, &size);
    g_autofree char *digits = NULL;

    if (text != NULL && t->bytes[c])
      text = digits = hex (text, size);
    if (text != NULL)
      xml_add (into, t->columns[c], text);
  }
}

int64_t
bz_db_xml (struct bz_req *req, struct bz_node *into, const char *row,
           const char *query, const struct bz_arg *args, size_t n)
{
  struct table *table;
  int64_t rows = ask_rows (req, &table, query, args, n);

  if (rows < 0)
    return rows;
  for (size_t r = 0; r < table->n_rows; r++)
    row_to_xml (table, r, xml_add (xml_node (into), row, NULL));
  table_free (table);
  return rows;
}

/* -- Rows one by one. */

static void
rows_free (void *p)
{
  struct bz_rows *rows = p;

  table_free (rows->table);
  g_free (rows);
}

int
bz_db_open (struct bz_req *req, struct bz_rows **ret, const char *query,
            const struct bz_arg *args, size_t n)
{
  struct table *table;
  struct bz_rows *rows;
  int64_t rc = ask_rows (req, &table, query, args, n);

  if (rc < 0)
    return (int) rc;
  rows = g_new0 (struct bz_rows, 1);
  rows->req = req;
  rows->table = table;
  req_own (req, rows, rows_free);
  *ret = rows;
  return BZ_OK;
}

int
bz_db_next (struct bz_rows *rows)
{
  if (rows->next >= rows->table->n_rows) {
    rows->next = rows->table->n_rows + 1;
    return 0;
  }
  rows->next++;
  return 1;
}

/* The current row's cell.  A column that the query does not give is a mistake
 * of the program: it is logged, and reads as NULL. */
static const char *
cell (struct bz_rows *rows, const char *column, size_t *size)
{
  int c = table_column (rows->table, column);

  if (c < 0) {
    log_line (BZ0054_QUERY_MISUSED, "answer: no column", column);
    return NULL;
  }
  if (rows->next == 0 || rows->next > rows->table->n_rows)
    return NULL;
  return table_cell (rows->table, rows->next - 1, (unsigned) c, size);
}

const char *
bz_db_text (struct bz_rows *rows, const char *column)
{
  return cell (rows, column, NULL);
}

int64_t
bz_db_int (struct bz_rows *rows, const char *column)
{
  const char *text = cell (rows, column, NULL);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

const void *
bz_db_blob (struct bz_rows *rows, const char *column, size_t *size)
{
  *size = 0;
  return cell (rows, column, size);
}

int
bz_db_value (struct bz_req *req, const char **ret, const char *query,
             const struct bz_arg *args, size_t n)
{
  struct table *table;
  int64_t rows = ask_rows (req, &table, query, args, n);
  const char *text;
  size_t size = 0;

  if (rows < 0)
    return (int) rows;
  if (rows > 1 || (rows == 1 && table->n_columns != 1)) {
    log_line (BZ0054_QUERY_MISUSED, query,
              "one value was asked for, it gives more");
    table_free (table);
    return BZ_FAILED;
  }
  if (rows == 1) {
    text = table_cell (table, 0, 0, &size);
    *ret = text != NULL ? req_strndup (req, text, size) : NULL;
  }
  table_free (table);
  return (int) rows;
}
