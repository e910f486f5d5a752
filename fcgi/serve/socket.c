/* The listening socket.  SPDX-License-Identifier: MulanPSL-2.0 */
#include "serve/socket.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include "serve/log.h"

enum { SOCKET_BACKLOG = 511, SOCKET_FIRST_FD = 3 };

static int
give_up (GError **error, const char *what, const char *why)
{
  g_set_error (error, CONF_ERROR, 0, "%s: %s", what, why);
  return -1;
}

bool
socket_is_ready (int fd)
{
  int yes = 0;
  socklen_t size = sizeof yes;

  return getsockopt (fd, SOL_SOCKET, SO_ACCEPTCONN, &yes, &size) == 0 && yes;
}

static int
ready_fd (int fd)
{
  (void) fcntl (fd, F_SETFD, FD_CLOEXEC);
  (void) fcntl (fd, F_SETFL, O_NONBLOCK);
  return fd;
}

int
socket_inherited (GError **error)
{
  const char *pid = g_getenv ("LISTEN_PID"), *count = g_getenv ("LISTEN_FDS");
  int64_t n;

  if (pid != NULL && count != NULL
      && g_ascii_string_to_signed (pid, 10, 1, G_MAXINT32, &n, NULL)
      && n == getpid ()) {
    if (!g_str_equal (count, "1") || !socket_is_ready (SOCKET_FIRST_FD))
      return give_up (error, "LISTEN_FDS", "exactly one socket is expected");
    return ready_fd (SOCKET_FIRST_FD);
  }
  if (socket_is_ready (STDIN_FILENO))
    return ready_fd (STDIN_FILENO);
  return give_up (error, "no socket",
                  "set [server] socket in bianzhi.conf, or start with a "
                  "listening socket on descriptor 0");
}

/* Somebody who answers is another server; what nobody answers is left over. */
static int
stale_remove (const char *path, const struct sockaddr_un *at, GError **error)
{
  struct stat st;
  int fd, rc;

  if (lstat (path, &st) != 0)
    return errno == ENOENT ? 0 : give_up (error, path, g_strerror (errno));
  if (!S_ISSOCK (st.st_mode))
    return give_up (error, path,
                    "there is a file that is no socket; remove it "
                    "or choose another path");
  fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0)
    return give_up (error, path, g_strerror (errno));
  rc = connect (fd, (const struct sockaddr *) at, sizeof *at);
  if (rc < 0 && errno != ECONNREFUSED)
    rc = 0; /* EAGAIN: its backlog is full, so it lives */
  close (fd);
  if (rc == 0)
    return give_up (error, path, "another server answers there; stop it first");
  return unlink (path) == 0 ? 0 : give_up (error, path, g_strerror (errno));
}

static int
listen_at (const char *path, GError **error)
{
  struct sockaddr_un at = { .sun_family = AF_UNIX };
  mode_t old;
  int fd, rc;

  if (strlen (path) >= sizeof at.sun_path)
    return give_up (error, path, "the path of a socket has at most 107 bytes");
  memcpy (at.sun_path, path, strlen (path));
  if (stale_remove (path, &at, error) < 0)
    return -1;
  fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0)
    return give_up (error, path, g_strerror (errno));
  old = umask (0117); /* born with 0660, never wider for a moment */
  rc = bind (fd, (const struct sockaddr *) &at, sizeof at);
  umask (old);
  if (rc == 0)
    rc = listen (fd, SOCKET_BACKLOG);
  if (rc == 0)
    return fd;
  (void) give_up (error, path, g_strerror (errno));
  close (fd);
  return -1;
}

int
socket_listen (const struct conf *conf, GError **error)
{
  if (conf->socket != NULL)
    return listen_at (conf->socket, error);
  return socket_inherited (error);
}

bool
socket_peer_ok (const struct conf *conf, int fd)
{
  struct ucred peer;
  socklen_t size = sizeof peer;

  if (conf->peer == CONF_PEER_ANY)
    return true;
  if (getsockopt (fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0)
    return false;
  if (peer.uid == 0 || (conf->peer == CONF_PEER_SAME && peer.uid == geteuid ()))
    return true;
  log_line (BZ0014_PEER_REFUSED, (unsigned) peer.uid, (int) peer.pid);
  return false;
}

void
socket_limit (int fd, int seconds)
{
  struct timeval limit = { .tv_sec = seconds };

  (void) setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  (void) setsockopt (fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}
