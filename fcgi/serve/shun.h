/* A plugin over whose routes workers die again and again is shut off.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * The platform's own routes never are.  It lasts until the board is new: a
 * restart or a reload. */
#ifndef SERVE_SHUN_H
#define SERVE_SHUN_H
#include <stdbool.h>
#include <stdint.h>
#include "serve/conf.h"

struct route;
enum { SHUN_NUMBER_SIZE = 16 };
/* Master: a worker died over ROUTE (NULL: none).  More than [server]
 * plugin_crashes within a minute shut the plugin.  true: the death is counted
 * against a plugin and not against the server. */
bool shun_death (const struct conf *, const struct route *);
void shun_forget (void); /* with the board */
/* The number of incident SHUT (board_shut), as page and log tell it:
 * "20261126-101500", in RET of SHUN_NUMBER_SIZE bytes. */
void shun_number (int64_t shut, char *ret);
#endif
