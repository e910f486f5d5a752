/* Until when an exit has to be handed in: pure.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "term.h"
#include <glib.h>
#include <stdio.h>
#include <string.h>
#include "bianzhi/plugin.h"

static bool
date_of (const char *text, GDate *ret)
{
  unsigned y, m, d;

  if (text == NULL || strlen (text) != 10
      || sscanf (text, "%4u-%2u-%2u", &y, &m, &d) != 3
      || !g_date_valid_dmy ((GDateDay) d, (GDateMonth) m, (GDateYear) y))
    return false;
  g_date_clear (ret, 1);
  g_date_set_dmy (ret, (GDateDay) d, (GDateMonth) m, (GDateYear) y);
  return true;
}

bool
exit_last_day (const struct exit_term *term, const char *happened_on, char *ret)
{
  GDate day;

  if (!date_of (happened_on, &day))
    return false;
  if (term->month_end)
    g_date_set_day (&day, g_date_get_days_in_month (g_date_get_month (&day),
                                                    g_date_get_year (&day)));
  else if (term->workdays)
    return bz_workday_after (happened_on, term->days, ret) == BZ_OK;
  else
    g_date_add_days (&day, (guint) term->days);
  return g_date_strftime (ret, 11, "%Y-%m-%d", &day) == 10;
}
