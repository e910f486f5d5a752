/* The configuration file: defaults, values, and errors that name the place.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <glib/gstdio.h>
#include <unistd.h>
#include "serve/conf-key.h"

static char *dir, *path;

static struct conf *
load (const char *text, GError **error)
{
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return conf_load (path, error);
}

static void
test_defaults (void)
{
  struct conf *c = conf_default ();

  g_assert_cmpint (c->workers, ==, 4);
  g_assert_cmpstr (c->base, ==, "");
  g_assert_cmpint (c->max_file, ==, 20 * 1024 * 1024);
  g_assert_cmpint (c->idle_minutes, ==, 30);
  g_assert_cmpstr (c->cookie, ==, "bz_sid");
  g_assert_null (c->socket);
  g_assert_false (c->demo);
  g_assert_null (c->plugins[0]);
  conf_free (c);
  conf_free (NULL);
}

static void
expect_place (const struct conf *c, const char *key, const char *want)
{
  g_autofree char *place = conf_place (c, "office 48", key);
  g_autofree char *whole = *want != '\0'
                           ? g_strdup_printf ("%s:%s: ", path, want)
                           : g_strdup ("");

  g_assert_cmpstr (place, ==, whole);
}

/* A message can say where a value stands: the last line that sets it. */
static void
test_place (void)
{
  struct conf *c = load ("# one\n[office 4]\nkey=0\n[office 48]\n#key=1\n"
                         "  key = 2\nother=a=key=3\n\n[office 481]\nkey=4\n"
                         "[office 48]\nkey=5\n",
                         NULL);
  g_autofree char *folder = conf_path (c, "files");
  g_autofree char *beside = g_build_filename (dir, "files", NULL);
  g_autofree char *root = conf_path (c, "/srv/files");

  expect_place (c, "key", "12");
  expect_place (c, "other", "7");
  expect_place (c, "none", "");
  g_assert_cmpstr (folder, ==, beside);
  g_assert_cmpstr (root, ==, "/srv/files");
  conf_free (c);
}

static void
test_values (void)
{
  struct conf *c = load ("[server]\nsocket=run/app.sock\nworkers=2\n"
                         "base=/bianzhi/\nplugins=staffing; entry\ndemo=yes\n"
                         "max_file=5M\nspool=/var/spool/bz\npeer=same\n"
                         "[database]\nname=city\npassword=a=b\n"
                         "[product]\nname=示例平台\n"
                         "[session]\ncookie=bz_x\n"
                         "[entry]\nlimit=12\nword=甲\n",
                         NULL);
  g_autofree char *socket = g_build_filename (dir, "run/app.sock", NULL);

  g_assert_nonnull (c);
  g_assert_cmpstr (c->socket, ==, socket);
  g_assert_cmpint (c->workers, ==, 2);
  g_assert_cmpstr (c->base, ==, "/bianzhi");
  g_assert_cmpstr (c->plugins[0], ==, "staffing");
  g_assert_cmpstr (c->plugins[1], ==, "entry");
  g_assert_null (c->plugins[2]);
  g_assert_true (c->demo);
  g_assert_cmpint (c->max_file, ==, 5 * 1024 * 1024);
  g_assert_cmpstr (c->spool, ==, "/var/spool/bz");
  g_assert_cmpint (c->peer, ==, CONF_PEER_SAME);
  g_assert_cmpstr (c->db_name, ==, "city");
  g_assert_cmpstr (c->db_password, ==, "a=b");
  g_assert_cmpstr (c->product, ==, "示例平台");
  g_assert_cmpint (conf_int (c, "entry", "limit", 0), ==, 12);
  g_assert_cmpint (conf_int (c, "entry", "word", 5), ==, 5);
  g_assert_cmpstr (conf_get (c, "entry", "none", "d"), ==, "d");
  conf_free (c);
}

/* A change that waits for another one is answered in time all the same. */
static void
test_lock_seconds (void)
{
  struct conf *c = load ("[server]\nrequest_seconds=6\n[database]\n"
                         "lock_seconds=5\n",
                         NULL);

  g_assert_cmpint (c->lock_seconds, ==, 3);
  conf_free (c);
}

/* Each row: the file, and what the error must name beside the file. */
static void
test_errors (void)
{
  static const struct {
    const char *text, *names;
  } bad[] = {
    { "[server]\nworkers=none\n", "[server] workers" },
    { "[server]\nworkers=0\n", "[server] workers" },
    { "[server]\nworkers=99999999999999999999\n", "[server] workers" },
    { "[server]\nworker=4\n", "[server] worker" },
    { "[server]\nbase=bianzhi\n", "[server] base" },
    { "[server]\nbase=/a//b\n", "[server] base" },
    { "[server]\nbase=/a//\n", "[server] base" },
    { "[server]\nbase=//\n", "[server] base" },
    { "[server]\nbase=/../x\n", "[server] base" },
    { "[server]\nbase=/a b\n", "[server] base" },
    { "[server]\ndemo=perhaps\n", "[server] demo" },
    { "[server]\npeer=all\n", "[server] peer" },
    { "[server]\nplugins=../evil\n", "[server] plugins" },
    { "[server]\nmax_file=20MB\n", "[server] max_file" },
    { "[server]\nmax_file=9999999999G\n", "[server] max_file" },
    { "[server]\nmax_body=1M\n", "[server] max_file" },
    { "[session]\nidle_minutes=-1\n", "[session] idle_minutes" },
    { "[sever]\nworkers=4\n", "[sever] workers: no such section" },
    { "[entry]\nlimit=12\n", "[entry] limit: no such section" },
    { "[database]\nlock_seconds=61\n", "[database] lock_seconds" },
    { "[database]\nunsafe=1\n", "[database] unsafe" },
    { "[session]\nlock_after=0\n", "[session] lock_after" },
    { "[inbox]\ndraft_days=x\n", "[inbox] draft_days" },
    { "[session]\ncookie=sid\n", "[session] cookie" },
    { "[session]\ncookie=bz_a;b\n", "[session] cookie" },
    { "[database]\npassword_file=nowhere\n", "[database] password_file" },
    { "[product]\nurl=bz.example.gov.cn/bianzhi\n", "[product] url" },
    { "[product]\nurl=https:///bianzhi\n", "[product] url" },
    { "[product]\nurl=ftp://bz.example.gov.cn/\n", "[product] url" },
    { "[product]\nurl=https://bz.example.gov.cn/?a=1\n", "[product] url" },
    { "[product]\nurl=https://bz.example .gov.cn/\n", "[product] url" },
    { "workers=4\n", "" },
    { "[server\n", "" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (load (bad[i].text, &error));
    g_assert_nonnull (error);
    g_assert_nonnull (strstr (error->message, path));
    g_assert_nonnull (strstr (error->message, bad[i].names));
  }
}

static void
test_missing (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (conf_load ("/nonexistent/bianzhi.conf", &error));
  g_assert_nonnull (strstr (error->message, "/nonexistent/bianzhi.conf"));
}

/* conf.d: later names win; an error names the file that it stands in. */
static void
test_conf_d (void)
{
  g_autofree char *d = g_build_filename (dir, "conf.d", NULL);
  g_autofree char *a = g_build_filename (d, "10-a.conf", NULL);
  g_autofree char *b = g_build_filename (d, "20-b.conf", NULL);
  g_autofree char *other = g_build_filename (d, "30.conf.bak", NULL);
  g_autoptr (GError) error = NULL;
  struct conf *c;

  g_assert_cmpint (g_mkdir (d, 0700), ==, 0);
  g_file_set_contents (a, "[server]\nworkers=5\nrecycle=7\n", -1, NULL);
  g_file_set_contents (b, "[server]\nworkers=6\n", -1, NULL);
  g_file_set_contents (other, "rubbish", -1, NULL);
  c = load ("[server]\nworkers=2\n", NULL);
  g_assert_nonnull (c);
  g_assert_cmpint (c->workers, ==, 6);
  g_assert_cmpint (c->recycle, ==, 7);
  conf_free (c);
  g_file_set_contents (b, "[server]\nworkers=x\n", -1, NULL);
  g_assert_null (load ("[server]\nworkers=2\n", &error));
  g_assert_nonnull (strstr (error->message, "20-b.conf"));
  g_remove (a);
  g_remove (b);
  g_remove (other);
  g_rmdir (d);
}

static void
test_password_file (void)
{
  g_autofree char *secret = g_build_filename (dir, "secret", NULL);
  struct conf *c;

  g_file_set_contents (secret, "s e c\n", -1, NULL);
  c = load ("[database]\npassword_file=secret\n", NULL);
  g_assert_nonnull (c);
  g_assert_cmpstr (c->db_password, ==, "s e c");
  conf_free (c);
  g_remove (secret);
}

/* Defaults are kept as texts: none may be what its own key refuses. */
static void
test_standards (void)
{
  for (const struct conf_key *k = conf_keys; k->section != NULL; k++) {
    g_autoptr (GError) error = NULL;
    struct conf *c = conf_default ();

    if (k->standard != NULL)
      (void) conf_key_set (c, k, "standard", k->standard, &error);
    g_assert_no_error (error);
    conf_free (c);
  }
}

/* The sample without its comments' marks is a configuration. */
static void
test_sample (void)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GString) open = g_string_new (NULL);
  struct conf *c;

  g_file_get_contents (BZ_TOP "/conf/bianzhi.conf", &text, NULL, &error);
  g_assert_no_error (error);
  c = load (text, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_hash_table_size (c->values), ==, 0);
  conf_free (c);
  lines = g_strsplit (text, "\n", -1);
  for (char **l = lines; *l != NULL; l++)
    if (strstr (*l, "_file=") == NULL)
      g_string_append_printf (open, "%s\n",
                              g_str_has_prefix (*l, "# ")
                                ? ""
                                : *l + strspn (*l, "#"));
  c = load (open->str, &error);
  g_assert_no_error (error);
  g_assert_cmpint (c->workers, ==, 4);
  g_assert_cmpint (c->render_memory, ==, INT64_C (1) << 30);
  g_assert_null (c->socket);
  conf_free (c);
}

int
main (int argc, char **argv)
{
  int rc;

  g_test_init (&argc, &argv, NULL);
  dir = g_dir_make_tmp ("test-conf-XXXXXX", NULL);
  path = g_build_filename (dir, "bianzhi.conf", NULL);
  g_test_add_func ("/conf/defaults", test_defaults);
  g_test_add_func ("/conf/values", test_values);
  g_test_add_func ("/conf/lock-seconds", test_lock_seconds);
  g_test_add_func ("/conf/an-error-names-file-and-key", test_errors);
  g_test_add_func ("/conf/place-of-a-value", test_place);
  g_test_add_func ("/conf/no-file", test_missing);
  g_test_add_func ("/conf/conf-d-in-order-of-names", test_conf_d);
  g_test_add_func ("/conf/password-file", test_password_file);
  g_test_add_func ("/conf/a-default-is-a-value-of-its-key", test_standards);
  g_test_add_func ("/conf/the-sample-is-a-configuration", test_sample);
  rc = g_test_run ();
  g_remove (path);
  g_rmdir (dir);
  g_free (path);
  g_free (dir);
  return rc;
}
