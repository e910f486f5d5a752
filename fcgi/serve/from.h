/* Addresses from which something may be asked: a list of addresses and nets.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef SERVE_FROM_H
#define SERVE_FROM_H
#include <stdbool.h>

/* The machine itself. */
#define FROM_LOOPBACK "127.0.0.0/8 ::1"
/* Does LIST ("127.0.0.0/8 ::1 10.1.2.3", blanks or commas between) hold
 * ADDRESS?  What is no address, a name or "", is in no list.  An IPv4 address
 * written as IPv6 (::ffff:127.0.0.1) is the IPv4 address. */
bool from_holds (const char *list, const char *address);
/* The first word of LIST that is neither; NULL: all are.  g_free. */
char *from_fault (const char *list);
#endif
