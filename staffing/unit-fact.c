/* Units that are renamed, come under another department or another office: dated
 * facts, the unit as it stands, and the tree.  SPDX-License-Identifier: MulanPSL-2.0 */
#include "part.h"

/* The unit as it is now, and what the change makes of it. */
struct facts {
  const char *name, *short_name, *parent_name, *since;
  int64_t parent_id, office_id, since_case;
  int64_t new_parent; /* 0: its office */
  const char *new_parent_name;
};

static int
facts_read (struct bz_req *req, int64_t unit_id, bool locked, struct facts *ret)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows,
                       locked ? "staffing.unit_now_locked"
                              : "staffing.unit_now",
                       BZ_ARGS (BZ_INT (unit_id)));

  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc == 0)
    return bz_fail (req, BZ_NOT_FOUND, "没有这个单位，或者不在您的查询范围内");
  if (rc < 0)
    return rc;
  *ret = (struct facts){
    .name = bz_db_text (rows, "name"),
    .short_name = bz_db_text (rows, "short_name"),
    .parent_name = bz_db_text (rows, "parent_name"),
    .since = bz_db_text (rows, "since"),
    .parent_id = bz_db_int (rows, "parent_id"),
    .office_id = bz_db_int (rows, "office_id"),
    .since_case = bz_db_int (rows, "since_case"),
    .new_parent_name = "",
  };
  return BZ_OK;
}

/* -- What stands in the way: a sentence, or NULL. */

struct fault {
  const char *field, *why;
};

static void
set_fault (struct fault *f, const char *field, const char *why)
{
  f->field = field;
  f->why = why;
}

static void
look_since (struct bz_req *req, const struct bz_unit_change *x,
            const char *whose, const char *since, struct fault *f)
{
  if (since != NULL && strcmp (x->date, since) <= 0)
    set_fault (f, "date",
               bz_format (req,
                          "%s上一次变更自 %s 起生效，"
                          "这次的生效日期须晚于这一天",
                          whose, since));
}

static void
look_date (struct bz_req *req, const struct bz_unit_change *x,
           const struct facts *now, struct fault *f)
{
  if (x->date == NULL)
    return;
  if (strcmp (x->date, bz_today (req)) > 0)
    set_fault (f, "date", "生效日期不能晚于今天，请到生效之日再办理");
  else if (now->since_case != x->case_id)
    look_since (req, x, "单位", now->since, f);
}

static int
look_name (struct bz_req *req, const struct bz_unit_change *x, bool locked,
           const struct facts *now, struct fault *f)
{
  const char *other;
  int rc;

  if (strcmp (x->name, now->name) == 0
      && strcmp (x->short_name, now->short_name) == 0) {
    set_fault (f, "name", "名称、简称与现在的相同，没有变更，请核对");
    return BZ_OK;
  }
  rc = bz_db_value (req, &other,
                    locked ? "staffing.unit_called_locked"
                           : "staffing.unit_called",
                    BZ_ARGS (BZ_INT (x->unit_id), BZ_STR (x->name),
                             BZ_STR (x->short_name)));
  if (rc > 0 && strcmp (other, x->name) == 0)
    set_fault (f, "name", "本编办已有单位使用这个名称，请核对");
  else if (rc > 0)
    set_fault (f, "short_name",
               bz_format (req, "“%s”使用这个简称，请改用其他简称", other));
  return MIN (rc, BZ_OK);
}

/* The one unit that the text names, by its whole name before a short one. */
static int
find_parent (struct bz_req *req, const struct bz_unit_change *x,
             struct facts *now, struct fault *f)
{
  struct bz_rows *rows;
  bool lower = false;
  int rc = bz_db_open (req, &rows, "staffing.unit_parent_named",
                       BZ_ARGS (BZ_INT (x->unit_id), BZ_STR (x->parent),
                                BZ_INT (x->office_id)));

  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc == 0)
    set_fault (f, "parent",
               x->office_id != 0 ? "新的编办没有这个名称的单位，请写单位全称"
                                 : "本编办没有这个名称的单位，请写单位全称；"
                                   "不能隶属于其他编办的单位");
  if (rc <= 0)
    return rc;
  now->new_parent = bz_db_int (rows, "id");
  now->new_parent_name = bz_db_text (rows, "name");
  lower = bz_db_int (rows, "lower") == 1;
  if (strcmp (now->new_parent_name, x->parent) != 0
      && (rc = bz_db_next (rows)) > 0)
    set_fault (f, "parent", "有几个单位使用这个简称，请写单位全称");
  else if (lower)
    set_fault (f, "parent", "事业单位不能作为机关的主管部门，请核对");
  return MIN (rc, BZ_OK);
}

static int
look_parent (struct bz_req *req, const struct bz_unit_change *x,
             struct facts *now, struct fault *f)
{
  int rc = *x->parent != '\0' ? find_parent (req, x, now, f) : BZ_OK;

  if (rc < 0 || f->why != NULL)
    return rc;
  if (now->new_parent == now->parent_id && x->office_id == 0) {
    set_fault (f, "parent", "主管部门与现在的相同，没有变更，请核对");
    return BZ_OK;
  }
  if (now->new_parent == x->unit_id) {
    set_fault (f, "parent", "单位不能隶属于自己，请核对");
    return BZ_OK;
  }
  rc = now->new_parent != 0 ? bz_scope_under (req, now->new_parent, x->unit_id)
                            : 0;
  if (rc > 0)
    set_fault (f, "parent",
               bz_format (req, "“%s”隶属于本单位，不能作为它的主管部门",
                          now->new_parent_name));
  return MIN (rc, BZ_OK);
}

/* All that goes along: since when it is as it is, and whether its names are free. */
static int
look_office (struct bz_req *req, const struct bz_unit_change *x, bool locked,
             const struct facts *now, struct fault *f)
{
  const char *found;
  int rc;

  if (x->office_id == now->office_id) {
    set_fault (f, "office", "所属编办与现在的相同，没有变更，请核对");
    return BZ_OK;
  }
  rc = bz_db_value (req, &found,
                    locked ? "staffing.office_called_locked"
                           : "staffing.office_called",
                    BZ_ARGS (BZ_INT (x->unit_id), BZ_INT (x->office_id)));
  if (rc > 0)
    set_fault (f, "office",
               bz_format (req, "新的编办已有单位叫“%s”，请先变更名称", found));
  if (rc != 0 || x->date == NULL)
    return MIN (rc, BZ_OK);
  rc = bz_db_value (req, &found,
                    locked ? "staffing.unit_since_locked"
                           : "staffing.unit_since",
                    BZ_ARGS (BZ_INT (x->unit_id), BZ_INT (x->case_id)));
  if (rc > 0)
    look_since (req, x, "单位或者下属单位", found, f);
  return MIN (rc, BZ_OK);
}

/* What is not finished: an office's own it has to finish itself; the units' may go
 * along, unless they were to be finished before. */
static int
look_open (struct bz_req *req, const struct bz_unit_change *x, struct fault *f)
{
  int open, office;
  int rc = bz_scope_open (req, x->unit_id, x->case_id, &open, &office);

  if (rc < 0)
    return rc;
  if (office > 0)
    set_fault (f, "office",
               bz_format (req,
                          "编办自己登记的申请单还有 %d 张没有办结，"
                          "请先办结或者作废，再核准",
                          office));
  else if (x->keep && open > 0)
    set_fault (f, "office",
               bz_format (req,
                          "在办申请单还有 %d 张，"
                          "请等原编办办结后再核准",
                          open));
  return BZ_OK;
}

static int
look (struct bz_req *req, const struct bz_unit_change *x, bool locked,
      struct facts *now, struct fault *f)
{
  int rc = BZ_OK;

  look_date (req, x, now, f);
  if (f->why == NULL && x->name != NULL)
    rc = look_name (req, x, locked, now, f);
  if (rc == BZ_OK && f->why == NULL && x->office_id != 0)
    rc = look_office (req, x, locked, now, f);
  if (rc == BZ_OK && f->why == NULL && x->parent != NULL)
    rc = look_parent (req, x, now, f);
  if (rc == BZ_OK && f->why == NULL && x->office_id != 0 && locked)
    rc = look_open (req, x, f);
  return rc;
}

/* -- The deed. */

/* How far below the unit it reaches: only an office changes with all that is below. */
static int
deep (const struct bz_unit_change *x)
{
  return x->office_id != 0 ? G_MAXINT16 : 0;
}

/* The day begins a new fact, unless another line of the case has begun it. */
static int
turn (struct bz_req *req, const struct bz_unit_change *x,
      const struct facts *now)
{
  int64_t n;

  if (now->since_case == x->case_id)
    return BZ_OK;
  n = bz_db_exec (req, "staffing.unit_fact_first",
                  BZ_ARGS (BZ_INT (x->unit_id), BZ_INT (deep (x))));
  if (n >= 0)
    n = bz_db_exec (req, "staffing.unit_fact_end",
                    BZ_ARGS (BZ_INT (x->unit_id), BZ_INT (deep (x)),
                             BZ_STR (x->date)));
  if (n >= 0)
    n = bz_db_exec (req, "staffing.unit_fact_add",
                    BZ_ARGS (BZ_INT (x->unit_id), BZ_INT (deep (x)),
                             BZ_STR (x->date), BZ_INT (x->case_id),
                             BZ_STR (x->paper_no), BZ_STR (x->paper_on),
                             BZ_STR (x->paper_title)));
  return n < 0 ? (int) n : n >= 1 ? BZ_OK : BZ_FAILED;
}

static int
rename_unit (struct bz_req *req, const struct bz_unit_change *x)
{
  g_autofree char *initials = words_initials (x->short_name, x->name);
  int64_t n = bz_db_exec (req, "staffing.unit_rename",
                          BZ_ARGS (BZ_INT (x->unit_id), BZ_STR (x->name),
                                   BZ_STR (x->short_name), BZ_STR (initials)));

  return n < 0
         ? (int) n
         : bz_scope_rename (req, x->unit_id, x->name,
                            bz_format (req, "%s %s", x->short_name, initials));
}

static int
move_unit (struct bz_req *req, const struct bz_unit_change *x,
           const struct facts *now)
{
  const struct bz_scope_move move = { .id = x->unit_id,
                                      .parent_id = now->new_parent,
                                      .case_id = x->case_id,
                                      .keep = x->keep && x->office_id == 0,
                                      .office_id = x->office_id };
  int64_t n = bz_db_exec (req, "staffing.unit_subordinate",
                          BZ_ARGS (BZ_INT (x->unit_id),
                                   BZ_INT (now->new_parent),
                                   BZ_STR (now->new_parent_name)));

  n = n < 0 ? n : bz_scope_move (req, &move);
  if (n >= 0 && x->office_id != 0) /* behind it: the desk is known by then */
    n = bz_db_exec (req, "staffing.unit_reassign",
                    BZ_ARGS (BZ_INT (x->unit_id), BZ_INT (deep (x)),
                             BZ_INT (x->office_id)));
  return (int) MIN (n, BZ_OK);
}

struct bz_unit_change
bz_unit_change_of (const struct bz_case *c)
{
  return (struct bz_unit_change){
    .unit_id = bz_case_scope (c),
    .case_id = bz_case_id (c),
    .date = bz_case_get (c, "date"),
    .paper_no = bz_case_get (c, "paper_no"),
    .paper_on = bz_case_get (c, "paper_on"),
    .paper_title = bz_case_get (c, "paper_title"),
  };
}

int
bz_unit_change (struct bz_req *req, const struct bz_unit_change *x,
                unsigned how, const char **field, const char **why)
{
  bool deed = (how & BZ_UNIT_LOOK) == 0;
  struct facts now;
  struct fault f = { NULL, NULL };
  int rc;

  if (deed && x->name == NULL && x->parent == NULL)
    return bz_fail (req, BZ_CONFLICT, "变更事项没有填写完整，请退回补填");
  rc = deed ? employment_gate (req) : BZ_OK;
  if (rc == BZ_OK && deed)
    rc = unit_lock (req, x->unit_id);
  if (rc == BZ_OK)
    rc = facts_read (req, x->unit_id, deed, &now);
  if (rc == BZ_OK)
    rc = look (req, x, deed, &now, &f);
  *field = f.field;
  *why = f.why;
  if (rc < 0 || !deed)
    return rc;
  if (f.why != NULL)
    return bz_fail (req, BZ_CONFLICT, "%s", f.why);
  rc = turn (req, x, &now);
  if (rc == BZ_OK && x->name != NULL)
    rc = rename_unit (req, x);
  if (rc == BZ_OK && x->parent != NULL)
    rc = move_unit (req, x, &now);
  return rc < 0 ? rc
                : bz_audit (req, "unit.change", "unit", x->unit_id,
                            x->office_id != 0   ? "office"
                            : x->parent == NULL ? "name"
                            : x->keep           ? "parent, kept"
                                                : "parent, handed over");
}
