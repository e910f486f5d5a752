/* What a master hands to the one that it becomes: the socket, and who still
 * serves for the generation before.  SPDX-License-Identifier: MulanPSL-2.0
 *
 * A master that takes up a new configuration becomes another program in the
 * same process (reload.h), so the processes of the generation before stay its
 * children.  They serve until their life line is closed (handover_let_go), then
 * finish what they are at and leave. */
#ifndef SERVE_HANDOVER_H
#define SERVE_HANDOVER_H
#include <glib.h>
#include <stdbool.h>
#include <sys/types.h>
#include "serve/conf.h"

/* A worker; bianzhi-render, which leaves when no worker is left; bianzhi-jobs,
 * which ends its job first. */
enum leaver { LEAVER_WORKER = 'w', LEAVER_RENDER = 'r', LEAVER_JOBS = 'j' };
struct handover {
  int listening;
  bool bound;         /* by us: its path goes when we end                   */
  int life;           /* the others live while it is open; -1: told already */
  int64_t generation; /* of the master, from 1                           */
  GArray *leavers;    /* of handover.c                                   */
};
/* Owns LISTENING from now on. */
struct handover *handover_new (int listening, bool bound);
/* Closes everything; nobody is told anything more than that. */
void handover_free (struct handover *);
/* What the environment brings for this very process: 1 with *RET, 0 nothing,
 * <0 with ERROR when it is not what it says. */
int handover_take (struct handover **ret, GError **error);
/* Put it into the environment and leave its descriptors open in what is started
 * in our place; handover_hold takes that back. */
void handover_give (const struct handover *);
void handover_hold (const struct handover *);
/* The socket's path; NULL: it has none.  g_free. */
char *handover_path (const struct handover *);

void handover_add (struct handover *, pid_t, enum leaver);
/* Forget those who were added after the first N. */
void handover_drop (struct handover *, unsigned n);
/* Close the life line.  From now on each has its time to end. */
void handover_let_go (struct handover *, const struct conf *);
/* PID, a child that has ended, is forgotten.  Was it one of these? */
bool handover_gone (struct handover *, pid_t, int status);
/* End those that are over their time. */
void handover_overdue (struct handover *);
/* Signal NUMBER to all but bianzhi-render, which the workers need. */
void handover_tell (struct handover *, int number);
/* How many of those are left. */
unsigned handover_left (const struct handover *);
#endif
