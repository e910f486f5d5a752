/* A plugin over whose routes workers die again and again is shut off.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "serve/shun.h"
#include <glib.h>
#include "serve/board.h"
#include "serve/clock.h"
#include "serve/log.h"
#include "serve/route.h"

enum { SHUN_WINDOW_MS = 60000 };

/* Master only: plugin -> GArray of int64_t, clock_ms of its deaths. */
static GHashTable *deaths;

void
shun_number (int64_t shut, char *ret)
{
  char when[20];
  size_t at = 0;

  clock_text (shut, when);
  for (const char *p = when; *p != '\0' && at + 1 < SHUN_NUMBER_SIZE; p++)
    if (g_ascii_isdigit (*p))
      ret[at++] = *p;
    else if (*p == ' ')
      ret[at++] = '-';
  ret[at] = '\0';
}

static GArray *
deaths_of (const char *pack)
{
  GArray *a;

  if (deaths == NULL)
    deaths = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                    (GDestroyNotify) g_array_unref);
  a = g_hash_table_lookup (deaths, pack);
  if (a == NULL) {
    a = g_array_new (FALSE, FALSE, sizeof (int64_t));
    g_hash_table_insert (deaths, (char *) pack, a);
  }
  return a;
}

static void
shut (const char *pack, unsigned n)
{
  int64_t now = clock_now ();
  char number[SHUN_NUMBER_SIZE];

  for (unsigned i = 0; i < route_count (); i++)
    if (g_str_equal (route_at (i)->pack, pack))
      board_shut_set (route_at (i), now);
  shun_number (now, number);
  log_line (BZ0031_PLUGIN_SHUT, n, pack, number);
}

bool
shun_death (const struct conf *conf, const struct route *route)
{
  int64_t now = clock_ms ();
  GArray *a;

  if (route == NULL || conf->plugin_crashes == 0
      || g_str_equal (route->pack, "bz"))
    return false;
  if (board_shut (route) != 0)
    return true;
  a = deaths_of (route->pack);
  while (a->len > 0 && now - g_array_index (a, int64_t, 0) > SHUN_WINDOW_MS)
    g_array_remove_index (a, 0);
  g_array_append_val (a, now);
  if (a->len > (unsigned) conf->plugin_crashes)
    shut (route->pack, a->len);
  return true;
}

void
shun_forget (void)
{
  g_clear_pointer (&deaths, g_hash_table_unref);
}
