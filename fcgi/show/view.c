/* Stylesheets: compiled before the fork, applied to page documents.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "show/view.h"
#include <libxml/xmlsave.h>
#include <libxslt/documents.h>
#include <libxslt/security.h>
#include <libxslt/transform.h>
#include <libxslt/xsltInternals.h>
#include <libxslt/xsltutils.h>
#include "data/xml.h"
#include "show/html.h"

#define VIEW_ERROR (g_quark_from_static_string ("bz-view"))
#define VIEW_MAX_DEPTH 200    /* templates; a page needs about 20       */
#define VIEW_MAX_OPS 20000000 /* a review of 200 persons takes 3,000,000 */
#define VIEW_DOCTYPE "<!DOCTYPE html>\n"

/* Set before the fork, const afterwards. */
static GHashTable *views; /* "list" -> xsltStylesheet               */
static char *base_dir;    /* of the platform: where bz: points      */
static char *version;     /* of the static files, for their address */
static xsltSecurityPrefs *forbid;
static GString *load_errors;

static void
collect (void *ctx, const char *format, ...)
{
  GString *into = ctx;
  va_list args;

  va_start (args, format);
  if (into->len < 2000)
    g_string_append_vprintf (into, format, args);
  va_end (args);
}

/* NAME of "bz:NAME.xsl", to free; NULL for anything else, above all for an
 * address with a path in it. */
static char *
bz_name (const char *address)
{
  const char *name = address + 3;
  size_t i;

  if (!g_str_has_prefix (address, "bz:"))
    return NULL;
  for (i = 0;
       g_ascii_islower (name[i]) || g_ascii_isdigit (name[i]) || name[i] == '-';
       i++)
    continue;
  return i > 0 && strcmp (name + i, ".xsl") == 0 ? g_strndup (name, i) : NULL;
}

/* What could get text out of the file system into a page, or past escaping.
 * The security preferences stop the first as well, but only when the branch
 * is reached: here it is refused at start. */
static const char *
forbidden_in (const xmlNode *node)
{
  for (const xmlNode *n = node; n != NULL; n = n->next) {
    const char *found;

    if (n->type != XML_ELEMENT_NODE)
      continue;
    if (g_strcmp0 ((const char *) n->name, "include") == 0)
      return "xsl:include";
    for (const xmlAttr *a = n->properties; a != NULL; a = a->next) {
      const char *value = a->children == NULL
                          ? NULL
                          : (const char *) a->children->content;

      if (g_str_equal (a->name, "disable-output-escaping"))
        return "disable-output-escaping";
      if (value != NULL && strstr (value, "document(") != NULL)
        return "document()";
      if (value != NULL && strstr (value, "document (") != NULL)
        return "document()";
      if (g_str_equal (a->name, "style")
          || g_str_has_prefix ((const char *) a->name, "on"))
        return "a style or on... attribute, which the browser would refuse,";
    }
    found = forbidden_in (n->children);
    if (found != NULL)
      return found;
  }
  return NULL;
}

static xmlDoc *
sheet_read (const char *path, GError **error)
{
  xmlDoc *doc = xml_load (path, error);
  const char *why = doc == NULL ? NULL
                                : forbidden_in (xmlDocGetRootElement (doc));

  if (why == NULL)
    return doc;
  g_set_error (error, VIEW_ERROR, 0, "%s: %s is not allowed in a stylesheet",
               path, why);
  xmlFreeDoc (doc);
  return NULL;
}

/* DOC with all names in DICT.  libxslt compares names by address and frees
 * texts by the dictionary of the importing sheet, so an imported sheet must
 * share it; xml_load knows nothing of that. */
static xmlDoc *
into_dict (xmlDoc *doc, xmlDict *dict, const xmlChar *address)
{
  xmlDoc *copy = xmlNewDoc (BAD_CAST "1.0");

  copy->dict = dict;
  xmlDictReference (dict);
  copy->URL = xmlStrdup (address);
  xmlDocSetRootElement (copy,
                        xmlDocCopyNode (xmlDocGetRootElement (doc), copy, 1));
  xmlFreeDoc (doc);
  return copy;
}

/* libxslt asks for an imported sheet: only bz:NAME.xsl is answered. */
static xmlDoc *
load_import (const xmlChar *address, xmlDict *dict, int options, void *ctx,
             xsltLoadType type)
{
  g_autofree char *name = bz_name ((const char *) address);
  g_autofree char *file = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  xmlDoc *doc;

  if (type != XSLT_LOAD_STYLESHEET || name == NULL || base_dir == NULL)
    return NULL;
  file = g_strconcat (name, ".xsl", NULL);
  path = g_build_filename (base_dir, file, NULL);
  doc = sheet_read (path, &error);
  if (doc == NULL && load_errors != NULL)
    collect (load_errors, "%s\n", error->message);
  return doc == NULL ? NULL : into_dict (doc, dict, address);
}

/* While sheets are compiled, "network" means bz: and nothing else. */
static int
may_import (xsltSecurityPrefs *prefs, xsltTransformContext *ctxt,
            const char *address)
{
  g_autofree char *name = bz_name (address);

  return name != NULL;
}

static xsltSecurityPrefs *
prefs_new (xsltSecurityCheck network)
{
  xsltSecurityPrefs *prefs = xsltNewSecurityPrefs ();
  static const xsltSecurityOption all[] = {
    XSLT_SECPREF_READ_FILE,        XSLT_SECPREF_WRITE_FILE,
    XSLT_SECPREF_CREATE_DIRECTORY, XSLT_SECPREF_READ_NETWORK,
    XSLT_SECPREF_WRITE_NETWORK,
  };

  if (prefs == NULL)
    g_error ("no memory for the stylesheets' security preferences");
  for (size_t i = 0; i < G_N_ELEMENTS (all); i++)
    xsltSetSecurityPrefs (prefs, all[i],
                          all[i] == XSLT_SECPREF_READ_NETWORK
                            ? network
                            : xsltSecurityForbid);
  return prefs;
}

static xsltStylesheet *
compile (const char *path, GError **error)
{
  xmlDoc *doc = sheet_read (path, error);
  xsltStylesheet *sheet;

  if (doc == NULL)
    return NULL;
  load_errors = g_string_new (NULL);
  xsltSetGenericErrorFunc (load_errors, collect);
  sheet = xsltParseStylesheetDoc (doc);
  xsltSetGenericErrorFunc (NULL, NULL);
  if (sheet == NULL || sheet->errors > 0 || load_errors->len > 0) {
    g_strchomp (load_errors->str);
    g_set_error (error, VIEW_ERROR, 0,
                 "%s: not a stylesheet that can be used:"
                 " %s",
                 path, load_errors->str);
    if (sheet == NULL)
      xmlFreeDoc (doc);
    else
      xsltFreeStylesheet (sheet);
    sheet = NULL;
  }
  g_string_free (load_errors, TRUE);
  load_errors = NULL;
  return sheet;
}

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

static void
first_time (void)
{
  if (views != NULL)
    return;
  views = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                 (GDestroyNotify) xsltFreeStylesheet);
  forbid = prefs_new (xsltSecurityForbid);
  xsltSetDefaultSecurityPrefs (forbid);
}

static int
load_one (const char *dir, const char *pack, const char *file, GError **error)
{
  g_autofree char *path = g_build_filename (dir, file, NULL);
  g_autofree char *name = g_strndup (file, strlen (file) - strlen (".xsl"));
  xsltStylesheet *sheet = compile (path, error);

  if (sheet == NULL)
    return BZ_FAILED;
  g_hash_table_replace (views,
                        g_str_equal (pack, "bz")
                          ? g_steal_pointer (&name)
                          : g_strdup_printf ("%s/%s", pack, name),
                        sheet);
  return BZ_OK;
}

int
view_load (const char *dir, const char *pack, GError **error)
{
  g_autoptr (GDir) open = g_dir_open (dir, 0, error);
  xsltSecurityPrefs *loading;
  const char *file;
  int rc = BZ_OK;

  if (open == NULL)
    return BZ_FAILED;
  first_time ();
  if (g_str_equal (pack, "bz")) {
    g_free (base_dir);
    base_dir = g_strdup (dir);
    take_version (dir);
  }
  loading = prefs_new (may_import);
  xsltSetDefaultSecurityPrefs (loading);
  xsltSetLoaderFunc (load_import);
  while (rc == BZ_OK && (file = g_dir_read_name (open)) != NULL)
    if (g_str_has_suffix (file, ".xsl"))
      rc = load_one (dir, pack, file, error);
  xsltSetDefaultSecurityPrefs (forbid);
  xsltFreeSecurityPrefs (loading);
  return rc;
}

bool
view_exists (const char *view)
{
  return views != NULL && g_hash_table_contains (views, view);
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
  xsltSetTransformErrorFunc (ctxt, said, collect);
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
  g_clear_pointer (&views, g_hash_table_unref);
  g_clear_pointer (&base_dir, g_free);
  g_clear_pointer (&version, g_free);
  if (forbid != NULL) {
    xsltSetDefaultSecurityPrefs (NULL);
    xsltFreeSecurityPrefs (forbid);
    forbid = NULL;
  }
}
