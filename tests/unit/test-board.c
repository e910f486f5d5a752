/* The status board: what workers write the master reads; nonsense in it hurts
 * nobody; who may read it; when a plugin is shut off.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <sys/wait.h>
#include <unistd.h>
#include "serve/board.h"
#include "serve/clock.h"
#include "serve/conf.h"
#include "serve/from.h"
#include "serve/limit.h"
#include "serve/route.h"
#include "serve/shun.h"

static int
nothing (struct bz_req *req)
{
  return BZ_OK;
}

static void
fill (void)
{
  const struct bz_route login = { "GET", "/login", "public", NULL, NULL,
                                  nothing };
  const struct bz_route a = { "GET", "/one/", "public", NULL, NULL, nothing };
  const struct bz_route b = { "POST", "/one/", "public", NULL, NULL, nothing };
  const struct bz_route c = { "GET", "/two/", "public", NULL, NULL, nothing };

  route_clear ();
  g_assert_cmpint (route_add (&login, "bz", NULL, NULL), ==, BZ_OK);
  g_assert_cmpint (route_add (&a, "one", NULL, NULL), ==, BZ_OK);
  g_assert_cmpint (route_add (&b, "one", NULL, NULL), ==, BZ_OK);
  g_assert_cmpint (route_add (&c, "two", NULL, NULL), ==, BZ_OK);
}

/* -- Slots and counters. */

static void
worker_life (void)
{
  board_take (1);
  board_begin (BOARD_READING, 500);
  board_begin (BOARD_WORKING, 900);
  board_route (route_at (2));
  board_answered (503, 7000, 4096);
  board_route (NULL);
  board_answered (404, 40000000, 4096);
  board_route (route_at (1));
  board_count (BOARD_TRIPS, 3);
}

static void
test_fork (void)
{
  struct board_worker w;
  struct board_route r;
  int status;
  pid_t pid;

  board_new (2, 1, route_count (), route_at);
  pid = fork ();
  if (pid == 0) {
    worker_life ();
    _exit (0);
  }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_cmpint (status, ==, 0);
  g_assert_true (board_worker (1, &w));
  g_assert_cmpint (w.pid, ==, pid);
  g_assert_cmpint (w.state, ==, BOARD_WORKING);
  g_assert_cmpint (w.deadline, ==, 900);
  g_assert_cmpint (w.requests, ==, 2);
  g_assert_cmpint (w.memory, ==, 4096);
  g_assert_cmpint (w.error_status, ==, 503);
  g_assert_true (w.error_route == route_at (2));
  g_assert_true (w.route == route_at (1) && board_serving (1) == w.route);
  board_of_route (route_at (2), &r);
  g_assert_cmpint (r.answers[5], ==, 1);
  g_assert_cmpint (r.buckets[1], ==, 1);
  g_assert_cmpint (r.us, ==, 7000);
  board_of_route (NULL, &r);
  g_assert_cmpint (r.answers[4], ==, 1);
  g_assert_cmpint (r.buckets[BOARD_BUCKETS - 1], ==, 1);
  g_assert_cmpint (board_counted (BOARD_TRIPS), ==, 3);
  g_assert_true (board_worker (0, &w) && w.pid == 0);
  g_assert_false (board_worker (2, &w));
  board_clear (1);
  g_assert_true (board_worker (1, &w) && w.pid == 0 && board_serving (1) == NULL);
  board_free ();
}

/* A worker gone mad writes where it likes: the master reads on. */
static void
test_mad (void)
{
  static const struct route unknown = { .number = 4000000000u };
  struct board_worker w;
  struct board_route r;

  board_new (1, 1, route_count (), route_at);
  board_take (0);
  board_route (&unknown);
  board_begin ((enum board_state) 77, -1);
  board_answered (999, -5, -1);
  g_assert_null (board_serving (0));
  g_assert_true (board_worker (0, &w));
  g_assert_null (w.route);
  g_assert_cmpint (w.state, ==, BOARD_WRITING);
  g_assert_cmpint (board_shut (&unknown), ==, 0);
  board_of_route (&unknown, &r);
  g_assert_cmpint (r.count, ==, 0);
  board_free ();
}

static void
test_none (void)
{
  struct board_worker w;

  board_free ();
  board_begin (BOARD_WORKING, 1);
  board_answered (200, 1, 1);
  board_count (BOARD_TRIPS, 1);
  g_assert_cmpint (board_counted (BOARD_TRIPS), ==, 0);
  g_assert_false (board_worker (0, &w));
  g_assert_cmpint (board_shut (route_at (1)), ==, 0);
}

static void
test_warn (void)
{
  board_new (1, 1, route_count (), route_at);
  board_take (0);
  board_begin (BOARD_WORKING, 1000);
  g_assert_true (board_warn (0, 1));
  g_assert_false (board_warn (0, 1));
  g_assert_true (board_warn (0, 2));
  g_assert_false (board_warn (0, 1));
  board_begin (BOARD_WORKING, 2000);
  g_assert_true (board_warn (0, 1));
  board_free ();
}

/* -- Who is shut. */

static void
test_shut (void)
{
  g_autofree struct conf *conf = g_new0 (struct conf, 1);
  char number[SHUN_NUMBER_SIZE];

  conf->plugin_crashes = 3;
  board_new (1, 1, route_count (), route_at);
  shun_forget ();
  g_assert_false (shun_death (conf, NULL));
  for (int i = 0; i < 20; i++)
    g_assert_false (shun_death (conf, route_at (0)));
  for (int i = 0; i < 3; i++) {
    g_assert_true (shun_death (conf, route_at (1 + (unsigned) i % 2)));
    g_assert_cmpint (board_shut (route_at (1)), ==, 0);
  }
  g_assert_true (shun_death (conf, route_at (3)));
  g_assert_true (shun_death (conf, route_at (1)));
  g_assert_cmpint (board_shut (route_at (1)), >, 0);
  g_assert_cmpint (board_shut (route_at (2)), ==, board_shut (route_at (1)));
  g_assert_cmpint (board_shut (route_at (0)), ==, 0);
  g_assert_cmpint (board_shut (route_at (3)), ==, 0);
  shun_number (board_shut (route_at (1)), number);
  g_assert_cmpuint (strlen (number), ==, 15);
  board_free ();
  board_new (1, 1, route_count (), route_at);
  g_assert_cmpint (board_shut (route_at (1)), ==, 0);
  conf->plugin_crashes = 0;
  shun_forget ();
  for (int i = 0; i < 50; i++)
    g_assert_false (shun_death (conf, route_at (1)));
  g_assert_cmpint (board_shut (route_at (1)), ==, 0);
  board_free ();
}

static void
test_number (void)
{
  char number[SHUN_NUMBER_SIZE];
  int64_t when;

  g_assert_true (clock_parse ("2026-11-22 10:26:03", &when));
  shun_number (when, number);
  g_assert_cmpstr (number, ==, "20261122-102603");
}

/* -- From where. */

static void
test_from (void)
{
  static const struct { const char *list, *address; bool held; } rows[] = {
    { FROM_LOOPBACK, "127.0.0.1", true },
    { FROM_LOOPBACK, "127.255.255.255", true },
    { FROM_LOOPBACK, "::1", true },
    { FROM_LOOPBACK, "::ffff:127.0.0.1", true },
    { FROM_LOOPBACK, "128.0.0.1", false },
    { FROM_LOOPBACK, "126.255.255.255", false },
    { FROM_LOOPBACK, "::2", false },
    { FROM_LOOPBACK, "::127.0.0.1", false },
    { FROM_LOOPBACK, "", false },
    { FROM_LOOPBACK, "localhost", false },
    { FROM_LOOPBACK, "127.1", false },
    { FROM_LOOPBACK, "127.0.0.1 ", false },
    { "", "127.0.0.1", false },
    { "10.1.2.0/23", "10.1.3.255", true },
    { "10.1.2.0/23", "10.1.4.0", false },
    { "10.1.2.3", "10.1.2.3", true },
    { "10.1.2.3", "10.1.2.4", false },
    { "0.0.0.0/0", "203.0.113.9", true },
    { "0.0.0.0/0", "2001:db8::1", false },
    { "2001:db8::/33", "2001:db8:7fff::1", true },
    { "2001:db8::/33", "2001:db8:8000::1", false },
    { "192.0.2.1, 10.0.0.0/8;::1", "10.9.9.9", true },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("%s in %s", rows[i].address, rows[i].list);
    g_assert_cmpint (from_holds (rows[i].list, rows[i].address), ==,
                     rows[i].held);
  }
}

static void
test_from_fault (void)
{
  static const char *const bad[] = { "10.0.0.0/33", "10.0.0", "::1/129", "/8",
                                     "10.0.0.1/", "10.0.0.1/-1", "any" };

  g_assert_null (from_fault (FROM_LOOPBACK));
  g_assert_null (from_fault (""));
  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autofree char *list = g_strconcat ("127.0.0.1 ", bad[i], NULL);
    g_autofree char *fault = from_fault (list);

    g_assert_cmpstr (fault, ==, bad[i]);
  }
}

/* -- What a worker holds. */

static void
test_limits (void)
{
  int fds[64], n = 0;

  limit_begin ();
  g_assert_cmpint (limit_memory (), >, 1 << 20);
  g_assert_false (limit_leaks ());
  while (n < 64)
    fds[n++] = dup (STDERR_FILENO);
  g_assert_true (limit_leaks ());
  while (n > 0)
    close (fds[--n]);
  g_assert_false (limit_leaks ());
}

int
main (int argc, char **argv)
{
  int rc;

  g_test_init (&argc, &argv, NULL);
  fill ();
  g_test_add_func ("/board/what-a-worker-writes", test_fork);
  g_test_add_func ("/board/nonsense-hurts-nobody", test_mad);
  g_test_add_func ("/board/without-one", test_none);
  g_test_add_func ("/board/a-warning-is-new-once", test_warn);
  g_test_add_func ("/board/too-many-deaths-shut-the-plugin", test_shut);
  g_test_add_func ("/board/number-of-an-incident", test_number);
  g_test_add_func ("/board/from", test_from);
  g_test_add_func ("/board/from-is-checked", test_from_fault);
  g_test_add_func ("/board/what-a-worker-holds", test_limits);
  rc = g_test_run ();
  route_clear ();
  return rc;
}
