/* Faults to order, for tests.  SPDX-License-Identifier: MulanPSL-2.0 */
#include "serve/crash.h"
#include <fcntl.h>
#include <glib.h>
#include <signal.h>
#include <unistd.h>
#include "serve/log.h"

static int orders = -1; /* -1: no test */
static char *point_due; /* NULL: no order */
static gint64 passes_left;
static int signal_due;

bool
crash_init (bool forbidden)
{
  const char *path = g_getenv ("BZ_CRASH_AT");

  if (path == NULL || *path == '\0')
    return true;
  if (!forbidden)
    orders = open (path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
  return !forbidden;
}

void
crash_take (void)
{
  char text[CRASH_ORDER + 1] = "";
  const char *colon;

  if (orders < 0)
    return;
  g_clear_pointer (&point_due, g_free);
  if (read (orders, text, CRASH_ORDER) != CRASH_ORDER)
    return;
  colon = strchr (text, ':');
  if (colon == NULL)
    return;
  signal_due = g_str_has_suffix (text, ":stop") ? SIGSTOP : SIGKILL;
  passes_left = g_ascii_strtoll (colon + 1, NULL, 10);
  point_due = g_strndup (text, (gsize) (colon - text));
}

bool
crash_due (const char *point)
{
  if (point_due == NULL || !g_str_equal (point_due, point)
      || --passes_left != 0)
    return false;
  log_plain ("fault at %s", point);
  g_clear_pointer (&point_due, g_free);
  return true;
}

void
crash_now (void)
{
  (void) raise (signal_due);
}

void
crash_at (const char *point)
{
  if (crash_due (point))
    crash_now ();
}
