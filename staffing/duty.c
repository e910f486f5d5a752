/* Duties of an employment: which approved post each takes.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "part.h"

/* The paper by which a leading post may be filled above its number. */
static const char over_lead[] = "over_lead";

static const char *
duty_of (const struct bz_item *item, size_t row, const char *field)
{
  const char *value = bz_item_row_get (item, "duty", row, field);

  return value != NULL ? value : "";
}

struct post {
  int64_t id; /* whose seat is taken; 0: none of the approved ones */
  const char *name, *leader_class;
  int quota;
  bool over;     /* one more than approved, by a paper       */
  int64_t paper; /* which                                    */
};

/* Holders of POST by QUERY, which locks them or not. */
static int
post_held (struct bz_req *req, const char *query, const struct post *post,
           const char *date, int *ret)
{
  const char *held;
  int rc = bz_db_value (req, &held, query,
                        BZ_ARGS (BZ_INT (post->id), BZ_STR (date)));

  if (rc > 0)
    *ret = (int) g_ascii_strtoll (held, NULL, 10);
  return rc < 0 ? rc : BZ_OK;
}

/* A full post stands open by a paper alone, and only as full as it was for those
 * who decided: what was filled after their look, they have not seen. */
static int
post_over (struct bz_req *req, const struct place *place, struct post *post,
           int held)
{
  int seen = held, rc;

  if (place->over == 0)
    return bz_fail (req, BZ_CONFLICT,
                    "职务“%s”核定 %d 名，已配 %d 名，职数不够，请核对职务",
                    post->name, post->quota, held);
  rc = post_held (req, "staffing.post_seen", post, place->date, &seen);
  post->paper = place->over;
  if (rc == BZ_OK && seen != held)
    rc = bz_fail (req, BZ_CONFLICT,
                  "职务“%s”刚刚又配了人，核定 %d 名，已配 %d 名，"
                  "请看清后再决定",
                  post->name, post->quota, held);
  return rc;
}

/* 高职低配: POST is full; RET becomes a post of the class next above it with a seat
 * free, of the same unit or 内设机构.  1; 0: none. */
static int
seat_above (struct bz_req *req, const struct place *place,
            const struct post *post, const char *leader_class, int64_t *ret)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "staffing.posts_above",
                       BZ_ARGS (BZ_INT (post->id), BZ_STR (leader_class)));

  while (rc >= 0 && (rc = bz_db_next (rows)) > 0) {
    const struct post above = { .id = bz_db_int (rows, "id") };
    int held = 0;

    rc = post_held (req, "staffing.post_held", &above, place->date, &held);
    if (rc == BZ_OK && held < (int) bz_db_int (rows, "quota")) {
      *ret = above.id;
      return 1;
    }
  }
  return rc;
}

/* The same through all classes above, the nearest first.  A post that filled after
 * the transaction's first look stays with its refusal: nobody was told of the seat. */
static int
sit_above (struct bz_req *req, const struct place *place, struct post *post)
{
  const char *above = post->leader_class;
  int seen = 0;
  int rc = post_held (req, "staffing.post_seen", post, place->date, &seen);

  if (rc < 0 || seen < post->quota)
    return rc;
  while (rc == 0
         && (above = bz_code_extra (req, "leader_class", above, "above"))
              != NULL
         && *above != '\0')
    rc = seat_above (req, place, post, above, &post->id);
  post->over = rc == 0;
  return rc;
}

/* The seat that the case to be turned back took from CODE, above its number by a paper
 * where it stood so.  1; 0: it took none. */
static int
seat_back (struct bz_req *req, const struct place *place, const char *code,
           struct post *ret)
{
  struct bz_rows *rows;
  int held = 0;
  int rc = place->back == 0
           ? 0
           : bz_db_open (req, &rows, "staffing.seat_back",
                         BZ_ARGS (BZ_INT (place->back),
                                  BZ_INT (place->employment), BZ_STR (code)));

  if (rc == BZ_OK && place->back != 0)
    rc = bz_db_next (rows);
  if (rc <= 0)
    return rc;
  *ret = (struct post){ .id = bz_db_int (rows, "id"),
                        .name = bz_db_text (rows, "name"),
                        .quota = (int) bz_db_int (rows, "quota"),
                        .paper = bz_db_int (rows, "paper_id") };
  ret->over = ret->paper != 0;
  rc = post_held (req, "staffing.post_held", ret, place->date, &held);
  if (rc == BZ_OK && !ret->over && held >= ret->quota)
    return bz_fail (req, BZ_CONFLICT, DUTY_FILLED, ret->name, ret->quota);
  return rc < 0 ? rc : 1;
}

/* The approved post CODE, locked, if a holder more fits in or may come above. */
static int
take_post (struct bz_req *req, const struct place *place, const char *code,
           struct post *ret)
{
  struct bz_rows *rows;
  int held = 0;
  int rc = seat_back (req, place, code, ret);

  if (rc != 0)
    return MIN (rc, BZ_OK);
  rc = bz_db_open (req, &rows, "staffing.post_take",
                   BZ_ARGS (BZ_INT (place->unit_id), BZ_STR (code)));
  if (rc < 0)
    return rc;
  rc = bz_db_next (rows);
  if (rc == 0)
    return bz_fail (req, BZ_CONFLICT,
                    "职务不在本单位的职务列表中，请退回重新选择职务");
  if (rc < 0)
    return rc;
  ret->id = bz_db_int (rows, "id");
  ret->name = bz_db_text (rows, "name");
  ret->quota = (int) bz_db_int (rows, "quota");
  rc = post_held (req, "staffing.post_held", ret, place->date, &held);
  ret->over = held >= ret->quota;
  if (rc == BZ_OK && ret->over && place->higher && place->over == 0) {
    ret->leader_class = bz_db_text (rows, "leader_class");
    rc = sit_above (req, place, ret);
  }
  if (rc < 0 || !ret->over)
    return MIN (rc, BZ_OK);
  return post_over (req, place, ret, held);
}

static int
choose_post (struct bz_req *req, const struct place *place, const char *code,
             struct post *ret)
{
  *ret = (struct post){ .id = 0 };
  if (strcmp (code, "0") == 0)
    ret->name = "无职务";
  else if (strcmp (code, "901") == 0)
    ret->name = "其他--非领导";
  else
    return take_post (req, place, code, ret);
  return BZ_OK;
}

/* Row N of ITEM takes a seat. */
static int
duty_add (struct bz_req *req, struct bz_item *item, size_t n,
          const struct place *place)
{
  const char *code = duty_of (item, n, "post");
  const char *type = duty_of (item, n, "appointment_type");
  struct post post;
  int64_t rows;
  int rc = choose_post (req, place, code, &post);

  if (rc < 0)
    return rc;
  rows = bz_db_exec (req, "staffing.duty_add",
                     BZ_ARGS (BZ_INT (place->employment),
                              BZ_INT ((int64_t) n + 1), BZ_INT (post.id),
                              BZ_STR (code), BZ_STR (post.name),
                              BZ_STR (*type != '\0' ? type : "1"),
                              BZ_STR (duty_of (item, n, "doc_no")),
                              BZ_STR (duty_of (item, n, "appoint_date"))));
  if (rows >= 0 && post.over)
    rows = bz_db_exec (req, "staffing.over_put",
                       BZ_ARGS (BZ_INT (place->employment),
                                BZ_INT ((int64_t) n + 1), BZ_INT (post.paper)));
  return (int) MIN (rows, BZ_OK);
}

int
duties_add (struct bz_req *req, struct bz_item *item, struct place *place)
{
  int rc = BZ_OK;

  place->over = bz_item_paper (req, item, over_lead);
  if (place->over < 0)
    return (int) place->over;
  for (size_t i = 0; i < bz_item_rows (item, "duty") && rc == BZ_OK; i++)
    rc = duty_add (req, item, i, place);
  return rc;
}

/* -- Other duties than before. */

/* The row of ITEM that names CODE and is not TAKEN yet; -1: none. */
static int
row_of (const struct bz_item *item, const char *code, const bool *taken)
{
  for (size_t i = 0; i < bz_item_rows (item, "duty"); i++)
    if (!taken[i] && g_strcmp0 (duty_of (item, i, "post"), code) == 0)
      return (int) i;
  return -1;
}

/* The duty ID, SEQ until now, stays: row N of ITEM, on the seat that it has.  What
 * stands above its number by a paper goes with it. */
static int
duty_keep (struct bz_req *req, const struct bz_item *item, size_t n,
           int64_t employment, int64_t id, int64_t seq)
{
  const char *type = duty_of (item, n, "appointment_type");
  int64_t rows = bz_db_exec (req, "staffing.duty_put",
                             BZ_ARGS (BZ_INT (id), BZ_INT ((int64_t) n + 1),
                                      BZ_STR (*type != '\0' ? type : "1"),
                                      BZ_STR (duty_of (item, n, "doc_no")),
                                      BZ_STR (
                                        duty_of (item, n, "appoint_date"))));

  if (rows >= 0)
    rows = bz_db_exec (req, "staffing.over_move",
                       BZ_ARGS (BZ_INT (employment), BZ_INT (-seq),
                                BZ_INT ((int64_t) n + 1)));
  return (int) MIN (rows, BZ_OK);
}

/* On which seat it stood is kept with the case. */
static int
duty_drop (struct bz_req *req, const struct place *place, int64_t id,
           int64_t seq)
{
  int64_t rows = place->case_id == 0
                 ? 0
                 : bz_db_exec (req, "staffing.seat_keep",
                               BZ_ARGS (BZ_INT (place->case_id), BZ_INT (id)));

  if (rows >= 0)
    rows = bz_db_exec (req, "staffing.over_drop",
                       BZ_ARGS (BZ_INT (place->employment), BZ_INT (-seq)));
  if (rows >= 0)
    rows = bz_db_exec (req, "staffing.duty_drop", BZ_ARGS (BZ_INT (id)));
  return (int) MIN (rows, BZ_OK);
}

/* What is given up is free for what is taken. */
int
duties_change (struct bz_req *req, struct bz_item *item, struct place *place)
{
  size_t count = bz_item_rows (item, "duty");
  g_autofree bool *taken = g_new0 (bool, count + 1);
  struct bz_rows *old;
  int64_t turned;
  int rc;

  place->over = bz_item_paper (req, item, over_lead);
  if (place->over < 0)
    return (int) place->over;
  /* Out of the way of the new numbers. */
  turned = bz_db_exec (req, "staffing.over_turn",
                       BZ_ARGS (BZ_INT (place->employment)));
  if (turned < 0)
    return (int) turned;
  rc = bz_db_open (req, &old, "staffing.duties_now",
                   BZ_ARGS (BZ_INT (place->employment)));
  while (rc >= 0 && (rc = bz_db_next (old)) > 0) {
    int row = row_of (item, bz_db_text (old, "post"), taken);
    int64_t id = bz_db_int (old, "id"), seq = bz_db_int (old, "seq");

    if (row >= 0)
      taken[row] = true;
    rc = row >= 0
         ? duty_keep (req, item, (size_t) row, place->employment, id, seq)
         : duty_drop (req, place, id, seq);
  }
  for (size_t i = 0; i < count && rc >= 0; i++)
    if (!taken[i])
      rc = duty_add (req, item, i, place);
  return MIN (rc, BZ_OK);
}
