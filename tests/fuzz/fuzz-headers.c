/* Fuzz target: everything that a request says before its body.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * Lines NAME=value are the variables of CGI, what follows an empty line is the
 * body.  What is not refused keeps the promises of cgi.h and input.h. */
#include "fuzz.h"

#include "data/xml.h"
#include "people/crypto.h"
#include "serve/cgi.h"
#include "serve/conf.h"
#include "serve/from.h"
#include "serve/input.h"

struct sent {
  GHashTable *vars;
  const char *body;
  size_t left;
  bool cut;
};

static const char *
var_get (void *state, const char *name)
{
  return g_hash_table_lookup (((struct sent *) state)->vars, name);
}

static gssize
body_read (void *state, void *buf, size_t size)
{
  struct sent *s = state;
  size_t n = MIN (size, MIN (s->left, 7));

  if (n > 0)
    memcpy (buf, s->body, n);
  s->cut = s->cut || n == 0;
  s->body += n;
  s->left -= n;
  return (gssize) n;
}

static bool
body_broken (void *state)
{
  return false;
}

static void
vars_read (struct sent *s, char *text)
{
  while (*text != '\0' && *text != '\n') {
    char *end = text + strcspn (text, "\n");
    char *equals = memchr (text, '=', (size_t) (end - text));

    if (equals != NULL)
      g_hash_table_insert (s->vars, g_strndup (text, (gsize) (equals - text)),
                           g_strndup (equals + 1, (gsize) (end - equals - 1)));
    text = *end == '\n' ? end + 1 : end;
  }
}

/* No way leads out of a path, whoever reads it again. */
static void
path_check (const char *path)
{
  g_auto (GStrv) segments = g_strsplit (path, "/", -1);

  g_assert (*path == '/' && xml_text_ok (path));
  g_assert (strpbrk (path, "\n\r\t\\") == NULL);
  for (char **s = segments; *s != NULL; s++) {
    g_assert (!g_str_equal (*s, ".") && !g_str_equal (*s, ".."));
    g_assert (**s != '\0' || s == segments || s[1] == NULL);
  }
}

static void
req_check (struct bz_req *req, const struct sent *s)
{
  if (req->cookie != NULL) {
    g_assert (*req->cookie != '\0');
    g_assert (strspn (req->cookie, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-_")
              == strlen (req->cookie));
  }
  if (input_wants_xml (req->accept))
    g_assert (strcasestr (req->accept, "application/xml") != NULL);
  if (from_holds (FROM_LOOPBACK, req->remote))
    g_assert (from_holds (req->remote, req->remote));
  if (req->refused != 0) {
    g_assert (req->refused >= 400 && req->refused < 600);
    return;
  }
  path_check (req->path);
  g_assert (!s->cut);
  for (guint i = 0; i < req->params->len; i++)
    g_assert (xml_text_ok (g_array_index (req->params, struct param, i).value));
}

static struct conf *
conf_once (void)
{
  static struct conf *conf;

  if (conf == NULL) {
    g_assert (crypto_init () == 0);
    conf = conf_default ();
    g_free (conf->spool);
    conf->spool = g_strdup (g_get_tmp_dir ());
  }
  return conf;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  struct bz_req *req = req_new (conf_once (), NULL);
  struct sent sent = { 0 };
  struct cgi cgi = { .state = &sent,
                     .get = var_get,
                     .read = body_read,
                     .broken = body_broken };
  g_autofree char *fault = NULL;

  sent.vars = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  sent.body = strstr (text, "\n\n");
  sent.body = sent.body != NULL ? sent.body + 2 : "";
  sent.left = *sent.body != '\0' ? size - (size_t) (sent.body - text) : 0;
  vars_read (&sent, text);
  cgi_read (req, &cgi);
  req_check (req, &sent);
  fault = from_fault (req->accept);
  g_assert (fault == NULL || strstr (req->accept, fault) != NULL);
  g_hash_table_unref (sent.vars);
  req_free (req);
  return 0;
}
