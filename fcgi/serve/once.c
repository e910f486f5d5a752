/* One request as plain CGI.  SPDX-License-Identifier: MulanPSL-2.0 */
#include "serve/once.h"
#include <errno.h>
#include <unistd.h>

static const char *
variable_get (void *state, const char *name)
{
  return g_getenv (name);
}

static gssize
body_read (void *state, void *buf, size_t size)
{
  gssize n;

  do
    n = read (STDIN_FILENO, buf, size);
  while (n < 0 && errno == EINTR);
  return n;
}

static bool
body_broken (void *state)
{
  return false; /* a short body shows by its length */
}

static int
reply_write (void *state, const void *bytes, size_t size)
{
  bool *gone = state;
  const char *at = bytes;

  while (size > 0 && !*gone) {
    gssize n = write (STDOUT_FILENO, at, size);

    if (n < 0 && errno != EINTR)
      *gone = true;
    if (n > 0) {
      at += n;
      size -= (size_t) n;
    }
  }
  return *gone ? BZ_FAILED : BZ_OK;
}

int
once_run (struct worker *w)
{
  bool gone = false;
  struct cgi cgi = { .state = &gone,
                     .get = variable_get,
                     .read = body_read,
                     .broken = body_broken,
                     .write = reply_write };

  worker_answer (w, &cgi);
  return gone ? 1 : 0;
}
