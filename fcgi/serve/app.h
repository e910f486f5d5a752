/* The two programs' way into the library.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef SERVE_APP_H
#define SERVE_APP_H
#include "bianzhi/plugin.h"

/* bianzhi-fcgi [-c CONF] [--single | --once | --check-config | --routes |
 * --queries | --dump-plugin NAME | --help-conf | --messages | --version] */
BZ_API int bz_app_main (int argc, char **argv);
/* bianzhi [-c CONF] COMMAND ...: migrate, account, verify, jobs and what the
 * packs declare. */
BZ_API int bz_tool_main (int argc, char **argv);
#endif
