/* Prints of a closed case: registered by a POST, shown by a GET.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <string.h>
#include "data/xml.h"
#include "people/audit.h"
#include "people/session.h"
#include "serve/route.h"
#include "work/desk-sheet.h"
#include "work/sheet.h"

enum { COPIES_MAX = 20, WHY_MAX = 200 };

/* What this POST asks for. */
struct wish {
  gint64 part;   /* of the named copies; 0: all          */
  gint64 copies; /* of each sheet, for a print of its own */
  const char *why;
};

int
print_last (struct bz_req *req, const struct bz_case *c, const struct print *p,
            struct print_last *ret)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "bz.print_last",
                       BZ_ARGS (BZ_INT (c->id), BZ_STR (p->name)));

  *ret = (struct print_last){ 0 };
  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc <= 0)
    return rc;
  *ret = (struct print_last){ .nth = (int) bz_db_int (rows, "nth"),
                              .part = (unsigned) bz_db_int (rows, "part") };
  return BZ_OK;
}

int
print_title (struct bz_req *req, const struct bz_case *c,
             const struct print_job *job, const char **ret)
{
  struct sheet_words words;
  int rc = BZ_OK;

  *ret = job->title;
  if (job->prints->len == 1) {
    rc = sheet_words (req, c, job->prints->pdata[0], &words);
    *ret = words.title;
  }
  return rc;
}

/* Prints that only some cases have are jobs of their own.  As sheet_applies. */
static int
job_applies (struct bz_req *req, struct bz_case *c, const struct print_job *job)
{
  return sheet_applies (req, c, job->prints->pdata[0]);
}

int
print_open (struct bz_req *req, bool lock, struct bz_case **c,
            const struct print_job **ret)
{
  int rc = desk_case (req, lock, c);

  if (rc < 0)
    return rc;
  *ret = business_job ((*c)->business, bz_param (req, "print"));
  rc = *ret != NULL ? job_applies (req, *c, *ret) : 0;
  if (rc < 0)
    return rc;
  if (rc == 0)
    return bz_fail (req, BZ_NOT_FOUND, "没有这种文书，请从申请单页面打印");
  if (strcmp ((*c)->state, "done") != 0)
    return bz_fail (req, BZ_CONFLICT, "申请单 %s 尚未核准，核准后才能打印",
                    (*c)->number);
  return BZ_OK;
}

/* The forms of several jobs stand on one page: each names its fields for
 * itself, so that an id stands there once. */
static const char *
field_name (struct bz_req *req, const struct print_job *job, const char *name)
{
  return bz_format (req, "%s.%s", name, job->name);
}

/* -- Registering. */

static bool
is_own_office (struct bz_req *req, const struct bz_case *c)
{
  return req->session->scope_id == c->office_id;
}

/* An upper office reads what the offices below it issued; it issues nothing in
 * their place (A5.17). */
static bool
is_higher (struct bz_req *req, const struct bz_case *c)
{
  return strcmp (req->session->scope_kind, "office") == 0
      && !is_own_office (req, c);
}

/* A whole number from MIN to MAX; absent or empty: DEFAULT_VALUE. */
static gint64
number_read (struct bz_req *req, const char *name, gint64 min, gint64 max,
             gint64 default_value)
{
  const char *text = bz_param (req, name);
  gint64 n;

  if (text == NULL || *text == '\0')
    return default_value;
  if (!g_ascii_string_to_signed (text, 10, (guint64) min, (guint64) max, &n,
                                 NULL))
    return bz_mark (req, name,
                    "请填写 %" G_GINT64_FORMAT " 至 %" G_GINT64_FORMAT
                    " 的整数",
                    min, max);
  return n;
}

static struct wish
wish_read (struct bz_req *req, const struct print_job *job, bool again)
{
  const struct print *p = job->prints->pdata[0];
  bool alone = job->prints->len == 1;
  const char *why_name = field_name (req, job, "why");
  const char *typed = bz_param (req, why_name);
  char *why = req_strdup (req, typed != NULL ? typed : "");
  struct wish w = { .copies = p->copies, .why = g_strstrip (why) };

  if (alone && p->labels->len > 0)
    w.part = number_read (req, field_name (req, job, "part"), 0, p->labels->len,
                          0);
  else if (alone)
    w.copies = number_read (req, field_name (req, job, "copies"), 1, COPIES_MAX,
                            p->copies);
  if (again && *w.why == '\0')
    (void) bz_mark (req, why_name, "已经打印过，请填写补打原因");
  if (g_utf8_strlen (w.why, -1) > WHY_MAX)
    (void) bz_mark (req, why_name, "补打原因最多 %d 字，请缩短", WHY_MAX);
  return w;
}

static int
print_store (struct bz_req *req, struct bz_case *c, const struct print *p,
             const struct wish *w, bool alone)
{
  struct print_last last;
  gint64 copies = alone ? w->part > 0 ? 1 : w->copies : p->copies;
  struct sheet_words words;
  int rc = print_last (req, c, p, &last);
  int64_t changed;

  copies *= sheet_count (c, p);
  /* what the office took back, it alone gives out again, and says why */
  if (rc == BZ_OK)
    rc = sheet_issue (req, c, p, is_own_office (req, c) && *w->why != '\0');
  if (rc == BZ_OK) /* the register says what the paper does */
    rc = sheet_words (req, c, p, &words);
  if (rc < 0)
    return rc;
  changed = bz_db_exec (req, "bz.print_insert",
                        BZ_ARGS (BZ_INT (c->id), BZ_STR (p->name),
                                 BZ_STR (words.title), BZ_INT (w->part),
                                 BZ_INT (copies), BZ_INT (last.nth + 1),
                                 BZ_STR (last.nth > 0 ? w->why : ""),
                                 BZ_STR (bz_now (req))));
  if (changed < 0)
    return (int) changed;
  return bz_audit (req, bz_format (req, "%s.print", c->business->name), "case",
                   c->id,
                   bz_format (req, "%s %s, nth %d, copies %lld", c->number,
                              p->name, last.nth + 1, (long long) copies));
}

/* Was any print of the job printed before?  1, 0, <0. */
static int
job_printed (struct bz_req *req, const struct bz_case *c,
             const struct print_job *job)
{
  struct print_last last = { 0 };
  int rc = BZ_OK;

  for (unsigned i = 0; rc == BZ_OK && last.nth == 0 && i < job->prints->len;
       i++)
    rc = print_last (req, c, job->prints->pdata[i], &last);
  return rc < 0 ? rc : last.nth > 0;
}

int
print_post (struct bz_req *req)
{
  const struct print_job *job;
  struct bz_case *c;
  struct wish w;
  int rc = print_open (req, true, &c, &job);

  if (rc == BZ_OK && is_higher (req, c))
    return bz_fail (req, BZ_FORBIDDEN,
                    "申请单 %s 由所属编办或者申请单位打印，上级编办只能查看",
                    c->number);
  if (rc == BZ_OK && sheet_none (c))
    return bz_fail (req, BZ_CONFLICT,
                    "申请单 %s 的核准已撤销，文书已作废，不再打印", c->number);
  if (rc == BZ_OK)
    rc = job_printed (req, c, job);
  if (rc < 0)
    return rc;
  w = wish_read (req, job, rc > 0);
  if (req_has_errors (req)) {
    rc = case_page (req, c);
    return rc < 0 ? rc : BZ_BAD_INPUT;
  }
  rc = BZ_OK;
  for (unsigned i = 0; rc == BZ_OK && i < job->prints->len; i++)
    rc = print_store (req, c, job->prints->pdata[i], &w, job->prints->len == 1);
  return rc < 0
         ? rc
         : bz_redirect (req, "%s", desk_path (req, c, "/print/%s", job->name));
}

/* -- The forms that ask for it. */

static xmlNode *
field_add (struct bz_req *req, xmlNode *section, const char *id,
           const char *title, const char *type, const char *value)
{
  const char *typed = bz_param (req, id);
  xmlNode *f = xml_add (section, "f", NULL);

  xml_set (f, "id", id);
  xml_set (f, "t", title);
  xml_set (f, "type", type);
  xml_set (f, "v", typed != NULL ? typed : value);
  return f;
}

/* 全部三联, 第一联（用编单位） ... */
static void
part_add (struct bz_req *req, xmlNode *section, const struct print_job *job,
          const char *const *names)
{
  unsigned n = g_strv_length ((char **) names);
  const char *name = field_name (req, job, "part");
  const char *typed = bz_param (req, name);
  xmlNode *f = field_add (req, section, name, "联次", "code", "0");

  for (unsigned i = 0; i <= n; i++) {
    const char *value = bz_format (req, "%u", i);
    xmlNode *o = xml_add (f, "o",
                          i == 0 ? bz_format (req, "全部%s联", desk_numeral (n))
                                 : bz_format (req, "第%s联（%s）",
                                              desk_numeral (i), names[i - 1]));

    xml_set (o, "v", value);
    if (strcmp (value, typed != NULL ? typed : "0") == 0)
      xml_set (o, "sel", "1");
  }
}

static int
count_add (struct bz_req *req, const struct bz_case *c, xmlNode *section,
           const struct print_job *job)
{
  const struct print *p = job->prints->pdata[0];
  struct sheet_words words;
  int rc;

  if (job->prints->len > 1)
    return BZ_OK;
  rc = sheet_words (req, c, p, &words);
  if (rc < 0)
    return rc;
  if (*words.copies != NULL)
    part_add (req, section, job, words.copies);
  else
    (void) field_add (req, section, field_name (req, job, "copies"), "份数",
                      "int", bz_format (req, "%d", p->copies));
  return BZ_OK;
}

/* "尚未打印", or how often each was. */
static int
job_note (struct bz_req *req, struct bz_case *c, const struct print_job *job,
          const char **ret)
{
  g_autoptr (GString) note = g_string_new (NULL);

  for (unsigned i = 0; i < job->prints->len; i++) {
    const struct print *p = job->prints->pdata[i];
    struct sheet_words words;
    struct print_last last;
    int rc = print_last (req, c, p, &last);

    if (rc == BZ_OK)
      rc = sheet_words (req, c, p, &words);
    if (rc < 0)
      return rc;
    if (last.nth == 0)
      continue;
    g_string_append (note, note->len > 0 ? "，" : "");
    if (job->prints->len > 1)
      g_string_append (note, words.title);
    g_string_append_printf (note, "已打印 %d 次", last.nth);
    rc = sheet_void (req, c, p);
    if (rc < 0)
      return rc;
    if (rc > 0)
      g_string_append (note, is_own_office (req, c)
                               ? "（已作废，补打即重新出具）"
                               : "（已作废，由编办重新出具）");
  }
  *ret = note->len > 0 ? req_strdup (req, note->str) : NULL;
  return BZ_OK;
}

static int
print_form (struct bz_req *req, struct bz_case *c, const struct print_job *job,
            bool first, xmlNode *into)
{
  const char *path = desk_path (req, c, "/print/%s", job->name), *note, *title;
  int rc = job_note (req, c, job, &note);
  xmlNode *form, *section;

  if (rc == BZ_OK)
    rc = print_title (req, c, job, &title);
  if (rc < 0)
    return rc;
  form = desk_form (req, into, path, 0);
  section = xml_add (form, "section", NULL);
  xml_set (section, "id", bz_format (req, "print-%s", job->name));
  xml_set (section, "t", title);
  xml_set (section, "note", note != NULL ? note : "尚未打印");
  rc = count_add (req, c, section, job);
  if (note != NULL)
    xml_set (field_add (req, section, field_name (req, job, "why"), "补打原因",
                        "text", ""),
             "req", "1");
  desk_button (form, "do", "print",
               bz_format (req, "%s%s", note != NULL ? "补打" : "打印",
                          job->prints->len > 1 ? "全套" : title),
               note == NULL && first ? "pri" : NULL);
  if (note != NULL)
    desk_link (form, bz_href (req, "%s", path), "查看上次打印", NULL);
  return rc;
}

/* 用印情况登记 of this case. */
static int
print_log (struct bz_req *req, struct bz_case *c, xmlNode *into)
{
  static const char *const titles[] = { "打印时间", "文书", "份数", "经办人",
                                        "补打原因" };
  xmlNode *table = NULL, *r;
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "bz.print_list", BZ_ARGS (BZ_INT (c->id)));

  while (rc >= 0 && (rc = bz_db_next (rows)) > 0) {
    int nth = (int) bz_db_int (rows, "nth");

    if (table == NULL) {
      table = xml_add (into, "table", NULL);
      xml_set (table, "id", "prints");
      xml_set (table, "caption", "打印记录");
      for (size_t i = 0; i < G_N_ELEMENTS (titles); i++)
        xml_set (xml_add (table, "col", NULL), "t", titles[i]);
    }
    r = xml_add (table, "r", NULL);
    xml_set (xml_add (r, "c", req_strndup (req, bz_db_text (rows, "at"), 16)),
             "c", "nw num");
    (void) xml_add (r, "c",
                    nth > 1 ? bz_format (req, "%s（补打第 %d 次）",
                                         bz_db_text (rows, "title"), nth - 1)
                            : bz_db_text (rows, "title"));
    xml_set (xml_add (r, "c", bz_db_text (rows, "copies")), "c", "num");
    (void) xml_add (r, "c",
                    bz_format (req, "%s %s", bz_db_text (rows, "place"),
                               bz_db_text (rows, "who")));
    (void) xml_add (r, "c", bz_db_text (rows, "why"));
  }
  return rc;
}

/* The case was taken back: what was printed of it can be looked at, each void. */
static int
print_old (struct bz_req *req, struct bz_case *c, xmlNode *into)
{
  const GPtrArray *jobs = c->business->jobs;
  xmlNode *tools = NULL;

  for (unsigned i = 0; i < jobs->len; i++) {
    const struct print_job *job = jobs->pdata[i];
    const char *title;
    int rc = job->prints->len == 1 ? job_printed (req, c, job) : 0;

    if (rc > 0)
      rc = print_title (req, c, job, &title) < 0 ? BZ_FAILED : 1;
    if (rc < 0)
      return rc;
    if (rc == 0)
      continue;
    if (tools == NULL) {
      tools = xml_add (into, "tools", NULL);
      xml_set (tools, "note", "核准已撤销，打印过的文书已作废");
    }
    desk_link (tools,
               bz_href (req, "%s", desk_path (req, c, "/print/%s", job->name)),
               bz_format (req, "查看%s", title), NULL);
  }
  return print_log (req, c, into);
}

int
print_forms (struct bz_req *req, struct bz_case *c, xmlNode *into)
{
  const char *permission = bz_format (req, "%s.print", c->business->name);
  const GPtrArray *jobs = c->business->jobs;
  xmlNode *card;

  if (strcmp (c->state, "done") != 0 || jobs->len == 0)
    return BZ_OK;
  if (is_higher (req, c) || bz_may (req, permission, c->scope_id) <= 0)
    return print_log (req, c, into);
  if (sheet_none (c))
    return print_old (req, c, into);
  card = xml_add (into, "prints", NULL);
  xml_set (card, "t", "打印");
  for (unsigned i = 0; i < jobs->len; i++) {
    int rc = job_applies (req, c, jobs->pdata[i]);

    if (rc > 0)
      rc = print_form (req, c, jobs->pdata[i], i == 0, card);
    if (rc < 0)
      return rc;
  }
  return print_log (req, c, into);
}
