/* The keys of bianzhi.conf: what there is, its default, and what it means.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "serve/conf-key.h"
#include <stddef.h>
#include <string.h>
#include "bianzhi/plugin.h"
#include "serve/from.h"
#include "serve/schedule.h"

#define AT(member) ((long) offsetof (struct conf, member))
#define TEXT(section, name, member, standard, meaning)                         \
  {                                                                            \
    section, name, CONF_TEXT, standard, meaning, AT (member), 0, 0, NULL, NULL \
  }
#define PATH(section, name, member, meaning)                                   \
  {                                                                            \
    section, name, CONF_PATH, NULL, meaning, AT (member), 0, 0, NULL, NULL     \
  }
#define INT(section, name, member, standard, min, max, meaning)                \
  {                                                                            \
    section, name, CONF_INT, standard, meaning, AT (member), min, max, NULL,   \
      NULL                                                                     \
  }
#define SIZE(section, name, member, standard, min, max, meaning)               \
  {                                                                            \
    section, name, CONF_SIZE, standard, meaning, AT (member), min, max, NULL,  \
      NULL                                                                     \
  }
#define BOOL(section, name, member, standard, meaning)                         \
  {                                                                            \
    section, name, CONF_BOOL, standard, meaning, AT (member), 0, 0, NULL, NULL \
  }
#define OTHER(section, name, standard, looks, set, meaning)                    \
  {                                                                            \
    section, name, CONF_OTHER, standard, meaning, CONF_NOWHERE, 0, 0, looks,   \
      set                                                                      \
  }
#define FREE(section, name, looks, meaning)                                    \
  {                                                                            \
    section, name, CONF_FREE, NULL, meaning, CONF_NOWHERE, 0, 0, looks, NULL   \
  }

const struct conf_key conf_keys[] = {
  PATH ("server", "socket", socket,
        "listen here; nothing: the socket that systemd or spawn-fcgi gives"),
  INT ("server", "workers", workers, "4", 1, 512,
       "requests that are served at one time"),
  OTHER ("server", "base", "", "path like /bianzhi", conf_value_base,
         "where the site begins; nothing: at the root of its host"),
  PATH ("server", "spool", spool,
        "received files lie here until they are stored; nothing: the system's "
        "folder for temporary files"),
  PATH ("server", "datadir", datadir,
        "definitions, stylesheets, SQL; nothing: where they were installed"),
  PATH ("server", "plugindir", plugindir,
        "the plugins' programs; nothing: where they were installed"),
  PATH ("server", "localdir", localdir,
        "a province's own plugins: NAME/ with definitions and NAME.so; looked "
        "for here when they are not among the installed ones; nothing: none"),
  OTHER ("server", "plugins", "", "names between ;", conf_value_plugins,
         "what is loaded, in this order: staffing;quota;use;amend;entry"),
  SIZE ("server", "max_body", max_body, "64M", 64 * 1024, G_MAXINT32,
        "the largest request; the web server needs the same limit"),
  SIZE ("server", "max_file", max_file, "20M", 64 * 1024, G_MAXINT32,
        "the largest file; at most max_body"),
  INT ("server", "max_files", max_files, "60", 1, 200, "files in one request"),
  INT ("server", "paper_files", paper_files, "20", 1, 200,
       "scans of one paper"),
  INT ("server", "max_pixels", max_pixels, "50", 1, 1000,
       "the largest picture, in millions of pixels"),
  INT ("server", "request_seconds", request_seconds, "30", 1, 3600,
       "a request that takes longer is ended"),
  INT ("server", "slow_seconds", slow_seconds, "3", 0, 3600,
       "a request that takes longer is logged with its stack; 0: never"),
  INT ("server", "recycle", recycle, "2000", 1, 10000000,
       "requests after which a worker is renewed"),
  SIZE ("server", "recycle_memory", recycle_memory, "256M", 16 << 20,
        INT64_C (64) << 30, "memory above which a worker is renewed"),
  INT ("server", "job_seconds", job_seconds, "3600", 1, 86400,
       "a job ([jobs]) that takes longer is ended"),
  SIZE ("server", "worker_memory", worker_memory, "2G", 0, INT64_C (1) << 40,
        "a worker's address space; who asks for more is ended; 0: no limit"),
  INT ("server", "plugin_crashes", plugin_crashes, "10", 0, 1000,
       "more crashes of a plugin within a minute shut it off; 0: never"),
  OTHER ("server", "status_from", FROM_LOOPBACK,
         "addresses and nets (10.1.2.0/24) between blanks", conf_value_from,
         "who may open /status and /metrics; nothing: nobody"),
  OTHER ("server", "sandbox", "on", "on, off or kill", conf_value_sandbox,
         "workers may only call what they need of the system; kill: who tries "
         "something else is ended, for tests"),
  BOOL ("server", "brake", brake, "yes", "slow down when workers die too fast"),
  BOOL ("server", "demo", demo, "no",
        "allow demo accounts and short passwords; never where real data are"),
  OTHER ("server", "peer", "any", "any, same or root", conf_value_peer,
         "who may connect: any (the socket's mode decides), same (our user or "
         "root), root"),
  INT ("server", "render_seconds", render_seconds, "12", 1, 600,
       "processor time for one picture or sheet; twice as long on the clock"),
  SIZE ("server", "render_memory", render_memory, "1G", 64 << 20,
        INT64_C (8) << 30, "memory for one picture or sheet"),
  SIZE ("server", "render_output", render_output, "64M", 64 * 1024,
        INT64_C (1) << 30, "the largest picture or sheet that is made"),

  PATH ("database", "socket", db_socket,
        "the database server's unix socket; nothing: the library's default"),
  TEXT ("database", "name", db_name, "bianzhi", "the database"),
  TEXT ("database", "user", db_user, "bz_app",
        "account of the server; bianzhi migrate gives it its rights"),
  TEXT ("database", "password", db_password, NULL,
        "its password; better in a file of its own"),
  OTHER ("database", "password_file", NULL, "file", conf_value_password,
         "a file that holds only the password"),
  TEXT ("database", "owner_user", owner_user, NULL,
        "account of bianzhi migrate, which makes tables and rights"),
  TEXT ("database", "owner_password", owner_password, NULL,
        "its password; better in a file that the server cannot read"),
  OTHER ("database", "owner_password_file", NULL, "file", conf_value_password,
         "a file that holds only the password"),
  TEXT ("database", "report_user", report_user, NULL,
        "account that may read the views for reports; nothing: none"),
  TEXT ("database", "report_password", report_password, NULL, "its password"),
  INT ("database", "lock_seconds", lock_seconds, "5", 1, 60,
       "how long a change waits for another user's; at most half of "
       "request_seconds"),
  BOOL ("database", "unsafe", db_unsafe, "no",
        "start although the database server can lose what was acknowledged; "
        "for tests"),

  TEXT ("product", "name", product, "机构编制综合管理平台",
        "the name on every page"),
  TEXT ("product", "office", office, "机构编制部门",
        "the office's name where no office is known yet"),
  TEXT ("product", "phone", phone, "",
        "the office's telephone, on the log-in "
        "page"),
  TEXT ("product", "place", place, "",
        "the word for {市} in numbers of papers"),
  OTHER ("product", "url", "", "http:// or https:// address", conf_value_url,
         "address of the site with its base, for the QR on "
         "printed sheets"),

  PATH ("downloads", "dir", downloads,
        "folder with downloads.xml and files that every user may download; "
        "nothing: none"),

  { "inbox", "returned_days", CONF_INT, "5",
    "days after which a returned case is called to mind", CONF_NOWHERE, 1, 3650,
    NULL, NULL },
  { "inbox", "draft_days", CONF_INT, "20",
    "days after which a draft is called to mind", CONF_NOWHERE, 1, 3650, NULL,
    NULL },

  INT ("session", "idle_minutes", idle_minutes, "30", 1, 1440,
       "a session without a click ends after these"),
  INT ("session", "absolute_hours", absolute_hours, "12", 1, 168,
       "every session ends after these"),
  INT ("session", "password_cost", password_cost, "8", 1, 11,
       "yescrypt: each more doubles the time of a password check"),
  OTHER ("session", "cookie", "bz_sid", "bz_ and letters or digits",
         conf_value_cookie,
         "the cookie's name; each site of a host has its "
         "own"),
  INT ("session", "lock_after", lock_after, "5", 1, 1000,
       "wrong passwords after which an operator is locked"),
  INT ("session", "lock_minutes", lock_minutes, "15", 1, 1440, "for how long"),

  FREE ("office CODE", "chain.BUSINESS", "name of a process",
        "the process of a business in the office with this code and those "
        "below it"),
  FREE ("office CODE", "days.BUSINESS", "number from 1 to 250",
        "working days of the office's term"),
  FREE ("office CODE", "title.BUSINESS.PRINT", "1 to 30 letters",
        "what a printed sheet is called; what is printed already stays as it "
        "was"),
  FREE ("office CODE", "copies.BUSINESS.PRINT", "names between ;",
        "what its copies are called, one name for each that business.xml has"),
  FREE ("office CODE", "option.BUSINESS.NAME", "yes, no or a number",
        "an option that business.xml declares"),
  FREE ("office CODE", "downloads", "path",
        "folder with downloads.xml and files for its users and those of the "
        "offices below; what upper offices and [downloads] have is theirs too"),
  FREE ("jobs", "NAME", SCHEDULE_LOOKS,
        "when a job runs, instead of as declared; bianzhi jobs list has names"),
  FREE ("numbers", "KIND", "pattern",
        "how the numbers of one kind of papers look, instead of the "
        "definition's way"),
  FREE ("numbers", "place.ID", "text",
        "the word for {市} of the office with this id"),
  { NULL, NULL, CONF_FREE, NULL, NULL, CONF_NOWHERE, 0, 0, NULL, NULL },
};

const struct conf_key *
conf_key_find (const char *section, const char *name, bool *ours)
{
  *ours = false;
  for (const struct conf_key *k = conf_keys; k->section != NULL; k++) {
    if (k->kind == CONF_FREE || !g_str_equal (k->section, section))
      continue;
    *ours = true;
    if (g_str_equal (k->name, name))
      return k;
  }
  return NULL;
}

bool
conf_section_known (const struct conf *c, const char *section)
{
  size_t word = strcspn (section, " ");

  for (const struct conf_key *k = conf_keys; k->section != NULL; k++)
    if (strcspn (k->section, " ") == word
        && strncmp (k->section, section, word) == 0)
      return true;
  return g_strv_contains ((const char *const *) c->plugins, section);
}

int
conf_key_set (struct conf *c, const struct conf_key *k, const char *file,
              const char *value, GError **error)
{
  char **text = k->at == CONF_NOWHERE ? NULL : (char **) ((char *) c + k->at);

  switch (k->kind) {
  case CONF_TEXT:
    g_free (*text);
    *text = g_strdup (value);
    return BZ_OK;
  case CONF_PATH:
    g_free (*text);
    *text = *value != '\0' ? conf_path_from (file, value) : NULL;
    return BZ_OK;
  case CONF_INT:
  case CONF_SIZE:
    return conf_value_number (c, k, file, value, error);
  case CONF_BOOL:
    return conf_value_bool (c, k, file, value, error);
  case CONF_OTHER:
    return k->set (c, k, file, value, error);
  case CONF_FREE:
    break;
  }
  return BZ_OK;
}

/* -- The table as a file. */

/* 65536 as 64K. */
static char *
size_text (int64_t n)
{
  static const char letters[] = "KMG";
  int i = -1;

  while (n >= 1024 && n % 1024 == 0 && i < 2) {
    n /= 1024;
    i++;
  }
  return i < 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, n)
               : g_strdup_printf ("%" G_GINT64_FORMAT "%c", n, letters[i]);
}

static char *
looks_of (const struct conf_key *k)
{
  g_autofree char *min = size_text (k->min);
  g_autofree char *max = size_text (k->max);

  switch (k->kind) {
  case CONF_TEXT:
    return g_strdup ("text");
  case CONF_PATH:
    return g_strdup ("path");
  case CONF_INT:
    return g_strdup_printf ("number from %" G_GINT64_FORMAT
                            " to %" G_GINT64_FORMAT,
                            k->min, k->max);
  case CONF_SIZE:
    return g_strdup_printf ("bytes from %s to %s", min, max);
  case CONF_BOOL:
    return g_strdup ("yes or no");
  case CONF_OTHER:
  case CONF_FREE:
    break;
  }
  return g_strdup (k->looks);
}

void
conf_key_print (FILE *out)
{
  const char *section = "";

  (void) fputs ("# bianzhi.conf: every key with its default, as "
                "bianzhi-fcgi --help-conf tells them.\n"
                "# Take the # away from a line and say something else. Sizes "
                "may end with K, M or G.\n"
                "# Relative paths start at this file's folder. "
                "conf.d/*.conf beside it are read\n"
                "# after it, in the order of their names; the last word "
                "counts.\n",
                out);
  for (const struct conf_key *k = conf_keys; k->section != NULL; k++) {
    g_autofree char *looks = looks_of (k);

    if (!g_str_equal (section, k->section))
      (void) fprintf (out, "\n%s[%s]\n", k->kind == CONF_FREE ? "#" : "",
                      k->section);
    section = k->section;
    (void) fprintf (out, "# %s: %s\n#%s=%s\n", looks, k->meaning, k->name,
                    k->standard != NULL ? k->standard : "");
  }
}
