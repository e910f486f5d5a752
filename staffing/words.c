/* bianzhi words: by what units are found - short names and initials.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <glib.h>
#include "part.h"
#include "pinyin.h"

enum { COLUMN = 100 };

char *
words_initials (const char *brief, const char *whole)
{
  g_autofree char *a = pinyin_initials (brief);
  g_autofree char *b = pinyin_initials (whole);
  g_autofree char *both = g_strdup_printf ("%s %s", a, b);

  return g_strndup (both, COLUMN);
}

int64_t
words_store (struct bz_req *req, int64_t id, const char *brief,
             const char *initials)
{
  return bz_db_exec (req, "staffing.scope_words",
                     BZ_ARGS (BZ_INT (id), BZ_STR (""),
                              BZ_STR (
                                bz_format (req, "%s %s", brief, initials))));
}

struct count {
  int units, changed;
};

static int
unit_refresh (struct bz_req *req, struct bz_rows *rows, struct count *count)
{
  const char *brief = bz_db_text (rows, "short_name");
  int64_t id = bz_db_int (rows, "id"), n = 0;
  g_autofree char *initials = words_initials (brief, bz_db_text (rows, "name"));

  count->units++;
  if (g_strcmp0 (initials, bz_db_text (rows, "pinyin")) != 0) {
    n = bz_db_exec (req, "staffing.unit_pinyin",
                    BZ_ARGS (BZ_STR (initials), BZ_INT (id)));
    count->changed++;
  }
  if (n >= 0)
    n = words_store (req, id, brief, initials);
  return (int) MIN (n, 0);
}

static int
refresh (struct bz_req *req, void *data)
{
  struct count *count = data;
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "staffing.unit_names", BZ_NO_ARGS);

  *count = (struct count){ 0 };
  while (rc >= 0 && (rc = bz_db_next (rows)) > 0)
    rc = unit_refresh (req, rows, count);
  return rc;
}

int
words_run (struct bz_req *req, int argc, char **argv)
{
  struct count count;
  int rc = bz_db_atomic (req, refresh, &count);

  if (rc >= 0)
    bz_say (req, "单位 %d 个，更新拼音首字母 %d 个", count.units,
            count.changed);
  return rc;
}
