/* XML in memory: the one place that parses, builds and compares it.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * struct bz_node * is an xmlNode * seen from a plugin. */
#ifndef DATA_XML_H
#define DATA_XML_H
#include <glib.h>
#include <libxml/tree.h>
#include <stdbool.h>
#include "bianzhi/plugin.h"

static inline xmlNode *
xml_node (struct bz_node *n)
{
  return (xmlNode *) n;
}
static inline struct bz_node *
xml_bz (xmlNode *n)
{
  return (struct bz_node *) n;
}
#define XML_ERROR (xml_error_quark ())
GQuark xml_error_quark (void);
/* Once, before anything else: no entity loader, no network, no catalog. */
void xml_init (void);
/* Parse a file or text; a DTD is refused, comments and processing instructions
 * are left out, CDATA is text.  NULL: ERROR has file and line. */
xmlDoc *xml_load (const char *path, GError **error);
xmlDoc *xml_parse (const char *text, gssize size, GError **error);
/* Check against conf/schema/NAME.rng.  0, or <0 with file, line and what is
 * wrong. */
int xml_validate (xmlDoc *, const char *schema_path, GError **error);
/* Where the schemas lie (conf->datadir/schema); NULL forgets them all. */
void xml_schema_dir_set (const char *dir);
/* The path of schema NAME, or NULL if there is none; g_free. */
char *xml_schema_path (const char *name);
void xml_doc_free (void *doc); /* xmlFreeDoc, for a GPtrArray */
/* A copy of NODE for DOC that keeps its line, and the file that it was read from. */
xmlNode *xml_copy_from (xmlDoc *, const xmlNode *);
/* The file that a node was read from; "(definition)": none is known. */
const char *xml_file (const xmlNode *);
/* The text of DOC's root element without XML declaration; g_free. */
char *xml_dump (xmlNode *);
/* UTF-8 text of legal XML characters (tab and newline only as controls). */
bool xml_text_ok (const char *);
/* A copy in which all else has become U+FFFD; g_free. */
char *xml_text_clean (const char *);
const char *xml_attr (const xmlNode *, const char *name); /* no copy; "" never:
                                                            * NULL if absent */
xmlNode *xml_child (const xmlNode *, const char *name);   /* first such */
xmlNode *xml_next (const xmlNode *, const char *name);    /* next sibling of
                                                            * that name */
const char *xml_child_text (const xmlNode *, const char *name);
xmlNode *xml_add (xmlNode *parent, const char *name, const char *text);
void xml_set (xmlNode *, const char *name, const char *value); /* NULL: drop */
#endif
