/* FastCGI over one accepted connection; the only room that knows libfcgi.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "serve/fastcgi.h"
#include <fcgiapp.h>
#include <fcntl.h>
#include <unistd.h>
#include "serve/clock.h"
#include "serve/crash.h"

struct fastcgi {
  FCGX_Request request;
  int nowhere; /* /dev/null, in place of a listening socket  */
  int64_t deadline_ms;
  GHashTable *params;
};

struct fastcgi *
fastcgi_new (void)
{
  struct fastcgi *f = g_new0 (struct fastcgi, 1);

  /* Without it, closing waits up to two seconds for a peer that stays. */
  g_setenv ("LIBFCGI_OS_CLOSE_POLL_TIMEOUT", "100", TRUE);
  f->nowhere = open ("/dev/null", O_RDWR | O_CLOEXEC);
  f->params = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (f->nowhere < 0 || FCGX_Init () != 0
      || FCGX_InitRequest (&f->request, f->nowhere, FCGI_FAIL_ACCEPT_ON_INTR)
           != 0)
    g_error ("libfcgi does not start");
  return f;
}

void
fastcgi_free (struct fastcgi *f)
{
  if (f == NULL)
    return;
  FCGX_Free (&f->request, 1);
  if (f->nowhere >= 0)
    close (f->nowhere);
  g_hash_table_unref (f->params);
  g_free (f);
}

/* libfcgi gives the first of two values to one reader and could give the second
 * to another: names that decide something come once. */
static bool
matters (const char *name)
{
  static const char *const names[] = {
    "CONTENT_LENGTH",      "CONTENT_TYPE",   "HTTPS",
    "HTTP_COOKIE",         "HTTP_HOST",      "HTTP_ORIGIN",
    "HTTP_SEC_FETCH_SITE", "PATH_INFO",      "QUERY_STRING",
    "REMOTE_ADDR",         "REQUEST_METHOD", "REQUEST_URI",
    "SCRIPT_NAME",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i], name))
      return true;
  return false;
}

int
fastcgi_params (char *const *envp, GHashTable *ret)
{
  size_t count = 0, bytes = 0;

  for (; *envp != NULL; envp++) {
    const char *equals = strchr (*envp, '=');
    g_autofree char *name = NULL;

    bytes += strlen (*envp);
    if (++count > FASTCGI_MAX_PARAMS || bytes > FASTCGI_MAX_BYTES)
      return 431;
    if (equals == NULL)
      return 400;
    name = g_strndup (*envp, (size_t) (equals - *envp));
    if (g_hash_table_contains (ret, name)) {
      if (matters (name))
        return 400;
      continue;
    }
    g_hash_table_insert (ret, g_steal_pointer (&name), (char *) equals + 1);
  }
  return 0;
}

static const char *
param_get (void *state, const char *name)
{
  return g_hash_table_lookup (((struct fastcgi *) state)->params, name);
}

static gssize
body_read (void *state, void *buf, size_t size)
{
  struct fastcgi *f = state;
  int n;

  if (clock_ms () > f->deadline_ms)
    return -1;
  n = FCGX_GetStr (buf, (int) MIN (size, G_MAXINT / 2), f->request.in);
  if (FCGX_GetError (f->request.in) != 0)
    return -1;
  return n;
}

static bool
body_broken (void *state)
{
  return FCGX_GetError (((struct fastcgi *) state)->request.in) != 0;
}

static int
reply_write (void *state, const void *bytes, size_t size)
{
  struct fastcgi *f = state;
  const char *at = bytes;

  while (size > 0) {
    int part = (int) MIN (size, G_MAXINT / 2);

    if (FCGX_PutStr (at, part, f->request.out) != part)
      return BZ_FAILED;
    at += part;
    size -= (size_t) part;
  }
  if (crash_due ("answering")) {
    (void) FCGX_FFlush (f->request.out);
    crash_now ();
  }
  return BZ_OK;
}

bool
fastcgi_serve (struct fastcgi *f, int fd, int64_t deadline_ms,
               void (*answer) (void *state, const struct cgi *), void *state)
{
  FCGX_Request *r = &f->request;
  struct cgi cgi = { .state = f,
                     .get = param_get,
                     .read = body_read,
                     .broken = body_broken,
                     .write = reply_write };

  /* "Keep" makes FCGX_Accept_r go on with our descriptor.  If what comes is no
   * request, it tries to accept on /dev/null, which fails at once. */
  FCGX_Finish_r (r);
  r->ipcFd = fd;
  r->keepConnection = 1;
  if (FCGX_Accept_r (r) != 0) {
    FCGX_Free (r, 1);
    return false;
  }
  f->deadline_ms = deadline_ms;
  g_hash_table_remove_all (f->params);
  cgi.refused = fastcgi_params (r->envp, f->params);
  answer (state, &cgi);
  g_hash_table_remove_all (f->params);
  crash_at ("finishing");
  r->keepConnection = 0; /* one request a connection */
  FCGX_Finish_r (r);
  return true;
}
