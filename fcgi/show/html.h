/* The result of a stylesheet as text, byte for byte as libxml2's XHTML saver
 * writes it.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * The library's saver asks thirty things of every element; what our stylesheets
 * make are elements, attributes and text and nothing else.  Whatever is
 * different is left to the library. */
#ifndef SHOW_HTML_H
#define SHOW_HTML_H
#include <glib.h>
#include <libxml/tree.h>
#include <stdbool.h>

/* Add the document's root to INTO; false: it holds something that only the
 * library can write, and INTO is of no use. */
bool html_write (GString *into, const xmlDoc *doc);
#endif
