/* Plays a history of the quota book: one operation a line of standard input, each in
 * a transaction of its own, its outcome a line of standard output: "ok" with the
 * ids that came about, or "no" where it was refused.  tests/history/run compares
 * with a model.  Never installed.  SPDX-License-Identifier: MulanPSL-2.0 */
#include <glib.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include "bianzhi/staffing.h"

enum { MOST_WORDS = 12 };

struct step {
  char *word[MOST_WORDS + 1]; /* name, then arguments */
  int64_t id[2];              /* what came about      */
  int ids;
};

static int64_t
number (const struct step *s, int i)
{
  return s->word[i] != NULL ? g_ascii_strtoll (s->word[i], NULL, 10) : 0;
}

/* "-" is nothing. */
static const char *
text (const struct step *s, int i)
{
  return s->word[i] == NULL || strcmp (s->word[i], "-") == 0 ? "" : s->word[i];
}

/* paper UNIT CASE BOOK CODE approved|frozen AMOUNT DATE */
static int
play_paper (struct bz_req *req, struct step *s)
{
  const struct bz_quota_paper paper = { .unit_id = number (s, 1),
                                        .case_id = number (s, 2),
                                        .number = "史〔2026〕1号",
                                        .date = text (s, 7),
                                        .title = "批复" };

  return bz_quota_approve (req, &paper, text (s, 3), text (s, 4),
                           strcmp (text (s, 5), "frozen") == 0
                             ? BZ_QUOTA_FROZEN
                             : BZ_QUOTA_APPROVED,
                           (int) number (s, 6));
}

/* grant UNIT CASE TYPE MODE STRUCTURE AMOUNT DATE UNTIL: slip, line */
static int
play_grant (struct bz_req *req, struct step *s)
{
  const struct bz_slip_line line = { .staffing_type = text (s, 3),
                                     .entry_mode = text (s, 4),
                                     .structure = text (s, 5),
                                     .amount = (int) number (s, 6) };
  const char *slip;
  int rc = bz_slip_grant (req, number (s, 2), number (s, 1), &line, text (s, 7),
                          text (s, 8));

  if (rc < 0)
    return rc;
  s->id[1] = bz_db_last_id (req);
  rc = bz_db_value (req, &slip, "history.slip_of_case",
                    BZ_ARGS (BZ_INT (number (s, 2))));
  if (rc <= 0)
    return rc < 0 ? rc : BZ_FAILED;
  s->id[0] = g_ascii_strtoll (slip, NULL, 10);
  s->ids = 2;
  return BZ_OK;
}

/* A case is there before what it decides. */
static int
case_add (struct bz_req *req, const struct step *s, int64_t unit,
          const char *business)
{
  int64_t rows = bz_db_exec (req, "history.case_add",
                             BZ_ARGS (BZ_INT (number (s, 2)), BZ_INT (unit),
                                      BZ_STR (business)));

  return rows == 1 ? BZ_OK : rows < 0 ? (int) rows : BZ_FAILED;
}

/* The structure that the case took (SIGN 1) or freed (-1) is an answer; 0: none. */
static int
tell_structure (struct bz_req *req, struct step *s, int sign)
{
  const char *code = "0";
  int rc = bz_db_value (req, &code, "history.structure_posted",
                        BZ_ARGS (BZ_INT (number (s, 2)), BZ_INT (sign)));

  s->id[0] = rc > 0 ? g_ascii_strtoll (code, NULL, 10) : 0;
  s->ids = 1;
  return MIN (rc, BZ_OK);
}

/* enter UNIT CASE TYPE STRUCTURE DATE SLIP LINE IDNUMBER: employment.  SLIP 0:
 * none. */
static int
play_enter (struct bz_req *req, struct step *s)
{
  const struct bz_slip_place place = { .slip_id = number (s, 6),
                                       .line_id = number (s, 7),
                                       .number = "史",
                                       .structure = "" };
  const char *gate, *code;
  int64_t person, employment, rows;
  int rc = case_add (req, s, number (s, 1), "entry");

  if (rc == BZ_OK)
    rc = bz_db_value (req, &gate, "staffing.employment_gate", BZ_NO_ARGS);
  if (rc >= 0)
    rc = bz_db_value (req, &gate, "staffing.unit_lock",
                      BZ_ARGS (BZ_INT (number (s, 1))));
  if (rc >= 0)
    rc = bz_quota_type (req, number (s, 1), text (s, 3), &code);
  if (rc < 0)
    return rc;
  rows = bz_db_exec (req, "history.person_add", BZ_ARGS (BZ_STR (text (s, 8))));
  person = bz_db_last_id (req);
  if (rows == 1)
    rows = bz_db_exec (req, "history.employment_add",
                       BZ_ARGS (BZ_INT (person), BZ_INT (number (s, 1)),
                                BZ_STR (text (s, 5)), BZ_STR (text (s, 3)),
                                BZ_STR (code), BZ_STR (text (s, 4)),
                                BZ_INT (number (s, 2))));
  if (rows != 1)
    return rows < 0 ? (int) rows : BZ_FAILED;
  employment = bz_db_last_id (req);
  rc = BZ_OK;
  if (place.slip_id != 0)
    rc = bz_slip_use (req, &place, number (s, 1), employment, person,
                      number (s, 2), text (s, 5));
  if (rc == BZ_OK)
    rc = bz_employment_post (req, employment, 1, text (s, 5), number (s, 2),
                             "史");
  s->id[0] = employment;
  s->ids = 1;
  return rc;
}

/* The employment that the step names first.  BZ_OK, BZ_CONFLICT where there is none, <0. */
static int
employment_of (struct bz_req *req, const struct step *s, struct bz_rows **ret)
{
  int rc = bz_db_open (req, ret, "history.employment_of",
                       BZ_ARGS (BZ_INT (number (s, 1))));

  if (rc == BZ_OK)
    rc = bz_db_next (*ret);
  return rc == 0 ? BZ_CONFLICT : MIN (rc, BZ_OK);
}

/* leave EMPLOYMENT CASE DATE: the structure that is free again */
static int
play_leave (struct bz_req *req, struct step *s)
{
  struct bz_exit x = { .case_id = number (s, 2),
                       .date = text (s, 3),
                       .reason = "04",
                       .happened_on = text (s, 3),
                       .doc_no = "史" };
  struct bz_rows *rows;
  int64_t employment;
  int rc = employment_of (req, s, &rows);

  if (rc < 0)
    return rc;
  x.person_id = bz_db_int (rows, "person_id");
  x.unit_id = bz_db_int (rows, "unit_id");
  rc = case_add (req, s, x.unit_id, "exit");
  if (rc == BZ_OK)
    rc = bz_employment_close (req, &x, &employment);
  return rc < 0 ? rc : tell_structure (req, s, -1);
}

/* alter EMPLOYMENT CASE STRUCTURE DATE: the structure that is free again */
static int
play_alter (struct bz_req *req, struct step *s)
{
  struct bz_change x = { .case_id = number (s, 2), .date = text (s, 4) };
  struct bz_case *c;
  struct bz_rows *rows;
  int64_t made;
  int rc = employment_of (req, s, &rows);

  if (rc < 0)
    return rc;
  x.unit_id = bz_db_int (rows, "unit_id");
  rc = case_add (req, s, x.unit_id, "change");
  if (rc < 0)
    return rc;
  made = bz_db_exec (req, "history.change_item_add",
                     BZ_ARGS (BZ_INT (x.case_id), BZ_INT (number (s, 1)),
                              BZ_STR (text (s, 3))));
  if (made != 1)
    return made < 0 ? (int) made : BZ_CONFLICT;
  rc = bz_case_read (req, x.case_id, &c);
  if (rc > 0)
    rc = bz_staff_change (req, &x, bz_case_item (c, 0));
  return rc < 0 ? rc : tell_structure (req, s, -1);
}

/* A sentence is a refusal. */
static int
said (struct bz_req *req, int rc, const char *why)
{
  return rc == BZ_OK && why != NULL ? bz_fail (req, BZ_CONFLICT, "%s", why)
                                    : rc;
}

/* unenter|unleave EMPLOYMENT CASE: the entry, or the exit, is taken back: the
 * structure that it had, or has again. */
static int
play_undo (struct bz_req *req, struct step *s)
{
  bool entry = strcmp (s->word[0], "unenter") == 0;
  struct bz_undo u = { .by = number (s, 2) };
  const char *why = NULL;
  struct bz_rows *rows;
  int rc = employment_of (req, s, &rows);

  if (rc < 0)
    return rc;
  u.person_id = bz_db_int (rows, "person_id");
  u.unit_id = bz_db_int (rows, "unit_id");
  u.case_id = bz_db_int (rows, entry ? "entry" : "leaving");
  rc = entry ? bz_entry_undo (req, &u, &why) : bz_exit_undo (req, &u, &why);
  rc = said (req, rc, why);
  return rc < 0 ? rc : tell_structure (req, s, entry ? -1 : 1);
}

/* ungrant UNIT CASE SLIP */
static int
play_ungrant (struct bz_req *req, struct step *s)
{
  struct bz_undo u = { .unit_id = number (s, 1), .by = number (s, 2) };
  const char *why = NULL, *id;
  int rc = bz_db_value (req, &id, "history.case_of_slip",
                        BZ_ARGS (BZ_INT (number (s, 3))));

  if (rc <= 0)
    return rc < 0 ? rc : BZ_CONFLICT;
  u.case_id = g_ascii_strtoll (id, NULL, 10);
  rc = bz_slip_undo (req, &u, &why);
  return said (req, rc, why);
}

/* turn: the line that the rest has become. */
static int
play_turn (struct bz_req *req, struct step *s, const struct bz_slip_change *c)
{
  const char *line;
  int rc = bz_slip_turn (req, c, text (s, 6));

  if (rc < 0)
    return rc;
  rc = bz_db_value (req, &line, "history.last_line",
                    BZ_ARGS (BZ_INT (c->slip_id)));
  if (rc <= 0)
    return rc < 0 ? rc : BZ_FAILED;
  s->id[0] = g_ascii_strtoll (line, NULL, 10);
  s->ids = 1;
  return BZ_OK;
}

/* cut|cancel|turn|extend|hired UNIT CASE SLIP LINE DATE ARGUMENT */
static int
play_change (struct bz_req *req, struct step *s)
{
  const struct bz_slip_change c = { .unit_id = number (s, 1),
                                    .case_id = number (s, 2),
                                    .slip_id = number (s, 3),
                                    .line_id = number (s, 4),
                                    .date = text (s, 5) };
  const char *name = s->word[0];

  if (strcmp (name, "cut") == 0)
    return bz_slip_cut (req, &c, (int) number (s, 6));
  if (strcmp (name, "cancel") == 0)
    return bz_slip_cancel (req, &c);
  if (strcmp (name, "extend") == 0)
    return bz_slip_extend (req, &c, text (s, 6));
  if (strcmp (name, "hired") == 0)
    return bz_slip_hired (req, &c, (int) number (s, 6));
  return play_turn (req, s, &c);
}

static const struct {
  const char *name;
  int (*play) (struct bz_req *, struct step *);
} plays[] = {
  { "paper", play_paper },  { "grant", play_grant },
  { "enter", play_enter },  { "leave", play_leave },
  { "cut", play_change },   { "cancel", play_change },
  { "turn", play_change },  { "extend", play_change },
  { "hired", play_change }, { "unenter", play_undo },
  { "unleave", play_undo }, { "ungrant", play_ungrant },
  { "alter", play_alter },
};

static int
play (struct bz_req *req, void *data)
{
  struct step *s = data;

  s->ids = 0;
  for (size_t i = 0; i < G_N_ELEMENTS (plays); i++)
    if (strcmp (s->word[0], plays[i].name) == 0)
      return plays[i].play (req, s);
  return BZ_FAILED;
}

/* bianzhi history: reads until the end of its input. */
static int
history_run (struct bz_req *req, int argc, char **argv)
{
  char line[512];

  while (fgets (line, sizeof line, stdin) != NULL) {
    g_auto (GStrv) words = g_strsplit (g_strstrip (line), " ", MOST_WORDS);
    struct step s = { .ids = 0 };
    int rc;

    for (int i = 0; words[i] != NULL && i < MOST_WORDS; i++)
      s.word[i] = words[i];
    rc = bz_db_atomic (req, play, &s);
    if (rc < 0 && rc != BZ_CONFLICT)
      return bz_fail (req, BZ_FAILED, "%s: status %d", s.word[0], rc);
    printf ("%s", rc < 0 ? "no" : "ok");
    for (int i = 0; rc >= 0 && i < s.ids; i++)
      printf (" %lld", (long long) s.id[i]);
    putchar ('\n');
    fflush (stdout);
  }
  return BZ_OK;
}

static const struct bz_command commands[] = {
  { "history", "", "play a history of the quota book", history_run },
};
static const char *const needs[] = { "staffing", NULL };
static const struct bz_plugin history = {
  .head = BZ_HEAD,
  .name = "history",
  .version = "0.1",
  .title = "history",
  .needs = needs,
  .commands = BZ_ROWS (commands),
};
BZ_EXPORT (history)
