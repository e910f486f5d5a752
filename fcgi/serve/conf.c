/* bianzhi.conf and conf.d: read once before the fork, const afterwards.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "serve/conf.h"
#include <string.h>
#include "bianzhi/plugin.h"
#include "serve/conf-key.h"

G_DEFINE_QUARK (bz - conf - error, conf_error)

static int
value_set (struct conf *c, GKeyFile *file, const char *path,
           const char *section, const char *name, GError **error)
{
  g_autoptr (GError) why = NULL;
  g_autofree char *value = g_key_file_get_string (file, section, name, &why);
  bool ours;
  const struct conf_key *k = conf_key_find (section, name, &ours);

  if (value == NULL)
    return conf_refuse (error, path, section, name, why->message);
  g_strstrip (value);
  g_hash_table_insert (c->values, g_strdup_printf ("%s\n%s", section, name),
                       g_strdup (value));
  g_hash_table_insert (c->files, g_strdup_printf ("%s\n%s", section, name),
                       g_strdup (path));
  if (k != NULL)
    return conf_key_set (c, k, path, value, error);
  if (ours)
    return conf_refuse (
      error, path, section, name,
      "no such key; is it misspelt? See bianzhi-fcgi --help-conf");
  return BZ_OK;
}

static int
file_read (struct conf *c, const char *path, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_auto (GStrv) sections = NULL;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, error)) {
    g_prefix_error (error, "%s: ", path);
    return BZ_FAILED;
  }
  sections = g_key_file_get_groups (file, NULL);
  for (char **s = sections; *s != NULL; s++) {
    g_auto (GStrv) names = g_key_file_get_keys (file, *s, NULL, NULL);

    for (char **n = names; n != NULL && *n != NULL; n++)
      if (value_set (c, file, path, *s, *n, error) < 0)
        return BZ_FAILED;
  }
  return BZ_OK;
}

static int
by_name (const void *a, const void *b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* conf.d/ *.conf beside the file, in the order of their names. */
static int
more_read (struct conf *c, GError **error)
{
  g_autofree char *dir = conf_path_from (c->path, "conf.d");
  g_autoptr (GDir) d = g_dir_open (dir, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (d != NULL && (name = g_dir_read_name (d)) != NULL)
    if (g_str_has_suffix (name, ".conf") && *name != '.')
      g_ptr_array_add (names, g_build_filename (dir, name, NULL));
  g_ptr_array_sort (names, by_name);
  for (unsigned i = 0; i < names->len; i++)
    if (file_read (c, names->pdata[i], error) < 0)
      return BZ_FAILED;
  return BZ_OK;
}

/* A misspelt section would silently say nothing. */
static int
sections_check (const struct conf *c, GError **error)
{
  GHashTableIter i;
  void *name;

  g_hash_table_iter_init (&i, c->values);
  while (g_hash_table_iter_next (&i, &name, NULL)) {
    g_auto (GStrv) part = g_strsplit (name, "\n", 2);

    if (!conf_section_known (c, part[0]))
      return conf_refuse (error, c->path, part[0], part[1],
                          "no such section, and no plugin of this name is in "
                          "[server] plugins; see bianzhi-fcgi --help-conf");
  }
  return BZ_OK;
}

struct conf *
conf_default (void)
{
  struct conf *c = g_new0 (struct conf, 1);

  c->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  c->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  c->path = g_strdup ("(defaults)");
  c->spool = g_strdup (g_get_tmp_dir ());
  c->datadir = g_strdup (BZ_DATADIR);
  c->plugindir = g_strdup (BZ_PLUGINDIR);
  for (const struct conf_key *k = conf_keys; k->section != NULL; k++)
    if (k->standard != NULL)
      (void) conf_key_set (c, k, c->path, k->standard, NULL);
  return c;
}

char *
conf_pack_dir (const struct conf *c, const char *name, bool *local)
{
  char *dir = g_build_filename (c->datadir, "packs", name, NULL);

  *local = false;
  if (c->localdir == NULL || *c->localdir == '\0'
      || g_file_test (dir, G_FILE_TEST_IS_DIR))
    return dir;
  g_free (dir);
  *local = true;
  return g_build_filename (c->localdir, name, NULL);
}

struct conf *
conf_load (const char *path, GError **error)
{
  struct conf *c = conf_default ();

  g_free (c->path);
  c->path = g_strdup (path);
  if (file_read (c, path, error) < 0 || more_read (c, error) < 0
      || sections_check (c, error) < 0)
    goto fail;
  if (c->max_file > c->max_body) {
    (void) conf_refuse (error, path, "server", "max_file",
                        "it is more than max_body; raise max_body");
    goto fail;
  }
  /* What waited so long must still be answered in time. */
  c->lock_seconds = MIN (c->lock_seconds, MAX (c->request_seconds / 2, 1));
  return c;

fail:
  conf_free (c);
  return NULL;
}

void
conf_free (struct conf *c)
{
  if (c == NULL)
    return;
  for (const struct conf_key *k = conf_keys; k->section != NULL; k++)
    if (k->kind == CONF_TEXT || k->kind == CONF_PATH)
      g_free (*(char **) ((char *) c + k->at));
  g_free (c->base);
  g_free (c->url);
  g_free (c->cookie);
  g_free (c->status_from);
  g_free (c->path);
  g_strfreev (c->plugins);
  g_hash_table_unref (c->values);
  g_hash_table_unref (c->files);
  g_free (c);
}

const char *
conf_get (const struct conf *c, const char *section, const char *key,
          const char *default_value)
{
  g_autofree char *name = g_strdup_printf ("%s\n%s", section, key);
  const char *value = g_hash_table_lookup (c->values, name);

  return value != NULL ? value : default_value;
}

/* The last line of TEXT that sets SECTION's KEY, from 1; 0: none. */
static unsigned
line_find (const char *text, const char *section, const char *key)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *head = g_strdup_printf ("[%s]", section);
  bool inside = false;
  unsigned found = 0;

  for (unsigned i = 0; lines[i] != NULL; i++) {
    char *line = g_strstrip (lines[i]);
    char *equals = strchr (line, '=');

    if (*line == '[')
      inside = g_str_has_prefix (line, head);
    if (!inside || *line == '#' || equals == NULL)
      continue;
    *equals = '\0';
    if (strcmp (g_strchomp (line), key) == 0)
      found = i + 1;
  }
  return found;
}

char *
conf_place (const struct conf *c, const char *section, const char *key)
{
  g_autofree char *name = g_strdup_printf ("%s\n%s", section, key);
  const char *file = g_hash_table_lookup (c->files, name);
  g_autofree char *text = NULL;

  if (file == NULL || !g_file_get_contents (file, &text, NULL, NULL))
    return g_strdup ("");
  return g_strdup_printf ("%s:%u: ", file, line_find (text, section, key));
}

char *
conf_path (const struct conf *c, const char *value)
{
  return conf_path_from (c->path, value);
}

int64_t
conf_int (const struct conf *c, const char *section, const char *key,
          int64_t default_value)
{
  const char *text = conf_get (c, section, key, NULL);
  int64_t n;

  if (text == NULL
      || !g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &n, NULL))
    return default_value;
  return n;
}
