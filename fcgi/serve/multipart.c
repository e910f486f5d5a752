/* A strict push parser for multipart/form-data as browsers send it.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * FIRST -> AFTER -> HEAD <-> BODY -> DONE.  The delimiter looked for in a body
 * is CR LF "--" boundary.  A boundary holds no CR, so the delimiter has one
 * only at its beginning, and a match that fails never has to look back. */
#include "serve/multipart.h"

enum state {
  FIRST,
  AFTER,
  AFTER_CR,
  AFTER_DASH,
  HEAD,
  BODY,
  DONE,
  DONE_CR,
  DONE_LF
};

struct multipart {
  const struct multipart_sink *sink;
  void *sink_state;
  size_t parts, max_parts;
  enum state state;
  int refusal;     /* 0: none yet                                */
  char *delimiter; /* CR LF "--" boundary                        */
  size_t delimiter_size;
  size_t matched; /* bytes of the delimiter seen so far         */
  GString *head;  /* header block of the part that begins       */
};

/* What one part's headers say. */
struct disposition {
  char *name, *file;
};

static bool
is_token_char (char c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr ("!#$%&'*+-.^_`|~", c));
}

static bool
is_boundary_char (char c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr ("'()+_,-./:=? ", c));
}

/* The value of the boundary parameter, quotes removed; NULL: not well made. */
static char *
boundary_unquote (const char *value)
{
  size_t n = strlen (value);

  if (n >= 2 && value[0] == '"' && value[n - 1] == '"') {
    value++;
    n -= 2;
  }
  if (n == 0 || n > MULTIPART_MAX_BOUNDARY || value[n - 1] == ' ')
    return NULL;
  for (size_t i = 0; i < n; i++)
    if (!is_boundary_char (value[i]))
      return NULL;
  return g_strndup (value, n);
}

char *
multipart_boundary (const char *type)
{
  static const char media[] = "multipart/form-data", key[] = "boundary=";
  g_autofree char *value = NULL;

  if (type == NULL || g_ascii_strncasecmp (type, media, sizeof media - 1) != 0)
    return NULL;
  type += sizeof media - 1;
  type += strspn (type, " \t");
  if (*type++ != ';')
    return NULL;
  type += strspn (type, " \t");
  if (g_ascii_strncasecmp (type, key, sizeof key - 1) != 0)
    return NULL;
  value = g_strchomp (g_strdup (type + sizeof key - 1));
  return boundary_unquote (value);
}

struct multipart *
multipart_new (const char *boundary, size_t max_parts,
               const struct multipart_sink *sink, void *state)
{
  struct multipart *m = g_new0 (struct multipart, 1);

  m->sink = sink;
  m->sink_state = state;
  m->max_parts = max_parts;
  m->delimiter = g_strconcat ("\r\n--", boundary, NULL);
  m->delimiter_size = strlen (m->delimiter);
  m->matched = 2; /* the first delimiter has no CR LF before it */
  m->head = g_string_new (NULL);
  return m;
}

void
multipart_free (struct multipart *m)
{
  if (m == NULL)
    return;
  g_free (m->delimiter);
  g_string_free (m->head, TRUE);
  g_free (m);
}

/* The text between quotes at *AT as HTML writes it, *AT moved behind it.
 * A back-slash is a back-slash.  NULL: not well made. */
static char *
quoted_read (const char **at)
{
  GString *out = NULL;
  const char *p = *at;

  if (*p++ != '"')
    return NULL;
  out = g_string_new (NULL);
  for (; *p != '"'; p++) {
    if (*p == '\0') {
      g_string_free (out, TRUE);
      return NULL;
    }
    if (g_ascii_strncasecmp (p, "%22", 3) == 0
        || g_ascii_strncasecmp (p, "%0D", 3) == 0
        || g_ascii_strncasecmp (p, "%0A", 3) == 0) {
      g_string_append_c (out, (char) (g_ascii_xdigit_value (p[1]) * 16
                                      + g_ascii_xdigit_value (p[2])));
      p += 2;
    }
    else
      g_string_append_c (out, *p);
  }
  *at = p + 1;
  return g_string_free (out, FALSE);
}

/* One parameter "; name="..."" at *AT.  filename* is refused as RFC 7578 asks,
 * and so is all else that no browser sends. */
static bool
disposition_param (const char **at, struct disposition *ret)
{
  char **where;
  const char *p = *at;

  if (*p++ != ';')
    return false;
  p += strspn (p, " ");
  if (g_ascii_strncasecmp (p, "name=", 5) == 0) {
    where = &ret->name;
    p += 5;
  }
  else if (g_ascii_strncasecmp (p, "filename=", 9) == 0) {
    where = &ret->file;
    p += 9;
  }
  else
    return false;
  if (*where != NULL)
    return false;
  *where = quoted_read (&p);
  *at = p;
  return *where != NULL;
}

/* VALUE of a Content-Disposition header. */
static bool
disposition_read (const char *value, struct disposition *ret)
{
  static const char form[] = "form-data";

  if (ret->name != NULL
      || g_ascii_strncasecmp (value, form, sizeof form - 1) != 0)
    return false;
  value += sizeof form - 1;
  while (*value != '\0')
    if (!disposition_param (&value, ret))
      return false;
  return ret->name != NULL && ret->name[0] != '\0';
}

/* One header line without its CR LF.  A line that begins with a space would
 * continue the one before: no browser folds, so it is refused. */
static bool
header_read (const char *line, struct disposition *ret)
{
  const char *colon = line;
  g_autofree char *name = NULL, *value = NULL;

  while (is_token_char (*colon))
    colon++;
  if (colon == line || *colon != ':')
    return false;
  name = g_ascii_strdown (line, colon - line);
  value = g_strstrip (g_strdup (colon + 1));
  if (strcmp (name, "content-transfer-encoding") == 0)
    return false;
  if (strcmp (name, "content-disposition") == 0)
    return disposition_read (value, ret);
  return true; /* RFC 7578 4.8: others are ignored */
}

/* The header block BLOCK: lines, each ended by CR LF, no empty one. */
static bool
headers_read (const char *block, struct disposition *ret)
{
  while (*block != '\0') {
    const char *end = strstr (block, "\r\n");
    g_autofree char *line = NULL;

    if (end == NULL)
      return false;
    line = g_strndup (block, end - block);
    if (!header_read (line, ret))
      return false;
    block = end + 2;
  }
  return ret->name != NULL;
}

static int
part_begin (struct multipart *m)
{
  struct disposition part = { NULL, NULL };
  int rc = 400;

  if (++m->parts > m->max_parts)
    return 431;
  g_string_truncate (m->head, m->head->len - 2); /* the empty line */
  if (headers_read (m->head->str, &part))
    rc = m->sink->begin (m->sink_state, part.name, part.file);
  g_free (part.name);
  g_free (part.file);
  g_string_truncate (m->head, 0);
  m->state = BODY;
  m->matched = 0;
  return rc;
}

/* CR only before LF, LF only after CR, no other control character but tab. */
static bool
head_char_ok (const GString *head, char c)
{
  bool after_cr = head->len > 0 && head->str[head->len - 1] == '\r';

  if (after_cr || c == '\n')
    return after_cr && c == '\n';
  return c == '\r' || c == '\t' || !g_ascii_iscntrl (c);
}

static int
head_char (struct multipart *m, char c)
{
  GString *head = m->head;

  if (!head_char_ok (head, c))
    return 400;
  if (head->len >= MULTIPART_MAX_HEADER)
    return 431;
  g_string_append_c (head, c);
  if (head->len == 2 && c == '\n')
    return 400; /* a part without any header */
  if (head->len >= 4 && memcmp (head->str + head->len - 4, "\r\n\r\n", 4) == 0)
    return part_begin (m);
  return 0;
}

/* All states but BODY, a byte at a time. */
static int
step (struct multipart *m, char c)
{
  enum state next = m->state;

  switch (m->state) {
  case FIRST:
    if (c != m->delimiter[m->matched++])
      return 400;
    next = m->matched == m->delimiter_size ? AFTER : FIRST;
    break;
  case AFTER:
    if (c != '\r' && c != '-')
      return 400;
    next = c == '\r' ? AFTER_CR : AFTER_DASH;
    break;
  case AFTER_CR:
    if (c != '\n')
      return 400;
    next = HEAD;
    break;
  case AFTER_DASH:
    if (c != '-')
      return 400;
    next = DONE;
    break;
  case HEAD:
    return head_char (m, c);
  case DONE:
    if (c != '\r')
      return 400;
    next = DONE_CR;
    break;
  case DONE_CR:
    if (c != '\n')
      return 400;
    next = DONE_LF;
    break;
  default:
    return 400; /* bytes behind the end */
  }
  m->state = next;
  return 0;
}

/* The bytes that looked like a delimiter were data after all. */
static int
body_unmatch (struct multipart *m)
{
  size_t n = m->matched;

  m->matched = 0;
  return n == 0 ? 0 : m->sink->data (m->sink_state, m->delimiter, n);
}

/* Data up to the next CR, or bytes of a delimiter.  *USED: how many. */
static int
body (struct multipart *m, const char *p, size_t size, size_t *used)
{
  const char *cr;
  int rc = 0;

  *used = 0;
  while (*used < size && m->matched < m->delimiter_size
         && p[*used] == m->delimiter[m->matched]) {
    m->matched++;
    (*used)++;
  }
  if (m->matched == m->delimiter_size) {
    m->state = AFTER;
    return m->sink->end (m->sink_state);
  }
  if (*used == size)
    return 0;
  rc = body_unmatch (m);
  p += *used;
  size -= *used;
  if (rc != 0 || *p == '\r')
    return rc; /* a CR begins a new match, in the next call */
  cr = memchr (p, '\r', size);
  if (cr != NULL)
    size = (size_t) (cr - p);
  *used += size;
  return m->sink->data (m->sink_state, p, size);
}

int
multipart_feed (struct multipart *m, const void *bytes, size_t size)
{
  const char *p = bytes;

  while (size > 0 && m->refusal == 0) {
    size_t used = 1;

    m->refusal = m->state == BODY ? body (m, p, size, &used) : step (m, *p);
    p += used;
    size -= used;
  }
  return m->refusal;
}

int
multipart_finish (struct multipart *m)
{
  if (m->refusal == 0 && m->state != DONE && m->state != DONE_LF)
    m->refusal = 400;
  return m->refusal;
}
