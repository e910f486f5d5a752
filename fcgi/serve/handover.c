/* What a master hands to the one that it becomes: the socket, and who still
 * serves for the generation before.  SPDX-License-Identifier: MulanPSL-2.0 */
#include "serve/handover.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>
#include "serve/clock.h"
#include "serve/log.h"
#include "serve/socket.h"
#include "serve/worker.h"

#define VARIABLE "BZ_HANDOVER"
/* Words of the variable: our pid, the socket, whether we bound it, the life
 * line, then g and the generation, then one for each who leaves:
 * w1234@DEADLINE. */
enum { WORD_PID, WORD_LISTENING, WORD_BOUND, WORD_LIFE, WORDS };

struct one {
  pid_t pid;
  enum leaver what;
  int64_t until; /* clock_ms of its end; 0: not told to leave yet */
};

static struct one *
at (const struct handover *h, unsigned n)
{
  return &g_array_index (h->leavers, struct one, n);
}

struct handover *
handover_new (int listening, bool bound)
{
  struct handover *h = g_new0 (struct handover, 1);

  *h = (struct handover){ .listening = listening,
                          .bound = bound,
                          .life = -1,
                          .generation = 1,
                          .leavers = g_array_new (FALSE, FALSE,
                                                  sizeof (struct one)) };
  return h;
}

void
handover_free (struct handover *h)
{
  if (h == NULL)
    return;
  if (h->listening >= 0)
    close (h->listening);
  if (h->life >= 0)
    close (h->life);
  g_array_unref (h->leavers);
  g_free (h);
}

/* -- Through the environment. */

static bool
number (const char *text, int64_t max, int64_t *ret)
{
  return g_ascii_string_to_signed (text, 10, 0, max, ret, NULL);
}

/* Our own child, ended or not. */
static bool
is_child (pid_t pid)
{
  siginfo_t info;

  return waitid (P_PID, (id_t) pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0;
}

static bool
leaver_read (struct handover *h, const char *word)
{
  g_auto (GStrv) part = g_strsplit (word + 1, "@", 2);
  struct one one = { .what = (enum leaver) * word };
  int64_t pid;

  if (strchr ("wrj", *word) == NULL || g_strv_length (part) != 2
      || !number (part[0], G_MAXINT32, &pid) || pid == 0
      || !number (part[1], G_MAXINT64, &one.until))
    return false;
  one.pid = (pid_t) pid;
  if (is_child (one.pid))
    g_array_append_val (h->leavers, one);
  return true;
}

static bool
word_read (struct handover *h, const char *word)
{
  if (*word != 'g')
    return leaver_read (h, word);
  return number (word + 1, G_MAXINT32, &h->generation);
}

static bool
is_pipe (int fd)
{
  struct stat st;

  return fstat (fd, &st) == 0 && S_ISFIFO (st.st_mode);
}

/* WORDS as a handover; NULL: they are none. */
static struct handover *
words_read (char *const *words)
{
  int64_t listening, bound, life;
  struct handover *h;
  bool ok = number (words[WORD_LISTENING], G_MAXINT32, &listening)
         && number (words[WORD_BOUND], 1, &bound)
         && number (words[WORD_LIFE], G_MAXINT32, &life)
         && socket_is_ready ((int) listening) && is_pipe ((int) life);

  if (!ok)
    return NULL;
  h = handover_new ((int) listening, bound != 0);
  h->life = (int) life;
  for (char *const *w = words + WORDS; ok && *w != NULL; w++)
    ok = word_read (h, *w);
  if (ok)
    return h;
  g_array_unref (h->leavers);
  g_free (h);
  return NULL;
}

int
handover_take (struct handover **ret, GError **error)
{
  g_autofree char *text = g_strdup (g_getenv (VARIABLE));
  g_auto (GStrv) words = text != NULL ? g_strsplit (text, " ", -1) : NULL;
  int64_t pid;

  g_unsetenv (VARIABLE);
  /* Somebody else's is none of our business. */
  if (words == NULL || g_strv_length (words) < WORDS
      || !number (words[WORD_PID], G_MAXINT32, &pid) || pid != getpid ())
    return 0;
  *ret = words_read (words);
  if (*ret == NULL) {
    g_set_error (error, CONF_ERROR, 0,
                 VARIABLE ": \"%s\" is not what a server hands over; unset it",
                 text);
    return BZ_FAILED;
  }
  handover_hold (*ret);
  return 1;
}

static void
close_on_exec (const struct handover *h, bool yes)
{
  const int fd[] = { h->listening, h->life };

  for (size_t i = 0; i < G_N_ELEMENTS (fd); i++)
    if (fd[i] >= 0)
      (void) fcntl (fd[i], F_SETFD, yes ? FD_CLOEXEC : 0);
}

void
handover_give (const struct handover *h)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_printf (text, "%d %d %d %d g%" G_GINT64_FORMAT, (int) getpid (),
                   h->listening, h->bound, h->life, h->generation + 1);
  for (unsigned i = 0; i < h->leavers->len; i++)
    g_string_append_printf (text, " %c%d@%" G_GINT64_FORMAT, at (h, i)->what,
                            (int) at (h, i)->pid, at (h, i)->until);
  g_setenv (VARIABLE, text->str, TRUE);
  close_on_exec (h, false);
}

void
handover_hold (const struct handover *h)
{
  g_unsetenv (VARIABLE);
  close_on_exec (h, true);
}

char *
handover_path (const struct handover *h)
{
  struct sockaddr_un name = { .sun_family = AF_UNIX };
  socklen_t size = sizeof name;

  if (getsockname (h->listening, (struct sockaddr *) &name, &size) < 0
      || size <= offsetof (struct sockaddr_un, sun_path)
      || name.sun_path[0] == '\0')
    return NULL;
  return g_strndup (name.sun_path, sizeof name.sun_path);
}

/* -- Who leaves. */

void
handover_add (struct handover *h, pid_t pid, enum leaver what)
{
  const struct one one = { .pid = pid, .what = what };

  g_array_append_val (h->leavers, one);
}

void
handover_drop (struct handover *h, unsigned n)
{
  g_array_set_size (h->leavers, n);
}

static int64_t
time_of (const struct conf *conf, enum leaver what)
{
  int64_t request = WORKER_BODY_FACTOR * conf->request_seconds + 1;
  int64_t job = conf->job_seconds + 1;

  switch (what) {
  case LEAVER_WORKER:
    break;
  case LEAVER_RENDER: /* after the last that could need it */
    return MAX (request, job) + 2 * conf->render_seconds;
  case LEAVER_JOBS:
    return job;
  }
  return request;
}

void
handover_let_go (struct handover *h, const struct conf *conf)
{
  if (h->life >= 0)
    close (h->life);
  h->life = -1;
  for (unsigned i = 0; i < h->leavers->len; i++)
    if (at (h, i)->until == 0)
      at (h, i)->until = clock_ms () + 1000 * time_of (conf, at (h, i)->what);
}

bool
handover_gone (struct handover *h, pid_t pid, int status)
{
  for (unsigned i = 0; i < h->leavers->len; i++) {
    if (at (h, i)->pid != pid)
      continue;
    if (WIFSIGNALED (status) && at (h, i)->until != G_MAXINT64)
      log_line (BZ0023_LEAVER_DIED, (int) pid, WTERMSIG (status));
    g_array_remove_index_fast (h->leavers, i);
    return true;
  }
  return false;
}

void
handover_overdue (struct handover *h)
{
  for (unsigned i = 0; i < h->leavers->len; i++) {
    struct one *one = at (h, i);

    if (one->until == 0 || clock_ms () < one->until)
      continue;
    log_line (BZ0024_LEAVER_STAYED, (int) one->pid);
    (void) kill (one->pid, SIGKILL);
    one->until = G_MAXINT64; /* said once */
  }
}

void
handover_tell (struct handover *h, int signal_number)
{
  for (unsigned i = 0; i < h->leavers->len; i++)
    if (at (h, i)->what != LEAVER_RENDER)
      (void) kill (at (h, i)->pid, signal_number);
}

unsigned
handover_left (const struct handover *h)
{
  unsigned n = 0;

  for (unsigned i = 0; i < h->leavers->len; i++)
    n += at (h, i)->what != LEAVER_RENDER;
  return n;
}
