/* Which approved post each leading duty of an entry takes, as bz_employment_open will
 * give them out.  SPDX-License-Identifier: MulanPSL-2.0 */
#include "seats.h"
#include <glib.h>
#include <string.h>

/* -- What the unit has. */

static int
read_posts (struct bz_req *req, int64_t unit, struct entry_look *look)
{
  struct entry_post **end = &look->posts;
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "staffing.posts_held",
                       BZ_ARGS (BZ_INT (unit)));

  while (rc >= 0 && (rc = bz_db_next (rows)) > 0) {
    struct entry_post *post = bz_alloc (req, sizeof *post);

    post->id = bz_db_int (rows, "id");
    post->organ_id = bz_db_int (rows, "organ_id");
    post->code = bz_db_text (rows, "post_code");
    post->title = bz_db_text (rows, "name");
    post->leader_class = bz_db_text (rows, "leader_class");
    post->quota = (int) bz_db_int (rows, "quota");
    post->held = (int) bz_db_int (rows, "held");
    *end = post;
    end = &post->next;
  }
  return rc;
}

/* What the book has left of each class; who stands above the number of their post by a
 * paper takes nothing of it (staffing.quota_over). */
static int
read_classes (struct bz_req *req, int64_t unit, struct entry_look *look)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "staffing.classes_held",
                       BZ_ARGS (BZ_INT (unit)));

  while (rc >= 0 && (rc = bz_db_next (rows)) > 0) {
    struct entry_class *class = bz_alloc (req, sizeof *class);
    int by_paper = (int) bz_db_int (rows, "by_paper");
    struct bz_balance balance;

    class->code = bz_db_text (rows, "code");
    rc = bz_quota_balance (req, unit, "lead", class->code, &balance);
    class->room = balance.room;
    class->beyond = MAX (balance.room, balance.free + by_paper);
    class->next = look->classes;
    look->classes = class;
  }
  return rc;
}

static struct entry_class *
class_of (const struct entry_look *look, const struct entry_post *post)
{
  struct entry_class *class = look->classes;

  while (class != NULL && g_strcmp0 (class->code, post->leader_class) != 0)
    class = class->next;
  return class;
}

static struct entry_post *
post_of (const struct entry_look *look, const char *code)
{
  struct entry_post *post = look->posts;

  while (post != NULL && g_strcmp0 (post->code, code) != 0)
    post = post->next;
  return post;
}

/* -- Giving out. */

static bool
has_seat (const struct entry_post *post)
{
  return post->held + post->sitting < post->quota;
}

/* A free seat of the class next above POST that has one and may be counted, of the unit
 * itself or the same 内设机构. */
static struct entry_post *
seat_above (struct bz_req *req, const struct entry_look *look,
            const struct entry_post *post)
{
  const char *above = post->leader_class;

  while ((above = bz_code_extra (req, "leader_class", above, "above")) != NULL
         && *above != '\0')
    for (struct entry_post *p = look->posts; p != NULL; p = p->next) {
      const struct entry_class *class = class_of (look, p);

      if (p->organ_id == post->organ_id && strcmp (p->leader_class, above) == 0
          && has_seat (p) && (class == NULL || class->taken < class->room))
        return p;
    }
  return NULL;
}

/* The seat that DUTY takes, where the post has none left: one by a paper, or one above. */
static int
seat_of_full (struct bz_req *req, const struct bz_case *entry,
              const struct entry_look *look, struct entry_duty *duty)
{
  int64_t paper = bz_item_paper (req, duty->person->item, "over_lead");
  const char *higher;
  int rc;

  duty->over = paper > 0;
  if (paper != 0)
    return paper < 0 ? (int) paper : BZ_OK;
  rc = bz_case_option (req, entry, "higher", &higher);
  duty->seat = rc == BZ_OK && strcmp (higher, "yes") == 0
               ? seat_above (req, look, duty->post)
               : NULL;
  return rc;
}

static int
seat (struct bz_req *req, const struct bz_case *entry, struct entry_look *look,
      struct entry_duty *duty)
{
  struct entry_class *class;
  int rc = BZ_OK;

  duty->post->asked++;
  duty->seat = duty->post;
  if (!has_seat (duty->post))
    rc = seat_of_full (req, entry, look, duty);
  if (duty->seat == NULL) {
    duty->post->without++;
    return rc;
  }
  duty->seat->sitting++;
  class = class_of (look, duty->seat);
  if (class != NULL && !duty->over)
    class->taken++;
  return rc;
}

static int
seat_person (struct bz_req *req, const struct bz_case *entry,
             struct entry_look *look, const struct entry_person *person,
             struct entry_duty ***end)
{
  int rc = BZ_OK;

  for (size_t r = 0; rc >= 0 && r < bz_item_rows (person->item, "duty"); r++) {
    struct entry_post *post = post_of (look,
                                       bz_item_row_get (person->item, "duty", r,
                                                        "post"));
    struct entry_duty *duty;

    if (post == NULL)
      continue; /* 无职务, and posts that nobody counts */
    duty = bz_alloc (req, sizeof *duty);
    duty->person = person;
    duty->post = post;
    rc = seat (req, entry, look, duty);
    **end = duty;
    *end = &duty->next;
  }
  return rc;
}

static bool
anybody_leads (const struct entry_look *look)
{
  for (size_t i = 0; i < look->count; i++)
    for (size_t r = 0; r < bz_item_rows (look->persons[i].item, "duty"); r++) {
      const char *post = bz_item_row_get (look->persons[i].item, "duty", r,
                                          "post");

      if (post != NULL && *post != '\0' && strcmp (post, "0") != 0)
        return true;
    }
  return false;
}

int
entry_seat_all (struct bz_req *req, struct bz_case *entry,
                struct entry_look *look)
{
  struct entry_duty **end = &look->duties;
  int rc;

  if (!anybody_leads (look))
    return BZ_OK;
  rc = read_posts (req, bz_case_scope (entry), look);
  if (rc >= 0)
    rc = read_classes (req, bz_case_scope (entry), look);
  for (size_t i = 0; i < look->count && rc >= 0; i++)
    rc = seat_person (req, entry, look, &look->persons[i], &end);
  return MIN (rc, BZ_OK);
}

/* -- Facts. */

static int
add_class_fact (struct bz_req *req, int64_t unit,
                const struct entry_class *class, struct bz_node *facts)
{
  struct bz_node *lead = bz_node_add (facts, "lead");
  struct bz_balance balance;
  int rc = bz_quota_balance (req, unit, "lead", class->code, &balance);

  bz_node_set (lead, "name", bz_code_name (req, "leader_class", class->code));
  bz_node_set (lead, "figures", bz_balance_text (req, &balance));
  bz_node_setf (lead, "mine", "%d", class->taken);
  return MIN (rc, BZ_OK);
}

int
entry_seats_facts (struct bz_req *req, struct bz_case *entry,
                   struct bz_item *item, struct bz_node *facts)
{
  const struct entry_person *person;
  struct entry_look *look;
  int rc = entry_look (req, entry, item, &look);

  if (rc < 0)
    return rc;
  person = entry_look_person (look, item);
  for (const struct entry_duty *d = look->duties; d != NULL; d = d->next) {
    const struct entry_class *class;
    struct bz_node *post;

    if (d->person != person)
      continue;
    post = bz_node_add (facts, "post");
    bz_node_set (post, "name", d->post->title);
    bz_node_setf (post, "quota", "%d", d->post->quota);
    bz_node_setf (post, "held", "%d", d->post->held);
    bz_node_setf (post, "mine", "%d", d->post->asked);
    bz_node_setf (post, "without", "%d", d->post->without);
    if (d->seat != NULL && d->seat != d->post)
      bz_node_set (post, "seat", d->seat->title);
    class = d->seat != NULL && !d->over ? class_of (look, d->seat) : NULL;
    if (class != NULL && class->taken > class->beyond)
      rc = add_class_fact (req, bz_case_scope (entry), class, facts);
    if (rc < 0)
      return rc;
  }
  return BZ_OK;
}
