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

/* What in the program stands in the database long before - case and item - is written
 * here within the approval.  It locks rows of the register, so that it follows the order
 * of locks too: the gate first (doc/decisions/0045-one-gate.md). */
static int
gate_pass (struct bz_req *req)
{
  const char *gate;

  return MIN (bz_db_value (req, &gate, "staffing.employment_gate", BZ_NO_ARGS),
              BZ_OK);
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

/* What follows UNIT CASE TYPE STRUCTURE DATE SLIP LINE of the step: an employment of
 * PERSON.  SLIP 0: none. */
static int
enter_person (struct bz_req *req, struct step *s, int64_t person)
{
  const struct bz_slip_place place = { .slip_id = number (s, 6),
                                       .line_id = number (s, 7),
                                       .number = "史",
                                       .structure = "" };
  const char *unit, *code;
  int64_t employment, rows;
  int rc = case_add (req, s, number (s, 1), "entry");

  if (rc == BZ_OK)
    rc = bz_db_value (req, &unit, "staffing.unit_lock",
                      BZ_ARGS (BZ_INT (number (s, 1))));
  if (rc >= 0)
    rc = bz_quota_type (req, number (s, 1), text (s, 3), &code);
  if (rc < 0)
    return rc;
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

/* enter UNIT CASE TYPE STRUCTURE DATE SLIP LINE IDNUMBER: employment. */
static int
play_enter (struct bz_req *req, struct step *s)
{
  int64_t rows;
  int rc = gate_pass (req);

  if (rc < 0)
    return rc;
  rows = bz_db_exec (req, "history.person_add", BZ_ARGS (BZ_STR (text (s, 8))));
  if (rows != 1)
    return rows < 0 ? (int) rows : BZ_FAILED;
  return enter_person (req, s, bz_db_last_id (req));
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

/* As above, and it has not ended: the floor is told of a person and a unit, where another
 * one may have begun since. */
static int
open_employment (struct bz_req *req, const struct step *s, struct bz_rows **ret)
{
  int rc = employment_of (req, s, ret);

  return rc == BZ_OK && bz_db_int (*ret, "open") == 0 ? BZ_CONFLICT : rc;
}

/* The employment that the step names first ends. */
static int
end_employment (struct bz_req *req, struct step *s, const char *reason)
{
  struct bz_exit x = { .case_id = number (s, 2),
                       .date = text (s, 3),
                       .reason = reason,
                       .happened_on = text (s, 3),
                       .doc_no = "史" };
  struct bz_rows *rows;
  int64_t employment;
  int rc = open_employment (req, s, &rows);

  if (rc < 0)
    return rc;
  x.person_id = bz_db_int (rows, "person_id");
  x.unit_id = bz_db_int (rows, "unit_id");
  rc = case_add (req, s, x.unit_id, "exit");
  return rc == BZ_OK ? bz_employment_close (req, &x, &employment) : rc;
}

/* leave EMPLOYMENT CASE DATE: the structure that is free again */
static int
play_leave (struct bz_req *req, struct step *s)
{
  int rc = end_employment (req, s, "04");

  return rc < 0 ? rc : tell_structure (req, s, -1);
}

/* The case of the step, about one person, of whom it says what ITEM_ADD writes: its
 * item.  BZ_CONFLICT: it says nothing. */
static int
item_add (struct bz_req *req, const struct step *s, const char *item_query,
          const char *value, struct bz_item **ret)
{
  struct bz_case *c;
  int64_t made;
  int rc = gate_pass (req);

  if (rc < 0)
    return rc;
  made = bz_db_exec (req, item_query,
                     BZ_ARGS (BZ_INT (number (s, 2)), BZ_INT (number (s, 1)),
                              BZ_STR (value)));
  if (made != 1)
    return made < 0 ? (int) made : BZ_CONFLICT;
  rc = bz_case_read (req, number (s, 2), &c);
  if (rc > 0)
    *ret = bz_case_item (c, 0);
  return rc > 0 ? BZ_OK : rc < 0 ? rc : BZ_FAILED;
}

/* A case of BUSINESS about the employment of the step, as ITEM_QUERY writes it, is
 * approved by EFFECT. */
static int
play_item (struct bz_req *req, struct step *s, const char *business,
           const char *item_query,
           int (*effect) (struct bz_req *, const struct bz_change *,
                          struct bz_item *))
{
  struct bz_change x = { .case_id = number (s, 2), .date = text (s, 4) };
  struct bz_rows *rows;
  struct bz_item *item;
  int rc = open_employment (req, s, &rows);

  if (rc < 0)
    return rc;
  x.unit_id = bz_db_int (rows, "unit_id");
  rc = case_add (req, s, x.unit_id, business);
  if (rc == BZ_OK)
    rc = item_add (req, s, item_query, text (s, 3), &item);
  return rc == BZ_OK ? effect (req, &x, item) : rc;
}

/* alter EMPLOYMENT CASE STRUCTURE DATE: the structure that is free again */
static int
play_alter (struct bz_req *req, struct step *s)
{
  int rc = play_item (req, s, "change", "history.change_item_add",
                      bz_staff_change);

  return rc < 0 ? rc : tell_structure (req, s, -1);
}

/* correct EMPLOYMENT CASE DAY TODAY: it has been there since DAY. */
static int
play_correct (struct bz_req *req, struct step *s)
{
  return play_item (req, s, "correct", "history.correct_item_add",
                    bz_staff_correct);
}

/* A sentence is a refusal. */
static int
said (struct bz_req *req, int rc, const char *why)
{
  if (rc != BZ_OK || why == NULL)
    return rc;
  fprintf (stderr, "%s\n",
           why); /* for who reads why a history went on otherwise */
  return BZ_CONFLICT;
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

/* unalter EMPLOYMENT CASE: its last change that stands is taken back: the structure that
 * is free again. */
static int
play_unalter (struct bz_req *req, struct step *s)
{
  struct bz_undo u = { .by = number (s, 2) };
  const char *why = NULL;
  struct bz_case *c;
  struct bz_rows *rows;
  int rc = open_employment (req, s, &rows);

  if (rc < 0)
    return rc;
  u.person_id = bz_db_int (rows, "person_id");
  u.unit_id = bz_db_int (rows, "unit_id");
  u.case_id = bz_db_int (rows, "changed");
  rc = case_add (req, s, u.unit_id, "revoke");
  if (rc == BZ_OK && u.case_id == 0)
    return BZ_CONFLICT;
  if (rc == BZ_OK)
    rc = bz_case_read (req, u.case_id, &c);
  if (rc > 0)
    rc = bz_change_undo (req, &u, bz_case_item (c, 0), &why);
  rc = said (req, rc, why);
  if (rc == BZ_OK)
    rc = (int) MIN (bz_db_exec (req, "history.undone_add",
                                BZ_ARGS (BZ_INT (u.case_id), BZ_INT (u.by))),
                    BZ_OK);
  return rc < 0 ? rc : tell_structure (req, s, -1);
}

/* -- A transfer: one side is approved and held, the other side ends both. */

/* The case that is held, about the person of the step's employment. */
static int
hold_add (struct bz_req *req, const struct step *s, const char *business,
          struct bz_item **item, struct bz_transit *t)
{
  int rc = (int) MIN (bz_db_exec (req, "history.hold_add",
                                  BZ_ARGS (BZ_INT (t->case_id),
                                           BZ_INT (t->unit_id),
                                           BZ_STR (business))),
                      BZ_OK);

  if (rc == BZ_OK)
    rc = item_add (req, s, "history.hold_item_add", text (s, 5), item);
  if (rc == BZ_OK)
    t->person_id = bz_item_subject (*item);
  return rc;
}

/* out EMPLOYMENT CASE DATE: the structure that is in transit. */
static int
play_out (struct bz_req *req, struct step *s)
{
  struct bz_transit t = { .case_id = number (s, 2), .date = text (s, 3) };
  const char *code = "0";
  struct bz_rows *rows;
  struct bz_item *item;
  int rc = open_employment (req, s, &rows);

  if (rc < 0)
    return rc;
  t.unit_id = bz_db_int (rows, "unit_id");
  rc = hold_add (req, s, "exit", &item, &t);
  if (rc == BZ_OK)
    rc = bz_transit_out (req, &t);
  if (rc == BZ_OK)
    rc = bz_db_value (req, &code, "history.structure_held",
                      BZ_ARGS (BZ_INT (t.case_id)));
  s->id[0] = rc > 0 ? g_ascii_strtoll (code, NULL, 10) : 0;
  s->ids = 1;
  return MIN (rc, BZ_OK);
}

/* in EMPLOYMENT CASE DATE UNIT STRUCTURE SLIP LINE */
static int
play_in (struct bz_req *req, struct step *s)
{
  struct bz_transit t = { .case_id = number (s, 2),
                          .date = text (s, 3),
                          .unit_id = number (s, 4) };
  struct bz_slip_place place = { .slip_id = number (s, 6),
                                 .line_id = number (s, 7),
                                 .number = "史" };
  struct bz_rows *rows;
  struct bz_item *item;
  int rc = hold_add (req, s, "entry", &item, &t);

  if (rc == BZ_OK && place.slip_id != 0) {
    rc = bz_db_open (req, &rows, "history.line_of",
                     BZ_ARGS (BZ_INT (place.line_id)));
    if (rc == BZ_OK)
      rc = bz_db_next (rows);
    if (rc <= 0)
      return rc < 0 ? rc : BZ_CONFLICT;
    place.code = bz_db_text (rows, "quota_code");
    place.structure = bz_db_text (rows, "quota_structure");
  }
  return rc < 0
         ? rc
         : bz_transit_in (req, item, &t, place.slip_id != 0 ? &place : NULL);
}

/* What case HELD holds, is held no longer.  BZ_CONFLICT: nothing is. */
static int
hold_end (struct bz_req *req, int64_t held, const char *date)
{
  struct bz_transit t = { .case_id = held, .date = date };
  struct bz_rows *rows;
  int rc = gate_pass (req);

  if (rc == BZ_OK)
    rc = bz_db_open (req, &rows, "history.held", BZ_ARGS (BZ_INT (held)));
  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc <= 0)
    return rc < 0 ? rc : BZ_CONFLICT;
  t.person_id = bz_db_int (rows, "person_id");
  t.unit_id = bz_db_int (rows, "unit_id");
  rc = bz_transit_back (req, &t);
  return rc < 0 ? rc
                : (int) MIN (bz_db_exec (req, "history.hold_end",
                                         BZ_ARGS (BZ_INT (held))),
                             BZ_OK);
}

/* drop CASE DATE */
static int
play_drop (struct bz_req *req, struct step *s)
{
  return hold_end (req, number (s, 1), text (s, 2));
}

/* move EMPLOYMENT CASE DATE HELD UNIT TYPE STRUCTURE SLIP LINE: exit and entry at once:
 * the new employment, and the structure that is free again. */
static int
play_move (struct bz_req *req, struct step *s)
{
  struct step enter = { .word = { "enter", s->word[5], s->word[10], s->word[6],
                                  s->word[7], s->word[3], s->word[8],
                                  s->word[9] } };
  struct bz_rows *rows;
  int64_t person;
  int rc = employment_of (req, s, &rows);

  if (rc < 0)
    return rc;
  person = bz_db_int (rows, "person_id");
  rc = hold_end (req, number (s, 4), text (s, 3));
  if (rc == BZ_OK)
    rc = end_employment (req, s, "01");
  if (rc == BZ_OK)
    rc = enter_person (req, &enter, person);
  if (rc == BZ_OK)
    rc = tell_structure (req, s, -1);
  s->id[1] = s->id[0];
  s->id[0] = enter.id[0];
  s->ids = 2;
  return rc;
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
  { "paper", play_paper },     { "grant", play_grant },
  { "enter", play_enter },     { "leave", play_leave },
  { "cut", play_change },      { "cancel", play_change },
  { "turn", play_change },     { "extend", play_change },
  { "hired", play_change },    { "unenter", play_undo },
  { "unleave", play_undo },    { "ungrant", play_ungrant },
  { "alter", play_alter },     { "unalter", play_unalter },
  { "correct", play_correct }, { "out", play_out },
  { "in", play_in },           { "drop", play_drop },
  { "move", play_move },
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
