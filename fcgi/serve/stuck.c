/* A request that takes too long: where it hangs, and its end.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "serve/stuck.h"
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/uio.h>
#include <unistd.h>
#include "serve/board.h"
#include "serve/clock.h"
#include "serve/log.h"
#include "serve/route.h"

enum { STUCK_FRAMES = 64, STUCK_GRACE_MS = 1000 };

static int out = -1; /* the log; open before anything hangs */

void
stuck_warm (void)
{
  void *frame[1];

  (void) backtrace (frame, 1);
}

/* -- The worker. */

static struct iovec
piece (const char *text)
{
  return (struct iovec){ .iov_base = (char *) text, .iov_len = strlen (text) };
}

/* Only calls that a handler may make. */
static void
on_look (int signal_number)
{
  int saved = errno, n;
  void *frames[STUCK_FRAMES];
  const struct route *route = board_mine ();
  const struct iovec head[] = {
    piece ("stack of "),
    piece (route != NULL ? route->row.method : "a request"),
    piece (" "),
    piece (route != NULL ? route->row.path : "without a route"),
    piece ("\n"),
  };

  if (writev (out, head, G_N_ELEMENTS (head)) > 0) {
    n = backtrace (frames, STUCK_FRAMES);
    backtrace_symbols_fd (frames, n, out);
  }
  errno = saved;
}

void
stuck_watch (void)
{
  struct sigaction look = { .sa_handler = on_look, .sa_flags = SA_RESTART };

  sigfillset (&look.sa_mask);
  if (out < 0)
    out = fcntl (STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  if (out >= 0)
    sigaction (SIGUSR2, &look, NULL);
}

static void
mask (int how)
{
  sigset_t one;

  if (out < 0)
    return;
  sigemptyset (&one);
  sigaddset (&one, SIGUSR2);
  sigprocmask (how, &one, NULL);
}

void
stuck_open (void)
{
  mask (SIG_UNBLOCK);
}

void
stuck_shut (void)
{
  mask (SIG_BLOCK);
}

/* -- The master. */

static void
end (unsigned slot, pid_t pid)
{
  log_line (BZ0009_OVERDUE, (int) pid);
  board_count (BOARD_OVERDUE, 1);
  board_deadline_met (slot);
  (void) kill (pid, SIGKILL);
}

/* LAST: at its deadline. */
static void
ask (unsigned slot, pid_t pid, const struct board_worker *w, bool last)
{
  if (!board_warn (slot, last ? 2 : 1))
    return;
  log_line (BZ0030_SLOW, (int) pid,
            w->route != NULL ? w->route->row.method : "a request",
            w->route != NULL ? w->route->row.path : "without a route",
            (int) ((clock_ms () - w->since) / 1000));
  board_count (BOARD_SLOW, 1);
  (void) kill (pid, SIGUSR2);
}

void
stuck_look (const struct conf *conf, unsigned slot, pid_t pid)
{
  int64_t now = clock_ms (), slow = conf->slow_seconds * 1000;
  struct board_worker w;

  if (!board_worker (slot, &w) || w.deadline == 0)
    return;
  if (now >= w.deadline + STUCK_GRACE_MS)
    end (slot, pid);
  else if (w.state == BOARD_WORKING && now >= w.deadline)
    ask (slot, pid, &w, true);
  else if (w.state == BOARD_WORKING && slow > 0 && now >= w.since + slow)
    ask (slot, pid, &w, false);
}
