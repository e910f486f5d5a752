/* Papers (附件): content-addressed files in the database, in chunks.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "work/paper.h"

#include <errno.h>
#include <magic.h>
#include <unistd.h>

#include "data/xml.h"
#include "people/crypto.h"
#include "serve/crash.h"
#include "serve/log.h"
#include "serve/render.h"
#include "work/image.h"
#include "work/picture.h"

enum {
  CHUNK = 256 * 1024,
  HEAD = 64 * 1024,
  TAIL = 4 * 1024,
  MAX_NAME = 100,
  PHOTO_SECONDS = 4 /* for one that others need not wait behind */
};

/* What may be handed in.  A file begins with START, and END stands near its
 * end: scanners and cameras put a little behind it.  So does ALSO, without
 * which no program finds the pages of a PDF. */
static const struct kind {
  const char *type, *start, *end, *also;
  size_t start_size, end_size;
} kinds[] = {
  { "application/pdf", "%PDF-", "%%EOF", "startxref", 5, 5 },
  { "image/jpeg", "\xff\xd8\xff", "\xff\xd9", "", 3, 2 },
  { "image/png", "\x89PNG\r\n\x1a\n", "IEND\xae\x42\x60\x82", "", 8, 8 },
};

static magic_t magic; /* loaded before the fork */

void
paper_init (void)
{
  if (magic != NULL)
    return;
  render_kind ("photo", image_photo, image_warm, PHOTO_SECONDS);
  magic = magic_open (MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS);
  if (magic == NULL || magic_load (magic, NULL) != 0)
    g_error ("libmagic: %s; is its table of types installed (libmagic-mgc)?",
             magic != NULL ? magic_error (magic) : "no memory");
}

/* -- Names. */

/* The last component of what the browser called the file, without characters
 * that do not show or turn the line round: a label, never a path.  g_free. */
static char *
label_clean (const char *name)
{
  GString *out = g_string_new (NULL);
  const char *start = name;

  for (const char *p = name; *p != '\0'; p++)
    if (*p == '/' || *p == '\\')
      start = p + 1;
  for (const char *p = start; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    GUnicodeType type = g_unichar_type (c);

    if (type != G_UNICODE_CONTROL && type != G_UNICODE_FORMAT
        && type != G_UNICODE_LINE_SEPARATOR
        && type != G_UNICODE_PARAGRAPH_SEPARATOR)
      g_string_append_unichar (out, c);
  }
  return g_strstrip (g_string_free (out, FALSE));
}

/* At most MAX_NAME characters; the extension stays.  g_free. */
static char *
label (const char *name)
{
  g_autofree char *clean = label_clean (name);
  glong length = g_utf8_strlen (clean, -1), tail;
  const char *dot = strrchr (clean, '.');
  g_autofree char *stem = NULL;

  if (*clean == '\0')
    return g_strdup ("附件");
  if (length <= MAX_NAME)
    return g_steal_pointer (&clean);
  tail = dot != NULL ? g_utf8_strlen (dot, -1) : 0;
  if (tail > 10) {
    tail = 0;
    dot = NULL;
  }
  stem = g_utf8_substring (clean, 0, MAX_NAME - tail);
  return g_strconcat (stem, dot != NULL ? dot : "", NULL);
}

const char *
paper_label (struct bz_req *req, const char *name)
{
  g_autofree char *clean = label (name);

  return req_strdup (req, clean);
}

/* -- What is it? */

/* SIZE bytes from AT of FD; its position stays where it was. */
static bool
read_at (int fd, void *buf, size_t size, int64_t at)
{
  char *to = buf;

  while (size > 0) {
    ssize_t n = pread (fd, to, size, (off_t) at);

    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return false;
    to += n;
    at += n;
    size -= (size_t) n;
  }
  return true;
}

/* The kind that the first bytes promise and libmagic agrees with; NULL: not
 * one that may be handed in. */
static const struct kind *
kind_of (const char *head, size_t size)
{
  const char *type = magic_buffer (magic, head, size);

  for (size_t i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (size >= kinds[i].start_size
        && memcmp (head, kinds[i].start, kinds[i].start_size) == 0)
      return g_strcmp0 (type, kinds[i].type) == 0 ? &kinds[i] : NULL;
  return NULL;
}

static bool
contains (const char *bytes, size_t size, const char *what, size_t n)
{
  for (size_t i = 0; i + n <= size; i++)
    if (memcmp (bytes + i, what, n) == 0)
      return true;
  return false;
}

/* A few kilobytes may say that they are a picture as large as a football
 * ground: who opens it has to find room for it. */
static int
inspect_size (struct bz_req *req, const struct upload *file, const char *field,
              const char *name)
{
  uint32_t width, height;

  if (!picture_size (file->fd, file->size, &width, &height))
    return bz_mark (req, field,
                    "文件“%s”已损坏，看不出图片大小，"
                    "请重新扫描后上传",
                    name);
  if ((uint64_t) width * height
      > (uint64_t) req->conf->max_pixels * 1000 * 1000)
    return bz_mark (req, field,
                    "文件“%s”有 %u×%u 像素，不能超过 %d00 万像素，"
                    "请降低扫描分辨率后上传",
                    name, width, height, req->conf->max_pixels);
  return BZ_OK;
}

/* *RET is what FILE is; a sentence for the clerk at FIELD otherwise. */
static int
inspect (struct bz_req *req, const struct upload *file, const char *field,
         const char *name, const struct kind **ret)
{
  size_t head_size = (size_t) MIN (file->size, HEAD);
  size_t tail_size = (size_t) MIN (file->size, TAIL);
  g_autofree char *head = g_malloc (head_size + 1);
  g_autofree char *tail = g_malloc (tail_size + 1);
  const struct kind *kind;

  if (file->size == 0)
    return bz_mark (req, field, "文件“%s”是空的，请重新选择文件上传", name);
  if (!read_at (file->fd, head, head_size, 0)
      || !read_at (file->fd, tail, tail_size, file->size - (int64_t) tail_size))
    return bz_fail (req, BZ_FAILED, "文件没有收好，请重新上传");
  kind = kind_of (head, head_size);
  if (kind == NULL)
    return bz_mark (req, field,
                    "文件“%s”的内容不是 PDF、JPG 或 PNG（改扩展名"
                    "不会改变内容），请上传扫描件或照片原文件",
                    name);
  if (!contains (tail, tail_size, kind->end, kind->end_size)
      || !contains (tail, tail_size, kind->also, strlen (kind->also)))
    return bz_mark (req, field,
                    "文件“%s”不完整，可能没有扫描完或已损坏，"
                    "请重新扫描后上传",
                    name);
  *ret = kind;
  return kind == &kinds[0] ? BZ_OK : inspect_size (req, file, field, name);
}

/* -- Storing. */

static int
chunks_store (struct bz_req *req, const struct upload *file)
{
  g_autofree char *buf = g_malloc (CHUNK);
  int64_t seq = 0;

  for (int64_t at = 0; at < file->size; at += CHUNK, seq++) {
    size_t size = (size_t) MIN (file->size - at, CHUNK);
    int64_t rc;

    if (!read_at (file->fd, buf, size, at))
      return bz_fail (req, BZ_FAILED, "文件没有收好，请重新上传");
    rc = bz_db_exec (req, "bz.blob_chunk_add",
                     BZ_ARGS (BZ_BLOB (file->sha256, 32), BZ_INT (seq),
                              BZ_BLOB (buf, size)));
    if (rc < 0)
      return (int) rc;
  }
  return BZ_OK;
}

/* 1: its chunks are to be stored; 0: they are there already; <0: failed. */
static int
blob_begin (struct bz_req *req, const uint8_t sha256[32], int64_t size,
            const char *type)
{
  const char *found = NULL;
  int64_t rc = bz_db_value (req, &found, "bz.blob_there",
                            BZ_ARGS (BZ_BLOB (sha256, 32)));

  if (rc > 0)
    rc = bz_db_value (req, &found, "bz.blob_known",
                      BZ_ARGS (BZ_BLOB (sha256, 32)));
  if (rc != 0)
    return (int) MIN (rc, 0);
  rc = bz_db_exec (req, "bz.blob_add",
                   BZ_ARGS (BZ_BLOB (sha256, 32), BZ_INT (size), BZ_STR (type),
                            BZ_STR (bz_now (req))));
  if (rc == BZ_CONFLICT)
    return 0; /* another worker stored the same file just now */
  return rc < 0 ? (int) rc : 1;
}

static int
blob_store (struct bz_req *req, const struct upload *file, const char *type)
{
  int rc = blob_begin (req, file->sha256, file->size, type);

  if (rc > 0)
    rc = chunks_store (req, file);
  crash_at ("filed");
  return rc;
}

int
paper_bytes (struct bz_req *req, const struct upload *file, const char *field,
             const char **name)
{
  g_autofree char *clean = label (file->name);
  const struct kind *is = NULL;
  int rc = inspect (req, file, field, clean, &is);

  if (rc < 0)
    return rc;
  *name = req_strdup (req, clean);
  return blob_store (req, file, is->type);
}

/* The photo that the SIZE bytes of FILE become.  BZ_BAD_INPUT: marked. */
static int
photo_make (struct bz_req *req, const struct upload *file, const char *field,
            const char *name, GBytes **ret)
{
  g_autofree char *bytes = g_malloc ((size_t) file->size);
  int rc;

  if (!read_at (file->fd, bytes, (size_t) file->size, 0))
    return bz_fail (req, BZ_FAILED, "文件没有收好，请重新上传");
  rc = render_job (req, "photo", bytes, (size_t) file->size, ret);
  if (rc == BZ_BAD_INPUT)
    return bz_mark (req, field, "文件“%s”：%s", name,
                    (const char *) g_bytes_get_data (*ret, NULL));
  if (rc == BZ_AWAY)
    return bz_mark (req, field,
                    "系统此刻较忙，照片“%s”没有保存，请稍后重新选择照片", name);
  if (rc < 0)
    return bz_mark (req, field,
                    "照片“%s”无法处理，可能已损坏或过大，请换一张重新上传",
                    name);
  return rc;
}

/* What fits into one chunk. */
static int
small_store (struct bz_req *req, const void *bytes, size_t size,
             const char *type, uint8_t sha256[32])
{
  int64_t rc;

  crypto_sha256 (bytes, size, sha256);
  rc = blob_begin (req, sha256, (int64_t) size, type);
  if (rc > 0)
    rc = bz_db_exec (req, "bz.blob_chunk_add",
                     BZ_ARGS (BZ_BLOB (sha256, 32), BZ_INT (0),
                              BZ_BLOB (bytes, size)));
  return (int) MIN (rc, 0);
}

int
paper_photo (struct bz_req *req, const struct upload *file, const char *field,
             uint8_t sha256[32], const char **name)
{
  g_autofree char *clean = label (file->name);
  const struct kind *is = NULL;
  GBytes *photo = NULL;
  const void *bytes;
  gsize size;
  int rc = inspect (req, file, field, clean, &is);

  if (rc < 0)
    return rc;
  if (is == &kinds[0])
    return bz_mark (req, field,
                    "文件“%s”是 PDF，照片须是 JPG 或 PNG 图片，请重新选择",
                    clean);
  rc = photo_make (req, file, field, clean, &photo);
  if (rc < 0)
    return rc;
  *name = "照片.jpg";
  bytes = g_bytes_get_data (photo, &size);
  return small_store (req, bytes, size, "image/jpeg", sha256);
}

int
paper_text (struct bz_req *req, const char *text, size_t size,
            uint8_t sha256[32])
{
  return small_store (req, text, size, "text/plain", sha256);
}

int
paper_attach (struct bz_req *req, int64_t case_id, int64_t item_id,
              const char *kind, const uint8_t sha256[32], const char *name)
{
  const char *same = NULL;
  int64_t rows = bz_db_value (req, &same, "bz.paper_same",
                              BZ_ARGS (BZ_INT (case_id), BZ_INT (item_id),
                                       BZ_STR (kind), BZ_BLOB (sha256, 32)));

  if (rows != 0)
    return (int) MIN (rows, 0); /* it is there: the same file once more */
  rows = bz_db_exec (req, "bz.paper_add",
                     BZ_ARGS (BZ_INT (case_id), BZ_INT (item_id), BZ_STR (kind),
                              BZ_BLOB (sha256, 32), BZ_STR (name),
                              BZ_STR (bz_now (req))));

  if (rows == 0)
    return bz_fail (req, BZ_NOT_FOUND,
                    "没有这张申请单，或者其中没有这一项，附件没有保存");
  return rows < 0 ? (int) rows : BZ_OK;
}

int
paper_add (struct bz_req *req, int64_t case_id, int64_t item_id,
           const char *kind, const struct upload *file, const char *field)
{
  const char *name = NULL;
  int rc = paper_bytes (req, file, field, &name);

  return rc < 0
         ? rc
         : paper_attach (req, case_id, item_id, kind, file->sha256, name);
}

int
paper_remove (struct bz_req *req, int64_t case_id, int64_t paper_id)
{
  int64_t rows = bz_db_exec (req, "bz.paper_remove",
                             BZ_ARGS (BZ_INT (case_id), BZ_INT (paper_id)));

  if (rows == 0)
    return bz_fail (req, BZ_NOT_FOUND,
                    "没有这份附件，可能已被移除，请重新打开申请单查看");
  return rows < 0 ? (int) rows : BZ_OK;
}

int64_t
paper_list (struct bz_req *req, int64_t case_id, xmlNode *into)
{
  return bz_db_xml (req, xml_bz (into), "paper", "bz.paper_list",
                    BZ_ARGS (BZ_INT (case_id)));
}

/* -- Sending. */

struct sending {
  int64_t case_id, paper_id, seq;
  GByteArray *chunk; /* the present one                            */
  size_t at;         /* how much of it has gone out                */
  int64_t left;      /* of the whole file                          */
};

static void
sending_free (void *data)
{
  struct sending *s = data;

  g_byte_array_unref (s->chunk);
  g_free (s);
}

/* The next chunk.  It is asked for in a request of its own, so that its rows
 * do not pile up until the reply has gone out. */
static int
chunk_next (struct bz_req *req, struct sending *s)
{
  struct bz_req *own = req_new (req->conf, req->db);
  struct bz_rows *rows;
  const void *data = NULL;
  size_t size = 0;
  int rc = bz_db_open (own, &rows, "bz.paper_chunk",
                       BZ_ARGS (BZ_INT (s->case_id), BZ_INT (s->paper_id),
                                BZ_INT (s->seq)));

  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc == 1)
    data = bz_db_blob (rows, "data", &size);
  if (data != NULL && size > 0) {
    g_byte_array_set_size (s->chunk, 0);
    g_byte_array_append (s->chunk, data, (guint) size);
    s->at = 0;
    s->seq++;
  }
  req_free (own);
  return data != NULL && size > 0 ? BZ_OK : BZ_FAILED;
}

static gssize
sending_read (struct bz_req *req, void *state, void *buf, size_t size)
{
  struct sending *s = state;
  size_t n;

  if (s->left == 0)
    return 0;
  if (s->at == s->chunk->len && chunk_next (req, s) < 0) {
    log_line (BZ0061_CHUNK_MISSING, s->paper_id, s->seq);
    return -1;
  }
  n = MIN (size, s->chunk->len - s->at);
  n = (size_t) MIN ((int64_t) n, s->left);
  memcpy (buf, s->chunk->data + s->at, n);
  s->at += n;
  s->left -= (int64_t) n;
  return (gssize) n;
}

int
paper_send (struct bz_req *req, int64_t case_id, int64_t paper_id)
{
  struct bz_rows *rows;
  struct sending *s;
  int rc = bz_db_open (req, &rows, "bz.paper_one",
                       BZ_ARGS (BZ_INT (case_id), BZ_INT (paper_id)));

  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc < 0)
    return rc;
  if (rc == 0)
    return bz_fail (req, BZ_NOT_FOUND,
                    "没有这份附件，可能已被移除，请重新打开申请单查看");
  s = g_new0 (struct sending, 1);
  *s = (struct sending){
    .case_id = case_id,
    .paper_id = paper_id,
    .chunk = g_byte_array_new (),
    .left = bz_db_int (rows, "size"),
  };
  req_own (req, s, sending_free);
  req->type = bz_db_text (rows, "type");
  req->file_name = bz_db_text (rows, "file_name");
  req->size = s->left;
  req->read = sending_read;
  req->read_state = s;
  return BZ_OK;
}

/* -- plugin.h. */

int64_t
bz_item_paper (struct bz_req *req, const struct bz_item *item, const char *kind)
{
  const char *id = NULL;
  int rc = bz_item_id (item) == 0
           ? 0
           : bz_db_value (req, &id, "bz.paper_newest",
                          BZ_ARGS (BZ_INT (bz_item_id (item)), BZ_STR (kind)));

  return rc > 0 ? g_ascii_strtoll (id, NULL, 10) : rc;
}

int
bz_paper_send (struct bz_req *req, int64_t paper_id)
{
  const char *id = NULL;
  int rc = bz_db_value (req, &id, "bz.paper_case", BZ_ARGS (BZ_INT (paper_id)));

  if (rc < 0)
    return rc;
  return paper_send (req, rc > 0 ? g_ascii_strtoll (id, NULL, 10) : 0,
                     paper_id);
}
