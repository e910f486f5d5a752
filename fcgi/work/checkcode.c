/* Check codes (校验码) of issued sheets.  SPDX-License-Identifier: MulanPSL-2.0 */
#include "work/checkcode.h"
#include <glib.h>
#include <stdint.h>
#include <string.h>
#include "people/crypto.h"

static const char letters[] = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

enum {
  BASE = sizeof letters - 1,
  FAIR = 256 / BASE * BASE /* a byte below it favours no letter */
};

/* The check character makes the sum of value times place a multiple of BASE. */
static unsigned
sum_of (const char *code, size_t n)
{
  unsigned sum = 0;

  for (size_t i = 0; i < n; i++)
    sum += (unsigned) (strchr (letters, code[i]) - letters)
         * (unsigned) (CHECKCODE_SIZE - i);
  return sum % BASE;
}

void
checkcode_new (char *ret)
{
  for (size_t i = 0; i < CHECKCODE_SIZE - 1;) {
    uint8_t byte;

    crypto_random (&byte, sizeof byte);
    if (byte < FAIR)
      ret[i++] = letters[byte % BASE];
  }
  ret[CHECKCODE_SIZE - 1]
    = letters[(BASE - sum_of (ret, CHECKCODE_SIZE - 1)) % BASE];
  ret[CHECKCODE_SIZE] = '\0';
}

bool
checkcode_read (const char *typed, char *ret)
{
  g_autofree char *plain = g_utf8_validate (typed, -1, NULL)
                           ? g_utf8_normalize (typed, -1, G_NORMALIZE_ALL)
                           : NULL;
  size_t n = 0;

  for (const char *p = plain; p != NULL && *p != '\0';
       p = g_utf8_next_char (p)) {
    char c = g_ascii_toupper (*p);
    gunichar wide = g_utf8_get_char (p);

    if (g_unichar_isspace (wide)
        || g_unichar_type (wide) == G_UNICODE_DASH_PUNCTUATION)
      continue;
    if (n == CHECKCODE_SIZE || strchr (letters, c) == NULL)
      return false;
    ret[n++] = c;
  }
  ret[n] = '\0';
  return n == CHECKCODE_SIZE && sum_of (ret, n) == 0;
}

char *
checkcode_shown (const char *code)
{
  return g_strdup_printf ("%.4s-%.4s-%.4s", code, code + 4, code + 8);
}
