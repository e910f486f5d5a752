/* Forms: reading, checking, rules, papers, on the person form of an entry.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <glib.h>

#include "data/xml.h"
#include "define/form.h"
#include "sample.h"

/* A person with whom everything is right; what follows overrides. */
#define RIGHT                                                                 \
  "name=王五&sex=1&id_number=11010119900307123x&birth_date=1990-03-07"         \
  "&ethnic=01&work_start=20120701&staffing_type=11&admin_use=3"               \
  "&person_status=10&duty.1.post=101&duty.1.appointment_type=1"               \
  "&duty.1.appoint_date=2020.1.5"

struct tried {
  struct bz_req *req;
  xmlDoc *values, *facts;
  int stops;
};

/* What CHANGES ("name=&sex=9") makes of the right person; MORE are the facts
 * that a business would add. */
static struct tried
try_old (const char *changes, const char *more, enum form_depth depth,
         xmlDoc *old, GHashTable *closed)
{
  static const char *const papers[] = { "card", "notice", NULL };
  const struct form *item = form_find ("sample/item");
  g_autofree char *all = g_strconcat (changes, *changes ? "&" : "", RIGHT,
                                      NULL);
  struct tried t = { .req = sample_req (all, 1) };

  t.values = form_read (item, t.req, "item", old, closed);
  t.facts = form_facts (t.req, NULL, t.values, NULL, item, papers);
  if (more != NULL) {
    xmlDoc *extra = xml_parse (more, -1, NULL);
    xmlNode *root = xmlDocGetRootElement (t.facts);

    g_assert_nonnull (extra);
    xmlAddChild (root, xmlDocCopyNode (xmlDocGetRootElement (extra), t.facts,
                                       1));
    xmlFreeDoc (extra);
  }
  t.stops = form_check (item, t.req, t.values, t.facts, depth);
  return t;
}

static struct tried
try_it (const char *changes, const char *more, enum form_depth depth)
{
  sample_load (TRUE);
  return try_old (changes, more, depth, NULL, NULL);
}

static void
done (struct tried *t)
{
  xmlFreeDoc (t->values);
  xmlFreeDoc (t->facts);
  sample_free (t->req);
  sample_clear ();
}

/* CHANGES must give exactly the mark TEXT on FIELD; NULL: none at all. */
static void
expect (const char *changes, enum form_depth depth, const char *field,
        const char *text)
{
  struct tried t = try_it (changes, NULL, depth);

  g_test_message ("%s", changes);
  if (text == NULL)
    g_assert_cmpint (t.stops, ==, 0);
  else
    g_assert_cmpstr (sample_mark (t.req, field, FALSE), ==, text);
  g_assert_true (req_has_errors (t.req) == (t.stops > 0));
  done (&t);
}

static void
test_right (void)
{
  struct tried t = try_it ("", NULL, FORM_CHECK);

  g_assert_cmpint (t.stops, ==, 0);
  g_assert_cmpuint (t.req->marks->len, ==, 0);
  assert_xpath (t.values, "/item/work_start", "2012-07-01");
  assert_xpath (t.values, "/item/id_number", "11010119900307123X");
  assert_xpath (t.values, "/item/duty/row/appoint_date", "2020-01-05");
  assert_xpath (t.values, "/item/unit_entry_date", "2026-11-22");
  done (&t);
}

static void
test_required (void)
{
  static const struct { const char *change, *field, *text; } want[] = {
    { "name=", "name", "请填写姓名" },
    { "name=　 ", "name", "请填写姓名" },
    { "sex=", "sex", "请选择性别" },
    { "id_number=", "id_number", "请填写身份证号" },
    { "birth_date=", "birth_date", "请填写出生日期" },
    { "ethnic=", "ethnic", "请选择民族" },
    { "work_start=", "work_start", "请填写参加工作时间" },
    { "staffing_type=", "staffing_type", "请选择编制类型" },
    { "person_status=", "person_status", "请选择人员状态" },
    { "duty.1.appointment_type=", "duty.1.appointment_type",
      "请选择任行政职务情况第 1 行的任职类型" },
    { "duty.2.doc_no=甲〔2020〕1号", "duty.2.post",
      "请选择第 2 行的职务，没有职务的选择“无职务”" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (want); i++) {
    expect (want[i].change, FORM_SAVE, want[i].field, want[i].text);
    expect (want[i].change, FORM_KEEP, want[i].field, NULL);
  }
}

/* HY-32: read off in groups, typed in full width, with a small x. */
static void
test_number_spaces (void)
{
  static const char *const typed[] = {
    "id_number=110101 19900307 123x",
    "id_number=　110101　19900307　123X",
    "id_number=１１０１０１ １９９００３０７ １２３ｘ",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (typed); i++) {
    struct tried t = try_it (typed[i], NULL, FORM_CHECK);

    g_assert_cmpint (t.stops, ==, 0);
    assert_xpath (t.values, "/item/id_number", "11010119900307123X");
    done (&t);
  }
}

static void
test_all_at_once (void)
{
  struct tried t = try_it ("name=&sex=&birth_date=2026-02-30&ethnic=99",
                           NULL, FORM_CHECK);

  g_assert_cmpint (t.stops, ==, 4);
  g_assert_cmpuint (t.req->marks->len, ==, 4);
  done (&t);
}

static void
test_types (void)
{
  static const struct { const char *change, *field, *text; } want[] = {
    { "birth_date=去年", "birth_date",
      "出生日期不是日期，请按 2026-03-15 的格式填写" },
    { "birth_date=1990-02-30", "birth_date",
      "出生日期的日期不存在，请核对年、月、日" },
    { "birth_date=1890-02-03", "birth_date",
      "出生日期的年份应在 1900 至 2100 之间，请核对" },
    { "birth_date=1990-03", "birth_date",
      "出生日期只有年月，请填写到日，例如 2026-03-15" },
    { "graduation_date=毕业", "graduation_date",
      "毕业时间不是日期，请按 2026-03 的格式填写" },
    { "graduation_date=2011-13", "graduation_date",
      "毕业时间的日期不存在，请核对年、月、日" },
    { "ethnic=99", "ethnic", "民族的选项无效，请重新选择" },
    { "ethnic=汉族", "ethnic", "民族的选项无效，请重新选择" },
    { "staffing_type=10", "staffing_type",
      "编制类型的选项无效，请重新选择" },
    { "children=两个", "children",
      "子女数应为整数，请只填数字，不超过 9 位" },
    { "children=12345678901", "children",
      "子女数应为整数，请只填数字，不超过 9 位" },
    { "id_number=一二三四五六", "id_number",
      "身份证号只能由数字和字母组成，请按证件填写" },
    { "duty.1.doc_no=123456789012345678901", "duty.1.doc_no",
      "任行政职务情况第 1 行的任职文号不能超过 20 个字，现有 21 个字，请缩短" },
    { "duty.1.post=999", "duty.1.post",
      "任行政职务情况第 1 行的职务的选项无效，请重新选择" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (want); i++)
    expect (want[i].change, FORM_KEEP, want[i].field, want[i].text);
}

static void
test_types_right (void)
{
  static const char *const right[] = {
    "graduation_date=2011.7", "graduation_date=2011-07-15", "children=2",
    "children=-1", "children=２", "civil_registered=1", "name=阿依古丽·买买提",
    "name=䶮𬭎", "ethnic=08",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (right); i++)
    expect (right[i], FORM_CHECK, "", NULL);
}

static void
test_length (void)
{
  g_autofree char *fifty = NULL, *more = NULL;
  GString *text = g_string_new ("name=");

  for (int i = 0; i < 50; i++)
    g_string_append (text, "䶮");
  fifty = g_strdup (text->str);
  g_string_append (text, "王");
  more = g_string_free (text, FALSE);
  expect (fifty, FORM_SAVE, "name", NULL);
  expect (more, FORM_SAVE, "name",
          "姓名不能超过 50 个字，现有 51 个字，请缩短");
}

/* Nothing is cleared because it was wrong. */
static void
test_wrong_stays (void)
{
  struct tried t = try_it ("birth_date=1990-02-30&ethnic=99&children=x", NULL,
                           FORM_SAVE);

  assert_xpath (t.values, "/item/birth_date", "1990-02-30");
  assert_xpath (t.values, "/item/ethnic", "99");
  assert_xpath (t.values, "/item/children", "x");
  done (&t);
}

static void
test_text_tidied (void)
{
  struct tried t = try_it ("name=  王\t五　&duty.1.doc_no=a\r\nb", NULL,
                           FORM_SAVE);

  assert_xpath (t.values, "/item/name", "王 五");
  assert_xpath (t.values, "/item/duty/row/doc_no", "a b");
  done (&t);
}

static void
test_control_characters (void)
{
  struct tried t = try_it ("name=王\x01五", NULL, FORM_SAVE);

  g_assert_cmpstr (sample_mark (t.req, "name", FALSE), ==,
                   "姓名含有无法识别的字符，请重新输入");
  done (&t);
}

static void
test_filter (void)
{
  expect ("sex=9", FORM_SAVE, "sex",
          "性别“未说明”不在可选范围，请重新选择");
  expect ("staffing_type=90", FORM_SAVE, "staffing_type",
          "“编外”不占编制，请重新选择编制类型");
  expect ("person_status=60", FORM_SAVE, "person_status",
          "人员状态“离退休”不在可选范围，请重新选择");
}

/* HY-41: closed for 事业 and 工勤, needed for 行政. */
static void
test_admin_use (void)
{
  struct tried t = try_it ("staffing_type=21", NULL, FORM_CHECK);

  g_assert_cmpint (t.stops, ==, 0);
  assert_xpath (t.values, "count(/item/admin_use)", "0");
  assert_xpath (t.facts, "count(/facts/item/admin_use)", "0");
  done (&t);
  t = try_it ("staffing_type=31", NULL, FORM_CHECK);
  assert_xpath (t.values, "count(/item/admin_use)", "0");
  done (&t);
  expect ("admin_use=", FORM_SAVE, "admin_use", "请选择行政编制用途");
}

/* HY-43: the condition needs a fact that only the business knows. */
static void
test_closed_by_business (void)
{
  struct tried t = try_it ("politics_law=公安", NULL, FORM_CHECK);

  assert_xpath (t.values, "count(/item/politics_law)", "0");
  g_assert_cmpint (t.stops, ==, 0);
  done (&t);
  t = try_it ("politics_law=公安", "<unit kind='公安' id='7'/>", FORM_CHECK);
  assert_xpath (t.values, "string(/item/politics_law)", "公安");
  done (&t);
  t = try_it ("", "<unit kind='公安' id='7'/>", FORM_CHECK);
  g_assert_cmpstr (sample_mark (t.req, "politics_law", FALSE), ==,
                   "请填写政法人员分类");
  done (&t);
}

/* HY-16: what the record says cannot be altered. */
static void
test_closed_table (void)
{
  g_autoptr (GHashTable) closed = g_hash_table_new (g_str_hash, g_str_equal);
  xmlDoc *old = xml_parse (
    "<item><name>李四</name><sex>2</sex><origin>B</origin><duty><row>"
    "<post>102</post><doc_no>旧〔2020〕1号</doc_no></row></duty></item>", -1,
    NULL);
  struct tried t;

  g_hash_table_insert (closed, (char *) "name", (char *) "以实名制库为准");
  g_hash_table_insert (closed, (char *) "duty.1.doc_no", (char *) "已归档");
  sample_load (TRUE);
  t = try_old ("name=黑客&duty.1.doc_no=新", NULL, FORM_SAVE, old, closed);
  assert_xpath (t.values, "/item/name", "李四");
  assert_xpath (t.values, "/item/sex", "1");
  assert_xpath (t.values, "/item/duty/row/doc_no", "旧〔2020〕1号");
  assert_xpath (t.values, "/item/duty/row/post", "101");
  assert_xpath (t.values, "/item/origin", "B");
  xmlFreeDoc (old);
  done (&t);
}

static void
test_closed_list (void)
{
  g_autoptr (GHashTable) closed = g_hash_table_new (g_str_hash, g_str_equal);
  xmlDoc *old = xml_parse ("<item><duty><row><post>102</post>"
                           "<appointment_type>2</appointment_type></row></duty>"
                           "</item>", -1, NULL);
  struct tried t;

  g_hash_table_insert (closed, (char *) "duty", (char *) "不能修改");
  sample_load (TRUE);
  t = try_old ("", NULL, FORM_SAVE, old, closed);
  assert_xpath (t.values, "/item/duty/row/post", "102");
  g_assert_cmpint (t.stops, ==, 0);
  xmlFreeDoc (old);
  done (&t);
}

/* HY-38, HY-45: the browser has no say. */
static void
test_computed (void)
{
  struct tried t = try_it ("unit_entry_date=2001-01-01&shown_mode=01", NULL,
                           FORM_SAVE);

  assert_xpath (t.values, "/item/unit_entry_date", "2026-11-22");
  assert_xpath (t.values, "count(/item/shown_mode)", "0");
  done (&t);
}

static void
test_unknown_parameters (void)
{
  struct tried t = try_it ("salary=1&duty.1.salary=2&duty.x.post=1&duty.=1"
                           "&duty.99999999999.post=101&name.1=x", NULL,
                           FORM_SAVE);

  g_assert_cmpint (t.stops, ==, 0);
  assert_xpath (t.values, "count(//salary)", "0");
  assert_xpath (t.values, "count(/item/duty/row)", "1");
  done (&t);
}

/* A box that is not ticked is not sent. */
static void
test_check_box (void)
{
  struct tried t = try_it ("civil_registered=on", NULL, FORM_SAVE);

  assert_xpath (t.values, "/item/civil_registered", "1");
  done (&t);
  t = try_it ("", NULL, FORM_SAVE);
  assert_xpath (t.values, "/item/civil_registered", "");
  done (&t);
}

/* HY-47 */
static void
test_list_min (void)
{
  struct tried t = try_it ("duty.1.post=&duty.1.appoint_date=", NULL,
                           FORM_SAVE);

  /* A row of defaults only is blank. */
  g_assert_cmpint (t.stops, ==, 1);
  g_assert_cmpstr (sample_mark (t.req, "duty", FALSE), ==,
                   "任行政职务情况至少填写一行，没有职务的选择“无职务”");
  assert_xpath (t.values, "count(/item/duty/row)", "0");
  assert_xpath (t.facts, "string(/facts/item/duty/@count)", "0");
  done (&t);
  t = try_it ("duty.1.post=&duty.1.appoint_date=", NULL, FORM_KEEP);
  assert_xpath (t.values, "count(/item/duty/row)", "1");
  g_assert_cmpint (t.stops, ==, 0);
  done (&t);
}

static void
test_list_max (void)
{
  expect ("duty.2.post=0&duty.2.appointment_type=1&duty.3.post=102"
          "&duty.3.appointment_type=1&duty.4.post=102"
          "&duty.4.appointment_type=1", FORM_KEEP, "", NULL);
  expect ("duty.2.post=0&duty.2.appointment_type=1&duty.3.post=102"
          "&duty.3.appointment_type=1&duty.4.post=102"
          "&duty.4.appointment_type=1", FORM_SAVE, "duty",
          "任行政职务情况最多填写 3 行，请删除多余的行");
}

/* HY-52 */
static void
test_two_duties_warn (void)
{
  struct tried t = try_it ("duty.2.post=102&duty.2.appointment_type=2", NULL,
                           FORM_CHECK);

  g_assert_cmpint (t.stops, ==, 0);
  g_assert_cmpstr (sample_mark (t.req, "duty", TRUE), ==,
                   "填写了 2 个职务，请核对");
  done (&t);
}

static void
test_row_closed (void)
{
  struct tried t = try_it ("duty.1.post=0&duty.1.doc_no=某号", NULL,
                           FORM_SAVE);

  /* A condition on the row, decided when it is checked. */
  g_assert_cmpint (t.stops, ==, 0);
  assert_xpath (t.values, "count(/item/duty/row/doc_no)", "0");
  done (&t);
}

/* HY-35 */
static void
test_work_from_16 (void)
{
  struct tried t = try_it ("work_start=2006-03-06", NULL, FORM_CHECK);

  g_assert_cmpint (t.stops, ==, 1);
  g_assert_cmpstr (sample_mark (t.req, "work_start", FALSE), ==,
                   "参加工作时间早于年满 16 周岁之日，出生日期为 1990-03-07，"
                   "请核对（依据：劳动法第十五条）");
  done (&t);
  expect ("work_start=2006-03-07", FORM_CHECK, "", NULL);
  expect ("work_start=2006-03-06", FORM_SAVE, "", NULL);
}

static void
test_rule_without_its_date (void)
{
  struct tried t = try_it ("work_start=&birth_date=1990-02-30", NULL,
                           FORM_CHECK);

  g_assert_cmpint (t.stops, ==, 2);
  g_assert_cmpstr (sample_mark (t.req, "work_start", FALSE), ==,
                   "请填写参加工作时间");
  done (&t);
}

static void
test_rule_in_rows (void)
{
  expect ("duty.2.post=102&duty.2.appointment_type=1"
          "&duty.2.appoint_date=1980-01-01", FORM_CHECK,
          "duty.2.appoint_date", "任职时间早于出生日期，请核对");
}

static void
test_rule_tells (void)
{
  xmlDoc *head = xml_parse ("<head><entry_mode>07</entry_mode></head>", -1,
                            NULL);
  const struct form *item, *form;
  struct bz_req *req;
  xmlDoc *values, *facts;

  sample_load (TRUE);
  item = form_find ("sample/item");
  form = form_find ("sample/head");
  req = sample_req (RIGHT, 1);
  values = form_read (item, req, "item", NULL, NULL);
  facts = form_facts (req, head, values, form, item, NULL);
  g_assert_cmpint (form_check (item, req, values, facts, FORM_CHECK), ==, 2);
  g_assert_cmpstr (sample_mark (req, "work_start", TRUE), ==,
                   "军转的填写入伍时间");
  g_assert_cmpstr (sample_mark (req, "paper.card", FALSE), ==,
                   "请上传身份证正反面");
  assert_xpath (values, "/item/shown_mode", "07");
  g_assert_cmpstr (form_shown (item, req, values, "shown_mode"), ==,
                   "军队转业安置");
  xmlFreeDoc (head);
  xmlFreeDoc (values);
  xmlFreeDoc (facts);
  sample_free (req);
  sample_clear ();
}

static void
test_facts (void)
{
  struct tried t = try_it ("graduation_date=2011-07&ethnic=&children=x", NULL,
                           FORM_KEEP);

  assert_xpath (t.facts, "/facts/today", "2026-11-22");
  assert_xpath (t.facts, "/facts/today/@ymd", "20261122");
  assert_xpath (t.facts, "/facts/item/birth_date/@ymd", "19900307");
  assert_xpath (t.facts, "/facts/item/birth_date/@days", "7370");
  assert_xpath (t.facts, "/facts/item/birth_date/@months", "23883");
  assert_xpath (t.facts, "/facts/item/graduation_date/@ymd", "20110701");
  assert_xpath (t.facts, "/facts/item/graduation_date/@precision", "month");
  assert_xpath (t.facts, "/facts/item/staffing_type/@name", "行政编制");
  assert_xpath (t.facts, "/facts/item/staffing_type/@category", "A");
  assert_xpath (t.facts, "/facts/item/staffing_type/@parent", "10");
  assert_xpath (t.facts, "count(/facts/item/staffing_type/@note)", "0");
  assert_xpath (t.facts, "count(/facts/item/ethnic)", "0");
  assert_xpath (t.facts, "/facts/item/duty/@count", "1");
  assert_xpath (t.facts, "/facts/item/duty/row/post/@name", "办公室主任");
  assert_xpath (t.facts, "/facts/papers/paper/@kind", "card");
  assert_xpath (t.facts, "count(/facts/head)", "1");
  assert_xpath (t.facts,
                "/facts/codes[@table='staffing_type']/row[@code='11']/@name",
                "行政编制");
  done (&t);
}

/* The name of an option that came from a query is kept with it. */
static void
test_shown (void)
{
  struct tried t = try_it ("civil_registered=1", NULL, FORM_SAVE);
  const struct form *f = form_find ("sample/item");

  g_assert_cmpstr (form_shown (f, t.req, t.values, "sex"), ==, "男");
  g_assert_cmpstr (form_shown (f, t.req, t.values, "name"), ==, "王五");
  g_assert_cmpstr (form_shown (f, t.req, t.values, "civil_registered"), ==,
                   "是");
  g_assert_cmpstr (form_shown (f, t.req, t.values, "duty.1.post"), ==,
                   "办公室主任");
  g_assert_cmpstr (form_shown (f, t.req, t.values, "duty.9.post"), ==, "");
  g_assert_cmpstr (form_shown (f, t.req, t.values, "nothing"), ==, "");
  g_assert_cmpstr (form_field_title (f, "duty.1.post"), ==, "职务");
  g_assert_cmpstr (form_field_title (f, "duty"), ==, "任行政职务情况");
  g_assert_cmpstr (form_field_title (f, "paper.card"), ==, "身份证正反面");
  g_assert_null (form_field_title (f, "nothing"));
  done (&t);
}

static void
test_defaults (void)
{
  const struct form *item;
  struct bz_req *req;
  xmlDoc *values = xml_parse ("<item><staffing_type>11</staffing_type>"
                              "<person_status/><duty><row/></duty></item>", -1,
                              NULL);
  xmlDoc *facts;

  sample_load (TRUE);
  item = form_find ("sample/item");
  req = sample_req ("", 0);
  facts = form_facts (req, NULL, values, NULL, item, NULL);
  form_defaults (item, values, facts);
  assert_xpath (values, "/item/admin_use", "3");
  assert_xpath (facts, "/facts/item/admin_use/@name", "市地");
  assert_xpath (values, "/item/person_status", "");  /* emptied on purpose */
  assert_xpath (values, "/item/unit_entry_date", "2026-11-22");
  assert_xpath (values, "/item/duty/row/appointment_type", "1");
  assert_xpath (values, "count(/item/birth_date)", "0");
  xmlFreeDoc (values);
  xmlFreeDoc (facts);
  sample_free (req);
  sample_clear ();
}

static void
test_defaults_closed (void)
{
  const struct form *item;
  struct bz_req *req;
  xmlDoc *values = xml_parse ("<item><staffing_type>21</staffing_type></item>",
                              -1, NULL);
  xmlDoc *facts;

  sample_load (TRUE);
  item = form_find ("sample/item");
  req = sample_req ("", 0);
  facts = form_facts (req, NULL, values, NULL, item, NULL);
  form_defaults (item, values, facts);
  assert_xpath (values, "count(/item/admin_use)", "0");
  xmlFreeDoc (values);
  xmlFreeDoc (facts);
  sample_free (req);
  sample_clear ();
}

static void
test_rows (void)
{
  const struct form *item;
  xmlDoc *values = xml_parse ("<item/>", -1, NULL);

  sample_load (TRUE);
  item = form_find ("sample/item");
  g_assert_true (form_rows (item, values, "add:duty"));
  g_assert_true (form_rows (item, values, "add:duty"));
  assert_xpath (values, "count(/item/duty/row)", "2");
  g_assert_true (form_rows (item, values, "del:duty:1"));
  assert_xpath (values, "count(/item/duty/row)", "1");
  g_assert_true (form_rows (item, values, "del:duty:9"));
  g_assert_true (form_rows (item, values, "del:duty:-1"));
  assert_xpath (values, "count(/item/duty/row)", "1");
  for (int i = 0; i < 9; i++)
    g_assert_true (form_rows (item, values, "add:duty"));
  assert_xpath (values, "count(/item/duty/row)", "3");
  g_assert_false (form_rows (item, values, "save"));
  g_assert_false (form_rows (item, values, "add:name"));
  g_assert_false (form_rows (item, values, "add:"));
  g_assert_false (form_rows (item, values, "del:duty"));
  g_assert_false (form_rows (item, values, NULL));
  xmlFreeDoc (values);
  sample_clear ();
}

/* A paper for each row of a table that is meant; which are asked for, and which
 * must be there, says the row. */
static void
test_papers_of_table (void)
{
  const struct form *item;
  struct bz_req *req;
  xmlDoc *head = xml_parse ("<head><entry_mode>01</entry_mode></head>", -1,
                            NULL);
  xmlDoc *values = xml_parse ("<item/>", -1, NULL);
  const struct form_paper *p;
  xmlDoc *facts;
  GArray *papers;

  sample_load (TRUE);
  item = form_find ("sample/item");
  req = sample_req ("", 0);
  facts = form_facts (req, head, values, form_find ("sample/head"), item, NULL);
  papers = form_papers (item, facts);
  g_assert_cmpuint (papers->len, ==, 4);
  p = &g_array_index (papers, struct form_paper, 0);
  g_assert_cmpstr (p[0].id, ==, "notice");
  g_assert_cmpstr (p[0].title, ==, "录用通知");
  g_assert_cmpstr (p[0].hint, ==, "原件扫描");
  g_assert_true (p[0].asked && p[0].required && !p[0].photo);
  g_assert_false (p[1].asked || p[1].required);
  g_assert_true (p[2].asked && !p[2].required && p[2].photo);
  g_assert_cmpstr (p[3].id, ==, "card");
  g_assert_cmpstr (form_field_title (item, "paper.letter"), ==, "商调函");
  g_assert_null (form_field_title (item, "paper.nothing"));
  g_array_unref (papers);
  xmlFreeDoc (facts);
  xmlFreeDoc (values);
  xmlFreeDoc (head);
  sample_free (req);
  sample_clear ();
}

static void
test_papers (void)
{
  const struct form *head;
  struct bz_req *req;
  xmlDoc *values = xml_parse ("<head><entry_mode>03</entry_mode></head>", -1,
                              NULL);
  xmlDoc *other = xml_parse ("<head/>", -1, NULL);
  xmlDoc *facts;
  GArray *papers;

  sample_load (TRUE);
  head = form_find ("sample/head");
  req = sample_req ("", 0);
  facts = form_facts (req, values, NULL, head, NULL, NULL);
  papers = form_papers (head, facts);
  g_assert_cmpuint (papers->len, ==, 2);
  g_assert_cmpstr (g_array_index (papers, struct form_paper, 1).id, ==,
                   "transfer");
  g_assert_true (g_array_index (papers, struct form_paper, 1).asked);
  g_assert_true (g_array_index (papers, struct form_paper, 1).required);
  g_array_unref (papers);
  xmlFreeDoc (facts);
  facts = form_facts (req, other, NULL, head, NULL, NULL);
  papers = form_papers (head, facts);
  g_assert_cmpuint (papers->len, ==, 2);
  g_assert_true (g_array_index (papers, struct form_paper, 0).asked);
  g_assert_false (g_array_index (papers, struct form_paper, 1).asked);
  g_assert_false (g_array_index (papers, struct form_paper, 1).required);
  g_assert_cmpstr (g_array_index (papers, struct form_paper, 0).title, ==,
                   "《编制审批表》");
  g_array_unref (papers);
  xmlFreeDoc (facts);
  xmlFreeDoc (values);
  xmlFreeDoc (other);
  sample_free (req);
  sample_clear ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/form/right", test_right);
  g_test_add_func ("/form/HY-67/required", test_required);
  g_test_add_func ("/form/HY-32/spaces", test_number_spaces);
  g_test_add_func ("/form/all-marks-at-once", test_all_at_once);
  g_test_add_func ("/form/types", test_types);
  g_test_add_func ("/form/types-right", test_types_right);
  g_test_add_func ("/form/length-in-characters", test_length);
  g_test_add_func ("/form/wrong-values-stay", test_wrong_stays);
  g_test_add_func ("/form/text-is-tidied", test_text_tidied);
  g_test_add_func ("/form/control-characters", test_control_characters);
  g_test_add_func ("/form/options-are-filtered", test_filter);
  g_test_add_func ("/form/HY-41/admin-use", test_admin_use);
  g_test_add_func ("/form/HY-43/closed-by-the-business",
                   test_closed_by_business);
  g_test_add_func ("/form/HY-16/closed-keeps-old", test_closed_table);
  g_test_add_func ("/form/closed-list-keeps-old", test_closed_list);
  g_test_add_func ("/form/HY-38/computed", test_computed);
  g_test_add_func ("/form/unknown-parameters", test_unknown_parameters);
  g_test_add_func ("/form/check-box", test_check_box);
  g_test_add_func ("/form/HY-47/at-least-one-row", test_list_min);
  g_test_add_func ("/form/at-most-so-many-rows", test_list_max);
  g_test_add_func ("/form/HY-52/two-duties-warn", test_two_duties_warn);
  g_test_add_func ("/form/HY-50/row-closed", test_row_closed);
  g_test_add_func ("/form/HY-35/not-before-16", test_work_from_16);
  g_test_add_func ("/form/rule-without-its-date", test_rule_without_its_date);
  g_test_add_func ("/form/HY-51/rule-in-rows", test_rule_in_rows);
  g_test_add_func ("/form/HY-45/rule-tells", test_rule_tells);
  g_test_add_func ("/form/facts", test_facts);
  g_test_add_func ("/form/shown", test_shown);
  g_test_add_func ("/form/HY-42/defaults", test_defaults);
  g_test_add_func ("/form/HY-41/no-default-when-closed",
                   test_defaults_closed);
  g_test_add_func ("/form/rows", test_rows);
  g_test_add_func ("/form/HY-13/papers", test_papers);
  g_test_add_func ("/form/HY-13/papers-of-a-table", test_papers_of_table);
  return g_test_run ();
}
