/* How an office calls its sheets and their copies, and how those that are out
 * were called.  SPDX-License-Identifier: MulanPSL-2.0 */
#include "work/setting.h"
#include "work/sheet.h"

static const char separator[] = "\n"; /* of the names that are kept */

static void
names_free (void *names)
{
  g_strfreev (names);
}

/* The declared names are the business's; others become the request's. */
static const char *const *
names_own (struct bz_req *req, char **names)
{
  req_own (req, names, names_free);
  return (const char *const *) names;
}

static const char *const *
names_declared (struct bz_req *req, const struct print *p)
{
  char **names = g_new0 (char *, p->labels->len + 1);

  for (unsigned i = 0; i < p->labels->len; i++)
    names[i] = g_strdup (p->labels->pdata[i]);
  return names_own (req, names);
}

const char *const *
sheet_copies (struct bz_req *req, const struct print *p, const char *copies)
{
  return copies == NULL ? names_declared (req, p)
                        : names_own (req, g_strsplit (copies, separator, -1));
}

const char *
sheet_words_kept (struct bz_req *req, const struct sheet_words *w)
{
  g_autofree char *text = g_strjoinv (separator, (char **) w->copies);

  return req_strdup (req, text);
}

int
sheet_words_now (struct bz_req *req, const struct business *b,
                 const struct print *p, int64_t office_id,
                 struct sheet_words *ret)
{
  const char *copies;
  int rc = setting_get (req, office_id,
                        bz_format (req, "title.%s.%s", b->name, p->name),
                        p->title, &ret->title);

  if (rc == BZ_OK)
    rc = setting_get (req, office_id,
                      bz_format (req, "copies.%s.%s", b->name, p->name), NULL,
                      &copies);
  if (rc == BZ_OK)
    ret->copies = copies == NULL ? names_declared (req, p)
                                 : names_own (req, setting_names (copies));
  return rc;
}

int
sheet_words (struct bz_req *req, const struct bz_case *c, const struct print *p,
             struct sheet_words *ret)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "bz.sheet_words",
                       BZ_ARGS (BZ_INT (c->id), BZ_STR (p->name)));

  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc < 0)
    return rc;
  if (rc == 0)
    return sheet_words_now (req, c->business, p, c->office_id, ret);
  *ret = (struct sheet_words){
    .title = bz_db_text (rows, "title"),
    .copies = sheet_copies (req, p, bz_db_text (rows, "copies")),
  };
  return BZ_OK;
}
