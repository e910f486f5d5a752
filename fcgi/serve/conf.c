/* bianzhi.conf and conf.d: read once before the fork, const afterwards.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "serve/conf.h"
#include <stddef.h>
#include "bianzhi/plugin.h"

enum kind { KIND_TEXT, KIND_PATH, KIND_INT, KIND_SIZE, KIND_BOOL, KIND_OTHER };
struct key {
  const char *section, *name;
  enum kind kind;
  size_t at; /* of the member in struct conf */
  int64_t min, max;
};
#define AT(member) offsetof (struct conf, member)

/* KIND_OTHER: conf_others reads it. */
static const struct key keys[] = {
  { "server", "socket", KIND_PATH, AT (socket), 0, 0 },
  { "server", "workers", KIND_INT, AT (workers), 1, 512 },
  { "server", "base", KIND_OTHER, 0, 0, 0 },
  { "server", "spool", KIND_PATH, AT (spool), 0, 0 },
  { "server", "datadir", KIND_PATH, AT (datadir), 0, 0 },
  { "server", "plugindir", KIND_PATH, AT (plugindir), 0, 0 },
  { "server", "plugins", KIND_OTHER, 0, 0, 0 },
  { "server", "max_body", KIND_SIZE, AT (max_body), 64 * 1024, G_MAXINT32 },
  { "server", "max_file", KIND_SIZE, AT (max_file), 64 * 1024, G_MAXINT32 },
  { "server", "max_files", KIND_INT, AT (max_files), 1, 200 },
  { "server", "paper_files", KIND_INT, AT (paper_files), 1, 200 },
  { "server", "max_pixels", KIND_INT, AT (max_pixels), 1, 1000 },
  { "server", "request_seconds", KIND_INT, AT (request_seconds), 1, 3600 },
  { "server", "recycle", KIND_INT, AT (recycle), 1, 10000000 },
  { "server", "brake", KIND_BOOL, AT (brake), 0, 0 },
  { "server", "demo", KIND_BOOL, AT (demo), 0, 0 },
  { "server", "peer", KIND_OTHER, 0, 0, 0 },
  { "server", "render_seconds", KIND_INT, AT (render_seconds), 1, 600 },
  { "server", "render_memory", KIND_SIZE, AT (render_memory), 64 << 20,
    INT64_C (8) << 30 },
  { "server", "render_output", KIND_SIZE, AT (render_output), 64 * 1024,
    INT64_C (1) << 30 },
  { "database", "socket", KIND_PATH, AT (db_socket), 0, 0 },
  { "database", "name", KIND_TEXT, AT (db_name), 0, 0 },
  { "database", "user", KIND_TEXT, AT (db_user), 0, 0 },
  { "database", "password", KIND_TEXT, AT (db_password), 0, 0 },
  { "database", "password_file", KIND_OTHER, 0, 0, 0 },
  { "database", "owner_user", KIND_TEXT, AT (owner_user), 0, 0 },
  { "database", "owner_password", KIND_TEXT, AT (owner_password), 0, 0 },
  { "database", "owner_password_file", KIND_OTHER, 0, 0, 0 },
  { "database", "unsafe", KIND_OTHER, 0, 0, 0 },
  { "database", "lock_seconds", KIND_OTHER, 0, 0, 0 },
  { "database", "report_user", KIND_OTHER, 0, 0, 0 },
  { "database", "report_password", KIND_OTHER, 0, 0, 0 },
  { "product", "name", KIND_TEXT, AT (product), 0, 0 },
  { "product", "phone", KIND_TEXT, AT (phone), 0, 0 },
  { "product", "place", KIND_TEXT, AT (place), 0, 0 },
  { "product", "office", KIND_OTHER, 0, 0, 0 },
  { "product", "url", KIND_OTHER, 0, 0, 0 },
  { "downloads", "dir", KIND_PATH, AT (downloads), 0, 0 },
  { "inbox", "returned_days", KIND_OTHER, 0, 0, 0 },
  { "inbox", "draft_days", KIND_OTHER, 0, 0, 0 },
  { "session", "idle_minutes", KIND_INT, AT (idle_minutes), 1, 1440 },
  { "session", "absolute_hours", KIND_INT, AT (absolute_hours), 1, 168 },
  { "session", "password_cost", KIND_INT, AT (password_cost), 1, 11 },
  { "session", "cookie", KIND_OTHER, 0, 0, 0 },
  { "session", "lock_after", KIND_OTHER, 0, 0, 0 },
  { "session", "lock_minutes", KIND_OTHER, 0, 0, 0 },
};

G_DEFINE_QUARK (bz - conf - error, conf_error)

static void
text_set (char **at, const char *text)
{
  g_free (*at);
  *at = g_strdup (text);
}

static int
refuse (GError **error, const char *file, const char *section, const char *name,
        const char *why)
{
  g_set_error (error, CONF_ERROR, 0, "%s: [%s] %s: %s", file, section, name,
               why);
  return BZ_FAILED;
}

static char *
path_from (const char *file, const char *value)
{
  g_autofree char *dir = g_path_get_dirname (file);

  return g_path_is_absolute (value) ? g_strdup (value)
                                    : g_build_filename (dir, value, NULL);
}

static bool
number_from (const struct key *k, const char *value, int64_t *ret)
{
  g_autofree char *digits = g_strdup (value);
  size_t length = strlen (digits);
  int64_t unit = 1, n;

  if (k->kind == KIND_SIZE && length > 1) {
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

static int
number_set (struct conf *c, const struct key *k, const char *file,
            const char *value, GError **error)
{
  void *member = (char *) c + k->at;
  int64_t n;

  if (!number_from (k, value, &n)) {
    g_autofree char *why
      = g_strdup_printf ("\"%s\" is not a number from %" G_GINT64_FORMAT
                         " to %" G_GINT64_FORMAT "%s",
                         value, k->min, k->max,
                         k->kind == KIND_SIZE
                           ? " bytes; it may end with K, M or G"
                           : "");

    return refuse (error, file, k->section, k->name, why);
  }
  if (k->kind == KIND_SIZE)
    *(int64_t *) member = n;
  else
    *(int *) member = (int) n;
  return BZ_OK;
}

static int
bool_set (struct conf *c, const struct key *k, const char *file,
          const char *value, GError **error)
{
  bool yes = g_str_equal (value, "yes") || g_str_equal (value, "true");

  if (!yes && !g_str_equal (value, "no") && !g_str_equal (value, "false"))
    return refuse (error, file, k->section, k->name, "say \"yes\" or \"no\"");
  *(bool *) ((char *) c + k->at) = yes;
  return BZ_OK;
}

/* "" or "/bianzhi": letters, digits, - and _ in segments; a slash at the end is
 * forgiven. */
static int
base_set (struct conf *c, const char *file, const char *value, GError **error)
{
  g_autofree char *base = g_strdup (value);
  size_t length = strlen (base);

  if (length > 0 && base[length - 1] == '/')
    base[length - 1] = '\0';
  for (const char *p = base; *p != '\0'; p++) {
    bool slash = *p == '/' && p[1] != '/';

    if ((p == base && !slash)
        || !(slash || g_ascii_isalnum (*p) || strchr ("-_.", *p) != NULL)
        || (*p == '.' && p[-1] == '/'))
      return refuse (error, file, "server", "base",
                     "say nothing for the root of the site, or a path like "
                     "/bianzhi");
  }
  text_set (&c->base, base);
  return BZ_OK;
}

static int
cookie_set (struct conf *c, const char *file, const char *value, GError **error)
{
  bool ok = g_str_has_prefix (value, "bz_") && value[3] != '\0';

  for (const char *p = value; ok && *p != '\0'; p++)
    ok = g_ascii_isalnum (*p) || *p == '_';
  if (!ok)
    return refuse (error, file, "session", "cookie",
                   "a cookie's name is bz_ and letters or digits");
  text_set (&c->cookie, value);
  return BZ_OK;
}

/* The address at which the site is reached, its base included: it goes on paper
 * in QRs. */
static int
url_set (const char *file, const char *value, GError **error)
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
    return refuse (error, file, "product", "url",
                   "say the address of the site with scheme and host, like "
                   "https://bz.example.gov.cn/bianzhi/");
  return BZ_OK;
}

static int
peer_set (struct conf *c, const char *file, const char *value, GError **error)
{
  static const char *const name[] = { "any", "same", "root" };

  for (unsigned i = 0; i < G_N_ELEMENTS (name); i++)
    if (g_str_equal (value, name[i])) {
      c->peer = (enum conf_peer) i;
      return BZ_OK;
    }
  return refuse (error, file, "server", "peer",
                 "say \"any\", \"same\" or \"root\"");
}

/* Names of plugins, between commas or blanks. */
static int
plugins_set (struct conf *c, const char *file, const char *value,
             GError **error)
{
  g_auto (GStrv) words = g_strsplit_set (value, " ,;\t", -1);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (char **w = words; *w != NULL; w++) {
    if (**w == '\0')
      continue;
    for (const char *p = *w; *p != '\0'; p++)
      if (!(g_ascii_islower (*p) || (p > *w && g_ascii_isdigit (*p))))
        return refuse (error, file, "server", "plugins",
                       "a plugin's name is small letters and digits");
    g_ptr_array_add (names, g_strdup (*w));
  }
  g_ptr_array_add (names, NULL);
  g_strfreev (c->plugins);
  c->plugins = (char **) g_ptr_array_steal (names, NULL);
  return BZ_OK;
}

/* A password that stands in a file of its own, without its line end. */
static int
password_set (char **at, const char *file, const struct key *k,
              const char *value, GError **error)
{
  g_autofree char *path = path_from (file, value);
  g_autofree char *text = NULL;
  g_autoptr (GError) why = NULL;

  if (!g_file_get_contents (path, &text, NULL, &why))
    return refuse (error, file, k->section, k->name, why->message);
  text_set (at, g_strchomp (text));
  return BZ_OK;
}

static int
other_set (struct conf *c, const struct key *k, const char *file,
           const char *value, GError **error)
{
  if (g_str_equal (k->name, "base"))
    return base_set (c, file, value, error);
  if (g_str_equal (k->name, "cookie"))
    return cookie_set (c, file, value, error);
  if (g_str_equal (k->name, "peer"))
    return peer_set (c, file, value, error);
  if (g_str_equal (k->name, "url"))
    return url_set (file, value, error);
  if (g_str_equal (k->name, "plugins"))
    return plugins_set (c, file, value, error);
  if (!g_str_has_suffix (k->name, "password_file"))
    return BZ_OK; /* conf_get reads it */
  return password_set (g_str_equal (k->name, "password_file")
                         ? &c->db_password
                         : &c->owner_password,
                       file, k, value, error);
}

static int
key_set (struct conf *c, const struct key *k, const char *file,
         const char *value, GError **error)
{
  char **text = (char **) ((char *) c + k->at);

  switch (k->kind) {
  case KIND_TEXT:
    text_set (text, value);
    return BZ_OK;
  case KIND_PATH:
    g_free (*text);
    *text = path_from (file, value);
    return BZ_OK;
  case KIND_INT:
  case KIND_SIZE:
    return number_set (c, k, file, value, error);
  case KIND_BOOL:
    return bool_set (c, k, file, value, error);
  case KIND_OTHER:
    break;
  }
  return other_set (c, k, file, value, error);
}

/* The row of KEYS; NULL with *OURS: the section is ours, the key unknown. */
static const struct key *
key_find (const char *section, const char *name, bool *ours)
{
  *ours = false;
  for (size_t i = 0; i < G_N_ELEMENTS (keys); i++) {
    if (!g_str_equal (keys[i].section, section))
      continue;
    *ours = true;
    if (g_str_equal (keys[i].name, name))
      return &keys[i];
  }
  return NULL;
}

static int
value_set (struct conf *c, GKeyFile *file, const char *path,
           const char *section, const char *name, GError **error)
{
  g_autoptr (GError) why = NULL;
  g_autofree char *value = g_key_file_get_string (file, section, name, &why);
  bool ours;
  const struct key *k = key_find (section, name, &ours);

  if (value == NULL)
    return refuse (error, path, section, name, why->message);
  g_strstrip (value);
  g_hash_table_insert (c->values, g_strdup_printf ("%s\n%s", section, name),
                       g_strdup (value));
  if (k != NULL)
    return key_set (c, k, path, value, error);
  if (ours)
    return refuse (error, path, section, name,
                   "no such key; is it misspelt? See bianzhi.conf(5)");
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
  g_autofree char *dir = path_from (c->path, "conf.d");
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

struct conf *
conf_default (void)
{
  struct conf *c = g_new0 (struct conf, 1);

  *c = (struct conf){
    .values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
    .path = g_strdup ("(defaults)"),
    .workers = 4,
    .base = g_strdup (""),
    .spool = g_strdup (g_get_tmp_dir ()),
    .datadir = g_strdup (BZ_DATADIR),
    .plugindir = g_strdup (BZ_PLUGINDIR),
    .plugins = g_new0 (char *, 1),
    .max_body = INT64_C (64) << 20,
    .max_file = INT64_C (20) << 20,
    .max_files = 60,
    .paper_files = 20,
    .max_pixels = 50,
    .request_seconds = 30,
    .render_seconds = 12,
    .render_memory = INT64_C (1) << 30,
    .render_output = INT64_C (64) << 20,
    .recycle = 2000,
    .brake = true,
    .db_name = g_strdup ("bianzhi"),
    .db_user = g_strdup ("bz_app"),
    .product = g_strdup ("机构编制综合管理平台"),
    .phone = g_strdup (""),
    .place = g_strdup (""),
    .idle_minutes = 30,
    .absolute_hours = 12,
    .password_cost = 8,
    .cookie = g_strdup ("bz_sid"),
  };
  return c;
}

struct conf *
conf_load (const char *path, GError **error)
{
  struct conf *c = conf_default ();

  g_free (c->path);
  c->path = g_strdup (path);
  if (file_read (c, path, error) < 0 || more_read (c, error) < 0)
    goto fail;
  if (c->max_file > c->max_body) {
    (void) refuse (error, path, "server", "max_file",
                   "it is more than max_body; raise max_body");
    goto fail;
  }
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
  for (size_t i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i].kind == KIND_TEXT || keys[i].kind == KIND_PATH)
      g_free (*(char **) ((char *) c + keys[i].at));
  g_free (c->base);
  g_free (c->cookie);
  g_free (c->path);
  g_strfreev (c->plugins);
  g_hash_table_unref (c->values);
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
