/* Fuzz target: what is looked at in a file that is handed in.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * PDF, JPEG and PNG by their marks and by libmagic, the size in a picture's own
 * header, and the photo that becomes of it.  A picture that passes has a size
 * within the limit; a photo has the one shape. */
#include "fuzz.h"

#include "people/crypto.h"
#include "serve/conf.h"
#include "work/image.h"
#include "work/paper.h"
#include "work/picture.h"

enum { SMALL = 1000 * 1000 }; /* pixels: larger ones take too long here */

static struct conf *
conf_once (void)
{
  static struct conf *conf;

  if (conf == NULL) {
    g_assert (crypto_init () == 0);
    conf = conf_default ();
    conf->max_pixels = 1;
    paper_init ();
  }
  return conf;
}

static void
photo_try (const uint8_t *data, size_t size, int fd)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  uint32_t width, height;

  if (image_photo (data, size, out) < 0) {
    g_assert (g_utf8_validate ((const char *) out->data, out->len, NULL));
    return;
  }
  fd = fuzz_file (out->data, out->len, NULL);
  g_assert (picture_size (fd, out->len, &width, &height));
  g_assert (width == PHOTO_WIDTH && height == PHOTO_HEIGHT);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  int fd = fuzz_file (data, size, NULL);
  struct upload upload = { .field = "paper.photo",
                           .name = "a/b.jpg",
                           .fd = fd,
                           .size = (int64_t) size };
  struct bz_req *req = req_new (conf_once (), NULL);
  const char *name = NULL;
  uint32_t width = 0, height = 0;
  bool sized = picture_size (fd, (int64_t) size, &width, &height);
  int rc = paper_bytes (req, &upload, "paper.photo", &name);

  /* Without a database nothing is stored: away means that it passed. */
  g_assert (rc < 0);
  g_assert ((rc == BZ_BAD_INPUT) == (req->marks->len == 1));
  if (rc != BZ_BAD_INPUT && data[0] != '%')
    g_assert (sized && (uint64_t) width * height <= SMALL);
  req_free (req);
  if (sized && (uint64_t) width * height <= SMALL)
    photo_try (data, size, fd);
  return 0;
}
