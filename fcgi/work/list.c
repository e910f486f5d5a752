/* What a list is asked for, brought into the form that the queries want.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "work/list.h"
#include <stdbool.h>
#include <string.h>
#include "work/workday.h"

char *
list_like (const char *text)
{
  GString *out;

  if (text == NULL || *text == '\0')
    return NULL;
  out = g_string_new ("%");
  for (const char *p = text; *p != '\0'; p++) {
    if (strchr ("%_\\", *p) != NULL)
      g_string_append_c (out, '\\');
    g_string_append_c (out, *p);
  }
  g_string_append_c (out, '%');
  return g_string_free (out, FALSE);
}

static bool
digits (const char *text, size_t min, size_t max)
{
  size_t n = strlen (text);

  return n >= min && n <= max && strspn (text, "0123456789") == n;
}

char *
list_date (const char *typed)
{
  g_auto (GStrv) part = NULL;
  g_autofree char *text = NULL;
  long days;
  char out[11];

  if (typed == NULL)
    return NULL;
  if (digits (typed, 8, 8))
    text = g_strdup_printf ("%.4s-%.2s-%.2s", typed, typed + 4, typed + 6);
  else {
    part = g_strsplit_set (typed, "-./", -1);
    if (g_strv_length (part) != 3 || !digits (part[0], 4, 4)
        || !digits (part[1], 1, 2) || !digits (part[2], 1, 2))
      return NULL;
    text = g_strdup_printf ("%s-%02d-%02d", part[0],
                            (int) g_ascii_strtoll (part[1], NULL, 10),
                            (int) g_ascii_strtoll (part[2], NULL, 10));
  }
  if (!workday_parse (text, &days))
    return NULL;
  workday_text (days, out);
  return g_strdup (out);
}
