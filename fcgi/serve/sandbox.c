/* What a process that reads what browsers sent may ask of the kernel.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "serve/sandbox.h"
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <iconv.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include "bianzhi/plugin.h"
#include "data/db.h"
#include "serve/landlock.h"
#include "serve/spool.h"
#include "work/download.h"

#ifdef __has_feature
#define SANDBOX_CLANG_SANITIZES __has_feature (address_sanitizer)
#else
#define SANDBOX_CLANG_SANITIZES 0
#endif

enum {
  NAMELESS = O_TMPFILE & ~O_DIRECTORY,
  CHANGES = O_ACCMODE | O_CREAT | O_TRUNC | NAMELESS,
  SPACES = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC
         | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET,
  PLACES = 64, /* folders of downloads that Landlock and the list know */
  FRAMES = 64
};

/* A filter that is being made.  RC keeps the first failure. */
struct filter {
  scmp_filter_ctx all;
  unsigned who;
  int rc;
};

const char *
sandbox_off (const struct conf *conf)
{
  const char *preload = g_getenv ("LD_PRELOAD");

#if defined __SANITIZE_ADDRESS__ || SANDBOX_CLANG_SANITIZES
  return "this program was built with sanitizers, which need more calls";
#endif
  if (preload != NULL && strstr (preload, "/vgpreload_") != NULL)
    return "it runs under valgrind, which needs more calls";
  return conf->sandbox == CONF_SANDBOX_OFF ? "[server] sandbox=off" : NULL;
}

/* -- The list. */

/* Allow CALL for WHO if N conditions hold. */
static void
allow (struct filter *f, unsigned who, int call, unsigned n,
       const struct scmp_arg_cmp *conditions)
{
  if ((f->who & who) != 0 && f->rc == 0)
    f->rc = seccomp_rule_add_array (f->all, SCMP_ACT_ALLOW, call, n,
                                    conditions);
}

static void
allow_if (struct filter *f, unsigned who, int call, struct scmp_arg_cmp one)
{
  allow (f, who, call, 1, &one);
}

/* openat in FOLDER, with CHANGES just as HOW says. */
static void
allow_folder (struct filter *f, int call, int folder, unsigned how)
{
  const struct scmp_arg_cmp both[] = {
    SCMP_A0_32 (SCMP_CMP_EQ, (unsigned) folder),
    SCMP_A2_32 (SCMP_CMP_MASKED_EQ, CHANGES, how),
  };

  allow (f, SANDBOX_WORKER, call, 2, both);
}

/* A folder's descriptor does not bind an absolute path, so nothing can be
 * written but files without a name, where the file system has them. */
static void
files_allow (struct filter *f, const struct conf *conf)
{
  int spool, shelf;

  if ((f->who & SANDBOX_WORKER) == 0)
    return;
  spool = spool_folder (conf);
  if (spool_nameless (conf))
    allow_folder (f, SCMP_SYS (openat), spool, O_RDWR | NAMELESS);
  else {
    allow_folder (f, SCMP_SYS (openat), spool, O_RDWR | O_CREAT);
    allow_if (f, SANDBOX_WORKER, SCMP_SYS (unlinkat),
              SCMP_A0_32 (SCMP_CMP_EQ, (unsigned) spool));
  }
  for (unsigned i = 0; (shelf = download_folder (i)) >= 0; i++)
    allow_folder (f, SCMP_SYS (openat), shelf, O_RDONLY);
}

/* Fonts may lie anywhere; so may what a parent's children need to enter. */
static void
reading_allow (struct filter *f)
{
  allow_if (f, SANDBOX_JOB | SANDBOX_PARENT, SCMP_SYS (openat),
            SCMP_A2_32 (SCMP_CMP_MASKED_EQ, CHANGES, O_RDONLY));
  /* This is how libraries ask for fstat; some machines have only the second. */
  if ((f->who & (SANDBOX_JOB | SANDBOX_PARENT)) == 0) {
    allow_if (f, SANDBOX_WORKER, SCMP_SYS (newfstatat),
              SCMP_A3_32 (SCMP_CMP_MASKED_EQ, AT_EMPTY_PATH, AT_EMPTY_PATH));
    allow_if (f, SANDBOX_WORKER, SCMP_SYS (statx),
              SCMP_A2_32 (SCMP_CMP_MASKED_EQ, AT_EMPTY_PATH, AT_EMPTY_PATH));
  }
}

/* Nothing that can be executed later. */
static void
memory_allow (struct filter *f)
{
  static const int calls[] = { SCMP_SYS (mmap), SCMP_SYS (mmap2),
                               SCMP_SYS (mprotect) };

  for (size_t i = 0; i < G_N_ELEMENTS (calls); i++)
    allow_if (f, ~0U, calls[i], SCMP_A2_32 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
}

static void
sockets_allow (struct filter *f)
{
  static const int calls[] = { SCMP_SYS (socket), SCMP_SYS (socketpair) };

  for (size_t i = 0; i < G_N_ELEMENTS (calls); i++)
    allow_if (f, SANDBOX_WORKER, calls[i], SCMP_A0_32 (SCMP_CMP_EQ, AF_UNIX));
}

/* Threads for fonts, forks of a parent; no new namespaces.  What clone3 would
 * do stands in memory, where no filter looks: the C library goes on to clone. */
static void
children_allow (struct filter *f)
{
  allow_if (f, SANDBOX_JOB, SCMP_SYS (clone),
            SCMP_A0_32 (SCMP_CMP_MASKED_EQ, (unsigned) (CLONE_THREAD | SPACES),
                        CLONE_THREAD));
  allow_if (f, SANDBOX_PARENT, SCMP_SYS (clone),
            SCMP_A0_32 (SCMP_CMP_MASKED_EQ, (unsigned) (CLONE_VM | SPACES), 0));
  if ((f->who & (SANDBOX_JOB | SANDBOX_PARENT)) != 0 && f->rc == 0)
    f->rc = seccomp_rule_add (f->all, SCMP_ACT_ERRNO (ENOSYS),
                              SCMP_SYS (clone3), 0);
}

static void
rest_allow (struct filter *f)
{
  static const unsigned controls[] = { FIONREAD, FIONBIO, TCGETS };
  static const int names[] = { PR_SET_NAME, PR_GET_NAME };
  static const int parents[] = { PR_SET_NO_NEW_PRIVS, PR_SET_PDEATHSIG,
                                 PR_SET_SECCOMP, PR_GET_SECCOMP };

  for (size_t i = 0; i < G_N_ELEMENTS (controls); i++)
    allow_if (f, ~0U, SCMP_SYS (ioctl), SCMP_A1_32 (SCMP_CMP_EQ, controls[i]));
  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    allow_if (f, ~0U, SCMP_SYS (prctl),
              SCMP_A0_32 (SCMP_CMP_EQ, (unsigned) names[i]));
  for (size_t i = 0; i < G_N_ELEMENTS (parents); i++)
    allow_if (f, SANDBOX_PARENT, SCMP_SYS (prctl),
              SCMP_A0_32 (SCMP_CMP_EQ, (unsigned) parents[i]));
  /* abort and raise.  A parent's child is another before it enters itself. */
  if ((f->who & SANDBOX_PARENT) == 0)
    allow_if (f, ~0U, SCMP_SYS (tgkill),
              SCMP_A0_32 (SCMP_CMP_EQ, (unsigned) getpid ()));
}

static int
filter_fill (struct filter *f, const struct conf *conf)
{
  for (size_t i = 0; i < sandbox_n_calls; i++)
    allow (f, sandbox_calls[i].who, sandbox_calls[i].call, 0, NULL);
  for (size_t i = 0; i < sandbox_n_deadly && f->rc == 0; i++)
    f->rc = seccomp_rule_add (f->all, SCMP_ACT_KILL_PROCESS, sandbox_deadly[i],
                              0);
  files_allow (f, conf);
  reading_allow (f);
  memory_allow (f);
  sockets_allow (f);
  children_allow (f);
  rest_allow (f);
  return f->rc;
}

/* -- What must be there before. */

static bool
places_close (const struct conf *conf, unsigned who)
{
  struct landlock_place place[PLACES];
  size_t n = 0;
  int shelf, root = -1;
  bool ok;

  if ((who & SANDBOX_WORKER) != 0) {
    place[n++] = (struct landlock_place){ spool_folder (conf), true };
    for (unsigned i = 0; n < PLACES - 1 && (shelf = download_folder (i)) >= 0;
         i++)
      place[n++] = (struct landlock_place){ shelf, false };
  }
  if ((who & SANDBOX_JOB) != 0) {
    root = open ("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
    place[n++] = (struct landlock_place){ root, false };
  }
  ok = landlock_enter (place, n) || !landlock_there ();
  if (root >= 0)
    close (root);
  return ok;
}

/* What libraries load when it is first asked for. */
static void
libraries_warm (void)
{
  static const char *const codes[] = { "GB18030", "GBK", "GB2312", "UTF-16" };
  static bool warm;
  void *frame[1];

  if (warm)
    return;
  warm = true;
  tzset ();
  (void) backtrace (frame, 1);
  for (size_t i = 0; i < G_N_ELEMENTS (codes); i++)
    (void) iconv_open (codes[i], "UTF-8"); /* stays open, so it stays loaded */
  db_warm ();
}

/* -- In tests. */

static void
number_say (int n)
{
  char text[12], *at = text + sizeof text;

  do
    *--at = (char) ('0' + n % 10);
  while ((n /= 10) > 0);
  (void) !write (STDERR_FILENO, at, (size_t) (text + sizeof text - at));
}

/* The process ends by this signal when the handler has returned. */
static void
on_forbidden (int signal_number, siginfo_t *info, void *context)
{
  static const char head[] = "sandbox: a call that it forbids, number ";
  void *frames[FRAMES];
  int n;

  (void) !write (STDERR_FILENO, head, sizeof head - 1);
  number_say (info->si_syscall);
  (void) !write (STDERR_FILENO, ", from\n", 7);
  n = backtrace (frames, FRAMES);
  backtrace_symbols_fd (frames, n, STDERR_FILENO);
  (void) signal (SIGSYS, SIG_DFL);
  (void) raise (SIGSYS);
}

static void
forbidden_watch (void)
{
  struct sigaction act = { .sa_sigaction = on_forbidden,
                           .sa_flags = SA_SIGINFO };
  sigset_t one;

  sigaction (SIGSYS, &act, NULL);
  sigemptyset (&one);
  sigaddset (&one, SIGSYS);
  sigprocmask (SIG_UNBLOCK, &one, NULL);
}

/* -- Entering. */

int
sandbox_enter (const struct conf *conf, unsigned who, GError **error)
{
  bool kills = conf->sandbox == CONF_SANDBOX_KILL;
  struct filter f = { .who = who };

  if (sandbox_off (conf) != NULL)
    return BZ_OK;
  libraries_warm ();
  if (!places_close (conf, who)) {
    g_set_error (error, CONF_ERROR, 0,
                 "the sandbox cannot be entered: its paths: %s",
                 g_strerror (errno));
    return BZ_FAILED;
  }
  if (kills)
    forbidden_watch ();
  f.all = seccomp_init (kills ? SCMP_ACT_TRAP : SCMP_ACT_ERRNO (EPERM));
  if (f.all == NULL)
    f.rc = -ENOMEM;
  if (f.rc == 0)
    f.rc = seccomp_attr_set (f.all, SCMP_FLTATR_ACT_BADARCH,
                             SCMP_ACT_KILL_PROCESS);
  /* Refusals go to the system's audit trail; common calls are found early. */
  if (f.rc == 0)
    f.rc = seccomp_attr_set (f.all, SCMP_FLTATR_CTL_LOG, 1);
  if (f.rc == 0)
    f.rc = seccomp_attr_set (f.all, SCMP_FLTATR_CTL_OPTIMIZE, 2);
  if (f.rc == 0 && filter_fill (&f, conf) == 0)
    f.rc = seccomp_load (f.all);
  if (f.all != NULL)
    seccomp_release (f.all);
  if (f.rc == 0)
    return BZ_OK;
  g_set_error (error, CONF_ERROR, 0, "the sandbox cannot be entered: %s",
               g_strerror (-f.rc));
  return BZ_FAILED;
}
