/* POST .../move: one move, and its refusals as pages.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <string.h>
#include "serve/route.h"
#include "work/desk-page.h"
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

int
move_post (struct bz_req *req)
{
  const char *move = bz_param (req, "move");
  struct bz_case *c;
  bool at_start;
  int rc = desk_case (req, true, &c);

  if (rc < 0)
    return rc;
  if (move == NULL)
    move = bz_param (req, "do");
  if (move == NULL)
    return bz_fail (req, BZ_BAD_INPUT, "没有选择怎样办理，请返回重新办理");
  if (desk_stale (req, c->version))
    return move_changed (req, c);
  at_start = case_at_start (c);
  rc = case_move (req, c, move, bz_param (req, "opinion"));
  if (rc == BZ_BAD_INPUT && req->fail_text == NULL)
    return move_again (req, c, at_start);
  if (rc < 0)
    return rc;
  return bz_redirect (req, "%s?done=%s", desk_path (req, c, "%s", ""), move);
}
