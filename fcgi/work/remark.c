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

bool
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

/* -- Where a remark can stand. */

GHashTable *
remark_places_in (struct bz_req *req, struct bz_case *c, struct bz_item *item,
                  xmlDoc *facts)
{
  const struct form *form = item != NULL ? c->business->item
                                         : c->business->head;
  GHashTable *places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                              NULL);
  g_autoptr (GArray) papers = form_papers (form, facts);
  g_auto (GStrv) names = form_open_names (form, req,
                                          item != NULL ? item->values : c->head,
                                          facts,
                                          item != NULL ? item->closed : NULL);

  req_own (req, places, (GDestroyNotify) g_hash_table_unref);
  for (char **name = names; *name != NULL; name++)
    g_hash_table_add (places, g_strdup (*name));
  for (unsigned i = 0; i < papers->len; i++)
    g_hash_table_add (
      places,
      g_strconcat ("paper.", g_array_index (papers, struct form_paper, i).id,
                   NULL));
  if (item == NULL && c->business->scope_field != NULL)
    g_hash_table_remove (places, c->business->scope_field);
  return places;
}

int
remark_places (struct bz_req *req, struct bz_case *c, struct bz_item *item,
               GHashTable **ret)
{
  xmlDoc *facts;
  int rc = case_facts (req, c, item, &facts);

  if (rc < 0)
    return rc;
  *ret = remark_places_in (req, c, item, facts);
  xmlFreeDoc (facts);
  return BZ_OK;
}

/* "paper.idcard" itself, "duty" of "duty.2.post". */
static bool
is_place (GHashTable *places, const char *field)
{
  g_autofree char *name = g_strndup (field, strcspn (field, "."));

  return g_hash_table_contains (places, field)
      || g_hash_table_contains (places, name);
}

/* A remark that opens nothing would shut everything.  ITEM NULL: those on the
 * head.  The count of marks, or <0. */
static int
check_places (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  const struct form *form = item != NULL ? c->business->item
                                         : c->business->head;
  GHashTable *places = NULL;
  struct remark r;
  unsigned at = 0;
  int rc = BZ_OK, n = 0;

  while (rc == BZ_OK && remark_next (req, &at, &r)) {
    const char *title;

    if (r.item_id != (item != NULL ? item->id : 0))
      continue;
    if (places == NULL)
      rc = remark_places (req, c, item, &places);
    if (rc < 0 || is_place (places, r.field))
      continue;
    title = form_field_title (form, r.field);
    n++;
    (void) bz_mark (req, "opinion",
                    "“%s”由系统填写，申请单位不能修改；请清空这一项的退回意见，"
                    "改写在意见说明中",
                    title != NULL ? title : r.field);
  }
  return rc < 0 ? rc : n;
}

/* Those on the head, then those on each item. */
static int
check_all_places (struct bz_req *req, struct bz_case *c)
{
  int n = check_places (req, c, NULL);

  for (unsigned i = 0; n >= 0 && i < c->items->len; i++) {
    int more = check_places (req, c, c->items->pdata[i]);

    n = more < 0 ? more : n + more;
  }
  return n;
}

int
remark_check (struct bz_req *req, struct bz_case *c)
{
  struct remark r;
  unsigned at = 0;
  int n = 0, places;

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
  places = check_all_places (req, c);
  return places < 0 ? places : n + places;
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
