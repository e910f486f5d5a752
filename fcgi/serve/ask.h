/* One GET to the server that runs on this machine, over its own socket.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef SERVE_ASK_H
#define SERVE_ASK_H
#include "serve/conf.h"

/* The body of what the server at SOCKET (NULL: CONF's) says to PATH, asked from
 * 127.0.0.1; g_free.  NULL with ERROR: there is no socket, nobody answers, or
 * the answer is not 200. */
char *ask_server (const struct conf *, const char *socket, const char *path,
                  GError **error);
#endif
