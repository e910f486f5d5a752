/* The master: keeps the workers; never reads a request, opens no database.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "serve/master.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include "serve/board.h"
#include "serve/clock.h"
#include "serve/handover.h"
#include "serve/jobs.h"
#include "serve/limit.h"
#include "serve/log.h"
#include "serve/notify.h"
#include "serve/reload.h"
#include "serve/render.h"
#include "serve/route.h"
#include "serve/shun.h"
#include "serve/stuck.h"
#include "serve/worker.h"

/* More than five deaths within a minute: one worker every five seconds until
 * a minute has been quiet. */
enum {
  BRAKE_DEATHS = 5,
  BRAKE_WINDOW_MS = 60000,
  BRAKE_PAUSE_MS = 5000,
  BRAKE_ALONE_MS = 500,
  RENDER_PAUSE_MS = 500,
  JOBS_PAUSE_MS = 2000,
  CHECK_MS = 120000, /* that checking a new configuration may take  */
  COME_MS = 5000     /* until few new workers are enough            */
};

struct master {
  const struct conf *conf;
  struct handover *hand; /* the socket, and those of generations before */
  int life[2];           /* its write end is the master's life          */
  pid_t *pids;           /* 0: no worker in this slot                  */
  unsigned n, alive;
  int64_t deaths[BRAKE_DEATHS + 1]; /* times of the last ones, oldest first */
  int64_t next_spawn;
  pid_t render; /* 0: there is none */
  int64_t next_render;
  pid_t jobs; /* 0: there is none */
  int64_t next_jobs;
  bool braking;
  /* A new configuration. */
  bool wanted; /* by a SIGHUP that nobody has looked at yet  */
  pid_t check; /* 0: none goes on                            */
  int64_t check_until;
  int64_t began; /* of this generation */
};

/* -- Workers come. */

/* Only the master holds a life line's other end. */
static void
child_begin (const struct master *m)
{
  close (m->life[1]);
  if (m->hand->life >= 0)
    close (m->hand->life);
  (void) prctl (PR_SET_PDEATHSIG, SIGTERM);
}

static void
child (struct master *m, unsigned slot)
{
  struct worker *w;
  int rc;

  child_begin (m);
  board_take (slot);
  limit_set (m->conf);
  w = worker_new (m->conf);
  rc = worker_run (w, m->hand->listening, m->life[0]);
  worker_free (w);
  exit (rc);
}

static void
spawn (struct master *m, unsigned slot)
{
  pid_t pid;

  board_clear (slot);
  (void) fflush (NULL);
  pid = fork ();
  if (pid == 0)
    child (m, slot);
  if (pid < 0) {
    log_line (BZ0006_FORK, g_strerror (errno));
    m->next_spawn = clock_ms () + BRAKE_PAUSE_MS;
    return;
  }
  m->pids[slot] = pid;
  m->alive++;
}

static void
spawn_missing (struct master *m)
{
  for (unsigned i = 0; i < m->n; i++) {
    if (m->pids[i] != 0 || clock_ms () < m->next_spawn)
      continue;
    spawn (m, i);
    if (m->braking)
      m->next_spawn = clock_ms () + BRAKE_PAUSE_MS;
  }
}

static void
render_keep (struct master *m)
{
  if (m->render != 0 || clock_ms () < m->next_render)
    return;
  m->next_render = clock_ms () + RENDER_PAUSE_MS;
  m->render = render_spawn (m->conf);
  if (m->render < 0)
    m->render = 0;
}

static void
jobs_keep (struct master *m)
{
  if (m->jobs != 0 || clock_ms () < m->next_jobs || !jobs_wanted ())
    return;
  m->next_jobs = clock_ms () + JOBS_PAUSE_MS;
  (void) fflush (NULL);
  m->jobs = fork ();
  if (m->jobs == 0) {
    child_begin (m);
    close (m->hand->listening);
    exit (jobs_run (m->conf, m->life[0]));
  }
  if (m->jobs < 0) {
    log_line (BZ0006_FORK, g_strerror (errno));
    m->jobs = 0;
  }
}

/* -- Workers go. */

static void
death_note (struct master *m)
{
  int64_t now = clock_ms ();
  bool was = m->braking;

  memmove (m->deaths, m->deaths + 1, sizeof m->deaths - sizeof *m->deaths);
  m->deaths[BRAKE_DEATHS] = now;
  m->braking = m->conf->brake && m->deaths[0] != 0
            && now - m->deaths[0] < BRAKE_WINDOW_MS;
  if (m->braking && !was)
    log_line (BZ0008_BRAKE);
  if (m->braking)
    m->next_spawn = now + (m->alive > 0 ? BRAKE_PAUSE_MS : BRAKE_ALONE_MS);
}

/* Was it ended at its deadline because the database was silent?  That is no
 * handler's fault, and fewer workers would not help.  One that asks and asks
 * waits too, but for no answer so long. */
static bool
of_database (const struct master *m, unsigned slot)
{
  struct board_worker w;

  return board_worker (slot, &w) && w.deadline == 0 && w.waits != 0
      && clock_ms () - w.waits >= m->conf->request_seconds * 1000 / 4;
}

static void
gone (struct master *m, unsigned slot, int status)
{
  const struct route *route = board_serving (slot);
  int pid = (int) m->pids[slot];

  m->pids[slot] = 0;
  m->alive--;
  /* A handler that calls exit did not leave by itself. */
  if (WIFEXITED (status) && WEXITSTATUS (status) == 0 && route == NULL) {
    m->next_spawn = 0; /* it left by itself: the brake is not for it */
    return;
  }
  log_line (BZ0007_WORKER_DIED, pid,
            WIFSIGNALED (status) ? "was ended by signal" : "left with status",
            WIFSIGNALED (status) ? WTERMSIG (status) : WEXITSTATUS (status),
            route ? route->row.method : "nothing",
            route ? route->row.path : "");
  if (WIFSIGNALED (status) && WTERMSIG (status) == SIGSYS)
    log_line (BZ0072_SANDBOX_ENDED, pid);
  board_count (BOARD_DEATHS, 1);
  board_lost (route);
  if (!of_database (m, slot) && !shun_death (m->conf, route))
    death_note (m);
}

static void
worker_gone (struct master *m, pid_t pid, int status)
{
  for (unsigned i = 0; i < m->n; i++)
    if (m->pids[i] == pid) {
      gone (m, i, status);
      return;
    }
}

static void
render_gone (struct master *m, int status)
{
  log_line (BZ0013_RENDER_DIED, (int) m->render,
            WIFSIGNALED (status) ? "signal" : "status",
            WIFSIGNALED (status) ? WTERMSIG (status) : WEXITSTATUS (status));
  m->render = 0;
}

static void
jobs_gone (struct master *m, int status)
{
  if (!WIFEXITED (status) || WEXITSTATUS (status) != 0)
    log_line (BZ0040_JOBS_DIED, (int) m->jobs,
              WIFSIGNALED (status) ? "signal" : "status",
              WIFSIGNALED (status) ? WTERMSIG (status) : WEXITSTATUS (status));
  m->jobs = 0;
}

/* -- A new configuration. */

/* Become what is installed now.  Returns if that failed. */
static void
renew (struct master *m)
{
  unsigned before = m->hand->leavers->len;

  for (unsigned i = 0; i < m->n; i++)
    if (m->pids[i] > 0)
      handover_add (m->hand, m->pids[i], LEAVER_WORKER);
  if (m->render > 0)
    handover_add (m->hand, m->render, LEAVER_RENDER);
  if (m->jobs > 0)
    handover_add (m->hand, m->jobs, LEAVER_JOBS);
  m->hand->life = m->life[1];
  if (m->wanted) /* it is blocked, and waits for who we are then */
    (void) kill (getpid (), SIGHUP);
  reload_become (m->hand);
  m->hand->life = -1;
  handover_drop (m->hand, before);
}

static void
check_gone (struct master *m, int status)
{
  m->check = 0;
  if (WIFEXITED (status) && WEXITSTATUS (status) == 0) {
    renew (m);
    return;
  }
  log_line (BZ0020_REFUSED, WIFSIGNALED (status) ? "signal" : "status",
            WIFSIGNALED (status) ? WTERMSIG (status) : WEXITSTATUS (status));
}

/* One after the other: a SIGHUP that comes meanwhile waits. */
static void
reload_step (struct master *m)
{
  if (m->check > 0 && clock_ms () > m->check_until) {
    (void) kill (m->check, SIGKILL);
    m->check_until = G_MAXINT64;
  }
  if (!m->wanted || m->check > 0 || m->hand->life >= 0)
    return;
  m->wanted = false;
  m->check_until = clock_ms () + CHECK_MS;
  m->check = reload_check ();
  if (m->check < 0)
    m->check = 0;
}

/* Those before us leave when we have come: all of us, or after a while some. */
static void
takeover_step (struct master *m)
{
  unsigned ready = board_count_ready ();

  handover_overdue (m->hand);
  if (m->hand->life < 0 || ready == 0
      || (ready < m->n && clock_ms () < m->began + COME_MS))
    return;
  handover_let_go (m->hand, m->conf);
  notify_ready ();
  log_line (BZ0025_RELOADED, handover_left (m->hand));
}

static void
reap (struct master *m)
{
  int status;
  pid_t pid;

  while ((pid = waitpid (-1, &status, WNOHANG)) > 0) {
    if (pid == m->render)
      render_gone (m, status);
    else if (pid == m->jobs)
      jobs_gone (m, status);
    else if (pid == m->check)
      check_gone (m, status);
    else if (!handover_gone (m->hand, pid, status))
      worker_gone (m, pid, status);
  }
}

static void
tell_all (struct master *m, int signal_number)
{
  for (unsigned i = 0; i < m->n; i++)
    if (m->pids[i] > 0)
      (void) kill (m->pids[i], signal_number);
  if (m->jobs > 0)
    (void) kill (m->jobs, signal_number);
  handover_tell (m->hand, signal_number);
}

/* Who has to end before we do. */
static unsigned
left (const struct master *m)
{
  return m->alive + (m->jobs > 0) + handover_left (m->hand);
}

/* A worker over its deadline does not come back by itself. */
static void
overdue_end (struct master *m)
{
  for (unsigned i = 0; i < m->n; i++)
    if (m->pids[i] != 0)
      stuck_look (m->conf, i, m->pids[i]);
}

/* -- The loop. */

static void
signals_block (sigset_t *set)
{
  static const int numbers[] = { SIGTERM, SIGINT,  SIGHUP, SIGCHLD,
                                 SIGPIPE, SIGUSR1, SIGUSR2 };

  sigemptyset (set);
  for (size_t i = 0; i < G_N_ELEMENTS (numbers); i++)
    sigaddset (set, numbers[i]);
  sigprocmask (SIG_BLOCK, set, NULL);
}

static int
signal_wait (const sigset_t *set, long ms)
{
  struct timespec limit = { .tv_sec = ms / 1000,
                            .tv_nsec = ms % 1000 * 1000000 };

  return sigtimedwait (set, NULL, &limit);
}

/* Workers finish their request; who does not in time is ended. */
static void
drain (struct master *m, const sigset_t *set)
{
  int64_t until = clock_ms () + m->conf->request_seconds * 1000;

  log_line (BZ0004_ENDING, left (m));
  tell_all (m, SIGTERM);
  while (left (m) > 0 && clock_ms () < until) {
    (void) signal_wait (set, 200);
    reap (m);
  }
  if (left (m) > 0) {
    log_line (BZ0010_NOT_ENDED, left (m));
    tell_all (m, SIGKILL);
  }
  while (left (m) > 0) {
    (void) signal_wait (set, 200);
    reap (m);
  }
}

static void
keep (struct master *m, const sigset_t *set)
{
  for (;;) {
    int got;

    if (m->braking && clock_ms () - m->deaths[BRAKE_DEATHS] > BRAKE_WINDOW_MS)
      m->braking = false;
    spawn_missing (m);
    render_keep (m);
    jobs_keep (m);
    got = signal_wait (set, 250);
    if (got == SIGTERM || got == SIGINT)
      return;
    if (got == SIGHUP)
      m->wanted = true;
    reload_step (m);
    reap (m);
    takeover_step (m);
    overdue_end (m);
  }
}

/* Those who come now are told by the web server that we are away. */
static void
socket_close (struct handover *h)
{
  g_autofree char *path = handover_path (h);

  close (h->listening);
  h->listening = -1;
  if (h->bound && path != NULL)
    (void) unlink (path);
}

/* What it was bound to stays: the web server would not find another. */
static void
socket_compare (const struct conf *conf, const struct handover *h)
{
  g_autofree char *path = handover_path (h);

  if (h->life >= 0 && conf->socket != NULL
      && g_strcmp0 (conf->socket, path) != 0)
    log_line (BZ0026_SOCKET_STAYS, conf->path,
              path != NULL ? path : "the one that was handed over");
}

static void
end (struct master *m, const sigset_t *set)
{
  notify_stopping ();
  socket_close (m->hand);
  if (m->check > 0)
    (void) kill (m->check, SIGKILL);
  m->check = 0;
  drain (m, set);
  if (m->render > 0)
    (void) kill (m->render, SIGKILL);
  render_close ();
  close (m->life[0]);
  close (m->life[1]);
  board_free ();
  shun_forget ();
  g_free (m->pids);
}

int
master_run (const struct conf *conf, struct handover *hand)
{
  struct master m = { .conf = conf,
                      .hand = hand,
                      .n = (unsigned) conf->workers,
                      .began = clock_ms () };
  sigset_t set;

  if (pipe2 (m.life, O_CLOEXEC) < 0 || render_open () < 0) {
    log_line (BZ0005_NO_PIPE, g_strerror (errno));
    return 1;
  }
  m.pids = g_new0 (pid_t, m.n);
  board_new (m.n, hand->generation, route_count (), route_at);
  stuck_warm ();
  signals_block (&set);
  socket_compare (conf, hand);
  log_line (BZ0002_READY, m.n);
  if (hand->life < 0)
    notify_ready ();
  keep (&m, &set);
  end (&m, &set);
  return 0;
}
