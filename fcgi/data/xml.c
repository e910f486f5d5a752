/* XML in memory: parsing, validating, writing.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "data/xml.h"
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/relaxng.h>
#include <libxml/xmlsave.h>
#include <stdarg.h>
#include "data/pool.h"

enum { XML_MAX_BYTES = 16 * 1024 * 1024 };

static GHashTable *schemas; /* path -> xmlRelaxNG; before the fork */
static char *schema_dir;

G_DEFINE_QUARK (bz - xml - error - quark, xml_error)

/* -- Start. */

static xmlParserInput *
refuse_entity (const char *url, const char *id, xmlParserCtxt *ctxt)
{
  g_debug ("xml: entity %s refused", url != NULL ? url : "?");
  return NULL;
}

/* What libxml2 would print on stderr; the callers get it as GError. */
static void G_GNUC_PRINTF (2, 3) swallow (void *state, const char *format, ...)
{
}

void
xml_init (void)
{
  g_setenv ("XML_CATALOG_FILES", "", TRUE);
  pool_install ();
  xmlInitParser ();
  xmlSetExternalEntityLoader (refuse_entity);
  xmlSetGenericErrorFunc (NULL, swallow);
}

/* -- Parsing. */

static void
set_error (GError **error, const char *file, int line, const char *what)
{
  g_autofree char *text = g_strdup (what != NULL ? what : "not well-formed");

  g_strchomp (text);
  g_set_error (error, XML_ERROR, 0, "%s:%d: %s", file, line, text);
}

/* A document type is where entities come from; the parser stops there, before
 * it has read the first of them. */
static void
refuse_dtd (void *state, const xmlChar *name, const xmlChar *id,
            const xmlChar *url)
{
  xmlParserCtxt *ctxt = state;

  ctxt->_private = ctxt;
  xmlStopParser (ctxt);
}

static xmlDoc *
parse (const char *text, gssize size, const char *file, GError **error)
{
  xmlParserCtxt *ctxt;
  xmlDoc *doc;

  if (size < 0)
    size = (gssize) strlen (text);
  if (size == 0 || size > XML_MAX_BYTES) {
    set_error (error, file, 1,
               size == 0 ? "the document is empty"
                         : "the document is too large");
    return NULL;
  }
  ctxt = xmlNewParserCtxt ();
  ctxt->sax->internalSubset = refuse_dtd;
  ctxt->sax->comment = NULL;
  ctxt->sax->processingInstruction = NULL;
  ctxt->sax->cdataBlock = NULL;
  doc = xmlCtxtReadMemory (ctxt, text, (int) size, file, NULL, XML_PARSE_NONET);
  if (ctxt->_private != NULL || (doc != NULL && doc->intSubset != NULL)) {
    set_error (error, file, ctxt->input != NULL ? ctxt->input->line : 1,
               "a document type declaration is not allowed");
    g_clear_pointer (&doc, xmlFreeDoc);
  }
  else if (doc == NULL)
    set_error (error, file, ctxt->lastError.line, ctxt->lastError.message);
  xmlFreeParserCtxt (ctxt);
  return doc;
}

xmlDoc *
xml_load (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  gsize size;

  if (!g_file_get_contents (path, &text, &size, error))
    return NULL;
  if (size > XML_MAX_BYTES) {
    set_error (error, path, 1, "the document is too large");
    return NULL;
  }
  return parse (text, (gssize) size, path, error);
}

xmlDoc *
xml_parse (const char *text, gssize size, GError **error)
{
  return parse (text, size, "text", error);
}

/* -- Schemas. */

static void
schema_free (void *schema)
{
  xmlRelaxNGFree (schema);
}

void
xml_schema_dir_set (const char *dir)
{
  g_free (schema_dir);
  schema_dir = g_strdup (dir);
  if (dir == NULL)
    g_clear_pointer (&schemas, g_hash_table_unref);
}

char *
xml_schema_path (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".rng", NULL);
  g_autofree char *path = NULL;

  if (schema_dir == NULL)
    return NULL;
  path = g_build_filename (schema_dir, file, NULL);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return NULL;
  return g_steal_pointer (&path);
}

void
xml_doc_free (void *doc)
{
  xmlFreeDoc (doc);
}

xmlNode *
xml_copy_from (xmlDoc *doc, const xmlNode *node)
{
  xmlNode *copy = xmlDocCopyNode ((xmlNode *) node, doc, 1);

  copy->_private = (void *) g_intern_string (xml_file (node));
  return copy;
}

const char *
xml_file (const xmlNode *node)
{
  const xmlNode *n = node;

  while (n != NULL && n->type == XML_ELEMENT_NODE && n->_private == NULL)
    n = n->parent;
  if (n != NULL && n->type == XML_ELEMENT_NODE)
    return n->_private;
  return node != NULL && node->doc != NULL && node->doc->URL != NULL
         ? (const char *) node->doc->URL
         : "(definition)";
}

/* The first complaint is the one closest to the mistake. */
struct complaint {
  const char *file;
  char *text;
  int line;
};

static void
#if LIBXML_VERSION >= 21200
complain (void *state, const xmlError *e)
#else
complain (void *state, xmlError *e)
#endif
{
  struct complaint *c = state;

  if (c->text != NULL)
    return;
  c->text = g_strdup (e->message);
  c->line = e->line;
  if (e->node != NULL)
    c->file = xml_file (e->node);
}

static xmlRelaxNG *
schema_get (const char *path, GError **error)
{
  struct complaint c = { .file = path };
  xmlRelaxNGParserCtxt *ctxt;
  xmlRelaxNG *schema;
  xmlDoc *doc;

  if (schemas == NULL)
    schemas = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                     schema_free);
  schema = g_hash_table_lookup (schemas, path);
  if (schema != NULL)
    return schema;
  doc = xml_load (path, error);
  if (doc == NULL)
    return NULL;
  ctxt = xmlRelaxNGNewDocParserCtxt (doc);
  xmlRelaxNGSetParserStructuredErrors (ctxt, complain, &c);
  schema = xmlRelaxNGParse (ctxt);
  xmlRelaxNGFreeParserCtxt (ctxt);
  xmlFreeDoc (doc);
  if (schema == NULL)
    set_error (error, path, c.line, c.text != NULL ? c.text : "not a schema");
  else
    g_hash_table_insert (schemas, g_strdup (path), schema);
  g_free (c.text);
  return schema;
}

int
xml_validate (xmlDoc *doc, const char *schema_path, GError **error)
{
  xmlRelaxNG *schema = schema_get (schema_path, error);
  struct complaint c = { .file = doc->URL != NULL ? (const char *) doc->URL
                                                  : "text" };
  xmlRelaxNGValidCtxt *ctxt;
  int rc;

  if (schema == NULL)
    return BZ_FAILED;
  ctxt = xmlRelaxNGNewValidCtxt (schema);
  xmlRelaxNGSetValidStructuredErrors (ctxt, complain, &c);
  rc = xmlRelaxNGValidateDoc (ctxt, doc);
  xmlRelaxNGFreeValidCtxt (ctxt);
  /* An attribute that is not there has no line. */
  if (rc != 0)
    set_error (error, c.file,
               c.line > 0 ? c.line
                          : (int) xmlGetLineNo (xmlDocGetRootElement (doc)),
               c.text != NULL ? c.text : "does not follow its schema");
  g_free (c.text);
  return rc == 0 ? BZ_OK : BZ_FAILED;
}

/* -- Text. */

/* One character that a document may hold and a screen can show. */
static bool
char_ok (gunichar c)
{
  if (c < 0x20)
    return c == '\t' || c == '\n';
  return (c < 0x7f || c > 0x9f) && c != 0xfffe && c != 0xffff;
}

bool
xml_text_ok (const char *text)
{
  if (!g_utf8_validate (text, -1, NULL))
    return false;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (!char_ok (g_utf8_get_char (p)))
      return false;
  return true;
}

char *
xml_text_clean (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *clean = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    g_string_append_unichar (clean, char_ok (c) ? c : 0xfffd);
  }
  return g_string_free (clean, FALSE);
}

char *
xml_dump (xmlNode *node)
{
  xmlBuffer *buffer = xmlBufferCreate ();
  xmlSaveCtxt *save = xmlSaveToBuffer (buffer, "UTF-8",
                                       XML_SAVE_NO_DECL | XML_SAVE_AS_XML);
  char *text;

  /* The saver looks at the document, too, when it writes attributes: without
   * this they would be all character references. */
  if (node->doc != NULL && node->doc->encoding == NULL)
    node->doc->encoding = xmlStrdup (BAD_CAST "UTF-8");
  xmlSaveTree (save, node);
  xmlSaveClose (save);
  text = g_strdup ((const char *) xmlBufferContent (buffer));
  xmlBufferFree (buffer);
  return text;
}
