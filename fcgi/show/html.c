/* The result of a stylesheet as text, byte for byte as libxml2's XHTML saver
 * writes it.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "show/html.h"
#include <libxml/parserInternals.h>
#include <string.h>

enum { HTML_DEEP = 200 };

/* Text up to a character that is written otherwise goes over in one piece. */
static void
add_escaped (GString *into, const char *text, bool attribute)
{
  const char *from = text, *p;

  for (p = text; *p != '\0'; p++) {
    const char *as = *p == '<'  ? "&lt;"
                   : *p == '>'  ? "&gt;"
                   : *p == '&'  ? "&amp;"
                   : *p == '\r' ? "&#13;"
                   : !attribute ? NULL
                   : *p == '"'  ? "&quot;"
                   : *p == '\n' ? "&#10;"
                   : *p == '\t' ? "&#9;"
                                : NULL;

    if (as == NULL)
      continue;
    g_string_append_len (into, from, p - from);
    g_string_append (into, as);
    from = p + 1;
  }
  g_string_append_len (into, from, p - from);
}

static bool
one_of (const xmlChar *name, const char *names)
{
  size_t n = strlen ((const char *) name);

  for (const char *at = names; *at != '\0'; at += strspn (at, " ")) {
    size_t length = strcspn (at, " ");

    if (length == n && memcmp (at, name, n) == 0)
      return true;
    at += length;
  }
  return false;
}

static const char *
value_of (const xmlAttr *a)
{
  return a->children != NULL && a->children->content != NULL
         ? (const char *) a->children->content
         : "";
}

/* One that the library would write otherwise: with a prefix, of several pieces,
 * or empty and one of those that then stand for themselves. */
static bool
attribute_odd (const xmlAttr *a)
{
  const xmlNode *text = a->children;

  if (a->ns != NULL)
    return true;
  if (text != NULL && (text->type != XML_TEXT_NODE || text->next != NULL))
    return true;
  return *value_of (a) == '\0'
      && one_of (a->name, "checked compact declare defer disabled ismap "
                          "multiple nohref noresize noshade nowrap readonly "
                          "selected");
}

static void
add_attribute (GString *into, const char *name, const char *value)
{
  g_string_append_c (into, ' ');
  g_string_append (into, name);
  g_string_append_len (into, "=\"", 2);
  add_escaped (into, value, true);
  g_string_append_c (into, '"');
}

/* The library says the language twice, and gives an id to some elements that
 * have a name alone. */
static bool
add_attributes (GString *into, const xmlNode *node)
{
  const char *lang = NULL;
  bool id = false, name = false;

  for (const xmlAttr *a = node->properties; a != NULL; a = a->next) {
    const char *value = value_of (a);

    if (attribute_odd (a))
      return false;
    add_attribute (into, (const char *) a->name, value);
    if (strcmp ((const char *) a->name, "lang") == 0)
      lang = value;
    id |= strcmp ((const char *) a->name, "id") == 0;
    name |= strcmp ((const char *) a->name, "name") == 0;
  }
  if (name && !id
      && one_of (node->name, "a p div img map applet form frame iframe"))
    return false;
  if (lang != NULL)
    add_attribute (into, "xml:lang", lang);
  return true;
}

/* To a head that does not name the encoding the library adds a line. */
static bool
head_whole (const xmlNode *head)
{
  const xmlNode *meta = head->children;
  const xmlAttr *a = meta != NULL ? meta->properties : NULL;

  return a != NULL && strcmp ((const char *) meta->name, "meta") == 0
      && strcmp ((const char *) a->name, "http-equiv") == 0
      && strcmp (value_of (a), "Content-Type") == 0;
}

static bool add_node (GString *into, const xmlNode *node, unsigned depth);

static bool
add_element (GString *into, const xmlNode *node, unsigned depth)
{
  const char *name = (const char *) node->name;

  if (node->ns != NULL || node->nsDef != NULL || depth > HTML_DEEP
      || (strcmp (name, "head") == 0 && !head_whole (node)))
    return false;
  g_string_append_c (into, '<');
  g_string_append (into, name);
  if (depth == 0)
    g_string_append (into, " xmlns=\"http://www.w3.org/1999/xhtml\"");
  if (!add_attributes (into, node))
    return false;
  if (node->children == NULL
      && one_of (node->name, "base meta link hr br param img area col input "
                             "isindex frame basefont")) {
    g_string_append_len (into, " />", 3);
    return true;
  }
  g_string_append_c (into, '>');
  for (const xmlNode *n = node->children; n != NULL; n = n->next)
    if (!add_node (into, n, depth + 1))
      return false;
  g_string_append_len (into, "</", 2);
  g_string_append (into, name);
  g_string_append_c (into, '>');
  return true;
}

static bool
add_node (GString *into, const xmlNode *node, unsigned depth)
{
  if (node->type == XML_ELEMENT_NODE)
    return add_element (into, node, depth);
  /* Text that was not to be escaped has another name. */
  if (node->type != XML_TEXT_NODE || node->name != xmlStringText
      || node->content == NULL)
    return false;
  add_escaped (into, (const char *) node->content, false);
  return true;
}

bool
html_write (GString *into, const xmlDoc *doc)
{
  const xmlNode *root = doc->children;

  if (root == NULL || root->next != NULL || root->type != XML_ELEMENT_NODE
      || strcmp ((const char *) root->name, "html") != 0
      || !add_element (into, root, 0))
    return false;
  g_string_append_c (into, '\n');
  return true;
}
