/* Unit tests of the input gate: queries, bodies, cookies, Accept.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "serve/input.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "people/crypto.h"
#include "serve/conf.h"

#define FORM "application/x-www-form-urlencoded"
#define MULTI "multipart/form-data; boundary=B"
#define PART(name) "--B\r\nContent-Disposition: form-data; name=\"" name \
  "\"\r\n\r\n"
#define FILE_PART(name, file) "--B\r\nContent-Disposition: form-data; name=\"" \
  name "\"; filename=\"" file "\"\r\nContent-Type: x/y\r\n\r\n"
#define END "\r\n--B--\r\n"

static struct conf *conf;
static char *spool;

/* A peer that has SIZE bytes and gives at most CHUNK at once. */
struct peer {
  const char *bytes;
  size_t size, at, chunk;
};

static gssize
peer_read (void *state, void *buf, size_t size)
{
  struct peer *p = state;
  size_t n = MIN (size, p->size - p->at);

  if (p->chunk > 0)
    n = MIN (n, p->chunk);
  memcpy (buf, p->bytes + p->at, n);
  p->at += n;
  return (gssize) n;
}

static gssize
peer_failed (void *state, void *buf, size_t size)
{
  return -1;
}

static int
body_in (struct bz_req *req, const char *type, const char *bytes, size_t size,
         size_t chunk)
{
  struct peer peer = { bytes, size, 0, chunk };
  int rc = input_body (req, type, (int64_t) size, peer_read, &peer);

  g_assert_cmpuint (peer.at, ==, size);   /* read to the end, come what may */
  return rc;
}

/* "a=1;b=2;" of the parameters, then "b|f.pdf|3;" of the files. */
static char *
told (struct bz_req *req)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < req->params->len; i++) {
    struct param *p = &g_array_index (req->params, struct param, i);

    g_string_append_printf (text, "%s=%s;", p->name, p->value);
  }
  for (guint i = 0; i < req->uploads->len; i++) {
    struct upload *u = &g_array_index (req->uploads, struct upload, i);

    g_string_append_printf (text, "%s|%s|%lld;", u->field, u->name,
                            (long long) u->size);
  }
  return g_string_free (text, FALSE);
}

/* BODY through every piece size; what is told must be the same. */
static int
body_told (const char *type, const char *body, size_t size, char **ret)
{
  static const size_t chunks[] = { 0, 1, 7 };
  g_autofree char *first = NULL;
  int rc = 0;

  for (size_t i = 0; i < G_N_ELEMENTS (chunks); i++) {
    struct bz_req *req = req_new (conf, NULL);
    int got = body_in (req, type, body, size, chunks[i]);
    g_autofree char *text = told (req);

    req_free (req);
    if (i == 0) {
      rc = got;
      first = g_steal_pointer (&text);
      continue;
    }
    g_assert_cmpint (got, ==, rc);
    g_assert_cmpstr (text, ==, first);
  }
  *ret = g_steal_pointer (&first);
  return rc;
}

struct row { const char *sent; int rc; const char *told; };

static const struct row encoded[] = {
  { "", 0, "" },
  { "a=1", 0, "a=1;" },
  { "a=1&b=2&a=3", 0, "a=1;b=2;a=3;" },
  { "a=", 0, "a=;" },
  { "a=x+y%2B%26", 0, "a=x y+&;" },
  { "name=%E7%8E%8B%E6%95%8F", 0, "name=王敏;" },
  { "name=%F0%A0%AE%B7", 0, "name=𠮷;" },
  { "a=1%0D%0A2%0D3%0A4", 0, "a=1\n2\n3\n4;" },
  { "a=e%CC%81", 0, "a=é;" },                         /* NFD becomes NFC */
  { "a=%09", 0, "a=\t;" },
  { "a=%00", 400, "" },
  { "a%00b=1", 400, "" },
  { "a=%01", 400, "" },
  { "a=%7F", 400, "" },
  { "a=%E7%8E", 400, "" },                            /* cut UTF-8 */
  { "a=%C0%AF", 400, "" },                            /* over-long */
  { "a=%ED%A0%80", 400, "" },                         /* surrogate */
  { "a=%EF%BF%BF", 400, "" },                         /* U+FFFF */
  { "a=%B1%E0", 400, "" },                            /* GBK */
  { "a=%zz", 400, "" },
  { "a=%4", 400, "" },
  { "a", 400, "" },
  { "a=1&b", 400, "" },
  { "a=\xff", 400, "" },
};

static void
test_encoded (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (encoded); i++) {
    const struct row *row = &encoded[i];
    g_autofree char *text = NULL, *query = NULL;
    struct bz_req *req = req_new (conf, NULL);

    g_test_message ("row %zu", i);
    g_assert_cmpint (body_told (FORM, row->sent, strlen (row->sent), &text),
                     ==, row->rc);
    g_assert_cmpstr (text, ==, row->told);
    g_assert_cmpint (input_query (req, row->sent), ==, row->rc);
    query = told (req);
    g_assert_cmpstr (query, ==, row->told);
    req_free (req);
  }
}

static void
test_no_query (void)
{
  struct bz_req *req = req_new (conf, NULL);

  g_assert_cmpint (input_query (req, NULL), ==, 0);
  g_assert_cmpuint (req->params->len, ==, 0);
  req_free (req);
}

static void
test_encoded_nul (void)
{
  g_autofree char *text = NULL;

  g_assert_cmpint (body_told (FORM, "a=1\0&b=2", 8, &text), ==, 400);
}

static void
test_encoded_limits (void)
{
  g_autoptr (GString) many = g_string_new ("a=1");
  g_autofree char *fill = g_strnfill (INPUT_MAX_FORM, 'x');
  g_autofree char *fits = g_strdup_printf ("a=%.*s", INPUT_MAX_FIELD, fill);
  g_autofree char *field = g_strconcat (fits, "x", NULL);
  g_autofree char *body = g_strconcat ("a=", fill, NULL);
  struct bz_req *req = req_new (conf, NULL);

  for (int i = 1; i < INPUT_MAX_FIELDS; i++)
    g_string_append (many, "&a=1");
  g_assert_cmpint (body_in (req, FORM, many->str, many->len, 0), ==, 0);
  g_assert_cmpuint (req->params->len, ==, INPUT_MAX_FIELDS);
  g_string_append (many, "&a=1");
  g_assert_cmpint (body_in (req, FORM, many->str, many->len, 0), ==, 431);
  g_assert_cmpint (body_in (req, FORM, fits, strlen (fits), 0), ==, 0);
  g_assert_cmpint (body_in (req, FORM, field, strlen (field), 0), ==, 431);
  g_assert_cmpint (input_query (req, field), ==, 431);
  g_assert_cmpint (body_in (req, FORM, body, strlen (body), 0), ==, 413);
  g_assert_cmpuint (req->params->len, ==, INPUT_MAX_FIELDS + 1);
  req_free (req);
}

static void
test_types (void)
{
  static const struct { const char *type; int rc; } rows[] = {
    { FORM, 0 }, { FORM ";charset=UTF-8", 0 },
    { "Application/X-WWW-Form-Urlencoded ; charset=utf-8", 0 },
    { FORM ";charset=gbk", 415 }, { FORM "x", 415 }, { FORM "; x=y", 415 },
    { "text/plain", 415 }, { "application/json", 415 }, { "", 415 },
    { NULL, 415 }, { "multipart/form-data", 415 },
    { "multipart/mixed; boundary=B", 415 },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++) {
    struct bz_req *req = req_new (conf, NULL);

    g_assert_cmpint (body_in (req, rows[i].type, "a=1", 3, 0), ==, rows[i].rc);
    req_free (req);
  }
}

static const struct row multi[] = {
  { PART ("a") "1\r\n" PART ("b") "2" END, 0, "a=1;b=2;" },
  { PART ("a") END, 0, "a=;" },                       /* found by fuzzing */
  { PART ("a") "1\r\n2\r3" END, 0, "a=1\n2\n3;" },
  { PART ("姓名") "王敏" END, 0, "姓名=王敏;" },
  { PART ("a") "e\xcc\x81" END, 0, "a=é;" },
  { PART ("a") "\xd6\xd0" END, 400, "" },
  { PART ("\xd6\xd0") "1" END, 400, "" },
  { PART ("a") "\001" END, 400, "" },
  { FILE_PART ("f", "\xd6\xd0.pdf") "1" END, 400, "" },
  { FILE_PART ("f", "") END, 0, "" },                 /* empty control */
  { FILE_PART ("f", "") "123" END, 0, "f||3;" },
  { FILE_PART ("f", "x.pdf") END, 0, "f|x.pdf|0;" },
  { FILE_PART ("f", "x.pdf") "\r\n" END, 0, "f|x.pdf|2;" },
  { FILE_PART ("f", "扫描 %22一%22.pdf") "123\r\n" PART ("a") "1" END, 0,
    "a=1;f|扫描 \"一\".pdf|3;" },
  { FILE_PART ("f", "1") "1\r\n" FILE_PART ("f", "2") "22" END, 0,
    "f|1|1;f|2|2;" },
  { PART ("a") "1", 400, "" },
  { PART ("a") "1\r\n" FILE_PART ("f", "x") "1\r\n--B", 400, "" },
  { "--B--\r\n", 0, "" },
  { "", 400, "" },
};

static void
test_multi (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (multi); i++) {
    const struct row *row = &multi[i];
    g_autofree char *text = NULL;

    g_test_message ("body %zu", i);
    g_assert_cmpint (body_told (MULTI, row->sent, strlen (row->sent), &text),
                     ==, row->rc);
    g_assert_cmpstr (text, ==, row->told);
  }
}

/* Any cut: refused, and nothing of it reaches the request. */
static void
test_cut (void)
{
  static const char body[] = PART ("a") "1\r\n" FILE_PART ("f", "x") "1" END;
  size_t size = sizeof body - 1;

  for (size_t n = 0; n < size; n++) {
    struct bz_req *req = req_new (conf, NULL);
    struct peer peer = { body, n, 0, 3 };

    g_assert_cmpint (input_body (req, MULTI, (int64_t) size, peer_read, &peer),
                     ==, 400);
    g_assert_cmpuint (req->params->len + req->uploads->len, ==, 0);
    peer = (struct peer) { "a=1&b=2", n % 7, 0, 0 };
    g_assert_cmpint (input_body (req, FORM, 7, peer_read, &peer), ==, 400);
    g_assert_cmpuint (req->params->len, ==, 0);
    req_free (req);
  }
}

static void
test_peer_fails (void)
{
  struct bz_req *req = req_new (conf, NULL);

  g_assert_cmpint (input_body (req, MULTI, 9, peer_failed, NULL), ==, 400);
  g_assert_cmpint (input_body (req, FORM, 9, peer_failed, NULL), ==, 400);
  g_assert_cmpint (input_body (req, "x/y", 9, peer_failed, NULL), ==, 400);
  g_assert_cmpint (input_body (req, FORM, -1, peer_failed, NULL), ==, 400);
  req_free (req);
}

/* What lies behind the announced length is not read. */
static void
test_length_rules (void)
{
  struct bz_req *req = req_new (conf, NULL);
  struct peer peer = { "a=1&b=2", 7, 0, 0 };
  g_autofree char *text = NULL;

  g_assert_cmpint (input_body (req, FORM, 3, peer_read, &peer), ==, 0);
  text = told (req);
  g_assert_cmpstr (text, ==, "a=1;");
  g_assert_cmpuint (peer.at, ==, 3);
  req_free (req);
}

static void
test_multi_limits (void)
{
  g_autofree char *fill = g_strnfill (INPUT_MAX_FIELD, 'x');
  g_autofree char *fits = g_strconcat (PART ("a"), fill, END, NULL);
  g_autofree char *field = g_strconcat (PART ("a"), fill, "x", END, NULL);
  g_autoptr (GString) sum = g_string_new (NULL);
  g_autoptr (GString) files = g_string_new (NULL);
  struct bz_req *req = req_new (conf, NULL);

  g_assert_cmpint (body_in (req, MULTI, fits, strlen (fits), 0), ==, 0);
  g_assert_cmpint (body_in (req, MULTI, field, strlen (field), 0), ==, 431);
  for (int i = 0; i <= INPUT_MAX_FORM / INPUT_MAX_FIELD; i++)
    g_string_append_printf (sum, PART ("a") "%s\r\n", fill);
  g_string_append (sum, "--B--\r\n");
  g_assert_cmpint (body_in (req, MULTI, sum->str, sum->len, 0), ==, 413);
  for (int i = 0; i <= conf->max_files; i++)
    g_string_append (files, FILE_PART ("f", "x") "1\r\n");
  g_string_append (files, "--B--\r\n");
  g_assert_cmpint (body_in (req, MULTI, files->str, files->len, 0), ==, 431);
  g_assert_cmpuint (req->uploads->len, ==, 0);
  g_assert_cmpuint (req->params->len, ==, 1);
  req_free (req);
}

/* The bytes of a file arrive as they were sent, with their hash, positioned at
 * 0, and nothing is left in the spool. */
static void
test_file_bytes (void)
{
  static const char start[] = FILE_PART ("f", "x.pdf");
  size_t size = 300 * 1000;
  g_autoptr (GString) body = g_string_new (start);
  g_autofree char *back = g_malloc (size);
  g_autoptr (GDir) dir = NULL;
  struct bz_req *req = req_new (conf, NULL);
  struct upload *u;
  struct stat st;
  uint8_t hash[32];

  for (size_t i = 0; i < size; i++)
    g_string_append_c (body, i % 97 == 0 ? '\r' : (char) (i * 31 >> 3));
  crypto_sha256 (body->str + sizeof start - 1, size, hash);
  g_string_append (body, END);
  g_assert_cmpint (body_in (req, MULTI, body->str, body->len, 4099), ==, 0);
  u = req_upload (req, "f");
  g_assert_nonnull (u);
  g_assert_cmpint (u->size, ==, size);
  g_assert_cmpmem (u->sha256, 32, hash, 32);
  g_assert_cmpint (read (u->fd, back, size), ==, size);
  g_assert_cmpmem (back, size, body->str + sizeof start - 1, size);
  g_assert_cmpint (fstat (u->fd, &st), ==, 0);
  g_assert_cmpuint (st.st_nlink, ==, 0);
  g_assert_cmpuint (st.st_mode & 0777, ==, 0600);
  g_assert_cmpint (fcntl (u->fd, F_GETFD) & FD_CLOEXEC, !=, 0);
  dir = g_dir_open (spool, 0, NULL);
  g_assert_null (g_dir_read_name (dir));
  req_free (req);
}

/* 413, but the fields behind the file and the other files are there, so that
 * the form can be shown again. */
static void
test_file_too_large (void)
{
  static const char body[] = FILE_PART ("f", "big") "12345678901\r\n"
    FILE_PART ("g", "fits") "1234567890\r\n" PART ("a") "1" END;
  int64_t max = conf->max_file;
  g_autofree char *text = NULL;

  conf->max_file = 10;
  g_assert_cmpint (body_told (MULTI, body, sizeof body - 1, &text), ==, 413);
  g_assert_cmpstr (text, ==, "a=1;g|fits|10;");
  g_free (text);
  /* Too large and broken is broken. */
  g_assert_cmpint (body_told (MULTI, body, sizeof body - 5, &text), ==, 400);
  g_assert_cmpstr (text, ==, "");
  conf->max_file = max;
}

static void
test_body_too_large (void)
{
  int64_t max = conf->max_body;
  struct bz_req *req = req_new (conf, NULL);

  conf->max_body = 6;
  g_assert_cmpint (body_in (req, FORM, "a=1&b=2", 7, 0), ==, 413);
  g_assert_cmpuint (req->params->len, ==, 0);
  g_assert_cmpint (body_in (req, FORM, "a=1234", 6, 0), ==, 0);
  conf->max_body = max;
  req_free (req);
}

static void
test_no_spool (void)
{
  static const char body[] = FILE_PART ("f", "x") "1" END;
  char *was = conf->spool;
  struct bz_req *req = req_new (conf, NULL);

  conf->spool = (char *) "/nonexistent/spool";
  g_assert_cmpint (body_in (req, MULTI, body, sizeof body - 1, 0), ==, 503);
  g_assert_cmpuint (req->uploads->len, ==, 1); /* by its name */
  g_assert_cmpstr (g_array_index (req->uploads, struct upload, 0).name, ==,
                   "x");
  conf->spool = was;
  req_free (req);
}

static void
test_cookie (void)
{
  static const struct { const char *header, *value; } rows[] = {
    { "bz_sid=abc-_019", "abc-_019" },
    { "x=1; bz_sid=abc; y=2", "abc" },
    { "x=1;bz_sid=abc", "abc" },
    { "bz_sid=abc; bz_sid=abc", NULL },
    { "bz_sid=abc; bz_sid=def", NULL },
    { "bz_sid=", NULL }, { "bz_sid", NULL }, { "bz_sidx=abc", NULL },
    { "BZ_SID=abc", NULL }, { "xbz_sid=abc", NULL },
    { "bz_sid=a b", NULL }, { "bz_sid=\"abc\"", NULL },
    { "bz_sid=abc%20", NULL }, { "bz_sid=王", NULL },
    { "bz_sid=a=b", NULL }, { ";;;", NULL }, { "", NULL }, { NULL, NULL },
  };
  g_autofree char *fill = g_strnfill (129, 'x');
  g_autofree char *longer = g_strconcat ("bz_sid=", fill, NULL);
  struct bz_req *req = req_new (conf, NULL);

  g_assert_cmpstr (conf->cookie, ==, "bz_sid");
  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++) {
    input_cookie (req, rows[i].header);
    g_assert_cmpstr (req->cookie, ==, rows[i].value);
  }
  input_cookie (req, longer);
  g_assert_null (req->cookie);
  req_free (req);
}

static void
test_accept (void)
{
  static const char *const xml[] = {
    "application/xml", "application/xml, text/html;q=0.9",
    "text/html;q=0.5, application/xml;q=0.6", "APPLICATION/XML",
    "application/xml, */*;q=0.1", "text/html;q=0, */*, application/xml;q=0.1",
    "application/xml; charset=utf-8 ; q=1.000",
  };
  static const char *const html[] = {
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,"
      "image/webp,image/apng,*/*;q=0.8,"
      "application/signed-exchange;v=b3;q=0.7",
    "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "*/*", "", "text/html", "application/xml, text/html",
    "application/xml, */*", "application/xml;q=0", "application/json",
    "application/xml;q=2", "application/xml;q=1.5", "application/xml;q=0.1234",
    "application/xml;q=", "application/xml;q=x", "application/xml,",
    "xml", "application/xml, broken",
    "application/xml,a/a,a/a,a/a,a/a,a/a,a/a,a/a,a/a,a/a,a/a",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (xml); i++) {
    g_test_message ("%s", xml[i]);
    g_assert_true (input_wants_xml (xml[i]));
  }
  for (size_t i = 0; i < G_N_ELEMENTS (html); i++) {
    g_test_message ("%s", html[i]);
    g_assert_false (input_wants_xml (html[i]));
  }
  g_assert_false (input_wants_xml (NULL));
}

static void
add_tests (void)
{
  g_test_add_func ("/input/urlencoded", test_encoded);
  g_test_add_func ("/input/no-query-is-fine", test_no_query);
  g_test_add_func ("/input/raw-nul-is-refused", test_encoded_nul);
  g_test_add_func ("/input/urlencoded-limits", test_encoded_limits);
  g_test_add_func ("/input/only-two-kinds-of-body", test_types);
  g_test_add_func ("/input/multipart", test_multi);
  g_test_add_func ("/input/cut-body-is-refused-whole", test_cut);
  g_test_add_func ("/input/peer-that-fails-is-a-cut-body", test_peer_fails);
  g_test_add_func ("/input/length-rules", test_length_rules);
  g_test_add_func ("/input/multipart-limits", test_multi_limits);
  g_test_add_func ("/input/file-arrives-byte-for-byte", test_file_bytes);
  g_test_add_func ("/input/file-too-large-keeps-the-form",
                   test_file_too_large);
  g_test_add_func ("/input/body-too-large", test_body_too_large);
  g_test_add_func ("/input/spool-that-cannot-be-written", test_no_spool);
  g_test_add_func ("/input/cookie", test_cookie);
  g_test_add_func ("/input/accept", test_accept);
}

int
main (int argc, char **argv)
{
  int rc;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (crypto_init (), ==, 0);
  conf = conf_default ();
  spool = g_dir_make_tmp ("bz-input-XXXXXX", NULL);
  g_free (conf->spool);
  conf->spool = g_strdup (spool);
  add_tests ();
  rc = g_test_run ();
  (void) g_rmdir (spool);
  g_free (spool);
  conf_free (conf);
  return rc;
}
