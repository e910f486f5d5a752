/* The downloads area: files that the installation and the offices lay out for
 * those who are logged in.  SPDX-License-Identifier: MulanPSL-2.0 */
#include "work/download.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "data/xml.h"
#include "define/source.h"
#include "people/session.h"
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
/* What one list names. */
struct shelf {
  char *office;     /* the code of whose it is; "": everybody's */
  GPtrArray *files; /* struct file                              */
  int folder;       /* where they lie                           */
};

static GPtrArray *shelves; /* struct shelf; set before the fork */
static const char group[] = "office ", everybody[] = "";

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

static void
shelf_free (void *p)
{
  struct shelf *s = p;

  g_free (s->office);
  g_ptr_array_unref (s->files);
  if (s->folder >= 0)
    (void) close (s->folder);
  g_free (s);
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
file_open (const struct shelf *s, const char *name, struct stat *st)
{
  int fd = openat (s->folder, name,
                   O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);

  if (fd >= 0 && (fstat (fd, st) < 0 || !S_ISREG (st->st_mode))) {
    (void) close (fd);
    return -1;
  }
  return fd;
}

static const struct file *
file_find (const struct shelf *s, const char *name)
{
  for (unsigned i = 0; name != NULL && i < s->files->len; i++) {
    const struct file *f = s->files->pdata[i];

    if (strcmp (f->name, name) == 0)
      return f;
  }
  return NULL;
}

static int
file_add (const struct shelf *s, const xmlNode *at, GError **error)
{
  const char *name = source_attr (at, "name");
  const struct kind *kind = kind_of (name);
  struct stat st;
  struct file *f;
  int fd;

  if (file_find (s, name) != NULL)
    return source_fail (error, at, "'%s' stands here twice; remove one", name);
  if (kind == NULL)
    return source_fail (error, at,
                        "'%s' is of no type that can be downloaded; use pdf, "
                        "html, txt, a Word, Excel, WPS or OFD document, jpg, "
                        "png or zip",
                        name);
  fd = file_open (s, name, &st);
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
  g_ptr_array_add (s->files, f);
  return BZ_OK;
}

void
download_clear (void)
{
  g_clear_pointer (&shelves, g_ptr_array_unref);
}

int
download_folder (unsigned n)
{
  return shelves != NULL && n < shelves->len
         ? ((const struct shelf *) shelves->pdata[n])->folder
         : -1;
}

/* OFFICE's list in DIR. */
static int
shelf_add (const char *office, const char *dir, GError **error)
{
  g_autofree char *path = g_build_filename (dir, "downloads.xml", NULL);
  xmlDoc *doc = source_load (path, "downloads", error);
  struct shelf *s;
  int rc = BZ_OK;

  if (doc == NULL)
    return BZ_FAILED;
  s = g_new0 (struct shelf, 1);
  s->office = g_strdup (office);
  s->files = g_ptr_array_new_with_free_func (file_free);
  s->folder = open (dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  g_ptr_array_add (shelves, s);
  if (s->folder < 0)
    rc = source_fail (error, xmlDocGetRootElement (doc),
                      "the folder of this list cannot be opened: %s; let the "
                      "server read it",
                      g_strerror (errno));
  for (xmlNode *n = xml_child (xmlDocGetRootElement (doc), "file");
       n != NULL && rc >= 0; n = xml_next (n, "file"))
    rc = file_add (s, n, error);
  xmlFreeDoc (doc);
  return rc;
}

/* [office CODE] downloads=DIR, given as NAME ("office CODE\ndownloads"). */
static int
office_add (const struct conf *conf, const char *name, const char *dir,
            GError **error)
{
  g_auto (GStrv) part = g_strsplit (name, "\n", 2);
  g_autofree char *path = conf_path (conf, dir);
  g_autofree char *place = NULL;
  int rc = shelf_add (part[0] + strlen (group), path, error);

  if (rc < 0) {
    place = conf_place (conf, part[0], part[1]);
    g_prefix_error (error, "%s[%s] %s=%s: ", place, part[0], part[1], dir);
  }
  return rc;
}

int
download_load (const struct conf *conf, GError **error)
{
  GHashTableIter i;
  void *name, *dir;
  int rc = BZ_OK;

  download_clear ();
  shelves = g_ptr_array_new_with_free_func (shelf_free);
  if (conf->downloads != NULL)
    rc = shelf_add (everybody, conf->downloads, error);
  g_hash_table_iter_init (&i, conf->values);
  while (rc == BZ_OK && g_hash_table_iter_next (&i, &name, &dir))
    if (g_str_has_prefix (name, group)
        && g_str_has_suffix (name, "\ndownloads"))
      rc = office_add (conf, name, dir, error);
  return rc;
}

/* -- Whose lists a user has. */

static const struct shelf *
shelf_find (const char *office)
{
  for (unsigned i = 0; shelves != NULL && i < shelves->len; i++) {
    const struct shelf *s = shelves->pdata[i];

    if (strcmp (s->office, office) == 0)
      return s;
  }
  return NULL;
}

/* The office of the session and those above it, nearest first: code, name. */
static int
offices_open (struct bz_req *req, struct bz_rows **ret)
{
  return bz_db_open (req, ret, "bz.scope_codes",
                     BZ_ARGS (BZ_INT (req->session->office_id)));
}

/* The list of OFFICE, if it is laid out for this session; *RET NULL: not. */
static int
shelf_mine (struct bz_req *req, const char *office, const struct shelf **ret)
{
  const struct shelf *s = shelf_find (office);
  struct bz_rows *rows;
  int rc;

  *ret = s != NULL && *office == '\0' ? s : NULL;
  if (s == NULL || *office == '\0')
    return BZ_OK;
  rc = offices_open (req, &rows);
  while (rc >= 0 && (rc = bz_db_next (rows)) > 0)
    if (strcmp (bz_db_text (rows, "code"), office) == 0)
      *ret = s;
  return rc;
}

/* -- The page. */

static const char *
file_path (struct bz_req *req, const struct shelf *s, const struct file *f)
{
  return *s->office == '\0'
         ? bz_href (req, "/download/%s", f->name)
         : bz_href (req, "/download/%s/%s", s->office, f->name);
}

static void
file_row (struct bz_req *req, const struct shelf *s, const struct file *f,
          const char *from, xmlNode *table)
{
  struct stat st;
  int fd = file_open (s, f->name, &st);
  xmlNode *r, *c;

  if (fd < 0)
    return; /* it was taken away since the start */
  (void) close (fd);
  r = xml_add (table, "r", NULL);
  c = xml_add (r, "c", f->title);
  xml_set (c, "href", file_path (req, s, f));
  xml_add (r, "c", f->note);
  xml_add (r, "c", from);
  xml_set (xml_add (r, "c", f->kind->word), "c", "nw");
  xml_set (xml_add (r, "c", desk_size (req, st.st_size)), "c", "nw num");
}

static void
shelf_rows (struct bz_req *req, const char *office, const char *from,
            xmlNode *table)
{
  const struct shelf *s = shelf_find (office);

  for (unsigned i = 0; s != NULL && i < s->files->len; i++)
    file_row (req, s, s->files->pdata[i], from, table);
}

/* An office's list adds to that of the office above it. */
int
download_list (struct bz_req *req)
{
  static const char *const titles[] = { "文件", "说明", "提供单位", "类型",
                                        "大小" };
  struct bz_rows *rows;
  xmlNode *table;
  int rc = offices_open (req, &rows);

  if (rc < 0)
    return rc;
  bz_title (req, "附件下载");
  bz_crumb (req, "首页", bz_href (req, "/"));
  bz_crumb (req, "附件下载", NULL);
  table = xml_add (desk_root (req), "table", NULL);
  xml_set (table, "id", "downloads");
  xml_set (table, "caption", "附件下载");
  xml_set (table, "empty", "暂无可以下载的文件");
  for (size_t i = 0; i < G_N_ELEMENTS (titles); i++)
    xml_set (xml_add (table, "col", NULL), "t", titles[i]);
  while ((rc = bz_db_next (rows)) > 0)
    shelf_rows (req, bz_db_text (rows, "code"), bz_db_text (rows, "name"),
                table);
  if (rc == BZ_OK)
    shelf_rows (req, everybody, "本平台", table);
  return rc;
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
  const char *office = bz_param (req, "office");
  const struct shelf *s;
  const struct file *f;
  struct stat st;
  int rc = shelf_mine (req, office != NULL ? office : everybody, &s), fd;

  if (rc < 0)
    return rc;
  f = s != NULL ? file_find (s, bz_param (req, "file")) : NULL;
  fd = f != NULL ? file_open (s, f->name, &st) : -1;
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
