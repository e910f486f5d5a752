/* bianzhi plugin new: a local plugin from a template.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "serve/plugin-tool.h"
#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include "define/pack.h"
#include "serve/start.h"

/* What stands for the plugin's name in the template. */
#define PLACE "@NAME@"

/* -- new */

/* TEXT with NAME in its places; g_free. */
static char *
filled (const char *text, const char *name)
{
  g_auto (GStrv) parts = g_strsplit (text, PLACE, -1);

  return g_strjoinv (name, parts);
}

static int
copy_file (const char *from, const char *to, const char *name, GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *put = NULL;

  if (!g_file_get_contents (from, &text, NULL, error))
    return BZ_FAILED;
  put = filled (text, name);
  return g_file_set_contents (to, put, -1, error) ? 0 : BZ_FAILED;
}

/* All that lies in FROM, two levels deep. */
static int
copy_dir (const char *from, const char *to, const char *name, GError **error)
{
  GDir *dir = g_dir_open (from, 0, error);
  const char *file;
  int rc = 0;

  if (dir == NULL)
    return BZ_FAILED;
  if (g_mkdir (to, 0755) != 0)
    rc = start_fail (error, "%s: %s", to, g_strerror (errno));
  while (rc == 0 && (file = g_dir_read_name (dir)) != NULL) {
    g_autofree char *old = g_build_filename (from, file, NULL);
    g_autofree char *called = filled (file, name);
    g_autofree char *made = g_build_filename (to, called, NULL);

    rc = g_file_test (old, G_FILE_TEST_IS_DIR)
         ? copy_dir (old, made, name, error)
         : copy_file (old, made, name, error);
  }
  g_dir_close (dir);
  return rc;
}

int
plugin_new (const struct conf *conf, const char *name, bool in_c,
            GError **error)
{
  g_autofree char *template = g_build_filename (conf->datadir, "kit",
                                                in_c ? "c" : "pack", NULL);
  bool local;
  g_autofree char *there = conf_pack_dir (conf, name, &local);

  if (!plugin_name_ok (name) || g_str_equal (name, "bz"))
    return start_fail (error,
                       "\"%s\" is no plugin's name: a small letter and 1 to 15 "
                       "letters and digits",
                       name);
  if (g_file_test (there, G_FILE_TEST_EXISTS))
    return start_fail (error,
                       "there is a plugin %s already, in %s; choose another "
                       "name",
                       name, there);
  if (g_file_test (name, G_FILE_TEST_EXISTS))
    return start_fail (error,
                       "%s is there already; choose another name, or go "
                       "elsewhere",
                       name);
  return copy_dir (template, name, name, error);
}
