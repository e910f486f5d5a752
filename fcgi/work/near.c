/* What else waits: the counts in the frame, the cases before and after one.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <string.h>
#include "data/xml.h"
#include "serve/route.h"
#include "work/desk-page.h"
#include "work/inbox.h"
#include "work/list.h"

enum { NEAR_ROWS = 200 };

static int
waiting_open (struct bz_req *req, const char *query, const struct business *b,
              struct bz_rows **rows)
{
  struct desk_waits w;

  desk_waits (req, b, &w);
  if (desk_waits_none (&w)) {
    *rows = NULL; /* this operator has no step to take */
    return BZ_OK;
  }
  if (strcmp (query, "bz.todo") == 0)
    return bz_db_open (req, rows, query,
                       BZ_ARGS (BZ_STR (w.own), BZ_STR (w.parent),
                                BZ_STR (w.office), BZ_STR (w.today),
                                BZ_INT (NEAR_ROWS)));
  return bz_db_open (req, rows, query,
                     BZ_ARGS (BZ_STR (w.own), BZ_STR (w.parent),
                              BZ_STR (w.office), BZ_STR (w.today)));
}

/* -- The frame. */

static void
menu_count (struct bz_req *req, xmlNode *shell, const char *part, const char *n)
{
  const char *href = bz_href (req, "/%s/", part);

  for (xmlNode *g = xml_child (xml_child (shell, "menu"), "g"); g != NULL;
       g = xml_next (g, "g"))
    for (xmlNode *m = xml_child (g, "m"); m != NULL; m = xml_next (m, "m"))
      if (g_strcmp0 (xml_attr (m, "href"), href) == 0)
        xml_set (m, "n", n);
}

static int
shell_inbox (struct bz_req *req, xmlNode *shell)
{
  const char *n;
  int rc = inbox_unread (req, &n);

  if (rc < 0 || n == NULL)
    return rc;
  xml_set (shell, "inbox", n);
  menu_count (req, shell, "inbox", n);
  return BZ_OK;
}

int
near_shell (struct bz_req *req, xmlNode *shell)
{
  struct bz_rows *rows;
  gint64 all = 0;
  int rc = shell_inbox (req, shell);

  if (rc == BZ_OK)
    rc = waiting_open (req, "bz.todo_counts", NULL, &rows);
  if (rc < 0 || rows == NULL)
    return rc;
  while ((rc = bz_db_next (rows)) > 0) {
    menu_count (req, shell, bz_db_text (rows, "business"),
                bz_db_text (rows, "n"));
    all += bz_db_int (rows, "n");
  }
  if (rc == BZ_OK)
    xml_set (shell, "todo", bz_format (req, "%lld", (long long) all));
  return rc;
}

/* -- One case. */

/* <near prev next left>: the nearest terms first, as on the workbench; from a
 * case that no longer waits the next one is the first. */
int
desk_near (struct bz_req *req, const struct bz_case *c)
{
  const char *prev = NULL, *next = NULL, *first = NULL;
  bool passed = false;
  struct bz_rows *rows;
  xmlNode *near;
  int left = 0, rc;

  if (bz_may (req, bz_format (req, "%s.review", c->business->name), 0) <= 0)
    return BZ_OK;
  rc = waiting_open (req, "bz.todo", c->business, &rows);
  if (rc < 0 || rows == NULL)
    return rc;
  while ((rc = bz_db_next (rows)) > 0) {
    const char *href;

    if (bz_db_int (rows, "id") == c->id) {
      passed = true;
      continue;
    }
    href = list_case_href (req, c->business, bz_db_text (rows, "id"),
                           bz_db_text (rows, "state"));
    left++;
    first = first != NULL ? first : href;
    if (!passed)
      prev = href;
    else if (next == NULL)
      next = href;
  }
  if (rc < 0 || left == 0)
    return rc;
  near = xml_add (desk_root (req), "near", NULL);
  if (passed && prev != NULL)
    xml_set (near, "prev", prev);
  xml_set (near, "next", next != NULL ? next : first);
  xml_set (near, "left",
           bz_format (req, "%d%s", left, left >= NEAR_ROWS - 1 ? " 以上" : ""));
  return BZ_OK;
}
