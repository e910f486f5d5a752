/* Work that a worker must not do itself: PDF, pictures.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * A job is a message of one struct order with three descriptors: its input and
 * its output (files in memory) and the socket on which its outcome is waited
 * for.  Orders that wait stand in the socket, which the master holds open: they
 * outlive a bianzhi-render that dies. */
#include "serve/render.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include "serve/clock.h"
#include "serve/log.h"
#include "serve/sandbox.h"

/* BUSY: nobody has begun it. */
enum outcome {
  MADE = 'm',
  REFUSED = 'r',
  BROKEN = 'b',
  LATE = 'l',
  BUSY = 'w'
};
enum {
  ORDER_FDS = 3,
  CLOCK_MS = 2000, /* of a job, for each second of processor time */
  SPARE_MS = 2000  /* of a request, to say that it was too long  */
};

struct kind {
  const char *name;
  render_fn run;
  void (*warm) (void);
  int seconds; /* of processor time; 0: as configured */
};
struct order {
  uint32_t kind;
  int in, out, answer; /* only their numbers in the message are ours */
};

/* Set before the fork, const afterwards. */
static struct kind kinds[RENDER_KINDS];
static unsigned n_kinds;
static int ends[2] = { -1, -1 }; /* orders go into 1, come out of 0 */
static int nothing = -1;         /* /dev/null, once it was needed */

void
render_kind (const char *name, render_fn run, void (*warm) (void), int seconds)
{
  const struct kind kind = { name, run, warm, seconds };

  for (unsigned i = 0; i < n_kinds; i++)
    if (strcmp (kinds[i].name, name) == 0) {
      kinds[i] = kind;
      return;
    }
  if (n_kinds == RENDER_KINDS)
    g_error ("more than %d kinds of jobs", RENDER_KINDS);
  kinds[n_kinds++] = kind;
}

/* What a job of KIND may take of the processor. */
static int
seconds_of (const struct conf *conf, const struct kind *kind)
{
  return kind->seconds > 0 ? MIN (kind->seconds, conf->render_seconds)
                           : conf->render_seconds;
}

/* -- One job, in a child of its own. */

static void
limit (int what, int64_t soft, int64_t hard)
{
  struct rlimit l = { (rlim_t) soft, (rlim_t) hard };

  (void) setrlimit (what, &l);
}

static void
limits_set (const struct conf *conf, int seconds)
{
  sigset_t none;

  /* The soft limit speaks by SIGXCPU, the hard one by SIGKILL, which does not
   * tell why. */
  limit (RLIMIT_CPU, seconds, seconds + 1);
  limit (RLIMIT_FSIZE, conf->render_output, conf->render_output);
  limit (RLIMIT_CORE, 0, 0);
#ifndef __SANITIZE_ADDRESS__ /* which maps terabytes for itself */
  limit (RLIMIT_AS, conf->render_memory, conf->render_memory);
#endif
  (void) prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  for (int s = 1; s < NSIG; s++)
    (void) signal (s, SIG_DFL);
  sigemptyset (&none);
  sigprocmask (SIG_SETMASK, &none, NULL);
}

/* A parent in the sandbox opens it no more. */
static void
nothing_open (void)
{
  if (nothing < 0)
    nothing = open ("/dev/null", O_RDWR | O_CLOEXEC);
}

/* Only standard error and the N descriptors of KEEP stay open, those as 3, 4
 * ...: no database, no socket of a request, nobody's life line. */
static void
doors_close (const int *keep, int n)
{
  int high[ORDER_FDS];

  nothing_open ();
  for (int i = 0; i < n; i++)
    high[i] = fcntl (keep[i], F_DUPFD, 64);
  (void) dup2 (nothing, STDIN_FILENO);
  (void) dup2 (nothing, STDOUT_FILENO);
  for (int i = 0; i < n; i++)
    if (high[i] < 0 || dup2 (high[i], 3 + i) < 0)
      _exit (BROKEN);
  if (close_range ((unsigned) (3 + n), ~0U, 0) < 0)
    _exit (BROKEN);
}

static bool
write_all (int fd, const uint8_t *at, size_t size)
{
  while (size > 0) {
    ssize_t n = write (fd, at, size);

    if (n < 0 && errno != EINTR)
      return false;
    if (n > 0) {
      at += n;
      size -= (size_t) n;
    }
  }
  return true;
}

/* ALIVE is open for as long as this process is. */
static void
job_run (const struct conf *conf, const struct order *o, int alive)
{
  const int keep[ORDER_FDS] = { o->in, o->out, alive };
  GByteArray *out = g_byte_array_new ();
  void *bytes = NULL;
  off_t size;
  int rc;

  (void) prctl (PR_SET_PDEATHSIG, SIGKILL);
  doors_close (keep, ORDER_FDS);
  limits_set (conf, seconds_of (conf, &kinds[o->kind]));
  if (sandbox_enter (conf, SANDBOX_JOB, NULL) < 0)
    _exit (BROKEN);
  size = lseek (3, 0, SEEK_END);
  if (size > 0)
    bytes = mmap (NULL, (size_t) size, PROT_READ, MAP_PRIVATE, 3, 0);
  if (size < 0 || bytes == MAP_FAILED)
    _exit (BROKEN);
  rc = kinds[o->kind].run (bytes, (size_t) size, out);
  if (!write_all (4, out->data, out->len))
    _exit (BROKEN);
  g_byte_array_unref (out);
  _exit (rc < 0 ? REFUSED : MADE);
}

/* The child's end, or its end by us after MS. */
static enum outcome
job_wait (const char *kind, pid_t pid, int alive, int ms)
{
  struct pollfd p = { .fd = alive };
  bool late = poll (&p, 1, ms) == 0;
  int status;

  if (late)
    (void) kill (pid, SIGKILL);
  while (waitpid (pid, &status, 0) < 0)
    if (errno != EINTR)
      return BROKEN;
  if (WIFEXITED (status)
      && (WEXITSTATUS (status) == MADE || WEXITSTATUS (status) == REFUSED))
    return (enum outcome) WEXITSTATUS (status);
  if (late || (WIFSIGNALED (status) && WTERMSIG (status) == SIGXCPU)) {
    log_line (BZ0011_JOB_LATE, kind);
    return LATE;
  }
  log_line (BZ0012_JOB_BROKE, kind, WIFSIGNALED (status) ? "signal" : "status",
            WIFSIGNALED (status) ? WTERMSIG (status) : WEXITSTATUS (status));
  return BROKEN;
}

static enum outcome
job_do (const struct conf *conf, const struct order *o)
{
  const struct kind *kind = &kinds[o->kind];
  enum outcome outcome;
  int alive[2];
  pid_t pid;

  if (pipe2 (alive, O_CLOEXEC) < 0)
    return BUSY;
  (void) fflush (NULL);
  pid = fork ();
  if (pid == 0)
    job_run (conf, o, alive[1]);
  close (alive[1]);
  outcome = BUSY;
  if (pid < 0)
    log_line (BZ0006_FORK, g_strerror (errno));
  else
    outcome = job_wait (kind->name, pid, alive[0],
                        CLOCK_MS * seconds_of (conf, kind));
  close (alive[0]);
  return outcome;
}

/* -- bianzhi-render. */

static void
order_close (const struct order *o)
{
  const int fd[] = { o->in, o->out, o->answer };

  for (size_t i = 0; i < G_N_ELEMENTS (fd); i++)
    if (fd[i] >= 0)
      close (fd[i]);
}

/* An order on its way. */
struct parcel {
  uint32_t kind;
  struct iovec v;
  union {
    struct cmsghdr head;
    char room[CMSG_SPACE (sizeof (int) * ORDER_FDS)];
  } control;
  struct msghdr m;
};

static void
parcel_open (struct parcel *p, uint32_t kind)
{
  *p = (struct parcel){ .kind = kind };
  p->v = (struct iovec){ &p->kind, sizeof p->kind };
  p->m = (struct msghdr){ .msg_iov = &p->v,
                          .msg_iovlen = 1,
                          .msg_control = p->control.room,
                          .msg_controllen = sizeof p->control.room };
}

/* An order with all its descriptors; they are the caller's.  Ends when nobody is
 * left who could give one: the master has become another, with a renderer of its
 * own, and our workers are gone. */
static bool
order_take (struct order *ret)
{
  struct parcel p;
  struct cmsghdr *c;
  int fd[ORDER_FDS];
  ssize_t n;

  parcel_open (&p, 0);
  n = recvmsg (ends[0], &p.m, MSG_CMSG_CLOEXEC);
  if (n == 0)
    _exit (0);
  c = n > 0 ? CMSG_FIRSTHDR (&p.m) : NULL;
  if (c == NULL || c->cmsg_type != SCM_RIGHTS
      || c->cmsg_len != CMSG_LEN (sizeof fd))
    return false;
  memcpy (fd, CMSG_DATA (c), sizeof fd);
  *ret = (struct order){ p.kind, fd[0], fd[1], fd[2] };
  return n == sizeof p.kind && p.kind < n_kinds;
}

/* Has the worker given up waiting? */
static bool
unwanted (const struct order *o)
{
  struct pollfd p = { .fd = o->answer };

  return poll (&p, 1, 0) > 0 && (p.revents & (POLLHUP | POLLERR)) != 0;
}

/* What every job needs is loaded. */
void
render_warm (void)
{
  nothing_open ();
  for (unsigned i = 0; i < n_kinds; i++)
    if (kinds[i].warm != NULL)
      kinds[i].warm ();
}

static void
enter (const struct conf *conf)
{
  g_autoptr (GError) error = NULL;

  if (sandbox_enter (conf, SANDBOX_JOB | SANDBOX_PARENT, &error) >= 0)
    return;
  log_line (BZ0073_SANDBOX_NOT_ENTERED, error->message);
  _exit (BROKEN);
}

static void
render_serve (const struct conf *conf)
{
  sigset_t none;

  (void) prctl (PR_SET_NAME, "bianzhi-render");
  (void) prctl (PR_SET_PDEATHSIG, SIGKILL);
  (void) prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  (void) signal (SIGPIPE, SIG_IGN);
  sigemptyset (&none);
  sigprocmask (SIG_SETMASK, &none, NULL);
  doors_close (&ends[0], 1);
  ends[0] = 3;
  nothing = STDIN_FILENO; /* doors_close has put it there */
  render_warm ();
  enter (conf);
  for (;;) {
    struct order o = { .in = -1, .out = -1, .answer = -1 };
    char outcome;

    if (!order_take (&o)) {
      order_close (&o);
      continue;
    }
    if (!unwanted (&o)) {
      outcome = (char) job_do (conf, &o);
      (void) send (o.answer, &outcome, 1, MSG_NOSIGNAL);
    }
    order_close (&o);
  }
}

int
render_open (void)
{
  return socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends);
}

void
render_close (void)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (ends); i++)
    if (ends[i] >= 0)
      close (ends[i]);
  ends[0] = ends[1] = -1;
}

pid_t
render_spawn (const struct conf *conf)
{
  pid_t pid;

  (void) fflush (NULL);
  pid = fork ();
  if (pid == 0)
    render_serve (conf);
  return pid;
}

/* -- A worker's side. */

static bool
order_send (const struct order *o)
{
  int fd[ORDER_FDS] = { o->in, o->out, o->answer };
  struct parcel p;
  struct cmsghdr *c;

  parcel_open (&p, o->kind);
  c = CMSG_FIRSTHDR (&p.m);
  c->cmsg_level = SOL_SOCKET;
  c->cmsg_type = SCM_RIGHTS;
  c->cmsg_len = CMSG_LEN (sizeof fd);
  memcpy (CMSG_DATA (c), fd, sizeof fd);
  return sendmsg (ends[1], &p.m, MSG_DONTWAIT | MSG_NOSIGNAL) == sizeof p.kind;
}

/* A little longer than any one job may take, and never longer than the
 * request. */
static int
wait_ms (const struct conf *conf)
{
  int request = 1000 * conf->request_seconds - SPARE_MS;

  return CLAMP (CLOCK_MS * conf->render_seconds + 500, 500, MAX (request, 500));
}

/* Whatever signals come meanwhile (stuck.h). */
static bool
ready_within (struct pollfd *p, int64_t ms)
{
  int64_t until = clock_ms () + ms, left;
  int n;

  do {
    left = until - clock_ms ();
    n = poll (p, 1, (int) MAX (left, 0));
  } while (n < 0 && errno == EINTR);
  return n > 0;
}

/* Give the order away and wait: for those before it and for itself. */
static enum outcome
order_wait (const struct conf *conf, struct order *o)
{
  int pair[2];
  char outcome = BUSY;
  struct pollfd p = { .events = POLLIN };
  bool sent;

  if (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
    return BUSY;
  o->answer = pair[1];
  sent = order_send (o);
  close (pair[1]);
  p.fd = pair[0];
  /* No answer: too many wait, or bianzhi-render itself went away. */
  if (!sent || !ready_within (&p, wait_ms (conf))
      || recv (pair[0], &outcome, 1, 0) != 1)
    outcome = BUSY;
  close (pair[0]);
  return (enum outcome) outcome;
}

static void
bytes_unref (void *bytes)
{
  g_bytes_unref (bytes);
}

/* What the job wrote, with a zero behind it. */
static int
out_read (struct bz_req *req, int fd, GBytes **ret)
{
  off_t size = lseek (fd, 0, SEEK_END);
  char *bytes = size < 0 ? NULL : g_try_malloc ((gsize) size + 1);
  off_t at = 0;

  while (bytes != NULL && at < size) {
    ssize_t n = pread (fd, bytes + at, (size_t) (size - at), at);

    if (n <= 0)
      break;
    at += n;
  }
  if (bytes == NULL || at < size) {
    g_free (bytes);
    return BZ_FAILED;
  }
  bytes[size] = '\0';
  *ret = g_bytes_new_take (bytes, (gsize) size);
  req_own (req, *ret, bytes_unref);
  return BZ_OK;
}

static int
outcome_status (struct bz_req *req, enum outcome outcome)
{
  switch (outcome) {
  case MADE:
    return BZ_OK;
  case REFUSED:
    return BZ_BAD_INPUT;
  case BUSY:
    return bz_fail (req, BZ_AWAY, "系统此刻较忙，文件没有生成，请稍后再试一次");
  case LATE:
    return bz_fail (req, BZ_FAILED,
                    "文件生成用时过长，没有完成，请稍后再试一次");
  case BROKEN:
    break;
  }
  return bz_fail (req, BZ_FAILED, "文件没有生成，请稍后再试一次");
}

static int
order_do (struct bz_req *req, struct order *o, GBytes **out)
{
  int rc = outcome_status (req, ends[1] >= 0 ? order_wait (req->conf, o)
                                             : job_do (req->conf, o));
  int got = rc == BZ_OK || rc == BZ_BAD_INPUT ? out_read (req, o->out, out)
                                              : BZ_OK;

  return got < 0 ? got : rc;
}

int
render_job (struct bz_req *req, const char *kind, const void *in, size_t size,
            GBytes **out)
{
  struct order o = { .kind = 0,
                     .in = memfd_create ("in", MFD_CLOEXEC),
                     .out = memfd_create ("out", MFD_CLOEXEC),
                     .answer = -1 };
  int rc = BZ_FAILED;

  while (o.kind < n_kinds && strcmp (kinds[o.kind].name, kind) != 0)
    o.kind++;
  if (o.kind == n_kinds)
    log_line (BZ0067_NO_KIND, kind);
  else if (o.in >= 0 && o.out >= 0 && write_all (o.in, in, size))
    rc = order_do (req, &o, out);
  o.answer = -1; /* order_wait has closed it */
  order_close (&o);
  return rc;
}
