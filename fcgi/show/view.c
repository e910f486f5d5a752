/* Views: stylesheets, applied to page documents.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "show/view.h"
#include <libxml/xmlsave.h>
#include <libxslt/security.h>
#include <libxslt/transform.h>
#include <libxslt/xsltutils.h>
#include "data/xml.h"
#include "show/html.h"
#include "show/stylesheet.h"

#define VIEW_ERROR (g_quark_from_static_string ("bz-view"))
#define VIEW_MAX_DEPTH 200    /* templates; a page needs about 20       */
#define VIEW_MAX_OPS 20000000 /* a review of 200 persons takes 3,000,000 */
#define VIEW_DOCTYPE "<!DOCTYPE html>\n"

/* Set before the fork, const afterwards. */
static GHashTable *views; /* "list" -> xsltStylesheet               */
static char *version;     /* of the static files, for their address */
static xsltSecurityPrefs *forbid;

/* The browser keeps static files for a year; another content gets another
 * address. */
static void
take_version (const char *dir)
{
  static const char *const files[] = { "app.css", "app.js", "sheet.css" };
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  for (size_t i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree char *in = g_build_filename (dir, "static", files[i], NULL);
    g_autofree char *beside = g_build_filename (dir, "..", "static", files[i],
                                                NULL);
    g_autofree char *text = NULL;
    gsize size;

    if (g_file_get_contents (in, &text, &size, NULL)
        || g_file_get_contents (beside, &text, &size, NULL))
      g_checksum_update (sum, (const guchar *) text, (gssize) size);
  }
  g_free (version);
  version = g_strndup (g_checksum_get_string (sum), 8);
}

int
view_load (const char *dir, const char *pack, GError **error)
{
  if (g_str_equal (pack, "bz"))
    take_version (dir);
  return stylesheet_find (dir, pack, error);
}

int
view_ready (GError **error)
{
  GHashTable *all;

  if (forbid == NULL)
    forbid = stylesheet_forbid ();
  xsltSetDefaultSecurityPrefs (forbid);
  all = stylesheet_compile (error);
  if (all == NULL)
    return BZ_FAILED;
  g_clear_pointer (&views, g_hash_table_unref);
  views = all;
  return BZ_OK;
}

bool
view_exists (const char *view)
{
  return stylesheet_exists (view);
}

const char *
view_static_version (void)
{
  return version == NULL ? "0" : version;
}

/* libxml2's XML saver in XHTML mode: its HTML saver costs twice as much, and
 * the XML saver alone would close <script> in one tag. */
static GBytes *
by_library (xmlDoc *result)
{
  xmlBuffer *buffer = xmlBufferCreateSize (65536);
  xmlSaveCtxt *save;
  int size;
  xmlChar *text;

  xmlBufferCat (buffer, BAD_CAST VIEW_DOCTYPE);
  save = xmlSaveToBuffer (buffer, "UTF-8", XML_SAVE_XHTML | XML_SAVE_NO_DECL);
  if (save == NULL || xmlSaveDoc (save, result) < 0
      || xmlSaveClose (save) < 0) {
    xmlBufferFree (buffer);
    return NULL;
  }
  size = xmlBufferLength (buffer);
  text = xmlBufferDetach (buffer);
  xmlBufferFree (buffer);
  return g_bytes_new_with_free_func (text, (gsize) size,
                                     (GDestroyNotify) xmlFree, text);
}

/* "行政编制数 超配": the title of a column with that of its group before it, where
 * the table says that it has groups: then "both", else "t". */
static const char *
titles_of (const xmlNode *table)
{
  if (xml_attr (table, "groups") == NULL)
    return "t";
  for (xmlNode *col = xml_child (table, "col"); col != NULL;
       col = xml_next (col, "col")) {
    const char *group = xml_attr (col, "g"), *within = xml_attr (col, "s");
    g_autoptr (GString) both = g_string_new (group);

    if (within != NULL)
      g_string_append_printf (both, " %s", within);
    g_string_append_printf (both, group != NULL ? " %s" : "%s",
                            xml_attr (col, "t"));
    xml_set (col, "both", both->str);
  }
  return "both";
}

/* Each cell says what it stands for: the title of its column.  A stylesheet
 * would have to count for every cell; two lists side by side need not. */
static void
label_row (const xmlNode *row, const xmlNode *table, const char *titles)
{
  const xmlNode *col = xml_child (table, "col");

  for (xmlNode *c = xml_child (row, "c"); c != NULL && col != NULL;
       c = xml_next (c, "c"), col = xml_next (col, "col")) {
    const char *title = xml_attr (col, titles);

    if (title == NULL)
      title = xml_attr (col, "t");
    xmlSetProp (c, BAD_CAST "data-t", BAD_CAST (title != NULL ? title : ""));
  }
}

static void
label_tables (const xmlNode *node)
{
  for (const xmlNode *n = node->children; n != NULL; n = n->next) {
    if (n->type != XML_ELEMENT_NODE)
      continue;
    if (!g_str_equal (n->name, "table"))
      label_tables (n);
    else {
      const char *titles = titles_of (n);

      for (xmlNode *r = xml_child (n, "r"); r != NULL; r = xml_next (r, "r"))
        label_row (r, n, titles);
    }
  }
}

static GBytes *
serialize (xmlDoc *result)
{
  GString *text = g_string_sized_new (65536);

  g_string_append (text, VIEW_DOCTYPE);
  if (html_write (text, result))
    return g_string_free_to_bytes (text);
  g_string_free (text, TRUE);
  return by_library (result);
}

static xsltTransformContext *
context_new (xsltStylesheet *sheet, xmlDoc *page, GString *said)
{
  xsltTransformContext *ctxt = xsltNewTransformContext (sheet, page);

  if (ctxt == NULL)
    return NULL;
  xsltSetTransformErrorFunc (ctxt, said, stylesheet_collect);
  ctxt->maxTemplateDepth = VIEW_MAX_DEPTH;
  ctxt->opLimit = VIEW_MAX_OPS;
  ctxt->xpathCtxt->opLimit = VIEW_MAX_OPS;
  if (xsltSetCtxtSecurityPrefs (forbid, ctxt) == 0)
    return ctxt;
  xsltFreeTransformContext (ctxt);
  return NULL;
}

/* DONE with the result of VIEW on PAGE. */
static GBytes *
apply (xmlDoc *page, const char *view, GBytes *(*done) (xmlDoc *),
       GError **error)
{
  xsltStylesheet *sheet = views == NULL ? NULL
                                        : g_hash_table_lookup (views, view);
  g_autoptr (GString) said = g_string_new (NULL);
  xsltTransformContext *ctxt;
  xmlDoc *result = NULL;
  GBytes *bytes = NULL;

  if (sheet == NULL) {
    g_set_error (error, VIEW_ERROR, 0, "there is no view \"%s\"", view);
    return NULL;
  }
  ctxt = context_new (sheet, page, said);
  if (ctxt != NULL) {
    result = xsltApplyStylesheetUser (sheet, page, NULL, NULL, NULL, ctxt);
    /* A refused document() or a stopped recursion tells only the state. */
    if (result != NULL && ctxt->state == XSLT_STATE_OK
        && xmlDocGetRootElement (result) != NULL)
      bytes = done (result);
    xsltFreeTransformContext (ctxt);
  }
  if (bytes == NULL)
    g_set_error (error, VIEW_ERROR, 0, "view \"%s\" failed: %s", view,
                 said->len > 0 ? g_strchomp (said->str) : "no result");
  xmlFreeDoc (result);
  return bytes;
}

GBytes *
view_render (xmlDoc *page, const char *view, GError **error)
{
  label_tables (xmlDocGetRootElement (page));
  return apply (page, view, serialize, error);
}

static GBytes *
as_xml (xmlDoc *result)
{
  char *text = xml_dump (xmlDocGetRootElement (result));

  return g_bytes_new_take (text, strlen (text));
}

GBytes *
view_xml (xmlDoc *page, const char *view, GError **error)
{
  return apply (page, view, as_xml, error);
}

void
view_clear (void)
{
  stylesheet_clear ();
  g_clear_pointer (&views, g_hash_table_unref);
  g_clear_pointer (&version, g_free);
  if (forbid != NULL) {
    xsltSetDefaultSecurityPrefs (NULL);
    xsltFreeSecurityPrefs (forbid);
    forbid = NULL;
  }
}
