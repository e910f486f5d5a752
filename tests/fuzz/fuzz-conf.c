/* Fuzz target: the configuration file.  SPDX-License-Identifier: MulanPSL-2.0
 *
 * Refused with its file's name, or taken; then each value is where it says. */
#include "fuzz.h"

#include <string.h>

#include "serve/conf.h"
#include "serve/from.h"
#include "serve/schedule.h"

static void
value_try (const struct conf *c, const char *name, const char *text)
{
  g_auto (GStrv) part = g_strsplit (name, "\n", 2);
  g_autofree char *place = conf_place (c, part[0], part[1]);
  g_autofree char *path = conf_path (c, text);
  struct schedule s;

  g_assert (g_str_has_prefix (place, "/proc/self/fd/"));
  g_assert (g_str_equal (conf_get (c, part[0], part[1], "?"), text));
  (void) conf_int (c, part[0], part[1], 0);
  if (!schedule_parse (text, &s))
    return;
  g_assert (s.kind == SCHEDULE_OFF ? schedule_next (&s, 1000) == 0
                                   : schedule_next (&s, 1000) > 1000);
  g_assert (s.kind == SCHEDULE_OFF || schedule_retry (&s, 1000, 60) > 1000);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *fault = NULL;
  GHashTableIter i;
  void *name, *text;
  struct conf *c;
  const char *path;

  (void) fuzz_file (data, size, &path);
  c = conf_load (path, &error);
  g_assert ((c == NULL) == (error != NULL));
  if (c == NULL) {
    g_assert (strstr (error->message, path) != NULL);
    return 0;
  }
  fault = from_fault (c->status_from);
  g_assert (fault == NULL);
  g_assert (c->workers > 0 && c->max_file <= c->max_body);
  g_assert (*c->base == '\0' || !g_str_has_suffix (c->base, "/"));
  g_hash_table_iter_init (&i, c->values);
  while (g_hash_table_iter_next (&i, &name, &text))
    value_try (c, name, text);
  conf_free (c);
  return 0;
}
