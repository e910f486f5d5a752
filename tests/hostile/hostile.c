/* A plugin that does what no plugin may do; tests/http/d_hostile.py loads it
 * into a server of its own.  It is never installed.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>
#include "bianzhi/plugin.h"

static volatile int always = 1;
static char *volatile nowhere;

static int
calm (struct bz_req *req)
{
  bz_title (req, "calm");
  return BZ_OK;
}

static int
crash (struct bz_req *req)
{
  *nowhere = 1;
  return calm (req);
}

static int
end_by_abort (struct bz_req *req)
{
  abort ();
}

static int
leave (struct bz_req *req)
{
  exit (0);
}

static int
loop (struct bz_req *req)
{
  while (always)
    ;
  return calm (req);
}

/* Four gigabytes that nobody needs. */
static int
huge (struct bz_req *req)
{
  char *p = malloc ((size_t) 4 << 30);

  for (size_t i = 0; i < (size_t) 4 << 30; i += 4096)
    ((volatile char *) p)[i] = 1;
  free (p);
  return calm (req);
}

static int
deeper (volatile char *above)
{
  volatile char here[4096];

  here[0] = *above;
  return always ? deeper (here) + here[0] : 0;
}

static int
overflow (struct bz_req *req)
{
  char top = 1;

  return deeper (&top) == 0 ? calm (req) : BZ_FAILED;
}

/* Sixteen megabytes that nobody gives back. */
static int
leak (struct bz_req *req)
{
  enum { SIZE = 16 << 20 };
  char *volatile p = malloc (SIZE);

  for (size_t i = 0; p != NULL && i < SIZE; i += 4096)
    p[i] = 1;
  return calm (req);
}

static int
leak_descriptors (struct bz_req *req)
{
  for (int i = 0; i < 20; i++)
    (void) !dup (STDERR_FILENO);
  return calm (req);
}

static int
all_descriptors (struct bz_req *req)
{
  while (dup (STDERR_FILENO) >= 0)
    ;
  return calm (req);
}

/* BZ_OK: the sandbox refused all of it. */
static int
break_out (struct bz_req *req)
{
  bool out = open ("/etc/passwd", O_RDONLY) >= 0
          || open ("/tmp/bianzhi-hostile", O_WRONLY | O_CREAT, 0600) >= 0
          || socket (AF_INET, SOCK_STREAM, 0) >= 0 || fork () >= 0
          || kill (getppid (), SIGTERM) == 0;

  return out ? BZ_FAILED : calm (req);
}

static int
start_program (struct bz_req *req)
{
  char *const words[] = { (char *) "true", NULL };

  (void) execv ("/bin/true", words);
  return calm (req);
}

#define ROW(name, what)                                                       \
  {                                                                           \
    .method = "GET", .path = "/hostile/" name, .permission = "public",        \
    .view = "record", .handle = what                                          \
  }
static const struct bz_route routes[] = {
  ROW ("calm", calm),
  ROW ("crash", crash),
  ROW ("abort", end_by_abort),
  ROW ("exit", leave),
  ROW ("loop", loop),
  ROW ("huge", huge),
  ROW ("stack", overflow),
  ROW ("leak", leak),
  ROW ("descriptors", leak_descriptors),
  ROW ("every-descriptor", all_descriptors),
  ROW ("break-out", break_out),
  ROW ("program", start_program),
  { .method = "POST", .path = "/hostile/form", .permission = "public",
    .view = "record", .handle = calm },
};

static const struct bz_plugin hostile = {
  .head = BZ_HEAD,
  .name = "hostile",
  .version = "1",
  .title = "hostile",
  .routes = BZ_ROWS (routes),
};

BZ_EXPORT (hostile)
