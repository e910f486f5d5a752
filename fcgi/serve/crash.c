/* Faults to order, for tests.  SPDX-License-Identifier: MulanPSL-2.0 */
#include "serve/crash.h"
#include <errno.h>
#include <glib.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>
#include "serve/log.h"

static const char *orders; /* NULL: no test */
static char *point_due;    /* NULL: no order */
static gint64 passes_left;
static int signal_due;

bool
crash_init (bool forbidden)
{
  const char *path = g_getenv ("BZ_CRASH_AT");

  orders = path != NULL && *path != '\0' ? path : NULL;
  return orders == NULL || !forbidden;
}

/* Only one worker succeeds in renaming it. */
static char *
order_read (void)
{
  g_autofree char *mine = g_strdup_printf ("%s.%d", orders, (int) getpid ());
  char *text = NULL;

  if (rename (orders, mine) != 0)
    return NULL;
  if (!g_file_get_contents (mine, &text, NULL, NULL))
    text = NULL;
  (void) unlink (mine);
  return text;
}

void
crash_take (void)
{
  g_autofree char *text = NULL;
  char *colon;

  if (orders == NULL)
    return;
  g_clear_pointer (&point_due, g_free);
  text = order_read ();
  colon = text != NULL ? strchr (text, ':') : NULL;
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
  (void) kill (getpid (), signal_due);
}

void
crash_at (const char *point)
{
  if (crash_due (point))
    crash_now ();
}
