/* Roles, permissions and scope: everything is refused unless declared.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "people/perm.h"
#include "data/xml.h"
#include "define/source.h"
#include "people/session.h"
#include "serve/route.h"

struct role {
  char *name, *title, *of;
  bool alone;         /* meets no other role in one operator */
  GHashTable *grants; /* set of permissions                  */
};

/* Set before the fork. */
static GPtrArray *roles;  /* struct role, in order of loading */
static GHashTable *known; /* permissions that some role has   */

static void
role_free (void *p)
{
  struct role *role = p;

  g_free (role->name);
  g_free (role->title);
  g_free (role->of);
  g_hash_table_unref (role->grants);
  g_free (role);
}

static struct role *
role_find (const char *name)
{
  for (guint i = 0; roles != NULL && i < roles->len; i++) {
    struct role *role = g_ptr_array_index (roles, i);

    if (g_str_equal (role->name, name))
      return role;
  }
  return NULL;
}

/* -- Loading. */

static int
role_declare (const xmlNode *node, const char *name, struct role **ret,
              GError **error)
{
  const char *title = source_attr (node, "title");
  struct role *role = role_find (name);

  if (role != NULL && title != NULL)
    return source_fail (error, node,
                        "role %s has a title already (%s); leave "
                        "the title out to grant it more",
                        name, role->title);
  if (role == NULL && title == NULL)
    return source_fail (error, node,
                        "role %s is not known; a new role needs "
                        "a title",
                        name);
  if (role == NULL) {
    role = g_new0 (struct role, 1);
    role->name = g_strdup (name);
    role->title = g_strdup (title);
    role->of = g_strdup (source_attr (node, "of"));
    role->alone = source_yes (node, "alone");
    role->grants = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                          NULL);
    g_ptr_array_add (roles, role);
  }
  *ret = role;
  return 0;
}

static int
role_load (const xmlNode *node, const char *pack, GError **error)
{
  struct role *role;
  int rc = role_declare (node, source_attr (node, "name"), &role, error);

  if (rc < 0)
    return rc;
  for (const xmlNode *n = xml_child (node, "grant"); n != NULL;
       n = xml_next (n, "grant")) {
    const char *permission = source_attr (n, "permission");

    /* A plugin gives away what is its own only. */
    if (!g_str_equal (pack, "bz") && !source_owned (permission, pack, '.'))
      return source_fail (error, n, "permission %s does not begin with %s.",
                          permission, pack);
    g_hash_table_add (role->grants, g_strdup (permission));
    g_hash_table_add (known, g_strdup (permission));
  }
  return 0;
}

int
perm_load (const char *path, const char *pack, GError **error)
{
  xmlDoc *doc = source_load (path, "roles", error);
  int rc = 0;

  if (doc == NULL)
    return BZ_FAILED;
  if (roles == NULL) {
    roles = g_ptr_array_new_with_free_func (role_free);
    known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  }
  for (const xmlNode *n = xml_child (xmlDocGetRootElement (doc), "role");
       n != NULL && rc >= 0; n = xml_next (n, "role"))
    rc = role_load (n, pack, error);
  xmlFreeDoc (doc);
  return rc;
}

void
perm_clear (void)
{
  g_clear_pointer (&roles, g_ptr_array_unref);
  g_clear_pointer (&known, g_hash_table_unref);
}

/* -- Asking. */

bool
perm_known (const char *permission)
{
  return g_str_equal (permission, "public")
      || g_str_equal (permission, "session")
      || g_str_equal (permission, "local")
      || (known != NULL && g_hash_table_contains (known, permission));
}

bool
perm_role_has (const char *name, const char *permission)
{
  const struct role *role = role_find (name);

  return role != NULL && g_hash_table_contains (role->grants, permission);
}

const char *
perm_role_title (const char *name)
{
  const struct role *role = role_find (name);

  return role != NULL ? role->title : NULL;
}

const char *
perm_role_of (const char *name)
{
  const struct role *role = role_find (name);

  return role != NULL ? role->of : NULL;
}

bool
perm_role_alone (const char *name)
{
  const struct role *role = role_find (name);

  return role != NULL && role->alone;
}

void
perm_foreach_role (void (*fn) (const char *, const char *, void *), void *data)
{
  for (guint i = 0; roles != NULL && i < roles->len; i++) {
    const struct role *role = g_ptr_array_index (roles, i);

    fn (role->name, role->title, data);
  }
}

static bool
session_has (const struct session *session, const char *permission)
{
  for (const char *const *role = session->roles; *role != NULL; role++)
    if (perm_role_has (*role, permission))
      return true;
  return false;
}

int
perm_route (struct bz_req *req)
{
  const char *permission = req->route->row.permission;

  if (permission != NULL && g_str_equal (permission, "public"))
    return BZ_OK;
  if (req->session == NULL)
    return bz_fail (req, BZ_FORBIDDEN, "请先登录。");
  if (req->session->must_change && !g_str_equal (req->path, "/password")
      && !g_str_equal (req->path, "/logout"))
    return bz_fail (req, BZ_FORBIDDEN,
                    "首次登录须先修改初始密码，再办理业务。");
  if (permission != NULL
      && (g_str_equal (permission, "session")
          || session_has (req->session, permission)))
    return BZ_OK;
  return bz_fail (req, BZ_FORBIDDEN, "您的角色没有办理此事项的权限。");
}

int
bz_may (struct bz_req *req, const char *permission, int64_t scope_id)
{
  const struct session *session = req->session;
  const char *found = NULL;

  if (session == NULL || session->must_change
      || !session_has (session, permission))
    return 0;
  if (scope_id == 0 || scope_id == session->scope_id)
    return 1;
  return bz_db_value (req, &found, "bz.scope_has", BZ_ARGS (BZ_INT (scope_id)));
}
