/* From what a handler left in its request to the bytes of a reply.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * Each function fills a reply whose headers are an empty GString; none of them
 * can fail: a page that cannot be drawn becomes a plain sentence. */
#ifndef SERVE_REPLY_H
#define SERVE_REPLY_H
#include "serve/dispatch.h"

/* The HTTP status of an enum bz_status. */
int reply_status (int status);
/* The page of the request, finished and drawn (or as XML, by Accept).  SAVED: a
 * change was committed, which the reader is told if the drawing fails. */
void reply_page (struct bz_req *, int http_status, bool saved, struct reply *);
/* A page of its own; TEXT NULL: what the status itself says. */
void reply_error (struct bz_req *, int http_status, const char *text,
                  struct reply *);
/* The same for a POST that may be sent again: the page holds every typed value.
 * FRESH: with a new form key, else with the one that came. */
void reply_again (struct bz_req *, int http_status, const char *text,
                  bool fresh, struct reply *);
/* The page of a plugin that is shut off; TEXT tells the incident. */
void reply_shut (struct bz_req *, const char *text, struct reply *ret);
void reply_redirect (struct bz_req *, const char *location, struct reply *);
/* What req->read gives, with type, size and file name. */
void reply_stream (struct bz_req *, struct reply *);
#endif
