/* Values of bianzhi.conf: from their text, with errors that name the place.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "serve/conf-key.h"
#include <string.h>
#include "bianzhi/plugin.h"
#include "serve/from.h"

static void
text_set (char **at, const char *text)
{
  g_free (*at);
  *at = g_strdup (text);
}

int
conf_refuse (GError **error, const char *file, const char *section,
             const char *name, const char *why)
{
  g_set_error (error, CONF_ERROR, 0, "%s: [%s] %s: %s", file, section, name,
               why);
  return BZ_FAILED;
}

char *
conf_path_from (const char *file, const char *value)
{
  g_autofree char *dir = g_path_get_dirname (file);

  return g_path_is_absolute (value) ? g_strdup (value)
                                    : g_build_filename (dir, value, NULL);
}

static bool
number_from (const struct conf_key *k, const char *value, int64_t *ret)
{
  g_autofree char *digits = g_strdup (value);
  size_t length = strlen (digits);
  int64_t unit = 1, n;

  if (k->kind == CONF_SIZE && length > 1) {
    const char *letter = strchr ("KMG", digits[length - 1]);

    if (letter != NULL) {
      unit = INT64_C (1024) << (10
                                * (int) (*letter == 'M'   ? 1
                                         : *letter == 'G' ? 2
                                                          : 0));
      digits[length - 1] = '\0';
    }
  }
  if (!g_ascii_string_to_signed (digits, 10, 0, G_MAXINT32, &n, NULL)
      || __builtin_mul_overflow (n, unit, ret))
    return false;
  return *ret >= k->min && *ret <= k->max;
}

int
conf_value_number (struct conf *c, const struct conf_key *k, const char *file,
                   const char *value, GError **error)
{
  void *member = (char *) c + k->at;
  int64_t n;

  if (!number_from (k, value, &n)) {
    g_autofree char *why
      = g_strdup_printf ("\"%s\" is not a number from %" G_GINT64_FORMAT
                         " to %" G_GINT64_FORMAT "%s",
                         value, k->min, k->max,
                         k->kind == CONF_SIZE
                           ? " bytes; it may end with K, M or G"
                           : "");

    return conf_refuse (error, file, k->section, k->name, why);
  }
  if (k->at == CONF_NOWHERE)
    return BZ_OK;
  if (k->kind == CONF_SIZE)
    *(int64_t *) member = n;
  else
    *(int *) member = (int) n;
  return BZ_OK;
}

int
conf_value_bool (struct conf *c, const struct conf_key *k, const char *file,
                 const char *value, GError **error)
{
  bool yes = g_str_equal (value, "yes") || g_str_equal (value, "true");

  if (!yes && !g_str_equal (value, "no") && !g_str_equal (value, "false"))
    return conf_refuse (error, file, k->section, k->name,
                        "say \"yes\" or \"no\"");
  *(bool *) ((char *) c + k->at) = yes;
  return BZ_OK;
}

/* "" or "/bianzhi": letters, digits, - and _ in segments; a slash at the end is
 * forgiven. */
int
conf_value_base (struct conf *c, const struct conf_key *k, const char *file,
                 const char *value, GError **error)
{
  g_autofree char *base = g_strdup (value);
  size_t length = strlen (base);

  if (length > 0 && base[length - 1] == '/')
    base[length - 1] = '\0';
  for (const char *p = base; *p != '\0'; p++) {
    bool slash = *p == '/' && p[1] != '/' && p[1] != '\0';

    if ((p == base && !slash)
        || !(slash || g_ascii_isalnum (*p) || strchr ("-_.", *p) != NULL)
        || (*p == '.' && p[-1] == '/'))
      return conf_refuse (
        error, file, k->section, k->name,
        "say nothing for the root of the site, or a path like "
        "/bianzhi");
  }
  text_set (&c->base, base);
  return BZ_OK;
}

int
conf_value_cookie (struct conf *c, const struct conf_key *k, const char *file,
                   const char *value, GError **error)
{
  bool ok = g_str_has_prefix (value, "bz_") && value[3] != '\0';

  for (const char *p = value; ok && *p != '\0'; p++)
    ok = g_ascii_isalnum (*p) || *p == '_';
  if (!ok)
    return conf_refuse (error, file, k->section, k->name,
                        "a cookie's name is bz_ and letters or digits");
  text_set (&c->cookie, value);
  return BZ_OK;
}

int
conf_value_from (struct conf *c, const struct conf_key *k, const char *file,
                 const char *value, GError **error)
{
  g_autofree char *bad = from_fault (value);
  g_autofree char *why = NULL;

  if (bad != NULL) {
    why = g_strdup_printf ("\"%s\" is no address like 10.1.2.3 and no net "
                           "like 10.1.2.0/24",
                           bad);
    return conf_refuse (error, file, k->section, k->name, why);
  }
  text_set (&c->status_from, value);
  return BZ_OK;
}

/* The address at which the site is reached, its base included: it goes on paper
 * in QRs. */
int
conf_value_url (struct conf *c, const struct conf_key *k, const char *file,
                const char *value, GError **error)
{
  g_autofree char *scheme = NULL;
  g_autofree char *host = NULL;
  bool ok = strpbrk (value, " \"<>?#") == NULL
         && g_uri_split (value, G_URI_FLAGS_NONE, &scheme, NULL, &host, NULL,
                         NULL, NULL, NULL, NULL)
         && host != NULL && *host != '\0'
         && (g_strcmp0 (scheme, "https") == 0
             || g_strcmp0 (scheme, "http") == 0);

  if (*value != '\0' && !ok)
    return conf_refuse (
      error, file, k->section, k->name,
      "say the address of the site with scheme and host, like "
      "https://bz.example.gov.cn/bianzhi/");
  text_set (&c->url, value);
  return BZ_OK;
}

int
conf_value_peer (struct conf *c, const struct conf_key *k, const char *file,
                 const char *value, GError **error)
{
  static const char *const name[] = { "any", "same", "root" };

  for (unsigned i = 0; i < G_N_ELEMENTS (name); i++)
    if (g_str_equal (value, name[i])) {
      c->peer = (enum conf_peer) i;
      return BZ_OK;
    }
  return conf_refuse (error, file, k->section, k->name,
                      "say \"any\", \"same\" or \"root\"");
}

int
conf_value_sandbox (struct conf *c, const struct conf_key *k, const char *file,
                    const char *value, GError **error)
{
  static const char *const name[] = { "on", "kill", "off" };

  for (unsigned i = 0; i < G_N_ELEMENTS (name); i++)
    if (g_str_equal (value, name[i])) {
      c->sandbox = (enum conf_sandbox) i;
      return BZ_OK;
    }
  return conf_refuse (error, file, k->section, k->name,
                      "say \"on\", \"off\" or \"kill\"");
}

/* Names of plugins, between commas or blanks. */
int
conf_value_plugins (struct conf *c, const struct conf_key *k, const char *file,
                    const char *value, GError **error)
{
  g_auto (GStrv) words = g_strsplit_set (value, " ,;\t", -1);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (char **w = words; *w != NULL; w++) {
    if (**w == '\0')
      continue;
    for (const char *p = *w; *p != '\0'; p++)
      if (!(g_ascii_islower (*p) || (p > *w && g_ascii_isdigit (*p))))
        return conf_refuse (error, file, k->section, k->name,
                            "a plugin's name is small letters and digits");
    g_ptr_array_add (names, g_strdup (*w));
  }
  g_ptr_array_add (names, NULL);
  g_strfreev (c->plugins);
  c->plugins = (char **) g_ptr_array_steal (names, NULL);
  return BZ_OK;
}

/* A password that stands in a file of its own, without its line end. */
int
conf_value_password (struct conf *c, const struct conf_key *k, const char *file,
                     const char *value, GError **error)
{
  char **at = g_str_equal (k->name, "password_file") ? &c->db_password
                                                     : &c->owner_password;
  g_autofree char *path = conf_path_from (file, value);
  g_autofree char *text = NULL;
  g_autoptr (GError) why = NULL;

  if (!g_file_get_contents (path, &text, NULL, &why))
    return conf_refuse (error, file, k->section, k->name, why->message);
  text_set (at, g_strchomp (text));
  return BZ_OK;
}
