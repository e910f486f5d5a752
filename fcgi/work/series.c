/* Number series without gaps: one row an office, kind and year, locked by the
 * transaction that draws from it.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <stdlib.h>
#include <string.h>
#include "serve/conf.h"
#include "serve/req.h"
#include "work/series.h"

enum { SERIES_WIDTH_MAX = 9 };

/* The value of the TOKEN between two braces, or NULL: not one of ours. */
static char *
series_token (const char *token, const char *place, int year, gint64 n)
{
  if (strcmp (token, "place") == 0 || strcmp (token, "市") == 0)
    return g_strdup (place);
  if (strcmp (token, "year") == 0 || strcmp (token, "年") == 0)
    return g_strdup_printf ("%d", year);
  if (strcmp (token, "n") == 0 || strcmp (token, "序") == 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT, n);
  if (token[0] == 'n' && g_ascii_isdigit (token[1]) && token[2] == '\0')
    return g_strdup_printf ("%0*" G_GINT64_FORMAT,
                            MIN (token[1] - '0', SERIES_WIDTH_MAX), n);
  return NULL;
}

char *
series_format (const char *pattern, const char *place, int year, gint64 n)
{
  GString *out = g_string_new (NULL);

  while (*pattern != '\0') {
    const char *end = *pattern == '{' ? strchr (pattern, '}') : NULL;
    g_autofree char *token = NULL, *value = NULL;

    if (end != NULL) {
      token = g_strndup (pattern + 1, (gsize) (end - pattern - 1));
      value = series_token (token, place, year, n);
    }
    if (value != NULL) {
      g_string_append (out, value);
      pattern = end + 1;
    }
    else
      g_string_append_c (out, *pattern++);
  }
  return g_string_free (out, FALSE);
}

static const char *
series_place (struct bz_req *req, int64_t office_id)
{
  const char *key = bz_format (req, "place.%lld", (long long) office_id);
  const char *place = req->conf->place != NULL ? req->conf->place : "";

  return conf_get (req->conf, "numbers", key, place);
}

int
series_draw (struct bz_req *req, int64_t office_id, const char *kind,
             const char *pattern, const char **ret)
{
  int year = (int) strtol (bz_today (req), NULL, 10);
  const char *last = NULL;
  g_autofree char *number = NULL;
  int64_t changed;
  int rc;

  changed = bz_db_exec (req, "bz.series_next",
                        BZ_ARGS (BZ_INT (office_id), BZ_STR (kind),
                                 BZ_INT (year)));
  if (changed < 0)
    return (int) changed;
  rc = bz_db_value (req, &last, "bz.series_last",
                    BZ_ARGS (BZ_INT (office_id), BZ_STR (kind), BZ_INT (year)));
  if (rc < 0)
    return rc;
  if (rc == 0 || last == NULL)
    return bz_fail (req, BZ_FAILED, "编号没有取到，请稍后再试");
  number = series_format (conf_get (req->conf, "numbers", kind, pattern),
                          series_place (req, office_id), year,
                          g_ascii_strtoll (last, NULL, 10));
  *ret = req_strdup (req, number);
  return BZ_OK;
}

int
bz_series_next (struct bz_req *req, int64_t office_id, const char *kind,
                const char **ret)
{
  return series_draw (req, office_id, kind, SERIES_PATTERN, ret);
}
