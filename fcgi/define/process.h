/* Processes: steps, who stands there, and which moves lead where.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 *   <process name="counter" business="entry" version="1" title="窗口办理"
 *            withdraw="passed">
 *     <step name="draft" title="单位填报" role="clerk" where="own"/>
 *     <step name="review" title="事务中心审核" role="center_reviewer"
 *           where="office" days="3"/>
 *     <move name="submit" from="draft" to="review" title="上报"/>
 *     <move name="approve" from="review" to="done" title="核准"/>
 *     <move name="return" from="review" to="draft" title="退回" opinion="yes"/>
 *     <move name="reject" from="review" to="rejected" title="不予办理"
 *           opinion="yes"/>
 *     <move name="withdraw" from="review" to="draft" title="撤回" by="draft"/>
 *     <move name="cancel" from="draft" to="cancelled" title="作废"/>
 *   </process>
 *
 * where: own (the case's unit or one above it that acts for it), parent,
 * office.  by: the step whose people may do it (default: from).  States that
 * are not steps are ends: done, rejected, cancelled. */
#ifndef DEFINE_PROCESS_H
#define DEFINE_PROCESS_H
#include <glib.h>
#include <stdbool.h>

enum where { WHERE_OWN, WHERE_PARENT, WHERE_OFFICE };
struct process_step {
  char *name, *title, *role;
  enum where where;
  int days;
};
struct process_move {
  char *name, *from, *to, *title, *by;
  bool opinion;
};
struct process {
  char *name, *business, *title;
  int version;
  bool withdraw_until_passed; /* false: until opened */
  GPtrArray *steps, *moves;   /* struct process_step, struct process_move */
};
/* What the decision needs to know; all of it given, nothing looked up. */
struct process_ask {
  const char *step; /* where the case stands                      */
  const char *move;
  const char *const *roles; /* of the operator, ends with NULL            */
  bool in_scope;            /* the case's unit lies in their scope        */
  bool at_office;           /* their account is the case's office         */
  bool own;                 /* their account is the case's unit           */
  bool is_submitter;        /* they brought it to this step themselves    */
  bool opened;              /* a reviewer has opened it                   */
  bool has_opinion;
};
enum process_answer {
  PROCESS_OK,
  PROCESS_NO_MOVE,        /* no such move from here                */
  PROCESS_NOT_YOURS,      /* wrong role, scope or place            */
  PROCESS_OWN_SUBMISSION, /* nobody reviews his own submission     */
  PROCESS_OPENED,         /* too late to withdraw                  */
  PROCESS_NEEDS_OPINION,
};
/* Pure.  *RET is the move on PROCESS_OK. */
enum process_answer process_decide (const struct process *,
                                    const struct process_ask *,
                                    const struct process_move **ret);
int process_load (const char *path, const char *pack, GError **error);
/* VERSION 0: the newest. */
const struct process *process_find (const char *business, const char *name,
                                    int version);
const struct process_step *process_step (const struct process *,
                                         const char *name);
void process_foreach (void (*fn) (const struct process *, void *), void *);
void process_clear (void);
#endif
