/* Jobs that crash, loop, eat memory and fill the disk cost themselves only,
 * with bianzhi-render and without.  SPDX-License-Identifier: MulanPSL-2.0 */
#include <glib.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>
#include "serve/conf.h"
#include "serve/render.h"

enum { MIB = 1 << 20 };

/* -- Kinds. */

static int
turn (const void *in, size_t size, GByteArray *out)
{
  if (size == 4 && memcmp (in, "slow", 4) == 0)
    g_usleep (400 * 1000);
  for (size_t i = size; i > 0; i--)
    g_byte_array_append (out, (const guint8 *) in + i - 1, 1);
  return 0;
}

static int
refuse (const void *in, size_t size, GByteArray *out)
{
  static const char why[] = "这不是图片";

  g_byte_array_append (out, (const guint8 *) why, sizeof why - 1);
  return -1;
}

static int
crash (const void *in, size_t size, GByteArray *out)
{
  return raise (SIGSEGV);
}

static int
loop (const void *in, size_t size, GByteArray *out)
{
  for (volatile int on = 1; on;)
    continue;
  return 0;
}

static int
sleeper (const void *in, size_t size, GByteArray *out)
{
  (void) sleep (60);
  return 0;
}

/* More than its address space: the allocation fails, the job says so. */
static int
eat (const void *in, size_t size, GByteArray *out)
{
  /* what it asks for counts, not what it fills: that takes long on a busy machine */
  for (int i = 0; i < 4096; i++)
    *(volatile char *) g_malloc (MIB) = (char) i;
  return 0;
}

static int
flood (const void *in, size_t size, GByteArray *out)
{
  g_byte_array_set_size (out, 4 * MIB);
  return 0;
}

/* The count of descriptors it has beside the standard ones, its own three
 * apart; and whether it may gain privileges. */
static int
doors (const void *in, size_t size, GByteArray *out)
{
  unsigned n = 0;
  struct stat st;
  g_autofree char *status = NULL;
  guint8 bytes[2];

  for (int fd = 3; fd < 1024; fd++)
    if (fstat (fd, &st) == 0)
      n++;
  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return -1;
  bytes[0] = (guint8) n;
  bytes[1] = strstr (status, "NoNewPrivs:\t1") != NULL;
  g_byte_array_append (out, bytes, sizeof bytes);
  return 0;
}

static const struct {
  const char *name;
  render_fn run;
} kinds[] = {
  { "turn", turn },   { "refuse", refuse }, { "crash", crash },
  { "loop", loop },   { "sleep", sleeper }, { "eat", eat },
  { "flood", flood }, { "doors", doors },
};

/* -- A house with or without bianzhi-render. */

struct house {
  struct conf *conf;
  pid_t render;
};
struct kind_of_house {
  bool served; /* by bianzhi-render */
  int64_t memory;
};

static void
set_up (struct house *h, const void *data)
{
  const struct kind_of_house *kind = data;

  for (size_t i = 0; i < G_N_ELEMENTS (kinds); i++)
    render_kind (kinds[i].name, kinds[i].run, NULL, 0);
  h->conf = conf_default ();
  h->conf->render_seconds = 1;
  h->conf->render_output = 1 * MIB;
  h->conf->render_memory = kind->memory;
  h->render = 0;
  if (!kind->served)
    return;
  g_assert_cmpint (render_open (), ==, 0);
  h->render = render_spawn (h->conf);
}

static void
tear_down (struct house *h, const void *with)
{
  if (h->render > 0) {
    kill (h->render, SIGKILL);
    waitpid (h->render, NULL, 0);
    render_close ();
  }
  conf_free (h->conf);
}

static int
ask (struct house *h, const char *kind, const char *in, char **ret,
     const char **said)
{
  struct bz_req *req = req_new (h->conf, NULL);
  GBytes *out = NULL;
  int rc = render_job (req, kind, in, strlen (in), &out);

  if (ret != NULL)
    *ret = out != NULL
           ? g_strndup (g_bytes_get_data (out, NULL), g_bytes_get_size (out))
           : NULL;
  if (said != NULL)
    *said = req->fail_text != NULL ? g_intern_string (req->fail_text) : NULL;
  req_free (req);
  return rc;
}

static void
works (struct house *h)
{
  g_autofree char *out = NULL;

  g_assert_cmpint (ask (h, "turn", "abc", &out, NULL), ==, BZ_OK);
  g_assert_cmpstr (out, ==, "cba");
}

static void
test_works (struct house *h, const void *with)
{
  g_autofree char *empty = NULL;

  works (h);
  works (h);
  g_assert_cmpint (ask (h, "turn", "", &empty, NULL), ==, BZ_OK);
  g_assert_cmpstr (empty, ==, "");
}

static void
test_refused (struct house *h, const void *with)
{
  g_autofree char *out = NULL;

  g_assert_cmpint (ask (h, "refuse", "x", &out, NULL), ==, BZ_BAD_INPUT);
  g_assert_cmpstr (out, ==, "这不是图片");
}

/* Each says what to do, and the next job is done. */
static void
test_broken (struct house *h, const void *with)
{
  static const struct {
    const char *kind, *text;
  } bad[] = { { "crash", "文件没有生成" },
              { "loop", "用时过长" },
              { "sleep", "用时过长" },
              { "flood", "文件没有生成" } };

  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
    const char *said;

    g_assert_cmpint (ask (h, bad[i].kind, "x", NULL, &said), ==, BZ_FAILED);
    g_assert_nonnull (strstr (said, bad[i].text));
    g_assert_nonnull (strstr (said, "请稍后再试一次"));
    works (h);
  }
}

/* Not under tools that map terabytes for themselves. */
static void
test_memory (struct house *h, const void *with)
{
  const char *said;

#ifdef __SANITIZE_ADDRESS__
  return;
#endif
  g_assert_cmpint (ask (h, "eat", "x", NULL, &said), ==, BZ_FAILED);
  g_assert_nonnull (strstr (said, "文件没有生成"));
  works (h);
}

static void
test_doors (struct house *h, const void *with)
{
  g_autofree char *out = NULL;
  int extra = memfd_create ("extra", 0);

  g_assert_cmpint (ask (h, "doors", "x", &out, NULL), ==, BZ_OK);
  g_assert_cmpint (out[0], ==, 3);
  g_assert_cmpint (out[1], ==, 1);
  close (extra);
}

static void
test_unknown (struct house *h, const void *with)
{
  g_assert_cmpint (ask (h, "bread", "x", NULL, NULL), ==, BZ_FAILED);
}

/* A kind may have less time than others, never more. */
static void
test_short (struct house *h, const void *with)
{
  gint64 from = g_get_monotonic_time ();

  render_kind ("loop", loop, NULL, 1);
  h->conf->render_seconds = 60;
  g_assert_cmpint (ask (h, "loop", "x", NULL, NULL), ==, BZ_FAILED);
  g_assert_cmpint (g_get_monotonic_time () - from, <, 10 * G_USEC_PER_SEC);
}

/* bianzhi-render dies while an order is under way and while one waits. */
static void
test_render_dies (struct house *h, const void *with)
{
  struct bz_req *req = req_new (h->conf, NULL);
  pid_t helper = fork ();

  if (helper == 0) {
    g_usleep (200 * 1000);
    kill (h->render, SIGKILL);
    _exit (0);
  }
  g_assert_cmpint (render_job (req, "sleep", "x", 1, NULL), ==, BZ_AWAY);
  req_free (req);
  waitpid (helper, NULL, 0);
  waitpid (h->render, NULL, 0);
  h->render = render_spawn (h->conf);
  works (h);
}

/* With nobody there the worker does not wait for ever. */
static void
test_render_away (struct house *h, const void *with)
{
  const char *said;

  kill (h->render, SIGKILL);
  waitpid (h->render, NULL, 0);
  g_assert_cmpint (ask (h, "turn", "abc", NULL, &said), ==, BZ_AWAY);
  g_assert_nonnull (strstr (said, "请稍后再试"));
  h->render = render_spawn (h->conf);
  works (h);
}

static void
on_tick (int number)
{
}

/* Who waits for a job goes on waiting when he is looked at. */
static void
test_signals (struct house *h, const void *with)
{
  const struct sigaction tick = { .sa_handler = on_tick,
                                  .sa_flags = SA_RESTART };
  const struct itimerval often = { { 0, 5000 }, { 0, 5000 } };
  const struct itimerval never = { { 0, 0 }, { 0, 0 } };
  g_autofree char *out = NULL;

  sigaction (SIGALRM, &tick, NULL);
  setitimer (ITIMER_REAL, &often, NULL);
  g_assert_cmpint (ask (h, "turn", "slow", &out, NULL), ==, BZ_OK);
  setitimer (ITIMER_REAL, &never, NULL);
  /* One that is still under way must not end the process. */
  (void) signal (SIGALRM, SIG_IGN);
  g_assert_cmpstr (out, ==, "wols");
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*run) (struct house *, const void *);
  } both[] = { { "works", test_works },
               { "refused", test_refused },
               { "broken", test_broken },
               { "doors", test_doors },
               { "unknown", test_unknown } };

  static const struct kind_of_house alone = { false, INT64_C (8192) * MIB };
  static const struct kind_of_house served = { true, INT64_C (8192) * MIB };
  static const struct kind_of_house poor = { false, INT64_C (256) * MIB };
  static const struct kind_of_house poor_served = { true, INT64_C (256) * MIB };

  g_test_init (&argc, &argv, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (both); i++) {
    g_autofree char *first = g_strconcat ("/render/alone/", both[i].name, NULL);
    g_autofree char *second = g_strconcat ("/render/served/", both[i].name,
                                           NULL);

    g_test_add (first, struct house, &alone, set_up, both[i].run, tear_down);
    g_test_add (second, struct house, &served, set_up, both[i].run, tear_down);
  }
  g_test_add ("/render/memory/alone", struct house, &poor, set_up, test_memory,
              tear_down);
  g_test_add ("/render/memory/served", struct house, &poor_served, set_up,
              test_memory, tear_down);
  g_test_add ("/render/short", struct house, &alone, set_up, test_short,
              tear_down);
  g_test_add ("/render/dies", struct house, &served, set_up, test_render_dies,
              tear_down);
  g_test_add ("/render/signals", struct house, &served, set_up, test_signals,
              tear_down);
  g_test_add ("/render/away", struct house, &served, set_up, test_render_away,
              tear_down);
  return g_test_run ();
}
