/* Prints of a closed case: registered by a POST, shown by a GET.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <string.h>
#include "data/xml.h"
#include "people/audit.h"
#include "serve/route.h"
#include "work/desk-page.h"

enum { COPIES_MAX = 20, WHY_MAX = 200 };

static const struct print *
print_find (const struct business *b, const char *name)
{
  for (unsigned i = 0; name != NULL && b->prints != NULL && i < b->prints->len;
       i++) {
    const struct print *p = b->prints->pdata[i];

    if (strcmp (p->name, name) == 0)
      return p;
  }
  return NULL;
}

/* How often it was printed so far; <0 failed. */
static int
print_count (struct bz_req *req, const struct bz_case *c, const char *name)
{
  const char *n = NULL;
  int rc = bz_db_value (req, &n, "bz.print_count",
                        BZ_ARGS (BZ_INT (c->id), BZ_STR (name)));

  if (rc < 0)
    return rc;
  return n != NULL ? (int) g_ascii_strtoll (n, NULL, 10) : 0;
}

/* The case and the print of this address, fit to be printed. */
static int
print_open (struct bz_req *req, bool lock, struct bz_case **c,
            const struct print **ret)
{
  int rc = desk_case (req, lock, c);

  if (rc < 0)
    return rc;
  *ret = print_find ((*c)->business, bz_param (req, "print"));
  if (*ret == NULL)
    return bz_fail (req, BZ_NOT_FOUND, "没有这种打印件");
  if (strcmp ((*c)->state, "done") != 0)
    return bz_fail (req, BZ_CONFLICT, "申请单 %s 尚未核准，不能打印",
                    (*c)->number);
  return BZ_OK;
}

/* -- Registering. */

static gint64
print_copies (struct bz_req *req, const struct print *p)
{
  const char *text = bz_param (req, "copies");
  gint64 n;

  if (text == NULL || *text == '\0')
    return p->copies > 0 ? p->copies : 1;
  if (!g_ascii_string_to_signed (text, 10, 1, COPIES_MAX, &n, NULL))
    return bz_mark (req, "copies", "份数填写 1 至 %d 的整数", COPIES_MAX);
  return n;
}

static int
print_store (struct bz_req *req, const struct bz_case *c, const struct print *p,
             int nth, gint64 copies, const char *why)
{
  int64_t changed = bz_db_exec (req, "bz.print_insert",
                                BZ_ARGS (BZ_INT (c->id), BZ_STR (p->name),
                                         BZ_INT (copies), BZ_INT (nth),
                                         BZ_STR (why), BZ_STR (bz_now (req))));

  if (changed < 0)
    return (int) changed;
  return bz_audit (req, bz_format (req, "%s.print", c->business->name), "case",
                   c->id,
                   bz_format (req, "%s %s, nth %d, copies %lld", c->number,
                              p->name, nth, (long long) copies));
}

int
print_post (struct bz_req *req)
{
  const char *typed = bz_param (req, "why");
  g_autofree char *why = g_strstrip (g_strdup (typed != NULL ? typed : ""));
  const struct print *p;
  struct bz_case *c;
  gint64 copies;
  int rc = print_open (req, true, &c, &p), done;

  if (rc < 0)
    return rc;
  done = print_count (req, c, p->name);
  if (done < 0)
    return done;
  copies = print_copies (req, p);
  if (done > 0 && *why == '\0')
    (void) bz_mark (req, "why", "已经打印过，请填写补打原因");
  if (g_utf8_strlen (why, -1) > WHY_MAX)
    (void) bz_mark (req, "why", "补打原因最多 %d 字，请缩短", WHY_MAX);
  if (req_has_errors (req)) {
    rc = case_page (req, c);
    return rc < 0 ? rc : BZ_BAD_INPUT;
  }
  rc = print_store (req, c, p, done + 1, copies, why);
  return rc < 0
         ? rc
         : bz_redirect (req, "%s", desk_path (req, c, "/print/%s", p->name));
}

static int
print_form (struct bz_req *req, struct bz_case *c, const struct print *p,
            xmlNode *into)
{
  int done = print_count (req, c, p->name);
  xmlNode *form, *section, *f;

  if (done < 0)
    return done;
  form = desk_form (req, into, desk_path (req, c, "/print/%s", p->name), 0);
  section = xml_add (form, "section", NULL);
  xml_set (section, "id", bz_format (req, "print-%s", p->name));
  xml_set (section, "t", p->title);
  xml_set (section, "note",
           done > 0 ? bz_format (req, "已打印 %d 次", done) : "尚未打印");
  f = xml_add (section, "f", NULL);
  xml_set (f, "id", "copies");
  xml_set (f, "t", "份数");
  xml_set (f, "type", "int");
  xml_set (f, "v", bz_format (req, "%d", p->copies > 0 ? p->copies : 1));
  if (done > 0) {
    f = xml_add (section, "f", NULL);
    xml_set (f, "id", "why");
    xml_set (f, "t", "补打原因");
    xml_set (f, "type", "text");
    xml_set (f, "req", "1");
    xml_set (f, "v",
             bz_param (req, "why") != NULL ? bz_param (req, "why") : "");
  }
  desk_button (form, "do", "print",
               bz_format (req, "%s%s", done > 0 ? "补打" : "打印", p->title),
               done > 0 ? NULL : "pri");
  if (done > 0)
    desk_link (form,
               bz_href (req, "%s", desk_path (req, c, "/print/%s", p->name)),
               "查看上次打印", NULL);
  return BZ_OK;
}

int
print_forms (struct bz_req *req, struct bz_case *c, xmlNode *into)
{
  const char *permission = bz_format (req, "%s.print", c->business->name);

  if (strcmp (c->state, "done") != 0 || c->business->prints == NULL
      || bz_may (req, permission, c->scope_id) <= 0)
    return BZ_OK;
  for (unsigned i = 0; i < c->business->prints->len; i++) {
    int rc = print_form (req, c, c->business->prints->pdata[i], into);

    if (rc < 0)
      return rc;
  }
  return BZ_OK;
}

/* -- The sheet. */

/* Each value of VALUES as an element with its shown text and, as code=, what
 * is stored; lists as <list><row>. */
static void
add_values (struct bz_req *req, const struct form *form, xmlDoc *values,
            xmlNode *into)
{
  xmlNode *n = xmlDocGetRootElement (values)->children;

  for (; n != NULL; n = n->next) {
    const char *name = (const char *) n->name;
    unsigned at = 0;

    if (n->type != XML_ELEMENT_NODE)
      continue;
    if (xml_child (n, "row") == NULL) {
      xmlNode *e = xml_add (into, name, form_shown (form, req, values, name));

      xml_set (e, "code", xml_child_text (xmlDocGetRootElement (values), name));
      continue;
    }
    for (xmlNode *r = xml_child (n, "row"); r != NULL;
         r = xml_next (r, "row")) {
      xmlNode *row = xml_add (into, name, NULL);

      at++;
      for (xmlNode *f = r->children; f != NULL; f = f->next)
        if (f->type == XML_ELEMENT_NODE)
          (void) xml_add (row, (const char *) f->name,
                          form_shown (form, req, values,
                                      bz_format (req, "%s.%u.%s", name, at,
                                                 (const char *) f->name)));
    }
  }
}

static int
sheet_root (struct bz_req *req, struct bz_case *c, const struct print *p,
            int nth, xmlNode **ret)
{
  xmlNode *sheet = xml_add (desk_root (req), "notice", NULL);
  const char *office = NULL;
  int rc = bz_db_value (req, &office, "bz.office_name",
                        BZ_ARGS (BZ_INT (c->office_id)));

  if (rc < 0)
    return rc;
  xml_set (sheet, "no",
           c->result_number != NULL ? c->result_number : c->number);
  xml_set (sheet, "title", p->title);
  xml_set (sheet, "unit", c->scope_name);
  xml_set (sheet, "issuer", office);
  xml_set (sheet, "date",
           c->closed_at != NULL ? req_strndup (req, c->closed_at, 10) : NULL);
  xml_set (sheet, "back", bz_href (req, "%s", desk_path (req, c, "%s", "")));
  if (nth > 1)
    xml_set (sheet, "again", bz_format (req, "%d", nth - 1));
  *ret = sheet;
  return BZ_OK;
}

/* What every sheet can use, whatever the business adds. */
static void
sheet_facts (struct bz_req *req, struct bz_case *c)
{
  xmlNode *page = desk_root (req), *n = xml_add (page, "case", NULL);

  xml_set (n, "number", c->number);
  xml_set (n, "reason", c->reason);
  xml_set (n, "count", bz_format (req, "%u", c->items->len));
  xml_set (n, "submitted", c->submitted_at);
  xml_set (n, "closed", c->closed_at);
  add_values (req, c->business->head, c->head, xml_add (page, "head", NULL));
  for (unsigned i = 0; i < c->items->len; i++) {
    const struct bz_item *item = c->items->pdata[i];

    n = xml_add (page, "item", NULL);
    xml_set (n, "n", bz_format (req, "%u", i + 1));
    xml_set (n, "label", item->label);
    add_values (req, c->business->item, item->values, n);
  }
}

int
print_get (struct bz_req *req)
{
  const struct print *p;
  struct bz_case *c;
  xmlNode *sheet;
  int rc = print_open (req, false, &c, &p), nth;

  if (rc < 0)
    return rc;
  nth = print_count (req, c, p->name);
  if (nth < 0)
    return nth;
  if (nth == 0)
    return bz_fail (req, BZ_CONFLICT, "%s尚未登记打印，请在申请单页面点“打印”",
                    p->title);
  bz_view (req, p->view);
  bz_title (req, "%s", p->title);
  audit_later (req, bz_format (req, "%s.sheet", c->business->name), "case",
               c->id);
  rc = sheet_root (req, c, p, nth, &sheet);
  if (rc < 0)
    return rc;
  sheet_facts (req, c);
  if (c->business->hooks.show != NULL)
    rc = c->business->hooks.show (req, c, p->view, xml_bz (sheet));
  return rc < 0 ? rc : BZ_OK;
}
