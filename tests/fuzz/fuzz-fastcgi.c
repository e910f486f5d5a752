/* Fuzz target: the bytes that a web server sends on the socket.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * They go through libfcgi, the table of parameters and the gate of the request.
 * Where they are a plain request after the FastCGI specification, read here by
 * a reader of its own, the parameters must be those. */
#include "fuzz.h"

#include <sys/socket.h>
#include <unistd.h>

#include "people/crypto.h"
#include "serve/clock.h"
#include "serve/conf.h"
#include "serve/fastcgi.h"
#include "serve/reply.h"

enum { BEGIN = 1, PARAMS = 4, STDIN = 5, HEAD = 8, LONGEST = 32 * 1024 };

struct wire {
  GByteArray *params; /* of all such records             */
  bool plain;         /* as the specification has it     */
};

/* Where the record behind the one at R begins: libfcgi does not skip what fills
 * the first one up. */
static size_t
record_size (const uint8_t *r)
{
  return HEAD + ((size_t) r[4] << 8 | r[5]) + (r[1] == BEGIN ? 0 : r[6]);
}

/* DATA with no length of a name or a value above a megabyte; g_free.  For such a
 * one libfcgi asks for memory at once, and ends the process when there is none:
 * another worker comes (tests/http/e_fastcgi.py). */
static uint8_t *
without_huge (const uint8_t *data, size_t size)
{
  uint8_t *copy = g_memdup2 (data, size);
  size_t n;

  for (size_t at = 0; size - at >= HEAD; at += n) {
    uint8_t *r = copy + at;
    size_t end = HEAD + ((size_t) r[4] << 8 | r[5]);
    /* Behind a management record it reads on wherever that ends for it. */
    bool manages = (r[2] | r[3]) == 0;
    bool body = !manages && (r[1] == BEGIN || r[1] == STDIN);

    n = manages ? size - at : MIN (record_size (r), size - at);
    end = manages ? n : MIN (end, n);
    for (size_t i = HEAD; i < end && !body; i++)
      if (r[i] != 0x80 || i + 1 == end || r[i + 1] >= 0x10)
        r[i] &= 0x7f;
  }
  return copy;
}

static void
wire_read (struct wire *w, const uint8_t *data, size_t size)
{
  bool ended = false;
  size_t n;

  w->plain = size >= HEAD && data[1] == BEGIN;
  for (size_t at = 0; size - at >= HEAD; at += MIN (n, size - at)) {
    const uint8_t *r = data + at;
    size_t length = (size_t) r[4] << 8 | r[5];

    n = record_size (r);
    w->plain = w->plain
            && (ended
                || (r[0] == 1 && n <= size - at && r[2] == data[2]
                    && r[3] == data[3] && (r[2] | r[3]) != 0
                    && (at == 0
                          ? length == 8 && r[6] == 0 && r[8] == 0 && r[9] == 1
                          : r[1] == PARAMS)));
    if (r[1] != PARAMS || ended)
      continue;
    g_byte_array_append (w->params, r + HEAD,
                         (guint) MIN (length, size - at - HEAD));
    ended = length == 0;
  }
  w->plain = w->plain && ended;
}

/* A length of one or of four bytes at *AT; -1: it is cut off. */
static int64_t
length_read (const GByteArray *p, size_t *at)
{
  const uint8_t *b = p->data + *at;
  size_t left = p->len - *at, need = left > 0 && b[0] >= 0x80 ? 4 : 1;

  if (left < need)
    return -1;
  *at += need;
  return need == 1
         ? b[0]
         : ((int64_t) (b[0] & 0x7f) << 24 | b[1] << 16 | b[2] << 8 | b[3]);
}

/* The names and values of W, "NAME=value"; NULL: they are no such list. */
static GPtrArray *
wire_params (const struct wire *w)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_free);
  bool odd = false;

  for (size_t at = 0; at < w->params->len;) {
    int64_t name = length_read (w->params, &at);
    int64_t value = name < 0 ? -1 : length_read (w->params, &at);
    const char *text = (const char *) w->params->data + at;

    if (name < 0 || value < 0 || name + value > (int64_t) (w->params->len - at))
      return NULL;
    odd = odd || memchr (text, '\0', (size_t) (name + value)) != NULL
       || memchr (text, '=', (size_t) name) != NULL;
    g_ptr_array_add (all, g_strdup_printf ("%.*s=%.*s", (int) name, text,
                                           (int) value, text + name));
    at += (size_t) (name + value);
  }
  return odd ? NULL : g_steal_pointer (&all);
}

struct seen {
  struct conf *conf;
  const GPtrArray *expected; /* NULL: nothing is known                  */
};

static void
expected_check (const struct seen *seen, const struct cgi *cgi)
{
  g_autoptr (GHashTable) first = g_hash_table_new_full (g_str_hash, g_str_equal,
                                                        g_free, NULL);

  for (guint i = 0; cgi->refused == 0 && i < seen->expected->len; i++) {
    const char *pair = seen->expected->pdata[i];
    const char *value = strchr (pair, '=') + 1;
    g_autofree char *name = g_strndup (pair, (gsize) (value - pair - 1));

    if (g_hash_table_contains (first, name))
      continue;
    g_assert_cmpstr (cgi->get (cgi->state, name), ==, value);
    g_hash_table_add (first, g_steal_pointer (&name));
  }
}

/* For each management record of a type that libfcgi does not know it loses 48
 * bytes: what it allocates is not ours. */
const char *__lsan_default_suppressions (void);

const char *
__lsan_default_suppressions (void)
{
  return "leak:libfcgi";
}

static void
answer (void *state, const struct cgi *cgi)
{
  struct seen *seen = state;
  struct bz_req *req = req_new (seen->conf, NULL);
  struct reply reply = { .status = 204, .headers = g_string_new ("X: 1\r\n") };

  if (seen->expected != NULL)
    expected_check (seen, cgi);
  cgi_read (req, cgi);
  g_assert (req->refused != 0 || *req->path == '/');
  (void) cgi_write (req, &reply, cgi);
  g_string_free (reply.headers, TRUE);
  req_free (req);
}

static struct conf *
conf_once (void)
{
  static struct conf *conf;

  if (conf == NULL) {
    g_assert (clock_init ());
    g_assert (crypto_init () == 0);
    conf = conf_default ();
    g_free (conf->spool);
    conf->spool = g_strdup (g_get_tmp_dir ());
  }
  return conf;
}

int
LLVMFuzzerTestOneInput (const uint8_t *given, size_t size)
{
  g_autofree uint8_t *data = without_huge (given, size);
  static struct fastcgi *fcgi;
  struct wire wire = { .params = g_byte_array_new () };
  g_autoptr (GPtrArray) expected = NULL;
  struct seen seen = { .conf = conf_once () };
  int ends[2];

  if (fcgi == NULL)
    fcgi = fastcgi_new ();
  wire_read (&wire, data, size);
  expected = wire_params (&wire);
  seen.expected = wire.plain ? expected : NULL;
  if (size < LONGEST) {
    g_assert (socketpair (AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    g_assert (write (ends[1], data, size) == (ssize_t) size);
    g_assert (shutdown (ends[1], SHUT_WR) == 0);
    g_assert (fastcgi_serve (fcgi, ends[0], clock_ms () + 5000, answer, &seen)
              || seen.expected == NULL);
    close (ends[1]);
  }
  g_byte_array_unref (wire.params);
  return 0;
}
