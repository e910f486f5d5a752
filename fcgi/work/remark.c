/* Remarks on single fields, given with a return.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "work/remark.h"
#include <string.h>

enum { REMARK_MAX = 400, REMARK_FIELD_MAX = 64 };
static const char prefix[] = "remark.";

bool
remark_name (const char *parameter, gint64 *item_id, const char **field)
{
  const char *text = parameter + strlen (prefix);
  char *end;
  gint64 id;

  if (!g_str_has_prefix (parameter, prefix) || !g_ascii_isdigit (*text))
    return false;
  id = g_ascii_strtoll (text, &end, 10);
  if (*end != '.' || end[1] == '\0' || strlen (end + 1) > REMARK_FIELD_MAX)
    return false;
  for (const char *p = end + 1; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != '_' && *p != '.' && *p != '-')
      return false;
  *item_id = id;
  *field = end + 1;
  return true;
}

static int
remark_insert (struct bz_req *req, int64_t move_id, int64_t item_id,
               const char *field, const char *text)
{
  const struct bz_arg none = BZ_NULL, id = BZ_INT (item_id);
  int64_t changed = bz_db_exec (req, "bz.remark_insert",
                                BZ_ARGS (BZ_INT (move_id),
                                         item_id != 0 ? id : none,
                                         BZ_STR (field), BZ_STR (text)));

  return changed < 0 ? (int) changed : BZ_OK;
}

/* The next remark of the request from parameter *AT on, *AT behind it; false:
 * no more. */
static bool
remark_next (const struct bz_req *req, unsigned *at, struct remark *ret)
{
  while (*at < req->params->len) {
    const struct param *p = &g_array_index (req->params, struct param, (*at)++);
    gint64 id;

    ret->text = p->value + strspn (p->value, " \t\n");
    if (remark_name (p->name, &id, &ret->field) && *ret->text != '\0') {
      ret->item_id = id;
      return true;
    }
  }
  return false;
}

int
remark_check (struct bz_req *req, struct bz_case *c)
{
  struct remark r;
  unsigned at = 0;
  int n = 0;

  while (remark_next (req, &at, &r)) {
    if (r.item_id != 0 && case_find_item (c, r.item_id) == NULL)
      return bz_fail (req, BZ_BAD_INPUT,
                      "退回意见所指的%s不在这张申请单中，"
                      "请重新打开申请单",
                      c->business->item_title);
    if (g_utf8_strlen (r.text, -1) <= REMARK_MAX)
      continue;
    (void) bz_mark (req,
                    bz_format (req, "remark.%lld.%s", (long long) r.item_id,
                               r.field),
                    "每项退回意见最多 %d 字，请缩短", REMARK_MAX);
    n++;
  }
  return n;
}

static int
remark_take (struct bz_req *req, struct bz_case *c, int64_t move_id,
             const struct remark *r)
{
  struct bz_item *item = r->item_id != 0 ? case_find_item (c, r->item_id)
                                         : NULL;
  int rc = remark_insert (req, move_id, r->item_id, r->field, r->text);

  if (rc < 0 || item == NULL || strcmp (item->state, "returned") == 0)
    return rc;
  item->state = "returned";
  return item_store (req, item);
}

int
remark_store (struct bz_req *req, struct bz_case *c, int64_t move_id)
{
  struct remark r;
  unsigned at = 0;
  int n = 0;

  while (remark_next (req, &at, &r)) {
    int rc = remark_take (req, c, move_id, &r);

    if (rc < 0)
      return rc;
    n++;
  }
  return n;
}

bool
remark_on (struct bz_req *req, const struct bz_item *item)
{
  struct remark r;
  unsigned at = 0;

  while (remark_next (req, &at, &r))
    if (r.item_id == item->id)
      return true;
  return false;
}

/* -- What the last return said. */

int
remark_load (struct bz_req *req, struct bz_case *c)
{
  struct bz_rows *rows;
  int rc;

  if (c->return_id == 0 || c->remarks != NULL)
    return BZ_OK;
  rc = bz_db_open (req, &rows, "bz.remarks", BZ_ARGS (BZ_INT (c->return_id)));
  if (rc < 0)
    return rc;
  c->remarks = g_ptr_array_new ();
  req_own (req, c->remarks, (GDestroyNotify) g_ptr_array_unref);
  while ((rc = bz_db_next (rows)) > 0) {
    struct remark *r = bz_alloc (req, sizeof *r);

    *r = (struct remark){ .item_id = bz_db_int (rows, "item"),
                          .field = bz_db_text (rows, "field"),
                          .text = bz_db_text (rows, "text") };
    g_ptr_array_add (c->remarks, r);
  }
  return rc;
}

bool
remark_of (const struct bz_case *c, int64_t item_id)
{
  for (unsigned i = 0; c->remarks != NULL && i < c->remarks->len; i++)
    if (((const struct remark *) c->remarks->pdata[i])->item_id == item_id)
      return true;
  return false;
}

int
remark_warn (struct bz_req *req, const struct bz_case *c,
             const struct bz_item *item)
{
  int64_t id = item != NULL ? item->id : 0;

  for (unsigned i = 0; c->remarks != NULL && i < c->remarks->len; i++) {
    const struct remark *r = c->remarks->pdata[i];

    if (r->item_id == id)
      (void) bz_warn (req, r->field, "退回意见：%s", r->text);
  }
  return BZ_OK;
}
