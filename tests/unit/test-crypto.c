/* Hashes against published vectors; passwords; base64url.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#include "people/crypto.h"

static void
assert_hex (const uint8_t *bytes, const char *hex)
{
  g_autofree char *mine = crypto_hex (bytes, 32);

  g_assert_cmpstr (mine, ==, hex);
}

/* FIPS 180-2, appendix B; and the empty text. */
static void
test_sha256 (void)
{
  static const struct { const char *text, *hex; } row[] = {
    { "", "e3b0c44298fc1c149afbf4c8996fb924"
          "27ae41e4649b934ca495991b7852b855" },
    { "abc", "ba7816bf8f01cfea414140de5dae2223"
             "b00361a396177a9cb410ff61f20015ad" },
    { "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (row); i++) {
    struct crypto_hash *running = crypto_hash_new ();
    uint8_t out[32];

    crypto_sha256 (row[i].text, strlen (row[i].text), out);
    assert_hex (out, row[i].hex);
    for (const char *p = row[i].text; *p != '\0'; p++)
      crypto_hash_add (running, p, 1);
    crypto_hash_end (running, out);
    assert_hex (out, row[i].hex);
  }
}

/* RFC 4231, test cases 1, 2, 3 and 6. */
static void
test_hmac (void)
{
  uint8_t key[131], data[50], out[32];

  memset (key, 0x0b, sizeof key);
  crypto_hmac (key, 20, "Hi There", 8, out);
  assert_hex (out, "b0344c61d8db38535ca8afceaf0bf12b"
                   "881dc200c9833da726e9376c2e32cff7");
  crypto_hmac ("Jefe", 4, "what do ya want for nothing?", 28, out);
  assert_hex (out, "5bdcc146bf60754e6a042426089575c7"
                   "5a003f089d2739839dec58b964ec3843");
  memset (key, 0xaa, sizeof key);
  memset (data, 0xdd, sizeof data);
  crypto_hmac (key, 20, data, 50, out);
  assert_hex (out, "773ea91e36800e46854db8ebd09181a7"
                   "2959098b3ef8c122d9635514ced565fe");
  crypto_hmac (key, 131,
               "Test Using Larger Than Block-Size Key - Hash Key First", 54,
               out);
  assert_hex (out, "60e431591ee0b67f0d8a26aacbf5b77f"
                   "8e0bc6213728c5140546040f0ee37f54");
}

static void
test_base64url (void)
{
  static const char *const bad[] = {
    "", "AAAA", "AAAAAAAAAAAAAAAAAAAAAA==", "AAAAAAAAAAAAAAAAAAAAA+",
    "AAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAAA",
    "AAAAAAAAAAAAAAAAAAAAAB", "AAAAAAAAAAAAAAAAAAAA A",
  };
  uint8_t bytes[16], back[16];

  for (int n = 0; n < 200; n++) {
    g_autofree char *text = NULL;

    crypto_random (bytes, sizeof bytes);
    text = crypto_base64url (bytes, sizeof bytes);
    g_assert_cmpuint (strlen (text), ==, 22);
    g_assert_null (strpbrk (text, "+/="));
    g_assert_true (crypto_unbase64url (text, back, sizeof back));
    g_assert_cmpmem (bytes, 16, back, 16);
  }
  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (crypto_unbase64url (bad[i], back, sizeof back));
  g_assert_false (crypto_unbase64url (NULL, back, sizeof back));
}

static void
test_password (void)
{
  g_autofree char *a = crypto_password_hash ("Lan-tian-36", 1);
  g_autofree char *b = crypto_password_hash ("Lan-tian-36", 1);
  g_autofree char *chinese = crypto_password_hash ("密码密码密码", 1);

  g_assert_true (g_str_has_prefix (a, "$y$"));
  g_assert_cmpstr (a, !=, b);
  g_assert_cmpint (crypto_password_check ("Lan-tian-36", a), ==, 1);
  g_assert_cmpint (crypto_password_check ("Lan-tian-37", a), ==, 0);
  g_assert_cmpint (crypto_password_check ("", a), ==, 0);
  g_assert_cmpint (crypto_password_check ("密码密码密码", chinese), ==, 1);
}

/* What is no hash at all lets nobody in. */
static void
test_password_broken_hash (void)
{
  static const char *const bad[] = { "", "*", "*0", "!", "$y$", "x",
                                     "Lan-tian-36", "$y$j9T$" };

  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_cmpint (crypto_password_check ("Lan-tian-36", bad[i]), ==, 0);
  g_assert_cmpint (crypto_password_check ("*0", "*0"), ==, 0);
}

static void
test_first_password (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal,
                                                       g_free, NULL);

  for (int n = 0; n < 300; n++) {
    char *text = crypto_first_password ();

    g_assert_cmpuint (strlen (text), ==, 12);
    g_assert_null (strpbrk (text, "0Oo1lIi"));
    g_assert_nonnull (strpbrk (text, "23456789"));
    g_assert_true (g_hash_table_add (seen, text));
  }
}

/* Both places are taken by another process: no third hash runs; when it dies
 * its places are free again. */
static void
test_places (void)
{
  g_autofree char *dir = g_dir_make_tmp ("people-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "password.lock", NULL);
  g_autofree char *hash = crypto_password_hash ("a", 1);
  struct flock both = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = 2 };
  int64_t before;
  int ready[2], status;
  char byte;
  pid_t pid;

  g_assert_cmpint (crypto_places (dir), ==, 0);
  g_assert_cmpint (pipe (ready), ==, 0);
  pid = fork ();
  if (pid == 0) {
    int fd = open (path, O_RDWR);

    if (fcntl (fd, F_SETLK, &both) == 0)
      (void) !write (ready[1], "x", 1);
    for (;;)
      pause ();
  }
  g_assert_cmpint (read (ready[0], &byte, 1), ==, 1);
  before = g_get_monotonic_time ();
  g_assert_cmpint (crypto_password_check ("a", hash), ==, -1);
  g_assert_null (crypto_password_hash ("a", 1));
  g_assert_cmpint (g_get_monotonic_time () - before, <, 20 * 1000 * 1000);
  kill (pid, SIGKILL);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_cmpint (crypto_password_check ("a", hash), ==, 1);
  close (ready[0]);
  close (ready[1]);
  g_unlink (path);
  g_rmdir (dir);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (crypto_init (), ==, 0);
  g_test_add_func ("/crypto/sha-256-of-fips-180-2", test_sha256);
  g_test_add_func ("/crypto/hmac-of-rfc-4231", test_hmac);
  g_test_add_func ("/crypto/base64url-has-one-form", test_base64url);
  g_test_add_func ("/crypto/password-fits-its-hash-only", test_password);
  g_test_add_func ("/crypto/a-broken-hash-lets-nobody-in",
                   test_password_broken_hash);
  g_test_add_func ("/crypto/A5.10/first-passwords-are-random-and-legible",
                   test_first_password);
  g_test_add_func ("/crypto/two-hashes-at-once-on-the-machine", test_places);
  return g_test_run ();
}
