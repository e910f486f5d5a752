/* One GET to the server that runs on this machine, over its own socket.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "serve/ask.h"
#include <errno.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include "bianzhi/plugin.h"
#include "serve/socket.h"

/* Of the FastCGI specification. */
enum { ASK_BEGIN = 1, ASK_PARAMS = 4, ASK_STDIN = 5, ASK_STDOUT = 6 };
enum { ASK_HEAD = 8, ASK_SECONDS = 10, ASK_MOST = 16 << 20 };

static void
record_add (GByteArray *to, int type, const void *body, size_t size)
{
  const guint8 head[ASK_HEAD] = { [0] = 1,
                                  [1] = (guint8) type,
                                  [3] = 1,
                                  [4] = (guint8) (size >> 8),
                                  [5] = (guint8) size };

  g_byte_array_append (to, head, sizeof head);
  if (size > 0)
    g_byte_array_append (to, body, (guint) size);
}

static void
pair_add (GString *to, const char *name, const char *value)
{
  g_string_append_c (to, (char) strlen (name));
  for (int shift = 24; shift >= 0; shift -= 8)
    g_string_append_c (to, (char) ((strlen (value) >> shift & 0xff)
                                   | (shift == 24 ? 0x80 : 0)));
  g_string_append_printf (to, "%s%s", name, value);
}

static GByteArray *
question (const struct conf *conf, const char *path)
{
  static const guint8 begin[ASK_HEAD] = { 0, 1 };
  g_autofree char *uri = g_strconcat (conf->base, path, NULL);
  g_autoptr (GString) params = g_string_new (NULL);
  GByteArray *all = g_byte_array_new ();

  pair_add (params, "REQUEST_METHOD", "GET");
  pair_add (params, "REQUEST_URI", uri);
  pair_add (params, "REMOTE_ADDR", "127.0.0.1");
  record_add (all, ASK_BEGIN, begin, sizeof begin);
  record_add (all, ASK_PARAMS, params->str, params->len);
  record_add (all, ASK_PARAMS, NULL, 0);
  record_add (all, ASK_STDIN, NULL, 0);
  return all;
}

static int
server_connect (const char *path)
{
  struct sockaddr_un at = { .sun_family = AF_UNIX };
  int fd;

  if (g_strlcpy (at.sun_path, path, sizeof at.sun_path) >= sizeof at.sun_path)
    return -1;
  fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0)
    return -1;
  socket_limit (fd, ASK_SECONDS);
  if (connect (fd, (const struct sockaddr *) &at, sizeof at) == 0)
    return fd;
  close (fd);
  return -1;
}

/* All that came until the end. */
static GByteArray *
answer_read (int fd, const GByteArray *asked)
{
  GByteArray *all = g_byte_array_new ();
  guint8 part[4096];
  ssize_t n;

  if (send (fd, asked->data, asked->len, MSG_NOSIGNAL) != (ssize_t) asked->len)
    return all;
  while (all->len < ASK_MOST && (n = recv (fd, part, sizeof part, 0)) > 0)
    g_byte_array_append (all, part, (guint) n);
  return all;
}

/* Only what stands in records of output. */
static GString *
output_of (const GByteArray *all)
{
  GString *out = g_string_new (NULL);
  size_t at = 0;

  while (all->len - at >= ASK_HEAD) {
    const guint8 *r = all->data + at;
    size_t size = (size_t) r[4] << 8 | r[5];

    if (all->len - at - ASK_HEAD < size)
      break;
    if (r[1] == ASK_STDOUT)
      g_string_append_len (out, (const char *) r + ASK_HEAD, (gssize) size);
    at += ASK_HEAD + size + r[6];
    if (at > all->len)
      break;
  }
  return out;
}

char *
ask_server (const struct conf *conf, const char *socket, const char *path,
            GError **error)
{
  g_autoptr (GByteArray) asked = question (conf, path);
  g_autoptr (GByteArray) raw = NULL;
  g_autoptr (GString) out = NULL;
  const char *at = socket != NULL ? socket : conf->socket, *body;
  int fd = at != NULL ? server_connect (at) : -1;

  if (fd < 0) {
    g_set_error (error, CONF_ERROR, 0,
                 at != NULL ? "%s: nobody answers there; does the server run, "
                              "and may you write to its socket?"
                            : "%s sets no [server] socket; name the one that "
                              "the service manager hands over",
                 at != NULL ? at : conf->path);
    return NULL;
  }
  raw = answer_read (fd, asked);
  close (fd);
  out = output_of (raw);
  body = strstr (out->str, "\r\n\r\n");
  if (body != NULL && g_str_has_prefix (out->str, "Status: 200\r\n"))
    return g_strdup (body + 4);
  g_set_error (error, CONF_ERROR, 0,
               "the server does not answer with its state; does [server] "
               "status_from hold 127.0.0.1, and peer let you in?");
  return NULL;
}
