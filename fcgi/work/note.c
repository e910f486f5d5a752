/* What the page has to say that a redirect leads to.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * It is kept like a file that was sent too late (work/hold.c), and goes with the
 * same job: a text behind a line of chance, so that the SHA-256 in the address
 * says nothing about a name. */
#include "work/note.h"

#include <string.h>

#include "people/crypto.h"
#include "people/key.h"
#include "serve/clock.h"
#include "work/paper.h"

enum { NOTE_SECONDS = 24 * 3600, NOTE_CHANCE = 16, SHA = 32 };

/* -- A text. */

/* A line end behind it. */
static void
add_chance (GString *text)
{
  g_autofree char *chance = NULL;
  uint8_t bytes[NOTE_CHANCE];

  crypto_random (bytes, sizeof bytes);
  chance = crypto_hex (bytes, sizeof bytes);
  g_string_append_printf (text, "%s\n", chance);
}

const char *
note_put (struct bz_req *req, const char *path, const char *text)
{
  g_autoptr (GString) all = g_string_new (NULL);
  uint8_t sha256[SHA];
  char until[20];
  int64_t rc;

  add_chance (all);
  g_string_append (all, text);
  rc = paper_text (req, all->str, all->len, sha256);
  clock_text (clock_now () + NOTE_SECONDS, until);
  if (rc >= 0)
    rc = bz_db_exec (req, "bz.hold_put",
                     BZ_ARGS (BZ_BLOB (sha256, SHA), BZ_INT (bz_user_id (req)),
                              BZ_STR ("note"), BZ_STR (until)));
  return rc < 0 ? NULL : key_seal (req, bz_user_id (req), path, sha256);
}

int
note_get (struct bz_req *req, const char *path, const char *reference,
          const char **ret)
{
  uint8_t sha256[SHA];
  const char *text;
  int rc;

  if (!key_unseal (req, bz_user_id (req), path, reference, sha256))
    return 0;
  rc = bz_db_value (req, &text, "bz.note",
                    BZ_ARGS (BZ_BLOB (sha256, SHA), BZ_STR (bz_now (req))));
  if (rc > 0)
    *ret = strchr (text, '\n') + 1;
  return rc;
}

/* -- Marks. */

const char *
note_keep (struct bz_req *req, const char *path)
{
  /* "FIELD\tTEXT\n...": neither has a line end or a tab in it. */
  g_autoptr (GString) text = g_string_new (NULL);

  for (unsigned i = 0; i < req->marks->len; i++) {
    const struct mark *m = &g_array_index (req->marks, struct mark, i);

    if (m->field != NULL && !m->warn)
      g_string_append_printf (text, "%s\t%s\n", m->field, m->text);
  }
  return note_put (req, path, text->str);
}

int
note_say (struct bz_req *req, const char *reference, const char *path)
{
  g_auto (GStrv) lines = NULL;
  const char *text;
  int rc = note_get (req, path, reference, &text);

  if (rc <= 0)
    return rc;
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++) {
    const char *tab = strchr (*line, '\t');

    if (tab != NULL)
      (void) bz_mark (req, req_strndup (req, *line, (size_t) (tab - *line)),
                      "%s", tab + 1);
  }
  return BZ_OK;
}
