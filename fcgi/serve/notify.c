/* What the service manager is told.  SPDX-License-Identifier: MulanPSL-2.0
 *
 * The protocol is one datagram; libsystemd would be a library for that alone. */
#include "serve/notify.h"
#include <glib.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include "serve/clock.h"

static void
send_text (const char *text)
{
  const char *path = g_getenv ("NOTIFY_SOCKET");
  struct sockaddr_un to = { .sun_family = AF_UNIX };
  size_t length = path != NULL ? strlen (path) : 0;
  int fd;

  if (length == 0 || length >= sizeof to.sun_path
      || (*path != '/' && *path != '@'))
    return;
  memcpy (to.sun_path, path, length);
  if (*path == '@') /* a name without a file */
    to.sun_path[0] = '\0';
  fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0)
    return;
  (void) sendto (fd, text, strlen (text), MSG_NOSIGNAL, (struct sockaddr *) &to,
                 (socklen_t) (offsetof (struct sockaddr_un, sun_path)
                              + length));
  close (fd);
}

void
notify_ready (void)
{
  send_text ("READY=1");
}

void
notify_reloading (void)
{
  g_autofree char *text
    = g_strdup_printf ("RELOADING=1\nMONOTONIC_USEC=%" G_GINT64_FORMAT,
                       clock_ms () * 1000);

  send_text (text);
}

void
notify_stopping (void)
{
  send_text ("STOPPING=1");
}
