/* One look at the persons of an entry, in the order in which they are approved: under
 * what each counts, which place of the slip and which seats each gets when those
 * before have taken theirs.  SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef ENTRY_LOOK_H
#define ENTRY_LOOK_H
#include <stdbool.h>
#include "bianzhi/staffing.h"

enum { ENTRY_TYPE, ENTRY_STRUCTURE, ENTRY_FUNDING, ENTRY_BOOKS };
/* The books that count persons, and the item's field of each. */
extern const struct entry_book {
  const char *book, *field;
} entry_books[ENTRY_BOOKS];

struct entry_person {
  struct bz_item *item;
  const char *kind; /* alike in all that the books look at */
  const char *type; /* account of their staffing type; NULL: none */
  const char *code[ENTRY_BOOKS]; /* counts there; NULL: not in this book */
  struct bz_slip_place place;    /* .slip_id 0: the case has no slip */
  struct bz_slip_place alone;    /* the same if nobody else came */
};

/* A leading post of the unit. */
struct entry_post {
  struct entry_post *next;
  int64_t id, organ_id;
  const char *code, *title, *leader_class;
  int quota, held;
  int asked;   /* of the case: who names it */
  int sitting; /* of the case: who takes a seat of it */
  int without; /* of the case: who names it and finds no seat */
};

/* A class of leading posts as the book counts it. */
struct entry_class {
  struct entry_class *next;
  const char *code;
  int room; /* what may be taken before anybody of the case comes */
  int
    beyond; /* the same with those who stand above their post's number by a paper */
  int taken; /* by the case */
};

/* PERSON on a duty that names POST. */
struct entry_duty {
  struct entry_duty *next;
  const struct entry_person *person;
  struct entry_post *post;
  struct entry_post *seat; /* whose seat it takes; NULL: none is free */
  bool over;               /* one more than approved, by a paper */
};

struct entry_look {
  size_t count;
  struct entry_person *persons;
  struct bz_slip_head slip; /* as it is now; number NULL: none */
  struct entry_post *posts;
  struct entry_class *classes;
  struct entry_duty *duties; /* in the order of the persons */
};

/* Look at ENTRY, where ITEM stands for what is stored of it (NULL: as stored).  Kept
 * while the case is checked as a whole.  BZ_OK or <0. */
int entry_look (struct bz_req *, struct bz_case *entry, struct bz_item *item,
                struct entry_look **ret);
/* The person of ITEM, one of those that the look was made for. */
const struct entry_person *entry_look_person (const struct entry_look *,
                                              const struct bz_item *);
/* Is there a place of the slip for PERSON that keeps what they count under in BOOK? */
bool entry_is_kept (const struct entry_person *, int book);
/* How many count under CODE of BOOK, and of these, for whom the slip keeps it. */
int entry_count (const struct entry_look *, int book, const char *code,
                 int *ret_kept);
/* Fill in the duties of a look (seats.c). */
int entry_seat_all (struct bz_req *, struct bz_case *, struct entry_look *);
#endif
