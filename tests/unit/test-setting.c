/* Settings of an office: inherited from the nearest office above, checked at
 * the start.  SPDX-License-Identifier: MulanPSL-2.0 */
#include <glib.h>
#include "data/db.h"
#include "define/pack.h"
#include "sample.h"
#include "serve/conf.h"
#include "work/setting.h"

/* No plugins here. */
const struct pack *
pack_find (const char *name)
{
  return NULL;
}

void
plugin_row (const void *at, uint32_t stride, unsigned n, void *ret,
            size_t size)
{
}

static const char *const columns[] = { "code", NULL };
static const char *const cells[] = { "4803", "48" };
static const struct db_script sql[] = {
  { "bz.scope_codes", "9", columns, cells, 2, 0 },
};

static void
set (struct conf *conf, const char *name, const char *value)
{
  g_hash_table_insert (conf->values, g_strdup (name), g_strdup (value));
}

/* What the office 9, code 4803 below 48, has; ASKED: the database was. */
static void
expect (struct conf *conf, const char *want, unsigned asked)
{
  struct db *db = db_scripted (sql, 1);
  struct bz_req *req = req_new (conf, db);
  const char *got;

  g_assert_cmpint (setting_get (req, 9, "days.sample", "3", &got), ==, BZ_OK);
  g_assert_cmpstr (got, ==, want);
  g_assert_cmpuint (db_script_asked (db), ==, asked);
  req_free (req);
  db_close (db);
}

static void
test_inherited (void)
{
  struct conf *conf = conf_default ();

  expect (conf, "3", 0);
  set (conf, "office 4804\ndays.sample", "9");
  set (conf, "office 4803\nchain.sample", "online");
  expect (conf, "3", 1);
  set (conf, "office 48\ndays.sample", "7");
  expect (conf, "7", 1);
  set (conf, "office 4803\ndays.sample", "5");
  expect (conf, "5", 1);
  conf_free (conf);
}

static void
test_checked (void)
{
  static const struct { const char *name, *value, *says; } rows[] = {
    { "office 48\nchain.sample", "online", NULL },
    { "office 48\ndays.sample", "250", NULL },
    { "office 48\nchain.sample", "nowhere", "no process" },
    { "office 48\nchain.other", "online", "no such business" },
    { "office 48\ndays.sample", "0", "1 to 250" },
    { "office 48\ndays.sample", "251", "1 to 250" },
    { "office 48\ndays.sample", "three", "1 to 250" },
    { "office 48\nchain", "online", "no such setting" },
    { "office 48\ntitle.sample.notice", "核准通知书", NULL },
    { "office 48\ntitle.sample.notice", "", "1 to 30 letters" },
    { "office 48\ntitle.sample.notice", "a\tb", "1 to 30 letters" },
    { "office 48\ntitle.sample.letter", "介绍信", "prints no 'letter'" },
    { "office 48\ncopies.sample.notice", "甲; 乙", NULL },
    { "office 48\ncopies.sample.notice", "甲", "2 copies, here are 1" },
    { "office 48\ncopies.sample.notice", "甲;", "name 2 is empty" },
    { "office 48\ncopies.sample.notice", "甲;甲", "two copies" },
    { "office 48\ncopies.sample.approval", "甲", "no named copies" },
    { "office 48\ndownloads", "/srv/48", NULL },
    { "office 48\ndownloads", "", "name the folder" },
    { "office 48\ncolour", "red", "no such setting" },
    { "office 48\nchains.sample", "online", "no such setting" },
    { "officer 48\ncolour", "red", NULL },
  };
  GError *error = NULL;

  sample_load (TRUE);
  business_load (BZ_TESTS "/defs/good/business.xml", "sample", &error);
  g_assert_no_error (error);
  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++) {
    struct conf *conf = conf_default ();

    set (conf, rows[i].name, rows[i].value);
    if (rows[i].says == NULL) {
      g_assert_cmpint (setting_check (conf, &error), ==, BZ_OK);
      g_assert_no_error (error);
    }
    else {
      g_assert_cmpint (setting_check (conf, &error), <, 0);
      g_assert_nonnull (strstr (error->message, rows[i].says));
      g_assert_nonnull (strstr (error->message, "[office 48] "));
      g_clear_error (&error);
    }
    conf_free (conf);
  }
  business_clear ();
  sample_clear ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/setting/A5.17/inherited-from-the-office-above",
                   test_inherited);
  g_test_add_func ("/setting/A5.17/checked-at-the-start", test_checked);
  return g_test_run ();
}
