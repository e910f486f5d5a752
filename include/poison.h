/* Functions that nobody here calls: each has a safe form.  The build includes
 * this file everywhere.  SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef POISON_H
#define POISON_H
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
/* GLib's header speaks of alloca itself, so it comes first. */
#include <glib.h>
#undef alloca
#pragma GCC poison strcpy strcat sprintf vsprintf strtok gets atoi atol alloca
#endif
