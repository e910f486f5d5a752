/* Scopes that move in the tree, and what waits there meanwhile.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "work/scope.h"
#include "work/inbox.h"

int
scope_forget (struct bz_req *req, const struct bz_case *c)
{
  int64_t n = c->kept_by != 0 ? bz_db_exec (req, "bz.scope_forget",
                                            BZ_ARGS (BZ_INT (c->scope_id)))
                              : 0;

  return (int) MIN (n, BZ_OK);
}

int
bz_scope_under (struct bz_req *req, int64_t id, int64_t under)
{
  const char *found;

  return bz_db_value (req, &found, "bz.scope_under",
                      BZ_ARGS (BZ_INT (id), BZ_INT (under)));
}

int
bz_scope_waiting (struct bz_req *req, int64_t id, int64_t by, int *ret)
{
  const char *n = NULL;
  int rc = bz_db_value (req, &n, "bz.scope_waiting",
                        BZ_ARGS (BZ_INT (id), BZ_INT (by)));

  *ret = rc > 0 ? (int) g_ascii_strtoll (n, NULL, 10) : 0;
  return MIN (rc, BZ_OK);
}

int
bz_scope_rename (struct bz_req *req, int64_t id, const char *name,
                 const char *words)
{
  int64_t n = bz_db_exec (req, "bz.scope_call",
                          BZ_ARGS (BZ_INT (id), BZ_STR (name), BZ_STR (words)));

  return (int) MIN (n, BZ_OK);
}

int
bz_scope_open (struct bz_req *req, int64_t id, int64_t by, int *ret,
               int *office)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "bz.scope_open",
                       BZ_ARGS (BZ_INT (id), BZ_INT (by)));

  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc <= 0)
    return rc < 0 ? rc : BZ_FAILED;
  *ret = (int) bz_db_int (rows, "n");
  *office = (int) bz_db_int (rows, "office");
  return BZ_OK;
}

/* Its cases that wait: kept by FORMER, or decided by whoever is above it now. */
static int64_t
waiting (struct bz_req *req, const struct bz_scope_move *m, int64_t former)
{
  const char *business;
  int rc;

  if (m->office_id != 0) {
    rc = bz_db_value (req, &business, "bz.case_business",
                      BZ_ARGS (BZ_INT (m->case_id)));
    return rc <= 0 ? BZ_FAILED
                   : bz_db_exec (req, "bz.scope_follow",
                                 BZ_ARGS (BZ_INT (m->id), BZ_INT (m->office_id),
                                          BZ_STR (business)));
  }
  return m->keep ? bz_db_exec (req, "bz.scope_keep",
                               BZ_ARGS (BZ_INT (m->id), BZ_INT (former),
                                        BZ_INT (m->case_id)))
                 : bz_db_exec (req, "bz.scope_hand_over",
                               BZ_ARGS (BZ_INT (m->id), BZ_INT (m->case_id)));
}

static int64_t
replant (struct bz_req *req, int64_t id, int64_t parent)
{
  int64_t n = bz_db_exec (req, "bz.scope_leave", BZ_ARGS (BZ_INT (id)));

  if (n >= 0)
    n = bz_db_exec (req, "bz.scope_join",
                    BZ_ARGS (BZ_INT (id), BZ_INT (parent)));
  if (n >= 0)
    n = bz_db_exec (req, "bz.scope_put",
                    BZ_ARGS (BZ_INT (id), BZ_INT (parent)));
  return n;
}

/* Who looks on: above it until now, while they keep cases of it. */
static int64_t
look_on (struct bz_req *req, const struct bz_scope_move *m, int64_t former)
{
  int64_t n = 0;

  if (m->office_id != 0)
    return bz_db_exec (req, "bz.scope_forget_below", BZ_ARGS (BZ_INT (m->id)));
  if (m->keep)
    n = bz_db_exec (req, "bz.scope_former",
                    BZ_ARGS (BZ_INT (m->id), BZ_INT (former)));
  return n < 0 ? n
               : bz_db_exec (req, "bz.scope_forget", BZ_ARGS (BZ_INT (m->id)));
}

static int64_t
tell (struct bz_req *req, const struct bz_scope_move *m, int64_t parent)
{
  int64_t n = bz_db_exec (req, "bz.message_to",
                          BZ_ARGS (BZ_INT (m->case_id), BZ_INT (parent),
                                   BZ_STR ("approved"), BZ_STR (bz_now (req))));

  return n < 0 || m->office_id == 0
         ? n
         : bz_db_exec (req, "bz.message_office",
                       BZ_ARGS (BZ_INT (m->case_id), BZ_INT (m->office_id),
                                BZ_STR ("approved"), BZ_STR (bz_now (req))));
}

int
bz_scope_move (struct bz_req *req, const struct bz_scope_move *m)
{
  struct bz_rows *rows;
  const char *found;
  int64_t former, parent, n;
  int rc = bz_db_value (req, &found, "bz.scope_under_locked",
                        BZ_ARGS (BZ_INT (m->parent_id), BZ_INT (m->id)));

  if (rc > 0)
    return bz_fail (req, BZ_CONFLICT, "新的上级单位刚刚划归本单位，请退回核对");
  if (rc == BZ_OK)
    rc = bz_db_open (req, &rows, "bz.scope_find", BZ_ARGS (BZ_INT (m->id)));
  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc <= 0)
    return rc < 0 ? rc : BZ_FAILED;
  former = bz_db_int (rows, "parent_id");
  parent = m->parent_id != 0 ? m->parent_id
         : m->office_id != 0 ? m->office_id
                             : bz_db_int (rows, "office_id");
  /* Before its cases: who begins one meanwhile waits for the row of its scope. */
  n = m->office_id != 0
      ? bz_db_exec (req, "bz.scope_office",
                    BZ_ARGS (BZ_INT (m->id), BZ_INT (m->office_id)))
      : 0;
  if (n >= 0)
    n = waiting (req, m, former);
  if (n >= 0)
    n = replant (req, m->id, parent);
  if (n >= 0)
    n = look_on (req, m, former);
  if (n >= 0)
    n = tell (req, m, parent);
  return (int) MIN (n, BZ_OK);
}
