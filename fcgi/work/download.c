/* The downloads area: files that an office lays out for everybody who is logged
 * in.  SPDX-License-Identifier: MulanPSL-2.0 */
#include "work/download.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "data/xml.h"
#include "define/source.h"
#include "serve/conf.h"
#include "work/desk-page.h"

/* What may be laid out, by the end of its name. */
static const struct kind {
  const char *end, *type, *word;
} kinds[] = {
  { "pdf", "application/pdf", "PDF" },
  { "html", "text/html; charset=UTF-8", "网页" },
  { "txt", "text/plain; charset=UTF-8", "文本" },
  { "doc", "application/msword", "Word" },
  { "docx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "Word" },
  { "xls", "application/vnd.ms-excel", "Excel" },
  { "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "Excel" },
  { "wps", "application/vnd.ms-works", "WPS 文字" },
  { "et", "application/octet-stream", "WPS 表格" },
  { "ofd", "application/ofd", "OFD" },
  { "jpg", "image/jpeg", "图片" },
  { "png", "image/png", "图片" },
  { "zip", "application/zip", "压缩包" },
};

struct file {
  char *name, *title, *note;
  const struct kind *kind;
};

static GPtrArray *files; /* struct file; set before the fork */
static int folder = -1;  /* where they lie                   */

/* -- Loading. */

static void
file_free (void *p)
{
  struct file *f = p;

  g_free (f->name);
  g_free (f->title);
  g_free (f->note);
  g_free (f);
}

static const struct kind *
kind_of (const char *name)
{
  const char *end = strrchr (name, '.');

  for (size_t i = 0; end != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (g_ascii_strcasecmp (kinds[i].end, end + 1) == 0)
      return &kinds[i];
  return NULL;
}

/* An open descriptor of a plain file right in the folder, or -1: no link leads
 * out of it. */
static int
file_open (const char *name, struct stat *st)
{
  int fd = openat (folder, name,
                   O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);

  if (fd >= 0 && (fstat (fd, st) < 0 || !S_ISREG (st->st_mode))) {
    (void) close (fd);
    return -1;
  }
  return fd;
}

static const struct file *
file_find (const char *name)
{
  for (unsigned i = 0; name != NULL && files != NULL && i < files->len; i++) {
    const struct file *f = files->pdata[i];

    if (strcmp (f->name, name) == 0)
      return f;
  }
  return NULL;
}

static int
file_add (const xmlNode *at, GError **error)
{
  const char *name = source_attr (at, "name");
  const struct kind *kind = kind_of (name);
  struct stat st;
  struct file *f;
  int fd;

  if (file_find (name) != NULL)
    return source_fail (error, at, "'%s' stands here twice; remove one", name);
  if (kind == NULL)
    return source_fail (error, at,
                        "'%s' is of no type that can be downloaded; use pdf, "
                        "html, txt, a Word, Excel, WPS or OFD document, jpg, "
                        "png or zip",
                        name);
  fd = file_open (name, &st);
  if (fd < 0)
    return source_fail (error, at,
                        "there is no file '%s' beside this list; put it there "
                        "or take the line out",
                        name);
  (void) close (fd);
  f = g_new0 (struct file, 1);
  f->name = g_strdup (name);
  f->title = g_strdup (source_attr (at, "title"));
  f->note = g_strdup (source_attr (at, "note"));
  f->kind = kind;
  g_ptr_array_add (files, f);
  return BZ_OK;
}

void
download_clear (void)
{
  g_clear_pointer (&files, g_ptr_array_unref);
  if (folder >= 0)
    (void) close (folder);
  folder = -1;
}

int
download_load (const char *dir, GError **error)
{
  g_autofree char *path = NULL;
  xmlDoc *doc;
  int rc = BZ_OK;

  download_clear ();
  if (dir == NULL)
    return BZ_OK;
  path = g_build_filename (dir, "downloads.xml", NULL);
  doc = source_load (path, "downloads", error);
  if (doc == NULL)
    return BZ_FAILED;
  files = g_ptr_array_new_with_free_func (file_free);
  folder = open (dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  for (xmlNode *n = xml_child (xmlDocGetRootElement (doc), "file");
       n != NULL && rc >= 0; n = xml_next (n, "file"))
    rc = file_add (n, error);
  xmlFreeDoc (doc);
  return rc;
}

/* -- The page. */

static void
file_row (struct bz_req *req, const struct file *f, xmlNode *table)
{
  struct stat st;
  int fd = file_open (f->name, &st);
  xmlNode *r, *c;

  if (fd < 0)
    return; /* it was taken away since the start */
  (void) close (fd);
  r = xml_add (table, "r", NULL);
  c = xml_add (r, "c", f->title);
  xml_set (c, "href", bz_href (req, "/download/%s", f->name));
  xml_add (r, "c", f->note);
  xml_set (xml_add (r, "c", f->kind->word), "c", "nw");
  xml_set (xml_add (r, "c", desk_size (req, st.st_size)), "c", "nw num");
}

int
download_list (struct bz_req *req)
{
  static const char *const titles[] = { "文件", "说明", "类型", "大小" };
  xmlNode *table;

  bz_title (req, "附件下载");
  bz_crumb (req, "首页", bz_href (req, "/"));
  bz_crumb (req, "附件下载", NULL);
  table = xml_add (desk_root (req), "table", NULL);
  xml_set (table, "id", "downloads");
  xml_set (table, "caption", "附件下载");
  xml_set (table, "empty", "暂无可以下载的文件");
  for (size_t i = 0; i < G_N_ELEMENTS (titles); i++)
    xml_set (xml_add (table, "col", NULL), "t", titles[i]);
  for (unsigned i = 0; files != NULL && i < files->len; i++)
    file_row (req, files->pdata[i], table);
  return BZ_OK;
}

/* -- One file. */

static void
descriptor_free (void *p)
{
  (void) close (GPOINTER_TO_INT (p));
}

/* A file that was cut since its size was told ends the reply early; the
 * browser then knows that it is not whole. */
static gssize
descriptor_read (struct bz_req *req, void *state, void *buf, size_t size)
{
  gssize n;

  do
    n = read (GPOINTER_TO_INT (state), buf, size);
  while (n < 0 && errno == EINTR);
  return n < 0 ? BZ_FAILED : n;
}

/* 《扫描仪使用说明》 is saved as 扫描仪使用说明.html. */
static const char *
saved_name (struct bz_req *req, const struct file *f)
{
  g_auto (GStrv) parts = g_strsplit (f->title, "《", -1);
  g_autofree char *open = g_strjoinv ("", parts);
  g_auto (GStrv) rest = g_strsplit (open, "》", -1);
  g_autofree char *title = g_strjoinv ("", rest);

  return bz_format (req, "%s.%s", g_strdelimit (title, "/\\:*?\"<>|", ' '),
                    f->kind->end);
}

int
download_get (struct bz_req *req)
{
  const struct file *f = file_find (bz_param (req, "file"));
  struct stat st;
  int fd = f != NULL ? file_open (f->name, &st) : -1;

  if (fd < 0)
    return bz_fail (req, BZ_NOT_FOUND, "没有这个文件，请从附件下载中重新选择");
  req_own (req, GINT_TO_POINTER (fd), descriptor_free);
  req->type = f->kind->type;
  req->file_name = saved_name (req, f);
  req->size = st.st_size;
  req->read = descriptor_read;
  req->read_state = GINT_TO_POINTER (fd);
  return BZ_OK;
}
