/* What a list is asked for, brought into the form that the queries want.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "work/list.h"
#include <string.h>
#include "define/date.h"

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

char *
list_date (const char *typed)
{
  char day[11];

  if (typed == NULL || date_read (typed, day) != DATE_DAY)
    return NULL;
  return g_strdup (day);
}
