/* Elements of a document: finding them, adding them, and bz_node_... for
 * plugins.  Whatever text comes in, the document stays readable.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "data/xml.h"
#include <stdarg.h>

/* -- Reading. */

const char *
xml_attr (const xmlNode *node, const char *name)
{
  for (const xmlAttr *a = node->properties; a != NULL; a = a->next)
    if (a->ns == NULL && strcmp ((const char *) a->name, name) == 0) {
      if (a->children == NULL || a->children->content == NULL
          || a->children->content[0] == '\0')
        return NULL;
      return (const char *) a->children->content;
    }
  return NULL;
}

static xmlNode *
first_named (xmlNode *node, const char *name)
{
  while (node != NULL
         && (node->type != XML_ELEMENT_NODE
             || strcmp ((const char *) node->name, name) != 0))
    node = node->next;
  return node;
}

xmlNode *
xml_child (const xmlNode *node, const char *name)
{
  return first_named (node->children, name);
}

xmlNode *
xml_next (const xmlNode *node, const char *name)
{
  return first_named (node->next, name);
}

const char *
xml_child_text (const xmlNode *node, const char *name)
{
  const xmlNode *child = xml_child (node, name);

  if (child == NULL)
    return NULL;
  for (const xmlNode *n = child->children; n != NULL; n = n->next)
    if (n->type == XML_TEXT_NODE && n->content != NULL)
      return (const char *) n->content;
  return "";
}

/* -- Writing. */

/* Names come from C and from column aliases; a wrong one must not make a
 * document that nobody can read again. */
static bool
name_ok (const char *name)
{
  if (!g_ascii_isalpha (name[0]) && name[0] != '_')
    return false;
  for (const char *p = name + 1; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != '_' && *p != '-' && *p != '.')
      return false;
  return true;
}

static char *
name_clean (const char *name)
{
  char *clean = g_strconcat (g_ascii_isdigit (name[0]) ? "_" : "",
                             name[0] == '\0' ? "_" : name, NULL);

  for (char *p = clean; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != '_' && (*p != '-' || p == clean)
        && (*p != '.' || p == clean))
      *p = '_';
  return clean;
}

static void
add_text (xmlNode *node, const char *text)
{
  g_autofree char *clean = NULL;

  if (!xml_text_ok (text))
    text = clean = xml_text_clean (text);
  xmlAddChild (node, xmlNewDocText (node->doc, BAD_CAST text));
}

xmlNode *
xml_add (xmlNode *parent, const char *name, const char *text)
{
  g_autofree char *clean = name_ok (name) ? NULL : name_clean (name);
  xmlNode *node = xmlNewDocRawNode (parent->doc, NULL,
                                    BAD_CAST (clean != NULL ? clean : name),
                                    NULL);

  xmlAddChild (parent, node);
  if (text != NULL && text[0] != '\0')
    add_text (node, text);
  return node;
}

void
xml_set (xmlNode *node, const char *name, const char *value)
{
  g_autofree char *clean_name = name_ok (name) ? NULL : name_clean (name);
  g_autofree char *clean = NULL;

  if (clean_name != NULL)
    name = clean_name;
  if (value == NULL) {
    xmlUnsetProp (node, BAD_CAST name);
    return;
  }
  if (!xml_text_ok (value))
    value = clean = xml_text_clean (value);
  xmlSetProp (node, BAD_CAST name, BAD_CAST value);
}

/* -- For plugins. */

struct bz_node *
bz_node_add (struct bz_node *parent, const char *name)
{
  g_return_val_if_fail (parent != NULL && name != NULL, NULL);
  return xml_bz (xml_add (xml_node (parent), name, NULL));
}

void
bz_node_set (struct bz_node *node, const char *attribute, const char *value)
{
  g_return_if_fail (node != NULL && attribute != NULL);
  if (value != NULL)
    xml_set (xml_node (node), attribute, value);
}

void
bz_node_setf (struct bz_node *node, const char *attribute, const char *format,
              ...)
{
  g_autofree char *value = NULL;
  va_list args;

  va_start (args, format);
  value = g_strdup_vprintf (format, args);
  va_end (args);
  bz_node_set (node, attribute, value);
}

void
bz_node_text (struct bz_node *node, const char *text)
{
  g_return_if_fail (node != NULL);
  if (text != NULL)
    add_text (xml_node (node), text);
}
