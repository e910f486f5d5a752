/* Every sample page through its stylesheet, and what must hold of all pages.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <glib/gstdio.h>
#include <libxml/xmlsave.h>
#include <libxml/xpathInternals.h>
#include "../html/sample.h"
#include "data/pool.h"
#include "data/xml.h"
#include "show/html.h"
#include "show/view.h"

static const char *srcdir;
static const char *const head
  = "<xsl:stylesheet version='1.0' "
    "xmlns:xsl='http://www.w3.org/1999/XSL/Transform'>";

/* The rendered sample, read again as XML. */
static xmlDoc *
rendered (const char *name, char **html)
{
  g_autofree char *file = g_strconcat (name, ".xml", NULL);
  g_autofree char *path = g_build_filename (srcdir, "tests", "html", file,
                                            NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  xmlDoc *page = sample_load (path, &error);
  char *view;
  const char *text;
  xmlDoc *doc;
  gsize size;

  g_assert_no_error (error);
  view = sample_view (page);
  bytes = view_render (page, view, &error);
  g_assert_no_error (error);
  xmlFree (view);
  xmlFreeDoc (page);
  text = g_bytes_get_data (bytes, &size);
  *html = g_strndup (text, size);
  g_assert_true (g_str_has_prefix (*html, "<!DOCTYPE html>\n<html"));
  doc = xml_parse (*html + strlen ("<!DOCTYPE html>\n"), -1, &error);
  g_assert_no_error (error);
  return doc;
}

static xmlXPathObject *
ask (xmlDoc *doc, const char *xpath)
{
  xmlXPathContext *ctxt = xmlXPathNewContext (doc);
  xmlXPathObject *found;

  xmlXPathRegisterNs (ctxt, BAD_CAST "h",
                      BAD_CAST "http://www.w3.org/1999/xhtml");
  found = xmlXPathEvalExpression (BAD_CAST xpath, ctxt);
  g_assert_nonnull (found);
  xmlXPathFreeContext (ctxt);
  return found;
}

static int
count (xmlDoc *doc, const char *xpath)
{
  xmlXPathObject *found = ask (doc, xpath);
  int n = found->nodesetval == NULL ? 0 : found->nodesetval->nodeNr;

  g_assert_cmpint (found->type, ==, XPATH_NODESET);
  xmlXPathFreeObject (found);
  return n;
}

static void
assert_text (xmlDoc *doc, const char *xpath, const char *want)
{
  xmlXPathObject *found = ask (doc, xpath);
  xmlChar *text = xmlXPathCastToString (found);

  g_assert_cmpstr ((const char *) text, ==, want);
  xmlFree (text);
  xmlXPathFreeObject (found);
}

/* -- What holds of all pages. */

static void
unique_ids (xmlDoc *doc)
{
  xmlXPathObject *all = ask (doc, "//@id");
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal,
                                                       g_free, NULL);

  for (int i = 0; i < all->nodesetval->nodeNr; i++) {
    xmlChar *id = xmlNodeGetContent (all->nodesetval->nodeTab[i]);

    g_assert_cmpstr ((const char *) id, !=, "");
    if (!g_hash_table_add (seen, g_strdup ((const char *) id)))
      g_error ("id \"%s\" stands twice", id);
    xmlFree (id);
  }
  xmlXPathFreeObject (all);
}

static const struct {
  const char *rule, *xpath;
} never[] = {
  { "style attribute", "//@style" },
  { "handler attribute", "//@*[starts-with(local-name(), 'on')]" },
  { "inline script or style", "//h:script[not(@src)]|//h:style" },
  { "script with text", "//h:script[node()]" },
  { "javascript address", "//@*[starts-with(., 'javascript:')]" },
  { "control without a label",
    "//h:input[not(@type='hidden')][not(@aria-label)][not(ancestor::h:label)]"
    "[not(@id = //h:label/@for)]"
    "|//h:select[not(@aria-label)][not(@id = //h:label/@for)]"
    "|//h:textarea[not(@aria-label)][not(@id = //h:label/@for)]" },
  { "label for nothing", "//h:label[@for][not(@for = //@id)]" },
  { "link into the page to nothing",
    "//h:a[starts-with(@href, '#')][not(substring(@href, 2) = //@id)]" },
  { "table without caption", "//h:table[not(h:caption)]" },
  { "column head without scope", "//h:th[not(@scope)]" },
  { "button without text", "//h:button[not(normalize-space())]"
                           "[not(@aria-hidden)]" },
  { "link without address", "//h:a[not(@href)]" },
  { "form in a form", "//h:form//h:form" },
};

static void
no_dangling_description (xmlDoc *doc)
{
  xmlXPathObject *all = ask (doc, "//@aria-describedby|//@aria-labelledby");

  for (int i = 0; all->nodesetval != NULL && i < all->nodesetval->nodeNr; i++) {
    xmlChar *ids = xmlNodeGetContent (all->nodesetval->nodeTab[i]);
    g_auto (GStrv) each = g_strsplit ((const char *) ids, " ", -1);

    for (char **id = each; *id != NULL; id++) {
      g_autofree char *xpath = g_strdup_printf ("//*[@id='%s']", *id);

      if (count (doc, xpath) != 1)
        g_error ("aria reference to \"%s\", which is not there", *id);
    }
    xmlFree (ids);
  }
  xmlXPathFreeObject (all);
}

static void
test_sample (gconstpointer name)
{
  g_autofree char *html = NULL;
  xmlDoc *doc = rendered (name, &html);

  g_assert_cmpint (count (doc, "//h:h1"), ==, 1);
  g_assert_cmpint (count (doc, "//h:main"), ==, 1);
  assert_text (doc, "string(/h:html/@lang)", "zh-CN");
  for (size_t i = 0; i < G_N_ELEMENTS (never); i++)
    if (count (doc, never[i].xpath) != 0)
      g_error ("%s: %s", (const char *) name, never[i].rule);
  unique_ids (doc);
  no_dangling_description (doc);
  g_assert_null (strstr (html, "<script>"));
  g_assert_null (strstr (html, "/>alert"));
  g_assert_null (strstr (html, "<textarea />"));
  g_assert_null (strstr (html, "<script />"));
  xmlFreeDoc (doc);
}

/* -- Single rules. */

static void
test_form (void)
{
  g_autofree char *html = NULL;
  xmlDoc *doc = rendered ("form", &html);

  assert_text (doc, "substring(//h:title, 1, 3)", "错误：");
  g_assert_cmpint (count (doc, "//h:div[@role='alert']//h:li"), ==, 7);
  g_assert_cmpint (count (doc, "//h:div[@role='alert']//h:a"), ==, 6);
  assert_text (doc, "string(//h:input[@id='id_number']/@aria-invalid)", "true");
  assert_text (doc, "string(//h:input[@id='id_number']/@aria-describedby)",
               "id_number-e");
  assert_text (doc, "string(//*[@id='id_number-e'])",
               "身份证号第 18 位校验码不符，应为 5，请核对");
  assert_text (doc, "string(//h:form[@novalidate]/@enctype)",
               "multipart/form-data");
  assert_text (doc, "string(//h:textarea[@id='note'])",
               "</textarea><script>alert(1)</script>");
  assert_text (doc, "count(//h:select[@id='ethnic']/h:optgroup)", "2");
  assert_text (doc, "string(//h:select[@id='ethnic']//h:option[@selected])",
               "汉族");
  assert_text (doc, "string(//h:ol[@class='strip']/h:li[4]/h:a/h:small)",
               "选填");
  assert_text (doc, "string(//h:ol[@class='strip']/h:li[1]/h:a/h:small)",
               "3 处错误");
  assert_text (doc, "string(//h:select[@id='duty.1.post']/@aria-label)",
               "第1行职务");
  assert_text (doc, "string(//h:input[@type='file'][@aria-invalid]/@name)",
               "paper.approval");
  g_assert_cmpint (count (doc, "//h:button[@value='del:duty:1']"), ==, 1);
  g_assert_cmpint (count (doc, "//h:button[@value='add:duty']"), ==, 1);
  g_assert_cmpint (count (doc, "//h:button[@value='verify']"), ==, 1);
  xmlFreeDoc (doc);
}

/* A closed field is shown with its reason and sends nothing. */
static void
test_closed (void)
{
  g_autofree char *html = NULL;
  xmlDoc *doc = rendered ("form", &html);

  g_assert_cmpint (count (doc, "//*[@name='justice']"), ==, 0);
  g_assert_cmpint (count (doc, "//*[@name='duty.2.post']"), ==, 0);
  assert_text (doc, "string(//*[@id='justice'])", "非政法人员");
  assert_text (doc, "string(//*[@id='justice']/../*[@class='hint'])",
               "编制类型不是政法专项编制，不填");
  xmlFreeDoc (doc);
}

/* Of whom all is known the photo may be missing still. */
static void
test_photo (void)
{
  g_autofree char *html = NULL;
  xmlDoc *doc = rendered ("form-known", &html);

  assert_text (doc, "string(//h:input[@type='file']/@name)", "paper.photo");
  assert_text (doc, "string(//h:label[@for='paper.photo'])", "*照片");
  xmlFreeDoc (doc);
}

/* Enter in a text field presses the first button of the form. */
static void
test_enter (void)
{
  g_autofree char *html = NULL;
  xmlDoc *doc = rendered ("form", &html);

  assert_text (doc, "string(//h:form[@novalidate]//h:button[1]/@value)",
               "save");
  xmlFreeDoc (doc);
}

static void
test_addresses (void)
{
  g_autofree char *html = NULL;
  xmlDoc *doc = rendered ("list", &html);

  g_assert_nonnull (
    strstr (html, "href=\"/bianzhi/entry/?tab=todo&amp;q=a%20b\""));
  assert_text (doc, "string(//h:input[@id='q']/@value)",
               "\"><script>alert(1)</script>");
  assert_text (doc, "string(//h:td[1]/h:a/@href)", "/bianzhi/entry/7");
  xmlFreeDoc (doc);
}

static void
test_empty (void)
{
  g_autofree char *html = NULL;
  xmlDoc *doc = rendered ("list-empty", &html);

  assert_text (doc, "string(//h:tbody)",
               "暂无记录。按“新建”填写一份入编申请。");
  assert_text (doc, "string(//h:tbody//h:td/@colspan)", "3");
  xmlFreeDoc (doc);
}

/* Remarks of the persons and the opinion travel in one form. */
static void
test_review (void)
{
  g_autofree char *html = NULL;
  xmlDoc *doc = rendered ("review", &html);

  g_assert_cmpint (count (doc, "//h:form[.//h:button[@name='move']]"
                               "//h:input[@name='remark.31.birth_date']"),
                   ==, 1);
  g_assert_cmpint (count (doc, "//h:form[.//h:textarea[@name='opinion']]"
                               "//h:input[@name='take']"),
                   ==, 2);
  g_assert_cmpint (count (doc, "//h:button[@name='move']"), ==, 3);
  assert_text (doc, "string(//h:table[@class='quota']//h:tr[5]/h:td[4])", "-1");
  g_assert_cmpint (count (doc, "//*[@role='img'][@aria-label]"), ==, 4);
  xmlFreeDoc (doc);
}

static void
test_login (void)
{
  g_autofree char *html = NULL;
  xmlDoc *doc = rendered ("login-resume", &html);

  g_assert_cmpint (count (doc, "//h:nav"), ==, 0);
  assert_text (doc, "string(//h:form//h:input[@name='name']/@value)",
               "周文博 <script>alert(1)</script>");
  assert_text (doc, "string(//h:input[@id='password']/@type)", "password");
  assert_text (doc, "string(//h:input[@id='password']/@value)", "");
  g_assert_nonnull (strstr (html, "0000-0000000"));
  xmlFreeDoc (doc);
}

/* A5.15: three copies, ten persons a page. */
static void
test_sheet (void)
{
  static const struct {
    const char *name;
    int sheets, rows, blank;
  } want[] = {
    { "notice", 3, 9, 3 },
    { "notice-10", 3, 30, 0 },
    { "notice-12", 6, 36, 3 },
    { "notice-void", 1, 1, 1 },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (want); i++) {
    g_autofree char *html = NULL;
    xmlDoc *doc = rendered (want[i].name, &html);

    g_assert_cmpint (count (doc, "//h:section"), ==, want[i].sheets);
    g_assert_cmpint (count (doc, "//h:td[@class='blank']"), ==, want[i].blank);
    g_assert_cmpint (count (doc, "//h:table[@class='persons']//h:tbody/h:tr"
                                 "[count(h:td) = 9]"),
                     ==, want[i].rows);
    g_assert_cmpint (count (doc, "//h:section[count(.//h:tbody/h:tr"
                                 "[count(h:td) = 9]) > 10]"),
                     ==, 0);
    xmlFreeDoc (doc);
  }
}

static void
test_sheet_words (void)
{
  g_autofree char *html = NULL;
  xmlDoc *doc = rendered ("notice-12", &html);

  assert_text (doc, "string(//h:section[1]/h:div[@class='copy'])",
               "第一联用编单位");
  assert_text (doc, "string(//h:section[3]/h:div[@class='copy'])",
               "第二联组织、人社部门");
  assert_text (doc, "string(//h:section[5]/h:div[@class='copy'])",
               "第三联财政部门");
  assert_text (doc, "string(//h:section[1]/h:div[@class='no']/h:span[1])",
               "示编入〔2026〕1号");
  assert_text (doc, "string(//h:section[1]//*[@class='again'])", "补打第 1 次");
  assert_text (doc, "string(//h:section[2]//*[@class='sign']/h:p[2])",
               "2026年11月20日");
  assert_text (doc, "string(//h:section[1]//h:tbody/h:tr[2]/h:td[2])",
               "谭　𬭎");
  g_assert_cmpint (count (doc, "//h:section[1]//*[@class='sign']"), ==, 0);
  g_assert_cmpint (count (doc, "//h:p[@class='void']"), ==, 0);
  xmlFreeDoc (doc);
}

/* 入编审批单: one row a step with its last decision, each value in its cell. */
static void
test_approval (void)
{
  g_autofree char *html = NULL;
  xmlDoc *doc = rendered ("approval", &html);

  g_assert_cmpint (count (doc, "//h:section"), ==, 1);
  g_assert_cmpint (count (doc, "//h:tr[@class='step']"), ==, 3);
  assert_text (doc, "string(//h:tr[@class='step'][1])",
               "单位填报上报李建国2026-11-18");
  assert_text (doc, "string(//h:tr[@class='step'][2]/h:td[2])", "情况属实");
  assert_text (doc, "string(//h:tr[@class='step'][3]/h:td[3])", "罗　凯");
  assert_text (doc, "string(//h:th[.='主管部门']/following-sibling::h:td)",
               "市政府");
  assert_text (doc, "string(//h:th[.='任职文号']/following-sibling::h:td)",
               "示任〔2026〕3号");
  assert_text (doc, "string(//h:th[.='入编前实有']/following-sibling::h:td)",
               "41");
  assert_text (doc, "string(//h:td[@class='text']/h:p)",
               "经审核，同意谭𬭎同志以“考录”方式使用"
               "市生态环境局行政编制 "
               "1 名，自2026年11月20日起入编。");
  g_assert_cmpint (count (doc, "//*[local-name()='svg']"), ==, 1);
  xmlFreeDoc (doc);
}

/* -- Layouts. */

static double
mm (const xmlNode *n, const char *name)
{
  const char *text = xml_attr (n, name);

  return text != NULL ? g_ascii_strtod (text, NULL) : 0;
}

static double
width (const xmlNode *n)
{
  double w = mm (n, "w");

  for (const xmlNode *c = xml_child (n, "c"); c != NULL; c = xml_next (c, "c"))
    w += mm (c, "w");
  return w;
}

/* Nothing leaves the paper, tables have one right edge, rows do not overlap. */
static void
page_ok (const xmlNode *page)
{
  double below = 0;

  g_assert_cmpstr (xml_attr (page, "w"), ==, "210");
  for (const xmlNode *n = page->children; n != NULL; n = n->next) {
    if (n->type != XML_ELEMENT_NODE)
      continue;
    g_assert_cmpfloat (mm (n, "x"), >=, 20);
    g_assert_cmpfloat (mm (n, "x") + width (n), <=, 200);
    g_assert_cmpfloat (mm (n, "y") + mm (n, "h"), <=, 290);
    if (g_strcmp0 ((const char *) n->name, "row") != 0)
      continue;
    g_assert_cmpfloat_with_epsilon (mm (n, "x") + width (n), 188, .01);
    g_assert_cmpfloat (mm (n, "y"), >=, below - .01);
    below = mm (n, "y") + mm (n, "h");
  }
}

static void
test_layout (void)
{
  static const struct {
    const char *name;
    unsigned pages;
  } want[] = {
    { "notice", 3 },      { "notice-10", 3 }, { "notice-12", 6 },
    { "notice-void", 1 }, { "approval", 1 },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (want); i++) {
    g_autofree char *path = g_strdup_printf ("%s/tests/html/%s.xml", srcdir,
                                             want[i].name);
    g_autoptr (GError) error = NULL;
    xmlDoc *page = sample_load (path, &error);
    g_autoptr (GBytes) text = view_xml (page, "entry/sheets-pdf", &error);
    unsigned pages = 0;
    xmlDoc *doc;

    g_assert_no_error (error);
    doc = xml_parse (g_bytes_get_data (text, NULL),
                     (gssize) g_bytes_get_size (text), &error);
    g_assert_no_error (error);
    for (const xmlNode *p = xml_child (xmlDocGetRootElement (doc), "page");
         p != NULL; p = xml_next (p, "page"), pages++)
      page_ok (p);
    g_assert_cmpuint (pages, ==, want[i].pages);
    xmlFreeDoc (doc);
    xmlFreeDoc (page);
  }
}

/* -- What a stylesheet must not be able to do. */

/* Load TEXT as view "bad/x"; the error's text, or the result. */
static char *
try_sheet (const char *text, gboolean *loaded)
{
  g_autofree char *dir = g_dir_make_tmp ("bz-view-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "x.xsl", NULL);
  g_autofree char *all = g_strconcat (head, text, "</xsl:stylesheet>", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) html = NULL;
  xmlDoc *page = xml_parse ("<page><a/></page>", -1, NULL);

  g_assert_true (g_file_set_contents (path, all, -1, NULL));
  *loaded = view_load (dir, "bad", &error) == BZ_OK
         && view_ready (&error) == BZ_OK;
  if (*loaded)
    html = view_render (page, "bad/x", &error);
  xmlFreeDoc (page);
  g_unlink (path);
  g_rmdir (dir);
  return html == NULL
         ? g_strdup (error->message)
         : g_strndup (g_bytes_get_data (html, NULL), g_bytes_get_size (html));
}

static void
test_refused (void)
{
  static const struct {
    const char *sheet, *word;
    gboolean loads;
  } bad[] = {
    { "<xsl:template match='/'><p><xsl:copy-of select=\"document('/etc/passwd')"
      "\"/></p></xsl:template>",
      "document()", FALSE },
    { "<xsl:template match='/'><p><xsl:copy-of select=\"document ('')\"/></p>"
      "</xsl:template>",
      "document()", FALSE },
    { "<xsl:variable name='d' select=\"'/etc/passwd'\"/><xsl:key name='k' "
      "match='a' use='.'/><xsl:template match='/'><p><xsl:value-of select="
      "\"document&#10;($d)\"/></p></xsl:template>",
      "x", TRUE },
    { "<xsl:include href='/etc/hostname'/>", "include", FALSE },
    { "<xsl:import href='../x.xsl'/>", "x.xsl", FALSE },
    { "<xsl:import href='bz:../frame.xsl'/>", "frame", FALSE },
    { "<xsl:import href='bz:../../etc/x.xsl'/>", "x", FALSE },
    { "<xsl:import href='bz:none.xsl'/>", "none.xsl", FALSE },
    { "<xsl:import href='http://localhost/x.xsl'/>", "x", FALSE },
    { "<xsl:template match='/'><p><xsl:value-of select='.' "
      "disable-output-escaping='yes'/></p></xsl:template>",
      "escaping", FALSE },
    { "<xsl:template match='/'><p style='color:red'/></xsl:template>", "style",
      FALSE },
    { "<xsl:template match='/'><p onclick='x()'/></xsl:template>", "on...",
      FALSE },
    { "<xsl:template match='/'><p><xsl:value-of select='$none'/></p>"
      "</xsl:template>",
      "x", TRUE },
    { "<xsl:template match='/'><xsl:apply-templates select='.'/>"
      "</xsl:template>",
      "x", TRUE },
    { "<xsl:template match='/'><p><xsl:message terminate='yes'>no"
      "</xsl:message></p></xsl:template>",
      "no", TRUE },
    { "<xsl:template match='/'/>", "no result", TRUE },
    { "<xsl:template match='/'><p></xsl:template>", "x.xsl", FALSE },
    { "<xsl:template match='page[['><p/></xsl:template>", "x.xsl", FALSE },
    { "<xsl:nonsense/>", "x", FALSE },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
    gboolean loaded;
    g_autofree char *said = try_sheet (bad[i].sheet, &loaded);

    g_test_message ("%s: %s", bad[i].sheet, said);
    g_assert_cmpint (loaded, ==, bad[i].loads);
    g_assert_null (strstr (said, "<!DOCTYPE"));
    g_assert_null (strstr (said, "root:"));
    g_assert_nonnull (strstr (said, bad[i].word));
  }
}

/* Two to the power of 40 calls, never deeper than 40. */
static void
test_op_limit (void)
{
  gboolean loaded;
  gint64 start = g_get_monotonic_time ();
  g_autofree char *said = try_sheet (
    "<xsl:template match='/'><p><xsl:call-template name='t'><xsl:with-param "
    "name='n' select='40'/></xsl:call-template></p></xsl:template>"
    "<xsl:template name='t'><xsl:param name='n'/><xsl:if test='$n &gt; 0'>"
    "<xsl:call-template name='t'><xsl:with-param name='n' select='$n - 1'/>"
    "</xsl:call-template><xsl:call-template name='t'><xsl:with-param name='n' "
    "select='$n - 1'/></xsl:call-template></xsl:if></xsl:template>",
    &loaded);

  g_assert_true (loaded);
  g_assert_null (strstr (said, "<!DOCTYPE"));
  g_assert_cmpint (g_get_monotonic_time () - start, <, 60 * G_USEC_PER_SEC);
}

static void
test_import (void)
{
  gboolean loaded;
  g_autofree char *said = try_sheet (
    "<xsl:import href='bz:frame.xsl'/><xsl:template match='page' mode='body'>"
    "<h1>自己的</h1></xsl:template>",
    &loaded);

  g_assert_true (loaded);
  g_assert_nonnull (strstr (said, "<h1>自己的</h1>"));
}

/* -- Sheets that stand over others. */

/* FOLDER/x.xsl below HOUSE with TEXT; the folder's path, to free. */
static char *
layer_put (const char *house, const char *folder, const char *file,
           const char *text)
{
  char *dir = g_build_filename (house, folder, NULL);
  g_autofree char *path = g_build_filename (dir, file, NULL);
  g_autofree char *within = g_path_get_dirname (path);
  g_autofree char *all = g_strconcat (head, text, "</xsl:stylesheet>", NULL);

  g_assert_cmpint (g_mkdir_with_parents (within, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, all, -1, NULL));
  return dir;
}

/* The page of view one/x; NULL: ERROR. */
static char *
layer_render (GError **error)
{
  xmlDoc *page = xml_parse ("<page><a/></page>", -1, NULL);
  g_autoptr (GBytes) html = view_ready (error) == BZ_OK
                            ? view_render (page, "one/x", error)
                            : NULL;

  xmlFreeDoc (page);
  return html == NULL
         ? NULL
         : g_strndup (g_bytes_get_data (html, NULL), g_bytes_get_size (html));
}

#define LAYER_ONE                                                              \
  "<xsl:template match='/'><p><xsl:apply-templates "                           \
  "select='/page/a'/></p></xsl:template><xsl:template match='a'>one"           \
  "</xsl:template>"
#define LAYER_OVER(name)                                                       \
  "<xsl:import href='bz:one/x.xsl'/><xsl:template match='a'>" name             \
  " over <xsl:apply-imports/></xsl:template>"

static const struct {
  const char *pack, *file, *text, *result;
} layers[] = {
  { "one", "x.xsl", LAYER_ONE, "<p>one</p>" },
  { "two", "one/x.xsl", LAYER_OVER ("two"), "<p>two over one</p>" },
  { "three", "one/x.xsl", LAYER_OVER ("three"),
    "<p>three over two over one</p>" },
};

/* A layer that cannot be: NEW in pack four, and why. */
static void
layer_refused (const char *house, const char *file, const char *text,
               const char *why)
{
  g_autofree char *dir = layer_put (house, "four", file, text);
  g_autofree char *path = g_build_filename (dir, file, NULL);
  g_autofree char *html = NULL;
  g_autoptr (GError) error = NULL;

  if (view_load (dir, "four", &error) == BZ_OK)
    html = layer_render (&error);
  g_assert_null (html);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, why));
  g_unlink (path);
}

static void
test_layers (void)
{
  g_autofree char *house = g_dir_make_tmp ("bz-view-XXXXXX", NULL);
  g_autofree char *rm = g_strdup_printf ("rm -r '%s'", house);
  GError *error = NULL;

  for (size_t i = 0; i < G_N_ELEMENTS (layers); i++) {
    g_autofree char *dir = layer_put (house, layers[i].pack, layers[i].file,
                                      layers[i].text);
    g_autofree char *html = NULL;

    g_assert_cmpint (view_load (dir, layers[i].pack, &error), ==, BZ_OK);
    html = layer_render (&error);
    g_assert_no_error (error);
    g_assert_nonnull (strstr (html, layers[i].result));
  }
  layer_refused (house, "none/x.xsl", LAYER_OVER ("four"),
                 "four/none/x.xsl: there is no view none/x");
  layer_refused (house, "one/y.xsl", LAYER_OVER ("four"),
                 "there is no view one/y");
  layer_refused (house, "self.xsl", "<xsl:import href='bz:four/self.xsl'/>",
                 "there is no bz:four/self.xsl below this one");
  view_clear ();
  g_assert_cmpint (sample_views (srcdir, &error), ==, BZ_OK);
  g_assert_true (g_spawn_command_line_sync (rm, NULL, NULL, NULL, NULL));
}

/* Two that import each other. */
static void
test_circle (void)
{
  g_autofree char *house = g_dir_make_tmp ("bz-view-XXXXXX", NULL);
  g_autofree char *rm = g_strdup_printf ("rm -r '%s'", house);
  g_autofree char *dir = layer_put (house, "four", "a.xsl",
                                    "<xsl:import href='bz:four/b.xsl'/>");
  g_autofree char *same = layer_put (house, "four", "b.xsl",
                                     "<xsl:import href='bz:four/a.xsl'/>");
  GError *error = NULL;

  g_assert_cmpint (view_load (dir, "four", &error), ==, BZ_OK);
  g_assert_cmpint (view_ready (&error), <, 0);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "round in a circle"));
  g_clear_error (&error);
  g_assert_true (view_exists ("list")); /* what was there goes on */
  view_clear ();
  g_assert_cmpint (sample_views (srcdir, &error), ==, BZ_OK);
  g_assert_true (g_spawn_command_line_sync (rm, NULL, NULL, NULL, NULL));
}

static void
test_unknown (void)
{
  g_autoptr (GError) error = NULL;
  xmlDoc *page = xml_parse ("<page/>", -1, NULL);

  g_assert_false (view_exists ("nothing"));
  g_assert_true (view_exists ("list"));
  g_assert_true (view_exists ("entry/sheets"));
  g_assert_null (view_render (page, "nothing", &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_cmpint (view_load ("/nonexistent", "bad", &error), <, 0);
  g_assert_nonnull (error);
  g_assert_cmpint (strlen (view_static_version ()), ==, 8);
  xmlFreeDoc (page);
}

/* -- Our saver against the library's. */

static char *
by_library (xmlDoc *doc)
{
  xmlBuffer *buffer = xmlBufferCreate ();
  xmlSaveCtxt *save = xmlSaveToBuffer (buffer, "UTF-8",
                                       XML_SAVE_XHTML | XML_SAVE_NO_DECL);
  char *text;

  xmlSaveDoc (save, doc);
  xmlSaveClose (save);
  text = g_strdup ((const char *) xmlBufferContent (buffer));
  xmlBufferFree (buffer);
  return text;
}

/* Whatever it writes, it writes as the library does.  Did it write? */
static bool
same_bytes (xmlDoc *doc)
{
  GString *ours = g_string_new (NULL);
  g_autofree char *text = NULL, *theirs = NULL;
  bool wrote = html_write (ours, doc);

  text = g_string_free (ours, FALSE);
  if (!wrote)
    return false;
  theirs = by_library (doc);
  g_assert_cmpstr (text, ==, theirs);
  return true;
}

static const char *
any (GRand *rand, const char *const *of, int n)
{
  return of[g_rand_int_range (rand, 0, n)];
}

static void
grow (GRand *rand, xmlNode *into, int depth)
{
  static const char *const names[] = { "p",      "div",      "td",    "a",
                                       "form",   "input",    "br",    "img",
                                       "ul",     "head",     "title", "script",
                                       "select", "textarea", "body",  "meta" };
  static const char *const attributes[] = { "class",    "id",        "name",
                                            "lang",     "value",     "data-t",
                                            "checked",  "href",      "title",
                                            "selected", "http-equiv" };
  static const char *const texts[] = {
    "机构编制",    "a<b>&\"c'",         "",    "\t\r\n x", "&amp;&#60;",
    "</script>",   "\U00020000 \u00a0", "]]>", "--><!--",  "\u2028",
    "\"><script>", "javascript:'\"<>&"
  };

  for (int i = g_rand_int_range (rand, 0, 5); i > 0; i--) {
    const char *text = any (rand, texts, G_N_ELEMENTS (texts));
    xmlNode *child;

    if (g_rand_boolean (rand)) {
      xmlAddChild (into, xmlNewDocText (into->doc, BAD_CAST text));
      continue;
    }
    child = xmlNewDocRawNode (into->doc, NULL,
                              BAD_CAST any (rand, names, G_N_ELEMENTS (names)),
                              NULL);
    xmlAddChild (into, child);
    for (int n = g_rand_int_range (rand, 0, 4); n > 0; n--)
      xmlSetProp (child,
                  BAD_CAST any (rand, attributes, G_N_ELEMENTS (attributes)),
                  BAD_CAST any (rand, texts, G_N_ELEMENTS (texts)));
    if (depth > 0)
      grow (rand, child, depth - 1);
  }
}

static void
test_saver (void)
{
  GRand *rand = g_rand_new_with_seed (20261126);
  int wrote = 0;

  for (int i = 0; i < 5000; i++) {
    xmlDoc *doc = xmlNewDoc (BAD_CAST "1.0");

    xmlDocSetRootElement (doc,
                          xmlNewDocNode (doc, NULL, BAD_CAST "html", NULL));
    grow (rand, xmlDocGetRootElement (doc), 4);
    wrote += same_bytes (doc);
    xmlFreeDoc (doc);
  }
  g_assert_cmpint (wrote, >, 1000);
  g_assert_cmpint (wrote, <, 5000); /* what is odd is left to the library */
  g_rand_free (rand);
}

/* What only the library can write. */
static void
test_saver_not (void)
{
  static const char *const odd[] = {
    "<html><p><!-- c --></p></html>",
    "<html><?pi x?></html>",
    "<html xmlns='http://www.w3.org/1999/xhtml'/>",
    "<html xml:lang='zh'/>",
    "<svg/>",
    "<html/><!-- c -->",
    "<html><head><title>t</title></head></html>",
    "<html><form name='f'/></html>",
    "<html><input checked=''/></html>",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (odd); i++) {
    xmlDoc *doc = xmlReadMemory (odd[i], (int) strlen (odd[i]), "t", NULL, 0);

    if (same_bytes (doc))
      g_error ("written by ourselves: %s", odd[i]);
    xmlFreeDoc (doc);
  }
}

/* All memory of a page goes with it, that of a failure too. */
static void
test_memory (void)
{
  size_t held[3], waiting;

  for (int round = 0; round < 3; round++) {
    g_autofree char *html = NULL, *again = NULL;
    xmlDoc *page = xml_parse ("<page/>", -1, NULL);

    xmlFreeDoc (rendered ("list", &html));
    xmlFreeDoc (rendered ("review", &again));
    g_assert_null (view_render (page, "nothing", NULL));
    xmlFreeDoc (page);
    pool_counts (&held[round], &waiting);
  }
  g_assert_cmpuint (held[1], ==, held[0]);
  g_assert_cmpuint (held[2], ==, held[0]);
}

static void
add_samples (void)
{
  g_autofree char *path = g_build_filename (srcdir, "tests", "html", NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *file;

  g_assert_nonnull (dir);
  while ((file = g_dir_read_name (dir)) != NULL) {
    g_autofree char *test = NULL;
    char *name;

    if (!g_str_has_suffix (file, ".xml") || g_str_equal (file, "shell.xml"))
      continue;
    name = g_strndup (file, strlen (file) - strlen (".xml"));
    test = g_strconcat ("/view/sample/", name, NULL);
    g_test_add_data_func_full (test, name, test_sample, g_free);
  }
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int rc;

  g_test_init (&argc, &argv, NULL);
  xml_init ();
  srcdir = g_getenv ("top_srcdir") != NULL ? g_getenv ("top_srcdir") : SRCDIR;
  if (sample_views (srcdir, &error) < 0)
    g_error ("%s", error->message);
  add_samples ();
  g_test_add_func ("/view/saver/as-the-library-does", test_saver);
  g_test_add_func ("/view/saver/odd-is-left-to-the-library", test_saver_not);
  g_test_add_func ("/view/memory-goes-with-the-page", test_memory);
  g_test_add_func ("/view/form/errors-lead-to-controls", test_form);
  g_test_add_func ("/view/form/closed-field-has-reason-and-no-control",
                   test_closed);
  g_test_add_func ("/view/form/photo-beside-closed-fields-alone", test_photo);
  g_test_add_func ("/view/form/enter-presses-the-main-button", test_enter);
  g_test_add_func ("/view/list/addresses-and-values-unchanged", test_addresses);
  g_test_add_func ("/view/list/empty-says-what-to-do", test_empty);
  g_test_add_func ("/view/review/remarks-and-opinion-in-one-form", test_review);
  g_test_add_func ("/view/login/interrupted-form-goes-along", test_login);
  g_test_add_func ("/view/A5.15/three-copies-ten-persons-a-page", test_sheet);
  g_test_add_func ("/view/A5.15/copies-number-date-reprint", test_sheet_words);
  g_test_add_func ("/view/A5.15/approval-a-row-each-step", test_approval);
  g_test_add_func ("/view/layout/inside-the-paper", test_layout);
  g_test_add_func ("/view/layers/over-and-import", test_layers);
  g_test_add_func ("/view/layers/circle", test_circle);
  g_test_add_func ("/view/refuses/bad-stylesheets", test_refused);
  g_test_add_func ("/view/refuses/too-many-operations", test_op_limit);
  g_test_add_func ("/view/import/bz-address", test_import);
  g_test_add_func ("/view/unknown-view", test_unknown);
  rc = g_test_run ();
  view_clear ();
  return rc;
}
