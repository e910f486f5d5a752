/* A new configuration without a lost request.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "serve/reload.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include "serve/clock.h"
#include "serve/log.h"
#include "serve/notify.h"

enum { AGAIN_SECONDS = 5, END_SECONDS = 30, STATUS_NO_PROGRAM = 127 };

/* Set once, before anything else. */
static char *program;
static char **arguments;

void
reload_remember (char *const *argv)
{
  g_free (program);
  g_strfreev (arguments);
  arguments = g_strdupv ((char **) argv);
  /* By the name, not by what it stands for now: a new version is installed under
   * the same name. */
  program = strchr (argv[0], '/') != NULL
            ? g_canonicalize_filename (argv[0], NULL)
            : g_find_program_in_path (argv[0]);
  if (program == NULL)
    program = g_strdup ("/proc/self/exe");
}

/* -- Checking. */

static void
check_run (void)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  int nothing = open ("/dev/null", O_RDWR | O_CLOEXEC);
  char check[] = "--check-config";
  sigset_t none;

  for (char **a = arguments; *a != NULL; a++)
    g_ptr_array_add (words, *a);
  g_ptr_array_add (words, check);
  g_ptr_array_add (words, NULL);
  (void) prctl (PR_SET_PDEATHSIG, SIGKILL);
  sigemptyset (&none);
  sigprocmask (SIG_SETMASK, &none, NULL);
  (void) dup2 (nothing, STDIN_FILENO);
  (void) dup2 (nothing, STDOUT_FILENO); /* "ok" is no line of the log */
  (void) execve (program, (char **) words->pdata, environ);
  log_line (BZ0021_NO_PROGRAM, program, g_strerror (errno));
  _exit (STATUS_NO_PROGRAM);
}

pid_t
reload_check (void)
{
  pid_t pid;

  (void) fflush (NULL);
  pid = fork ();
  if (pid == 0)
    check_run ();
  if (pid < 0)
    log_line (BZ0006_FORK, g_strerror (errno));
  return pid;
}

/* -- Becoming another. */

void
reload_become (const struct handover *h)
{
  notify_reloading ();
  handover_give (h);
  (void) fflush (NULL);
  (void) execve (program, arguments, environ);
  handover_hold (h);
  log_line (BZ0021_NO_PROGRAM, program, g_strerror (errno));
  notify_ready ();
}

static void
reap (struct handover *h)
{
  int status;
  pid_t pid;

  while ((pid = waitpid (-1, &status, WNOHANG)) > 0)
    (void) handover_gone (h, pid, status);
}

/* Told to end before anything new has begun. */
static void
end (struct handover *h)
{
  int64_t until = clock_ms () + 1000 * END_SECONDS;
  g_autofree char *path = handover_path (h);

  if (h->bound && path != NULL)
    (void) unlink (path);
  handover_tell (h, SIGTERM);
  while (handover_left (h) > 0 && clock_ms () < until) {
    g_usleep (50 * 1000);
    reap (h);
  }
  handover_tell (h, SIGKILL);
  handover_free (h);
}

void
reload_stranded (struct handover *h, const char *why)
{
  struct timespec limit = { .tv_sec = AGAIN_SECONDS };
  sigset_t set;
  int got;

  log_line (BZ0022_STRANDED, (int) AGAIN_SECONDS, why);
  /* The master that we were has blocked them. */
  sigemptyset (&set);
  sigaddset (&set, SIGTERM);
  sigaddset (&set, SIGINT);
  sigaddset (&set, SIGHUP);
  for (;;) {
    got = sigtimedwait (&set, NULL, &limit);
    reap (h);
    if (got == SIGTERM || got == SIGINT)
      break;
    reload_become (h);
  }
  end (h);
}
