/* A private MariaDB for the tests of one program.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef PRIVATE_DB_H
#define PRIVATE_DB_H
#include "data/db.h"
#include "serve/conf.h"
#include "serve/req.h"

extern char *dir;               /* of the server, and for files of the test  */
extern struct conf *conf;       /* application bz_app, owner root            */

/* Start a server, run the tests that ADD adds, end it, remove its folder. */
int private_db_main (int argc, char **argv, void (*add) (void));
void server (const char *command);              /* start, stop */
struct db *open_db (bool owner);
void run (const char *sql);     /* as the owner; what fails ends the test */
void done (struct bz_req *);    /* with its connection */
/* Queries from a text. */
void load_queries (const char *xml, const char *pack);
#endif
