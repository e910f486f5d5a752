/* Within the rooms of overlay-*.c: what all of them say and look for.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef DEFINE_OVERLAY_PART_H
#define DEFINE_OVERLAY_PART_H
#include "define/overlay.h"

struct overlay {
  xmlNode *at; /* <form>, <process> or <business> */
  char *pack;
  bool met;
};

/* The Nth, in the order of the packs; NULL: no more. */
struct overlay *overlay_at (unsigned n);
bool overlay_is (const xmlNode *, const char *name);
/* AT's attribute begins with the pack's name and MARK; else what to do. */
int overlay_need_own (const struct overlay *, const xmlNode *at,
                      const char *attr, char mark, GError **error);
/* The first element NAME below ROOT whose attribute KEY is VALUE. */
xmlNode *overlay_find (xmlNode *root, const char *name, const char *key,
                       const char *value);
/* A copy of NODE for DOC that knows its file and is not marked with what only an
 * overlay says. */
xmlNode *overlay_graft (xmlDoc *doc, const xmlNode *node);
int overlay_missing (const struct overlay *, const xmlNode *at,
                     const char *what, const char *name, GError **error);
/* overlay-process.c: the newest version of O's process has an overlay. */
int overlay_process_newest (const struct overlay *, GError **error);
/* overlay-form.c: forget what is demanded. */
void overlay_form_clear (void);
#endif
