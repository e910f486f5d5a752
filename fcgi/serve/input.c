/* What a browser sent: query, cookies, Accept, urlencoded and multipart bodies.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * A body is read into a struct intake first.  The request gets its fields and
 * files only when the whole body was understood (or one file was too large:
 * then the form can be shown again with what was typed). */
#include "serve/input.h"

#include <errno.h>
#include <unistd.h>

#include "data/xml.h"
#include "people/crypto.h"
#include "serve/conf.h"
#include "serve/log.h"
#include "serve/multipart.h"
#include "serve/spool.h"

enum { CHUNK = 64 * 1024, MAX_COOKIE = 128, MAX_ACCEPT = 10 };

/* The peer's bytes and how many are still to come. */
struct source {
  input_read read;
  void *state;
  int64_t left;
};

/* What has been received of one body. */
struct intake {
  struct bz_req *req;
  GArray *params;   /* struct param, strings owned                */
  GArray *uploads;  /* struct upload, strings owned               */
  size_t form_size; /* bytes of all fields                        */
  bool too_large;   /* a file was above max_file                  */
  int no_room;      /* errno: a file could not be written; 0      */

  /* the part that is being received */
  char *name, *file; /* FILE NULL: a field                         */
  GByteArray *value; /* of a field                                 */
  int fd;            /* of a file; -1: no byte came yet            */
  int64_t size;
  struct crypto_hash *hash;
};

static void
param_clear (void *data)
{
  struct param *p = data;

  g_free ((char *) p->name);
  g_free ((char *) p->value);
}

static void
upload_clear (void *data)
{
  struct upload *u = data;

  g_free ((char *) u->field);
  g_free ((char *) u->name);
  if (u->fd >= 0)
    close (u->fd);
}

static void
intake_open (struct intake *in, struct bz_req *req)
{
  *in = (struct intake){ .req = req, .fd = -1 };
  in->params = g_array_new (FALSE, FALSE, sizeof (struct param));
  in->uploads = g_array_new (FALSE, FALSE, sizeof (struct upload));
  in->value = g_byte_array_new ();
  g_array_set_clear_func (in->params, param_clear);
  g_array_set_clear_func (in->uploads, upload_clear);
}

static void
part_close (struct intake *in)
{
  uint8_t unused[32];

  g_clear_pointer (&in->name, g_free);
  g_clear_pointer (&in->file, g_free);
  g_byte_array_set_size (in->value, 0);
  if (in->hash != NULL)
    crypto_hash_end (in->hash, unused);
  in->hash = NULL;
  if (in->fd >= 0)
    close (in->fd);
  in->fd = -1;
  in->size = 0;
}

static void
intake_close (struct intake *in)
{
  part_close (in);
  g_array_unref (in->params);
  g_array_unref (in->uploads);
  g_byte_array_unref (in->value);
}

/* Everything received becomes the request's. */
static void
intake_hand_over (struct intake *in)
{
  for (guint i = 0; i < in->params->len; i++) {
    struct param *p = &g_array_index (in->params, struct param, i);

    req_add_param (in->req, p->name, p->value);
  }
  for (guint i = 0; i < in->uploads->len; i++) {
    struct upload *u = &g_array_index (in->uploads, struct upload, i);
    struct upload ours = *u;

    ours.field = req_strdup (in->req, u->field);
    ours.name = req_strdup (in->req, u->name);
    g_array_append_val (in->req->uploads, ours);
    u->fd = -1;
  }
}

/* CR LF and CR become LF, in place; the new size. */
static size_t
line_ends (char *text, size_t size)
{
  size_t to = 0;

  for (size_t i = 0; i < size; i++) {
    if (text[i] == '\r' && i + 1 < size && text[i + 1] == '\n')
      continue;
    text[to++] = text[i] == '\r' ? '\n' : text[i];
  }
  return to;
}

/* The gate: SIZE bytes as UTF-8 of XML's characters in NFC with LF as line
 * end.  NULL: they are not; the caller frees. */
static char *
gate (const void *bytes, size_t size)
{
  g_autofree char *text = NULL;

  if (size > 0 && memchr (bytes, '\0', size) != NULL)
    return NULL;
  text = g_strndup (size > 0 ? bytes : "", size);
  size = line_ends (text, size);
  text[size] = '\0';
  if (!g_utf8_validate (text, (gssize) size, NULL) || !xml_text_ok (text))
    return NULL;
  if (g_str_is_ascii (text))
    return g_steal_pointer (&text);
  return g_utf8_normalize (text, (gssize) size, G_NORMALIZE_NFC);
}

static int
field_add (struct intake *in, const void *name, size_t name_size,
           const void *value, size_t size)
{
  struct param p;

  if (in->params->len >= INPUT_MAX_FIELDS || size > INPUT_MAX_FIELD
      || name_size > INPUT_MAX_FIELD)
    return 431;
  p.name = gate (name, name_size);
  p.value = gate (value, size);
  if (p.name == NULL || p.value == NULL) {
    param_clear (&p);
    return 400;
  }
  g_array_append_val (in->params, p);
  return 0;
}

/* -- application/x-www-form-urlencoded and the query. */

/* GLib refuses %00, broken UTF-8, broken %-codes and a name without "=", and
 * keeps what comes twice. */
static int
urlencoded (struct intake *in, const char *text, size_t size)
{
  GUriParamsIter iter;
  char *name, *value;
  g_autoptr (GError) error = NULL;
  int rc = 0;

  if (size > 0 && memchr (text, '\0', size) != NULL)
    return 400;
  g_uri_params_iter_init (&iter, text, (gssize) size, "&",
                          G_URI_PARAMS_WWW_FORM);
  while (rc == 0 && g_uri_params_iter_next (&iter, &name, &value, &error)) {
    rc = field_add (in, name, strlen (name), value, strlen (value));
    g_free (name);
    g_free (value);
  }
  return rc == 0 && error != NULL ? 400 : rc;
}

int
input_query (struct bz_req *req, const char *query)
{
  struct intake in;
  size_t size = query == NULL ? 0 : strlen (query);
  int rc;

  if (size > INPUT_MAX_FIELD)
    return 431;
  intake_open (&in, req);
  rc = urlencoded (&in, query == NULL ? "" : query, size);
  if (rc == 0)
    intake_hand_over (&in);
  intake_close (&in);
  return rc;
}

/* -- Bodies. */

/* Up to SIZE of the bytes that are left: the count, 0 at the end, <0 when
 * the peer sent fewer than it had announced. */
static gssize
source_read (struct source *from, void *buf, size_t size)
{
  gssize got;

  if (from->left == 0)
    return 0;
  got = from->read (from->state, buf,
                    (size_t) MIN ((int64_t) size, from->left));
  if (got <= 0)
    return -1;
  from->left -= got;
  return got;
}

/* Read the rest and forget it: a socket that is closed with bytes in it resets
 * the peer, and the sentence that says what was wrong would be lost.  At most
 * MAX bytes.  400 when the body was cut, else RC. */
static int
source_drain (struct source *from, int64_t max, int rc)
{
  g_autofree char *buf = g_malloc (CHUNK);
  gssize got;

  for (; max > 0; max -= got) {
    got = source_read (from, buf, CHUNK);
    if (got <= 0)
      return got < 0 ? 400 : rc;
  }
  return rc;
}

static int
urlencoded_body (struct intake *in, struct source *from)
{
  g_autofree char *text = NULL;
  size_t size = (size_t) from->left, have = 0;
  gssize got;

  if (from->left > INPUT_MAX_FORM)
    return 413;
  text = g_malloc (size + 1);
  while ((got = source_read (from, text + have, size - have)) > 0)
    have += (size_t) got;
  text[have] = '\0';
  return got < 0 ? 400 : urlencoded (in, text, have);
}

static bool
write_all (int fd, const char *bytes, size_t size)
{
  while (size > 0) {
    ssize_t n = write (fd, bytes, size);

    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return false;
    bytes += n;
    size -= (size_t) n;
  }
  return true;
}

static int
on_begin (void *state, const char *name, const char *file)
{
  struct intake *in = state;

  in->name = gate (name, strlen (name));
  if (in->name == NULL)
    return 400;
  if (file == NULL)
    return 0;
  in->file = gate (file, strlen (file));
  return in->file == NULL ? 400 : 0;
}

static int
file_data (struct intake *in, const void *bytes, size_t size)
{
  in->size += (int64_t) size;
  if (in->size > in->req->conf->max_file) {
    in->too_large = true; /* read on: the fields behind it still count */
    return 0;
  }
  if (in->fd < 0)
    in->fd = spool_open (in->req->conf);
  if (in->hash == NULL)
    in->hash = crypto_hash_new ();
  crypto_hash_add (in->hash, bytes, size);
  if (in->no_room == 0 && (in->fd < 0 || !write_all (in->fd, bytes, size))) {
    in->no_room = errno; /* read on: the fields behind it are kept */
    log_line (BZ0034_NO_ROOM, g_strerror (errno));
  }
  return 0;
}

static int
on_data (void *state, const void *bytes, size_t size)
{
  struct intake *in = state;

  if (in->file != NULL)
    return file_data (in, bytes, size);
  if (in->value->len + size > INPUT_MAX_FIELD)
    return 431;
  in->form_size += size;
  if (in->form_size > INPUT_MAX_FORM)
    return 413;
  g_byte_array_append (in->value, bytes, (guint) size);
  return 0;
}

/* A file that came whole.  A control without a file sends an empty part
 * without a name. */
static int
file_end (struct intake *in)
{
  struct upload u = { .fd = -1, .size = in->size };

  if (in->size == 0 && in->file[0] == '\0')
    return 0;
  if (in->size > in->req->conf->max_file)
    return 0;
  if (in->uploads->len >= (guint) in->req->conf->max_files)
    return 431;
  if (in->fd < 0)
    in->fd = spool_open (in->req->conf);
  if (in->no_room == 0 && (in->fd < 0 || lseek (in->fd, 0, SEEK_SET) < 0))
    in->no_room = errno;
  if (in->hash == NULL)
    in->hash = crypto_hash_new ();
  crypto_hash_end (g_steal_pointer (&in->hash), u.sha256);
  u.field = g_steal_pointer (&in->name);
  u.name = g_steal_pointer (&in->file);
  u.fd = in->fd;
  in->fd = -1;
  g_array_append_val (in->uploads, u);
  return 0;
}

static int
on_end (void *state)
{
  struct intake *in = state;
  int rc;

  if (in->file != NULL)
    rc = file_end (in);
  else
    rc = field_add (in, in->name, strlen (in->name), in->value->data,
                    in->value->len);
  part_close (in);
  return rc;
}

static int
multipart_body (struct intake *in, const char *boundary, struct source *from)
{
  static const struct multipart_sink sink = { on_begin, on_data, on_end };
  struct multipart *m = multipart_new (boundary, INPUT_MAX_PARTS, &sink, in);
  g_autofree char *buf = g_malloc (CHUNK);
  gssize got = 0;
  int rc = 0;

  while (rc == 0 && (got = source_read (from, buf, CHUNK)) > 0)
    rc = multipart_feed (m, buf, (size_t) got);
  if (rc == 0)
    rc = got < 0 ? 400 : multipart_finish (m);
  multipart_free (m);
  return rc != 0 ? rc : in->too_large ? 413 : in->no_room != 0 ? 503 : 0;
}

static bool
is_urlencoded (const char *type)
{
  static const char media[] = "application/x-www-form-urlencoded";

  if (type == NULL || g_ascii_strncasecmp (type, media, sizeof media - 1) != 0)
    return false;
  type += sizeof media - 1;
  type += strspn (type, " \t");
  if (*type == ';') /* scripts in browsers add the one they use */
    type += 1 + strspn (type + 1, " \t");
  return *type == '\0' || g_ascii_strcasecmp (type, "charset=utf-8") == 0;
}

int
input_body (struct bz_req *req, const char *type, int64_t length,
            input_read read, void *state)
{
  struct source from = { read, state, length };
  g_autofree char *boundary = multipart_boundary (type);
  struct intake in;
  int rc = 415;

  if (length < 0)
    return 400;
  if (length > req->conf->max_body)
    return source_drain (&from, req->conf->max_body, 413);
  intake_open (&in, req);
  if (boundary != NULL)
    rc = multipart_body (&in, boundary, &from);
  else if (is_urlencoded (type))
    rc = urlencoded_body (&in, &from);
  if (rc == 0 || rc == 503 || (rc == 413 && in.too_large))
    intake_hand_over (&in);
  else
    rc = source_drain (&from, req->conf->max_body, rc);
  intake_close (&in);
  return rc;
}

/* -- Cookies and Accept. */

static bool
cookie_value_ok (const char *value)
{
  size_t n = strlen (value);

  for (size_t i = 0; i < n; i++)
    if (!g_ascii_isalnum (value[i]) && value[i] != '-' && value[i] != '_')
      return false;
  return n > 0 && n <= MAX_COOKIE;
}

void
input_cookie (struct bz_req *req, const char *header)
{
  g_auto (GStrv) pairs = NULL;
  const char *found = NULL;
  size_t n = strlen (req->conf->cookie);
  int count = 0;

  req->cookie = NULL;
  if (header == NULL)
    return;
  pairs = g_strsplit (header, ";", -1);
  for (char **p = pairs; *p != NULL; p++) {
    char *pair = g_strstrip (*p);

    if (strncmp (pair, req->conf->cookie, n) != 0 || pair[n] != '=')
      continue;
    found = pair + n + 1;
    count++;
  }
  /* Twice: somebody else set one of them, and it is not known which. */
  if (count == 1 && cookie_value_ok (found))
    req->cookie = req_strdup (req, found);
}

/* "0.85" as 850; -1: not a weight. */
static int
weight_read (const char *text)
{
  int weight = 0, unit = 100;

  if (text[0] != '0' && text[0] != '1')
    return -1;
  weight = (text[0] - '0') * 1000;
  if (text[1] == '\0')
    return weight;
  if (text[1] != '.')
    return -1;
  for (text += 2; *text != '\0'; text++, unit /= 10) {
    if (!g_ascii_isdigit (*text) || unit == 0)
      return -1;
    weight += (*text - '0') * unit;
  }
  return weight <= 1000 ? weight : -1;
}

/* One item of Accept, "text/html;q=0.9": its weight, its type in lower case
 * left at the beginning of ITEM; -1: broken. */
static int
accept_item (char *item)
{
  g_auto (GStrv) parts = g_strsplit (item, ";", -1);
  int weight = 1000;

  if (parts[0] == NULL || strchr (parts[0], '/') == NULL)
    return -1;
  for (char **p = parts + 1; *p != NULL; p++) {
    char *param = g_strstrip (*p);

    if (g_ascii_strncasecmp (param, "q=", 2) == 0)
      weight = weight_read (param + 2);
    if (weight < 0)
      return -1;
  }
  item[strcspn (item, ";")] = '\0';
  for (char *c = g_strstrip (item); *c != '\0'; c++)
    *c = g_ascii_tolower (*c);
  return weight;
}

bool
input_wants_xml (const char *accept)
{
  /* The most exact range that was given for HTML counts. */
  static const char *const html_range[] = { "*/*", "text/*", "text/html" };
  g_auto (GStrv) items = NULL;
  int xml = 0, html = 0, exact = -1;

  if (accept == NULL)
    return false;
  items = g_strsplit (accept, ",", MAX_ACCEPT + 1);
  if (g_strv_length (items) > MAX_ACCEPT)
    return false;
  for (char **item = items; *item != NULL; item++) {
    char *type = g_strstrip (*item);
    int weight = accept_item (type);

    if (weight < 0)
      return false;
    if (strcmp (type, "application/xml") == 0)
      xml = weight;
    for (int i = exact + 1; i < (int) G_N_ELEMENTS (html_range); i++)
      if (strcmp (type, html_range[i]) == 0) {
        html = weight;
        exact = i;
      }
  }
  return xml > html;
}
