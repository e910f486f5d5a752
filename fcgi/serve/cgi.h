/* The words of CGI, which FastCGI speaks too: variables in, a reply out.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef SERVE_CGI_H
#define SERVE_CGI_H
#include "serve/dispatch.h"

struct cgi {
  void *state;
  int refused; /* HTTP status: too many variables (431), one
                               * that matters twice (400); 0: fine          */
  const char *(*get) (void *state, const char *name); /* NULL: absent  */
  /* Up to SIZE bytes of the body; 0 at the end, <0 the peer failed. */
  gssize (*read) (void *state, void *buf, size_t size);
  /* Was the body cut or broken, whatever read said? */
  bool (*broken) (void *state);
  int (*write) (void *state, const void *bytes, size_t size); /* <0: gone  */
};
/* Fill REQ; what must be refused sets req->refused. */
void cgi_read (struct bz_req *, const struct cgi *);
/* Status, headers, body.  <0: the peer went away. */
int cgi_write (struct bz_req *, const struct reply *, const struct cgi *);
/* The path below BASE of a request URI: decoded strictly, no dot segments, no
 * double slashes, no escaped slashes.  0 with *RET, 400, or 404: not below
 * BASE.  Memory of the request. */
int cgi_path (struct bz_req *, const char *base, const char *uri,
              const char **ret);
#endif
