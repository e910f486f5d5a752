/* bianzhi: the command line.  SPDX-License-Identifier: MulanPSL-2.0
 *
 * Exit status: 0 done, 1 failed or findings, 2 wrong use. */
#include "serve/app.h"
#include "data/db.h"
#include "data/migrate.h"
#include "define/pack.h"
#include "people/account.h"
#include "serve/ask.h"
#include "serve/doctor.h"
#include "serve/jobs.h"
#include "serve/log.h"
#include "serve/plugin-tool.h"
#include "serve/req.h"
#include "serve/start.h"
#include "serve/verify.h"
#include "serve/worker.h"
#include "work/sheet.h"

enum { EXIT_FINE, EXIT_FAILED, EXIT_USAGE };

/* What a command gets. */
struct call {
  struct conf *conf;
  int argc; /* argv[0] is the command's name */
  char **argv;
};
struct command {
  const char *name, *usage, *summary;
  int (*run) (struct call *);
};

static int
complain (const char *text)
{
  (void) fprintf (stderr, "bianzhi: %s\n", text);
  return EXIT_FAILED;
}

static int
misused (const char *name, const char *usage)
{
  (void) fprintf (stderr, "usage: bianzhi [-c FILE] %s %s\n", name, usage);
  return EXIT_USAGE;
}

static bool
asks_help (const struct call *call)
{
  return call->argc > 1
      && (g_str_equal (call->argv[1], "--help")
          || g_str_equal (call->argv[1], "-h"));
}

/* -- A request from the shell. */

static struct bz_req *
shell_request (const struct conf *conf, struct db *db)
{
  struct bz_req *req = req_new (conf, db);

  req->from_shell = true;
  req->remote = "shell";
  return req;
}

/* Everything loaded, database open.  NULL: it has been said why. */
static struct bz_req *
shell_open (const struct conf *conf)
{
  g_autoptr (GError) error = NULL;
  struct db *db = worker_connect (conf, &error);

  if (db == NULL) {
    (void) complain (error->message);
    return NULL;
  }
  return shell_request (conf, db);
}

static void
shell_close (struct bz_req *req)
{
  struct db *db = req->db;

  req_free (req);
  db_close (db);
}

/* What went wrong, to standard error.  The exit status of RC. */
static int
outcome (struct bz_req *req, int rc)
{
  for (unsigned i = 0; i < req->marks->len; i++) {
    const struct mark *m = &g_array_index (req->marks, struct mark, i);

    (void) fprintf (stderr, "bianzhi: %s%s%s\n",
                    m->field != NULL ? m->field : "",
                    m->field != NULL ? ": " : "", m->text);
  }
  if (rc >= 0)
    return MIN (rc, EXIT_USAGE);
  if (req->fail_text != NULL)
    return complain (req->fail_text);
  if (req->marks->len == 0)
    return complain (rc == BZ_AWAY ? "the database is away; try again"
                                   : "it failed; the lines above say why");
  return EXIT_FAILED;
}

/* -- Built-in commands. */

static int
migrate_command (struct call *call)
{
  bool dry = call->argc == 2 && g_str_equal (call->argv[1], "--dry-run");
  g_autoptr (GError) error = NULL;
  struct db *owner;
  int rc;

  if (call->argc > 1 && !dry)
    return misused ("migrate", "[--dry-run]");
  owner = db_open (call->conf, true, &error);
  if (owner == NULL)
    return complain (error->message);
  rc = migrate_run (call->conf, owner, dry, &error);
  db_close (owner);
  if (rc < 0)
    return complain (error != NULL ? error->message : "the migration failed");
  return EXIT_FINE;
}

static int
verify_command (struct call *call)
{
  struct bz_req *req;
  bool clean;

  if (call->argc > 1)
    return misused ("verify", "");
  req = shell_open (call->conf);
  if (req == NULL)
    return EXIT_FAILED;
  clean = verify_audit (req);
  clean = verify_packs (req) && clean;
  (void) outcome (req, 0);
  shell_close (req);
  return clean ? EXIT_FINE : EXIT_FAILED;
}

static int
jobs_command (struct call *call)
{
  bool list = call->argc == 2 && g_str_equal (call->argv[1], "list");
  const struct job *job;
  struct bz_req *req;
  int rc;

  if (!list && (call->argc != 3 || !g_str_equal (call->argv[1], "run")))
    return misused ("jobs", "list | run NAME");
  job = list ? NULL : job_find (call->argv[2]);
  if (!list && job == NULL)
    return complain ("there is no such job; see bianzhi jobs list");
  req = shell_open (call->conf);
  if (req == NULL)
    return EXIT_FAILED;
  rc = outcome (req, list ? jobs_print (req) : jobs_by_hand (req, job));
  shell_close (req);
  return rc;
}

/* Its help tells the roles, which the packs bring; it needs no database. */
static int
account_help (struct call *call)
{
  struct bz_req *req = shell_request (call->conf, NULL);
  int rc = account_command (req, call->argc, call->argv);

  rc = outcome (req, rc);
  req_free (req);
  return rc;
}

static int
account_run (struct call *call)
{
  struct bz_req *req;
  int rc;

  for (int i = 1; i < call->argc; i++)
    if (g_str_equal (call->argv[i], "--help"))
      return account_help (call);
  req = shell_open (call->conf);
  if (req == NULL)
    return EXIT_FAILED;
  rc = outcome (req, account_command (req, call->argc, call->argv));
  shell_close (req);
  return rc;
}

static int
sheet_run (struct call *call)
{
  struct bz_req *req = shell_open (call->conf);
  int rc;

  if (req == NULL)
    return EXIT_FAILED;
  rc = outcome (req, sheet_command (req, call->argc - 1, call->argv + 1));
  shell_close (req);
  return rc;
}

/* What the running server's board says. */
static int
status_command (struct call *call)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (call->argc > 2)
    return misused ("status", "[SOCKET]");
  text = ask_server (call->conf, call->argc > 1 ? call->argv[1] : NULL,
                     "/status/text", &error);
  if (text == NULL)
    return complain (error->message);
  (void) fputs (text, stdout);
  return EXIT_FINE;
}

#define DOCTOR_USAGE "CONF-OF-TODAY"

static int
doctor_command (struct call *call)
{
  g_autoptr (GError) error = NULL;
  int rc;

  if (call->argc != 2)
    return misused ("doctor", DOCTOR_USAGE);
  rc = doctor_run (call->conf, call->argv[1], &error);
  if (rc < 0)
    return complain (error->message);
  return rc > 0 ? EXIT_FAILED : EXIT_FINE;
}

#define PLUGIN_USAGE "new NAME [--c] | check FOLDER"

static int
plugin_command (struct call *call)
{
  const char *what = call->argc > 2 ? call->argv[1] : "";
  bool in_c = call->argc == 4 && g_str_equal (call->argv[3], "--c");
  g_autoptr (GError) error = NULL;
  int rc;

  if (g_str_equal (what, "new") && (call->argc == 3 || in_c))
    rc = plugin_new (call->conf, call->argv[2], in_c, &error);
  else if (g_str_equal (what, "check") && call->argc == 3)
    rc = plugin_check (call->conf, call->argv[2], &error);
  else
    return misused ("plugin", PLUGIN_USAGE);
  return rc < 0 ? complain (error->message) : EXIT_FINE;
}

static const struct command commands[] = {
  { "migrate", "[--dry-run]", "bring the database up to date, as its owner",
    migrate_command },
  { "account", "add | reset | list ...", "accounts and their operators",
    account_run },
  { "sheet", "void CODE WHY | replace CODE NEW-CODE WHY",
    "an issued sheet no longer holds", sheet_run },
  { "verify", "", "recompute what must be true of the data", verify_command },
  { "status", "[SOCKET]", "what the running server is doing", status_command },
  { "jobs", "list | run NAME", "what runs at set times", jobs_command },
  { "doctor", DOCTOR_USAGE,
    "rehearse an upgrade on a masked copy of the database", doctor_command },
  { "plugin", PLUGIN_USAGE, "a local plugin: made, looked at", plugin_command },
};

/* -- Commands of packs. */

static bool
pack_command (const char *name, struct bz_command *ret)
{
  const struct pack *p;

  for (unsigned n = 0; (p = pack_at (n)) != NULL; n++)
    for (uint32_t i = 0; i < p->api.commands.count; i++) {
      plugin_row (p->api.commands.at, p->api.commands.stride, i, ret,
                  sizeof *ret);
      if (name == NULL)
        (void) printf ("  %-10s %s\n", ret->name, ret->summary);
      else if (g_str_equal (ret->name, name))
        return true;
    }
  return false;
}

static int
pack_run (struct call *call, const struct bz_command *command)
{
  struct bz_req *req;
  int rc;

  if (asks_help (call)) {
    (void) printf ("usage: bianzhi [-c FILE] %s %s\n%s\n", command->name,
                   command->usage, command->summary);
    return EXIT_FINE;
  }
  req = shell_open (call->conf);
  if (req == NULL)
    return EXIT_FAILED;
  rc = outcome (req, command->run (req, call->argc, call->argv));
  shell_close (req);
  return rc;
}

/* -- Choosing. */

static const struct command *
command_find (const char *name)
{
  for (size_t i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, name))
      return &commands[i];
  return NULL;
}

/* Without a configuration the built-in ones are told all the same. */
static int
help (const char *conf_path)
{
  struct conf *conf = start_conf (conf_path, NULL);

  (void) printf ("usage: bianzhi [-c FILE] COMMAND ...\n\n");
  for (size_t i = 0; i < G_N_ELEMENTS (commands); i++)
    (void) printf ("  %-10s %s\n", commands[i].name, commands[i].summary);
  if (conf != NULL && start_all (conf, NULL) >= 0)
    (void) pack_command (NULL, &(struct bz_command){ 0 });
  (void) printf ("\nbianzhi COMMAND --help tells more.  Exit status: 0 done, "
                 "1 failed, 2 wrong use.\n");
  conf_free (conf);
  return EXIT_FINE;
}

static int
choose (struct call *call, const struct command *built_in)
{
  g_autoptr (GError) error = NULL;
  struct bz_command row;

  /* It loads them itself, with one more, or none. */
  if (built_in != NULL
      && (built_in->run == plugin_command || built_in->run == doctor_command))
    return built_in->run (call);
  if (start_all (call->conf, &error) < 0)
    return complain (error->message);
  if (built_in != NULL)
    return built_in->run (call);
  if (pack_command (call->argv[0], &row))
    return pack_run (call, &row);
  (void) complain ("no such command; see bianzhi --help");
  return EXIT_USAGE;
}

static int
command_run (const char *conf_path, int argc, char **argv)
{
  const struct command *built_in = command_find (argv[0]);
  struct call call = { .argc = argc, .argv = argv };
  g_autoptr (GError) error = NULL;
  struct conf *conf;
  int rc;

  /* account tells its own subcommands. */
  if (built_in != NULL && built_in->run != account_run && asks_help (&call)) {
    (void) printf ("usage: bianzhi [-c FILE] %s %s\n%s\n", built_in->name,
                   built_in->usage, built_in->summary);
    return EXIT_FINE;
  }
  conf = start_conf (conf_path, &error);
  if (conf == NULL)
    return complain (error->message);
  call.conf = conf;
  rc = choose (&call, built_in);
  conf_free (conf);
  return rc;
}

int
bz_tool_main (int argc, char **argv)
{
  g_autofree char *conf = NULL;
  gboolean wants_help = FALSE, version = FALSE;
  const GOptionEntry entries[] = {
    { "conf", 'c', 0, G_OPTION_ARG_FILENAME, &conf, "Configuration", "FILE" },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &wants_help, "All commands", NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, "The version", NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("COMMAND ...");
  g_autoptr (GError) error = NULL;

  log_name ("bianzhi");
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_strict_posix (context, TRUE);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    (void) complain (error->message);
    return EXIT_USAGE;
  }
  if (version) {
    (void) printf ("bianzhi %s\n", PACKAGE_VERSION);
    return EXIT_FINE;
  }
  if (wants_help)
    return help (conf);
  if (argc < 2) {
    (void) complain ("say which command; see bianzhi --help");
    return EXIT_USAGE;
  }
  return command_run (conf, argc - 1, argv + 1);
}
