/* A worker: accepts, answers one request at a time, leaves when told.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * Every signal is blocked but while it waits for a connection: a signal during
 * a request would cut the body that is being read.  SIGUSR2 is let in while a
 * handler works (stuck.h). */
#include "serve/worker.h"
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>
#include "data/db.h"
#include "define/pack.h"
#include "people/key.h"
#include "people/session.h"
#include "serve/board.h"
#include "serve/clock.h"
#include "serve/crash.h"
#include "serve/fastcgi.h"
#include "serve/limit.h"
#include "serve/log.h"
#include "serve/route.h"
#include "serve/sandbox.h"
#include "serve/socket.h"
#include "serve/stuck.h"

/* A peer that connects and says nothing; one that stops in the middle. */
enum { WORKER_SILENT_MS = 2000, WORKER_STALL_SECONDS = 5 };

struct worker {
  const struct conf *conf;
  struct db *db; /* NULL: away, or not asked yet               */
  struct fastcgi *fastcgi;
  uint64_t number;
  uint64_t leave_after;
  const struct route *last; /* that was served; NULL: none */
};

static volatile sig_atomic_t told_to_leave;

/* -- The database. */

static int
plugins_start (struct bz_req *req, GError **error)
{
  const struct pack *p;

  for (unsigned n = 0; (p = pack_at (n)) != NULL; n++)
    if (p->api.worker_start != NULL && p->api.worker_start (req) < 0) {
      g_set_error (error, CONF_ERROR, 0, "plugin %s does not start: %s",
                   p->name,
                   req->fail_text != NULL ? req->fail_text
                                          : "see the lines above");
      return BZ_FAILED;
    }
  return BZ_OK;
}

struct db *
worker_connect (const struct conf *conf, GError **error)
{
  struct db *db = db_open (conf, false, error);
  struct bz_req *req;
  int rc;

  if (db == NULL)
    return NULL;
  req = req_new (conf, db);
  rc = key_worker_start (req);
  if (rc < 0)
    g_set_error (error, CONF_ERROR, 0,
                 "the database has no secret for form "
                 "keys; has \"bianzhi migrate\" run?");
  else
    rc = plugins_start (req, error);
  req_free (req);
  if (rc >= 0)
    return db;
  db_close (db);
  return NULL;
}

static void
database_find (struct worker *w)
{
  g_autoptr (GError) error = NULL;

  if (w->db != NULL)
    return;
  w->db = worker_connect (w->conf, &error);
  if (w->db == NULL)
    log_line (BZ0003_NO_DATABASE, error->message);
}

static void
plugins_stop (void)
{
  const struct pack *p;

  for (unsigned n = 0; (p = pack_at (n)) != NULL; n++)
    if (p->api.worker_stop != NULL)
      p->api.worker_stop ();
}

/* -- One request. */

static void
uploads_count (const struct bz_req *req)
{
  board_count (BOARD_UPLOADS, req->uploads->len);
  for (unsigned i = 0; i < req->uploads->len; i++)
    board_count (BOARD_UPLOAD_BYTES,
                 g_array_index (req->uploads, struct upload, i).size);
}

/* A page for who looks after the machine must not wait for the database. */
static void
database_give (struct worker *w, struct bz_req *req)
{
  if (w->db == NULL && !route_is_local (route_lookup (req->method, req->path)))
    database_find (w);
  req->db = w->db;
}

/* The handler's part, as the board tells it. */
static void
work (struct worker *w, struct bz_req *req, struct reply *ret)
{
  int64_t began = clock_us ();
  int64_t until = clock_ms () + w->conf->request_seconds * 1000;

  board_begin (BOARD_WORKING, until);
  stuck_open ();
  database_give (w, req);
  if (w->db != NULL)
    db_serve (w->db, until, board_waits);
  dispatch (req, ret);
  stuck_shut ();
  board_answered (ret->status, clock_us () - began, limit_memory ());
  board_begin (BOARD_WRITING,
               clock_ms ()
                 + WORKER_BODY_FACTOR * w->conf->request_seconds * 1000);
}

/* One line: what was asked for by its pattern, never by its values. */
static void
line_log (const struct bz_req *req, const struct reply *reply, int64_t ms)
{
  log_plain ("%" G_GUINT64_FORMAT " %s %s %d %" G_GINT64_FORMAT
             "ms operator %" G_GINT64_FORMAT "%s%s",
             req->number, req->route != NULL ? req->route->row.method : "-",
             req->route != NULL ? req->route->row.path : "-", reply->status, ms,
             req->session != NULL ? req->session->operator_id : 0,
             reply->status >= 500 && req->fail_text != NULL ? ": " : "",
             reply->status >= 500 && req->fail_text != NULL ? req->fail_text
                                                            : "");
}

void
worker_answer (struct worker *w, const struct cgi *cgi)
{
  int64_t began = clock_ms ();
  struct bz_req *req;
  struct reply reply;

  crash_take ();
  req = req_new (w->conf, NULL);
  req->number = ++w->number;
  cgi_read (req, cgi);
  crash_at ("parsed");
  uploads_count (req);
  work (w, req, &reply);
  if (cgi_write (req, &reply, cgi) < 0)
    log_line (BZ0017_PEER_LEFT, req->number);
  line_log (req, &reply, clock_ms () - began);
  reply_clear (&reply);
  w->last = req->route;
  req_free (req);
  board_end ();
}

static void
answer_fastcgi (void *state, const struct cgi *cgi)
{
  worker_answer (state, cgi);
}

/* Somebody who only looked whether we are here. */
static bool
is_empty (int fd)
{
  char c;

  return recv (fd, &c, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

static void
serve (struct worker *w, int fd)
{
  struct pollfd ready = { .fd = fd, .events = POLLIN };
  int64_t deadline = clock_ms ()
                   + WORKER_BODY_FACTOR * w->conf->request_seconds * 1000;

  if (!socket_peer_ok (w->conf, fd) || poll (&ready, 1, WORKER_SILENT_MS) <= 0
      || is_empty (fd)) {
    close (fd);
    return;
  }
  socket_limit (fd, WORKER_STALL_SECONDS);
  board_begin (BOARD_READING, deadline);
  if (!fastcgi_serve (w->fastcgi, fd, deadline, answer_fastcgi, w))
    log_line (BZ0015_NO_FASTCGI);
  board_end ();
}

/* -- What it holds. */

/* What requests left behind goes with the worker. */
static void
leave_if_full (struct worker *w)
{
  int64_t memory = limit_memory ();
  bool big = memory > w->conf->recycle_memory, leaks = limit_leaks ();

  if (!big && !leaks)
    return;
  if (big)
    log_line (BZ0027_TOO_BIG, (long long) (memory >> 20),
              (unsigned long long) w->number);
  if (leaks)
    log_line (BZ0032_LEAKS, w->last != NULL ? w->last->row.method : "a request",
              w->last != NULL ? w->last->row.path : "without a route");
  board_count (BOARD_LEAVERS, 1);
  w->leave_after = w->number;
}

/* -- The loop. */

static void
on_leave (int signal_number)
{
  told_to_leave = 1;
}

/* Block everything; *WAITING is the mask under which ppoll waits. */
static void
signals_set (sigset_t *waiting)
{
  struct sigaction leave = { .sa_handler = on_leave };
  sigset_t all;

  sigfillset (&all);
  /* A crash must stay a crash. */
  sigdelset (&all, SIGSEGV);
  sigdelset (&all, SIGBUS);
  sigdelset (&all, SIGFPE);
  sigdelset (&all, SIGILL);
  sigdelset (&all, SIGABRT);
  sigdelset (&all, SIGSYS);
  sigprocmask (SIG_SETMASK, &all, NULL);
  sigaction (SIGTERM, &leave, NULL);
  sigaction (SIGINT, &leave, NULL);
  *waiting = all;
  sigdelset (waiting, SIGTERM);
  sigdelset (waiting, SIGINT);
}

/* Wait for a connection.  -1: look again. */
static int
next_connection (int listening, int parent, const sigset_t *waiting)
{
  struct pollfd ready[2] = { { .fd = listening, .events = POLLIN },
                             { .fd = parent, .events = POLLIN } };
  int fd;

  if (ppoll (ready, 2, NULL, waiting) < 0)
    return -1;
  if (ready[1].revents != 0)
    told_to_leave = 1; /* the master is gone */
  if (told_to_leave || ready[0].revents == 0)
    return -1;
  fd = accept4 (listening, NULL, NULL, SOCK_CLOEXEC);
  if (fd < 0 && errno != EAGAIN && errno != EINTR && errno != ECONNABORTED) {
    log_line (BZ0016_ACCEPT, g_strerror (errno));
    g_usleep (100 * 1000);
  }
  return fd;
}

struct worker *
worker_new (const struct conf *conf)
{
  struct worker *w = g_new0 (struct worker, 1);
  int spread, after;

  /* Children of one parent must not draw the same numbers. */
  g_random_set_seed ((guint32) getpid () ^ (guint32) clock_ms ());
  spread = MAX (conf->recycle / 10, 1);
  key_places (conf);
  w->conf = conf;
  after = conf->recycle + g_random_int_range (-spread, spread + 1);
  w->leave_after = (uint64_t) MAX (after, 1);
  database_find (w);
  return w;
}

void
worker_free (struct worker *w)
{
  if (w == NULL)
    return;
  if (w->db != NULL) {
    plugins_stop ();
    db_close (w->db);
  }
  fastcgi_free (w->fastcgi);
  g_free (w);
}

/* All that it needs is open. */
static int
enter (const struct worker *w, unsigned who)
{
  g_autoptr (GError) error = NULL;

  if (sandbox_enter (w->conf, who, &error) >= 0)
    return BZ_OK;
  log_line (BZ0073_SANDBOX_NOT_ENTERED, error->message);
  return BZ_FAILED;
}

int
worker_run (struct worker *w, int listening, int parent)
{
  sigset_t waiting;

  signals_set (&waiting);
  stuck_watch ();
  told_to_leave = 0;
  w->fastcgi = fastcgi_new ();
  limit_begin ();
  /* Without a master it does its jobs by children of its own. */
  if (enter (w, parent < 0 ? SANDBOX_WORKER | SANDBOX_JOB | SANDBOX_PARENT
                           : SANDBOX_WORKER)
      < 0)
    return 1;
  board_ready ();
  while (!told_to_leave && w->number < w->leave_after) {
    int fd = next_connection (listening, parent, &waiting);

    if (fd < 0)
      continue;
    serve (w, fd);
    leave_if_full (w);
  }
  return 0;
}
