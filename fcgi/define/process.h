/* Processes: steps, who stands there, and which moves lead where.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 *   <process name="counter" business="entry" version="1" title="窗口办理"
 *            days="3" withdraw="passed">
 *     <step name="draft" title="单位填报" role="clerk counter" where="own"/>
 *     <step name="parent" title="主管部门审核" role="parent_clerk"
 *           where="parent" days="2" skip="filed absent"/>
 *     <step name="section" title="业务科审核" role="section_reviewer"
 *           where="office" desk="yes" climb="office_leader"/>
 *     <move name="submit" from="draft" to="parent" title="上报"/>
 *     <move name="approve" from="parent" to="section" title="同意"/>
 *     <move name="approve" from="section" to="done" title="核准"/>
 *     <move name="part" from="section" to="done" title="部分核准" rest="draft"
 *           opinion="yes"/>
 *     <move name="return" from="section" to="draft" title="退回" opinion="yes"/>
 *     <move name="reject" from="section" to="rejected" title="不予办理"
 *           opinion="yes"/>
 *     <move name="withdraw" from="parent" to="draft" title="撤回" by="draft"/>
 *     <move name="cancel" from="draft" to="cancelled" title="作废"/>
 *   </process>
 *
 * role: any of these.  where: own (the case's unit, one above it or its office
 * act for it), parent, office, higher (the office right above the case's).  desk: only operators of the desk that serves
 * the unit; an operator or a unit without a desk is bound to none.
 * skip: the step is left out when whoever hands in stands there (filed), when
 * there is nobody (absent: the unit has no unit above it).
 * when: XPath over the facts of the case (without an item): where it does not hold,
 * the step is left out as well.  Where all are left out behind the first, handing in
 * approves.
 * days of a process: working days of all the office's steps together, from the
 * day that the case reaches the office; days of another step: its own.  climb:
 * when the term is over, people of that role may act there as well.
 * withdraw: what a by= move takes back may be taken back until the step that
 * it was handed in to has passed it on (passed) or even only until a reviewer
 * has opened it (opened).
 * corrects: fields of an item (not lists) that the people of a step of the office
 * put right themselves, on a page of their own; what was and what is now is kept.
 * by: the step whose people may do it (default: from).  rest: the move is for
 * chosen items; the others go to that step (the first) as a case of their own.
 * check="no": nothing is checked, the case is only handed on.
 * higher: only where the case's office has one above it (yes), or only where it has
 * none (no).  What leads to a step at the office above says yes: elsewhere nobody
 * would be there.
 * confirm: a page asks once more before the move is made; without it one does
 * for what leads to an end and for nothing else.
 * States that are not steps are ends: done, rejected, cancelled.  A case that waits
 * for the other one of its pair after its approval stands at "held" (work/pair.h),
 * which no step may be called. */
#ifndef DEFINE_PROCESS_H
#define DEFINE_PROCESS_H
#include <glib.h>
#include <libxml/tree.h>
#include <stdbool.h>
#include "define/expr.h"

/* Approved, and waiting for the other case of its pair. */
#define PROCESS_HELD "held"

enum where { WHERE_OWN, WHERE_PARENT, WHERE_OFFICE, WHERE_HIGHER };
/* Which offices' cases know a move. */
enum move_of { MOVE_OF_ALL, MOVE_OF_UNDER, MOVE_OF_TOP };
struct process_step {
  char *name, *title;
  char **roles;      /* ends with NULL */
  char *climb;       /* a role, or NULL */
  char **corrects;   /* fields of an item; ends with NULL; NULL: none */
  struct expr *when; /* over facts of the case; NULL: always        */
  enum where where;
  bool desk, skip_filed, skip_absent;
  int days; /* of its own clock; 0: none */
};
struct process_move {
  char *name, *from, *to, *title, *by, *rest;
  bool opinion, unchecked;
  bool confirm;    /* a page asks once more before it is made */
  enum move_of of; /* higher=                                  */
};
struct process {
  char *name, *business, *title;
  int version;
  int days;                   /* the office's clock; 0: none */
  bool withdraw_until_passed; /* false: until opened */
  GPtrArray *steps, *moves;   /* struct process_step, struct process_move */
};
/* Where an operator's account stands to a case. */
enum process_place {
  PLACE_OUTSIDE, /* the case's unit is not in their scope */
  PLACE_OWN,     /* their account is the case's unit */
  PLACE_ABOVE,   /* a unit above it */
  PLACE_OFFICE,  /* the case's office */
  PLACE_HIGHER,  /* another office: it looks on */
  PLACE_NEXT, /* the office right above the case's: so it does, but for its steps */
  PLACE_FORMER, /* was above it, and finishes this case */
  PLACE_SINCE, /* above it since: acts for it, and leaves deciding to the former */
};
/* What the decision needs to know; all of it given, nothing looked up. */
struct process_ask {
  const char *step; /* where the case stands                      */
  const char *move;
  const char *const *roles; /* of the operator, ends with NULL            */
  enum process_place place;
  bool other_desk;   /* their desk is not the one of the case's unit */
  bool is_submitter; /* they handed it in themselves               */
  bool opened;       /* a reviewer has opened it                   */
  bool passed;       /* a step has passed it on since it was handed in */
  bool late;         /* its term is over                           */
  bool has_opinion;
  bool alone;              /* the unit has no unit above it              */
  bool top;                /* the office has no office above it          */
  const char *const *idle; /* steps whose when= does not hold; ends
                            * with NULL; NULL: none                 */
};
enum process_answer {
  PROCESS_OK,
  PROCESS_NO_MOVE,        /* no such move from here                */
  PROCESS_NOT_YOURS,      /* wrong role, scope or place            */
  PROCESS_OTHER_DESK,     /* another desk serves the unit          */
  PROCESS_OWN_SUBMISSION, /* nobody reviews his own submission     */
  PROCESS_PASSED,         /* too late to withdraw: passed on       */
  PROCESS_OPENED,         /* too late to withdraw: opened          */
  PROCESS_NEEDS_OPINION,
};
/* Pure.  *RET is the move on PROCESS_OK. */
enum process_answer process_decide (const struct process *,
                                    const struct process_ask *,
                                    const struct process_move **ret);
/* Where the move leads in the end, once the steps that it skips are left out;
 * ASK as for process_decide.  A step's or an end's name. */
const char *process_target (const struct process *, const struct process_ask *,
                            const struct process_move *);
/* Do cases of an office that is TOP, or of one that is not, know the move? */
bool process_knows (const struct process_move *, bool top);
/* The move by which STEP's own people lead on, to a later step or else to done; NULL:
 * none. */
const struct process_move *process_on (const struct process *,
                                       const struct process_step *);
/* Names of the steps whose when= does not hold on FACTS; g_free the array alone.  NULL:
 * no step has one. */
const char **process_idle (const struct process *, xmlDoc *facts);
int process_load (const char *path, const char *pack, GError **error);
/* VERSION 0: the newest. */
const struct process *process_find (const char *business, const char *name,
                                    int version);
/* The newest version that was declared, not made by an overlay; 0: none. */
int process_declared (const char *business, const char *name);
const struct process_step *process_step (const struct process *,
                                         const char *name);
/* What M (rest=) is called where it is for all: the move that leads there from
 * the same step; M itself if there is none. */
const struct process_move *process_whole (const struct process *,
                                          const struct process_move *);
/* The place of step NAME in the order of the process; -1: it is an end. */
int process_index (const struct process *, const char *name);
const struct process_move *process_move (const struct process *,
                                         const char *step, const char *name);
void process_foreach (void (*fn) (const struct process *, void *), void *);
void process_clear (void);
#endif
