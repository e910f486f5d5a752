/* The folder of received files.  SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef SERVE_SPOOL_H
#define SERVE_SPOOL_H
#include <stdbool.h>
#include "serve/conf.h"

/* A descriptor of the folder, which stays ours and open; -1: errno says why.
 * What goes into the sandbox asks for it before. */
int spool_folder (const struct conf *);
/* Does the folder's file system know files without a name? */
bool spool_nameless (const struct conf *);
/* A new file in it that nobody else finds; the caller's.  -1: errno. */
int spool_open (const struct conf *);
#endif
