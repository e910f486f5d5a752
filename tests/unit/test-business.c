/* A business, its hooks, its reason and its menu.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <glib.h>

#include "data/xml.h"
#include "define/business.h"
#include "define/pack.h"
#include "sample.h"

static int
no_effect (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  return BZ_OK;
}

static int
no_prefill (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  return BZ_OK;
}

static const struct bz_business picks[] = {
  { .name = "sample", .prefill = no_prefill },
};
static const struct bz_business rows[] = {
  { .name = "other" }, { .name = "sample", .effect = no_effect },
};
static struct pack own = { .name = (char *) "sample" };

const struct pack *
pack_find (const char *name)
{
  return strcmp (name, own.name) == 0 ? &own : NULL;
}

void
plugin_row (const void *at, uint32_t stride, unsigned n, void *ret,
            size_t size)
{
  g_assert_cmpuint (stride, ==, size);
  memcpy (ret, (const char *) at + (size_t) stride * n, size);
}

static const struct business *
load (void)
{
  g_autoptr (GError) error = NULL;

  own.api.businesses.at = rows;
  own.api.businesses.count = G_N_ELEMENTS (rows);
  own.api.businesses.stride = sizeof rows[0];
  sample_load (TRUE);
  business_load (BZ_TESTS "/defs/good/business.xml", "sample", &error);
  g_assert_no_error (error);
  return business_find ("sample");
}

static void
unload (void)
{
  business_clear ();
  sample_clear ();
}

static void
test_load (void)
{
  const struct business *b = load ();
  const struct print *print = b->prints->pdata[0];

  g_assert_cmpstr (b->title, ==, "人员入编");
  g_assert_cmpstr (b->prefix, ==, "RB");
  g_assert_cmpstr (b->item_word, ==, "人");
  g_assert_cmpstr (b->item_title, ==, "人员");
  g_assert_true (b->head == form_find ("sample/head"));
  g_assert_true (b->item == form_find ("sample/item"));
  g_assert_cmpint (b->min_items, ==, 1);
  g_assert_cmpint (b->max_items, ==, 200);
  g_assert_cmpstr (b->chain, ==, "counter");
  g_assert_cmpstr (b->number, ==, "entry_notice");
  g_assert_cmpstr (b->scope_field, ==, "unit");
  g_assert_cmpstr (print->title, ==, "入编核准通知单");
  g_assert_cmpint (print->copies, ==, 2); /* one for each name */
  g_assert_cmpstr (print->labels->pdata[1], ==, "财政部门");
  g_assert_cmpstr (print->layout, ==, "sample/sheets-pdf");
  g_assert_false (print->each);
  g_assert_null (business_find ("other"));
  unload ();
}

/* Declared jobs first; each print is a job of its own. */
static void
test_jobs (void)
{
  const struct business *b = load ();
  const struct print_job *all = business_job (b, "all");
  const struct print_job *alone = business_job (b, "approval");
  const struct print *approval = alone->prints->pdata[0];

  g_assert_true (b->jobs->pdata[0] == all);
  g_assert_cmpuint (b->jobs->len, ==, 4);
  g_assert_cmpuint (all->prints->len, ==, 2);
  g_assert_true (all->prints->pdata[1] == approval);
  g_assert_cmpuint (alone->prints->len, ==, 1);
  g_assert_true (approval->each);
  g_assert_cmpint (approval->copies, ==, 2);
  g_assert_cmpuint (approval->labels->len, ==, 0);
  g_assert_null (business_job (b, "none"));
  g_assert_null (business_job (b, NULL));
  unload ();
}

/* A print that only some cases have. */
static void
test_when (void)
{
  static const char of_some[] = "<facts><head><entry_mode>07</entry_mode>"
                                "</head></facts>";
  static const char of_none[] = "<facts><head><entry_mode>01</entry_mode>"
                                "</head></facts>";
  const struct business *b = load ();
  const struct print *veteran = business_print (b, "veteran");
  const struct print *notice = business_print (b, "notice");
  xmlDoc *some = xml_parse (of_some, -1, NULL);
  xmlDoc *none = xml_parse (of_none, -1, NULL);

  g_assert_true (business_prints (veteran, some));
  g_assert_false (business_prints (veteran, none));
  g_assert_true (business_prints (notice, none));
  g_assert_null (notice->when);
  xmlFreeDoc (some);
  xmlFreeDoc (none);
  unload ();
}

static void
test_hooks (void)
{
  const struct business *b = load ();
  struct bz_business row = { .name = "sample" };
  struct bz_business strange = { .name = "strange" };

  g_assert_true (b->hooks.effect == no_effect);
  g_assert_cmpint (business_hook (&row), ==, 0);
  g_assert_null (b->hooks.effect);
  g_assert_cmpint (business_hook (&strange), ==, BZ_NOT_FOUND);
  unload ();
}

static void
test_reason (void)
{
  const struct business *b = load ();
  xmlDoc *facts = xml_parse ("<facts><head><entry_mode name='转任'>03"
                             "</entry_mode></head></facts>", -1, NULL);
  xmlDoc *empty = xml_parse ("<facts/>", -1, NULL);
  xmlDoc *other = xml_parse ("<facts><head><entry_mode name='其他'>99"
                             "</entry_mode></head></facts>", -1, NULL);
  g_autofree char *full = business_reason (b, facts, 2);
  g_autofree char *bare = business_reason (b, empty, 0);
  g_autofree char *none = business_reason (b, other, 2);

  g_assert_cmpstr (full, ==, "以转任方式入编，共 2 人");
  g_assert_cmpstr (bare, ==, "以方式入编，共 0 人");
  g_assert_cmpstr (none, ==, "");
  xmlFreeDoc (other);
  xmlFreeDoc (facts);
  xmlFreeDoc (empty);
  unload ();
}

static void
test_menu (void)
{
  g_autoptr (GError) error = NULL;
  const struct menu_item *item;

  (void) load ();
  menu_load (BZ_TESTS "/defs/good/menu.xml", "sample", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (menu_items ()->len, ==, 2);
  item = menu_items ()->pdata[0];
  g_assert_cmpstr (item->path, ==,
                   "实名制管理系统/人员业务申请/人员入编管理");
  g_assert_cmpstr (item->href, ==, "/sample/");
  g_assert_cmpstr (item->permission, ==, "sample.view");
  item = menu_items ()->pdata[1];
  g_assert_cmpstr (item->href, ==, "/sample/unit/");
  unload ();
}

static void
test_twice (void)
{
  g_autoptr (GError) error = NULL;

  (void) load ();
  g_assert_cmpint (business_load (BZ_TESTS "/defs/good/business.xml", "sample",
                                  &error), <, 0);
  g_assert_nonnull (strstr (error->message, "already"));
  unload ();
}

/* A list to pick from: its three queries, its columns. */
static void
test_pick (void)
{
  g_autoptr (GError) error = NULL;
  const struct business *b = load ();
  const struct pick_column *sex;

  g_assert_null (b->pick);
  business_clear ();
  own.api.businesses.at = picks;
  own.api.businesses.count = 1;
  business_load (BZ_TESTS "/defs/good/business-pick.xml", "sample", &error);
  g_assert_no_error (error);
  b = business_find ("sample");
  g_assert_cmpstr (b->pick->query, ==, "sample.people");
  g_assert_cmpstr (b->pick->query_up, ==, "sample.people_up");
  g_assert_cmpstr (b->pick->query_one, ==, "sample.people_one");
  g_assert_cmpstr (b->pick->find, ==, "姓名");
  g_assert_cmpuint (b->pick->columns->len, ==, 2);
  sex = b->pick->columns->pdata[1];
  g_assert_cmpstr (sex->title, ==, "性别");
  g_assert_cmpstr (sex->code, ==, "sex");
  unload ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/business/as-declared", test_load);
  g_test_add_func ("/business/jobs", test_jobs);
  g_test_add_func ("/business/print-of-some-cases", test_when);
  g_test_add_func ("/business/hooks-of-its-plugin", test_hooks);
  g_test_add_func ("/business/HY-14/reason-is-composed", test_reason);
  g_test_add_func ("/business/HY-10/menu", test_menu);
  g_test_add_func ("/business/not-twice", test_twice);
  g_test_add_func ("/business/HY-71/picked-from-a-list", test_pick);
  return g_test_run ();
}
