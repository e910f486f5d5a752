/* Fuzz target: the multipart parser, and the whole intake of such a body.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * First byte: at which call the sink refuses (0: never).  The rest is a body
 * with boundary "B".  It must not matter in which pieces the body comes; parts
 * begin, have data and end in this order; nothing is told after a refusal. */
#include "fuzz.h"
#include "serve/multipart.h"

struct told {
  GString *text;
  bool open;
  int calls, fail_at;
};

static int
told_call (struct told *t)
{
  g_assert (t->fail_at == 0 || t->calls < t->fail_at);
  return ++t->calls == t->fail_at ? 413 : 0;
}

static int
told_begin (void *state, const char *name, const char *file)
{
  struct told *t = state;

  g_assert (!t->open && name[0] != '\0');
  t->open = true;
  g_string_append_printf (t->text, "<%s|%s>", name, file == NULL ? "" : file);
  return told_call (t);
}

static int
told_data (void *state, const void *bytes, size_t size)
{
  struct told *t = state;

  g_assert (t->open && size > 0);
  g_string_append_len (t->text, bytes, (gssize) size);
  return told_call (t);
}

static int
told_end (void *state)
{
  struct told *t = state;

  g_assert (t->open);
  t->open = false;
  g_string_append_c (t->text, ';');
  return told_call (t);
}

static int
parse (const uint8_t *data, size_t size, size_t chunk, struct told *t)
{
  static const struct multipart_sink sink = { told_begin, told_data, told_end };
  struct multipart *m = multipart_new ("B", 20, &sink, t);
  int rc = 0, again;

  for (size_t at = 0; at < size; at += chunk) {
    size_t n = MIN (chunk, size - at);
    uint8_t *piece = g_memdup2 (data + at, n); /* exactly N: for ASan */

    again = multipart_feed (m, piece, n);
    g_assert (rc == 0 || again == rc);
    rc = again;
    g_free (piece);
  }
  again = multipart_finish (m);
  g_assert (rc == 0 || again == rc);
  g_assert (again != 0 || !t->open);
  multipart_free (m);
  return again;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const size_t chunks[] = { size + 1, 1, 7 };
  GString *first = NULL;
  int rc = 0;

  if (size == 0)
    return 0;
  for (size_t i = 0; i < G_N_ELEMENTS (chunks); i++) {
    struct told t = { .text = g_string_new (NULL), .fail_at = data[0] };
    int got = parse (data + 1, size - 1, chunks[i], &t);

    if (first == NULL) {
      first = t.text;
      rc = got;
      continue;
    }
    /* A refusal at the Nth call may come earlier in smaller pieces. */
    g_assert (t.fail_at != 0 || got == rc);
    g_assert (t.fail_at != 0 || rc != 0 || g_string_equal (first, t.text));
    g_string_free (t.text, TRUE);
  }
  g_string_free (first, TRUE);
  return 0;
}
