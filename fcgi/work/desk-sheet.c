/* The printed sheets of a case, as a page and as a PDF.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "work/desk-sheet.h"
#include <string.h>
#include "data/xml.h"
#include "people/audit.h"
#include "serve/log.h"
#include "serve/render.h"
#include "show/qr.h"
#include "show/view.h"
#include "work/amend.h"
#include "work/checkcode.h"
#include "work/sheet.h"

const char *
desk_numeral (unsigned n)
{
  static const char *const words[] = { "零", "一", "二", "三", "四", "五",
                                       "六", "七", "八", "九", "十" };

  return n < G_N_ELEMENTS (words) ? words[n] : "若干";
}

/* -- Values. */

/* A list as <NAME><field>shown</field>...</NAME> for each row. */
static void
add_rows (struct bz_req *req, const struct form *form, xmlDoc *values,
          const xmlNode *list, xmlNode *into)
{
  const char *name = (const char *) list->name;
  unsigned at = 0;

  for (xmlNode *r = xml_child (list, "row"); r != NULL;
       r = xml_next (r, "row")) {
    xmlNode *row = xml_add (into, name, NULL);

    at++;
    for (xmlNode *f = r->children; f != NULL; f = f->next)
      if (f->type == XML_ELEMENT_NODE)
        xml_set (xml_add (row, (const char *) f->name,
                          form_shown (form, req, values,
                                      bz_format (req, "%s.%u.%s", name, at,
                                                 (const char *) f->name))),
                 "code", xml_child_text (r, (const char *) f->name));
  }
}

/* Each value of VALUES as an element with its shown text and, as code=, what
 * is stored; amended="yes": it was put right since (amend.h). */
static void
add_values (struct bz_req *req, const struct form *form, xmlDoc *values,
            xmlNode *into)
{
  const xmlNode *root = xmlDocGetRootElement (values);

  for (xmlNode *n = root->children; n != NULL; n = n->next) {
    const char *name = (const char *) n->name;

    if (n->type != XML_ELEMENT_NODE)
      continue;
    if (xml_child (n, "row") != NULL)
      add_rows (req, form, values, n, into);
    else {
      xmlNode *v = xml_add (into, name, form_shown (form, req, values, name));

      xml_set (v, "code", xml_child_text (root, name));
      xml_set (v, "amended", xml_attr (n, "amended"));
    }
  }
}

/* -- One sheet. */

/* A sheet in the making. */
struct making {
  struct bz_req *req;
  struct bz_case *c;
  const struct print *print;
  struct print_last last;
  struct sheet_words words; /* of the newest sheet */
  const char *office;
};

static void
add_code (const struct making *m, const struct sheet *s, xmlNode *sheet)
{
  g_autofree char *shown = checkcode_shown (s->code);
  g_autofree char *path = NULL;
  xmlNode *qr;
  unsigned size;

  xml_set (sheet, "code", shown);
  xml_set (sheet, "check", sheet_address (m->req, ""));
  if (strcmp (s->state, "valid") != 0)
    xml_set (sheet, "void", strcmp (s->state, "void") == 0 ? "作废" : "已替换");
  path = qr_path (sheet_address (m->req, s->code), &size);
  if (path == NULL)
    return;
  qr = xml_add (sheet, "qr", NULL);
  xml_set (qr, "n", bz_format (m->req, "%u", size));
  xml_set (qr, "d", path);
}

static void
add_copies (const struct making *m, const char *const *names, xmlNode *sheet)
{
  unsigned n = g_strv_length ((char **) names);

  for (unsigned i = 0; i < n; i++) {
    xmlNode *copy;

    if (m->last.part != 0 && m->last.part != i + 1)
      continue;
    copy = xml_add (sheet, "copy", NULL);
    xml_set (copy, "n", desk_numeral (i + 1));
    xml_set (copy, "t", names[i]);
  }
  if (n > 0)
    xml_set (sheet, "copies", desk_numeral (n));
}

static xmlNode *
add_sheet (const struct making *m, xmlNode *page)
{
  const struct bz_case *c = m->c;
  xmlNode *sheet = xml_add (page, m->print->name, NULL);

  xml_set (sheet, "no",
           c->result_number != NULL ? c->result_number : c->number);
  xml_set (sheet, "title", m->words.title);
  xml_set (sheet, "unit", c->scope_name);
  xml_set (sheet, "issuer", m->office);
  xml_set (sheet, "date",
           c->closed_at != NULL ? req_strndup (m->req, c->closed_at, 10)
                                : NULL);
  if (m->last.nth > 1)
    xml_set (sheet, "again", bz_format (m->req, "%d", m->last.nth - 1));
  return sheet;
}

static xmlNode *
add_item (const struct making *m, const struct bz_item *item, unsigned n,
          xmlNode *sheet)
{
  xmlNode *e = xml_add (sheet, "item", NULL);

  xml_set (e, "n", bz_format (m->req, "%u", n));
  xml_set (e, "label", item->label);
  add_values (m->req, m->c->business->item, item->values, e);
  return e;
}

/* What was done and said.  A sheet is of those who were approved: it calls
 * their part of a move as if it were for all, and does not say why others were
 * sent back. */
static void
put_act (const struct bz_case *c, struct bz_rows *rows, xmlNode *move)
{
  const struct process_move *m = desk_move_of (c, rows);

  xml_set (move, "act",
           m != NULL ? process_whole (c->process, m)->title
                     : bz_db_text (rows, "move"));
  if (m == NULL || m->rest == NULL)
    xml_set (move, "opinion", bz_db_text (rows, "opinion"));
}

/* The opinions on the way, oldest first: what each step's people decided. */
static int
add_moves (const struct making *m, xmlNode *sheet)
{
  struct bz_rows *rows;
  int rc = bz_db_open (m->req, &rows, "bz.moves", BZ_ARGS (BZ_INT (m->c->id)));
  xmlNode *first = NULL;

  while (rc >= 0 && (rc = bz_db_next (rows)) > 0) {
    const char *from = bz_db_text (rows, "from_step");
    const struct process_step *step = from != NULL
                                      ? process_step (m->c->process, from)
                                      : NULL;
    xmlNode *move = xmlNewDocNode (sheet->doc, NULL, BAD_CAST "move", NULL);

    if (first == NULL)
      xmlAddChild (sheet, move);
    else
      xmlAddPrevSibling (first, move); /* the query gives the newest first */
    first = move;
    put_act (m->c, rows, move);
    xml_set (move, "step", step != NULL ? step->title : from);
    xml_set (move, "from", from);
    xml_set (move, "to", bz_db_text (rows, "to_step"));
    xml_set (move, "who", bz_db_text (rows, "who"));
    xml_set (move, "at", req_strndup (m->req, bz_db_text (rows, "at"), 10));
  }
  return rc;
}

/* What the business added when the sheet was issued. */
static int
copy_own (const struct making *m, const char *own, xmlNode *sheet)
{
  g_autoptr (GError) error = NULL;
  xmlDoc *doc = xml_parse (own, -1, &error);

  if (doc == NULL)
    return bz_fail (m->req, BZ_FAILED, "%s", error->message);
  for (xmlNode *n = xmlDocGetRootElement (doc)->children; n != NULL;
       n = n->next)
    xmlAddChild (sheet, xmlDocCopyNode (n, sheet->doc, 1));
  xmlFreeDoc (doc);
  return BZ_OK;
}

/* A sheet of before that was kept takes it as of today. */
static int
add_own (const struct making *m, struct bz_item *item,
         const struct sheet *issued, xmlNode *sheet)
{
  const struct bz_business *hooks = &m->c->business->hooks;

  if (issued != NULL && issued->own != NULL)
    return copy_own (m, issued->own, sheet);
  return hooks->sheet == NULL
         ? BZ_OK
         : hooks->sheet (m->req, m->c, item, m->print->name, xml_bz (sheet));
}

static int
fill_sheet (const struct making *m, struct bz_item *item,
            const struct sheet *issued, xmlNode *sheet)
{
  xmlNode *n;
  int rc;

  if (issued != NULL) {
    add_code (m, issued, sheet);
    xml_set (sheet, "title", issued->words.title);
    xml_set (sheet, "unit", issued->unit);
    xml_set (sheet, "issuer",
             issued->issuer != NULL ? issued->issuer : m->office);
  }
  add_copies (m, issued != NULL ? issued->words.copies : m->words.copies,
              sheet);
  n = xml_add (sheet, "case", NULL);
  xml_set (n, "number", m->c->number);
  xml_set (n, "reason", m->c->reason);
  xml_set (n, "submitted", m->c->submitted_at);
  xml_set (n, "closed", m->c->closed_at);
  add_values (m->req, m->c->business->head, m->c->head,
              xml_add (sheet, "head", NULL));
  rc = add_moves (m, sheet);
  return rc < 0 ? rc : add_own (m, item, issued, sheet);
}

/* All sheets of one print: one, or one for each item. */
static int
add_print (const struct making *m, xmlNode *page)
{
  static const int64_t whole = 0;
  xmlNode *one = m->print->each ? NULL : add_sheet (m, page);
  GHashTable *issued;
  unsigned n = 0;
  int rc = sheet_find (m->req, m->c, m->print, &issued);

  for (unsigned i = 0; rc == BZ_OK && i < m->c->items->len; i++) {
    struct bz_item *item = m->c->items->pdata[i];
    const struct sheet *own = g_hash_table_lookup (issued, one == NULL
                                                             ? &item->id
                                                             : &whole);
    xmlNode *sheet = one;

    if (!sheet_tells (own, item))
      continue;
    if (one == NULL) {
      sheet = add_sheet (m, page);
      rc = fill_sheet (m, item, own, sheet);
    }
    add_item (m, item, ++n, sheet);
  }
  if (rc == BZ_OK && one != NULL)
    rc = fill_sheet (m, NULL, g_hash_table_lookup (issued, &whole), one);
  return rc;
}

/* -- The document. */

static int
sheets_fill (struct bz_req *req, struct bz_case *c, const struct print_job *job)
{
  xmlNode *page = desk_root (req);
  struct making m = { .req = req, .c = c };
  int rc = bz_db_value (req, &m.office, "bz.office_name",
                        BZ_ARGS (BZ_INT (c->office_id)));

  if (rc >= 0)
    rc = amend_apply (req, c);
  if (rc < 0)
    return rc;
  rc = BZ_OK;
  for (unsigned i = 0; rc == BZ_OK && i < job->prints->len; i++) {
    m.print = job->prints->pdata[i];
    rc = sheet_words (req, c, m.print, &m.words);
    if (rc == BZ_OK)
      rc = print_last (req, c, m.print, &m.last);
    if (rc == BZ_OK && m.last.nth == 0)
      return bz_fail (req, BZ_CONFLICT,
                      "%s尚未登记打印，请在申请单页面点“打印”", m.words.title);
    if (rc == BZ_OK)
      rc = add_print (&m, page);
  }
  return rc;
}

/* The filled page of the job of this address. */
static int
sheets_open (struct bz_req *req, struct bz_case **c,
             const struct print_job **job, const char **title)
{
  int rc = print_open (req, false, c, job);

  if (rc == BZ_OK)
    rc = print_title (req, *c, *job, title);
  if (rc < 0)
    return rc;
  bz_title (req, "%s", *title);
  xml_set (desk_root (req), "no",
           (*c)->result_number != NULL ? (*c)->result_number : (*c)->number);
  audit_later (req, bz_format (req, "%s.sheet", (*c)->business->name), "case",
               (*c)->id);
  return sheets_fill (req, *c, *job);
}

int
print_get (struct bz_req *req)
{
  const struct print_job *job;
  struct bz_case *c;
  const char *title;
  int rc = sheets_open (req, &c, &job, &title);
  const struct print *p;
  xmlNode *tool;

  if (rc < 0)
    return rc;
  p = job->prints->pdata[0];
  bz_view (req, p->view);
  tool = xml_add (desk_root (req), "tool", NULL);
  xml_set (tool, "back", bz_href (req, "%s", desk_path (req, c, "%s", "")));
  if (p->layout != NULL)
    xml_set (tool, "pdf",
             bz_href (req, "%s",
                      desk_path (req, c, "/print/%s/pdf", job->name)));
  return BZ_OK;
}

struct sending {
  GBytes *bytes;
  size_t at;
};

static gssize
sending_read (struct bz_req *req, void *state, void *buf, size_t size)
{
  struct sending *s = state;
  size_t all, n;
  const char *bytes = g_bytes_get_data (s->bytes, &all);

  n = MIN (size, all - s->at);
  memcpy (buf, bytes + s->at, n);
  s->at += n;
  return (gssize) n;
}

static int
send_pdf (struct bz_req *req, GBytes *pdf, const char *name)
{
  struct sending *s = bz_alloc (req, sizeof *s);

  s->bytes = pdf;
  req->type = "application/pdf";
  req->file_name = name;
  req->size = (int64_t) g_bytes_get_size (pdf);
  req->read = sending_read;
  req->read_state = s;
  return BZ_OK;
}

/* WHY is for the log. */
static int
pdf_failed (struct bz_req *req, const char *why)
{
  log_line (BZ0019_PAGE_FAILED, req->number, why);
  return bz_fail (req, BZ_FAILED,
                  "文件没有生成，请记下当前时间并联系机构编制部门");
}

int
print_pdf (struct bz_req *req)
{
  g_autoptr (GError) error = NULL;
  const struct print_job *job;
  struct bz_case *c;
  GBytes *layout, *pdf = NULL;
  const char *title;
  int rc = sheets_open (req, &c, &job, &title);
  const struct print *p;

  if (rc < 0)
    return rc;
  p = job->prints->pdata[0];
  if (p->layout == NULL)
    return bz_fail (req, BZ_NOT_FOUND, "%s没有 PDF，请在页面上打印", title);
  layout = view_xml (req->page, p->layout, &error);
  if (layout == NULL)
    return pdf_failed (req, error->message);
  rc = render_job (req, "pdf", g_bytes_get_data (layout, NULL),
                   g_bytes_get_size (layout), &pdf);
  g_bytes_unref (layout);
  if (rc == BZ_BAD_INPUT)
    return pdf_failed (req, g_bytes_get_data (pdf, NULL));
  if (rc < 0)
    return rc;
  return send_pdf (req, pdf,
                   bz_format (req, "%s%s.pdf", title,
                              c->result_number != NULL ? c->result_number
                                                       : c->number));
}
