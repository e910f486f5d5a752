/* Addresses from which something may be asked: a list of addresses and nets.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "serve/from.h"
#include <arpa/inet.h>
#include <glib.h>
#include <stdint.h>
#include <string.h>

/* An IPv4 address lies in ::ffff:0:0/96. */
enum { FROM_BYTES = 16, FROM_V4 = 12 };
struct net {
  uint8_t at[FROM_BYTES];
  unsigned bits;
};

static bool
address_read (const char *text, uint8_t *ret, bool *v4)
{
  static const uint8_t front[FROM_V4] = { [10] = 0xff, [11] = 0xff };

  *v4 = inet_pton (AF_INET, text, ret + FROM_V4) == 1;
  if (*v4)
    memcpy (ret, front, sizeof front);
  return *v4 || inet_pton (AF_INET6, text, ret) == 1;
}

static bool
net_read (const char *word, struct net *ret)
{
  const char *slash = strchr (word, '/');
  g_autofree char *address = slash != NULL
                             ? g_strndup (word, (gsize) (slash - word))
                             : g_strdup (word);
  int64_t bits;
  bool v4;

  if (!address_read (address, ret->at, &v4))
    return false;
  ret->bits = 8 * FROM_BYTES;
  if (slash == NULL)
    return true;
  if (!g_ascii_string_to_signed (slash + 1, 10, 0, v4 ? 32 : 128, &bits, NULL))
    return false;
  ret->bits = (unsigned) bits + (v4 ? 8 * FROM_V4 : 0);
  return true;
}

static bool
net_holds (const struct net *net, const uint8_t *address)
{
  unsigned whole = net->bits / 8, rest = net->bits % 8;

  return memcmp (net->at, address, whole) == 0
      && (rest == 0 || (net->at[whole] ^ address[whole]) >> (8 - rest) == 0);
}

bool
from_holds (const char *list, const char *address)
{
  g_auto (GStrv) words = g_strsplit_set (list, " ,;\t", -1);
  uint8_t asked[FROM_BYTES];
  bool found = false, v4;

  if (!address_read (address, asked, &v4))
    return false;
  for (char **w = words; *w != NULL && !found; w++) {
    struct net net;

    found = **w != '\0' && net_read (*w, &net) && net_holds (&net, asked);
  }
  return found;
}

char *
from_fault (const char *list)
{
  g_auto (GStrv) words = g_strsplit_set (list, " ,;\t", -1);

  for (char **w = words; *w != NULL; w++) {
    struct net net;

    if (**w != '\0' && !net_read (*w, &net))
      return g_strdup (*w);
  }
  return NULL;
}
