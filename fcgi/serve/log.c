/* The log: whole lines to standard error, which the service manager keeps.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "serve/log.h"
#include "serve/clock.h"
#include <glib.h>
#include <time.h>
#include <unistd.h>

static const char *program = "bianzhi";

void
log_name (const char *name)
{
  program = name;
}

/* "<3>" in front of a line that the journal of systemd takes: it keeps the
 * level and shows the rest. */
static char *
level_mark (const char *text)
{
  return g_getenv ("JOURNAL_STREAM") == NULL
         ? g_strdup ("")
         : g_strdup_printf ("<%d>", (int) message_level (text));
}

/* One write, so that the lines of several workers do not mix. */
static void
line_write (const char *text)
{
  char now[20];
  g_autofree char *mark = level_mark (text);
  g_autofree char *line = NULL;
  size_t at;

  /* The log tells the machine's time, whatever BZ_NOW says. */
  clock_text ((int64_t) time (NULL), now);
  line = g_strdup_printf ("%s%s %s[%d] %s", mark, now, program, (int) getpid (),
                          text);
  for (at = 0; line[at] != '\0'; at++)
    if ((unsigned char) line[at] < 0x20 || line[at] == 0x7f)
      line[at] = ' ';
  line[at] = '\n';
  if (write (STDERR_FILENO, line, at + 1) < 0)
    return; /* nobody is left to tell */
}

void
log_line (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  line_write (text);
}

void
log_plain (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  line_write (text);
}

bool
log_debugs (void)
{
  return g_getenv ("BZ_DEBUG") != NULL;
}

void
log_debug (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  if (!log_debugs ())
    return;
  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  line_write (text);
}
