/* A form that was sent when the session was gone: nothing typed is lost.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * The log-in page carries every value of the form as "keep.NAME", repeated ones
 * too, its address as keep_path.  Of its files those that are kept for this
 * operator (work/hold.h) as keep.held.FIELD and keep_held, those that have to be
 * chosen again as keep_file, by their names.  After the log-in the same operator (the form's key tells) gets them back with one
 * button; another one gets the empty form. */
#ifndef PEOPLE_RESUME_H
#define PEOPLE_RESUME_H
#include <stdbool.h>
#include "serve/req.h"

/* The answer to such a POST: the log-in page, HTTP status 401. */
int session_resume_page (struct bz_req *);
/* Does this request carry such a form? */
bool resume_waits (struct bz_req *);
/* Copy what it carries into another FORM. */
void resume_carry (struct bz_req *, xmlNode *form);
/* Somebody is logged in now: the page that sends the form again. */
int resume_finish (struct bz_req *);
#endif
