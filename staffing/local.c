/* Fields that plugins of provinces add to a person: kept beside the register's own, by
 * their names.  Which there are the dictionaries say.  SPDX-License-Identifier: MulanPSL-2.0 */
#include "part.h"

static const char whose[] = LOCAL_OF;

/* The value that ROWS, one for each field, have of FIELD; NULL: none. */
static const char *
value_of (GHashTable *values, const char *field)
{
  return g_hash_table_lookup (values, field);
}

int
local_values (struct bz_req *req, int64_t person_id, bool locked,
              GHashTable **ret)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows,
                       locked ? "staffing.local_locked" : "staffing.local_of",
                       BZ_ARGS (BZ_INT (person_id)));

  *ret = g_hash_table_new (g_str_hash, g_str_equal);
  while (rc >= 0 && (rc = bz_db_next (rows)) > 0)
    g_hash_table_insert (*ret, (char *) bz_db_text (rows, "field"),
                         (char *) bz_db_text (rows, "value"));
  return rc;
}

/* Is there any?  An installation without such plugins asks the database nothing. */
static bool
any_field (void)
{
  struct bz_kept_field f;

  return bz_kept_field (whose, 0, &f) > 0;
}

int
local_load (struct bz_req *req, int64_t person_id, struct bz_item *item,
            bool locked)
{
  g_autoptr (GHashTable) values = NULL;
  struct bz_kept_field f;
  int rc = any_field () ? local_values (req, person_id, locked, &values) : 0;

  for (size_t n = 0; rc == 0 && bz_kept_field (whose, n, &f) > 0; n++)
    if (bz_item_has (item, f.name))
      bz_item_set (item, f.name, value_of (values, f.name));
  return rc;
}

/* What is known already; what is not stays as it was typed. */
int
local_fill (struct bz_req *req, int64_t person_id, struct bz_item *item)
{
  g_autoptr (GHashTable) values = NULL;
  struct bz_kept_field f;
  int rc = any_field () ? local_values (req, person_id, false, &values) : 0;

  for (size_t n = 0; rc == 0 && bz_kept_field (whose, n, &f) > 0; n++)
    if (bz_item_has (item, f.name) && value_of (values, f.name) != NULL)
      bz_item_set (item, f.name, value_of (values, f.name));
  return rc;
}

static int
put (struct bz_req *req, int64_t person_id, const struct bz_item *item,
     const char *field)
{
  const char *value = bz_item_get (item, field);
  int64_t n = value != NULL && *value != '\0'
              ? bz_db_exec (req, "staffing.local_put",
                            BZ_ARGS (BZ_INT (person_id), BZ_STR (field),
                                     BZ_STR (value)))
              : bz_db_exec (req, "staffing.local_drop",
                            BZ_ARGS (BZ_INT (person_id), BZ_STR (field)));

  return (int) MIN (n, BZ_OK);
}

int
local_store (struct bz_req *req, int64_t person_id, const struct bz_item *item)
{
  struct bz_kept_field f;
  int rc = BZ_OK;

  for (size_t n = 0; rc == BZ_OK && bz_kept_field (whose, n, &f) > 0; n++)
    if (bz_item_has (item, f.name))
      rc = put (req, person_id, item, f.name);
  return rc;
}

int
local_change (struct bz_req *req, const struct bz_item *item)
{
  struct bz_kept_field f;
  int rc = BZ_OK;

  for (size_t n = 0; rc == BZ_OK && bz_kept_field (whose, n, &f) > 0; n++)
    if (bz_item_has (item, f.name) && bz_item_changes (item, f.name))
      rc = put (req, bz_item_subject (item), item, f.name);
  return rc;
}
