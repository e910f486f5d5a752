/* The folder of received files.  SPDX-License-Identifier: MulanPSL-2.0 */
#include "serve/spool.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { NAME_TRIES = 100 };

static int folder = -1;
static char *folder_path;

int
spool_folder (const struct conf *conf)
{
  const char *path = conf->spool != NULL ? conf->spool : g_get_tmp_dir ();

  if (folder >= 0 && strcmp (path, folder_path) == 0)
    return folder;
  if (folder >= 0)
    close (folder);
  g_free (folder_path);
  folder_path = g_strdup (path);
  folder = open (path, O_PATH | O_DIRECTORY | O_CLOEXEC);
  return folder;
}

/* -1 with errno. */
static int
nameless_open (int in)
{
  return openat (in, ".", O_TMPFILE | O_RDWR | O_CLOEXEC | O_EXCL, 0600);
}

static bool
knows_no_nameless (int error)
{
  return error == EOPNOTSUPP || error == EISDIR || error == EINVAL;
}

bool
spool_nameless (const struct conf *conf)
{
  int in = spool_folder (conf), fd = in < 0 ? -1 : nameless_open (in);
  bool knows = fd >= 0 || !knows_no_nameless (errno);

  if (fd >= 0)
    close (fd);
  return knows;
}

int
spool_open (const struct conf *conf)
{
  int in = spool_folder (conf), fd = in < 0 ? -1 : nameless_open (in);

  if (fd >= 0 || in < 0 || !knows_no_nameless (errno))
    return fd;
  for (int i = 0; i < NAME_TRIES && fd < 0; i++) {
    g_autofree char *name = g_strdup_printf ("bz-%08x%08x", g_random_int (),
                                             g_random_int ());

    fd = openat (in, name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd >= 0)
      (void) unlinkat (in, name, 0);
    else if (errno != EEXIST)
      break;
  }
  return fd;
}
