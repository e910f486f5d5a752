/* What the page has to say that a redirect leads to, where an address must not
 * say it: the names of files, of persons.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef WORK_NOTE_H
#define WORK_NOTE_H
#include "serve/req.h"

/* Keep TEXT (at most 256 KiB), in the transaction of the request, for its
 * operator and 24 hours.  What the address carries instead, for a page at PATH;
 * NULL: it could not be kept. */
const char *note_put (struct bz_req *, const char *path, const char *text);
/* That text.  1; 0: it is over, another's or for another page; <0: database. */
int note_get (struct bz_req *, const char *path, const char *reference,
              const char **ret);
/* Keep the marks that stop and have a field, as note_put does. */
const char *note_keep (struct bz_req *, const char *path);
/* Mark all of them again.  BZ_OK, also for a note that is over, another's or of
 * another case; <0: database. */
int note_say (struct bz_req *, const char *reference, const char *path);
#endif
