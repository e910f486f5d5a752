/* The numbered lines of the log: what each means and what to do about it.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "serve/message.h"
#include <string.h>

struct message {
  const char *number; /* "BZ0006" */
  enum message_level level;
  const char *format, *meaning, *remedy;
};

#define MESSAGE(number, name, level, format, meaning, remedy)                  \
  { "BZ" #number, MESSAGE_##level, format, meaning, remedy },
static const struct message messages[] = {
#include "serve/message.def"
};
#undef MESSAGE

enum { NUMBER_LENGTH = 6 };

enum message_level
message_level (const char *line)
{
  for (size_t i = 0; i < G_N_ELEMENTS (messages); i++)
    if (strncmp (line, messages[i].number, NUMBER_LENGTH) == 0)
      return messages[i].level;
  return MESSAGE_INFO;
}

static const char *
level_word (enum message_level level)
{
  switch (level) {
  case MESSAGE_ERROR:
    return "error";
  case MESSAGE_WARNING:
    return "warning";
  case MESSAGE_NOTICE:
    return "notice";
  case MESSAGE_INFO:
    break;
  }
  return "info";
}

/* FORMAT with "..." where something is put in: the reader of a manual knows no
 * conversions. */
static char *
format_shown (const char *format)
{
  GString *s = g_string_new (NULL);

  while (*format != '\0') {
    if (*format != '%') {
      g_string_append_c (s, *format++);
      continue;
    }
    format += strcspn (format, "csdiux");
    g_string_append (s, "...");
    if (*format != '\0')
      format++;
  }
  return g_string_free (s, FALSE);
}

void
message_print (FILE *out)
{
  (void) fputs (
    "# Messages of the log\n\n"
    "Written by `bianzhi-fcgi --messages` out of `fcgi/serve/message.def`; "
    "change it there.\n\n"
    "A line without a number is one request (its number, method, route, status,"
    " time, operator) or what a plugin says.\n"
    "Under systemd each line carries its level, so `journalctl -u bianzhi -p "
    "warning` shows what needs a look.\n",
    out);
  for (size_t i = 0; i < G_N_ELEMENTS (messages); i++) {
    const struct message *m = &messages[i];
    g_autofree char *format = format_shown (m->format);

    (void) fprintf (out, "\n## %s (%s)\n\n`%s`\n\n%s\n\n**What to do.** %s\n",
                    m->number, level_word (m->level), format, m->meaning,
                    m->remedy);
  }
}
