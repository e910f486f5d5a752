/* Packs: found, opened and read in the order of the configuration.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "define/pack.h"

#include <sys/stat.h>

#include "data/query.h"
#include "data/xml.h"
#include "define/business.h"
#include "define/code.h"
#include "define/dict.h"
#include "define/form.h"
#include "define/overlay.h"
#include "define/process.h"
#include "define/report.h"
#include "people/perm.h"
#include "people/session.h"
#include "serve/job.h"
#include "serve/route.h"
#include "serve/status.h"
#include "show/view.h"
#include "work/desk.h"
#include "work/report-page.h"
#include "work/setting.h"
#include "work/sheet.h"

static GPtrArray *packs; /* struct pack; filled before the fork */

static void
pack_free (void *data)
{
  struct pack *p = data;

  g_free (p->name);
  g_free (p->dir);
  g_free (p->so);
  g_free (p);
}

static int refuse (GError **error, const char *format, ...)
  G_GNUC_PRINTF (2, 3);

static int
refuse (GError **error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL && *error == NULL)
    *error = g_error_new_valist (plugin_error_quark (), 0, format, args);
  va_end (args);
  return BZ_FAILED;
}

const struct pack *
pack_at (unsigned n)
{
  return packs != NULL && n < packs->len ? packs->pdata[n] : NULL;
}

const struct pack *
pack_find (const char *name)
{
  for (unsigned i = 0; packs != NULL && i < packs->len; i++) {
    const struct pack *p = packs->pdata[i];

    if (g_str_equal (p->name, name))
      return p;
  }
  return NULL;
}

/* -- Finding. */

/* A floor that plugins are linked with is a library and lies where libraries lie. */
char *
pack_so (const struct conf *conf, const char *name)
{
  bool local;
  g_autofree char *dir = conf_pack_dir (conf, name, &local);
  g_autofree char *plain = g_strconcat (name, ".so", NULL);
  g_autofree char *library = g_strconcat ("libbianzhi-", name, ".so", NULL);
  g_autofree char *soname = g_strconcat (library, ".0", NULL);
  char *path[] = {
    g_build_filename (conf->plugindir, plain, NULL),
    g_build_filename (dir, plain, NULL),
    g_build_filename (conf->plugindir, "..", "..", library, NULL),
    g_build_filename (conf->plugindir, "..", "..", soname, NULL),
    g_build_filename (BZ_LIBDIR, library, NULL),
    g_build_filename (BZ_LIBDIR, soname, NULL),
  };
  char *found = NULL;

  for (size_t i = 0; i < G_N_ELEMENTS (path); i++) {
    if (found == NULL && g_file_test (path[i], G_FILE_TEST_IS_REGULAR))
      found = path[i];
    else
      g_free (path[i]);
  }
  return found;
}

/* Who may write what runs as us, or says who may approve, is one of us: PATH, and if it
 * is a folder all that is in it. */
static int
trust (const char *path, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  struct stat st;
  int rc = 0;

  if (stat (path, &st) == 0 && (st.st_mode & S_IWOTH) != 0)
    return refuse (error,
                   "%s can be written by everybody; take that away (chmod o-w) "
                   "and see who has been there",
                   path);
  while (rc == 0 && dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *file = g_build_filename (path, name, NULL);

    rc = trust (file, error);
  }
  return rc;
}

static int
needs_check (const struct pack *pack, GError **error)
{
  const char *const *need = pack->api.needs;

  for (; need != NULL && *need != NULL; need++)
    if (pack_find (*need) == NULL)
      return refuse (error,
                     "%s: plugin %s needs %s; name that before it in "
                     "[server] plugins",
                     pack->so, pack->name, *need);
  return 0;
}

/* Open PACK's shared object and let it read its configuration. */
static int
so_open (struct pack *pack, const char *path, GError **error)
{
  int rc = trust (path, error);

  if (rc == 0)
    rc = plugin_open (pack, path, error);
  if (rc == 0)
    rc = needs_check (pack, error);
  if (rc == 0 && pack->api.load != NULL && pack->api.load (&pack->conf) < 0)
    rc = refuse (error,
                 "%s: plugin %s refuses to start; its section [%s] of "
                 "the configuration should say why",
                 path, pack->name, pack->name);
  return rc;
}

static struct pack *
pack_new (const struct conf *conf, const char *name, const char *dir)
{
  struct pack *p = g_new0 (struct pack, 1);

  p->name = g_strdup (name);
  p->dir = g_strdup (dir);
  p->conf = (struct bz_conf){ conf, p->name };
  return p;
}

/* The plugin NAME of the configuration becomes a pack. */
static int
pack_open (const struct conf *conf, const char *name, GError **error)
{
  bool local;
  g_autofree char *dir = conf_pack_dir (conf, name, &local);
  g_autofree char *so = NULL;
  struct pack *pack;
  int rc = 0;

  if (!plugin_name_ok (name) || g_str_equal (name, "bz"))
    return refuse (error,
                   "%s: \"%s\" in [server] plugins is no plugin's name: "
                   "a small letter and 1 to 15 letters and digits",
                   conf->path != NULL ? conf->path : "configuration", name);
  if (pack_find (name) != NULL)
    return refuse (error, "[server] plugins names %s twice", name);
  so = pack_so (conf, name);
  if (so == NULL && !g_file_test (dir, G_FILE_TEST_IS_DIR))
    return refuse (error,
                   "plugin %s: there is neither a folder %s nor a "
                   "%s/%s.so; see [server] plugins, datadir, localdir and "
                   "plugindir",
                   name, dir, conf->plugindir, name);
  pack = pack_new (conf, name, dir);
  if (g_file_test (dir, G_FILE_TEST_IS_DIR))
    rc = trust (dir, error);
  if (rc == 0 && so != NULL)
    rc = so_open (pack, so, error);
  if (rc < 0)
    pack_free (pack);
  else
    g_ptr_array_add (packs, pack);
  return rc;
}

/* -- Reading definitions. */

typedef int (*load_fn) (const char *path, const char *pack, GError **error);

static int
by_name (const void *a, const void *b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* Files of FOLDER below PACK's that begin with PREFIX and end in .xml, in the
 * order of their names. */
static int
load_all (const struct pack *pack, const char *folder, const char *prefix,
          load_fn load, GError **error)
{
  g_autofree char *path = g_build_filename (pack->dir, folder, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  int rc = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, prefix) && g_str_has_suffix (name, ".xml"))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, by_name);
  for (unsigned i = 0; rc == 0 && i < names->len; i++) {
    g_autofree char *file = g_build_filename (path, names->pdata[i], NULL);

    rc = load (file, pack->name, error);
  }
  return rc;
}

/* FILE below PACK's folder, if it is there. */
static int
load_one (const struct pack *pack, const char *file, load_fn load,
          GError **error)
{
  g_autofree char *path = g_build_filename (pack->dir, file, NULL);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return 0;
  return load (path, pack->name, error);
}

static int
codes_load (const char *path, const char *pack, GError **error)
{
  return g_str_equal (pack, "bz") ? code_load_dir (path, error)
                                  : code_add_dir (path, pack, error);
}

static int
pack_codes (const struct pack *pack, GError **error)
{
  return load_one (pack, "codes", codes_load, error);
}

static int
pack_dictionary (const struct pack *pack, GError **error)
{
  return load_all (pack, "dictionary", "", dict_load, error);
}

static int
pack_overlays (const struct pack *pack, GError **error)
{
  return load_all (pack, "overlay", "", overlay_load, error);
}

/* What else PACK declares, in an order in which each may name what stands before
 * it. */
static int
pack_rest (const struct pack *pack, GError **error)
{
  int rc = load_all (pack, "forms", "", form_load, error);

  if (rc == 0)
    rc = load_all (pack, "process", "", process_load, error);
  if (rc == 0)
    rc = load_all (pack, "sql", "queries", query_load, error);
  if (rc == 0)
    rc = load_one (pack, "business.xml", business_load, error);
  if (rc == 0)
    rc = load_one (pack, "reports.xml", report_load, error);
  if (rc == 0)
    rc = load_one (pack, "xslt", view_load, error);
  if (rc == 0)
    rc = load_one (pack, "roles.xml", perm_load, error);
  if (rc == 0)
    rc = load_one (pack, "menu.xml", menu_load, error);
  return rc;
}

/* An overlay of the last pack changes a form of the first one and names fields of its
 * own: so codes, fields and overlays of all packs come before any form. */
static int
packs_read (GError **error)
{
  static int (*const rounds[]) (const struct pack *, GError **) = {
    pack_codes, pack_dictionary, pack_overlays, pack_rest
  };
  int rc = 0;

  for (size_t i = 0; i < G_N_ELEMENTS (rounds); i++)
    for (unsigned j = 0; rc == 0 && j < packs->len; j++)
      rc = rounds[i](packs->pdata[j], error);
  if (rc == 0)
    rc = overlay_check (error);
  return rc == 0 ? view_ready (error) : rc;
}

/* -- Routes. */

static int
pack_routes (const struct pack *pack, GError **error)
{
  int rc = 0;

  for (unsigned i = 0; rc == 0 && i < pack->api.routes.count; i++) {
    struct bz_route row;

    plugin_row (pack->api.routes.at, pack->api.routes.stride, i, &row,
                sizeof row);
    rc = route_add (&row, pack->name, NULL, error);
    if (rc < 0)
      g_prefix_error (error, "%s: ", pack->so);
  }
  return rc;
}

struct outcome {
  GError **error;
  int rc;
};

static void
desk_add (const struct business *b, void *state)
{
  struct outcome *o = state;

  if (o->rc == 0)
    o->rc = desk_routes (b, o->error);
}

static void
report_add (const struct report *r, void *state)
{
  struct outcome *o = state;

  if (o->rc == 0)
    o->rc = report_route (r, o->error);
}

static int
routes_add (GError **error)
{
  struct outcome desks = { error, 0 };
  int rc = session_routes (error);

  if (rc == 0)
    rc = workbench_routes (error);
  if (rc == 0)
    rc = check_routes (error);
  if (rc == 0)
    rc = seal_routes (error);
  if (rc == 0)
    rc = status_routes (error);
  for (unsigned i = 0; rc == 0 && i < packs->len; i++)
    rc = pack_routes (packs->pdata[i], error);
  if (rc == 0) {
    business_foreach (desk_add, &desks);
    report_foreach (report_add, &desks);
    rc = desks.rc;
  }
  return rc;
}

/* -- Definitions against each other, once all are read. */

/* C for a business that nobody declares would never run. */
static int
hooks_check (const struct pack *pack, GError **error)
{
  for (unsigned i = 0; i < pack->api.businesses.count; i++) {
    struct bz_business row;

    plugin_row (pack->api.businesses.at, pack->api.businesses.stride, i, &row,
                sizeof row);
    if (row.name == NULL || business_find (row.name) == NULL)
      return refuse (error,
                     "%s: plugin %s has functions for business \"%s\", "
                     "but there is no such business.xml in %s",
                     pack->so, pack->name, row.name != NULL ? row.name : "",
                     pack->dir);
  }
  return 0;
}

static void
print_check (const struct business *b, void *state)
{
  struct outcome *o = state;

  for (unsigned i = 0; o->rc == 0 && i < b->prints->len; i++) {
    const struct print *p = b->prints->pdata[i];
    const char *const views[] = { p->view, p->layout };

    for (size_t v = 0; o->rc == 0 && v < G_N_ELEMENTS (views); v++)
      if (views[v] != NULL && !view_exists (views[v]))
        o->rc = refuse (o->error,
                        "business %s: print %s shows view %s, which "
                        "does not exist",
                        b->name, p->name, views[v]);
  }
}

static int
role_check (struct outcome *o, const struct process *p,
            const struct process_step *s, const char *role)
{
  if (perm_role_title (role) != NULL)
    return 0;
  return refuse (o->error,
                 "process %s of %s: step %s is for role %s, which no "
                 "roles.xml declares",
                 p->name, p->business, s->name, role);
}

static void
step_check (const struct process *p, void *state)
{
  struct outcome *o = state;

  for (unsigned i = 0; o->rc == 0 && i < p->steps->len; i++) {
    const struct process_step *s = p->steps->pdata[i];

    for (char **r = s->roles; o->rc == 0 && *r != NULL; r++)
      o->rc = role_check (o, p, s, *r);
    if (o->rc == 0 && s->climb != NULL)
      o->rc = role_check (o, p, s, s->climb);
  }
}

static int
menu_check (GError **error)
{
  const GPtrArray *items = menu_items ();

  for (unsigned i = 0; items != NULL && i < items->len; i++) {
    const struct menu_item *m = items->pdata[i];

    if (m->permission != NULL && !perm_known (m->permission))
      return refuse (error,
                     "menu %s: no role grants its permission %s; see "
                     "roles.xml",
                     m->path, m->permission);
  }
  return 0;
}

static int
cross_check (const struct conf *conf, GError **error)
{
  struct outcome seen = { error, 0 };
  int rc = 0;

  for (unsigned i = 0; rc == 0 && i < packs->len; i++)
    rc = hooks_check (packs->pdata[i], error);
  if (rc == 0)
    rc = form_link (error);
  if (rc == 0)
    rc = route_check (error);
  if (rc == 0)
    rc = menu_check (error);
  if (rc < 0)
    return rc;
  business_foreach (print_check, &seen);
  process_foreach (step_check, &seen);
  return seen.rc == 0 ? setting_check (conf, error) : seen.rc;
}

int
pack_load_all (const struct conf *conf, GError **error)
{
  g_autofree char *schemas = g_build_filename (conf->datadir, "schema", NULL);
  int rc = 0;

  if (!g_file_test (conf->datadir, G_FILE_TEST_IS_DIR))
    return refuse (error, "[server] datadir: there is no folder %s",
                   conf->datadir);
  xml_schema_dir_set (schemas);
  if (packs == NULL)
    packs = g_ptr_array_new_with_free_func (pack_free);
  g_ptr_array_add (packs, pack_new (conf, "bz", conf->datadir));
  rc = trust (conf->datadir, error);
  for (char **name = conf->plugins; rc == 0 && name != NULL && *name != NULL;
       name++)
    rc = pack_open (conf, *name, error);
  if (rc == 0)
    rc = packs_read (error);
  if (rc == 0)
    rc = routes_add (error);
  if (rc == 0)
    rc = cross_check (conf, error);
  return rc;
}

void
pack_clear (void)
{
  for (unsigned i = 0; packs != NULL && i < packs->len; i++) {
    const struct pack *p = packs->pdata[i];

    if (p->api.unload != NULL)
      p->api.unload ();
  }
  job_clear ();
  route_clear ();
  view_clear ();
  perm_clear ();
  query_clear ();
  report_clear ();
  business_clear ();
  process_clear ();
  form_clear ();
  overlay_clear ();
  code_clear ();
  dict_clear ();
  xml_schema_dir_set (NULL);
  g_clear_pointer (&packs, g_ptr_array_unref);
}
