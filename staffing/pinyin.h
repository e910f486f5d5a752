/* First letters of the pinyin of a name.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef STAFFING_PINYIN_H
#define STAFFING_PINYIN_H
/* "市教育局" gives "sjyj".  Letters and digits stay (in lower case); what is
 * neither nor a Chinese character of GB 2312 is left out.  g_free. */
char *pinyin_initials (const char *text);
#endif
