/* Papers (附件): content-addressed files in the database, in chunks.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef WORK_PAPER_H
#define WORK_PAPER_H
#include "serve/req.h"

/* Store UPLOAD if it is a PDF, JPEG or PNG by its content (libmagic and its
 * own end mark), whatever its name says.  Marks FIELD otherwise.  In the
 * current transaction.  ITEM_ID 0: of the case's head. */
int paper_add (struct bz_req *, int64_t case_id, int64_t item_id,
               const char *kind, const struct upload *, const char *field);
/* What the browser called a file, fit to be shown: without folders and what does
 * not show, not too long. */
const char *paper_label (struct bz_req *, const char *name);
/* The two halves of it.  Check and store the bytes alone; *NAME is how the file
 * is called from now on. */
int paper_bytes (struct bz_req *, const struct upload *, const char *field,
                 const char **name);
/* The same for a picture of one shape: made small in a process of its own; its
 * SHA-256 into SHA256. */
int paper_photo (struct bz_req *, const struct upload *, const char *field,
                 uint8_t sha256[32], const char **name);
/* Store a short text beside the files; its SHA-256 into SHA256. */
int paper_text (struct bz_req *, const char *text, size_t size,
                uint8_t sha256[32]);
/* Make stored bytes a paper of this case. */
int paper_attach (struct bz_req *, int64_t case_id, int64_t item_id,
                  const char *kind, const uint8_t sha256[32], const char *name);
int paper_remove (struct bz_req *, int64_t case_id, int64_t paper_id);
/* <paper> elements of a case: id item_id kind file_name size type created_at. */
int64_t paper_list (struct bz_req *, int64_t case_id, xmlNode *into);
/* Make the reply stream this paper. */
int paper_send (struct bz_req *, int64_t case_id, int64_t paper_id);
void paper_init (void); /* loads the magic table; before the fork */
#endif
