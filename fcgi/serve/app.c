/* bianzhi-fcgi: options, start-up order, and what it can tell about itself.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "serve/app.h"
#include <unistd.h>
#include "data/db.h"
#include "data/query.h"
#include "data/xml.h"
#include "define/business.h"
#include "define/pack.h"
#include "people/crypto.h"
#include "serve/board.h"
#include "serve/clock.h"
#include "serve/conf-key.h"
#include "serve/crash.h"
#include "serve/handover.h"
#include "serve/job.h"
#include "serve/landlock.h"
#include "serve/log.h"
#include "serve/master.h"
#include "serve/once.h"
#include "serve/reload.h"
#include "serve/render.h"
#include "serve/route.h"
#include "serve/sandbox.h"
#include "serve/socket.h"
#include "serve/start.h"
#include "serve/stuck.h"
#include "show/pdf.h"
#include "work/download.h"
#include "work/paper.h"

struct wish {
  char *conf, *dump;
  gboolean single, once, check, routes, queries, messages, help_conf, version;
  struct handover *hand; /* of the master that we were; NULL: none */
};

/* -- Start-up. */

struct conf *
start_conf (const char *path, GError **error)
{
  g_autofree char *usual = g_build_filename (BZ_SYSCONFDIR, "bianzhi",
                                             "bianzhi.conf", NULL);

  if (!clock_init ()) {
    g_set_error (error, CONF_ERROR, 0,
                 "BZ_NOW is not \"YYYY-MM-DD hh:mm:ss\", with or without a + "
                 "in front");
    return NULL;
  }
  if (!g_file_test (path != NULL ? path : usual, G_FILE_TEST_EXISTS)) {
    g_set_error (error, CONF_ERROR, 0,
                 "there is no configuration %s; name one with -c FILE",
                 path != NULL ? path : usual);
    return NULL;
  }
  return conf_load (path != NULL ? path : usual, error);
}

int
start_fail (GError **error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  *error = g_error_new_valist (CONF_ERROR, 0, format, args);
  va_end (args);
  return BZ_FAILED;
}

int
start_all (const struct conf *conf, GError **error)
{
  xml_init ();
  if (crypto_init () < 0) {
    g_set_error (error, CONF_ERROR, 0,
                 "the cryptographic library does not "
                 "start");
    return BZ_FAILED;
  }
  paper_init ();
  pdf_init ();
  if (pack_load_all (conf, error) < 0 || download_load (conf, error) < 0)
    return BZ_FAILED;
  if (job_load (conf, error) < 0)
    return BZ_FAILED;
  return route_check (error);
}

static int
spool_check (const struct conf *conf, GError **error)
{
  if (g_mkdir_with_parents (conf->spool, 0700) == 0
      && access (conf->spool, W_OK | X_OK) == 0)
    return BZ_OK;
  g_set_error (error, CONF_ERROR, 0,
               "%s: [server] spool: %s: this folder "
               "cannot be written",
               conf->path, conf->spool);
  return BZ_FAILED;
}

/* --once is not in it: a process for one request, started by the web server,
 * which would make and try a new sandbox each time. */
static int
sandbox_check (const struct conf *conf, GError **error)
{
  g_autoptr (GError) why = NULL;

  if (sandbox_off (conf) != NULL)
    log_line (BZ0071_SANDBOX_OFF, sandbox_off (conf));
  else if (!landlock_there ())
    log_line (BZ0074_NO_LANDLOCK);
  if (sandbox_test (conf, &why) >= 0)
    return BZ_OK;
  log_line (BZ0070_SANDBOX_FAILED, why->message);
  g_set_error (error, CONF_ERROR, 0,
               "%s: [server] sandbox: it does not hold, the line before says "
               "what; say sandbox=off to start without it",
               conf->path);
  return BZ_FAILED;
}

static void
prints_find (const struct business *b, void *found)
{
  if (b->jobs->len > 0)
    *(bool *) found = true;
}

/* What works, but not as an office expects. */
static void
conf_warn (const struct conf *conf)
{
  bool prints = false;

  business_foreach (prints_find, &prints);
  if (prints && *conf->url == '\0')
    log_line (BZ0060_NO_URL, conf->path, conf->base);
}

/* Before any fork, and closed again.  A server that is away may come later;
 * one that can lose what was acknowledged stops the start. */
static int
database_check (const struct conf *conf, GError **error)
{
  g_autoptr (GError) why = NULL;
  enum db_error e = db_check (conf, &why);

  if (e == DB_GONE)
    log_line (BZ0003_NO_DATABASE, why->message);
  if (e == DB_OK || e == DB_GONE)
    return BZ_OK;
  g_propagate_prefixed_error (error, g_steal_pointer (&why),
                              "%s: [database]: ", conf->path);
  return BZ_FAILED;
}

/* -- What it tells. */

static const char *
query_reach (const struct query *q)
{
  for (unsigned i = 0; i < q->n_slots; i++)
    if (q->slot[i] == QUERY_SCOPE)
      return "scope";
  for (unsigned i = 0; i < q->n_slots; i++)
    if (q->slot[i] == QUERY_OPERATOR)
      return "operator";
  return "open";
}

static void
query_print (const struct query *q, void *state)
{
  g_autofree char *tables = g_strjoinv (",", q->tables);

  (void) printf ("%-40s %-6s %-9s %s %s\n", q->name,
                 q->reads ? "read" : "write", query_reach (q),
                 *tables != '\0' ? tables : "-",
                 q->unscoped != NULL ? q->unscoped : "");
}

static int
plugin_dump (const struct conf *conf, const char *name, GError **error)
{
  g_autofree char *path = pack_so (conf, name);
  g_autofree char *own = g_strdup (name);
  struct pack pack = { .name = own };
  const struct bz_plugin *p = &pack.api;

  if (path == NULL) {
    g_set_error (
      error, plugin_error_quark (), 0,
      "there is no %s.so, neither in %s nor in its folder in [server] "
      "localdir; is the name right?",
      name, conf->plugindir);
    return BZ_FAILED;
  }
  if (plugin_open (&pack, path, error) < 0)
    return BZ_FAILED;
  (void) printf ("name %s\ntitle %s\nversion %s\n", p->name, p->title,
                 p->version);
  (void) printf ("built with plugin.h %u.%u, this server has %u.%u\n",
                 p->head.major, p->head.minor, BZ_API_MAJOR, BZ_API_MINOR);
  (void) printf ("routes %u\nbusinesses %u\nlisteners %u\njobs %u\n"
                 "commands %u\nproofs %u\nwarnings %u\n",
                 p->routes.count, p->businesses.count, p->listeners.count,
                 p->jobs.count, p->commands.count, p->proofs.count,
                 p->warnings.count);
  for (const char *const *n = p->needs; n != NULL && *n != NULL; n++)
    (void) printf ("needs %s\n", *n);
  return BZ_OK;
}

/* -- What it does. */

static int
serve_once (const struct conf *conf)
{
  struct worker *w = worker_new (conf);
  int rc = once_run (w);

  worker_free (w);
  return rc;
}

static int
serve_single (const struct conf *conf, GError **error)
{
  int listening = socket_inherited (error);
  struct worker *w;
  int rc;

  if (listening < 0)
    return BZ_FAILED;
  board_new (1, 1, route_count (), route_at);
  board_take (0);
  stuck_warm ();
  if (sandbox_off (conf) == NULL)
    render_warm ();
  w = worker_new (conf);
  rc = worker_run (w, listening, -1);
  worker_free (w);
  board_free ();
  return rc;
}

static int
serve_many (const struct conf *conf, struct wish *wish, GError **error)
{
  int rc;

  if (wish->hand == NULL) {
    int listening = socket_listen (conf, error);

    if (listening < 0)
      return BZ_FAILED;
    wish->hand = handover_new (listening, conf->socket != NULL);
  }
  rc = master_run (conf, wish->hand);
  handover_free (g_steal_pointer (&wish->hand));
  return rc;
}

static int
run_loaded (const struct conf *conf, struct wish *wish, GError **error)
{
  if (!crash_init (!conf->demo)) {
    g_set_error (error, CONF_ERROR, 0,
                 "BZ_CRASH_AT is for tests: take it out of the environment, or "
                 "set [server] demo=yes where no real data are");
    return BZ_FAILED;
  }
  if (start_all (conf, error) < 0)
    return BZ_FAILED;
  if (wish->routes) {
    route_print (stdout);
    return BZ_OK;
  }
  if (wish->queries) {
    query_foreach (query_print, NULL);
    return BZ_OK;
  }
  if (spool_check (conf, error) < 0)
    return BZ_FAILED;
  if (!wish->once) { /* it starts anew for each request */
    conf_warn (conf);
    if (sandbox_check (conf, error) < 0 || database_check (conf, error) < 0)
      return BZ_FAILED;
  }
  if (wish->check) {
    (void) printf ("ok: %s\n", conf->path);
    return BZ_OK;
  }
  if (wish->once)
    return serve_once (conf);
  if (wish->single)
    return serve_single (conf, error);
  return serve_many (conf, wish, error);
}

/* The exit status: of the server, or 1 with ERROR. */
static int
run_conf (struct wish *wish, GError **error)
{
  struct conf *conf = start_conf (wish->conf, error);
  int rc;

  if (conf == NULL)
    return BZ_FAILED;
  rc = wish->dump != NULL ? plugin_dump (conf, wish->dump, error)
                          : run_loaded (conf, wish, error);
  conf_free (conf);
  return rc;
}

/* The same when this process was a master before, who left its socket. */
static int
run (struct wish *wish, GError **error)
{
  int rc = handover_take (&wish->hand, error);

  if (rc < 0)
    return rc;
  rc = run_conf (wish, error);
  if (wish->hand == NULL || *error == NULL)
    return rc;
  reload_stranded (g_steal_pointer (&wish->hand), (*error)->message);
  g_clear_error (error);
  return BZ_OK;
}

static bool
wish_read (struct wish *wish, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "conf", 'c', 0, G_OPTION_ARG_FILENAME, &wish->conf,
      "Configuration (default " BZ_SYSCONFDIR "/bianzhi/bianzhi.conf)",
      "FILE" },
    { "single", 0, 0, G_OPTION_ARG_NONE, &wish->single,
      "No master: serve the socket on descriptor 0 in this process", NULL },
    { "once", 0, 0, G_OPTION_ARG_NONE, &wish->once,
      "One request as CGI: variables from the environment", NULL },
    { "check-config", 0, 0, G_OPTION_ARG_NONE, &wish->check,
      "Load and check everything, then say ok or what is wrong", NULL },
    { "routes", 0, 0, G_OPTION_ARG_NONE, &wish->routes,
      "Every route with its permission", NULL },
    { "queries", 0, 0, G_OPTION_ARG_NONE, &wish->queries,
      "Every named query with its scope, its tables, and why it has no scope",
      NULL },
    { "dump-plugin", 0, 0, G_OPTION_ARG_STRING, &wish->dump,
      "What a plugin was built with and declares", "NAME" },
    { "help-conf", 0, 0, G_OPTION_ARG_NONE, &wish->help_conf,
      "Every key of the configuration with its default, as a file", NULL },
    { "messages", 0, 0, G_OPTION_ARG_NONE, &wish->messages,
      "Every numbered message of the log, and what to do about it", NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &wish->version, "The version", NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_summary (context, "The Bianzhi FastCGI server.");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return false;
  if (*argc > 1) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                 "\"%s\" is no option; see --help", (*argv)[1]);
    return false;
  }
  return true;
}

/* What needs no configuration.  Was it asked for? */
static bool
tell (const struct wish *wish)
{
  if (wish->version)
    (void) printf ("bianzhi-fcgi %s, plugin.h %d.%d\n", PACKAGE_VERSION,
                   BZ_API_MAJOR, BZ_API_MINOR);
  else if (wish->messages)
    message_print (stdout);
  else if (wish->help_conf)
    conf_key_print (stdout);
  else
    return false;
  return true;
}

int
bz_app_main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  struct wish wish = { 0 };
  int rc;

  log_name ("bianzhi-fcgi");
  reload_remember (argv);
  if (!wish_read (&wish, &argc, &argv, &error)) {
    (void) fprintf (stderr, "bianzhi-fcgi: %s\n", error->message);
    return 2;
  }
  if (tell (&wish))
    return 0;
  rc = run (&wish, &error);
  if (error != NULL)
    log_line (BZ0001_START, error->message);
  g_free (wish.conf);
  g_free (wish.dump);
  return error != NULL || rc < 0 ? 1 : rc;
}
