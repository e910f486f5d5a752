/* What a return leaves open: only what it remarked may change.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "work/shut.h"
#include <string.h>
#include "work/check.h"
#include "work/remark.h"

const char shut_why[] = "只能修改有退回意见的项目";
const char shut_word[] = "未退回修改";

bool
shut_limits (const struct bz_case *c)
{
  return case_at_start (c) && c->remarks != NULL && c->remarks->len > 0;
}

bool
shut_remarked (const struct bz_case *c, int64_t item_id, const char *name)
{
  size_t n = strlen (name);

  for (unsigned i = 0; i < c->remarks->len; i++) {
    const struct remark *r = c->remarks->pdata[i];

    if (r->item_id == item_id && strncmp (r->field, name, n) == 0
        && (r->field[n] == '\0' || r->field[n] == '.'))
      return true;
  }
  return false;
}

static const struct form *
form_of (const struct bz_case *c, int64_t item_id)
{
  return item_id != 0 ? c->business->item : c->business->head;
}

/* Is there a remark on one of the fields of G?  A bad scan is no wrong value:
 * a remark on a paper opens the paper alone. */
static bool
group_remarked (const struct bz_case *c, int64_t item_id,
                const struct form_group *g)
{
  for (char **f = g->fields; *f != NULL; f++)
    if (shut_remarked (c, item_id, *f))
      return true;
  return false;
}

/* NAME, or "paper.KIND": remarked itself, or by its group? */
static bool
opened (const struct bz_case *c, int64_t item_id, const char *name)
{
  const GPtrArray *groups = form_groups (form_of (c, item_id));
  const char *kind = g_str_has_prefix (name, "paper.")
                     ? name + strlen ("paper.")
                     : NULL;

  if (shut_remarked (c, item_id, name))
    return true;
  for (unsigned i = 0; i < groups->len; i++) {
    const struct form_group *g = groups->pdata[i];
    const char *const *members = (const char *const *) (kind != NULL
                                                          ? g->papers
                                                          : g->fields);

    if (g_strv_contains (members, kind != NULL ? kind : name)
        && group_remarked (c, item_id, g))
      return true;
  }
  return false;
}

void
shut_fill (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  const struct form *form = item != NULL ? c->business->item
                                         : c->business->head;
  g_auto (GStrv) names = NULL;
  GHashTable *shut;

  if (!shut_limits (c) || (item != NULL && item->id == 0))
    return;
  names = form_names (form);
  shut = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  req_own (req, shut, (GDestroyNotify) g_hash_table_unref);
  for (char **name = names; *name != NULL; name++)
    if (!opened (c, item != NULL ? item->id : 0, *name))
      g_hash_table_insert (shut, g_strdup (*name), g_strdup (shut_word));
  if (item != NULL)
    item->shut = shut;
  else
    c->shut = shut;
}

/* The field or list of a mark: "duty" of "duty.2.post". */
static bool
shut_drop (GHashTable *shut, const char *field)
{
  g_autofree char *name = g_strndup (field != NULL ? field : "",
                                     strcspn (field != NULL ? field : "", "."));

  return g_hash_table_remove (shut, name);
}

/* The check runs over a copy: it settles computed values and drops rows. */
static int
checked_copy (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  xmlDoc **at = item != NULL ? &item->values : &c->head, *kept = *at;
  int rc;

  *at = xmlCopyDoc (kept, 1);
  req_own (req, *at, (GDestroyNotify) xmlFreeDoc);
  rc = item != NULL ? check_item (req, c, item, FORM_CHECK)
                    : check_head (req, c, FORM_CHECK);
  *at = kept;
  return rc;
}

int
shut_open (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  GHashTable *shut = item != NULL ? item->shut : c->shut;
  unsigned before = req->marks->len;
  int opened = 0, rc;

  if (shut == NULL || g_hash_table_size (shut) == 0)
    return 0;
  rc = checked_copy (req, c, item);
  for (unsigned i = before; i < req->marks->len; i++) {
    const struct mark *m = &g_array_index (req->marks, struct mark, i);

    opened += !m->warn && shut_drop (shut, m->field);
  }
  g_array_set_size (req->marks, before);
  return rc < 0 ? rc : opened;
}

bool
shut_wholly (const struct bz_case *c, const struct bz_item *item)
{
  GHashTable *shut = item != NULL ? item->shut : c->shut;
  g_auto (GStrv) names = NULL;

  if (shut == NULL || (item != NULL && shut_remarked (c, item->id, "paper")))
    return false;
  names = form_names (item != NULL ? c->business->item : c->business->head);
  return g_hash_table_size (shut) == g_strv_length (names);
}

bool
shut_stays (const struct bz_case *c, const struct bz_item *item)
{
  return shut_limits (c) && (!remark_of (c, item->id) || c->items->len < 2);
}

bool
shut_has (const struct bz_item *item, const char *field)
{
  return item->shut != NULL && g_hash_table_contains (item->shut, field);
}

GHashTable *
shut_join (struct bz_req *req, GHashTable *closed, GHashTable *shut)
{
  GHashTable *both;
  GHashTableIter i;
  void *name, *why;

  if (shut == NULL)
    return closed;
  both = g_hash_table_new (g_str_hash, g_str_equal);
  req_own (req, both, (GDestroyNotify) g_hash_table_unref);
  g_hash_table_iter_init (&i, shut);
  while (g_hash_table_iter_next (&i, &name, &why))
    g_hash_table_insert (both, name, why);
  if (closed == NULL)
    return both;
  g_hash_table_iter_init (&i, closed);
  while (g_hash_table_iter_next (&i, &name, &why))
    g_hash_table_insert (both, name, why);
  return both;
}

bool
shut_paper (const struct bz_case *c, int64_t item_id, const char *kind,
            bool there)
{
  g_autofree char *name = g_strconcat ("paper.", kind, NULL);

  return there && shut_limits (c) && !opened (c, item_id, name);
}

/* What is still open of the head may ask for another paper. */
bool
shut_takes_paper (const struct bz_case *c)
{
  return !shut_limits (c) || shut_remarked (c, 0, "paper")
      || (c->shut != NULL && !shut_wholly (c, NULL));
}

int
shut_refuse (struct bz_req *req, const struct bz_case *c, const char *what)
{
  return bz_fail (req, BZ_CONFLICT,
                  "申请单 %s 退回时没有要求修改%s，%s；需要改动的，"
                  "请联系审核人重新退回",
                  c->number, what, shut_why);
}
