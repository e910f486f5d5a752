/* Roles, permissions and scope: everything is refused unless declared.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * roles.xml of a pack:
 *   <roles><role name="clerk" title="单位经办人"><grant permission="..."/>
 * A pack may grant its permissions to roles that an earlier pack made, leaving
 * the title out.  alone="yes": the role meets no other in one operator (the
 * three administrators).  of="unit": only for accounts of such a scope. */
#ifndef PEOPLE_PERM_H
#define PEOPLE_PERM_H
#include "serve/req.h"

int perm_load (const char *path, const char *pack, GError **error);
bool perm_known (const char *permission);
bool perm_role_has (const char *role, const char *permission);
const char *perm_role_title (const char *role); /* NULL: unknown  */
bool perm_role_alone (const char *role);
const char *perm_role_of (const char *role); /* NULL: of any scope  */
/* May the session use REQ->route?  BZ_OK; BZ_FORBIDDEN. Scope of the object is
 * the handler's matter (bz_may). */
int perm_route (struct bz_req *);
void perm_foreach_role (void (*fn) (const char *role, const char *title,
                                    void *),
                        void *);
void perm_clear (void);
#endif
