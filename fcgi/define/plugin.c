/* The shared object of a pack: opened, compared with our plugin.h, copied.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * An older plugin of the same major runs: what it does not know is zero.  A
 * newer one is refused, because a member that we do not know could be a rule
 * of security that we would not obey.  Nothing is ever closed again once it is
 * in use: GLib types and exit handlers do not survive that. */
#include "define/pack.h"

#include <dlfcn.h>

/* Up to here the struct is the same in every minor. */
#define SMALLEST G_STRUCT_OFFSET (struct bz_plugin, load)

G_DEFINE_QUARK (bz - plugin - error, plugin_error)

void
plugin_row (const void *at, uint32_t stride, unsigned n, void *ret, size_t size)
{
  memset (ret, 0, size);
  memcpy (ret, (const char *) at + (size_t) stride * n,
          MIN ((size_t) stride, size));
}

bool
plugin_name_ok (const char *name)
{
  size_t n = strlen (name);

  if (n < 2 || n > 16 || !g_ascii_islower (name[0]))
    return false;
  for (size_t i = 1; i < n; i++)
    if (!g_ascii_islower (name[i]) && !g_ascii_isdigit (name[i]))
      return false;
  return true;
}

/* Why a plugin with this head cannot run here; NULL: it can. */
static const char *
head_fault (const struct bz_plugin *theirs)
{
  if (theirs == NULL)
    return "its bz_plugin_entry gives NULL";
  if (theirs->head.major != BZ_API_MAJOR)
    return "it was built for another bianzhi/plugin.h; build it again with the "
           "installed one";
  if (theirs->head.minor > BZ_API_MINOR)
    return "it was built for another bianzhi/plugin.h that is newer than this "
           "server; install the newer bianzhi first";
  if (theirs->head.size < SMALLEST)
    return "its description is too short; is BZ_HEAD missing?";
  return NULL;
}

#define TABLE_OK(table)                                                        \
  ((table).count == 0 || ((table).at != NULL && (table).stride > 0))

/* Why its description makes no sense; NULL: it does. */
static const char *
api_fault (const struct bz_plugin *api, const char *name)
{
  if (api->name == NULL || !plugin_name_ok (api->name))
    return "its name is not a small letter and 1 to 15 letters and digits";
  if (!g_str_equal (api->name, name))
    return "it calls itself by another name than the configuration does";
  if (!TABLE_OK (api->routes) || !TABLE_OK (api->businesses)
      || !TABLE_OK (api->listeners) || !TABLE_OK (api->jobs)
      || !TABLE_OK (api->commands) || !TABLE_OK (api->proofs)
      || !TABLE_OK (api->warnings))
    return "one of its tables has rows but no address or stride; is BZ_ROWS "
           "missing?";
  return NULL;
}

static const struct bz_plugin *
entry_call (void *dl, const char **why)
{
  const struct bz_plugin *(*entry) (void);

  *(void **) &entry = dlsym (dl, "bz_plugin_entry");
  if (entry == NULL) {
    *why = "it has no bz_plugin_entry; is BZ_EXPORT missing?";
    return NULL;
  }
  return entry ();
}

int
plugin_open (struct pack *pack, const char *path, GError **error)
{
  void *dl = dlopen (path, RTLD_NOW | RTLD_LOCAL);
  const struct bz_plugin *theirs = NULL;
  struct bz_plugin api = { 0 };
  const char *why = dl == NULL ? dlerror () : NULL;

  if (why == NULL)
    theirs = entry_call (dl, &why);
  if (why == NULL)
    why = head_fault (theirs);
  if (why == NULL) {
    memcpy (&api, theirs, MIN ((size_t) theirs->head.size, sizeof api));
    why = api_fault (&api, pack->name);
  }
  if (why != NULL) {
    g_set_error (error, plugin_error_quark (), 0, "%s: %s", path, why);
    if (dl != NULL)
      (void) dlclose (dl);
    return BZ_FAILED;
  }
  pack->dl = dl;
  pack->api = api;
  g_free (pack->so);
  pack->so = g_strdup (path);
  return BZ_OK;
}
