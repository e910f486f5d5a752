/* Definition files: reading them and complaining about them.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "define/source.h"

#include "data/xml.h"

static GQuark
source_error (void)
{
  return g_quark_from_static_string ("bz-definition");
}

int
source_valid (xmlDoc *doc, const char *schema, GError **error)
{
  g_autofree char *rng = xml_schema_path (schema);

  if (rng != NULL)
    return xml_validate (doc, rng, error);
  g_set_error (error, source_error (), 0,
               "%s: there is no schema %s.rng to check it against; call "
               "xml_schema_dir_set first",
               (const char *) doc->URL, schema);
  return BZ_FAILED;
}

xmlDoc *
source_load (const char *path, const char *schema, GError **error)
{
  xmlDoc *doc = xml_load (path, error);

  if (doc == NULL)
    return NULL;
  if (doc->URL == NULL)
    doc->URL = xmlStrdup (BAD_CAST path);
  if (source_valid (doc, schema, error) == 0)
    return doc;
  xmlFreeDoc (doc);
  return NULL;
}

static char *
place (const xmlNode *at)
{
  return g_strdup_printf ("%s:%ld", xml_file (at),
                          at != NULL ? xmlGetLineNo (at) : 0);
}

int
source_fail (GError **error, const xmlNode *at, const char *format, ...)
{
  g_autofree char *where = place (at);
  g_autofree char *what = NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, source_error (), 0, "%s: %s", where, what);
  return BZ_FAILED;
}

int
source_blame (GError **error, const xmlNode *at)
{
  g_autofree char *where = place (at);

  g_prefix_error (error, "%s: ", where);
  return BZ_FAILED;
}

const char *
source_attr (const xmlNode *at, const char *name)
{
  const char *value = xml_attr (at, name);

  return value != NULL && *value != '\0' ? value : NULL;
}

int
source_int (const xmlNode *at, const char *name, int otherwise)
{
  const char *value = source_attr (at, name);

  /* The schema has allowed digits only. */
  return value != NULL ? (int) g_ascii_strtoll (value, NULL, 10) : otherwise;
}

bool
source_yes (const xmlNode *at, const char *name)
{
  return g_strcmp0 (source_attr (at, name), "yes") == 0;
}

char *
source_text (const xmlNode *at)
{
  xmlChar *raw = xmlNodeGetContent (at);
  GString *out = g_string_new (NULL);

  for (const char *p = (const char *) raw; p != NULL && *p != '\0';) {
    size_t space = strspn (p, " \t\r\n");
    size_t text = strcspn (p + space, " \t\r\n");

    if (space > 0 && memchr (p, '\n', space) == NULL && out->len > 0
        && text > 0)
      g_string_append_len (out, p, (gssize) space);
    g_string_append_len (out, p + space, (gssize) text);
    p += space + text;
  }
  xmlFree (raw);
  return g_string_free (out, FALSE);
}

bool
source_owned (const char *name, const char *pack, char mark)
{
  size_t n = strlen (pack);

  return strncmp (name, pack, n) == 0 && name[n] == mark && name[n + 1] != 0;
}
