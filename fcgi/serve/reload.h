/* A new configuration without a lost request: what is on disk is checked by a
 * child, then the master becomes the program that is installed now.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef SERVE_RELOAD_H
#define SERVE_RELOAD_H
#include <sys/types.h>
#include "serve/handover.h"

/* How this program was called, before any option is read. */
void reload_remember (char *const *argv);
/* A child that loads and checks everything anew, with the program that is
 * installed now, and says in the log what is wrong.  It ends with 0 or not.  Its
 * pid, or <0. */
pid_t reload_check (void);
/* Become the program that is installed now.  Returns only when that failed, with
 * the reason in the log and nothing changed. */
void reload_become (const struct handover *);
/* Everything was right a moment ago and is wrong now (WHY): the generation
 * before serves on, and it is tried again until it works.  Returns when told to
 * end and everybody has left; owns nothing. */
void reload_stranded (struct handover *, const char *why);
#endif
