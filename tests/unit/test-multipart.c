/* Unit tests of the multipart parser: what it accepts, what it refuses, and
 * that pieces do not matter.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "serve/multipart.h"

#define PART "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n"
#define WITH(disposition) \
  "--B\r\nContent-Disposition: " disposition "\r\n\r\nx\r\n--B--\r\n"
#define HEADER(line) "--B\r\n" line "\r\n" \
  "Content-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--B--\r\n"
#define END "\r\n--B--\r\n"

/* What the sink was told, e.g. "[a]1;[b|f.pdf]bytes;". */
struct told {
  GString *text;
  int open;                   /* parts begun and not ended                  */
  int calls, fail_at;         /* refuse at this call; 0: never              */
};

static int
told_call (struct told *t)
{
  return ++t->calls == t->fail_at ? 413 : 0;
}

static int
told_begin (void *state, const char *name, const char *file)
{
  struct told *t = state;

  g_assert_cmpint (t->open++, ==, 0);
  g_string_append_printf (t->text, "[%s", name);
  if (file != NULL)
    g_string_append_printf (t->text, "|%s", file);
  g_string_append_c (t->text, ']');
  return told_call (t);
}

static int
told_data (void *state, const void *bytes, size_t size)
{
  struct told *t = state;

  g_assert_cmpint (t->open, ==, 1);
  g_assert_cmpuint (size, >, 0);
  g_string_append_len (t->text, bytes, (gssize) size);
  return told_call (t);
}

static int
told_end (void *state)
{
  struct told *t = state;

  g_assert_cmpint (t->open--, ==, 1);
  g_string_append_c (t->text, ';');
  return told_call (t);
}

static const struct multipart_sink sink = { told_begin, told_data, told_end };

/* Feed BODY in pieces of CHUNK (0: all at once); what the parser said. */
static int
parse (const char *boundary, const char *body, size_t size, size_t chunk,
       size_t max_parts, struct told *t)
{
  struct multipart *m = multipart_new (boundary, max_parts, &sink, t);
  int rc = 0;

  for (size_t at = 0; at < size && rc == 0; ) {
    size_t n = chunk == 0 ? size : MIN (chunk, size - at);
    g_autofree char *piece = g_memdup2 (body + at, n);  /* for the sanitizer */

    rc = multipart_feed (m, piece, n);
    at += n;
  }
  if (rc == 0)
    rc = multipart_finish (m);
  multipart_free (m);
  return rc;
}

/* All piece sizes must agree; the parser's word, and *RET what was told. */
static int
parse_all (const char *boundary, const char *body, size_t size,
           size_t max_parts, char **ret)
{
  static const size_t chunks[] = { 0, 1, 7, 2, 64 };
  g_autofree char *first = NULL;
  int rc = 0;

  for (size_t i = 0; i < G_N_ELEMENTS (chunks); i++) {
    struct told t = { .text = g_string_new (NULL) };
    int got = parse (boundary, body, size, chunks[i], max_parts, &t);
    g_autofree char *text = g_string_free (t.text, FALSE);

    if (i == 0) {
      rc = got;
      first = g_steal_pointer (&text);
      continue;
    }
    g_assert_cmpint (got, ==, rc);
    if (rc == 0)
      g_assert_cmpstr (text, ==, first);
  }
  if (ret != NULL)
    *ret = g_steal_pointer (&first);
  return rc;
}

struct good { const char *body, *told; };

static void
test_accepts (void)
{
  static const struct good good[] = {
    { PART "1" END, "[a]1;" },
    { PART END, "[a];" },
    { PART "1\r\n--B--", "[a]1;" },                   /* no last line end */
    { PART "1\r\n" PART "2" END, "[a]1;[a]2;" },
    { PART "\r\n" END, "[a]\r\n;" },
    { PART "\r\r\n-\r\n--\r\n--b\n--B\r\n\r" END,
      "[a]\r\r\n-\r\n--\r\n--b\n--B\r\n\r;" },
    { PART "--B" END, "[a]--B;" },
    { PART "\r\n-\r\n--" END, "[a]\r\n-\r\n--;" },
    { WITH ("form-data; name=\"a\"; filename=\"f.pdf\""), "[a|f.pdf]x;" },
    { WITH ("FORM-DATA;name=\"a\";FileName=\"\""), "[a|]x;" },
    { WITH ("form-data; filename=\"f\"; name=\"a\""), "[a|f]x;" },
    { WITH ("form-data; name=\"a\"; filename=\"C:\\Users\\x\\\""),
      "[a|C:\\Users\\x\\]x;" },
    { WITH ("form-data; name=\"a\"; filename=\"%22%0d%0A%2541%\""),
      "[a|\"\r\n%2541%]x;" },
    { WITH ("form-data; name=\"姓名\"; filename=\"扫描件；1.pdf\""),
      "[姓名|扫描件；1.pdf]x;" },
    { WITH ("form-data; name=\"a\"; filename=\"\xd6\xd0.pdf\""), /* GBK */
      "[a|\xd6\xd0.pdf]x;" },
    { HEADER ("Content-Type: multipart/mixed; boundary=C"), "[a]x;" },
    { HEADER ("Content-Type: message/rfc822"), "[a]x;" },
    { HEADER ("X-Other:"), "[a]x;" },
    { "--B--\r\n", "" },
    { "--B--", "" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (good); i++) {
    g_autofree char *told = NULL;

    g_test_message ("body %zu", i);
    g_assert_cmpint (parse_all ("B", good[i].body, strlen (good[i].body), 10,
                                &told), ==, 0);
    g_assert_cmpstr (told, ==, good[i].told);
  }
}

static void
test_refuses (void)
{
  static const char *const bad[] = {
    "", "\r\n", "-", "--B", "--B\r\n", "--C\r\n", "--B-", "--B-x",
    "preamble\r\n" PART "1" END,
    "\r\n" PART "1" END,
    PART "1", PART "1\r\n--B", PART "1\r\n--B-", PART "1\r\n--B\r\n",
    PART "1\n--B--\n",                                /* bare LF */
    "--B\nContent-Disposition: form-data; name=\"a\"\n\n1\n--B--\n",
    PART "1\r\n--B \r\n",                             /* padding */
    PART "1\r\n--Bx\r\n" END,
    PART "1" END "epilogue", PART "1" END "\r\n", PART "1\r\n--B--\r",
    PART "1\r\n--B--x",
    "--B\r\n\r\n1" END,                               /* no header */
    HEADER ("Content-Transfer-Encoding: base64"),
    HEADER ("content-transfer-encoding: 8bit"),
    HEADER (" folded: x"), HEADER ("no colon"), HEADER (": x"),
    HEADER ("a b: x"), HEADER ("X: a\rb"), HEADER ("X: a\nb"),
    HEADER ("X: a\001b"), HEADER ("X: a\177b"),
    HEADER ("Content-Disposition: form-data; name=\"b\""),
    "--B\r\nContent-Type: text/plain\r\n\r\n1" END,
    WITH ("form-data"), WITH ("form-data;"), WITH ("attachment; name=\"a\""),
    WITH ("form-data; name=a"), WITH ("form-data; name=\"\""),
    WITH ("form-data; name=\"a"), WITH ("form-data; name=\"a\" x"),
    WITH ("form-data; name=\"a\\\"b\""),
    WITH ("form-data; name=\"a\"; name=\"b\""),
    WITH ("form-data; name=\"a\"; filename=\"b\"; filename=\"c\""),
    WITH ("form-data; name=\"a\"; filename*=UTF-8''x"),
    WITH ("form-data; name*=\"a\""), WITH ("form-data; filename=\"a\""),
    WITH ("form-data; name=\"a\"; size=\"1\""),
    WITH ("form-datax; name=\"a\""),
  };

  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_test_message ("body %zu", i);
    g_assert_cmpint (parse_all ("B", bad[i], strlen (bad[i]), 10, NULL), ==,
                     400);
  }
}

static void
test_nul_in_headers (void)
{
  static const char body[] = "--B\r\nContent-Disposition: form-data; "
                             "name=\"a\0b\"\r\n\r\nx\r\n--B--\r\n";

  g_assert_cmpint (parse_all ("B", body, sizeof body - 1, 10, NULL), ==, 400);
}

static void
test_nul_in_data (void)
{
  static const char body[] = PART "a\0b" END;
  struct told t = { .text = g_string_new (NULL) };

  g_assert_cmpint (parse ("B", body, sizeof body - 1, 1, 10, &t), ==, 0);
  g_assert_cmpmem (t.text->str, t.text->len, "[a]a\0b;", 7);
  g_string_free (t.text, TRUE);
}

/* Cut at every byte: only the last one or two may be missing. */
static void
test_cut_anywhere (void)
{
  static const char body[] = PART "1\r\n" PART "22\r" END;
  size_t size = sizeof body - 1;

  for (size_t n = 0; n < size; n++)
    g_assert_cmpint (parse_all ("B", body, n, 10, NULL), ==,
                     n == size - 2 ? 0 : 400);
  g_assert_cmpint (parse_all ("B", body, size, 10, NULL), ==, 0);
}

static void
test_too_many_parts (void)
{
  static const char three[] = PART "1\r\n" PART "2\r\n" PART "3" END;

  g_assert_cmpint (parse_all ("B", three, sizeof three - 1, 3, NULL), ==, 0);
  g_assert_cmpint (parse_all ("B", three, sizeof three - 1, 2, NULL), ==, 431);
}

static void
test_header_limit (void)
{
  g_autofree char *fill = g_strnfill (MULTIPART_MAX_HEADER, 'x');
  g_autofree char *body = g_strconcat ("--B\r\nX: ", fill, PART "1" END, NULL);

  g_assert_cmpint (parse_all ("B", body, strlen (body), 10, NULL), ==, 431);
}

/* After the sink refused, it hears nothing more. */
static void
test_sink_refuses (void)
{
  static const char body[] = PART "1\r\n\rx\r\n" PART "2" END;

  for (int n = 1; n < 20; n++) {
    struct told t = { .text = g_string_new (NULL), .fail_at = n };
    int rc = parse ("B", body, sizeof body - 1, 1, 10, &t);

    g_assert_cmpint (rc, ==, t.calls < n ? 0 : 413);
    g_assert_cmpint (t.calls, <=, n);
    g_string_free (t.text, TRUE);
  }
}

/* Near-boundaries on every position relative to the pieces. */
static void
test_near_boundaries (void)
{
  static const char boundary[] = "----WebKitFormBoundary7MA4YWxkTrZu0gW";
  g_autoptr (GString) body = g_string_new ("--");
  g_autoptr (GString) data = g_string_new ("[a|f]");
  g_autofree char *told = NULL;

  g_string_append (body, boundary);
  g_string_append (body, "\r\nContent-Disposition: form-data; name=\"a\"; "
                         "filename=\"f\"\r\n\r\n");
  for (size_t n = 0; n < sizeof boundary - 1; n++) {
    g_string_append_printf (data, "%*s\r\n--%.*s", (int) n, "", (int) n,
                            boundary);
  }
  g_string_append (body, data->str + 5);
  g_string_append_printf (body, "\r\n--%s--\r\n", boundary);
  g_string_append_c (data, ';');
  g_assert_cmpint (parse_all (boundary, body->str, body->len, 1, &told), ==, 0);
  g_assert_cmpstr (told, ==, data->str);
}

static void
test_boundary (void)
{
  static const struct { const char *type, *boundary; } rows[] = {
    { "multipart/form-data; boundary=abc", "abc" },
    { "Multipart/Form-Data;BOUNDARY=\"a b\"", "a b" },
    { "multipart/form-data ; boundary=----WebKit7 ", "----WebKit7" },
    { "multipart/form-data", NULL },
    { "multipart/form-data;", NULL },
    { "multipart/form-data; boundary=", NULL },
    { "multipart/form-data; boundary=\"\"", NULL },
    { "multipart/form-data; boundary=\"a ", NULL },
    { "multipart/form-data; boundary=\"a \"", NULL },
    { "multipart/form-data; boundary=a; charset=utf-8", NULL },
    { "multipart/form-data; charset=utf-8; boundary=a", NULL },
    { "multipart/form-data; boundary=a\r\nb", NULL },
    { "multipart/form-data; boundary=界", NULL },
    { "multipart/form-datax; boundary=a", NULL },
    { "multipart/mixed; boundary=a", NULL },
    { "text/plain", NULL }, { "", NULL }, { NULL, NULL },
  };
  g_autofree char *fill = g_strnfill (MULTIPART_MAX_BOUNDARY, 'x');
  g_autofree char *longest = g_strconcat ("multipart/form-data; boundary=",
                                          fill, NULL);
  g_autofree char *longer = g_strconcat (longest, "x", NULL);

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *got = multipart_boundary (rows[i].type);

    g_assert_cmpstr (got, ==, rows[i].boundary);
  }
  g_assert_null (multipart_boundary (longer));
  g_free (fill);
  fill = multipart_boundary (longest);
  g_assert_cmpuint (strlen (fill), ==, MULTIPART_MAX_BOUNDARY);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/multipart/what-browsers-send-is-accepted", test_accepts);
  g_test_add_func ("/multipart/everything-else-is-refused", test_refuses);
  g_test_add_func ("/multipart/nul-in-headers-is-refused",
                   test_nul_in_headers);
  g_test_add_func ("/multipart/nul-in-data-is-data", test_nul_in_data);
  g_test_add_func ("/multipart/cut-anywhere-is-refused", test_cut_anywhere);
  g_test_add_func ("/multipart/too-many-parts", test_too_many_parts);
  g_test_add_func ("/multipart/header-limit", test_header_limit);
  g_test_add_func ("/multipart/refusal-of-the-sink-ends-it",
                   test_sink_refuses);
  g_test_add_func ("/multipart/near-boundaries-are-data",
                   test_near_boundaries);
  g_test_add_func ("/multipart/boundary-of-the-content-type", test_boundary);
  return g_test_run ();
}
