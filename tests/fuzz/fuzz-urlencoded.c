/* Fuzz target: the gate of input.c for queries, bodies, cookies and Accept.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * What comes through is UTF-8 of XML's characters in NFC with LF as line end; a
 * query and a body of the same text give the same; what is refused gives
 * nothing; the same bytes as a multipart body keep the same promises. */
#include "fuzz.h"
#include "serve/input.h"

#include "data/xml.h"
#include "people/crypto.h"
#include "serve/conf.h"

struct peer {
  const uint8_t *bytes;
  size_t left;
};

static gssize
peer_read (void *state, void *buf, size_t size)
{
  struct peer *p = state;
  size_t n = MIN (size, MIN (p->left, 5));

  memcpy (buf, p->bytes, n);
  p->bytes += n;
  p->left -= n;
  return (gssize) n;
}

static void
text_check (const char *text)
{
  g_autofree char *nfc = NULL;

  g_assert (g_utf8_validate (text, -1, NULL));
  g_assert (xml_text_ok (text));
  g_assert (strchr (text, '\r') == NULL);
  nfc = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);
  g_assert (g_str_equal (nfc, text));
}

static void
request_check (struct bz_req *req, int rc)
{
  g_assert (rc == 0 || req->params->len == 0);
  for (guint i = 0; i < req->params->len; i++) {
    text_check (g_array_index (req->params, struct param, i).name);
    text_check (g_array_index (req->params, struct param, i).value);
  }
  for (guint i = 0; i < req->uploads->len; i++)
    text_check (g_array_index (req->uploads, struct upload, i).name);
}

static int
body (struct bz_req *req, const char *type, const uint8_t *data, size_t size)
{
  struct peer peer = { data, size };
  int rc = input_body (req, type, (int64_t) size, peer_read, &peer);

  g_assert (peer.left == 0);
  request_check (req, rc);
  return rc;
}

static void
same_params (struct bz_req *a, struct bz_req *b)
{
  g_assert (a->params->len == b->params->len);
  for (guint i = 0; i < a->params->len; i++)
    g_assert (g_str_equal (g_array_index (a->params, struct param, i).value,
                           g_array_index (b->params, struct param, i).value));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static struct conf *conf;
  g_autofree char *text = g_strndup ((const char *) data, size);
  struct bz_req *query, *form, *parts;
  int rc;

  if (conf == NULL) {
    conf = conf_default ();
    g_assert (crypto_init () == 0);
    g_free (conf->spool);
    conf->spool = g_strdup (g_get_tmp_dir ());
  }
  query = req_new (conf, NULL);
  form = req_new (conf, NULL);
  parts = req_new (conf, NULL);
  rc = input_query (query, text);
  request_check (query, rc);
  if (strlen (text) == size) {
    g_assert (body (form, "application/x-www-form-urlencoded", data, size)
              == rc);
    same_params (query, form);
  }
  (void) body (parts, "multipart/form-data; boundary=B", data, size);
  input_cookie (query, text);
  (void) input_wants_xml (text);
  req_free (query);
  req_free (form);
  req_free (parts);
  return 0;
}
