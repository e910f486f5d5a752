/* What marks a password of the demo: refused everywhere else.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef PEOPLE_DEMO_H
#define PEOPLE_DEMO_H

/* Each password of conf/demo-accounts.csv begins so, and no other may. */
#define DEMO_PASSWORD_PREFIX "Bz-demo-"
#endif
