/* The memory of libxml2: what is used again, what is given back, what is seen.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "data/pool.h"
#include <libxml/xmlmemory.h>
#include <stdint.h>
#include <string.h>
#include "data/xml.h"

static bool
needs_pool (void)
{
  if (!pool_stands ())
    g_test_message ("watched by somebody else: the pool does not stand");
  return pool_stands ();
}

static void
test_again (void)
{
  size_t held, waiting, after;
  void *first, *second;

  if (!needs_pool ())
    return;
  pool_counts (&held, &waiting);
  first = xmlMalloc (100);
  g_assert_cmpuint ((uintptr_t) first % 16, ==, 0);
  pool_counts (&after, &waiting);
  g_assert_cmpuint (after, ==, held + 1);
  xmlFree (first);
  second = xmlMalloc (112); /* the same sort */
  g_assert_true (second == first);
  xmlFree (second);
  pool_counts (&after, &waiting);
  g_assert_cmpuint (after, ==, held);
  xmlFree (NULL);
}

/* A text that grows over all sorts and beyond keeps what it holds. */
static void
test_grows (void)
{
  char *text = xmlMalloc (1);

  text[0] = 'a';
  for (size_t size = 2; size < 2000; size++) {
    text = xmlRealloc (text, size);
    text[size - 1] = (char) ('a' + (size - 1) % 26);
  }
  for (size_t i = 0; i < 1999; i++)
    g_assert_cmpint (text[i], ==, 'a' + i % 26);
  text = xmlRealloc (text, 10);
  g_assert_cmpint (text[9], ==, 'j');
  xmlFree (text);
  text = xmlMemStrdup ("机构编制");
  g_assert_cmpstr (text, ==, "机构编制");
  xmlFree (text);
}

/* A large page leaves no more than the limit behind. */
static void
test_limit (void)
{
  enum { PIECES = 20000, EACH = 500, LIMIT = 1024 * 1024 };
  g_autofree void **all = g_new0 (void *, PIECES);
  size_t held, waiting, before;

  if (!needs_pool ())
    return;
  pool_counts (&before, &waiting);
  for (size_t i = 0; i < PIECES; i++)
    all[i] = memset (xmlMalloc (EACH), 'x', EACH);
  for (size_t i = 0; i < PIECES; i++)
    xmlFree (all[i]);
  pool_counts (&held, &waiting);
  g_assert_cmpuint (held, ==, before);
  g_assert_cmpuint (waiting, <=, LIMIT + 512);
}

static void
test_twice (void)
{
  if (!needs_pool ())
    return;
  if (g_test_subprocess ()) {
    void *p = xmlMalloc (40);

    xmlFree (p);
    xmlFree (p);
    return;
  }
  g_test_trap_subprocess (NULL, 10 * G_USEC_PER_SEC, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*a piece that is not held*");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  xml_init ();
  pool_install (); /* a second time: nothing */
  g_test_add_func ("/pool/a-piece-is-used-again", test_again);
  g_test_add_func ("/pool/what-grows-keeps-its-content", test_grows);
  g_test_add_func ("/pool/what-waits-has-a-limit", test_limit);
  g_test_add_func ("/pool/freed-twice-is-seen", test_twice);
  return g_test_run ();
}
