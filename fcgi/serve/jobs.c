/* bianzhi-jobs: the child of the master that runs jobs when they are due.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * This process only keeps the table; it never runs what a job does. */
#include "serve/jobs.h"
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include "data/db.h"
#include "people/key.h"
#include "serve/clock.h"
#include "serve/log.h"
#include "serve/sandbox.h"
#include "serve/worker.h"

enum {
  TICK_MS = 1000,
  /* Between two looks at who runs this database's jobs; at first more often,
   * since those of before a reload are just leaving. */
  LOOK_MS = 5000,
  YOUNG_MS = 30000,
  READ_MS = 60000, /* between two looks at the whole table */
  STATUS_FAILED = 1,
  STATUS_BUSY = 3
};

/* One job, here. */
struct run {
  int64_t due; /* clock_now; 0: never */
  int64_t failures;
  pid_t pid; /* 0: it does not run */
  int64_t began_ms, until_ms;
  bool late;
};
struct jobs {
  const struct conf *conf;
  struct db *db; /* NULL: away, or not asked yet */
  bool leads;
  int64_t began_ms, look_ms, read_ms;
  struct run *runs; /* as job_at */
};

static volatile sig_atomic_t told_to_leave;

bool
jobs_wanted (void)
{
  for (unsigned i = 0; i < job_count (); i++)
    if (job_at (i)->schedule.kind != SCHEDULE_OFF)
      return true;
  return false;
}

/* -- The table. */

/* NULL for 0: never. */
static const char *
time_text (struct bz_req *req, int64_t when)
{
  char text[20];

  if (when == 0)
    return NULL;
  clock_text (when, text);
  return bz_format (req, "%s", text);
}

struct row {
  const char *schedule, *due, *began, *ended, *result;
  int64_t failures;
};

/* 1, 0: it never ran here, <0. */
static int
row_find (struct bz_req *req, const struct job *job, struct row *ret)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "bz.job_one", BZ_ARGS (BZ_STR (job->name)));

  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc > 0)
    *ret = (struct row){ .schedule = bz_db_text (rows, "schedule"),
                         .due = bz_db_text (rows, "due_at"),
                         .began = bz_db_text (rows, "began_at"),
                         .ended = bz_db_text (rows, "ended_at"),
                         .result = bz_db_text (rows, "result"),
                         .failures = bz_db_int (rows, "failures") };
  return rc;
}

/* One write of the table. */
struct change {
  const struct job *job;
  struct run *run;
  const char *result;
  int64_t now, next;
  int64_t rows;
};

static int
put (struct bz_req *req, void *data)
{
  const struct change *c = data;
  int64_t n = bz_db_exec (req, "bz.job_put",
                          BZ_ARGS (BZ_STR (c->job->name), BZ_STR (c->job->text),
                                   BZ_STR (time_text (req, c->next))));

  return n < 0 ? (int) n : BZ_OK;
}

static int
lost (struct bz_req *req, void *data)
{
  struct change *c = data;

  c->rows = bz_db_exec (req, "bz.job_lost",
                        BZ_ARGS (BZ_STR (c->job->name),
                                 BZ_INT (c->run->failures + 1),
                                 BZ_STR (time_text (req, c->next))));
  return c->rows < 0 ? (int) c->rows : BZ_OK;
}

static int
begin (struct bz_req *req, void *data)
{
  struct change *c = data;

  c->rows = bz_db_exec (req, "bz.job_begin",
                        BZ_ARGS (BZ_STR (c->job->name),
                                 BZ_STR (time_text (req, c->run->due)),
                                 BZ_STR (time_text (req, c->now)),
                                 BZ_STR (time_text (req, c->next))));
  return c->rows < 0 ? (int) c->rows : BZ_OK;
}

static int
end (struct bz_req *req, void *data)
{
  const struct change *c = data;
  int64_t n = bz_db_exec (req, "bz.job_end",
                          BZ_ARGS (BZ_STR (c->job->name), BZ_STR (c->job->text),
                                   BZ_STR (time_text (req, c->now)),
                                   BZ_STR (c->result),
                                   BZ_INT (c->run->failures),
                                   BZ_STR (time_text (req, c->next))));

  return n < 0 ? (int) n : BZ_OK;
}

static int
change (struct jobs *j, int (*how) (struct bz_req *, void *), struct change *c)
{
  struct bz_req *req = req_new (j->conf, j->db);
  int rc = bz_db_atomic (req, how, c);

  req_free (req);
  return rc;
}

/* When JOB is due by the table; by its schedule when that is new. */
static int
due_find (struct jobs *j, unsigned n)
{
  const struct job *job = job_at (n);
  struct change c = { .job = job, .run = &j->runs[n], .now = clock_now () };
  struct bz_req *req = req_new (j->conf, j->db);
  struct row row;
  int rc = row_find (req, job, &row);

  c.run->due = 0;
  if (rc > 0 && g_strcmp0 (row.schedule, job->text) == 0) {
    c.run->failures = row.failures;
    if (row.due != NULL && !clock_parse (row.due, &c.run->due))
      rc = BZ_FAILED;
  }
  else if (rc >= 0) {
    c.next = schedule_next (&job->schedule, c.now);
    rc = change (j, put, &c);
    if (rc >= 0)
      c.run->due = c.next;
  }
  req_free (req);
  return rc < 0 ? rc : BZ_OK;
}

/* -- Which server runs them. */

/* A run of N that began and that nobody ended, perhaps one whose beginning was
 * stored without an answer. */
static int
lost_find (struct jobs *j, unsigned n)
{
  struct run *run = &j->runs[n];
  struct change c = { .job = job_at (n), .run = run };
  int rc;

  c.next = schedule_retry (&c.job->schedule, clock_now (), run->failures + 1);
  rc = change (j, lost, &c);
  if (rc < 0 || c.rows == 0)
    return rc;
  run->failures++;
  run->due = c.next;
  return BZ_OK;
}

/* We are that one: what the table says. */
static int
table_read (struct jobs *j)
{
  int rc = BZ_OK;

  for (unsigned i = 0; rc == BZ_OK && i < job_count (); i++) {
    if (j->runs[i].pid > 0)
      continue;
    rc = due_find (j, i);
    if (rc == BZ_OK)
      rc = lost_find (j, i);
  }
  return rc;
}

static bool
asks_lead (struct jobs *j)
{
  struct bz_req *req = req_new (j->conf, j->db);
  const char *leads = NULL;
  int rc = bz_db_value (req, &leads, "bz.jobs_lead", BZ_NO_ARGS);
  bool yes = rc > 0 && g_strcmp0 (leads, "1") == 0;

  req_free (req);
  return yes;
}

static void
look (struct jobs *j)
{
  int64_t now = clock_ms ();
  bool led = j->leads;

  j->look_ms = now + (now < j->began_ms + YOUNG_MS ? TICK_MS : LOOK_MS);
  if (j->db == NULL)
    j->db = db_open (j->conf, false, NULL); /* a worker says what is wrong */
  j->leads = j->db != NULL && asks_lead (j);
  if (j->leads && (!led || now > j->read_ms + READ_MS)) {
    j->read_ms = now;
    j->leads = table_read (j) >= 0;
  }
  if (j->leads != led)
    log_line (BZ0041_JOBS_HERE, j->leads ? "runs" : "no longer runs");
}

/* Somebody else may have them; what goes on here is noted here. */
static void
leave (struct jobs *j)
{
  struct bz_req *req;
  const char *left;

  if (!j->leads)
    return;
  req = req_new (j->conf, j->db);
  if (bz_db_value (req, &left, "bz.jobs_leave", BZ_NO_ARGS) >= 0)
    log_line (BZ0041_JOBS_HERE, "no longer runs");
  req_free (req);
  j->leads = false;
}

/* -- A run. */

static void
run_child (const struct conf *conf, const struct job *job)
{
  g_autoptr (GError) error = NULL;
  struct rlimit no_core = { 0, 0 };
  struct bz_req *req;
  struct db *db;
  sigset_t none;
  int rc;

  (void) prctl (PR_SET_PDEATHSIG, SIGKILL);
  (void) prctl (PR_SET_NAME, "bianzhi-job");
  (void) setrlimit (RLIMIT_CORE, &no_core);
  for (int s = 1; s < NSIG; s++)
    if (s != SIGSYS) /* the sandbox's own: it says which call it was */
      (void) signal (s, SIG_DFL);
  sigemptyset (&none);
  sigprocmask (SIG_SETMASK, &none, NULL);
  db = worker_connect (conf, &error);
  if (db == NULL) {
    log_line (BZ0042_JOB_SAYS, job->name, error->message);
    _exit (STATUS_FAILED);
  }
  if (sandbox_enter (conf, SANDBOX_WORKER, &error) < 0) {
    log_line (BZ0073_SANDBOX_NOT_ENTERED, error->message);
    _exit (STATUS_FAILED);
  }
  req = req_new (conf, db);
  req->remote = "jobs";
  rc = job_run (req, job);
  if (rc < 0)
    log_line (BZ0042_JOB_SAYS, job->name,
              req->fail_text != NULL ? req->fail_text
                                     : "it failed; the lines above say why");
  req_free (req);
  db_close (db);
  _exit (rc >= 0 ? 0 : rc == BZ_CONFLICT ? STATUS_BUSY : STATUS_FAILED);
}

static const char *
result_of (const struct run *run, int status)
{
  if (run->late)
    return "late";
  if (!WIFEXITED (status))
    return "crashed";
  return WEXITSTATUS (status) == 0           ? "done"
       : WEXITSTATUS (status) == STATUS_BUSY ? "busy"
                                             : "failed";
}

static void
ended (struct jobs *j, unsigned n, int status)
{
  const struct job *job = job_at (n);
  struct run *run = &j->runs[n];
  struct change c = { .job = job,
                      .run = run,
                      .result = result_of (run, status),
                      .now = clock_now () };
  bool fine = g_str_equal (c.result, "done") || g_str_equal (c.result, "busy");
  char next[20] = "never";

  run->pid = 0;
  run->failures = fine ? 0 : run->failures + 1;
  if (!fine)
    run->due = schedule_retry (&job->schedule, c.now, run->failures);
  c.next = run->due;
  if (change (j, end, &c) < 0)
    j->leads = false;
  if (run->due != 0)
    clock_text (run->due, next);
  if (fine)
    log_line (BZ0043_JOB_DONE, job->name, c.result,
              (long long) (clock_ms () - run->began_ms), next);
  else
    log_line (BZ0044_JOB_FAILED, job->name, c.result, next);
}

/* N is due. */
static void
start (struct jobs *j, unsigned n)
{
  const struct job *job = job_at (n);
  struct run *run = &j->runs[n];
  struct change c = { .job = job, .run = run, .now = clock_now () };
  int rc;

  c.next = schedule_next (&job->schedule, c.now);
  rc = change (j, begin, &c);
  if (rc >= 0 && c.rows == 0) /* somebody else's since */
    rc = due_find (j, n);
  if (rc < 0)
    j->leads = false; /* look again, and read the table anew */
  if (rc < 0 || c.rows == 0)
    return;
  run->due = c.next;
  run->late = false;
  run->began_ms = clock_ms ();
  run->until_ms = run->began_ms + 1000 * j->conf->job_seconds;
  (void) fflush (NULL);
  run->pid = fork ();
  if (run->pid == 0)
    run_child (j->conf, job);
  if (run->pid < 0) {
    log_line (BZ0006_FORK, g_strerror (errno));
    ended (j, n, W_EXITCODE (STATUS_FAILED, 0));
  }
}

static void
start_due (struct jobs *j)
{
  for (unsigned i = 0; j->leads && i < job_count (); i++)
    if (j->runs[i].pid == 0 && j->runs[i].due != 0
        && j->runs[i].due <= clock_now ())
      start (j, i);
}

static void
reap (struct jobs *j)
{
  int status;
  pid_t pid;

  while ((pid = waitpid (-1, &status, WNOHANG)) > 0)
    for (unsigned i = 0; i < job_count (); i++)
      if (j->runs[i].pid == pid)
        ended (j, i, status);
}

static void
end_late (struct jobs *j)
{
  for (unsigned i = 0; i < job_count (); i++) {
    struct run *run = &j->runs[i];

    if (run->pid == 0 || run->late || clock_ms () < run->until_ms)
      continue;
    run->late = true;
    (void) kill (run->pid, SIGKILL);
  }
}

static bool
any_runs (const struct jobs *j)
{
  for (unsigned i = 0; i < job_count (); i++)
    if (j->runs[i].pid > 0)
      return true;
  return false;
}

/* -- The loop. */

static void
on_signal (int signal_number)
{
  if (signal_number != SIGCHLD)
    told_to_leave = 1;
}

/* Block everything; *WAITING is the mask under which ppoll waits. */
static void
signals_set (sigset_t *waiting)
{
  static const int numbers[] = { SIGTERM, SIGINT, SIGCHLD };
  struct sigaction act = { .sa_handler = on_signal };

  told_to_leave = 0;
  (void) signal (SIGPIPE, SIG_IGN);
  sigprocmask (SIG_BLOCK, NULL, waiting);
  for (size_t i = 0; i < G_N_ELEMENTS (numbers); i++) {
    (void) sigaction (numbers[i], &act, NULL);
    sigdelset (waiting, numbers[i]);
  }
}

/* A tick, or sooner when something happens. */
static void
rest (int life, const sigset_t *waiting)
{
  struct timespec tick = { .tv_sec = TICK_MS / 1000 };
  struct pollfd p = { .fd = told_to_leave ? -1 : life, .events = POLLIN };

  if (ppoll (&p, 1, &tick, waiting) > 0)
    told_to_leave = 1; /* the master is gone, or has become another */
}

int
jobs_run (const struct conf *conf, int life)
{
  struct jobs j = { .conf = conf, .began_ms = clock_ms () };
  g_autoptr (GError) error = NULL;
  sigset_t waiting;

  (void) prctl (PR_SET_NAME, "bianzhi-jobs");
  j.runs = g_new0 (struct run, job_count () + 1);
  signals_set (&waiting);
  key_places (conf); /* a run's connection wants the file, and may open none */
  if (sandbox_enter (conf, SANDBOX_WORKER | SANDBOX_PARENT, &error) < 0) {
    log_line (BZ0073_SANDBOX_NOT_ENTERED, error->message);
    return 1;
  }
  while (!told_to_leave || any_runs (&j)) {
    if (!told_to_leave && clock_ms () >= j.look_ms)
      look (&j);
    if (!told_to_leave)
      start_due (&j);
    else
      leave (&j);
    rest (life, &waiting);
    reap (&j);
    end_late (&j);
  }
  db_close (j.db);
  g_free (j.runs);
  return 0;
}

/* -- By hand. */

static int
hand (struct bz_req *req, void *data)
{
  const struct change *c = data;
  int64_t n = bz_db_exec (req, "bz.job_hand",
                          BZ_ARGS (BZ_STR (c->job->name),
                                   BZ_STR (time_text (req, c->now)),
                                   BZ_STR (time_text (req, clock_now ())),
                                   BZ_STR (c->result)));

  return n < 0 ? (int) n : BZ_OK;
}

int
jobs_by_hand (struct bz_req *req, const struct job *job)
{
  struct change c = { .job = job, .now = clock_now () };
  int rc = job_run (req, job), noted;

  if (rc == BZ_CONFLICT)
    return rc; /* who runs it notes it */
  c.result = rc < 0 ? "failed" : "done";
  noted = bz_db_atomic (req, hand, &c);
  return rc < 0 ? rc : noted;
}

int
jobs_print (struct bz_req *req)
{
  (void) printf ("%-20s %-12s %-20s %-8s %s\n", "JOB", "SCHEDULE", "LAST RUN",
                 "RESULT", "NEXT RUN");
  for (unsigned i = 0; i < job_count (); i++) {
    const struct job *job = job_at (i);
    struct row row = { .schedule = NULL };
    int rc = row_find (req, job, &row);

    if (rc < 0)
      return rc;
    (void) printf ("%-20s %-12s %-20s %-8s %s\n", job->name, job->text,
                   row.began != NULL ? row.began : "-",
                   row.result != NULL ? row.result : "-",
                   row.due != NULL && g_str_equal (row.schedule, job->text)
                     ? row.due
                     : "-");
  }
  return BZ_OK;
}
