/* Unit tests of packs: the platform's own definitions, folders without C,
 * and what is refused.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "define/pack.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "data/query.h"
#include "data/xml.h"
#include "people/perm.h"
#include "serve/route.h"
#include "show/view.h"

static char *house;           /* datadir and plugins of these tests */
static struct conf *conf;

static void
put (const char *path, const char *text)
{
  g_autofree char *file = g_build_filename (house, path, NULL);
  g_autofree char *dir = g_path_get_dirname (file);

  g_assert_cmpint (g_mkdir_with_parents (dir, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, text, -1, NULL));
}

static void
link_to (const char *path, const char *target)
{
  g_autofree char *file = g_build_filename (house, path, NULL);
  g_autofree char *dir = g_path_get_dirname (file);

  g_assert_cmpint (g_mkdir_with_parents (dir, 0700), ==, 0);
  g_assert_cmpint (symlink (target, file), ==, 0);
}

/* Load with these plugins, "a,b"; the error's text, or NULL.  g_free. */
static char *
load (const char *plugins)
{
  GError *error = NULL;
  char *said = NULL;
  int rc;

  g_strfreev (conf->plugins);
  conf->plugins = g_strsplit (plugins, ",", -1);
  rc = pack_load_all (conf, &error);
  g_assert_cmpint (rc < 0, ==, error != NULL);
  if (error != NULL)
    said = g_strdup (error->message);
  g_clear_error (&error);
  return said;
}

static void
refused (const char *plugins, const char *why, const char *where)
{
  g_autofree char *said = load (plugins);

  g_assert_nonnull (said);
  g_test_message ("%s", said);
  g_assert_nonnull (strstr (said, why));
  g_assert_nonnull (strstr (said, where));
  pack_clear ();
}

static void
test_platform (void)
{
  g_autofree char *said = load ("");

  g_assert_cmpstr (said, ==, NULL);
  g_assert_cmpstr (pack_at (0)->name, ==, "bz");
  g_assert_null (pack_at (1));
  g_assert_nonnull (query_find ("bz.paper_list"));
  g_assert_nonnull (route_lookup ("GET", "/login"));
  pack_clear ();
  g_assert_null (pack_at (0));
  g_assert_null (query_find ("bz.paper_list"));
}

static void
test_folder_only (void)
{
  g_autofree char *said = NULL;

  put ("packs/quiet/roles.xml", "<roles><role name=\"quiet_reader\" title=\"示"
       "例\"><grant permission=\"quiet.view\"/></role></roles>");
  put ("packs/quiet/sql/queries.xml", "<queries pack=\"quiet\"><query name=\""
       "quiet.one\"><sql>SELECT 1</sql></query></queries>");
  put ("packs/quiet/sql/queries-more.xml", "<queries pack=\"quiet\"><query "
       "name=\"quiet.two\"><sql>SELECT 2</sql></query></queries>");
  said = load ("quiet");
  g_assert_cmpstr (said, ==, NULL);
  g_assert_cmpstr (pack_at (1)->name, ==, "quiet");
  g_assert_null (pack_at (1)->so);
  g_assert_true (perm_known ("quiet.view"));
  g_assert_nonnull (query_find ("quiet.one"));
  g_assert_nonnull (query_find ("quiet.two"));
  pack_clear ();
}

static void
test_unknown (void)
{
  refused ("nowhere", "neither a folder", "packs/nowhere");
}

static void
test_names (void)
{
  refused ("../etc", "no plugin's name", "../etc");
  refused ("Entry", "no plugin's name", "Entry");
  refused ("bz", "no plugin's name", "bz");
  refused ("quiet,quiet", "twice", "quiet");
}

static void
test_needs (void)
{
  refused ("sample", "needs staffing", "sample.so");
}

/* A floor that plugins are linked with lies two folders above them. */
static void
test_library (void)
{
  put ("lib/libbianzhi-floor.so", "not an object");
  refused ("floor", "floor", "../../libbianzhi-floor.so");
}

static void
test_not_ours (void)
{
  refused ("newer", "another bianzhi/plugin.h", "newer.so");
  refused ("bare", "no bz_plugin_entry", "bare.so");
}

static void
test_broken_file (void)
{
  put ("packs/broken/roles.xml", "<roles><role name=\"x\"");
  refused ("broken", "roles.xml", "packs/broken/roles.xml");
  put ("packs/foreign/sql/queries.xml", "<queries pack=\"foreign\"><query "
       "name=\"quiet.one\"><sql>SELECT 1</sql></query></queries>");
  refused ("foreign", "queries.xml", "packs/foreign/sql/queries.xml");
}

static void
test_menu_permission (void)
{
  put ("packs/menu/menu.xml", "<menu><item path=\"一/二\" href=\"/menu/\" "
       "permission=\"menu.view\"/></menu>");
  refused ("menu", "menu.view", "一/二");
}

static void
test_no_datadir (void)
{
  char *was = conf->datadir;

  conf->datadir = (char *) "/nonexistent/data";
  refused ("", "datadir", "/nonexistent/data");
  conf->datadir = was;
}

/* A province's plugins lie apart, and take no place of ours. */
static void
test_local (void)
{
  g_autofree char *said = NULL;

  conf->localdir = g_build_filename (house, "local", NULL);
  put ("local/far/roles.xml", "<roles><role name=\"far_reader\" title=\"远"
       "\"><grant permission=\"far.view\"/></role></roles>");
  said = load ("far");
  g_assert_cmpstr (said, ==, NULL);
  g_assert_true (perm_known ("far.view"));
  pack_clear ();
  put ("packs/far/roles.xml", "<roles><role name=\"near_reader\" title=\"近"
       "\"><grant permission=\"far.near\"/></role></roles>");
  g_free (said);
  said = load ("far");
  g_assert_cmpstr (said, ==, NULL);
  g_assert_true (perm_known ("far.near"));
  g_assert_false (perm_known ("far.view"));
  pack_clear ();
  g_clear_pointer (&conf->localdir, g_free);
}

/* What everybody may write is no definition. */
static void
test_writable (void)
{
  static const char *const parts[] = { "packs/open", "packs/open/roles.xml" };

  put ("packs/open/roles.xml", "<roles><role name=\"open_reader\" title=\"示"
       "例\"><grant permission=\"open.view\"/></role></roles>");
  for (size_t i = 0; i < G_N_ELEMENTS (parts); i++) {
    g_autofree char *path = g_build_filename (house, parts[i], NULL);
    mode_t good = i == 0 ? 0700 : 0600;

    g_assert_cmpint (g_chmod (path, good | 0002), ==, 0);
    refused ("open", "chmod o-w", path);
    g_assert_cmpint (g_chmod (path, good), ==, 0);
  }
  {
    g_autofree char *said = load ("open");

    g_assert_cmpstr (said, ==, NULL);
    pack_clear ();
  }
}

/* A datadir of links into the source tree, and a folder of plugins. */
static void
house_build (void)
{
  house = g_dir_make_tmp ("bz-pack-XXXXXX", NULL);
  link_to ("schema", SOURCE_DIR "/conf/schema");
  link_to ("sql", SOURCE_DIR "/sql");
  link_to ("codes", SOURCE_DIR "/sql/codes");
  link_to ("xslt", SOURCE_DIR "/xslt");
  link_to ("roles.xml", SOURCE_DIR "/conf/roles.xml");
  link_to ("menu.xml", SOURCE_DIR "/conf/menu.xml");
  link_to ("lib/bianzhi/plugins/sample.so", ABI_DIR "/sample.so");
  link_to ("lib/bianzhi/plugins/newer.so", ABI_DIR "/newer.so");
  link_to ("lib/bianzhi/plugins/bare.so", ABI_DIR "/bare.so");
  conf = conf_default ();
  g_free (conf->datadir);
  g_free (conf->plugindir);
  conf->datadir = g_strdup (house);
  conf->plugindir = g_build_filename (house, "lib/bianzhi/plugins", NULL);
}

static void
house_remove (const char *dir)
{
  g_autoptr (GDir) open = g_dir_open (dir, 0, NULL);
  const char *name;

  while (open != NULL && (name = g_dir_read_name (open)) != NULL) {
    g_autofree char *path = g_build_filename (dir, name, NULL);

    if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK)
        && g_file_test (path, G_FILE_TEST_IS_DIR))
      house_remove (path);
    else
      (void) g_unlink (path);
  }
  (void) g_rmdir (dir);
}

int
main (int argc, char **argv)
{
  int rc;

  g_test_init (&argc, &argv, NULL);
  xml_init ();
  house_build ();
  g_test_add_func ("/pack/platform-alone", test_platform);
  g_test_add_func ("/pack/folder-without-c-is-a-plugin", test_folder_only);
  g_test_add_func ("/pack/unknown-plugin-is-refused", test_unknown);
  g_test_add_func ("/pack/name-out-of-pattern-is-refused", test_names);
  g_test_add_func ("/pack/needs-must-be-loaded-before", test_needs);
  g_test_add_func ("/pack/floor-is-a-library", test_library);
  g_test_add_func ("/pack/plugin-of-another-header-is-refused",
                   test_not_ours);
  g_test_add_func ("/pack/error-names-the-file", test_broken_file);
  g_test_add_func ("/pack/menu-without-grant-is-refused",
                   test_menu_permission);
  g_test_add_func ("/pack/no-datadir", test_no_datadir);
  g_test_add_func ("/pack/province-lies-apart", test_local);
  g_test_add_func ("/pack/what-everybody-may-write-is-refused", test_writable);
  rc = g_test_run ();
  house_remove (house);
  conf_free (conf);
  return rc;
}
