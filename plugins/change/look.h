/* One look at a change case, person after person in the order of their approval: what
 * each gives up in the book and of the seats, what each takes.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef CHANGE_LOOK_H
#define CHANGE_LOOK_H
#include <stdbool.h>
#include "bianzhi/staffing.h"

/* A figure that the case moves: an account of the book, or with BOOK NULL the seats
 * of a post. */
struct change_figure {
  struct change_figure *next;
  const char *book, *code, *title;
  const char *field;      /* of the item, where a lack is marked */
  int approved, occupied; /* before the case                     */
  int free, room;         /* the same                            */
  int net;                /* what the case adds, so far          */
  int taken;              /* who of the case comes to it, so far */
};
/* PERSON takes one of FIGURE; SHORT: after those before there is none.  OVER: above
 * the number of a post, by a paper. */
struct change_taking {
  struct change_taking *next;
  const struct bz_item *item;
  const struct change_figure *figure;
  bool lacks, over;
};
struct change_look {
  struct change_figure *figures;
  struct change_taking *takings;
};

/* Look at the case, where ITEM stands for what is stored of it (NULL: as stored); kept
 * while the case is checked as a whole.  BZ_OK or <0. */
int change_look (struct bz_req *, struct bz_case *, struct bz_item *,
                 struct change_look **ret);
/* Does ITEM move an account of the book: another structure, funding or leading post? */
bool change_moves (struct bz_req *, const struct bz_item *);
#endif
