/* Variables and paths as web servers send them, and the hand-over of a
 * connection to libfcgi, which leans on two members of its request: this test
 * guards them for each version of the library.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>
#include "serve/clock.h"
#include "serve/conf.h"
#include "serve/fastcgi.h"
#include "serve/socket.h"

static struct conf *conf;

/* -- Paths. */

static void
test_path (void)
{
  static const struct { const char *base, *uri; int rc; const char *path; }
  cases[] = {
    { "", "/", 0, "/" },
    { "", "/entry/7?x=/../", 0, "/entry/7" },
    { "/bz", "/bz/entry/7", 0, "/entry/7" },
    { "/bz", "/bz", 0, "/" },
    { "/bz", "/bz?x", 0, "/" },
    { "/bz", "/bz/", 0, "/" },
    { "/bz", "/bzz/entry", 404, NULL },
    { "/bz", "/entry", 404, NULL },
    { "/bz", "/", 404, NULL },
    { "", "/%E5%8D%95", 0, "/单" },
    { "", "/a%20b", 0, "/a b" },
    { "", "", 400, NULL },
    { "", "entry", 400, NULL },
    { "", "http://host/entry", 400, NULL },
    { "", "/..", 400, NULL },
    { "", "/a/../b", 400, NULL },
    { "", "/a/./b", 400, NULL },
    { "", "/a/%2e%2E/b", 400, NULL },
    { "", "/a/.%2e", 400, NULL },
    { "", "/bz/..%2fentry", 400, NULL },
    { "", "//evil", 400, NULL },
    { "", "/a//b", 400, NULL },
    { "", "/%", 400, NULL },
    { "", "/%4", 400, NULL },
    { "", "/%zz", 400, NULL },
    { "", "/%4?1", 400, NULL },
    { "", "/%00", 400, NULL },
    { "", "/a%0d%0ab", 400, NULL },
    { "", "/a%5c..%5cb", 400, NULL },
    { "", "/%ff", 400, NULL },
    { "", "/%c0%af", 400, NULL },
    { "", "/%ed%a0%80", 400, NULL },
    { "", "/...", 0, "/..." },
    { "", "/.well-known", 0, "/.well-known" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    struct bz_req *req = req_new (conf, NULL);
    const char *path = NULL;

    g_test_message ("%s below \"%s\"", cases[i].uri, cases[i].base);
    g_assert_cmpint (cgi_path (req, cases[i].base, cases[i].uri, &path), ==,
                     cases[i].rc);
    g_assert_cmpstr (path, ==, cases[i].path);
    req_free (req);
  }
}

static void
test_path_long (void)
{
  g_autofree char *uri = g_strnfill (9000, 'a');
  struct bz_req *req = req_new (conf, NULL);
  const char *path;

  uri[0] = '/';
  g_assert_cmpint (cgi_path (req, "", uri, &path), ==, 400);
  req_free (req);
}

/* -- Variables. */

static int
params (char *const *envp)
{
  g_autoptr (GHashTable) table
    = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return fastcgi_params (envp, table);
}

static void
test_params (void)
{
  char a[] = "REQUEST_METHOD=GET", b[] = "CONTENT_LENGTH=1",
       c[] = "CONTENT_LENGTH=2", x[] = "HTTP_X=1", y[] = "HTTP_X=2",
       bare[] = "NOTHING";
  char *const fine[] = { a, b, x, y, NULL }, *const twice[] = { a, b, c, NULL },
       *const odd[] = { a, bare, NULL };

  g_assert_cmpint (params (fine), ==, 0);
  g_assert_cmpint (params (twice), ==, 400);
  g_assert_cmpint (params (odd), ==, 400);
}

static void
test_params_limits (void)
{
  g_autoptr (GPtrArray) many = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *long_value = g_strnfill (70 * 1024, 'x');
  char *const one[] = { long_value, NULL };

  memcpy (long_value, "HTTP_X=", 7);
  g_assert_cmpint (params (one), ==, 431);
  for (int i = 0; i < 301; i++)
    g_ptr_array_add (many, g_strdup_printf ("HTTP_X%d=1", i));
  g_ptr_array_add (many, NULL);
  g_assert_cmpint (params ((char *const *) many->pdata), ==, 431);
}

/* -- The hand-over. */

static void
record (GByteArray *to, uint8_t type, const void *bytes, size_t size)
{
  uint8_t head[8] = { 1, type, 0, 1, (uint8_t) (size >> 8), (uint8_t) size };

  g_byte_array_append (to, head, sizeof head);
  if (size > 0)
    g_byte_array_append (to, bytes, (guint) size);
}

static void
pair (GByteArray *to, const char *name, const char *value)
{
  uint8_t sizes[2] = { (uint8_t) strlen (name), (uint8_t) strlen (value) };

  g_byte_array_append (to, sizes, 2);
  g_byte_array_append (to, (const guint8 *) name, sizes[0]);
  g_byte_array_append (to, (const guint8 *) value, sizes[1]);
}

/* Begin, parameters, and of a body announced with LENGTH the first SENT bytes;
 * END says whether the stream is closed behind them. */
static GByteArray *
request (const char *length, size_t sent, bool end)
{
  static const uint8_t begin[8] = { 0, 1, 0 };
  GByteArray *to = g_byte_array_new ();
  g_autoptr (GByteArray) p = g_byte_array_new ();
  g_autofree char *body = g_strnfill (sent, 'b');

  if (sent > 1)
    body[1] = '=';
  record (to, 1, begin, sizeof begin);
  pair (p, "REQUEST_METHOD", "POST");
  pair (p, "REQUEST_URI", "/entry/7?a=1");
  pair (p, "QUERY_STRING", "a=1");
  pair (p, "CONTENT_TYPE", "application/x-www-form-urlencoded");
  pair (p, "CONTENT_LENGTH", length);
  record (to, 4, p->data, p->len);
  record (to, 4, NULL, 0);
  if (sent > 0)
    record (to, 5, body, sent);
  if (end)
    record (to, 5, NULL, 0);
  return to;
}

struct seen { unsigned calls; int refused; size_t params; };

static void
on_answer (void *state, const struct cgi *cgi)
{
  static const char text[] = "Status: 200\r\n\r\nhello";
  struct seen *seen = state;
  struct bz_req *req = req_new (conf, NULL);

  cgi_read (req, cgi);
  seen->calls++;
  seen->refused = req->refused;
  seen->params = req->params->len;
  (void) cgi->write (cgi->state, text, sizeof text - 1);
  req_free (req);
}

/* Send BYTES through FASTCGI; the peer's end, where the answer waits. */
static int
through (struct fastcgi *f, const GByteArray *bytes, bool close_after,
         struct seen *seen, bool expected)
{
  int ends[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends),
                   ==, 0);
  socket_limit (ends[1], 1);
  if (bytes->len > 0)
    g_assert_cmpint (write (ends[0], bytes->data, bytes->len), ==,
                     (gssize) bytes->len);
  if (close_after)
    g_assert_cmpint (shutdown (ends[0], SHUT_WR), ==, 0);
  g_assert_true (fastcgi_serve (f, ends[1], clock_ms () + 3000, on_answer,
                                seen) == expected);
  return ends[0];
}

static bool
answer_is (int fd, const char *text)
{
  char buf[4096];
  gssize n = 0, got;

  while ((got = read (fd, buf + n, sizeof buf - (size_t) n)) > 0)
    n += got;
  close (fd);
  return memmem (buf, (size_t) n, text, strlen (text)) != NULL;
}

static void
test_hand_over (void)
{
  struct fastcgi *f = fastcgi_new ();
  struct seen seen = { 0 };

  for (unsigned i = 1; i <= 3; i++) {
    g_autoptr (GByteArray) good = request ("3", 3, true);
    int fd = through (f, good, false, &seen, true);

    g_assert_cmpuint (seen.calls, ==, i);
    g_assert_cmpint (seen.refused, ==, 0);
    g_assert_cmpuint (seen.params, ==, 2);
    g_assert_true (answer_is (fd, "hello"));
  }
  fastcgi_free (f);
}

/* A cut or stalled body never becomes a request that somebody acts upon, and
 * the next connection is served. */
static void
test_cut (void)
{
  struct fastcgi *f = fastcgi_new ();
  struct seen seen = { 0 };
  g_autoptr (GByteArray) shorter = request ("50", 3, true);
  g_autoptr (GByteArray) stalled = request ("50", 3, false);
  g_autoptr (GByteArray) good = request ("3", 3, true);

  close (through (f, shorter, false, &seen, true));
  g_assert_cmpint (seen.refused, ==, 400);
  close (through (f, stalled, true, &seen, true));
  g_assert_cmpint (seen.refused, ==, 400);
  close (through (f, stalled, false, &seen, true));
  g_assert_cmpint (seen.refused, ==, 400);
  close (through (f, good, false, &seen, true));
  g_assert_cmpint (seen.refused, ==, 0);
  fastcgi_free (f);
}

/* What is no FastCGI comes back to us at once, without an answer. */
static void
test_rubbish (void)
{
  static const char *const bad[] = { "", "GET / HTTP/1.0\r\n\r\n",
                                     "\x01\x01\x00\x01\x00\x08",
                                     "\x63\x04xxxxxxxxxxxxxxxxxx" };
  struct fastcgi *f = fastcgi_new ();
  struct seen seen = { 0 };
  g_autoptr (GByteArray) good = request ("3", 3, true);

  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GByteArray) bytes = g_byte_array_new ();
    int64_t began = clock_ms ();

    g_byte_array_append (bytes, (const guint8 *) bad[i],
                         (guint) strlen (bad[i]));
    close (through (f, bytes, true, &seen, false));
    g_assert_cmpint (clock_ms () - began, <, 2000);
    g_assert_cmpuint (seen.calls, ==, 0);
  }
  close (through (f, good, false, &seen, true));
  g_assert_cmpuint (seen.calls, ==, 1);
  fastcgi_free (f);
}

int
main (int argc, char **argv)
{
  int rc;

  g_test_init (&argc, &argv, NULL);
  (void) signal (SIGPIPE, SIG_IGN);
  conf = conf_default ();
  g_test_add_func ("/cgi/path-is-decoded-strictly", test_path);
  g_test_add_func ("/cgi/path-has-a-limit", test_path_long);
  g_test_add_func ("/fastcgi/what-matters-comes-once", test_params);
  g_test_add_func ("/fastcgi/count-and-size-of-variables", test_params_limits);
  g_test_add_func ("/fastcgi/hand-over", test_hand_over);
  g_test_add_func ("/fastcgi/cut-body-is-refused", test_cut);
  g_test_add_func ("/fastcgi/rubbish-comes-back", test_rubbish);
  rc = g_test_run ();
  conf_free (conf);
  return rc;
}
