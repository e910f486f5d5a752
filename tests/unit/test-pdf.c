/* Layouts as PDF, and QR codes: same bytes, pages, what is refused.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <glib.h>
#include <stdlib.h>
#include <string.h>
#include "data/xml.h"
#include "show/pdf.h"
#include "show/qr.h"

static GByteArray *
make (const char *layout, int want)
{
  GByteArray *out = g_byte_array_new ();

  g_assert_cmpint (pdf_make (layout, strlen (layout), out), ==, want);
  return out;
}

static unsigned
count (const GByteArray *pdf, const char *word)
{
  size_t n = strlen (word);
  unsigned found = 0;

  for (size_t i = 0; i + n <= pdf->len; i++)
    if (memcmp (pdf->data + i, word, n) == 0)
      found++;
  return found;
}

static const char notice[]
  = "<layout title=\"入编核准通知单\" date=\"2026-11-20\">"
    "<page w=\"210\" h=\"297\"><t x=\"26\" y=\"20\" w=\"160\" pt=\"14\">"
    "谭𬭎、赵䶮</t><row x=\"26\" y=\"40\" h=\"9\"><c w=\"20\">一</c>"
    "<c w=\"20\">2</c></row><line x=\"26\" y=\"60\" w=\"100\" dash=\"1\"/>"
    "<rect x=\"26\" y=\"70\" w=\"9\" h=\"1\" color=\"red\"/>"
    "<box x=\"26\" y=\"80\" w=\"9\" h=\"9\"/>"
    "<qr x=\"26\" y=\"99\" w=\"29\" n=\"29\" d=\"M0 0h7v1h-7zM9 0h1v1h-1z\"/>"
    "</page><page w=\"297\" h=\"210\"><t w=\"20\" font=\"hei\">二</t></page>"
    "</layout>";

/* The clock, the process and the machine's mood do not show. */
static void
test_same_bytes (void)
{
  g_autoptr (GByteArray) a = make (notice, BZ_OK);
  g_autoptr (GByteArray) b = NULL;

  g_usleep (1100 * 1000); /* past the next second */
  b = make (notice, BZ_OK);
  g_assert_cmpmem (a->data, a->len, b->data, b->len);
  g_assert_cmpuint (count (a, "20261120000000+08"), ==, 1);
}

static void
test_pages (void)
{
  g_autoptr (GByteArray) pdf = make (notice, BZ_OK);

  g_assert_cmpmem (pdf->data, 5, "%PDF-", 5);
  g_assert_cmpuint (count (pdf, "/Type /Page %"), ==, 2);
  g_assert_cmpuint (count (pdf, "/MediaBox [ 0 0 595.2"), ==, 1);
  g_assert_cmpuint (count (pdf, "/MediaBox [ 0 0 841.8"), ==, 1);
}

/* A text that is too long is set smaller; it never leaves its cell.  What is
 * compared is how the box's size changes the file, as nothing else can. */
static void
test_fit (void)
{
  static const char cell[]
    = "<layout><page><row h=\"%s\"><c w=\"19\"%s>阿依古丽·买买提明·阿卜杜拉"
      "</c></row></page></layout>";
  g_autofree char *low = g_strdup_printf (cell, "5", "");
  g_autofree char *high = g_strdup_printf (cell, "40", "");
  g_autofree char *flat = g_strdup_printf (cell, "40", " single=\"1\"");
  g_autoptr (GByteArray) a = make (low, BZ_OK);
  g_autoptr (GByteArray) b = make (high, BZ_OK);
  g_autoptr (GByteArray) c = make (flat, BZ_OK);

  g_assert_false (a->len == b->len && memcmp (a->data, b->data, a->len) == 0);
  g_assert_false (c->len == b->len && memcmp (c->data, b->data, c->len) == 0);
}

static void
test_refused (void)
{
  static const struct {
    const char *layout, *why;
  } bad[] = {
    { "<layout><page><img/></page></layout>", "no element <img>" },
    { "<layout/>", "without a page" },
    { "<layout><page>", "" },
    { "", "" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GByteArray) out = make (bad[i].layout, BZ_BAD_INPUT);
    g_autofree char *why = g_strndup ((char *) out->data, out->len);

    g_assert_cmpuint (out->len, >, 0);
    g_assert_false (g_str_has_prefix (why, "%PDF"));
    g_assert_nonnull (strstr (why, bad[i].why));
  }
}

/* -- QR. */

/* The modules of a path, as a square of bytes. */
static char *
modules (const char *path, unsigned n)
{
  char *square = g_malloc0 ((gsize) n * n);

  while ((path = strchr (path, 'M')) != NULL) {
    char *at;
    unsigned long x = strtoul (path + 1, &at, 10), y = strtoul (at, &at, 10);
    unsigned long w;

    g_assert_cmpint (*at, ==, 'h');
    w = strtoul (at + 1, &at, 10);
    g_assert_true (g_str_has_prefix (at, "v1h-"));
    for (unsigned long i = 0; i < w; i++)
      square[y * n + x + i] = 1;
    path = at;
  }
  return square;
}

/* The three corners' marks stand where every QR has them. */
static void
test_qr (void)
{
  unsigned n = 0;
  g_autofree char *path
    = qr_path ("https://bz.example.gov.cn/check/RSKYMYF6DRQ7", &n);
  g_autofree char *square = NULL;
  static const char mark[] = "1111111"
                             "1000001"
                             "1011101"
                             "1011101"
                             "1011101"
                             "1000001"
                             "1111111";

  g_assert_nonnull (path);
  g_assert_cmpuint ((n - 17) % 4, ==, 0);
  square = modules (path, n);
  for (unsigned i = 0; i < 49; i++) {
    unsigned x = i % 7, y = i / 7;

    g_assert_cmpint (square[y * n + x], ==, mark[i] - '0');
    g_assert_cmpint (square[y * n + n - 7 + x], ==, mark[i] - '0');
    g_assert_cmpint (square[(n - 7 + y) * n + x], ==, mark[i] - '0');
  }
}

static void
test_qr_too_long (void)
{
  g_autofree char *text = g_strnfill (5000, 'x');
  unsigned n;

  g_assert_null (qr_path (text, &n));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  xml_init ();
  g_test_add_func ("/pdf/same-bytes", test_same_bytes);
  g_test_add_func ("/pdf/pages", test_pages);
  g_test_add_func ("/pdf/fit", test_fit);
  g_test_add_func ("/pdf/refused", test_refused);
  g_test_add_func ("/qr/corners", test_qr);
  g_test_add_func ("/qr/too-long", test_qr_too_long);
  return g_test_run ();
}
