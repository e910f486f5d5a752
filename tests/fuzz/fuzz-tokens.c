/* Fuzz target: what comes back from a browser in one word: form keys, seals of
 * kept files, check codes, edges of pages, names of buttons, filters of lists.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * No text is a form key or a seal but one that was given out. */
#include "fuzz.h"

#include "data/db.h"
#include "data/xml.h"
#include "define/form.h"
#include "people/crypto.h"
#include "people/key.h"
#include "serve/clock.h"
#include "serve/conf.h"
#include "work/checkcode.h"
#include "work/list.h"
#include "../unit/sample.h"

static const char *const columns[] = { "value", NULL };
static const char *const cells[] = {
  "0x000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
};
static const struct db_script script[] = { { "bz.secret", NULL, columns, cells,
                                             1, 0 } };
static struct conf *conf;
static char *issued, *seal;

static void
start (void)
{
  static const uint8_t file[32] = { 1, 2, 3 };
  struct bz_req *req;
  struct db *db = db_scripted (script, 1);

  g_setenv ("BZ_NOW", "2026-11-22 10:00:00", TRUE);
  g_assert (clock_init ());
  g_assert (crypto_init () == 0);
  sample_load (TRUE);
  g_assert (
    form_load (BZ_TESTS "/fuzz/corpus-definitions/form-tree", "sample", NULL)
    == 0);
  conf = conf_default ();
  req = req_new (conf, db);
  issued = g_strdup (key_new (req, "/entry/5"));
  seal = g_strdup (key_seal (req, 7, "/entry/5", file));
  g_assert (issued != NULL && seal != NULL);
  req_free (req);
  db_close (db);
}

static void
keys_try (struct bz_req *req, const char *text, const char *spoilt)
{
  uint8_t file[32];

  g_assert (key_verify (req, issued, "/entry/5", 0) == KEY_OK);
  g_assert (key_verify (req, spoilt, "/entry/5", 0) != KEY_OK);
  g_assert (key_verify (req, text, "/entry/5", 0) != KEY_OK);
  g_assert (key_unseal (req, 7, "/entry/5", seal, file));
  g_assert (!key_unseal (req, 7, "/entry/5", text, file));
}

static void
codes_try (const char *text)
{
  char code[CHECKCODE_SIZE + 1], again[CHECKCODE_SIZE + 1];
  g_autofree char *shown = NULL;

  if (!checkcode_read (text, code))
    return;
  shown = checkcode_shown (code);
  g_assert (checkcode_read (shown, again));
  g_assert_cmpstr (code, ==, again);
}

static void
lists_try (struct bz_req *req, const char *text, bool up)
{
  g_autofree char *like = list_like (text), *day = list_date (text);
  g_autofree char *same = day != NULL ? list_date (day) : NULL;
  struct bz_pages pages;
  xmlNode *table = xml_add (xml_node (bz_page (req)), "table", NULL);

  g_assert ((like == NULL) == (*text == '\0'));
  g_assert_cmpstr (day, ==, same);
  req_add_param (req, up ? "above" : "below", text);
  bz_pages_read (req, 20, &pages);
  g_assert (pages.edge >= 0 && pages.up == (up && pages.edge > 0));
  for (int64_t key = pages.edge; key > 0 && pages.edge - key < 25; key--) {
    if (bz_pages_row (&pages, key) == 0)
      break;
    (void) xml_add (table, "r", NULL);
  }
  (void) bz_pages_end (req, &pages, xml_bz (table), up ? NULL : "?q");
}

/* add:LIST, del:LIST:N, pick:FIELD:... */
static void
buttons_try (struct bz_req *req, const char *name, const char *text)
{
  const struct form *form = form_find (name);
  xmlDoc *values = form_read (form, req, "item", NULL, NULL);
  bool rows = form_rows (form, values, text);
  bool pick = form_pick (form, values, text);

  g_assert (!rows || !pick);
  xmlFreeDoc (values);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = fuzz_text (data, size);
  g_autofree char *spoilt = NULL;
  struct bz_req *req;
  size_t n;

  if (conf == NULL)
    start ();
  /* The key with one character set to another one. */
  spoilt = g_strdup (issued);
  n = size > 0 ? data[0] % strlen (issued) : 0;
  spoilt[n] = size > 1 && data[1] != 0 && (char) data[1] != spoilt[n]
              ? (char) data[1]
              : '.';
  req = req_new (conf, NULL);
  keys_try (req, text, spoilt);
  codes_try (text);
  buttons_try (req, "sample/item", text);
  buttons_try (req, "sample/tree", text);
  lists_try (req, text, false);
  req_free (req);
  req = req_new (conf, NULL);
  lists_try (req, text, true);
  req_free (req);
  return 0;
}
