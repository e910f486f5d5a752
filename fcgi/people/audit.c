/* The audit chain: append-only, hash-chained, in the business transaction.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "people/audit.h"
#include <inttypes.h>
#include "data/db.h"
#include "data/xml.h"
#include "people/crypto.h"
#include "people/session.h"
#include "people/tx.h"
#include "serve/log.h"
#include "serve/route.h"

enum { VERIFY_PAGE = 1000 };
#define NO_HASH                                                                \
  "0000000000000000000000000000000000000000000000000000000000000000"

char *
audit_hash (const char *const field[AUDIT_FIELDS])
{
  g_autoptr (GString) text = g_string_new ("bz-audit-1");
  uint8_t hash[32];

  for (int i = 0; i < AUDIT_FIELDS; i++)
    g_string_append_printf (text, "%zu:%s,", strlen (field[i]), field[i]);
  crypto_sha256 (text->str, text->len, hash);
  return crypto_hex (hash, sizeof hash);
}

/* -- Writing. */

/* At most MAX characters of TEXT, so that the column takes it unchanged. */
static const char *
clip (struct bz_req *req, const char *text, glong max)
{
  g_autofree char *clean = xml_text_clean (text != NULL ? text : "");

  if (g_utf8_strlen (clean, -1) > max)
    *g_utf8_offset_to_pointer (clean, max) = '\0';
  return req_strdup (req, clean);
}

/* Lock CHAIN's head: the row before is *SEQ with hash *LAST. */
static int
head_lock (struct bz_req *req, const char *chain, int64_t *seq,
           const char **last)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "bz.audit_lock", BZ_ARGS (BZ_STR (chain)));

  if (rc < 0)
    return rc;
  if (bz_db_next (rows) != 1) {
    log_line (BZ0062_NO_CHAIN, chain);
    return BZ_FAILED;
  }
  *seq = bz_db_int (rows, "seq");
  *last = bz_db_text (rows, "last_hash");
  return BZ_OK;
}

static int
row_store (struct bz_req *req, const struct audit_row *row,
           const char *const f[AUDIT_FIELDS], int64_t seq)
{
  g_autofree char *hash = audit_hash (f);
  int64_t n;

  n = bz_db_exec (req, "bz.audit_add",
                  BZ_ARGS (BZ_STR (row->chain), BZ_INT (seq),
                           BZ_STR (f[AUDIT_AT]), BZ_INT (row->operator_id),
                           BZ_INT (row->acting_for), BZ_STR (f[AUDIT_REMOTE]),
                           BZ_STR (f[AUDIT_ACTION]),
                           BZ_STR (f[AUDIT_OBJECT_TYPE]),
                           BZ_INT (row->object_id), BZ_STR (f[AUDIT_RESULT]),
                           BZ_STR (f[AUDIT_DETAIL]), BZ_STR (f[AUDIT_PREV]),
                           BZ_STR (hash)));
  if (n >= 0)
    n = bz_db_exec (req, "bz.audit_head",
                    BZ_ARGS (BZ_INT (seq), BZ_STR (hash), BZ_STR (row->chain)));
  return (int) MIN (n, 0);
}

/* A row on its way: its fields are texts of the request already, but for SEQ and
 * PREV. */
struct due {
  struct bz_req *req;
  struct audit_row row;
  const char *field[AUDIT_FIELDS];
};

static struct due *
due_new (struct bz_req *req, const struct audit_row *row)
{
  struct due *d = bz_alloc (req, sizeof *d);
  const char **f = d->field;

  d->req = req;
  d->row = *row;
  d->row.chain = f[AUDIT_CHAIN] = req_strdup (req, row->chain);
  f[AUDIT_AT] = bz_format (req, "%s.000000", bz_now (req));
  f[AUDIT_OPERATOR] = bz_format (req, "%" PRId64, row->operator_id);
  f[AUDIT_ACTING_FOR] = bz_format (req, "%" PRId64, row->acting_for);
  f[AUDIT_REMOTE] = clip (req, req->remote, 64);
  f[AUDIT_ACTION] = clip (req, row->action, 64);
  f[AUDIT_OBJECT_TYPE] = clip (req, row->object_type, 32);
  f[AUDIT_OBJECT_ID] = bz_format (req, "%" PRId64, row->object_id);
  f[AUDIT_RESULT] = clip (req, row->result, 16);
  f[AUDIT_DETAIL] = clip (req, row->detail, 1000);
  return d;
}

static int
due_write (void *data)
{
  struct due *d = data;
  int64_t seq;
  int rc = head_lock (d->req, d->row.chain, &seq, &d->field[AUDIT_PREV]);

  if (rc < 0)
    return rc;
  seq++;
  d->field[AUDIT_SEQ] = bz_format (d->req, "%" PRId64, seq);
  return row_store (d->req, &d->row, d->field, seq);
}

static int
due_put (struct bz_req *req, void *data)
{
  const struct due *d = data;

  /* Who writes into both chains takes their locks in one order. */
  return db_last (req->db, g_str_equal (d->row.chain, "work") ? 0 : 1,
                  due_write, data);
}

/* Every transaction of the office waits for the chain's head, so nobody holds it
 * while they wait for something else: rows are written before the COMMIT. */
int
audit_put (struct bz_req *req, const struct audit_row *row)
{
  struct due *d = due_new (req, row);

  return db_in_transaction (req->db) ? due_put (req, d)
                                     : bz_db_atomic (req, due_put, d);
}

static int64_t
acting_for (const struct bz_req *req)
{
  return req->session != NULL ? req->session->acting_for : 0;
}

int
audit_write (struct bz_req *req, const char *action, const char *object_type,
             int64_t object_id, const char *result, const char *detail)
{
  struct audit_row row = {
    .chain = g_strcmp0 (result, "refused") == 0 ? "refused" : "work",
    .action = action,
    .object_type = object_type,
    .result = result,
    .detail = detail,
    .operator_id = bz_user_id (req),
    .object_id = object_id,
    .acting_for = acting_for (req),
  };
  int rc = audit_put (req, &row);

  if (rc >= 0)
    req->audited = true;
  return rc;
}

int
bz_audit (struct bz_req *req, const char *action, const char *object_type,
          int64_t object_id, const char *detail)
{
  return audit_write (req, action, object_type, object_id, "ok", detail);
}

/* -- Reads of a GET. */

void
audit_later (struct bz_req *req, const char *action, const char *object_type,
             int64_t object_id)
{
  struct audit_row *row;

  for (unsigned i = 0; i < req->later->len; i++) {
    row = g_ptr_array_index (req->later, i);
    if (row->object_id == object_id && g_str_equal (row->action, action)
        && g_str_equal (row->object_type, object_type))
      return;
  }
  row = bz_alloc (req, sizeof *row);
  *row = (struct audit_row){
    .chain = "work",
    .action = req_strdup (req, action),
    .object_type = req_strdup (req, object_type),
    .result = "ok",
    .detail = "",
    .operator_id = bz_user_id (req),
    .object_id = object_id,
    .acting_for = acting_for (req),
  };
  g_ptr_array_add (req->later, row);
}

void
bz_audit_read (struct bz_req *req, const char *action, const char *object_type,
               int64_t object_id)
{
  audit_later (req, action, object_type, object_id);
}

static int
flush_all (struct bz_req *req, void *data)
{
  int rc = BZ_OK;

  for (unsigned i = 0; i < req->later->len && rc >= 0; i++)
    rc = audit_put (req, g_ptr_array_index (req->later, i));
  return rc;
}

int
audit_flush (struct bz_req *req)
{
  int rc;

  if (req->later->len == 0)
    return BZ_OK;
  rc = tx_own (req, flush_all, NULL);
  if (rc >= 0)
    g_ptr_array_set_size (req->later, 0);
  return rc;
}

/* -- Refusals. */

static int
refused_put (struct bz_req *req, void *data)
{
  return audit_put (req, data);
}

void
audit_refused (struct bz_req *req, const char *why)
{
  const struct route *route = req->route;
  struct audit_row row = {
    .chain = "refused",
    /* The route's pattern: the address itself may hold what was typed. */
    .action = route != NULL ? route->row.path : "unknown address",
    .object_type = route != NULL && route->pack != NULL ? route->pack : "",
    .result = "refused",
    .detail = bz_format (req, "%s: %s", req->method, why),
    .operator_id = bz_user_id (req),
    .acting_for = acting_for (req),
  };

  if (req->db != NULL && tx_own (req, refused_put, &row) < 0)
    log_line (BZ0063_REFUSAL_LOST, why);
}

/* -- Verifying. */

struct check {
  struct bz_req *req;
  const char *chain;
  int64_t seq; /* of the last row seen                       */
  char *last;  /* its stored hash                            */
  int bad;
};

static const char *const columns[AUDIT_FIELDS] = {
  "chain",      "seq",    "at",     "operator_id",
  "acting_for", "remote", "action", "object_type",
  "object_id",  "result", "detail", "prev_hash",
};

static void
bad (struct check *c, int64_t seq, const char *what)
{
  if (c->bad++ == 0)
    bz_say (c->req, "审计链 %s 第 %" PRId64 " 行：%s", c->chain, seq, what);
}

static void
check_row (struct check *c, const xmlNode *row)
{
  const char *f[AUDIT_FIELDS], *hash = xml_child_text (row, "hash");
  g_autofree char *right = NULL;
  int64_t seq;

  for (int i = 0; i < AUDIT_FIELDS; i++) {
    f[i] = xml_child_text (row, columns[i]);
    if (f[i] == NULL)
      f[i] = "";
  }
  seq = g_ascii_strtoll (f[AUDIT_SEQ], NULL, 10);
  right = audit_hash (f);
  if (seq != c->seq + 1)
    bad (c, c->seq + 1, "缺少记录，可能被删除");
  else if (!g_str_equal (f[AUDIT_PREV], c->last))
    bad (c, seq, "与上一行不衔接，上一行可能被改动或替换");
  else if (g_strcmp0 (hash, right) != 0)
    bad (c, seq, "内容与校验值不符，可能被改动");
  c->seq = seq;
  g_free (c->last);
  c->last = g_strdup (hash != NULL ? hash : "");
}

/* One page of rows: their count, or <0. */
static int64_t
check_page (struct check *c)
{
  xmlDoc *doc = xmlNewDoc (BAD_CAST "1.0");
  xmlNode *root = xmlNewDocNode (doc, NULL, BAD_CAST "rows", NULL);
  int64_t n;

  xmlDocSetRootElement (doc, root);
  n = bz_db_xml (c->req, xml_bz (root), "row", "bz.audit_page",
                 BZ_ARGS (BZ_STR (c->chain), BZ_INT (c->seq),
                          BZ_INT (VERIFY_PAGE)));
  for (const xmlNode *row = xml_child (root, "row"); n > 0 && row != NULL;
       row = xml_next (row, "row"))
    check_row (c, row);
  xmlFreeDoc (doc);
  return n;
}

static int
check_head (struct check *c)
{
  struct bz_rows *rows;
  int rc = bz_db_open (c->req, &rows, "bz.audit_tip",
                       BZ_ARGS (BZ_STR (c->chain)));

  if (rc < 0)
    return rc;
  if (bz_db_next (rows) != 1)
    bad (c, 0, "链首记录不存在");
  else if (bz_db_int (rows, "seq") != c->seq
           || g_strcmp0 (bz_db_text (rows, "last_hash"), c->last) != 0)
    bad (c, c->seq + 1, "链尾与链首记录不符，末尾的记录可能被删除");
  return BZ_OK;
}

/* Count of bad rows of one chain, or <0. */
static int
check_chain (struct bz_req *req, const char *chain)
{
  struct check c = { req, chain, 0, g_strdup (NO_HASH), 0 };
  int64_t n;
  int rc;

  do
    n = check_page (&c);
  while (n == VERIFY_PAGE);
  rc = n < 0 ? (int) n : check_head (&c);
  g_free (c.last);
  return rc < 0 ? rc : c.bad;
}

int
audit_verify (struct bz_req *req)
{
  static const char *const chains[] = { "work", "refused" };
  bool mine = !db_in_transaction (req->db);
  int rc = mine ? db_begin (req->db, true) : BZ_OK;
  int sum = 0;

  for (size_t i = 0; i < G_N_ELEMENTS (chains) && rc >= 0; i++) {
    rc = check_chain (req, chains[i]);
    sum += MAX (rc, 0);
  }
  if (mine)
    db_rollback (req->db);
  return rc < 0 ? rc : sum;
}
