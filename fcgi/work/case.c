/* A case (申请单): its row, its head, what it is called.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "work/case.h"
#include <string.h>
#include "data/db.h"
#include "data/xml.h"
#include "define/process.h"
#include "people/audit.h"
#include "people/session.h"
#include "serve/req.h"
#include "work/pair.h"
#include "work/paper.h"
#include "work/remark.h"
#include "work/series.h"
#include "work/setting.h"

enum { REASON_MAX = 400, LABEL_MAX = 100 };

static const char *
text_or_empty (const char *text)
{
  return text != NULL ? text : "";
}

/* DOC is freed with the request. */
static xmlDoc *
keep_doc (struct bz_req *req, xmlDoc *doc)
{
  if (doc != NULL)
    req_own (req, doc, (GDestroyNotify) xmlFreeDoc);
  return doc;
}

static xmlDoc *
empty_doc (struct bz_req *req, const char *root)
{
  xmlDoc *doc = xmlNewDoc (BAD_CAST "1.0");

  xmlDocSetRootElement (doc, xmlNewNode (NULL, BAD_CAST root));
  return keep_doc (req, doc);
}

static struct bz_case *
case_new (struct bz_req *req, const struct business *b)
{
  struct bz_case *c = bz_alloc (req, sizeof *c);

  c->business = b;
  c->items = g_ptr_array_new ();
  req_own (req, c->items, (GDestroyNotify) g_ptr_array_unref);
  return c;
}

/* -- Loading. */

static void
case_take_dates (struct bz_case *c, struct bz_rows *rows)
{
  c->created_at = bz_db_text (rows, "created_at");
  c->submitted_at = bz_db_text (rows, "submitted_at");
  c->opened_at = bz_db_text (rows, "opened_at");
  c->closed_at = bz_db_text (rows, "closed_at");
  c->due_on = bz_db_text (rows, "due_on");
  c->updated_at = bz_db_text (rows, "updated_at");
}

/* Where it stands to its unit, its returns and other cases. */
static void
case_take_chain (struct bz_case *c, struct bz_rows *rows)
{
  c->desk = bz_db_text (rows, "desk");
  c->has_parent = bz_db_int (rows, "has_parent") == 1;
  c->above_now = bz_db_int (rows, "above_now") == 1;
  c->kept_by = bz_db_int (rows, "kept_by");
  c->above_kept = bz_db_int (rows, "above_kept") == 1;
  c->passed = bz_db_int (rows, "passed") != 0;
  c->return_id = bz_db_int (rows, "return_id");
  c->split_from = bz_db_int (rows, "split_from");
  c->split_number = bz_db_text (rows, "split_number");
  c->undone = (int) bz_db_int (rows, "undone");
  c->total = (int) bz_db_int (rows, "items");
  c->pair_id = bz_db_int (rows, "pair_id");
  c->held_from = bz_db_text (rows, "held_from");
}

static int
case_take (struct bz_req *req, struct bz_case *c, struct bz_rows *rows)
{
  const char *head = bz_db_text (rows, "head");

  c->id = bz_db_int (rows, "id");
  c->scope_id = bz_db_int (rows, "scope_id");
  c->office_id = bz_db_int (rows, "office_id");
  c->office_above = bz_db_int (rows, "office_above");
  c->created_by = bz_db_int (rows, "created_by");
  c->submitted_by = bz_db_int (rows, "submitted_by");
  c->version = (int) bz_db_int (rows, "version");
  c->number = text_or_empty (bz_db_text (rows, "number"));
  c->step = text_or_empty (bz_db_text (rows, "step"));
  c->state = text_or_empty (bz_db_text (rows, "state"));
  c->reason = text_or_empty (bz_db_text (rows, "reason"));
  c->result_number = bz_db_text (rows, "result_number");
  c->scope_name = text_or_empty (bz_db_text (rows, "scope_name"));
  case_take_dates (c, rows);
  case_take_chain (c, rows);
  c->head = keep_doc (req, head != NULL ? xml_parse (head, -1, NULL) : NULL);
  if (c->head == NULL)
    return bz_fail (req, BZ_FAILED, "申请单 %s 的内容无法读取，请联系编办",
                    c->number);
  c->process = process_find (c->business->name, bz_db_text (rows, "process"),
                             (int) bz_db_int (rows, "process_version"));
  if (c->process == NULL)
    return bz_fail (req, BZ_FAILED, "申请单 %s 的办理流程没有定义，请联系编办",
                    c->number);
  return BZ_OK;
}

static int
case_load_items (struct bz_req *req, struct bz_case *c, const char *query)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, query, BZ_ARGS (BZ_INT (c->id)));

  if (rc < 0)
    return rc;
  while ((rc = bz_db_next (rows)) > 0) {
    rc = item_from_row (req, c, rows);
    if (rc < 0)
      return rc;
  }
  return rc;
}

/* What the audit calls the moves of the case: "entry.submit,entry.return". */
static const char *
move_actions (struct bz_req *req, const struct bz_case *c)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (unsigned i = 0; i < c->process->moves->len; i++) {
    const struct process_move *m = c->process->moves->pdata[i];

    g_string_append_printf (names, "%s%s.%s", i > 0 ? "," : "",
                            c->business->name, m->name);
  }
  return req_strdup (req, names->str);
}

/* When a reviewer first looked at it since it was handed in: the audit row of
 * that look, for a GET writes nothing else. */
static int
case_load_opened (struct bz_req *req, struct bz_case *c)
{
  int rc;

  if (strcmp (c->state, "open") != 0)
    return BZ_OK;
  rc = bz_db_value (req, &c->opened_at, "bz.case_opened",
                    BZ_ARGS (BZ_INT (c->id), BZ_STR (move_actions (req, c))));
  return rc < 0 ? rc : BZ_OK;
}

/* Whoever changes the items of a case holds the case, so that its items need no lock of
 * their own once it is locked; what a lock would add is that they are read as they are
 * now, not as they were when this transaction first looked at anything.  And it would lock
 * the place behind the last item, which is the same for all new cases: of clerks who fill
 * those at one time the database would end all but one, again and again. */
static const char *
items_query (const struct bz_req *req, bool lock)
{
  return lock && db_has_viewed (req->db) ? "bz.case_items_lock"
                                         : "bz.case_items";
}

int
case_load (struct bz_req *req, const struct business *b, int64_t id, bool lock,
           struct bz_case **ret)
{
  struct bz_case *c = case_new (req, b);
  const char *items = items_query (req, lock);
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, lock ? "bz.case_lock" : "bz.case_one",
                       BZ_ARGS (BZ_INT (id), BZ_STR (b->name)));

  if (rc < 0)
    return rc;
  rc = bz_db_next (rows);
  if (rc < 0)
    return rc;
  if (rc == 0)
    return bz_fail (req, BZ_NOT_FOUND,
                    "没有这张申请单，或者它不属于您所管的单位");
  rc = case_take (req, c, rows);
  c->locked = lock;
  if (rc == BZ_OK)
    rc = case_load_items (req, c, items);
  if (rc == BZ_OK)
    rc = case_load_opened (req, c);
  if (rc == BZ_OK)
    rc = pair_load (req, c, lock);
  if (rc < 0)
    return rc;
  if (case_at_start (c) && c->return_id != 0)
    rc = remark_load (req, c);
  if (rc < 0)
    return rc;
  *ret = c;
  return BZ_OK;
}

int
bz_case_read (struct bz_req *req, int64_t case_id, struct bz_case **ret)
{
  const struct business *b;
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "bz.case_any", BZ_ARGS (BZ_INT (case_id)));

  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc <= 0)
    return rc;
  b = business_find (bz_db_text (rows, "business"));
  if (b == NULL)
    return 0;
  *ret = case_new (req, b);
  rc = case_take (req, *ret, rows);
  if (rc == BZ_OK)
    rc = case_load_items (req, *ret, "bz.case_items_any");
  return rc < 0 ? rc : 1;
}

struct bz_case *
case_blank (struct bz_req *req, const struct business *b, int64_t scope_id)
{
  struct bz_case *c = case_new (req, b);

  c->scope_id = scope_id;
  c->number = c->reason = c->scope_name = "";
  c->above_now = true;
  c->state = "draft";
  c->process = process_find (b->name, b->chain, 0);
  c->step = c->process != NULL && c->process->steps->len > 0
            ? ((struct process_step *) c->process->steps->pdata[0])->name
            : "draft";
  c->head = empty_doc (req, "head");
  return c;
}

static int
scope_find (struct bz_req *req, const char *query, int64_t scope_id,
            const char **name, int64_t *office_id)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, query, BZ_ARGS (BZ_INT (scope_id)));

  if (rc < 0)
    return rc;
  rc = bz_db_next (rows);
  if (rc < 0)
    return rc;
  if (rc == 0)
    return bz_fail (req, BZ_NOT_FOUND,
                    "没有这个单位，或者它不属于您所管的单位");
  *name = text_or_empty (bz_db_text (rows, "name"));
  *office_id = bz_db_int (rows, "office_id");
  return BZ_OK;
}

int
case_scope_find (struct bz_req *req, const struct business *b, int64_t scope_id,
                 const char **name, int64_t *office_id)
{
  return scope_find (req, b->below ? "bz.case_scope_below" : "bz.case_scope",
                     scope_id, name, office_id);
}

/* -- Facts, reason, label. */

static void
free_array (void *array)
{
  g_ptr_array_unref (array);
}

/* A case of two hundred persons has a thousand papers: nobody goes through all
 * of them for each person. */
static void
sort_papers (struct bz_req *req, struct bz_case *c)
{
  c->papers_of = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                        free_array);
  req_own (req, c->papers_of, (GDestroyNotify) g_hash_table_unref);
  for (xmlNode *p = xml_child (xmlDocGetRootElement (c->papers), "paper");
       p != NULL; p = xml_next (p, "paper")) {
    gint64 id = paper_item (p);
    GPtrArray *list = g_hash_table_lookup (c->papers_of, &id);

    if (list == NULL) {
      list = g_ptr_array_new ();
      g_hash_table_insert (c->papers_of, g_memdup2 (&id, sizeof id), list);
    }
    g_ptr_array_add (list, p);
  }
}

int
case_papers (struct bz_req *req, struct bz_case *c, xmlDoc **ret)
{
  if (c->papers == NULL) {
    xmlDoc *doc = empty_doc (req, "papers");

    if (c->id != 0) {
      int64_t rows = paper_list (req, c->id, xmlDocGetRootElement (doc));

      if (rows < 0)
        return (int) rows;
    }
    c->papers = doc;
    sort_papers (req, c);
  }
  *ret = c->papers;
  return BZ_OK;
}

const GPtrArray *
case_papers_of (const struct bz_case *c, int64_t item_id)
{
  return c->papers_of != NULL ? g_hash_table_lookup (c->papers_of, &item_id)
                              : NULL;
}

void
case_papers_drop (struct bz_case *c)
{
  c->papers = NULL;
  c->papers_of = NULL;
}

static int64_t
paper_number (const xmlNode *paper, const char *name)
{
  const char *text = xml_child_text (paper, name);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

int64_t
paper_id (const xmlNode *paper)
{
  return paper_number (paper, "id");
}

int64_t
paper_item (const xmlNode *paper)
{
  return paper_number (paper, "item_id");
}

/* Kinds of the papers of ITEM, or of the head: those that are there and those
 * that come with this request. */
static GPtrArray *
kinds_of (const struct bz_case *c, const struct bz_item *item)
{
  const GPtrArray *there = case_papers_of (c, item != NULL ? item->id : 0);
  GPtrArray *kinds = g_ptr_array_new ();

  if (item != NULL && item->id == 0)
    there = NULL; /* not stored yet: those without an item are the head's */
  for (unsigned i = 0; there != NULL && i < there->len; i++)
    if (xml_child_text (there->pdata[i], "kind") != NULL)
      g_ptr_array_add (kinds,
                       (void *) xml_child_text (there->pdata[i], "kind"));
  for (unsigned i = 0; item != NULL && i < item->coming->len; i++)
    g_ptr_array_add (kinds, item->coming->pdata[i]);
  g_ptr_array_add (kinds, NULL);
  return kinds;
}

int
case_facts (struct bz_req *req, struct bz_case *c, struct bz_item *item,
            xmlDoc **ret)
{
  g_autoptr (GPtrArray) kinds = NULL;
  xmlDoc *papers, *facts;
  int rc = case_papers (req, c, &papers);

  if (rc < 0)
    return rc;
  kinds = kinds_of (c, item);
  facts = form_facts (req, c->head, item != NULL ? item->values : NULL,
                      c->business->head, c->business->item,
                      (const char *const *) kinds->pdata);
  if (facts == NULL)
    return bz_fail (req, BZ_FAILED, "申请单内容无法核对，请稍后再试");
  form_fact_day (facts, "begun",
                 c->created_at != NULL ? req_strndup (req, c->created_at, 10)
                                       : bz_today (req));
  if (c->scope_id != 0)
    rc = setting_options (req, c->business, c->office_id,
                          xmlDocGetRootElement (facts));
  if (rc >= 0 && c->business->hooks.facts != NULL && c->scope_id != 0)
    rc = c->business->hooks.facts (req, c, item,
                                   xml_bz (xmlDocGetRootElement (facts)));
  if (rc < 0) {
    xmlFreeDoc (facts);
    return rc;
  }
  *ret = facts;
  return BZ_OK;
}

/* TEXT cut to MAX characters; frees TEXT. */
static char *
cut (char *text, long max)
{
  char *ret;

  if (g_utf8_strlen (text, -1) <= max)
    return text;
  ret = g_utf8_substring (text, 0, max);
  g_free (text);
  return ret;
}

int
case_reason_now (struct bz_req *req, struct bz_case *c, const char **ret)
{
  const char *typed = bz_case_get (c, "reason");
  g_autofree char *text = NULL;
  xmlDoc *facts;
  int rc;

  if (typed != NULL && *typed != '\0') {
    *ret = typed;
    return BZ_OK;
  }
  if (c->business->reason == NULL) {
    *ret = "";
    return BZ_OK;
  }
  rc = case_facts (req, c, NULL, &facts);
  if (rc < 0)
    return rc;
  text = cut (business_reason (c->business, facts, c->items->len), REASON_MAX);
  xmlFreeDoc (facts);
  *ret = req_strdup (req, text);
  return BZ_OK;
}

char *
case_label (const struct bz_case *c)
{
  const struct bz_item *first = c->items->len > 0 ? c->items->pdata[0] : NULL;
  const char *word = c->business->item_word;

  if (first == NULL)
    return g_strdup ("");
  if (c->items->len == 1)
    return cut (g_strdup (text_or_empty (first->label)), LABEL_MAX);
  return cut (g_strdup_printf ("%s 等%u%s", text_or_empty (first->label),
                               c->items->len, word != NULL ? word : "项"),
              LABEL_MAX);
}

bool
case_at_start (const struct bz_case *c)
{
  const struct process_step *first;

  if (c->process == NULL || c->process->steps->len == 0)
    return false;
  first = c->process->steps->pdata[0];
  return strcmp (c->step, first->name) == 0;
}

bool
case_is_held (const struct bz_case *c)
{
  return strcmp (c->step, PROCESS_HELD) == 0;
}

bool
case_is_top (const struct bz_case *c)
{
  return c->office_above == 0;
}

const char *
case_status (const struct bz_case *c, const char **tone)
{
  static const struct {
    const char *state, *word, *tone;
  } words[] = {
    { "draft", "草稿", "wait" },       { "returned", "已退回", "bad" },
    { "done", "已核准", "ok" },        { "rejected", "不予办理", "bad" },
    { "cancelled", "已作废", "wait" },
  };
  const struct process_step *step;

  if (c->undone > 0) {
    *tone = "bad";
    return c->undone < c->total ? "部分撤销核准" : "已撤销核准";
  }
  for (size_t i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i].state, c->state) == 0) {
      *tone = words[i].tone;
      return words[i].word;
    }
  *tone = "run";
  if (case_is_held (c))
    return "已同意，待对方办结";
  step = c->process != NULL ? process_step (c->process, c->step) : NULL;
  return step != NULL ? step->title : "办理中";
}

struct bz_item *
case_find_item (const struct bz_case *c, int64_t item_id)
{
  for (unsigned i = 0; i < c->items->len; i++) {
    struct bz_item *item = c->items->pdata[i];

    if (item->id == item_id)
      return item;
  }
  return NULL;
}

/* -- Storing. */

static int
case_insert (struct bz_req *req, struct bz_case *c)
{
  g_autofree char *head = xml_dump (xmlDocGetRootElement (c->head));
  int64_t changed = bz_db_exec (req, "bz.case_insert",
                                BZ_ARGS (BZ_STR (c->business->name),
                                         BZ_STR (c->process->name),
                                         BZ_INT (c->process->version),
                                         BZ_INT (c->scope_id),
                                         BZ_INT (c->office_id),
                                         BZ_STR (c->number), BZ_STR (c->step),
                                         BZ_STR (head), BZ_STR (c->reason),
                                         BZ_STR (bz_now (req))));

  if (changed < 0)
    return (int) changed;
  c->id = bz_db_last_id (req);
  c->version = 1;
  return bz_audit (req, bz_format (req, "%s.create", c->business->name), "case",
                   c->id, c->number);
}

/* Its process is the one that its office has now, and stays so. */
static int
case_begin (struct bz_req *req, struct bz_case *c)
{
  int rc = setting_process (req, c->business, c->office_id, &c->process);

  if (rc == BZ_OK)
    c->step = ((struct process_step *) c->process->steps->pdata[0])->name;
  return rc;
}

int
case_create (struct bz_req *req, const struct business *b, int64_t scope_id,
             xmlDoc *head, struct bz_case **ret)
{
  struct bz_case *c = case_blank (req, b, scope_id);
  int rc;

  if (c->process == NULL)
    return bz_fail (req, BZ_FAILED, "“%s”没有定义办理流程，请联系编办",
                    b->title);
  c->head = head;
  c->created_by = bz_user_id (req);
  rc = scope_find (req,
                   b->below ? "bz.case_scope_below" : "bz.case_scope_locked",
                   scope_id, &c->scope_name, &c->office_id);
  session_fills_for (req, scope_id, c->scope_name);
  if (rc == BZ_OK)
    rc = case_begin (req, c);
  if (rc == BZ_OK)
    rc = case_reason_now (req, c, &c->reason);
  /* bz_case.number is unique over all offices, so one series serves them. */
  if (rc == BZ_OK)
    rc = series_draw (req, 0, bz_format (req, "case.%s", b->prefix),
                      bz_format (req, "%s-{year}-{n5}", b->prefix), &c->number);
  if (rc == BZ_OK)
    rc = case_insert (req, c);
  if (rc < 0)
    return rc;
  *ret = c;
  return BZ_OK;
}

int
case_store_head (struct bz_req *req, struct bz_case *c)
{
  g_autofree char *head = xml_dump (xmlDocGetRootElement (c->head));
  int64_t changed;
  int rc = case_reason_now (req, c, &c->reason);

  if (rc < 0)
    return rc;
  session_fills_for (req, c->scope_id, c->scope_name);
  changed = bz_db_exec (req, "bz.case_store",
                        BZ_ARGS (BZ_STR (head), BZ_INT (c->scope_id),
                                 BZ_INT (c->office_id), BZ_STR (c->reason),
                                 BZ_STR (bz_now (req)), BZ_INT (c->id),
                                 BZ_INT (c->version)));
  if (changed < 0)
    return (int) changed;
  if (changed != 1)
    return bz_fail (req, BZ_CONFLICT,
                    "这张申请单刚刚被修改过，请重新打开后再办理");
  c->version++;
  return BZ_OK;
}

int
case_touch (struct bz_req *req, struct bz_case *c)
{
  g_autofree char *label = case_label (c);
  int64_t changed;
  int rc = case_reason_now (req, c, &c->reason);

  if (rc < 0)
    return rc;
  changed = bz_db_exec (req, "bz.case_touch",
                        BZ_ARGS (BZ_INT (c->items->len), BZ_STR (label),
                                 BZ_STR (c->reason), BZ_STR (bz_now (req)),
                                 BZ_INT (c->id)));
  if (changed < 0)
    return (int) changed;
  c->version++;
  return BZ_OK;
}

/* -- plugin.h. */

int64_t
bz_case_id (const struct bz_case *c)
{
  return c->id;
}

int64_t
bz_case_scope (const struct bz_case *c)
{
  return c->scope_id;
}

const char *
bz_case_scope_name (const struct bz_case *c)
{
  return c->scope_name;
}

int64_t
bz_case_office (const struct bz_case *c)
{
  return c->office_id;
}

const char *
bz_case_number (const struct bz_case *c)
{
  return c->number;
}

const char *
bz_case_get (const struct bz_case *c, const char *field)
{
  return c->head != NULL
         ? xml_child_text (xmlDocGetRootElement (c->head), field)
         : NULL;
}

void
bz_case_set (struct bz_case *c, const char *field, const char *value)
{
  xmlNode *root = xmlDocGetRootElement (c->head);
  xmlNode *old = xml_child (root, field);

  if (old != NULL) {
    xmlUnlinkNode (old);
    xmlFreeNode (old);
  }
  (void) xml_add (root, field, value != NULL ? value : "");
}

int64_t
bz_case_int (const struct bz_case *c, const char *field)
{
  const char *value = bz_case_get (c, field);

  return value != NULL ? g_ascii_strtoll (value, NULL, 10) : 0;
}

size_t
bz_case_items (const struct bz_case *c)
{
  return c->items->len;
}

struct bz_item *
bz_case_item (const struct bz_case *c, size_t n)
{
  return n < c->items->len ? c->items->pdata[n] : NULL;
}
