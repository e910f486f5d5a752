/* What the service manager is told (sd_notify): over NOTIFY_SOCKET, if there is
 * one.  SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef SERVE_NOTIFY_H
#define SERVE_NOTIFY_H

void notify_ready (void);
void notify_reloading (void);
void notify_stopping (void);
#endif
