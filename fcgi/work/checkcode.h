/* Check codes (校验码) of issued sheets: random, typed by people.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * Eleven random characters and a check character out of 31 (digits and capital
 * letters without 0 1 I L O), written ABCD-EFGH-JKMN.  31 is prime: one wrong
 * character or two neighbours swapped never pass. */
#ifndef WORK_CHECKCODE_H
#define WORK_CHECKCODE_H
#include <stdbool.h>

enum { CHECKCODE_SIZE = 12 };
/* A new one, without dashes.  RET takes CHECKCODE_SIZE + 1 bytes. */
void checkcode_new (char *ret);
/* What somebody typed: small letters, blanks, dashes and full-width forms are
 * forgiven.  RET as above; false: no code could look like this. */
bool checkcode_read (const char *typed, char *ret);
/* With its dashes; g_free. */
char *checkcode_shown (const char *code);
#endif
