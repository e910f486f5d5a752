/* Processes: the one decision whether a move may be made, and where it leads.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "define/process.h"
#include <string.h>

static bool
has_role (const struct process_ask *ask, const char *role)
{
  return ask->roles != NULL && role != NULL
      && g_strv_contains (ask->roles, role);
}

static bool
has_any_role (const struct process_ask *ask, const struct process_step *step)
{
  for (char **r = step->roles; *r != NULL; r++)
    if (has_role (ask, *r))
      return true;
  return false;
}

static bool
place_fits (const struct process_ask *ask, const struct process_step *step)
{
  switch (step->where) {
  case WHERE_OWN: /* its parent or its office may act for it */
    return ask->place == PLACE_OWN || ask->place == PLACE_ABOVE
        || ask->place == PLACE_OFFICE || ask->place == PLACE_SINCE;
  case WHERE_PARENT:
    return ask->place == PLACE_ABOVE || ask->place == PLACE_FORMER;
  case WHERE_OFFICE:
    return ask->place == PLACE_OFFICE;
  case WHERE_HIGHER:
    return ask->place == PLACE_NEXT;
  }
  return false;
}

static enum process_answer
stands_there (const struct process_ask *ask, const struct process_step *step)
{
  if (!place_fits (ask, step))
    return PROCESS_NOT_YOURS;
  if (ask->late && has_role (ask, step->climb))
    return PROCESS_OK;
  if (!has_any_role (ask, step))
    return PROCESS_NOT_YOURS;
  return step->desk && ask->other_desk ? PROCESS_OTHER_DESK : PROCESS_OK;
}

static enum process_answer
takes_back (const struct process *p, const struct process_ask *ask)
{
  if (ask->passed)
    return PROCESS_PASSED;
  return ask->opened && !p->withdraw_until_passed ? PROCESS_OPENED : PROCESS_OK;
}

bool
process_knows (const struct process_move *move, bool top)
{
  return move->of == MOVE_OF_ALL || (move->of == MOVE_OF_TOP) == top;
}

enum process_answer
process_decide (const struct process *p, const struct process_ask *ask,
                const struct process_move **ret)
{
  const struct process_move *move = process_move (p, ask->step, ask->move);
  const struct process_step *first = p->steps->pdata[0];
  enum process_answer answer;
  const char *who;

  if (move == NULL || !process_knows (move, ask->top))
    return PROCESS_NO_MOVE;
  who = move->by != NULL ? move->by : move->from;
  answer = stands_there (ask, process_step (p, who));
  if (answer == PROCESS_OK && strcmp (who, move->from) != 0)
    answer = takes_back (p, ask);
  else if (answer == PROCESS_OK && ask->is_submitter
           && strcmp (who, first->name) != 0)
    answer = PROCESS_OWN_SUBMISSION;
  if (answer == PROCESS_OK && move->opinion && !ask->has_opinion)
    answer = PROCESS_NEEDS_OPINION;
  if (answer == PROCESS_OK)
    *ret = move;
  return answer;
}

/* -- Where it leads. */

/* ASK NULL: whatever the case's office. */
static const struct process_move *
leads_on (const struct process *p, const struct process_ask *ask,
          const struct process_step *step)
{
  const struct process_move *done = NULL;
  int from = process_index (p, step->name);

  for (unsigned i = 0; i < p->moves->len; i++) {
    const struct process_move *m = p->moves->pdata[i];

    if (strcmp (m->from, step->name) != 0 || m->by != NULL || m->rest != NULL
        || (ask != NULL && !process_knows (m, ask->top)))
      continue;
    if (process_index (p, m->to) > from)
      return m;
    if (done == NULL && strcmp (m->to, "done") == 0)
      done = m;
  }
  return done;
}

const struct process_move *
process_on (const struct process *p, const struct process_step *step)
{
  return leads_on (p, NULL, step);
}

static bool
left_out (const struct process_ask *ask, const struct process_step *step)
{
  if (step->skip_absent && step->where == WHERE_PARENT && ask->alone)
    return true;
  if (ask->idle != NULL && g_strv_contains (ask->idle, step->name))
    return true;
  return step->skip_filed && stands_there (ask, step) == PROCESS_OK;
}

const char *
process_target (const struct process *p, const struct process_ask *ask,
                const struct process_move *move)
{
  const struct process_step *step = process_step (p, move->to);

  if (process_index (p, move->to) < process_index (p, move->from))
    return move->to; /* back is back */
  while (step != NULL && left_out (ask, step)) {
    move = leads_on (p, ask, step);
    step = process_step (p, move->to);
  }
  return move->to;
}
