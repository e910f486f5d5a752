/* Photos of one shape: decoding and making small.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "work/image.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <stdbool.h>
#include <string.h>

#include "bianzhi/plugin.h"

/* Smaller ones would be drawn larger than they are; wider or narrower ones lose
 * more than their margin. */
enum { MIN_WIDTH = 179, MIN_HEIGHT = 220, QUALITY = 90 };
static const double narrowest = 0.5, widest = 1.5;

/* What the loader is told of the size before it decodes anything. */
struct seen {
  bool png;
  int width, height;
  int rows; /* how far down it was drawn */
};

static int refuse (GByteArray *out, const char *format, ...)
  G_GNUC_PRINTF (2, 3);

static int
refuse (GByteArray *out, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_byte_array_append (out, (const guint8 *) text, (guint) strlen (text));
  return BZ_BAD_INPUT;
}

/* A large JPEG is decoded small, as long as enough remains. */
static void
on_size (GdkPixbufLoader *loader, int width, int height, void *data)
{
  struct seen *seen = data;
  int by = MIN (width / (2 * PHOTO_WIDTH), height / (2 * PHOTO_HEIGHT));

  seen->width = width;
  seen->height = height;
  if (by > 1 && !seen->png)
    gdk_pixbuf_loader_set_size (loader, width / by, height / by);
}

static void
on_area (GdkPixbufLoader *loader, int x, int y, int width, int height,
         void *data)
{
  struct seen *seen = data;

  seen->rows = MAX (seen->rows, y + height);
}

/* The whole picture, turned as the camera was held; NULL: it is none. */
static GdkPixbuf *
decode (const void *in, size_t size, struct seen *seen)
{
  g_autoptr (GdkPixbufLoader) loader
    = gdk_pixbuf_loader_new_with_type (seen->png ? "png" : "jpeg", NULL);
  GdkPixbuf *whole;
  bool ok;

  if (loader == NULL)
    return NULL;
  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size), seen);
  g_signal_connect (loader, "area-updated", G_CALLBACK (on_area), seen);
  ok = gdk_pixbuf_loader_write (loader, in, size, NULL);
  ok = gdk_pixbuf_loader_close (loader, NULL) && ok
    && (!seen->png || seen->rows >= seen->height); /* a PNG may just end */
  whole = ok ? gdk_pixbuf_loader_get_pixbuf (loader) : NULL;
  return whole != NULL ? gdk_pixbuf_apply_embedded_orientation (whole) : NULL;
}

/* The middle of it in the shape of a photo. */
static GdkPixbuf *
middle (GdkPixbuf *whole)
{
  int w = gdk_pixbuf_get_width (whole), h = gdk_pixbuf_get_height (whole);
  int width = MIN (w, h * PHOTO_WIDTH / PHOTO_HEIGHT);
  int height = MIN (h, w * PHOTO_HEIGHT / PHOTO_WIDTH);
  g_autoptr (GdkPixbuf) cut = gdk_pixbuf_new_subpixbuf (whole, (w - width) / 2,
                                                        (h - height) / 2, width,
                                                        height);

  return cut != NULL ? gdk_pixbuf_scale_simple (cut, PHOTO_WIDTH, PHOTO_HEIGHT,
                                                GDK_INTERP_HYPER)
                     : NULL;
}

/* JPEG knows no transparency: what can be seen through is white. */
static GdkPixbuf *
on_white (GdkPixbuf *photo)
{
  return gdk_pixbuf_composite_color_simple (photo, PHOTO_WIDTH, PHOTO_HEIGHT,
                                            GDK_INTERP_NEAREST, 255, 16,
                                            0xffffff, 0xffffff);
}

static int
write_jpeg (GdkPixbuf *photo, GByteArray *out)
{
  g_autofree char *quality = g_strdup_printf ("%d", QUALITY);
  g_autofree char *bytes = NULL;
  gsize size;

  if (!gdk_pixbuf_save_to_buffer (photo, &bytes, &size, "jpeg", NULL, "quality",
                                  quality, NULL))
    return refuse (out, "照片无法处理，请换一张重新上传");
  g_byte_array_append (out, (const guint8 *) bytes, (guint) size);
  return BZ_OK;
}

int
image_photo (const void *in, size_t size, GByteArray *out)
{
  struct seen seen = { .png = size > 0 && *(const guint8 *) in == 0x89 };
  g_autoptr (GdkPixbuf) whole = decode (in, size, &seen);
  g_autoptr (GdkPixbuf) photo = NULL;
  g_autoptr (GdkPixbuf) flat = NULL;
  double shape;

  if (whole == NULL)
    return refuse (out, "照片无法打开，可能已损坏或不完整，请换一张重新上传");
  if (gdk_pixbuf_get_width (whole) < MIN_WIDTH
      || gdk_pixbuf_get_height (whole) < MIN_HEIGHT)
    return refuse (out,
                   "照片太小（%d×%d 像素），不能少于 %d×%d 像素，"
                   "请上传原照片",
                   seen.width, seen.height, MIN_WIDTH, MIN_HEIGHT);
  shape = (double) gdk_pixbuf_get_width (whole) / gdk_pixbuf_get_height (whole);
  if (shape < narrowest || shape > widest)
    return refuse (out,
                   "照片过宽或过高（%d×%d 像素），"
                   "请裁成竖版证件照后上传",
                   seen.width, seen.height);
  photo = middle (whole);
  flat = photo != NULL && gdk_pixbuf_get_has_alpha (photo)
         ? on_white (photo)
         : g_steal_pointer (&photo);
  if (flat == NULL)
    return refuse (out, "照片无法处理，请换一张重新上传");
  return write_jpeg (flat, out);
}

void
image_warm (void)
{
  g_slist_free (gdk_pixbuf_get_formats ());
}
