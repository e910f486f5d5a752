/* What plugin.h promises of the request itself: failing, parameters, memory,
 * addresses.  SPDX-License-Identifier: MulanPSL-2.0 */
#include "people/session.h"
#include "serve/arena.h"
#include "serve/conf.h"
#include "serve/log.h"
#include "serve/req.h"

static char *
format_in (struct bz_req *req, const char *format, va_list args)
{
  g_autofree char *text = g_strdup_vprintf (format, args);

  return req_strdup (req, text);
}

int
bz_fail (struct bz_req *req, enum bz_status status, const char *format, ...)
{
  va_list args;

  if (req->fail_text == NULL) {
    va_start (args, format);
    req->fail_text = format_in (req, format, args);
    va_end (args);
  }
  return status;
}

static void
mark_add (struct bz_req *req, const char *field, bool warn, const char *format,
          va_list args)
{
  struct mark mark = { .field = req_strdup (req, field),
                       .text = format_in (req, format, args),
                       .warn = warn };

  g_array_append_val (req->marks, mark);
}

int
bz_mark (struct bz_req *req, const char *field, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  mark_add (req, field, false, format, args);
  va_end (args);
  return BZ_BAD_INPUT;
}

int
bz_warn (struct bz_req *req, const char *field, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  mark_add (req, field, true, format, args);
  va_end (args);
  return BZ_OK;
}

void
bz_of_case (struct bz_req *req)
{
  if (req->marks->len > 0)
    g_array_index (req->marks, struct mark, req->marks->len - 1).of_case = true;
}

void
bz_debug (struct bz_req *req, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  if (!log_debugs ())
    return;
  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  log_debug ("request %" G_GUINT64_FORMAT ": %s", req->number, text);
}

void
bz_say (struct bz_req *req, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  if (req->from_shell)
    (void) fprintf (stdout, "%s\n", text);
  else
    log_plain ("%s", text);
}

const char *
bz_param (struct bz_req *req, const char *name)
{
  return bz_param_at (req, name, 0);
}

const char *
bz_param_at (struct bz_req *req, const char *name, size_t n)
{
  for (unsigned i = 0; i < req->params->len; i++) {
    const struct param *p = &g_array_index (req->params, struct param, i);

    if (g_str_equal (p->name, name) && n-- == 0)
      return p->value;
  }
  return NULL;
}

int
bz_param_int (struct bz_req *req, const char *name, int64_t *ret)
{
  const char *text = bz_param (req, name);
  int64_t n;

  if (text == NULL || *text == '\0')
    return bz_mark (req, name, "请填写整数");
  if (!g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &n, NULL))
    return bz_mark (req, name, "这里只能填写整数，请重新填写");
  *ret = n;
  return BZ_OK;
}

int64_t
bz_user_id (struct bz_req *req)
{
  return req->session != NULL ? req->session->operator_id : 0;
}

int64_t
bz_user_scope (struct bz_req *req)
{
  return req->session != NULL ? req->session->scope_id : 0;
}

const char *
bz_now (struct bz_req *req)
{
  return req->now;
}

const char *
bz_today (struct bz_req *req)
{
  return req_strndup (req, req->now, 10);
}

const char *
bz_conf_text (const struct bz_conf *conf, const char *key,
              const char *otherwise)
{
  return conf_get (conf->conf, conf->section, key, otherwise);
}

const char *
bz_conf_of (struct bz_req *req, const char *plugin, const char *key,
            const char *otherwise)
{
  return conf_get (req->conf, plugin, key, otherwise);
}

void *
bz_alloc (struct bz_req *req, size_t size)
{
  return arena_alloc (req->arena, size);
}

char *
bz_format (struct bz_req *req, const char *format, ...)
{
  char *text;
  va_list args;

  va_start (args, format);
  text = format_in (req, format, args);
  va_end (args);
  return text;
}

/* The base path, then TEXT; bytes that an address or a header line cannot
 * carry are escaped. */
static const char *
address_of (struct bz_req *req, const char *text)
{
  g_autoptr (GString) to = g_string_new (req->conf->base);

  if (*text != '/')
    g_string_append_c (to, '/');
  for (const unsigned char *p = (const unsigned char *) text; *p; p++)
    if (*p <= 0x20 || *p >= 0x7f || strchr ("\"<>\\^`{|}", *p) != NULL)
      g_string_append_printf (to, "%%%02X", *p);
    else
      g_string_append_c (to, (char) *p);
  return req_strdup (req, to->str);
}

const char *
bz_href (struct bz_req *req, const char *format, ...)
{
  const char *text;
  va_list args;

  va_start (args, format);
  text = format_in (req, format, args);
  va_end (args);
  return address_of (req, text);
}

int
bz_redirect (struct bz_req *req, const char *format, ...)
{
  const char *text;
  va_list args;

  va_start (args, format);
  text = format_in (req, format, args);
  va_end (args);
  /* "//host/" would leave this application. */
  while (text[0] == '/' && (text[1] == '/' || text[1] == '\\'))
    text++;
  if (text[0] == '\\')
    text++;
  req->location = address_of (req, text);
  return BZ_OK;
}

void
bz_view (struct bz_req *req, const char *view)
{
  req->view = req_strdup (req, view);
}
