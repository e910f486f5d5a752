/* Which unit a list is about: a choice while there are few, a typed text that
 * finds some of them when there are many.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "part.h"
#include "show.h"

/* How many found units are offered. */
enum { OFFERED = 50 };

struct choice {
  int64_t id;
  const char *name;
  bool exact; /* its name, short name, code or initials are what was typed */
};

static int
read_choices (struct bz_rows *rows, GArray *all)
{
  int got;

  while ((got = bz_db_next (rows)) > 0) {
    struct choice c = { .id = bz_db_int (rows, "code"),
                        .name = bz_db_text (rows, "name"),
                        .exact = bz_db_int (rows, "exact") != 0 };
    g_array_append_val (all, c);
  }
  return got;
}

static void
put_choices (struct bz_req *req, struct bz_node *query, GArray *all,
             const char *title, const char *none, int64_t chosen)
{
  struct bz_node *control = show_control (query, "unit", title, "code", NULL);
  const char *now = chosen > 0 ? bz_format (req, "%lld", (long long) chosen)
                               : "";

  show_option (control, "", none, now);
  for (unsigned i = 0; i < all->len; i++) {
    const struct choice *c = &g_array_index (all, struct choice, i);

    show_option (control, bz_format (req, "%lld", (long long) c->id), c->name,
                 now);
  }
}

/* Few: all of them; whose scope is one unit has nothing to choose. */
static int
put_few (struct bz_req *req, struct bz_node *query, int64_t chosen)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (struct choice));
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "staffing.unit_options", NULL, 0);

  if (rc < 0)
    return rc;
  rc = read_choices (rows, all);
  if (rc == 0 && all->len > 1)
    put_choices (req, query, all, "单位", "全部单位", chosen);
  return rc;
}

/* What was chosen stays if it was found again; the only one found, or the only
 * one of exactly that name, is chosen without asking.  0: ask. */
static int64_t
settle (GArray *all, int64_t chosen)
{
  int64_t exact = 0;
  unsigned exacts = 0;

  for (unsigned i = 0; i < all->len; i++) {
    const struct choice *c = &g_array_index (all, struct choice, i);

    if (c->id == chosen || all->len == 1)
      return c->id;
    if (c->exact) {
      exact = c->id;
      exacts++;
    }
  }
  return exacts == 1 ? exact : 0;
}

static const char *
what_to_do (struct bz_req *req, unsigned found, const char *typed)
{
  if (found == 0)
    return bz_format (req,
                      "没有找到单位“%s”，请改用名称、简称、代码或拼音首字母",
                      typed);
  if (found > OFFERED)
    return bz_format (req, "符合“%s”的单位超过 %d 个，请把单位写得更完整",
                      typed, OFFERED);
  return bz_format (req, "有 %u 个单位符合“%s”，请在“符合的单位”中选择一个",
                    found, typed);
}

/* The name of a unit that an address asks for; NULL: not in this scope. */
static int
name_of (struct bz_req *req, int64_t unit, const char **ret)
{
  return bz_db_value (req, ret, "staffing.unit_name", BZ_ARGS (BZ_INT (unit)));
}

/* Many: the text, and what it found unless that is one alone. */
static int
put_many (struct bz_req *req, struct bz_node *query, int64_t *unit,
          const char **ret_problem)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (struct choice));
  const char *typed = show_text (req, "unit_name");
  struct bz_node *text = show_control (query, "unit_name", "单位", "text",
                                       typed);
  struct bz_rows *rows;
  int rc = BZ_OK;

  bz_node_set (text, "w", "2");
  bz_node_set (text, "ph", "名称、简称、代码或拼音首字母");
  if (typed == NULL && bz_param (req, "unit_name") != NULL)
    *unit = 0; /* the text was emptied: all of them again */
  if (typed == NULL && *unit > 0) {
    rc = name_of (req, *unit, &typed);
    bz_node_set (text, "v", rc > 0 ? typed : NULL);
  }
  if (rc < 0 || typed == NULL)
    return MIN (rc, BZ_OK);
  rc = bz_db_open (req, &rows, "staffing.unit_found",
                   BZ_ARGS (BZ_STR (typed), BZ_INT (*unit),
                            BZ_INT (OFFERED + 1)));
  if (rc < 0 || (rc = read_choices (rows, all)) < 0)
    return rc;
  *unit = settle (all, *unit);
  if (*unit == 0)
    *ret_problem = what_to_do (req, all->len, typed);
  if (all->len > 1 && all->len <= OFFERED)
    put_choices (req, query, all, "符合的单位", "请选择单位", *unit);
  return BZ_OK;
}

int
unit_choice_put (struct bz_req *req, struct bz_node *query, bool many,
                 int64_t *unit, const char **ret_problem)
{
  *ret_problem = NULL;
  return many ? put_many (req, query, unit, ret_problem)
              : put_few (req, query, *unit);
}
