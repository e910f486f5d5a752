/* What a pack adds to the forms and processes of another: it stands where it was put,
 * it demands more, and whatever would make something easier is refused.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "data/query.h"
#include "data/xml.h"
#include "define/code.h"
#include "define/dict.h"
#include "define/form-def.h"
#include "define/overlay.h"
#include "define/process.h"
#include "sample.h"

#define GOOD BZ_TESTS "/defs/good/"
static const char dictionary[]
  = "<dictionary pack=\"local\"><record name=\"local\" title=\"本地\">"
    "<field name=\"local_origin\" title=\"来源\" type=\"text\"/>"
    "<field name=\"local_note\" title=\"说明\" type=\"text\"/></record>"
    "</dictionary>";
static char *house;

static char *
put (const char *name, const char *text)
{
  char *path = g_build_filename (house, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

/* The rest of the sample behind its overlays. */
static int
load_rest (GError **error)
{
  int rc = query_load (GOOD "queries.xml", "sample", error);

  if (rc == 0)
    rc = form_load (GOOD "head.xml", "sample", error);
  if (rc == 0)
    rc = form_load (GOOD "item.xml", "sample", error);
  if (rc == 0)
    rc = process_load (GOOD "counter.xml", "sample", error);
  if (rc == 0)
    rc = process_load (GOOD "online.xml", "sample", error);
  return rc == 0 ? overlay_check (error) : rc;
}

/* The sample with one overlay of each of PACKS, "local" or "other" by turns; what is
 * wrong, or NULL.  g_free. */
static char *
load (const char *const *texts)
{
  static const char *const packs[] = { "local", "other" };
  GError *error = NULL;
  char *said = NULL;
  int rc = 0;

  sample_load (FALSE);
  {
    g_autofree char *words = put ("words.xml", dictionary);

    g_assert_cmpint (dict_load (words, "local", &error), ==, 0);
  }
  for (unsigned i = 0; texts[i] != NULL && rc == 0; i++) {
    g_autofree char *name = g_strdup_printf ("%s.xml", packs[i]);
    g_autofree char *text
      = g_strdup_printf ("<overlay pack=\"%s\">\n%s\n</overlay>", packs[i],
                         texts[i]);
    g_autofree char *file = put (name, text);

    rc = overlay_load (file, packs[i], &error);
  }
  if (rc == 0)
    rc = load_rest (&error);
  g_assert_cmpint (rc < 0, ==, error != NULL);
  if (error != NULL)
    said = g_strdup (error->message);
  g_clear_error (&error);
  return said;
}

static void
unload (void)
{
  process_clear ();
  form_clear ();
  overlay_clear ();
  sample_clear ();
}

static void
loaded (const char *text)
{
  const char *const texts[] = { text, NULL };
  g_autofree char *said = load (texts);

  g_assert_cmpstr (said, ==, NULL);
}

/* Names of a part's fields, one after the other; g_free. */
static char *
fields_of (const char *name)
{
  const struct form *form = form_find ("sample/item");
  GString *out = g_string_new (NULL);

  for (unsigned i = 0; i < form->parts->len; i++) {
    const struct form_part *p = form->parts->pdata[i];

    for (unsigned j = 0; g_str_equal (p->name, name) && j < p->fields->len;
         j++) {
      const struct form_field *f = p->fields->pdata[j];

      g_string_append_printf (out, "%s%s", j > 0 ? " " : "", f->dict->name);
    }
  }
  return g_string_free (out, FALSE);
}

static void
test_field (void)
{
  g_autofree char *now = NULL;

  loaded ("<form name=\"sample/item\"><field name=\"local_origin\" "
          "record=\"local\" after=\"ethnic\" required=\"true()\"/></form>");
  now = fields_of ("basic");
  g_assert_cmpstr (now, ==,
                   "name sex id_number birth_date ethnic local_origin "
                   "work_start graduation_date civil_registered children");
  g_assert_nonnull (
    form_scalar (form_find ("sample/item"), "local_origin")->required);
  unload ();
}

static void
test_section (void)
{
  const struct form *form;
  const struct form_part *second;
  g_autofree char *now = NULL;

  loaded (
    "<form name=\"sample/item\"><section id=\"local_more\" title=\"本地\" "
    "record=\"local\" after=\"basic\"><field name=\"local_origin\"/>"
    "<field name=\"local_note\"/></section></form>");
  form = form_find ("sample/item");
  second = form->parts->pdata[1];
  g_assert_cmpstr (second->name, ==, "local_more");
  now = fields_of ("local_more");
  g_assert_cmpstr (now, ==, "local_origin local_note");
  unload ();
}

/* The mark on FIELD of a form with nothing but a name; g_free. */
static char *
mark_on (const char *field)
{
  struct bz_req *req = sample_req ("name=甲", 1);
  const struct form *form = form_find ("sample/item");
  xmlDoc *values = form_read (form, req, "item", NULL, NULL);
  xmlDoc *facts = form_facts (req, NULL, values, NULL, form, NULL);
  char *said;

  (void) form_check (form, req, values, facts, FORM_CHECK);
  said = g_strdup (sample_mark (req, field, FALSE));
  xmlFreeDoc (facts);
  xmlFreeDoc (values);
  sample_free (req);
  return said;
}

static void
test_require (void)
{
  g_autofree char *before = NULL, *then = NULL, *still = NULL;

  loaded ("<form name=\"sample/item\"><require field=\"sex\" "
          "when=\"false()\"/></form>");
  before = mark_on ("children");
  g_assert_cmpstr (before, ==, "");
  still = mark_on ("sex"); /* what was demanded stays so */
  g_assert_nonnull (strstr (still, "性别"));
  unload ();
  loaded ("<form name=\"sample/item\"><require field=\"children\" "
          "when=\"string(name) = '甲'\"/></form>");
  then = mark_on ("children");
  g_assert_nonnull (strstr (then, "子女数"));
  unload ();
}

static void
test_rule (void)
{
  g_autofree char *said = NULL;

  loaded ("<form name=\"sample/item\"><rule id=\"local-name\" field=\"name\" "
          "severity=\"stop\" test=\"name != '甲'\">本地不收这个姓名</rule>"
          "</form>");
  said = mark_on ("name");
  g_assert_cmpstr (said, ==, "本地不收这个姓名");
  unload ();
}

#define CITY                                                                   \
  "<process business=\"sample\" name=\"online\" of=\"2\" version=\"3\">"       \
  "<step name=\"local_city\" after=\"section\" before=\"done\" "               \
  "passing=\"同意\" "                                                        \
  "title=\"市级审核\" role=\"office_leader\" where=\"office\"/>"           \
  "<move name=\"approve\" from=\"local_city\" to=\"done\" title=\"核准\"/>"  \
  "<move name=\"return\" from=\"local_city\" to=\"draft\" title=\"退回\" "   \
  "opinion=\"yes\"/></process>"

static const struct process_move *
move_of (const struct process *p, const char *from, const char *name)
{
  for (unsigned i = 0; i < p->moves->len; i++) {
    const struct process_move *m = p->moves->pdata[i];

    if (g_str_equal (m->from, from) && g_str_equal (m->name, name))
      return m;
  }
  return NULL;
}

static void
test_step (void)
{
  const struct process *now, *before;

  loaded (CITY);
  now = process_find ("sample", "online", 0);
  before = process_find ("sample", "online", 2);
  g_assert_cmpint (now->version, ==, 2003);
  g_assert_cmpint (process_declared ("sample", "online"), ==, 2);
  g_assert_cmpint (process_index (now, "local_city"), ==, 3);
  /* What hands on is not called as if it decided. */
  g_assert_null (move_of (now, "section", "approve"));
  g_assert_cmpstr (move_of (now, "section", "pass")->to, ==, "local_city");
  g_assert_cmpstr (move_of (now, "section", "pass")->title, ==, "同意");
  g_assert_null (move_of (now, "section", "part"));
  g_assert_cmpstr (move_of (now, "local_city", "part")->to, ==, "done");
  g_assert_cmpstr (move_of (now, "local_city", "part")->title, ==, "部分核准");
  g_assert_cmpstr (move_of (now, "section", "return")->to, ==, "draft");
  g_assert_cmpstr (move_of (now, "local_city", "approve")->to, ==, "done");
  /* Cases that run keep what they began with. */
  g_assert_cmpstr (move_of (before, "section", "approve")->to, ==, "done");
  g_assert_cmpint (process_index (before, "local_city"), ==, -1);
  unload ();
}

#define ABOVE                                                                  \
  "<process business=\"sample\" name=\"online\" of=\"2\" version=\"4\">"       \
  "<step name=\"local_city\" after=\"section\" before=\"done\" "               \
  "passing=\"同意\" title=\"市级审核\" role=\"office_leader\" "          \
  "where=\"higher\"/>"                                                         \
  "<move name=\"approve\" from=\"local_city\" to=\"done\" title=\"核准\"/>"  \
  "</process>"

/* May PLACE make MOVE at STEP, of an office that is TOP or not? */
static enum process_answer
decided (const struct process *p, const char *step, const char *move,
         const char *role, enum process_place place, gboolean top)
{
  const char *const roles[] = { role, NULL };
  const struct process_ask ask = { .step = step,
                                   .move = move,
                                   .roles = roles,
                                   .place = place,
                                   .has_opinion = true,
                                   .top = top };
  const struct process_move *found;

  return process_decide (p, &ask, &found);
}

/* A step at the office above is there only for offices that have one; the others
 * decide as before, and nobody else takes it. */
static void
test_higher (void)
{
  static const char leader[] = "office_leader", section[] = "section_reviewer";
  const struct process *p;

  loaded (ABOVE);
  p = process_find ("sample", "online", 0);
  g_assert_cmpstr (move_of (p, "section", "pass")->to, ==, "local_city");
  g_assert_cmpstr (move_of (p, "section", "approve")->to, ==, "done");
  g_assert_cmpstr (move_of (p, "section", "part")->to, ==, "done");
  g_assert_cmpstr (move_of (p, "local_city", "part")->to, ==, "done");
#define AT(step, move, role, place, top)                                       \
  decided (p, step, move, role, place, top)
  g_assert_cmpint (AT ("section", "pass", section, PLACE_OFFICE, FALSE), ==,
                   PROCESS_OK);
  g_assert_cmpint (AT ("section", "approve", section, PLACE_OFFICE, FALSE), ==,
                   PROCESS_NO_MOVE);
  g_assert_cmpint (AT ("section", "part", section, PLACE_OFFICE, FALSE), ==,
                   PROCESS_NO_MOVE);
  g_assert_cmpint (AT ("section", "pass", section, PLACE_OFFICE, TRUE), ==,
                   PROCESS_NO_MOVE);
  g_assert_cmpint (AT ("section", "approve", section, PLACE_OFFICE, TRUE), ==,
                   PROCESS_OK);
  g_assert_cmpint (AT ("section", "part", section, PLACE_OFFICE, TRUE), ==,
                   PROCESS_OK);
  g_assert_cmpint (AT ("local_city", "approve", leader, PLACE_NEXT, FALSE), ==,
                   PROCESS_OK);
  g_assert_cmpint (AT ("local_city", "approve", section, PLACE_NEXT, FALSE), ==,
                   PROCESS_NOT_YOURS);
  for (int place = PLACE_OUTSIDE; place <= PLACE_SINCE; place++)
    if (place != PLACE_NEXT)
      g_assert_cmpint (AT ("local_city", "approve", leader,
                           (enum process_place) place, FALSE),
                       ==, PROCESS_NOT_YOURS);
#undef AT
  unload ();
}

/* -- Refused. */

#define ITEM(what) "<form name=\"sample/item\">\n" what "\n</form>"
#define STEP(after, before, more)                                              \
  "<process business=\"sample\" name=\"online\" of=\"2\" version=\"1\">\n"     \
  "<step name=\"local_city\" after=\"" after "\" before=\"" before             \
  "\" passing=\"同意\" "                                                     \
  "title=\"审核\" role=\"office_leader\" where=\"office\"/>\n" more            \
  "</process>"
#define ON(to)                                                                 \
  "<move name=\"approve\" from=\"local_city\" to=\"" to "\" title=\"核准\"/>"

static const struct refusal {
  const char *name, *one, *two, *why, *where;
} refusals[] = {
  { "a field of ours",
    ITEM ("<field name=\"name\" after=\"sex\" required=\"false()\"/>"), NULL,
    "to demand a field of ours use <require field=>", "local.xml:3: " },
  { "a name without the pack's",
    ITEM ("<section id=\"more\" title=\"t\" record=\"local\"><field "
          "name=\"local_note\"/></section>"),
    NULL, "must begin with 'local_'", "local.xml:3: " },
  { "a field without the pack's within a section",
    ITEM ("<section id=\"local_more\" title=\"t\" record=\"person\">\n<field "
          "name=\"children\"/></section>"),
    NULL, "must begin with 'local_'", "local.xml:4: " },
  { "a rule without the pack's",
    ITEM ("<rule id=\"born\" test=\"true()\">t</rule>"), NULL,
    "must begin with 'local-'", "local.xml:3: " },
  { "no such field",
    ITEM ("<field name=\"local_note\" record=\"local\" after=\"nothing\"/>"),
    NULL, "has no field 'nothing'", "local.xml:3: " },
  { "no such section",
    ITEM ("<section id=\"local_more\" title=\"t\" record=\"local\" "
          "after=\"nothing\"><field name=\"local_note\"/></section>"),
    NULL, "has no section or list 'nothing'", "local.xml:3: " },
  { "no such field to demand",
    ITEM ("<require field=\"nothing\" when=\"true()\"/>"), NULL,
    "has no field 'nothing'", "local.xml:3: " },
  { "no such form",
    "<form name=\"sample/other\"><rule id=\"local-a\" test=\"true()\">t</rule>"
    "</form>",
    NULL, "there is no form 'sample/other'", "local.xml:2: " },
  { "no such attribute",
    ITEM ("<field name=\"local_note\" record=\"local\" after=\"name\" "
          "colour=\"red\"/>"),
    NULL, "colour", "local.xml:3" },
  { "a rule that is no XPath",
    ITEM ("<rule id=\"local-a\" field=\"name\" test=\"name =\">t</rule>"), NULL,
    "name =", "local.xml:3" },
  { "an unknown field", ITEM ("<field name=\"local_other\" after=\"name\"/>"),
    NULL, "local_other", "local.xml:3" },
  { "two that tighten one field",
    ITEM ("<require field=\"children\" when=\"true()\"/>"),
    ITEM ("<require field=\"children\" when=\"name\"/>"),
    "is demanded by another overlay, too (", "other.xml:3: " },
  { "no such step", STEP ("nowhere", "done", ON ("done")), NULL,
    "has no step 'nowhere'", "local.xml:3: " },
  { "past a step", STEP ("parent", "section", ON ("done")), NULL,
    "leads to 'done' past what the step stands before", "local.xml:4: " },
  { "no place", STEP ("parent", "done", ON ("done")), NULL,
    "no move leads from 'parent' to 'done'", "local.xml:3: " },
  { "from a step of ours",
    STEP ("section", "done",
          ON ("done") "\n<move name=\"quick\" from=\"parent\" "
                      "to=\"done\" title=\"快\"/>"),
    NULL, "begins at step 'parent', which is not this overlay's",
    "local.xml:5: " },
  { "a dead end",
    STEP ("parent", "section",
          "<move name=\"stay\" from=\"local_city\" "
          "to=\"local_city\" title=\"停\"/>"),
    NULL, "no way leads to an end", "online.xml" },
  { "two packs about one process", CITY,
    "<process business=\"sample\" name=\"online\" of=\"2\" version=\"1\">"
    "<step name=\"other_city\" after=\"section\" before=\"done\" "
    "passing=\"同意\" "
    "title=\"审核\" role=\"office_leader\" where=\"office\"/>"
    "<move name=\"approve\" from=\"other_city\" to=\"done\" title=\"核准\"/>"
    "</process>",
    "has an overlay of this process, too (", ".xml:2: " },
  { "an old version only",
    "<process business=\"sample\" name=\"online\" of=\"1\" version=\"1\">"
    "<step name=\"local_city\" after=\"section\" before=\"done\" "
    "passing=\"同意\" "
    "title=\"审核\" role=\"office_leader\" where=\"office\"/>"
    "<move name=\"approve\" from=\"local_city\" to=\"done\" title=\"核准\"/>"
    "</process>",
    NULL, "there is no process 'online' of version 1", "local.xml:2: " },
  { "not the newest version", NULL, NULL,
    "has a version 5 now; see what is new", "local.xml:2: " },
  { "another pack's name", NULL, NULL, "says pack 'local' but lies in",
    "local.xml:1: " },
};

static void
test_refused (const void *data)
{
  const struct refusal *r = data;
  const char *const texts[] = { r->one, r->two, NULL };
  g_autofree char *said = load (texts);

  g_assert_nonnull (said);
  g_test_message ("%s", said);
  g_assert_nonnull (strstr (said, r->why));
  g_assert_nonnull (strstr (said, r->where));
  unload ();
}

/* A version of ours that came after the overlay was made. */
static void
test_newer (const void *data)
{
  const struct refusal *r = data;
  const char *const texts[] = { CITY, NULL };
  g_autofree char *said = load (texts);
  g_autofree char *text = NULL, *file = NULL;
  g_autoptr (GError) error = NULL;
  char *at;

  g_assert_cmpstr (said, ==, NULL);
  g_assert_true (g_file_get_contents (GOOD "online.xml", &text, NULL, NULL));
  at = strstr (text, "version=\"2\"");
  at[strlen ("version=\"")] = '5';
  file = put ("newer.xml", text);
  g_assert_cmpint (process_load (file, "sample", &error), ==, 0);
  g_assert_cmpint (overlay_check (&error), <, 0);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, r->why));
  g_assert_nonnull (strstr (error->message, r->where));
  unload ();
}

static void
test_other_pack (const void *data)
{
  const struct refusal *r = data;
  g_autofree char *file = NULL;
  g_autoptr (GError) error = NULL;

  sample_load (FALSE);
  file = put ("local.xml", "<overlay pack=\"local\">" CITY "</overlay>");
  g_assert_cmpint (overlay_load (file, "gansu", &error), <, 0);
  g_assert_nonnull (strstr (error->message, r->why));
  g_assert_nonnull (strstr (error->message, r->where));
  unload ();
}

/* -- Code tables. */

/* What code_add_dir says of a pack whose TABLE.csv has TEXT; g_free. */
static char *
codes_with (const char *table, const char *text)
{
  g_autofree char *dir = g_build_filename (house, "codes", NULL);
  g_autofree char *name = g_strdup_printf ("codes/%s.csv", table);
  g_autofree char *path = NULL;
  GError *error = NULL;
  char *said = NULL;

  sample_load (FALSE);
  g_mkdir (dir, 0700);
  path = put (name, text);
  if (code_add_dir (dir, "local", &error) < 0)
    said = g_strdup (error->message);
  g_clear_error (&error);
  g_unlink (path);
  return said;
}

static void
test_codes (void)
{
  g_autofree char *row = codes_with ("sex", "code,name\n7,其他性别\n");
  g_autofree char *twice = NULL, *column = NULL, *nameless = NULL, *own = NULL,
                  *name = NULL;

  g_assert_cmpstr (row, ==, NULL);
  g_assert_cmpstr (code_find ("sex", "7")->name, ==, "其他性别");
  g_assert_nonnull (code_find ("sex", "1"));
  unload ();
  twice = codes_with ("sex", "code,name\n1,又一个\n");
  g_assert_nonnull (strstr (twice, "sex.csv: record 2: "));
  unload ();
  nameless = codes_with ("sex", "code\n7\n");
  g_assert_nonnull (strstr (nameless, "record 2: no name: 7"));
  unload ();
  column = codes_with ("sex", "code,colour\n7,红\n");
  g_assert_nonnull (strstr (column, "the table has no such column: colour"));
  unload ();
  own = codes_with ("local_kind", "code,name\n1,甲类\n");
  g_assert_cmpstr (own, ==, NULL);
  g_assert_cmpstr (code_find ("local_kind", "1")->name, ==, "甲类");
  unload ();
  name = codes_with ("kind", "code,name\n1,甲类\n");
  g_assert_nonnull (strstr (name, "begins with the pack's"));
  unload ();
}

static void
house_remove (void)
{
  static const char *const files[] = { "words.xml", "local.xml", "other.xml",
                                       "newer.xml" };
  g_autofree char *codes = g_build_filename (house, "codes", NULL);

  for (size_t i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree char *path = g_build_filename (house, files[i], NULL);

    (void) g_unlink (path);
  }
  (void) g_rmdir (codes);
  g_assert_cmpint (g_rmdir (house), ==, 0);
  g_free (house);
}

int
main (int argc, char **argv)
{
  int rc;

  g_test_init (&argc, &argv, NULL);
  house = g_dir_make_tmp ("bianzhi-test-overlay-XXXXXX", NULL);
  g_assert_nonnull (house);
  g_test_add_func ("/overlay/field", test_field);
  g_test_add_func ("/overlay/section", test_section);
  g_test_add_func ("/overlay/require", test_require);
  g_test_add_func ("/overlay/rule", test_rule);
  g_test_add_func ("/overlay/step", test_step);
  g_test_add_func ("/overlay/higher", test_higher);
  g_test_add_func ("/overlay/codes", test_codes);
  for (size_t i = 0; i < G_N_ELEMENTS (refusals); i++) {
    const struct refusal *r = &refusals[i];
    g_autofree char *path = g_strdup_printf ("/overlay/refused/%s", r->name);

    g_test_add_data_func (path, r,
                          r->one != NULL ? test_refused
                          : strstr (r->why, "newest") != NULL
                              || strstr (r->why, "version 5") != NULL
                            ? test_newer
                            : test_other_pack);
  }
  rc = g_test_run ();
  house_remove ();
  return rc;
}
