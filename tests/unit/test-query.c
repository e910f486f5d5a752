/* Named queries: what the loader turns them into and what it refuses.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "data/query.h"
#include "data/xml.h"
#include <glib/gstdio.h>
#include <unistd.h>

#define Q(attributes, body)                                                    \
  "<queries pack='t'>\n<query name='t.q' " attributes ">" body "</query>"      \
  "</queries>"
#define ARG(name, type) "<arg name='" name "' type='" type "'/>"

/* Load TEXT as the queries of PACK. */
static int
load (const char *text, const char *pack, GError **error)
{
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("bz-q-XXXXXX", &path, NULL), rc;

  close (fd);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  rc = query_load (path, pack, error);
  g_remove (path);
  return rc;
}

/* TEXT is refused with a sentence that has WORDS and the line in it. */
static void
refused (const char *text, const char *words)
{
  g_autoptr (GError) error = NULL;

  query_clear ();
  g_assert_cmpint (load (text, "t", &error), <, 0);
  if (strstr (error->message, words) == NULL)
    g_error ("\"%s\" is not in \"%s\"", words, error->message);
  g_assert_null (query_find ("t.q"));
}

static const struct query *
loaded (const char *text)
{
  g_autoptr (GError) error = NULL;

  query_clear ();
  g_assert_cmpint (load (text, "t", &error), ==, 0);
  g_assert_no_error (error);
  return query_find ("t.q");
}

static void
test_slots (void)
{
  const struct query *q = loaded (
    Q ("",
       ARG ("a", "int") ARG ("b", "text") "<sql> SELECT :b, :a, :b FROM x "
                                          "WHERE s = :scope AND o = :operator "
                                          "</sql>"));

  g_assert_cmpstr (q->sql, ==, "SELECT ?, ?, ? FROM x WHERE s = ? AND o = ?");
  g_assert_cmpuint (q->n_slots, ==, 5);
  g_assert_cmpint (q->slot[0], ==, 1);
  g_assert_cmpint (q->slot[1], ==, 0);
  g_assert_cmpint (q->slot[2], ==, 1);
  g_assert_cmpint (q->slot[3], ==, QUERY_SCOPE);
  g_assert_cmpint (q->slot[4], ==, QUERY_OPERATOR);
  g_assert_cmpint (q->type[0], ==, QUERY_INT);
  g_assert_cmpstr (q->arg[1], ==, "b");
  g_assert_true (q->reads);
}

/* Colons that begin no parameter. */
static void
test_not_a_parameter (void)
{
  static const char *const same[] = {
    "SELECT '12:30', \"a:b\", `c:d`, a::b, @x := 1, 'it''s :no', '\\':no'",
    "SELECT TIME '10:20:30' + 5--1",
    "SELECT '-- :no', '/* :no */', '?', ';'",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (same); i++) {
    g_autofree char *text = g_markup_printf_escaped (
      "<queries pack='t'><query name='t.q'><sql>%s</sql></query></queries>",
      same[i]);

    g_assert_cmpstr (loaded (text)->sql, ==, same[i]);
    g_assert_cmpuint (loaded (text)->n_slots, ==, 0);
  }
}

static void
test_comments (void)
{
  const struct query *q = loaded (
    Q ("", ARG ("a", "int") "<sql>SELECT 1 -- :not ' this\n, /* nor :this; */ "
                            ":a # :no ?\n;\n</sql>"));

  g_assert_cmpuint (q->n_slots, ==, 1);
  g_assert_null (strstr (q->sql, "this"));
  g_assert_null (strchr (q->sql, ';'));
}

static void
test_reads (void)
{
  g_assert_true (loaded (Q ("", "<sql>select 1</sql>"))->reads);
  g_assert_true (
    loaded (Q ("", "<sql>WITH x AS (SELECT 1) SELECT 2</sql>"))->reads);
  g_assert_false (loaded (Q ("", "<sql>UPDATE x SET y = 1</sql>"))->reads);
  g_assert_false (loaded (Q ("", "<sql>SELECTED</sql>"))->reads);
}

/* A fragment stands where it is used, once or more, as if it were written there;
 * another file knows nothing of it. */
static void
test_fragments (void)
{
  const struct query *q = loaded (
    "<queries pack='t'>"
    "<query name='t.q'><arg name='a' type='int'/>"
    "<sql>SELECT x FROM y WHERE NOT (<use fragment='mine'/>)\n"
    "OR <use fragment='mine'/></sql></query>"
    "<fragment name='mine'>\n  b = :a AND c = :scope\n</fragment></queries>");
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (q->sql, ==,
                   "SELECT x FROM y WHERE NOT (b = ? AND c = ?)\n"
                   "OR b = ? AND c = ?");
  g_assert_cmpuint (q->n_slots, ==, 4);
  g_assert_cmpint (q->slot[2], ==, 0);
  g_assert_cmpint (q->slot[3], ==, QUERY_SCOPE);
  g_assert_cmpint (load ("<queries pack='u'><query name='u.q'><sql>SELECT 1\n"
                         "WHERE <use fragment='mine'/></sql></query></queries>",
                         "u", &error),
                   <, 0);
  g_assert_nonnull (strstr (error->message, ":2: query u.q: there is no "
                                            "fragment 'mine' in this file"));
}

/* Only a SELECT that answers the same when it is asked again. */
static void
test_steady (void)
{
  static const char *const not [] = {
    "UPDATE x SET y = 1",          "SELECT 1 FROM x FOR UPDATE",
    "SELECT 1 LOCK IN SHARE MODE", "SELECT now()",
    "SELECT NEXTVAL(s)",           "SELECT LAST_INSERT_ID()",
    "SELECT GET_LOCK('a', 1)",
  };

  g_assert_true (
    loaded (Q ("", "<sql>SELECT updated, 'UPDATE' FROM x</sql>"))->steady);
  for (size_t i = 0; i < G_N_ELEMENTS (not ); i++) {
    g_autofree char *text = g_strdup_printf (
      "<queries pack='t'><query name='t.q'><sql>%s</sql></query></queries>",
      not [i]);

    g_assert_false (loaded (text)->steady);
  }
}

static void
test_arguments (void)
{
  refused (Q ("", ARG ("a", "int") "<sql>SELECT 1</sql>"),
           "declared and not used");
  refused (Q ("", "<sql>SELECT :a</sql>"), ":a is used and not declared");
  refused (Q ("", ARG ("a", "int") "<sql>SELECT ':a'</sql>"), "not used");
  refused (Q ("", ARG ("a", "int") ARG ("a", "int") "<sql>SELECT :a</sql>"),
           "twice");
  refused (Q ("", ARG ("a", "float") "<sql>SELECT :a</sql>"), "type");
  refused (Q ("", "<arg name='a'/><sql>SELECT :a</sql>"), "type");
  refused (Q ("", ARG ("A", "int") "<sql>SELECT :A</sql>"), "small letters");
  refused (Q ("", ARG ("a", "int") "<sql>SELECT :aB, :a</sql>"), "small");
  refused (Q ("", ARG ("scope", "int") "<sql>SELECT :scope</sql>"), "session");
  refused (Q ("", ARG ("operator", "int") "<sql>SELECT :operator</sql>"),
           "session");
}

static void
test_statement (void)
{
  refused (Q ("", "<sql>SELECT ?</sql>"), "bare ?");
  refused (Q ("", "<sql>SELECT 1; DROP TABLE x</sql>"), "second statement");
  refused (Q ("", "<sql>SELECT 1 /*!50000 , 2 */</sql>"), "execute");
  refused (Q ("", "<sql>SELECT 1 /*M! , 2 */</sql>"), "execute");
  refused (Q ("", "<sql>SELECT 1 FROM t_a, t_b</sql>"), "write JOIN");
  refused (Q ("", "<sql>SELECT 1 FROM `t_a` a , t_b b</sql>"), "write JOIN");
  refused (Q ("", "<sql>  </sql>"), "no statement");
  refused (Q ("", "<sql>-- nothing</sql>"), "no statement");
  refused (Q ("", ""), "no statement");
}

static void
test_names (void)
{
  refused ("<queries pack='t'><query name='u.q'><sql>SELECT 1</sql></query>"
           "</queries>",
           "begin with");
  refused ("<queries pack='t'><query name='q'><sql>SELECT 1</sql></query>"
           "</queries>",
           "begin with");
  refused ("<queries pack='t'><query name='t.'><sql>SELECT 1</sql></query>"
           "</queries>",
           "begin with");
  refused ("<queries pack='t'><query><sql>SELECT 1</sql></query></queries>",
           "begin with");
  refused ("<queries pack='u'/>", "pack=\"t\"");
  refused ("<other pack='t'/>", "pack=\"t\"");
}

static void
test_duplicate (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (loaded (Q ("", "<sql>SELECT 1</sql>")));
  g_assert_cmpint (load (Q ("", "<sql>SELECT 2</sql>"), "t", &error), <, 0);
  g_assert_nonnull (strstr (error->message, "already"));
  g_assert_cmpstr (query_find ("t.q")->sql, ==, "SELECT 1");
}

/* The platform may name as it likes, but not in a plugin's place. */
static void
test_platform_names (void)
{
  g_autoptr (GError) error = NULL;

  query_clear ();
  g_assert_cmpint (load ("<queries pack='bz'><query name='session.load'><sql>"
                         "SELECT 1</sql></query></queries>",
                         "bz", NULL),
                   ==, 0);
  g_assert_cmpint (load (Q ("", "<sql>SELECT 1</sql>"), "t", NULL), ==, 0);
  g_assert_cmpint (load ("<queries pack='bz'><query name='t.load'><sql>"
                         "SELECT 1</sql></query></queries>",
                         "bz", &error),
                   <, 0);
  g_assert_true (query_pack_known ("session.x"));
  g_assert_false (query_pack_known ("sess.x"));
}

static void
test_scoped (void)
{
#define S "<queries pack='t'><scoped table='st_x'/><query name='t.q' "
  refused (S "><sql>SELECT a FROM st_x</sql></query></queries>", "st_x");
  refused (S "><sql>SELECT a FROM y JOIN ST_X</sql></query></queries>", "st_x");
  refused (S "><sql>SELECT a FROM `st_x`</sql></query></queries>", "st_x");
  refused (S "><sql>SELECT a FROM d.st_x</sql></query></queries>", "st_x");
  refused (S "><sql>WITH q AS (SELECT a FROM st_x) SELECT a FROM q</sql>"
             "</query></queries>",
           "st_x");
  refused (S "unscoped=''><sql>SELECT a FROM st_x</sql></query></queries>",
           "st_x");
  refused (S "><sql>SELECT ':scope' FROM st_x -- :scope\n</sql></query>"
             "</queries>",
           "st_x");
  loaded (S "><sql>SELECT a FROM st_x WHERE s = :scope</sql></query>"
            "</queries>");
  loaded (S "unscoped='one number in the whole country'><sql>SELECT a FROM "
            "st_x</sql></query></queries>");
  loaded (S "><sql>SELECT a FROM st_xy WHERE b = 'st_x'</sql></query>"
            "</queries>");
  loaded (S "><sql>UPDATE st_x SET a = 1</sql></query></queries>");
#undef S
}

/* What one pack declares holds for the packs after it. */
static void
test_scoped_later (void)
{
  g_autoptr (GError) error = NULL;

  query_clear ();
  g_assert_cmpint (load ("<queries pack='a'><scoped table='st_x'/></queries>",
                         "a", NULL),
                   ==, 0);
  g_assert_cmpint (load (Q ("", "<sql>SELECT 1 FROM st_x</sql>"), "t", &error),
                   <, 0);
  g_assert_nonnull (strstr (error->message, "st_x"));
}

static void
test_place (void)
{
  g_autoptr (GError) error = NULL;

  query_clear ();
  g_assert_cmpint (load (Q ("", "<sql>SELECT ?</sql>"), "t", &error), <, 0);
  g_assert_nonnull (strstr (error->message, ":2: query t.q: "));
}

static void
test_schema (void)
{
  static const char *const bad[] = {
    "<queries pack='t'><query name='t.q' scoped='no'><sql>SELECT 1</sql>"
    "</query></queries>",
    "<queries pack='t'><qery name='t.q'/></queries>",
    "<queries pack='t'><query name='t.q'><sql>SELECT 1</sql><arg name='a' "
    "type='int'/></query></queries>",
    "<queries pack='t'><query name='t.q' unscoped='yes'><sql>SELECT 1</sql>"
    "</query></queries>",
    "<queries pack='t'><scoped name='st_x'/></queries>",
  };
  g_autofree char *dir = g_build_filename (BZ_TOP, "conf", "schema", NULL);

  xml_schema_dir_set (dir);
  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++)
    refused (bad[i], ":");
  loaded (Q ("", ARG ("a", "date") "<sql>SELECT :a</sql>"));
  xml_schema_dir_set (NULL);
}

/* Which tables a statement changes, however it is written; of a SELECT, which it
 * reads. */
static void
test_tables (void)
{
  static const struct {
    const char *sql, *tables;
  } all[] = {
    { "INSERT INTO a (x) SELECT x FROM b JOIN c", "a" },
    { "insert ignore into A values (1)", "a" },
    { "REPLACE INTO a SET x = 1", "a" },
    { "UPDATE a SET x = 1 WHERE y IN (SELECT y FROM b)", "a b" },
    { "UPDATE IGNORE `a` SET x = 1", "a" },
    { "UPDATE LOW_PRIORITY a JOIN b ON a.y = b.y SET b.x = 1", "a b" },
    { "DELETE FROM a WHERE x = 'FROM c'", "a" },
    { "DELETE m FROM a m JOIN b r ON r.x = m.x", "a b" },
    { "SELECT 1 FROM (SELECT 2 FROM a) s JOIN b WHERE EXISTS (SELECT 1 FROM c)",
      "a b c" },
    { "SELECT 1 FROM (a JOIN b ON a.y = b.y)", "a b" },
    { "SELECT STRAIGHT_JOIN x FROM a STRAIGHT_JOIN b ON a.y = b.y", "a b" },
    { "SELECT EXTRACT(YEAR FROM x), y FROM a m ORDER BY y, x", "x a" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (all); i++) {
    g_autofree char *text = g_strconcat ("<queries pack='t'><query name='t.q'>"
                                         "<sql>",
                                         all[i].sql, "</sql></query></queries>",
                                         NULL);
    const struct query *q = loaded (text);
    g_autofree char *found = g_strjoinv (" ", q->tables);

    g_assert_cmpstr (found, ==, all[i].tables);
  }
  refused (Q ("", "<sql>INSERT a VALUES (1)</sql>"), "behind INTO");
}

static void
test_keeping (void)
{
  const struct query *q = loaded (
    Q ("kept='yes'", "<sql>SELECT 1 FROM a</sql>"));

  g_assert_true (q->kept && q->apart);
  g_assert_true (query_keeps ("a"));
  g_assert_false (query_keeps ("b"));
  q = loaded (Q ("apart='yes'", "<sql>SELECT 1 FROM a</sql>"));
  g_assert_true (q->apart && !q->kept);
  g_assert_false (query_keeps ("a"));
  refused (Q ("kept='yes'", "<sql>SELECT NOW()</sql>"), "plain SELECT");
  refused (Q ("apart='yes'", "<sql>SELECT 1 FROM a FOR UPDATE</sql>"),
           "plain SELECT");
  refused (Q ("kept='yes'", "<sql>DELETE FROM a</sql>"), "plain SELECT");
}

static void
count (const struct query *q, void *n)
{
  (*(int *) n)++;
}

/* Every queries.xml of the tree that needs no other pack. */
static void
test_real (void)
{
  g_autofree char *schema = g_build_filename (BZ_TOP, "conf", "schema", NULL);
  g_autofree char *path = g_build_filename (BZ_TOP, "sql", "migrate.xml", NULL);
  g_autoptr (GError) error = NULL;
  int n = 0;

  query_clear ();
  xml_schema_dir_set (schema);
  query_load (path, "bz", &error);
  g_assert_no_error (error);
  query_foreach (count, &n);
  g_assert_cmpint (n, >, 5);
  xml_schema_dir_set (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  xml_init ();
  g_test_add_func ("/query/arguments-become-slots", test_slots);
  g_test_add_func ("/query/colon-in-text-is-no-parameter",
                   test_not_a_parameter);
  g_test_add_func ("/query/comments-are-left-out", test_comments);
  g_test_add_func ("/query/which-ones-read", test_reads);
  g_test_add_func ("/query/fragments", test_fragments);
  g_test_add_func ("/query/which-ones-answer-the-same-again", test_steady);
  g_test_add_func ("/query/tables-of-a-statement", test_tables);
  g_test_add_func ("/query/which-answers-stay", test_keeping);
  g_test_add_func ("/query/arguments-that-are-refused", test_arguments);
  g_test_add_func ("/query/statements-that-are-refused", test_statement);
  g_test_add_func ("/query/name-outside-the-pack-is-refused", test_names);
  g_test_add_func ("/query/name-twice-is-refused", test_duplicate);
  g_test_add_func ("/query/platform-takes-no-plugins-name",
                   test_platform_names);
  g_test_add_func ("/query/scoped-table-without-scope-is-refused", test_scoped);
  g_test_add_func ("/query/scoped-table-holds-for-later-packs",
                   test_scoped_later);
  g_test_add_func ("/query/error-has-file-and-line", test_place);
  g_test_add_func ("/query/schema-refuses", test_schema);
  g_test_add_func ("/query/migrate-xml-loads", test_real);
  return g_test_run ();
}
