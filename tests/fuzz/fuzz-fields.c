/* Fuzz target: every type of field that the dictionary knows.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * Lines NAME=value are what a browser sends for the form of tests/defs/good.
 * What is kept of it, sent again, is kept as it is, with the same complaints.
 * A date and a resident number that nobody complains of are read once more by
 * another way. */
#include "fuzz.h"

#include "bianzhi/staffing.h"
#include "data/db.h"
#include "data/xml.h"
#include "define/date.h"
#include "define/form.h"
#include "../unit/sample.h"

enum { QUERIES = 64 };

static const char *const post_columns[] = { "code", "name", "group", NULL };
static const char *const post_cells[] = { "0",   "无职务",     "通用",
                                          "101", "办公室主任", "办公室" };

static struct bz_req *
fields_req (void)
{
  static struct db_script script[QUERIES];

  for (int i = 0; i < QUERIES; i++)
    script[i] = (struct db_script){ "sample.posts", NULL, post_columns,
                                    post_cells,     2,    0 };
  return req_new (NULL, db_scripted (script, QUERIES));
}

static void
fields_free (struct bz_req *req)
{
  struct db *db = req->db;

  req_free (req);
  db_close (db);
}

static void
params_read (struct bz_req *req, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (char **line = lines; *line != NULL; line++) {
    g_auto (GStrv) part = g_strsplit (*line, "=", 2);

    if (part[0] != NULL && part[1] != NULL)
      req_add_param (req, part[0], part[1]);
  }
}

/* The browser sends back what it was shown. */
static void
params_again (struct bz_req *req, const xmlNode *parent, const char *front)
{
  int n = 0;

  for (const xmlNode *f = parent->children; f != NULL; f = f->next) {
    g_autofree char *name = NULL;
    xmlChar *text;

    if (f->type != XML_ELEMENT_NODE)
      continue;
    name = g_str_equal ((const char *) f->name, "row")
           ? g_strdup_printf ("%s%d.", front, ++n)
           : g_strdup_printf ("%s%s", front, (const char *) f->name);
    if (g_str_has_suffix (name, ".") || g_str_equal (name, "duty")) {
      g_autofree char *below = g_str_has_suffix (name, ".")
                               ? g_strdup (name)
                               : g_strconcat (name, ".", NULL);

      /* A row is there, even if nothing is in it. */
      if (below[strlen (below) - 2] >= '0' && below[strlen (below) - 2] <= '9')
        req_add_param (req, below, "");
      params_again (req, f, below);
      continue;
    }
    text = xmlNodeGetContent (f);
    req_add_param (req, name, (const char *) text);
    xmlFree (text);
  }
}

static char *
marks_of (const struct bz_req *req)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < req->marks->len; i++) {
    const struct mark *m = &g_array_index (req->marks, struct mark, i);

    g_string_append_printf (all, "%s: %s\n", m->field, m->text);
  }
  return g_string_free (all, FALSE);
}

/* Read, and checked without touching what is returned. */
static char *
kept (const struct form *form, struct bz_req *req, xmlDoc **ret, char **marks)
{
  xmlDoc *values = form_read (form, req, "item", NULL, NULL);
  xmlDoc *copy = xmlCopyDoc (values, 1);
  xmlDoc *facts = form_facts (req, NULL, copy, NULL, form, NULL);

  (void) form_check (form, req, copy, facts, FORM_CHECK);
  *marks = marks_of (req);
  xmlFreeDoc (facts);
  xmlFreeDoc (copy);
  *ret = values;
  return xml_dump (xmlDocGetRootElement (values));
}

static void
date_check (const struct bz_req *req, xmlDoc *values, const char *field)
{
  const char *text = xml_child_text (xmlDocGetRootElement (values), field);
  struct date_number number;
  GDate date;

  if (text == NULL || *text == '\0')
    return;
  for (guint i = 0; i < req->marks->len; i++)
    if (g_strcmp0 (g_array_index (req->marks, struct mark, i).field, field)
        == 0)
      return;
  g_assert (strlen (text) == 10 && text[4] == '-' && text[7] == '-');
  g_assert (date_number (text, &number) == 0);
  g_assert (g_date_valid_dmy ((GDateDay) (number.ymd % 100),
                              (GDateMonth) (number.ymd / 100 % 100),
                              (GDateYear) (number.ymd / 10000)));
  g_date_set_dmy (&date, (GDateDay) (number.ymd % 100),
                  (GDateMonth) (number.ymd / 100 % 100),
                  (GDateYear) (number.ymd / 10000));
  g_assert_cmpint ((int) g_date_get_julian (&date) - 719163, ==, number.days);
}

/* GB 11643: the sum of value times two to its place is 1 modulo 11. */
static void
number_check (const char *text)
{
  char birth[11];
  int sum = 0;

  if (bz_idno_check (text, NULL) != BZ_IDNO_OK)
    return;
  g_assert (strlen (text) == 18);
  for (int i = 0; i < 18; i++)
    sum = (sum * 2 + (text[i] == 'X' ? 10 : text[i] - '0')) % 11;
  g_assert_cmpint (sum, ==, 1);
  bz_idno_birth (text, birth);
  g_assert (strlen (birth) == 10);
  g_assert (*bz_idno_sex (text) == '1' || *bz_idno_sex (text) == '2');
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = fuzz_text (data, size);
  g_autofree char *first = NULL, *second = NULL, *said = NULL, *again = NULL;
  struct bz_req *req, *back;
  const struct form *form;
  xmlDoc *values, *same;

  if (form_find ("sample/item") == NULL)
    sample_load (TRUE);
  form = form_find ("sample/item");
  req = fields_req ();
  back = fields_req ();
  params_read (req, text);
  first = kept (form, req, &values, &said);
  params_again (back, xmlDocGetRootElement (values), "");
  second = kept (form, back, &same, &again);
  g_assert_cmpstr (first, ==, second);
  g_assert_cmpstr (said, ==, again);
  date_check (req, values, "birth_date");
  date_check (req, values, "work_start");
  number_check (text);
  if (xml_child_text (xmlDocGetRootElement (values), "id_number") != NULL)
    number_check (xml_child_text (xmlDocGetRootElement (values), "id_number"));
  xmlFreeDoc (values);
  xmlFreeDoc (same);
  fields_free (req);
  fields_free (back);
  return 0;
}
