/* What a worker may hold, and when it holds too much to go on.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "serve/limit.h"
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

/* A request of max_files needs as many at once; SPARE of them may stay open
 * behind requests before the worker leaves. */
enum { LIMIT_DESCRIPTORS = 512, LIMIT_SPARE = 32 };

static int memory_file = -1;
static int leak_line;

static void
limit (__rlimit_resource_t what, int64_t most)
{
  struct rlimit l = { (rlim_t) most, (rlim_t) most };

  (void) setrlimit (what, &l);
}

void
limit_set (const struct conf *conf)
{
  limit (RLIMIT_CORE, 0);
  limit (RLIMIT_NOFILE, LIMIT_DESCRIPTORS);
#ifndef __SANITIZE_ADDRESS__ /* which maps terabytes for itself */
  if (conf->worker_memory > 0)
    limit (RLIMIT_AS, conf->worker_memory);
#endif
}

/* The lowest descriptor from LINE on that is free; LIMIT_DESCRIPTORS: none. */
static int
free_from (int line)
{
  int fd = fcntl (STDERR_FILENO, F_DUPFD_CLOEXEC, line);

  if (fd < 0)
    return LIMIT_DESCRIPTORS;
  close (fd);
  return fd;
}

void
limit_begin (void)
{
  if (memory_file < 0)
    memory_file = open ("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  leak_line = free_from (0) + LIMIT_SPARE;
}

int64_t
limit_memory (void)
{
  char text[128];
  ssize_t n = pread (memory_file, text, sizeof text - 1, 0);
  long long whole, resident;

  if (n <= 0)
    return 0;
  text[n] = '\0';
  if (sscanf (text, "%lld %lld", &whole, &resident) != 2)
    return 0;
  return resident * sysconf (_SC_PAGESIZE);
}

/* Descriptors that stay open climb up to the line, whatever is free below. */
bool
limit_leaks (void)
{
  return free_from (leak_line) > leak_line;
}
