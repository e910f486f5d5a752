/* Stand-ins for the rooms around fcgi/serve: what they are told to answer, and
 * what they were asked.  SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef SERVE_STUB_H
#define SERVE_STUB_H
#include "data/db.h"
#include "people/key.h"
#include "people/session.h"
#include "serve/req.h"

struct stub {
  /* database */
  bool in_tx;
  enum db_error broken, error;
  unsigned begins, commits, rollbacks, readies;
  int (*last) (void *data);   /* what the commit is to do first: db_last    */
  void *last_data;
  unsigned lasts;             /* how often it was done                      */
  unsigned again_commits;     /* so many commits fail with DB_AGAIN         */
  unsigned gone_begins;       /* so many begins fail with DB_GONE           */
  bool unknown_commit;        /* the first commit's outcome is unknown      */
  bool stays_gone;            /* db_ready fails                             */
  bool stored;                /* the unknown commit did happen              */
  /* form keys */
  enum key_answer key;
  bool claimed;               /* the key has a row                          */
  const char *answer;         /* and this answer                            */
  unsigned claims, answers;
  /* people */
  struct session *session;
  bool expired;
  int session_rc, perm_rc;
  unsigned refused, flushes, audits, resumes;
  const char *refused_why;
  int flush_rc;
  /* show */
  bool view_fails;
};
extern struct stub stub;
extern struct session stub_clerk;
struct bz_req *stub_req (const char *method, const char *path);
#endif
