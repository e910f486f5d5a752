/* Random bytes, hashes, passwords: the only file with GnuTLS and crypt.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "people/crypto.h"
#include <crypt.h>
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <sys/mman.h>
#include <unistd.h>
#include "people/demo.h"

enum { PLACES = 2, PLACE_WAIT_MS = 6000, PLACE_LOOK_MS = 10 };

/* The file whose first bytes are the places, one a byte; set before the fork
 * or once in a worker.  Locks of fcntl belong to a process and go with it, so a
 * killed worker leaves no place taken. */
static int places = -1;

int
crypto_init (void)
{
  if (places >= 0)
    return 0;
  if (gnutls_global_init () < 0)
    return -1;
  places = memfd_create ("bianzhi-password", MFD_CLOEXEC);
  return places < 0 ? -1 : 0;
}

int
crypto_places (const char *dir)
{
  g_autofree char *path = g_build_filename (dir, "password.lock", NULL);
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (fd < 0)
    return -1;
  if (places >= 0)
    close (places);
  places = fd;
  return 0;
}

/* -- Bytes. */

void
crypto_random (void *ret, size_t size)
{
  if (gnutls_rnd (GNUTLS_RND_KEY, ret, size) < 0)
    g_error ("no random bytes");
}

void
crypto_wipe (void *at, size_t size)
{
  if (at != NULL && size > 0)
    gnutls_memset (at, 0, size);
}

bool
crypto_equal (const void *a, const void *b, size_t size)
{
  return gnutls_memcmp (a, b, size) == 0;
}

char *
crypto_hex (const void *data, size_t size)
{
  static const char digit[] = "0123456789abcdef";
  const uint8_t *bytes = data;
  char *text = g_malloc (2 * size + 1);

  for (size_t i = 0; i < size; i++) {
    text[2 * i] = digit[bytes[i] >> 4];
    text[2 * i + 1] = digit[bytes[i] & 15];
  }
  text[2 * size] = '\0';
  return text;
}

char *
crypto_base64url (const void *data, size_t size)
{
  char *text = g_base64_encode (data, size);
  size_t length;

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  length = strcspn (text, "=");
  text[length] = '\0';
  return text;
}

static int
sextet (char c)
{
  if (c >= 'A' && c <= 'Z')
    return c - 'A';
  if (c >= 'a' && c <= 'z')
    return c - 'a' + 26;
  if (c >= '0' && c <= '9')
    return c - '0' + 52;
  return c == '-' ? 62 : c == '_' ? 63 : -1;
}

bool
crypto_unbase64url (const char *text, void *ret, size_t size)
{
  size_t length = (size * 8 + 5) / 6, at = 0;
  g_autofree uint8_t *bytes = g_malloc0 (size + 1);
  uint32_t bits = 0;
  unsigned held = 0;

  if (text == NULL || strnlen (text, length + 1) != length)
    return false;
  for (size_t i = 0; i < length; i++) {
    int value = sextet (text[i]);

    if (value < 0)
      return false;
    bits = (bits << 6 | (uint32_t) value) & 0xffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes[at++] = (uint8_t) (bits >> held);
    }
  }
  /* What is left over must be nothing, so that a text has one form only. */
  if ((bits & ((1u << held) - 1)) != 0)
    return false;
  memcpy (ret, bytes, size);
  return true;
}

/* -- Hashes. */

void
crypto_sha256 (const void *data, size_t size, uint8_t ret[32])
{
  if (gnutls_hash_fast (GNUTLS_DIG_SHA256, data, size, ret) < 0)
    g_error ("SHA-256 failed");
}

struct crypto_hash {
  gnutls_hash_hd_t running;
};

struct crypto_hash *
crypto_hash_new (void)
{
  struct crypto_hash *hash = g_new0 (struct crypto_hash, 1);

  if (gnutls_hash_init (&hash->running, GNUTLS_DIG_SHA256) < 0)
    g_error ("SHA-256 is not available");
  return hash;
}

void
crypto_hash_add (struct crypto_hash *hash, const void *data, size_t size)
{
  if (gnutls_hash (hash->running, data, size) < 0)
    g_error ("SHA-256 failed");
}

void
crypto_hash_end (struct crypto_hash *hash, uint8_t ret[32])
{
  gnutls_hash_deinit (hash->running, ret);
  g_free (hash);
}

void
crypto_hmac (const void *key, size_t key_size, const void *data, size_t size,
             uint8_t ret[32])
{
  if (gnutls_hmac_fast (GNUTLS_MAC_SHA256, key, key_size, data, size, ret) < 0)
    g_error ("HMAC-SHA-256 failed");
}

/* -- Passwords. */

static bool
place_lock (int n, short type)
{
  struct flock lock
    = { .l_type = type, .l_whence = SEEK_SET, .l_start = n, .l_len = 1 };

  return fcntl (places, F_SETLK, &lock) == 0;
}

/* The number of a place that is ours now, or -1. */
static int
place_take (void)
{
  if (crypto_init () < 0)
    return -1;
  for (int ms = 0; ms < PLACE_WAIT_MS; ms += PLACE_LOOK_MS) {
    for (int n = 0; n < PLACES; n++)
      if (place_lock (n, F_WRLCK))
        return n;
    g_usleep (PLACE_LOOK_MS * 1000);
  }
  return -1;
}

/* The hash of PASSWORD under SETTING; NULL when crypt refuses. */
static char *
hash_under (const char *password, const char *setting)
{
  struct crypt_data *data = g_new0 (struct crypt_data, 1);
  const char *out = crypt_rn (password, setting, data, (int) sizeof *data);
  char *ret = out != NULL && *out != '*' ? g_strdup (out) : NULL;

  crypto_wipe (data, sizeof *data);
  g_free (data);
  return ret;
}

char *
crypto_password_hash (const char *password, int cost)
{
  g_autofree char *setting = g_malloc0 (CRYPT_GENSALT_OUTPUT_SIZE);
  int place = place_take ();
  char *hash = NULL;

  if (place < 0)
    return NULL;
  if (crypt_gensalt_rn ("$y$", (unsigned long) cost, NULL, 0, setting,
                        CRYPT_GENSALT_OUTPUT_SIZE)
      != NULL)
    hash = hash_under (password, setting);
  (void) place_lock (place, F_UNLCK);
  return hash;
}

int
crypto_password_check (const char *password, const char *hash)
{
  int place = place_take ();
  char *mine;
  size_t length = strlen (hash);
  bool same;

  if (place < 0)
    return -1;
  mine = hash_under (password, hash);
  (void) place_lock (place, F_UNLCK);
  same = mine != NULL && length > 0 && strlen (mine) == length
      && crypto_equal (mine, hash, length);
  if (mine != NULL)
    crypto_wipe (mine, strlen (mine));
  g_free (mine);
  return same;
}

/* A number below N without favour for the small ones. */
static unsigned
random_below (unsigned n)
{
  uint8_t byte;

  do
    crypto_random (&byte, 1);
  while (byte >= 256 / n * n);
  return byte % n;
}

char *
crypto_first_password (void)
{
  /* Without 0 O o 1 l I i: they are read from paper. */
  static const char letters[] = "abcdefghjkmnpqrstuvwxyz"
                                "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  char *text = g_malloc0 (13);

  do
    for (int i = 0; i < 12; i++)
      text[i] = letters[random_below (sizeof letters - 1)];
  while (strpbrk (text, "23456789") == NULL
         || strpbrk (text, "abcdefghjkmnpqrstuvwxyz") == NULL
         || g_str_has_prefix (text, DEMO_PASSWORD_PREFIX));
  return text;
}
