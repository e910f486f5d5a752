/* The listening socket: by path, handed over by the service manager, or on
 * descriptor 0.  SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef SERVE_SOCKET_H
#define SERVE_SOCKET_H
#include <stdbool.h>
#include "serve/conf.h"

/* A listening descriptor, non-blocking and close-on-exec; -1 with ERROR.  A
 * path where somebody still answers is refused, a stale one is replaced. */
int socket_listen (const struct conf *, GError **error);
/* LISTEN_FDS or descriptor 0 only (--single). */
int socket_inherited (GError **error);
/* Is FD a listening socket? */
bool socket_is_ready (int fd);
/* May this peer speak to us?  Logs who it was if not. */
bool socket_peer_ok (const struct conf *, int fd);
/* Limits on each read and write of FD. */
void socket_limit (int fd, int seconds);
#endif
