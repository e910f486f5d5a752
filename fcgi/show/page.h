/* The page document's common parts.  Its vocabulary: doc/page-documents.md.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef SHOW_PAGE_H
#define SHOW_PAGE_H
#include "serve/req.h"

/* Before rendering: <shell> with product, user, menu and counts, <errors> from
 * the marks, <warnings>, base and static addresses. */
int page_finish (struct bz_req *);
/* FILL adds to every <shell> with a menu what only another room can count. */
void page_frame (int (*fill) (struct bz_req *, xmlNode *shell));
/* The page of an error (status, sentence, what to do): view "error"; with the
 * office's phone where calling it may help. */
void page_error (struct bz_req *, int http_status, const char *title,
                 const char *text);
/* <form action= key=> for a form that posts to PATH; returns the element. */
xmlNode *page_form (struct bz_req *, xmlNode *into, const char *path);
/* What FORM sends along unseen; VALUE NULL: with an empty value. */
void page_hidden (xmlNode *form, const char *name, const char *value);
#endif
