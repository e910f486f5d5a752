/* Dates as clerks type them, and as numbers that can be compared.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef DEFINE_DATE_H
#define DEFINE_DATE_H

enum date_read {
  DATE_DAY,        /* a whole date: RET is YYYY-MM-DD                      */
  DATE_MONTH,      /* only year and month: RET is YYYY-MM                  */
  DATE_NONE,       /* no date at all                                       */
  DATE_IMPOSSIBLE, /* 2026-02-30                                           */
  DATE_FAR,        /* before 1900 or after 2100                            */
};
/* 2026-03-15 20260315 2026.3.15 2026/3/15 2026年3月15日, and without the day
 * 2026-03 202603 2026.3 2026年3月; digits may be full width.  RET has 11
 * bytes and is written on DATE_DAY and DATE_MONTH only. */
enum date_read date_read (const char *text, char *ret);

struct date_number {
  int ymd;    /* 20260315; a month without its day counts from the 1st */
  int days;   /* since 1970-01-01                                     */
  int months; /* 12 * year + month                                    */
};
/* Of what date_read gave.  0, or -1: TEXT is no such date. */
int date_number (const char *text, struct date_number *ret);
#endif
