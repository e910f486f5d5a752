/* Forms as sections of a page.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <glib.h>

#include "data/xml.h"
#include "define/dict.h"
#include "define/form.h"
#include "sample.h"

#define ITEM                                                                  \
  "<item><name>王五</name><sex>1</sex><staffing_type>21</staffing_type>"       \
  "<ethnic>77</ethnic><duty><row><post name='旧职务'>55</post></row></duty>"   \
  "</item>"

/* The page of VALUES, as the document <into>. */
static xmlDoc *
page_of (const char *form, const char *text, const char *more,
         GHashTable *closed, bool read_only, bool check)
{
  const struct form *f = form_find (form);
  bool head = g_str_has_suffix (form, "head");
  struct bz_req *req = sample_req ("", read_only ? 0 : check ? 2 : 1);
  xmlDoc *values = xml_parse (text, -1, NULL);
  xmlDoc *facts = form_facts (req, head ? values : NULL, head ? NULL : values,
                              head ? f : NULL, head ? NULL : f, NULL);
  xmlDoc *page = xml_parse ("<into/>", -1, NULL);

  if (more != NULL) {
    xmlDoc *extra = xml_parse (more, -1, NULL);

    xmlAddChild (xmlDocGetRootElement (facts),
                 xmlDocCopyNode (xmlDocGetRootElement (extra), facts, 1));
    xmlFreeDoc (extra);
  }
  if (check)
    (void) form_check (f, req, values, facts, FORM_SAVE);
  g_assert_cmpint (form_page (f, req, values, facts, closed, read_only,
                              xmlDocGetRootElement (page)), ==, 0);
  xmlFreeDoc (values);
  xmlFreeDoc (facts);
  sample_free (req);
  return page;
}

/* What the eye sees differ: codes by their names, a list row by row, a field
 * that was emptied; what is stored beside it does not count. */
static void
test_changes (void)
{
  xmlDoc *was, *now, *into;
  g_auto (GStrv) names = NULL;

  sample_load (TRUE);
  was = xml_parse ("<item><name>王五</name><sex>1</sex><children>1</children>"
                   "<duty><row><post name='科长'>102</post></row></duty>"
                   "<key>7</key></item>", -1, NULL);
  now = xml_parse ("<item><name>王五</name><sex>2</sex><children/>"
                   "<duty><row><post name='科长'>102</post></row><row>"
                   "<post name='无职务'>0</post></row></duty><key>8</key>"
                   "</item>", -1, NULL);
  into = xml_parse ("<changes/>", -1, NULL);
  g_assert_cmpint (form_changes (form_find ("sample/item"), was, now,
                                 xmlDocGetRootElement (into)), ==, 3);
  assert_xpath (into, "concat(//d[@f='sex']/@t, //d[@f='sex']/@old, "
                "//d[@f='sex']/@new)", "性别男女");
  assert_xpath (into, "string(//d[@f='children']/@new)", "");
  assert_xpath (into, "concat(//d[@f='duty.2']/@t, //d[@f='duty.2']/@old, "
                "//d[@f='duty.2']/@new)", "任行政职务情况第 2 行无职务");
  assert_xpath (into, "string(/changes/@same)", "2");
  names = form_names (form_find ("sample/item"));
  g_assert_true (g_strv_contains ((const char *const *) names, "duty"));
  g_assert_true (g_strv_contains ((const char *const *) names, "sex"));
  g_assert_false (g_strv_contains ((const char *const *) names, "post"));
  xmlFreeDoc (was);
  xmlFreeDoc (now);
  xmlFreeDoc (into);
  sample_clear ();
}

static void
test_fields (void)
{
  xmlDoc *page;

  sample_load (TRUE);
  page = page_of ("sample/item", ITEM, NULL, NULL, FALSE, FALSE);
  assert_xpath (page, "count(/into/section)", "3");
  assert_xpath (page, "/into/section[1]/@short", "基本信息");
  assert_xpath (page, "/into/section[2]/@short", "编制信息");
  assert_xpath (page, "//f[@id='name']/@t", "姓名");
  assert_xpath (page, "//f[@id='name']/@type", "text");
  assert_xpath (page, "//f[@id='name']/@v", "王五");
  assert_xpath (page, "//f[@id='name']/@req", "1");
  assert_xpath (page, "//f[@id='name']/@max", "50");
  assert_xpath (page, "//f[@id='id_number']/@btn-t", "验证");
  assert_xpath (page, "//f[@id='birth_date']/@hint",
                "档案与身份证有出入的，以档案为准");
  assert_xpath (page, "//f[@id='graduation_date']/@type", "month");
  assert_xpath (page, "count(//f[@id='graduation_date']/@req)", "0");
  assert_xpath (page, "//f[@id='civil_registered']/@type", "check");
  xmlFreeDoc (page);
  sample_clear ();
}

/* Names that a text may be taken from, of two tables; none when it is read. */
static void
test_suggest (void)
{
  xmlDoc *page;

  sample_load (TRUE);
  page = page_of ("sample/item", ITEM, NULL, NULL, FALSE, FALSE);
  assert_xpath (page, "//f[@id='name']/@type", "text");
  assert_xpath (page, "//f[@id='name']/s[. = '男']", "男");
  assert_xpath (page, "//f[@id='name']/s[. = '汉族']", "汉族");
  assert_xpath (page, "count(//f[@id='sex']/s)", "0");
  xmlFreeDoc (page);
  page = page_of ("sample/item", ITEM, NULL, NULL, TRUE, FALSE);
  assert_xpath (page, "count(//s)", "0");
  xmlFreeDoc (page);
  sample_clear ();
}

static void
test_options (void)
{
  xmlDoc *page;

  sample_load (TRUE);
  page = page_of ("sample/item", ITEM, NULL, NULL, FALSE, FALSE);
  assert_xpath (page, "//f[@id='sex']/@type", "radio");
  assert_xpath (page, "count(//f[@id='sex']/o)", "2");
  assert_xpath (page, "//f[@id='sex']/o[@sel='1']", "男");
  assert_xpath (page, "count(//f[@id='staffing_type']/o)", "4");
  assert_xpath (page, "//f[@id='staffing_type']/o[@v='12']/@group",
                "行政编制类");
  assert_xpath (page, "//f[@id='staffing_type']/o[@sel='1']", "事业编制");
  assert_xpath (page, "count(//f[@id='person_status']/o)", "3");
  xmlFreeDoc (page);
  sample_clear ();
}

/* A heading that may itself be chosen is an option. */
static void
test_selectable_heading (void)
{
  g_autoptr (GHashTable) closed = g_hash_table_new (g_str_hash, g_str_equal);
  xmlDoc *page;

  g_hash_table_insert (closed, (char *) "unit", (char *) "本单位");
  sample_load (TRUE);
  page = page_of ("sample/head", "<head><unit name='某局'>7</unit></head>",
                  "<barred mode='02'/>", closed, FALSE, FALSE);
  assert_xpath (page, "count(//f[@id='entry_mode']/o)", "3");
  assert_xpath (page, "//f[@id='entry_mode']/o[1]/@v", "01");
  assert_xpath (page, "count(//f[@id='entry_mode']/o[@v='99'])", "0");
  assert_xpath (page, "count(//f[@id='entry_mode']/o[@v='02'])", "0");
  assert_xpath (page, "//f[@id='unit']/@v", "某局");
  assert_xpath (page, "//f[@id='unit']/@closed", "本单位");
  assert_xpath (page, "//f[@id='reason']/@type", "area");
  assert_xpath (page, "//f[@id='reason']/@w", "3");
  xmlFreeDoc (page);
  sample_clear ();
}

/* HY-41: shown grey with its reason, not hidden. */
static void
test_closed (void)
{
  g_autoptr (GHashTable) closed = g_hash_table_new (g_str_hash, g_str_equal);
  xmlDoc *page;

  g_hash_table_insert (closed, (char *) "sex", (char *) "以实名制库为准");
  sample_load (TRUE);
  page = page_of ("sample/item", ITEM, NULL, closed, FALSE, FALSE);
  assert_xpath (page, "//f[@id='admin_use']/@closed",
                "事业编制不填行政编制用途");
  assert_xpath (page, "//f[@id='admin_use']/@type", "shown");
  assert_xpath (page, "count(//f[@id='admin_use']/o)", "0");
  assert_xpath (page, "//f[@id='sex']/@closed", "以实名制库为准");
  assert_xpath (page, "//f[@id='sex']/@v", "男");
  assert_xpath (page, "//f[@id='unit_entry_date']/@closed",
                "办理当日，由系统写入");
  xmlFreeDoc (page);
  sample_clear ();
}

static void
test_grid (void)
{
  xmlDoc *page;

  sample_load (TRUE);
  page = page_of ("sample/item", ITEM, NULL, NULL, FALSE, FALSE);
  assert_xpath (page, "//grid/@id", "duty");
  assert_xpath (page, "//grid/@min", "1");
  assert_xpath (page, "count(//grid/col)", "4");
  assert_xpath (page, "//grid/col[1]/@req", "1");
  assert_xpath (page, "//grid/col[4]/@type", "date");
  assert_xpath (page, "count(//grid/r)", "1");
  assert_xpath (page, "//grid/r/c[1]/@id", "duty.1.post");
  assert_xpath (page, "//grid/r/c[2]/o[@sel='1']", "任职");
  assert_xpath (page, "//grid/r/c[1]/o[@v='101']/@group", "办公室");
  xmlFreeDoc (page);
  sample_clear ();
}

/* What may not be chosen any more is still there to be seen. */
static void
test_value_outside (void)
{
  xmlDoc *page;

  sample_load (TRUE);
  page = page_of ("sample/item", ITEM, NULL, NULL, FALSE, TRUE);
  assert_xpath (page, "//f[@id='ethnic']/o[@sel='1']",
                "77（不在可选范围）");
  assert_xpath (page, "//f[@id='ethnic']/@err",
                "民族的选项无效，请重新选择");
  assert_xpath (page, "//grid/r/c[1]/o[@sel='1']", "旧职务（不在可选范围）");
  assert_xpath (page, "//grid/r/c[1]/@err",
                "任行政职务情况第 1 行的职务的选项无效，请重新选择");
  assert_xpath (page, "//f[@id='birth_date']/@err", "请填写出生日期");
  xmlFreeDoc (page);
  sample_clear ();
}

static void
test_blank_row (void)
{
  xmlDoc *page;

  sample_load (TRUE);
  page = page_of ("sample/item", "<item/>", NULL, NULL, FALSE, FALSE);
  assert_xpath (page, "count(//grid/r)", "1");
  assert_xpath (page, "//grid/r/c[2]/@v", "1");
  xmlFreeDoc (page);
  sample_clear ();
}

/* 已完成 / 未填写 / 选填 of the strip (style guide 14). */
static void
test_done (void)
{
  xmlDoc *page;

  sample_load (TRUE);
  page = page_of ("sample/item", ITEM, NULL, NULL, FALSE, TRUE);
  assert_xpath (page, "/into/section[1]/@done", "no");
  assert_xpath (page, "/into/section[1]/@bad", "4");
  assert_xpath (page, "/into/section[3]/@done", "no");
  xmlFreeDoc (page);
  page = page_of ("sample/item",
                  "<item><name>王五</name><sex>1</sex><id_number>1</id_number>"
                  "<birth_date>1990-01-01</birth_date><ethnic>01</ethnic>"
                  "<work_start>2012-01-01</work_start></item>", NULL, NULL,
                  FALSE, FALSE);
  assert_xpath (page, "/into/section[1]/@done", "yes");
  assert_xpath (page, "count(/into/section[1]/@bad)", "0");
  assert_xpath (page, "/into/section[2]/@done", "no");
  xmlFreeDoc (page);
  sample_clear ();
}

/* A value out of range has to be chosen anew, and a row that is there has to be
 * filled in: neither is 已完成. */
static void
test_not_done (void)
{
  xmlDoc *page;

  sample_load (TRUE);
  page = page_of ("sample/item",
                  "<item><name>王五</name><sex>1</sex><id_number>1</id_number>"
                  "<birth_date>1990-01-01</birth_date><ethnic>77</ethnic>"
                  "<work_start>2012-01-01</work_start><duty><row><post/>"
                  "<doc_no>1</doc_no></row></duty></item>", NULL, NULL, FALSE,
                  FALSE);
  assert_xpath (page, "/into/section[1]/@done", "no");
  assert_xpath (page, "/into/section[@id='list-duty']/@done", "no");
  xmlFreeDoc (page);
  page = page_of ("sample/item",
                  "<item><duty><row><post>0</post></row></duty></item>", NULL,
                  NULL, FALSE, FALSE);
  assert_xpath (page, "/into/section[@id='list-duty']/@done", "yes");
  xmlFreeDoc (page);
  sample_clear ();
}

static void
test_read_only (void)
{
  xmlDoc *page;

  sample_load (TRUE);
  page = page_of ("sample/item", ITEM, NULL, NULL, TRUE, FALSE);
  assert_xpath (page, "count(//o)", "0");
  assert_xpath (page, "count(//@done)", "0");
  assert_xpath (page, "count(//@closed)", "0");
  assert_xpath (page, "count(//f[@type != 'shown'])", "0");
  assert_xpath (page, "//f[@id='sex']/@v", "男");
  assert_xpath (page, "//grid/@ro", "1");
  assert_xpath (page, "//grid/r/c[1]/@v", "旧职务");
  xmlFreeDoc (page);
  sample_clear ();
}

static void
test_mask (void)
{
  const struct dict_field *number, *name;

  sample_load (FALSE);
  number = dict_find ("person", NULL, "id_number");
  name = dict_find ("person", NULL, "name");
  g_assert_cmpint (number->privacy, ==, 3);
  g_assert_cmpint (name->type, ==, FIELD_TEXT);
  for (int i = 0; i < 4; i++) {
    static const char *const in[] = { "990101199001010038", "12345", "王五六",
                                      "" };
    static const char *const out[] = { "990101********0038", "1****", "王**",
                                       "" };
    g_autofree char *got = dict_mask (i < 2 ? number : name, in[i]);

    g_assert_cmpstr (got, ==, out[i]);
  }
  sample_clear ();
}

static void
test_dictionary (void)
{
  sample_load (FALSE);
  g_assert_cmpstr (dict_find ("person", NULL, "ethnic")->codes, ==, "ethnic");
  g_assert_cmpstr (dict_find ("person", "duty", "post")->list, ==, "duty");
  g_assert_null (dict_find ("person", "duty", "post")->codes);
  g_assert_null (dict_find ("person", NULL, "post"));
  g_assert_null (dict_find ("person", "duty", "name"));
  g_assert_null (dict_find ("nobody", NULL, "name"));
  sample_clear ();
  g_assert_null (dict_find ("person", NULL, "name"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/form-page/what-changed", test_changes);
  g_test_add_func ("/form-page/fields", test_fields);
  g_test_add_func ("/form-page/HY-54/suggested-names", test_suggest);
  g_test_add_func ("/form-page/options", test_options);
  g_test_add_func ("/form-page/HY-12/selectable-heading",
                   test_selectable_heading);
  g_test_add_func ("/form-page/HY-41/closed-with-its-reason", test_closed);
  g_test_add_func ("/form-page/HY-47/grid", test_grid);
  g_test_add_func ("/form-page/value-outside-the-options",
                   test_value_outside);
  g_test_add_func ("/form-page/a-blank-row-to-begin-with", test_blank_row);
  g_test_add_func ("/form-page/state-of-sections", test_done);
  g_test_add_func ("/form-page/not-done", test_not_done);
  g_test_add_func ("/form-page/read-only", test_read_only);
  g_test_add_func ("/dictionary/declared", test_dictionary);
  g_test_add_func ("/dictionary/masked", test_mask);
  return g_test_run ();
}
