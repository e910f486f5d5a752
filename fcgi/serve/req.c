/* One request: what came in, who asks, what goes out.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "serve/req.h"
#include "serve/arena.h"
#include "serve/clock.h"
#include <unistd.h>

struct own {
  void *data;
  GDestroyNotify free;
};

static void
own_free (void *p)
{
  struct own *own = p;

  own->free (own->data);
  g_free (own);
}

struct bz_req *
req_new (const struct conf *conf, struct db *db)
{
  struct bz_req *req = g_new0 (struct bz_req, 1);

  *req = (struct bz_req){
    .arena = arena_new (),
    .conf = conf,
    .db = db,
    .method = "GET",
    .path = "/",
    .remote = "",
    .params = g_array_new (FALSE, FALSE, sizeof (struct param)),
    .uploads = g_array_new (FALSE, FALSE, sizeof (struct upload)),
    .marks = g_array_new (FALSE, FALSE, sizeof (struct mark)),
    .rows = g_ptr_array_new (),
    .later = g_ptr_array_new (),
    .owned = g_ptr_array_new_with_free_func (own_free),
  };
  clock_text (clock_now (), req->now);
  return req;
}

void
req_free (struct bz_req *req)
{
  if (req == NULL)
    return;
  g_ptr_array_unref (req->rows);
  g_ptr_array_unref (req->later);
  g_ptr_array_unref (req->owned);
  for (unsigned i = 0; i < req->uploads->len; i++) {
    int fd = g_array_index (req->uploads, struct upload, i).fd;

    if (fd >= 0)
      close (fd);
  }
  if (req->page != NULL)
    xmlFreeDoc (req->page);
  g_array_unref (req->params);
  g_array_unref (req->uploads);
  g_array_unref (req->marks);
  arena_free (req->arena);
  g_free (req);
}

void
req_reset (struct bz_req *req)
{
  if (req->page != NULL)
    xmlFreeDoc (req->page);
  req->page = NULL;
  g_array_set_size (req->marks, 0);
  g_ptr_array_set_size (req->rows, 0);
  g_ptr_array_set_size (req->later, 0);
  req->status = BZ_OK;
  req->fail_text = req->view = req->location = req->set_cookie = NULL;
  req->http_status = 0;
  req->audited = false;
  req->as_scope = 0;
  req->type = req->file_name = NULL;
  req->frames = req->framed = req->workbook = false;
  req->read = NULL;
  req->read_state = NULL;
  req->size = 0;
  for (unsigned i = 0; i < req->uploads->len; i++) {
    struct upload *u = &g_array_index (req->uploads, struct upload, i);

    u->refused = false;
    if (u->fd >= 0)
      (void) lseek (u->fd, 0, SEEK_SET);
  }
  for (unsigned i = 0; i < req->params->len; i++)
    g_array_index (req->params, struct param, i).refused = false;
}

void
req_add_param (struct bz_req *req, const char *name, const char *value)
{
  struct param p = { .name = req_strdup (req, name),
                     .value = req_strdup (req, value) };

  g_array_append_val (req->params, p);
}

struct upload *
req_upload (struct bz_req *req, const char *field)
{
  for (unsigned i = 0; i < req->uploads->len; i++) {
    struct upload *u = &g_array_index (req->uploads, struct upload, i);

    if (g_str_equal (u->field, field))
      return u;
  }
  return NULL;
}

bool
req_has_errors (const struct bz_req *req)
{
  for (unsigned i = 0; i < req->marks->len; i++)
    if (!g_array_index (req->marks, struct mark, i).warn)
      return true;
  return false;
}

char *
req_strdup (struct bz_req *req, const char *text)
{
  return text == NULL ? NULL : req_strndup (req, text, strlen (text));
}

char *
req_strndup (struct bz_req *req, const char *text, size_t length)
{
  char *copy;

  if (text == NULL)
    return NULL;
  copy = arena_alloc (req->arena, length + 1);
  memcpy (copy, text, length);
  return copy;
}

void
req_own (struct bz_req *req, void *data, GDestroyNotify free_)
{
  struct own *own = g_new (struct own, 1);

  *own = (struct own){ data, free_ };
  g_ptr_array_add (req->owned, own);
}
