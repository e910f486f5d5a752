/* First letters of the pinyin of a name.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * The 3755 common characters of GB 2312 stand in the order of their pinyin, so
 * 23 borders tell the letter; those of its second level, which names of places
 * are full of (衢州, 濮阳), have a table.  A character with two readings has the
 * one by which it stands there, but for some words. */
#include "pinyin.h"
#include <glib.h>
#include "pinyin-second.h"

static const struct {
  unsigned first; /* code of the letter's first character */
  char letter;
} borders[] = {
  { 0xd4d1, 'z' }, { 0xd1b9, 'y' }, { 0xcef4, 'x' }, { 0xcdda, 'w' },
  { 0xcbfa, 't' }, { 0xc8f6, 's' }, { 0xc8bb, 'r' }, { 0xc6da, 'q' },
  { 0xc5be, 'p' }, { 0xc5b6, 'o' }, { 0xc4c3, 'n' }, { 0xc2e8, 'm' },
  { 0xc0ac, 'l' }, { 0xbfa6, 'k' }, { 0xbbf7, 'j' }, { 0xb9fe, 'h' },
  { 0xb8c1, 'g' }, { 0xb7a2, 'f' }, { 0xb6ea, 'e' }, { 0xb4ee, 'd' },
  { 0xb2c1, 'c' }, { 0xb0c5, 'b' }, { 0xb0a1, 'a' },
};

/* Words of unit names in which a character is read otherwise. */
static const struct {
  const char *word, *letters;
} words[] = {
  { "重庆", "cq" }, { "银行", "yh" }, { "支行", "zh" }, { "分行", "fh" },
  { "行业", "hy" }, { "音乐", "yy" }, { "会计", "kj" }, { "大厦", "ds" },
  { "西藏", "xz" }, { "藏族", "zz" }, { "番禺", "py" }, { "给水", "js" },
  { "调解", "tj" }, { "调整", "tz" },
};

static char *
words_replaced (const char *text)
{
  char *ret = g_strdup (text);

  for (size_t i = 0; i < G_N_ELEMENTS (words); i++) {
    g_auto (GStrv) parts = g_strsplit (ret, words[i].word, -1);

    g_free (ret);
    ret = g_strjoinv (words[i].letters, parts);
  }
  return ret;
}

static char
letter_of (unsigned code)
{
  enum { SECOND = 0xd8, LAST = 0xf7, FIRST_IN_ROW = 0xa1, IN_ROW = 94 };
  unsigned row = code >> 8, at = (code & 0xff) - FIRST_IN_ROW;

  if (row >= SECOND && row <= LAST && at < IN_ROW)
    return pinyin_second[(row - SECOND) * IN_ROW + at];
  if (code > 0xd7f9) /* the last common character */
    return '\0';
  for (size_t i = 0; i < G_N_ELEMENTS (borders); i++)
    if (code >= borders[i].first)
      return borders[i].letter;
  return '\0';
}

char *
pinyin_initials (const char *text)
{
  gsize size = 0;
  g_autofree char *plain = words_replaced (text);
  g_autofree char *gb = g_convert (plain, -1, "GB18030", "UTF-8", NULL, &size,
                                   NULL);
  GString *out = g_string_new (NULL);
  char letter;

  for (gsize i = 0; gb != NULL && i < size; i++) {
    unsigned char c = (unsigned char) gb[i];

    if (c < 0x80) {
      if (g_ascii_isalnum ((char) c))
        g_string_append_c (out, g_ascii_tolower ((char) c));
      continue;
    }
    if (i + 1 >= size)
      break;
    if (g_ascii_isdigit (gb[i + 1])) { /* four bytes: not common */
      i += 3;
      continue;
    }
    letter = letter_of (c * 256u + (unsigned char) gb[++i]);
    if (letter != '\0')
      g_string_append_c (out, letter);
  }
  return g_string_free (out, FALSE);
}
