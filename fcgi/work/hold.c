/* Files of a form that has to be sent again: kept for their operator for 24
 * hours, so that they need not be chosen again.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "work/hold.h"

#include <string.h>
#include <unistd.h>

#include "people/key.h"
#include "people/tx.h"
#include "serve/clock.h"
#include "serve/log.h"
#include "serve/spool.h"
#include "show/page.h"
#include "work/paper.h"

enum { HOLD_SECONDS = 24 * 3600, SWEEP_AT_ONCE = 100, SHA = 32 };

static const char *
time_text (struct bz_req *req, int64_t seconds)
{
  char text[20];

  clock_text (clock_now () + seconds, text);
  return bz_format (req, "%s", text);
}

/* -- Keeping. */

struct keeping {
  const struct upload *file;
  int64_t operator_id;
  const char *field; /* what is wrong with it is said here         */
  const char *name;  /* that it has now                            */
};

static int
keep (struct bz_req *req, void *data)
{
  struct keeping *k = data;
  int rc = paper_bytes (req, k->file, k->field, &k->name);
  int64_t n;

  if (rc < 0)
    return rc;
  n = bz_db_exec (req, "bz.hold_put",
                  BZ_ARGS (BZ_BLOB (k->file->sha256, SHA),
                           BZ_INT (k->operator_id), BZ_STR (k->name),
                           BZ_STR (time_text (req, HOLD_SECONDS))));
  return (int) MIN (n, 0);
}

const char *
hold_keep (struct bz_req *req, const struct upload *file, int64_t operator_id)
{
  struct keeping k = { .file = file, .operator_id = operator_id };
  unsigned marks = req->marks->len;
  int rc = tx_own (req, keep, &k);

  /* What is wrong with the file is said when it is chosen again. */
  g_array_set_size (req->marks, marks);
  if (rc < 0) {
    req->fail_text = NULL;
    return NULL;
  }
  return key_seal (req, operator_id, req->path, file->sha256);
}

/* -- With a form that is shown again. */

static const char held[] = "held.";

/* What is kept under SHA256 for the operator: 1 with its name, 0, <0. */
static int
look (struct bz_req *req, const uint8_t sha256[SHA], const char **name)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "bz.hold_one",
                       BZ_ARGS (BZ_BLOB (sha256, SHA), BZ_STR (bz_now (req))));

  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc > 0)
    *name = bz_db_text (rows, "file_name");
  return rc;
}

static int
mark_over (struct bz_req *req, const char *field)
{
  return bz_mark (req, field,
                  "保留的附件已经用过，或者已超过 24 小时，"
                  "请重新选择文件上传");
}

static void
go_along (struct bz_req *req, xmlNode *form, const char *field,
          const char *reference, const char *name, GString *names)
{
  page_hidden (form, bz_format (req, "%s%s", held, field), reference);
  g_string_append_printf (names, "%s%s", names->len > 0 ? "、" : "", name);
}

/* What was kept before, as the form brought it. */
static void
carry (struct bz_req *req, xmlNode *form, GString *names)
{
  for (unsigned i = req->first_body; i < req->params->len; i++) {
    const struct param *p = &g_array_index (req->params, struct param, i);
    const char *field = p->name + strlen (held), *name;
    uint8_t sha256[SHA];
    int rc;

    if (!g_str_has_prefix (p->name, held) || p->refused
        || !key_unseal (req, bz_user_id (req), req->path, p->value, sha256))
      continue;
    rc = look (req, sha256, &name);
    if (rc > 0)
      go_along (req, form, field, p->value, name, names);
    else if (rc == 0)
      (void) mark_over (req, field);
  }
}

/* A file that cannot be kept has to be chosen again, and is named. */
static void
keep_one (struct bz_req *req, xmlNode *form, const struct upload *u,
          bool stored, GString *names)
{
  struct keeping k = { u, bz_user_id (req), u->field, NULL };
  int rc = stored ? keep (req, &k) : tx_own (req, keep, &k);
  const char *reference = rc < 0
                          ? NULL
                          : key_seal (req, k.operator_id, req->path, u->sha256);

  if (reference != NULL) {
    go_along (req, form, u->field, reference, k.name, names);
    return;
  }
  req->fail_text = NULL;
  if (rc != BZ_BAD_INPUT)
    (void) bz_mark (req, u->field, "文件“%s”没有保留，请重新选择",
                    paper_label (req, u->name));
}

const char *
hold_form (struct bz_req *req, xmlNode *form, bool stored)
{
  g_autoptr (GString) names = g_string_new (NULL);

  carry (req, form, names);
  for (unsigned i = 0; i < req->uploads->len; i++) {
    const struct upload *u = &g_array_index (req->uploads, struct upload, i);

    if (u->name != NULL && *u->name != '\0' && !u->refused)
      keep_one (req, form, u, stored, names);
  }
  return names->len > 0 ? bz_format (req, "%s", names->str) : NULL;
}

/* -- Taking. */

/* Chunk SEQ to the end of FILE.  1, 0: there is none, <0.  It is asked for in a
 * request of its own, so that the chunks do not pile up. */
static int
chunk_copy (struct bz_req *req, int64_t seq, struct upload *file)
{
  struct bz_req *own = req_new (req->conf, req->db);
  struct bz_rows *rows;
  size_t size = 0;
  const void *data;
  int rc = bz_db_open (own, &rows, "bz.blob_chunk",
                       BZ_ARGS (BZ_BLOB (file->sha256, SHA), BZ_INT (seq)));

  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc > 0) {
    data = bz_db_blob (rows, "data", &size);
    if (pwrite (file->fd, data, size, (off_t) file->size) != (ssize_t) size)
      rc = BZ_FAILED;
    file->size += (int64_t) size;
  }
  req_free (own);
  return rc;
}

int
hold_find (struct bz_req *req, const char *reference, const char *field,
           struct upload *ret)
{
  struct upload file = { .field = field, .fd = -1 };
  int rc;

  if (!key_unseal (req, bz_user_id (req), req->path, reference, file.sha256))
    return bz_fail (req, BZ_FORBIDDEN,
                    "这份附件不是由您在这张表单上传的，未作任何保存；"
                    "请重新选择文件上传");
  rc = look (req, file.sha256, &file.name);
  if (rc == 0)
    return mark_over (req, field);
  if (rc < 0)
    return rc;
  *ret = file;
  return BZ_OK;
}

int
hold_open (struct bz_req *req, struct upload *found)
{
  int rc = 1;

  found->fd = spool_open (req->conf);
  if (found->fd < 0)
    return bz_fail (req, BZ_FAILED, "附件暂时无法读取，请稍后再试");
  for (int64_t seq = 0; rc > 0; seq++)
    rc = chunk_copy (req, seq, found);
  if (rc < 0) {
    (void) close (found->fd);
    found->fd = -1;
  }
  return rc;
}

int
hold_drop (struct bz_req *req, const uint8_t sha256[32])
{
  int64_t n = bz_db_exec (req, "bz.hold_drop", BZ_ARGS (BZ_BLOB (sha256, SHA)));

  return (int) MIN (n, 0);
}

/* -- Sweeping. */

static int
drop_over (struct bz_req *req, void *data)
{
  int64_t *count = data;

  *count = bz_db_exec (req, "bz.hold_over", BZ_ARGS (BZ_STR (bz_now (req))));
  return (int) MIN (*count, 0);
}

struct blob {
  uint8_t sha256[SHA];
  bool gone;
};

/* Only if still nobody has it: the row is locked, and whoever stores the same
 * file meanwhile waits at it (bz.blob_known). */
static int
drop_blob (struct bz_req *req, void *data)
{
  struct blob *b = data;
  const char *known = NULL;
  int64_t n = bz_db_value (req, &known, "bz.blob_unused",
                           BZ_ARGS (BZ_BLOB (b->sha256, SHA)));

  b->gone = n == 1;
  if (n == 1)
    n = bz_db_exec (req, "bz.blob_chunks_drop",
                    BZ_ARGS (BZ_BLOB (b->sha256, SHA)));
  if (n >= 0 && b->gone)
    n = bz_db_exec (req, "bz.blob_drop", BZ_ARGS (BZ_BLOB (b->sha256, SHA)));
  return (int) MIN (n, 0);
}

/* The next blobs that nobody has; their count, or <0. */
static int
find_unused (struct bz_req *req, struct blob *ret)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "bz.blobs_unused",
                       BZ_ARGS (BZ_STR (time_text (req, -HOLD_SECONDS)),
                                BZ_INT (SWEEP_AT_ONCE)));
  int n = 0;

  while (rc >= 0 && (rc = bz_db_next (rows)) > 0) {
    size_t size = 0;
    const void *sha256 = bz_db_blob (rows, "sha256", &size);

    if (sha256 == NULL || size != SHA)
      return bz_fail (req, BZ_FAILED, "bz_blob: not a SHA-256");
    memcpy (ret[n++].sha256, sha256, SHA);
  }
  return rc < 0 ? rc : n;
}

int
hold_sweep (struct bz_req *req)
{
  struct blob blobs[SWEEP_AT_ONCE];
  int64_t holds = 0, gone = 0;
  int rc = bz_db_atomic (req, drop_over, &holds), found;

  if (rc < 0)
    return rc;
  do {
    int64_t before = gone;

    found = find_unused (req, blobs);
    for (int i = 0; i < found; i++) {
      rc = bz_db_atomic (req, drop_blob, &blobs[i]);
      if (rc < 0)
        return rc;
      gone += blobs[i].gone;
    }
    if (gone == before)
      break;
  } while (found == SWEEP_AT_ONCE);
  bz_say (req, "papers.sweep: %lld holds over, %lld files removed",
          (long long) holds, (long long) gone);
  return MIN (found, 0);
}
