/* The sandbox, from inside: what is forbidden is refused or ends the process,
 * what ordinary work needs goes on, and the look at the start sees a sandbox
 * that does not hold.  SPDX-License-Identifier: MulanPSL-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <iconv.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>
#include "data/xml.h"
#include "people/crypto.h"
#include "serve/clock.h"
#include "serve/landlock.h"
#include "serve/log.h"
#include "serve/sandbox.h"
#include "serve/spool.h"
#include "serve/stuck.h"
#include "work/download.h"

enum { MIB = 1 << 20, FINE = 0, NOT_FINE = 1 };

static struct conf *conf;
static char *folder, *said; /* what children said to standard error */

/* -- A child that entered, and how it ended. */

static int
child_end (unsigned who, bool (*run) (void))
{
  pid_t pid = fork ();
  int status;

  if (pid == 0) {
    int out = open (said, O_WRONLY | O_CREAT | O_TRUNC, 0600);

    (void) dup2 (out, STDERR_FILENO);
    if (who != 0 && sandbox_enter (conf, who, NULL) < 0)
      _exit (2);
    _exit (run () ? FINE : NOT_FINE);
  }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  return status;
}

static void
fine (unsigned who, bool (*run) (void))
{
  int status = child_end (who, run);

  if (status != 0) {
    g_autofree char *text = NULL;

    (void) g_file_get_contents (said, &text, NULL, NULL);
    g_error ("status %d: %s", status, text);
  }
}

static void
ended_by (unsigned who, bool (*run) (void), int signal_number)
{
  int status = child_end (who, run);

  g_assert_true (WIFSIGNALED (status));
  g_assert_cmpint (WTERMSIG (status), ==, signal_number);
}

/* -- Refused. */

static void
test_holds (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (sandbox_test (conf, &error), ==, BZ_OK);
  g_assert_no_error (error);
}

static int
enter_nothing (const struct conf *c, unsigned who, GError **error)
{
  return BZ_OK;
}

/* As ours, but that nothing ends the process. */
static int
enter_refusing (const struct conf *c, unsigned who, GError **error)
{
  static const int most[] = { SCMP_SYS (exit_group), SCMP_SYS (munmap),
                              SCMP_SYS (getppid) };
  scmp_filter_ctx all = seccomp_init (SCMP_ACT_ERRNO (EPERM));

  for (size_t i = 0; i < G_N_ELEMENTS (most); i++)
    g_assert_cmpint (seccomp_rule_add (all, SCMP_ACT_ALLOW, most[i], 0), ==, 0);
  g_assert_cmpint (
    seccomp_rule_add (all, SCMP_ACT_ALLOW, SCMP_SYS (mmap), 1,
                      SCMP_A2_32 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)),
    ==, 0);
  g_assert_cmpint (seccomp_load (all), ==, 0);
  return BZ_OK;
}

/* As ours, but for one way out. */
static int
enter_leaky (const struct conf *c, unsigned who, GError **error)
{
  return sandbox_enter (c, who | SANDBOX_PARENT, error);
}

static int
enter_failing (const struct conf *c, unsigned who, GError **error)
{
  return BZ_FAILED;
}

static void
test_sees (void)
{
  static const struct {
    sandbox_fn enter;
    const char *what;
  } bad[] = {
    { enter_nothing, "reading a file" },
    { enter_leaky, "reading a file" },
    { enter_refusing, "starting programs" },
    { enter_failing, "does not let a process enter" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_cmpint (sandbox_test_by (conf, bad[i].enter, &error), <, 0);
    g_assert_nonnull (strstr (error->message, bad[i].what));
  }
}

static bool
denied (long rc)
{
  return rc < 0 && errno == EPERM;
}

static bool
worker_refused (void)
{
  struct timespec then = { 0, 0 };
  int spool = spool_folder (conf);

  return denied (open ("/etc/passwd", O_RDONLY))
      && denied (openat (spool, "x", O_RDWR | O_CREAT, 0600))
      && denied (openat (spool, "/tmp/x", O_WRONLY | O_CREAT, 0600))
      && denied (openat (spool, ".", O_RDONLY | O_DIRECTORY))
      && denied (openat (download_folder (0), "a.txt", O_RDWR))
      && denied (syscall (SYS_openat2, spool, ".", NULL, 0))
      && denied (socket (AF_INET, SOCK_STREAM, 0))
      && denied (socket (AF_INET6, SOCK_DGRAM, 0))
      && denied (socket (AF_PACKET, SOCK_RAW, 0)) && denied (fork ())
      && denied (syscall (SYS_clone3, NULL, 0)) && denied (unshare (CLONE_NEWUSER))
      && denied (kill (getppid (), SIGTERM)) && denied (chdir ("/"))
      && denied (chroot ("/")) && denied (setuid (0))
      && denied (rename ("/tmp/a", "/tmp/b"))
      && denied (symlink ("/tmp/a", "/tmp/b"))
      && denied (clock_settime (CLOCK_REALTIME, &then))
      && denied (syscall (SYS_userfaultfd, 0))
      && denied (syscall (SYS_perf_event_open, NULL, 0, 0, 0, 0))
      && denied (syscall (SYS_keyctl, 0, 0))
      && denied (syscall (SYS_mount, NULL, NULL, NULL, 0, NULL));
}

static bool
job_refused (void)
{
  return denied (open ("/dev/null", O_WRONLY)) && denied (fork ())
      && denied (open ("/tmp/x", O_RDONLY | O_CREAT, 0600))
      && denied (socket (AF_UNIX, SOCK_STREAM, 0))
      && denied (socket (AF_INET, SOCK_STREAM, 0))
      && denied (kill (getppid (), 0))
      && denied (unlink ("/tmp/x"));
}

static bool
parent_refused (void)
{
  return denied (unshare (CLONE_NEWUSER)) && denied (open ("/tmp/x", O_WRONLY))
      && denied (syscall (SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0))
      && denied (socket (AF_INET, SOCK_STREAM, 0));
}

static void
test_refused (void)
{
  fine (SANDBOX_WORKER, worker_refused);
  fine (SANDBOX_JOB, job_refused);
  fine (SANDBOX_WORKER | SANDBOX_JOB | SANDBOX_PARENT, parent_refused);
  /* Nothing of this is refused by itself. */
  g_assert_cmpint (WEXITSTATUS (child_end (0, worker_refused)), ==, NOT_FINE);
}

/* -- Ended. */

static bool
starts_a_program (void)
{
  char *const words[] = { (char *) "true", NULL };

  return execv ("/bin/true", words) < 0;
}

static bool
traces (void)
{
  return syscall (SYS_ptrace, 0, 0, 0, 0) < 0;
}

static bool
opens_a_socket (void)
{
  return socket (AF_INET, SOCK_STREAM, 0) < 0;
}

static void
test_ended (void)
{
  ended_by (SANDBOX_WORKER, starts_a_program, SIGSYS);
  ended_by (SANDBOX_JOB, starts_a_program, SIGSYS);
  ended_by (SANDBOX_PARENT, starts_a_program, SIGSYS);
  ended_by (SANDBOX_WORKER, traces, SIGSYS);
}

/* With sandbox=kill whatever is not on the list, and the log says it. */
static void
test_kill (void)
{
  g_autofree char *text = NULL;
  g_autofree char *number = g_strdup_printf ("number %d, from", SYS_socket);

  conf->sandbox = CONF_SANDBOX_KILL;
  ended_by (SANDBOX_WORKER, opens_a_socket, SIGSYS);
  g_assert_true (g_file_get_contents (said, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, number));
  g_assert_nonnull (strstr (text, "test-sandbox"));
  conf->sandbox = CONF_SANDBOX_ON;
}

/* -- What works. */

static bool
spool_works (void)
{
  g_autofree char *big = g_malloc0 (MIB);
  int fd = spool_open (conf);
  char c = 1;

  return fd >= 0 && write (fd, big, MIB) == MIB && lseek (fd, 0, SEEK_SET) == 0
      && read (fd, &c, 1) == 1 && c == 0 && ftruncate (fd, 1) == 0
      && close (fd) == 0;
}

static bool
files_work (void)
{
  char text[8] = "";
  int fd = openat (download_folder (0), "a.txt", O_RDONLY | O_NOFOLLOW);
  int memory = memfd_create ("x", MFD_CLOEXEC);

  return fd >= 0 && read (fd, text, 7) == 4 && strcmp (text, "text") == 0
      && memory >= 0 && write (memory, "x", 1) == 1;
}

static bool
sockets_work (void)
{
  struct sockaddr_un name = { .sun_family = AF_UNIX };
  int pair[2], fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  char c;

  g_strlcpy (name.sun_path, "/nonexistent/socket", sizeof name.sun_path);
  return fd >= 0 && connect (fd, (struct sockaddr *) &name, sizeof name) < 0
      && errno == ENOENT
      && socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) == 0
      && send (pair[0], "x", 1, MSG_NOSIGNAL) == 1
      && recv (pair[1], &c, 1, 0) == 1 && c == 'x';
}

static bool
libraries_work (void)
{
  g_autofree char *gb = g_convert ("编制", -1, "GB18030", "UTF-8", NULL, NULL,
                                   NULL);
  g_autofree char *hash = NULL;
  g_autofree char *much = g_malloc0 (64 * (size_t) MIB);
  uint8_t random[32] = { 0 };
  char when[20];

  crypto_random (random, sizeof random);
  hash = crypto_password_hash ("Kx8#tree", 1);
  clock_text (clock_now (), when);
  g_usleep (1000);
  log_line ("a line");
  return gb != NULL && hash != NULL && strlen (when) > 0 && much[MIB] == 0;
}

/* The stack of a slow request. */
static bool
stack_says (void)
{
  stuck_watch ();
  stuck_open ();
  (void) raise (SIGUSR2);
  stuck_shut ();
  return true;
}

static void
stack_works (void)
{
  g_autofree char *text = NULL;

  fine (SANDBOX_WORKER, stack_says);
  g_assert_true (g_file_get_contents (said, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "stack of"));
  g_assert_nonnull (strstr (text, "test-sandbox"));
}

static bool
aborts (void)
{
  abort ();
}

static void *
thread_run (void *data)
{
  return data;
}

static bool
job_works (void)
{
  int fd = open ("/etc/passwd", O_RDONLY | O_CLOEXEC);
  GThread *t = g_thread_try_new ("fonts", thread_run, &fd, NULL);
  char c;

  return fd >= 0 && read (fd, &c, 1) == 1 && t != NULL
      && g_thread_join (t) == &fd;
}

/* Its child enters by itself and can do less. */
static bool
parent_works (void)
{
  pid_t pid = fork ();
  int status;

  if (pid == 0)
    _exit (sandbox_enter (conf, SANDBOX_JOB, NULL) == BZ_OK && job_works ()
               && job_refused ()
             ? FINE
             : NOT_FINE);
  return pid > 0 && waitpid (pid, &status, 0) == pid && status == 0;
}

static void
works (void)
{
  fine (SANDBOX_WORKER, spool_works);
  fine (SANDBOX_WORKER, files_work);
  fine (SANDBOX_WORKER, sockets_work);
  fine (SANDBOX_WORKER, libraries_work);
  stack_works ();
  ended_by (SANDBOX_WORKER, aborts, SIGABRT);
  fine (SANDBOX_JOB, job_works);
}

static void
test_works (void)
{
  works ();
  fine (SANDBOX_JOB | SANDBOX_PARENT, parent_works);
  fine (SANDBOX_WORKER | SANDBOX_JOB | SANDBOX_PARENT, parent_works);
  conf->sandbox = CONF_SANDBOX_KILL;
  works ();
  conf->sandbox = CONF_SANDBOX_ON;
}

/* -- Landlock, where the kernel has it. */

static bool
paths_bounded (void)
{
  int in = open (folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
  const struct landlock_place place = { in, true };
  bool there = landlock_enter (&place, 1);
  int fd = openat (in, "new", O_RDWR | O_CREAT | O_EXCL, 0600);
  bool inside = fd >= 0 && ftruncate (fd, 0) == 0
             && unlinkat (in, "new", 0) == 0;
  int outside = open ("/etc/passwd", O_RDONLY);

  return inside && there == (outside < 0)
      && (!there || (errno == EACCES && open ("/dev/null", O_WRONLY) < 0));
}

static bool
places_read_only (void)
{
  int in = open (folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
  const struct landlock_place place = { in, false };
  bool there = landlock_enter (&place, 1);

  return openat (in, "a.txt", O_RDONLY) >= 0
      && there == (openat (in, "a.txt", O_WRONLY) < 0);
}

/* What the list of calls cannot see: an absolute path beside a folder. */
static bool
worker_bounded (void)
{
  int fd = openat (download_folder (0), "/etc/passwd", O_RDONLY);

  return fd < 0 && errno == EACCES;
}

static void
test_paths (void)
{
  fine (0, paths_bounded);
  fine (0, places_read_only);
  if (sandbox_off (conf) == NULL
      && syscall (SYS_landlock_create_ruleset, NULL, 0, 1) > 0)
    fine (SANDBOX_WORKER, worker_bounded);
}

/* -- Not used. */

static bool
nothing_refused (void)
{
  return open ("/etc/passwd", O_RDONLY) >= 0
      && socket (AF_INET, SOCK_STREAM, 0) >= 0;
}

static void
test_off (void)
{
  conf->sandbox = CONF_SANDBOX_OFF;
  g_assert_nonnull (sandbox_off (conf));
  fine (SANDBOX_WORKER, nothing_refused);
  g_assert_cmpint (sandbox_test_by (conf, enter_nothing, NULL), ==, BZ_OK);
  conf->sandbox = CONF_SANDBOX_ON;
}

static void
downloads_make (void)
{
  g_autofree char *list = g_build_filename (folder, "downloads.xml", NULL);
  g_autofree char *file = g_build_filename (folder, "a.txt", NULL);

  g_assert_true (g_file_set_contents (list,
                                      "<downloads><file name=\"a.txt\" "
                                      "title=\"甲\"/></downloads>",
                                      -1, NULL));
  g_assert_true (g_file_set_contents (file, "text", -1, NULL));
  conf->downloads = g_strdup (folder);
  g_assert_cmpint (download_load (conf, NULL), ==, BZ_OK);
}

static void
folder_remove (void)
{
  static const char *const names[] = { "downloads.xml", "a.txt", "said" };

  for (size_t i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_build_filename (folder, names[i], NULL);

    (void) g_unlink (path);
  }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  int rc;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("bianzhi-sandbox-XXXXXX", NULL);
  said = g_build_filename (folder, "said", NULL);
  xml_schema_dir_set (BZ_SRC "/conf/schema");
  conf = conf_default ();
  g_free (conf->spool);
  conf->spool = g_strdup (folder);
  downloads_make ();
  g_assert_cmpint (crypto_init (), ==, 0);
  g_test_add_func ("/sandbox/off", test_off);
  g_test_add_func ("/sandbox/paths", test_paths);
  /* Under sanitizers and valgrind there is none, which test_off looks at. */
  if (sandbox_off (conf) == NULL) {
    g_test_add_func ("/sandbox/holds", test_holds);
    g_test_add_func ("/sandbox/sees", test_sees);
    g_test_add_func ("/sandbox/refused", test_refused);
    g_test_add_func ("/sandbox/ended", test_ended);
    g_test_add_func ("/sandbox/kill", test_kill);
    g_test_add_func ("/sandbox/works", test_works);
  }
  rc = g_test_run ();
  download_clear ();
  folder_remove ();
  conf_free (conf);
  g_free (folder);
  g_free (said);
  return rc;
}
