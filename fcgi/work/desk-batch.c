/* Several clean cases at once: the ticked ones are shown with what was found in
 * each, then each goes its forward move (doc/decisions/0020, 0026).
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <string.h>
#include "data/db.h"
#include "data/xml.h"
#include "define/process.h"
#include "people/audit.h"
#include "serve/route.h"
#include "work/desk-page.h"
#include "work/findings.h"
#include "work/list.h"
#include "work/move.h"
#include "work/note.h"

/* As many as a page of the list holds; characters of a kept sentence. */
enum { BATCH_MAX = 20, TOLD_MAX = 500 };

/* One of the ticked cases. */
struct picked {
  struct bz_case *c;
  const struct process_move *move; /* NULL: not in a batch, and WHY    */
  const char *why;
  bool refused;    /* the operator may not: an attempt to be recorded */
  unsigned passed; /* findings that are all right */
};

static int
by_id (const void *a, const void *b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

/* The ids of parameter NAME, each once, ascending: two batches lock in one
 * order.  Free with g_array_unref. */
static GArray *
ids_read (struct bz_req *req, const char *name)
{
  GArray *ret = g_array_new (false, false, sizeof (gint64));
  const char *text;

  for (size_t n = 0; (text = bz_param_at (req, name, n)) != NULL; n++) {
    bool known = false;
    gint64 id;

    if (!g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, &id, NULL))
      continue;
    for (unsigned i = 0; i < ret->len && !known; i++)
      known = g_array_index (ret, gint64, i) == id;
    if (!known)
      g_array_append_val (ret, id);
  }
  g_array_sort (ret, by_id);
  return ret;
}

/* What a refusal has said, taken back: the next case speaks for itself. */
static const char *
take_words (struct bz_req *req)
{
  const char *text = req->fail_text;

  if (text == NULL && req->marks->len > 0)
    text = g_array_index (req->marks, struct mark, 0).text;
  req->fail_text = NULL;
  g_array_set_size (req->marks, 0);
  return text != NULL ? text : "请打开逐件审核";
}

/* The move that leads on from where C stands, if it needs no words. */
static const struct process_move *
forward (const struct bz_case *c)
{
  for (unsigned i = 0; i < c->process->moves->len; i++) {
    const struct process_move *m = c->process->moves->pdata[i];
    enum move_kind kind = move_kind (c->process, m);

    if (strcmp (m->from, c->step) == 0 && !m->opinion && !m->unchecked
        && m->rest == NULL && m->by == NULL
        && process_knows (m, case_is_top (c))
        && (kind == MOVE_ON || kind == MOVE_DONE))
      return m;
  }
  return NULL;
}

/* May this operator take C on, by the same decision as on its own page? */
static int
picked_move (struct bz_req *req, struct picked *p)
{
  const struct process_move *m = forward (p->c), *found;
  const char *tone;
  int rc;

  if (strcmp (p->c->state, "open") != 0 || m == NULL) {
    p->why = bz_format (req, "现在是“%s”，不在审核中",
                        case_status (p->c, &tone));
    return BZ_OK;
  }
  rc = move_decide (req, p->c, m->name, false, &found);
  if (rc == BZ_OK)
    p->move = found;
  else {
    p->why = take_words (req);
    p->refused = rc == BZ_FORBIDDEN;
  }
  return rc == BZ_AWAY || rc == BZ_FAILED ? rc : BZ_OK;
}

/* A case with anything to look at is left out, and says what. */
static int
picked_findings (struct bz_req *req, struct picked *p)
{
  xmlNode *scratch = xmlNewDocNode (req->page, NULL, BAD_CAST "page", NULL);
  int rc = findings_add (req, p->c, scratch);

  if (rc == BZ_OK && findings_open (scratch) > 0) {
    p->move = NULL;
    p->why = findings_text (req, scratch);
  }
  else if (rc == BZ_OK)
    for (xmlNode *k = xml_child (xml_child (scratch, "checks"), "k"); k != NULL;
         k = xml_next (k, "k"))
      p->passed++;
  xmlFreeNode (scratch);
  return rc;
}

/* BZ_NOT_FOUND: not in the scope, or gone. */
static int
picked_load (struct bz_req *req, gint64 id, bool lock, struct picked *p)
{
  int rc;

  *p = (struct picked){ 0 };
  rc = case_load (req, req->route->business, id, lock, &p->c);
  if (rc < 0)
    return rc;
  rc = picked_move (req, p);
  if (rc == BZ_OK && p->move != NULL)
    rc = picked_findings (req, p);
  return rc;
}

/* -- The page before. */

static xmlNode *
batch_table (struct bz_req *req, xmlNode *into, const char *id,
             const char *caption, const char *last)
{
  const char *const cols[] = { "业务单号", "申请单位",
                               req->route->business->item_title, "办理", last };
  xmlNode *table = xml_add (into, "table", NULL);

  xml_set (table, "id", id);
  xml_set (table, "caption", caption);
  xml_set (table, "empty", "没有");
  for (size_t i = 0; i < G_N_ELEMENTS (cols); i++)
    xml_set (xml_add (table, "col", NULL), "t", cols[i]);
  return table;
}

static void
batch_row (struct bz_req *req, const struct picked *p, const char *word,
           const char *tone, const char *last, xmlNode *table)
{
  const struct bz_case *c = p->c;
  g_autofree char *label = case_label (c);
  xmlNode *r = xml_add (table, "r", NULL), *cell;

  xml_set (r, "href",
           list_case_href (req, c->business,
                           bz_format (req, "%lld", (long long) c->id),
                           c->state));
  xml_set (xml_add (r, "c", c->number), "c", "nw num");
  (void) xml_add (r, "c", c->scope_name);
  xml_set (xml_add (r, "c", label), "c", "nw");
  cell = xml_add (r, "c", word);
  xml_set (cell, "c", "nw");
  if (tone != NULL)
    xml_set (cell, "tone", tone);
  xml_set (xml_add (r, "c", last != NULL ? last : ""), "c", "wrap");
}

static void
batch_top (struct bz_req *req, const char *title)
{
  const struct business *b = req->route->business;

  bz_title (req, "%s%s", b->title, title);
  bz_crumb (req, "首页", bz_href (req, "/"));
  bz_crumb (req, bz_format (req, "%s管理", b->title),
            bz_href (req, "/%s/?tab=todo", b->name));
  bz_crumb (req, title, NULL);
}

static const char *
batch_path (struct bz_req *req)
{
  return bz_format (req, "/%s/batch", req->route->business->name);
}

static xmlNode *
batch_form (struct bz_req *req)
{
  return page_form (req, desk_root (req), batch_path (req));
}

/* Each ticked case goes into one of the two tables.  *WORD: the title of the
 * move of all that can go, "办理" where they are several. */
static int
confirm_rows (struct bz_req *req, const GArray *ids, xmlNode *form,
              xmlNode *good, xmlNode *left, unsigned *ret, const char **word)
{
  for (unsigned i = 0; i < MIN (ids->len, BATCH_MAX); i++) {
    gint64 id = g_array_index (ids, gint64, i);
    const char *text = bz_format (req, "%lld", (long long) id);
    struct picked p;
    int rc = picked_load (req, id, false, &p);

    if (rc == BZ_NOT_FOUND) {
      (void) take_words (req);
      continue;
    }
    if (rc < 0)
      return rc;
    if (p.move == NULL) {
      batch_row (req, &p, "逐件审核", "run", p.why, left);
      continue;
    }
    batch_row (req, &p, p.move->title, "ok",
               bz_format (req, "%u 项全部通过", p.passed), good);
    page_hidden (form, "pick", text);
    page_hidden (form, bz_format (req, "version.%s", text),
                 bz_format (req, "%d", p.c->version));
    *word = ++*ret == 1 || strcmp (*word, p.move->title) == 0 ? p.move->title
                                                              : "办理";
  }
  return BZ_OK;
}

static int
confirm_batch (struct bz_req *req, const GArray *ids)
{
  const char *back = bz_href (req, "/%s/?tab=todo", req->route->business->name);
  const char *word = NULL;
  xmlNode *form, *good, *left;
  unsigned n = 0;
  int rc;

  batch_top (req, "批量办理");
  if (ids->len == 0)
    desk_say (req, "stop", "没有勾选申请单，请返回列表勾选后再批量办理");
  if (ids->len > BATCH_MAX)
    desk_say (req, "warn", "一次最多 %d 件，其余的请下一次办理", BATCH_MAX);
  form = batch_form (req);
  good = batch_table (req, form, "good", "可以批量办理", "系统核验");
  left = batch_table (req, form, "left", "须逐件审核，本次不办理", "原因");
  rc = confirm_rows (req, ids, form, good, left, &n, &word);
  if (rc < 0)
    return rc;
  if (xml_child (left, "r") == NULL) {
    xmlUnlinkNode (left);
    xmlFreeNode (left);
  }
  if (n > 0)
    desk_button (form, "do", "approve",
                 bz_format (req, "批量%s %u 件", word, n), "pri");
  desk_link (form, back, "返回列表", NULL);
  return BZ_OK;
}

/* -- The page after.

   What became of each case is kept for the operator, with the sentence that was
   true then: sentences have names in them and stand in no address. */

/* The row of one case; told= what became of it. */
static int
result_row (struct bz_req *req, const xmlNode *kept, xmlNode *table)
{
  const char *id = xml_attr (kept, "id"), *tone, *word;
  struct picked p = { 0 };
  int rc = case_load (req, req->route->business,
                      id != NULL ? g_ascii_strtoll (id, NULL, 10) : 0, false,
                      &p.c);

  if (rc == BZ_NOT_FOUND) {
    (void) take_words (req);
    return BZ_OK;
  }
  if (rc < 0)
    return rc;
  word = case_status (p.c, &tone);
  batch_row (req, &p, word, tone, xml_attr (kept, "told"), table);
  return BZ_OK;
}

static int
result_rows (struct bz_req *req, xmlDoc *kept, xmlNode *table)
{
  int rc = BZ_OK;

  for (xmlNode *n = xml_child (xmlDocGetRootElement (kept), "case");
       rc == BZ_OK && n != NULL; n = xml_next (n, "case"))
    rc = result_row (req, n, table);
  return rc;
}

static int
result_batch (struct bz_req *req, const char *reference)
{
  const char *back = bz_href (req, "/%s/?tab=todo", req->route->business->name);
  xmlNode *form, *table;
  const char *text;
  xmlDoc *kept;
  int rc = note_get (req, batch_path (req), reference, &text);

  if (rc < 0)
    return rc;
  kept = rc > 0 ? xml_parse (text, -1, NULL) : NULL;
  if (kept == NULL)
    return bz_fail (req, BZ_NOT_FOUND,
                    "批量办理结果只保留 24 小时，只给办理人看；"
                    "请在“已办”“待办”中查看各件现在的情况");
  batch_top (req, "批量办理结果");
  form = batch_form (req);
  table = batch_table (req, form, "result", "办理结果", "说明");
  rc = result_rows (req, kept, table);
  xmlFreeDoc (kept);
  desk_link (form, back, "返回列表", "pri");
  return rc;
}

/* GET /NAME/batch */
int
batch_get (struct bz_req *req)
{
  const char *result = bz_param (req, "result");
  g_autoptr (GArray) ids = ids_read (req, "pick");

  return result != NULL ? result_batch (req, result) : confirm_batch (req, ids);
}

/* -- The deed. */

/* Its version as the confirm page showed it? */
static bool
is_stale (struct bz_req *req, const struct bz_case *c)
{
  const char *text = bz_param (req, bz_format (req, "version.%lld",
                                               (long long) c->id));
  gint64 version;

  return text == NULL
      || !g_ascii_string_to_signed (text, 10, 0, G_MAXINT, &version, NULL)
      || version != c->version;
}

/* "示编入〔2026〕1号", or "已同意". */
static const char *
told_done (struct bz_req *req, const struct picked *p)
{
  const char *tone;

  if (case_is_held (p->c))
    return case_status (p->c, &tone);
  return p->c->result_number != NULL ? p->c->result_number
                                     : bz_format (req, "已%s", p->move->title);
}

/* The move of one case.  *RET: what became of it. */
static int
batch_move (struct bz_req *req, struct picked *p, const char **ret)
{
  int rc;

  if (p->move == NULL) {
    *ret = bz_format (req, "没有办理：%s", p->why);
    return BZ_OK;
  }
  if (is_stale (req, p->c)) {
    *ret = "没有办理：申请单在确认后有变化，请重新核对";
    return BZ_OK;
  }
  rc = case_move (req, p->c, p->move->name, "");
  if (rc == BZ_OK)
    *ret = told_done (req, p);
  return rc;
}

/* One case, wholly or not at all: whatever refuses it, a rule, a full account
 * or somebody who was quicker, undoes this one and lets the others go on. */
static int
batch_one (struct bz_req *req, gint64 id, const char **ret)
{
  struct picked p;
  int rc = db_mark (req->db);

  if (rc < 0)
    return rc;
  rc = picked_load (req, id, true, &p);
  if (rc == BZ_OK)
    rc = batch_move (req, &p, ret);
  if (rc == BZ_OK && p.refused)
    return audit_write (req, "batch", "case", id, "refused", "");
  if (rc == BZ_OK || rc == BZ_AWAY || rc == BZ_FAILED)
    return rc;
  *ret = bz_format (req, "没有办理：%s", take_words (req));
  return db_back (req->db);
}

/* Findings of two hundred persons are not told again. */
static const char *
short_text (struct bz_req *req, const char *text)
{
  if (text == NULL || g_utf8_strlen (text, -1) <= TOLD_MAX)
    return text;
  return bz_format (req, "%.*s……",
                    (int) (g_utf8_offset_to_pointer (text, TOLD_MAX) - text),
                    text);
}

/* All of them; what became of each as <batch><case id told>. */
static int
batch_all (struct bz_req *req, const GArray *ids, xmlNode *kept)
{
  for (unsigned i = 0; i < ids->len; i++) {
    gint64 id = g_array_index (ids, gint64, i);
    xmlNode *n = xml_add (kept, "case", NULL);
    const char *told = NULL;
    int rc = batch_one (req, id, &told);

    if (rc < 0)
      return rc;
    xml_set (n, "id", bz_format (req, "%lld", (long long) id));
    xml_set (n, "told", short_text (req, told));
  }
  return BZ_OK;
}

/* POST /NAME/batch */
int
batch_post (struct bz_req *req)
{
  g_autoptr (GArray) ids = ids_read (req, "pick");
  const char *reference = NULL;
  xmlDoc *kept;
  int rc;

  if (ids->len == 0)
    return bz_fail (req, BZ_BAD_INPUT,
                    "没有勾选申请单，请返回列表勾选后再批量办理");
  if (ids->len > BATCH_MAX)
    return bz_fail (req, BZ_BAD_INPUT, "一次最多 %d 件，请减少勾选的申请单",
                    BATCH_MAX);
  kept = xmlNewDoc (BAD_CAST "1.0");
  xmlDocSetRootElement (kept,
                        xmlNewDocNode (kept, NULL, BAD_CAST "batch", NULL));
  rc = batch_all (req, ids, xmlDocGetRootElement (kept));
  if (rc >= 0) {
    g_autofree char *text = xml_dump (xmlDocGetRootElement (kept));

    reference = note_put (req, batch_path (req), text);
    rc = reference != NULL ? BZ_OK : BZ_FAILED;
  }
  xmlFreeDoc (kept);
  return rc < 0
         ? rc
         : bz_redirect (req, "%s?result=%s", batch_path (req), reference);
}
