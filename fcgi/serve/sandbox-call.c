/* The calls of the sandbox that need no look at their arguments.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * A call that is new here (a library's new version, a new task) shows in the
 * tests, where [server] sandbox=kill: the log names its number and the stack.
 * Ask first whether it can be done before the sandbox is entered. */
#include <seccomp.h>
#include "serve/sandbox.h"

enum {
  W = SANDBOX_WORKER,
  J = SANDBOX_JOB,
  P = SANDBOX_PARENT,
  ALL = SANDBOX_WORKER | SANDBOX_JOB | SANDBOX_PARENT
};
#define CALL(name, who)                                                        \
  {                                                                            \
    SCMP_SYS (name), who                                                       \
  }

const struct sandbox_call sandbox_calls[] = {
  /* Memory; what may be executed is looked at in sandbox.c. */
  CALL (brk, ALL),
  CALL (munmap, ALL),
  CALL (mremap, ALL),
  CALL (madvise, ALL),
  CALL (memfd_create, ALL),
  /* What is open already. */
  CALL (read, ALL),
  CALL (readv, ALL),
  CALL (pread64, ALL),
  CALL (write, ALL),
  CALL (writev, ALL),
  CALL (pwrite64, ALL),
  CALL (lseek, ALL),
  CALL (_llseek, ALL),
  CALL (ftruncate, ALL),
  CALL (ftruncate64, ALL),
  CALL (fstat, ALL),
  CALL (fstat64, ALL),
  CALL (close, ALL),
  CALL (dup, ALL),
  CALL (dup2, ALL),
  CALL (dup3, ALL),
  CALL (fcntl, ALL),
  CALL (fcntl64, ALL),
  CALL (fsync, W),
  CALL (fdatasync, W),
  CALL (poll, ALL),
  CALL (ppoll, ALL),
  CALL (select, ALL),
  CALL (_newselect, ALL),
  CALL (pselect6, ALL),
  /* Time, numbers, itself. */
  CALL (clock_gettime, ALL),
  CALL (clock_gettime64, ALL),
  CALL (clock_getres, ALL),
  CALL (gettimeofday, ALL),
  CALL (time, ALL),
  CALL (nanosleep, ALL),
  CALL (clock_nanosleep, ALL),
  CALL (clock_nanosleep_time64, ALL),
  CALL (restart_syscall, ALL),
  CALL (getrandom, ALL),
  CALL (getpid, ALL),
  CALL (getppid, ALL),
  CALL (gettid, ALL),
  CALL (getuid, ALL),
  CALL (geteuid, ALL),
  CALL (getgid, ALL),
  CALL (getegid, ALL),
  CALL (uname, ALL),
  CALL (sysinfo, ALL),
  CALL (getrusage, ALL),
  CALL (times, ALL),
  CALL (sched_getaffinity, ALL),
  CALL (sched_yield, ALL),
  CALL (sched_getattr, J), /* GLib's new threads are as their makers */
  CALL (sched_setattr, J),
  CALL (futex, ALL),
  CALL (futex_time64, ALL),
  CALL (set_robust_list, ALL),
  CALL (set_tid_address, ALL),
  CALL (rseq, ALL),
  CALL (arch_prctl, ALL),
  CALL (exit, ALL),
  CALL (exit_group, ALL),
  /* Signals to itself are looked at in sandbox.c. */
  CALL (rt_sigaction, ALL),
  CALL (rt_sigprocmask, ALL),
  CALL (rt_sigreturn, ALL),
  CALL (rt_sigpending, ALL),
  CALL (sigaltstack, ALL),
  CALL (sigreturn, ALL),
  /* Connections; of what kind is looked at where they are made. */
  CALL (connect, W),
  CALL (accept, W | P),
  CALL (accept4, W | P),
  CALL (recvfrom, W | P),
  CALL (recvmsg, W | P),
  CALL (sendto, W | P),
  CALL (sendmsg, W | P),
  CALL (shutdown, W | P),
  CALL (getsockname, W | P),
  CALL (getpeername, W | P),
  CALL (getsockopt, W | P),
  CALL (setsockopt, W | P),
  /* Fonts, and what knows how they are used. */
  CALL (fadvise64, J | P),
  CALL (fadvise64_64, J | P),
  CALL (newfstatat, J | P),
  CALL (fstatat64, J | P),
  CALL (statx, J | P),
  CALL (access, J | P),
  CALL (faccessat, J | P),
  CALL (faccessat2, J | P),
  CALL (readlink, J | P),
  CALL (readlinkat, J | P),
  CALL (getdents64, J | P),
  CALL (statfs, J | P),
  CALL (fstatfs, J | P),
  CALL (getcwd, J | P),
  /* Children, and their limits before they enter by themselves. */
  CALL (wait4, P),
  CALL (waitid, P),
  CALL (kill, P),
  CALL (tgkill, P),
  CALL (pipe2, P),
  CALL (close_range, P),
  CALL (setrlimit, P),
  CALL (prlimit64, P),
  CALL (seccomp, P),
  CALL (landlock_create_ruleset, P),
  CALL (landlock_add_rule, P),
  CALL (landlock_restrict_self, P),
};
const size_t sandbox_n_calls = G_N_ELEMENTS (sandbox_calls);

const int sandbox_deadly[] = {
  SCMP_SYS (execve),
  SCMP_SYS (execveat),
  SCMP_SYS (ptrace),
  SCMP_SYS (bpf),
  SCMP_SYS (io_uring_setup),
  SCMP_SYS (io_uring_enter),
  SCMP_SYS (io_uring_register),
  SCMP_SYS (process_vm_readv),
  SCMP_SYS (process_vm_writev),
};
const size_t sandbox_n_deadly = G_N_ELEMENTS (sandbox_deadly);
