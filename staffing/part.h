/* What the files of the staffing floor show each other.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef STAFFING_PART_H
#define STAFFING_PART_H
#include "bianzhi/staffing.h"
#include <glib.h>
#include <stdbool.h>

/* -- quota.c */
/* "行政编制" of book "type" and code "11"; the code itself if it is unknown. */
const char *quota_name (struct bz_req *, const char *book, const char *code);
/* The value of a field, "" where there is none. */
const char *item_text (const struct bz_item *, const char *field);
/* As bz_quota_code, past the snapshot of the transaction: an account that a paper
 * has just opened counts. */
int quota_code_now (struct bz_req *, const struct bz_item *, int64_t unit_id,
                    const char *book, const char **ret);
/* Is an employment of this type and status counted at all? */
bool quota_counts (struct bz_req *, const char *staffing_type,
                   const char *person_status);

/* A posting whose balance stays as it is, since others of the same make up for it. */
int quota_write (struct bz_req *, const struct bz_posting *);

/* -- employment.c: what is locked first, in this order
 * (doc/decisions/0045-one-gate.md) */
/* Who opens an employment, or an account, or stores a person passes here, one
 * after the other (staffing/sql/0010-gate.sql). */
int employment_gate (struct bz_req *);
/* Who changes the book or the slips of a unit, one after the other. */
int unit_lock (struct bz_req *, int64_t unit_id);
/* What the books count of an employment now, once each (struct bz_posting). */
int employment_postings (struct bz_req *, int64_t employment_id, GArray *into);

/* -- change.c: 异动, and how one is turned back (change-undo.c) */
/* The employment that is changed, as it is counted. */
struct change_counted {
  int64_t employment;
  const char *type, *structure, *funding; /* "" under none */
};
/* As bz_staff_load.  LOCKED: past the snapshot of the transaction, and nobody changes it
 * now.  1, 0 not on staff there, <0. */
int change_load (struct bz_req *, int64_t unit_id, struct bz_item *,
                 bool locked, struct change_counted *ret);
/* Gate, person, unit, then all that is the unit's (doc/decisions/0045-one-gate.md). */
int change_lock (struct bz_req *, int64_t unit_id, int64_t person_id);
/* What the item changes of the person; of the employment, counted AS.  NOW is what
 * the register says, and follows. */
int change_person (struct bz_req *, const struct bz_item *,
                   struct bz_item *now);
int change_employment_put (struct bz_req *, const struct bz_item *,
                           struct bz_item *now,
                           const struct change_counted *as);
/* How many of each class the employment holds: class -> count, SIGN times. */
int change_leads (struct bz_req *, int64_t employment, GHashTable *into,
                  int sign);
/* A row of KIND ("change", "correct") for each field that the item changes. */
int change_record (struct bz_req *, const struct bz_change *,
                   const struct bz_item *, int64_t employment,
                   const char *kind);
/* Lock; what the register says in NOW, and how it is counted.  BZ_CONFLICT with a
 * sentence: nobody is there, or somebody else has changed it. */
int change_begin (struct bz_req *, const struct bz_change *, struct bz_item *,
                  struct bz_item **now, struct change_counted *was);
/* NOW follows ITEM in what the office puts right. */
void change_correct (const struct bz_item *, struct bz_item *now);

/* -- undo.c */
/* Only looked at? */
bool undo_looks (const struct bz_undo *);
/* What to say of the other case that ROWS (state, number) stands on. */
const char *undo_moved (struct bz_req *, struct bz_rows *rows);
/* What the case has posted of the person, one line for each account and day. */
int undo_posted (struct bz_req *, const struct bz_undo *, GArray *into);
/* All of it the other way round, on its own days. */
int undo_post (struct bz_req *, const GArray *posted);
/* Room in each book that the case has taken them out of for one more on every day since
 * DATE, else WHY: 恢复 cannot be, and what to do INSTEAD. */
int undo_room (struct bz_req *, const struct bz_undo *, int64_t employment_id,
               const char *date, const char *deed, const char *instead,
               const char **why);

/* -- duty.c */
struct place {
  int64_t unit_id, employment;
  int64_t case_id; /* duties_change keeps with it the seats that are given up */
  int64_t back; /* the case whose seats are given back; 0: of none          */
  const char *date;
  bool higher; /* 高职低配: a full post may be had on a free seat above it */
  int64_t over; /* the paper for posts above their number; 0: none came    */
};
/* A post that was given up is another's since: its name, its number. */
#define DUTY_FILLED                                                            \
  "职务“%s”核定 %d 名，此后已另行配备，不能撤销；请改办人员异动"
/* The duties of ITEM, each on a seat of an approved post or on none.  As
 * bz_employment_open. */
int duties_add (struct bz_req *, struct bz_item *, struct place *);
/* The duties of the employment become those of ITEM: one that stays keeps its seat. */
int duties_change (struct bz_req *, struct bz_item *, struct place *);

/* -- person.c */
/* What no person is without is there, and the number is one; else BZ_CONFLICT. */
int person_complete (struct bz_req *, const struct bz_item *);
/* A month field may lack its day: the first stands for it. */
const char *person_date (struct bz_req *, const struct bz_item *,
                         const char *field);
/* The item's paper of KIND becomes the person's photo.  1; 0: there is none; <0. */
int person_photo_put (struct bz_req *, const struct bz_item *, const char *kind,
                      int64_t person_id);

/* -- qualification.c */
/* Load what the person has into ITEM, and close the list with WHY. */
int qualification_load (struct bz_req *, int64_t person_id, struct bz_item *,
                        const char *why);
/* The same without closing it; LOCKED: past the snapshot, and what ITEM had goes.
 * How many rows, or <0. */
int qualification_read (struct bz_req *, int64_t person_id, struct bz_item *,
                        bool locked);
/* What the person has becomes what ITEM says: what stays keeps what no form shows. */
int qualification_change (struct bz_req *, const struct bz_item *,
                          int64_t person_id);
int qualification_store (struct bz_req *, struct bz_item *, int64_t person_id);

/* -- unit.c, posting.c, roster.c, card.c: pages */
/* The unit {id} of the route, within the scope, as the current row of RET. */
int unit_open (struct bz_req *, int64_t *ret_id, struct bz_rows **ret);
int unit_list (struct bz_req *);
int unit_show (struct bz_req *);
int unit_postings (struct bz_req *);
int person_list (struct bz_req *);
int person_search (struct bz_req *);
int person_show (struct bz_req *);
int person_photo (struct bz_req *);
/* left.c */
int person_left (struct bz_req *);
/* away.c */
int person_away (struct bz_req *);

/* -- unit-choice.c */
/* Add to QUERY the control by which a list is narrowed to one unit of the
 * scope: MANY of them are found by a typed text.  UNIT, what the address asks
 * for (0 all), becomes what is to be listed.  RET_PROBLEM: NULL, or why there
 * is nothing to list yet and what to do. */
int unit_choice_put (struct bz_req *, struct bz_node *query, bool many,
                     int64_t *unit, const char **ret_problem);

/* -- import.c */
int import_run (struct bz_req *, int argc, char **argv);
int overflow_run (struct bz_req *, int argc, char **argv);
int words_run (struct bz_req *, int argc, char **argv);
/* The initials of a unit's short and whole name, as st_unit.pinyin holds them;
 * g_free. */
char *words_initials (const char *brief, const char *whole);
/* By what the platform finds unit ID.  <0: failed. */
int64_t words_store (struct bz_req *, int64_t id, const char *brief,
                     const char *initials);

/* -- report.c */
/* The day that a report is asked of (?on=), today where none is, in RET: NULL, or
 * what is wrong with it and what to do. */
const char *report_day (struct bz_req *, const char **ret);
/* The query form of the report at PATH. */
struct bz_node *report_query (struct bz_req *, const char *path);
/* Say so where a table that is taken along does not hold all. */
void report_cut (const struct bz_pages *, struct bz_node *table);
int report_posts (struct bz_req *);
int report_leads (struct bz_req *);

/* -- ledger.c */
int report_ledger (struct bz_req *);
int unit_papers (struct bz_req *);

/* -- warning.c */
int warning_slips (struct bz_req *);
int warning_over (struct bz_req *);
int warning_leads (struct bz_req *);
int warning_free (struct bz_req *);

/* -- slip-page.c */
/* What was granted to the unit, if anything. */
int slip_table (struct bz_req *, struct bz_node *page, int64_t unit_id);
int slip_show (struct bz_req *);

/* -- slip.c */
/* Post to the book of types, and what is kept of STRUCTURE ("" or NULL: none) the
 * same way: reserved where the type is, released with it. */
int slip_post (struct bz_req *, const struct bz_posting *,
               const char *structure);
/* The places of a line go back, -POSTING->amount of them: the line first, then the
 * book, the type's and STRUCTURE's. */
int slip_release (struct bz_req *, const struct bz_posting *, int64_t line_id,
                  const char *structure);
/* All that is left of a slip goes back, by postings that are otherwise like OF. */
int slip_release_rest (struct bz_req *, const struct bz_posting *of,
                       int64_t slip_id);
/* The job staffing.slips: what is over gives back what is left of it. */
int slips_expire (struct bz_req *);

/* -- proof.c */
int proof_past (struct bz_req *);
int proof_slips (struct bz_req *);
int proof_balances (struct bz_req *);
int proof_transit (struct bz_req *);
/* local.c: fields that plugins add to a person.  Of those that the item's form has: into
 * the item what is kept; only what there is; what the item says is kept; only what it
 * changes.  <0. */
int local_load (struct bz_req *, int64_t person_id, struct bz_item *,
                bool locked);
int local_fill (struct bz_req *, int64_t person_id, struct bz_item *);
int local_store (struct bz_req *, int64_t person_id, const struct bz_item *);
int local_change (struct bz_req *, const struct bz_item *);
/* All that is kept of the person, by field: the caller's.  <0. */
#define LOCAL_OF "person"
int local_values (struct bz_req *, int64_t person_id, bool locked,
                  GHashTable **ret);

/* -- local-list.c: the same fields in lists of persons. */
enum { LOCAL_SOUGHT = 3 };
struct local_sought {
  const char *field[LOCAL_SOUGHT], *value[LOCAL_SOUGHT];
  unsigned count;
};
/* What of them the address or the form asks for. */
void local_sought_read (struct bz_req *, struct local_sought *ret);
/* Their controls in a query form. */
void local_sought_query (struct bz_req *, struct bz_node *query,
                         const struct local_sought *);
/* "&gansu_project=1", for an address. */
const char *local_sought_href (struct bz_req *, const struct local_sought *);
/* Columns at the end of TABLE; then, at the end of each of ROWS, the cells of the person
 * of the same place in PERSONS (int64_t). */
void local_columns (struct bz_node *table);
int local_cells (struct bz_req *, const GArray *persons, const GPtrArray *rows);
int proof_merged (struct bz_req *);
int proof_units (struct bz_req *);
int proof_types (struct bz_req *);
int proof_structures (struct bz_req *);
int proof_fundings (struct bz_req *);
int proof_leads (struct bz_req *);
int proof_over (struct bz_req *);
int proof_one_place (struct bz_req *);
int proof_accounts (struct bz_req *);
#endif
