/* Settings of an office, inherited down the tree of offices.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "work/setting.h"
#include <string.h>
#include "serve/conf.h"

static const char group[] = "office ";
enum { DAYS_MAX = 250 };

/* -- What may be set. */

static bool
process_ok (const char *business, const char *value)
{
  return process_find (business, value, 0) != NULL;
}

static bool
days_ok (const char *business, const char *value)
{
  gint64 n;

  return g_ascii_string_to_signed (value, 10, 1, DAYS_MAX, &n, NULL);
}

/* Each is of a business: NAME.BUSINESS. */
static const struct {
  const char *name;
  bool (*ok) (const char *business, const char *value);
  const char *todo;
} settings[] = {
  { "chain", process_ok,
    "no process of this name belongs to the business; see process/*.xml" },
  { "days", days_ok, "it is a number of working days, 1 to 250" },
};

static int
refuse (GError **error, const char *section, const char *key, const char *value,
        const char *why)
{
  g_set_error (error, CONF_ERROR, 0, "[%s] %s=%s: %s", section, key, value,
               why);
  return BZ_FAILED;
}

static int
check_one (const char *section, const char *key, const char *value,
           GError **error)
{
  const char *dot = strchr (key, '.');
  size_t n = dot != NULL ? (size_t) (dot - key) : 0;

  for (size_t i = 0; i < G_N_ELEMENTS (settings); i++) {
    if (strlen (settings[i].name) != n || strncmp (settings[i].name, key, n))
      continue;
    if (business_find (dot + 1) == NULL)
      return refuse (error, section, key, value,
                     "there is no such business; see [server] plugins");
    return settings[i].ok (dot + 1, value)
           ? BZ_OK
           : refuse (error, section, key, value, settings[i].todo);
  }
  return refuse (error, section, key, value,
                 "an office has no such setting; is it misspelt?");
}

int
setting_check (const struct conf *conf, GError **error)
{
  GHashTableIter i;
  void *name, *value;
  int rc = BZ_OK;

  g_hash_table_iter_init (&i, conf->values);
  while (rc == BZ_OK && g_hash_table_iter_next (&i, &name, &value)) {
    g_auto (GStrv) part = g_strsplit (name, "\n", 2);

    if (g_str_has_prefix (part[0], group))
      rc = check_one (part[0], part[1], value, error);
  }
  return rc;
}

/* -- Looking up. */

/* Without any line there is nothing to ask the database for. */
static bool
is_set_anywhere (const struct conf *conf, const char *key)
{
  g_autofree char *end = g_strconcat ("\n", key, NULL);
  GHashTableIter i;
  void *name;

  if (conf == NULL)
    return false;
  g_hash_table_iter_init (&i, conf->values);
  while (g_hash_table_iter_next (&i, &name, NULL))
    if (g_str_has_prefix (name, group) && g_str_has_suffix (name, end))
      return true;
  return false;
}

int
setting_get (struct bz_req *req, int64_t office_id, const char *key,
             const char *otherwise, const char **ret)
{
  const char *found = NULL;
  struct bz_rows *rows;
  int rc;

  *ret = otherwise;
  if (!is_set_anywhere (req->conf, key))
    return BZ_OK;
  rc = bz_db_open (req, &rows, "bz.scope_codes", BZ_ARGS (BZ_INT (office_id)));
  if (rc < 0)
    return rc;
  while ((rc = bz_db_next (rows)) > 0) {
    g_autofree char *section = g_strconcat (group, bz_db_text (rows, "code"),
                                            NULL);

    if (found == NULL)
      found = conf_get (req->conf, section, key, NULL);
  }
  if (found != NULL)
    *ret = found;
  return rc;
}

int
setting_process (struct bz_req *req, const struct business *b,
                 int64_t office_id, const struct process **ret)
{
  const char *key = bz_format (req, "chain.%s", b->name), *name;
  int rc = setting_get (req, office_id, key, b->chain, &name);

  if (rc == BZ_OK)
    *ret = process_find (b->name, name, 0);
  return rc;
}
