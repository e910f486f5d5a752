/* Just enough of SQL's surface to find what is not text or comment.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef DATA_SQL_H
#define DATA_SQL_H
#include <stdbool.h>

/* The end of the quoted text or comment that begins at P, or P if none does.
 * Something that never closes ends with the text. */
const char *sql_skip (const char *p);
bool sql_is_comment (const char *p);
bool sql_is_executable_comment (const char *p);
/* The end of the statement that begins at P: its semicolon, or the end of the
 * text. */
const char *sql_statement_end (const char *p);
#endif
