/* Just enough of SQL's surface to find what is not text or comment.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "data/sql.h"
#include <glib.h>

/* A doubled quote and, outside names, a backslash keep the text open. */
static const char *
skip_quoted (const char *p)
{
  char quote = *p;

  for (p++; *p != '\0'; p++) {
    if (*p == '\\' && quote != '`' && p[1] != '\0')
      p++;
    else if (*p == quote && p[1] == quote)
      p++;
    else if (*p == quote)
      return p + 1;
  }
  return p;
}

/* "--" needs a blank behind it in MariaDB: "5--1" is arithmetic. */
static bool
is_line_comment (const char *p)
{
  return *p == '#'
      || (p[0] == '-' && p[1] == '-'
          && (p[2] == '\0' || g_ascii_isspace (p[2])));
}

bool
sql_is_comment (const char *p)
{
  return is_line_comment (p) || (p[0] == '/' && p[1] == '*');
}

bool
sql_is_executable_comment (const char *p)
{
  return p[0] == '/' && p[1] == '*'
      && (p[2] == '!' || (p[2] == 'M' && p[3] == '!'));
}

const char *
sql_skip (const char *p)
{
  const char *end;

  if (*p == '\'' || *p == '"' || *p == '`')
    return skip_quoted (p);
  if (is_line_comment (p)) {
    end = strchr (p, '\n');
    return end != NULL ? end + 1 : p + strlen (p);
  }
  if (p[0] == '/' && p[1] == '*') {
    end = strstr (p + 2, "*/");
    return end != NULL ? end + 2 : p + strlen (p);
  }
  return p;
}

const char *
sql_statement_end (const char *p)
{
  while (*p != '\0' && *p != ';') {
    const char *next = sql_skip (p);

    p = next != p ? next : p + 1;
  }
  return p;
}
