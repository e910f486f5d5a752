/* What the database server and a session on it must be like.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef DATA_DB_SETTING_H
#define DATA_DB_SETTING_H
#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct db_setting {
  const char *name;
  const char
    *want; /* one of these, "|" between; of "sql_mode" all, "," between;
                     * NULL: a number of LEAST or more                         */
  int64_t least;
  bool hard; /* without it what was acknowledged can be lost or bent,
                     * so the program does not run                             */
  const char
    *when; /* a variable that is ON where this matters; NULL: always  */
  const char *reason;
  const char
    *remedy; /* NULL: NAME = WANT in the server's file                */
};
/* Ends with a row whose name is NULL. */
extern const struct db_setting db_settings[];

/* Is VALUE (NULL: the server has no such variable) as S wants it? */
bool db_setting_ok (const struct db_setting *, const char *value);
/* "better X: why; what to do", or "must be X: ...".  The caller frees it. */
char *db_setting_say (const struct db_setting *, const char *value);
#endif
