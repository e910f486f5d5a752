/* What the page has to say that a redirect leads to.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * It is kept like a file that was sent too late (work/hold.c), and goes with the
 * same job: a text of a line for each mark, behind one of chance, so that the
 * SHA-256 in the address says nothing about a name. */
#include "work/note.h"

#include <string.h>

#include "people/crypto.h"
#include "people/key.h"
#include "serve/clock.h"
#include "work/paper.h"

enum { NOTE_SECONDS = 24 * 3600, NOTE_CHANCE = 16, SHA = 32 };

/* "CHANCE\nFIELD\tTEXT\n...": neither has a line end or a tab in it. */
static GString *
compose (struct bz_req *req)
{
  g_autofree char *chance = NULL;
  uint8_t bytes[NOTE_CHANCE];
  GString *text = g_string_new (NULL);

  crypto_random (bytes, sizeof bytes);
  chance = crypto_hex (bytes, sizeof bytes);
  g_string_append_printf (text, "%s\n", chance);
  for (unsigned i = 0; i < req->marks->len; i++) {
    const struct mark *m = &g_array_index (req->marks, struct mark, i);

    if (m->field != NULL && !m->warn)
      g_string_append_printf (text, "%s\t%s\n", m->field, m->text);
  }
  return text;
}

const char *
note_keep (struct bz_req *req, const char *path)
{
  GString *text = compose (req);
  uint8_t sha256[SHA];
  char until[20];
  int64_t rc = paper_text (req, text->str, text->len, sha256);

  g_string_free (text, TRUE);
  clock_text (clock_now () + NOTE_SECONDS, until);
  if (rc >= 0)
    rc = bz_db_exec (req, "bz.hold_put",
                     BZ_ARGS (BZ_BLOB (sha256, SHA), BZ_INT (bz_user_id (req)),
                              BZ_STR ("note"), BZ_STR (until)));
  return rc < 0 ? NULL : key_seal (req, bz_user_id (req), path, sha256);
}

int
note_say (struct bz_req *req, const char *reference, const char *path)
{
  g_auto (GStrv) lines = NULL;
  uint8_t sha256[SHA];
  struct bz_rows *rows;
  int rc;

  if (!key_unseal (req, bz_user_id (req), path, reference, sha256))
    return BZ_OK;
  rc = bz_db_open (req, &rows, "bz.note",
                   BZ_ARGS (BZ_BLOB (sha256, SHA), BZ_STR (bz_now (req))));
  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc <= 0)
    return rc;
  lines = g_strsplit (bz_db_text (rows, "text"), "\n", -1);
  for (char **line = lines; *line != NULL; line++) {
    const char *tab = strchr (*line, '\t');

    if (tab != NULL)
      (void) bz_mark (req, req_strndup (req, *line, (size_t) (tab - *line)),
                      "%s", tab + 1);
  }
  return BZ_OK;
}
