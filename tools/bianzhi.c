/* bianzhi: the command line; everything is in the library.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "serve/app.h"

int
main (int argc, char **argv)
{
  return bz_tool_main (argc, argv);
}
