/* Issued sheets: what left the office on paper, with its check code and state.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef WORK_SHEET_H
#define WORK_SHEET_H
#include "work/case.h"

/* Is print P of this case: does its when= hold, or was it issued once?  1, 0, <0. */
int sheet_applies (struct bz_req *, struct bz_case *, const struct print *);

/* How a sheet and its copies are called. */
struct sheet_words {
  const char *title;
  const char *const *copies; /* for whom each is, first to last; ends with
                              * NULL, empty: the copies have no names     */
};
/* One document: all its copies and reprints carry one code, and show names and
 * figures as they were when it was issued. */
struct sheet {
  int64_t id;
  int64_t item_id;    /* 0: of the whole case                             */
  const char *code;   /* 12 characters, see checkcode.h                   */
  const char *state;  /* valid, void, replaced                            */
  const char *unit;   /* whose case it is                                 */
  const char *issuer; /* the office; NULL: issued before this was kept    */
  struct sheet_words words; /* as it was printed                          */
  const char *own; /* <own>: what the business added; NULL: the same   */
};
/* Does ITEM stand on sheets that are issued now?  Only what is approved does. */
bool sheet_holds (const struct bz_item *);
/* Does it stand on this one, NULL: on one that is not issued yet?  What was taken back
 * later stays on those that were issued before. */
bool sheet_tells (const struct sheet *, const struct bz_item *);
/* Is there nothing of the case that a sheet could be issued of? */
bool sheet_none (const struct bz_case *);
unsigned sheet_count (const struct bz_case *, const struct print *);
/* What print P of the case is called: as on the newest sheet that was issued,
 * before that as the office calls it now.  Belongs to the request.  BZ_OK, <0. */
int sheet_words (struct bz_req *, const struct bz_case *, const struct print *,
                 struct sheet_words *ret);
/* As OFFICE_ID calls it now: title. and copies. of work/setting.h. */
int sheet_words_now (struct bz_req *, const struct business *,
                     const struct print *, int64_t office_id,
                     struct sheet_words *ret);
/* COPIES as sheet_words_kept made it; NULL: of before it was kept, as the
 * business declares it. */
const char *const *sheet_copies (struct bz_req *, const struct print *,
                                 const char *copies);
const char *sheet_words_kept (struct bz_req *, const struct sheet_words *);
/* Issue those sheets of print P that the case has none of yet; ANEW: also those
 * whose newest is void.  What replaced a sheet holds in its place, so that it is
 * not issued anew.  BZ_OK; <0 of the database or of the business's hook, and
 * nothing may be kept then.  In the transaction that holds the case's lock. */
int sheet_issue (struct bz_req *, struct bz_case *, const struct print *,
                 bool anew);
/* Is the newest sheet of print P void, for any item?  1, 0, <0. */
int sheet_void (struct bz_req *, const struct bz_case *, const struct print *);
/* What the items of IDS (a set of gint64 *) say was wrong and is right in C now: the
 * valid sheets of print P that tell of one are replaced by new ones, WHY.  In the
 * transaction that holds the case's lock.  BZ_OK, <0. */
int sheet_replace (struct bz_req *, struct bz_case *, const struct print *,
                   GHashTable *ids, const char *why);
/* The newest sheet for each item: item id (gint64 *) -> struct sheet.  Belongs
 * to the request. */
int sheet_find (struct bz_req *, const struct bz_case *, const struct print *,
                GHashTable **ret);
/* The address that its QR holds; belongs to the request. */
const char *sheet_address (struct bz_req *, const char *code);
/* 有效, 已作废, 已替换. */
const char *sheet_word (const char *state);
/* STATE "void" or "replaced" (BY: the code of a valid sheet of the same print)
 * with WHY; a sheet changes its state once.  BZ_BAD_INPUT (no such code can be),
 * BZ_NOT_FOUND, BZ_CONFLICT with a sentence.  In a transaction; audited. */
int sheet_state_set (struct bz_req *, const char *code, const char *state,
                     const char *by, const char *why);
/* bianzhi sheet void CODE WHY | replace CODE NEW WHY; as account_command. */
int sheet_command (struct bz_req *, int argc, char **argv);
/* The public page /check/ and the register /seal/. */
int check_routes (GError **error);
int seal_routes (GError **error);
#endif
