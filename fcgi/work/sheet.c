/* Issued sheets: their codes and states.  SPDX-License-Identifier: MulanPSL-2.0 */
#include "work/sheet.h"
#include <string.h>
#include "data/xml.h"
#include "people/audit.h"
#include "people/tx.h"
#include "serve/conf.h"
#include "work/checkcode.h"

bool
sheet_holds (const struct bz_item *item)
{
  return strcmp (item->state, "approved") == 0 && item->undone_by == 0;
}

bool
sheet_tells (const struct sheet *s, const struct bz_item *item)
{
  return sheet_holds (item)
      || (strcmp (item->state, "approved") == 0 && s != NULL
          && s->id <= item->undone_sheet);
}

bool
sheet_none (const struct bz_case *c)
{
  for (unsigned i = 0; i < c->items->len; i++)
    if (sheet_holds (c->items->pdata[i]))
      return false;
  return true;
}

unsigned
sheet_count (const struct bz_case *c, const struct print *p)
{
  unsigned n = 0;

  for (unsigned i = 0; i < c->items->len; i++)
    if (sheet_holds (c->items->pdata[i]))
      n++;
  return p->each ? n : 1;
}

/* What left the office stays, whatever becomes of the facts. */
int
sheet_applies (struct bz_req *req, struct bz_case *c, const struct print *p)
{
  GHashTable *there;
  xmlDoc *facts;
  bool holds;
  int rc;

  if (p->when == NULL)
    return 1;
  rc = case_facts (req, c, NULL, &facts);
  if (rc < 0)
    return rc;
  holds = business_prints (p, facts);
  xmlFreeDoc (facts);
  if (holds)
    return 1;
  rc = sheet_find (req, c, p, &there);
  return rc < 0 ? rc : g_hash_table_size (there) > 0;
}

/* -- Issuing. */

/* What the business adds to the sheet of ITEM, as text. */
static int
own_make (struct bz_req *req, struct bz_case *c, const struct print *p,
          struct bz_item *item, const char **ret)
{
  xmlDoc *doc = xmlNewDoc (BAD_CAST "1.0");
  xmlNode *root = xmlNewDocNode (doc, NULL, BAD_CAST "own", NULL);
  int rc = BZ_OK;

  xmlDocSetRootElement (doc, root);
  if (c->business->hooks.sheet != NULL)
    rc = c->business->hooks.sheet (req, c, item, p->name, xml_bz (root));
  if (rc >= 0) {
    g_autofree char *text = xml_dump (root);

    *ret = req_strdup (req, text);
  }
  xmlFreeDoc (doc);
  return MIN (rc, BZ_OK);
}

/* ITEM NULL: the sheet of the whole case. */
static int
issue_one (struct bz_req *req, struct bz_case *c, const struct print *p,
           struct bz_item *item, unsigned items)
{
  char code[CHECKCODE_SIZE + 1];
  const char *closed = c->closed_at != NULL ? c->closed_at : bz_now (req);
  const char *number = c->result_number != NULL ? c->result_number : c->number;
  struct sheet_words words;
  const char *own, *issuer;
  int64_t rc = bz_db_value (req, &issuer, "bz.office_name",
                            BZ_ARGS (BZ_INT (c->office_id)));

  if (rc >= 0)
    rc = own_make (req, c, p, item, &own);
  if (rc >= 0)
    rc = sheet_words_now (req, c->business, p, c->office_id, &words);
  if (rc < 0)
    return (int) rc;
  checkcode_new (code);
  rc = bz_db_exec (req, "bz.sheet_insert",
                   BZ_ARGS (BZ_STR (code), BZ_INT (c->id), BZ_STR (p->name),
                            BZ_INT (item != NULL ? item->id : 0),
                            BZ_STR (words.title),
                            BZ_STR (sheet_words_kept (req, &words)),
                            BZ_STR (number),
                            BZ_STR (req_strndup (req, closed, 10)),
                            BZ_STR (c->scope_name), BZ_STR (issuer),
                            BZ_STR (own), BZ_INT (items),
                            BZ_STR (bz_now (req))));
  return rc < 0 ? (int) rc : BZ_OK;
}

static bool
is_void (const struct sheet *s)
{
  return strcmp (s->state, "void") == 0;
}

static bool
is_due (GHashTable *there, const int64_t *item_id, bool anew)
{
  const struct sheet *newest = g_hash_table_lookup (there, item_id);

  return newest == NULL || (anew && is_void (newest));
}

/* Is it of an item whose approval was taken back?  Such a one is never issued anew. */
static bool
of_undone (const struct bz_case *c, const struct sheet *s)
{
  const struct bz_item *item = s->item_id != 0 ? case_find_item (c, s->item_id)
                                               : NULL;

  return item != NULL && item->undone_by != 0;
}

int
sheet_void (struct bz_req *req, const struct bz_case *c, const struct print *p)
{
  GHashTable *there;
  GHashTableIter at;
  void *sheet;
  int rc = sheet_find (req, c, p, &there);

  if (rc < 0)
    return rc;
  g_hash_table_iter_init (&at, there);
  while (g_hash_table_iter_next (&at, NULL, &sheet))
    if (is_void (sheet) && !of_undone (c, sheet))
      return 1;
  return 0;
}

int
sheet_issue (struct bz_req *req, struct bz_case *c, const struct print *p,
             bool anew)
{
  static const int64_t whole = 0;
  GHashTable *there;
  int rc = sheet_find (req, c, p, &there);
  unsigned items = 0;

  for (unsigned i = 0; rc == BZ_OK && i < c->items->len; i++) {
    struct bz_item *item = c->items->pdata[i];

    if (!sheet_holds (item))
      continue;
    items++;
    if (p->each && is_due (there, &item->id, anew))
      rc = issue_one (req, c, p, item, 1);
  }
  if (rc == BZ_OK && !p->each && items > 0 && is_due (there, &whole, anew))
    rc = issue_one (req, c, p, NULL, items);
  return rc;
}

/* OLD of C, whose state is valid, and the sheet that was issued last. */
static int
replaced_by_last (struct bz_req *req, const struct sheet *old, const char *why)
{
  int64_t n = bz_db_exec (req, "bz.sheet_state",
                          BZ_ARGS (BZ_INT (old->id), BZ_STR ("replaced"),
                                   BZ_INT (bz_db_last_id (req)), BZ_STR (why),
                                   BZ_STR (bz_now (req))));

  if (n <= 0)
    return n < 0 ? (int) n : BZ_FAILED;
  return bz_audit (req, "sheet.replaced", "sheet", old->id, why);
}

int
sheet_replace (struct bz_req *req, struct bz_case *c, const struct print *p,
               GHashTable *ids, const char *why)
{
  GHashTable *there;
  GHashTableIter at;
  void *found;
  unsigned items = 0;
  int rc = sheet_find (req, c, p, &there);

  for (unsigned i = 0; i < c->items->len; i++)
    items += sheet_holds (c->items->pdata[i]);
  if (rc < 0)
    return rc;
  g_hash_table_iter_init (&at, there);
  while (rc == BZ_OK && g_hash_table_iter_next (&at, NULL, &found)) {
    const struct sheet *s = found;
    struct bz_item *item = s->item_id != 0 ? case_find_item (c, s->item_id)
                                           : NULL;

    if (strcmp (s->state, "valid") != 0
        || (s->item_id != 0 && !g_hash_table_contains (ids, &s->item_id)))
      continue;
    rc = issue_one (req, c, p, item, item != NULL ? 1 : items);
    if (rc == BZ_OK)
      rc = replaced_by_last (req, s, why);
  }
  return rc;
}

static void
table_free (void *table)
{
  g_hash_table_unref (table);
}

int
sheet_find (struct bz_req *req, const struct bz_case *c, const struct print *p,
            GHashTable **ret)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "bz.sheets_of_case",
                       BZ_ARGS (BZ_INT (c->id), BZ_STR (p->name)));

  if (rc < 0)
    return rc;
  *ret = g_hash_table_new (g_int64_hash, g_int64_equal);
  req_own (req, *ret, table_free);
  while ((rc = bz_db_next (rows)) > 0) {
    struct sheet *s = bz_alloc (req, sizeof *s);

    *s = (struct sheet){
      .id = bz_db_int (rows, "id"),
      .item_id = bz_db_int (rows, "item_id"),
      .code = bz_db_text (rows, "code"),
      .state = bz_db_text (rows, "state"),
      .unit = bz_db_text (rows, "unit"),
      .issuer = bz_db_text (rows, "issuer"),
      .words = { bz_db_text (rows, "title"),
                 sheet_copies (req, p, bz_db_text (rows, "copies")) },
      .own = bz_db_text (rows, "own")
    };
    g_hash_table_replace (*ret, &s->item_id, s);
  }
  return rc;
}

const char *
sheet_address (struct bz_req *req, const char *code)
{
  const char *url = req->conf->url;

  if (*url == '\0')
    return bz_href (req, "/check/%s", code);
  return bz_format (req, "%s%scheck/%s", url,
                    g_str_has_suffix (url, "/") ? "" : "/", code);
}

const char *
sheet_word (const char *state)
{
  return strcmp (state, "valid") == 0 ? "有效"
       : strcmp (state, "void") == 0  ? "已作废"
                                      : "已替换";
}

/* -- Its end. */

/* The stored sheet of a code as typed: id and case, locked. */
static int
sheet_lock (struct bz_req *req, const char *typed, struct bz_rows **ret)
{
  char code[CHECKCODE_SIZE + 1];
  int rc;

  if (typed == NULL || !checkcode_read (typed, code))
    return bz_fail (req, BZ_BAD_INPUT, "这不是校验码，请核对");
  rc = bz_db_open (req, ret, "bz.sheet_id", BZ_ARGS (BZ_STR (code)));
  if (rc == BZ_OK)
    rc = bz_db_next (*ret);
  if (rc == 0)
    return bz_fail (req, BZ_NOT_FOUND, "没有这个校验码的文书，请核对");
  return MIN (rc, 0);
}

/* May OTHER replace the sheet that ROWS stands on? */
static int
may_replace (struct bz_req *req, struct bz_rows *rows, struct bz_rows *other)
{
  const char *state = bz_db_text (other, "state");

  if (bz_db_int (other, "id") == bz_db_int (rows, "id"))
    return bz_fail (req, BZ_CONFLICT, "文书不能由它自己替换，请核对校验码");
  if (strcmp (state, "valid") != 0)
    return bz_fail (req, BZ_CONFLICT,
                    "用来替换的文书%s，请给出现在有效的文书的校验码",
                    sheet_word (state));
  if (strcmp (bz_db_text (other, "print"), bz_db_text (rows, "print")) != 0)
    return bz_fail (req, BZ_CONFLICT,
                    "两份文书不是同一种（%s、%s），不能替换，请核对校验码",
                    bz_db_text (rows, "title"), bz_db_text (other, "title"));
  return BZ_OK;
}

int
sheet_state_set (struct bz_req *req, const char *code, const char *state,
                 const char *by, const char *why)
{
  struct bz_rows *rows, *other = NULL;
  int64_t changed, by_id = 0;
  int rc = sheet_lock (req, code, &rows);

  if (rc == BZ_OK && by != NULL)
    rc = sheet_lock (req, by, &other);
  if (rc == BZ_OK && other != NULL)
    rc = may_replace (req, rows, other);
  if (rc < 0)
    return rc;
  if (other != NULL)
    by_id = bz_db_int (other, "id");
  changed = bz_db_exec (req, "bz.sheet_state",
                        BZ_ARGS (BZ_INT (bz_db_int (rows, "id")),
                                 BZ_STR (state), BZ_INT (by_id), BZ_STR (why),
                                 BZ_STR (bz_now (req))));
  if (changed < 0)
    return (int) changed;
  if (changed == 0)
    return bz_fail (req, BZ_CONFLICT, "这份文书%s，不能再改变",
                    sheet_word (bz_db_text (rows, "state")));
  return bz_audit (req, bz_format (req, "sheet.%s", state), "sheet",
                   bz_db_int (rows, "id"), why);
}

struct change {
  const char *code, *state, *by, *why;
};

static int
change_do (struct bz_req *req, void *data)
{
  const struct change *c = data;

  return sheet_state_set (req, c->code, c->state, c->by, c->why);
}

int
sheet_command (struct bz_req *req, int argc, char **argv)
{
  struct change c = { 0 };
  int rc;

  if (argc == 3 && strcmp (argv[0], "void") == 0)
    c = (struct change){ argv[1], "void", NULL, argv[2] };
  else if (argc == 4 && strcmp (argv[0], "replace") == 0)
    c = (struct change){ argv[1], "replaced", argv[2], argv[3] };
  else
    return bz_fail (req, BZ_BAD_INPUT,
                    "usage: bianzhi sheet void CODE WHY | "
                    "replace CODE NEW-CODE WHY");
  rc = bz_db_atomic (req, change_do, &c);
  if (rc == BZ_OK)
    bz_say (req, "%s", sheet_word (c.state));
  return rc;
}
