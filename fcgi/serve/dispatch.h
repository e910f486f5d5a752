/* One request from its parameters to its reply: route, session, permission,
 * form key, transaction with retry, handler, audit, commit, view.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef SERVE_DISPATCH_H
#define SERVE_DISPATCH_H
#include <glib.h>
#include "serve/req.h"

struct reply {
  int status;       /* HTTP                                      */
  GString *headers; /* whole lines, each ends with \r\n          */
  GBytes *body;     /* NULL: req->read streams it                */
};
/* Never fails: whatever goes wrong becomes a page.  The caller frees the
 * reply with reply_clear and the request with req_free. */
void dispatch (struct bz_req *, struct reply *ret);
void reply_clear (struct reply *);
#endif
