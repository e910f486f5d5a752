/* Stylesheets: found in packs, layered, compiled.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "show/stylesheet.h"
#include <libxslt/documents.h>
#include <libxslt/security.h>
#include <libxslt/xsltInternals.h>
#include <libxslt/xsltutils.h>
#include "data/xml.h"

#define DEEPEST 8 /* imports one within another; ours have three */

/* Set before the fork. */
static GHashTable *layers; /* "entry/sheets" -> paths, the lowest first */
static GString *load_errors;

/* NAME or PACK/NAME of "bz:NAME.xsl", to free; NULL for anything else, above all for
 * an address that leads out of the packs. */
static char *
bz_name (const char *address)
{
  const char *name = address + 3, *end, *slash = NULL;

  if (!g_str_has_prefix (address, "bz:"))
    return NULL;
  for (end = name; g_ascii_islower (*end) || g_ascii_isdigit (*end)
                   || *end == '-' || (*end == '/' && slash == NULL);
       end++)
    if (*end == '/')
      slash = end;
  return end > name && slash != name && slash != end - 1
          && strcmp (end, ".xsl") == 0
         ? g_strndup (name, (gsize) (end - name))
         : NULL;
}

void
stylesheet_collect (void *ctx, const char *format, ...)
{
  GString *into = ctx;
  va_list args;

  va_start (args, format);
  if (into->len < 2000)
    g_string_append_vprintf (into, format, args);
  va_end (args);
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
  g_set_error (error, STYLESHEET_ERROR, 0,
               "%s: %s is not allowed in a stylesheet", path, why);
  xmlFreeDoc (doc);
  return NULL;
}

/* DOC with all names in DICT.  libxslt compares names by address and frees
 * texts by the dictionary of the importing sheet, so an imported sheet must
 * share it; xml_load knows nothing of that. */
static xmlDoc *
into_dict (xmlDoc *doc, xmlDict *dict, const char *path)
{
  xmlDoc *copy = xmlNewDoc (BAD_CAST "1.0");

  copy->dict = dict;
  xmlDictReference (dict);
  copy->URL = xmlStrdup (BAD_CAST path);
  xmlDocSetRootElement (copy,
                        xmlDocCopyNode (xmlDocGetRootElement (doc), copy, 1));
  xmlFreeDoc (doc);
  return copy;
}

/* Which of LAYER the importing sheet FILE means: the topmost, or the one below itself. */
static const char *
meant (const GPtrArray *layer, const char *file)
{
  unsigned n = layer->len;

  for (unsigned i = 0; i < layer->len; i++)
    if (g_strcmp0 (layer->pdata[i], file) == 0)
      n = i;
  return n > 0 ? layer->pdata[n - 1] : NULL;
}

static bool
too_deep (const xsltStylesheet *sheet)
{
  int n = 0;

  for (; sheet != NULL; sheet = sheet->parent)
    n++;
  return n > DEEPEST;
}

/* The file of "bz:..." for the sheet that imports it; NULL: it was said why. */
static const char *
import_path (const char *address, const xsltStylesheet *by)
{
  g_autofree char *name = bz_name (address);
  const char *file = by != NULL && by->doc != NULL ? (const char *) by->doc->URL
                                                   : NULL;
  const GPtrArray *layer = name == NULL ? NULL
                                        : g_hash_table_lookup (layers, name);
  const char *path = layer == NULL ? NULL : meant (layer, file);

  if (path == NULL)
    stylesheet_collect (load_errors, "there is no %s%s\n", address,
                        layer == NULL ? "" : " below this one");
  else if (too_deep (by))
    stylesheet_collect (load_errors, "%s: imports go round in a circle\n",
                        address);
  return path != NULL && !too_deep (by) ? path : NULL;
}

/* libxslt asks for an imported sheet. */
static xmlDoc *
load_import (const xmlChar *address, xmlDict *dict, int options, void *ctx,
             xsltLoadType type)
{
  g_autoptr (GError) error = NULL;
  const char *path;
  xmlDoc *doc;

  if (type != XSLT_LOAD_STYLESHEET || load_errors == NULL)
    return NULL;
  path = import_path ((const char *) address, ctx);
  doc = path != NULL ? sheet_read (path, &error) : NULL;
  if (error != NULL)
    stylesheet_collect (load_errors, "%s\n", error->message);
  return doc == NULL ? NULL : into_dict (doc, dict, path);
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

xsltSecurityPrefs *
stylesheet_forbid (void)
{
  return prefs_new (xsltSecurityForbid);
}

static xsltStylesheet *
compile (const char *path, GError **error)
{
  xmlDoc *doc = sheet_read (path, error);
  xsltStylesheet *sheet;

  if (doc == NULL)
    return NULL;
  load_errors = g_string_new (NULL);
  xsltSetGenericErrorFunc (load_errors, stylesheet_collect);
  sheet = xsltParseStylesheetDoc (doc);
  xsltSetGenericErrorFunc (NULL, NULL);
  if (sheet == NULL || sheet->errors > 0 || load_errors->len > 0) {
    g_strchomp (load_errors->str);
    g_set_error (error, STYLESHEET_ERROR, 0,
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

/* -- Finding. */

static GHashTable *
layers_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                (GDestroyNotify) g_ptr_array_unref);
}

static void
layer_add (const char *name, const char *path)
{
  GPtrArray *layer = g_hash_table_lookup (layers, name);

  if (layer == NULL) {
    layer = g_ptr_array_new_with_free_func (g_free);
    g_hash_table_insert (layers, g_strdup (name), layer);
  }
  if (!g_ptr_array_find_with_equal_func (layer, path, g_str_equal, NULL))
    g_ptr_array_add (layer, g_strdup (path));
}

/* The view that OWNER's FILE is. */
static char *
view_of (const char *owner, const char *file)
{
  g_autofree char *name = g_strndup (file, strlen (file) - strlen (".xsl"));

  return g_str_equal (owner, "bz") ? g_steal_pointer (&name)
                                   : g_strconcat (owner, "/", name, NULL);
}

/* The sheets of a folder in DIR stand over those of the pack that it is called
 * after. */
static int
over_find (const char *dir, const char *owner, GError **error)
{
  g_autofree char *folder = g_build_filename (dir, owner, NULL);
  g_autoptr (GDir) open = g_dir_open (folder, 0, error);
  const char *file;

  while (open != NULL && (file = g_dir_read_name (open)) != NULL) {
    g_autofree char *path = g_build_filename (folder, file, NULL);
    g_autofree char *name = NULL;

    if (!g_str_has_suffix (file, ".xsl"))
      continue;
    name = view_of (owner, file);
    if (!g_hash_table_contains (layers, name)) {
      g_set_error (error, STYLESHEET_ERROR, 0,
                   "%s: there is no view %s that it could stand over; see its "
                   "name, and that its plugin stands before this one in "
                   "[server] plugins",
                   path, name);
      return BZ_FAILED;
    }
    layer_add (name, path);
  }
  return open != NULL ? BZ_OK : BZ_FAILED;
}

int
stylesheet_find (const char *dir, const char *pack, GError **error)
{
  g_autoptr (GDir) open = g_dir_open (dir, 0, error);
  const char *file;
  int rc = BZ_OK;

  if (open == NULL)
    return BZ_FAILED;
  if (layers == NULL)
    layers = layers_new ();
  while (rc == BZ_OK && (file = g_dir_read_name (open)) != NULL) {
    g_autofree char *path = g_build_filename (dir, file, NULL);
    g_autofree char *name = NULL;

    if (g_str_has_suffix (file, ".xsl")) {
      name = view_of (pack, file);
      layer_add (name, path);
    }
    else if (!g_str_equal (pack, "bz")
             && g_file_test (path, G_FILE_TEST_IS_DIR))
      rc = over_find (dir, file, error);
  }
  return rc;
}

bool
stylesheet_exists (const char *view)
{
  return layers != NULL && g_hash_table_contains (layers, view);
}

GHashTable *
stylesheet_compile (GError **error)
{
  GHashTable *views
    = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                             (GDestroyNotify) xsltFreeStylesheet);
  xsltSecurityPrefs *loading = prefs_new (may_import);
  xsltSecurityPrefs *before = xsltGetDefaultSecurityPrefs ();
  GHashTableIter iter;
  void *name, *layer;
  bool good = true;

  if (layers == NULL) /* no pack has any */
    layers = layers_new ();
  xsltSetDefaultSecurityPrefs (loading);
  xsltSetLoaderFunc (load_import);
  g_hash_table_iter_init (&iter, layers);
  while (good && g_hash_table_iter_next (&iter, &name, &layer)) {
    const GPtrArray *paths = layer;
    xsltStylesheet *sheet = compile (paths->pdata[paths->len - 1], error);

    good = sheet != NULL;
    if (good)
      g_hash_table_insert (views, g_strdup (name), sheet);
  }
  xsltSetDefaultSecurityPrefs (before);
  xsltFreeSecurityPrefs (loading);
  if (!good)
    g_clear_pointer (&views, g_hash_table_unref);
  return views;
}

void
stylesheet_clear (void)
{
  g_clear_pointer (&layers, g_hash_table_unref);
}
