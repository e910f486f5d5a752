/* A strict push parser for multipart/form-data as browsers send it.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * It knows RFC 7578 and the HTML rules for quoted names, and nothing else of
 * MIME: no preamble, no bare LF, no folded headers, no nested parts, no
 * transfer encodings.  Bytes may come in pieces of any size; what the sink is
 * told never depends on the pieces. */
#ifndef SERVE_MULTIPART_H
#define SERVE_MULTIPART_H
#include <glib.h>
#include <stdbool.h>

enum { MULTIPART_MAX_HEADER = 8 * 1024, MULTIPART_MAX_BOUNDARY = 70 };

/* Each returns 0, or an HTTP status with which the body is refused.  For each
 * part: one begin, any number of data (never of 0 bytes), one end. */
struct multipart_sink {
  /* NAME, FILE: the bytes as sent, %22 %0D %0A decoded; without NUL or control
   * characters but not yet known to be UTF-8.  FILE is NULL for a field. */
  int (*begin) (void *state, const char *name, const char *file);
  int (*data) (void *state, const void *bytes, size_t size);
  int (*end) (void *state);
};

struct multipart;
/* The boundary of a Content-Type header "multipart/form-data; boundary=...";
 * NULL if it is anything else.  The caller frees. */
char *multipart_boundary (const char *type);
/* SINK and STATE are borrowed.  More than MAX_PARTS parts: 431. */
struct multipart *multipart_new (const char *boundary, size_t max_parts,
                                 const struct multipart_sink *, void *state);
/* 0, 400 broken, 431 too many parts or too long headers, or what the sink
 * said.  After the first refusal nothing more is told to the sink. */
int multipart_feed (struct multipart *, const void *bytes, size_t size);
/* The body ended.  400 unless the closing delimiter was seen. */
int multipart_finish (struct multipart *);
void multipart_free (struct multipart *);
#endif
