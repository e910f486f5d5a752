/* The inbox: messages of moves, and how many are unread.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "work/inbox.h"
#include <string.h>

enum { INBOX_MOST = 99 };

/* -- Writing. */

int
inbox_move (struct bz_req *req, const struct bz_case *c)
{
  static const struct {
    const char *state, *kind;
  } told[] = {
    { "returned", "returned" },
    { "done", "approved" },
    { "rejected", "rejected" },
  };
  int64_t n = 0;

  if (strcmp (c->state, "draft") == 0) {
    n = bz_db_exec (req, "bz.message_openers",
                    BZ_ARGS (BZ_INT (c->id), BZ_STR ("withdrawn"),
                             BZ_STR (c->submitted_at), BZ_STR (bz_now (req))));
    return (int) MIN (n, 0);
  }
  for (size_t i = 0; i < G_N_ELEMENTS (told) && n >= 0; i++)
    if (strcmp (c->state, told[i].state) == 0)
      n = bz_db_exec (req, "bz.message_add",
                      BZ_ARGS (BZ_INT (c->id), BZ_STR (told[i].kind),
                               BZ_STR (bz_now (req))));
  return (int) MIN (n, 0);
}

int
inbox_case (struct bz_req *req, const struct bz_case *c, const char *kind)
{
  int64_t n = bz_db_exec (req, "bz.message_add",
                          BZ_ARGS (BZ_INT (c->id), BZ_STR (kind),
                                   BZ_STR (bz_now (req))));

  return (int) MIN (n, 0);
}

int
inbox_pair (struct bz_req *req, int64_t scope_id, const char *business,
            const char *kind, int64_t case_id)
{
  int64_t n = bz_db_exec (req, "bz.message_pair",
                          BZ_ARGS (BZ_INT (scope_id), BZ_STR (business),
                                   BZ_STR (kind), BZ_INT (case_id),
                                   BZ_STR (bz_now (req))));

  return (int) MIN (n, 0);
}

/* -- Whose messages. */

struct may {
  struct bz_req *req;
  GString *names;
};

static void
may_add (const struct business *b, void *data)
{
  struct may *may = data;

  if (bz_may (may->req, bz_format (may->req, "%s.view", b->name), 0) > 0)
    g_string_append_printf (may->names, "%s%s", may->names->len > 0 ? "," : "",
                            b->name);
}

const char *
inbox_businesses (struct bz_req *req)
{
  g_autoptr (GString) names = g_string_new (NULL);
  struct may may = { req, names };

  business_foreach (may_add, &may);
  return req_strdup (req, names->str);
}

int
inbox_unread (struct bz_req *req, const char **ret)
{
  const char *may = inbox_businesses (req), *n;
  int rc;

  *ret = NULL;
  if (*may == '\0')
    return BZ_OK;
  rc = bz_db_value (req, &n, "bz.inbox_count",
                    BZ_ARGS (BZ_STR (may), BZ_INT (INBOX_MOST + 1)));
  if (rc <= 0 || strcmp (n, "0") == 0)
    return MIN (rc, BZ_OK);
  *ret = g_ascii_strtoll (n, NULL, 10) > INBOX_MOST
         ? bz_format (req, "%d+", INBOX_MOST)
         : n;
  return BZ_OK;
}
