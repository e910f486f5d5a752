/* The words of CGI, which FastCGI speaks too: variables in, a reply out.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "serve/cgi.h"
#include "data/xml.h"
#include "serve/conf.h"
#include "serve/input.h"
#include "serve/log.h"

enum { CGI_CHUNK = 64 * 1024, CGI_MAX_URI = 8 * 1024 };

/* -- The path. */

/* A decoded path is UTF-8 without control characters, and every segment but the
 * last says something other than "." and "..". */
static bool
path_ok (const char *path)
{
  if (!g_utf8_validate (path, -1, NULL) || !xml_text_ok (path)
      || strpbrk (path, "\t\n\r\\") != NULL || strstr (path, "//") != NULL)
    return false;
  for (const char *s = path; (s = strchr (s, '/')) != NULL;) {
    size_t length = strcspn (++s, "/");

    if ((length == 1 && s[0] == '.')
        || (length == 2 && s[0] == '.' && s[1] == '.'))
      return false;
  }
  return true;
}

/* Every % is followed by two digits; %00 and %2F are none of ours. */
static char *
path_decode (const char *text, size_t length)
{
  g_autoptr (GString) to = g_string_sized_new (length);

  for (size_t i = 0; i < length; i++) {
    int high, low, c = (unsigned char) text[i];

    if (c == '%') {
      if (length - i < 3 || (high = g_ascii_xdigit_value (text[i + 1])) < 0
          || (low = g_ascii_xdigit_value (text[i + 2])) < 0)
        return NULL;
      c = high * 16 + low;
      i += 2;
      if (c == '\0' || c == '/')
        return NULL;
    }
    g_string_append_c (to, (char) c);
  }
  return g_string_free (g_steal_pointer (&to), FALSE);
}

static int
base_strip (struct bz_req *req, const char *base, const char *path,
            const char **ret)
{
  size_t length = strlen (base);

  if (!path_ok (path))
    return 400;
  if (strncmp (path, base, length) != 0
      || (path[length] != '/' && path[length] != '\0'))
    return 404;
  *ret = path[length] == '\0' ? "/" : req_strdup (req, path + length);
  return 0;
}

int
cgi_path (struct bz_req *req, const char *base, const char *uri,
          const char **ret)
{
  g_autofree char *path = NULL;

  if (*uri != '/' || strlen (uri) > CGI_MAX_URI)
    return 400;
  path = path_decode (uri, strcspn (uri, "?"));
  if (path == NULL)
    return 400;
  return base_strip (req, base, path, ret);
}

/* REQUEST_URI is what the browser sent.  Plain CGI has only SCRIPT_NAME and
 * PATH_INFO, which the web server has decoded. */
static int
path_find (struct bz_req *req, const struct cgi *cgi)
{
  const char *base = req->conf->base;
  const char *uri = cgi->get (cgi->state, "REQUEST_URI");
  const char *script, *info;
  g_autofree char *path = NULL;

  if (uri != NULL && *uri != '\0')
    return cgi_path (req, base, uri, &req->path);
  script = cgi->get (cgi->state, "SCRIPT_NAME");
  info = cgi->get (cgi->state, "PATH_INFO");
  path = g_strconcat (script != NULL ? script : "", info != NULL ? info : "",
                      NULL);
  return base_strip (req, base, path, &req->path);
}

/* -- Everything else. */

static const char *
text_of (struct bz_req *req, const struct cgi *cgi, const char *name)
{
  const char *text = cgi->get (cgi->state, name);

  return text == NULL || *text == '\0' ? NULL : req_strdup (req, text);
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

static void
method_find (struct bz_req *req, const struct cgi *cgi)
{
  const char *method = text_of (req, cgi, "REQUEST_METHOD");

  req->head = g_strcmp0 (method, "HEAD") == 0;
  req->method = req->head ? "GET" : or_empty (method);
}

static int
body_read (struct bz_req *req, const struct cgi *cgi)
{
  const char *size = text_of (req, cgi, "CONTENT_LENGTH");
  const char *type = text_of (req, cgi, "CONTENT_TYPE");
  int64_t length = 0;
  int refused;

  if (size != NULL
      && !g_ascii_string_to_signed (size, 10, 0, G_MAXINT64, &length, NULL))
    return 400;
  req->first_body = req->params->len;
  if (length == 0)
    return 0;
  refused = input_body (req, or_empty (type), length, cgi->read, cgi->state);
  if (refused == 0 && cgi->broken (cgi->state))
    return 400;
  return refused;
}

void
cgi_read (struct bz_req *req, const struct cgi *cgi)
{
  const char *https = cgi->get (cgi->state, "HTTPS");

  method_find (req, cgi);
  req->query = or_empty (text_of (req, cgi, "QUERY_STRING"));
  req->accept = or_empty (text_of (req, cgi, "HTTP_ACCEPT"));
  req->remote = or_empty (text_of (req, cgi, "REMOTE_ADDR"));
  req->host = text_of (req, cgi, "HTTP_HOST");
  req->origin = text_of (req, cgi, "HTTP_ORIGIN");
  req->fetch_site = text_of (req, cgi, "HTTP_SEC_FETCH_SITE");
  req->https = https != NULL
            && (g_ascii_strcasecmp (https, "on") == 0
                || g_str_equal (https, "1"));
  req->refused = cgi->refused;
  if (req->refused == 0)
    req->refused = path_find (req, cgi);
  if (req->refused != 0)
    return;
  input_cookie (req, or_empty (cgi->get (cgi->state, "HTTP_COOKIE")));
  req->refused = input_query (req, req->query);
  req->first_body = req->params->len;
  if (req->refused == 0 && g_str_equal (req->method, "POST"))
    req->refused = body_read (req, cgi);
}

/* -- Out. */

static int
stream (struct bz_req *req, const struct cgi *cgi)
{
  g_autofree char *buf = g_malloc (CGI_CHUNK);
  int64_t sent = 0;
  gssize n;

  while ((n = req->read (req, req->read_state, buf, CGI_CHUNK)) > 0) {
    if (cgi->write (cgi->state, buf, (size_t) n) < 0)
      return BZ_FAILED;
    sent += n;
  }
  if (n < 0 || sent != req->size)
    log_line (BZ0018_BODY_SHORT, req->number);
  return n < 0 ? BZ_FAILED : BZ_OK;
}

int
cgi_write (struct bz_req *req, const struct reply *reply, const struct cgi *cgi)
{
  g_autofree char *status = g_strdup_printf ("Status: %d\r\n", reply->status);
  const void *body;
  size_t size;

  if (cgi->write (cgi->state, status, strlen (status)) < 0
      || cgi->write (cgi->state, reply->headers->str, reply->headers->len) < 0
      || cgi->write (cgi->state, "\r\n", 2) < 0)
    return BZ_FAILED;
  if (req->head)
    return BZ_OK;
  if (reply->body == NULL)
    return req->read != NULL ? stream (req, cgi) : BZ_OK;
  body = g_bytes_get_data (reply->body, &size);
  return size == 0 ? BZ_OK : cgi->write (cgi->state, body, size);
}
