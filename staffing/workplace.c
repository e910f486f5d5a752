/* 借调, 混编混岗: where somebody works who is counted elsewhere.  One place at a time; no
 * book counts it.  SPDX-License-Identifier: MulanPSL-2.0 */
#include "part.h"

/* -- Looking. */

int
bz_workplace_now (struct bz_req *req, int64_t unit_id, int64_t person_id,
                  struct bz_workplace *ret)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "staffing.workplace_now",
                       BZ_ARGS (BZ_INT (unit_id), BZ_INT (person_id)));

  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc <= 0)
    return rc;
  *ret = (struct bz_workplace){
    .person_id = person_id,
    .unit_id = unit_id,
    .case_id = bz_db_int (rows, "case_id"),
    .kind = bz_db_text (rows, "kind"),
    .place = bz_db_text (rows, "unit_name"),
    .post = bz_db_text (rows, "post"),
    .doc_no = bz_db_text (rows, "doc_no"),
    .since = bz_db_text (rows, "since"),
    .until = bz_db_text (rows, "until"),
  };
  return 1;
}

int
bz_unit_named (struct bz_req *req, const char *text, int64_t *ret_id,
               const char **ret_name)
{
  struct bz_rows *rows;
  int rc;

  if (*text == '\0')
    return 0;
  rc = bz_db_open (req, &rows, "staffing.unit_named", BZ_ARGS (BZ_STR (text)));
  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc <= 0)
    return rc;
  *ret_id = bz_db_int (rows, "id");
  *ret_name = bz_db_text (rows, "name");
  return 1;
}

/* -- Changing: gate, unit, employment, place (doc/decisions/0045-one-gate.md). */

/* The person's open employment at the unit, locked. */
static int
employment_locked (struct bz_req *req, const struct bz_workplace *w,
                   int64_t *ret)
{
  struct bz_rows *rows;
  int rc = employment_gate (req);

  if (rc == BZ_OK)
    rc = unit_lock (req, w->unit_id);
  if (rc == BZ_OK)
    rc = bz_db_open (req, &rows, "staffing.employment_open",
                     BZ_ARGS (BZ_INT (w->person_id), BZ_INT (w->unit_id),
                              BZ_STR (bz_today (req))));
  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc == 0)
    return bz_fail (req, BZ_CONFLICT,
                    "有人员已不在本单位在编，可能已办理出编；"
                    "请退回核对人员名单");
  if (rc > 0)
    *ret = bz_db_int (rows, "id");
  return MIN (rc, BZ_OK);
}

int
bz_workplace_begin (struct bz_req *req, const struct bz_workplace *w)
{
  int64_t employment = 0, unit = 0, rows;
  const char *name = NULL;
  int rc = employment_locked (req, w, &employment);

  if (rc == BZ_OK)
    rc = bz_unit_named (req, w->place, &unit, &name);
  if (rc < 0)
    return rc;
  rows = bz_db_exec (req, "staffing.workplace_add",
                     BZ_ARGS (BZ_INT (employment), BZ_STR (w->kind),
                              BZ_INT (unit),
                              BZ_STR (name != NULL ? name : w->place),
                              BZ_STR (w->post != NULL ? w->post : ""),
                              BZ_STR (w->doc_no), BZ_STR (w->since),
                              BZ_STR (w->until), BZ_INT (w->case_id)));
  if (rows == BZ_CONFLICT)
    return bz_fail (req, BZ_CONFLICT,
                    "有人员已登记借调、混岗，请退回核对：先办理结束，"
                    "再登记新的单位");
  return (int) MIN (rows, BZ_OK);
}

/* What QUERY changes is the one live place. */
static int
changed_one (struct bz_req *req, int64_t rows)
{
  return rows == 0 ? bz_fail (req, BZ_CONFLICT,
                              "有人员的借调、混岗已经结束，"
                              "请退回核对人员名单")
                   : (int) MIN (rows, BZ_OK);
}

int
bz_workplace_extend (struct bz_req *req, const struct bz_workplace *w)
{
  int64_t employment = 0;
  int rc = employment_locked (req, w, &employment);

  return rc < 0
         ? rc
         : changed_one (req, bz_db_exec (req, "staffing.workplace_extend",
                                         BZ_ARGS (BZ_INT (employment),
                                                  BZ_STR (w->until),
                                                  BZ_STR (w->doc_no))));
}

int
bz_workplace_end (struct bz_req *req, const struct bz_workplace *w)
{
  int64_t employment = 0;
  int rc = employment_locked (req, w, &employment);

  return rc < 0 ? rc
                : changed_one (req, bz_db_exec (req, "staffing.workplace_end",
                                                BZ_ARGS (BZ_INT (employment),
                                                         BZ_STR (w->ended_on),
                                                         BZ_INT (w->case_id))));
}

/* -- An approval taken back. */

/* The place that U is about: begun or ended by it, else the live one.  1, 0, <0. */
static int
undo_row (struct bz_req *req, const struct bz_undo *u, struct bz_rows **ret)
{
  int rc = bz_db_open (req, ret,
                       undo_looks (u) ? "staffing.workplace_undo_seen"
                                      : "staffing.workplace_undo",
                       BZ_ARGS (BZ_INT (u->person_id), BZ_INT (u->unit_id),
                                BZ_INT (u->case_id)));

  return rc == BZ_OK ? bz_db_next (*ret) : rc;
}

/* What was registered of the same person since. */
static int
registered_since (struct bz_req *req, const struct bz_undo *u, const char **why)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "staffing.undo_same",
                       BZ_ARGS (BZ_INT (u->person_id), BZ_INT (u->case_id),
                                BZ_INT (u->by)));

  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc > 0)
    *why = undo_moved (req, rows);
  return MIN (rc, BZ_OK);
}

/* The last day and its paper before SAID, as the register had them. */
static int
extension_back (struct bz_req *req, struct bz_rows *place,
                const struct bz_workplace *said, bool look, const char **why)
{
  struct bz_rows *was;
  int64_t n;
  int rc = bz_db_open (req, &was, "staffing.workplace_before",
                       BZ_ARGS (BZ_INT (bz_db_int (place, "id")),
                                BZ_STR (said->until), BZ_STR (said->doc_no)));

  if (rc == BZ_OK)
    rc = bz_db_next (was);
  if (rc == 0)
    *why = "没有记录续期之前的期限，不能撤销；请改办续期";
  if (rc <= 0 || look)
    return MIN (rc, BZ_OK);
  n = bz_db_exec (req, "staffing.workplace_extend",
                  BZ_ARGS (BZ_INT (bz_db_int (place, "employment_id")),
                           BZ_STR (bz_db_text (was, "until")),
                           BZ_STR (bz_db_text (was, "doc_no"))));
  return (int) MIN (n, BZ_OK);
}

static int
place_back (struct bz_req *req, const struct bz_undo *u, struct bz_rows *place,
            const struct bz_workplace *said, const char **why)
{
  bool begun = bz_db_int (place, "begun") != 0,
       ended = bz_db_int (place, "ended") != 0;
  int64_t n;

  if (!begun && !ended)
    return extension_back (req, place, said, undo_looks (u), why);
  if (undo_looks (u))
    return BZ_OK;
  n = bz_db_exec (req,
                  begun ? "staffing.workplace_drop"
                        : "staffing.workplace_reopen",
                  BZ_ARGS (BZ_INT (bz_db_int (place, "id"))));
  return (int) MIN (n, BZ_OK);
}

int
bz_workplace_undo (struct bz_req *req, const struct bz_undo *u,
                   const struct bz_workplace *said, const char **why)
{
  struct bz_rows *place;
  int rc = undo_looks (u) ? BZ_OK : employment_gate (req);

  *why = NULL;
  if (rc == BZ_OK && !undo_looks (u))
    rc = unit_lock (req, u->unit_id);
  if (rc == BZ_OK)
    rc = undo_row (req, u, &place);
  if (rc == 0)
    *why = "这次借调、混岗的登记已不存在，不需要撤销";
  else if (rc > 0 && bz_db_int (place, "open") == 0)
    *why = "该人员已出编，借调、混岗随之结束，不能撤销；出编也有误的，"
           "先撤销出编核准";
  if (rc <= 0 || *why != NULL)
    return MIN (rc, BZ_OK);
  rc = registered_since (req, u, why);
  return rc < 0 || *why != NULL ? rc : place_back (req, u, place, said, why);
}
