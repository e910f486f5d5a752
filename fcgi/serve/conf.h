/* bianzhi.conf and conf.d: read once before the fork, const afterwards.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef SERVE_CONF_H
#define SERVE_CONF_H
#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* The members mostly have the names of their keys; conf-key.c tells each key's
 * range, default and meaning.  An unknown key in a section of that table is
 * refused, and so is a section that is neither there nor a plugin's. */
enum conf_peer { CONF_PEER_ANY, CONF_PEER_SAME, CONF_PEER_ROOT };
/* What a call that the sandbox forbids meets: an error, the end, nothing. */
enum conf_sandbox { CONF_SANDBOX_ON, CONF_SANDBOX_KILL, CONF_SANDBOX_OFF };
struct conf {
  GHashTable *values; /* "section\nkey" -> text, for conf_get */
  GHashTable *files;  /* "section\nkey" -> file that sets it */
  char *path;         /* of bianzhi.conf */
  /* [server] */
  char *socket;               /* listen here; NULL: descriptor 0 / LISTEN_FDS */
  int workers;                /* default 4 */
  char *base;                 /* "" or "/bianzhi"; no slash at the end */
  char *spool;                /* folder for received files, O_TMPFILE */
  char *datadir;              /* share/bianzhi: sql xslt static schema ... */
  char *plugindir;            /* where NAME.so lie */
  char *localdir;             /* a province's packs, NAME/ each; NULL: none */
  char **plugins;             /* "staffing", "entry" ... in this order */
  int64_t max_body, max_file; /* bytes; default 64 MiB, 20 MiB */
  int max_files;              /* in one request; default 60 */
  int paper_files;            /* scans of one paper; default 20 */
  int max_pixels;             /* of a picture, millions; default 50 */
  int request_seconds;        /* deadline of one request, default 30 */
  int slow_seconds;           /* then its stack is logged, default 3; 0: no */
  int recycle;                /* requests after which a worker is renewed */
  int64_t recycle_memory;     /* bytes after which it is: default 256 MiB */
  int job_seconds;            /* that a job may take, default 3600 */
  int64_t worker_memory;      /* its address space, bytes; 0: no limit */
  int plugin_crashes;         /* in a minute; more shut it; 0: never */
  char *status_from;          /* who may read the board: see from.h */
  /* Of one job: processor seconds (12), twice as long on the clock. */
  int render_seconds;
  int64_t render_memory; /* its address space, bytes; default 1 GiB */
  int64_t render_output; /* what it may write, bytes; default 64 MiB */
  enum conf_peer peer;   /* whose connections: any (the socket's mode
                               * decides), same (our uid or root), root */
  enum conf_sandbox sandbox;
  bool brake; /* slow down after many deaths by signal */
  bool demo;  /* demo accounts and passwords are allowed */
  /* [database] */
  char *db_socket, *db_name, *db_user, *db_password;
  char *owner_user, *owner_password; /* migrations only; may be NULL */
  char *report_user, *report_password;
  int lock_seconds; /* that a change waits for another one */
  bool db_unsafe;   /* dangerous settings of the server are borne */
  /* [product] */
  char *product;   /* 湖南省机构编制综合管理平台 */
  char *office;    /* where no office is known yet */
  char *url;       /* of the site, base included; "" when unknown */
  char *phone;     /* of the office, shown on the log-in page */
  char *place;     /* {市} in number patterns: 示 */
  char *downloads; /* [downloads] dir: see work/download.h; NULL: none */
  /* [session] */
  int idle_minutes, absolute_hours; /* 30, 12 */
  int lock_after, lock_minutes;     /* wrong passwords; the pause then */
  int password_cost;                /* yescrypt, default 8; tests use 1 */
  char *cookie;                     /* bz_NAME; default bz_sid */
};
struct bz_conf {
  const struct conf *conf;
  const char *section;
};

#define CONF_ERROR (conf_error_quark ())
GQuark conf_error_quark (void);
/* Read PATH and PATH's sibling conf.d/ *.conf.  NULL: ERROR names file, key and
 * what to do. */
struct conf *conf_load (const char *path, GError **error);
/* All defaults, no file: for tests. */
/* The folder of plugin NAME: the installed one, or else the province's, which LOCAL
 * says; one that is not there, if there is neither.  g_free. */
char *conf_pack_dir (const struct conf *, const char *name, bool *local);
struct conf *conf_default (void);
void conf_free (struct conf *);
/* A further value; DEFAULT_VALUE when absent.  Belongs to CONF. */
const char *conf_get (const struct conf *, const char *section, const char *key,
                      const char *default_value);
/* "/etc/bianzhi.conf:12: " for a message about SECTION's KEY; "" when no file
 * sets it.  g_free. */
char *conf_place (const struct conf *, const char *section, const char *key);
/* VALUE as a path that starts at the folder of bianzhi.conf.  g_free. */
char *conf_path (const struct conf *, const char *value);
int64_t conf_int (const struct conf *, const char *section, const char *key,
                  int64_t default_value);
#endif
