/* A job: what runs at set times.  SPDX-License-Identifier: MulanPSL-2.0 */
#include "serve/job.h"
#include "data/db.h"
#include "define/pack.h"
#include "work/hold.h"
#include "work/pair.h"
#include "work/term.h"

static const struct bz_job own[] = {
  { "papers.sweep", "daily 03:10", hold_sweep },
  { "cases.terms", "daily 00:10", term_recount },
  { "cases.pairs", "daily 00:30", pairs_expire },
};
static GArray *jobs; /* struct job; filled before the fork */

unsigned
job_count (void)
{
  return jobs != NULL ? jobs->len : 0;
}

const struct job *
job_at (unsigned n)
{
  return &g_array_index (jobs, struct job, n);
}

const struct job *
job_find (const char *name)
{
  for (unsigned i = 0; i < job_count (); i++)
    if (g_str_equal (job_at (i)->name, name))
      return job_at (i);
  return NULL;
}

void
job_clear (void)
{
  g_clear_pointer (&jobs, g_array_unref);
}

/* -- Reading. */

/* WHO declares ROW. */
static int
add (const struct conf *conf, const struct bz_job *row, const char *who,
     GError **error)
{
  struct job job = { .name = row->name, .run = row->run };
  const char *why = NULL;

  if (row->name == NULL || *row->name == '\0' || row->run == NULL)
    why = "it needs a name and a function";
  else if (job_find (row->name) != NULL)
    why = "there is a job of this name already";
  else if (row->schedule == NULL
           || !schedule_parse (row->schedule, &job.schedule))
    why = "its schedule is not " SCHEDULE_LOOKS;
  if (why != NULL) {
    g_set_error (error, plugin_error_quark (), 0, "%s: job %s: %s", who,
                 row->name != NULL ? row->name : "without a name", why);
    return BZ_FAILED;
  }
  job.text = conf_get (conf, "jobs", job.name, row->schedule);
  g_array_append_val (jobs, job);
  return BZ_OK;
}

static int
pack_jobs (const struct conf *conf, const struct pack *p, GError **error)
{
  int rc = BZ_OK;

  for (uint32_t i = 0; rc == BZ_OK && i < p->api.jobs.count; i++) {
    struct bz_job row;

    plugin_row (p->api.jobs.at, p->api.jobs.stride, i, &row, sizeof row);
    rc = add (conf, &row, p->so, error);
  }
  return rc;
}

/* What is wrong with the line KEY=VALUE of [jobs]; NULL: nothing. */
static const char *
line_read (const char *key, const char *value)
{
  struct job *job = (struct job *) job_find (key);

  if (job == NULL)
    return "there is no such job; see bianzhi jobs list";
  return schedule_parse (value, &job->schedule) ? NULL : "say " SCHEDULE_LOOKS;
}

static int
conf_jobs (const struct conf *conf, GError **error)
{
  GHashTableIter i;
  void *name, *value;

  g_hash_table_iter_init (&i, conf->values);
  while (g_hash_table_iter_next (&i, &name, &value)) {
    g_auto (GStrv) part = g_strsplit (name, "\n", 2);
    g_autofree char *place = NULL;
    const char *why = g_str_equal (part[0], "jobs") ? line_read (part[1], value)
                                                    : NULL;

    if (why == NULL)
      continue;
    place = conf_place (conf, part[0], part[1]);
    g_set_error (error, CONF_ERROR, 0, "%s[jobs] %s=%s: %s", place, part[1],
                 (const char *) value, why);
    return BZ_FAILED;
  }
  return BZ_OK;
}

int
job_load (const struct conf *conf, GError **error)
{
  const struct pack *p;
  int rc = BZ_OK;

  job_clear ();
  jobs = g_array_new (FALSE, FALSE, sizeof (struct job));
  for (size_t i = 0; rc == BZ_OK && i < G_N_ELEMENTS (own); i++)
    rc = add (conf, &own[i], "bianzhi", error);
  for (unsigned n = 0; rc == BZ_OK && (p = pack_at (n)) != NULL; n++)
    rc = pack_jobs (conf, p, error);
  return rc == BZ_OK ? conf_jobs (conf, error) : rc;
}

/* -- Running. */

int
job_run (struct bz_req *req, const struct job *job)
{
  const char *got = NULL;
  int rc = bz_db_value (req, &got, "bz.job_lock", BZ_ARGS (BZ_STR (job->name)));

  if (rc < 0)
    return rc;
  if (g_strcmp0 (got, "1") != 0)
    return bz_fail (req, BZ_CONFLICT, "the job %s is running already",
                    job->name);
  /* On another connection it would go on without the lock. */
  db_pin (req->db, true);
  rc = job->run (req);
  db_pin (req->db, false);
  /* It is let go with the connection too, if this does not go through. */
  if (rc < 0)
    return rc;
  rc = bz_db_value (req, &got, "bz.job_unlock", BZ_ARGS (BZ_STR (job->name)));
  return rc < 0 ? rc : BZ_OK;
}
