/* One request: what came in, who asks, what goes out.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * Everything inside belongs to the request's arena or is freed by req_free. */
#ifndef SERVE_REQ_H
#define SERVE_REQ_H
#include <glib.h>
#include <libxml/tree.h>
#include <stdbool.h>
#include "bianzhi/plugin.h"

struct db;
struct conf;
struct route;
struct session;

struct param {
  const char *name, *value;
  bool refused; /* a kept file that may not come again with its form */
};

/* A received file: its bytes lie in an unlinked temporary file. */
struct upload {
  const char *field; /* name of the form's control                 */
  const char *name;  /* as the browser said: a label, never a path */
  int fd;            /* positioned at 0; closed by req_free        */
  int64_t size;      /* bytes                                      */
  uint8_t sha256[32];
  bool refused; /* has to be chosen again: not kept with its form */
};

struct mark {
  const char *field; /* NULL: the form as a whole                  */
  const char *text;
  bool warn;        /* bz_warn: does not stop                     */
  const char *href; /* where it is put right; NULL: on this page  */
  bool of_case;     /* bz_of_case: not of one item                */
};

/* Where a reply's body comes from if it is not a page: fill BUF, return the
 * count of bytes, 0 at the end, <0 failed. */
typedef gssize (*reply_read) (struct bz_req *, void *state, void *buf,
                              size_t size);

struct bz_req {
  struct arena *arena; /* see arena.h                                */
  uint64_t number;     /* of this worker, for the log                */
  const struct conf *conf;
  struct db *db; /* NULL until the worker has one              */

  /* what came in */
  const char *method; /* "GET", "POST"; a HEAD is a GET without body */
  const char *path;   /* decoded, without the base path: "/entry/7" */
  const char *query;  /* raw                                        */
  const char *accept;
  const char *remote; /* address, for the audit                     */
  bool https;
  bool head;                 /* it was a HEAD: no body goes out            */
  int refused;               /* HTTP status: the input was refused before
                               * anybody looked at it; 0: it is fine        */
  const char *host;          /* Host, Origin, Sec-Fetch-Site: for the      */
  const char *origin;        /* check that a POST comes from our own page; */
  const char *fetch_site;    /* NULL where the browser sent none           */
  const char *cookie;        /* value of our session cookie, checked; NULL */
  GArray *params;            /* struct param: path, then query, then body  */
  unsigned first_body;       /* index in params of the body's first value  */
  GArray *uploads;           /* struct upload                              */
  const struct route *route; /* NULL before route_find                     */

  /* who asks */
  struct session *session; /* NULL: nobody is logged in                  */
  int64_t as_scope;        /* 0: what the session sees; else the unit whose
                            * case ends together with one of the operator's
                            * (work/pair.c)                               */
  bool session_expired;    /* a cookie was sent, but it holds no longer  */

  /* what goes out */
  xmlDoc *page;           /* <page>; made by bz_page                    */
  GArray *marks;          /* struct mark                                */
  int status;             /* enum bz_status of the handler              */
  const char *fail_text;  /* of the first bz_fail                       */
  const char *view;       /* NULL: the route's                          */
  const char *location;   /* of bz_redirect; full, base path included   */
  const char *set_cookie; /* value of a whole Set-Cookie header         */
  int http_status;        /* 0: from status                             */
  const char *type;       /* of a reply that is not a page; else NULL   */
  const char *file_name;  /* for Content-Disposition                    */
  bool workbook;          /* the page's tables go out as one            */
  bool frames;            /* the page shows files of ours beside itself */
  bool framed;            /* this reply may be shown there               */
  reply_read read;        /* streams the body with STATE                */
  void *read_state;
  int64_t size; /* of the streamed body, bytes                */

  /* inside */
  bool in_tx;           /* a POST's transaction is open               */
  bool audited;         /* this try wrote a row of the audit chain    */
  bool from_shell;      /* the command line, not a browser            */
  char now[20];         /* bz_now: one moment for the whole request   */
  GPtrArray *owned;     /* of req_own                                 */
  const char *form_key; /* that this POST brought, checked            */
  GPtrArray *rows;      /* open struct bz_rows                        */
  GPtrArray *later;     /* audit rows of unmasked reads (people/audit)*/
};

/* A request with nothing in it yet.  CONF and DB are borrowed, DB may be
 * NULL. */
struct bz_req *req_new (const struct conf *, struct db *);
void req_free (struct bz_req *);
/* Back to what came in: page, marks, texts and replies of a failed try are
 * dropped, so that the handler can run again. */
void req_reset (struct bz_req *);
void req_add_param (struct bz_req *, const char *name, const char *value);
/* The file received in FIELD, or NULL. */
struct upload *req_upload (struct bz_req *, const char *field);
bool req_has_errors (const struct bz_req *); /* a mark that stops         */
/* Memory of the request. */
char *req_strdup (struct bz_req *, const char *); /* NULL gives NULL */
char *req_strndup (struct bz_req *, const char *, size_t);
/* FREE (DATA) runs when the request ends. */
void req_own (struct bz_req *, void *data, GDestroyNotify free);

#endif
