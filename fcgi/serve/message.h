/* The numbered lines of the log, out of message.def.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef SERVE_MESSAGE_H
#define SERVE_MESSAGE_H
#include <glib.h>
#include <stdio.h>

/* The numbers are those of syslog. */
enum message_level {
  MESSAGE_ERROR = 3,
  MESSAGE_WARNING = 4,
  MESSAGE_NOTICE = 5,
  MESSAGE_INFO = 6,
};

/* BZ0006_FORK and so on: formats, as arrays so that the compiler can compare
 * them with the arguments. */
#define MESSAGE(number, name, level, format, meaning, remedy)                  \
  static const char BZ##number##_##name[] G_GNUC_UNUSED = "BZ" #number         \
                                                          " " format;
#include "serve/message.def"
#undef MESSAGE

/* How much a line matters by the number that it begins with; a line without a
 * number is MESSAGE_INFO. */
enum message_level message_level (const char *line);
/* The table as a page of the manual. */
void message_print (FILE *);
#endif
