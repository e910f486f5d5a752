/* A definition file: parsed, checked against its schema, and errors that name
 * the place in it.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef DEFINE_SOURCE_H
#define DEFINE_SOURCE_H
#include <glib.h>
#include <libxml/tree.h>
#include <stdbool.h>
#include "bianzhi/plugin.h"

/* PATH as a document that SCHEMA ("form", in the folder of
 * xml_schema_dir_set) allows; NULL: ERROR. */
xmlDoc *source_load (const char *path, const char *schema, GError **error);
/* Does SCHEMA allow DOC?  0, or <0 with ERROR. */
int source_valid (xmlDoc *, const char *schema, GError **error);
/* ERROR becomes "file:line: sentence".  Always BZ_FAILED. */
int source_fail (GError **error, const xmlNode *at, const char *, ...)
  BZ_PRINTF (3, 4);
/* Put "file:line: " in front of the ERROR that a callee has set. */
int source_blame (GError **error, const xmlNode *at);
/* An attribute's value, or NULL when it is absent or empty. */
const char *source_attr (const xmlNode *, const char *name);
int source_int (const xmlNode *, const char *name, int otherwise);
bool source_yes (const xmlNode *, const char *name);
/* The text of an element: no space around, and a line break with its
 * indentation vanishes, because Chinese has no spaces.  g_free. */
char *source_text (const xmlNode *);
/* NAME begins with "PACK/" (or another MARK). */
bool source_owned (const char *name, const char *pack, char mark);
#endif
