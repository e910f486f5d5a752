/* 合并重复人员: two records of one person become one (doc/decisions/0057-merge.md).  Gate,
 * persons, then what is theirs.  SPDX-License-Identifier: MulanPSL-2.0 */
#include "part.h"
#include "show.h"

static const char nobody[]
  = "没有这个身份证号的记录，或者姓名、性别与保留的记录不同；"
    "请核对身份证号，不是同一人的不能合并";

/* -- What hinders. */

/* The record that goes: name and sex are those of the one that stays, and the office
 * looks after each unit where it was.  1, 0 there is none such, <0. */
static int
find (struct bz_req *req, const struct bz_merger *m, struct bz_rows **ret)
{
  int rc = bz_db_open (req, ret, "staffing.merge_other",
                       BZ_ARGS (BZ_INT (m->keep_id), BZ_STR (m->number)));

  return rc == BZ_OK ? bz_db_next (*ret) : rc;
}

/* What QUERY finds of the two, in FOUND; NULL: nothing.  BZ_OK, <0. */
static int
ask (struct bz_req *req, const struct bz_merger *m, int64_t other,
     const char *query, const char **found)
{
  int rc = bz_db_value (req, found, query,
                        BZ_ARGS (BZ_INT (m->keep_id), BZ_INT (other),
                                 BZ_INT (m->case_id)));

  if (rc == 0)
    *found = NULL;
  return MIN (rc, BZ_OK);
}

static int
hinders (struct bz_req *req, const struct bz_merger *m, int64_t other,
         const char **why)
{
  const char *number, *day = NULL;
  int rc = ask (req, m, other, "staffing.merge_open", &number);

  if (rc == BZ_OK)
    rc = ask (req, m, other, "staffing.merge_overlap", &day);
  if (rc < 0)
    return rc;
  if (number != NULL)
    *why = bz_format (req,
                      "该人员在另一张在办的申请单 %s 中，"
                      "请等其办结，或由上报单位撤回后再办理",
                      number);
  else if (day != NULL)
    *why = bz_format (req,
                      "两条记录自 %s 起同时在编，不能合并；"
                      "请先撤销或者办理其中一条的入编、出编，"
                      "不是同一人的不能合并",
                      day);
  return BZ_OK;
}

int
bz_merge_look (struct bz_req *req, const struct bz_merger *m, const char **why)
{
  struct bz_rows *rows;
  int rc = find (req, m, &rows);

  *why = rc == 0 ? nobody : NULL;
  if (rc <= 0)
    return rc;
  if (bz_db_int (rows, "id") == m->keep_id)
    *why = "两条记录的身份证号相同，请填写另一条记录的身份证号";
  else if (bz_db_int (rows, "merged") != 0)
    *why = "这条记录已经合并，不需要再合并";
  return *why != NULL ? BZ_OK : hinders (req, m, bz_db_int (rows, "id"), why);
}

/* -- The deed. */

int
bz_merge (struct bz_req *req, const struct bz_merger *m)
{
  static const char *const moves[] = {
    "staffing.merge_employments", "staffing.merge_qualifications",
    "staffing.merge_photo",       "staffing.merge_uses",
    "staffing.merge_changes",     "staffing.merge_postings",
    "staffing.merge_items",       "staffing.merge_local",
  };
  const char *why = NULL;
  struct bz_rows *rows;
  int64_t other = 0, n = BZ_OK;
  int rc = employment_gate (req);

  if (rc == BZ_OK)
    rc = bz_db_open (req, &rows, "staffing.merge_lock",
                     BZ_ARGS (BZ_INT (m->keep_id), BZ_STR (m->number)));
  while (rc >= 0 && (rc = bz_db_next (rows)) > 0)
    other = bz_db_int (rows, "id") != m->keep_id ? bz_db_int (rows, "id")
                                                 : other;
  if (rc == BZ_OK)
    rc = bz_merge_look (req, m, &why);
  if (rc < 0)
    return rc;
  if (why != NULL)
    return bz_fail (req, BZ_CONFLICT, "%s", why);
  for (size_t i = 0; i < G_N_ELEMENTS (moves) && n >= 0; i++)
    n = bz_db_exec (req, moves[i],
                    BZ_ARGS (BZ_INT (m->keep_id), BZ_INT (other)));
  if (n == BZ_CONFLICT)
    return bz_fail (req, BZ_CONFLICT, "两条记录同时在编，不能合并；请退回核对");
  if (n >= 0)
    n = bz_db_exec (req, "staffing.merged_add",
                    BZ_ARGS (BZ_INT (other), BZ_INT (m->keep_id),
                             BZ_INT (m->case_id), BZ_STR (m->date)));
  return n < 0
         ? (int) n
         : bz_audit (req, "person.merge", "person", other,
                     bz_format (req, "into %lld", (long long) m->keep_id));
}

/* -- What will be. */

int
bz_merge_show (struct bz_req *req, const struct bz_merger *m, const char *id,
               struct bz_node *into)
{
  static const char *const titles[] = { "项目", "保留的记录", "并入的记录",
                                        "合并后" };
  struct bz_node *table;
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "staffing.merge_show",
                       BZ_ARGS (BZ_INT (m->keep_id), BZ_STR (m->number)));

  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc <= 0)
    return rc;
  table = bz_table (into, id,
                    bz_format (req, "合并预演：%s", bz_db_text (rows, "name")),
                    NULL, titles, G_N_ELEMENTS (titles));
  do {
    struct bz_node *r = bz_table_row (table, NULL);

    show_cell (r, bz_db_text (rows, "title"), NULL);
    show_cell (r, bz_db_text (rows, "kept"), NULL);
    show_cell (r, bz_db_text (rows, "gone"), NULL);
    show_cell (r, bz_db_text (rows, "whole"), NULL);
  } while ((rc = bz_db_next (rows)) > 0);
  return rc;
}
