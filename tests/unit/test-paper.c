/* Unit tests of papers: what may be handed in, how it is stored and sent.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "work/paper.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "data/db.h"
#include "data/xml.h"
#include "serve/conf.h"
#include "serve/render.h"

#define PDF "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n"
#define JPEG_OF(high, wide) \
  "\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0" \
  "\xff\xc0\0\x0b\b" high wide "\1\1\x11\0\xff\xd9"
#define JPEG JPEG_OF ("\0\x10", "\0\x10")
#define PNG "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\b\2\0\0\0" \
  "\x90wS\xde\0\0\0\0IEND\xae\x42\x60\x82"
#define SHA "0x0000000000000000000000000000000000000000000000000000000000000000"
#define BYTES(s) s, sizeof s - 1

static struct conf *conf;

/* An upload of SIZE bytes called NAME; close its fd. */
static struct upload
upload (const char *name, const void *bytes, size_t size)
{
  g_autofree char *path = NULL;
  struct upload u = { .field = "paper.approval", .name = name,
                      .size = (int64_t) size };

  u.fd = g_file_open_tmp ("bz-paper-XXXXXX", &path, NULL);
  g_assert_cmpint (u.fd, >=, 0);
  (void) g_unlink (path);
  g_assert_cmpint (write (u.fd, bytes, size), ==, size);
  g_assert_cmpint (lseek (u.fd, 0, SEEK_SET), ==, 0);
  return u;
}

/* Add it with the database answering from SCRIPT; the first mark's text, or
 * "" in *SAID. */
static int
add (const struct upload *u, const struct db_script *script, size_t n,
     char **said)
{
  struct db *db = db_scripted (script, n);
  struct bz_req *req = req_new (conf, db);
  int rc = paper_add (req, 7, 0, "approval", u, u->field);

  if (said != NULL)
    *said = g_strdup (req->marks->len > 0
                      ? g_array_index (req->marks, struct mark, 0).text
                      : req->fail_text != NULL ? req->fail_text : "");
  if (req->marks->len > 0)
    g_assert_cmpstr (g_array_index (req->marks, struct mark, 0).field, ==,
                     u->field);
  g_assert_cmpuint (db_script_asked (db), ==, n);
  req_free (req);
  db_close (db);
  return rc;
}

static const char *const there_cols[] = { "there", NULL };
static const char *const known_cols[] = { "known", NULL };
static const char *const there_cells[] = { "1" };

static void
stored_as (const char *name, const char *bytes, size_t size, const char *type,
           const char *label)
{
  struct upload u = upload (name, bytes, size);
  g_autofree char *blob = g_strdup_printf (SHA "|%zu|%s|2026-11-22 10:00:00",
                                           size, type);
  g_autofree char *paper = g_strdup_printf ("7|0|approval|" SHA "|%s|"
                                            "2026-11-22 10:00:00", label);
  const struct db_script script[] = {
    { "bz.blob_there", SHA, there_cols, NULL, 0, 0 },
    { "bz.blob_add", blob, NULL, NULL, 0, 1 },
    { "bz.blob_chunk_add", NULL, NULL, NULL, 0, 1 },
    { "bz.paper_same", NULL, NULL, NULL, 0, 0 },
    { "bz.paper_add", paper, NULL, NULL, 0, 1 },
  };
  g_autofree char *said = NULL;

  g_assert_cmpint (add (&u, script, G_N_ELEMENTS (script), &said), ==, BZ_OK);
  g_assert_cmpstr (said, ==, "");
  close (u.fd);
}

static void
test_kinds (void)
{
  stored_as ("审批表.pdf", BYTES (PDF), "application/pdf", "审批表.pdf");
  stored_as ("照片.jpg", BYTES (JPEG), "image/jpeg", "照片.jpg");
  stored_as ("扫描.png", BYTES (PNG), "image/png", "扫描.png");
  /* The content decides, not the name. */
  stored_as ("表.doc", BYTES (PDF), "application/pdf", "表.doc");
  /* Cameras put a little behind the end mark. */
  stored_as ("a.jpg", BYTES (JPEG "\0\0SEFT"), "image/jpeg", "a.jpg");
}

static void
refused (const char *name, const char *bytes, size_t size, const char *why)
{
  struct upload u = upload (name, bytes, size);
  g_autofree char *said = NULL;

  g_assert_cmpint (add (&u, NULL, 0, &said), ==, BZ_BAD_INPUT);
  g_test_message ("%s", said);
  g_assert_nonnull (strstr (said, why));
  close (u.fd);
}

/* A picture is as large as its own header says, wherever that stands. */
static void
test_pixels (void)
{
  refused ("a.jpg", BYTES (JPEG_OF ("\xff\xff", "\xff\xff")),
           "65535×65535 像素，不能超过 5000 万像素");
  refused ("a.png", BYTES ("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\1\0\0\0\1\0\0\b\2"
                           "\0\0\0\x90wS\xde\0\0\0\0IEND\xae\x42\x60\x82"),
           "65536×65536");
  refused ("a.jpg", BYTES (JPEG_OF ("\0\0", "\0\x10")), "看不出图片大小");
  refused ("a.jpg", BYTES ("\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"
                           "\xff\xd9"), "看不出图片大小");
}

static void
test_exe_named_pdf (void)
{
  refused ("审批表.pdf", BYTES ("MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0\xb8\0\0\0"
                                "PE\0\0%%EOF"), "内容不是 PDF");
}

static void
test_other_kinds (void)
{
  static const char html[] = "<html><script>alert(1)</script></html>";
  static const char svg[] = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";

  refused ("a.pdf", BYTES (html), "内容不是");
  refused ("a.png", BYTES (svg), "内容不是");
  refused ("a.pdf", BYTES ("PK\3\4\24\0\6\0\10\0"), "内容不是");
  refused ("a.gif", BYTES ("GIF89a\1\0\1\0\x80\0\0;"), "内容不是");
  refused ("a.pdf", BYTES ("\r\n" PDF), "内容不是");
  refused ("a.pdf", BYTES ("%PDF"), "内容不是");
  refused ("a.jpg", BYTES ("\xff"), "内容不是");
  refused ("a.pdf", BYTES ("x"), "内容不是");
}

static void
test_cut (void)
{
  refused ("a.pdf", BYTES ("%PDF-1.4\n1 0 obj\n"), "不完整");
  refused ("a.pdf", BYTES ("%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"),
           "不完整");
  refused ("a.jpg", JPEG, sizeof JPEG - 3, "不完整");
  refused ("a.png", PNG, sizeof PNG - 2, "不完整");
}

/* An end mark far from the end is an earlier state of a file, or a thumbnail's:
 * what follows was cut. */
static void
test_end_mark_far (void)
{
  g_autoptr (GString) body = g_string_new (PDF);

  for (int i = 0; i < 5000; i++)
    g_string_append_c (body, 'x');
  refused ("a.pdf", body->str, body->len, "不完整");
}

static void
test_empty (void)
{
  refused ("a.pdf", BYTES (""), "是空的");
}

static void
test_labels (void)
{
  g_autofree char *fill = g_strnfill (150, 'a');
  g_autofree char *longer = g_strconcat (fill, ".pdf", NULL);
  g_autofree char *cut = g_strdup_printf ("%.96s.pdf", fill);
  g_autofree char *no_dot = g_strndup (fill, 100);

  stored_as ("C:\\Users\\x\\审批 表.pdf", BYTES (PDF), "application/pdf",
             "审批 表.pdf");
  stored_as ("../../etc/passwd", BYTES (PDF), "application/pdf", "passwd");
  stored_as ("a\u202efdp.exe", BYTES (PDF), "application/pdf", "afdp.exe");
  stored_as ("a\nb\tc\u200b.pdf", BYTES (PDF), "application/pdf", "abc.pdf");
  stored_as ("", BYTES (PDF), "application/pdf", "附件");
  stored_as ("a/", BYTES (PDF), "application/pdf", "附件");
  stored_as (longer, BYTES (PDF), "application/pdf", cut);
  stored_as (fill, BYTES (PDF), "application/pdf", no_dot);
}

/* 600,000 bytes are three chunks; a file that is there is not stored again. */
static void
test_chunks (void)
{
  static const struct db_script script[] = {
    { "bz.blob_there", NULL, there_cols, NULL, 0, 0 },
    { "bz.blob_add", NULL, NULL, NULL, 0, 1 },
    { "bz.blob_chunk_add", NULL, NULL, NULL, 0, 1 },
    { "bz.blob_chunk_add", NULL, NULL, NULL, 0, 1 },
    { "bz.blob_chunk_add", NULL, NULL, NULL, 0, 1 },
    { "bz.paper_same", NULL, NULL, NULL, 0, 0 },
    { "bz.paper_add", NULL, NULL, NULL, 0, 1 },
  };
  static const struct db_script again[] = {
    { "bz.blob_there", NULL, there_cols, there_cells, 1, 0 },
    { "bz.blob_known", NULL, known_cols, there_cells, 1, 0 },
    { "bz.paper_same", NULL, NULL, NULL, 0, 0 },
    { "bz.paper_add", NULL, NULL, NULL, 0, 1 },
  };
  g_autoptr (GString) body = g_string_new ("%PDF-1.4\n");
  struct upload u;

  while (body->len < 600000)
    g_string_append (body, "0 0 0 rg\n");
  g_string_append (body, "startxref\n9\n%%EOF");
  u = upload ("a.pdf", body->str, body->len);
  g_assert_cmpint (add (&u, script, G_N_ELEMENTS (script), NULL), ==, BZ_OK);
  g_assert_cmpint (add (&u, again, G_N_ELEMENTS (again), NULL), ==, BZ_OK);
  /* The position is where it was, so that a retry reads the same. */
  g_assert_cmpint (lseek (u.fd, 0, SEEK_CUR), ==, 0);
  close (u.fd);
}

/* Two workers, the same file, the same moment. */
static void
test_blob_race (void)
{
  static const struct db_script script[] = {
    { "bz.blob_there", NULL, there_cols, NULL, 0, 0 },
    { "bz.blob_add", NULL, NULL, NULL, 0, -DB_DUPLICATE },
    { "bz.paper_same", NULL, NULL, NULL, 0, 0 },
    { "bz.paper_add", NULL, NULL, NULL, 0, 1 },
  };
  struct upload u = upload ("a.pdf", BYTES (PDF));

  g_assert_cmpint (add (&u, script, G_N_ELEMENTS (script), NULL), ==, BZ_OK);
  close (u.fd);
}

static void
test_other_case (void)
{
  static const struct db_script script[] = {
    { "bz.blob_there", NULL, there_cols, there_cells, 1, 0 },
    { "bz.blob_known", NULL, known_cols, there_cells, 1, 0 },
    { "bz.paper_same", NULL, NULL, NULL, 0, 0 },
    { "bz.paper_add", NULL, NULL, NULL, 0, 0 },
  };
  struct upload u = upload ("a.pdf", BYTES (PDF));

  g_assert_cmpint (add (&u, script, G_N_ELEMENTS (script), NULL), ==,
                   BZ_NOT_FOUND);
  close (u.fd);
}

static void
test_remove (void)
{
  static const struct db_script script[] = {
    { "bz.paper_remove", "7|3", NULL, NULL, 0, 1 },
    { "bz.paper_remove", "7|3", NULL, NULL, 0, 0 },
  };
  struct db *db = db_scripted (script, 2);
  struct bz_req *req = req_new (conf, db);

  g_assert_cmpint (paper_remove (req, 7, 3), ==, BZ_OK);
  g_assert_cmpint (paper_remove (req, 7, 3), ==, BZ_NOT_FOUND);
  req_free (req);
  db_close (db);
}

static const char *const one_cols[] = { "file_name", "size", "type", NULL };
static const char *const chunk_cols[] = { "data", NULL };

static void
test_send (void)
{
  static const char *const one[] = { "审批表.pdf", "5", "application/pdf" };
  static const char *const first[] = { "0x010203" };
  static const char *const second[] = { "0x0405" };
  static const struct db_script script[] = {
    { "bz.paper_one", "7|3", one_cols, one, 1, 0 },
    { "bz.paper_chunk", "7|3|0", chunk_cols, first, 1, 0 },
    { "bz.paper_chunk", "7|3|1", chunk_cols, second, 1, 0 },
  };
  struct db *db = db_scripted (script, 3);
  struct bz_req *req = req_new (conf, db);
  char got[8];
  size_t n = 0;
  gssize rc;

  g_assert_cmpint (paper_send (req, 7, 3), ==, BZ_OK);
  g_assert_cmpstr (req->type, ==, "application/pdf");
  g_assert_cmpstr (req->file_name, ==, "审批表.pdf");
  g_assert_cmpint (req->size, ==, 5);
  while ((rc = req->read (req, req->read_state, got + n, 2)) > 0)
    n += (size_t) rc;
  g_assert_cmpint (rc, ==, 0);
  g_assert_cmpmem (got, n, "\1\2\3\4\5", 5);
  req_free (req);
  db_close (db);
}

static void
test_send_missing (void)
{
  static const char *const one[] = { "a.pdf", "5", "application/pdf" };
  static const char *const first[] = { "0x010203" };
  static const struct db_script script[] = {
    { "bz.paper_one", "7|4", one_cols, NULL, 0, 0 },
    { "bz.paper_one", "7|3", one_cols, one, 1, 0 },
    { "bz.paper_chunk", "7|3|0", chunk_cols, first, 1, 0 },
    { "bz.paper_chunk", "7|3|1", chunk_cols, NULL, 0, 0 },
  };
  struct db *db = db_scripted (script, 4);
  struct bz_req *req = req_new (conf, db);
  char got[8];

  g_assert_cmpint (paper_send (req, 7, 4), ==, BZ_NOT_FOUND);
  g_assert_true (req->read == NULL);
  g_assert_cmpint (paper_send (req, 7, 3), ==, BZ_OK);
  g_assert_cmpint (req->read (req, req->read_state, got, 8), ==, 3);
  g_assert_cmpint (req->read (req, req->read_state, got, 8), <, 0);
  req_free (req);
  db_close (db);
}

static int
breaks (const void *in, size_t size, GByteArray *out)
{
  abort ();
}

/* What a photo that could not be made is told, in the house as it is. */
static char *
photo_said (void)
{
  struct upload u = upload ("a.jpg", BYTES (JPEG));
  struct bz_req *req = req_new (conf, NULL);
  const char *name;
  uint8_t sha256[32];
  char *said;

  g_assert_cmpint (paper_photo (req, &u, u.field, sha256, &name), ==,
                   BZ_BAD_INPUT);
  g_assert_cmpuint (req->marks->len, ==, 1);
  said = g_strdup (g_array_index (req->marks, struct mark, 0).text);
  req_free (req);
  close (u.fd);
  return said;
}

/* Only the job itself tells that a picture is a bad one. */
static void
test_photo_busy (void)
{
  int seconds = conf->request_seconds;
  g_autofree char *broken = NULL, *busy = NULL;

  render_kind ("photo", breaks, NULL, 0);
  broken = photo_said ();
  g_assert_nonnull (strstr (broken, "可能已损坏"));
  g_assert_cmpint (render_open (), ==, 0); /* and nobody takes the orders */
  conf->request_seconds = 1;
  busy = photo_said ();
  conf->request_seconds = seconds;
  render_close ();
  g_assert_null (strstr (busy, "损坏"));
  g_assert_nonnull (strstr (busy, "请稍后重新选择"));
}

static void
add_tests (void)
{
  g_test_add_func ("/paper/HY-13/pdf-jpeg-png-by-content", test_kinds);
  g_test_add_func ("/paper/exe-named-pdf-is-refused", test_exe_named_pdf);
  g_test_add_func ("/paper/HY-13/pixels-of-the-header", test_pixels);
  g_test_add_func ("/paper/other-kinds-are-refused", test_other_kinds);
  g_test_add_func ("/paper/cut-file-is-refused", test_cut);
  g_test_add_func ("/paper/end-mark-far-from-the-end", test_end_mark_far);
  g_test_add_func ("/paper/empty-file-is-refused", test_empty);
  g_test_add_func ("/paper/name-is-a-label", test_labels);
  g_test_add_func ("/paper/chunks-once-for-each-content", test_chunks);
  g_test_add_func ("/paper/two-workers-store-the-same-file", test_blob_race);
  g_test_add_func ("/paper/case-that-is-not-there", test_other_case);
  g_test_add_func ("/paper/remove", test_remove);
  g_test_add_func ("/paper/sent-chunk-by-chunk", test_send);
  g_test_add_func ("/paper/missing-paper-or-chunk", test_send_missing);
  g_test_add_func ("/paper/HY-13/photo-not-begun-is-not-damaged",
                   test_photo_busy);
}

int
main (int argc, char **argv)
{
  int rc;

  g_test_init (&argc, &argv, NULL);
  g_setenv ("BZ_NOW", "2026-11-22 10:00:00", TRUE);
  conf = conf_default ();
  paper_init ();
  add_tests ();
  rc = g_test_run ();
  conf_free (conf);
  return rc;
}
