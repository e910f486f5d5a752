/* Under what the persons of an entry count, and their places of the slip.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "look.h"
#include <glib.h>
#include <string.h>
#include "slip.h"

const struct entry_book entry_books[ENTRY_BOOKS] = {
  [ENTRY_TYPE] = { "type", "staffing_type" },
  [ENTRY_STRUCTURE] = { "structure", "structure" },
  [ENTRY_FUNDING] = { "funding", "funding" },
};

static const char *
text (const struct bz_item *item, const char *field)
{
  const char *value = bz_item_get (item, field);

  return value != NULL ? value : "";
}

static bool
same (const struct bz_item *a, const struct bz_item *b)
{
  return a == b || (bz_item_id (a) != 0 && bz_item_id (a) == bz_item_id (b));
}

/* The persons in their order; ITEM in its place, or behind all others. */
static void
list (struct bz_req *req, struct bz_case *entry, struct bz_item *item,
      struct entry_look *look)
{
  size_t all = bz_case_items (entry);
  bool found = item == NULL;

  look->persons = bz_alloc (req, (all + 1) * sizeof *look->persons);
  for (size_t i = 0; i < all; i++) {
    struct bz_item *stored = bz_case_item (entry, i);
    bool stand_in = item != NULL && same (stored, item);

    look->persons[i].item = stand_in ? item : stored;
    found |= stand_in;
  }
  if (!found)
    look->persons[all++].item = item;
  look->count = all;
}

/* -- One by one. */

/* Somebody before PERSON who is alike, NULL: nobody.  Most of a case are. */
static const struct entry_person *
like_before (const struct entry_look *look, const struct entry_person *person)
{
  for (const struct entry_person *p = look->persons; p < person; p++)
    if (strcmp (p->kind, person->kind) == 0)
      return p;
  return NULL;
}

static int
find_codes (struct bz_req *req, int64_t unit, struct entry_person *person)
{
  int rc = bz_quota_type (req, unit, text (person->item, "staffing_type"),
                          &person->type);

  for (int b = 0; b < ENTRY_BOOKS && rc >= 0; b++)
    rc = bz_quota_code (req, person->item, unit, entry_books[b].book,
                        &person->code[b]);
  return rc;
}

static int
look_at (struct bz_req *req, struct bz_case *entry, struct bz_slip *slip,
         const struct entry_look *look, struct entry_person *person)
{
  const struct bz_item *item = person->item;
  const struct entry_person *like;
  int rc;

  person->kind = bz_format (req, "%s|%s|%s|%s", text (item, "staffing_type"),
                            text (item, "structure"), text (item, "funding"),
                            text (item, "person_status"));
  like = like_before (look, person);
  if (like != NULL) {
    person->type = like->type;
    memcpy (person->code, like->code, sizeof person->code);
    person->alone = like->alone;
  }
  else {
    rc = find_codes (req, bz_case_scope (entry), person);
    if (rc >= 0 && slip != NULL)
      rc = entry_slip_find (req, entry, item, &person->alone);
    if (rc < 0)
      return rc;
  }
  return slip == NULL
         ? BZ_OK
         : entry_slip_take (req, entry, item, slip, &person->place);
}

static int
look_anew (struct bz_req *req, struct bz_case *entry, struct bz_item *item,
           struct entry_look *look)
{
  struct bz_slip *slip = NULL;
  int rc = BZ_OK;

  list (req, entry, item, look);
  if (entry_slip_of (entry) != 0)
    rc = bz_slip_read (req, entry_slip_of (entry), bz_case_scope (entry),
                       bz_today (req), &slip);
  if (rc == BZ_OK && slip != NULL)
    look->slip = bz_slip_head (slip);
  for (size_t i = 0; i < look->count && rc >= 0; i++)
    rc = look_at (req, entry, slip, look, &look->persons[i]);
  return rc < 0 ? rc : entry_seat_all (req, entry, look);
}

/* -- The look. */

int
entry_look (struct bz_req *req, struct bz_case *entry, struct bz_item *item,
            struct entry_look **ret)
{
  void **notes = bz_case_notes (entry);
  int rc;

  *ret = notes != NULL ? *notes : NULL;
  if (*ret != NULL)
    return BZ_OK;
  *ret = bz_alloc (req, sizeof **ret);
  rc = look_anew (req, entry, item, *ret);
  if (rc == BZ_OK && notes != NULL)
    *notes = *ret;
  return rc;
}

const struct entry_person *
entry_look_person (const struct entry_look *look, const struct bz_item *item)
{
  size_t i = 0;

  while (i + 1 < look->count && !same (look->persons[i].item, item))
    i++;
  return &look->persons[i];
}

bool
entry_is_kept (const struct entry_person *person, int book)
{
  const char *kept = book == ENTRY_TYPE      ? person->place.code
                   : book == ENTRY_STRUCTURE ? person->place.structure
                                             : NULL;

  return person->place.slip_id != 0 && person->place.fault == NULL
      && person->code[book] != NULL
      && g_strcmp0 (kept, person->code[book]) == 0;
}

int
entry_count (const struct entry_look *look, int book, const char *code,
             int *ret_kept)
{
  int n = 0;

  *ret_kept = 0;
  for (size_t i = 0; i < look->count; i++) {
    const struct entry_person *person = &look->persons[i];

    if (g_strcmp0 (person->code[book], code) != 0)
      continue;
    n++;
    *ret_kept += entry_is_kept (person, book);
  }
  return n;
}
