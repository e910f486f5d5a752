/* Papers of a case: uploading, removing, looking at.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <string.h>
#include "data/xml.h"
#include "people/audit.h"
#include "serve/route.h"
#include "work/arrival.h"
#include "work/desk-page.h"
#include "work/move.h"
#include "work/paper.h"
#include "work/shut.h"

/* Refuse to touch paper ID where the last return did not ask for it. */
static int
paper_shut (struct bz_req *req, struct bz_case *c, const char *id)
{
  xmlDoc *papers;
  int rc = case_papers (req, c, &papers);

  if (rc < 0)
    return rc;
  for (xmlNode *p = xml_child (xmlDocGetRootElement (papers), "paper");
       p != NULL; p = xml_next (p, "paper")) {
    const char *kind = xml_child_text (p, "kind");

    if (kind != NULL && g_strcmp0 (xml_child_text (p, "id"), id) == 0
        && shut_paper (c, paper_item (p), kind, true))
      return shut_refuse (req, c, "这份附件");
  }
  return BZ_OK;
}

/* Store each file that came.  Their count, or <0. */
static int
store_uploads (struct bz_req *req, struct bz_case *c)
{
  struct arrival *came;
  int n = arrival_read (req, c, NULL, &came);
  int rc = n > 0 ? arrival_attach (req, c, NULL, came) : n;

  return rc < 0 ? rc : n;
}

int
paper_drop (struct bz_req *req, struct bz_case *c, const char *id_text)
{
  gint64 id;
  int rc;

  if (!g_ascii_string_to_signed (id_text, 10, 1, G_MAXINT64, &id, NULL))
    return bz_fail (req, BZ_NOT_FOUND,
                    "没有这份附件，可能已被移除，请重新打开申请单查看");
  rc = paper_shut (req, c, id_text);
  if (rc < 0)
    return rc;
  rc = paper_remove (req, c->id, id);
  case_papers_drop (c);
  return rc < 0 ? rc : 1;
}

static int
audit_change (struct bz_req *req, const struct bz_case *c, const char *what)
{
  return bz_audit (req, bz_format (req, "%s.%s", c->business->name, what),
                   "case", c->id, c->number);
}

/* Take away what ACTION says, and store the files that came: they were chosen,
 * or said to be received.  RET: the word for what was done. */
static int
paper_change (struct bz_req *req, struct bz_case *c, const char *action,
              const char **ret)
{
  bool rm = g_str_has_prefix (action, "rm:");
  int rc = rm ? paper_drop (req, c, action + strlen ("rm:")) : BZ_OK, came;

  if (rc < 0)
    return rc;
  came = store_uploads (req, c);
  if (came < 0)
    return came;
  if (came == 0 && !rm)
    return bz_mark (req, NULL, "没有选择文件，请先选择要上传的文件");
  rc = case_touch (req, c);
  if (rc == BZ_OK && rm)
    rc = audit_change (req, c, "paper_remove");
  if (rc == BZ_OK && came > 0)
    rc = audit_change (req, c, "paper");
  *ret = !rm ? "paper" : came > 0 ? "paper-changed" : "paper-removed";
  return rc;
}

int
paper_post (struct bz_req *req)
{
  const char *action = bz_param (req, "do"), *done;
  struct bz_case *c;
  int rc = desk_case (req, true, &c);

  if (rc < 0)
    return rc;
  if (!move_may_edit (req, c))
    return bz_fail (req, BZ_CONFLICT,
                    "申请单 %s 已不能修改，请重新打开查看办理情况", c->number);
  rc = paper_change (req, c, action != NULL ? action : "add", &done);
  if (rc == BZ_BAD_INPUT) {
    case_papers_drop (c);
    rc = case_page (req, c);
    return rc < 0 ? rc : BZ_BAD_INPUT;
  }
  if (rc < 0)
    return rc;
  return bz_redirect (req, "%s?done=%s", desk_path (req, c, "%s", ""), done);
}

/* A picture stands in a page of its own, which is as wide as the frame. */
static int
picture_page (struct bz_req *req)
{
  const char *name = req->file_name;

  req->type = req->file_name = NULL;
  req->read = NULL;
  bz_view (req, "scan");
  bz_title (req, "%s", name);
  xml_set (xml_add (desk_root (req), "picture", NULL), "src",
           bz_href (req, "%s", req->path));
  return BZ_OK;
}

/* GET /NAME/{case}/paper/{paper}: to be saved; ?inline=1: beside a page of ours;
 * ?inline=whole: there, a picture in its own size; any other word: to be
 * saved. */
int
paper_get (struct bz_req *req)
{
  const char *how = bz_param (req, "inline");
  const char *text = bz_param (req, "paper");
  struct bz_case *c;
  gint64 id;
  bool whole;
  int rc = desk_case (req, false, &c);

  if (rc < 0)
    return rc;
  if (text == NULL
      || !g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, &id, NULL))
    return bz_fail (req, BZ_NOT_FOUND, "没有这份附件，请重新打开申请单查看");
  rc = paper_send (req, c->id, id);
  whole = g_strcmp0 (how, "whole") == 0;
  req->framed = rc == BZ_OK && (whole || g_strcmp0 (how, "1") == 0);
  if (req->framed && !whole && g_str_has_prefix (req->type, "image/"))
    return picture_page (req);
  if (rc == BZ_OK)
    audit_later (req, bz_format (req, "%s.view_paper", c->business->name),
                 "paper", id);
  return rc;
}
