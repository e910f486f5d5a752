/* POST .../move: one move, and its refusals as pages.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <string.h>
#include "data/xml.h"
#include "serve/route.h"
#include "work/desk-page.h"
#include "work/findings.h"
#include "work/move.h"

/* Marks of a refused move come back on the page that it was made from. */
static int
move_again (struct bz_req *req, struct bz_case *c, bool at_start)
{
  int rc;

  if (at_start)
    rc = confirm_page (req, c);
  else {
    /* The checks run again for the page; only the move's own marks stay. */
    for (unsigned i = req->marks->len; i > 0; i--)
      if (g_array_index (req->marks, struct mark, i - 1).href != NULL)
        g_array_remove_index (req->marks, i - 1);
    rc = review_page (req, c);
    if (req->marks->len == 0)
      desk_say (req, "stop",
                "还有不符合要求的内容，见“系统核验”；请退回申请单位改正");
  }
  return rc < 0 ? rc : BZ_BAD_INPUT;
}

/* What another did meanwhile, and the way back to the case as it is now. */
static int
move_conflict (struct bz_req *req, struct bz_case *c)
{
  const char *why = req->fail_text;
  bool review = move_may_review (req, c);

  req->fail_text = NULL;
  bz_view (req, "error");
  desk_top (req, c, "办理冲突");
  bz_title (req, "申请单已有变化，没有办理");
  (void) xml_add (desk_root (req), "text", why);
  (void) xml_add (desk_root (req), "todo",
                  "请打开申请单，看清现在的内容和办理记录，再决定怎样办理。");
  desk_link (desk_root (req),
             bz_href (req, "%s",
                      desk_path (req, c, "%s", review ? "/review" : "")),
             bz_format (req, "打开申请单 %s", c->number), "pri");
  req->http_status = 409;
  return BZ_BAD_INPUT;
}

/* 返回修改: the page that the move was made from, with what was typed there. */
static int
move_back (struct bz_req *req, struct bz_case *c)
{
  if (move_may_review (req, c))
    return review_page (req, c);
  return bz_redirect (req, "%s", desk_path (req, c, "%s", ""));
}

/* A reviewer takes a case on only over what a page has shown: of a move that is
 * asked once more the page that asks, of its part; else the review, of all.
 * The count of findings that no page has shown, or <0. */
static int
move_unseen (struct bz_req *req, struct bz_case *c,
             const struct move_plan *plan)
{
  enum move_kind kind = move_kind (c->process, plan->move);
  GPtrArray *part = c->items;
  int rc;

  if ((kind != MOVE_ON && kind != MOVE_DONE) || plan->move->unchecked
      || case_at_start (c))
    return BZ_OK;
  if (!plan->move->confirm)
    c->items = plan->all;
  rc = findings_unseen (req, c);
  c->items = part;
  return rc;
}

/* The page that the move was made from, with them and with what was typed. */
static int
unseen_page (struct bz_req *req, struct bz_case *c,
             const struct move_plan *plan)
{
  int rc;

  g_array_set_size (req->marks, 0); /* they come again as findings */
  desk_say (req, "stop",
            "系统核验有了打开页面时没有的提示，没有办理；请核对后再办理");
  if (plan->move->confirm)
    rc = ask_page (req, c, plan);
  else {
    c->items = plan->all;
    rc = review_page (req, c);
  }
  req->http_status = 409;
  return rc < 0 ? rc : 1;
}

/* Make the move, or ask (once more, or again).  1: the page is there. */
static int
move_try (struct bz_req *req, struct bz_case *c, const char *move)
{
  struct move_plan plan;
  int rc = move_plan (req, c, move, bz_param (req, "opinion"), &plan);

  if (rc < 0)
    return rc;
  if (!plan.move->confirm
      || g_strcmp0 (bz_param (req, "confirmed"), plan.move->name) == 0) {
    rc = move_unseen (req, c, &plan);
    if (rc > 0)
      return unseen_page (req, c, &plan);
    return rc < 0 ? rc : move_make (req, c, &plan);
  }
  rc = ask_page (req, c, &plan);
  return rc < 0 ? rc : 1;
}

int
move_post (struct bz_req *req)
{
  const char *move = bz_param (req, "move");
  bool back = bz_param (req, "back") != NULL, at_start;
  struct bz_case *c;
  int rc = desk_case (req, true, &c);

  if (rc < 0)
    return rc;
  if (move == NULL)
    move = bz_param (req, "do");
  if (move == NULL && !back)
    return bz_fail (req, BZ_BAD_INPUT, "没有选择怎样办理，请返回重新办理");
  at_start = case_at_start (c);
  if (desk_stale (req, c->version))
    rc = move_changed (req, c);
  else
    rc = back ? move_back (req, c) : move_try (req, c, move);
  if (rc > 0 || (back && rc == BZ_OK))
    return BZ_OK;
  if (rc == BZ_CONFLICT && req->fail_text != NULL)
    return move_conflict (req, c);
  if (rc == BZ_BAD_INPUT && req->fail_text == NULL)
    return move_again (req, c, at_start);
  if (rc < 0)
    return rc;
  return bz_redirect (req, "%s?done=%s", desk_path (req, c, "%s", ""),
                      case_is_held (c) ? PROCESS_HELD : move);
}
