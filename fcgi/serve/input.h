/* What a browser sent: query, cookies, Accept, urlencoded and multipart bodies.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * One gate: every name and value is UTF-8 and legal XML characters, else 400;
 * it is brought to NFC, and line ends become \n. */
#ifndef SERVE_INPUT_H
#define SERVE_INPUT_H
#include "serve/req.h"

/* HTTP status of a refusal: 0 fine, 400 broken or cut, 413 too large, 415
 * another kind of body, 431 too many or too long fields, 503 the spool could
 * not be written.  What is refused leaves no parameters; only when a file was
 * too large (413) or had no room (503) the fields are there, and the files by
 * name, which are not to be read.  The rest of a
 * refused body is read and forgotten, so that the peer sees the answer. */
enum {
  INPUT_MAX_FIELDS = 2000,
  INPUT_MAX_FIELD = 64 * 1024,
  INPUT_MAX_FORM = 1024 * 1024,
  INPUT_MAX_PARTS = 2000
};
/* Fills BUF with up to SIZE bytes; 0 at the end, <0 the peer failed. */
typedef gssize (*input_read) (void *state, void *buf, size_t size);

int input_query (struct bz_req *, const char *query);
/* Reads exactly LENGTH bytes (fewer is a cut body: 400) of TYPE
 * "application/x-www-form-urlencoded" or "multipart/form-data; boundary=...";
 * parameters go to req->params, files (spooled to an unlinked file in
 * conf->spool, SHA-256 on the way) to req->uploads.  Files above max_file and
 * bodies above max_body: 413. */
int input_body (struct bz_req *, const char *type, int64_t length, input_read,
                void *state);
/* req->cookie from the Cookie header: our one name; twice or odd characters:
 * none. */
void input_cookie (struct bz_req *, const char *header);
/* Does application/xml rank above text/html? */
bool input_wants_xml (const char *accept);
#endif
