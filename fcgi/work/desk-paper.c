/* Papers of a case: uploading, removing, looking at.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <string.h>
#include "data/xml.h"
#include "people/audit.h"
#include "serve/route.h"
#include "work/desk-page.h"
#include "work/hold.h"
#include "work/move.h"
#include "work/paper.h"
#include "work/shut.h"

/* "paper.KIND" of a paper that the head form knows; NULL else. */
static const char *
upload_kind (const struct upload *u, const GArray *asked)
{
  static const char prefix[] = "paper.";

  if (u->field == NULL || !g_str_has_prefix (u->field, prefix))
    return NULL;
  for (unsigned i = 0; asked != NULL && i < asked->len; i++) {
    const struct form_paper *p = &g_array_index (asked, struct form_paper, i);

    if (strcmp (p->id, u->field + strlen (prefix)) == 0)
      return p->id;
  }
  return NULL;
}

/* Files that came with this form before the session ended.  Their count. */
static int
take_held (struct bz_req *req, struct bz_case *c, const GArray *asked)
{
  int n = 0;

  for (unsigned i = 0; asked != NULL && i < asked->len; i++) {
    const char *id = g_array_index (asked, struct form_paper, i).id;
    const char *reference = bz_param (req,
                                      bz_format (req, "held.paper.%s", id));
    int rc;

    if (reference == NULL || *reference == '\0')
      continue;
    rc = hold_take (req, c->id, id, reference, bz_format (req, "paper.%s", id));
    if (rc < 0 && rc != BZ_BAD_INPUT)
      return rc;
    n++;
  }
  return n;
}

/* Refuse a further paper of KIND, or to touch paper ID, where the last return
 * did not ask for it. */
static int
paper_shut (struct bz_req *req, struct bz_case *c, const char *kind,
            const char *id)
{
  xmlDoc *papers;
  int rc = case_papers (req, c, &papers);

  if (rc < 0)
    return rc;
  for (xmlNode *p = xml_child (xmlDocGetRootElement (papers), "paper");
       p != NULL; p = xml_next (p, "paper")) {
    const char *its = xml_child_text (p, "kind");
    bool meant = id != NULL ? g_strcmp0 (xml_child_text (p, "id"), id) == 0
                            : g_strcmp0 (its, kind) == 0;

    if (meant && its != NULL && shut_paper (c, 0, its, true))
      return shut_refuse (req, c, "这份附件");
  }
  return BZ_OK;
}

/* Store each file that came.  Their count, or <0. */
static int
store_uploads (struct bz_req *req, struct bz_case *c)
{
  g_autoptr (GArray) asked = NULL;
  xmlDoc *facts;
  int n, rc = case_facts (req, c, NULL, &facts);

  if (rc < 0)
    return rc;
  asked = form_papers (c->business->head, facts);
  xmlFreeDoc (facts);
  n = take_held (req, c, asked);
  if (n < 0)
    return n;
  for (unsigned i = 0; i < req->uploads->len; i++) {
    const struct upload *u = &g_array_index (req->uploads, struct upload, i);
    const char *kind = upload_kind (u, asked);

    if (u->size == 0 && (u->name == NULL || *u->name == '\0'))
      continue; /* a control that was left empty */
    if (kind == NULL)
      return bz_fail (req, BZ_CONFLICT,
                      "这张申请单现在不需要这份附件，"
                      "请重新打开申请单后上传");
    rc = paper_shut (req, c, kind, NULL);
    if (rc < 0)
      return rc;
    rc = paper_add (req, c->id, 0, kind, u, u->field);
    if (rc < 0 && rc != BZ_BAD_INPUT)
      return rc;
    n++;
  }
  return req_has_errors (req) ? BZ_BAD_INPUT : n;
}

static int
remove_paper (struct bz_req *req, struct bz_case *c, const char *id_text)
{
  gint64 id;
  int rc;

  if (!g_ascii_string_to_signed (id_text, 10, 1, G_MAXINT64, &id, NULL))
    return bz_fail (req, BZ_NOT_FOUND, "没有这份附件，可能已被移除");
  rc = paper_shut (req, c, NULL, id_text);
  if (rc < 0)
    return rc;
  rc = paper_remove (req, c->id, id);
  return rc < 0 ? rc : 1;
}

/* 1: something was done; 0: nothing was chosen. */
static int
paper_change (struct bz_req *req, struct bz_case *c, const char *action)
{
  bool rm = g_str_has_prefix (action, "rm:");
  int rc = rm ? remove_paper (req, c, action + strlen ("rm:"))
              : store_uploads (req, c);

  if (rc < 0)
    return rc;
  if (rc == 0)
    return bz_mark (req, NULL, "没有选择文件，请先选择要上传的文件");
  rc = case_touch (req, c);
  if (rc == BZ_OK)
    rc = bz_audit (req,
                   bz_format (req, "%s.paper%s", c->business->name,
                              rm ? "_remove" : ""),
                   "case", c->id, c->number);
  return rc < 0 ? rc : 1;
}

int
paper_post (struct bz_req *req)
{
  const char *action = bz_param (req, "do");
  struct bz_case *c;
  int rc = desk_case (req, true, &c);

  if (rc < 0)
    return rc;
  if (!move_may_edit (req, c))
    return bz_fail (req, BZ_CONFLICT,
                    "申请单 %s 已不能修改，请重新打开查看办理情况", c->number);
  action = action != NULL ? action : "add";
  rc = paper_change (req, c, action);
  if (rc == BZ_BAD_INPUT) {
    c->papers = NULL;
    rc = case_page (req, c);
    return rc < 0 ? rc : BZ_BAD_INPUT;
  }
  if (rc < 0)
    return rc;
  return bz_redirect (req, "%s?done=%s", desk_path (req, c, "%s", ""),
                      g_str_has_prefix (action, "rm:") ? "paper-removed"
                                                       : "paper");
}

int
paper_get (struct bz_req *req)
{
  const char *text = bz_param (req, "paper");
  struct bz_case *c;
  gint64 id;
  int rc = desk_case (req, false, &c);

  if (rc < 0)
    return rc;
  if (text == NULL
      || !g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, &id, NULL))
    return bz_fail (req, BZ_NOT_FOUND, "没有这份附件");
  rc = paper_send (req, c->id, id);
  if (rc == BZ_OK)
    audit_later (req, bz_format (req, "%s.view_paper", c->business->name),
                 "paper", id);
  return rc;
}
