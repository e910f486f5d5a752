/* Whether the sandbox holds: children enter it and try what is forbidden.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "bianzhi/plugin.h"
#include "serve/sandbox.h"
#include "serve/spool.h"

/* Something that must not work; <0 with errno. */
struct probe {
  const char *what;
  long (*run) (const struct conf *);
};
enum { STATUS_NOT_ENTERED = 250, STATUS_LIVES = 251 };

/* -- What is refused. */

static long
read_elsewhere (const struct conf *conf)
{
  return open ("/etc/passwd", O_RDONLY | O_CLOEXEC);
}

static long
write_elsewhere (const struct conf *conf)
{
  return open ("/dev/null", O_WRONLY | O_CLOEXEC);
}

/* An absolute path, for which the folder's descriptor says nothing. */
static long
write_from_spool (const struct conf *conf)
{
  return openat (spool_folder (conf), "/dev/null", O_RDWR | O_CLOEXEC);
}

static long
remove_file (const struct conf *conf)
{
  return unlinkat (AT_FDCWD, "/nonexistent/bianzhi", 0);
}

static long
change_mode (const struct conf *conf)
{
  return fchmod (STDERR_FILENO, 0600);
}

static long
internet (const struct conf *conf)
{
  return socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
}

static long
netlink (const struct conf *conf)
{
  return socket (AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, 0);
}

static long
map_code (const struct conf *conf)
{
  return mmap (NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
               MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
          == MAP_FAILED
         ? -1
         : 0;
}

static long
make_code (const struct conf *conf)
{
  void *page = mmap (NULL, 4096, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  return page == MAP_FAILED ? 0 : mprotect (page, 4096, PROT_READ | PROT_EXEC);
}

static long
new_process (const struct conf *conf)
{
  long pid = syscall (SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL);

  if (pid == 0)
    _exit (0);
  return pid;
}

static long
signal_parent (const struct conf *conf)
{
  return kill (getppid (), 0);
}

static long
dump_memory (const struct conf *conf)
{
  return prctl (PR_SET_DUMPABLE, 1, 0, 0, 0);
}

static const struct probe refused[] = {
  { "reading a file", read_elsewhere },
  { "writing a file", write_elsewhere },
  { "writing a file by way of the spool", write_from_spool },
  { "removing a file", remove_file },
  { "changing a file's mode", change_mode },
  { "a connection to the network", internet },
  { "a connection to the kernel", netlink },
  { "memory that can be written and executed", map_code },
  { "making memory executable", make_code },
  { "a new process", new_process },
  { "a signal to the master", signal_parent },
  { "letting others read its memory", dump_memory },
};

/* -- What ends the process. */

static long
deadly (size_t n)
{
  return syscall (sandbox_deadly[n], -1, NULL, NULL, NULL, NULL, NULL);
}

/* -- Children. */

static void
child_enter (const struct conf *conf, sandbox_fn enter)
{
  struct conf own = *conf; /* refusals have to come back */

  own.sandbox = CONF_SANDBOX_ON;
  if (enter (&own, SANDBOX_WORKER, NULL) < 0)
    _exit (STATUS_NOT_ENTERED);
}

/* Its exit status is the first that was not refused, from 1. */
static void
refused_child (const struct conf *conf, sandbox_fn enter)
{
  child_enter (conf, enter);
  for (size_t i = 0; i < G_N_ELEMENTS (refused); i++) {
    errno = 0;
    if (refused[i].run (conf) >= 0 || errno != EPERM)
      _exit ((int) i + 1);
  }
  _exit (0);
}

static void
deadly_child (const struct conf *conf, sandbox_fn enter, size_t n)
{
  child_enter (conf, enter);
  (void) deadly (n);
  _exit (STATUS_LIVES);
}

/* The child's end as waitpid tells it; -1: there was none. */
static int
child_wait (pid_t pid)
{
  int status;

  if (pid < 0)
    return -1;
  while (waitpid (pid, &status, 0) < 0)
    if (errno != EINTR)
      return -1;
  return status;
}

static int
fail (GError **error, const char *what)
{
  g_set_error (error, CONF_ERROR, 0, "%s", what);
  return BZ_FAILED;
}

static int
refused_test (const struct conf *conf, sandbox_fn enter, GError **error)
{
  pid_t pid = fork ();
  int status;

  if (pid == 0)
    refused_child (conf, enter);
  status = child_wait (pid);
  if (status == 0)
    return BZ_OK;
  if (status == -1 || !WIFEXITED (status))
    return fail (error, "it could not be tried");
  if (WEXITSTATUS (status) == STATUS_NOT_ENTERED)
    return fail (error, "this kernel does not let a process enter it");
  return fail (error, refused[WEXITSTATUS (status) - 1].what);
}

static int
deadly_test (const struct conf *conf, sandbox_fn enter, size_t n,
             GError **error)
{
  pid_t pid = fork ();
  int status;

  if (pid == 0)
    deadly_child (conf, enter, n);
  status = child_wait (pid);
  if (status != -1 && WIFSIGNALED (status) && WTERMSIG (status) == SIGSYS)
    return BZ_OK;
  return fail (error, "starting programs, tracing and the like");
}

int
sandbox_test_by (const struct conf *conf, sandbox_fn enter, GError **error)
{
  int rc;

  if (sandbox_off (conf) != NULL)
    return BZ_OK;
  (void) fflush (NULL);
  rc = refused_test (conf, enter, error);
  for (size_t i = 0; i < sandbox_n_deadly && rc == BZ_OK; i++)
    if (sandbox_deadly[i] >= 0) /* <0: not on this architecture */
      rc = deadly_test (conf, enter, i, error);
  return rc;
}

int
sandbox_test (const struct conf *conf, GError **error)
{
  return sandbox_test_by (conf, sandbox_enter, error);
}
