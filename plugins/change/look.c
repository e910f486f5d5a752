/* What the persons of a change give up and take, in their order.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "look.h"
#include <glib.h>
#include <string.h>

static const char *const books[] = { "structure", "funding" };

/* The case as it is looked at. */
struct looking {
  struct bz_req *req;
  struct bz_case *c;
  struct change_look *look;
  struct change_taking **end;
  bool read; /* the posts of the unit */
};

static const char *
text (const char *value)
{
  return value != NULL ? value : "";
}

/* -- Figures. */

static struct change_figure *
figure_find (const struct looking *l, const char *book, const char *code)
{
  struct change_figure *f = l->look->figures;

  while (f != NULL
         && (g_strcmp0 (f->book, book) != 0 || strcmp (f->code, code) != 0))
    f = f->next;
  return f;
}

/* The account CODE of BOOK; NULL: nothing counts there. */
static int
account (struct looking *l, const char *book, const char *code,
         const char *field, struct change_figure **ret)
{
  struct bz_balance b;
  int rc = BZ_OK;

  *ret = NULL;
  if (code == NULL || *code == '\0')
    return BZ_OK;
  *ret = figure_find (l, book, code);
  if (*ret != NULL)
    return BZ_OK;
  rc = bz_quota_balance (l->req, bz_case_scope (l->c), book, code, &b);
  if (rc < 0 || (rc == 0 && strcmp (book, "lead") == 0))
    return rc;
  *ret = bz_alloc (l->req, sizeof **ret);
  **ret = (struct change_figure){ .next = l->look->figures,
                                  .book = book,
                                  .code = code,
                                  .title = bz_quota_title (l->req, book, code),
                                  .field = field,
                                  .approved = b.approved,
                                  .occupied = b.occupied,
                                  .free = b.free,
                                  .room = b.room };
  l->look->figures = *ret;
  return BZ_OK;
}

static void
give (struct change_figure *f)
{
  if (f != NULL)
    f->net--;
}

static void
take (struct looking *l, const struct bz_item *item, struct change_figure *f,
      bool over)
{
  struct change_taking *t;

  if (f == NULL)
    return;
  t = bz_alloc (l->req, sizeof *t);
  t->item = item;
  t->figure = f;
  t->lacks = f->net + 1 > f->room;
  t->over = over;
  f->net++;
  f->taken++;
  *l->end = t;
  l->end = &t->next;
}

/* -- The book. */

static int
look_book (struct looking *l, const struct bz_item *item, const char *book,
           const char *was)
{
  struct change_figure *from, *to;
  const char *code = NULL;
  int rc;

  if (!bz_item_changes (item, book))
    return BZ_OK;
  rc = bz_quota_code (l->req, item, bz_case_scope (l->c), book, &code);
  if (rc < 0 || strcmp (text (code), text (was)) == 0)
    return MIN (rc, BZ_OK);
  rc = account (l, book, was, book, &from);
  if (rc >= 0)
    rc = account (l, book, code, book, &to);
  if (rc < 0)
    return rc;
  give (from);
  take (l, item, to, false);
  return BZ_OK;
}

/* As the register counts them; nobody is there: nothing moves. */
static int
look_books (struct looking *l, const struct bz_item *item)
{
  struct bz_rows *rows;
  int rc = bz_db_open (l->req, &rows, "change.counted",
                       BZ_ARGS (BZ_INT (bz_case_scope (l->c)),
                                BZ_INT (bz_item_subject (item))));

  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc <= 0)
    return rc;
  rc = look_book (l, item, books[0], bz_db_text (rows, "quota_structure"));
  return rc < 0
         ? rc
         : look_book (l, item, books[1], bz_db_text (rows, "quota_funding"));
}

/* -- Seats. */

static int
read_posts (struct looking *l)
{
  struct bz_rows *rows;
  int rc = l->read ? BZ_OK
                   : bz_db_open (l->req, &rows, "staffing.posts_held",
                                 BZ_ARGS (BZ_INT (bz_case_scope (l->c))));

  while (!l->read && rc >= 0 && (rc = bz_db_next (rows)) > 0) {
    struct change_figure *f = bz_alloc (l->req, sizeof *f);

    f->code = bz_db_text (rows, "post_code");
    f->title = bz_db_text (rows, "name");
    f->field = bz_db_text (rows, "leader_class");
    f->approved = (int) bz_db_int (rows, "quota");
    f->occupied = (int) bz_db_int (rows, "held");
    f->free = f->room = f->approved - f->occupied;
    f->next = l->look->figures;
    l->look->figures = f;
  }
  l->read = true;
  return MIN (rc, BZ_OK);
}

/* Does ITEM name POST in a row? */
static bool
names (const struct bz_item *item, const char *post)
{
  for (size_t r = 0; r < bz_item_rows (item, "duty"); r++)
    if (g_strcmp0 (bz_item_row_get (item, "duty", r, "post"), post) == 0)
      return true;
  return false;
}

static int
class_of (struct looking *l, const struct change_figure *post,
          struct change_figure **ret)
{
  return account (l, "lead", post->field, "duty", ret);
}

/* The seats of the duties that ITEM does not name any more. */
static int
give_seats (struct looking *l, const struct bz_item *item)
{
  struct change_figure *post, *class;
  struct bz_rows *rows;
  int rc = bz_db_open (l->req, &rows, "change.seats",
                       BZ_ARGS (BZ_INT (bz_case_scope (l->c)),
                                BZ_INT (bz_item_subject (item))));

  while (rc >= 0 && (rc = bz_db_next (rows)) > 0) {
    if (names (item, bz_db_text (rows, "duty")))
      continue;
    post = figure_find (l, NULL, bz_db_text (rows, "seat"));
    if (post == NULL)
      continue;
    give (post);
    rc = class_of (l, post, &class);
    give (class);
  }
  return MIN (rc, BZ_OK);
}

static int
take_seat (struct looking *l, const struct bz_item *item, const char *code)
{
  struct change_figure *post = figure_find (l, NULL, text (code)), *class;
  bool full;
  int64_t paper = 0;
  int rc = BZ_OK;

  if (post == NULL)
    return BZ_OK; /* 无职务, and posts that nobody counts */
  full = post->net + 1 > post->room;
  if (full)
    paper = bz_item_paper (l->req, item, "over_lead");
  take (l, item, post, paper > 0);
  if (full) /* by a paper alone, which takes nothing of the class */
    return (int) MIN (paper, BZ_OK);
  rc = class_of (l, post, &class);
  take (l, item, class, false);
  return MIN (rc, BZ_OK);
}

static int
look_seats (struct looking *l, const struct bz_item *item)
{
  const struct bz_item *before = bz_item_before (l->req, item);
  int rc;

  if (!bz_item_changes (item, "duty") || before == NULL)
    return BZ_OK;
  rc = read_posts (l);
  if (rc == BZ_OK)
    rc = give_seats (l, item);
  for (size_t r = 0; rc == BZ_OK && r < bz_item_rows (item, "duty"); r++) {
    const char *code = bz_item_row_get (item, "duty", r, "post");

    if (!names (before, code))
      rc = take_seat (l, item, code);
  }
  return rc;
}

bool
change_moves (struct bz_req *req, const struct bz_item *item)
{
  const struct bz_item *before = bz_item_before (req, item);
  const struct bz_item *const sides[] = { before, item };

  for (size_t i = 0; i < G_N_ELEMENTS (books); i++)
    if (bz_item_changes (item, books[i]))
      return true;
  for (size_t s = 0; before != NULL && s < G_N_ELEMENTS (sides); s++)
    for (size_t r = 0; r < bz_item_rows (sides[s], "duty"); r++) {
      const char *code = text (bz_item_row_get (sides[s], "duty", r, "post"));

      if (*code != '\0' && strcmp (code, "0") != 0 && strcmp (code, "901") != 0
          && !names (sides[1 - s], code))
        return true;
    }
  return false;
}

/* -- The look. */

static bool
same (const struct bz_item *a, const struct bz_item *b)
{
  return a == b
      || (b != NULL && bz_item_id (a) != 0 && bz_item_id (a) == bz_item_id (b));
}

int
change_look (struct bz_req *req, struct bz_case *c, struct bz_item *item,
             struct change_look **ret)
{
  void **notes = bz_case_notes (c);
  struct looking l = { .req = req, .c = c };
  int rc = BZ_OK;

  *ret = notes != NULL ? *notes : NULL;
  if (*ret != NULL)
    return BZ_OK;
  *ret = l.look = bz_alloc (req, sizeof **ret);
  l.end = &l.look->takings;
  for (size_t i = 0; i < bz_case_items (c) && rc == BZ_OK; i++) {
    struct bz_item *stored = bz_case_item (c, i);
    const struct bz_item *at = same (stored, item) ? item : stored;

    rc = look_books (&l, at);
    if (rc == BZ_OK)
      rc = look_seats (&l, at);
  }
  if (rc == BZ_OK && notes != NULL)
    *notes = *ret;
  return rc;
}
