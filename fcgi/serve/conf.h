/* bianzhi.conf and conf.d: read once before the fork, const afterwards.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef SERVE_CONF_H
#define SERVE_CONF_H
#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Keys are the members' names: [server] socket workers base spool datadir
 * plugindir plugins max_body max_file max_files paper_files
 * max_pixels request_seconds recycle demo peer
 * render_seconds render_memory render_output;
 * [database] socket name user password password_file owner_user owner_password
 * owner_password_file; [product] name phone place
 * office url; [downloads] dir; [inbox] returned_days
 * draft_days; [session] idle_minutes
 * absolute_hours password_cost cookie.  Sizes may end with K, M or G.  Relative
 * paths start at the file's folder.  An unknown key in these sections is
 * refused; [office CODE] is read by work/setting.h, other sections belong to
 * plugins. */
enum conf_peer { CONF_PEER_ANY, CONF_PEER_SAME, CONF_PEER_ROOT };
struct conf {
  GHashTable *values; /* "section\nkey" -> text, for conf_get */
  char *path;         /* of bianzhi.conf */
  /* [server] */
  char *socket;               /* listen here; NULL: descriptor 0 / LISTEN_FDS */
  int workers;                /* default 4 */
  char *base;                 /* "" or "/bianzhi"; no slash at the end */
  char *spool;                /* folder for received files, O_TMPFILE */
  char *datadir;              /* share/bianzhi: sql xslt static schema ... */
  char *plugindir;            /* where NAME.so lie */
  char **plugins;             /* "staffing", "entry" ... in this order */
  int64_t max_body, max_file; /* bytes; default 64 MiB, 20 MiB */
  int max_files;              /* in one request; default 60 */
  int paper_files;            /* scans of one paper; default 20 */
  int max_pixels;             /* of a picture, millions; default 50 */
  int request_seconds;        /* deadline of one request, default 30 */
  int recycle;                /* requests after which a worker is renewed */
  /* Of one job: processor seconds (12), twice as long on the clock. */
  int render_seconds;
  int64_t render_memory; /* its address space, bytes; default 1 GiB */
  int64_t render_output; /* what it may write, bytes; default 64 MiB */
  enum conf_peer peer;   /* whose connections: any (the socket's mode
                               * decides), same (our uid or root), root */
  bool brake;            /* slow down after many deaths by signal */
  bool demo;             /* demo accounts and passwords are allowed */
  /* [database] */
  char *db_socket, *db_name, *db_user, *db_password;
  char *owner_user, *owner_password; /* migrations only; may be NULL */
  /* [product] */
  char *product;   /* 湖南省机构编制综合管理平台 */
  char *phone;     /* of the office, shown on the log-in page */
  char *place;     /* {市} in number patterns: 示 */
  char *downloads; /* [downloads] dir: see work/download.h; NULL: none */
  /* [session] */
  int idle_minutes, absolute_hours; /* 30, 12 */
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
struct conf *conf_default (void);
void conf_free (struct conf *);
/* A further value; DEFAULT_VALUE when absent.  Belongs to CONF. */
const char *conf_get (const struct conf *, const char *section, const char *key,
                      const char *default_value);
int64_t conf_int (const struct conf *, const char *section, const char *key,
                  int64_t default_value);
#endif
